"""Where there are more counts than a chart has room for: upright lines from the least to the most."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from logbook.charts.chart import Numbers

MOST_POINTS: Final = 1_500  # of one kind: that many are drawn one by one


@dataclass(frozen=True, slots=True, eq=False)
class UprightLines:
    """What lies in equal stretches of an axis; stretches without anything are left out."""

    x: Numbers  # (M,), the middles
    low: Numbers  # (M,)
    high: Numbers  # (M,)
    wide: float  # of a stretch, in the unit of x

    def strokes(self, least: float = 0.0) -> tuple[Numbers, Numbers]:
        """Return all lines, no shorter than *least*, as one broken line and so one artist: x and y, (3 M,) each."""
        ends = np.column_stack((self.low, np.maximum(self.high, self.low + least), np.full(len(self.x), np.nan)))
        return np.repeat(self.x, 3), ends.ravel()


def said_of_lines(every: str) -> str:
    """Return what is said of lines of which each stands for *every* so many days."""
    return f"There are too many counts to draw each: an upright line goes from the least to the most of {every}."


def upright_lines(x: Numbers, y: Numbers, low: float, high: float, count: int) -> UprightLines:
    """Return the least and the most of *y* in *count* equal stretches of *x* from *low* to *high*.

    *x* and *y* are (N,), in any order; what lies outside is left out.
    """
    wide = (high - low) / count
    inside = (x >= low) & (x < high)
    place = ((x[inside] - low) / wide).astype(np.int64)
    order = np.lexsort((y[inside], place))
    keys, starts, sizes = np.unique(place[order], return_index=True, return_counts=True)
    ordered = y[inside][order]
    middles = (low + (keys + 0.5) * wide).astype(np.float64)
    return UprightLines(middles, ordered[starts], ordered[starts + sizes - 1], wide)
