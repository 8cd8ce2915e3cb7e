"""The table of sessions as it is seen and chosen from."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent

from logbook.domain.session import RecordId, Session
from logbook.ui.pages.session_model import COLUMNS, DATE, VERDICT, SessionModel
from logbook.ui.pages.severity_pill import SeverityPill
from logbook.ui.widgets.rows_table import RowsTable

# The widest text a column is sized for; the last one takes what is left.
_WIDEST: Final = {
    "date": "28 Nov 2026",
    "zones": "Crown, hairline, mid-scalp",
    "depth": "Depth, mm",
    "interval": "Interval, d ▾",
    "device": "Device ",
    "verdict": "◆◆ Warning",
    "shedding": "120 · pull…",
    "notes": "A few …",
}
_CELL_PADDING: Final = 20
_NARROWEST_ZONES: Final = 0.8  # of their width, before a column goes
_PLACES: Final = {column.name: place for place, column in enumerate(COLUMNS)}
_FIRST_TO_GO: Final = ("notes", "shedding", "device", "interval")
_MOVES: Final = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Space,
)


class SessionTable(RowsTable):
    """Rows of a `SessionModel`; where they are too wide, the columns that matter least give way."""

    def __init__(self, model: SessionModel) -> None:
        """Show *model*, sorted as it is."""
        super().__init__(model)
        self._sessions = model
        self.setAccessibleName("Sessions")
        header = self.horizontalHeader()
        header.setSortIndicator(DATE, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        header.setStretchLastSection(True)
        header.setSectionsMovable(True)
        for place, column in enumerate(COLUMNS):
            self.setColumnWidth(place, self._wanted_width(column.name))
        self.setItemDelegateForColumn(VERDICT, SeverityPill(self))

    @property
    def chosen(self) -> list[Session]:
        """The sessions that are chosen."""
        return [self._sessions.session_at(index.row()) for index in self.selectionModel().selectedRows()]

    def choose(self, record_id: RecordId) -> None:
        """Choose the session of that id alone and bring it into view, without saying so; leave it if it is chosen."""
        row = self._sessions.row_of(record_id)
        if row is None or record_id in {session.id for session in self.chosen}:
            return
        index = self._sessions.index(row, DATE)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self._quietly(lambda: self.selectionModel().setCurrentIndex(index, flags))
        self.scrollTo(index)

    def lay_anew(self, change: Callable[[], None]) -> None:
        """Do *change* to what is shown, and choose again what was chosen and still is there, without saying so."""
        chosen = [session.id for session in self.chosen]

        def change_and_choose() -> None:
            change()
            self._select(chosen)

        self._quietly(change_and_choose)

    def _select(self, record_ids: Iterable[RecordId]) -> None:
        rows = [row for record_id in record_ids if (row := self._sessions.row_of(record_id)) is not None]
        selection = QItemSelection()
        for row in rows:
            selection.select(self._sessions.index(row, 0), self._sessions.index(row, len(COLUMNS) - 1))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _quietly(self, do: Callable[[], object]) -> None:
        self.selectionModel().blockSignals(True)
        do()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _wanted_width(self, column: str) -> int:
        return self.fontMetrics().horizontalAdvance(_WIDEST[column]) + _CELL_PADDING

    def _fit_columns(self) -> None:
        """Leave out the columns that matter least until the rest fits: nothing scrolls sideways."""
        room = self.viewport().width()
        widths = {column.name: self._wanted_width(column.name) for column in COLUMNS}
        widest, widths["zones"] = widths["zones"], round(widths["zones"] * _NARROWEST_ZONES)
        for name in _FIRST_TO_GO:
            is_too_wide = sum(widths.values()) > room
            self.setColumnHidden(_PLACES[name], is_too_wide)
            if is_too_wide:
                del widths[name]
        rest = room - sum(width for name, width in widths.items() if name != "zones")
        self.setColumnHidden(_PLACES["zones"], rest < _CELL_PADDING * 3)
        self.setColumnWidth(_PLACES["zones"], min(rest, widest))

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the row the cursor stands on with the first key, also where there is but one."""
        if event.key() in _MOVES and self.model().rowCount() and not self.selectionModel().hasSelection():
            self.selectRow(max(0, self.currentIndex().row()))
        else:
            super().keyPressEvent(event)
