"""Intervals by date: the days since the last session of the same place, over the rest its depth asks for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Final

import numpy as np

from logbook.charts.chart import ALL_HIDDEN, NOTHING_HERE, Numbers, Table, View
from logbook.charts.found import Severities, found_words, severities_of
from logbook.charts.guidance_lines import Findings, Found, RestAfter
from logbook.charts.thinning import Places, Whole
from logbook.domain import labels
from logbook.domain.history import Past
from logbook.domain.session import RecordId, Session
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting

KINDS: Final = (Setting.HOME.value, Setting.SUPERVISED.value, "no_setting")  # keys, in the order of the legend
NO_INTERVAL: Final = "No interval yet: it takes two sessions of the same place."


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from the last session that overlaps a session to that session."""

    day: date  # of the later session, as are setting, id and findings
    days: int
    depth: Depth | None  # of the earlier session, the deepest that is known where the two overlap
    rest: RestAfter | None  # asked for after that depth; None: it is not known
    setting: Setting | None
    record_id: RecordId
    found: Found | None = None

    @property
    def earlier(self) -> date:
        """The day of the earlier session."""
        return self.day - timedelta(days=self.days)

    @property
    def key(self) -> str:
        """The name of the key that it is drawn with."""
        return self.setting.value if self.setting else KINDS[-1]

    @property
    def asked(self) -> int | None:
        """The days from which guidance says nothing; None where they are not known."""
        return None if self.rest is None else max((days for days, _ in self.rest.below), default=0)

    @property
    def is_short(self) -> bool:
        """Whether guidance is known to ask for more days."""
        return self.asked is not None and self.days < self.asked


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Intervals as arrays, (n,) each."""

    days: Numbers  # as `date.toordinal`
    lengths: Numbers  # in days
    kinds: Whole  # places in KINDS
    rests: Whole  # places in the rests there are; -1: not known
    found: Severities

    def at(self, places: Places) -> tuple[Numbers, Numbers, Whole, Severities]:
        """Return days, lengths, kinds and what was found, of the intervals at *places*."""
        return self.days[places], self.lengths[places], self.kinds[places], self.found[places]


@dataclass(frozen=True)
class IntervalSeries:
    """Every interval in the order of time."""

    points: tuple[Interval, ...]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with an interval; None without one."""
        return (self.points[0].day, self.points[-1].day) if self.points else None

    def within(self, view: View) -> Sequence[Interval]:
        """Return the intervals that end in the days of *view*."""
        return self.points[self.span(view)]

    def span(self, view: View) -> slice:
        """Return the places of the intervals that end in the days of *view*."""
        day = attrgetter("day")
        return slice(bisect_left(self.points, view.first, key=day), bisect_right(self.points, view.last, key=day))

    def shown(self, view: View) -> Places:
        """Return the places of the intervals of *view* whose keys are not switched off."""
        span = self.span(view)
        is_shown = np.array([view.shows(name) for name in KINDS])
        return np.flatnonzero(is_shown[self.columns.kinds[span]]) + np.intp(span.start)

    @cached_property
    def rests(self) -> tuple[RestAfter, ...]:
        """The rests that are asked for after one of the intervals, each once."""
        return tuple(dict.fromkeys(point.rest for point in self.points if point.rest))

    @cached_property
    def columns(self) -> Columns:
        """The intervals as arrays."""
        points, kinds = self.points, {name: place for place, name in enumerate(KINDS)}
        rests: dict[RestAfter | None, int] = {rest: place for place, rest in enumerate(self.rests)}
        return Columns(
            np.array([point.day.toordinal() for point in points], dtype=np.float64),
            np.array([point.days for point in points], dtype=np.float64),
            np.array([kinds[point.key] for point in points], dtype=np.int64),
            np.array([rests.get(point.rest, -1) for point in points], dtype=np.int64),
            severities_of(point.found for point in points),
        )


