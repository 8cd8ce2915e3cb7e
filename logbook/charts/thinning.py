"""What a pixel cannot show: of many points, columns or steps within a few pixels, some are drawn for all."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from logbook.charts.chart import Numbers

Places = NDArray[np.intp]  # indices of an array
Whole = NDArray[np.int64]

POINT_CELL: Final = 2.0  # points, 72 to the inch: far less than a mark is wide
COLUMN_CELL: Final = 3.0
STEP_CELL: Final = 0.75


def one_per_cell(x: Numbers, y: Numbers, kinds: Whole, cell: float) -> Places:
    """Return the places of the points to draw, in their order: of one kind and height, the first in each cell.

    *x* is in days and *cell* the width of a cell in days; *x*, *y* and *kinds* are (n,), and *y* has no NaN.
    """
    if not x.size:
        return np.empty(0, dtype=np.intp)
    cells = np.floor((x - x.min()) / cell).astype(np.int64)
    heights = np.unique(y, return_inverse=True)[1]
    lowest = kinds.min()
    codes = (cells * (heights.max() + 1) + heights) * (kinds.max() - lowest + 1) + kinds - lowest
    return np.sort(np.unique(codes, return_index=True)[1])


def columns_per_cell(edges: Numbers, cell: float) -> tuple[Numbers, Places]:
    """Return the edges of the columns to draw, and for each which of the given ones it stands for.

    *edges* is (n + 1,), in days and rising, for n columns. Where there are more columns than cells of the width *cell*,
    each cell shows the column that lies under its middle.
    """
    count = len(edges) - 1
    cells = max(int((edges[-1] - edges[0]) / cell), 1)
    if count <= cells:
        return edges, np.arange(count)
    ends = np.linspace(edges[0], edges[-1], cells + 1)
    under = np.searchsorted(edges, (ends[:-1] + ends[1:]) / 2, side="right") - 1
    under = np.clip(under, 0, count - 1)
    starts = np.flatnonzero(np.diff(under, prepend=-1))
    return ends[[*starts, cells]], under[starts]


def highest_per_cell(at: Numbers, heights: Numbers, cell: float) -> tuple[Numbers, Numbers]:
    """Return the steps to draw of a line that from *at* on has each of the *heights*, both (n,).

    *at* is in days and rises. Where there are more steps than cells of the width *cell*, the line has in each cell the
    greatest height that it has there.
    """
    if len(at) < 2:
        return at, heights
    cells = max(int((at[-1] - at[0]) / cell), 1)
    if len(at) <= cells:
        return at, heights
    starts = np.linspace(at[0], at[-1], cells, endpoint=False)
    first = np.searchsorted(at, starts, side="right") - 1  # the step that holds where the cell begins
    highest = np.maximum.reduceat(heights[:-1], first)
    # What begins in a cell and goes on into the next one belongs to both.
    is_shared = at[first[1:]] < starts[1:]
    highest[:-1][is_shared] = np.maximum(highest[:-1], heights[first[1:]])[is_shared]
    at, heights = np.append(starts, at[-1]), np.append(highest, heights[-1])
    is_step = np.diff(heights, prepend=np.nan) != 0
    return at[is_step], heights[is_step]


def extremes_per_cell(x: Numbers, y: Numbers, cell: float) -> Places:
    """Return the places of the points of a line to draw: in each cell its first, lowest, highest and last one.

    *x* is in days and rises, *y* has a NaN wherever the line breaks; both are (n,). Every break stays, and where cells
    are no wider than a pixel the line is the one of all points.
    """
    if len(x) < 5:
        return np.arange(len(x))
    cells, is_break = np.floor((x - x[0]) / cell), np.isnan(y)
    begins = np.append(True, (np.diff(cells) != 0) | is_break[1:] | is_break[:-1])
    starts, runs = np.flatnonzero(begins), np.cumsum(begins)
    ends = np.append(starts[1:], len(x)) - 1
    by_height = np.lexsort((y, runs))
    return np.unique(np.concatenate((starts, ends, by_height[starts], by_height[ends])))
