"""The rows of the changed verdicts: what was said when a session was saved, and what is said now."""

import html
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.services.changes import Change, edition_words
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import SEVERITY_ROLE, Index, RowsModel


def _severity(change: Change, place: int) -> Severity | None:
    return {THEN: change.before.severity, NOW: change.now}.get(place)


COLUMNS: Final[tuple[Column[[Change, str]], ...]] = (
    Column("date", "Date", lambda change, _: labels.short_day(change.session.date), "The local calendar date"),
    Column(
        "then",
        "Then",
        lambda change, _: labels.title(change.before.severity),
        "What was said when the session was saved, which is kept",
    ),
    Column(
        "edition",
        "Guidance then",
        lambda change, today: edition_words(change.before.guidance_version, today),
        "The guidance that said it",
    ),
    Column("now", "Now", lambda change, _: labels.title(change.now), "What the guidance of today says"),
    Column("because", "Because", lambda change, _: "; ".join(change.because), "The rules that say something else"),
)
DATE, THEN, EDITION, NOW, BECAUSE = range(len(COLUMNS))


class ChangeModel(RowsModel):
    """Changes in the order in which they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without any."""
        super().__init__(COLUMNS, parent)
        self._shown: tuple[Change, ...] = ()
        self._edition = ""

    def show_changes(self, changes: Sequence[Change], edition: str) -> None:
        """Show *changes*, found by the guidance of that *edition*."""
        self.beginResetModel()
        self._shown, self._edition = tuple(changes), edition
        self.endResetModel()

    def change_at(self, row: int) -> Change:
        """Return what *row* shows."""
        return self._shown[row]

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        change, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[column].text(change, self._edition)
        if role == SEVERITY_ROLE:
            return _severity(change, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(COLUMNS[column].text(change, self._edition))}</p>"
        return super().data(index, role)
