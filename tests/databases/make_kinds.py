"""Make logbook files of the newest schema that later versions must still open: empty, large, odd texts, edge dates.

Beside each lies what the program of that day exported from it, as JSON, which leaves out the trash. Run once for each
released schema, then never again for it.

    PYTHONPATH=.:tests .venv/bin/python tests/databases/make_kinds.py
"""

import datetime as dt
import gzip
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from faults.inventing import ODD_TEXTS, Inventor

from logbook.domain.edit import Edit, Record
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import EARLIEST_DATE, Session
from logbook.domain.trash import Trashed
from logbook.services.journal import Journal
from logbook.services.logbook_json import write_logbook
from logbook.storage.database import Database
from logbook.storage.header import LATEST

SESSIONS = 800


def empty() -> list[Record]:
    return []


def large() -> list[Record]:
    inventor = Inventor(1, nul=False)
    people = [inventor.person() for _ in range(2)]
    sessions = [replace(inventor.session(people[n % 2].id), notes=f"session {n}") for n in range(SESSIONS)]
    shedding = [replace(inventor.shedding(one.person_id, one.id), notes="") for one in sessions[::4]]
    return [*people, *sessions, *shedding]


def odd() -> list[Record]:
    inventor = Inventor(2)
    records: list[Any] = []
    for text in (*ODD_TEXTS, "a \0 NUL"):
        person, device = replace(inventor.person(), name=text, advice=text, advice_from=text), inventor.device()
        session = replace(inventor.session(person.id), notes=text)
        shedding = replace(inventor.shedding(person.id, session.id), notes=text, excluded_because=text)
        said = replace(inventor.acknowledgement(session), rule=text, facts=text, words=text)
        limit = replace(inventor.limit(person.id), rule=text, parameter=text, agreed_with=text, notes=text)
        cartridge = replace(inventor.cartridge(device), lot=text, notes=text)
        records += [person, replace(device, name=text, notes=text), cartridge, session, shedding, said, limit]
        records += [replace(make(person.id), notes=text) for make in (inventor.event, *_planned(inventor))]
        if LATEST >= "0003":
            records.append(Trashed(f"t{person.id[1:]}", person.id, dt.datetime(2026, 2, 28, 23, 59, 59), text, text))
    return records


def edges() -> list[Record]:
    days = (EARLIEST_DATE, dt.date(1999, 12, 31), dt.date(2000, 2, 29), dt.date(2024, 2, 29), dt.date(2026, 3, 29))
    times = (None, dt.time.min, dt.time(2, 30), dt.time(23, 59, 59, 999_999))
    offsets = (None, 0, -1080, 1080, 345)
    records: list[Record] = [
        Person("first", birth_date=dt.date.min, advice_on=dt.date.max, colour=1),
        Person("leap", birth_date=dt.date(1904, 2, 29), colour=8),
    ]
    for number, day in enumerate(days):
        for place, time in enumerate(times):
            offset = offsets[(number + place) % len(offsets)]
            records.append(Session(f"s{number}{place}", "first", day, time, offset))
        inventor = Inventor(100 + number)
        records.append(LifeEvent(f"e{number}", "leap", inventor.event("leap").kind, day, day))
        records += [make("leap") for make in _planned(inventor)]
    return records


def _planned(inventor: Inventor) -> list[Any]:
    """Return what makes the plans, which there are since the second schema."""
    return [inventor.routine, inventor.plan] if LATEST >= "0002" else []


def main() -> None:
    """Make the files, unless they are there."""
    for make in (empty, large, odd, edges):
        path = Path(__file__).parent / make.__name__ / f"{LATEST}.sqlite"
        if path.exists():
            sys.exit(f"{path} is there already; a released file never changes.")
        with Database.open(path) as database:
            database.apply(Edit.adding("make", make()))
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "out.json"
                write_logbook(_Bare(database).everything(), out)
                path.with_suffix(".json.gz").write_bytes(gzip.compress(out.read_bytes(), mtime=0))


class _Bare(Journal):
    """A journal that adds no person to a file without any."""

    def __init__(self, database: Database) -> None:
        self._database = database


if __name__ == "__main__":
    main()
