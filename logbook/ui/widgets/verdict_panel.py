"""What the guidance says of the session in the form, with who says so."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.vocabulary import Severity, Zone
from logbook.guidance.judge import NextDates
from logbook.guidance.rule import Finding, Source, Verdict
from logbook.ui.theme import HAIR, LARGE_ICON, MARGIN, SMALL_ICON, SPACING, TIGHT, pixmap, restyle
from logbook.ui.widgets.words import words_label

CLEAN_WORDS: Final = "No published warning found by these rules"
AGREED_WORDS: Final = "Clean by what was agreed"
GRADES: Final = {
    "A": "regulator or society",
    "B": "published paper",
    "C": "named clinician, maker or reviewed page",
    "D": "what people are told online",
}
MISSING_WORDS: Final = {
    "device": "device",
    "zones": "zones",
    "endpoint": "how it ended",
    "needle_state": "state of the needles",
    "needle_shared": "whether the needles were used on others",
    "needle_use": "use of these needles",
    "skin_signs": "skin today",
    "conditions": "what is true of you, or its date",
    "birth_date": "date of birth",
    "passes": "passes",
    "pressure": "pressure",
    "topicals": "products, or their hours",
    "washed_before": "washed off before",
    "redness_hours": "how long redness lasted",
    "reaction_signs": "signs afterwards",
    "depth_mm": "depth",
    "sex": "sex",
    "value": "a count, or more counts by the same method",
}


class VerdictPanel(QWidget):
    """The severity at a glance, a card for each finding, and what could not be judged."""

    def __init__(self, record: str = "session", below: QWidget | None = None) -> None:
        """Begin empty; what is judged is called *record*, and *below* the findings stands something of the page's."""
        super().__init__()
        self.setAccessibleName("Verdict")
        self._cards: list[FindingCard] = []
        self.headline = _Headline(record)
        self._unjudged = words_label("muted")
        self._next = words_label("muted")
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, TIGHT, 0)
        self._column.setSpacing(SPACING)
        self._column.addWidget(self._next)
        self._column.addWidget(self._unjudged)
        if below:
            self._column.addWidget(below)
        self._column.addStretch(1)
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("Findings")
        self._scroll.setMinimumHeight(2 * self.fontMetrics().height())  # where it is low, the headline stays whole
        self._scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self.headline)
        layout.addWidget(self._scroll, 1)

    def show_verdict(self, verdict: Verdict, version: str, next_dates: Mapping[Zone, NextDates]) -> None:
        """Show *verdict*, given by the guidance of *version*, and when each zone may be needled again."""
        self.headline.show_verdict(verdict, version)
        while len(self._cards) < len(verdict.findings):
            card = FindingCard()
            self._column.insertWidget(len(self._cards), card)
            self._cards.append(card)
        for card, finding in zip(self._cards, verdict.findings, strict=False):
            card.show_finding(finding)
        for place, card in enumerate(self._cards):
            card.setVisible(place < len(verdict.findings))
        self._show_rest(unjudged_words(verdict), next_words(next_dates))

    def show_nothing(self) -> None:
        """Show that there is nothing to judge."""
        self.headline.show_nothing()
        for card in self._cards:
            card.hide()
        self._show_rest("", "")

    def _show_rest(self, unjudged: str, next_dates: str) -> None:
        for label, words in ((self._unjudged, unjudged), (self._next, next_dates)):
            label.setText(words)
            label.setVisible(bool(words))

    def focus_first(self) -> None:
        """Go to the first thing that can be opened, or to the findings as a whole."""
        first = next((card.sources_button for card in self._cards if not card.isHidden()), None)
        (first or self._scroll).setFocus()

    def text(self) -> str:
        """Return everything that is shown, as it would be read aloud."""
        parts = [self.headline.text(), *(card.text() for card in self._cards if not card.isHidden())]
        return "\n".join(part for part in (*parts, self._next.text(), self._unjudged.text()) if part)


class _Headline(QFrame):
    """Icon, word and number of findings."""

    def __init__(self, record: str) -> None:
        super().__init__()
        self._record = record
        self._icon = QLabel()
        self._word = QLabel(wordWrap=True)
        self._word.setProperty("role", "severity")
        self._detail = words_label("muted")
        words = QVBoxLayout()
        words.setSpacing(HAIR)
        words.addWidget(self._word)
        words.addWidget(self._detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(MARGIN)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)

    def show_verdict(self, verdict: Verdict, version: str) -> None:
        severity = verdict.severity
        self._icon.show()
        self._icon.setPixmap(pixmap(severity.word, severity.word, LARGE_ICON))
        agreed = AGREED_WORDS if verdict.findings else CLEAN_WORDS
        self._word.setText(labels.title(severity) if severity is not Severity.CLEAN else agreed)
        found = sum(finding.severity > Severity.CLEAN for finding in verdict.findings)
        parts = [labels.count(found, "finding")] if found else []
        if agreed_on := len(verdict.findings) - found:
            parts.append(f"{agreed_on} clean by agreement")
        if verdict.unjudged:
            parts.append(f"{labels.count(len(verdict.unjudged), 'rule')} not judged")
        self._detail.setText(" · ".join([*parts, f"guidance {version}"]))
        restyle(self, "severity", severity.word)
        restyle(self._word, "tone", severity.word)
        self.setAccessibleName(self.text())

    def show_nothing(self) -> None:
        self._icon.hide()
        self._word.setText("Nothing to judge yet")
        self._detail.setText(f"Fill in the form, or choose a {self._record} in the table")
        restyle(self, "severity", "none")
        restyle(self._word, "tone", "none")
        self.setAccessibleName(self.text())

    def text(self) -> str:
        return f"{self._word.text()}. {self._detail.text()}."


