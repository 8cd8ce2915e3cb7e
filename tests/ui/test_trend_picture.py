"""The small picture of shedding: dots, a line that stops at gaps, dashes, and words beside all of it."""

from datetime import timedelta

import pytest
from builders import SAM, TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from logbook.domain.person import Person
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.services.judged import JudgedHistory
from logbook.services.overview import look_over
from logbook.services.shedding_trend import trend_of
from logbook.ui.theme import current_theme
from logbook.ui.widgets.trend_picture import TrendPicture

RULES = load_rules()
ROLES = ("series_1", "edge", "text")  # median, counts, baseline


def a_count(days, value=40, method=SheddingMethod.DAY_TOTAL, **but):
    return SheddingRecord(new_id(), SAM, TODAY - timedelta(days=days), method, value, **but)


def so_far(*counts, sessions=()):
    return look_over(JudgedHistory(RULES, Person(SAM), sessions, counts), (), TODAY).shedding


@pytest.fixture
def picture(qtbot):
    made = TrendPicture()
    qtbot.addWidget(made)
    made.resize(400, 150)
    made.show()
    return made


def show(picture, counts, *, has_trend=True):
    picture.show_counts(counts, trend_of(counts).stretches if has_trend else (), "in words")


def seen(picture, role):
    """Return the columns of pixels in which there is the colour of a role."""
    image, colour = picture.grab().toImage(), current_theme().colour(role)
    return {x for x in range(60, 392) for y in range(14, 128) if near(image.pixelColor(x, y), colour)}


def near(one: QColor, other: QColor):
    return max(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)) < 24


def test_before_anything_is_known_nothing_is_drawn(picture):
    assert [seen(picture, role) for role in ROLES] == [set(), set(), set()]


def test_counts_are_there_at_once_and_their_median_once_it_is_worked_out(picture):
    counts = so_far(*(a_count(days, 20 + days % 7 * 5) for days in range(0, 180, 2)))
    show(picture, counts, has_trend=False)
    assert seen(picture, "edge")
    assert not seen(picture, "series_1")
    show(picture, counts)
    assert len(seen(picture, "series_1")) > 200


def test_the_median_stops_at_a_gap(picture):
    counts = so_far(*(a_count(days, 20 + days % 7 * 5) for days in (*range(30), *range(150, 180))))
    show(picture, counts)
    line = seen(picture, "series_1")
    assert line
    assert not line & set(range(180, 290))


def test_the_own_baseline_goes_all_the_way_as_dashes(picture):
    before = [a_count(60 + days, 30) for days in range(8)]
    counts = so_far(
        *before, *(a_count(days, 90) for days in range(9)), sessions=[a_session(TODAY - timedelta(days=50))]
    )
    assert counts.usual == 30
    show(picture, counts, has_trend=False)
    dashes = seen(picture, "text")
    assert max(dashes) - min(dashes) > 300
    assert len(dashes) < 320  # they are dashes


def test_a_count_that_was_given_up_is_another_shape(picture):
    days = range(0, 120, 20)
    show(picture, so_far(*(a_count(day) for day in days)), has_trend=False)
    dots = picture.grab().toImage()
    show(picture, so_far(*(a_count(day, is_more_than=True) for day in days)), has_trend=False)
    assert picture.grab().toImage() != dots


@pytest.mark.parametrize("method", list(SheddingMethod))
@pytest.mark.parametrize("value", [0, 1, 3])
def test_every_method_is_drawn_also_where_nothing_was_found(picture, method, value):
    values = max(value, 1) if method is SheddingMethod.SINCLAIR else value
    show(picture, so_far(*(a_count(days, values, method) for days in range(9))))
    assert seen(picture, "series_1") or seen(picture, "edge")


def test_it_says_in_words_what_it_shows_and_is_pressed_with_the_keyboard(picture, qtbot):
    show(picture, so_far(*(a_count(days) for days in range(9))))
    assert picture.accessibleName() == "Trend of shedding: open the chart"
    assert picture.accessibleDescription() == "in words"
    picture.activateWindow()
    qtbot.waitUntil(picture.isActiveWindow)
    picture.clearFocus()
    plain = picture.grab().toImage()
    picture.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(picture.hasFocus)
    assert picture.grab().toImage() != plain
    with qtbot.waitSignal(picture.clicked, timeout=500):
        qtbot.keyClick(picture, Qt.Key.Key_Space)
