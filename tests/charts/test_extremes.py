"""A line thinned to what its cells show, against a plain loop."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from logbook.charts.thinning import extremes_per_cell

NAN = math.nan


def test_each_cell_keeps_its_first_lowest_highest_and_last_point() -> None:
    y = np.array([5.0, 9, 1, 6, 7, 8, 4, 5, 3])
    x = np.arange(len(y), dtype=np.float64)
    assert extremes_per_cell(x, y, 5).tolist() == [0, 1, 2, 4, 5, 8]


def test_breaks_stay_and_both_sides_of_them() -> None:
    y = np.array([5.0, 6, NAN, 6, 5, 6, NAN])
    assert extremes_per_cell(np.arange(7.0), y, 100).tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_a_few_points_are_all_there() -> None:
    assert extremes_per_cell(np.arange(4.0), np.full(4, 2.0), 100).tolist() == [0, 1, 2, 3]
    assert extremes_per_cell(np.empty(0), np.empty(0), 100).tolist() == []


@given(st.lists(st.one_of(st.just(NAN), st.integers(0, 9).map(float)), max_size=60), st.integers(1, 20))
def test_no_cell_loses_an_end_or_an_extreme(values: list[float], cell: int) -> None:
    x, y = np.arange(float(len(values))), np.array(values)
    kept = extremes_per_cell(x, y, cell).tolist()
    assert kept == sorted(set(kept))
    assert set(np.flatnonzero(np.isnan(y)).tolist()) <= set(kept)
    for start in range(0, len(values), cell):
        inside = [value for value in values[start : start + cell] if not math.isnan(value)]
        left = [values[place] for place in kept if start <= place < start + cell and not math.isnan(values[place])]
        assert bool(inside) == bool(left)
        if inside:
            assert (inside[0], inside[-1], min(inside), max(inside)) == (left[0], left[-1], min(left), max(left))
