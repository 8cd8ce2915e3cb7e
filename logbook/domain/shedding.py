"""Hairs lost, by a named method."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from logbook.domain.errors import Problem
from logbook.domain.session import EARLIEST_DATE, RecordId
from logbook.domain.units import Unreadable
from logbook.domain.vocabulary import SHEDDING_SCALES, HairLength, SheddingMethod

_COUNT: Final = re.compile(r"(?P<more>>?) *(?P<number>[0-9]{1,9})")
_GROUPED: Final = re.compile(r">? *[0-9]{1,3}([., ][0-9]{3})+")
_SCALP: Final = ("itch", "flaking", "redness")
WORST_GRADE: Final = 3  # of itch, flaking and redness


def parse_count(text: str) -> tuple[int, bool]:
    """Read *text* as a number of hairs or a grade, and whether it is the number at which counting was given up.

    Raises:
        Unreadable: it is neither a whole number nor one such as ``>200``.
    """
    typed = text.strip()
    if read := _COUNT.fullmatch(typed):
        return int(read["number"]), bool(read["more"])
    suggestion = re.sub("[., ]", "", typed) if _GROUPED.fullmatch(typed) else None
    raise Unreadable(f"“{typed}” is not a count; write a whole number such as 42, or >200 for more.", suggestion)


@dataclass(frozen=True, slots=True)
class SheddingRecord:
    """One count or estimate; a value of ``None`` was not counted, which is never zero."""

    id: RecordId
    person_id: RecordId
    date: dt.date
    method: SheddingMethod
    value: int | None = None  # hairs, or the grade of a scale
    is_more_than: bool = False  # counting was given up at the value; of a grade only in files of earlier versions
    days_since_wash: int | None = None
    hair_length: HairLength | None = None
    itch: int | None = None  # 0 to 3, as are the next two
    flaking: int | None = None
    redness: int | None = None
    excluded_because: str | None = None  # a reason: left out of trends
    notes: str = ""
    session_id: RecordId | None = None  # written together with this session

    def problems(self, today: dt.date) -> tuple[Problem, ...]:
        """Return what is implausible, each named by its field."""
        found = []
        if self.date > today:
            found.append(Problem("date", f"{self.date.isoformat()} lies in the future."))
        elif self.date < EARLIEST_DATE:
            earliest = f"the earliest is {EARLIEST_DATE.year}"
            found.append(Problem("date", f"{self.date.isoformat()} is too long ago; {earliest}."))
        least, most = SHEDDING_SCALES.get(self.method, (0, 100_000))
        if self.value is not None and not least <= self.value <= most:
            found.append(Problem("value", f"{self.value} does not fit this method, which goes from {least} to {most}."))
        elif self.value is not None and self.is_more_than and self.method in SHEDDING_SCALES:
            found.append(Problem("value", f"A grade goes from {least} to {most}; “more than” is for counted hairs."))
        if self.days_since_wash is not None and not 0 <= self.days_since_wash <= 366:
            found.append(Problem("days_since_wash", "Days since the last wash go from 0 to 366."))
        for field in _SCALP:
            grade: int | None = getattr(self, field)
            if grade is not None and not 0 <= grade <= WORST_GRADE:
                found.append(Problem(field, f"{field.capitalize()} goes from 0 to {WORST_GRADE}."))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SheddingDraft:
    """A record being written, with what was typed that could not be read as a value."""

    record: SheddingRecord
    unreadable: tuple[Problem, ...] = ()

    def problems(self, today: dt.date) -> tuple[Problem, ...]:
        """Return what is unreadable or implausible, each named by its field."""
        unread = {problem.field for problem in self.unreadable}
        return (*self.unreadable, *(one for one in self.record.problems(today) if one.field not in unread))
