"""A table that never scrolls sideways: where it is too wide, the columns that matter least give way."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from logbook.ui.widgets.rows_table import RowsTable

_CELL_PADDING: Final = 22  # logical pixels, as is the next
_NARROWEST: Final = 90  # of the column that takes what is left


class FittedTable(RowsTable):
    """Rows to choose one of."""

    def __init__(self, model: QAbstractTableModel, widest: Mapping[int, str], rest: int, first_to_go: Sequence[int]):
        """Show *model*: a column is as wide as its *widest* text or its title.

        What is left goes to the column *rest*; where that gave way, to the first.
        """
        super().__init__(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._widest, self._rest, self._first_to_go = widest, rest, first_to_go
        self.horizontalHeader().setSectionsClickable(False)
        self.setMinimumHeight(4 * self.verticalHeader().defaultSectionSize())
        model.modelReset.connect(self._fit)

    @property
    def chosen_row(self) -> int | None:
        """The row that is chosen."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def choose(self, row: int) -> None:
        """Choose *row*, or the last where there are fewer, and bring it into view."""
        if count := self.model().rowCount():
            self.selectRow(min(row, count - 1))
            self.scrollTo(self.model().index(min(row, count - 1), 0))

    def _wanted(self, column: int) -> int:
        title = self.horizontalHeader().sectionSizeHint(column)
        text = self.fontMetrics().horizontalAdvance(self._widest.get(column, ""))
        return max(title, text + _CELL_PADDING, _NARROWEST if column == self._rest else 0)

    def _fit(self) -> None:
        room, columns = self.viewport().width(), range(self.model().columnCount())
        for column in columns:
            self.setColumnHidden(column, False)  # the title of a hidden one has no width
        widths = {column: self._wanted(column) for column in columns}
        for column in self._first_to_go:
            if sum(widths.values()) > room:
                self.setColumnHidden(column, True)
                del widths[column]
        rest = self._rest if self._rest in widths else 0
        others = sum(width for column, width in widths.items() if column != rest)
        widths[rest] = max(room - others, _NARROWEST)
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a row when the keyboard comes here, so that the first key does something."""
        super().focusInEvent(event)
        if self.chosen_row is None:
            self.choose(0)
