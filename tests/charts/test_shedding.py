"""Shedding as a series, in words and as a table: small logbooks whose medians are worked out by hand."""

import numpy as np
import pytest
from builders import a_session
from charts.paper import a_count, an_event, on

from logbook.charts.chart import View
from logbook.charts.counts import Count, MethodSeries, Stretch
from logbook.charts.guidance_lines import BaselineTerms, Found
from logbook.charts.shedding import (
    SheddingSeries,
    amount_words,
    describe_shedding,
    number_words,
    shedding_series,
    shedding_table,
)
from logbook.charts.trends import Baseline, Spread
from logbook.domain.vocabulary import EventKind, Severity, SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.services.chart_guidance import guidance_lines

TOTAL, COMB = SheddingMethod.DAY_TOTAL, SheddingMethod.COMB_60S
TERMS = BaselineTerms(in_days=28, least=7)
VIEW = View(on(0), on(364))


def series_of(records, methods=(TOTAL,), sessions=(), events=(), terms=TERMS, findings=None) -> SheddingSeries:
    return shedding_series(records, methods, sessions, events, terms, findings or {})


def one(records, *sessions, **but) -> MethodSeries:
    (found,) = series_of(records, sessions=sessions, **but).methods
    return found


def every_day(values, start: int = 0, **but):
    return [a_count(on(start + day), value, **but) for day, value in enumerate(values)]


def said(records, *sessions, view: View = VIEW, **but) -> str:
    return describe_shedding(series_of(records, sessions=sessions, **but), view)


# Records to numbers


def test_a_count_keeps_all_that_is_said_of_it() -> None:
    found = Found(Severity.CAUTION, ("Counts of a day",))
    record = a_count(on(0), 40, is_more_than=True, days_since_wash=2)
    assert one([record], findings={record.id: found}) == MethodSeries(
        TOTAL, (Count(on(0), 40, True, False, 2, record.id, found),), (), (), None
    )


def test_the_median_of_days_is_worked_out_by_hand() -> None:
    series = one(every_day([10, 20, 60, 30]))
    # Two recorded days are too few; then 10 20 60, then 10 20 30 60.
    assert series.trend == (Stretch(on(2), (20.0, 25.0)),)
    assert [series.median_on(on(day)) for day in range(-1, 5)] == [None, None, None, 20, 25, None]
    assert [series.recorded_on(on(day)) for day in (0, 3, 13, 14, 17)] == [1, 4, 4, 3, 0]


def test_a_pause_breaks_the_trend_and_no_line_crosses_it() -> None:
    series = one([*every_day([10, 10, 10]), *every_day([30, 30, 30], start=40)])
    # The first median holds while three of the last fourteen days are recorded: up to day 13.
    assert series.trend == (Stretch(on(2), (10.0,) * 12), Stretch(on(42), (30.0,)))
    assert [series.median_on(on(day)) for day in (13, 14, 41, 42)] == [10, None, None, 30]
    x, y = series.line
    assert x[12] == on(14).toordinal()
    assert np.isnan(y).tolist() == [False] * 12 + [True, False, False, True]
    assert x[13:15].tolist() == [on(42).toordinal() - 0.5, on(42).toordinal() + 0.5]  # a day alone is as wide as itself


def test_what_was_not_counted_is_not_zero() -> None:
    series = one([*every_day([50, 60, 70]), a_count(on(3), None)])
    assert [count.value for count in series.counts] == [50, 60, 70]
    assert series.not_counted == (on(3),)
    assert series.median_on(on(2)) == 60
    assert "1 record without a number: what was not counted is not zero." in said(
        [*every_day([50, 60, 70]), a_count(on(3), None)]
    )


def test_no_hair_at_all_is_a_count() -> None:
    assert one(every_day([0, 0, 0])).trend == (Stretch(on(2), (0.0,)),)


def test_what_is_left_out_of_trends_is_in_no_median_and_in_no_baseline() -> None:
    records = every_day([10] * 7)
    odd = [a_count(on(day), 500, excluded_because="a wash day") for day in range(7)]
    series = one(sorted([*records, *odd], key=lambda record: record.date), a_session(on(7)))
    assert len(series.counts) == 14
    assert series.median_on(on(6)) == 10
    assert series.baseline == Baseline(on(-21).toordinal(), on(6).toordinal(), 7, 7, Spread(7, 10.0, 10.0, 10.0))
    assert series.recorded_on(on(6)) == 7
    assert one([records[0], a_count(on(1), 500, excluded_because="a wash day")]).recorded_on(on(1)) == 1


