"""The figure of shedding: counts, their rolling median, the own baseline, and what happened beside them."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from logbook.charts.chart import Drawing, Key, Marks, Numbers, Told, View
from logbook.charts.event_marks import EVENTS, draw_events, event_key, events_within
from logbook.charts.found import draw_found, found_keys, found_line, severities_of
from logbook.charts.frame import axis_of_days, panels, say_nothing
from logbook.charts.shedding import Count, MethodSeries, SheddingSeries, Stretch, amount_words, number_words
from logbook.charts.style import Style
from logbook.charts.trends import WINDOW, Baseline
from logbook.charts.upright_lines import MOST_POINTS, upright_lines
from logbook.domain import labels
from logbook.domain.vocabulary import SHEDDING_SCALES, SheddingMethod

COUNTS: Final = "counts"
AT_LEAST: Final = "at_least"
EXCLUDED: Final = "excluded"
TREND: Final = "trend"
BASELINE: Final = "baseline"
SESSIONS: Final = "sessions"
_COLUMN_POINTS: Final = 2  # of an inch's 72: how wide an upright line for many counts is
_LEAST_TOP: Final = 10  # hairs
_KINDS: Final = {COUNTS: "Count", AT_LEAST: "At least so many", EXCLUDED: "Left out of trends"}


def draw_shedding(figure: Figure, series: SheddingSeries, view: View, style: Style) -> Drawing:
    """Draw *series* on an empty *figure*, each method in a panel."""
    if not any(one.within(view) for one in series.methods):
        return say_nothing(figure, style)
    made = panels(figure, style, [_panel_title(one.method) for one in series.methods])
    axis_of_days(made, view)
    marks, said = [], ""
    for panel, (axes, one) in enumerate(zip(made, series.methods, strict=True)):
        counts = [count for count in one.within(view) if view.shows(_key(count))]
        _scale(axes, one, counts)
        if view.shows(BASELINE):
            _draw_baseline(axes, one.baseline, view, style)
        said = _draw_counts(axes, counts, style) or said
        if view.shows(TREND):
            _draw_trend(axes, one, style)
        draw_found(axes, _x(counts), _y(counts), severities_of(count.found for count in counts), view, style)
        marks.append(Marks(panel, _x(counts), _y(counts), partial(_tell, one, counts, view)))
        marks += _draw_sessions(axes, panel, series, view, style)
        if view.shows(EVENTS):
            marks += draw_events(axes, panel, events_within(series.events, view), view, style)
    return Drawing(tuple(marks), said=said)


def shedding_keys(series: SheddingSeries, view: View, style: Style) -> tuple[Key, ...]:
    """Return the legend."""
    counts = [count for one in series.methods for count in one.within(view)]
    kinds = {_key(count) for count in counts}
    keys = [Key(name, words, _looks(style)[name]) for name, words in _KINDS.items() if name in kinds]
    if any(_overlaps(stretch, view) for one in series.methods for stretch in one.trend):
        keys.append(Key(TREND, f"Median of {WINDOW} days", _trend_look(style)))
    if any(one.baseline and one.baseline.median is not None for one in series.methods):
        keys.append(Key(BASELINE, "Own baseline, with its middle half", _baseline_look(style)))
    if any(view.holds(day) for day, _ in series.sessions):
        keys.append(Key(SESSIONS, "Session", _session_look(style)))
    keys += found_keys(severities_of(count.found for count in counts), style)
    return (*keys, *([event_key(style)] if events_within(series.events, view) else []))


def _panel_title(method: SheddingMethod) -> str:
    if method in SHEDDING_SCALES:
        return f"{labels.title(method)}, grade"
    return f"{labels.title(method)}, hairs"


def _key(count: Count) -> str:
    if count.is_excluded:
        return EXCLUDED
    return AT_LEAST if count.is_least else COUNTS


def _looks(style: Style) -> dict[str, dict[str, Any]]:
    dot = {"linestyle": "none", "markersize": style.size * 0.5, "color": style.series(6)}
    return {
        COUNTS: {**dot, "marker": "o", "markeredgecolor": style.roles["surface"], "markeredgewidth": 0.4},
        AT_LEAST: {**dot, "marker": "^", "markersize": style.size * 0.7},
        EXCLUDED: {**dot, "marker": "x", "color": style.roles["muted"]},
    }


def _trend_look(style: Style) -> dict[str, Any]:
    return {"color": style.series(5), "linewidth": 2.0, "solid_capstyle": "butt"}


def _baseline_look(style: Style) -> dict[str, Any]:
    return {"color": style.roles["text"], "linewidth": 1.0, "dashes": (5, 3)}


def _session_look(style: Style) -> dict[str, Any]:
    return {
        "color": style.roles["muted"],
        "linestyle": "none",
        "marker": 2,  # a tick upwards
        "markersize": style.size * 0.8,
        "markeredgewidth": 0.8,
    }


def _scale(axes: Axes, series: MethodSeries, counts: Sequence[Count]) -> None:
    """Give *axes* the whole of a scale, or all from no hair to the most that is shown."""
    if series.method in SHEDDING_SCALES:
        least, most = SHEDDING_SCALES[series.method]
        axes.set_ylim(least - 0.6, most + 0.6)
        axes.set_yticks(range(least, most + 1))
        return
    own = series.baseline.spread.high if series.baseline and series.baseline.spread else None
    highest = max([*(count.value for count in counts), own or 0, _LEAST_TOP])
    axes.set_ylim(0, highest * 1.18)  # with room for the words of events
    axes.yaxis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10]))


def _x(counts: Sequence[Count]) -> Numbers:
    return np.array([count.day.toordinal() for count in counts], dtype=float)


def _y(counts: Sequence[Count]) -> Numbers:
    return np.array([count.value for count in counts], dtype=float)


def _draw_counts(axes: Axes, counts: Sequence[Count], style: Style) -> str:
    """Draw *counts* one by one, or as upright lines where they are too many; return what is said of that."""
    said = ""
    kinds = np.array([_key(count) for count in counts])
    x, y = _x(counts), _y(counts)
    for name, look in _looks(style).items():
        chosen = kinds == name
        if np.count_nonzero(chosen) > MOST_POINTS:
            said = _draw_columns(axes, x[chosen], y[chosen], {"gid": name, "color": look["color"]}, style)
        elif chosen.any():
            axes.plot(x[chosen], y[chosen], gid=name, zorder=2, **look)
    return said


def _draw_columns(axes: Axes, x: Numbers, y: Numbers, look: dict[str, Any], style: Style) -> str:
    low, high = axes.get_xlim()
    count = max(int(axes.bbox.width / axes.figure.dpi * 72 / _COLUMN_POINTS), 1)
    found = upright_lines(x, y, low, high, count)
    gap = np.full(len(found.x), np.nan)  # ends each line, so that all of them are one artist
    ends = np.column_stack((found.low, found.high + 0.3, gap)).ravel()
    axes.plot(np.repeat(found.x, 3), ends, linewidth=1.3, alpha=0.4, zorder=2, **look)
    days = max(round(found.wide), 1)
    every = "a day" if days == 1 else labels.count(days, "day")
    return f"There are too many counts to draw each: an upright line goes from the least to the most of {every}."


def _draw_trend(axes: Axes, series: MethodSeries, style: Style) -> None:
    x: list[float] = []
    y: list[float] = []
    for stretch in series.trend:
        start = stretch.first.toordinal()
        x += [*range(start, start + len(stretch.medians)), np.nan]
        y += [*stretch.medians, np.nan]
    if x:
        axes.plot(x, y, gid=TREND, zorder=3, **_trend_look(style))


def _draw_baseline(axes: Axes, own: Baseline | None, view: View, style: Style) -> None:
    if own is None or own.spread is None or own.median is None:
        return
    start, end = max(own.first, view.first.toordinal()) - 0.5, view.last.toordinal() + 0.5
    if start >= end:
        return
    axes.plot([start, end], [own.median] * 2, gid=BASELINE, zorder=1.5, **_baseline_look(style))
    if own.spread.low is not None and own.spread.high is not None:
        colour = style.roles["raised"]
        axes.fill_between([start, end], own.spread.low, own.spread.high, color=colour, gid=BASELINE, zorder=1, lw=0)


def _draw_sessions(axes: Axes, panel: int, series: SheddingSeries, view: View, style: Style) -> list[Marks]:
    sessions = [(day, record_id) for day, record_id in series.sessions if view.holds(day)]
    if not sessions or not view.shows(SESSIONS):
        return []
    x = np.array([day.toordinal() for day, _ in sessions], dtype=float)
    y = np.full(len(x), axes.get_ylim()[0])
    axes.plot(x, y, gid=SESSIONS, zorder=2.5, **_session_look(style))

    def tell(place: int) -> Told:
        day, record_id = sessions[place]
        return Told(f"{view.words.day(day)}\nSession", record_id)

    return [Marks(panel, x, y, tell)]


def _tell(series: MethodSeries, counts: Sequence[Count], view: View, place: int) -> Told:
    count = counts[place]
    number = f"{'at least ' * count.is_least}{amount_words(series.method, count.value)}"
    said = [view.words.day(count.day), labels.capital(number)]
    if count.is_excluded:
        said.append("Left out of trends")
    elif (median := series.median_on(count.day)) is not None:
        said.append(f"Median {number_words(median)}, {series.recorded_on(count.day)} of {WINDOW} days recorded")
    if count.days_since_wash is not None:
        said.append(f"{labels.count(count.days_since_wash, 'day')} since the last wash")
    return Told("\n".join([*said, *found_line(count.found)]), count.record_id)


def _overlaps(stretch: Stretch, view: View) -> bool:
    start = stretch.first.toordinal()
    return start <= view.last.toordinal() and start + len(stretch.medians) > view.first.toordinal()
