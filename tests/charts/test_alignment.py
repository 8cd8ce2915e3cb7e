"""Counts around sessions: by hand, by a plain loop, and on made-up logbooks of which it is known what is in them."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from logbook.charts.alignment import Aligned, Bin, Comparison, TooFew, align, binned, compare
from logbook.charts.trends import Spread

days_of_counts = st.lists(st.integers(0, 200), max_size=40)
days_of_sessions = st.lists(st.integers(0, 200), max_size=12, unique=True).map(sorted)


def whole(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def no(values: np.ndarray) -> np.ndarray:
    return np.zeros(len(values), dtype=np.bool_)


def pairs(aligned: Aligned) -> list[tuple[int, int, int]]:
    return list(zip(aligned.sessions.tolist(), aligned.counts.tolist(), aligned.offsets.tolist(), strict=True))


def bins_of(aligned: Aligned, values: np.ndarray, is_least: np.ndarray | None = None) -> tuple[Bin, ...]:
    least = no(values) if is_least is None else is_least
    return binned(aligned.offsets, values[aligned.counts], least[aligned.counts], aligned.sessions)


# Which count belongs to which session


def test_the_day_of_a_session_is_after_it_and_both_ends_are_included() -> None:
    aligned = align(whole(85, 86, 99, 100, 142, 143), whole(100))
    assert pairs(aligned) == [(0, 1, -14), (0, 2, -1), (0, 3, 0), (0, 4, 42)]
    assert (aligned.used, aligned.crowded, aligned.cut) == (1, 0, 0)


def test_after_a_session_ends_with_the_next_one() -> None:
    aligned = align(whole(99, 119, 120, 121, 163), whole(100, 120))
    # Day 119 is after the first session and before the second one; days 120 and 121 are after the second only.
    assert pairs(aligned) == [(0, 0, -1), (0, 1, 19), (1, 1, -1), (1, 2, 0), (1, 3, 1)]
    assert (aligned.used, aligned.crowded, aligned.cut) == (2, 0, 1)


def test_a_session_soon_after_another_is_crowded_and_still_cuts_the_other_short() -> None:
    aligned = align(whole(109, 110, 115, 130), whole(100, 110, 130))
    assert pairs(aligned) == [(0, 0, 9), (2, 3, 0)]
    assert aligned.is_used.tolist() == [True, False, True]
    assert aligned.is_cut.tolist() == [True, False, False]
    assert (aligned.used, aligned.crowded, aligned.cut) == (2, 1, 1)


@pytest.mark.parametrize(("gap", "used", "cut"), [(14, 1, 1), (15, 2, 1), (42, 2, 1), (43, 2, 0)])
def test_where_crowding_and_cutting_begin(gap: int, used: int, cut: int) -> None:
    aligned = align(whole(0), whole(100, 100 + gap))
    assert (aligned.used, aligned.cut) == (used, cut)


def test_without_counts_or_sessions_there_are_no_pairs() -> None:
    assert pairs(align(whole(), whole(1, 30))) == []
    assert align(whole(), whole(1, 30)).used == 2
    assert pairs(align(whole(1, 2), whole())) == []
    assert align(whole(1, 2), whole()).used == 0


@pytest.mark.parametrize("events", [(5, 5), (9, 2)])
def test_sessions_out_of_order_are_refused(events: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="must rise"):
        align(whole(1), whole(*events))


@settings(max_examples=200, deadline=None)
@given(days_of_counts, days_of_sessions, st.integers(1, 20), st.integers(0, 50))
def test_every_pair_is_one_that_the_policy_names(days: list[int], events: list[int], before: int, after: int) -> None:
    aligned = align(whole(*days), whole(*events), before=before, after=after)
    used = [not any(0 < one - other <= before for other in events) for one in events]
    expected = [
        (session, count, day - one)
        for session, one in enumerate(events)
        if used[session]
        for count, day in enumerate(days)
        if -before <= day - one < 0 or (0 <= day - one <= after and not any(one < other <= day for other in events))
    ]
    assert pairs(aligned) == sorted(expected, key=lambda pair: (pair[0], pair[2], pair[1]))
    assert aligned.is_used.tolist() == used
    assert aligned.cut == sum(
        is_used and any(0 < other - one <= after for other in events) for one, is_used in zip(events, used, strict=True)
    )
    after_only = [count for _, count, offset in pairs(aligned) if offset >= 0]
    assert len(after_only) == len(set(after_only))


# What each week holds


def test_a_week_has_its_median_its_quartiles_and_how_many_they_are_of() -> None:
    aligned = align(whole(99, 100, 101, 200, 206, 300), whole(100, 200, 300))
    found = bins_of(aligned, np.array([50.0, 10, 20, 30, 40, 80]))
    assert [(one.first, one.last) for one in found][:3] == [(-14, -8), (-7, -1), (0, 6)]
    assert (found[-1].first, found[-1].last) == (35, 42)
    assert (found[2].n, found[2].sessions) == (5, 3)
    assert found[2].spread == Spread(5, 20.0, 30.0, 40.0)
    assert found[2].band is not None
    assert (found[2].band.low, found[2].band.high) == (15.0, 80.0)  # the first session drawn thrice, and the last
    assert found[1] == Bin(-7, -1, 1, 1, None, None)


@pytest.mark.parametrize(
    ("days", "n", "sessions"),
    [((100, 101, 200, 300), 4, 3), ((100, 101, 102, 200, 201), 5, 2), ((), 0, 0)],
)
def test_too_few_counts_or_sessions_have_no_median(days: tuple[int, ...], n: int, sessions: int) -> None:
    found = bins_of(align(whole(*days), whole(100, 200, 300)), np.full(len(days), 20.0))
    assert found[2] == Bin(0, 6, n, sessions, None, None)


def test_every_pair_is_in_one_week() -> None:
    days, events = np.arange(0, 400), whole(20, 70, 100, 200, 300)
    aligned = align(days, events)
    assert sum(one.n for one in bins_of(aligned, np.zeros(400))) == len(aligned.offsets)
    assert bins_of(aligned, np.zeros(400))[-1].n == 4 * 8  # day 42 is of the last week; one of five is cut


def test_a_week_does_not_depend_on_the_others() -> None:
    rng = np.random.default_rng(1)
    aligned = align(np.arange(400), whole(20, 100, 200, 300))
    values = rng.poisson(30, 400).astype(np.float64)[aligned.counts]
    whole_study = binned(aligned.offsets, values, no(values), aligned.sessions)
    first = aligned.offsets < 7
    only = binned(aligned.offsets[first], values[first], no(values[first]), aligned.sessions[first])
    assert whole_study[:3] == only[:3]


def test_a_week_of_counts_that_were_given_up_has_no_median() -> None:
    aligned = align(whole(100, 101, 200, 201, 300, 301), whole(100, 200, 300))
    values = np.array([30.0, 30, 60, 60, 60, 60])
    found = bins_of(aligned, values, values == 60)[2]
    assert found.spread == Spread(6, None, None, None)
    assert found.band is not None
    assert (found.band.low, found.band.high) == (30.0, None)


# After against before


def sessions_with(*differences: float, counts: int = 2) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return days, sessions and values: 20 before each session and so much more after it."""
    events = 100 * np.arange(1, len(differences) + 1)
    days = np.concatenate([event + np.arange(-counts, counts) for event in events])
    values = np.concatenate([np.repeat((20.0, 20 + difference), counts) for difference in differences])
    return days, events, values


