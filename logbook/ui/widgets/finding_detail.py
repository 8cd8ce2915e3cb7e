"""All there is to know of the finding that is chosen: what, why, its facts, who says so, and what became of it."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.domain.session import Session
from logbook.domain.vocabulary import Reason, Severity
from logbook.guidance.facts import facts_in_words
from logbook.guidance.rule import Finding
from logbook.guidance.strip import Strip
from logbook.services.findings import ListedFinding, State, reason_words, where_words
from logbook.ui.theme import LARGE_ICON, MARGIN, SPACING, TIGHT, pixmap, restyle
from logbook.ui.widgets.acknowledge_row import AcknowledgeRow
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.span_strip import SpanStrip
from logbook.ui.widgets.verdict_panel import sources_words
from logbook.ui.widgets.words import words_label

_NOTHING_CHOSEN: Final = "Choose a finding to see why it is there, and who says so."
_READ_ONLY: Final = "This logbook is open for reading only; nothing can be acknowledged in it."
_NARROWEST: Final = 350  # logical pixels
_label: Final = partial(words_label, is_selectable=True)


class FindingDetail(QFrame):
    """One finding, or how many are chosen.

    Signals:
        session_wanted: the person opened its session; carries the id.
        answered: the person acknowledges what is chosen; carries the reason and words.
        reopened: the person takes back what was acknowledged.
        said: something to show in the status bar.
        went_back: the person goes back to the table.
    """

    session_wanted = Signal(str)
    answered = Signal(Reason, str)
    reopened = Signal()
    said = Signal(str)
    went_back = Signal()

    def __init__(self) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("The finding that is chosen")
        self._listed: tuple[ListedFinding, ...] = ()
        self._icon = QLabel()
        self._title, self._about, self._state = _label("heading"), _label("muted"), _label()
        self._found, self._why, self._clean, self._agreed = _label(), _label("muted"), _label("clean"), _label()
        self.session_button, self.copy_button = QToolButton(), QToolButton(text="&Copy")
        self.copy_sources_button = QToolButton(text="Copy so&urces")
        for button in (self.session_button, self.copy_button, self.copy_sources_button):
            button.setProperty("role", "link")
        self.reopen_button = QPushButton("Reo&pen")
        self.facts = _Facts()
        self.strip = SpanStrip()
        self._facts_heading, self._sources_heading = _label("heading"), _label("heading")
        self._sources = _label()
        self._read_only = _label("muted")
        self.acknowledge_row = AcknowledgeRow()
        self._lay_out()
        self._listen()
        self.show_findings((), None)

    def show_findings(self, listed: Sequence[ListedFinding], strip: Strip | None, *, is_writable: bool = True) -> None:
        """Show *listed*, what is chosen; *strip* is where sources disagree, where it is one and there is any."""
        if [one.key for one in listed] != [one.key for one in self._listed]:
            self._scroll.verticalScrollBar().setValue(0)
        self._listed = tuple(listed)
        one = listed[0] if len(listed) == 1 else None
        if one:
            self._show_one(one, strip)
        else:
            self._show_many()
        for widget in self._of_one:
            widget.setVisible(one is not None)
        self.strip.setVisible(one is not None and strip is not None)
        self._agreed.setVisible(bool(one and self._agreed.text()))
        self._show_what_can_be_done(one, is_writable=is_writable)

    def text(self) -> str:
        """Return what is chosen as it would be read aloud, and as it is copied."""
        return f"\n\n{'—' * 8}\n\n".join(finding_words(one) for one in self._listed) or self._title.text()

    def restyle(self) -> None:
        """Draw icons and strip again in the colours of now."""
        if len(self._listed) == 1:
            self._show_icon(self._listed[0].finding.severity)
        self.strip.drawing.update()

    # What is shown

    def _show_one(self, listed: ListedFinding, strip: Strip | None) -> None:
        finding = listed.finding
        self._show_icon(finding.severity)
        self._title.setText(title_words(finding))
        self._about.setText(about_words(listed))
        self._state.setText(state_sentence(listed))
        self._found.setText(finding.found)
        self._why.setText(" ".join(part for part in (finding.why, finding.hearsay) if part))
        self._clean.setText(finding.clean)
        self._agreed.setText(finding.agreed)
        self.facts.show_facts(facts_in_words(finding))
        self._facts_heading.setText("The facts it used")
        self._sources_heading.setText(labels.capital(labels.count(len(finding.rule.sources), "source")))
        self._sources.setText(sources_words(finding.rule.sources))
        if strip:
            self.strip.show_strip(strip)

    def _show_many(self) -> None:
        self._icon.hide()
        restyle(self._title, "tone", "none")
        self._title.setText(chosen_words(self._listed) if self._listed else _NOTHING_CHOSEN)
        states = Counter(one.state for one in self._listed)
        self._state.setText(", ".join(f"{states[state]:,} {labels.word(state)}" for state in State if states[state]))

    def _show_icon(self, severity: Severity) -> None:
        self._icon.show()
        self._icon.setPixmap(pixmap(severity.word, severity.word, LARGE_ICON))
        restyle(self._title, "tone", severity.word)

    def _show_what_can_be_done(self, one: ListedFinding | None, *, is_writable: bool) -> None:
        can = [listed for listed in self._listed if listed.can_be_acknowledged]
        answered = [listed for listed in self._listed if listed.acknowledgements]
        self.acknowledge_row.show_for(can if is_writable else ())
        self._read_only.setText(_READ_ONLY if self._listed and not is_writable else "")
        self._read_only.setVisible(bool(self._read_only.text()))
        self.reopen_button.setVisible(bool(answered) and is_writable)
        self.reopen_button.setText(f"Reo&pen {labels.count(len(answered), 'finding')}" if not one else "Reo&pen")
        self.copy_button.setVisible(bool(self._listed))
        self.copy_sources_button.setVisible(bool(self._listed))
        self.session_button.setVisible(one is not None and one.session_id is not None)
        if one:
            self.session_button.setText(f"&Open the session of {labels.day(one.record.date)}")

    # What the buttons do

    def _open(self) -> None:
        if self._listed and (session_id := self._listed[0].session_id):
            self.session_wanted.emit(session_id)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.said.emit(f"Copied: {labels.count(len(self._listed), 'finding')}.")

    def _copy_sources(self) -> None:
        rules = {one.finding.rule.id: one.finding.rule for one in self._listed}.values()
        sources = list({source.key: source for rule in rules for source in rule.sources}.values())
        QGuiApplication.clipboard().setText(sources_words(sorted(sources, key=lambda source: source.grade)))
        self.said.emit(f"Copied: {labels.count(len(sources), 'source')}.")

    # The making

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, SPACING)
        column.setSpacing(SPACING)
        head = QHBoxLayout()
        head.setSpacing(SPACING)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        for label in (self._about, self._state, self._found, self._why, self._clean, self._agreed):
            column.addWidget(label)
        column.addLayout(self._links())
        for widget in (self._facts_heading, self.facts, self.strip, self._sources_heading, self._sources):
            column.addWidget(widget)
        column.addStretch(1)
        self._of_one = (
            *(self._about, self._found, self._why, self._clean),
            *(self._facts_heading, self.facts, self._sources_heading, self._sources),
        )
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("The finding that is chosen, in full")
        self._scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(self._foot())
        self.setMinimumWidth(_NARROWEST)

    def _links(self) -> QVBoxLayout:
        copying = FlowLayout()
        copying.addWidget(self.copy_button)
        copying.addWidget(self.copy_sources_button)
        links = QVBoxLayout()
        links.setSpacing(0)
        links.addWidget(self.session_button, 0, Qt.AlignmentFlag.AlignLeft)
        links.addLayout(copying)
        return links

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
        foot.setSpacing(SPACING)
        foot.addWidget(self.reopen_button, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self.acknowledge_row)
        foot.addWidget(self._read_only)
        return foot

    def _listen(self) -> None:
        self.session_button.clicked.connect(self._open)
        self.reopen_button.clicked.connect(self.reopened)
        self.copy_button.clicked.connect(self._copy)
        self.copy_sources_button.clicked.connect(self._copy_sources)
        self.acknowledge_row.answered.connect(self.answered)
        self.acknowledge_row.went_back.connect(self.went_back)


class _Facts(QWidget):
    """Names and values in two columns."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(MARGIN)
        self._grid.setVerticalSpacing(TIGHT)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while len(self._rows) < len(facts):
            self._add_row()
        for place, (name_label, value_label) in enumerate(self._rows):
            is_used = place < len(facts)
            name_label.setVisible(is_used)
            value_label.setVisible(is_used)
            if is_used:
                name, value = facts[place]
                name_label.setText(name)
                value_label.setText(value)
                value_label.setAccessibleName(f"{name}: {value}")

    def _add_row(self) -> None:
        row = (_label("muted"), _label())
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(row[0], len(self._rows), 0, top)
        self._grid.addWidget(row[1], len(self._rows), 1, top)
        self._rows.append(row)


