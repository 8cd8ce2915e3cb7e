"""The statistics of counts over time: by hand, by a plain loop, by SciPy, and by the domain's own baseline."""

import math
from datetime import date, timedelta
from statistics import median

import numpy as np
import pytest
from builders import SAM
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import ndimage, stats

from logbook.charts.trends import Rolling, Spread, baseline, medians_by, rolling_median, spread
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import Counts
from logbook.domain.vocabulary import SheddingMethod

START = date(2026, 1, 1).toordinal()
NAN = math.nan

Count = tuple[int, int, bool]  # day, value, whether counting was given up at it


def arrays(counts: list[Count]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    days, values, is_least = zip(*counts, strict=True) if counts else ((), (), ())
    return (
        np.array(days, dtype=np.int64) + START,
        np.array(values, dtype=np.float64),
        np.array(is_least, dtype=np.bool_),
    )


def rolled(counts: list[Count], window: int = 14, least: int = 4) -> Rolling:
    return rolling_median(*arrays(counts), window=window, least=least)


def on_days(**values: int) -> list[Count]:
    return [(int(day[1:]), value, False) for day, value in values.items()]


def plain(counts: list[Count], window: int, least: int) -> list[float]:
    """Go through the calendar day by day."""
    first, last = min(day for day, *_ in counts), max(day for day, *_ in counts)
    found = []
    for day in range(first, last + 1):
        low, high = [], []
        for one in range(day - window + 1, day + 1):
            of_day = [(value, is_least) for on, value, is_least in counts if on == one]
            if of_day:
                low.append(median(value for value, _ in of_day))
                high.append(median(math.inf if is_least else value for value, is_least in of_day))
        is_known = len(low) >= max(least, 1) and median(low) == median(high)
        found.append(median(low) if is_known else NAN)
    return found


counts_of_weeks = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 12), st.sampled_from([False, False, True])))


# The rolling median


def test_the_median_is_of_the_last_days_and_not_of_the_last_points() -> None:
    rolling = rolled(on_days(d0=10, d1=20, d2=30, d5=40), window=3, least=2)
    # Days 0-0: one day · 0-1: 10 20 · 0-2: 10 20 30 · 1-3: 20 30 · 2-4: one day · 3-5: one day
    np.testing.assert_array_equal(rolling.median, [NAN, 15, 20, 25, NAN, NAN])
    np.testing.assert_array_equal(rolling.recorded, [1, 2, 3, 2, 1, 1])
    np.testing.assert_array_equal(rolling.days, START + np.arange(6))
    assert rolling.first == START


def test_a_day_with_many_counts_weighs_as_much_as_any_other() -> None:
    five_of_one_day = [(0, value, False) for value in (50, 52, 54, 56, 58)]
    rolling = rolled([*five_of_one_day, *on_days(d1=10, d2=12)], window=3, least=3)
    assert rolling.median[2] == 12  # of 54, 10 and 12; of the points it would be 52
    assert rolling.recorded[2] == 3


def test_two_counts_of_a_day_are_the_number_between_them() -> None:
    assert rolled([(0, 10, False), (0, 13, False)], least=1).median[0] == 11.5


def test_a_line_is_not_drawn_across_a_gap() -> None:
    rolling = rolled(on_days(d0=1, d1=1, d2=1, d9=1, d10=1, d20=1), window=3, least=2)
    assert rolling.segments() == [(1, 4), (10, 12)]


def test_a_line_goes_to_both_ends_where_nothing_is_missing() -> None:
    assert rolled(on_days(d0=1, d1=1, d2=1), least=1).segments() == [(0, 3)]


def test_four_days_of_fourteen_are_enough_and_three_are_not() -> None:
    three = on_days(d0=8, d4=9, d8=10)
    assert np.isnan(rolled([*three, (14, 11, False)]).median[-1])  # day 0 is the fifteenth
    assert rolled([*three, (13, 11, False)]).median[-1] == 9.5


def test_nothing_counted_is_no_day_at_all() -> None:
    rolling = rolled([])
    assert (len(rolling.median), len(rolling.recorded), len(rolling.days)) == (0, 0, 0)
    assert rolling.segments() == []


def test_a_count_that_was_given_up_leaves_the_median_unknown_only_where_it_decides() -> None:
    given_up = (2, 30, True)
    assert rolled([*on_days(d0=10, d1=20), given_up], least=3).median[-1] == 20
    assert np.isnan(rolled([*on_days(d0=10), given_up], least=2).median[-1])  # between 10 and nobody knows


