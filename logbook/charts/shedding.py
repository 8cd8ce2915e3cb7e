"""Shedding by one or two methods, which are never mixed: counts, their rolling median, the own baseline."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from logbook.charts.chart import NOTHING_HERE, Table, View
from logbook.charts.event_marks import EventMark, event_marks, events_within
from logbook.charts.guidance_lines import BaselineTerms, Findings, Found
from logbook.charts.trends import WINDOW, Baseline, Rolling, baseline, rolling_median
from logbook.domain import labels
from logbook.domain.person import LifeEvent
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import is_count
from logbook.domain.vocabulary import SHEDDING_SCALES, SheddingMethod


@dataclass(frozen=True, slots=True)
class Count:
    """One count that holds a number."""

    day: date
    value: int
    is_least: bool  # counting was given up at the value
    is_excluded: bool  # left out of trends
    days_since_wash: int | None
    record_id: RecordId
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on end that have a rolling median."""

    first: date
    medians: tuple[float, ...]  # one for each day


@dataclass(frozen=True, slots=True)
class MethodSeries:
    """What was counted by one method."""

    method: SheddingMethod
    counts: tuple[Count, ...]  # in the order of time
    not_counted: tuple[date, ...]  # recorded without a number, which is not zero
    trend: tuple[Stretch, ...]  # never across a gap
    baseline: Baseline | None  # None: there is no first session that it could lie before

    def within(self, view: View) -> list[Count]:
        """Return the counts of the days of *view*."""
        return [count for count in self.counts if view.holds(count.day)]

    def median_on(self, day: date) -> float | None:
        """Return the rolling median on *day*, or None."""
        place = bisect_right(self.trend, day, key=lambda stretch: stretch.first) - 1
        if place < 0:
            return None
        stretch = self.trend[place]
        days = (day - stretch.first).days
        return stretch.medians[days] if days < len(stretch.medians) else None

    def recorded_on(self, day: date) -> int:
        """Return on how many of the days that end with *day* something was counted."""
        start = bisect_right(self.counts, day - timedelta(days=WINDOW), key=lambda count: count.day)
        stop = bisect_right(self.counts, day, key=lambda count: count.day)
        return len({count.day for count in self.counts[start:stop] if not count.is_excluded})


