"""Another day: noticed at midnight, and when the program is looked at again."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from logbook.ui.day_watch import DayWatch


class Clock:
    """A clock that is set by hand."""

    def __init__(self, moment):
        self.moment = moment

    def today(self) -> date:
        return self.moment.date()

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock():
    return Clock(datetime(2026, 6, 30, 23, 59, 59, 900_000))


@pytest.fixture
def watch(clock, qapp):
    made = DayWatch(clock.today, qapp, clock.now)
    yield made
    made.deleteLater()


def test_midnight_is_noticed(watch, clock, qtbot):
    clock.moment += timedelta(milliseconds=100)
    with qtbot.waitSignal(watch.day_changed, timeout=3000):
        pass
    assert watch._timer.isActive()  # for the next one


def test_a_day_is_told_once_and_the_next_is_waited_for(watch, clock, qtbot):
    told = []
    watch.day_changed.connect(lambda: told.append(clock.today()))
    watch.look()
    assert told == []
    clock.moment += timedelta(days=1)
    watch.look()
    watch.look()
    assert told == [date(2026, 7, 1)]
    assert watch._timer.interval() <= 3_600_000


def test_a_program_that_is_looked_at_again_looks_at_the_day(watch, clock, qtbot):
    clock.moment += timedelta(days=9)
    with qtbot.waitSignal(watch.day_changed, timeout=100):
        QApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)


def test_a_clock_that_was_put_back_is_another_day_too(watch, clock, qtbot):
    clock.moment -= timedelta(days=1)
    with qtbot.waitSignal(watch.day_changed, timeout=100):
        watch.look()
