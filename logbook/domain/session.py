"""A session: one needling of the scalp on one day. ``None`` always means *not recorded*."""

import datetime as dt
import secrets
import time
from dataclasses import dataclass
from typing import Final

from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Setting,
    Severity,
    SkinSign,
    Zone,
)

RecordId = str

EARLIEST_DATE: Final = dt.date(1950, 1, 1)  # of what is recorded; an earlier one was mistyped

_last_stamp = 0


def new_id() -> RecordId:
    """Return a new id of 32 hex digits; ids sort in the order in which they were made."""
    global _last_stamp  # noqa: PLW0603 - two ids of one tick, or of a clock set back, must still be in order
    _last_stamp = max(_last_stamp + 1, time.time_ns())
    return f"{_last_stamp:016x}{secrets.token_hex(8)}"


@dataclass(frozen=True, slots=True)
class ZonePass:
    """What was done in one zone."""

    zone: Zone | None  # None: not recorded, judged as the whole scalp
    depth: Depth | None = None
    passes: int | None = None  # over one spot


@dataclass(frozen=True, slots=True)
class Topical:
    """A product on the scalp."""

    product: Product
    minutes: int | None = None  # from the session; negative: before it


@dataclass(frozen=True, slots=True)
class DatedCondition:
    """A condition as it was on the day of a session."""

    condition: Condition
    on: dt.date | None = None  # isotretinoin: stopped then; hair transplant: done then


@dataclass(frozen=True, slots=True)
class Reaction:
    """What followed a session."""

    redness_minutes: int | None = None  # how long redness, swelling or scabs lasted
    signs: frozenset[ReactionSign] | None = None
    pain: int | None = None  # numeric rating scale, 0 to 10


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """What the guidance said when a session was saved."""

    guidance_version: str
    severity: Severity
    findings: str  # JSON: a list of {rule, severity, message, facts}


NO_REACTION: Final = Reaction()


@dataclass(frozen=True, slots=True)
class Session:
    """One needling of the scalp on one day."""

    id: RecordId
    person_id: RecordId
    date: dt.date  # the local calendar date
    time: dt.time | None = None  # local
    utc_offset_minutes: int | None = None
    setting: Setting | None = None
    device: DeviceKind | None = None
    device_id: RecordId | None = None
    cartridge_id: RecordId | None = None
    needle_use: int | None = None  # which use of this roller or cartridge this is, from 1
    zones: tuple[ZonePass, ...] = ()
    pressure: Pressure | None = None
    endpoint: Endpoint | None = None
    needle_state: NeedleState | None = None
    needle_shared: bool | None = None
    professional_advice: bool | None = None
    skin_signs: frozenset[SkinSign] | None = None
    conditions: tuple[DatedCondition, ...] | None = None
    topicals: tuple[Topical, ...] | None = None
    washed_before: bool | None = None  # products washed off before the session
    reaction: Reaction = NO_REACTION
    notes: str = ""
    given: GivenVerdict | None = None  # None: nobody was shown one, as for an imported session

    @property
    def deepest(self) -> Depth | None:
        """The deepest depth that is recorded."""
        return max((place.depth for place in self.zones if place.depth is not None), default=None)

    @property
    def has_unknown_depth(self) -> bool:
        """Whether some zone's depth is not recorded."""
        return not self.zones or any(place.depth is None for place in self.zones)

    @property
    def order(self) -> tuple[dt.date, dt.time, RecordId]:
        """The place in time: a session without a time counts as the start of its day."""
        return (self.date, self.time or dt.time.min, self.id)
