"""The rows of the changed verdicts: what was said when a session was saved, and what is said now."""

import html
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.services.changes import Change, edition_words
from logbook.ui.pages.session_model import SEVERITY_ROLE

_Index = QModelIndex | QPersistentModelIndex
TITLES: Final = ("Date", "Then", "Guidance then", "Now", "Because")
DATE, THEN, EDITION, NOW, BECAUSE = range(len(TITLES))
_TIPS: Final = (
    "The local calendar date",
    "What was said when the session was saved, which is kept",
    "The guidance that said it",
    "What the guidance of today says",
    "The rules that say something else",
)


class ChangeModel(QAbstractTableModel):
    """Changes in the order in which they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without any."""
        super().__init__(parent)
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

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        change, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(change, column)
        if role == SEVERITY_ROLE:
            return _severity(change, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(self._text(change, column))}</p>"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _TIPS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, change: Change, column: int) -> str:
        if column == DATE:
            return labels.short_day(change.session.date)
        if column == EDITION:
            return edition_words(change.before.guidance_version, self._edition)
        severity = _severity(change, column)
        return "; ".join(change.because) if severity is None else labels.title(severity)


def _severity(change: Change, column: int) -> Severity | None:
    return {THEN: change.before.severity, NOW: change.now}.get(column)
