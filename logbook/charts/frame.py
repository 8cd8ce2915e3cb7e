"""The panels of a figure: where they lie, and their axis of days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import Any, Final
from unicodedata import east_asian_width

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import XAxis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import Formatter, Locator
from numpy.typing import NDArray

from logbook.charts.chart import NOTHING_HERE, DayWords, Drawing, Key, Numbers, View
from logbook.charts.style import Style
from logbook.domain.vocabulary import Severity

_POINTS: Final = 72  # an inch
_STEPS: Final = (
    *(("day", count) for count in (1, 2, 7, 14)),
    *(("month", count) for count in (1, 2, 3, 6)),
    *(("year", count) for count in (1, 2, 5, 10, 20, 50, 100)),
)
_DAYS: Final = {"day": 1.0, "month": 30.4, "year": 365.2}
_LEFT: Final = 4.2  # em, beside every panel: as wide as “100.25”
_RIGHT: Final = 2.6  # em: half of a label “28 Sept”
_LETTER: Final = 0.62  # em, of the shipped font
_ASIDE: Final = 1.5  # em, at either side of a sentence


def panels(
    figure: Figure, style: Style, titles: Sequence[str], heights: Sequence[float] = (), names: Sequence[str] = ()
) -> list[Axes]:
    """Put panels of *titles* under one another on an empty *figure*; *heights* are their shares.

    Where the ticks at the left are *names* and no numbers, there is room for these. The margins follow the size of the
    text alone, so that no layout has to be worked out, and nothing moves when the chart does.
    """
    width, height = figure.get_size_inches()
    em = style.size / _POINTS
    left, right = max([_LEFT, *(width_of(name) + 1 for name in names)]) * em, _RIGHT * em
    top, between, bottom = (
        2.2 * em,
        0.8 * em,
        3.4 * em,
    )  # the first two for every panel, the last one for labels of days
    shares = heights or [1.0] * len(titles)
    room = max(height - len(titles) * (top + between) - bottom + between, em)
    made: list[Axes] = []
    ends = height
    for title, share in zip(titles, shares, strict=True):
        high = room * share / sum(shares)
        begins = ends - top - high
        box = (left / width, begins / height, max(width - left - right, em) / width, high / height)
        axes = figure.add_axes(box, sharex=made[0] if made else None)
        # With its place given, nothing has to be measured to find it: a sixth of the time of a drawing.
        axes.set_title(title, pad=style.size * 0.7, y=1.0)
        axes.yaxis.set_label_coords(0, 0.5)
        axes.tick_params(length=0, pad=style.size * 0.5)
        axes.margins(x=0)
        made.append(axes)
        ends = begins - between
    return made


def width_of(text: str) -> float:
    """Return about how wide a line of *text* is, in sizes of the text."""
    return sum(1.0 if east_asian_width(letter) in "WF" else _LETTER for letter in text)


def fitting(figure: Figure, style: Style, *titles: str) -> str:
    """Return the first of *titles*, from the longest on, that is no wider than a panel of *figure*; or the last."""
    room = figure.get_figwidth() * _POINTS / style.size - _LEFT - _RIGHT
    return next((title for title in titles if width_of(title) <= room), titles[-1])


def days_of(axes: Axes, points: float) -> float:
    """Return how many days of *axes* lie in so many *points*, 72 to the inch."""
    low, high = axes.get_xlim()
    pixels = points * axes.figure.dpi / _POINTS
    return (high - low) * pixels / max(axes.bbox.width, 1.0)


def say_nothing(figure: Figure, style: Style, why: str = NOTHING_HERE) -> Drawing:
    """Put *why* there is nothing to draw in the middle of an empty *figure*."""
    room = figure.get_figwidth() * _POINTS / style.size - 2 * _ASIDE
    lines = [part for line in why.split("\n") for part in wrap(line, max(int(room / _LETTER), 1))]
    figure.text(0.5, 0.5, "\n".join(lines), ha="center", va="center", color=style.roles["muted"])
    return Drawing(())


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a panel in which guidance says something."""

    left: float  # day numbers, as is the next
    right: float
    bottom: float  # in the unit of the panel, as is the next
    top: float
    severity: Severity
    is_below: bool = False  # it holds below its upper end, and not above its lower one


def draw_areas(axes: Axes, areas: Iterable[Area], style: Style) -> None:
    """Draw *areas* behind everything else, with a line where each that is not clean begins to hold.

    Neither colour nor order alone tells them apart: each line has the stroke of its severity, as in the legend.
    """
    by_severity: dict[Severity, list[Area]] = {}
    for area in areas:
        by_severity.setdefault(area.severity, []).append(area)
    for severity, found in by_severity.items():
        corners = [[(a.left, a.bottom), (a.left, a.top), (a.right, a.top), (a.right, a.bottom)] for a in found]
        # One path for all: neighbours show no seam, and thousands cost little more than one.
        path = Path.make_compound_path_from_polys(np.array(corners))
        axes.add_artist(PathPatch(path, gid=severity.word, zorder=0, **style.ground(severity)))
        if severity is not Severity.CLEAN:
            ends = [area.top if area.is_below else area.bottom for area in found]
            x = np.array([(area.left, area.right, np.nan) for area in found]).ravel()
            look = {"solid_capstyle": "butt", **style.limit(severity)}
            # Above the grid, which would hide it where the two meet.
            axes.add_artist(Line2D(x, np.repeat(ends, 3), gid=severity.word, zorder=0.6, **look))


