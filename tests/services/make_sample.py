"""Makes the sample files: eleven made-up months of needling and counting, the same on every run.

Run it with ``python tests/services/make_sample.py`` where the program is installed.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

from logbook.assets import find
from logbook.domain.session import Reaction, Session, Topical, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    Setting,
    SheddingMethod,
    Zone,
)
from logbook.services.sessions_csv import write_sessions
from logbook.services.shedding_csv import write_shedding

FOLDER = find("sample")
FIRST = date(2025, 12, 14)
LAST = date(2026, 11, 15)
PERSON = "made-up"

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
    # Impatience: deeper, and days instead of weeks apart.
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
    163: "tried the longer needles",
    166: "bled at the crown",
    169: "tender for days, will pause now",
    205: "back to the short needles after five weeks",
    247: "foam on right after, it stung",
    311: "the 0.5 mm roller again",
    336: "left the crown alone",
}
MINOXIDIL_TOO_EARLY = 247
BARELY_RECORDED = (75, 226, 290)  # days on which little more than the date was written down
USES_OF_A_ROLLER = 7


def sessions() -> Iterator[Session]:
    """Go through the sessions of the sample."""
    chance = Random(20261115)
    use, last_depth = 0, 0
    for days, depth, zones in PLAN:
        use = 1 if depth != last_depth or use == USES_OF_A_ROLLER else use + 1
        last_depth = depth
        session = _session(chance, days, depth, zones.split(), use)
        yield _barely(session) if days in BARELY_RECORDED else session


def counts() -> Iterator[SheddingRecord]:
    """Go through the shedding records of the sample."""
    chance = Random(11152026)
    day, number = FIRST + timedelta(days=1), 0
    while day <= LAST:
        number += 1
        yield SheddingRecord(
            new_id(),
            PERSON,
            day,
            SheddingMethod.COMB_60S,
            None if number == 23 else max(2, round(chance.gauss(_usual(day), 2.2))),
            days_since_wash=chance.choice((1, 2, 2, 3)),
            notes={1: "first count", 23: "dropped the comb, not counted", 49: "more than usual"}.get(number, ""),
        )
        if number % 15 == 0:
            heavy = day >= date(2026, 9, 1)
            yield SheddingRecord(new_id(), PERSON, day + timedelta(days=2), SheddingMethod.ESTIMATE, 2 if heavy else 1)
        day += timedelta(days=chance.choice((5, 5, 6, 6, 6)))


def write(folder: Path) -> None:
    """Write both files into *folder*."""
    write_sessions(sessions(), folder / "sessions.csv")
    write_shedding(counts(), folder / "shedding.csv")


def _session(chance: Random, days: int, depth: int, zones: list[str], use: int) -> Session:
    is_deep = depth >= 100
    redness = chance.choice((30, 48, 60)) if is_deep else chance.choice((2, 3, 4, 6, 8, 12))
    hours = 2 if days == MINOXIDIL_TOO_EARLY else 48 if is_deep else chance.choice((24, 24, 36))
    return Session(
        new_id(),
        PERSON,
        FIRST + timedelta(days=days),
        time=time(chance.choice((19, 20, 21)), chance.choice((0, 10, 15, 30, 45))),
        setting=Setting.HOME,
        device=DeviceKind.ROLLER,
        zones=tuple(ZonePass(Zone(zone), Depth(depth), 6 if is_deep else chance.choice((4, 5))) for zone in zones[:1])
        + tuple(ZonePass(Zone(zone), Depth(depth), 4) for zone in zones[1:]),
        pressure=Pressure.MODERATE if is_deep else Pressure.LIGHT,
        endpoint=Endpoint.PINPOINT_BLEEDING if is_deep else Endpoint.ERYTHEMA,
        needle_state=NeedleState.NEW_STERILE if use == 1 else NeedleState.DISINFECTED,
        needle_use=use,
        needle_shared=False,
        skin_signs=frozenset(),
        conditions=(),
        topicals=(Topical(Product.MINOXIDIL, hours * 60),),
        washed_before=True,
        reaction=Reaction(redness * 60, frozenset()),
        notes=NOTES.get(days, ""),
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
    """Return how many hairs a count has about that day: a little more in late summer and autumn."""
    is_autumn = date(2026, 8, 20) <= day <= date(2026, 10, 25)
    is_sore = date(2026, 6, 1) <= day <= date(2026, 7, 5)
    return 11 + (6 if is_autumn else 0) + (4 if is_sore else 0)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    write(FOLDER)
    sys.stdout.write(f"written to {FOLDER}\n")
