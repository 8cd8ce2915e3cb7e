"""Depth by date: a mark for each zone of each session, over what the guidance of its setting says."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from logbook.charts.chart import NOTHING_HERE, Drawing, Key, Marks, Numbers, Table, Told, View
from logbook.charts.frame import Area, area_key, axis_of_days, days_of, draw_areas, panels, say_nothing
from logbook.charts.guidance_lines import Above, Findings, Found
from logbook.charts.style import Style
from logbook.domain import labels
from logbook.domain.session import RecordId, Session
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting, Severity, Zone

UNKNOWN: Final = "unknown"  # the key of what has no depth
_LEAST_TOP: Final = 50  # hundredths of a millimetre: a chart of 0.25 mm has some sky
_APART: Final = 0.8  # between zones of one depth on one day, in sizes of the text
_FOUND: Final = {severity: f"found_{severity.word}" for severity in Severity if severity}


@dataclass(frozen=True, slots=True)
class DepthPoint:
    """One zone of one session."""

    day: date
    zone: Zone | None
    depth: Depth | None
    setting: Setting | None
    record_id: RecordId
    found: Found | None = None  # about the session


@dataclass(frozen=True, slots=True)
class DepthSeries:
    """Every depth in the order of time, and what guidance says of depths."""

    points: tuple[DepthPoint, ...]
    lines: Mapping[Setting, tuple[Above, ...]]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with a session; None without one."""
        return (self.points[0].day, self.points[-1].day) if self.points else None

    def within(self, view: View) -> list[DepthPoint]:
        """Return the points of the days of *view*."""
        return [point for point in self.points if view.holds(point.day)]


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


def draw_depth(figure: Figure, series: DepthSeries, view: View, style: Style) -> Drawing:
    """Draw *series* on an empty *figure*."""
    if not series.within(view):
        return say_nothing(figure, style)
    (axes,) = panels(figure, style, ["Depth, mm"])
    axis_of_days([axes], view)
    points = [point for point in series.within(view) if view.shows(_key(point))]
    top = _top(points)
    axes.set_ylim(-0.06 * top, top)
    axes.yaxis.set_major_formatter("{x:.2f}")
    axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= top])
    draw_areas(axes, [area for area in _areas(series, view, top) if view.shows(area.severity.word)], style)
    x, y = _x(points, days_of(axes, style.size * _APART)), _y(points)
    for name, look in _looks(points, style).items():
        _draw(axes, x, y, [_key(point) == name for point in points], {"gid": name, "zorder": 3, **look})
    for severity, name in _FOUND.items():
        if view.shows(name):
            chosen = [point.found is not None and point.found.severity is severity for point in points]
            _draw(axes, x, y, chosen, {"gid": name, "zorder": 4, **style.severity(severity)})
    return Drawing((Marks(0, x, y, partial(_tell, points, view)),))


def describe_depth(series: DepthSeries, view: View) -> str:
    """Return what the chart shows in sentences."""
    points = series.within(view)
    known = [point.depth for point in points if point.depth is not None]
    if not points:
        return NOTHING_HERE
    sessions = labels.count(len({point.record_id for point in points}), "session")
    said = [f"{sessions} from {view.words.day(points[0].day)} to {view.words.day(points[-1].day)}"]
    if known:
        usual, _ = Counter(known).most_common(1)[0]
        said.append(f"from {labels.millimetres(min(known))} to {labels.millimetres(max(known))} deep")
        said.append(f"most often {labels.millimetres(usual)}")
    sentences = [f"{', '.join(said)}."]
    if unknown := len({point.record_id for point in points if point.depth is None}):
        sentences.append(f"No depth is recorded for {labels.count(unknown, 'session')}.")
    return " ".join([*sentences, *_found_words(points)])


def depth_keys(series: DepthSeries, view: View, style: Style) -> tuple[Key, ...]:
    """Return the legend: zones, what was found, what guidance says."""
    points = series.within(view)
    zones = [Key(name, _zone_words(name), look) for name, look in _looks(points, style).items()]
    severities = sorted({point.found.severity for point in points if point.found})
    found = [Key(_FOUND[s], f"{labels.title(s)} found", style.severity(s)) for s in severities]
    areas = {area.severity for area in _areas(series, view, _top(points))}
    return (*zones, *found, *(area_key(s, _AREA_WORDS[s], style) for s in sorted(areas)))


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


_AREA_WORDS: Final = {
    severity: "Nothing said of such a depth" if severity is Severity.CLEAN else f"{labels.title(severity)} by depth"
    for severity in Severity
}


