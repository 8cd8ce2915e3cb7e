"""The Warnings page: every finding of the history, explained, sourced, and acknowledged once."""

from datetime import date
from functools import cached_property
from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Reason
from logbook.guidance.spans import Spans, load_spans
from logbook.guidance.strip import strip_of
from logbook.services.findings import Answer, State, acknowledge, list_findings, reopen
from logbook.services.judged import JudgedHistory
from logbook.ui.pages.page import do_and_say
from logbook.ui.pages.warning_filters import WarningFilters
from logbook.ui.pages.warning_model import WarningModel
from logbook.ui.pages.warning_rows import Chosen, Show
from logbook.ui.pages.warning_table import WarningTable
from logbook.ui.store import Store
from logbook.ui.theme import AROUND_PAGE, SPACING
from logbook.ui.widgets.empty_state import empty_state, focus_kept
from logbook.ui.widgets.finding_detail import FindingDetail
from logbook.ui.widgets.title_row import TitleRow
from logbook.ui.widgets.turning_splitter import TurningSplitter

_NARROWEST: Final = 370  # of the list, in logical pixels
_BESIDE: Final = [910, 410]
_BELOW: Final = [320, 250]
_KINDS: Final = (Session, SheddingRecord, Acknowledgement, Person, LifeEvent, AgreedLimit)


