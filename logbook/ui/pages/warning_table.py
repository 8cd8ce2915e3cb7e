"""The table of findings as it is seen and chosen from."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from logbook.services.findings import ListedFinding
from logbook.ui.pages.severity_pill import SeverityPill
from logbook.ui.pages.warning_model import WarningModel
from logbook.ui.pages.warning_rows import COLUMNS, DATE, PLACES
from logbook.ui.widgets.rows_table import RowsTable

# The widest text a column is sized for; the finding takes what is left.
_WIDEST: Final = {
    "date": "28 Nov 2026 ▾",
    "zone": "60-second count",
    "rule": "Sessions in four weeks · I03",
    "severity": "◆◆ Warning",
    "state": "agreed ▾",
}
_WIDEST_ANSWER: Final = "acknowledged 28 Nov 2026…"  # where a state says more than a word
_LEAST_FOUND: Final = "Crown: 1.5 mm on 28 …"
_CELL_PADDING: Final = 20
_FIRST_TO_GO: Final = ("zone", "state")
_ANSWER_KEYS: Final = (Qt.Key.Key_A,)


class WarningTable(RowsTable):
    """Rows of a `WarningModel`; where they are too wide, the columns that matter least give way.

    Signals:
        answer_wanted: the key that acknowledges was pressed.
    """

    answer_wanted = Signal()

    def __init__(self, model: WarningModel) -> None:
        """Show *model*, sorted as it is."""
        super().__init__(model)
        self._findings = model
        self.setAccessibleName("Findings")
        self.setAccessibleDescription("Enter opens the session, A acknowledges what is chosen")
        header = self.horizontalHeader()
        header.setSortIndicator(DATE, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        header.setSectionsMovable(True)
        self.setMinimumHeight(4 * self.verticalHeader().defaultSectionSize())
        self.setItemDelegateForColumn(PLACES["severity"], SeverityPill(self))

    @property
    def chosen(self) -> list[ListedFinding]:
        """The findings that are chosen, from the top on."""
        return [self._findings.listed_at(row) for row in self._chosen_rows()]

    def choose_row(self, row: int) -> None:
        """Choose *row* alone, or the last one where there are fewer, and bring it into view."""
        if rows := self._findings.rowCount():
            self.selectRow(min(row, rows - 1))
            self.scrollTo(self.currentIndex())

    def lay_anew(self, change: Callable[[], None]) -> int | None:
        """Do *change* to what is shown, and choose again what was chosen and still is there, without saying so.

        What stood on top stays there. Return the first row that was chosen, or None.
        """
        rows = self._chosen_rows()
        chosen = [self._findings.listed_at(row).key for row in rows]
        current = self._key_at(self.currentIndex().row())
        top = self._key_at(self.rowAt(0))
        self.selectionModel().blockSignals(True)
        change()
        self._select(chosen)
        for row in self._findings.rows_of([current] if current else []):
            index = self._findings.index(row, DATE)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().blockSignals(False)
        self._scroll_to_top([top] if top else [])
        self._fit_columns()
        self.viewport().update()
        return rows[0] if rows else None

    def _chosen_rows(self) -> list[int]:
        selection = self.selectionModel().selection()  # in stretches: all of it may be chosen
        stretches = (selection.at(place) for place in range(selection.count()))
        return sorted({row for part in stretches for row in range(part.top(), part.bottom() + 1)})

    def _key_at(self, row: int) -> tuple[str, str] | None:
        return self._findings.listed_at(row).key if 0 <= row < self._findings.rowCount() else None

    def _select(self, keys: Iterable[tuple[str, str]]) -> None:
        """Choose the findings of *keys*, as few stretches of rows as there are."""
        selection, last = QItemSelection(), len(COLUMNS) - 1
        rows = self._findings.rows_of(keys)
        starts = [row for row, before in zip(rows, [None, *rows], strict=False) if before is None or row > before + 1]
        ends = [row for row, after in zip(rows, [*rows[1:], None], strict=False) if after is None or after > row + 1]
        for start, end in zip(starts, ends, strict=True):
            selection.select(self._findings.index(start, 0), self._findings.index(end, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _scroll_to_top(self, keys: Iterable[tuple[str, str]]) -> None:
        self.executeDelayedItemsLayout()
        for row in self._findings.rows_of(keys):
            self.scrollTo(self._findings.index(row, DATE), QAbstractItemView.ScrollHint.PositionAtTop)

    def _wanted_width(self, column: str) -> int:
        widest = _WIDEST_ANSWER if column == "state" and self._findings.has_answers else _WIDEST[column]
        return self.fontMetrics().horizontalAdvance(widest) + _CELL_PADDING

    def _fit_columns(self) -> None:
        """Leave out the columns that matter least until the rest fits: nothing scrolls sideways."""
        room = self.viewport().width()
        widths = {name: self._wanted_width(name) for name in _WIDEST}
        found = self.fontMetrics().horizontalAdvance(_LEAST_FOUND) + _CELL_PADDING
        for name in _FIRST_TO_GO:
            is_too_wide = sum(widths.values()) + found > room
            self.setColumnHidden(PLACES[name], is_too_wide)
            if is_too_wide:
                del widths[name]
        widths["rule"] = min(widths["rule"], max(room * 3 // 10, 4 * _CELL_PADDING))
        spare = room - sum(widths.values())
        if "state" in widths and self._findings.has_answers:
            widths["state"] += max(0, spare - 2 * found) // 3  # for the reason
        widths["found"] = max(room - sum(widths.values()), 4 * _CELL_PADDING)
        for name, width in widths.items():
            self.setColumnWidth(PLACES[name], width)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a row when the keyboard comes here, so that the first key does something."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.choose_row(max(0, self.currentIndex().row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ANSWER_KEYS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.answer_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave letters alone: the search above finds words, not the beginnings of dates."""