def compared(days: np.ndarray, events: np.ndarray, values: np.ndarray) -> Comparison | TooFew:
    return compare(align(days, events), values, no(values))


def test_six_rises_are_more_than_noise() -> None:
    found = compared(*sessions_with(2, 4, 6, 8, 10, 12))
    assert isinstance(found, Comparison)
    assert (found.n, found.difference, found.p, found.unknown) == (6, 7.0, 2 / 64, 0)
    assert 2 <= found.low < 7 < found.high <= 12
    assert not found.is_noise


def test_rises_and_falls_are_noise() -> None:
    found = compared(*sessions_with(2, -4, 6, -8, 10, -6))
    assert isinstance(found, Comparison)
    assert (found.difference, found.p) == (0.0, 1.0)
    assert found.is_noise


def test_five_sessions_are_too_few() -> None:
    assert compared(*sessions_with(2, 4, 6, 8, 10)) == TooFew(5, 6, 0)
    assert compared(whole(), whole(), np.empty(0)) == TooFew(0, 6, 0)


def test_a_session_with_one_count_on_a_side_is_none_to_compare() -> None:
    assert compared(*sessions_with(2, 4, 6, 8, 10, 12, counts=1)) == TooFew(0, 6, 0)
    days, events, values = sessions_with(2, 4, 6, 8, 10, 12)
    assert compared(days[1:], events, values[1:]) == TooFew(5, 6, 0)
    assert compared(days[:-1], events, values[:-1]) == TooFew(5, 6, 0)


def test_a_session_is_left_out_where_counting_was_given_up_and_that_decides() -> None:
    days, events, values = sessions_with(2, 4, 6, 8, 10, 12, 40, counts=3)
    last = np.flatnonzero(days >= 700)
    for given_up, expected in ((last[:1], (7, 0)), (last[:2], (6, 1))):
        found = compare(
            align(days, events), values + (np.arange(len(days)) == last[0]), np.isin(np.arange(len(days)), given_up)
        )
        assert isinstance(found, Comparison)
        assert (found.n, found.unknown) == expected


def test_weekly_sessions_are_too_few_however_many_they_are() -> None:
    days = np.arange(500)
    aligned = align(days, np.arange(20, 450, 7))
    assert (aligned.used, aligned.crowded) == (1, 61)
    assert compare(aligned, np.full(500, 20.0), no(days)) == TooFew(1, 6, 0)


