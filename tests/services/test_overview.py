"""Everything at a glance, from the records alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import SAM, TODAY, a_history, a_session
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.person import Person
from logbook.domain.session import ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import TREND_LEAST
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Severity, SheddingMethod, Zone
from logbook.guidance.loader import load_rules
from logbook.services.findings import Answer, acknowledge, list_findings
from logbook.services.judged import JudgedHistory
from logbook.services.overview import SPAN, look_over
from logbook.services.shedding_trend import trend_of

RULES = load_rules()
COMB, TOTAL = SheddingMethod.COMB_60S, SheddingMethod.DAY_TOTAL


def judged(*sessions, shedding=()):
    return JudgedHistory(RULES, Person(SAM), sessions, shedding)


def ago(days, depth=50, **but):
    return a_session(TODAY - timedelta(days=days), depth, **but)


def a_count(days, value=10, method=COMB, **but):
    return SheddingRecord(new_id(), SAM, TODAY - timedelta(days=days), method, value, **but)


def look(*sessions, shedding=(), acknowledged=(), today=TODAY):
    return look_over(judged(*sessions, shedding=shedding), acknowledged, today)


def test_nothing_is_told_of_nothing():
    told = look()
    assert told.is_empty
    assert (told.next, told.last, told.shedding) == ((), None, None)
    assert told.open is not None
    assert not told.open.counts


@pytest.mark.parametrize("records", [{"shedding": [a_count(1, None)]}, {"shedding": [a_count(1)]}])
def test_a_count_alone_is_something(records):
    assert not look(**records).is_empty
    assert not look(ago(1)).is_empty


# The last session


def test_the_last_session_is_told_with_its_days_zones_and_verdict():
    zones = (ZonePass(Zone.CROWN, Depth(150)), ZonePass(Zone.HAIRLINE))
    last = look(ago(9), ago(3, zones=zones)).last
    assert last.ago == "3 days ago"
    assert last.where == "Crown 1.5 mm and hairline at an unrecorded depth"
    assert last.verdict.severity is Severity.WARNING
    assert last.findings.startswith("Depth at home")


def test_a_session_without_zones_or_findings_says_so():
    last = look(a_session(TODAY, zones=(), device=None)).last
    assert (last.ago, last.where) == ("Today", "—")
    assert "not judged" in last.findings
    assert look(ago(0, 25)).last.findings.startswith("No published warning found by these rules.")


# What is open


def found(judged, acknowledged=(), today=TODAY):
    return look_over(judged, acknowledged, today).open


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from([None, 25, 50, 150, 300])), max_size=15),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from([None, 10, 300])), max_size=5),
    st.data(),
)
def test_what_is_open_is_what_the_list_of_findings_says(sessions, counts, data):
    history = judged(*(ago(days, depth) for days, depth in sessions), shedding=[a_count(*one, TOTAL) for one in counts])
    listed = list_findings(history, (), TODAY)
    chosen = data.draw(st.sets(st.integers(0, len(listed) - 1), max_size=6)) if listed else set()
    some = [listed[place] for place in chosen]
    known = [one.after for one in acknowledge([one.finding for one in some], Answer()).replacements] if some else []
    opened = [one for one in list_findings(history, known, TODAY) if one.state.value == "open"]
    told = found(history, known)
    assert sum(told.counts.values()) == len(opened)
    assert all(told.counts.get(one, 0) == sum(o.finding.severity is one for o in opened) for one in Severity)
    stops = [one for one in opened if one.finding.severity is Severity.STOP]
    assert (told.last_stop is not None) is bool(stops)
    if told.last_stop:
        assert told.last_stop.record.date == max(one.record.date for one in stops)
        assert told.last_stop.finding in [one.finding for one in stops]


def test_what_was_acknowledged_of_other_facts_is_open():
    before, now = ago(3, 150), ago(3, 200)
    (finding,) = (one for one in judged(before).verdict(before).findings if one.rule.id == "D01")
    known = [one.after for one in acknowledge([finding], Answer()).replacements]
    assert found(judged(before), known).counts != found(judged(before)).counts
    moved = replace(now, id=before.id)
    assert found(judged(moved), known).counts == found(judged(moved)).counts


def test_what_is_open_is_not_told_while_much_is_unjudged():
    history = judged(*a_history(60))
    assert found(history) is None
    for record in history:
        history.verdict(record)
    assert found(history) is not None


# Shedding


def test_the_method_that_was_counted_most_is_shown_without_what_is_no_count():
    told = look(
        shedding=[
            *(a_count(days, 20 + days, TOTAL) for days in range(3)),
            *(a_count(days) for days in range(2)),
            *(a_count(days, None) for days in range(9)),
            *(a_count(days, 5, excluded_because="cut") for days in range(9)),
        ]
    ).shedding
    assert told.method is TOTAL
    assert [one.value for one in told.drawn] == [22, 21, 20]


def test_too_few_days_with_a_count_draw_nothing_and_are_told_in_one_sentence():
    few = look(shedding=[*(a_count(1) for _ in range(9)), a_count(2)]).shedding
    assert not few.is_enough
    assert few.sentence() == (
        f"60-second count: counted on 2 days of the last {SPAN}, the last on 29 June 2026; a trend takes {TREND_LEAST}."
    )
    assert look(shedding=[a_count(days) for days in range(TREND_LEAST)]).shedding.is_enough


def test_counts_of_more_than_half_a_year_ago_are_not_drawn():
    old = look(shedding=[a_count(SPAN + days) for days in range(9)]).shedding
    assert not old.is_enough
    assert old.sentence().startswith(
        f"60-second count: counted on 0 days of the last {SPAN}, the last on 30 December 2025;"
    )
    edge = look(shedding=[a_count(SPAN - 1), a_count(SPAN)]).shedding
    assert [one.date for one in edge.drawn] == [edge.first]


def test_the_own_baseline_is_that_of_the_rules():
    before = [a_count(60 + days, 10) for days in range(8)]
    now = [a_count(days, 20) for days in range(5)]
    told = look(ago(50), shedding=[*before, *now]).shedding
    trend = trend_of(told)
    assert told.usual == 10
    assert trend.now == 20
    assert "The median of the 14 days up to then is 20, 2.0 times your own baseline." in told.sentence(trend.now)
    assert "Your own baseline is 10: the median of the 28 days before your first session" in told.sentence(trend.now)


def test_without_a_baseline_it_is_told_why():
    told = look(shedding=[a_count(days) for days in range(5)]).shedding
    assert told.usual is None
    assert "Your own baseline – none yet: it is the median of the 28 days before your first session" in told.sentence()
    assert "times" not in told.sentence(20)


# The trend


def test_the_trend_is_that_of_the_chart_and_never_crosses_a_gap():
    shown = [a_count(days, 10 + days % 3) for days in (*range(10), *range(60, 70))]
    told = look(shedding=shown).shedding
    trend = trend_of(told)
    assert len(trend.stretches) == 2
    assert all(len(one.medians) > 1 for one in trend.stretches)
    assert trend.now == 11


def test_the_first_days_of_the_trend_rest_on_counts_before_them():
    steady = look(shedding=[a_count(days) for days in range(SPAN + 40)]).shedding
    (stretch,) = trend_of(steady).stretches
    assert stretch.first == steady.first
    assert len(stretch.medians) == SPAN


def test_a_median_that_is_not_known_leaves_a_gap_and_is_not_told():
    given_up = look(shedding=[a_count(days, 100, is_more_than=True) for days in range(9)]).shedding
    trend = trend_of(given_up)
    assert trend.stretches == ()
    assert trend.now is None
    assert "median of the 14 days" not in given_up.sentence(trend.now)
