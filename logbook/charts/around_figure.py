"""The figure of what was counted around sessions: every count, and each week's median with its spread and band."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from logbook.charts.alignment import AFTER, BEFORE, Bin, TooFew
from logbook.charts.around import AroundCount, AroundSeries, around_title, offset_words, silence
from logbook.charts.chart import Drawing, Key, Marks, Numbers, Told, View
from logbook.charts.frame import panels, say_nothing
from logbook.charts.style import Style
from logbook.domain import labels
from logbook.domain.vocabulary import SHEDDING_SCALES

COUNTS: Final = "counts"
MEDIAN: Final = "median"
SPREAD: Final = "spread"
BAND: Final = "band"


def draw_around(figure: Figure, series: AroundSeries, view: View, style: Style) -> Drawing:
    """Draw *series* on an empty *figure*, or say why it would only mislead."""
    if isinstance(series.comparison, TooFew):
        return say_nothing(figure, style, "\n".join(silence(series)))
    (axes,) = panels(figure, style, [f"{around_title(series)}, by days from the session"])
    axes.set_xlim(-BEFORE - 0.5, AFTER + 0.5)
    axes.set_xticks(range(-BEFORE, AFTER + 1, 7), [offset_words(day) for day in range(-BEFORE, AFTER + 1, 7)])
    counts = series.counts if view.shows(COUNTS) else ()
    x, y = _places(counts)
    _scale(axes, series)
    axes.axvline(-0.5, color=style.roles["edge"], linewidth=1.0, zorder=1, gid="session")
    if counts:
        axes.plot(x, y, gid=COUNTS, zorder=2, **_looks(style)[COUNTS])
    for one in series.bins:
        _draw_bin(axes, one, view, style)
    return Drawing((Marks(0, x, y, partial(_tell, series, counts, view)),), is_calendar=False)


def around_keys(series: AroundSeries, view: View, style: Style) -> tuple[Key, ...]:
    """Return the legend."""
    if isinstance(series.comparison, TooFew):
        return ()
    looks = _looks(style)
    return (
        Key(COUNTS, "Count", looks[COUNTS]),
        Key(MEDIAN, "Median of the week", looks[MEDIAN]),
        Key(SPREAD, "Middle half of its counts", looks[SPREAD], is_band=True),
        Key(BAND, "95 % band of the median, sessions resampled", looks[BAND]),
    )


def _looks(style: Style) -> dict[str, dict[str, Any]]:
    return {
        COUNTS: {
            "marker": "o",
            "linestyle": "none",
            "color": style.series(6),
            "markersize": style.size * 0.38,
            "markeredgewidth": 0,
            "alpha": 0.55,
        },
        MEDIAN: {"color": style.series(5), "linewidth": 2.4, "solid_capstyle": "butt"},
        SPREAD: {"color": style.roles["selection"], "markeredgecolor": style.roles["edge"]},
        BAND: {"color": style.roles["text"], "linewidth": 1.2, "marker": "_", "markersize": style.size * 0.8},
    }


def _places(counts: Sequence[AroundCount]) -> tuple[Numbers, Numbers]:
    """Return where *counts* stand; those of one offset and value beside each other, as far as a day has room."""
    seen: Counter[tuple[int, int]] = Counter()
    x = []
    for count in counts:
        spot = (count.offset, count.value)
        x.append(count.offset + (-1) ** seen[spot] * (seen[spot] + 1) // 2 % 4 * 0.1)
        seen[spot] += 1
    return np.array(x, dtype=float), np.array([count.value for count in counts], dtype=float)


def _scale(axes: Axes, series: AroundSeries) -> None:
    if series.method in SHEDDING_SCALES:
        least, most = SHEDDING_SCALES[series.method]
        axes.set_ylim(least - 0.8, most + 0.4)
        axes.set_yticks(range(least, most + 1))
    else:
        top = max((count.value for count in series.counts), default=1) * 1.08
        axes.set_ylim(-0.09 * top, top)
        axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= top])


def _draw_bin(axes: Axes, one: Bin, view: View, style: Style) -> None:
    looks, left, right = _looks(style), one.first - 0.5, one.last + 0.5
    middle = (left + right) / 2
    words = f"n {one.n}" if one.spread else f"n {one.n}, too few"
    axes.annotate(
        words, (middle, 0), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
        ha="center", color=style.roles["muted"], gid="n",
    )  # fmt: skip
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
