"""The days that a chart shows, moved and magnified within what there is."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self

LEAST_DAYS: Final = 3.0  # less is never shown


@dataclass(frozen=True, slots=True)
class DayWindow:
    """A stretch of days as numbers, where a day reaches half a day to either side of `date.toordinal`."""

    low: float
    high: float

    @classmethod
    def of(cls, first: date, last: date) -> Self:
        """Return the window from *first* to *last*, which is included."""
        return cls(first.toordinal() - 0.5, last.toordinal() + 0.5)

    @property
    def span(self) -> float:
        """How many days it holds."""
        return self.high - self.low

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of which half or more is shown."""
        first = max(round(self.low + 0.5), 1)
        last = min(max(round(self.high - 0.5), first), date.max.toordinal())
        return date.fromordinal(first), date.fromordinal(last)

    def moved(self, days: float) -> "DayWindow":
        """Return the window so many *days* later."""
        return DayWindow(self.low + days, self.high + days)

    def zoomed(self, factor: float, around: float) -> "DayWindow":
        """Return the window with its span times *factor*; the day number *around* stays where it is."""
        factor = max(factor, LEAST_DAYS / self.span)
        return DayWindow(around - (around - self.low) * factor, around + (self.high - around) * factor)

    def padded(self, days: float) -> "DayWindow":
        """Return the window with so many *days* more at either side."""
        return DayWindow(self.low - days, self.high + days)

    def joined(self, other: "DayWindow") -> "DayWindow":
        """Return the window that holds this one and *other*."""
        return DayWindow(min(self.low, other.low), max(self.high, other.high))

    def within(self, bounds: "DayWindow") -> "DayWindow":
        """Return the window pushed into *bounds*, and cut to them where it is larger."""
        if self.span >= bounds.span:
            return bounds
        return self.moved(max(bounds.low - self.low, 0.0) + min(bounds.high - self.high, 0.0))

    def holds(self, other: "DayWindow") -> bool:
        """Tell whether all of *other* lies in it, but for what nobody would see."""
        return self.low - 0.01 <= other.low and other.high <= self.high + 0.01
