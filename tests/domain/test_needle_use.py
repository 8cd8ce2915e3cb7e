"""Uses are counted from the sessions, so that taking a session back counts back."""

from datetime import timedelta

import pytest
from builders import TODAY, a_session
from hypothesis import given
from hypothesis import strategies as st

from logbook.domain.device import Cartridge, Device
from logbook.domain.needle_use import NeedleUse, NeedleUses
from logbook.domain.vocabulary import DeviceKind

ROLLER = Device("r" * 32, DeviceKind.ROLLER)
PEN = Device("p" * 32, DeviceKind.PEN)
FIRST, SECOND = Cartridge("1" * 32, PEN.id), Cartridge("2" * 32, PEN.id)


def with_pen(cartridge=None, days_ago=0, **but):
    on = TODAY - timedelta(days=days_ago)
    return a_session(on, device_id=PEN.id, cartridge_id=cartridge and cartridge.id, **but)


def test_new_needles_are_at_their_first_use():
    use = NeedleUses([a_session()]).of(ROLLER)
    assert (use.count, use.last, use.last_use_number, use.next_use) == (0, None, None, 1)


def test_a_device_counts_every_session_that_names_it_and_a_cartridge_its_own():
    sessions = [with_pen(FIRST, 9), with_pen(FIRST, 5), with_pen(SECOND, 2), with_pen(None, 1), a_session()]
    uses = NeedleUses(sessions)
    assert [uses.of(one).count for one in (PEN, FIRST, SECOND, ROLLER)] == [4, 2, 1, 0]
    assert uses.of(FIRST).sessions == tuple(sessions[:2])


def test_sessions_stand_in_the_order_of_time_however_they_were_recorded():
    late, early = with_pen(FIRST, 1), with_pen(FIRST, 30)
    use = NeedleUses([late, early]).of(FIRST)
    assert use.sessions == (early, late)
    assert use.last == late


def test_uses_before_the_logbook_count_by_the_number_that_was_written_down():
    use = NeedleUses([with_pen(FIRST, 3, needle_use=7), with_pen(FIRST, 1, needle_use=None)]).of(FIRST)
    assert (use.count, use.last_use_number, use.next_use) == (2, 7, 8)


def test_sessions_without_a_number_count_all_the_same():
    assert NeedleUse((with_pen(FIRST, 3, needle_use=1), with_pen(FIRST), with_pen(FIRST))).next_use == 4


def test_a_session_taken_back_counts_back():
    sessions = [with_pen(FIRST, days, needle_use=8 - days) for days in (3, 2, 1)]
    assert NeedleUses(sessions).of(FIRST).next_use == 8
    assert NeedleUses(sessions[:-1]).of(FIRST).next_use == 7


@given(st.lists(st.tuples(st.sampled_from([None, FIRST, SECOND]), st.integers(0, 9), st.booleans()), max_size=12))
def test_sessions_that_come_and_go_count_as_if_they_had_been_there_from_the_first(made):
    kept, uses = [], NeedleUses()
    for cartridge, days_ago, stays in made:
        session = with_pen(cartridge, days_ago)
        uses.add(session)
        if stays:
            kept.append(session)
        else:
            uses.remove(session)
    for needles in (PEN, FIRST, SECOND):
        assert uses.of(needles) == NeedleUses(kept).of(needles)


def test_what_was_never_counted_cannot_be_taken_away():
    with pytest.raises(KeyError):
        NeedleUses().remove(with_pen(FIRST))
    with pytest.raises(KeyError):
        NeedleUses([with_pen(FIRST)]).remove(with_pen(FIRST))


@given(st.lists(st.tuples(st.sampled_from([None, FIRST, SECOND]), st.none() | st.integers(1, 20))))
def test_the_next_use_is_more_than_any_before(made):
    sessions = [with_pen(cartridge, use, needle_use=use) for cartridge, use in made if use]
    for needles in (PEN, FIRST, SECOND):
        use = NeedleUses(sessions).of(needles)
        assert use.next_use > use.count
        assert all(use.next_use > (one.needle_use or 0) for one in use.sessions)


@pytest.mark.parametrize("person_id", ["5a" * 16, "6b" * 16])
def test_needles_are_worn_by_whoever_used_them(person_id):
    assert NeedleUses([with_pen(FIRST, person_id=person_id)]).of(FIRST).count == 1
