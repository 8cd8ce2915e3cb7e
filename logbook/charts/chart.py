"""What every chart is made of: a view of some days, marks to point at, keys of a legend, and the same as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from logbook.domain import labels
from logbook.domain.session import RecordId

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DayWords:
    """How days are written for the person."""

    months: tuple[str, ...] = tuple(month[:3] for month in labels.MONTHS)  # short, January first
    day: Callable[[date], str] = labels.short_day

    def span(self, first: date, last: date) -> str:
        """Return the days from *first* to *last* as they stand after what was done on them."""
        return f"on {self.day(first)}" if first == last else f"from {self.day(first)} to {self.day(last)}"


ENGLISH: Final = DayWords()


@dataclass(frozen=True, slots=True)
class View:
    """What of a chart is looked at."""

    first: date
    last: date  # included
    words: DayWords = ENGLISH
    hidden: frozenset[str] = frozenset()  # names of the keys that were switched off

    def shows(self, key: str) -> bool:
        """Tell whether what belongs to *key* is shown."""
        return key not in self.hidden

    def holds(self, day: date) -> bool:
        """Tell whether *day* lies in it."""
        return self.first <= day <= self.last

    def without(self, *keys: str) -> "View":
        """Return the view with *keys* switched off too."""
        return replace(self, hidden=self.hidden | set(keys))


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: what is drawn in one way, and can be switched off as one."""

    name: str
    words: str
    look: Mapping[str, Any] = field(hash=False)  # arguments of a matplotlib line that looks like it
    is_band: bool = False  # an area and no line


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a mark that is pointed at."""

    words: str  # short lines: the day first, then the values
    record_id: RecordId | None = None  # the session, shedding record or life event behind it


@dataclass(frozen=True, slots=True)
class Marks:
    """What can be pointed at in one panel; words are made when they are asked for."""

    panel: int  # from the top
    x: Numbers  # shape (n,): day numbers as `date.toordinal`, or days from a session; ascending
    y: Numbers  # shape (n,): in the unit of the panel
    tell: Callable[[int], Told]  # by the place in the arrays


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a chart left on a figure, as far as somebody who points at it needs to know."""

    marks: tuple[Marks, ...]
    is_calendar: bool = True  # its days can be moved and magnified
    said: str = ""  # of what could not be drawn one by one: it is said below the chart


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart, as they are shown; an empty text is *not recorded*."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()  # columns that stand at the right
    record_ids: Sequence[RecordId | None] = ()  # one for each row, or none at all


class HasDays(Protocol):
    """A series that knows which days it has."""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with a record; None where there is none."""


NOTHING_HERE: Final = "Nothing is recorded in these days."
ALL_HIDDEN: Final = "All of it is hidden in the legend."
