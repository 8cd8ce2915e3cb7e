"""Makes the sample logbook: eleven made-up months of a person who needles and counts, the same on every run.

Run it with ``python tests/services/make_sample.py`` where the program is installed.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

from logbook.assets import find
from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Record
from logbook.domain.person import AgreedLimit, LifeEvent, Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import Reaction, RecordId, Session, Topical, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    DepthMeaning,
    DeviceKind,
    Endpoint,
    EventKind,
    NeedleState,
    Pressure,
    Product,
    Setting,
    Sex,
    SheddingMethod,
    Zone,
)
from logbook.services.logbook_json import write_logbook

FILE = find("sample") / "logbook.json"
FIRST = date(2025, 12, 14)
LAST = date(2026, 11, 15)
COUNTING_FROM = FIRST - timedelta(days=28)
ILL = (date(2026, 6, 20), date(2026, 7, 1))
SHEDS_MORE = (date(2026, 9, 1), date(2026, 10, 20))
AWAY = tuple(date(2026, 2, 12) + timedelta(days=days) for days in range(26))  # the comb stayed at home


def an_id(kind: int, number: int = 0) -> RecordId:
    """Return the id of a record: always the same, and in the order in which the records were made."""
    return f"{kind:016x}{number:016x}"


PERSON = Person(
    an_id(1),
    name="Robin Sample",
    birth_date=date(1991, 3, 8),
    sex=Sex.MALE,
    thinning_zones=frozenset({Zone.CROWN, Zone.HAIRLINE, Zone.MID_SCALP}),
    conditions=(),
)
FINE, MIDDLE, LONG = (
    Device(
        an_id(2, number),
        DeviceKind.ROLLER,
        name,
        PERSON.id,
        DepthMeaning.NEEDLE_LENGTH,
        needle_length=Depth(length),
        needle_count=540,
    )
    for number, (name, length) in enumerate((("Green roller", 25), ("Blue roller", 30), ("Red roller", 50)))
)
PEN = Device(an_id(2, 3), DeviceKind.PEN, "Pen", PERSON.id, DepthMeaning.DIAL_SETTING)
ROLLERS = {25: FINE, 30: MIDDLE, 50: LONG}
SPENT = Cartridge(
    an_id(3, 0),
    PEN.id,
    "C-2217",
    needle_count=12,
    expires_on=date(2027, 5, 31),
    opened_on=FIRST + timedelta(days=163),
    retired_on=FIRST + timedelta(days=166),
)
LEFT = Cartridge(
    an_id(3, 1),
    PEN.id,
    "C-2304",
    needle_count=12,
    expires_on=LAST - timedelta(days=15),
    opened_on=FIRST + timedelta(days=169),
)

# Days after the first session, depth in hundredths of a millimetre, zones.
PLAN = (
    (0, 25, "crown"),
    (10, 25, "crown hairline"),
    (21, 25, "crown hairline"),
    (31, 30, "crown hairline"),
    (42, 30, "crown mid_scalp"),
    (52, 30, "crown hairline"),
    (63, 30, "crown hairline mid_scalp"),
    (75, 30, "crown hairline mid_scalp"),
    (86, 50, "crown"),
    (100, 50, "crown hairline"),
    (114, 50, "crown mid_scalp"),
    (129, 50, "crown hairline mid_scalp"),
    (143, 50, "crown hairline mid_scalp"),
    (157, 50, "crown"),
    # Impatience: deeper, with a pen, and days instead of weeks apart.
    (163, 100, "crown"),
    (166, 150, "crown"),
    (169, 150, "crown hairline"),
    (205, 25, "crown"),
    (216, 25, "crown hairline"),
    (226, 25, "crown hairline"),
    (237, 30, "crown hairline"),
    (247, 30, "crown mid_scalp"),
    (258, 30, "crown hairline"),
    (269, 30, "crown hairline mid_scalp"),
    (279, 30, "crown hairline"),
    (290, 30, "crown mid_scalp"),
    (301, 30, "crown hairline"),
    (311, 50, "crown"),
    (325, 50, "crown hairline"),
    (336, 30, "hairline mid_scalp"),
)
NOTES = {
    0: "first time, took it slowly",
    21: "hardly felt it",
    52: "hair washed the evening before",
    86: "new roller, 0.5 mm",
    129: "a bit sore at the hairline, gone by the morning",
    163: "tried the pen, and longer needles",
    166: "bled at the crown",
    169: "tender for days, will pause now",
    205: "back to the short needles after five weeks",
    311: "the 0.5 mm roller again, bled a little",
    325: "foam on right after, it stung",
    336: "left the crown alone",
}
BLED_A_LITTLE = 311
MINOXIDIL_TOO_EARLY = 325
BARELY_RECORDED = (75, 226, 290)  # days on which little more than the date was written down


def records() -> Iterator[Record]:
    """Go through everything in the sample, parents before children."""
    done = list(sessions())
    yield from (PERSON, FINE, MIDDLE, LONG, PEN, SPENT, LEFT)
    yield from done
    yield from linked(counts(), done)
    yield LifeEvent(an_id(6), PERSON.id, EventKind.ILLNESS, *ILL, notes="flu, a week in bed")
    agreed, until = FIRST + timedelta(days=80), FIRST + timedelta(days=170)
    yield AgreedLimit(
        an_id(7), PERSON.id, "D01", "over", 50, "Dr Example", agreed, until, "For the crown, until it is seen again."
    )
    zones = tuple(ZonePass(zone, Depth(30)) for zone in (Zone.CROWN, Zone.HAIRLINE, Zone.MID_SCALP))
    yield Routine(an_id(8), PERSON.id, FIRST + timedelta(days=237), 10, Setting.HOME, zones)
    yield PlannedSession(an_id(9), PERSON.id, LAST + timedelta(days=10), Setting.HOME, zones, DeviceKind.ROLLER)


def sessions() -> Iterator[Session]:
    """Go through the sessions."""
    chance = Random(20261115)
    uses: Counter[RecordId] = Counter()
    for number, (days, depth, zones) in enumerate(PLAN):
        needles = ROLLERS.get(depth) or (LEFT if days == 169 else SPENT)
        uses[needles.id] += 1
        session = _session(chance, an_id(4, number), days, depth, zones.split())
        session = _with(session, needles, uses[needles.id])
        yield _barely(session) if days in BARELY_RECORDED else session


def counts() -> Iterator[SheddingRecord]:
    """Go through the shedding records: a baseline before the first session, and more from two months after the flu."""
    chance = Random(2026)
    day, number = COUNTING_FROM, 0
    while day <= LAST:
        number += 1
        notes = {1: "first count", 23: "dropped the comb, not counted"}.get(number, "")
        value = None if number == 23 else max(2, round(chance.gauss(_usual(day), 2.2)))
        washed = chance.choice((1, 2, 2, 3))
        yield SheddingRecord(
            an_id(5, 2 * number), PERSON.id, day, SheddingMethod.COMB_60S, value, days_since_wash=washed, notes=notes
        )
        if number % 20 == 0:
            seen = 2 if day >= SHEDS_MORE[0] else 1
            later = day + timedelta(days=2)
            yield SheddingRecord(an_id(5, 2 * number + 1), PERSON.id, later, SheddingMethod.ESTIMATE, seen)
        day += timedelta(days=3 if day < FIRST else chance.choice((3, 4, 4)))
        if day in AWAY:
            day = AWAY[-1]


def linked(counted: Iterable[SheddingRecord], done: Iterable[Session]) -> Iterator[SheddingRecord]:
    """Tie the first record of a session's day to the session, as if they had been written together."""
    by_day = {session.date: session.id for session in done}
    for record in counted:
        yield replace(record, session_id=by_day.pop(record.date, None))


