"""Room beside the values of a panel, measured in points."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from logbook.charts.room import leave_room, points_high, points_wide, whole_ticks


def axes_of(width: float, height: float):
    figure = Figure(figsize=(width, height), dpi=150)
    FigureCanvasAgg(figure)
    return figure.add_axes((0, 0, 1, 1))


def test_a_panel_is_measured_in_points_whatever_its_pixels() -> None:
    axes = axes_of(4, 3)
    assert points_wide(axes) == pytest.approx(288)
    assert points_high(axes) == pytest.approx(216)


def test_room_above_and_below_has_the_points_asked_for() -> None:
    axes = axes_of(4, 3)
    leave_room(axes, 0, 100, above=36, below=18)
    low, high = axes.get_ylim()
    assert (high - 100) / (high - low) * 216 == pytest.approx(36)
    assert (0 - low) / (high - low) * 216 == pytest.approx(18)


def test_values_keep_half_of_a_panel_that_is_small() -> None:
    axes = axes_of(4, 0.5)
    leave_room(axes, 10, 20, above=30, below=30)
    low, high = axes.get_ylim()
    assert high - low == pytest.approx(20)
    assert (low, high) == pytest.approx((5, 25))


def test_ticks_are_whole_numbers_and_none_lies_in_the_room_beside() -> None:
    axes = axes_of(4, 3)
    leave_room(axes, 0, 7, above=60, below=60)
    whole_ticks(axes, 0, 7)
    ticks = axes.get_yticks().tolist()
    assert ticks == [tick for tick in ticks if tick == int(tick) and 0 <= tick <= 7]
    assert len(ticks) > 2
