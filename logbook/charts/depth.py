"""Depth by date: every zone of every session, and what guidance says of depths."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Final

import numpy as np

from logbook.charts.chart import NOTHING_HERE, Numbers, Table, View
from logbook.charts.found import Severities, found_words, severities_of
from logbook.charts.guidance_lines import Above, Findings, Found
from logbook.charts.thinning import Places, Whole
from logbook.domain import labels
from logbook.domain.session import RecordId, Session
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting, Zone

UNKNOWN: Final = "unknown"  # the key of what has no depth
NO_ZONE: Final = "no_zone"
KINDS: Final = (*(zone.value for zone in Zone), NO_ZONE, UNKNOWN)  # keys, in the order of the legend
KIND_OF: Final = {name: place for place, name in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class DepthPoint:
    """One zone of one session."""

    day: date
    zone: Zone | None
    depth: Depth | None
    setting: Setting | None
    record_id: RecordId
    found: Found | None = None  # about the session

    @property
    def key(self) -> str:
        """The name of the key that it is drawn with."""
        if self.depth is None:
            return UNKNOWN
        return self.zone.value if self.zone else NO_ZONE


@dataclass(frozen=True, slots=True, eq=False)
class DepthColumns:
    """Points as arrays, (n,) each."""

    days: Numbers  # as `date.toordinal`
    depths: Numbers  # in millimetres; 0 where unknown
    kinds: Whole  # places in KINDS
    is_supervised: Whole
    found: Severities


@dataclass(frozen=True)
class DepthSeries:
    """Every depth in the order of time, and what guidance says of depths."""

    points: tuple[DepthPoint, ...]
    lines: Mapping[Setting, tuple[Above, ...]]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with a session; None without one."""
        return (self.points[0].day, self.points[-1].day) if self.points else None

    def within(self, view: View) -> Sequence[DepthPoint]:
        """Return the points of the days of *view*."""
        return self.points[self.span(view)]

    def shown(self, view: View) -> Places:
        """Return the places of the points of *view* whose keys are not switched off."""
        span = self.span(view)
        is_shown = np.array([view.shows(name) for name in KINDS])
        return np.flatnonzero(is_shown[self.columns.kinds[span]]) + np.intp(span.start)

    @cached_property
    def columns(self) -> DepthColumns:
        """The points as arrays."""
        points = self.points
        return DepthColumns(
            np.array([point.day.toordinal() for point in points], dtype=np.float64),
            np.array([point.depth or 0 for point in points], dtype=np.float64) / 100,
            np.array([KIND_OF[point.key] for point in points], dtype=np.int64),
            np.array([point.setting is Setting.SUPERVISED for point in points], dtype=np.int64),
            severities_of(point.found for point in points),
        )

    def span(self, view: View) -> slice:
        """Return the places of the points of the days of *view*."""
        day = attrgetter("day")
        return slice(bisect_left(self.points, view.first, key=day), bisect_right(self.points, view.last, key=day))


def depth_series(
    sessions: Iterable[Session], lines: Mapping[Setting, tuple[Above, ...]], findings: Findings
) -> DepthSeries:
    """Return the depths of *sessions*, which come in the order of time, with what was found of each."""
    points = []
    for session in sessions:
        found = findings.get(session.id)
        places = [(place.zone, place.depth) for place in session.zones] or [(None, None)]
        points += [DepthPoint(session.date, zone, depth, session.setting, session.id, found) for zone, depth in places]
    return DepthSeries(tuple(points), lines)


def describe_depth(series: DepthSeries, view: View) -> str:
    """Return what the chart shows in sentences."""
    points = series.within(view)
    known = [point.depth for point in points if point.depth is not None]
    if not points:
        return NOTHING_HERE
    sessions = labels.count(len({point.record_id for point in points}), "session")
    said = [f"{sessions} {view.words.span(points[0].day, points[-1].day)}", *_depth_words(known)]
    sentences = [f"{', '.join(said)}."]
    if unknown := len({point.record_id for point in points if point.depth is None}):
        sentences.append(f"No depth is recorded for {labels.count(unknown, 'session')}.")
    return " ".join([*sentences, *found_words((point.record_id, point.found) for point in points)])


def depth_table(series: DepthSeries, view: View) -> Table:
    """Return the depths that the chart shows, the latest first."""
    points = series.within(view)[::-1]
    rows = [
        (
            view.words.day(point.day),
            labels.title(point.zone) if point.zone else labels.capital(labels.NO_ZONE),
            f"{point.depth / 100:.2f}" if point.depth is not None else "",
            labels.title(point.setting) if point.setting else "",
            labels.title(point.found.severity) if point.found else "",
        )
        for point in points
    ]
    titles = ("Date", "Zone", "Depth, mm", "Setting", "Found")
    return Table(titles, tuple(rows), frozenset({2}), [point.record_id for point in points])


def _depth_words(depths: Sequence[Depth]) -> list[str]:
    if not depths:
        return []
    (usual, _), low, high = Counter(depths).most_common(1)[0], min(depths), max(depths)
    if low == high:
        return [f"{labels.millimetres(low)} deep"]
    return [
        f"from {labels.millimetres(low)} to {labels.millimetres(high)} deep",
        f"most often {labels.millimetres(usual)}",
    ]
