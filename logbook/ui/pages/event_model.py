"""The rows of the life events on the Shedding page."""

import html
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from logbook.domain import labels
from logbook.domain.person import LifeEvent
from logbook.domain.session import RecordId
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import Index, RowsModel


def _until(event: LifeEvent) -> str:
    return labels.short_day(event.until) if event.until else labels.NOTHING


COLUMNS: Final[tuple[Column[[LifeEvent]], ...]] = (
    Column("kind", "Event", lambda event: labels.title(event.kind), "What may change shedding"),
    Column("from", "From", lambda event: labels.short_day(event.date), "The day, or the first of them"),
    Column("until", "Until", _until, "The last day, where it was more than one"),
    Column("notes", "Notes", lambda event: " ".join(event.notes.split()), "Your notes"),
)
PLACES: Final = {column.name: place for place, column in enumerate(COLUMNS)}


class EventModel(RowsModel):
    """Life events, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without any."""
        super().__init__(COLUMNS, parent)
        self._shown: tuple[LifeEvent, ...] = ()

    def show_events(self, events: Sequence[LifeEvent]) -> None:
        """Show *events*."""
        self.beginResetModel()
        self._shown = tuple(sorted(events, key=lambda event: (event.date, event.id), reverse=True))
        self.endResetModel()

    def event_at(self, row: int) -> LifeEvent:
        """Return the event of *row*."""
        return self._shown[row]

    def row_of(self, record_id: RecordId) -> int | None:
        """Return the row that shows the event of that id, or None."""
        return next((row for row, event in enumerate(self._shown) if event.id == record_id), None)

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        event = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[index.column()].text(event)
        if role == Qt.ItemDataRole.ToolTipRole and event.notes:
            return f'<p style="white-space: pre-wrap">{html.escape(event.notes)}</p>'
        return super().data(index, role)
