"""Logbooks and edits that nobody would think of, the same ones for the same number."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from random import Random
from typing import Any, TypeVar

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import (
    EARLIEST_DATE,
    DatedCondition,
    GivenVerdict,
    Reaction,
    RecordId,
    Session,
    Topical,
    ZonePass,
)
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    DATED_CONDITIONS,
    SHEDDING_SCALES,
    Condition,
    DepthMeaning,
    DeviceKind,
    Endpoint,
    EventKind,
    HairLength,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Reason,
    Setting,
    Severity,
    Sex,
    SheddingMethod,
    SkinSign,
    Zone,
)

TODAY = dt.date(2026, 6, 30)
ODD_TEXTS = (
    "",
    " ",
    "=1+1",
    "'=1+1",
    "''-2",
    "+49 30",
    "-0.5",
    "@SUM(A1)",
    "\t tab first",
    "\r\n",
    "two\nlines",
    "three\r\nmore\rlines\n",
    'a "quote", a comma; a semicolon | a bar',
    '"',
    "שלום עולם",
    "مرحبا \u200fبالعالم\u200e",
    "\u202eright to left\u202c",
    "🧔🏽‍♀️ emoji 👩‍👩‍👧",
    "e\u0301 not é",
    "\ufeffmark",
    "\u2028line\u2029paragraph",
    "\u200b",
    "＝wide",
    "null",
    "2026-02-30",
    "NaN",
    "💉" * 300,
    "x" * 6000,
    "%s %(name)s {0} $1 \\n",
    "'; DROP TABLE session; --",
)

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Records = Mapping[RecordId, Record]


def after(records: Records, edit: Edit) -> dict[RecordId, Record]:
    """Return what *records* are once *edit* was made."""
    found = dict(records)
    for replacement in edit.replacements:
        if replacement.before is not None:
            del found[replacement.before.id]
        if replacement.after is not None:
            found[replacement.after.id] = replacement.after
    return found


class Inventor:
    """Makes records up that could be saved, with odd texts and edge dates in them."""

    def __init__(self, number: int, *, nul: bool = True) -> None:
        """Make the same up for the same *number*; a NUL stands in no text where *nul* says so."""
        self.chance = Random(number)
        self._texts = (*ODD_TEXTS, "a \0 NUL") if nul else ODD_TEXTS
        self._made = 0
        self._number = number

    def logbook(self) -> list[Record]:
        """Return a logbook of one to three people, parents before children."""
        chance = self.chance
        people = [self.person() for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        devices = [self.device(self._maybe_one(people)) for _ in range(chance.randrange(3))]
        cartridges = [self.cartridge(chance.choice(devices)) for _ in range(chance.randrange(3) if devices else 0)]
        sessions = [self.session(chance.choice(people).id, devices, cartridges) for _ in range(chance.randrange(5))]
        shedding = [self.shedding(chance.choice(people).id) for _ in range(chance.randrange(4))]
        shedding += [self.shedding(one.person_id, one.id) for one in sessions if chance.random() < 0.3]
        judged: list[Session | SheddingRecord] = [*sessions, *shedding]
        rest: list[Record] = [self.event(chance.choice(people).id) for _ in range(chance.randrange(3))]
        rest += [self.limit(chance.choice(people).id) for _ in range(chance.randrange(2))]
        rest += [self.acknowledgement(one) for one in judged if chance.random() < 0.3]
        rest += [self.routine(chance.choice(people).id) for _ in range(chance.randrange(2))]
        rest += [self.plan(chance.choice(people).id) for _ in range(chance.randrange(2))]
        return [*people, *devices, *cartridges, *judged, *rest]

    def edits(self, records: Records) -> Iterator[Edit]:
        """Go on for ever changing *records*, which hold a person at least, each edit on top of those before."""
        while True:
            edit = self.edit(records)
            records = after(records, edit)
            yield edit

    def edit(self, records: Records) -> Edit:
        """Return something that a person could do to *records*."""
        chance = self.chance
        sessions = [one for one in records.values() if isinstance(one, Session)]
        people = [one for one in records.values() if isinstance(one, Person)]
        owner = chance.choice(people).id
        match chance.choice(("add", "add", "add", "change", "change", "delete", "import", "person", "other")):
            case "change" if sessions:
                before = chance.choice(sessions)
                changed = replace(self.session(before.person_id), id=before.id)
                return Edit("change", (Replacement(before, changed),))
            case "delete" if sessions:
                return Edit.removing("delete", _with_what_hangs_on(chance.choice(sessions), records))
            case "import":
                return Edit.adding("import", [self.session(owner) for _ in range(chance.randrange(1, 40))])
            case "person":
                person = chance.choice(people)
                return Edit("person", (Replacement(person, replace(self.person(), id=person.id)),))
            case "other":
                makers = (self.event, self.limit, self.routine, self.plan, self.shedding)
                return Edit.adding("other", [make(owner) for make in makers])
        session = self.session(owner)
        return Edit.adding(
            "add", [session, self.shedding(owner, session.id), self.acknowledgement(session), self.device()]
        )

    def person(self) -> Person:
        return Person(
            self._id(),
            self._text(),
            self._maybe(self._day()),
            self._maybe_word(Sex),
            self._maybe(frozenset(self._some(Zone))),
            self._maybe(self._conditions()),
            self._text(),
            self._maybe(self._day()),
            self._text(),
            self._maybe(self.chance.randint(1, 8)),
        )

    def device(self, owner: Person | None = None) -> Device:
        return Device(
            self._id(),
            self._word(DeviceKind),
            self._text(),
            owner.id if owner else None,
            self._maybe_word(DepthMeaning),
            self._depth(),
            self._maybe(self.chance.randint(1, 10_000)),
            self._maybe(self._day()),
            self._text(),
        )

    def cartridge(self, device: Device) -> Cartridge:
        opened, retired = sorted((self._day(), self._day()))
        return Cartridge(
            self._id(),
            device.id,
            self._text(),
            self._depth(),
            self._maybe(self.chance.randint(1, 10_000)),
            self._maybe(dt.date(2200, 1, 1)),
            self._maybe(opened),
            self._maybe(retired),
            self._text(),
        )

    def session(self, owner: RecordId, devices: Sequence[Device] = (), cartridges: Sequence[Cartridge] = ()) -> Session:
        chance = self.chance
        device, cartridge = self._maybe_one(devices), self._maybe_one(cartridges)
        signs = self._maybe(frozenset(self._some(ReactionSign)))
        given = GivenVerdict(self._text(), self._word(Severity), self._text())
        return Session(
            self._id(),
            owner,
            self._day(),
            self._maybe(dt.time(chance.randrange(24), chance.randrange(60))),
            self._maybe(chance.choice((-1080, -570, 0, 345, 765, 1080))),
            self._maybe_word(Setting),
            self._maybe_word(DeviceKind),
            device.id if device else None,
            cartridge.id if cartridge else None,
            self._maybe(chance.randint(1, 10_000)),
            self._places(),
            self._maybe_word(Pressure),
            self._maybe_word(Endpoint),
            self._maybe_word(NeedleState),
            self._maybe(chance.random() < 0.5),
            self._maybe(chance.random() < 0.5),
            self._maybe(frozenset(self._some(SkinSign))),
            self._maybe(self._conditions()),
            self._maybe(self._topicals()),
            self._maybe(chance.random() < 0.5),
            Reaction(self._maybe(chance.randint(0, 366 * 24 * 60)), signs, self._maybe(chance.randint(0, 10))),
            self._text(),
            self._maybe(given),
        )

    def shedding(self, owner: RecordId, session_id: RecordId | None = None) -> SheddingRecord:
        method = self._word(SheddingMethod)
        value = self._maybe(self.chance.randint(*SHEDDING_SCALES.get(method, (0, 100_000))))
        return SheddingRecord(
            self._id(),
            owner,
            self._day(),
            method,
            value,
            value is not None and self.chance.random() < 0.3 and method not in SHEDDING_SCALES,
            self._maybe(self.chance.randint(0, 366)),
            self._maybe_word(HairLength),
            *(self._maybe(self.chance.randint(0, 3)) for _ in range(3)),
            self._maybe(self._text()),
            self._text(),
            session_id,
        )

    def event(self, owner: RecordId) -> LifeEvent:
        first, last = sorted((self._day(), self._day()))
        return LifeEvent(self._id(), owner, self._word(EventKind), first, self._maybe(last), self._text())

    def limit(self, owner: RecordId) -> AgreedLimit:
        value = self.chance.randint(-(2**31) + 1, 2**31 - 1)
        return AgreedLimit(
            self._id(), owner, self._text(), self._text(), value, self._text(), self._day(), None, self._text()
        )

    def acknowledgement(self, judged: Session | SheddingRecord) -> Acknowledgement:
        return Acknowledgement(
            self._id(),
            judged.person_id,
            judged.id,
            self._text(),
            self._word(Severity),
            self._text(),
            self._word(Reason),
            self._text(),
            dt.datetime.combine(self._day(), dt.time(23, 59, 59, self.chance.choice((0, 1, 999_999)))),
        )

    def routine(self, owner: RecordId) -> Routine:
        first, last = sorted((self._day(), self._day()))
        every = self.chance.randint(1, 366)
        return Routine(
            self._id(),
            owner,
            first,
            every,
            self._maybe_word(Setting),
            self._places(),
            self._maybe(last),
            self._text(),
        )

    def plan(self, owner: RecordId) -> PlannedSession:
        day = self.chance.choice((dt.date(2199, 12, 31), self._day()))
        return PlannedSession(
            self._id(),
            owner,
            day,
            self._maybe_word(Setting),
            self._places(),
            self._maybe_word(DeviceKind),
            self._text(),
        )

    def _id(self) -> RecordId:
        self._made += 1
        return f"{self._number:012x}{self._made:020x}"

    def _text(self) -> str:
        texts = self._texts
        return self.chance.choice(texts) + self.chance.choice(texts) if self.chance.random() < 0.3 else ""

    def _day(self) -> dt.date:
        edges = (EARLIEST_DATE, dt.date(2000, 2, 29), dt.date(2024, 2, 29), dt.date(2025, 3, 30), TODAY)
        if self.chance.random() < 0.3:
            return self.chance.choice(edges)
        return TODAY - dt.timedelta(days=self.chance.randrange(3000))

    def _depth(self) -> Depth | None:
        return self._maybe(Depth(self.chance.choice((5, 25, 50, 150, 199, 500))))

    def _places(self) -> tuple[ZonePass, ...]:
        if self.chance.random() < 0.1:
            return (ZonePass(None, self._depth() or Depth(25), self._maybe(self.chance.randint(1, 1000))),)
        return tuple(
            ZonePass(zone, self._depth(), self._maybe(self.chance.randint(1, 1000))) for zone in self._some(Zone)
        )

    def _conditions(self) -> tuple[DatedCondition, ...]:
        return tuple(
            DatedCondition(one, self._maybe(self._day()) if one in DATED_CONDITIONS else None)
            for one in self._some(Condition)
        )

    def _topicals(self) -> tuple[Topical, ...]:
        # In steps of a quarter of an hour: the CSV holds hours with two decimals.
        return tuple(Topical(one, self._maybe(15 * self.chance.randint(-400, 400))) for one in self._some(Product))

    def _word(self, kind: type[E]) -> E:
        return self.chance.choice(list(kind))

    def _maybe_word(self, kind: type[E]) -> E | None:
        return self._maybe(self._word(kind))

    def _some(self, kind: type[E]) -> list[E]:
        return self.chance.sample(list(kind), self.chance.randrange(4))

    def _maybe(self, value: T) -> T | None:
        return value if self.chance.random() < 0.6 else None

    def _maybe_one(self, values: Sequence[T]) -> T | None:
        return self._maybe(self.chance.choice(values)) if values else None


def by_id(records: Iterable[Record]) -> dict[RecordId, Record]:
    """Return *records* under their ids."""
    return {record.id: record for record in records}


def _with_what_hangs_on(session: Session, records: Records) -> list[Any]:
    """Return *session* after everything that cannot be there without it."""
    lines = [one for one in records.values() if isinstance(one, SheddingRecord) and one.session_id == session.id]
    gone = {session.id, *(line.id for line in lines)}
    said = [one for one in records.values() if isinstance(one, Acknowledgement) and one.record_id in gone]
    return [*said, *lines, session]
