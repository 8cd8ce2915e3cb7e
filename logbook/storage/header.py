"""What a file is, told from its first bytes and its revision before anything is done with it."""

import os
import sqlite3
import stat
from pathlib import Path
from typing import Final

from logbook.domain.errors import DatabaseTooNew, StorageError
from logbook.storage.engine import PRAGMAS, connect
from logbook.storage.faults import damaged, explained

APPLICATION_ID: Final = 0x534E4C42  # "SNLB"
# Of the schema, oldest first; listed here so that opening a file needs no alembic.
REVISIONS: Final = ("0001", "0002", "0003", "0004")
LATEST: Final = REVISIONS[-1]

_MAGIC: Final = b"SQLite format 3\0"
_LENGTH: Final = 100  # of SQLite's file header, in bytes
_CHANGES_AT: Final = 24  # SQLite counts its commits here
_ID_AT: Final = 68


def inspect(path: Path) -> None:
    """See to it that the file at *path* is one of ours, as far as its first bytes tell.

    Raises:
        DatabaseDamaged: it is a database that ends too early.
        StorageError: it is not there, cannot be read, or is something else.
    """
    with explained(path):
        if not stat.S_ISREG(path.stat().st_mode):
            raise StorageError(f"{path.name} is not a file.")
        with path.open("rb") as file:
            start = file.read(_LENGTH)
    if not start:
        raise StorageError(f"{path.name} is empty: it is not a logbook.")
    if not start.startswith(_MAGIC):
        raise StorageError(f"{path.name} is not a logbook.")
    if len(start) < _LENGTH:
        raise damaged(path, "it ends in its first line")
    if int.from_bytes(start[_ID_AT : _ID_AT + 4]) != APPLICATION_ID:
        raise StorageError(f"{path.name} is a database of another program.")


def read_changes(path: Path) -> str:
    """Return a text that is another after every commit to the file at *path*, or when another file took its place.

    Only for a file on which this process holds no lock: on Unix, letting go of a file lets go of every lock on it.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        start = file.read(_LENGTH)
    return f"{start[_CHANGES_AT : _CHANGES_AT + 4].hex()}-{found.st_size}-{found.st_mtime_ns}"


def read_revision(path: Path, *, read_only: bool) -> str:
    """Return the revision of the file at *path*, one of `REVISIONS`.

    Raises:
        DatabaseTooNew: a newer version of the program wrote it.
        DatabaseDamaged: it has none that makes sense.
        StorageError: it cannot be read.
    """
    with explained(path):
        connection = connect(path, read_only=read_only)
        try:
            revisions = _revisions(connection)
        finally:
            connection.close()
    revision = revisions[0] if len(revisions) == 1 else None
    if revision in REVISIONS:
        return str(revision)
    if isinstance(revision, str) and revision.isascii() and revision.isdigit() and revision > LATEST:
        raise DatabaseTooNew(
            f"{path.name} was written by a newer version of the program (revision {revision}; this one knows {LATEST})."
        )
    raise damaged(path, "it does not tell its revision")


def _revisions(connection: sqlite3.Connection) -> list[object]:
    connection.execute(f"PRAGMA busy_timeout = {PRAGMAS['busy_timeout'][0]}")
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return []
    return [revision for (revision,) in connection.execute("SELECT version_num FROM alembic_version")]
