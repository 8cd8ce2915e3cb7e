"""A clinic's file: showing another person, against the same in a file of two, in turns; and what is held in memory."""

import itertools
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Record
from logbook.domain.person import Person
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import DeviceKind, Setting, SheddingMethod, Zone
from logbook.guidance.rule import Rules
from logbook.services.journal import open_journal
from logbook.start import Program
from logbook.ui.pages.logbook_pages import PAGES
from logbook.ui.store import Store

PEOPLE, SESSIONS, COUNTS, PENS, CARTRIDGES = 1_000, 100, 50, 5, 300
ROUNDS = 9


def records_of(people: int) -> Iterator[Record]:
    """Go through *people* with a hundred sessions each, who share the pens and cartridges of a clinic."""
    chance = random.Random(2026)
    pens = [Device(new_id(), DeviceKind.PEN, f"Pen {number}") for number in range(PENS)]
    heads = [Cartridge(new_id(), pens[number % PENS].id, f"L{number // 50}") for number in range(CARTRIDGES)]
    yield from (*pens, *heads)
    for number in range(people):
        person = Person(new_id(), f"Person {number}", colour=1 + number % 8)
        roller = Device(new_id(), DeviceKind.ROLLER, "Roller", person_id=person.id)
        yield from (person, roller)
        for back in range(SESSIONS):
            day = TODAY - timedelta(days=14 * back + number % 14)
            mine = {"person_id": person.id, "zone": chance.choice((Zone.CROWN, Zone.HAIRLINE, Zone.MID_SCALP))}
            if back % 3:
                yield a_session(day, 25, device_id=roller.id, needle_use=1 + back % 10, **mine)
            else:
                head = chance.choice(heads) if number % 50 == 0 else None
                device = {"device": DeviceKind.PEN, "setting": Setting.SUPERVISED}
                device |= {"device_id": head.device_id if head else pens[0].id, "cartridge_id": head and head.id}
                yield a_session(day, 50, **mine, **device)
            if back < COUNTS:
                yield SheddingRecord(new_id(), person.id, day, SheddingMethod.COMB_60S, 20 + chance.randrange(20))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> dict[int, Path]:
    """Return a file of two people and one of a clinic, by the number of people."""
    made = {}
    for people in (2, PEOPLE):
        made[people] = tmp_path_factory.mktemp("people") / "logbook.sqlite"
        journal = open_journal(made[people], rules)
        journal.apply(Edit.removing("blank", journal.all(Person)))
        journal.apply(Edit.adding("all", list(records_of(people))))
        journal.close()
    return made


def rest() -> None:
    """Let everything that waits be done, and what is no more be gone."""
    until = time.perf_counter() + 0.6
    while time.perf_counter() < until:
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def programs(files: dict[int, Path], qapp: QApplication) -> Iterator[dict[int, Program]]:
    opened = {people: Program(qapp, path) for people, path in files.items()}
    rest()
    yield opened
    for program in opened.values():
        program.desk.close()
        program.window.deleteLater()


def switch(program: Program, person: Person) -> float:
    """Return the seconds until *person* is shown and painted."""
    started = time.perf_counter()
    program.desk.people.show(person)
    program.window.repaint()
    return time.perf_counter() - started


@pytest.mark.parametrize("page", PAGES)
def test_showing_another_person(page: str, programs: dict[int, Program], benchmark: Callable[..., None]) -> None:
    taken: dict[int, list[float]] = {people: [] for people in programs}
    places = itertools.count(1, 7)
    for program in programs.values():
        program.window.pages.show_page(page)
        rest()
    for _ in range(ROUNDS):
        place = next(places)
        for people, program in programs.items():
            there = program.window.store.people()
            taken[people].append(switch(program, there[place % len(there)]))
            rest()
    benchmark.extra_info |= {
        "goal": "150 ms",
        "ms": round(1000 * statistics.median(taken[PEOPLE])),
        "slowest": round(1000 * max(taken[PEOPLE])),
        "ratio": statistics.median(taken[PEOPLE]) / statistics.median(taken[2]),
    }
    benchmark(lambda: None)


def held(path: Path, rules: Rules) -> int:
    """Return the bytes of Python's memory that a store of the file at *path* holds."""
    journal = open_journal(path, rules)
    tracemalloc.start()
    store = Store(journal, today=lambda: TODAY)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    store.judging.stop()
    journal.close()
    return size


def test_memory_does_not_grow_with_the_others(
    files: dict[int, Path], rules: Rules, qapp: QApplication, benchmark: Callable[..., None]
) -> None:
    held(files[2], rules)  # what is imported and remembered once
    alone, clinic = held(files[2], rules), held(files[PEOPLE], rules)
    benchmark.extra_info |= {"goal": "who they are, no more", "alone": alone, "clinic": clinic}
    benchmark.extra_info["bytes for each of the others"] = (clinic - alone) / (PEOPLE - 2)
    benchmark(lambda: None)
