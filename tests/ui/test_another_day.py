"""Midnight passes with the window open: what nothing was typed in is of the new day, what was typed keeps its own."""

from datetime import timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.conftest import add, person_of

from logbook.domain.edit import Edit
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import SheddingMethod
from logbook.ui.day_watch import DayWatch
from logbook.ui.pages.shedding_page import SheddingPage

TOMORROW = TODAY + timedelta(days=1)


class Clock:
    def __init__(self):
        self.day = TODAY

    def today(self):
        return self.day


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def window(start, path, journal, clock, qtbot):
    """A program in which both pages were visited on a day that stands still."""
    person = person_of(journal)
    count = SheddingRecord(new_id(), person.id, TODAY - timedelta(days=9), SheddingMethod.COMB_60S, 12)
    journal.apply(Edit.adding("log", [a_session(TODAY - timedelta(days=9), 50, person_id=person.id), count]))
    window = start(path).window
    window.store.today = clock.today
    (watch,) = window.findChildren(DayWatch)
    watch._today = clock.today
    watch.look()
    for name in ("sessions", "shedding"):
        window.pages.show_page(name)
        QApplication.processEvents()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert (day_of_session(window), day_of_count(window), quick(window).day.value()) == (TODAY, TODAY, TODAY)
    return window


def midnight(window, clock):
    clock.day += timedelta(days=1)
    (watch,) = window.findChildren(DayWatch)  # one timer for all
    watch.look()


def shedding(window) -> SheddingPage:
    return window.pages.page("shedding")


def quick(window):
    return shedding(window).quick


def day_of_session(window):
    return window.pages.sessions.form.draft().session.date


def day_of_count(window):
    return shedding(window).form.draft().record.date


@pytest.mark.parametrize("page", ["sessions", "shedding", "overview"])
def test_what_nothing_was_typed_in_is_of_the_new_day_on_whatever_page_one_is(window, clock, page):
    window.pages.show_page(page)
    midnight(window, clock)
    assert (day_of_session(window), day_of_count(window), quick(window).day.value()) == (TOMORROW,) * 3
    assert not window.pages.has_unsaved


def test_a_count_typed_after_midnight_is_of_the_new_day(window, clock):
    midnight(window, clock)
    quick(window).number.setFocus()
    QTest.keyClicks(quick(window).number, "12")
    quick(window).enter()
    assert window.store.of_person(SheddingRecord)[-1].date == TOMORROW


def test_what_was_typed_keeps_its_day(window, clock):
    sessions = window.pages.sessions
    sessions.form.zones.depth_edit.setText("0.3")
    sessions.form.zones.depth_edit.textEdited.emit("0.3")
    sessions.form.settle()
    shedding(window).form.wash.setText("4")
    shedding(window).form.wash.textEdited.emit("4")
    shedding(window).form.settle()
    quick(window).number.setText("42")
    midnight(window, clock)
    assert (day_of_session(window), day_of_count(window), quick(window).day.value()) == (TODAY,) * 3
    assert str(sessions.form.draft().session.deepest) == "0.30"
    assert shedding(window).form.draft().record.days_since_wash == 4
    quick(window).number.clear()
    for page in (sessions, shedding(window)):
        page.revert()  # the window would ask


def test_a_record_that_is_shown_stays_as_it_is(window, clock):
    (session,) = window.store.of_person(Session)
    (count,) = window.store.of_person(SheddingRecord)
    window.pages.sessions.editor.show_session(session)
    shedding(window).editor.show_record(count)
    midnight(window, clock)
    assert (day_of_session(window), day_of_count(window)) == (session.date, count.date)
    assert not window.pages.has_unsaved


def test_a_session_that_repeats_the_last_one_still_does(window, clock):
    add(window.store, a_session(TODAY, 70, person_id=window.store.person.id, needle_use=3, needle_shared=False))
    sessions = window.pages.sessions
    sessions.editor.repeat_last()
    before = sessions.form.draft().session
    assert before.needle_shared is False  # which a new session does not take over
    midnight(window, clock)
    after = sessions.form.draft().session
    assert (after.date, after.needle_shared, after.deepest) == (TOMORROW, False, Depth(70))
    assert not sessions.is_changed


@pytest.mark.parametrize("name", ["sessions", "shedding"])
def test_a_page_that_is_come_back_to_before_the_watch_looked_is_of_the_new_day(window, clock, name):
    window.pages.show_page("overview")
    clock.day = TOMORROW  # a computer that woke up a moment ago
    window.pages.show_page(name)
    assert (day_of_session(window) if name == "sessions" else day_of_count(window)) == TOMORROW
    assert name == "sessions" or quick(window).day.value() == TOMORROW


def test_a_day_that_lay_ahead_is_no_problem_once_it_has_come(window, clock):
    form = window.pages.sessions.form
    day = form.date.date().addDays(1)
    form.date.setDate(day)
    form.settle()
    assert form._fields["date"].problem_text
    midnight(window, clock)
    assert not form._fields["date"].problem_text
