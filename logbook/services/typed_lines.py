"""Lines that are typed beside the forms and not saved: a count, and the reason for a warning."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from logbook.domain import labels
from logbook.domain.person import Person
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Reason, SheddingMethod

_Find = Callable[[type[Any], RecordId], Any]


class Line(StrEnum):
    """Where it is typed."""

    COUNT = "count"
    REASON_TO_SAVE = "reason_to_save"
    REASON_TO_ACKNOWLEDGE = "reason_to_acknowledge"


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line as it stood there, letter by letter."""

    line: Line
    person_id: RecordId
    text: str
    record_id: RecordId | None = None  # of the record that it becomes, or is the reason for
    date: dt.date | None = None  # of a count, as is the next
    method: SheddingMethod | None = None
    reason: Reason | None = None  # that was chosen


def fitting_lines(
    typed: Iterable[TypedLine], find: _Find, person_id: RecordId, in_forms: Collection[RecordId]
) -> Iterator[TypedLine]:
    """Go through those of *typed* that were not saved in the last moment, each as one of somebody in the logbook.

    What *find* does not find belongs to *person_id*; *in_forms* are the records that are still being written.
    """
    for one in typed:
        kind = SheddingRecord if one.line is Line.COUNT else Session
        is_saved = one.record_id and one.record_id not in in_forms and find(kind, one.record_id)
        if not is_saved:
            yield one if find(Person, one.person_id) else replace(one, person_id=person_id)


def words_of(one: TypedLine) -> str:
    """Return in a sentence what was not saved."""
    if one.line is not Line.COUNT:
        return "The reason for a warning was not saved."
    return f"A count of {labels.day(one.date)} was not saved." if one.date else "A count was not saved."
