"""On how many dates each day looks back, against a plain count."""

from datetime import date

import numpy as np
from figures import a_view
from hypothesis import given
from hypothesis import strategies as st

from logbook.charts.steps import NEVER, Steps, dates_behind

DAY = date(2026, 1, 1).toordinal()


def test_a_date_counts_on_its_day_and_the_27_after_it() -> None:
    steps = dates_behind([DAY], 28)
    assert [steps.on(day) for day in (DAY - 1, DAY, DAY + 27, DAY + 28)] == [0, 1, 1, 0]
    assert steps == Steps((DAY, DAY + 28), (1, 0))


def test_a_date_that_comes_as_another_leaves_changes_nothing() -> None:
    assert dates_behind([DAY, DAY + 28], 28) == Steps((DAY, DAY + 56), (1, 0))


@given(st.lists(st.integers(0, 120), max_size=40), st.integers(1, 40))
def test_every_day_counts_as_a_plain_loop_does(dates: list[int], in_days: int) -> None:
    steps = dates_behind(dates, in_days)
    plain = [sum(day - in_days < one <= day for one in set(dates)) for day in range(-5, 170)]
    assert [steps.on(day) for day in range(-5, 170)] == plain
    assert steps.on_each(np.arange(-5, 170, dtype=float)).tolist() == plain


def test_the_days_of_a_view_begin_with_the_number_of_its_first_day() -> None:
    steps = Steps((DAY, DAY + 5, DAY + 9), (1, 3, 0))
    at, counts = steps.within(DAY + 2, DAY + 8)
    assert (at.tolist(), counts.tolist()) == ([DAY + 2, DAY + 5], [1, 3])
    at, counts = steps.within(DAY + 5, DAY + 5)
    assert (at.tolist(), counts.tolist()) == ([DAY + 5], [3])


def test_the_most_of_a_view_is_told_with_its_first_day() -> None:
    steps = Steps((DAY, DAY + 5, DAY + 9, DAY + 12), (1, 3, 0, 3))
    assert steps.most(a_view("2026-01-01", "2026-01-31")) == 3
    assert steps.first_most(a_view("2026-01-01", "2026-01-31")) == DAY + 5
    assert steps.first_most(a_view("2026-01-11", "2026-01-31")) == DAY + 12
    assert steps.most(a_view("2025-01-01", "2025-12-31")) == 0


def test_nothing_is_nothing_on_every_day() -> None:
    assert NEVER.on(DAY) == 0
    assert dates_behind([], 28) == NEVER
