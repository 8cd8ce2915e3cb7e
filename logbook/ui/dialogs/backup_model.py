"""The rows of the backups: of when, what for, how much is in them, and what is proven of them."""

import html
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from logbook.services.backup_state import moment, plain_size
from logbook.services.backups import Backup, Occasion
from logbook.ui.theme import current_theme
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import Index, RowsModel

OCCASIONS: Final = {
    Occasion.MANUAL: "You asked",
    Occasion.CLOSE: "Closing",
    Occasion.HOURLY: "Every hour",
    Occasion.MIGRATION: "Before an upgrade",
    Occasion.RESTORE: "Before a restore",
    Occasion.IMPORT: "Before an import",
    Occasion.DELETE: "Before deleting",
}


def proof(backup: Backup) -> str:
    """Return in two or three words how far *backup* can be relied on."""
    if backup.fault:
        return "Do not use"
    return "Opened, counted" if backup.is_verified else "Not looked through"


COLUMNS: Final[tuple[Column[[Backup]], ...]] = (
    Column("made", "Made", lambda one: moment(one.made_at), "The local date and time"),
    Column("occasion", "Why", lambda one: OCCASIONS[one.occasion], "What it was made for"),
    Column("sessions", "Sessions", lambda one: f"{one.counts.get('session', 0):,}", "How many are in it", True),
    Column("size", "Size", lambda one: plain_size(one.size), "The size of its file", True),
    Column("proof", "Proven", proof, "Whether it was read to its end, and is what was written"),
)
MADE, OCCASION, SESSIONS, SIZE, PROOF = range(len(COLUMNS))
WIDEST: Final = {
    MADE: "30 September 2026, 23:59",
    OCCASION: "Before an upgrade",
    SESSIONS: "100,000",
    SIZE: "999.9 MB",
    PROOF: "Not looked through",
}


class BackupModel(RowsModel):
    """Backups, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without any."""
        super().__init__(COLUMNS, parent)
        self._shown: tuple[Backup, ...] = ()

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show *backups*."""
        self.beginResetModel()
        self._shown = tuple(backups)
        self.endResetModel()

    def show_proof(self, backup: Backup) -> None:
        """Show what was found of *backup* in the row that it has, if it still has one."""
        for row, one in enumerate(self._shown):
            if one.path == backup.path:
                self._shown = (*self._shown[:row], backup, *self._shown[row + 1 :])
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    @property
    def shown(self) -> tuple[Backup, ...]:
        """All of them, in the order of the rows."""
        return self._shown

    def row_of(self, path: Path) -> int | None:
        """Return the row of the backup at *path*, or None."""
        return next((row for row, one in enumerate(self._shown) if one.path == path), None)

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        backup, column = self._shown[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(backup)
        if role == Qt.ItemDataRole.ForegroundRole and backup.fault:
            return current_theme().colour("stop" if index.column() == PROOF else "muted")
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(backup.fault or column.text(backup))}</p>"
        return super().data(index, role)


def proven_over(backups: Sequence[Backup], known: Sequence[Backup]) -> tuple[Backup, ...]:
    """Return *backups* with what is *known* to be proven of the same files."""
    proofs = {one.path: one for one in known if one.is_verified or one.fault}
    return tuple(_proven(one, proofs.get(one.path)) for one in backups)


def _proven(backup: Backup, known: Backup | None) -> Backup:
    is_same = known and (known.size, known.sha256) == (backup.size, backup.sha256)
    return replace(backup, is_verified=known.is_verified, fault=known.fault) if known and is_same else backup
