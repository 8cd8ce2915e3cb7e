"""Counts by one method as a series: each count, their rolling median, the own baseline."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

import numpy as np

from logbook.charts.chart import Numbers, View
from logbook.charts.found import Severities, severities_of
from logbook.charts.guidance_lines import BaselineTerms, Findings, Found
from logbook.charts.thinning import Places, Whole
from logbook.charts.trends import WINDOW, Baseline, Rolling, baseline, rolling_median
from logbook.domain.session import RecordId
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import is_count
from logbook.domain.vocabulary import SheddingMethod

COUNTS: Final = "counts"
AT_LEAST: Final = "at_least"
EXCLUDED: Final = "excluded"
KINDS: Final = (COUNTS, AT_LEAST, EXCLUDED)  # keys


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

    @property
    def key(self) -> str:
        """The name of the key that it is drawn with."""
        if self.is_excluded:
            return EXCLUDED
        return AT_LEAST if self.is_least else COUNTS


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on end that have a rolling median."""

    first: date
    medians: tuple[float, ...]  # one for each day


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Counts as arrays, (n,) each."""

    days: Numbers  # as `date.toordinal`
    values: Numbers
    kinds: Whole  # places in KINDS
    found: Severities


@dataclass(frozen=True)
class MethodSeries:
    """What was counted by one method."""

    method: SheddingMethod
    counts: tuple[Count, ...]  # in the order of time
    not_counted: tuple[date, ...]  # recorded without a number, which is not zero
    trend: tuple[Stretch, ...]  # never across a gap
    baseline: Baseline | None  # None: there is no first session that it could lie before

    def within(self, view: View) -> Sequence[Count]:
        """Return the counts of the days of *view*."""
        return self.counts[self.span(view)]

    def span(self, view: View) -> slice:
        """Return the places of the counts of the days of *view*."""
        start = bisect_left(self.counts, view.first, key=_day_of)
        return slice(start, bisect_right(self.counts, view.last, key=_day_of))

    def shown(self, view: View) -> Places:
        """Return the places of the counts of *view* whose keys are not switched off."""
        span = self.span(view)
        is_shown = np.array([view.shows(name) for name in KINDS])
        return np.flatnonzero(is_shown[self.columns.kinds[span]]) + np.intp(span.start)

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
        start = bisect_right(self.counts, day - timedelta(days=WINDOW), key=_day_of)
        stop = bisect_right(self.counts, day, key=_day_of)
        return len({count.day for count in self.counts[start:stop] if not count.is_excluded})

    @cached_property
    def columns(self) -> _Columns:
        """The counts as arrays."""
        counts = self.counts
        return _Columns(
            np.array([count.day.toordinal() for count in counts], dtype=np.float64),
            np.array([count.value for count in counts], dtype=np.float64),
            np.array([2 if count.is_excluded else int(count.is_least) for count in counts], dtype=np.int64),
            severities_of(count.found for count in counts),
        )

    @cached_property
    def line(self) -> tuple[Numbers, Numbers]:
        """The rolling median as day numbers and medians, (d,) each; after each stretch comes a NaN."""
        x: list[Numbers] = [np.empty(0)]
        y: list[Numbers] = [np.empty(0)]
        for stretch in self.trend:
            start, medians = stretch.first.toordinal(), stretch.medians
            days = np.arange(start, start + len(medians) + 1, dtype=np.float64)
            if len(medians) == 1:  # a point is no line: it is as wide as its day
                days, medians = np.array([start - 0.5, start + 0.5, start + 1]), medians * 2
            x.append(days)
            y.append(np.array([*medians, np.nan]))
        return np.concatenate(x), np.concatenate(y)


def _day_of(count: Count) -> date:
    return count.day


def method_series(
    method: SheddingMethod,
    records: Sequence[SheddingRecord],
    first_session: date | None,
    terms: BaselineTerms,
    findings: Findings,
) -> MethodSeries:
    """Return what was counted by *method*: *records* are those of it, in the order of time.

    The own baseline is that of the *terms* of the rules: of the counts before the first session.
    """
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
