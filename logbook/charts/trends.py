"""What counts say over time: their rolling median over days, their spread, a person's own baseline.

A day is the integer of `date.toordinal()`. Where counting was given up (*is_least*), the number is the least it can
have been, and what depends on how far it would have gone is not known. To tell, everything is worked out twice, with
those counts at their least and beyond all others; the two must agree.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from logbook.domain.shedding_history import TREND_DAYS, TREND_LEAST

Days = NDArray[np.int64]  # day numbers, and whatever else is counted in whole numbers
Values = NDArray[np.float64]  # hairs, or grades
Flags = NDArray[np.bool_]

WINDOW: Final = TREND_DAYS
LEAST_DAYS: Final = TREND_LEAST  # recorded, in a window
_QUARTERS: Final = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True, eq=False)
class Rolling:
    """A median for every calendar day of D, from the first count to the last; NaN where there is none."""

    first: int  # day number of the first
    median: Values  # (D,)
    recorded: Days  # (D,), days with a count in the window that ends with the day
    window: int  # days

    @property
    def days(self) -> Days:
        """The day numbers, (D,)."""
        return self.first + np.arange(len(self.median), dtype=np.int64)

    def segments(self) -> list[tuple[int, int]]:
        """Return the runs of days with a median, from start to stop (excluded): a line is drawn along each, no further.

        They are indices of the arrays. Two runs never touch.
        """
        edges = np.flatnonzero(np.diff(~np.isnan(self.median), prepend=False, append=False))
        return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle half of some counts; None where there is no such number, or where it is not known."""

    n: int  # counts
    low: float | None  # first quartile
    median: float | None
    high: float | None  # third quartile


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a person's counts were before a day."""

    first: int  # day number
    last: int  # day number, included
    n: int  # counts in those days
    needed: int  # counts
    spread: Spread | None  # None: fewer than needed

    @property
    def median(self) -> float | None:
        """The number that counts are held against; None where they were too few, or where it is not known."""
        return self.spread.median if self.spread else None


def rolling_median(
    days: Days, values: Values, is_least: Flags, *, window: int = WINDOW, least: int = LEAST_DAYS
) -> Rolling:
    """Return the median of the last *window* days, for every calendar day from the first count to the last.

    m(t) = median of v(s) over the recorded days s with t − window < s ≤ t, in hairs, where t is a calendar day and
    v(s) the median of the counts of day s, so that a day on which one counted five times weighs as much as any other.
    The window is of days, not of points, and it trails: what you read on a day never changes by what you count later.
    *days*, *values* and *is_least* are (N,), in any order; the answer is (D,), D calendar days.

    Minimum: *least* recorded days in the window; with fewer m(t) is NaN. It is NaN too where it is not known.
    Source: running medians, Tukey, *Exploratory Data Analysis* (1977), chapter 7; here one-sided.
    """
    if not days.size:
        return Rolling(0, np.empty(0), np.empty(0, dtype=np.int64), window)
    first = int(days.min())
    length = int(days.max()) - first + 1
    lowest = _windows(_daily(days - first, values, length), window)
    recorded = np.count_nonzero(~np.isnan(lowest), axis=1)
    median = _window_medians(lowest, recorded, least)
    if is_least.any():
        highest = _windows(_daily(days - first, beyond(values, is_least), length), window)
        median = agreed(median, _window_medians(highest, recorded, least))
    return Rolling(first, median, recorded.astype(np.int64), window)


def spread(values: Values, is_least: Flags | None = None) -> Spread:
    """Return the quartiles and the median of *values*, (N,), without NaN.

    Q(p) = x[j] + (h − j) (x[j + 1] − x[j]) in the unit of the values, where x are the sorted values from x[0] on,
    h = (N − 1) p, and j the whole part of h. For p = ½ that is the common median.

    Minimum: N = 1, and N = 0 has no quartiles. With N < 4 they say little more than the values themselves.
    Source: definition 7 of Hyndman and Fan, *The American Statistician* 50 (1996) 361–365; NumPy's and R's default.
    """
    if not values.size:
        return Spread(0, None, None, None)
    found = np.quantile(values, _QUARTERS)
    if is_least is not None and is_least.any():
        found = agreed(found, np.quantile(beyond(values, is_least), _QUARTERS))
    low, median, high = (None if np.isnan(one) else float(one) for one in found)
    return Spread(len(values), low, median, high)


def baseline(days: Days, values: Values, is_least: Flags, *, before: int, in_days: int, least: int) -> Baseline:
    """Return the spread of the counts of the *in_days* calendar days before the day *before*, which is not one of them.

    The arrays are (N,), in any order. The median is that of `Counts.baseline` in the domain, which rules S02 and S03
    ask: of counts, not of days.

    Minimum: *least* counts, and one at least; with fewer there is no spread.
    Source: as `spread`.
    """
    inside = (days >= before - in_days) & (days < before)
    n = int(np.count_nonzero(inside))
    is_enough = n >= max(least, 1)
    found = spread(values[inside], is_least[inside]) if is_enough else None
    return Baseline(before - in_days, before - 1, n, least, found)


# What the statistics have in common


def beyond(values: Values, is_least: Flags) -> Values:
    """Return *values* with those that are the least they can have been put beyond all others."""
    # High enough that half-way to it, where a day's median may lie, is above all others too. Unlike infinity it can be
    # subtracted.
    return np.where(is_least, 4 * (values.max(initial=0) + 1), values)


def agreed(lowest: Values, highest: Values) -> Values:
    """Return what is known: the numbers that come out alike; NaN for the others."""
    return np.where(lowest == highest, lowest, np.nan)


def medians_by(groups: Days, values: Values) -> tuple[Days, Values, Days]:
    """Return the groups there are, (G,) and rising, the median of the *values* of each, and how many these are."""
    order = np.lexsort((values, groups))
    ordered = values[order]
    keys, starts, sizes = np.unique(groups[order], return_index=True, return_counts=True)
    medians = (ordered[starts + (sizes - 1) // 2] + ordered[starts + sizes // 2]) / 2
    return keys, medians, sizes


def _daily(at: Days, values: Values, length: int) -> Values:
    """Return the median of each day, (D,), NaN where nothing was counted."""
    keys, medians, _ = medians_by(at, values)
    daily = np.full(length, np.nan)
    daily[keys] = medians
    return daily


def _windows(daily: Values, window: int) -> Values:
    """Return the days that end with each day, (D, window)."""
    return sliding_window_view(np.concatenate((np.full(window - 1, np.nan), daily)), window)


def _window_medians(windows: Values, recorded: Days, least: int) -> Values:
    """Return the median of each row, (D,), NaN where fewer than *least* of its days are *recorded*."""
    is_enough = recorded >= max(least, 1)
    ordered, n = np.sort(windows[is_enough], axis=1), recorded[is_enough]  # NaN comes last
    rows = np.arange(len(n))
    medians = np.full(len(recorded), np.nan)
    medians[is_enough] = (ordered[rows, (n - 1) // 2] + ordered[rows, n // 2]) / 2
    return medians
