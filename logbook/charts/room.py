"""Room in a panel: above its values for words, and below them for marks."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

_POINTS: Final = 72  # an inch
_LEAST_SHARE: Final = 0.5  # of a panel's height that its values keep, however small it is


def points_wide(axes: Axes) -> float:
    """Return how wide *axes* are, in points."""
    return float(axes.bbox.width / axes.figure.dpi * _POINTS)


def points_high(axes: Axes) -> float:
    """Return how high *axes* are, in points."""
    return float(axes.bbox.height / axes.figure.dpi * _POINTS)


def leave_room(axes: Axes, low: float, high: float, *, above: float, below: float) -> None:
    """Show the values from *low* to *high*, with so many points of room *above* and *below* them.

    Where *axes* are so small that little would be left for the values, there is less room.
    """
    whole = max(points_high(axes), 1.0)
    share = min(1.0, (1 - _LEAST_SHARE) * whole / max(above + below, 1.0))
    above, below = above * share, below * share
    unit = (high - low) / (whole - above - below)  # of one point
    axes.set_ylim(low - below * unit, high + above * unit)


def whole_ticks(axes: Axes, low: float, high: float) -> None:
    """Put ticks on whole numbers from *low* to *high*, as many as have room, and none in the room beside them."""
    axes.yaxis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10]))
    axes.set_yticks([tick for tick in axes.get_yticks() if low <= tick <= high])
