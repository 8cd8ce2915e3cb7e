"""What somebody means to do, and how what they did compares with it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import SAM, TODAY, a_history, a_session
from hypothesis import given
from hypothesis import strategies as st

from logbook.domain.history import History, cover
from logbook.domain.plan import (
    LATEST_DATE,
    Pace,
    PlannedSession,
    Routine,
    compare,
    count_paces,
    current_routine,
    next_date,
    rest_days,
)
from logbook.domain.session import Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Setting, Zone

START = date(2026, 1, 1)
CROWN = ZonePass(Zone.CROWN, Depth(50))
HAIRLINE = ZonePass(Zone.HAIRLINE, Depth(25))
PLAN = PlannedSession("plan", SAM, date(2027, 1, 9), Setting.HOME, (CROWN, HAIRLINE), DeviceKind.PEN, "in the evening")


def a_routine(every: int = 7, *zones: ZonePass, **but) -> Routine:
    return Routine("routine", SAM, but.pop("starts_on", START), every, Setting.HOME, zones or (CROWN,), **but)


def lived(*days: int, zone: Zone | None = Zone.CROWN) -> History:
    return History(a_session(START + timedelta(days=day), zone=zone) for day in days)


def paces(routine: Routine, history: History, today: date = TODAY) -> list[tuple[int | None, str]]:
    return [(one.days, one.pace) for one in compare(routine, history, today)]


def test_a_plan_becomes_a_session_of_its_own():
    session = PLAN.as_session()
    assert session == Session(
        session.id, SAM, PLAN.date, setting=Setting.HOME, device=DeviceKind.PEN, zones=(CROWN, HAIRLINE)
    )
    assert session.id not in (PLAN.id, PLAN.as_session().id)


def test_a_routine_gives_the_session_of_a_day():
    session = a_routine(7, CROWN, HAIRLINE).session_on(TODAY)
    assert session == Session(session.id, SAM, TODAY, setting=Setting.HOME, zones=(CROWN, HAIRLINE))


@pytest.mark.parametrize("day", [date(1950, 1, 1), TODAY, LATEST_DATE])
def test_a_plan_may_lie_ahead_or_be_past(day):
    assert replace(PLAN, date=day).problems() == ()
    assert a_routine(starts_on=day, ends_on=day).problems() == ()


def test_a_plan_may_leave_out_what_a_session_may():
    assert PlannedSession("plan", SAM, TODAY, None, ()).problems() == ()
    assert Routine("routine", SAM, TODAY, 1, None, (ZonePass(None),)).problems() == ()


@pytest.mark.parametrize(
    ("but", "field"),
    [
        ({"date": date(1949, 12, 31)}, "date"),
        ({"date": date(2200, 1, 1)}, "date"),
        ({"zones": (CROWN, CROWN)}, "zones"),
        ({"zones": (CROWN, ZonePass(None))}, "zones"),
        ({"zones": (HAIRLINE, ZonePass(Zone.CROWN, Depth(1500)))}, "depth_mm"),
        ({"zones": (ZonePass(Zone.CROWN, passes=0),)}, "passes"),
    ],
)
def test_what_is_implausible_in_a_plan_is_named(but, field):
    assert [problem.field for problem in replace(PLAN, **but).problems()] == [field]


@pytest.mark.parametrize(
    ("but", "fields"),
    [
        ({"starts_on": date(1949, 12, 31)}, ["starts_on"]),
        ({"starts_on": date(2200, 1, 1)}, ["starts_on"]),
        ({"every_days": 0}, ["every_days"]),
        ({"every_days": 367}, ["every_days"]),
        ({"every_days": 366, "ends_on": START}, []),
        ({"ends_on": START - timedelta(days=1)}, ["ends_on"]),
        ({"ends_on": date(2200, 1, 1)}, ["ends_on"]),
        ({"zones": (CROWN, CROWN), "every_days": -1}, ["every_days", "zones"]),
        ({"zones": (ZonePass(Zone.CROWN, Depth(1500)),)}, ["depth_mm"]),
    ],
)
def test_what_is_implausible_in_a_routine_is_named(but, fields):
    assert [problem.field for problem in replace(a_routine(), **but).problems()] == fields


def test_a_depth_ten_times_too_deep_gets_its_suggestion():
    (problem,) = replace(PLAN, zones=(ZonePass(Zone.CROWN, Depth(1500)),)).problems()
    assert problem.suggestion == "1.5"


@pytest.mark.parametrize(
    ("every", "days", "pace"),
    [
        (7, 0, Pace.EARLY),
        (7, 6, Pace.EARLY),
        (7, 7, Pace.KEPT),
        (7, 8, Pace.KEPT),
        (7, 9, Pace.LATE),
        (1, 1, Pace.KEPT),
        (1, 2, Pace.KEPT),
        (1, 3, Pace.LATE),
        (21, 20, Pace.EARLY),
        (21, 26, Pace.KEPT),
        (21, 27, Pace.LATE),
        (28, 35, Pace.KEPT),
        (28, 36, Pace.LATE),
    ],
)
def test_a_session_is_early_kept_or_late_to_the_day(every, days, pace):
    assert paces(a_routine(every), lived(0, days)) == [(None, Pace.KEPT), (days, pace)]


def test_only_what_came_early_is_flagged():
    found = compare(a_routine(7), lived(0, 7, 10, 100), TODAY)
    assert [(one.pace, one.is_flagged) for one in found] == [
        (Pace.KEPT, False),
        (Pace.KEPT, False),
        (Pace.EARLY, True),
        (Pace.LATE, False),
    ]


def test_nobody_did_anything_yet():
    assert compare(a_routine(), History(), TODAY) == ()
    assert count_paces(()) == {Pace.EARLY: 0, Pace.KEPT: 0, Pace.LATE: 0}
    assert next_date(a_routine(), History()) == START


def test_sessions_are_counted_by_pace():
    found = compare(a_routine(7), lived(0, 7, 10, 12, 100), TODAY)
    assert count_paces(found) == {Pace.EARLY: 2, Pace.KEPT: 2, Pace.LATE: 1}


def test_sessions_from_before_the_start_do_not_count_as_the_one_before():
    assert paces(a_routine(7), lived(-3, 0, 7)) == [(None, Pace.KEPT), (7, Pace.KEPT)]


def test_the_last_day_of_a_routine_is_part_of_it():
    routine = a_routine(7, ends_on=START + timedelta(days=7))
    assert paces(routine, lived(0, 7, 8)) == [(None, Pace.KEPT), (7, Pace.KEPT)]


def test_a_session_after_today_was_not_lived():
    assert len(paces(a_routine(7), lived(0, 7), START + timedelta(days=6))) == 1
    assert len(paces(a_routine(7, ends_on=TODAY), lived(0, 7), START + timedelta(days=6))) == 1
    assert len(paces(a_routine(7), lived(0, 7), START + timedelta(days=7))) == 2


def test_a_routine_that_has_not_begun_has_nothing_to_compare():
    assert paces(a_routine(7), lived(-10, 3), START - timedelta(days=5)) == []


def test_sessions_elsewhere_are_no_matter():
    history = History([*lived(0, 7), *lived(3, 5, zone=Zone.HAIRLINE)])
    assert paces(a_routine(7), history) == [(None, Pace.KEPT), (7, Pace.KEPT)]
    assert next_date(a_routine(7), history) == START + timedelta(days=14)


@pytest.mark.parametrize("zone", [Zone.WHOLE_SCALP, None])
def test_the_whole_scalp_is_everywhere(zone):
    history = History([*lived(0), *lived(3, zone=zone)])
    assert paces(a_routine(7), history)[1] == (3, Pace.EARLY)


def test_a_routine_without_zones_is_about_the_whole_scalp():
    routine = replace(a_routine(7), zones=())
    assert len(paces(routine, History([*lived(0), *lived(1, zone=Zone.BEARD_EDGE)]))) == 1


def test_zones_done_on_two_days_are_not_early_for_each_other():
    history = History([*lived(0, 7), *lived(1, 8, zone=Zone.HAIRLINE)])
    assert [pace for _, pace in paces(a_routine(7, CROWN, HAIRLINE), history)] == [Pace.KEPT] * 4
    assert [days for days, _ in paces(a_routine(7, CROWN, HAIRLINE), history)] == [None, None, 7, 7]


def test_what_two_sessions_share_beside_the_routine_is_no_matter():
    both = {"zones": (CROWN, ZonePass(Zone.FRONTAL))}
    other = {"zones": (HAIRLINE, ZonePass(Zone.FRONTAL))}
    history = History([a_session(START, **both), a_session(START + timedelta(days=1), **other)])
    assert paces(a_routine(7, CROWN, HAIRLINE), history) == [(None, Pace.KEPT), (None, Pace.KEPT)]


def test_the_next_date_follows_the_last_session_even_one_from_before_the_start():
    assert next_date(a_routine(7), lived(-3)) == START + timedelta(days=4)
    assert next_date(a_routine(7), lived(-30)) == START
    assert next_date(a_routine(7), lived(0, 20)) == START + timedelta(days=27)


def test_there_is_no_next_date_after_the_end():
    routine = a_routine(7, ends_on=START + timedelta(days=7))
    assert next_date(routine, lived(0)) == START + timedelta(days=7)
    assert next_date(routine, lived(1)) is None


def test_ten_thousand_sessions_of_a_routine_are_compared():
    history = History(a_history(10_000, every=1))
    found = compare(a_routine(1, starts_on=date(1990, 1, 1)), history, TODAY)
    assert count_paces(found) == {Pace.EARLY: 0, Pace.KEPT: 10_000, Pace.LATE: 0}


ZONES = st.sampled_from([Zone.CROWN, Zone.HAIRLINE, Zone.WHOLE_SCALP, Zone.EYEBROW, None])
PLACES = st.lists(st.builds(ZonePass, ZONES), max_size=2, unique_by=lambda place: place.zone).map(tuple)
SESSIONS = st.lists(st.tuples(st.integers(-20, 60), PLACES), max_size=8)


@given(SESSIONS, PLACES, st.integers(1, 30), st.none() | st.integers(0, 40))
def test_the_comparison_says_what_a_plain_reading_says(done, zones, every, length):
    history = History(a_session(START + timedelta(days=day), zones=places) for day, places in done)
    ends_on = None if length is None else START + timedelta(days=length)
    routine = replace(a_routine(every, ends_on=ends_on), zones=zones)
    mine = cover(place.zone for place in zones)

    seen: list[tuple[date, int]] = []
    expected = []
    for session in history:
        here = cover(place.zone for place in session.zones) & mine
        if not here or session.date < START or (ends_on and session.date > ends_on):
            continue
        before = [day for day, there in seen if there & here]
        expected.append((session.id, (session.date - max(before)).days if before else None))
        seen.append((session.date, here))

    found = compare(routine, history, TODAY)
    assert [(one.session.id, one.days) for one in found] == expected
    assert all(one.is_flagged == (one.days is not None and one.days < every) for one in found)
    assert sum(count_paces(found).values()) == len(found)


@given(SESSIONS, PLACES, st.integers(1, 30))
def test_whoever_waits_for_the_next_date_is_never_early(done, zones, every):
    history = History(a_session(START + timedelta(days=day), zones=places) for day, places in done)
    routine = replace(a_routine(every), zones=zones)
    day = next_date(routine, history)
    history.add(routine.session_on(day))
    assert not compare(routine, history, TODAY)[-1].is_flagged


def test_every_day_without_a_session_is_a_day_of_rest():
    routine = a_routine(7)
    found = compare(routine, lived(0, 7, 7, 10), START + timedelta(days=20))
    assert rest_days(routine, found, START + timedelta(days=20)) == 18
    assert rest_days(routine, (), START) == 1
    assert rest_days(routine, (), START - timedelta(days=5)) == 0
    assert rest_days(replace(routine, ends_on=START + timedelta(days=8)), found[:3], TODAY) == 7


def test_the_current_routine_is_the_one_that_starts_last_of_those_that_go_on():
    old = a_routine(ends_on=START)
    one, two = replace(a_routine(), id="one"), a_routine(starts_on=START + timedelta(days=9))
    assert current_routine([two, one, old], TODAY) == two
    assert current_routine([old, one], TODAY) == one
    assert current_routine([old], START) == old
    assert current_routine([old], START + timedelta(days=1)) is None
    assert current_routine([], TODAY) is None
