"""The Warnings page over ten thousand sessions, each step against a bare table of the same words in the same run."""

import itertools
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import QAbstractTableModel, QEvent, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.domain.session import ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Reason, Severity, Zone
from logbook.guidance.rule import Rules
from logbook.services.findings import Answer, acknowledge
from logbook.services.journal import open_journal
from logbook.ui.pages.warning_rows import COLUMNS, Show
from logbook.ui.pages.warnings_page import WarningsPage
from logbook.ui.store import Store

SESSIONS, DAYS = 10_000, 10_000  # one a day: some 20,000 findings
ROUNDS = 9


class BareModel(QAbstractTableModel):
    """The least that could show the same words."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: object = None) -> int:  # noqa: N802
        return len(self.rows)

    def columnCount(self, parent: object = None) -> int:  # noqa: N802
        return len(COLUMNS)

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def show_rows(self, rows: list[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    QApplication.processEvents()
    return time.perf_counter() - started


def settle(done: Callable[[], bool]) -> None:
    while not done():
        QApplication.processEvents()


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, rules: Rules, qapp: QApplication) -> Store:
    """Ten thousand sessions, all judged, with some 20,000 findings."""
    chance = random.Random(2026)
    journal = open_journal(tmp_path_factory.mktemp("logbook") / "logbook.sqlite", rules)
    person = journal.all(Person)[0]
    zones = (Zone.CROWN, Zone.HAIRLINE, Zone.FRONTAL, Zone.OCCIPITAL, Zone.TEMPLE_LEFT, Zone.TEMPLE_RIGHT)
    sessions = [
        a_session(
            TODAY - timedelta(days=number * DAYS // SESSIONS),
            person_id=person.id,
            zones=(ZonePass(chance.choice(zones), Depth(chance.choice((25, 30, 50, 60)))),),
        )
        for number in range(SESSIONS)
    ]
    journal.apply(Edit.adding("all", sessions))
    store = Store(journal, today=lambda: TODAY)
    settle(lambda: store.judging.is_settled)
    return store


@pytest.fixture(scope="module")
def words(judged: Store) -> list[tuple[str, ...]]:
    page = shown(judged)
    page.filters.show_everything()
    cells = [row.cells for row in page.model.chosen.rows]
    put_away(page)
    return cells


def shown(store: Store) -> WarningsPage:
    page = WarningsPage(store)
    page.resize(1400, 900)
    page.show()
    page.repaint()
    return page


def bare(words: list[tuple[str, ...]]) -> QTableView:
    table = QTableView()
    table.setModel(BareModel(words))
    table.resize(1400, 900)
    table.show()
    table.repaint()
    return table


def put_away(widget: QWidget) -> None:
    """Delete *widget* now, so that it takes no time of what is timed next."""
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_and_close(make: Callable[[], QWidget]) -> float:
    """Return the seconds from nothing to what is painted."""
    made: list[QWidget] = []
    taken = seconds(lambda: made.append(make()))
    put_away(made[0])
    return taken


def test_opening_the_page(judged: Store, words: list[tuple[str, ...]], benchmark: Callable[..., None]) -> None:
    floor, own = [], []
    for _ in range(ROUNDS):
        floor.append(open_and_close(lambda: bare(words)))
        own.append(open_and_close(lambda: shown(judged)))
    benchmark.extra_info |= {
        "goal": "300 ms",
        "findings": len(words),
        "least": min(own),
        "ratio": statistics.median(own) / statistics.median(floor),
    }
    benchmark.pedantic(lambda: open_and_close(lambda: shown(judged)), rounds=3)


def test_searching_and_filtering(judged: Store, words: list[tuple[str, ...]], benchmark: Callable[..., None]) -> None:
    """The floor searches the same words, put together before, in one list, and shows what is found."""
    page, table = shown(judged), bare(words)
    settle(lambda: page.model.is_worded)
    page.filters.show_everything()
    searched = [("\n".join(cells).casefold(), cells) for cells in words]
    model = table.model()
    assert isinstance(model, BareModel)
    filters, queries = page.filters, itertools.cycle(("crown 0.6", "rest at home", "i01", ""))
    steps: dict[str, Callable[[], object]] = {
        "search": lambda: filters.search.setText(next(queries)),
        "severity": filters.chips[Severity.WARNING].click,
        "family": lambda: filters.family_box.setCurrentIndex(2 - filters.family_box.currentIndex()),
        "dates": lambda: filters.dates_box.setCurrentIndex(2 - filters.dates_box.currentIndex()),
        "state": lambda: filters.show_box.set_value(next(states)),
    }
    states = itertools.cycle((Show.OPEN, Show.PAST, Show.ALL))
    slowest = {name: max(seconds(step) for _ in range(12)) for name, step in steps.items()}
    floor, own = [], []
    for query in itertools.islice(itertools.cycle(("crown 0.6", "rest at home", "i01", "")), 40):
        asked = query.split()
        floor.append(
            seconds(
                lambda asked=asked: model.show_rows([c for text, c in searched if all(one in text for one in asked)])
            )
        )
        own.append(seconds(lambda query=query: filters.search.setText(query)))
    benchmark.extra_info |= {
        "goal": "50 ms",
        "ratio": statistics.median(own) / statistics.median(floor),
        **{f"slowest {name}": f"{taken * 1000:.0f} ms" for name, taken in slowest.items()},
    }
    benchmark(lambda: filters.search.setText(next(queries)))
    put_away(page)
    put_away(table)


def test_the_first_search_before_the_words_are_made(judged: Store, benchmark: Callable[..., None]) -> None:
    """Nobody types so soon; the words are made in between, and the page stays quick while they are."""

    def ready() -> tuple[tuple[WarningsPage], dict[str, object]]:
        return (shown(judged),), {}

    def search(page: WarningsPage) -> None:
        page.filters.search.setText("crown")

    page = shown(judged)
    benchmark.extra_info |= {"all words": f"{seconds(lambda: settle(lambda: page.model.is_worded)) * 1000:.0f} ms"}
    put_away(page)
    benchmark.pedantic(search, setup=ready, teardown=put_away, rounds=5)


def test_acknowledging_one(judged: Store, benchmark: Callable[..., None]) -> None:
    """From the button to rows that are right again, written and undone in turns."""
    page = shown(judged)
    settle(lambda: page.model.is_worded)

    def there_and_back() -> None:
        assert judged.do(acknowledge([page.table.chosen[0].finding], Answer(Reason.ONE_OFF)))
        assert judged.undo()

    benchmark(there_and_back)
    put_away(page)


def test_sorting_findings(judged: Store, benchmark: Callable[..., None]) -> None:
    page = shown(judged)
    settle(lambda: page.model.is_worded)
    page.filters.show_everything()
    orders = itertools.cycle((Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder))
    slowest = {
        column.title: max(seconds(lambda at=place: page.table.sortByColumn(at, next(orders))) for _ in range(2))
        for place, column in enumerate(COLUMNS)
    }
    benchmark.extra_info |= {"goal": "100 ms", **{title: f"{one * 1000:.0f} ms" for title, one in slowest.items()}}
    benchmark(lambda: page.table.sortByColumn(2, next(orders)))
    put_away(page)


def test_the_history_is_what_it_says(judged: Store, words: list[tuple[str, ...]]) -> None:
    assert len(judged.judged.history) == SESSIONS
    assert 18_000 < len(words) < 24_000, len(words)
