"""Whether a logbook file is whole, and how much is in it."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from logbook.domain.errors import DatabaseDamaged
from logbook.storage.engine import connect
from logbook.storage.faults import damaged, explained

SQLITE: Final = sqlite3.sqlite_version_info  # of the library that reads and writes the files
_MOST_PROBLEMS: Final = 100  # of a file that is damaged all over, these are enough to tell
_OF_INDEX: Final = re.compile("missing from index|# of entries in index|non-unique entry in index")
_UNREADABLE: Final = (sqlite3.DatabaseError, UnicodeDecodeError)  # the second: a message that quotes the damage


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in a file."""

    integrity: tuple[str, ...]  # SQLite's own words for what is damaged; empty: nothing is
    foreign_keys: tuple[str, ...]  # one sentence for each row that belongs to nothing
    counts: dict[str, int]  # rows by table, of the tables that could be read
    revision: str | None  # of the schema; None: could not be read

    @property
    def is_good(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.integrity and not self.foreign_keys and self.revision is not None

    @property
    def is_only_of_indexes(self) -> bool:
        """Whether all that is damaged is made from the tables, and can be made from them again."""
        return bool(self.integrity) and all(_OF_INDEX.search(line) for line in self.integrity)


def check(connection: sqlite3.Connection) -> Check:
    """Look through the whole file of *connection*; damage is an answer, not an error."""
    problems: list[str] = []
    lines = _rows(connection, f"PRAGMA integrity_check({_MOST_PROBLEMS})", problems)
    integrity = [str(line) for (line,) in lines if line != "ok"]
    orphans = tuple(
        f"{table}: row {row} belongs to a {parent} that is not there"
        for table, row, parent, _ in _rows(connection, "PRAGMA foreign_key_check", problems)
    )
    counts = {table: count for table in _tables(connection, problems) for count in _count(connection, table, problems)}
    versions = _rows(connection, "SELECT version_num FROM alembic_version", problems)
    revision = str(versions[0][0]) if len(versions) == 1 else None
    return Check(tuple(dict.fromkeys(integrity + problems)), orphans, counts, revision)


def damage_of(path: Path) -> str:
    """Return in a sentence what a quick look finds damaged in the file at *path*; nothing: it is whole.

    Its pages are read, over a connection of its own, and not what the indexes say: half the time of a `check`.

    Raises:
        StorageError: it cannot be read, for a reason that lies not in its content.
    """
    try:
        with explained(path), closing(connect(path, read_only=True)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except DatabaseDamaged as error:
        return str(error)
    return "" if found == "ok" else str(damaged(path, " ".join(str(found).split())))


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of each table.

    Raises:
        sqlite3.Error: one cannot be read.
    """
    return {table: _number(connection, table) for table in _names(connection)}


def _rows(connection: sqlite3.Connection, sql: str, problems: list[str]) -> list[tuple[object, ...]]:
    try:
        return connection.execute(sql).fetchall()
    except _UNREADABLE as error:
        problems.append(str(error))
        return []


def _tables(connection: sqlite3.Connection, problems: list[str]) -> list[str]:
    try:
        return _names(connection)
    except _UNREADABLE as error:
        problems.append(str(error))
        return []


def _count(connection: sqlite3.Connection, table: str, problems: list[str]) -> tuple[int, ...]:
    try:
        return (_number(connection, table),)
    except _UNREADABLE as error:
        problems.append(str(error))
        return ()


def _names(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"
    return [name for (name,) in connection.execute(sql)]


def _number(connection: sqlite3.Connection, table: str) -> int:
    # NOT INDEXED: the table itself is read, not an index that may be whole where the table is not.
    quoted = table.replace('"', '""')
    sql = f'SELECT count(*) FROM "{quoted}" NOT INDEXED'  # noqa: S608 - a name cannot be bound, and is quoted
    (number,) = connection.execute(sql).fetchone()
    return int(number)
