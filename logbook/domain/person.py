"""A person whose scalp is needled, and what was agreed or acknowledged for them."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from logbook.domain.errors import Problem
from logbook.domain.session import EARLIEST_DATE, DatedCondition, RecordId
from logbook.domain.vocabulary import EventKind, Reason, Severity, Sex, Zone

COLOURS: Final = range(1, 9)  # of a person: the places among the series colours of a theme


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people of a logbook file."""

    id: RecordId
    name: str = ""
    birth_date: dt.date | None = None
    sex: Sex | None = None
    thinning_zones: frozenset[Zone] | None = None
    conditions: tuple[DatedCondition, ...] | None = None  # copied into each new session
    advice_from: str = ""  # the professional who was asked
    advice_on: dt.date | None = None
    advice: str = ""
    colour: int | None = None  # one of `COLOURS`; None: none was chosen

    def problems(self) -> tuple[Problem, ...]:
        """Return what is implausible, each named by its field."""
        if self.colour is None or self.colour in COLOURS:
            return ()
        return (Problem("colour", f"{self.colour} is no colour; they are {COLOURS[0]} to {COLOURS[-1]}."),)


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that may change shedding."""

    id: RecordId
    person_id: RecordId
    kind: EventKind
    date: dt.date
    until: dt.date | None = None  # included; None: one day, or it lasts
    notes: str = ""

    def problems(self, today: dt.date) -> tuple[Problem, ...]:
        """Return what is implausible, each named by its field."""
        found = []
        if self.date > today:
            found.append(Problem("date", f"{self.date.isoformat()} lies in the future."))
        elif self.date < EARLIEST_DATE:
            earliest = f"the earliest is {EARLIEST_DATE.year}"
            found.append(Problem("date", f"{self.date.isoformat()} is too long ago; {earliest}."))
        if self.until and self.until > today:
            found.append(Problem("until", f"{self.until.isoformat()} lies in the future; leave it out while it lasts."))
        elif self.until and self.until < self.date:
            found.append(Problem("until", "It began after this day."))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class AgreedLimit:
    """A rule's number as set with a clinician."""

    id: RecordId
    person_id: RecordId
    rule: str
    parameter: str  # the rule's parameter that is moved
    value: int  # in the unit of that parameter
    agreed_with: str
    agreed_on: dt.date
    until: dt.date | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A finding that the person knew of, and why they went on."""

    id: RecordId
    person_id: RecordId
    record_id: RecordId  # the session or shedding record that was judged
    rule: str
    severity: Severity  # as it was then
    facts: str  # JSON of what the finding rested on: another set of facts opens it again
    reason: Reason
    words: str
    at: dt.datetime  # local, without an offset


def person_of(record: object) -> RecordId | None:
    """Return whom *record* is of: a person of themselves; None where it is nobody's alone."""
    return record.id if isinstance(record, Person) else getattr(record, "person_id", None)