def title_words(finding: Finding) -> str:
    """Return what is found, how severe it is and by which rule, in one line."""
    return f"{labels.title(finding.severity)} · {finding.rule.title}"


def about_words(listed: ListedFinding) -> str:
    """Return which rule speaks, of which day and of which place."""
    return f"Rule {listed.finding.rule.id} · {labels.day(listed.record.date)} · {where_words(listed)}"


def chosen_words(listed: Sequence[ListedFinding]) -> str:
    """Return how many findings are chosen, by severity, the gravest first."""
    counts = Counter(one.finding.severity for one in listed)
    parts = (f"{counts[severity]:,} {severity.word}" for severity in reversed(Severity) if counts[severity])
    return f"{labels.count(len(listed), 'finding')} chosen: {', '.join(parts)}"


def state_sentence(listed: ListedFinding) -> str:
    """Return what became of a finding, in a sentence."""
    match listed.state:
        case State.ACKNOWLEDGED if answer := listed.acknowledgement:
            own = " ".join(answer.words.split())
            said = f" “{own}”" if own and answer.reason is not Reason.OWN_WORDS else ""
            return f"Acknowledged on {labels.day(answer.at.date())}: {reason_words(answer)}.{said}"
        case State.PAST:
            return f"Past: no rule looks back as far as this any more.{_lapsed(listed)}"
        case State.AGREED:
            return "Clean by a limit agreed with a clinician."
        case _:
            return f"Open.{_lapsed(listed)}"


def finding_words(listed: ListedFinding) -> str:
    """Return everything about a finding as plain text."""
    finding = listed.finding
    facts = "\n".join(f"{name}: {value}" for name, value in facts_in_words(finding))
    parts = [
        f"{title_words(finding)}\n{about_words(listed)}\n{state_sentence(listed)}",
        finding.message,
        f"FACTS\n{facts}",
        f"SOURCES\n{sources_words(finding.rule.sources)}",
    ]
    return "\n\n".join(parts)


def _lapsed(listed: ListedFinding) -> str:
    if listed.lapsed is None:
        return ""
    what = "the session" if isinstance(listed.record, Session) else "the record"
    on = labels.day(listed.lapsed.at.date())
    return f" You acknowledged it on {on}; since then {what}, or what came before it, has changed."