def _top(points: Iterable[DepthPoint]) -> float:
    """Return the upper end of the axis, in millimetres."""
    return max(1.15 * max((point.depth or 0 for point in points), default=0), _LEAST_TOP) / 100


def _key(point: DepthPoint) -> str:
    if point.depth is None:
        return UNKNOWN
    return point.zone.value if point.zone else "no_zone"


def _zone_words(name: str) -> str:
    if name == UNKNOWN:
        return "Depth not recorded"
    return labels.capital(labels.NO_ZONE) if name == "no_zone" else labels.title(Zone(name))


def _looks(points: Sequence[DepthPoint], style: Style) -> dict[str, dict[str, Any]]:
    """Return how the marks of each key look, in the order of the zones."""
    names = {_key(point) for point in points}
    looks: dict[str, dict[str, Any]] = {zone.value: style.zone(zone) for zone in Zone if zone.value in names}
    if "no_zone" in names:
        looks["no_zone"] = style.zone(None)
    if UNKNOWN in names:
        looks[UNKNOWN] = {**style.zone(None), "marker": "|", "markeredgecolor": style.roles["muted"]}
    return looks


def _areas(series: DepthSeries, view: View, top: float) -> list[Area]:
    """Return what guidance says, for each run of sessions of one setting up to half-way to the next run."""
    points = series.points
    if not points:
        return []
    starts = [0, *(n for n in range(1, len(points)) if _setting(points[n]) is not _setting(points[n - 1]))]
    edges = [-np.inf, *(_between(points[n - 1], points[n]) for n in starts[1:]), np.inf]
    ends = np.clip(edges, view.first.toordinal() - 0.5, view.last.toordinal() + 0.5)
    areas = []
    for n, left, right in zip(starts, ends[:-1], ends[1:], strict=True):
        if left < right:
            areas += _columns(series.lines[_setting(points[n])], left, right, top)
    return areas


def _columns(lines: Sequence[Above], left: float, right: float, top: float) -> list[Area]:
    bottoms = [(0.0, Severity.CLEAN), *((line.over / 100, line.severity) for line in lines)]
    tops = [*(bottom for bottom, _ in bottoms[1:]), np.inf]
    return [
        Area(left, right, bottom, min(end, top), severity)
        for (bottom, severity), end in zip(bottoms, tops, strict=True)
        if bottom < top
    ]


def _between(earlier: DepthPoint, later: DepthPoint) -> float:
    return (earlier.day.toordinal() + later.day.toordinal()) / 2


def _setting(point: DepthPoint) -> Setting:
    return point.setting or Setting.HOME  # as the rules take it


def _x(points: Sequence[DepthPoint], apart: float) -> Numbers:
    """Return the places of *points*; those that would cover one another stand so many days *apart*."""
    same = Counter((point.day, point.depth) for point in points)
    before: Counter[tuple[date, Depth | None]] = Counter()
    places = []
    for point in points:
        spot = (point.day, point.depth)
        places.append(point.day.toordinal() + (before[spot] - (same[spot] - 1) / 2) * apart)
        before[spot] += 1
    return np.array(places)


def _y(points: Sequence[DepthPoint]) -> Numbers:
    return np.array([0.0 if point.depth is None else point.depth / 100 for point in points])


def _draw(axes: Axes, x: Numbers, y: Numbers, chosen: Sequence[bool], look: Mapping[str, Any]) -> None:
    if any(chosen):
        axes.plot(x[chosen], y[chosen], clip_on=False, **look)


def _tell(points: Sequence[DepthPoint], view: View, place: int) -> Told:
    point = points[place]
    depth = "depth not recorded" if point.depth is None else labels.millimetres(point.depth)
    zone = labels.word(point.zone) if point.zone else labels.NO_ZONE
    where = f", {labels.word(point.setting)}" if point.setting else ""
    said = [view.words.day(point.day), f"{labels.capital(zone)}, {depth}{where}"]
    if point.found:
        said.append(f"{labels.title(point.found.severity)}: {labels.series(point.found.titles)}")
    return Told("\n".join(said), point.record_id)


def _found_words(points: Sequence[DepthPoint]) -> list[str]:
    by_session = {point.record_id: point.found.severity for point in points if point.found}
    counts = sorted(Counter(by_session.values()).items(), reverse=True)
    listed = labels.series(f"{labels.word(severity)} for {number}" for severity, number in counts)
    return [f"Found: {listed}."] if counts else []
