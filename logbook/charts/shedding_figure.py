"""The figure of shedding: counts, their rolling median, the own baseline, and what happened beside them."""

import math
from functools import partial
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from logbook.charts.blank_panels import say_if_hidden, say_in_panel
from logbook.charts.chart import NOTHING_HERE, Drawing, Key, Marks, Numbers, Told, View
from logbook.charts.counts import AT_LEAST, COUNTS, EXCLUDED, KINDS, MethodSeries, Stretch
from logbook.charts.event_marks import EVENTS, draw_events, event_key, events_within, height_of, place_words
from logbook.charts.found import draw_found, found_keys, found_line
from logbook.charts.frame import axis_of_days, days_of, panels, say_nothing
from logbook.charts.room import leave_room, points_high, points_wide, whole_ticks
from logbook.charts.shedding import SheddingSeries, amount_words, number_words
from logbook.charts.style import Style
from logbook.charts.thinning import STEP_CELL, Places, Whole, extremes_per_cell, one_per_cell
from logbook.charts.trends import WINDOW, Baseline
from logbook.charts.upright_lines import MOST_POINTS, said_of_lines, upright_lines
from logbook.domain import labels
from logbook.domain.vocabulary import SHEDDING_SCALES, SheddingMethod

TREND: Final = "trend"
BASELINE: Final = "baseline"
SESSIONS: Final = "sessions"
_COLUMN_POINTS: Final = 2  # of an inch's 72: how wide an upright line for many counts is
_LEAST_TOP: Final = 10  # hairs
_SESSION_CELL: Final = 1.0  # points: less than the mark of a session is wide, so that none leaves a hole
_FOOT: Final = 1.1  # em, below the counts: the marks of sessions
_THINNED: Final = "Where sessions lie too close to tell apart, one is drawn."
_WORDS: Final = {COUNTS: "Count", AT_LEAST: "At least so many", EXCLUDED: "Left out of trends"}


def draw_shedding(figure: Figure, series: SheddingSeries, view: View, style: Style) -> Drawing:
    """Draw *series* on an empty *figure*, each method in a panel."""
    if not any(one.within(view) for one in series.methods):
        return say_nothing(figure, style)
    made = panels(figure, style, [_panel_title(one.method) for one in series.methods])
    axis_of_days(made, view)
    marks: list[Marks] = []
    said: list[str] = []
    for panel, one in enumerate(series.methods):
        more, about = _draw_method(made[panel], panel, one, series, view, style)
        marks += more
        said += about
    return Drawing(tuple(marks), said=" ".join(dict.fromkeys(said)))


def shedding_keys(series: SheddingSeries, view: View, style: Style) -> tuple[Key, ...]:
    """Return the legend."""
    spans = [(one.columns, one.span(view)) for one in series.methods]
    kinds = {KINDS[kind] for columns, span in spans for kind in np.unique(columns.kinds[span]).tolist()}
    keys = [Key(name, words, _looks(style)[name]) for name, words in _WORDS.items() if name in kinds]
    if any(_overlaps(stretch, view) for one in series.methods for stretch in one.trend):
        keys.append(Key(TREND, f"Median of {WINDOW} days", _trend_look(style)))
    if any(one.baseline and one.baseline.median is not None for one in series.methods):
        keys.append(Key(BASELINE, "Own baseline, with its middle half", _baseline_look(style)))
    if any(view.holds(day) for day, _ in series.sessions):
        keys.append(Key(SESSIONS, "Session", _session_look(style)))
    keys += found_keys(np.concatenate([columns.found[span] for columns, span in spans]), style)
    return (*keys, *([event_key(style)] if events_within(series.events, view) else []))


def _panel_title(method: SheddingMethod) -> str:
    if method in SHEDDING_SCALES:
        return f"{labels.title(method)}, grade"
    return f"{labels.title(method)}, hairs"


def _draw_method(
    axes: Axes, panel: int, one: MethodSeries, series: SheddingSeries, view: View, style: Style
) -> tuple[list[Marks], list[str]]:
    """Draw *one* method of *series*; return what can be pointed at, and what is said below the chart."""
    if not one.within(view):
        _draw_nothing(axes, style)
        return [], []
    places, columns = one.shown(view), one.columns
    x, y, kinds = columns.days[places], columns.values[places], columns.kinds[places]
    events = events_within(series.events, view) if view.shows(EVENTS) else []
    words = place_words(axes, events, style)
    _scale(axes, one, y.max(initial=0), height_of(words, style) + style.size * 0.6, style.size * _FOOT)
    if view.shows(BASELINE):
        _draw_baseline(axes, one.baseline, view, style)
    said = _draw_counts(axes, x, y, kinds, style)
    if view.shows(TREND):
        _draw_trend(axes, one, view, style)
    draw_found(axes, x, y, columns.found[places], view, style)
    sessions, about = _draw_sessions(axes, panel, series, view, style)
    beside = [*sessions, *draw_events(axes, panel, events, words, view, style)]
    say_if_hidden(axes, style)
    return [Marks(panel, x, y, partial(_tell, one, places, view)), *beside], [*said, *about]


