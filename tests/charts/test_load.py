"""Load: dates in 28 days by depth and zone, against the rule itself and a plain count."""

from datetime import date, timedelta

import numpy as np
import pytest
from builders import a_session
from domain.test_history import DEPTHS, touched
from domain.test_history import sessions as some_sessions
from figures import a_view
from hypothesis import given
from hypothesis import strategies as st

from logbook.charts.chart import NOTHING_HERE
from logbook.charts.guidance_lines import Ceiling
from logbook.charts.load import LoadSeries, describe_load, load_series, load_table
from logbook.charts.steps import Steps
from logbook.domain.history import History, Past
from logbook.domain.session import Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Severity, Zone
from logbook.guidance.predicates.interval import DatesBand

CEILINGS = (Ceiling(50, None, 4, 28, Severity.WARNING), Ceiling(30, 50, 8, 28, Severity.CAUTION))
SPRING = a_view("2026-03-01", "2026-05-31")
START = date(2026, 5, 1)


def series(*sessions: Session) -> LoadSeries:
    return load_series(sessions, CEILINGS)


def on(found: LoadSeries, day: date) -> dict[str, int]:
    return {band.key: band.steps.on(day.toordinal()) for band in found.bands}


def test_bands_are_those_of_the_rule_and_what_lies_between() -> None:
    found = series(*(a_session(START, depth) for depth in (25, 40, 60, None)))
    assert [(band.over, band.up_to, band.ceiling) for band in found.bands] == [
        (0, 30, None),
        (30, 50, CEILINGS[1]),
        (50, None, CEILINGS[0]),
        (None, None, None),
    ]


def test_a_band_without_a_date_is_not_there() -> None:
    assert [band.key for band in series(a_session(START, 60)).bands] == ["over_50"]


def test_a_band_is_closed_at_its_top() -> None:
    keys = [series(a_session(START, depth)).bands[0].key for depth in (30, 31, 50, 51)]
    assert keys == ["over_0", "over_30", "over_30", "over_50"]


def test_without_ceilings_all_known_depths_are_one_band() -> None:
    found = load_series([a_session(START, 25), a_session(START, 150), a_session(START, None)], ())
    assert [(band.key, band.title) for band in found.bands] == [
        ("over_0", "Of any depth"),
        ("unknown", "Depth not recorded"),
    ]
    assert found.in_days == 28


def test_a_window_of_other_days_is_that_of_the_ceilings() -> None:
    found = load_series([a_session(START, 60)], (Ceiling(50, None, 4, 7, Severity.WARNING),))
    assert [on(found, START + timedelta(days=days)) for days in (0, 6, 7)] == [
        {"over_50": 1},
        {"over_50": 1},
        {"over_50": 0},
    ]


def test_a_date_counts_for_28_days() -> None:
    found = series(a_session(START, 60))
    assert found.bands[0].steps == Steps((START.toordinal(), START.toordinal() + 28), (1, 0))


def test_two_sessions_of_a_day_are_one_date_of_each_of_their_bands() -> None:
    found = series(a_session(START, 60), a_session(START, 60), a_session(START, 25))
    assert on(found, START) == {"over_0": 1, "over_50": 1}


@pytest.mark.parametrize(
    ("known", "key"), [(60, "over_50"), (40, "unknown"), (25, "unknown")], ids=["deep", "middle", "shallow"]
)
def test_with_some_depth_not_recorded_only_the_deepest_band_is_known(known: int, key: str) -> None:
    zones = (ZonePass(Zone.CROWN, Depth(known)), ZonePass(Zone.HAIRLINE, None))
    assert [band.key for band in series(a_session(START, zones=zones)).bands] == [key]


@given(some_sessions(most=20, span=70))
def test_a_date_counts_as_the_rule_counts_it(sessions: list[Session]) -> None:
    found = series(*History(sessions))
    rules = {
        "over_50": DatesBand(Depth(50), 4, Severity.WARNING),
        "over_30": DatesBand(Depth(30), 8, Severity.CAUTION, Depth(50)),
    }
    steps = {band.key: band.steps for band in found.bands}
    for session in sessions:
        last = session.date
        for key, band in rules.items():
            first = last - timedelta(days=27)
            dates = {one.date for one in sessions if first <= one.date <= last and band.holds(Past.of(one))}
            assert steps.get(key, Steps((), ())).on(last.toordinal()) == len(dates)


@given(some_sessions(most=20, span=70), st.integers(0, 100))
def test_a_zone_counts_the_dates_on_which_it_was_touched(sessions: list[Session], days: int) -> None:
    found = series(*History(sessions))
    last = date(2026, 1, 1) + timedelta(days=days)
    near = [one for one in sessions if last - timedelta(days=27) <= one.date <= last]
    for zone in found.zones:
        if zone.zone is not Zone.WHOLE_SCALP:
            assert zone.steps.on(last.toordinal()) == len({one.date for one in near if zone.zone in touched(one)})