def interval_series(
    sessions: Iterable[Session], rests: Mapping[Setting, tuple[RestAfter, ...]], findings: Findings
) -> IntervalSeries:
    """Return the interval of each of the *sessions*, which come in the order of time, that overlaps an earlier one.

    The interval is that of `History.interval_days`, and *rests* go from the shallowest on, for the setting of the later
    session. One that is not recorded is home, as the rules take it.
    """
    latest: dict[int, tuple[int, Past]] = {}  # by each bit of `cover`
    points = []
    for order, session in enumerate(sessions):
        past = Past.of(session)
        bits = _bits(past.covers)
        overlapping = [latest[bit] for bit in bits if bit in latest]
        if overlapping:
            _, earlier = max(overlapping, key=_order)
            depth, _ = earlier.under(past.covers)
            rest = None if depth is None else _rest(rests[session.setting or Setting.HOME], depth)
            days = (session.date - earlier.session.date).days
            found = findings.get(session.id)
            points.append(Interval(session.date, days, depth, rest, session.setting, session.id, found))
        for bit in bits:
            latest[bit] = (order, past)
    return IntervalSeries(tuple(points))


def describe_intervals(series: IntervalSeries, view: View) -> str:
    """Return what the chart has of the days of *view* in sentences, and of which intervals the drawn median is."""
    points = series.within(view)
    if not points:
        return NOTHING_HERE if series.points else NO_INTERVAL
    lengths = series.columns.lengths[series.span(view)]
    between = view.words.span(points[0].day, points[-1].day)
    number = median_words(lengths) if len(points) > 1 else labels.count(points[0].days, "day")
    said = [f"{labels.count(len(points), 'interval')} {between}: {number}."]
    if len(points) > 1:
        said.append(f"The shortest is {labels.count(lengths.min(), 'day')}, the longest {lengths.max():.0f}.")
    said += [*_rest_words(points), *found_words((point.record_id, point.found) for point in points)]
    return " ".join([*said, *_shown_words(series.columns.lengths[series.shown(view)], len(points))])


def median_words(lengths: Numbers) -> str:
    """Return the median of *lengths*, (n,) in days with n at least 1, in words."""
    return f"median {labels.count(float(np.median(lengths)), 'day')}, n {len(lengths):,}"


def interval_table(series: IntervalSeries, view: View) -> Table:
    """Return the intervals that the chart shows, the latest first."""
    points = series.within(view)[::-1]
    rows = [
        (
            view.words.day(point.day),
            str(point.days),
            view.words.day(point.earlier),
            f"{point.depth / 100:.2f}" if point.depth is not None else "",
            str(point.asked) if point.asked is not None else "",
            labels.title(point.setting) if point.setting else "",
            labels.title(point.found.severity) if point.found else "",
        )
        for point in points
    ]
    titles = ("Date", "Interval, days", "Earlier session", "Depth then, mm", "Rest asked for, days", "Setting", "Found")
    return Table(titles, tuple(rows), frozenset({1, 3, 4}), [point.record_id for point in points])


def _shown_words(shown: Numbers, there: int) -> list[str]:
    """Return of which intervals the median in the picture is, where it is not that of all."""
    if len(shown) == there:
        return []
    if not len(shown):
        return [ALL_HIDDEN]
    return [f"Without what the legend hides: {median_words(shown)}."]


def _rest_words(points: Sequence[Interval]) -> list[str]:
    known = [point for point in points if point.rest]
    short = sum(point.is_short for point in known)
    said = []
    if known:
        verb = "was" if short < 2 else "were"
        count = "None" if not short else f"{short:,}"
        said.append(f"{count} of {len(known):,} {verb} shorter than guidance asks for after that depth.")
    if unknown := len(points) - len(known):
        said.append(f"Before {labels.count(unknown, 'interval')} the depth is not recorded.")
    return said


@lru_cache  # the same few zones come again and again
def _bits(covers: int) -> tuple[int, ...]:
    return tuple(n for n in range(covers.bit_length()) if covers >> n & 1)


def _order(one: tuple[int, Past]) -> int:
    return one[0]


def _rest(rests: Sequence[RestAfter], depth: int) -> RestAfter | None:
    """Return the rest asked for after *depth*, in hundredths of a millimetre."""
    return next((rest for rest in reversed(rests) if depth > rest.over), rests[0] if rests else None)
