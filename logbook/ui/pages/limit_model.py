"""The rows of the agreed limits: each beside what is published, and whether it counts."""

import html
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from logbook.domain import labels
from logbook.domain.session import RecordId
from logbook.services.limits import ListedLimit, State
from logbook.ui.theme import current_theme
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import Index, RowsModel

_STATES: Final = {
    State.COUNTS: "Counts now",
    State.LATER: "Later",
    State.REPLACED: "Replaced",
    State.EXPIRED: "Expired",
    State.NEVER: "Never counts",
}


COLUMNS: Final[tuple[Column[[ListedLimit]], ...]] = (
    Column("rule", "Rule", lambda one: one.title, "The rule of the guidance"),
    Column(
        "line",
        "Line",
        lambda one: one.line.words if one.line else one.limit.parameter,
        "Which of its numbers was moved",
    ),
    Column("agreed", "Agreed", lambda one: one.value_words, "What was agreed"),
    Column("published", "Published", lambda one: one.published_words, "What is published"),
    Column("with", "With", lambda one: " ".join(one.limit.agreed_with.split()), "The clinician"),
    Column("on", "Agreed on", lambda one: labels.short_day(one.limit.agreed_on), "The first day it counts"),
    Column(
        "until",
        "Last day",
        lambda one: labels.short_day(one.limit.until) if one.limit.until else labels.NOTHING,
        "The last day it counts",
    ),
    Column("state", "State", lambda one: _STATES[one.state], "Whether it counts today"),
)


class LimitModel(RowsModel):
    """Agreed limits in the order in which they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without any."""
        super().__init__(COLUMNS, parent)
        self._shown: tuple[ListedLimit, ...] = ()

    def show_limits(self, limits: Sequence[ListedLimit]) -> None:
        """Show *limits*."""
        self.beginResetModel()
        self._shown = tuple(limits)
        self.endResetModel()

    def limit_at(self, row: int) -> ListedLimit:
        """Return what *row* shows."""
        return self._shown[row]

    def row_of(self, record_id: RecordId) -> int | None:
        """Return the row that shows the limit of that id, or None."""
        return next((row for row, one in enumerate(self._shown) if one.limit.id == record_id), None)

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        listed, column = self._shown[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(listed)
        if role == Qt.ItemDataRole.ForegroundRole and listed.state not in (State.COUNTS, State.LATER):
            return current_theme().colour("muted")
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(column.text(listed))}</p>"
        return super().data(index, role)