def test_a_count_that_was_given_up_moves_no_median_that_it_could_not_move() -> None:
    series = one([*every_day([10, 20]), a_count(on(2), 60, is_more_than=True), a_count(on(3), 15)])
    # 10 20 60+ is 20 whatever the last would have been; so is 10 15 20 60+ as 17.5.
    assert series.trend == (Stretch(on(2), (20.0, 17.5)),)
    assert series.counts[2].is_least


def test_a_median_that_depends_on_how_far_counting_would_have_gone_is_not_known() -> None:
    given_up = [a_count(on(day), 10 + day, is_more_than=True) for day in range(4)]
    assert one(given_up).trend == ()
    assert "; there is no median of them." in said(given_up)


def test_methods_are_never_mixed() -> None:
    records = [record for day in range(3) for record in (a_count(on(day), 100), a_count(on(day), 8, COMB))]
    both = series_of(records, (COMB, TOTAL))
    assert [series.method for series in both.methods] == [COMB, TOTAL]
    assert [series.trend for series in both.methods] == [(Stretch(on(2), (8.0,)),), (Stretch(on(2), (100.0,)),)]
    assert {count.value for count in one(records).counts} == {100}


def test_sessions_and_events_stand_beside_the_counts() -> None:
    session, event = a_session(on(5)), an_event(EventKind.ILLNESS, on(3))
    series = series_of(every_day([10]), sessions=[session], events=[event])
    assert series.sessions == ((on(5), session.id),)
    assert [mark.record_id for mark in series.events] == [event.id]
    assert series.days == (on(0), on(0))


def test_the_days_are_those_of_all_methods() -> None:
    records = [a_count(on(3), 8, COMB), a_count(on(5), 90), a_count(on(9), 9, COMB)]
    assert series_of(records, (COMB, TOTAL)).days == (on(3), on(9))
    assert series_of([], (COMB, TOTAL)).days is None
    assert series_of([a_count(on(1), None)]).days is None


# The own baseline


def test_the_baseline_lies_in_the_days_that_the_rules_name() -> None:
    terms = guidance_lines(load_rules()).baseline
    assert terms == BaselineTerms(28, 7)
    inside = [a_count(on(day), 20 + day) for day in range(7)]
    around = [a_count(on(-1), 900), *inside, a_count(on(28), 900)]
    own = one(around, a_session(on(28)), a_session(on(60)), terms=terms).baseline
    # Day −1 is 29 days before the first session, and its own day is not before it: 20 … 26 are left.
    assert own == Baseline(on(0).toordinal(), on(27).toordinal(), 7, 7, Spread(7, 21.5, 23.0, 24.5))


@pytest.mark.parametrize(("counts", "words"), [(6, "there are 6."), (1, "there is 1."), (0, "there are 0.")])
def test_too_few_counts_are_no_baseline_and_it_is_said(counts: int, words: str) -> None:
    records = [*every_day([20] * counts), a_count(on(40), 30)]
    assert one(records, a_session(on(20))).baseline.median is None
    sentence = f"Your own baseline needs 7 counts in the 28 days before your first session; {words}"
    assert sentence in said(records, a_session(on(20)))


def test_without_a_session_there_is_nothing_that_a_baseline_could_lie_before() -> None:
    assert one(every_day([20] * 9)).baseline is None
    assert "There is no session yet that your own baseline could lie before." in said(every_day([20] * 9))


def test_a_baseline_of_counts_that_were_given_up_is_not_known() -> None:
    records = every_day([20, 21, 22, 23, 24, 25, 26], is_more_than=True)
    assert one(records, a_session(on(7))).baseline.median is None
    assert "Your own baseline is not known: counting was given up too often." in said(records, a_session(on(7)))


# Words


def test_it_is_said_what_was_counted_and_how_it_compares() -> None:
    records = [*every_day([10, 10, 12, 12, 12, 14, 14]), *every_day([24, 24, 24], start=30)]
    assert said(records, a_session(on(7)), events=[an_event(EventKind.ILLNESS, on(9))]) == (
        "Daily total: 10 counts, the last on 2 Feb 2026."
        " On 3 of the 14 days up to then something was counted; their median is 24."
        " Your own baseline is 12, half of its 7 counts between 11 and 13: the median is now 2.0 times that."
        " In these days: 1 session and illness."
    )


