"""The numbers of a chart as a table."""

from operator import itemgetter
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from logbook.charts.chart import Table
from logbook.domain import labels
from logbook.domain.session import RecordId
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import Index, RowsModel
from logbook.ui.widgets.rows_table import RowsTable

_MEASURED = 200  # rows that the widths of columns are taken from
_ROOM = 12  # pixels


class ChartTableModel(RowsModel):
    """The rows of a `Table`."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a column."""
        super().__init__((), parent)
        self.table = Table((), ())

    def show_table(self, table: Table) -> None:
        """Show *table*, which may have other columns than the one before."""
        self.beginResetModel()
        self.table, self._shown = table, table.rows
        self._columns = [
            Column(title, title, itemgetter(place), "", is_number=place in table.numbers)
            for place, title in enumerate(table.titles)
        ]
        self.endResetModel()

    def record_id_at(self, row: int) -> RecordId | None:
        """Return the id of the record behind *row*."""
        return self.table.record_ids[row] if self.table.record_ids else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            nothing = labels.NOTHING if role == Qt.ItemDataRole.DisplayRole else "not recorded"
            return self._columns[index.column()].text(self._shown[index.row()]) or nothing
        return super().data(index, role)


class ChartTable(RowsTable):
    """Rows of a `ChartTableModel`.

    Signals:
        record_wanted: the person opened a row; carries the id of its record.
    """

    record_wanted = Signal(str)

    def __init__(self) -> None:
        """Begin empty."""
        self._rows = ChartTableModel()
        super().__init__(self._rows)
        self._rows.setParent(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setStretchLastSection(True)
        header.setResizeContentsPrecision(_MEASURED)
        self._widths: list[int] = []  # that the words need, of all columns but the last
        self.activated.connect(self._opened)

    def show_table(self, table: Table, name: str) -> None:
        """Show *table*, called by *name*."""
        self._rows.show_table(table)
        self.setAccessibleName(name)
        self.resizeColumnsToContents()
        self._widths = [self.columnWidth(column) for column in range(len(table.titles) - 1)]
        self._spread()
        if table.rows:
            self.setCurrentIndex(self._rows.index(0, 0))

    def _spread(self) -> None:
        """Give the columns some room, where there is any."""
        header = self.horizontalHeader()
        last = header.sectionSizeHint(len(self._widths)) if self._widths else 0
        spare = self.viewport().width() - sum(self._widths) - last
        room = min(_ROOM, max(spare, 0) // max(len(self._widths), 1))
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width + room)

    def _opened(self, index: QModelIndex) -> None:
        if record_id := self._rows.record_id_at(index.row()):
            self.record_wanted.emit(record_id)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()
