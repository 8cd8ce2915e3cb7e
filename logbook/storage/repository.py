"""Reading and changing the records of an open file, within somebody else's transaction."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import TypeVar

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, insert, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.errors import StorageError
from logbook.domain.session import RecordId, Session
from logbook.storage.collecting import without_collecting
from logbook.storage.crossing import CROSSINGS, Crossing, Row
from logbook.storage.engine import driver
from logbook.storage.faults import CONFLICT
from logbook.storage.scope import LATEST_PERSON, SHARED_USES, ids_of_person

R = TypeVar("R", bound=Record)


class Repository:
    """The records behind one connection, whose transaction is begun and ended by the caller."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, kind: type[R]) -> list[R]:
        """Return every record of *kind* in the order in which they were made.

        Raises:
            sqlite3.Error: the file cannot be read.
            ValueError, KeyError, TypeError: something in it is no value of its field.
        """
        with without_collecting():
            found: list[R] = CROSSINGS[kind].read(self._fetch)
        return found

    def of_person(self, kind: type[R], person_id: RecordId) -> list[R]:
        """Return the records of *kind* that a person sees (see `scope`), in the order in which they were made.

        Raises:
            as `all`.
        """
        ids = ids_of_person(CROSSINGS[kind].table)
        return self.all(kind) if ids is None else self._some(kind, ids, person_id)

    def shared_uses(self, person_id: RecordId) -> list[Session]:
        """Return the sessions of others that wore needles which a person sees, or that name a device of theirs.

        Raises:
            as `all`.
        """
        return self._some(Session, SHARED_USES, person_id)

    def latest_person(self) -> RecordId | None:
        """Return the person for whom a session was recorded last; None where there is no session.

        Raises:
            sqlite3.Error: the file cannot be read.
        """
        found = driver(self._connection).execute(LATEST_PERSON).fetchone()
        return RecordId(found[0]) if found else None

    def _some(self, kind: type[R], ids: str, person_id: RecordId) -> list[R]:
        def fetch(table: Table) -> list[Row]:
            return driver(self._connection).execute(_select(table, ids), {"person_id": person_id}).fetchall()

        with without_collecting():
            found: list[R] = CROSSINGS[kind].read(fetch)
        return found

    def apply(self, edit: Edit) -> None:
        """Do the replacements of *edit* in their order, runs of one sort at once.

        Raises:
            StorageError: a record to replace is not there.
            DBAPIError: the file refuses, for one because a record to add is there already.
        """
        with without_collecting():
            for (kind, had, has), run in groupby(edit.replacements, _sort_of):
                crossing = CROSSINGS[kind]
                if not had:
                    self._add(crossing, [r.record for r in run])
                elif has:
                    self._update(crossing, list({r.record.id: r.record for r in run}.values()))
                else:
                    self._remove(crossing, [r.record for r in run])

    def _fetch(self, table: Table) -> list[Row]:
        # SQLAlchemy's rows are nearly tuples, and take three times as long.
        return driver(self._connection).execute(select_all(table)).fetchall()

    def _add(self, crossing: Crossing[Record], records: Sequence[Record]) -> None:
        self._run(_insert(crossing.table), [crossing.to_row(record) for record in records])
        self._add_collections(crossing, records)

    def _update(self, crossing: Crossing[Record], records: Sequence[Record]) -> None:
        changed = [(*row[1:], row[0]) for row in map(crossing.to_row, records)]
        _expect(self._run(_update(crossing.table), changed), len(changed))
        ids = [(record.id,) for record in records]
        for collection in crossing.collections:
            self._run(_delete(collection.table), ids)
        self._add_collections(crossing, records)

    def _remove(self, crossing: Crossing[Record], records: Sequence[Record]) -> None:
        _expect(self._run(_delete(crossing.table), [(record.id,) for record in records]), len(records))

    def _add_collections(self, crossing: Crossing[Record], records: Sequence[Record]) -> None:
        for collection in crossing.collections:
            self._run(_insert(collection.table), [row for record in records for row in collection.to_rows(record)])

    def _run(self, sql: str, rows: list[Row]) -> int:
        return self._connection.exec_driver_sql(sql, rows).rowcount if rows else 0


@cache
def select_all(table: Table) -> str:
    """Return the SQL that reads *table* as a `Fetch` gives it: by id, a collection in order, without position."""
    return _select(table)


def _select(table: Table, ids: str = "") -> str:
    """Return the SQL that reads *table*, only of the records whose *ids* are selected so where that is given."""
    # Put together here: SQLAlchemy takes a millisecond for each, and twenty of them are read at the start.
    columns = ", ".join(column.name for column in table.c if column.name != "position")
    record = next(iter(table.c)).name  # its own id, or that of the record which the row is part of
    where = f"WHERE {record} IN ({ids}) " if ids else ""
    order = ", ".join(column.name for column in table.primary_key)
    return f"SELECT {columns} FROM {table.name} {where}ORDER BY {order}"  # noqa: S608 - the program's own names alone


def _sort_of(replacement: Replacement) -> tuple[type[Record], bool, bool]:
    return type(replacement.record), replacement.before is not None, replacement.after is not None


def _expect(changed: int, wanted: int) -> None:
    if changed != wanted:
        raise StorageError(CONFLICT)


@cache
def _insert(table: Table) -> str:
    return _sql(insert(table))


@cache
def _update(table: Table) -> str:
    key, *others = table.c
    changes: dict[str, BindParameter[object]] = {column.name: bindparam(f"new_{column.name}") for column in others}
    return _sql(update(table).where(key == bindparam("key")).values(changes))


@cache
def _delete(table: Table) -> str:
    return _sql(delete(table).where(next(iter(table.c)) == bindparam("key")))


def _sql(statement: ClauseElement) -> str:
    return str(statement.compile(dialect=sqlite.dialect()))
