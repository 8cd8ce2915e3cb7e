"""A number that changes on some days and holds in between: on how many of some dates each day looks back."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from logbook.charts.chart import Numbers, View
from logbook.charts.thinning import Whole


@dataclass(frozen=True)
class Steps:
    """A number that holds from one day up to the next day on which it changes; before the first it is 0."""

    at: tuple[int, ...]  # day numbers as `date.toordinal`, rising
    counts: tuple[int, ...]  # from each of them on

    def on(self, day: int) -> int:
        """Return the number on *day*."""
        place = bisect_right(self.at, day)
        return self.counts[place - 1] if place else 0

    def on_each(self, days: Numbers) -> Whole:
        """Return the number on each of the *days*, (n,)."""
        at, counts = self._arrays
        return counts[np.searchsorted(at, days, side="right")]

    def within(self, first: int, last: int) -> tuple[Numbers, Numbers]:
        """Return *first* and the days up to *last* on which it changes, and the number from each on, (n,) each."""
        at, counts = self._arrays
        start, stop = np.searchsorted(at, (first, last), side="right")
        return np.concatenate(([first], at[start:stop])), counts[start : stop + 1].astype(np.float64)

    def most(self, view: View) -> int:
        """Return the greatest number in the days of *view*."""
        return int(self.within(view.first.toordinal(), view.last.toordinal())[1].max())

    def first_most(self, view: View) -> int:
        """Return the first of the days of *view* with the greatest number."""
        at, counts = self.within(view.first.toordinal(), view.last.toordinal())
        return int(at[counts.argmax()])

    @cached_property
    def _arrays(self) -> tuple[Numbers, Whole]:
        """The days, (n,), and the numbers before the first and from each on, (n + 1,)."""
        return np.array(self.at, dtype=np.float64), np.array((0, *self.counts), dtype=np.int64)


NEVER: Final = Steps((), ())


def dates_behind(dates: Iterable[int], in_days: int) -> Steps:
    """Return how many different *dates* lie in the *in_days* days that end with each day, itself among them.

    They are day numbers, in any order.
    """
    on = np.unique(np.fromiter(dates, dtype=np.int64))
    at, place = np.unique(np.concatenate((on, on + in_days)), return_inverse=True)
    changes = np.bincount(place, np.repeat((1, -1), len(on))).astype(np.int64)
    is_step = changes != 0
    return Steps(tuple(at[is_step].tolist()), tuple(np.cumsum(changes)[is_step].tolist()))