class WarningsPage(QWidget):
    """Shows findings and takes in why they are no news.

    Signals:
        said: something to show in the status bar.
        session_wanted: the person opened a session; carries its id.
        actions_changed: what can be done here may have changed.
    """

    said = Signal(str)
    session_wanted = Signal(str)
    actions_changed = Signal()

    def __init__(self, store: Store) -> None:
        """Show the findings on the records of *store*."""
        super().__init__()
        self._store = store
        self._shown: tuple[JudgedHistory, date] | None = None  # what is listed, as of which day; None: not up to date
        self.model = WarningModel(self)
        self.table = WarningTable(self.model)
        self.filters = WarningFilters(dict.fromkeys(rule.family for rule in store.journal.rules.rules))
        self.detail = FindingDetail()
        self.all_button = QToolButton(text="Sho&w all")
        self.all_button.setProperty("role", "link")
        self._hidden = QLabel(wordWrap=True)
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        for label in (self._hidden, self._empty):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "muted")
        self._lay_out()
        self._listen()

    # What the window asks for

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed here is not saved: never, a reason is nothing without its button."""
        return False

    def focus_first(self) -> None:
        """Go to the findings, or to what leaves them out."""
        first = self.table if self.model.rowCount() else self.filters.show_box if self.model.total else self._nothing
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Go to the search."""
        self.filters.search.setFocus()

    def restyle(self) -> None:
        """Draw icons and greys again in the colours of now."""
        self.filters.restyle()
        self.detail.restyle()
        self.table.viewport().update()

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of."""
        return {"warnings_splitter": self._splitter, "warnings_header": self.table.horizontalHeader()}

    # What is done with what is chosen

    def _acknowledge(self, reason: Reason, words: str) -> None:
        findings = [one.finding for one in self.table.chosen if one.can_be_acknowledged]
        if findings and do_and_say(self._store, acknowledge(findings, Answer(reason, words)), self.said):
            self.detail.acknowledge_row.clear()
            self.focus_first()

    def _reopen(self) -> None:
        listed = [one for one in self.table.chosen if one.acknowledgements]
        if listed and do_and_say(self._store, reopen(listed), self.said):
            self.focus_first()

    def _go_to_reason(self) -> None:
        if self.detail.acknowledge_row.isVisible():
            self.detail.acknowledge_row.focus_first()
        elif self._store.journal.is_read_only:
            self.said.emit("This logbook is open for reading only; nothing can be acknowledged in it.")
        else:
            self.said.emit("There is nothing to acknowledge in what is chosen.")

    def _open(self, index: QModelIndex) -> None:
        if session_id := self.model.listed_at(index.row()).session_id:
            self.session_wanted.emit(session_id)

    # What is shown

    def _take_in(self, edit: Edit) -> None:
        """List anew after an edit or an undo, at once or when the page is next looked at."""
        if any(isinstance(one.record, _KINDS) for one in edit.replacements):
            self._shown = None
            self._refresh_if_seen()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        """List what is not listed yet, as soon as all of it is judged."""
        now = (self._store.judged, self._store.today())
        if self._shown == now:
            return
        if not all(self._store.judged.is_judged(record) for record in self._store.judged):
            self._shown = None
            self._show_judging()
            return
        self._shown = now
        acknowledged = self._store.of_person(Acknowledgement)
        listed = list_findings(self._store.judged, acknowledged, self._store.today())
        was_first = self.table.lay_anew(lambda: self.model.show_findings(listed))
        if not self.table.chosen:
            self.table.choose_row(was_first or 0)
        self._show_choice()

    def _show_judging(self) -> None:
        has_rows = bool(self.model.rowCount())
        self.filters.show_counts(None)
        self._hidden.setText("Judging…" if has_rows else "")
        self._empty.setText("Judging your history…")
        self._nothing.setAccessibleDescription(self._empty.text())
        self.all_button.hide()
        self._show_rows_or_words(has_rows=has_rows, has_findings=True)

    def _leave_search(self) -> None:
        if self.model.rowCount():  # else the words are what is to be changed
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self) -> None:
        wanted = self.filters.wanted(self._store.today())
        self.table.lay_anew(lambda: self.model.want(wanted))
        if self._shown is not None:
            self._show_choice()

    def _show_choice(self) -> None:
        """Show how many there are, what is hidden, and the finding that is chosen."""
        chosen = self.model.chosen
        self.filters.show_counts(chosen.counts)
        self._hidden.setText(hidden_words(chosen))
        self.all_button.setVisible(bool(self._hidden.text()))
        self._empty.setText(self._empty_words())
        self._nothing.setAccessibleDescription(self._empty.text())
        self._show_rows_or_words(has_rows=bool(chosen.rows), has_findings=bool(self.model.total))
        self._show_chosen()

    def _show_rows_or_words(self, *, has_rows: bool, has_findings: bool) -> None:
        """Show the rows, or in their place why there are none; what only serves rows goes with them."""
        with focus_kept(self, self.focus_first):
            self._stack.setCurrentIndex(0 if has_rows else 1)
            self.detail.setVisible(has_rows)
            self.filters.setVisible(has_findings)
            self.filters.search.setVisible(has_findings)

    def _show_chosen(self) -> None:
        listed = self.table.chosen
        strip = strip_of(listed[0].finding, self._spans) if len(listed) == 1 else None
        self.detail.show_findings(listed, strip, is_writable=not self._store.journal.is_read_only)
        self.actions_changed.emit()

    def _empty_words(self) -> str:
        judged = self._store.judged
        if self.model.total:
            is_state_alone = self.filters.show_box.value() is Show.OPEN and not self.model.chosen.hidden
            return "Nothing is open." if is_state_alone else "No finding fits the search and the filters."
        if not len(judged.history) and not len(judged.shedding):
            return "No session yet. What the guidance finds in your sessions is listed here."
        sessions = labels.count(len(judged.history), "session")
        counts = f" and {labels.count(len(judged.shedding), 'shedding record')}" if len(judged.shedding) else ""
        return f"No published warning found by these rules in {sessions}{counts}."

    @cached_property
    def _spans(self) -> Spans:
        rules = self._store.journal.rules
        return load_spans(rules.sources, rules.folder / "spans")

    # The making

    def _lay_out(self) -> None:
        left = _Wrapping()
        left.setMinimumWidth(_NARROWEST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(TitleRow("Warnings", self.filters.search))
        column.addWidget(self.filters)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)  # before its pages: the first would show as a window of its own
        self._stack.addWidget(self.table)
        self._nothing = _Nothing(empty_state("warnings", self._empty))
        self._stack.addWidget(self._nothing)
        below = QHBoxLayout()
        below.addWidget(self._hidden, 1)
        below.addWidget(self.all_button)
        column.addLayout(below)
        self._splitter = TurningSplitter(_BESIDE, _BELOW)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.share()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND_PAGE)
        layout.addWidget(self._splitter)

    def _listen(self) -> None:
        self.filters.changed.connect(self._filter)
        self.filters.search.left.connect(self._leave_search)
        self.all_button.clicked.connect(self.filters.show_everything)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.table.activated.connect(self._open)
        self.table.answer_wanted.connect(self._go_to_reason)
        self.detail.session_wanted.connect(self.session_wanted)
        self.detail.answered.connect(self._acknowledge)
        self.detail.reopened.connect(self._reopen)
        self.detail.went_back.connect(self.table.setFocus)
        self.detail.acknowledge_row.edited.connect(self.actions_changed)
        self.detail.said.connect(self.said)
        self._store.judging.settled.connect(self._refresh_if_seen)
        self._store.changed.connect(self._take_in)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._splitter.turn(event.size().width())


class _Wrapping(QWidget):
    """A column that is never lower than its parts, whose lines are as many as its width asks for."""

    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        lowest = layout.minimumHeightForWidth(self.width()) if layout else 0
        return QSize(least.width(), max(least.height(), lowest))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class _Nothing(QScrollArea):
    """What stands in the place of the findings: it can be gone to, since then there is nothing else to go to."""

    def __init__(self, words: QWidget) -> None:
        super().__init__(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Findings")
        self.setWidget(words)


def hidden_words(chosen: Chosen) -> str:
    """Return how many findings are not shown, and why."""
    states = [labels.word(state) for state in State if state in chosen.hidden_states]
    by_state, more = sum(chosen.hidden_states.values()), " more" if chosen.rows else ""
    parts = [f"{by_state:,}{more} {'is' if by_state == 1 else 'are'} {labels.series(states, 'or')}"] if by_state else []
    if chosen.hidden:
        verb = "does" if chosen.hidden == 1 else "do"
        parts.append(f"{chosen.hidden:,}{'' if parts else more} {verb} not fit the search and the other filters")
    return f"{'; '.join(parts)}." if parts else ""
