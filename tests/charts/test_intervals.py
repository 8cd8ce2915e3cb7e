"""Intervals by date: the series against the history's own count, and what is said of them."""

from datetime import date

from builders import a_session
from domain.test_history import sessions as some_sessions
from figures import a_view
from hypothesis import given
from hypothesis import strategies as st

from logbook.charts.chart import ALL_HIDDEN, NOTHING_HERE
from logbook.charts.guidance_lines import Found, RestAfter
from logbook.charts.intervals import (
    NO_INTERVAL,
    Interval,
    IntervalSeries,
    describe_intervals,
    interval_series,
    interval_table,
)
from logbook.domain.history import History
from logbook.domain.session import Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting, Severity, Zone

SHALLOW = RestAfter(0, ((1, Severity.WARNING),))
MIDDLE = RestAfter(30, ((3, Severity.WARNING), (7, Severity.CAUTION)))
DEEP = RestAfter(50, ((3, Severity.STOP), (7, Severity.WARNING), (14, Severity.CAUTION)))
NONE = RestAfter(0, ())
LATER = RestAfter(50, ((7, Severity.WARNING), (14, Severity.INFO)))
RESTS = {Setting.HOME: (SHALLOW, MIDDLE, DEEP), Setting.SUPERVISED: (NONE, LATER)}
MAY = a_view("2026-05-01", "2026-05-31")
WARNED = Found(Severity.WARNING, ("Rest at home",))


def series(*sessions: Session, findings: dict[str, Found] | None = None) -> IntervalSeries:
    return interval_series(sessions, RESTS, findings or {})


def days_of(found: IntervalSeries) -> list[int]:
    return [point.days for point in found.points]


def test_an_interval_belongs_to_the_later_session() -> None:
    found = series(
        a_session("2026-05-04", 60, id="a"),
        a_session("2026-05-14", 25, id="b", setting=Setting.SUPERVISED),
        findings={"a": Found(Severity.STOP, ("x",)), "b": WARNED},
    )
    assert found.points == (Interval(date(2026, 5, 14), 10, Depth(60), LATER, Setting.SUPERVISED, "b", WARNED),)
    assert found.points[0].earlier == date(2026, 5, 4)
    assert found.days == (date(2026, 5, 14), date(2026, 5, 14))


def test_one_session_has_no_interval() -> None:
    assert series(a_session()).points == ()
    assert series(a_session()).days is None


def test_places_that_do_not_overlap_have_no_interval_between_them() -> None:
    sessions = [
        a_session("2026-05-01", 60, Zone.CROWN),
        a_session("2026-05-04", 25, Zone.HAIRLINE),
        a_session("2026-05-09", 25, Zone.CROWN),
        a_session("2026-05-10", 25, Zone.EYEBROW),
        a_session("2026-05-11", 25, Zone.WHOLE_SCALP),
    ]
    assert [(point.days, point.depth) for point in series(*sessions).points] == [(8, 60), (2, 25)]


def test_a_second_session_of_a_day_comes_after_no_days() -> None:
    assert days_of(series(a_session("2026-05-01"), a_session("2026-05-01"))) == [0]


def test_the_depth_is_that_of_the_earlier_session_where_the_two_overlap() -> None:
    zones = (ZonePass(Zone.CROWN, Depth(40)), ZonePass(Zone.HAIRLINE, Depth(100)))
    found = series(a_session("2026-05-01", zones=zones), a_session("2026-05-09", 150, Zone.CROWN))
    assert (found.points[0].depth, found.points[0].rest) == (Depth(40), MIDDLE)


def test_the_deepest_known_depth_counts_where_another_is_not_recorded() -> None:
    zones = (ZonePass(Zone.CROWN, None), ZonePass(Zone.WHOLE_SCALP, Depth(40)))
    assert series(a_session("2026-05-01", zones=zones), a_session("2026-05-09")).points[0].depth == 40


def test_after_a_depth_that_is_not_recorded_no_rest_is_known() -> None:
    (point,) = series(a_session("2026-05-01", None), a_session("2026-05-02", 60)).points
    assert (point.depth, point.rest, point.asked, point.is_short) == (None, None, None, False)


def test_a_band_of_rest_is_closed_at_its_top() -> None:
    rests = [
        series(a_session("2026-05-01", depth), a_session("2026-05-09")).points[0].rest for depth in (30, 31, 50, 51)
    ]
    assert rests == [SHALLOW, MIDDLE, MIDDLE, DEEP]