def draw_marks(axes: Axes, x: Numbers, y: Numbers, chosen: NDArray[np.bool_], look: Mapping[str, Any]) -> None:
    """Draw the *chosen* ones of marks with *look*, also where they stick out of the panel; the arrays are (n,)."""
    if chosen.any():
        axes.plot(x[chosen], y[chosen], clip_on=False, **look)


def area_key(severity: Severity, words: str, style: Style) -> Key:
    """Return the legend of areas of *severity*."""
    limit = {"color": "none", "linestyle": "none"} if severity is Severity.CLEAN else style.limit(severity)
    look = {**limit, "color": style.roles[f"{severity.word}_ground"], "markeredgecolor": limit["color"]}
    return Key(severity.word, words, look, is_band=True)


def axis_of_days(axes: Sequence[Axes], view: View) -> None:
    """Show the days of *view* on *axes*, which share them: labels under the lowest, as many as there is room for."""
    first, last = view.first.toordinal(), view.last.toordinal()
    for one in axes:
        one.set_xlim(first - 0.5, last + 0.5)
        one.xaxis.set_label_coords(0.5, 0)
        one.xaxis.set_major_locator(DayLocator(view.words))
        one.xaxis.set_major_formatter(DayFormatter(view.words))
        one.tick_params(axis="x", labelbottom=one is axes[-1])


class DayLocator(Locator):
    """Puts ticks on days, Mondays, firsts of months or New Year's Days, whichever are far enough apart."""

    def __init__(self, words: DayWords) -> None:
        """Leave room for months as *words* has them."""
        month = max(map(width_of, words.months))
        year = width_of("2026")
        self._widths = {
            "day": max(width_of("28 ") + month, year) + 1.2,
            "month": max(month, year) + 2,
            "year": year + 2,
        }

    def __call__(self) -> list[float]:
        """Return the day numbers of the ticks that are in view."""
        low, high = sorted(self.axis.get_view_interval())  # type: ignore[union-attr]
        return self.tick_values(low, high)

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """Return the day numbers of the ticks from *vmin* to *vmax*."""
        place = self._step(vmin, vmax)
        found = _ticks(vmin, vmax, *_STEPS[place])
        while not found and place:
            # No first of a quarter lies in some weeks: then one tick of a finer step says where they are.
            place -= 1
            found = _ticks(vmin, vmax, *_STEPS[place])[:1]
        return found

    def _step(self, vmin: float, vmax: float) -> int:
        axis = self.axis
        assert isinstance(axis, XAxis)  # noqa: S101 - days lie on no other
        em = float(axis.axes.title.get_fontsize()) * axis.axes.figure.dpi / _POINTS
        days = (vmax - vmin) * em / max(axis.axes.bbox.width, 1.0)  # in one em
        fitting = (n for n, (unit, count) in enumerate(_STEPS) if _DAYS[unit] * count >= days * self._widths[unit])
        return next(fitting, len(_STEPS) - 1)


class DayFormatter(Formatter):
    """Writes days and months; the year stands under the first tick and wherever a new one begins."""

    def __init__(self, words: DayWords) -> None:
        """Write months as *words* has them."""
        self._words = words

    def __call__(self, x: float, pos: Any = None) -> str:
        """Return the label of the day number *x*."""
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the labels of all ticks."""
        days = [_day(value) for value in values]
        if all((day.month, day.day) == (1, 1) for day in days) and len(days) > 1:
            return [str(day.year) for day in days]
        is_monthly = all(day.day == 1 for day in days) and len(days) > 1
        texts, year = [], None
        for day in days:
            month = self._words.months[day.month - 1]
            text = month if is_monthly else f"{day.day} {month}"
            texts.append(text if day.year == year else f"{text}\n{day.year}")
            year = day.year
        return texts


def _ticks(vmin: float, vmax: float, unit: str, count: int) -> list[float]:
    found, day = [], _at_or_before(_day(vmin), unit, count)
    while day.toordinal() <= vmax and day is not date.max:
        if day.toordinal() >= vmin:
            found.append(float(day.toordinal()))
        day = _after(day, unit, count)
    return found


def _day(number: float) -> date:
    return date.fromordinal(min(max(round(number), 1), date.max.toordinal()))


def _at_or_before(day: date, unit: str, count: int) -> date:
    if unit == "day":
        # Day number 1 was a Monday: weeks begin on Mondays.
        return date.fromordinal(max(day.toordinal() - (day.toordinal() - 1) % count, 1))
    if unit == "month":
        return date(day.year, (day.month - 1) // count * count + 1, 1)
    return date(max(day.year // count * count, 1), 1, 1)


def _after(day: date, unit: str, count: int) -> date:
    try:
        if unit == "day":
            return day + timedelta(days=count)
        if unit == "month":
            months = day.year * 12 + day.month - 1 + count
            return date(months // 12, months % 12 + 1, 1)
        return date(day.year + count, 1, 1)
    except (OverflowError, ValueError):
        return date.max
