"""The table of shedding records as it is seen and chosen from."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from logbook.domain.session import RecordId
from logbook.domain.shedding import SheddingRecord
from logbook.ui.pages.device_table import AgePill
from logbook.ui.pages.shedding_model import COLUMNS, DATE, LEFT_OUT, PLACES, SheddingModel
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.rows_table import RowsTable

# The widest text a column is sized for, where it is wider than its title; the notes take what is left.
_WIDEST: Final = {
    "date": "28 Nov 2026 ▾",
    "method": "Sinclair scale, 1–6",
    "count": "not counted",
    "verdict": "◆◆ Warning",
    "trend": LEFT_OUT,
}
_FIRST_TO_GO: Final = ("notes", "wash", "method", "trend")
_LEAST_ROWS: Final = 3  # the title row among them
_MOVES: Final = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Space,
)


class SheddingTable(FittedTable):
    """Rows of a `SheddingModel`, several of which may be chosen.

    Signals:
        delete_wanted: the key that deletes was pressed.
    """

    delete_wanted = Signal()

    def __init__(self, model: SheddingModel) -> None:
        """Show *model*, sorted as it is."""
        widest = {PLACES[name]: text for name, text in _WIDEST.items()}
        self._records = model
        super().__init__(model, widest, PLACES["notes"], [PLACES[name] for name in _FIRST_TO_GO])
        self.setAccessibleName("Shedding records")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMinimumHeight(_LEAST_ROWS * self.verticalHeader().defaultSectionSize())
        header = self.horizontalHeader()
        header.setSortIndicator(DATE, Qt.SortOrder.DescendingOrder)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        self.setSortingEnabled(True)
        self.setItemDelegateForColumn(PLACES["verdict"], AgePill(self))

    @property
    def chosen(self) -> list[SheddingRecord]:
        """The records that are chosen, from the top on."""
        selection = self.selectionModel().selection()  # in stretches: all of it may be chosen
        stretches = (selection.at(place) for place in range(selection.count()))
        rows = sorted({row for part in stretches for row in range(part.top(), part.bottom() + 1)})
        return [self._records.record_at(row) for row in rows]

    def choose_record(self, record_id: RecordId) -> None:
        """Choose the record of that id alone and bring it into view, without saying so; leave it if it is chosen."""
        row = self._records.row_of(record_id)
        if row is None or record_id in {record.id for record in self.chosen}:
            return
        index = self._records.index(row, DATE)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self._quietly(lambda: self.selectionModel().setCurrentIndex(index, flags))
        self.scrollTo(index)

    def choose_none(self) -> None:
        """Choose no record, without saying so."""
        self._quietly(self.clearSelection)

    def lay_anew(self, change: Callable[[], None]) -> None:
        """Do *change* to what is shown, and choose again what was chosen and still is there, without saying so."""
        chosen = [record.id for record in self.chosen]

        def change_and_choose() -> None:
            change()
            self._select(chosen)

        self._quietly(change_and_choose)

    def _select(self, record_ids: Iterable[RecordId]) -> None:
        selection = QItemSelection()
        for record_id in record_ids:
            if (row := self._records.row_of(record_id)) is not None:
                selection.select(self._records.index(row, 0), self._records.index(row, len(COLUMNS) - 1))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _quietly(self, do: Callable[[], object]) -> None:
        self.selectionModel().blockSignals(True)
        do()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _fit(self) -> None:
        super()._fit()
        self._records.name_methods(is_wanted=self.isColumnHidden(PLACES["method"]))

    # Qt's own

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose nothing yet: the form may hold a new record."""
        RowsTable.focusInEvent(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the row the cursor stands on with the first key, also where there is but one."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() in _MOVES and self.model().rowCount() and not self.selectionModel().hasSelection():
            self.selectRow(max(0, self.currentIndex().row()))
        else:
            super().keyPressEvent(event)
