"""The days that are looked at: moved and magnified, and kept within what there is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logbook.ui.widgets.day_window import LEAST_DAYS, DayWindow

BOUNDS = DayWindow.of(date(2026, 1, 1), date(2026, 12, 31))
starts = st.floats(-2000, 2000)
spans = st.floats(LEAST_DAYS, 2000)


@pytest.mark.parametrize("days", [(date(2026, 3, 1), date(2026, 3, 1)), (date(1, 1, 1), date(9999, 12, 31))])
def test_days_there_and_back(days):
    assert DayWindow.of(*days).days == days


def test_a_day_is_as_wide_as_itself():
    assert DayWindow.of(date(2026, 3, 1), date(2026, 3, 2)).span == 2


@given(starts, spans)
def test_what_is_pushed_inside_lies_inside_and_is_no_smaller_than_need_be(start, span):
    low = BOUNDS.low + start
    inside = DayWindow(low, low + span).within(BOUNDS)
    assert BOUNDS.holds(inside)
    assert inside.span == pytest.approx(min(span, BOUNDS.span))


@given(starts, spans, st.floats(0.01, 10), st.floats(0, 1))
def test_the_day_under_the_pointer_stays_where_it_is(start, span, factor, share):
    window = DayWindow(start, start + span)
    around = start + share * span
    zoomed = window.zoomed(factor, around)
    assert zoomed.span == pytest.approx(max(span * factor, LEAST_DAYS))
    assert (around - zoomed.low) / zoomed.span == pytest.approx(share, abs=1e-6)


def test_half_a_day_counts_for_the_day_of_which_more_is_shown():
    window = DayWindow.of(date(2026, 3, 1), date(2026, 3, 28))
    assert window.moved(0.4).days == window.days
    assert window.moved(0.6).days == (date(2026, 3, 2), date(2026, 3, 29))
