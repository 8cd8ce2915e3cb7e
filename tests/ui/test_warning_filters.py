"""What is asked for on the Warnings page: each filter by itself, by keys, and all taken back at once."""

from datetime import date, timedelta

import pytest
from builders import TODAY
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from logbook.domain.vocabulary import Severity
from logbook.ui.pages.warning_filters import FAMILIES, WarningFilters
from logbook.ui.pages.warning_rows import Show, Wanted


@pytest.fixture
def filters(qtbot, rules):
    filters = WarningFilters(dict.fromkeys(rule.family for rule in rules.rules))
    qtbot.addWidget(filters)
    filters.resize(900, 120)
    filters.show()
    return filters


def choose(box, words):
    box.setCurrentIndex(box.findText(words))


def test_it_begins_with_what_is_open(filters):
    assert filters.wanted(TODAY) == Wanted(show=Show.OPEN)


def test_every_family_of_the_guidance_has_words(filters, rules):
    assert {rule.family for rule in rules.rules} == set(FAMILIES)
    offered = [filters.family_box.itemText(place) for place in range(filters.family_box.count())]
    assert sorted(offered) == sorted(["Every family", *FAMILIES.values()])


def test_each_filter_asks_for_one_thing_and_tells_it_once(filters):
    told = QSignalSpy(filters.changed)
    choose(filters.show_box, "Acknowledged")
    choose(filters.family_box, "Rest and frequency")
    filters.chips[Severity.WARNING].click()
    filters.search.setText("crown")
    assert told.count() == 4
    assert filters.wanted(TODAY) == Wanted(
        "crown", "interval", Show.ACKNOWLEDGED, None, None, frozenset({Severity.WARNING})
    )


@pytest.mark.parametrize(("words", "days"), [("Last 28 days", 28), ("Last 365 days", 365)])
def test_the_last_days_include_today(filters, words, days):
    choose(filters.dates_box, words)
    wanted = filters.wanted(TODAY)
    assert wanted.last is None
    assert (TODAY - wanted.first).days + 1 == days


def test_two_dates_are_typed_where_they_are_asked_for(filters):
    assert not filters.first.isVisible()
    choose(filters.dates_box, "Between two dates")
    assert filters.first.isVisible()
    filters.first.setText("2026-03-01")
    assert filters.wanted(TODAY).first == date(2026, 3, 1)
    filters.last.setText("2026-03-31")
    assert filters.wanted(TODAY).last == date(2026, 3, 31)
    choose(filters.dates_box, "All dates")
    assert not filters.first.isVisible()
    assert (filters.wanted(TODAY).first, filters.wanted(TODAY).last) == (None, None)


def test_two_dates_in_the_wrong_order_are_told(filters):
    choose(filters.dates_box, "Between two dates")
    filters.first.setText("2026-03-02")
    filters.last.setText("2026-03-01")
    assert filters._problem.text() == "✕ This lies before the first date."
    assert filters.last.accessibleDescription() == "This lies before the first date."
    filters.last.setText("2026-03-02")
    assert not filters._problem.isVisible()


def test_a_date_that_cannot_be_read_is_told_beside_it_and_asks_for_nothing(filters):
    choose(filters.dates_box, "Between two dates")
    filters.first.setText("2026-02-30")
    assert filters.wanted(TODAY).first is None
    assert filters._problem.isVisible()
    assert "“2026-02-30” is not a date" in filters._problem.text()
    assert "is not a date" in filters.first.accessibleDescription()
    filters.first.setText("2026-02-28")
    assert not filters._problem.isVisible()
    assert filters.first.accessibleDescription() == ""


def test_counts_stand_in_the_chips_and_are_not_made_up_before_they_are_known(filters):
    filters.show_counts(None)
    assert filters.chips[Severity.STOP].text() == "Stop …"
    assert filters.chips[Severity.STOP].accessibleName() == "Show stop: not judged yet"
    filters.show_counts({Severity.WARNING: 1234})
    assert filters.chips[Severity.WARNING].text() == "Warning 1,234"
    assert filters.chips[Severity.WARNING].accessibleName() == "Show warning: 1,234"
    assert filters.chips[Severity.STOP].text() == "Stop 0"
    assert list(filters.chips) == sorted(Severity, reverse=True)


def test_everything_is_asked_for_at_once_and_told_once(filters):
    filters.chips[Severity.STOP].click()
    choose(filters.family_box, "Products")
    choose(filters.dates_box, "Between two dates")
    filters.first.setText((TODAY + timedelta(days=1)).isoformat())
    filters.search.setText("nothing")
    told = QSignalSpy(filters.changed)
    filters.show_everything()
    assert told.count() == 1
    assert filters.wanted(TODAY) == Wanted(show=Show.ALL)


def test_a_chip_is_a_key_away(filters, qtbot):
    filters.activateWindow()
    chip = filters.chips[Severity.CAUTION]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert filters.wanted(TODAY).severities == {Severity.CAUTION}


def test_the_boxes_have_names_and_show_their_words_whole(filters):
    for box in (filters.show_box, filters.family_box, filters.dates_box):
        assert box.fontMetrics().horizontalAdvance(box.currentText()) < box.width()
        assert box.accessibleName()
