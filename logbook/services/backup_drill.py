"""Trying out whether a backup can be restored, in a place of which nothing is left afterwards."""

import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from logbook.domain.edit import Record
from logbook.domain.errors import DatabaseDamaged
from logbook.domain.labels import series
from logbook.services.logbook_json import KINDS
from logbook.storage.backup import Backup, verify
from logbook.storage.database import Database
from logbook.storage.faults import explained
from logbook.storage.files import copy_private

_PREFIX: Final = ".drill-"
_ABANDONED: Final = 3600  # seconds


def try_restore(backup: Backup, expected: Sequence[Record] | None) -> str:
    """Restore *backup* beside itself, read every record of it, and return in a sentence what is wrong, or nothing.

    The counts have to be those that were noted, and the records, whatever their order, the *expected* ones if given.

    Raises:
        StorageError: it could not be tried, for a reason that lies not in the backup.
    """
    if fault := verify(backup).fault:
        return fault
    sweep(backup.path.parent)
    with explained(backup.path), TemporaryDirectory(prefix=_PREFIX, dir=backup.path.parent) as place:
        copy = Path(place) / backup.path.name
        copy_private(backup.path, copy)
        try:
            return _fault_of(copy, backup, expected)
        except DatabaseDamaged as damage:
            return str(damage)


def sweep(folder: Path) -> None:
    """Take away what a program killed in the middle left behind: it holds private text."""
    for leftover in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _ABANDONED:  # a younger one may be somebody's at work
                shutil.rmtree(leftover)


def _fault_of(copy: Path, backup: Backup, expected: Sequence[Record] | None) -> str:
    with Database.open(copy, create=False) as restored:
        found = restored.check()
        records = {record.id: record for kind in KINDS.values() for record in restored.all(kind)}
    name = backup.path.name
    if not found.is_good:
        return f"{name} is damaged: {(*found.integrity, *found.foreign_keys, 'it does not tell its revision')[0]}."
    lost = [table for table, rows in backup.counts.items() if found.counts.get(table) != rows]
    if lost:
        return f"{name} does not bring back all it should of: {series(lost)}."
    if expected is not None and records != {record.id: record for record in expected}:
        return f"{name} does not bring back what is in the logbook."
    return ""
