"""Ten thousand sessions, and the room to time them in."""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_session

from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.domain.session import Session, Topical, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Endpoint, NeedleState, Product, Zone
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Rules
from logbook.services.journal import Journal, open_journal
from logbook.ui.store import Store

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

MANY = 10_000
DECADE = 3_640  # days


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules()


@pytest.fixture(scope="session")
def many() -> list[Session]:
    """Ten thousand sessions of ten years, of three zones and two products each."""
    chance = random.Random(2026)
    sessions = []
    for number in range(MANY):
        zones = chance.sample([Zone.CROWN, Zone.HAIRLINE, Zone.FRONTAL, Zone.MID_SCALP], 3)
        depth = Depth(chance.choice((25, 30, 50, 60, 150)))
        session = a_session(
            TODAY - timedelta(days=DECADE - number * DECADE // MANY),
            endpoint=Endpoint.ERYTHEMA,
            needle_state=NeedleState.DISINFECTED,
            needle_use=3,
            topicals=(Topical(Product.MINOXIDIL, 24 * 60), Topical(Product.SERUM)),
            notes=f"number {number}",
        )
        sessions.append(replace(session, zones=tuple(ZonePass(zone, depth, 6) for zone in zones)))
    return sessions


@pytest.fixture(scope="session")
def keep(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Callable[[list[Session]], Path]:
    """Return a function that writes sessions to a new logbook file and returns its path."""

    def write(sessions: list[Session]) -> Path:
        path = tmp_path_factory.mktemp("logbook") / "logbook.sqlite"
        journal = open_journal(path, rules)
        person = journal.all(Person)[0]
        journal.apply(Edit.adding("all", [replace(session, person_id=person.id) for session in sessions]))
        journal.close()
        return path

    return write


@pytest.fixture(scope="session")
def large_file(keep: Callable[[list[Session]], Path], many: list[Session]) -> Path:
    return keep(many)


@pytest.fixture
def journal(large_file: Path, rules: Rules) -> Iterator[Journal]:
    opened = open_journal(large_file, rules)
    yield opened
    opened.close()


@pytest.fixture
def store(journal: Journal, qapp: object) -> Store:
    return Store(journal, today=lambda: TODAY)
