"""What carries the needles, and the needle heads that are used up."""

from dataclasses import dataclass
from datetime import date

from logbook.domain.session import RecordId
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DepthMeaning, DeviceKind


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
