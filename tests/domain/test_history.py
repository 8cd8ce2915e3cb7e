"""One person's sessions in the order of time, against a plain reading of the terms."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from builders import SAM, a_session
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.history import History, Past, cover
from logbook.domain.session import Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Zone

START = date(2026, 1, 1)
OFF_SCALP = {Zone.EYEBROW, Zone.BEARD_EDGE, Zone.EYE_AREA}

ZONES = st.sampled_from([Zone.CROWN, Zone.HAIRLINE, Zone.WHOLE_SCALP, Zone.EYEBROW, Zone.BEARD_EDGE, None])
DEPTHS = st.none() | st.sampled_from([5, 25, 30, 50, 51, 100, 151]).map(Depth)
PLACES = st.lists(st.builds(ZonePass, ZONES, DEPTHS), max_size=3, unique_by=lambda place: place.zone).map(tuple)
TIMES = st.none() | st.sampled_from([time(0), time(0, 1), time(12), time(23, 59)])


@st.composite
def sessions(draw: st.DrawFn, most: int = 8, span: int = 90) -> list[Session]:
    days = draw(st.lists(st.integers(0, span), min_size=1, max_size=most))
    ids = draw(st.permutations(range(len(days))))
    return [
        Session(f"{one:032x}", SAM, START + timedelta(days=day), draw(TIMES), zones=draw(PLACES))
        for day, one in zip(days, ids, strict=True)
    ]


def in_order(some: Iterable[Session]) -> list[Session]:
    """Sort by date; on the same date by time, none counting as the start of the day; ties as recorded."""
    recorded = sorted(some, key=lambda session: session.id)
    timed = sorted(recorded, key=lambda session: session.time or time(0))
    return sorted(timed, key=lambda session: session.date)


def is_earlier(one: Session, other: Session) -> bool:
    return one.id != other.id and in_order([one, other])[0] is one


def parts(zone: Zone | None) -> set[Zone]:
    if zone is None or zone is Zone.WHOLE_SCALP:
        return set(Zone) - OFF_SCALP - {Zone.WHOLE_SCALP}
    return {zone}


def touched(session: Session) -> set[Zone]:
    return set().union(*(parts(place.zone) for place in session.zones)) if session.zones else parts(None)


def do_overlap(one: Session, other: Session) -> bool:
    return bool(touched(one) & touched(other))


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[Session], Session]:
    """A history and a session that is asked about: one of it, one of it moved or changed, or one not yet in it."""
    some = draw(sessions())
    one = draw(st.sampled_from(some))
    match draw(st.sampled_from(["kept", "moved", "changed", "new"])):
        case "moved":
            one = replace(one, date=START + timedelta(days=draw(st.integers(0, 100))), time=draw(TIMES))
        case "changed":
            one = replace(one, zones=draw(PLACES))
        case "new":
            one = Session("f" * 32, SAM, START + timedelta(days=draw(st.integers(0, 100))), draw(TIMES))
            one = replace(one, zones=draw(PLACES))
    return some, one


@settings(max_examples=60, deadline=None)
@given(sessions())
def test_sessions_are_in_the_order_of_time(some: list[Session]) -> None:
    history = History(some)
    assert list(history) == in_order(some)
    assert len(history) == len(some)
    assert history.last == in_order(some)[-1]


@settings(max_examples=60, deadline=None)
@given(sessions(), st.data())
def test_adding_and_removing_keep_the_order(some: list[Session], data: st.DataObject) -> None:
    history = History()
    for session in data.draw(st.permutations(some)):
        history.add(session)
        for other in history:
            assert history.run_start(other, 50, 56) == run_start(history, other, 50, 56)
    assert list(history) == in_order(some)
    left = list(some)
    for session in data.draw(st.permutations(some)):
        history.remove(session)
        left.remove(session)
        assert list(history) == in_order(left)
        with pytest.raises(KeyError):
            history.remove(session)
        for other in left:
            assert history.run_start(other, 50, 56) == run_start(left, other, 50, 56)
    assert history.last is None


def test_a_session_that_is_not_there_cannot_be_removed() -> None:
    kept = a_session("2026-01-02", id="1" * 32)
    history = History([kept])
    for other in (replace(kept, date=date(2026, 1, 3)), replace(kept, id="2" * 32), replace(kept, time=time(8))):
        with pytest.raises(KeyError):
            history.remove(other)
    assert list(history) == [kept]


@settings(max_examples=60, deadline=None)
@given(asked(), st.integers(0, 60))
def test_before_is_every_earlier_session_of_the_last_days(case: tuple[list[Session], Session], days: int) -> None:
    some, one = case
    wanted = [s for s in in_order(some) if is_earlier(s, one) and (one.date - s.date).days <= days]
    assert [past.session for past in History(some).before(one, days)] == wanted


@settings(max_examples=60, deadline=None)
@given(asked(), st.integers(0, 60), st.integers(0, 60))
def test_within_is_every_other_session_of_the_days(case: tuple[list[Session], Session], since: int, until: int) -> None:
    some, one = case
    first, last = START + timedelta(days=since), START + timedelta(days=until)
    wanted = [s for s in in_order(some) if first <= s.date <= last and s.id != one.id]
    assert [past.session for past in History(some).within(first, last, but=one.id)] == wanted


@settings(max_examples=60, deadline=None)
@given(asked())
def test_the_interval_is_to_the_last_earlier_session_that_overlaps(case: tuple[list[Session], Session]) -> None:
    some, one = case
    days = [(one.date - s.date).days for s in some if is_earlier(s, one) and do_overlap(s, one)]
    assert History(some).interval_days(one) == min(days, default=None)


def test_a_session_being_moved_is_not_an_interval_from_where_it_stood() -> None:
    first, moved = a_session("2026-01-01"), a_session("2026-01-05")
    history = History([first, moved])
    assert history.interval_days(moved) == 4
    assert history.interval_days(replace(moved, date=date(2026, 1, 11))) == 10
    assert history.interval_days(first) is None
    assert History([moved]).interval_days(replace(moved, date=date(2026, 1, 11))) is None


def run_start(some: Iterable[Session], one: Session, deeper_than: int, longest_gap: int) -> date:
    """Walk back from *one* over the days with deep sessions or ones of unknown depth, as long as the gaps allow."""
    days = {s.date for s in some if s.id != one.id and (Past.of(s).is_deeper_than(deeper_than) or s.has_unknown_depth)}
    start = one.date
    while near := [day for day in days if day < start and (start - day).days <= longest_gap]:
        start = min(near)
    return start


@settings(max_examples=120, deadline=None)
@given(asked(), st.sampled_from([25, 50, 100]), st.sampled_from([1, 7, 20, 56]))
def test_a_run_is_unbroken_as_long_as_no_gap_is_too_long(
    case: tuple[list[Session], Session], deeper_than: int, longest_gap: int
) -> None:
    some, one = case
    history = History(some)
    wanted = run_start(some, one, deeper_than, longest_gap)
    assert history.run_start(one, deeper_than, longest_gap) == wanted
    assert history.run_start(one, deeper_than, longest_gap) == wanted  # from memory, too


def test_a_shallow_session_neither_breaks_nor_bridges_a_run() -> None:
    deep = [a_session("2026-01-01", 60), a_session("2026-02-26", 60)]  # 56 days apart
    shallow = a_session("2026-01-20", 25)
    last = a_session("2026-04-23", 60)  # 56 days on
    assert History([*deep, shallow]).run_start(last, 50, 56) == date(2026, 1, 1)
    late = replace(last, date=date(2026, 4, 24))
    assert History([*deep, a_session("2026-03-20", 25)]).run_start(late, 50, 56) == late.date


def test_a_session_being_moved_does_not_carry_the_run_from_where_it_stood() -> None:
    first, bridge = a_session("2026-01-01", 60), a_session("2026-02-20", 60)
    history = History([first, bridge])
    assert history.run_start(a_session("2026-04-10", 60), 50, 56) == date(2026, 1, 1)
    assert history.run_start(replace(bridge, date=date(2026, 4, 10)), 50, 56) == date(2026, 4, 10)
    assert history.run_start(replace(bridge, date=date(2026, 2, 26)), 50, 56) == date(2026, 1, 1)


@settings(max_examples=60, deadline=None)
@given(asked())
def test_until_is_the_history_as_it_stood(case: tuple[list[Session], Session]) -> None:
    some, one = case
    then = History(some).until(one)
    assert list(then) == [*(s for s in in_order(some) if is_earlier(s, one)), one]
    assert then.last == one


@settings(max_examples=60, deadline=None)
@given(asked())
def test_the_history_as_it_stood_answers_like_any_other(case: tuple[list[Session], Session]) -> None:
    some, one = case
    then = History(some).until(one)
    moved = replace(one, date=one.date + timedelta(days=200))
    assert then.run_start(moved, 50, 300) == run_start(list(then), moved, 50, 300)
    then.remove(one)
    assert list(then) == [s for s in in_order(some) if is_earlier(s, one)]


@settings(max_examples=60, deadline=None)
@given(PLACES, PLACES)
def test_two_sessions_overlap_when_they_share_a_zone(one: tuple[ZonePass, ...], other: tuple[ZonePass, ...]) -> None:
    here, there = a_session(zones=one), a_session(zones=other)
    assert bool(Past.of(here).covers & Past.of(there).covers) == do_overlap(here, there)
    assert Past.of(here).covers == cover(place.zone for place in one)


@pytest.mark.parametrize("zone", sorted(OFF_SCALP))
def test_places_off_the_scalp_overlap_only_themselves(zone: Zone) -> None:
    assert not cover([zone]) & cover([Zone.WHOLE_SCALP])
    assert not cover([zone]) & cover([])
    for other in set(Zone) - {zone}:
        assert not cover([zone]) & cover([other])
    assert cover([zone]) & cover([zone, Zone.CROWN])


@settings(max_examples=60, deadline=None)
@given(PLACES, PLACES)
def test_what_was_done_under_a_later_session(one: tuple[ZonePass, ...], other: tuple[ZonePass, ...]) -> None:
    earlier, later = a_session(zones=one), a_session(zones=other)
    places = [p for p in (one or (ZonePass(None),)) if parts(p.zone) & touched(later)]
    if not places:
        assert not do_overlap(earlier, later)
        return
    under = Past.of(earlier).under(Past.of(later).covers)
    depths = [p.depth for p in places if p.depth is not None]
    assert under == (max(depths, default=None), any(p.depth is None for p in places))
    assert list(Past.of(earlier).places(Past.of(later).covers)) == places
