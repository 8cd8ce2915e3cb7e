"""The sessions of the Sessions page: table, search and a chip for each severity."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.ui.pages.session_model import SessionModel
from logbook.ui.pages.session_table import SessionTable
from logbook.ui.store import Store
from logbook.ui.theme import SPACING, icon
from logbook.ui.widgets.empty_state import empty_state, focus_kept
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.search_line import SearchLine


class SessionList(QWidget):
    """Shows the sessions that fit a search and some severities, and how many there are of each.

    Signals:
        laid_anew: other rows may be shown than before.
    """

    laid_anew = Signal()

    def __init__(self, store: Store) -> None:
        """Show the sessions of *store*."""
        super().__init__()
        self.model = SessionModel(store, self)
        self.table = SessionTable(self.model)
        self.search = SearchLine("Search the sessions")
        self.instead: QWidget = self.search  # takes the keyboard from rows that go
        self.chips = {severity: _chip(severity) for severity in reversed(Severity)}
        self.empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "muted")
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.search.left.connect(self._leave_search)
        for chip in self.chips.values():
            chip.toggled.connect(self._filter)
        store.judging.settled.connect(self.show_counts)
        self.show_counts()

    def show_all(self) -> None:
        """Take search and filter away."""
        self.search.clear()
        for chip in self.chips.values():
            chip.setChecked(False)

    def show_counts(self) -> None:
        """Show how many sessions there are of each severity, and in place of no rows why there are none."""
        counts = self.model.counts()
        for severity, chip in self.chips.items():
            chip.setText(f"{labels.title(severity)} {counts[severity]:,}")
        rows, total = self.model.rowCount(), self.model.total()
        self.empty.setText(
            "No session fits the search and the filter."
            if total
            else "No session yet. Fill in the form, or take in a file with File › Import. "
            "File › Try a sample logbook shows what it looks like after a year."
        )
        with focus_kept(self, self.focus_rows):
            self._stack.setCurrentIndex(0 if rows else 1)

    def focus_rows(self) -> None:
        """Go to the rows, or to what takes their place."""
        first = self.table if self.model.rowCount() else self.instead
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Go to the search."""
        self.search.setFocus()
        self.search.selectAll()

    def restyle(self) -> None:
        """Draw icons again in the colours of now."""
        for severity, chip in self.chips.items():
            chip.setIcon(icon(severity.word, severity.word))

    def _filter(self) -> None:
        wanted = {severity for severity, chip in self.chips.items() if chip.isChecked()}
        self._lay_anew(lambda: self.model.show_severities(wanted))

    def _search(self, text: str) -> None:
        self._lay_anew(lambda: self.model.search(text))

    def _leave_search(self) -> None:
        if self.model.rowCount():  # else the words are what is to be changed
            self.focus_rows()

    def _lay_anew(self, change: Callable[[], None]) -> None:
        self.table.lay_anew(change)
        self.show_counts()
        self.laid_anew.emit()

    def _lay_out(self) -> None:
        chips = FlowLayout()
        for chip in self.chips.values():
            chips.addWidget(chip)
        chips.addWidget(self.search)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(chips)
        column.addLayout(self._stack, 1)  # before its pages: the first would show as a window of its own
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty_state("sessions", self.empty))


def _chip(severity: Severity) -> QPushButton:
    chip = QPushButton(labels.title(severity))
    chip.setCheckable(True)
    chip.setProperty("role", "chip")
    chip.setIcon(icon(severity.word, severity.word))
    chip.setToolTip(f"Show the sessions with the verdict “{severity.word}”")
    chip.setAccessibleName(f"Show {severity.word}")
    return chip
