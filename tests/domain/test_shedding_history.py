"""One person's shedding records in the order of time, against a plain reading of the rules' words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest
from builders import SAM
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import SheddingHistory, is_count
from logbook.domain.vocabulary import SheddingMethod

START = date(2026, 1, 1)
COMB, PULL = SheddingMethod.COMB_60S, SheddingMethod.PULL_TEST


def a_count(day: int, value: int | None = 10, method: SheddingMethod = COMB, **but: Any) -> SheddingRecord:
    return SheddingRecord(but.pop("id", None) or new_id(), SAM, START + timedelta(days=day), method, value, **but)


@st.composite
def records(draw: st.DrawFn, most: int = 9, span: int = 40) -> list[SheddingRecord]:
    days = draw(st.lists(st.integers(0, span), min_size=1, max_size=most))
    ids = draw(st.permutations(range(len(days))))
    return [
        a_count(
            day,
            draw(st.none() | st.integers(0, 40)),
            draw(st.sampled_from([COMB, COMB, PULL])),
            id=f"{one:032x}",
            is_more_than=draw(st.sampled_from([False, False, True])),
            excluded_because=draw(st.sampled_from([None, None, "", "after a haircut"])),
        )
        for day, one in zip(days, ids, strict=True)
    ]


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[SheddingRecord], SheddingRecord]:
    """Records and a count that is asked about: one of them, one of them moved or changed, or one not yet of them."""
    some = draw(records())
    one = draw(st.sampled_from(some))
    match draw(st.sampled_from(["kept", "moved", "changed", "new"])):
        case "moved":
            one = replace(one, date=START + timedelta(days=draw(st.integers(0, 50))))
        case "changed":
            one = replace(one, method=draw(st.sampled_from([COMB, PULL])), value=draw(st.integers(0, 40)))
        case "new":
            one = replace(one, id="f" * 32, date=START + timedelta(days=draw(st.integers(0, 50))))
    return some, replace(one, value=one.value or 0, excluded_because=None)


def in_order(some: Iterable[SheddingRecord]) -> list[SheddingRecord]:
    recorded = sorted(some, key=lambda record: record.id)
    return sorted(recorded, key=lambda record: record.date)


def counted(some: Iterable[SheddingRecord], one: SheddingRecord) -> list[SheddingRecord]:
    """Return the counts by the method of *one*, those before it and itself as the last."""
    others = [s for s in some if s.method is one.method and s.value is not None and not s.excluded_because]
    earlier = [s for s in others if s.id != one.id and in_order([s, one])[0] is s]
    return [*in_order(earlier), one]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (a_count(1, 0), True),
        (a_count(1, None), False),
        (a_count(1, excluded_because="after a haircut"), False),
        (a_count(1, excluded_because=""), True),
        (a_count(1, is_more_than=True), True),
    ],
)
def test_a_count_has_a_number_and_is_not_left_out(record: SheddingRecord, expected: bool) -> None:
    assert is_count(record) is expected


@settings(max_examples=60, deadline=None)
@given(records())
def test_records_are_in_the_order_of_time(some: list[SheddingRecord]) -> None:
    history = SheddingHistory(some)
    assert list(history) == in_order(some)
    assert len(history) == len(some)


@settings(max_examples=60, deadline=None)
@given(records(), st.data())
def test_adding_and_removing_leave_a_history_like_a_new_one(some: list[SheddingRecord], data: st.DataObject) -> None:
    history = SheddingHistory()
    held: list[SheddingRecord] = []
    steps = [(one, True) for one in data.draw(st.permutations(some))]
    steps += [(one, False) for one in data.draw(st.permutations(some))]
    for record, is_new in steps:
        (history.add if is_new else history.remove)(record)
        (held.append if is_new else held.remove)(record)
        fresh = SheddingHistory(held)
        assert list(history) == list(fresh)
        for one in (count for count in held if is_count(count)):
            here, there = history.counts_beside(one), fresh.counts_beside(one)
            assert list(here) == list(there)
            assert here.first_of_run(one, 10) == there.first_of_run(one, 10)
            day = START + timedelta(days=30)
            assert here.baseline(day, 28, 2) == there.baseline(day, 28, 2)
    assert len(history) == 0


def test_a_record_that_is_not_there_cannot_be_removed() -> None:
    kept = a_count(1, id="1" * 32)
    history = SheddingHistory([kept])
    for other in (replace(kept, date=date(2026, 1, 3)), replace(kept, id="2" * 32)):
        with pytest.raises(KeyError):
            history.remove(other)
    assert list(history) == [kept]
    history.remove(kept)
    with pytest.raises(KeyError):
        history.remove(kept)


@settings(max_examples=120, deadline=None)
@given(asked(), st.integers(1, 5))
def test_the_last_counts_end_with_the_record(case: tuple[list[SheddingRecord], SheddingRecord], number: int) -> None:
    some, one = case
    assert SheddingHistory(some).counts_beside(one).last(one, number) == counted(some, one)[-number:]


@settings(max_examples=120, deadline=None)
@given(asked(), st.integers(1, 9))
def test_days_are_calendar_days_of_which_its_own_is_the_last(
    case: tuple[list[SheddingRecord], SheddingRecord], days: int
) -> None:
    some, one = case
    wanted = [s for s in counted(some, one) if (one.date - s.date).days < days]
    assert SheddingHistory(some).counts_beside(one).days_ending(one, days) == wanted


def first_of_run(some: Iterable[SheddingRecord], one: SheddingRecord, at_least: int) -> SheddingRecord:
    first = one
    for earlier in reversed(counted(some, one)[:-1]):
        if earlier.value is None or earlier.value < at_least:
            break
        first = earlier
    return first


@settings(max_examples=200, deadline=None)
@given(asked(), st.sampled_from([1, 10, 20]))
def test_a_run_is_made_of_consecutive_high_counts(
    case: tuple[list[SheddingRecord], SheddingRecord], at_least: int
) -> None:
    some, one = case
    counts = SheddingHistory(some).counts_beside(one)
    wanted = first_of_run(some, one, at_least)
    assert counts.first_of_run(one, at_least) == wanted
    assert counts.first_of_run(one, at_least) == wanted  # from memory, too


def test_a_record_being_moved_does_not_carry_the_run_from_where_it_stood() -> None:
    high, low, last = a_count(1, 30), a_count(2, 5), a_count(3, 30)
    history = SheddingHistory([high, low, last])
    assert history.counts_beside(last).first_of_run(last, 20) is last
    moved = replace(low, date=START)
    assert history.counts_beside(moved).first_of_run(replace(moved, value=30), 20).date == START
    raised = replace(low, value=30)
    assert history.counts_beside(raised).first_of_run(raised, 20) is high


BEFORE = START + timedelta(days=28)


def baseline(*some: SheddingRecord, least: int = 3) -> float | None:
    one = a_count(60)
    return SheddingHistory([*some, one]).counts_beside(one).baseline(BEFORE, 28, least)


def test_a_baseline_is_the_median_of_the_days_before_a_day() -> None:
    assert baseline(a_count(0, 4), a_count(27, 9), a_count(5, 5)) == 5
    assert baseline(a_count(0, 4), a_count(27, 9), a_count(5, 5), a_count(6, 6)) == 5.5
    assert baseline(a_count(0, 4), a_count(27, 9)) is None
    assert baseline(a_count(0, 4), a_count(27, 9), a_count(-1, 5)) is None  # 29 days before
    assert baseline(a_count(0, 4), a_count(27, 9), a_count(28, 5)) is None  # on the day itself
    assert baseline() is None
    assert baseline(least=0) is None


def test_a_baseline_is_of_one_method_and_of_counts() -> None:
    two = (a_count(0, 4), a_count(27, 9))
    assert baseline(*two, a_count(5, 5, PULL)) is None
    assert baseline(*two, a_count(5, None)) is None
    assert baseline(*two, a_count(5, excluded_because="after a haircut")) is None


def test_a_count_given_up_leaves_a_baseline_where_it_cannot_move_it() -> None:
    assert baseline(a_count(0, 4), a_count(1, 5), a_count(2, 9, is_more_than=True)) == 5
    assert baseline(a_count(0, 4), a_count(1, 5, is_more_than=True), a_count(2, 9)) is None
    assert baseline(a_count(0, 4, is_more_than=True), a_count(1, 5), a_count(2, 9)) is None
    assert baseline(a_count(0, 4), a_count(1, 5), a_count(2, 9), a_count(3, 9, is_more_than=True)) == 7


@settings(max_examples=120, deadline=None)
@given(records(most=14), st.integers(1, 4))
def test_any_baseline_is_the_median(some: list[SheddingRecord], least: int) -> None:
    exact = [replace(record, is_more_than=False) for record in some]
    one = a_count(60)
    values = [s.value for s in counted(exact, one)[:-1] if START <= s.date < BEFORE and s.value is not None]
    wanted = median(values) if len(values) >= least else None
    assert SheddingHistory(exact).counts_beside(one).baseline(BEFORE, 28, least) == wanted


def test_a_new_day_before_which_it_lies_gives_a_new_baseline() -> None:
    one = a_count(60)
    counts = SheddingHistory([a_count(0, 4), a_count(30, 9), one]).counts_beside(one)
    assert counts.baseline(BEFORE, 28, 1) == 4
    assert counts.baseline(BEFORE + timedelta(days=5), 28, 1) == 9
    assert counts.baseline(BEFORE + timedelta(days=5), 33, 1) == 6.5
    assert counts.baseline(BEFORE + timedelta(days=5), 33, 3) is None


def test_the_first_days_of_the_calendar_are_days_too() -> None:
    one = replace(a_count(0), date=date(1, 1, 3))
    counts = SheddingHistory([one]).counts_beside(one)
    assert counts.days_ending(one, 7) == [one]
    assert counts.baseline(date(1, 1, 4), 28, 1) == 10


def test_what_stands_beside_a_record_that_is_being_changed_follows_the_others() -> None:
    first, second, third = a_count(1, 10), a_count(2, 11), a_count(3, 12)
    history = SheddingHistory([first, second])
    typed = replace(first, value=99)

    def beside() -> list[SheddingRecord]:
        return list(history.counts_beside(typed))

    assert beside() == [second]
    history.add(third)
    assert beside() == [second, third]
    history.remove(second)
    assert beside() == [third]
    assert list(history.counts_beside(replace(third, value=99))) == [first]


def test_the_method_that_is_counted_most_is_the_first_used_of_equals():
    history = SheddingHistory(
        [a_count(3), a_count(1, method=PULL), a_count(5, None), a_count(6, 9, excluded_because="x")]
    )
    assert history.most_counted is not None
    newest = history.most_counted.newest
    assert newest is not None
    assert (newest.method, len(history.most_counted)) == (PULL, 1)
    history.add(a_count(7))
    assert history.most_counted.newest.date == START + timedelta(days=7)
    assert SheddingHistory([a_count(1, None)]).most_counted is None