def test_a_setting_that_is_not_recorded_is_home_as_the_rules_take_it() -> None:
    (point,) = series(a_session("2026-05-01", 60), a_session("2026-05-09", setting=None)).points
    assert (point.setting, point.rest) == (None, DEEP)


def test_an_interval_is_short_on_the_day_before_guidance_says_nothing() -> None:
    on = [series(a_session("2026-05-01", 60), a_session(f"2026-05-{day}")).points[0] for day in (14, 15)]
    assert [(point.days, point.asked, point.is_short) for point in on] == [(13, 14, True), (14, 14, False)]


def test_where_guidance_asks_for_no_rest_nothing_is_short() -> None:
    (point,) = series(a_session("2026-05-01", 25), a_session("2026-05-01", setting=Setting.SUPERVISED)).points
    assert (point.asked, point.is_short) == (0, False)


@given(some_sessions(most=14, span=60))
def test_intervals_are_those_of_the_history(sessions: list[Session]) -> None:
    history = History(sessions)
    expected = [(one.id, history.interval_days(one)) for one in history]
    assert [(p.record_id, p.days) for p in series(*history).points] == [
        pair for pair in expected if pair[1] is not None
    ]


@given(some_sessions(most=14, span=60), st.dates(date(2026, 1, 1), date(2026, 3, 1)))
def test_a_view_has_the_intervals_that_end_in_it(sessions: list[Session], first: date) -> None:
    found = series(*History(sessions))
    view = a_view(first.isoformat(), "2026-02-10")
    assert list(found.within(view)) == [point for point in found.points if view.holds(point.day)]


def weekly(count: int) -> list[Session]:
    return [a_session(date(2026, 5, 1 + 7 * n), 60, id=str(n)) for n in range(count)]


def test_the_chart_in_sentences() -> None:
    sessions = [*weekly(4), a_session("2026-05-25", None, id="x"), a_session("2026-05-30", 25)]
    assert describe_intervals(series(*sessions, findings={"2": WARNED, "3": WARNED}), MAY) == (
        "5 intervals from 8 May 2026 to 30 May 2026: median 7 days, n 5. The shortest is 3 days, the longest 7. "
        "4 of 4 were shorter than guidance asks for after that depth. Before 1 interval the depth is not recorded. "
        "Found: warning for 2."
    )


def test_one_interval_has_neither_a_shortest_nor_a_longest() -> None:
    said = describe_intervals(series(a_session("2026-05-01", 25), a_session("2026-05-02")), MAY)
    assert said == ("1 interval on 2 May 2026: 1 day. None of 1 was shorter than guidance asks for after that depth.")


def test_an_even_number_of_intervals_has_its_median_between_two() -> None:
    found = series(a_session("2026-05-01", 25), a_session("2026-05-02"), a_session("2026-05-06"))
    assert "median 2.5 days, n 2" in describe_intervals(found, MAY)


def test_what_is_switched_off_is_there_all_the_same_and_the_drawn_median_is_told_apart() -> None:
    sessions = [a_session("2026-05-01"), a_session("2026-05-02"), a_session("2026-05-12", setting=Setting.SUPERVISED)]
    found = series(*sessions)
    whole = describe_intervals(found, MAY)
    assert whole.startswith("2 intervals from 2 May 2026 to 12 May 2026: median 5.5 days, n 2.")
    assert describe_intervals(found, MAY.without("median")) == whole
    without_supervised = describe_intervals(found, MAY.without("supervised"))
    assert without_supervised == f"{whole} Without what the legend hides: median 1 day, n 1."
    assert describe_intervals(found, MAY.without("home", "supervised")) == f"{whole} {ALL_HIDDEN}"


def test_nothing_is_said_to_be_nothing() -> None:
    assert describe_intervals(series(*weekly(1)), MAY) == NO_INTERVAL
    assert describe_intervals(series(*weekly(4)), a_view("2020-01-01", "2020-12-31")) == NOTHING_HERE


def test_the_table_has_the_latest_first() -> None:
    sessions = [a_session("2026-05-01", 60), a_session("2026-05-08", None, id="b"), a_session("2026-05-12", id="c")]
    table = interval_table(series(*sessions, findings={"b": WARNED}), MAY)
    assert table.rows == (
        ("12 May 2026", "4", "8 May 2026", "", "", "At home", ""),
        ("8 May 2026", "7", "1 May 2026", "0.60", "14", "At home", "Warning"),
    )
    assert list(table.record_ids) == ["c", "b"]
    assert len(table.titles) == 7
    assert [table.titles[column] for column in sorted(table.numbers)] == [
        "Interval, days",
        "Depth then, mm",
        "Rest asked for, days",
    ]
