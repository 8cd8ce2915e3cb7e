"""What the disk and SQLite can refuse, each as a sentence for a person."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from logbook.domain.errors import DatabaseDamaged, FileReplaced, NeedsWriting, StorageError

CONFLICT: Final = "The record was changed by something else since it was read; nothing was saved."
MOVED: Final = "{name} was moved, replaced or removed while it was open; nothing was saved."
_NO_ROOM: Final = "There is no room left on the disk of {name}; nothing was changed."
_READ_ONLY: Final = "{name} cannot be written; nothing was changed."
_DAMAGED: Final = "{name} is damaged: {why}."

_EXACT: Final = {
    sqlite3.SQLITE_READONLY_DBMOVED: MOVED,
    sqlite3.SQLITE_READONLY_ROLLBACK: (
        "{name} was not closed properly, and it cannot be put right without writing. "
        "Copy it together with {name}-journal to a folder that can be written, and open the copy."
    ),
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: CONFLICT,
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: (
        "Something this belongs to is not in {name}, or something still belongs to it; nothing was saved."
    ),
}
_KIND: Final = {
    sqlite3.SQLITE_READONLY_DBMOVED: FileReplaced,
    sqlite3.SQLITE_READONLY_ROLLBACK: NeedsWriting,
}
_FAMILY: Final = {
    sqlite3.SQLITE_FULL: _NO_ROOM,
    sqlite3.SQLITE_BUSY: "{name} is in use by another program; nothing was changed. Try again in a moment.",
    sqlite3.SQLITE_LOCKED: "{name} is in use by another program; nothing was changed. Try again in a moment.",
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: "{name} may not be opened with your permissions.",
    sqlite3.SQLITE_CANTOPEN: "{name} could not be opened.",
    sqlite3.SQLITE_CONSTRAINT: "{name} cannot hold this: {why}.",
    sqlite3.SQLITE_IOERR: "The disk of {name} failed while it was read or written: {why}.",
}
_DAMAGE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_OS: Final = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: "{name} may not be read or written with your permissions.",
    errno.EPERM: "{name} may not be read or written with your permissions.",
    errno.ENOENT: "{name} is not there.",
    errno.EEXIST: "{name} is there already; it was left as it is.",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn whatever the disk or SQLite refuses about the file at *path* into a sentence.

    Raises:
        DatabaseDamaged: SQLite found the content damaged.
        StorageError: anything else that is not a mistake of this program.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(cause, sqlite3.DatabaseError) or isinstance(cause, sqlite3.ProgrammingError):
            raise  # a mistake of ours: it belongs in a report, not in a sentence
        raise _of_sqlite(cause, path.name) from error
    except UnicodeDecodeError as error:  # SQLite's own message quotes the damage, and sqlite3 cannot decode it
        raise damaged(path, "its list of tables cannot be read") from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise StorageError(f"{path.name} cannot hold this: {error}.") from error
    except OSError as error:
        sentence = _OS.get(error.errno or 0, "{name} could not be read or written: {why}.")
        raise StorageError(sentence.format(name=path.name, why=error.strerror or error)) from error


def damaged(path: Path, why: object) -> DatabaseDamaged:
    """Return the error for a file at *path* whose content makes no sense, because of *why*."""
    return DatabaseDamaged(_DAMAGED.format(name=path.name, why=why))


def _of_sqlite(error: sqlite3.DatabaseError, name: str) -> StorageError:
    code = getattr(error, "sqlite_errorcode", None)  # None: the sqlite3 module itself could not decode a text
    if code is None or code & 0xFF in _DAMAGE:
        return DatabaseDamaged(_DAMAGED.format(name=name, why=error))
    sentence = _EXACT.get(code) or _FAMILY.get(code & 0xFF, "{name} could not be read or written: {why}.")
    return _KIND.get(code, StorageError)(sentence.format(name=name, why=error))