# A planted effect

Level = Callable[[np.random.Generator, np.ndarray], np.ndarray]  # of each day of a logbook: how many hairs to expect


def steady(rng: np.random.Generator, days: np.ndarray) -> np.ndarray:
    return np.full(len(days), 20.0)


def weekly(rng: np.random.Generator, days: np.ndarray) -> np.ndarray:
    """Weeks that differ by four hairs, each half like the one before."""
    weeks = [rng.normal()]
    for _ in range(len(days) // 7):
        weeks.append(0.5 * weeks[-1] + np.sqrt(0.75) * rng.normal())
    return np.maximum(20 + 4 * np.repeat(weeks, 7)[: len(days)], 0)


def a_logbook(
    rng: np.random.Generator, every: int, sessions: int, level: Level = steady, more: float = 0, until: int = 20
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the days, the sessions and the counts, a count a day, with *more* hairs on days 0 to *until*."""
    events = 14 + every * np.arange(sessions)
    days = np.arange(events[-1] + 43)
    since = days - events[np.maximum(np.searchsorted(events, days, side="right") - 1, 0)]
    expected = level(rng, days) + more * ((since >= 0) & (since <= until))
    return days, events, rng.poisson(expected).astype(np.float64)


def test_eight_hairs_more_for_three_weeks_are_found_in_those_weeks_and_no_other() -> None:
    days, events, values = a_logbook(np.random.default_rng(1), 70, 24, more=8)
    found = bins_of(align(days, events), values)
    medians = [one.spread.median for one in found if one.spread and one.spread.median is not None]
    assert medians == pytest.approx([20, 20, 28, 28, 28, 20, 20, 20], abs=1)
    raised = [one.first for one in found if one.band and one.band.low is not None and one.band.low > 22]
    assert raised == [0, 7, 14]


def test_eight_hairs_more_after_are_found_with_their_size() -> None:
    found = compared(*a_logbook(np.random.default_rng(2), 70, 24, weekly, more=8, until=42))
    assert isinstance(found, Comparison)
    assert not found.is_noise
    assert found.difference == pytest.approx(8, abs=1.5)
    assert found.low < 8 < found.high
    assert found.high - found.low < 6


def test_what_lasts_half_of_the_days_after_is_found_with_the_size_that_their_median_has() -> None:
    # Of days 0 to 34, which end with the next session, 21 have 28 hairs and 14 have 20.
    numbers = np.arange(80)
    mixed = 0.6 * stats.poisson.cdf(numbers, 28) + 0.4 * stats.poisson.cdf(numbers, 20)
    expected = numbers[np.searchsorted(mixed, 0.5)] - stats.poisson.median(20)
    found = compared(*a_logbook(np.random.default_rng(3), 35, 40, more=8))
    assert isinstance(found, Comparison)
    assert not found.is_noise
    assert found.difference == pytest.approx(expected, abs=0.75)


def test_what_lasts_until_the_next_session_hides_itself() -> None:
    # Days 7 to 20 after a session are days −14 to −1 of the next: this is why it says association, and how far apart.
    found = compared(*a_logbook(np.random.default_rng(4), 21, 14, more=8))
    assert isinstance(found, Comparison)
    assert abs(found.difference) < 1.5
    assert found.is_noise


# Noise is called noise: of 600 made-up logbooks with 12 sessions each, how many are taken for more than noise.
# Five in a hundred is what the test promises; √(0.05 · 0.95 ÷ 600) = 0.9 of a hundred is chance of the simulation.


def false_alarms(every: int, level: Level, logbooks: int = 600) -> float:
    rng, alarms = np.random.default_rng(every), 0
    for _ in range(logbooks):
        found = compared(*a_logbook(rng, every, 12, level))
        assert isinstance(found, Comparison)
        alarms += not found.is_noise
    return alarms / logbooks


@pytest.mark.parametrize("level", [steady, weekly])
def test_noise_is_called_noise_at_the_stated_rate_where_no_count_is_shared(level: Level) -> None:
    assert 0.015 < false_alarms(70, level) < 0.05 + 3 * 0.009


@pytest.mark.parametrize("every", [21, 28])
@pytest.mark.parametrize("level", [steady, weekly])
def test_noise_is_called_noise_more_often_still_where_sessions_share_counts(every: int, level: Level) -> None:
    assert false_alarms(every, level) <= 0.015  # 1 in 100 is what compare says, far below the 5 of the test


def test_a_steady_rise_is_more_than_noise_though_no_session_made_it() -> None:
    def rising(rng: np.random.Generator, days: np.ndarray) -> np.ndarray:
        return 20 + 0.2 * days

    found = compared(*a_logbook(np.random.default_rng(5), 28, 12, rising))
    assert isinstance(found, Comparison)
    assert not found.is_noise
