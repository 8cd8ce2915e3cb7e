"""What a person does most, with ten thousand sessions behind them, each against its floor in the same run."""

import itertools
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from builders import TODAY, a_session
from PySide6.QtCore import Qt

from logbook.domain.edit import Edit
from logbook.domain.history import History
from logbook.domain.session import Session, Topical, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Product, SheddingMethod, Zone
from logbook.guidance.judge import judge
from logbook.guidance.rule import Case, Rules
from logbook.services.journal import Journal
from logbook.services.overview import look_over
from logbook.ui.pages.overview_page import OverviewPage
from logbook.ui.pages.session_model import COLUMNS, SessionModel
from logbook.ui.store import Store


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def test_a_save_against_one_raw_commit(store: Store, tmp_path: Path, benchmark: Callable[..., None]) -> None:
    """The raw commit writes the same rows with the same pragmas into a file beside."""
    raw = sqlite3.connect(tmp_path / "raw.sqlite", isolation_level=None)
    raw.executescript(
        "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
        "CREATE TABLE session (id TEXT PRIMARY KEY, date TEXT, setting TEXT, device TEXT, notes TEXT);"
        "CREATE TABLE session_zone (session_id TEXT, zone TEXT, depth INTEGER, PRIMARY KEY (session_id, zone));"
        "CREATE TABLE session_topical (session_id TEXT, product TEXT, minutes INTEGER)"
    )

    def raw_commit() -> None:
        key = new_id()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO session VALUES (?, '2026-06-30', 'home', 'roller', '')", (key,))
        raw.execute("INSERT INTO session_zone VALUES (?, 'crown', 25)", (key,))
        raw.execute("INSERT INTO session_topical VALUES (?, 'minoxidil', 1440)", (key,))
        raw.execute("COMMIT")

    def save() -> None:
        session = a_session(
            TODAY,
            person_id=store.person.id,
            zones=(ZonePass(Zone.CROWN, Depth(25)),),
            topicals=(Topical(Product.MINOXIDIL, 1440),),
        )
        assert store.do(Edit.adding("add", (session,)))

    with closing(raw):
        floor, own = [], []
        for _ in range(40):
            floor.append(seconds(raw_commit))
            own.append(seconds(save))
    benchmark.extra_info |= {"ratio": statistics.median(own) / statistics.median(floor)}
    benchmark(save)


def test_a_live_verdict(many: list[Session], rules: Rules, benchmark: Callable[..., None]) -> None:
    history = History(many)
    draft = a_session(TODAY, 150)
    benchmark.extra_info |= {"goal": "2 ms median"}
    benchmark(lambda: judge(rules, Case(draft, history)))


def test_judging_ten_thousand_from_cold(many: list[Session], rules: Rules, benchmark: Callable[..., None]) -> None:
    def all_of_them() -> None:
        history = History(many)
        for session in many:
            judge(rules, Case(session, history))

    benchmark.extra_info |= {"goal": "1.5 s"}
    benchmark.pedantic(all_of_them, rounds=3)


def test_sorting_ten_thousand_rows(store: Store, benchmark: Callable[..., None]) -> None:
    model = SessionModel(store)
    for session in store.judged.history:
        store.judged.verdict(session)
    orders = itertools.cycle((Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder))
    slowest = {
        column.title: max(seconds(lambda at=place: model.sort(at, next(orders))) for _ in range(2))
        for place, column in enumerate(COLUMNS)
    }
    benchmark.extra_info |= {"goal": "100 ms", **{title: f"{one * 1000:.0f} ms" for title, one in slowest.items()}}
    by_interval = next(place for place, column in enumerate(COLUMNS) if column.name == "interval")
    benchmark(lambda: model.sort(by_interval, next(orders)))


def test_opening_against_raw_tuples(journal: Journal, large_file: Path, benchmark: Callable[..., None]) -> None:
    def raw_rows() -> list[object]:
        with closing(sqlite3.connect(large_file)) as raw:
            tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return [raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables if name.startswith("session")]

    floor = [seconds(raw_rows) for _ in range(7)]
    own = [seconds(lambda: journal.all(Session)) for _ in range(7)]
    benchmark.extra_info |= {"ratio": statistics.median(own) / statistics.median(floor)}
    assert len(journal.all(Session)) >= len(raw_rows()[0]) > 0
    benchmark.pedantic(lambda: journal.all(Session), rounds=3)


def test_one_more_session_in_the_table(store: Store, benchmark: Callable[..., None]) -> None:
    """From a save to rows that are right again, with the table sorted by date."""
    SessionModel(store)
    for session in store.judged.history:
        store.judged.verdict(session)
    last = store.judged.history.last
    assert last is not None
    benchmark(lambda: store.do(Edit.adding("add", (replace(last, id=new_id()),))))


def test_the_overview_of_all_of_them(store: Store, benchmark: Callable[..., None]) -> None:
    """From an edit to what the overview says of it, with four thousand counts beside the sessions."""
    for record in store.judged:
        store.judged.verdict(record)
    counts = [
        SheddingRecord(
            new_id(), store.person.id, TODAY - timedelta(days=back), SheddingMethod.DAY_TOTAL, 60 + back % 40
        )
        for back in range(4_000)
    ]
    for count in counts:
        store.judged.add(count)
    for record in store.judged:
        store.judged.verdict(record)
    page = OverviewPage(store)
    page.resize(1200, 800)
    page.show()
    told = seconds(lambda: look_over(store.judged, (), TODAY))
    benchmark.extra_info |= {"goal": "50 ms", "look_over": f"{told * 1000:.0f} ms"}
    benchmark(page._forget)
    assert page.overview is not None
    assert page.overview.open is not None
    assert page.overview.shedding is not None
