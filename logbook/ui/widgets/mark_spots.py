"""What can be pointed at in a chart: found by the pointer, and gone through with the keys."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from logbook.charts.chart import Marks, Numbers, Told

REACH: Final = 24.0  # logical pixels
_SAME: Final = 1e-9  # in the unit of a panel
_NEAR_DAYS: Final = 0.75  # marks that stand beside one another on a day move a little as the chart is magnified


class Spots:
    """The marks of a drawing in one row of numbers, N of them, with their places on the screen."""

    def __init__(self, marks: Sequence[Marks] = ()) -> None:
        """Hold *marks*; they have no places yet."""
        self._marks = tuple(marks)
        sizes = [len(one.x) for one in self._marks]
        self._starts = np.cumsum([0, *sizes])
        self.panels = np.repeat(np.array([one.panel for one in self._marks], dtype=np.int64), sizes)
        self.x = np.concatenate([np.empty(0), *(one.x for one in self._marks)])
        self.y = np.concatenate([np.empty(0), *(one.y for one in self._marks)])
        self.places: Numbers = np.full((len(self.x), 2), np.inf)  # logical pixels, from the top left corner
        self.is_seen: NDArray[np.bool_] = np.zeros(len(self.x), dtype=np.bool_)

    def put(self, places: Numbers, is_seen: NDArray[np.bool_]) -> None:
        """Take the places of all marks, (N, 2), and which of them lie inside their panels, (N,)."""
        self.places, self.is_seen = places, is_seen

    def tell(self, spot: int) -> Told:
        """Return what is said of a spot."""
        owner = int(np.searchsorted(self._starts, spot, side="right")) - 1
        return self._marks[owner].tell(spot - int(self._starts[owner]))

    def nearest(self, x: float, y: float) -> int | None:
        """Return the spot that is seen nearest to a place, as far as the pointer reaches."""
        if not self.is_seen.any():
            return None
        away = np.hypot(self.places[:, 0] - x, self.places[:, 1] - y)
        spot = int(np.argmin(np.where(self.is_seen, away, np.inf)))
        return spot if away[spot] <= REACH else None

    def end(self, beside: int | None, *, is_last: bool) -> int | None:
        """Return the topmost spot of the first or last day that is seen: in the panel of *beside*, else the top one."""
        if not self.is_seen.any():
            return None
        panel = self.panels[self.is_seen].min() if beside is None else self.panels[beside]
        seen = self._ordered(self.is_seen & (self.panels == panel))
        if not seen.size:
            return beside
        days = np.rint(self.x[seen])
        return int(seen[days == (days[-1] if is_last else days[0])][0])

    def along(self, spot: int, step: int) -> int:
        """Return the spot of the next (*step* 1) or the day before (−1) in the panel; *spot* where there is none."""
        beside = self._ordered(self.is_seen & (self.panels == self.panels[spot]))
        days, day = np.rint(self.x[beside]), np.rint(self.x[spot])
        others = days[days > day] if step > 0 else days[days < day]
        if not others.size:
            return spot
        wanted = others.min() if step > 0 else others.max()
        same = beside[days == wanted]
        return int(same[np.argmin(np.abs(self.places[same, 1] - self.places[spot, 1]))])

    def across(self, spot: int, step: int) -> int:
        """Return the spot below (*step* 1) or above (−1): of the same day, else of the next panel."""
        here = self.is_seen & (self.panels == self.panels[spot]) & (np.rint(self.x) == np.rint(self.x[spot]))
        day = self._ordered(here)
        place = int(np.flatnonzero(day == spot)[0]) + step if (day == spot).any() else -1
        if 0 <= place < len(day):
            return int(day[place])
        there = np.flatnonzero(self.is_seen & (self.panels == self.panels[spot] + step))
        if not there.size:
            return spot
        return int(there[np.argmin(np.abs(self.x[there] - self.x[spot]))])

    def again(self, panel: int, x: float, y: float, told: Told) -> int | None:
        """Return the spot that was at *x* and *y* of a panel and said *told*, in what is drawn anew."""
        is_near = (self.panels == panel) & (np.abs(self.x - x) <= _NEAR_DAYS) & (np.abs(self.y - y) <= _SAME)
        return next((int(one) for one in np.flatnonzero(is_near) if self.tell(int(one)) == told), None)

    def _ordered(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the *chosen* spots by day, those of a day from the top, and from the left."""
        spots = np.flatnonzero(chosen)
        order = np.lexsort((self.x[spots], self.places[spots, 1], np.rint(self.x[spots])))
        return spots[order]
