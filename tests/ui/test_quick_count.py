"""The line for one count: typed, entered, on to the next day."""

from datetime import date, timedelta

import pytest
from builders import TODAY
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from logbook.domain.errors import Problem
from logbook.domain.vocabulary import SheddingMethod
from logbook.ui.widgets.quick_count import QuickCount, QuickEntry

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def quick(qtbot):
    line = QuickCount()
    qtbot.addWidget(line)
    line.begin(TODAY, SheddingMethod.COMB_60S)
    line.resize(600, 90)
    line.show()
    line.activateWindow()
    qtbot.waitUntil(line.isActiveWindow)
    line.number.setFocus()
    return line


@pytest.fixture
def entered(quick):
    return QSignalSpy(quick.entered)


def type_in(qtbot, quick, text):
    qtbot.keyClicks(quick.number, text)
    qtbot.keyClick(quick.number, Qt.Key.Key_Return)


@pytest.mark.parametrize(("text", "value", "is_more"), [("42", 42, False), (">200", 200, True), ("0", 0, False)])
def test_a_number_and_enter_tell_the_count(qtbot, quick, entered, text, value, is_more):
    type_in(qtbot, quick, text)
    assert [entered.at(n)[0] for n in range(entered.count())] == [
        QuickEntry(TODAY, SheddingMethod.COMB_60S, value, is_more)
    ]
    assert quick.has_unsaved  # until the page has kept it


@pytest.mark.parametrize("text", ["12.5", "some", "1,000"])
def test_what_is_no_count_is_said_at_the_field_and_tells_nothing(qtbot, quick, entered, text):
    type_in(qtbot, quick, text)
    assert entered.count() == 0
    assert "is not a count; write a whole number" in quick.problem_text
    assert quick.number.accessibleDescription() in quick.problem_text
    assert quick.number.text() == text
    qtbot.keyClicks(quick.number, "1")
    assert quick.problem_text == ""


def test_an_empty_number_is_no_count_and_no_zero(qtbot, quick, entered):
    type_in(qtbot, quick, "")
    assert entered.count() == 0
    assert quick.says.text() == "Not counted is left blank: go to the next day with ↓."
    assert quick.day.value() == TODAY


def test_up_and_down_move_the_day_and_never_beyond_today(qtbot, quick):
    for _ in range(3):
        qtbot.keyClick(quick.number, Qt.Key.Key_Up)
    assert quick.day.value() == TODAY - timedelta(days=3)
    for _ in range(9):
        qtbot.keyClick(quick.number, Qt.Key.Key_Down)
    assert quick.day.value() == TODAY
    assert quick.number.hasFocus()


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (TODAY, "", TODAY + timedelta(days=1)),
        (TODAY, "42", TODAY),  # typed on the day it is of
        (YESTERDAY, "", YESTERDAY),  # somebody who fills in the days behind
    ],
)
def test_midnight_takes_the_line_to_the_new_day_unless_it_is_in_use(qtbot, quick, day, number, then):
    quick.day.set_value(day)
    qtbot.keyClicks(quick.number, number)
    quick.set_today(TODAY + timedelta(days=1))
    assert (quick.day.value(), quick.number.text()) == (then, number)
    qtbot.keyClick(quick.number, Qt.Key.Key_Down)
    assert quick.day.value() == min(then + timedelta(days=1), TODAY + timedelta(days=1))


def test_a_clock_that_was_put_back_takes_the_line_along(quick):
    quick.set_today(YESTERDAY)
    assert quick.day.value() == YESTERDAY


def test_going_on_leads_to_the_next_day_with_an_empty_number(qtbot, quick):
    quick.day.set_value(YESTERDAY)
    qtbot.keyClicks(quick.number, "42")
    quick.go_on("Saved.")
    assert (quick.day.value(), quick.number.text(), quick.says.text()) == (TODAY, "", "Saved.")
    assert not quick.has_unsaved
    quick.go_on("Saved.")
    assert (quick.day.value(), quick.says.text()) == (TODAY, "Saved. This is today: there is no later day.")


def test_tomorrow_comes(quick):
    quick.set_today(TODAY + timedelta(days=1))
    quick.go_on("Saved.")
    assert quick.day.value() == TODAY + timedelta(days=1)


def test_a_problem_is_marked_where_it_is(quick):
    quick.show_problem(Problem("date", "1940-01-01 is too long ago."))
    assert quick.day.property("has_problem") is True
    assert not quick.number.property("has_problem")
    quick.show_problem(Problem("value", "9 does not fit."))
    assert not quick.day.property("has_problem")
    assert quick.number.property("has_problem") is True


def test_the_day_is_one_that_was(quick):
    quick.day.set_value(date(1900, 1, 1))
    assert quick.day.value() == date(1950, 1, 1)
    quick.day.set_value(TODAY + timedelta(days=9))
    assert quick.day.value() == TODAY


def test_a_scale_shows_its_grades(quick):
    assert quick.number.placeholderText() == "hairs"
    quick.method.set_value(SheddingMethod.SINCLAIR)
    assert quick.number.placeholderText() == "1 to 6"


@pytest.mark.parametrize(("width", "lines"), [(280, 2), (700, 1)])
def test_where_it_is_narrow_the_number_stands_below(qtbot, quick, width, lines):
    quick.resize(width, 120)
    qtbot.waitUntil(lambda: (quick.number.y() > quick.day.y() + quick.day.height() - 4) is (lines == 2))
    assert all(editor.width() >= editor.minimumSizeHint().width() for editor in (quick.day, quick.number))


def test_every_part_has_a_name(quick):
    for part in (quick.day, quick.method, quick.number):
        assert part.accessibleName()
