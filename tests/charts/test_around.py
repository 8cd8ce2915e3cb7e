"""Counts around sessions, from the records to the words: what is used, what is silent, what is said."""

import random

import pytest
from builders import a_session
from charts.paper import a_count, an_event, on

from logbook.charts.alignment import Comparison, TooFew
from logbook.charts.around import (
    AroundCount,
    AroundSeries,
    WashState,
    around_series,
    around_table,
    around_title,
    describe_around,
    offset_words,
    silence,
    wash_state,
    wash_states,
)
from logbook.charts.chart import View
from logbook.charts.trends import Spread
from logbook.domain.vocabulary import EventKind, SheddingMethod

TOTAL, COMB, SINCLAIR = SheddingMethod.DAY_TOTAL, SheddingMethod.COMB_60S, SheddingMethod.SINCLAIR
UNKNOWN = WashState.NOT_RECORDED
VIEW = View(on(0), on(999))
MONTHS = [30 + 60 * number for number in range(8)]  # sixty days apart: none crowds or cuts another
CAUSE = (
    "This is an association, not a cause: whatever else changed at these times looks the same, and so does a steady"
    " rise or fall over the months."
)


def series_of(records, days=MONTHS, method=TOTAL, wash=UNKNOWN, events=(), within=None) -> AroundSeries:
    return around_series(records, method, wash, [a_session(on(day)) for day in days], events, within)


def daily(value, last: int = 520, seed: int = 1, noise: float = 8.0, **but):
    """Return a count for each day: *value*, by days from the nearest session before it, and noise."""
    chance = random.Random(seed)
    counts = []
    for day in range(last):
        past = [day - held for held in MONTHS if held <= day]
        counts.append(a_count(on(day), max(0, round(value(min(past, default=99)) + chance.gauss(0, noise))), **but))
    return counts


def level(_: int) -> float:
    return 60


def raised(after: int) -> float:
    return 75 if after < 43 else 60


def said(*args, **but) -> str:
    return describe_around(series_of(*args, **but), VIEW)


# Wash states


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (None, WashState.NOT_RECORDED),
        (0, WashState.WASH_DAY),
        (1, WashState.DAY_AFTER),
        (2, WashState.TWO_DAYS),
        (3, WashState.LATER),
        (30, WashState.LATER),
    ],
)
def test_days_since_the_wash_make_a_state(days, state) -> None:
    assert wash_state(a_count(on(0), 5, days_since_wash=days)) is state


def test_states_are_offered_with_their_numbers_the_most_frequent_first() -> None:
    records = [
        *(a_count(on(day), 50, days_since_wash=1) for day in range(3)),
        *(a_count(on(day), 50, days_since_wash=4) for day in range(2)),
        *(a_count(on(day), 50, days_since_wash=0) for day in range(2)),
        a_count(on(9), None, days_since_wash=2),
        a_count(on(9), 50, days_since_wash=2, excluded_because="odd"),
        a_count(on(9), 50, COMB),
    ]
    assert wash_states(records, TOTAL) == [(WashState.DAY_AFTER, 3), (WashState.WASH_DAY, 2), (WashState.LATER, 2)]
    assert wash_states(records, SINCLAIR) == []


def test_wash_states_are_never_mixed() -> None:
    records = [a_count(on(day), 10 + day % 4, days_since_wash=day % 4) for day in range(30, 60)]
    for state, value in (
        (WashState.WASH_DAY, 10),
        (WashState.DAY_AFTER, 11),
        (WashState.TWO_DAYS, 12),
        (WashState.LATER, 13),
    ):
        assert {count.value for count in series_of(records, wash=state).counts} <= {value}
    assert series_of(records).counts == ()


# Which counts are used


def test_a_count_stands_at_its_days_from_the_session() -> None:
    before, same, after = a_count(on(16), 50), a_count(on(30), 60, is_more_than=True), a_count(on(72), 70)
    series = series_of([before, same, after, a_count(on(15), 1), a_count(on(73), 1)], days=[30])
    assert series.counts == (
        AroundCount(-14, 50, False, on(16), on(30), before.id),
        AroundCount(0, 60, True, on(30), on(30), same.id),
        AroundCount(42, 70, False, on(72), on(30), after.id),
    )
    assert series.days == (on(16), on(72))


