"""Intervals as a figure: a mark for each, and behind it the rest that was asked for."""

from functools import partial
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from logbook.charts.blank_panels import say_if_hidden
from logbook.charts.chart import NOTHING_HERE, Drawing, Key, Marks, Numbers, Told, View
from logbook.charts.found import draw_found, found_keys, found_line
from logbook.charts.frame import (
    Area,
    area_key,
    axis_of_days,
    days_of,
    draw_areas,
    draw_marks,
    panels,
    say_nothing,
    width_of,
)
from logbook.charts.guidance_lines import RestAfter
from logbook.charts.intervals import KINDS, NO_INTERVAL, IntervalSeries, median_words
from logbook.charts.room import whole_ticks
from logbook.charts.style import Style
from logbook.charts.thinning import COLUMN_CELL, POINT_CELL, Places, columns_per_cell, one_per_cell
from logbook.domain import labels
from logbook.domain.vocabulary import Setting, Severity

MEDIAN: Final = "median"
STEMS: Final = "stems"
LONGER: Final = "longer"
_STRIP: Final = 0.09  # of the axis, at its upper end, for marks that are too long for it
_REACH: Final = 10  # days to either side of a mark: the area of its rest goes no further
_LEAST_TOP: Final = 8.0  # days
_STEM_APART: Final = 5.0  # points, 72 to the inch: closer ones would be a hatching


def draw_intervals(figure: Figure, series: IntervalSeries, view: View, style: Style) -> Drawing:
    """Draw *series* on an empty *figure*."""
    if not series.within(view):
        return say_nothing(figure, style, NOTHING_HERE if series.points else NO_INTERVAL)
    (axes,) = panels(figure, style, ["Interval, days"])
    axis_of_days([axes], view)
    places, columns = series.shown(view), series.columns
    x, lengths, kinds, found = columns.at(places)
    most = _longest_drawn(series, places)
    is_longer = lengths > most
    top = most * (1 + _STRIP) if is_longer.any() else most
    y = np.where(is_longer, most * (1 + _STRIP / 2), lengths)
    axes.set_ylim(-0.06 * top, top)
    whole_ticks(axes, 0, most)
    areas = _areas(series, places, view, top, days_of(axes, COLUMN_CELL))
    draw_areas(axes, [area for area in areas if view.shows(area.severity.word)], style)
    drawn = one_per_cell(x, y, kinds, days_of(axes, POINT_CELL))
    if 0 < len(x) * days_of(axes, _STEM_APART) <= view.last.toordinal() - view.first.toordinal() + 1:
        axes.add_artist(_stems(x, y, style))
    for kind, (name, look) in enumerate(_looks(style).items()):
        draw_marks(axes, x[drawn], y[drawn], kinds[drawn] == kind, {"gid": name, "zorder": 3, **look})
    draw_found(axes, x, y, found, view, style)
    if is_longer.any():
        axes.axhline(most, gid=LONGER, zorder=0.7, color=style.roles["edge"], linestyle=":", linewidth=1.0)
        _name_longer(axes, x[is_longer], y[is_longer], lengths[is_longer], style)
    if view.shows(MEDIAN) and lengths.size:
        _draw_median(axes, lengths, most, style)
    say_if_hidden(axes, style)
    marks = Marks(0, x, y, partial(_tell, series, places, view))
    return Drawing((marks,), said=_said(int(is_longer.sum()), len(x) - len(drawn)))


def interval_keys(series: IntervalSeries, view: View, style: Style) -> tuple[Key, ...]:
    """Return the legend: settings, the median, what was found, what guidance says."""
    columns, span = series.columns, series.span(view)
    there = np.unique(columns.kinds[span]).tolist()
    marks = [Key(name, _kind_words(name), look) for n, (name, look) in enumerate(_looks(style).items()) if n in there]
    median = [Key(MEDIAN, "Median", _median_look(style))] if there else []
    rests = [series.rests[rest] for rest in np.unique(columns.rests[span]).tolist() if rest >= 0]
    severities = {severity for rest in rests for _, severity in rest.below} | ({Severity.CLEAN} if rests else set())
    said = [area_key(severity, _AREA_WORDS[severity], style) for severity in sorted(severities)]
    return (*marks, *median, *found_keys(columns.found[span], style), *said)


_AREA_WORDS: Final = {
    severity: "Nothing said of such an interval"
    if severity is Severity.CLEAN
    else f"{labels.title(severity)} by interval"
    for severity in Severity
}


def _longest_drawn(series: IntervalSeries, places: Places) -> float:
    """Return up to how many days the axis goes: a long pause does not press all other intervals flat."""
    lengths = series.columns.lengths[places]
    rests = [series.rests[rest] for rest in np.unique(series.columns.rests[places]).tolist() if rest >= 0]
    asked = max((days for rest in rests for days, _ in rest.below), default=0)
    most = 1.25 * float(np.quantile(lengths, 0.95, method="lower")) if lengths.size else 0.0
    top = max(most, 1.15 * asked, _LEAST_TOP)
    longest = 1.1 * float(lengths.max(initial=0))
    return max(top, longest) if longest <= 1.5 * top else top


