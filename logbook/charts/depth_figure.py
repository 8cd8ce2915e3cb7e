"""The figure of depth by date: a mark for each zone of each session, over what the guidance of its setting says."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from matplotlib.figure import Figure

from logbook.charts.blank_panels import say_if_hidden
from logbook.charts.chart import Drawing, Key, Marks, Numbers, Told, View
from logbook.charts.depth import KIND_OF, KINDS, NO_ZONE, UNKNOWN, DepthColumns, DepthPoint, DepthSeries
from logbook.charts.found import draw_found, found_keys, found_line
from logbook.charts.frame import Area, area_key, axis_of_days, days_of, draw_areas, draw_marks, panels, say_nothing
from logbook.charts.guidance_lines import Above
from logbook.charts.style import Style
from logbook.charts.thinning import COLUMN_CELL, POINT_CELL, Places, Whole, columns_per_cell, one_per_cell
from logbook.domain import labels
from logbook.domain.vocabulary import Setting, Severity, Zone

THINNED: Final = "Where marks lie too close to tell apart, one of each zone is drawn."
_LEAST_TOP: Final = 0.5  # mm: a chart of 0.25 mm has some sky
_APART: Final = 0.8  # between zones of one depth on one day, in sizes of the text
_MOST_DAYS_APART: Final = 3.5  # over ten years they cover one another rather than lie months from their day
_AREA_WORDS: Final = {
    severity: "Nothing said of such a depth" if severity is Severity.CLEAN else f"{labels.title(severity)} by depth"
    for severity in Severity
}


def draw_depth(figure: Figure, series: DepthSeries, view: View, style: Style) -> Drawing:
    """Draw *series* on an empty *figure*."""
    if not series.within(view):
        return say_nothing(figure, style)
    (axes,) = panels(figure, style, ["Depth, mm"])
    axis_of_days([axes], view)
    places, columns, top = series.shown(view), series.columns, _top(series, view)
    axes.set_ylim(-0.06 * top, top)
    axes.yaxis.set_major_formatter("{x:.2f}")
    axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= top])
    areas = _areas(series, view, top, days_of(axes, COLUMN_CELL))
    draw_areas(axes, [area for area in areas if view.shows(area.severity.word)], style)
    x = _x(columns, places, min(days_of(axes, style.size * _APART), _MOST_DAYS_APART))
    order = np.argsort(x, kind="stable")
    x, places = x[order], places[order]
    y, kinds, found = columns.depths[places], columns.kinds[places], columns.found[places]
    drawn = one_per_cell(x, y, kinds, days_of(axes, POINT_CELL))
    for name, look in _looks(kinds, style).items():
        draw_marks(axes, x[drawn], y[drawn], kinds[drawn] == KIND_OF[name], {"gid": name, "zorder": 3, **look})
    draw_found(axes, x, y, found, view, style)
    say_if_hidden(axes, style)
    marks = Marks(0, x, y, partial(_tell, series.points, places, view))
    return Drawing((marks,), said=THINNED if len(drawn) < len(x) else "")


def depth_keys(series: DepthSeries, view: View, style: Style) -> tuple[Key, ...]:
    """Return the legend: zones, what was found, what guidance says."""
    columns, span = series.columns, series.span(view)
    marks = [Key(name, _zone_words(name), look) for name, look in _looks(columns.kinds[span], style).items()]
    areas = {area.severity for area in _areas(series, view, _top(series, view))} if series.within(view) else ()
    said = [area_key(severity, _AREA_WORDS[severity], style) for severity in sorted(areas)]
    return (*marks, *found_keys(columns.found[span], style), *said)


def _top(series: DepthSeries, view: View) -> float:
    """Return the upper end of the axis, in millimetres."""
    return max(1.15 * float(series.columns.depths[series.shown(view)].max(initial=0)), _LEAST_TOP)


def _zone_words(name: str) -> str:
    if name == UNKNOWN:
        return "Depth not recorded"
    return labels.capital(labels.NO_ZONE) if name == NO_ZONE else labels.title(Zone(name))


def _looks(kinds: Whole, style: Style) -> dict[str, dict[str, Any]]:
    """Return how the marks of each key look, in the order of the zones."""
    there = {KINDS[kind] for kind in np.unique(kinds).tolist()}
    looks: dict[str, dict[str, Any]] = {zone.value: style.zone(zone) for zone in Zone}
    looks[NO_ZONE] = style.zone(None)
    looks[UNKNOWN] = {**style.zone(None), "marker": "|", "markeredgecolor": style.roles["muted"]}
    return {name: look for name, look in looks.items() if name in there}


def _areas(series: DepthSeries, view: View, top: float, cell: float = 0.0) -> list[Area]:
    """Return what guidance says, for each run of sessions of one setting up to half-way to the next run.

    A setting that is not recorded is home, as the rules take it. Runs narrower than *cell*, in days, give way.
    """
    days, is_supervised = series.columns.days, series.columns.is_supervised
    starts = np.flatnonzero(np.diff(is_supervised)) + 1
    inner = (days[starts - 1] + days[starts]) / 2
    ends = np.concatenate(([-np.inf], inner, [np.inf]))
    edges = np.clip(ends, view.first.toordinal() - 0.5, view.last.toordinal() + 0.5)
    settings = is_supervised[np.concatenate(([0], starts))]
    is_wide = np.diff(edges) > 0
    edges, settings = np.append(edges[:-1][is_wide], edges[-1]), settings[is_wide]
    if cell:
        edges, kept = columns_per_cell(edges, cell)
        settings = settings[kept]
    areas = []
    for setting, left, right in zip(settings.tolist(), edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        areas += _stack(series.lines[Setting.SUPERVISED if setting else Setting.HOME], left, right, top)
    return areas


def _stack(lines: Sequence[Above], left: float, right: float, top: float) -> list[Area]:
    bottoms = [(0.0, Severity.CLEAN), *((line.over / 100, line.severity) for line in lines)]
    tops = [*(bottom for bottom, _ in bottoms[1:]), np.inf]
    return [
        Area(left, right, bottom, min(end, top), severity)
        for (bottom, severity), end in zip(bottoms, tops, strict=True)
        if bottom < top
    ]


def _x(columns: DepthColumns, places: Places, apart: float) -> Numbers:
    """Return where the points at *places* stand; those that would cover one another stand so many days *apart*."""
    days = columns.days[places]
    spots = days * 1000 + np.round(columns.depths[places] * 100)
    _, spot, counts = np.unique(spots, return_inverse=True, return_counts=True)
    order = np.argsort(spot, kind="stable")
    before = np.empty(len(days))
    before[order] = np.arange(len(days)) - (np.cumsum(counts) - counts)[spot[order]]
    return days + (before - (counts[spot] - 1) / 2) * apart


def _tell(points: Sequence[DepthPoint], places: Places, view: View, place: int) -> Told:
    point = points[places[place]]
    depth = "depth not recorded" if point.depth is None else labels.millimetres(point.depth)
    zone = labels.word(point.zone) if point.zone else labels.NO_ZONE
    where = f", {labels.word(point.setting)}" if point.setting else ""
    said = [view.words.day(point.day), f"{labels.capital(zone)}, {depth}{where}", *found_line(point.found)]
    return Told("\n".join(said), point.record_id)
