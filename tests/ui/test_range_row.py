"""The range row: usual ranges that end today, and two dates that are read with care."""

from datetime import date, timedelta

import pytest
from builders import TODAY
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from logbook.ui.widgets.range_row import Preset, RangeRow, preset_days

YEAR = preset_days(Preset.YEAR, TODAY, None)


@pytest.fixture
def row(qtbot):
    made = RangeRow()
    qtbot.addWidget(made)
    made.resize(700, 80)
    made.show_range(Preset.YEAR, *YEAR, TODAY)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def type_dates(row, first, last):
    row.first.setFocus()
    row.first.setText(first)
    row.last.setText(last)
    QTest.keyClick(row.last, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("preset", "first"),
    [(Preset.WEEKS, "2026-06-03"), (Preset.MONTHS, "2026-04-01"), (Preset.YEAR, "2025-07-01"), (Preset.ALL, None)],
)
def test_usual_ranges_end_today(preset, first):
    long_ago = date(2016, 2, 29)
    assert preset_days(preset, TODAY, long_ago) == (date.fromisoformat(first) if first else long_ago, TODAY)


@pytest.mark.parametrize("first", [None, TODAY, TODAY - timedelta(days=20)])
def test_all_of_a_young_logbook_is_four_weeks(first):
    assert preset_days(Preset.ALL, TODAY, first) == preset_days(Preset.WEEKS, TODAY, first)


def test_a_chip_asks_for_its_range(row):
    wanted = QSignalSpy(row.preset_wanted)
    QTest.mouseClick(row.chips.by_value[Preset.WEEKS], Qt.MouseButton.LeftButton)
    assert wanted.at(0) == [Preset.WEEKS]
    assert row.chips.value is Preset.WEEKS


def test_the_arrow_keys_go_from_chip_to_chip_and_tab_comes_to_the_chosen_one(row):
    assert [chip.focusPolicy() is Qt.FocusPolicy.StrongFocus for chip in row.chips.by_value.values()] == [
        preset is Preset.YEAR for preset in row.chips.by_value
    ]
    wanted = QSignalSpy(row.preset_wanted)
    row.chips.by_value[Preset.YEAR].setFocus()
    QTest.keyClick(row.chips.by_value[Preset.YEAR], Qt.Key.Key_Right)
    assert wanted.at(0) == [Preset.ALL]
    assert QApplication.focusWidget() is row.chips.by_value[Preset.ALL]


def test_the_days_that_are_shown_stand_in_the_fields(row):
    assert (row.first.text(), row.last.text()) == ("2025-07-01", "2026-06-30")
    row.show_range(Preset.OWN, date(2026, 1, 2), date(2026, 3, 4), TODAY)
    assert (row.first.text(), row.last.text()) == ("2026-01-02", "2026-03-04")
    assert row.chips.value is None


def test_two_dates_ask_for_a_range_of_ones_own(row):
    wanted = QSignalSpy(row.days_wanted)
    type_dates(row, "1 March 2026", "2026-04-30")
    assert wanted.at(wanted.count() - 1) == [date(2026, 3, 1), date(2026, 4, 30)]
    assert row.problem.isHidden()


def test_leaving_the_fields_as_they_are_asks_for_nothing(row):
    wanted = QSignalSpy(row.days_wanted)
    row.first.setFocus()
    row.last.setFocus()
    QTest.keyClick(row.last, Qt.Key.Key_Return)
    assert wanted.count() == 0


@pytest.mark.parametrize(
    ("first", "last", "at_first", "says"),
    [
        ("03/04/2026", "2026-04-30", True, "“03/04/2026” is not a date"),
        ("", "2026-04-30", True, "Both dates are needed."),
        ("2026-05-01", "2026-04-30", False, "This lies before the first date."),
        ("2026-05-01", "2027-01-01", False, "2027-01-01 lies in the future."),
        ("1066-10-14", "2026-01-01", True, "1066-10-14 is too long ago"),
    ],
)
def test_dates_that_make_no_range_are_said_at_the_field(row, first, last, at_first, says):
    wanted = QSignalSpy(row.days_wanted)
    type_dates(row, first, last)
    field, other = (row.first, row.last) if at_first else (row.last, row.first)
    assert wanted.count() == 0
    assert says in row.problem.text()
    assert row.problem.isVisible()
    assert says in field.accessibleDescription()
    assert field.property("has_problem") is True
    assert other.property("has_problem") is not True
    row.show_range(Preset.WEEKS, *preset_days(Preset.WEEKS, TODAY, None), TODAY)
    row.first.clearFocus()


def test_what_somebody_types_is_not_taken_away_by_what_is_drawn_anew(row):
    row.first.setFocus()
    row.first.setText("2026-0")
    row.show_range(Preset.YEAR, *YEAR, TODAY)
    assert row.first.text() == "2026-0"
    row.show_range(Preset.WEEKS, *preset_days(Preset.WEEKS, TODAY, None), TODAY)
    assert row.first.text() == "2026-06-03"
    assert row.problem.isHidden()
