"""Putting rows out of a damaged file into a whole one: as they are, or with what is wrong in them left out."""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Table

from logbook.domain.device import Device
from logbook.domain.person import Person
from logbook.domain.vocabulary import DeviceKind
from logbook.storage import rows
from logbook.storage.crossing import CROSSINGS, Row
from logbook.storage.sense import is_of_type, makes_sense

STANDS_IN: Final = "It stands in for a device that could not be read."
_LENGTH: Final = 32
_HALF: Final = re.compile("[0-9a-f]{16}")  # of an id as `new_id` makes it: no two share either
_VARIED: Final = 6  # letters that half an id has at least, unless somebody counted it up by hand
_NO_TEXT: Final = "\N{REPLACEMENT CHARACTER}"
# Where the second has no row, the column of the first tells that there was nothing, rather than that nobody said.
_RECORDED: Final = (
    (rows.person, "thinning_zones_recorded", rows.person_thinning_zone),
    (rows.person, "conditions_recorded", rows.person_condition),
    (rows.session, "skin_signs_recorded", rows.session_skin_sign),
    (rows.session, "conditions_recorded", rows.session_condition),
    (rows.session, "topicals_recorded", rows.session_topical),
    (rows.session, "reaction_signs_recorded", rows.session_reaction_sign),
)
_PARTS: Final = {part.table.name for crossing in CROSSINGS.values() for part in crossing.collections}
_DEVICE: Final = list(rows.session.c).index(rows.session.c.device_id)
_KIND: Final = list(rows.session.c).index(rows.session.c.device)
_TOGETHER: Final = {"session": ("given_version", "given_severity", "given_findings")}  # all of them, or none


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of one table, in the order of its columns today."""

    rows: Sequence[Row] = ()
    lost: Sequence[Row] = ()  # the keys of rows that are known to be lost
    is_certain: bool = True  # no other row is lost


@dataclass(slots=True)
class Sifted:
    """What had to be done to make the rows fit."""

    orphans: Counter[str] = field(default_factory=Counter)  # rows left out, whose record is lost, by table
    senseless: Counter[str] = field(default_factory=Counter)  # rows left out, that no record can be made of, by table
    mended: Counter[tuple[str, str]] = field(default_factory=Counter)  # values left out or guessed, by table and column
    stand_ins: Counter[str] = field(default_factory=Counter)  # empty records made for others to belong to, by table


class Sifter:
    """The work of filling one file."""

    def __init__(self, connection: sqlite3.Connection, remains: Mapping[str, Remains]) -> None:
        """Fill the empty tables behind *connection*, whose transaction the caller begins and ends."""
        self._connection = connection
        self._remains = remains
        self._ids: dict[str, _Ids] = {}
        self._doubtful: defaultdict[str, set[Any]] = defaultdict(set)  # ids of records that lack a part, by its table
        self.sifted = Sifted()

    def fill(self) -> Sifted:
        """Put in what fits, parents before children.

        Raises:
            sqlite3.Error: the file refuses, for another reason than the row.
        """
        for table in rows.metadata.sorted_tables:
            ids = self._ids[table.name] = _Ids()
            for row in self._of(table).rows:
                if (kept := self._put(table, row)) is not None:
                    ids.add(kept[0])
                elif table.name in _PARTS:
                    self._doubtful[table.name].add(row[0])
            self._stand_in(table)
        for whole, flag, part in _RECORDED:
            self._forget(whole, flag, part)
        return self.sifted

    def _of(self, table: Table) -> Remains:
        return self._remains.get(table.name, Remains())

    def _put(self, table: Table, row: Row) -> Row | None:
        """Insert *row*, with as little as possible left out, and return what was inserted; None: nothing."""
        fitting = self._attached(table, row)
        if fitting is None:
            self.sifted.orphans[table.name] += 1
            return None
        for candidate in _variants(table, fitting):
            if is_of_type(table, candidate) and makes_sense(table, candidate) and self._insert(table, candidate):
                self.sifted.mended.update((table.name, column) for column in _changed(table, row, candidate))
                return candidate
        self.sifted.senseless[table.name] += 1
        return None

    def _insert(self, table: Table, row: Row) -> bool:
        marks = ", ".join("?" * len(row))
        try:
            self._connection.execute(f"INSERT INTO {table.name} VALUES ({marks})", row)  # noqa: S608 - our own table
        except (sqlite3.IntegrityError, OverflowError):
            return False
        return True

    def _attached(self, table: Table, row: Row) -> Row | None:
        """Return *row* with every reference to something that is there, or to nothing; None where it needs one."""
        values = list(row)
        for place, column in enumerate(table.c):
            for key in column.foreign_keys:
                if values[place] is not None:
                    values[place] = self._ids[key.column.table.name].find(values[place])
                if values[place] is None and not column.nullable:
                    return None
        return tuple(values)

    def _stand_in(self, table: Table) -> None:
        """Make an empty person or device for what belongs to one that is lost: better nameless than lost with it."""
        if table.name not in ("person", "device"):
            return
        ids = self._ids[table.name]
        for id, _ in Counter(self._referring(table)).most_common():  # an id that is damaged is alone with it
            if isinstance(id, str) and ids.find(id) is None:
                self._insert(table, self._blank(table, id))
                ids.add(id)
                self.sifted.stand_ins[table.name] += 1

    def _referring(self, table: Table) -> Iterator[object]:
        """Return the ids of records of *table* that rows name which can be read."""
        for other in rows.metadata.sorted_tables:
            for place, column in enumerate(other.c):
                if column.references(table.c.id) and other.name not in _PARTS:
                    readable = (row for row in self._of(other).rows if makes_sense(other, row))
                    yield from (row[place] for row in readable)

    def _blank(self, table: Table, id: str) -> Row:
        if table is rows.person:
            return CROSSINGS[Person].to_row(Person(id))
        kinds = Counter(row[_KIND] for row in self._of(rows.session).rows if row[_DEVICE] == id and row[_KIND])
        known = [kind for kind, _ in kinds.most_common() if kind in set(DeviceKind)]
        kind = DeviceKind(known[0]) if known else DeviceKind.OTHER
        return CROSSINGS[Device].to_row(Device(id, kind, notes=STANDS_IN))

    def _forget(self, whole: Table, flag: str, part: Table) -> None:
        """Take back that there was nothing of *part* where it may just be lost: unknown is never none."""
        remains = self._of(part)
        lacking = {
            self._ids[whole.name].find(id) for id in self._doubtful[part.name] | {key[0] for key in remains.lost}
        }
        key = next(iter(part.c)).name
        empty = f"SELECT id FROM {whole.name} WHERE {flag} <> 0 AND id NOT IN (SELECT {key} FROM {part.name})"  # noqa: S608 - our own tables
        found = [id for (id,) in self._connection.execute(empty)]
        gone = [(id,) for id in found if id in lacking or not remains.is_certain]
        self._connection.executemany(f"UPDATE {whole.name} SET {flag} = 0 WHERE id = ?", gone)  # noqa: S608 - our own
        if gone:
            self.sifted.mended[whole.name, flag] += len(gone)


class _Ids:
    """The ids that are there, and which of them another was before a few of its letters were damaged."""

    def __init__(self) -> None:
        self._ids: set[Any] = set()

    def add(self, id: object) -> None:
        self._ids.add(id)
        self.__dict__.pop("_halves", None)

    def find(self, id: object) -> object | None:
        """Return *id* if it is there; else the only one that has half of it, when no two of ours do; else None."""
        if id in self._ids:
            return id
        if not isinstance(id, str) or len(id) != _LENGTH:
            return None
        like = {other for half in _split(id) for other in self._halves.get(half, ())}
        return like.pop() if len(like) == 1 else None

    @cached_property
    def _halves(self) -> Mapping[tuple[int, str], set[str]]:
        halves: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        for id in self._ids:
            for half in _split(str(id)):
                if _HALF.fullmatch(half[1]) and len(set(half[1])) >= _VARIED:
                    halves[half].add(str(id))
        return halves


def _split(id: str) -> tuple[tuple[int, str], tuple[int, str]]:
    middle = len(id) // 2
    return (0, id[:middle]), (1, id[middle:])


def _changed(table: Table, row: Row, kept: Row) -> list[str]:
    """Return the columns whose value is not what it was when *row* was *kept*, or has bytes that are no text."""
    columns = zip(table.c, row, kept, strict=True)
    return [column.name for column, was, is_ in columns if was != is_ or (isinstance(is_, str) and _NO_TEXT in is_)]


def _variants(table: Table, row: Row) -> Iterator[Row]:
    """Return *row*, then *row* without one of the values that it can be without."""
    yield row
    places = {column.name: place for place, column in enumerate(table.c)}
    together = [places[name] for name in _TOGETHER.get(table.name, ())]
    single = [[place] for place, column in enumerate(table.c) if column.nullable and place not in together]
    for left_out in [*single, together]:
        if any(row[place] is not None for place in left_out):
            yield tuple(None if place in left_out else value for place, value in enumerate(row))
