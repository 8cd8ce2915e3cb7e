"""When a zone may be needled again, against a search through the days one by one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from builders import SAM, a_session
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from logbook.domain.history import History
from logbook.domain.session import Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting, Severity, Zone
from logbook.guidance.judge import NextDates, judge, next_dates, next_dates_after
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case, Finding

RULES = load_rules()
REST = ("I01", "I02", "I03")
START = date(2026, 3, 1)

SETTINGS = st.sampled_from([Setting.HOME, Setting.SUPERVISED, None])
ZONES = st.sampled_from([Zone.CROWN, Zone.HAIRLINE, Zone.WHOLE_SCALP, Zone.EYEBROW, None])
DEPTHS = st.none() | st.sampled_from([25, 30, 31, 50, 51, 100, 101, 150, 151, 250]).map(Depth)
PLACE = st.builds(ZonePass, ZONES, DEPTHS)


@st.composite
def histories(draw: st.DrawFn, depths: st.SearchStrategy[Depth | None] = DEPTHS) -> list[Session]:
    """Some sessions of the last weeks; dense at times, so that counts of dates matter."""
    days = draw(st.lists(st.integers(0, draw(st.sampled_from([7, 28, 60]))), max_size=14))
    place = st.builds(ZonePass, ZONES, depths)
    places = st.lists(place, max_size=2, unique_by=lambda place: place.zone)
    return [
        Session(
            f"{number:032x}",
            SAM,
            START - timedelta(days=day),
            draw(st.none() | st.just(time(12))),
            setting=draw(SETTINGS),
            zones=tuple(draw(places)),
        )
        for number, day in enumerate(days)
    ]


def resting(history: History, session: Session) -> list[Finding]:
    verdict = judge(RULES, Case(session, history))
    return [finding for finding in verdict.findings if finding.rule.id in REST]


def first_day(history: History, place: ZonePass, setting: Setting | None, start: date, worst: Severity) -> date:
    """Go day by day to the first on which a session at its very end finds nothing worse than *worst*."""

    def days() -> Iterator[date]:
        yield from (start + timedelta(days=day) for day in range(200))

    for day in days():
        last = a_session(day, zones=(place,), setting=setting, time=time(23, 59, 59), id="f" * 32)
        if all(finding.severity <= worst for finding in resting(history, last)):
            return day
    raise AssertionError("no day within 200 days")


def searched(history: History, place: ZonePass, setting: Setting | None, start: date) -> NextDates:
    return NextDates(
        first_day(history, place, setting, start, Severity.INFO),
        first_day(history, place, setting, start, Severity.CLEAN),
    )


@settings(max_examples=60, deadline=None)
@given(histories(), PLACE, SETTINGS, st.integers(-10, 5))
def test_the_next_dates_are_those_of_a_search_day_by_day(
    some: list[Session], place: ZonePass, setting: Setting | None, from_day: int
) -> None:
    history, start = History(some), START + timedelta(days=from_day)
    assert next_dates(RULES, history, place, setting, start) == searched(history, place, setting, start)


@settings(max_examples=60, deadline=None)
@given(histories(st.sampled_from([Depth(25), Depth(30), Depth(40), Depth(60)])), PLACE, SETTINGS)
def test_so_are_they_for_somebody_who_needles_very_often(
    some: list[Session], place: ZonePass, setting: Setting | None
) -> None:
    daily = [a_session(START - timedelta(days=day), 25, Zone.HAIRLINE) for day in range(4)]
    history = History([*some, *daily])
    assert next_dates(RULES, history, place, setting, START) == searched(history, place, setting, START)


@settings(max_examples=60, deadline=None)
@given(histories(), PLACE, SETTINGS)
def test_clear_is_never_before_earliest_nor_earliest_before_the_start(
    some: list[Session], place: ZonePass, setting: Setting | None
) -> None:
    dates = next_dates(RULES, History(some), place, setting, START)
    assert START <= dates.earliest <= dates.clear


def test_the_worked_example_of_the_formats() -> None:
    one, two = (
        a_session(day, 150, setting=Setting.SUPERVISED, professional_advice=True)
        for day in ("2026-01-05", "2026-01-12")
    )
    history = History([one, two])
    assert next_dates_after(RULES, history, two) == {
        Zone.CROWN: NextDates(date(2026, 1, 19), date(2026, 2, 2)),  # days 7 and 21
    }
    assert next_dates_after(RULES, history, one) == {Zone.CROWN: NextDates(date(2026, 1, 12), date(2026, 1, 26))}


def test_at_home_the_two_are_often_the_same() -> None:
    on = date(2026, 1, 5)
    for depth, days in ((25, 1), (50, 7), (100, 14), (150, 21), (200, 28)):
        last = a_session(on, depth)
        there = next_dates_after(RULES, History([last]), last)[Zone.CROWN]
        assert there == NextDates(on + timedelta(days=days), on + timedelta(days=days)), depth


def test_every_session_of_the_start_itself_comes_before() -> None:
    noon = History([a_session(START, 25, time=time(12))])
    tomorrow = START + timedelta(days=1)
    there = next_dates(RULES, noon, ZonePass(Zone.CROWN, Depth(25)), Setting.HOME, START)
    assert there == NextDates(tomorrow, tomorrow)


def test_without_a_session_and_in_another_zone_it_is_today() -> None:
    today = NextDates(START, START)
    assert next_dates(RULES, History(), ZonePass(Zone.CROWN, Depth(150)), Setting.HOME, START) == today
    history = History([a_session(START, 200, Zone.HAIRLINE)])
    assert next_dates(RULES, history, ZonePass(Zone.CROWN, Depth(150)), Setting.HOME, START) == today


def test_an_unknown_depth_asks_for_rest_without_a_wait() -> None:
    history = History([a_session(START, None)])
    for setting in (Setting.HOME, Setting.SUPERVISED, None):
        dates = next_dates(RULES, history, ZonePass(Zone.CROWN, Depth(25)), setting, START)
        assert dates == NextDates(START, START + timedelta(days=21))


def test_too_many_dates_are_waited_for() -> None:
    some = [a_session(START - timedelta(days=day), 60, Zone.HAIRLINE) for day in (0, 7, 14, 21)]
    dates = next_dates(RULES, History(some), ZonePass(Zone.CROWN, Depth(60)), Setting.SUPERVISED, START)
    # On the start itself a session is one more row of a date already counted; the next day it is a fifth date.
    assert dates == NextDates(START, START)
    later = next_dates(
        RULES, History(some), ZonePass(Zone.CROWN, Depth(60)), Setting.SUPERVISED, START + timedelta(days=1)
    )
    assert later == NextDates(START + timedelta(days=7), START + timedelta(days=7))


def test_each_zone_has_dates_of_its_own_and_later_sessions_do_not_count() -> None:
    on = date(2026, 1, 5)
    session = a_session(
        on, setting=Setting.SUPERVISED, zones=(ZonePass(Zone.CROWN, Depth(150)), ZonePass(Zone.HAIRLINE, Depth(100)))
    )
    later = a_session(on + timedelta(days=3), 250, setting=Setting.SUPERVISED)
    assert next_dates_after(RULES, History([session, later]), session) == {
        Zone.CROWN: NextDates(on + timedelta(days=7), on + timedelta(days=21)),
        Zone.HAIRLINE: NextDates(on + timedelta(days=7), on + timedelta(days=14)),
    }


def test_a_session_without_a_zone_waits_for_the_whole_scalp() -> None:
    session = a_session(zones=())
    dates = next_dates_after(RULES, History([session]), session)
    assert dates == {Zone.WHOLE_SCALP: NextDates(session.date, session.date + timedelta(days=21))}


@settings(max_examples=100, deadline=None)
@given(histories(), st.lists(PLACE, max_size=2, unique_by=lambda place: place.zone).map(tuple), SETTINGS)
def test_the_clear_date_that_a_finding_names_is_truly_clear(
    some: list[Session], places: tuple[ZonePass, ...], setting: Setting | None
) -> None:
    """Nothing else having happened since, the same session on that date is clean by that rule."""
    history = History(some)
    session = a_session(START, zones=places, setting=setting, time=time(23, 59), id="f" * 32)
    found = resting(history, session)
    assume(found)
    for finding in found:
        clear = finding.facts["clear"]
        again = a_session(clear, zones=places, setting=setting, time=time(23, 59), id="f" * 32)
        assert clear > START
        assert finding.rule.id not in {other.rule.id for other in resting(history, again)}


@pytest.mark.parametrize(
    ("rule", "depth", "others"),
    [
        ("I03", 60, [(0, 60), (1, 60), (8, 60), (15, 60), (22, 60)]),
        ("I01", 25, [(0, 25), (1, 25), (2, 25), (3, 25)]),
    ],
    ids=["deep", "shallow"],
)
def test_the_clear_date_counts_another_row_of_the_same_date(
    rule: str, depth: int, others: list[tuple[int, int]]
) -> None:
    history = History(a_session(START - timedelta(days=day), at, Zone.HAIRLINE) for day, at in others)
    session = a_session(START, depth, Zone.EYEBROW, time=time(23, 59))
    (said,) = (finding for finding in resting(history, session) if finding.rule.id == rule)
    again = replace(session, date=said.facts["clear"])
    assert rule not in {finding.rule.id for finding in resting(history, again)}


def test_the_clear_date_of_a_rest_sees_the_shallow_dates_too() -> None:
    history = History(a_session(START - timedelta(days=day), 25) for day in range(4))
    session = a_session(START, 25, time=time(23, 59))
    (said,) = resting(history, session)
    again = replace(session, date=said.facts["clear"])
    assert said.variant == "rest"
    assert resting(history, again) == []
