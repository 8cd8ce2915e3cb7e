"""The table of devices as it is seen and chosen from."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from logbook.domain.session import RecordId
from logbook.services.devices import Needles
from logbook.ui.pages.device_model import AGE, COLUMNS, DeviceModel
from logbook.ui.pages.session_model import SEVERITY_ROLE
from logbook.ui.pages.severity_pill import SeverityPill

# The widest text a column is sized for, where it is wider than its title; the first column takes what is left.
_WIDEST: Final = {
    "name": "Blue roller · retired",
    "lot": "A-2026-11",
    "opened": "28 Nov 2026",
    "expires": "28 Nov 2026, expired",
    "age": "◆◆ Not judged",
}
_CELL_PADDING: Final = 20
_PLACES: Final = {column.name: place for place, column in enumerate(COLUMNS)}
_FIRST_TO_GO: Final = ("needles", "opened", "expires", "length", "most")


class AgePill(SeverityPill):
    """Paints a severity as a pill, and plain words where there is none."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.data(SEVERITY_ROLE) is None:
            QStyledItemDelegate.paint(self, painter, option, index)
        else:
            super().paint(painter, option, index)


class DeviceTable(QTableView):
    """Rows of a `DeviceModel`; where they are too wide, the columns that matter least give way."""

    def __init__(self, model: DeviceModel) -> None:
        """Show *model*."""
        super().__init__(
            showGrid=False,
            wordWrap=False,
            selectionBehavior=QAbstractItemView.SelectionBehavior.SelectRows,
            selectionMode=QAbstractItemView.SelectionMode.SingleSelection,
            editTriggers=QAbstractItemView.EditTrigger.NoEditTriggers,
            tabKeyNavigation=False,
        )
        self._model = model
        self.setAccessibleName("Devices and their cartridges")
        self.setModel(model)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 18)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(4 * self.verticalHeader().defaultSectionSize())
        self.setItemDelegateForColumn(AGE, AgePill(self))

    @property
    def chosen(self) -> Needles | None:
        """What is chosen."""
        rows = self.selectionModel().selectedRows()
        return self._model.needles_at(rows[0].row()) if rows else None

    def choose(self, record_id: RecordId | None) -> None:
        """Choose the device or cartridge of that id, else the first row, and bring it into view."""
        row = (self._model.row_of(record_id) if record_id else None) or 0
        if self._model.rowCount():
            self.selectRow(row)
            self.scrollTo(self._model.index(row, 0))

    def _wanted_width(self, column: str) -> int:
        title = self.horizontalHeader().sectionSizeHint(_PLACES[column])
        return max(title, self.fontMetrics().horizontalAdvance(_WIDEST.get(column, "")) + _CELL_PADDING)

    def _fit_columns(self) -> None:
        """Leave out the columns that matter least until the rest fits: nothing scrolls sideways."""
        room = self.viewport().width()
        for place in range(len(COLUMNS)):
            self.setColumnHidden(place, False)  # the title of a hidden one has no width
        widths = {name: self._wanted_width(name) for name in _PLACES}
        for name in _FIRST_TO_GO:
            if sum(widths.values()) > room:
                self.setColumnHidden(_PLACES[name], True)
                del widths[name]
        rest = room - sum(width for name, width in widths.items() if name != "name")
        widths["name"] = max(rest, 3 * _CELL_PADDING)
        for name, width in widths.items():
            self.setColumnWidth(_PLACES[name], width)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a row when the keyboard comes here, so that the first key does something."""
        super().focusInEvent(event)
        if self.chosen is None:
            self.choose(None)