@settings(max_examples=150, deadline=None)
@example([(0, 1, False), (1, 1, True), (2, 0, False), (2, 0, True)], 3, 0)  # a day whose median is half given up
@given(counts_of_weeks.filter(bool), st.integers(1, 16), st.integers(0, 5))
def test_it_is_what_a_plain_walk_through_the_calendar_finds(counts: list[Count], window: int, least: int) -> None:
    np.testing.assert_array_equal(rolled(counts, window, least).median, plain(counts, window, least))


@settings(max_examples=60, deadline=None)
@given(counts_of_weeks.filter(bool), st.integers(0, 45))
def test_what_is_counted_later_changes_nothing_that_was_read_before(counts: list[Count], today: int) -> None:
    by_today = [count for count in counts if count[0] <= today]
    if by_today:
        then, now = rolled(by_today, least=2), rolled(counts, least=2)
        np.testing.assert_array_equal(then.median, now.median[: len(then.median)])


def test_scipy_filters_a_year_of_daily_counts_alike() -> None:
    values = np.random.default_rng(4).poisson(40, 365).astype(np.float64)
    rolling = rolling_median(np.arange(365) + START, values, np.zeros(365, dtype=np.bool_), window=15, least=15)
    trailing = ndimage.median_filter(values, size=15, origin=7)
    np.testing.assert_array_equal(rolling.median[14:], trailing[14:])
    assert np.isnan(rolling.median[:14]).all()


def test_groups_have_the_median_of_each() -> None:
    keys, medians, sizes = medians_by(np.array([7, 3, 7, 7, 3]), np.array([5.0, 1.0, 9.0, 6.0, 4.0]))
    assert (keys.tolist(), medians.tolist(), sizes.tolist()) == ([3, 7], [2.5, 6.0], [2, 3])


# Their spread


def test_quartiles_lie_between_the_values_in_proportion() -> None:
    # h = 3 ÷ 4 = 0.75: 10 + 0.75 × 10 · h = 1.5: 20 + 0.5 × 20 · h = 2.25: 40 + 0.25 × 40
    assert spread(np.array([80.0, 10.0, 40.0, 20.0])) == Spread(4, 17.5, 30.0, 50.0)


def test_one_count_is_its_own_spread_and_none_has_none() -> None:
    assert spread(np.array([7.0])) == Spread(1, 7.0, 7.0, 7.0)
    assert spread(np.array([])) == Spread(0, None, None, None)


def test_an_edge_that_depends_on_a_count_given_up_is_not_known() -> None:
    values = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
    last, middle, first = (np.arange(5) == place for place in (4, 2, 0))
    assert spread(values, last) == Spread(5, 20.0, 30.0, 40.0)
    assert spread(values, middle) == Spread(5, 20.0, None, None)  # 10 20 40 50 and something from 30 on
    assert spread(values, first) == Spread(5, None, None, None)
    assert spread(values, ~last) == Spread(5, None, None, None)


@pytest.mark.parametrize("n", [2, 3, 9, 40, 301])
def test_scipy_finds_the_same_quartiles(n: int) -> None:
    values = np.random.default_rng(n).poisson(30, n).astype(np.float64)
    found = spread(values)
    expected = stats.mstats.mquantiles(values, (0.25, 0.5, 0.75), alphap=1, betap=1)
    np.testing.assert_allclose((found.low, found.median, found.high), expected, rtol=1e-12)


# A person's own baseline


def test_a_baseline_is_of_the_days_before_and_not_of_the_day() -> None:
    counts = on_days(d1=100, d2=10, d15=12, d29=20, d30=100)
    found = baseline(*arrays(counts), before=START + 30, in_days=28, least=3)
    assert (found.first, found.last, found.n, found.needed) == (START + 2, START + 29, 3, 3)
    assert found.spread == Spread(3, 11.0, 12.0, 16.0)
    assert found.median == 12


def test_too_few_counts_are_no_baseline_and_say_how_many_they_are() -> None:
    found = baseline(*arrays(on_days(d2=10, d15=12)), before=START + 30, in_days=28, least=3)
    assert (found.n, found.needed, found.spread, found.median) == (2, 3, None, None)
    assert baseline(*arrays([]), before=START, in_days=28, least=0).spread is None


@settings(max_examples=200, deadline=None)
@given(counts_of_weeks, st.integers(0, 50), st.integers(1, 40), st.integers(0, 4))
def test_the_domain_has_the_same_baseline(counts: list[Count], before: int, in_days: int, least: int) -> None:
    records = [
        SheddingRecord(
            new_id(), SAM, date.fromordinal(START + day), SheddingMethod.COMB_60S, value, is_more_than=given_up
        )
        for day, value, given_up in counts
    ]
    known = Counts(sorted(records, key=lambda record: (record.date, record.id)))
    expected = known.baseline(date.fromordinal(START) + timedelta(days=before), in_days, least)
    assert baseline(*arrays(counts), before=START + before, in_days=in_days, least=least).median == expected
