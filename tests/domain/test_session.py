"""What a session says of itself, and the ids of all records."""

import time
from datetime import date
from datetime import time as clock

import pytest
from builders import a_session
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.history import Past
from logbook.domain.session import Session, ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Zone

PLACES = st.lists(
    st.builds(ZonePass, st.sampled_from([*Zone, None]), st.none() | st.integers(5, 500).map(Depth)), max_size=4
).map(tuple)


def with_places(*depths: int | None) -> Session:
    zones = (Zone.CROWN, Zone.HAIRLINE, Zone.FRONTAL)
    places = (ZonePass(zone, None if d is None else Depth(d)) for zone, d in zip(zones, depths, strict=False))
    return a_session(zones=tuple(places))


def test_ids_sort_in_the_order_in_which_they_were_made() -> None:
    ids = [new_id() for _ in range(500)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 500
    assert all(len(one) == 32 and set(one) <= set("0123456789abcdef") for one in ids)


def test_ids_of_one_tick_are_still_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now)
    ids = [new_id() for _ in range(100)]
    assert ids == sorted(ids)
    assert len({one[:16] for one in ids}) == 100


def test_ids_are_still_in_order_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = new_id()
    an_hour_ago = time.time_ns() - 3600 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: an_hour_ago)
    second, third = new_id(), new_id()
    monkeypatch.undo()
    assert first < second < third < new_id()


@pytest.mark.parametrize(
    ("depths", "at_most_50", "deeper_than_50", "deepest", "has_unknown"),
    [
        ((50,), True, False, 50, False),
        ((51,), False, True, 51, False),
        ((25, 50), True, False, 50, False),
        ((25, 51), False, True, 51, False),
        ((None,), False, False, None, True),
        ((25, None), False, False, 25, True),
        ((None, 51), False, True, 51, True),
        ((None, None), False, False, None, True),
        ((), False, False, None, True),
    ],
)
def test_a_zone_of_unknown_depth_can_be_deeper_never_at_most(
    depths: tuple[int | None, ...], at_most_50: bool, deeper_than_50: bool, deepest: int | None, has_unknown: bool
) -> None:
    session = with_places(*depths)
    assert Past.of(session).is_at_most(50) is at_most_50
    assert Past.of(session).is_deeper_than(50) is deeper_than_50
    assert session.deepest == deepest
    assert session.has_unknown_depth is has_unknown


@settings(max_examples=60, deadline=None)
@given(PLACES, st.integers(0, 510))
def test_at_most_and_deeper_are_what_the_terms_say(places: tuple[ZonePass, ...], bound: int) -> None:
    session = a_session(zones=places)
    known = [place.depth for place in places if place.depth is not None]
    is_all_known = len(known) == len(places) > 0
    past = Past.of(session)
    assert past.is_deeper_than(bound) == any(depth > bound for depth in known)
    assert past.is_at_most(bound) == (is_all_known and all(depth <= bound for depth in known))
    assert session.has_unknown_depth == (not is_all_known)
    assert not (past.is_at_most(bound) and past.is_deeper_than(bound))


def test_a_session_without_a_time_counts_as_the_start_of_its_day() -> None:
    on = date(2026, 3, 2)
    late, early = a_session(on, time=clock(9), id="1"), a_session(on, time=clock(0, 1), id="2")
    timeless, midnight = a_session(on, id="3"), a_session(on, time=clock(0), id="4")
    day_before = a_session(date(2026, 3, 1), time=clock(23, 59), id="9")
    in_order = sorted([late, early, midnight, timeless, day_before], key=lambda session: session.order)
    assert [session.id for session in in_order] == ["9", "3", "4", "2", "1"]
