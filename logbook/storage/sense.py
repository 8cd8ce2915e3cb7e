"""Whether a row, taken by itself, can be read as part of a record of this version."""

import datetime as dt
from functools import cache
from typing import Any, Final

from sqlalchemy import Table

from logbook.domain.edit import Record
from logbook.domain.person import Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import Reaction, Session
from logbook.storage.crossing import CROSSINGS, Crossing, Row

_ANY_DAY: Final = dt.date(2000, 1, 1)
# One of each kind that is made of several rows, which every part of it fits into.
_WHOLES: Final[tuple[Record, ...]] = (
    Person("", thinning_zones=frozenset(), conditions=()),
    Session(
        "",
        "",
        _ANY_DAY,
        skin_signs=frozenset(),
        conditions=(),
        topicals=(),
        reaction=Reaction(signs=frozenset()),
    ),
    Routine("", "", _ANY_DAY, 1, None, ()),
    PlannedSession("", "", _ANY_DAY, None, ()),
)
_MISTAKES: Final = (KeyError, ValueError, TypeError)


def makes_sense(table: Table, row: Row) -> bool:
    """Tell whether *row*, in the order of the columns of *table*, can be read: no word and no date is unknown."""
    return is_readable(table, tuple(v for column, v in zip(table.c, row, strict=True) if column.name != "position"))


def is_readable(table: Table, fetched: Row) -> bool:
    """Tell the same of a row of *table* that was *fetched*, and so is without its position."""
    crossing, whole = _home(table.name)
    read = {crossing.table.name: whole or fetched}
    if whole:
        read[table.name] = ("", *fetched[1:])
    try:
        crossing.read(lambda asked: [read[asked.name]] if asked.name in read else [])
    except _MISTAKES:
        return False
    return True


def is_of_type(table: Table, row: Row) -> bool:
    """Tell whether each value of *row* is of the sort that its column of *table* holds."""
    sorts = (
        (column.type.python_type, bool(column.nullable), value) for column, value in zip(table.c, row, strict=True)
    )
    return all(is_nullable if value is None else isinstance(value, sort) for sort, is_nullable, value in sorts)


@cache
def _home(table: str) -> tuple[Crossing[Any], Row | None]:
    """Return how the records are read that *table* is of; where it holds parts of them, with the row of one."""
    for kind, crossing in CROSSINGS.items():
        if crossing.table.name == table:
            return crossing, None
        if any(part.table.name == table for part in crossing.collections):
            (whole,) = (one for one in _WHOLES if isinstance(one, kind))
            return crossing, crossing.to_row(whole)
    raise KeyError(table)
