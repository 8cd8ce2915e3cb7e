"""The figure of what was counted around sessions: every count, and each week's median with its spread and band."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from logbook.charts.alignment import AFTER, BEFORE, Bin, TooFew
from logbook.charts.around import WASH_WORDS, AroundCount, AroundSeries, around_title, offset_words, silence
from logbook.charts.blank_panels import say_if_hidden
from logbook.charts.chart import Drawing, Key, Marks, Numbers, Told, View
from logbook.charts.frame import fitting, panels, say_nothing, width_of
from logbook.charts.room import leave_room, points_high, points_wide, whole_ticks
from logbook.charts.style import Style
from logbook.charts.upright_lines import MOST_POINTS, said_of_lines, upright_lines
from logbook.domain import labels
from logbook.domain.vocabulary import SHEDDING_SCALES

COUNTS: Final = "counts"
AT_LEAST: Final = "at_least"
MEDIAN: Final = "median"
SPREAD: Final = "spread"
BAND: Final = "band"
_KINDS: Final = {COUNTS: "Count", AT_LEAST: "At least so many"}
_ASIDE: Final = (0.0, 0.15, -0.15, 0.3, -0.3)  # days: where counts of one day and value stand in turn
_TOO_FEW: Final = "too few"


def draw_around(figure: Figure, series: AroundSeries, view: View, style: Style) -> Drawing:
    """Draw *series* on an empty *figure*, or say why it would only mislead."""
    if isinstance(series.comparison, TooFew):
        return say_nothing(figure, style, "\n".join(silence(series)))
    method = labels.title(series.method)
    title = fitting(figure, style, around_title(series), f"{method}, {WASH_WORDS[series.wash]}", method)
    (axes,) = panels(figure, style, [title])
    axes.set_xlim(-BEFORE - 0.5, AFTER + 0.5)
    _label_days(axes, style)
    counts = [count for count in series.counts if view.shows(_key(count))]
    x, y = _places(counts)
    _scale(axes, series, style)
    said = _draw_counts(axes, counts, x, y, style)
    for one in series.bins:
        _draw_bin(axes, one, view, style)
    say_if_hidden(axes, style)
    axes.axvline(-0.5, color=style.roles["edge"], linewidth=1.0, zorder=1, gid="session")
    for one in series.bins:
        _write_n(axes, one, style)
    return Drawing((Marks(0, x, y, partial(_tell, series, counts, view)),), is_calendar=False, said=said)


def around_keys(series: AroundSeries, view: View, style: Style) -> tuple[Key, ...]:
    """Return the legend."""
    if isinstance(series.comparison, TooFew):
        return ()
    looks, kinds = _looks(style), {_key(count) for count in series.counts}
    return (
        *(Key(name, words, looks[name]) for name, words in _KINDS.items() if name in kinds),
        Key(MEDIAN, "Median of the week", looks[MEDIAN]),
        Key(SPREAD, "Middle half of its counts", looks[SPREAD], is_band=True),
        Key(BAND, "95 % band of the median, sessions resampled", looks[BAND]),
    )


def _key(count: AroundCount) -> str:
    return AT_LEAST if count.is_least else COUNTS


def _looks(style: Style) -> dict[str, dict[str, Any]]:
    dot = {"linestyle": "none", "color": style.series(6), "markeredgewidth": 0, "alpha": 0.55}
    return {
        COUNTS: {**dot, "marker": "o", "markersize": style.size * 0.38},
        AT_LEAST: {**dot, "marker": "^", "markersize": style.size * 0.55},
        MEDIAN: {"color": style.series(5), "linewidth": 2.4, "solid_capstyle": "butt"},
        SPREAD: {"color": style.roles["selection"], "markeredgecolor": style.roles["edge"]},
        BAND: {"color": style.roles["text"], "linewidth": 1.2, "marker": "_", "markersize": style.size * 0.8},
    }


def _label_days(axes: Axes, style: Style) -> None:
    """Put a label at every week, or at every other one where there is no room."""
    is_wide = _room(axes, style, 7) >= width_of(offset_words(-BEFORE)) + 0.6
    days = range(-BEFORE, AFTER + 1, 7 if is_wide else 14)
    axes.set_xticks(days, [offset_words(day) for day in days])
    axes.set_xlabel("Days from the session", color=style.roles["muted"], labelpad=style.size * 0.2)


def _room(axes: Axes, style: Style, days: int) -> float:
    """Return how wide so many *days* are, in sizes of the text."""
    return points_wide(axes) / style.size * days / (BEFORE + AFTER + 1)


def _places(counts: Sequence[AroundCount]) -> tuple[Numbers, Numbers]:
    """Return where *counts* stand; those of one offset and value beside each other, as far as a day has room."""
    offsets = np.array([count.offset for count in counts], dtype=np.float64)
    values = np.array([count.value for count in counts], dtype=np.float64)
    order = np.lexsort((values, offsets))
    is_new = np.diff(offsets[order], prepend=np.nan) != 0
    is_new |= np.diff(values[order], prepend=np.nan) != 0
    starts = np.flatnonzero(is_new)
    before = np.empty(len(counts), dtype=np.int64)
    before[order] = np.arange(len(counts)) - np.repeat(starts, np.diff(starts, append=len(counts)))
    return offsets + np.array(_ASIDE)[before % len(_ASIDE)], values


def _scale(axes: Axes, series: AroundSeries, style: Style) -> None:
    is_scale = series.method in SHEDDING_SCALES
    highest = max((count.value for count in series.counts), default=1)
    least, most = SHEDDING_SCALES.get(series.method, (0, max(highest, 1)))
    lines = 1 if all(one.spread for one in series.bins) else 2
    leave_room(axes, least, most, above=style.size * 0.6, below=style.size * (0.8 + 1.4 * lines))
    if is_scale:
        axes.set_yticks(range(least, most + 1))
    else:
        whole_ticks(axes, least, most)


def _draw_counts(axes: Axes, counts: Sequence[AroundCount], x: Numbers, y: Numbers, style: Style) -> str:
    """Draw *counts* one by one, or as upright lines where they are too many; return what is said of that."""
    said = ""
    kinds = np.array([_key(count) for count in counts], dtype=np.str_)
    looks = _looks(style)
    for name in _KINDS:
        chosen = kinds == name
        if np.count_nonzero(chosen) > MOST_POINTS:
            found = upright_lines(np.rint(x[chosen]), y[chosen], *axes.get_xlim(), BEFORE + AFTER + 1)
            low, high = axes.get_ylim()
            strokes = found.strokes((high - low) / points_high(axes))
            axes.plot(*strokes, gid=name, color=looks[name]["color"], linewidth=1.3, alpha=0.4, zorder=2)
            said = said_of_lines("a day")
        elif chosen.any():
            axes.plot(x[chosen], y[chosen], gid=name, zorder=2, **looks[name])
    return said


def _write_n(axes: Axes, one: Bin, style: Style) -> None:
    """Write of how many counts a week is, as far as it has room, and whether they are too few."""
    room = _room(axes, style, one.last - one.first + 1)
    words = f"n {one.n}" if width_of(f"n {one.n} ") <= room else f"{one.n}"
    if one.spread is None and width_of(_TOO_FEW) <= room:
        words = f"{_TOO_FEW}\n{words}"
    axes.annotate(
        words, ((one.first + one.last) / 2, 0), xycoords=("data", "axes fraction"),
        xytext=(0, style.size * 0.35), textcoords="offset points",
        ha="center", va="bottom", color=style.roles["muted"], gid="n",
    )  # fmt: skip


def _draw_bin(axes: Axes, one: Bin, view: View, style: Style) -> None:
    looks, left, right = _looks(style), one.first - 0.5, one.last + 0.5
    middle = (left + right) / 2
    if one.spread is None:
        return
    low, high = one.spread.low, one.spread.high
    if view.shows(SPREAD) and low is not None and high is not None:
        colour, edge = looks[SPREAD]["color"], looks[SPREAD]["markeredgecolor"]
        axes.fill_between(
            [left + 0.3, right - 0.3], low, high, facecolor=colour, edgecolor=edge, lw=0.8, gid=SPREAD, zorder=1.5
        )
    if view.shows(MEDIAN) and one.spread.median is not None:
        axes.plot([left + 0.3, right - 0.3], [one.spread.median] * 2, gid=MEDIAN, zorder=3, **looks[MEDIAN])
    if view.shows(BAND) and one.band and one.band.low is not None and one.band.high is not None:
        axes.plot([middle] * 2, [one.band.low, one.band.high], gid=BAND, zorder=3.5, **looks[BAND])


def _tell(series: AroundSeries, counts: Sequence[AroundCount], view: View, place: int) -> Told:
    count = counts[place]
    day = view.words.day(count.session_day)
    away = labels.count(abs(count.offset), "day")
    when = f"{away} {'before' if count.offset < 0 else 'after'} the session of {day}"
    if count.offset == 0:
        when = f"On the day of the session of {day}"
    amount = f"grade {count.value}" if series.method in SHEDDING_SCALES else labels.count(count.value, "hair")
    said = [view.words.day(count.day), f"{'At least ' * count.is_least}{amount}", when]
    return Told("\n".join(map(labels.capital, said)), count.record_id)
