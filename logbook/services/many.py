"""Many records changed alike: what each would be, what the guidance says of them then, and the one edit of it all."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Final, Generic, Protocol, TypeVar

from logbook.domain import labels
from logbook.domain.draft import session_problems
from logbook.domain.edit import Edit, Replacement
from logbook.domain.needle_use import NeedleChoice
from logbook.domain.session import RecordId, Session, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, HairLength, Pressure, Setting, SheddingMethod, Zone
from logbook.guidance.rule import Finding, Verdict
from logbook.services.findings import Answer, acknowledgement
from logbook.services.judged import Judgeable

_MOST_NAMED: Final = 3  # records that are refused for one reason, said one by one

_R = TypeVar("_R", Session, SheddingRecord)


class Keep(Enum):
    """The answer of a field that nobody wants to change."""

    AS_IT_IS = "as it is"


KEEP: Final = Keep.AS_IT_IS


class Change(Protocol[_R]):
    """What is to become of each of many records."""

    @property
    def is_nothing(self) -> bool:
        """Whether it leaves everything as it is."""

    def of(self, record: _R) -> _R:
        """Return *record* as it would be; the same where nothing of it changes."""


@dataclass(frozen=True, slots=True)
class NewZones:
    """Zones for each session, in the place of its own or beside them."""

    zones: tuple[Zone, ...]
    is_added: bool = False

    def of(self, places: tuple[ZonePass, ...]) -> tuple[ZonePass, ...]:
        """Return *places* with these zones; one that was there keeps its depth, a new one has none yet."""
        known = {place.zone: place for place in places}
        before = [place for place in places if place.zone is not None] if self.is_added else []
        there = {place.zone for place in before}
        return (*before, *(known.get(zone, ZonePass(zone)) for zone in self.zones if zone not in there))


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What is to become of each of many sessions."""

    setting: Setting | Keep | None = KEEP
    device: DeviceKind | Keep | None = KEEP
    needles: NeedleChoice | Keep | None = KEEP  # with them goes the kind of device
    pressure: Pressure | Keep | None = KEEP
    zones: NewZones | Keep = KEEP
    depth: Depth | Keep = KEEP  # of every zone
    professional_advice: bool | Keep | None = KEEP
    note: str = ""  # put below the notes that are there

    @property
    def is_nothing(self) -> bool:
        """Whether it leaves everything as it is."""
        return self == SessionChange()

    def of(self, record: Session) -> Session:
        """Return the session *record* as it would be; the same where nothing of it changes."""
        plain = {name: getattr(self, name) for name in ("setting", "device", "pressure", "professional_advice")}
        after = replace(record, **{name: value for name, value in plain.items() if value is not KEEP})
        after = self._with_needles(after, record)
        zones = after.zones if isinstance(self.zones, Keep) else self.zones.of(after.zones)
        if not isinstance(self.depth, Keep):
            zones = tuple(replace(place, depth=self.depth) for place in zones or (ZonePass(None),))
        after = replace(after, zones=zones, notes=_noted(after.notes, self.note))
        return record if after == record else after

    def _with_needles(self, after: Session, before: Session) -> Session:
        """Return *after* with the needles that are wanted, or without any where they belong to another kind of device.

        Which use of its needles a session was stays where none were named, and is not known for other needles.
        """
        if isinstance(self.needles, Keep):
            if after.device is before.device:
                return after
            return replace(after, device_id=None, cartridge_id=None, needle_use=None)
        named = (self.needles.device_id, self.needles.cartridge_id) if self.needles else (None, None)
        kind = self.needles.kind if self.needles else after.device
        is_same = before.device_id is None or (before.device_id, before.cartridge_id) == named
        use = after.needle_use if is_same else None
        return replace(after, device=kind, device_id=named[0], cartridge_id=named[1], needle_use=use)


@dataclass(frozen=True, slots=True)
class SheddingChange:
    """What is to become of each of many shedding records."""

    method: SheddingMethod | Keep = KEEP
    days_since_wash: int | Keep = KEEP
    hair_length: HairLength | Keep | None = KEEP
    excluded_because: str | Keep | None = KEEP
    note: str = ""  # put below the notes that are there

    @property
    def is_nothing(self) -> bool:
        """Whether it leaves everything as it is."""
        return self == SheddingChange()

    def of(self, record: SheddingRecord) -> SheddingRecord:
        """Return *record* as it would be; the same where nothing of it changes."""
        plain = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "note"}
        after = replace(record, **{name: value for name, value in plain.items() if value is not KEEP})
        after = replace(after, notes=_noted(after.notes, self.note))
        return record if after == record else after


@dataclass(frozen=True, slots=True)
class Changed(Generic[_R]):
    """Records before and after, those alone that do change, and why some cannot be as they would be."""

    pairs: tuple[tuple[_R, _R], ...] = ()
    refused: tuple[tuple[_R, str], ...] = ()  # each with a finished sentence

    @property
    def refusal(self) -> str:
        """Why nothing can be changed, each reason with the first of the records at fault; empty where all can be."""
        by_reason: dict[str, list[str]] = {}
        for record, problem in self.refused:
            by_reason.setdefault(problem, []).append(_name(record))
        return "\n".join(f"{_first_of(names)}: {problem}" for problem, names in by_reason.items())


def change_all(change: Change[_R], records: Iterable[_R], today: dt.date) -> Changed[_R]:
    """Return *records* as *change* would have them on the local date *today*, the earliest first."""
    before_and_after = ((one, change.of(one)) for one in sorted(records, key=lambda record: (record.date, record.id)))
    pairs = tuple((before, after) for before, after in before_and_after if before is not after)
    return Changed(pairs, tuple((after, problem) for _, after in pairs if (problem := _problem(after, today))))


def changing_sessions(
    pairs: Sequence[tuple[Session, Session]],
    verdicts: Mapping[RecordId, Verdict],
    asked: Sequence[Finding],
    answer: Answer,
    with_verdict: Callable[[Session, Verdict], Session],
) -> Edit:
    """Return the edit that keeps the second of each of *pairs*, one at least, with the verdict that was shown of it.

    The *answer* is kept for every finding that was *asked* about, as it is where one session is saved.
    """
    at = dt.datetime.now().replace(microsecond=0)
    changes = [Replacement(before, with_verdict(after, verdicts[after.id])) for before, after in pairs]
    answers = [Replacement(None, acknowledgement(finding, answer, at)) for finding in asked]
    return Edit(_text([before for before, _ in pairs], "session"), (*changes, *answers))


def changing_shedding(pairs: Sequence[tuple[SheddingRecord, SheddingRecord]]) -> Edit:
    """Return the edit that keeps the second of each of *pairs*, one at least."""
    text = _text([after for _, after in pairs], "shedding record")
    return Edit(text, tuple(Replacement(before, after) for before, after in pairs))


def _text(records: Sequence[Judgeable], noun: str) -> str:
    return f"change {_name(records[0]) if len(records) == 1 else labels.count(len(records), noun)}"


def _first_of(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    rest = [labels.count(more, "other")] if more > 0 else []
    return labels.capital(labels.series([*names[:_MOST_NAMED], *rest]))


def _name(record: Judgeable) -> str:
    return labels.a_session(record) if isinstance(record, Session) else labels.a_record(record)


def _problem(record: Judgeable, today: dt.date) -> str:
    found = session_problems(record, today) if isinstance(record, Session) else record.problems(today)
    return " ".join(problem.message for problem in found)


def _noted(notes: str, note: str) -> str:
    return "\n".join(filter(None, (notes, note.strip()))) if note.strip() else notes
