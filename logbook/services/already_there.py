"""What of an import the logbook has already: by content where records carry no id, by id where they do."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from logbook.domain import labels
from logbook.domain.edit import Record, Replacement
from logbook.domain.errors import RowProblem, UnreadableFile
from logbook.domain.labels import count
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.logbook_json import KINDS

_KEYS: Final = {kind: key for key, kind in KINDS.items()}
R = TypeVar("R", Session, SheddingRecord)


@dataclass(frozen=True, slots=True)
class RecordProblem(RowProblem):
    """Why one record of another logbook was refused; *line* is its place among the records, from 1."""

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"record {self.line}, {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Merged:
    """What another logbook adds."""

    replacements: tuple[Replacement, ...]
    added: int
    skipped: int  # there already, and the same
    problems: tuple[RecordProblem, ...]  # there already, with another content


class Present:
    """The records of one kind that a person has, as often as each content is there."""

    def __init__(self, records: Iterable[R], content: Callable[[R], Hashable]) -> None:
        """Tell *records* apart by their *content*, of which the date is known to be a part."""
        self._content: Callable[[Any], Hashable] = content
        self._there: Counter[Hashable] = Counter()
        self._days: set[dt.date] = set()
        for record in records:
            self._there[content(record)] += 1
            self._days.add(record.date)

    def takes(self, record: Session | SheddingRecord) -> bool:
        """Tell whether *record* is one of those present, each of which is taken once."""
        if record.date not in self._days:
            return False  # without working out its content
        key = self._content(record)
        if self._there[key] < 1:
            return False
        self._there[key] -= 1
        return True


def merged(records: Sequence[Record], present: Iterable[Record]) -> Merged:
    """Return what *records*, parents before children, add to those *present*; the same id is the same record.

    The person that every new logbook begins with gives way to one that comes.
    """
    there = {record.id: record for record in present}
    new: list[Replacement] = []
    problems = []
    for place, record in enumerate(records, 1):
        same = there.get(record.id)
        if same is None:
            new.append(Replacement(None, record))
        elif same != record:
            sentence = f"The logbook has {_in_words(record)} already, with another content."
            problems.append(RecordProblem(place, _KEYS[type(record)], sentence))
    added = len(new)
    if any(isinstance(one.after, Person) for one in new):
        new += [Replacement(person, None) for person in _blank_only(there.values())]
    return Merged(tuple(new), added, len(records) - added - len(problems), tuple(problems))


def refuse_conflicts(name: str, found: Merged) -> None:
    """Accept what was *found* in the file *name* where no record of it is in the logbook with another content.

    Raises:
        UnreadableFile: one is.
    """
    if not found.problems:
        return
    first, *others = found.problems
    more = f" So it is with {count(len(others), 'other record')}." if others else ""
    raise UnreadableFile(f"{name}, {first}{more}")


def _in_words(record: Record) -> str:
    if isinstance(record, Session):
        return f"the {labels.a_session(record)}"
    if isinstance(record, SheddingRecord):
        return f"the {labels.a_record(record)}"
    return f"the {labels.an_event(record)}" if isinstance(record, LifeEvent) else "this record"


def _blank_only(present: Iterable[Record]) -> Sequence[Person]:
    """Return the only person of a logbook in which nothing else was recorded yet, where nothing is known of them."""
    match list(present):
        case [Person() as person] if person == Person(person.id):
            return [person]
    return []
