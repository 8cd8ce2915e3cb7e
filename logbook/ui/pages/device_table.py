"""The table of devices as it is seen and chosen from."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from logbook.domain.session import RecordId
from logbook.services.devices import Needles
from logbook.ui.pages.device_model import AGE, COLUMNS, DeviceModel
from logbook.ui.pages.severity_pill import SeverityPill
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.rows_model import SEVERITY_ROLE

# The widest text a column is sized for, where it is wider than its title; the first column takes what is left.
_WIDEST: Final = {
    "name": "Blue roller · retired",
    "lot": "A-2026-11",
    "opened": "28 Nov 2026",
    "expires": "28 Nov 2026, expired",
    "age": "◆◆ Not judged",
}
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


class DeviceTable(FittedTable):
    """Rows of a `DeviceModel`."""

    def __init__(self, model: DeviceModel) -> None:
        """Show *model*."""
        widest = {_PLACES[name]: text for name, text in _WIDEST.items()}
        super().__init__(model, widest, _PLACES["name"], [_PLACES[name] for name in _FIRST_TO_GO])
        self._model = model
        self.setAccessibleName("Devices and their cartridges")
        self.horizontalHeader().setSectionsMovable(True)
        self.setItemDelegateForColumn(AGE, AgePill(self))

    @property
    def chosen(self) -> Needles | None:
        """What is chosen."""
        return None if self.chosen_row is None else self._model.needles_at(self.chosen_row)

    def choose_record(self, record_id: RecordId | None) -> None:
        """Choose the device or cartridge of that id, else the first row, and bring it into view."""
        self.choose((self._model.row_of(record_id) if record_id else None) or 0)
