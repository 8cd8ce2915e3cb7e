"""The sessions beside their routine: only what came early is marked."""

from datetime import timedelta

import pytest
from builders import SAM, TODAY, a_session

from logbook.domain.history import History
from logbook.domain.plan import Routine, compare
from logbook.domain.session import ZonePass
from logbook.domain.vocabulary import Setting, Zone
from logbook.ui.theme import apply_theme, load_theme
from logbook.ui.widgets.lived_table import LivedTable


@pytest.fixture
def table(qtbot, qapp):
    apply_theme(qapp, load_theme("light"))
    table = LivedTable()
    qtbot.addWidget(table)
    start = TODAY - timedelta(days=60)
    routine = Routine("routine", SAM, start, 7, Setting.HOME, (ZonePass(Zone.CROWN),))
    history = History(a_session(start + timedelta(days=day)) for day in (0, 7, 12, 18, 40))
    table.show_lived(compare(routine, history, TODAY), 7)
    return table


def column(table, place):
    return [table.item(row, place).text() for row in range(table.rowCount())]


def test_the_latest_comes_first_each_with_its_days(table):
    assert column(table, 0) == ["10 Jun 2026", "19 May 2026", "13 May 2026", "8 May 2026", "1 May 2026"]
    assert column(table, 1) == ["22", "6", "5", "7", "—"]
    assert column(table, 2) == ["Late", "Early (1 day)", "Early (2 days)", "Kept", "The first"]


def test_only_what_came_early_has_a_mark_and_a_colour(table):
    marked = [not table.item(row, 2).icon().isNull() for row in range(5)]
    assert marked == [False, True, True, False, False]
    assert table.item(1, 2).foreground().color() == load_theme("light").colour("info")
    plain = {table.item(row, 2).foreground().style() for row in (0, 3, 4)}
    assert plain == {type(table.item(0, 2).foreground().style()).NoBrush}


def test_another_routine_takes_the_place_of_this(table):
    table.show_lived((), 7)
    assert table.rowCount() == 0