def test_counts_come_by_days_from_the_session_and_not_by_session() -> None:
    series = series_of(daily(level))
    offsets = [count.offset for count in series.counts]
    assert offsets == sorted(offsets)
    assert {count.session_day for count in series.counts[:8]} == {on(day) for day in MONTHS}


def test_other_methods_blanks_and_what_is_left_out_of_trends_are_not_used() -> None:
    records = [a_count(on(31), 9, COMB), a_count(on(31), None), a_count(on(31), 500, excluded_because="odd")]
    assert series_of(records).counts == ()
    assert series_of([]).days is None


def test_two_sessions_of_one_day_are_one() -> None:
    series = series_of([a_count(on(31), 50)], days=[30, 30])
    assert (series.sessions, len(series.counts)) == (1, 1)


def test_only_the_days_that_are_looked_at_are_used() -> None:
    series = series_of(daily(level), within=(on(80), on(200)))
    assert series.sessions == 2  # on days 90 and 150
    assert series.days == (on(80), on(192))


# Silence


def test_without_a_session_it_says_so() -> None:
    assert said(daily(level), days=[]) == "Daily total, wash not recorded: there is no session in these days."


def test_under_six_sessions_nothing_is_shown_and_it_says_what_it_takes() -> None:
    series = series_of(daily(level), days=MONTHS[:5])
    assert series.comparison == TooFew(5, 6, 0)
    assert series.bins == ()
    assert describe_around(series, VIEW) == (
        "Daily total, wash not recorded: too few to tell anything from noise. It takes 6 sessions with 2 such counts"
        " in the 14 days before and 2 in the 42 days after; there are 5."
    )
    assert around_table(series, VIEW).rows == ()
    assert isinstance(series_of(daily(level), days=MONTHS[:6]).comparison, Comparison)


def test_one_session_is_one() -> None:
    assert "after; there is 1." in said(daily(level), days=[30])


def test_crowded_sessions_are_left_out_and_it_is_said() -> None:
    series = series_of(daily(level), days=range(10, 400, 7))
    assert (series.sessions, series.crowded) == (56, 55)
    assert "Of 56 sessions, 55 cannot be used: another lies in the 14 days before them." in silence(series)
    assert "1 cannot be used: another lies in the 14 days before it." in said(daily(level), days=[*MONTHS, 37])


def test_sessions_whose_days_are_cut_are_said_with_what_that_hides() -> None:
    words = said(daily(level), days=range(30, 400, 30))
    assert "After 12 sessions the days end with the next session." in words
    assert "A change that lasts until the next session is on both sides and may be missed." in words
    assert "the days end" not in said(daily(level))


def test_sessions_that_depend_on_how_far_counting_would_have_gone_are_said() -> None:
    records = [
        a_count(record.date, 60, is_more_than=record.date < on(MONTHS[0]), id=record.id) for record in daily(level)
    ]
    series = series_of(records)
    assert (series.comparison.n, series.comparison.unknown) == (7, 1)
    assert "1 session left out: it depends on how far counting would have gone." in describe_around(series, VIEW)


def test_what_is_shown_is_not_silent() -> None:
    assert silence(series_of(daily(level))) == []


# What it says


def test_a_planted_rise_is_found_with_its_size() -> None:
    series = series_of(daily(raised))
    found = series.comparison
    assert found.n == 8
    assert found.low < 15 < found.high
    assert found.difference == pytest.approx(15, abs=2.5)
    words = describe_around(series, VIEW)
    assert words.startswith("Daily total, hairs, wash not recorded: 8 sessions can be compared.")
    assert f"counts were {found.difference:.1f} hairs more than in the 14 days before, on average" in words
    assert "Chance alone seldom does that." in words
    assert CAUSE in words


def test_a_planted_fall_is_fewer() -> None:
    words = said(daily(lambda after: 40 if after < 43 else 60))
    assert "hairs fewer than in the 14 days before" in words
    assert "95 % interval −" in words
    assert "Chance alone seldom does that." in words


