"""What carries the needles, and the needle heads that are used up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from logbook.domain.errors import Problem
from logbook.domain.session import EARLIEST_DATE, RecordId
from logbook.domain.units import Depth, depth_problem
from logbook.domain.vocabulary import DepthMeaning, DeviceKind

MOST_NEEDLES: Final = 10_000
_OWN_NEEDLES: Final = (DeviceKind.ROLLER, DeviceKind.STAMP)
_LATEST: Final = date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Device:
    """A roller, stamp or pen that somebody owns."""

    id: RecordId
    kind: DeviceKind
    name: str = ""
    person_id: RecordId | None = None  # None: of the clinic, or not recorded
    depth_meaning: DepthMeaning | None = None
    needle_length: Depth | None = None
    needle_count: int | None = None
    retired_on: date | None = None
    notes: str = ""

    @property
    def has_own_needles(self) -> bool:
        """Whether it is used up as a whole, unless it has a drum of its own record; a pen takes cartridges."""
        return self.kind in _OWN_NEEDLES

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Return what is implausible, each named by its field."""
        return (*_needle_problems(self), *_day_problems(self, ("retired_on",), today))


@dataclass(frozen=True, slots=True)
class Cartridge:
    """The needle head of a device, or the drum of a roller."""

    id: RecordId
    device_id: RecordId
    lot: str = ""
    needle_length: Depth | None = None
    needle_count: int | None = None
    expires_on: date | None = None
    opened_on: date | None = None
    retired_on: date | None = None
    notes: str = ""

    def has_expired(self, today: date) -> bool:
        """Tell whether the last day printed on it has passed."""
        return self.expires_on is not None and self.expires_on < today

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Return what is implausible, each named by its field."""
        found = [*_needle_problems(self), *_day_problems(self, ("opened_on", "retired_on"), today)]
        if self.expires_on and not EARLIEST_DATE <= self.expires_on <= _LATEST:
            found.append(Problem("expires_on", f"{self.expires_on.isoformat()} is not printed on any cartridge."))
        if self.opened_on and self.retired_on and self.retired_on < self.opened_on:
            found.append(Problem("retired_on", "It was opened after this day."))
        return tuple(found)


def _needle_problems(needles: Device | Cartridge) -> Iterable[Problem]:
    if needles.needle_length is not None and (wrong := depth_problem(needles.needle_length)):
        yield Problem("needle_length", str(wrong), suggestion=wrong.suggestion)
    if needles.needle_count is not None and not 1 <= needles.needle_count <= MOST_NEEDLES:
        yield Problem("needle_count", f"{needles.needle_count} is out of range; it goes from 1 to {MOST_NEEDLES}.")


def _day_problems(needles: Device | Cartridge, fields: Iterable[str], today: date) -> Iterable[Problem]:
    for field in fields:
        day: date | None = getattr(needles, field)
        if day and day > today:
            yield Problem(field, f"{day.isoformat()} lies in the future.")
        elif day and day < EARLIEST_DATE:
            yield Problem(field, f"{day.isoformat()} is too long ago; the earliest is {EARLIEST_DATE.year}.")
