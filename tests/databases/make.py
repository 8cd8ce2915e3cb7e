"""Make the logbook file of the newest schema that later versions must still open.

Run once for each released schema, then never again for it: the file is what people have on their disks.

    PYTHONPATH=. .venv/bin/python tests/databases/make.py
"""

import datetime as dt
import sys
from pathlib import Path

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Record
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import DatedCondition, GivenVerdict, Reaction, Session, Topical, ZonePass
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
from logbook.storage.database import Database
from logbook.storage.header import LATEST

_DELETED = (
    '{"format": "scalp-needling-logbook", "version": 2, "sessions": '
    '[{"id": "d0", "person_id": "a1", "date": "2026-01-31", "notes": "żółty"}]}'
)


def records() -> list[Record]:
    """Return one record of each kind filled, and some kinds with nothing in them too."""
    day = dt.date(2026, 2, 1)
    return [
        Person(
            "a1",
            "Zoë",
            dt.date(1980, 2, 29),
            Sex.FEMALE,
            frozenset({Zone.CROWN, Zone.HAIRLINE}),
            (DatedCondition(Condition.ISOTRETINOIN, dt.date(2024, 5, 1)),),
            "Dr. Lee",
            dt.date(2025, 1, 2),
            "0.5 mm, once a week",
            3,
        ),
        Person("a2"),
        Device("b1", DeviceKind.PEN, "pen", "a1", DepthMeaning.DIAL_SETTING, Depth(150), 12, None, "blue"),
        Cartridge("c1", "b1", "L1", Depth(150), 12, dt.date(2027, 1, 1), day, None, ""),
        Session(
            "d1",
            "a1",
            day,
            dt.time(21, 30),
            60,
            Setting.HOME,
            DeviceKind.PEN,
            "b1",
            "c1",
            3,
            (ZonePass(Zone.HAIRLINE, Depth(25), 4), ZonePass(Zone.CROWN, Depth(150))),
            Pressure.LIGHT,
            Endpoint.PINPOINT_BLEEDING,
            NeedleState.NEW_STERILE,
            False,
            True,
            frozenset({SkinSign.SUNBURN}),
            (DatedCondition(Condition.HAIR_TRANSPLANT, dt.date(2020, 6, 7)),),
            (Topical(Product.MINOXIDIL, -720), Topical(Product.MINOXIDIL, 1440)),
            True,
            Reaction(90, frozenset({ReactionSign.LUMPS}), 0),
            "first\nsecond",
            GivenVerdict("2026.1", Severity.WARNING, "[]"),
        ),
        Session("d2", "a2", dt.date(2026, 2, 2), topicals=(), skin_signs=frozenset()),
        SheddingRecord(
            "e1", "a1", day, SheddingMethod.COMB_60S, 0, True, 2, HairLength.LONG, 0, 3, 1, "dyed", "", "d1"
        ),
        SheddingRecord("e2", "a2", day, SheddingMethod.DAY_TOTAL),
        LifeEvent("f1", "a1", EventKind.CHILDBIRTH, day, dt.date(2026, 2, 3), "a girl"),
        AgreedLimit("g1", "a1", "interval", "days", 10, "Dr. Lee", day, None, ""),
        Acknowledgement(
            "h1", "a1", "d1", "depth", Severity.WARNING, "{}", Reason.ONE_OFF, "", dt.datetime(2026, 2, 1, 21, 45)
        ),
        Routine(
            "i1",
            "a1",
            day,
            14,
            Setting.HOME,
            (ZonePass(Zone.HAIRLINE, Depth(25), 4), ZonePass(Zone.CROWN, Depth(50))),
            dt.date(2026, 12, 31),
            "from spring on",
        ),
        Routine("i2", "a2", dt.date(2026, 2, 2), 7, None, ()),
        PlannedSession(
            "j1",
            "a1",
            dt.date(2026, 3, 1),
            Setting.SUPERVISED,
            (ZonePass(None, Depth(150)), ZonePass(Zone.TEMPLE_LEFT, None, 2)),
            DeviceKind.PEN,
            "with Dr. Lee",
        ),
        PlannedSession("j2", "a2", dt.date(2026, 2, 9), None, ()),
        Trashed("k1", "a1", dt.datetime(2026, 2, 3, 8, 15), "session of 31 January 2026", _DELETED),
        Trashed("k2", None, dt.datetime(2026, 2, 4), "roller “old”", ""),
    ]


def main() -> None:
    """Make the file, unless it is there."""
    path = Path(__file__).with_name(f"{LATEST}.sqlite")
    if path.exists():
        sys.exit(f"{path.name} is there already; a released file never changes.")
    with Database.open(path) as database:
        database.apply(Edit.adding("make", records()))


if __name__ == "__main__":
    main()