def test_a_trend_without_enough_days_is_not_made_up() -> None:
    assert said(every_day([10])) == (
        "Daily total: 1 count, the last on 1 Jan 2026."
        " On 1 of the 14 days up to then something was counted; there is no median of them."
        " There is no session yet that your own baseline could lie before."
    )


def test_a_baseline_of_no_hair_is_not_divided_by() -> None:
    records = [*every_day([0] * 7), *every_day([5, 5, 5], start=20)]
    assert "Your own baseline is 0, half of its 7 counts between 0 and 0." in said(records, a_session(on(7)))


def test_only_what_is_in_view_is_told() -> None:
    records = [*every_day([10] * 20), *every_day([99] * 5, start=200)]
    session, late = a_session(on(3)), a_session(on(201))
    words = said(records, session, late, view=View(on(0), on(30)))
    assert words.startswith("Daily total: 20 counts, the last on 20 Jan 2026.")
    assert "In these days: 1 session." in words
    assert said(records, view=View(on(100), on(120))) == "Daily total: nothing is recorded in these days."


def test_each_method_has_its_own_sentences() -> None:
    words = said([*every_day([10, 20, 30])], methods=(TOTAL, COMB))
    assert "Daily total: 3 counts" in words
    assert words.endswith("60-second count: nothing is recorded in these days.")


def test_what_is_left_out_is_said() -> None:
    odd = a_count(on(3), 500, excluded_because="a wash day")
    assert "1 count left out of trends." in said([*every_day([10, 20, 30]), odd])
    assert said([odd]) == "Daily total: nothing to show a trend with. 1 count left out of trends."


def test_what_was_found_is_said_with_its_number_of_counts() -> None:
    records = every_day([10, 20, 30])
    findings = {record.id: Found(Severity.CAUTION, ("Counts",)) for record in records[:2]}
    assert said(records, findings=findings).endswith("Found: caution for 2.")


def test_amounts_have_their_unit() -> None:
    assert amount_words(TOTAL, 1) == "1 hair"
    assert amount_words(TOTAL, 1200) == "1,200 hairs"
    assert amount_words(SheddingMethod.SINCLAIR, 4) == "grade 4"
    assert amount_words(SheddingMethod.ESTIMATE, 2) == "grade 2, elevated"


def test_numbers_are_as_short_as_they_are_exact() -> None:
    assert [number_words(value) for value in (None, 12.0, 12.5, 58.75, 1234.0)] == ["", "12", "12.5", "58.75", "1,234"]


# The table


def test_the_table_has_every_count_of_the_view_the_latest_first() -> None:
    first = a_count(on(0), 10, days_since_wash=1)
    second = a_count(on(1), 20, is_more_than=True)
    third = a_count(on(2), 30, excluded_because="a wash day")
    last = a_count(on(3), 40)
    findings = {last.id: Found(Severity.WARNING, ("Counts",))}
    table = shedding_table(series_of([first, second, third, last], findings=findings), View(on(0), on(3)))
    assert table.titles == ("Date", "Method", "Count", "Median of 14 days", "Days since wash", "Trends", "Found")
    assert table.rows == (
        ("4 Jan 2026", "Daily total", "40", "", "", "", "Warning"),
        ("3 Jan 2026", "Daily total", "30", "", "", "left out", ""),
        ("2 Jan 2026", "Daily total", ">20", "", "", "", ""),
        ("1 Jan 2026", "Daily total", "10", "", "1", "", ""),
    )
    assert list(table.record_ids) == [last.id, third.id, second.id, first.id]
    assert table.numbers == {2, 3, 4}


def test_the_table_says_the_medians_that_are_drawn() -> None:
    series = series_of(every_day([10, 20, 60, 30]))
    assert [row[3] for row in shedding_table(series, VIEW).rows] == ["25", "20", "", ""]
    assert len(shedding_table(series, View(on(2), on(2))).rows) == 1
    assert shedding_table(series_of([]), VIEW).rows == ()


def test_two_methods_stand_in_one_table_by_date() -> None:
    records = [a_count(on(0), 100), a_count(on(1), 8, COMB), a_count(on(2), 110)]
    table = shedding_table(series_of(records, (COMB, TOTAL)), VIEW)
    assert [row[1] for row in table.rows] == ["Daily total", "60-second count", "Daily total"]


def test_ten_years_of_days_have_a_median_each() -> None:
    series = one(every_day([day % 7 for day in range(3_650)]))
    (stretch,) = series.trend
    assert len(stretch.medians) == 3_648
    assert set(stretch.medians[20:]) == {3.0}  # fourteen days hold each of 0 … 6 twice
