"""Whole logbooks to look at: an empty one, the made-up person's year, and ten years."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from builders import a_session

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import RecordId, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Endpoint, EventKind, SheddingMethod, Zone
from logbook.guidance.loader import load_rules
from logbook.services.journal import open_journal
from logbook.services.sample import open_sample

_YEARS = 10
_DAYS = _YEARS * 365
_ZONES = (Zone.CROWN, Zone.HAIRLINE, Zone.FRONTAL, Zone.TEMPLE_LEFT, Zone.TEMPLE_RIGHT, Zone.MID_SCALP)
_LONG = "After a long journey, later than usual; the same oil as last time, and none of the other things. " * 3


class Filling(StrEnum):
    """How much is in a logbook."""

    EMPTY = "empty"
    USUAL = "usual"
    TEN_YEARS = "ten-years"


def make_logbook(path: Path, filling: Filling, today: date) -> Path:
    """Make a logbook at *path* that looks as if it had been kept until *today*."""
    rules = load_rules()
    if filling is Filling.USUAL:
        open_sample(path, rules, today).close()
        return path
    journal = open_journal(path, rules)
    if filling is Filling.TEN_YEARS:
        (person,) = journal.all(Person)
        named = Person(person.id, name="Maximiliane-Alexandra von der Hohenstein-Wartenberg")
        records = tuple(_ten_years(person.id, today))
        journal.apply(Edit("fill", (Replacement(person, named), *Edit.adding("", records).replacements)))
    journal.close()
    return path


def _ten_years(me: RecordId, today: date) -> Iterator[Record]:
    """Go through a session a week, a count a day with gaps, and some of everything else, one of each odd."""
    chance = random.Random(2026)
    first = today - timedelta(days=_DAYS)
    roller = Device(new_id(), DeviceKind.ROLLER, "The blue one with the long handle, from the chemist's", me)
    pen = Device(new_id(), DeviceKind.PEN, "pen", me)
    yield from (roller, pen)
    for number in range(_YEARS):
        yield Cartridge(new_id(), pen.id, opened_on=first + timedelta(days=365 * number), lot=f"LOT-{number:04}")
    for day in range(3, _DAYS, 7):
        depth = Depth(chance.choice((25, 30, 50, 50, 100, 150)))
        yield a_session(
            first + timedelta(days=day + chance.randint(0, 2)),
            person_id=me,
            zones=tuple(ZonePass(zone, depth) for zone in chance.sample(_ZONES, chance.choice((1, 1, 2, 6)))),
            device_id=roller.id,
            endpoint=chance.choice(tuple(Endpoint)),
            notes=_LONG if day % 5 == 0 else "",
        )
    for day in range(_DAYS + 1):
        if chance.random() < 0.8:
            on = first + timedelta(days=day)
            yield SheddingRecord(new_id(), me, on, SheddingMethod.DAY_TOTAL, chance.randint(20, 180))
    for number, kind in enumerate(EventKind):
        yield LifeEvent(new_id(), me, kind, first + timedelta(days=180 + 200 * number))