def test_zones_that_no_session_names_are_one_row_as_the_whole_scalp() -> None:
    found = series(
        a_session("2026-05-01", zone=Zone.CROWN),
        a_session("2026-05-02", zone=Zone.WHOLE_SCALP),
        a_session("2026-05-03", zone=None),
        a_session("2026-05-04", zone=Zone.EYEBROW),
    )
    last = date(2026, 5, 4).toordinal()
    assert [(zone.zone, zone.steps.on(last)) for zone in found.zones] == [
        (Zone.CROWN, 3),
        (Zone.WHOLE_SCALP, 2),
        (Zone.EYEBROW, 1),
    ]


def test_without_the_whole_scalp_there_is_no_row_for_it() -> None:
    assert [zone.zone for zone in series(a_session(START, zone=Zone.CROWN)).zones] == [Zone.CROWN]


@given(st.lists(st.tuples(st.integers(0, 40), DEPTHS), min_size=1, max_size=10))
def test_every_session_is_in_one_band_that_counts_it(given_days: list[tuple[int, Depth | None]]) -> None:
    sessions = [
        a_session(START + timedelta(days=days), depth) for days, depth in sorted(given_days, key=lambda g: g[0])
    ]
    found = series(*sessions)
    assert [one.record_id for one in found.sessions] == [session.id for session in sessions]
    for one in found.sessions:
        assert found.bands[one.band].steps.on(one.day.toordinal()) >= 1


def test_a_series_knows_its_days() -> None:
    assert series().days is None
    assert series(a_session("2026-05-01"), a_session("2026-05-09")).days == (date(2026, 5, 1), date(2026, 5, 9))


def test_what_counts_in_a_view_may_have_been_before_it() -> None:
    found = series(a_session("2026-04-20", 60))
    may = a_view("2026-05-01", "2026-05-31")
    assert [band.key for band in found.bands_in(may)] == ["over_50"]
    assert [zone.zone for zone in found.zones_in(may)] == [Zone.CROWN]
    assert found.bands_in(a_view("2026-05-18", "2026-05-31")) == []
    assert found.bands_in(may.without("over_50")) == found.bands_in(may)
    assert found.zones_in(may.without("crown")) == found.zones_in(may)


def test_what_is_switched_off_is_said_all_the_same() -> None:
    found = series(a_session("2026-04-30", 60), a_session("2026-05-04", 25))
    keys = [*(band.key for band in found.bands), *(zone.key for zone in found.zones)]
    assert describe_load(found, SPRING.without(*keys)) == describe_load(found, SPRING)


def test_the_chart_in_sentences() -> None:
    deep = [a_session(date(2026, 5, 1) + timedelta(days=5 * n), 60) for n in range(5)]
    found = series(a_session("2026-03-04", 40, Zone.HAIRLINE), a_session("2026-04-30", None), *deep)
    assert describe_load(found, SPRING) == (
        "On 31 May 2026, in 28 days (this date and the 27 before): 0 dates over 0.3 up to 0.5 mm, 4 dates over 0.5 mm "
        "and 0 dates at an unrecorded depth. By zone: hairline 0 and crown 4. The most in these days: "
        "1 date over 0.3 up to 0.5 mm, first on 4 Mar 2026, not more than the 8 of which guidance says nothing; "
        "5 dates over 0.5 mm, first on 21 May 2026, more than the 4 of which guidance says nothing; "
        "1 date at an unrecorded depth, first on 30 Apr 2026."
    )


def test_as_many_dates_as_the_ceiling_are_not_more_than_it() -> None:
    deep = [a_session(date(2026, 5, 1) + timedelta(days=5 * n), 60) for n in range(4)]
    assert "4 dates over 0.5 mm, first on 16 May 2026, not more than the 4" in describe_load(series(*deep), SPRING)


def test_nothing_in_these_days_is_said() -> None:
    assert describe_load(series(), SPRING) == NOTHING_HERE
    assert describe_load(series(a_session("2025-01-01")), SPRING) == NOTHING_HERE


def test_the_table_has_the_load_on_the_day_of_each_session() -> None:
    found = series(
        a_session("2026-02-20", 25, Zone.FRONTAL, id="0"),
        a_session("2026-05-01", 25, id="a"),
        a_session("2026-05-08", 60, Zone.WHOLE_SCALP, id="b"),
    )
    table = load_table(found, SPRING)
    assert table.titles == ("Date", "Dates up to 0.3 mm", "Dates over 0.5 mm", "Dates by zone")
    assert table.rows == (
        ("8 May 2026", "1", "1", "frontal 1, crown 2, whole scalp 1"),
        ("1 May 2026", "1", "0", "crown 1"),
    )
    assert list(table.record_ids) == ["b", "a"]
    assert table.numbers == {1, 2}


def test_the_arrays_are_those_of_the_sessions() -> None:
    days, bands, covers = series(a_session(START, 25), a_session(START, 60, Zone.EYEBROW)).columns
    assert days.tolist() == [START.toordinal()] * 2
    assert bands.tolist() == [0, 1]
    assert np.bitwise_and(covers[0], covers[1]) == 0