def test_pure_noise_is_called_noise() -> None:
    calls = [said(daily(level, seed=seed)) for seed in range(40)]
    noise = sum("Chance alone often makes such a difference." in words for words in calls)
    assert noise >= 36  # 38 of 40 on average
    assert all(CAUSE in words for words in calls)


def test_it_never_says_that_sessions_are_the_cause_and_warns_of_few_sessions() -> None:
    words = said(daily(raised))
    assert "With so few sessions the bands are narrower than they should be." in words
    assert not any(word in words.lower() for word in ("because", "due to", "effect", "safe"))


def test_what_else_happened_around_these_sessions_is_listed() -> None:
    events = [
        an_event(EventKind.ILLNESS, on(70)),  # 40 days after the first session
        an_event(EventKind.NEW_DRUG, on(15)),  # 15 days before it
        an_event(EventKind.HAIRCUT, on(0), on(16)),  # until 14 days before it
    ]
    words = said(daily(raised), events=events)
    assert words.endswith("Also in these days: haircut on 1 Jan 2026 and illness on 12 Mar 2026.")
    assert said(daily(raised)).endswith("No other event is recorded in these days.")


def test_grades_are_higher_or_lower_and_no_hairs() -> None:
    grades = [a_count(on(day), 2 + (min((day - m for m in MONTHS if m <= day), default=99) < 43), SINCLAIR)
              for day in range(520)]  # fmt: skip
    words = said(grades, method=SINCLAIR)
    assert words.startswith("Sinclair scale, 1–6, grade, wash not recorded:")
    assert "counts were 1.0 grades higher than" in words


def test_a_p_below_a_thousandth_is_said_as_such() -> None:
    sessions = [30 + 60 * number for number in range(20)]
    chance = random.Random(3)
    records = [
        a_count(on(day), round(60 + 30 * (min((day - m for m in sessions if m <= day), default=99) < 43)
                               + chance.gauss(0, 3)))
        for day in range(1_260)
    ]  # fmt: skip
    words = said(records, days=sessions)
    assert "; p < 0.001)" in words
    assert "so few sessions" not in words


def test_the_title_says_method_unit_and_wash() -> None:
    series = series_of([], wash=WashState.LATER)
    assert around_title(series) == "Daily total, hairs, 3 days or more after a wash"


def test_days_before_have_a_minus_sign() -> None:
    assert [offset_words(day) for day in (-14, 0, 42)] == ["−14", "0", "+42"]


# The table


def test_the_table_has_a_row_for_each_week_with_the_numbers_that_are_drawn() -> None:
    series = series_of(daily(level))
    table = around_table(series, VIEW)
    assert [row[0] for row in table.rows] == [
        "−14 to −8", "−7 to −1", "0 to +6", "+7 to +13", "+14 to +20", "+21 to +27", "+28 to +34", "+35 to +42",
    ]  # fmt: skip
    assert [row[1:3] for row in table.rows] == [("56", "8")] * 7 + [("64", "8")]
    for row, one in zip(table.rows, series.bins, strict=True):
        assert tuple(float(cell) for cell in row[3:6]) == (one.spread.median, one.spread.low, one.spread.high)
        assert row[6] == f"{one.band.low:.10g} to {one.band.high:.10g}"
    assert table.numbers == {1, 2, 3, 4, 5, 6}


def test_a_median_of_a_week_is_worked_out_by_hand() -> None:
    # Two counts before each of six sessions, and two after: 10 20 and 30 40.
    days = [30 + 60 * number for number in range(6)]
    records = [a_count(on(day + at), value) for day in days for at, value in ((-9, 10), (-8, 20), (1, 30), (2, 40))]
    series = series_of(records, days=days)
    assert series.comparison.difference == 20
    first, second, third, *_ = series.bins
    assert (first.n, first.sessions, first.spread) == (12, 6, Spread(12, 10.0, 15.0, 20.0))
    assert (second.n, second.spread) == (0, None)
    assert third.spread == Spread(12, 30.0, 35.0, 40.0)
    rows = around_table(series, VIEW).rows
    assert rows[0][:6] == ("−14 to −8", "12", "6", "15", "10", "20")
    assert rows[1] == ("−7 to −1", "0", "0", "", "", "", "")
