"""Records of every kind: with every field filled, and with as little as a record can have."""

import datetime as dt

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Record
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import DatedCondition, GivenVerdict, Reaction, Session, Topical, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import Trashed
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
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

KINDS = (
    Person,
    LifeEvent,
    AgreedLimit,
    Acknowledgement,
    Device,
    Cartridge,
    Session,
    SheddingRecord,
    Routine,
    PlannedSession,
    Trashed,
)
A_DAY = dt.date(2026, 2, 1)


def a_person() -> Person:
    return Person(new_id(), "Ana")


def a_session(person: Person, **but) -> Session:
    return Session(new_id(), person.id, A_DAY, **but)


def full_records() -> list[Record]:
    """Return a record of each kind, parents first, with something in every field."""
    person = Person(
        new_id(),
        "Żaneta “O'Hara” 🧔",
        dt.date(1980, 2, 29),
        Sex.FEMALE,
        frozenset({Zone.CROWN, Zone.HAIRLINE}),
        (DatedCondition(Condition.KELOID_TENDENCY), DatedCondition(Condition.ISOTRETINOIN, dt.date(2024, 5, 1))),
        "Dr. Lee",
        dt.date(2025, 1, 2),
        "0.5 mm;\nonce a week",
        8,
    )
    device = Device(
        new_id(),
        DeviceKind.PEN,
        "pen",
        person.id,
        DepthMeaning.DIAL_SETTING,
        Depth(150),
        12,
        dt.date(2026, 12, 31),
        "blue",
    )
    cartridge = Cartridge(
        new_id(), device.id, "L1", Depth(25), 36, dt.date(2027, 1, 1), A_DAY, dt.date(2026, 3, 1), "bent"
    )
    session = Session(
        new_id(),
        person.id,
        A_DAY,
        dt.time(23, 59, 58),
        -210,
        Setting.HOME,
        DeviceKind.PEN,
        device.id,
        cartridge.id,
        3,
        (ZonePass(Zone.CROWN, Depth(50), 4), ZonePass(None, Depth(0), None), ZonePass(Zone.EYEBROW)),
        Pressure.HARD,
        Endpoint.NONE,
        NeedleState.NEW_STERILE,
        False,
        True,
        frozenset({SkinSign.SUNBURN, SkinSign.PUSTULES}),
        (DatedCondition(Condition.HAIR_TRANSPLANT, dt.date(2020, 6, 7)), DatedCondition(Condition.PREGNANCY)),
        (Topical(Product.MINOXIDIL, -720), Topical(Product.MINOXIDIL, 1440), Topical(Product.ACID)),
        False,
        Reaction(90, frozenset({ReactionSign.FEVER, ReactionSign.LUMPS}), 0),
        "=1+1\n\tנ note \x00 end",
        GivenVerdict("2026.2", Severity.STOP, '[{"rule": "x"}]'),
    )
    shedding = SheddingRecord(
        new_id(),
        person.id,
        A_DAY,
        SheddingMethod.COMB_60S,
        0,
        True,
        2,
        HairLength.LONG,
        0,
        3,
        1,
        "dyed",
        "with a comb",
        session.id,
    )
    return [
        person,
        device,
        cartridge,
        session,
        shedding,
        LifeEvent(new_id(), person.id, EventKind.CHILDBIRTH, A_DAY, dt.date(2026, 2, 3), "a girl"),
        AgreedLimit(new_id(), person.id, "interval", "days", 10, "Dr. Lee", A_DAY, dt.date(2026, 8, 1), "until summer"),
        Acknowledgement(
            new_id(),
            person.id,
            session.id,
            "depth",
            Severity.WARNING,
            '{"depth": 150}',
            Reason.OWN_WORDS,
            "I know.",
            dt.datetime(2026, 2, 1, 9, 30, 15, 250),
        ),
        Routine(
            new_id(),
            person.id,
            A_DAY,
            21,
            Setting.SUPERVISED,
            (ZonePass(Zone.CROWN, Depth(150), 4), ZonePass(None, Depth(0), None), ZonePass(Zone.EYEBROW)),
            dt.date(2026, 12, 31),
            "until\nwinter",
        ),
        PlannedSession(
            new_id(),
            person.id,
            dt.date(2026, 2, 22),
            Setting.HOME,
            (ZonePass(Zone.TEMPLE_RIGHT, Depth(25), 2), ZonePass(Zone.CROWN)),
            DeviceKind.STAMP,
            "נ; in the evening",
        ),
        Trashed(
            new_id(), person.id, dt.datetime(2026, 2, 1, 23, 59, 59), "session of “yesterday” 🧔", '{"notes": "\n"}'
        ),
    ]


def bare_records() -> list[Record]:
    """Return a record of each kind, parents first, with nothing in any field that can be without."""
    person = Person(new_id())
    device = Device(new_id(), DeviceKind.ROLLER)
    return [
        person,
        device,
        Cartridge(new_id(), device.id),
        Session(new_id(), person.id, A_DAY),
        SheddingRecord(new_id(), person.id, A_DAY, SheddingMethod.DAY_TOTAL),
        LifeEvent(new_id(), person.id, EventKind.SEASON, A_DAY),
        AgreedLimit(new_id(), person.id, "", "", 0, "", A_DAY),
        Acknowledgement(
            new_id(), person.id, new_id(), "", Severity.CLEAN, "", Reason.NOT_GIVEN, "", dt.datetime(2026, 2, 1)
        ),
        Routine(new_id(), person.id, A_DAY, 1, None, ()),
        PlannedSession(new_id(), person.id, A_DAY, None, ()),
        Trashed(new_id(), None, dt.datetime(2026, 2, 1), "", ""),
    ]


def everything(database) -> dict[type, list[Record]]:
    return {kind: database.all(kind) for kind in KINDS}


def adding(*records: Record) -> Edit:
    return Edit.adding("add", records)


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