@dataclass(frozen=True, slots=True)
class SheddingSeries:
    """Counts by each method, and what happened beside them."""

    methods: tuple[MethodSeries, ...]
    sessions: tuple[tuple[date, RecordId], ...]
    events: tuple[EventMark, ...]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with a count; None without one."""
        ends = [count.day for one in self.methods for count in (*one.counts[:1], *one.counts[-1:])]
        return (min(ends), max(ends)) if ends else None


def shedding_series(
    records: Iterable[SheddingRecord],
    methods: Sequence[SheddingMethod],
    sessions: Iterable[Session],
    events: Iterable[LifeEvent],
    terms: BaselineTerms,
    findings: Findings,
) -> SheddingSeries:
    """Return what was counted by *methods*; *records* and *sessions* come in the order of time.

    The own baseline is that of the *terms* of the rules: of the counts before the first session.
    """
    marked = tuple((session.date, session.id) for session in sessions)
    first = marked[0][0] if marked else None
    by_method: dict[SheddingMethod, list[SheddingRecord]] = {method: [] for method in methods}
    for record in records:
        if record.method in by_method:
            by_method[record.method].append(record)
    found = [_method_series(method, own, first, terms, findings) for method, own in by_method.items()]
    return SheddingSeries(tuple(found), marked, event_marks(events))


def describe_shedding(series: SheddingSeries, view: View) -> str:
    """Return what the chart shows in sentences."""
    said = [_describe(one, view) for one in series.methods]
    sessions = sum(view.holds(day) for day, _ in series.sessions)
    beside = [labels.count(sessions, "session")] if sessions else []
    beside += [event.words for event in events_within(series.events, view)]
    return " ".join([*said, *([f"In these days: {labels.series(beside)}."] if beside else [])])


def shedding_table(series: SheddingSeries, view: View) -> Table:
    """Return the counts that the chart shows, the latest first."""
    rows = [(count, one) for one in series.methods for count in one.within(view)]
    rows.sort(key=lambda row: row[0].day, reverse=True)
    cells = [
        (
            view.words.day(count.day),
            labels.title(one.method),
            f"{'>' * count.is_least}{count.value}",
            number_words(one.median_on(count.day)),
            "" if count.days_since_wash is None else str(count.days_since_wash),
            "left out of trends" if count.is_excluded else "",
        )
        for count, one in rows
    ]
    titles = ("Date", "Method", "Count", f"Median of {WINDOW} days", "Days since wash", "")
    return Table(titles, tuple(cells), frozenset({2, 3, 4}), [count.record_id for count, _ in rows])


# Records to numbers


def _method_series(
    method: SheddingMethod,
    records: Sequence[SheddingRecord],
    first_session: date | None,
    terms: BaselineTerms,
    findings: Findings,
) -> MethodSeries:
    counts = tuple(
        Count(
            one.date,
            one.value,
            one.is_more_than,
            bool(one.excluded_because),
            one.days_since_wash,
            one.id,
            findings.get(one.id),
        )
        for one in records
        if one.value is not None
    )
    used = [record for record in records if is_count(record)]
    days = np.array([record.date.toordinal() for record in used], dtype=np.int64)
    values = np.array([record.value for record in used], dtype=np.float64)
    is_least = np.array([record.is_more_than for record in used], dtype=np.bool_)
    own = None
    if first_session:
        before = first_session.toordinal()
        own = baseline(days, values, is_least, before=before, in_days=terms.in_days, least=terms.least)
    blank = tuple(record.date for record in records if record.value is None)
    return MethodSeries(method, counts, blank, _stretches(rolling_median(days, values, is_least)), own)


def _stretches(rolling: Rolling) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(date.fromordinal(rolling.first + start), tuple(rolling.median[start:stop].tolist()))
        for start, stop in rolling.segments()
    )


# Words


def amount_words(method: SheddingMethod, value: int) -> str:
    """Return *value* with what it counts."""
    if method is SheddingMethod.ESTIMATE:
        return f"grade {value}, {labels.ESTIMATES[value]}"
    return f"grade {value}" if method in SHEDDING_SCALES else labels.count(value, "hair")


def _describe(series: MethodSeries, view: View) -> str:
    counts = [count for count in series.within(view) if not count.is_excluded]
    name = labels.title(series.method)
    if not counts:
        return f"{name}: {NOTHING_HERE[0].lower()}{NOTHING_HERE[1:]}"
    last = counts[-1].day
    said = [f"{name}: {labels.count(len(counts), 'count')}, the last on {view.words.day(last)}."]
    said.append(f"On {series.recorded_on(last)} of the {WINDOW} days up to then something was counted")
    median = series.median_on(last)
    said[-1] += f"; their median is {number_words(median)}." if median is not None else ", too few for a median."
    return " ".join([*said, _baseline_words(series.baseline, median)])


def _baseline_words(own: Baseline | None, median: float | None) -> str:
    if own is None:
        return "There is no session yet that your own baseline could lie before."
    if own.spread is None:
        needed = f"{labels.count(own.needed, 'count')} in the {own.last - own.first + 1} days before your first session"
        return f"Your own baseline needs {needed}; there are {own.n}."
    if own.spread.median is None:
        return "Your own baseline is not known: counting was given up too often."
    words = f"Your own baseline is {number_words(own.spread.median)}"
    if own.spread.low is not None and own.spread.high is not None:
        words += (
            f", half of its {own.n} counts between {number_words(own.spread.low)} and {number_words(own.spread.high)}"
        )
    if median is None or not own.spread.median:
        return f"{words}."
    return f"{words}: the median is now {median / own.spread.median:.1f} times that."


def number_words(value: float | None) -> str:
    """Return *value* as short as it is exact; nothing where it is not known."""
    return "" if value is None else f"{value:,.10g}"