class FindingCard(QFrame):
    """One finding: what, why, what would make it clean, and its sources one click away."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setProperty("role", "finding")
        self._finding: Finding | None = None
        self._icon = QLabel()
        self._title = words_label("heading")
        self._found, self._why, self._clean = words_label(), words_label("muted"), words_label("clean")
        self._agreed = words_label()
        self.sources_button = QToolButton(checkable=True)
        self.sources_button.setProperty("role", "link")
        self.sources_button.setArrowType(Qt.ArrowType.RightArrow)
        self.sources_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sources_button.toggled.connect(self._show_sources)
        self._sources = words_label(is_selectable=True)
        self._sources.hide()
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(TIGHT)
        layout.addLayout(head)
        for widget in (self._found, self._why, self._clean, self._agreed, self.sources_button, self._sources):
            layout.addWidget(widget)

    def show_finding(self, finding: Finding) -> None:
        """Show *finding*; sources that were unfolded for the same rule stay so."""
        if self._finding is None or self._finding.rule.id != finding.rule.id:
            self.sources_button.setChecked(False)
        self._finding = finding
        self._icon.setPixmap(pixmap(finding.severity.word, finding.severity.word, SMALL_ICON))
        self._title.setText(f"{labels.title(finding.severity)} · {finding.rule.title}")
        self._found.setText(finding.found)
        self._why.setText(f"{finding.why} {finding.hearsay}".strip())
        self._clean.setText(finding.clean)
        self._agreed.setText(finding.agreed)
        self._agreed.setVisible(bool(finding.agreed))
        self.sources_button.setText(f"{labels.count(len(finding.rule.sources), 'source')} · rule {finding.rule.id}")
        self.sources_button.setAccessibleName(f"Sources of {finding.rule.title}")
        if self.sources_button.isChecked():
            self._sources.setText(sources_words(finding.rule.sources))
        restyle(self, "edge", finding.severity.word)
        self.setAccessibleName(self.text())

    def text(self) -> str:
        """Return the finding as it would be read aloud."""
        labelled = (self._title, self._found, self._why, self._clean, self._agreed)
        return " ".join(label.text() for label in labelled if label.text())

    def _show_sources(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.sources_button.setArrowType(arrow)
        if is_open and self._finding:
            self._sources.setText(sources_words(self._finding.rule.sources))
        self._sources.setVisible(is_open)


def sources_words(sources: Sequence[Source]) -> str:
    """Return *sources* for reading, the best first; what people are told online stands apart."""
    evidence = [_source_words(source) for source in sources if source.is_evidence]
    told = [_source_words(source) for source in sources if not source.is_evidence]
    if told:
        told.insert(0, "WHAT PEOPLE ARE TOLD ONLINE, NOT EVIDENCE")
    return "\n\n".join([*evidence, *told])


def _source_words(source: Source) -> str:
    year = f", {source.year}" if source.year else ""
    kind = source.kind.replace("_", " ")
    grade = f"grade {source.grade}, {GRADES[source.grade]}"
    return f"{source.title} ({source.author}{year}) · {kind} · {grade}\n{source.says}\n{source.reference}"


def unjudged_words(verdict: Verdict) -> str:
    """Return what could not be judged, and for want of what."""
    words = []
    if verdict.is_setting_assumed:
        words.append("The setting is not recorded: judged as at home.")
    if verdict.missing:
        missing = "; ".join(MISSING_WORDS.get(name, name) for name in verdict.missing)
        words.append(f"More could be judged with: {missing}.")
    return " ".join(words)


def next_words(next_dates: Mapping[Zone, NextDates]) -> str:
    """Return when each zone may be needled again at this depth, as far as rest is concerned."""
    if not next_dates:
        return ""
    lines = ["After this session, at the same depth, the rules on rest say nothing worse than a note:"]
    for zone, dates in next_dates.items():
        clear = "" if dates.clear == dates.earliest else f", and nothing from {labels.day(dates.clear)}"
        lines.append(f"{labels.title(zone)} from {labels.day(dates.earliest)}{clear}.")
    return "\n".join(lines)
