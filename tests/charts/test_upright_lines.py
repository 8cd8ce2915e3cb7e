"""Upright lines where counts are too many, against a plain loop."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from logbook.charts.upright_lines import said_of_lines, upright_lines

points = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=40)


def test_a_line_goes_from_the_least_to_the_most_of_its_stretch() -> None:
    x, y = np.array([0.0, 1.0, 1.5, 5.0]), np.array([7.0, 3.0, 9.0, 4.0])
    found = upright_lines(x, y, 0, 6, 3)
    assert found.wide == 2
    # From 0 to 2: 7, 3, 9 · from 2 to 4: nothing, and no line · from 4 to 6: 4 alone.
    assert found.x.tolist() == [1, 5]
    assert found.low.tolist() == [3, 4]
    assert found.high.tolist() == [9, 4]


def test_what_lies_outside_is_left_out_and_the_right_end_is_outside() -> None:
    found = upright_lines(np.array([-0.1, 0.0, 10.0]), np.array([1.0, 2.0, 3.0]), 0, 10, 5)
    assert found.low.tolist() == [2]


def test_without_points_there_are_no_lines() -> None:
    found = upright_lines(np.empty(0), np.empty(0), 0, 10, 5)
    assert found.x.size == found.low.size == found.high.size == 0


@given(points)
def test_lines_are_those_of_a_plain_loop(given_points: list[tuple[int, int]]) -> None:
    x = np.array([one for one, _ in given_points], dtype=np.float64)
    y = np.array([one for _, one in given_points], dtype=np.float64)
    found = upright_lines(x, y, 0, 61, 7)
    wide = 61 / 7
    plain: dict[int, list[int]] = {}
    for at, value in given_points:
        plain.setdefault(int(at / wide), []).append(value)
    assert found.low.tolist() == [min(plain[place]) for place in sorted(plain)]
    assert found.high.tolist() == [max(plain[place]) for place in sorted(plain)]
    np.testing.assert_allclose(found.x, [(place + 0.5) * wide for place in sorted(plain)])


def test_all_lines_are_one_broken_one_and_none_is_too_short_to_see() -> None:
    found = upright_lines(np.array([0.5, 0.6, 1.5]), np.array([2.0, 8.0, 4.0]), 0, 2, 2)
    x, y = found.strokes(0.5)
    assert x.tolist() == [0.5, 0.5, 0.5, 1.5, 1.5, 1.5]
    assert y[[0, 1, 3, 4]].tolist() == [2, 8, 4, 4.5]
    assert math.isnan(y[2])
    assert math.isnan(y[5])


def test_it_is_said_what_a_line_stands_for() -> None:
    assert said_of_lines("10 days").endswith("from the least to the most of 10 days.")
