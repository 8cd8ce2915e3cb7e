"""Hairs lost, by a named method."""

import datetime as dt
from dataclasses import dataclass

from logbook.domain.errors import Problem
from logbook.domain.session import EARLIEST_DATE, RecordId
from logbook.domain.vocabulary import SHEDDING_SCALES, HairLength, SheddingMethod


@dataclass(frozen=True, slots=True)
class SheddingRecord:
    """One count or estimate; a value of ``None`` was not counted, which is never zero."""

    id: RecordId
    person_id: RecordId
    date: dt.date
    method: SheddingMethod
    value: int | None = None  # hairs, or the grade of a scale
    is_more_than: bool = False  # counting was given up at the value
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
        if self.days_since_wash is not None and not 0 <= self.days_since_wash <= 366:
            found.append(Problem("days_since_wash", "Days since the last wash go from 0 to 366."))
        return tuple(found)