def write(file: Path) -> None:
    """Write the sample to *file*."""
    write_logbook(records(), file)


def _session(chance: Random, record_id: RecordId, days: int, depth: int, zones: list[str]) -> Session:
    is_deep = depth >= 100
    redness = chance.choice((30, 48, 60)) if is_deep else chance.choice((2, 3, 4, 6, 8, 12))
    passes = 6 if is_deep else chance.choice((4, 5))
    bled = is_deep or days == BLED_A_LITTLE
    hours = 2 if days == MINOXIDIL_TOO_EARLY else 48 if is_deep else chance.choice((24, 24, 36))
    return Session(
        record_id,
        PERSON.id,
        FIRST + timedelta(days=days),
        time=time(chance.choice((19, 20, 21)), chance.choice((0, 10, 15, 30, 45))),
        setting=Setting.HOME,
        zones=tuple(ZonePass(Zone(zone), Depth(depth), passes) for zone in zones),
        pressure=Pressure.MODERATE if is_deep else Pressure.LIGHT,
        endpoint=Endpoint.PINPOINT_BLEEDING if bled else Endpoint.ERYTHEMA,
        needle_shared=False,
        skin_signs=frozenset(),
        conditions=(),
        topicals=(Topical(Product.MINOXIDIL, hours * 60),),
        washed_before=True,
        reaction=Reaction(redness * 60, frozenset()),
        notes=NOTES.get(days, ""),
    )


def _with(session: Session, needles: Device | Cartridge, use: int) -> Session:
    """Return *session* as done with *needles*, as the use of that number."""
    return replace(
        session,
        device=needles.kind if isinstance(needles, Device) else PEN.kind,
        device_id=needles.id if isinstance(needles, Device) else PEN.id,
        cartridge_id=needles.id if isinstance(needles, Cartridge) else None,
        needle_use=use,
        needle_state=NeedleState.NEW_STERILE if use == 1 else NeedleState.DISINFECTED,
    )


def _barely(session: Session) -> Session:
    return replace(
        session,
        time=None,
        pressure=None,
        endpoint=None,
        needle_state=None,
        skin_signs=None,
        conditions=None,
        topicals=None,
        washed_before=None,
        reaction=Reaction(),
    )


def _usual(day: date) -> float:
    """Return how many hairs a count has about that day."""
    is_sore = date(2026, 6, 1) <= day <= date(2026, 7, 5)
    return 30 if SHEDS_MORE[0] <= day <= SHEDS_MORE[1] else 14 if is_sore else 11


if __name__ == "__main__":
    write(FILE)
    sys.stdout.write(f"written to {FILE}\n")