def _draw_nothing(axes: Axes, style: Style) -> None:
    """Say in a panel that it has nothing, beside one that has."""
    axes.set_yticks([])
    say_in_panel(axes, NOTHING_HERE, style)


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
        "marker": "|",
        "markersize": style.size * 0.7,
        "markeredgewidth": 1.4,
    }


def _scale(axes: Axes, series: MethodSeries, highest: float, above: float, below: float) -> None:
    """Give *axes* the whole of a scale, or all from no hair to the most that is shown, and room in points beside it."""
    if series.method in SHEDDING_SCALES:
        least, most = SHEDDING_SCALES[series.method]
    else:
        own = series.baseline.spread.high if series.baseline and series.baseline.spread else None
        least, most = 0, math.ceil(max(highest, own or 0, _LEAST_TOP))
    leave_room(axes, least, most, above=above, below=below)
    if series.method in SHEDDING_SCALES:
        axes.set_yticks(range(least, most + 1))
    else:
        whole_ticks(axes, least, most)


def _draw_counts(axes: Axes, x: Numbers, y: Numbers, kinds: Whole, style: Style) -> list[str]:
    """Draw counts one by one, or as upright lines where they are too many; return what is said of that."""
    said: list[str] = []
    for kind, name in enumerate(KINDS):
        chosen, look = kinds == kind, _looks(style)[name]
        if np.count_nonzero(chosen) > MOST_POINTS:
            said.append(_draw_columns(axes, x[chosen], y[chosen], {"gid": name, "color": look["color"]}))
        elif chosen.any():
            axes.plot(x[chosen], y[chosen], gid=name, zorder=2, **look)
    return said


def _draw_columns(axes: Axes, x: Numbers, y: Numbers, look: dict[str, Any]) -> str:
    low, high = axes.get_xlim()
    found = upright_lines(x, y, low, high, max(int(points_wide(axes) / _COLUMN_POINTS), 1))
    low, high = axes.get_ylim()
    axes.plot(*found.strokes((high - low) / points_high(axes)), linewidth=1.3, alpha=0.4, zorder=2, **look)
    days = max(round(found.wide), 1)
    return said_of_lines("a day" if days == 1 else labels.count(days, "day"))


def _draw_trend(axes: Axes, series: MethodSeries, view: View, style: Style) -> None:
    x, y = series.line
    start, stop = np.searchsorted(x, (view.first.toordinal() - 1, view.last.toordinal() + 2))
    x, y = x[start:stop], y[start:stop]
    if not np.isnan(y).all():
        drawn = extremes_per_cell(x, y, days_of(axes, STEP_CELL))
        axes.plot(x[drawn], y[drawn], gid=TREND, zorder=3, **_trend_look(style))


def _draw_baseline(axes: Axes, own: Baseline | None, view: View, style: Style) -> None:
    if own is None or own.spread is None or own.median is None:
        return
    start, end = max(own.first, view.first.toordinal()) - 0.5, view.last.toordinal() + 0.5
    if start >= end:
        return
    axes.plot([start, end], [own.median] * 2, gid=BASELINE, zorder=1.5, **_baseline_look(style))
    if own.spread.low is not None and own.spread.high is not None:
        colour = style.roles["selection"]
        axes.fill_between([start, end], own.spread.low, own.spread.high, color=colour, gid=BASELINE, zorder=0.3, lw=0)


def _draw_sessions(
    axes: Axes, panel: int, series: SheddingSeries, view: View, style: Style
) -> tuple[list[Marks], list[str]]:
    sessions = [(day, record_id) for day, record_id in series.sessions if view.holds(day)]
    if not sessions or not view.shows(SESSIONS):
        return [], []
    x = np.array([day.toordinal() for day, _ in sessions], dtype=float)
    bottom, top = axes.get_ylim()
    y = np.full(len(x), bottom + style.size * _FOOT / 2 * (top - bottom) / points_high(axes))
    drawn = one_per_cell(x, y, np.zeros(len(x), dtype=np.int64), days_of(axes, _SESSION_CELL))
    axes.plot(x[drawn], y[drawn], gid=SESSIONS, zorder=2.5, **_session_look(style))

    def tell(place: int) -> Told:
        day, record_id = sessions[place]
        return Told(f"{view.words.day(day)}\nSession", record_id)

    return [Marks(panel, x, y, tell)], [_THINNED] if len(drawn) < len(x) else []


def _tell(series: MethodSeries, places: Places, view: View, place: int) -> Told:
    count = series.counts[places[place]]
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
