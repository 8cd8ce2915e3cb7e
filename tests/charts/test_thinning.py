"""Fewer points, columns and steps, and what must stay of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from logbook.charts.thinning import columns_per_cell, highest_per_cell, one_per_cell


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def whole(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_of_points_of_one_kind_and_height_the_first_in_a_cell_stays() -> None:
    x, y = floats(0, 0.4, 0.6, 1.2), floats(5, 5, 7, 5)
    assert one_per_cell(x, y, whole(1, 1, 1, 1), 1.0).tolist() == [0, 2, 3]


def test_points_of_another_kind_stay_too() -> None:
    assert one_per_cell(floats(0, 0), floats(5, 5), whole(1, 4), 1.0).tolist() == [0, 1]


def test_no_point_is_no_trouble() -> None:
    assert one_per_cell(floats(), floats(), whole(), 1.0).tolist() == []


def test_columns_that_all_have_room_stay_as_they_are() -> None:
    edges, kept = columns_per_cell(floats(0, 4, 5, 10), 2.0)
    assert (edges.tolist(), kept.tolist()) == ([0, 4, 5, 10], [0, 1, 2])


def test_a_column_that_is_too_narrow_gives_way_to_the_one_under_the_middle_of_its_cell() -> None:
    edges, kept = columns_per_cell(floats(0, 0.2, 0.4, 3.9, 4), 2.0)
    assert (edges.tolist(), kept.tolist()) == ([0, 4], [2])
    edges, kept = columns_per_cell(floats(0, 0.2, 0.4, 2.1, 4), 2.0)
    assert (edges.tolist(), kept.tolist()) == ([0, 2, 4], [2, 3])


@given(st.lists(st.floats(0.01, 9), min_size=1, max_size=60), st.floats(0.5, 20))
def test_columns_fill_the_same_days_in_the_same_order(widths: list[float], cell: float) -> None:
    given_edges = np.concatenate(([0.0], np.cumsum(widths)))
    edges, kept = columns_per_cell(given_edges, cell)
    assert (edges[0], edges[-1]) == (given_edges[0], given_edges[-1])
    assert len(edges) == len(kept) + 1
    assert (np.diff(edges) > 0).all()
    assert (np.diff(kept) > 0).all()
    assert len(kept) <= max(int(edges[-1] / cell), 1) or len(kept) == len(widths)


def test_steps_that_all_have_room_stay_as_they_are() -> None:
    at, heights = highest_per_cell(floats(0, 3, 9), floats(1, 2, 2), 1.0)
    assert (at.tolist(), heights.tolist()) == ([0, 3, 9], [1, 2, 2])


def test_a_cell_has_the_highest_of_its_steps() -> None:
    at, heights = highest_per_cell(floats(0, 0.5, 1, 1.5, 4), floats(1, 8, 1, 3, 3), 2.0)
    assert (at.tolist(), heights.tolist()) == ([0, 2], [8, 3])


changes = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 9)), min_size=1, max_size=80)


@given(changes, st.integers(1, 12))
def test_thinned_steps_are_never_lower_and_never_higher_than_what_their_cell_holds(
    steps: list[tuple[int, int]], cell: int
) -> None:
    at = np.cumsum([0, *(days for days, _ in steps)]).astype(float)
    heights = floats(0, *(height for _, height in steps))
    thin_at, thin_heights = highest_per_cell(at, heights, float(cell))
    width = at[-1] / max(int(at[-1] / cell), 1)
    days = np.arange(0, at[-1]) + 0.25
    true = heights[np.searchsorted(at, days, side="right") - 1]
    thin = thin_heights[np.searchsorted(thin_at, days, side="right") - 1]
    assert (thin >= true).all()
    for day, height in zip(days, thin, strict=True):
        near = true[np.abs(days - day) <= width + 1]
        assert height in near
    assert thin_heights[-1] == heights[-1]