def _areas(series: IntervalSeries, places: Places, view: View, top: float, cell: float) -> list[Area]:
    """Return the rest asked for around each interval, half-way to its neighbours, but no further than `_REACH`."""
    days, rests = series.columns.days[places], series.columns.rests[places]
    if not days.size:
        return []
    middles = (days[:-1] + days[1:]) / 2
    lefts = np.maximum(days - _REACH, np.append(-np.inf, middles))
    rights = np.minimum(days + _REACH, np.append(middles, np.inf))
    edges = np.append(np.stack((lefts, rights), axis=1).ravel(), rights[-1])
    edges = np.clip(edges, view.first.toordinal() - 0.5, view.last.toordinal() + 0.5)
    asked = np.stack((rests, np.full_like(rests, -1)), axis=1).ravel()  # nothing between one and the next
    is_wide = np.diff(edges) > 0
    edges, asked = np.append(edges[:-1][is_wide], edges[-1]), asked[is_wide]
    edges, kept = columns_per_cell(edges, cell)
    asked = asked[kept]
    starts = np.flatnonzero(np.diff(asked, prepend=-2))
    ends = np.append(edges[starts], edges[-1])
    areas = []
    for rest, left, right in zip(asked[starts].tolist(), ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        areas += _stack(series.rests[rest], left, right, top) if rest >= 0 else []
    return areas


def _stack(rest: RestAfter, left: float, right: float, top: float) -> list[Area]:
    # Days are whole: between the last one that is too short and the first one that is not, no mark lies on the line.
    tops = [(days - 0.5, severity) for days, severity in rest.below]
    bottoms = [0.0, *(end for end, _ in tops)]
    return [
        Area(left, right, bottom, end, severity, is_below=True)
        for bottom, (end, severity) in zip(bottoms, [*tops, (top, Severity.CLEAN)], strict=True)
    ]


def _looks(style: Style) -> dict[str, dict[str, Any]]:
    edge = {"linestyle": "none", "markeredgecolor": style.roles["surface"], "markeredgewidth": 0.6}
    looks = zip(KINDS, (("o", 1), ("s", 2), ("D", 8)), strict=True)
    return {
        name: {"marker": marker, "color": style.series(number), "markersize": style.size * 0.72, **edge}
        for name, (marker, number) in looks
    }


def _kind_words(name: str) -> str:
    return labels.title(Setting(name)) if name != KINDS[-1] else "Setting not recorded"


def _stems(x: Numbers, y: Numbers, style: Style) -> Line2D:
    """Return a line from nought to each mark."""
    ends = np.stack((np.zeros_like(y), y, np.full_like(y, np.nan)), axis=1).ravel()
    return Line2D(np.repeat(x, 3), ends, gid=STEMS, color=style.roles["edge"], linewidth=0.8, zorder=1)


def _name_longer(axes: Axes, x: Numbers, y: Numbers, lengths: Numbers, style: Style) -> None:
    """Write an arrow and the days beside the marks that are too long for the axis, where there is room."""
    first, last = axes.get_xlim()
    away = days_of(axes, style.size)
    free = first  # up to there nothing is to be covered
    for at, height, length, following in zip(x, y, lengths, np.append(x[1:], np.inf), strict=True):
        text = f"↑ {length:.0f} days"
        wide = days_of(axes, style.size * width_of(text))
        look: dict[str, Any] = {"va": "center", "gid": LONGER, "zorder": 5}
        if at + away + wide < min(following - away, last):
            axes.text(at + away, height, text, ha="left", **look)
            free = at + away + wide
        elif at - away - wide > free:
            axes.text(at - away, height, text, ha="right", **look)
            free = at + away
        else:
            free = at + away


def _draw_median(axes: Axes, lengths: Numbers, most: float, style: Style) -> None:
    """Draw the line, and its words where they cover no mark: at the end of the line of the title."""
    middle = min(float(np.median(lengths)), most)
    axes.axhline(middle, gid=MEDIAN, zorder=2, **_median_look(style))
    words = labels.capital(median_words(lengths))
    axes.set_title(words, loc="right", pad=style.size * 0.7, color=style.roles["text"], gid=MEDIAN)


def _median_look(style: Style) -> dict[str, Any]:
    return {"color": style.roles["text"], "linestyle": (0, (6, 3)), "linewidth": 1.0}


def _said(longer: int, covered: int) -> str:
    said = []
    if longer:
        verb = "is" if longer == 1 else "are"
        said.append(f"{labels.count(longer, 'interval')} {verb} too long for the axis, at its upper edge.")
    if covered:
        said.append("Where marks lie too close to tell apart, one is drawn for all.")
    return " ".join(said)


def _tell(series: IntervalSeries, places: Places, view: View, place: int) -> Told:
    point = series.points[places[place]]
    where = f", {labels.word(point.setting)}" if point.setting else ""
    rest = "depth then not recorded"
    if point.depth is not None:
        asked = f"guidance asks for {labels.count(point.asked, 'day')}" if point.asked else "guidance asks for no rest"
        rest = f"{labels.millimetres(point.depth)} then; {asked}"
    said = [
        view.words.day(point.day),
        f"{labels.count(point.days, 'day')} after {view.words.day(point.earlier)}{where}",
        labels.capital(rest),
        *found_line(point.found),
    ]
    return Told("\n".join(said), point.record_id)
