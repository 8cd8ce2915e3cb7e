"""Saving what is left of a damaged logbook into a new file; the damaged one is only read."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from logbook.domain.errors import StorageError
from logbook.storage import header, rows
from logbook.storage.check import Check, check
from logbook.storage.crossing import Row
from logbook.storage.engine import connect, driver, make_copy_engine, make_engine
from logbook.storage.faults import damaged, explained
from logbook.storage.files import copy_private, make_folder, settle, unfinished
from logbook.storage.gathering import Found, Gathered, gather
from logbook.storage.pages import Pages
from logbook.storage.sifting import Remains, Sifted, Sifter
from logbook.storage.snapshot import read_records

JOURNAL: Final = "-journal"
_MOST_BYTES: Final = 1 << 30  # of a file that is looked through in memory; ten thousand sessions take 20 MB
_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Loss:
    """Rows of one table that could not be read."""

    table: str
    count: int  # as an index of the table still tells
    spans: tuple[tuple[int, int], ...]  # of their row ids, from and to
    is_exact: bool  # no more than these


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved of a damaged file, and what was not."""

    path: Path
    counts: Mapping[str, int]  # rows by table
    told: str | None  # the revision of the damaged file, if it still told it
    losses: tuple[Loss, ...]
    orphans: Mapping[str, int]  # rows left out because what they belong to is lost, by table
    senseless: Mapping[str, int]  # rows left out because nothing can be made of them, by table
    mended: Mapping[tuple[str, str], int]  # values left out or guessed, by table and column
    stand_ins: Mapping[str, int]  # empty records made for others to belong to, by table
    unplaced: int  # rows that could be read and are of no table
    is_complete: bool  # the whole file was looked through

    @property
    def is_everything(self) -> bool:
        """Whether nothing is missing or was changed, as far as can be told."""
        found = (self.losses, self.orphans, self.senseless, self.mended, self.stand_ins, self.unplaced)
        return self.is_complete and not any(found)


def salvage(
    path: Path, new: Path, *, seconds: float = _SECONDS, goes_on: Callable[[], bool] = lambda: True
) -> Salvaged:
    """Save what can be read of the damaged file at *path* into a logbook at *new*, in so many *seconds* at most.

    Once *goes_on* says no, nothing is made.

    Raises:
        DatabaseDamaged: nothing of a logbook can be read in it.
        StorageError: *new* is there already, or the disk refuses; nothing is left of it.
    """
    with explained(new):
        make_folder(new.parent)
        if new.exists():
            raise FileExistsError(17, "File exists", str(new))
    with explained(path):
        content = _content(path, new)
    until = time.monotonic() + seconds
    gathered = gather(Pages(content), content[:100], lambda: goes_on() and time.monotonic() < until)
    if not any(found.rows for found in gathered.tables.values()):
        raise damaged(path, "nothing of a logbook can be read in it")
    from logbook.storage import upgrade  # noqa: PLC0415 - alembic takes 0.3 s, and the window imports this

    with explained(new), unfinished(new) as part:
        upgrade.migrate(part)
        remains = _todays(gathered)
        sifted = _fill(part, remains)
        found = _proven(part)
        if not goes_on():
            raise StorageError(f"Nothing was saved of {path.name}: it was called off.")
        settle(part, new)
    return _told(new, gathered, remains, sifted, found)


def _content(path: Path, new: Path) -> bytes:
    """Return what is in the file at *path*, with a change that was under way taken back as SQLite would."""
    if path.stat().st_size > _MOST_BYTES:
        raise StorageError(f"{path.name} is larger than any logbook.")
    journal = path.with_name(path.name + JOURNAL)
    if not (journal.exists() and journal.stat().st_size):
        return path.read_bytes()
    with unfinished(new) as copy:
        copy.write_bytes(path.read_bytes())
        copy_private(journal, copy.with_name(copy.name + JOURNAL))
        with suppress(sqlite3.Error, UnicodeDecodeError):
            connection = connect(copy, read_only=False)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            finally:
                connection.close()
        return copy.read_bytes()


def _todays(gathered: Gathered) -> dict[str, Remains]:
    """Return the rows as the tables of today have them."""
    if gathered.revision == header.LATEST:
        brought = {table: _ordered(table, found) for table, found in gathered.tables.items()}
    else:
        brought = _brought_up_to_date(gathered)
    return {
        table: Remains(brought[table], list(found.lost.values()), found.is_certain)
        for table, found in gathered.tables.items()
        if table in brought
    } | {table: Remains(brought[table]) for table in brought.keys() - gathered.tables.keys()}


def _ordered(table: str, found: Found) -> list[Row]:
    names = [column.name for column in found.columns]
    order = [names.index(column.name) for column in rows.metadata.tables[table].c]
    return [tuple(row[place] for place in order) for _, row in sorted(found.rows.items())]


def _brought_up_to_date(gathered: Gathered) -> dict[str, list[Row]]:
    from logbook.storage import upgrade  # noqa: PLC0415 - as in `salvage`

    engine = make_copy_engine()
    try:
        with engine.begin() as connection:
            upgrade.bring_to(connection, Path(gathered.revision), gathered.revision)
            under = driver(connection)
            under.execute("PRAGMA ignore_check_constraints = ON")
            for table, found in gathered.tables.items():
                marks = ", ".join("?" * len(found.columns))
                under.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", found.rows.values())  # noqa: S608 - our own table
            upgrade.bring_to(connection, Path(gathered.revision))
            return {name: _all(under, name) for name in rows.metadata.tables}
    finally:
        engine.dispose()


def _all(connection: sqlite3.Connection, table: str) -> list[Row]:
    columns = ", ".join(column.name for column in rows.metadata.tables[table].c)
    return connection.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()  # noqa: S608 - our own table


def _fill(part: Path, remains: Mapping[str, Remains]) -> Sifted:
    engine = make_engine(part)
    try:
        with engine.begin() as connection:
            return Sifter(driver(connection), remains).fill()
    finally:
        engine.dispose()


def _proven(part: Path) -> Check:
    """Return what is in the new file, which was read as the program will read it.

    Raises:
        StorageError: it is not whole after all.
    """
    connection = connect(part, read_only=True)
    try:
        found = check(connection)
    finally:
        connection.close()
    if not found.is_good:
        raise StorageError(f"The new logbook is not whole: {(*found.integrity, *found.foreign_keys)[0]}")
    read_records(part)
    return found


def _told(new: Path, gathered: Gathered, remains: Mapping[str, Remains], sifted: Sifted, found: Check) -> Salvaged:
    losses = (
        Loss(table, len(one.lost), _spans(one.lost), one.is_certain)
        for table, one in gathered.tables.items()
        if one.lost or not one.is_certain
    )
    return Salvaged(
        new,
        found.counts,
        gathered.told,
        tuple(losses),
        dict(sifted.orphans),
        dict(sifted.senseless),
        dict(sifted.mended),
        dict(sifted.stand_ins),
        gathered.unplaced,
        gathered.is_complete,
    )


def _spans(ids: Iterable[int]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for id in sorted(ids):
        if spans and spans[-1][1] == id - 1:
            spans[-1] = (spans[-1][0], id)
        else:
            spans.append((id, id))
    return tuple(spans)
