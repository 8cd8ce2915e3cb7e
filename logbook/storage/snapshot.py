"""The records of a file as they stand there, read without touching it, whatever version it is of."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

from logbook.domain.edit import Record
from logbook.domain.errors import StorageError
from logbook.domain.trash import Trashed
from logbook.storage.check import check
from logbook.storage.crossing import CROSSINGS, Crossing, Row
from logbook.storage.engine import connect, driver, make_copy_engine
from logbook.storage.faults import damaged, explained
from logbook.storage.header import LATEST, inspect, read_revision
from logbook.storage.repository import Repository, select_all
from logbook.storage.sense import is_readable


@dataclass(frozen=True, slots=True)
class Understood:
    """What this version understands of a file that a newer one wrote."""

    records: tuple[Record, ...]  # parents before children
    unknown_tables: tuple[str, ...]  # whose content is not among the records
    unknown_columns: tuple[str, ...]  # likewise, each with its table: ``session.mood``
    unread: Mapping[str, int]  # rows with words that this version does not know, by table


def read_records(path: Path) -> tuple[Record, ...]:
    """Return every record of the logbook at *path*, parents before children, an older one brought up to date in memory.

    What lies in its trash is read too, as a proof that it can be, and is not among them.

    Raises:
        DatabaseTooNew: a newer version of the program wrote it.
        DatabaseDamaged: it is not whole, or some of it cannot be read.
        StorageError: it is not there, is no logbook, or cannot be read.
    """
    inspect(path)
    is_latest = read_revision(path, read_only=True) == LATEST
    engine = make_copy_engine(_content(path))
    try:
        with explained(path), engine.begin() as connection:
            found = check(driver(connection))
            if not found.is_good:
                raise damaged(path, (*found.integrity, *found.foreign_keys, "it does not tell its revision")[0])
            if not is_latest:
                from logbook.storage import upgrade  # noqa: PLC0415 - alembic takes 0.3 s, and most files are up to date

                upgrade.bring_to(connection, path)
            return _but_trash(record for kind in CROSSINGS for record in Repository(connection).all(kind))
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(path, f"it holds {error} where this version knows nothing of the kind") from error
    finally:
        engine.dispose()


def read_newer(path: Path) -> Understood:
    """Return what this version understands of the logbook at *path*, which a newer one wrote.

    Raises:
        DatabaseDamaged: it cannot be read.
        StorageError: it is no logbook, or another shape of what this version knows.
    """
    inspect(path)
    engine = make_copy_engine(_content(path))
    try:
        with explained(path), engine.begin() as connection:
            return _understood(connection, path)
    finally:
        engine.dispose()


def _content(path: Path) -> bytes:
    """Return the bytes of the file between two changes; its name and its time stay as they are."""
    with explained(path), closing(connect(path, read_only=True)) as connection:
        content = connection.serialize()
    if not content:
        raise damaged(path, "it cannot be read to its end")
    return content


def _understood(connection: Connection, path: Path) -> Understood:
    under = driver(connection)
    unread: Counter[str] = Counter()
    there = {table: _columns(under, table) for table in _tables(under)}
    known = {table.name: table for crossing in CROSSINGS.values() for table in _tables_of(crossing)}
    for table in known.values():
        if missing := {column.name for column in table.c} - set(there.get(table.name, ())):
            raise StorageError(
                f"{path.name} keeps its records in another way than this version knows: "
                f"{table.name} has no {', '.join(sorted(missing))}."
            )

    def fetch(table: Table) -> list[Row]:
        found = under.execute(select_all(table)).fetchall()
        read = [row for row in found if is_readable(table, row)]
        unread[table.name] += len(found) - len(read)
        return read

    records = _but_trash(record for crossing in CROSSINGS.values() for record in crossing.read(fetch))
    return Understood(
        records,
        tuple(sorted(there.keys() - known.keys() - {"alembic_version"})),
        tuple(
            f"{name}.{column}"
            for name, columns in there.items()
            if name in known
            for column in columns
            if column not in known[name].c
        ),
        +unread,
    )


def _but_trash(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(record for record in records if not isinstance(record, Trashed))


def _tables_of(crossing: Crossing[Any]) -> list[Table]:
    return [crossing.table, *(part.table for part in crossing.collections)]


def _tables(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"
    return [name for (name,) in connection.execute(sql)]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
