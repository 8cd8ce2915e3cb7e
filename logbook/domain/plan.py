"""What somebody means to do: a session of one day, or a routine, and how the sessions they lived compare with it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from logbook.domain.draft import session_problems
from logbook.domain.errors import Problem
from logbook.domain.history import History, Past, cover
from logbook.domain.session import EARLIEST_DATE, RecordId, Session, ZonePass, new_id
from logbook.domain.vocabulary import DeviceKind, Setting

LATEST_DATE: Final = dt.date(2199, 12, 31)
LONGEST_ROUTINE: Final = 366  # days from one session to the next

_OF_ZONES: Final = ("zones", "depth_mm", "passes")


class Pace(StrEnum):
    """How a lived session stands to its routine."""

    EARLY = "early"  # the only one that is ever flagged
    KEPT = "kept"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session that is meant to be done on one day; a plan that was kept for later."""

    id: RecordId
    person_id: RecordId
    date: dt.date  # the local calendar date
    setting: Setting | None
    zones: tuple[ZonePass, ...]
    device: DeviceKind | None = None
    notes: str = ""

    def as_session(self) -> Session:
        """Return a session of its own, under a new id, as it is planned; the notes stay with the plan."""
        return Session(new_id(), self.person_id, self.date, setting=self.setting, device=self.device, zones=self.zones)

    def problems(self) -> tuple[Problem, ...]:
        """Return what is implausible, each named by its field; a day may lie ahead or be past."""
        return (*_date_problems("date", self.date), *_zone_problems(self.as_session()))


@dataclass(frozen=True, slots=True)
class Routine:
    """The same session again and again, with so many days from one to the next."""

    id: RecordId
    person_id: RecordId
    starts_on: dt.date
    every_days: int
    setting: Setting | None
    zones: tuple[ZonePass, ...]
    ends_on: dt.date | None = None  # the last day it holds for
    notes: str = ""

    @property
    def latest_kept(self) -> int:
        """The days after which a session is late: a quarter more than planned, at least one day more."""
        return self.every_days + max(1, self.every_days // 4)

    def session_on(self, day: dt.date) -> Session:
        """Return a session of its own, under a new id, as the routine would have it on *day*."""
        return Session(new_id(), self.person_id, day, setting=self.setting, zones=self.zones)

    def pace(self, days: int | None) -> Pace:
        """Return how a session stands that was done *days* after the one before it; the first is always kept."""
        if days is None:
            return Pace.KEPT
        if days < self.every_days:
            return Pace.EARLY
        return Pace.KEPT if days <= self.latest_kept else Pace.LATE

    def problems(self) -> tuple[Problem, ...]:
        """Return what is implausible, each named by its field."""
        found = list(_date_problems("starts_on", self.starts_on))
        if not 1 <= self.every_days <= LONGEST_ROUTINE:
            message = f"A routine goes from every day to every {LONGEST_ROUTINE} days; {self.every_days} does not fit."
            found.append(Problem("every_days", message))
        if self.ends_on is not None:
            if self.ends_on < self.starts_on:
                found.append(Problem("ends_on", f"{self.ends_on.isoformat()} lies before the start of the routine."))
            else:
                found.extend(_date_problems("ends_on", self.ends_on))
        return (*found, *_zone_problems(self.session_on(self.starts_on)))


@dataclass(frozen=True, slots=True)
class Lived:
    """A session that was done, beside the routine it belongs to."""

    session: Session
    days: int | None  # since the session before it that shares one of the routine's zones with it; None: the start
    pace: Pace

    @property
    def is_flagged(self) -> bool:
        """Whether it is to be pointed out: only where it came early, as a longer rest follows the plan."""
        return self.pace is Pace.EARLY


def compare(routine: Routine, history: History, today: dt.date) -> tuple[Lived, ...]:
    """Return the sessions of *history* that *routine* is about, from its start to its end or *today*, oldest first.

    The days are counted from zone to zone: where the crown is done on one day and the hairline on the next, neither is
    early for the other. What was done before the start of the routine is not compared with it.
    """
    covers = cover(place.zone for place in routine.zones)
    until = min(today, routine.ends_on or today)
    past = _touching(covers, history, routine.starts_on, until)
    lived = []
    for place, one in enumerate(past):
        days = _days_since(past, place, covers)
        lived.append(Lived(one.session, days, routine.pace(days)))
    return tuple(lived)


def count_paces(lived: Iterable[Lived]) -> dict[Pace, int]:
    """Return how many of *lived* are early, kept and late, each of the three being there."""
    found = Counter(one.pace for one in lived)
    return {pace: found[pace] for pace in Pace}


def rest_days(routine: Routine, lived: Sequence[Lived], today: dt.date) -> int:
    """Return the days of *routine*, from its start to its end or *today*, without a session; all of them follow it."""
    last = min(today, routine.ends_on or today)
    return max(0, (last - routine.starts_on).days + 1 - len({one.session.date for one in lived}))


def current_routine(routines: Iterable[Routine], today: dt.date) -> Routine | None:
    """Return the routine that has not ended by *today*, of several the one that starts last; None where all have."""
    going_on = (routine for routine in routines if routine.ends_on is None or routine.ends_on >= today)
    return max(going_on, key=lambda routine: (routine.starts_on, routine.id), default=None)


def next_date(routine: Routine, history: History) -> dt.date | None:
    """Return the day from which the next session keeps *routine*, or None where that is after its end.

    It follows the last session in any of the routine's zones, also one from before the start; the day may be past.
    """
    covers = cover(place.zone for place in routine.zones)
    past = _touching(covers, history, EARLIEST_DATE, LATEST_DATE)
    day = routine.starts_on
    if past:
        day = max(day, past[-1].session.date + dt.timedelta(days=routine.every_days))
    return None if routine.ends_on is not None and day > routine.ends_on else day


def _touching(covers: int, history: History, first: dt.date, last: dt.date) -> Sequence[Past]:
    return [past for past in history.within(first, last, but="") if past.covers & covers]


def _days_since(past: Sequence[Past], place: int, covers: int) -> int | None:
    """Return the days to *place* in *past* from the last before it that shares something of *covers*, or None."""
    one = past[place]
    for at in range(place - 1, -1, -1):
        if past[at].covers & one.covers & covers:
            return (one.session.date - past[at].session.date).days
    return None


def _date_problems(field: str, day: dt.date) -> Iterable[Problem]:
    if day < EARLIEST_DATE:
        yield Problem(field, f"{day.isoformat()} is too long ago; the earliest is {EARLIEST_DATE.year}.")
    elif day > LATEST_DATE:
        yield Problem(field, f"{day.isoformat()} is too far ahead; the latest is {LATEST_DATE.year}.")


def _zone_problems(session: Session) -> Iterable[Problem]:
    """Return what would keep the zones of *session* from being saved once it was done."""
    return [problem for problem in session_problems(session, LATEST_DATE) if problem.field in _OF_ZONES]
