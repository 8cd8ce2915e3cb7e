"""The rows of what was deleted: what it was, when, and how long it still rests."""

import datetime as dt
import html
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from logbook.domain import labels
from logbook.domain.trash import Trashed
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import Index, RowsModel


def _when(moment: dt.datetime) -> str:
    return f"{labels.short_day(moment.date())}, {moment:%H:%M}"


def _left(trashed: Trashed, today: dt.date) -> str:
    days = trashed.days_left(today)
    return labels.count(days, "day") if days else "goes next time"


COLUMNS: Final[tuple[Column[[Trashed, dt.date]], ...]] = (
    Column("what", "Deleted", lambda trashed, _: labels.capital(trashed.words), "What was deleted together"),
    Column("when", "On", lambda trashed, _: _when(trashed.deleted_at), "The local date and time"),
    Column("left", "Rests for", _left, "After that it goes for good when the logbook is next opened"),
)
WHAT, WHEN, LEFT = range(len(COLUMNS))


class TrashModel(RowsModel):
    """Deletions, the latest first."""

    def __init__(self, today: dt.date, parent: QObject | None = None) -> None:
        """Begin without any, on the day *today*."""
        super().__init__(COLUMNS, parent)
        self._today = today
        self._shown: tuple[Trashed, ...] = ()

    def show_trash(self, trash: Sequence[Trashed]) -> None:
        """Show *trash*."""
        self.beginResetModel()
        self._shown = tuple(sorted(trash, key=lambda one: (one.deleted_at, one.id), reverse=True))
        self.endResetModel()

    @property
    def shown(self) -> tuple[Trashed, ...]:
        """All of it, in the order of the rows."""
        return self._shown

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = COLUMNS[index.column()].text(self._shown[index.row()], self._today)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(text)}</p>"
        return super().data(index, role)
