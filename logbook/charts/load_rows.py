"""Rows of steps: each as high as its numbers, all of one scale, some with a ceiling."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from logbook.charts.chart import Numbers, View
from logbook.charts.frame import Area, days_of, draw_areas, draw_marks
from logbook.charts.guidance_lines import Ceiling
from logbook.charts.room import points_high
from logbook.charts.steps import Steps
from logbook.charts.style import Style
from logbook.charts.thinning import STEP_CELL, highest_per_cell, one_per_cell
from logbook.domain import labels

_HIGH: Final = 0.78  # of a row: the greatest number of all rows
_LEAST_TOP: Final = 4  # dates: a single one does not fill its row


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row of a panel."""

    key: str
    name: str  # beside it
    steps: Steps
    colour: str
    ceiling: Ceiling | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A row on its panel: where it begins, and how much higher one date is."""

    floor: float
    unit: float
    x: Numbers  # (n,), days on which the number changes, and the end
    y: Numbers  # (n,), numbers; the last one repeats the one before
    high: float  # of the whole row, in points

    def has_room(self, above: float, style: Style) -> bool:
        """Tell whether a line of text fits between *above* and the end of the row."""
        return (self.floor + 1 - above) * self.high > 1.2 * style.size


def draw_rows(axes: Axes, rows: Sequence[Row], view: View, style: Style) -> bool:
    """Draw *rows* from the top of *axes*; tell whether some steps were left out."""
    ceilings = [row.ceiling.most + 1 for row in rows if row.ceiling and view.shows(ceiling_key(row.key))]
    unit = _HIGH / max([_LEAST_TOP, *ceilings, *(row.steps.most(view) for row in rows)])
    axes.set_ylim(0, max(len(rows), 1))
    axes.grid(visible=False)
    row_high = points_high(axes) / max(len(rows), 1)
    size = min(style.size, 0.85 * row_high)
    middles = middles_of(len(rows))
    axes.set_yticks(middles, [row.name for row in rows], fontsize=size)
    is_thinned = False
    for middle, row in zip(middles.tolist(), rows, strict=True):
        x, y, is_less = _thinned(axes, row.steps, view)
        is_thinned |= is_less
        place = _Place(middle - _HIGH / 2, unit, x, y, row_high)
        look = row_look(row.colour)
        colours = {"facecolor": look["color"], "edgecolor": look["markeredgecolor"], "linewidth": 0.8}
        axes.fill_between(x, place.floor, place.floor + y * unit, step="post", gid=row.key, zorder=1, **colours)
        if row.ceiling:
            _draw_ceiling(axes, row.key, row.ceiling, place, view, style)
        _write_numbers(axes, row.key, place, size, style)
    return is_thinned


def middles_of(count: int) -> Numbers:
    """Return where the middles of *count* rows lie, from the uppermost on."""
    return np.arange(count, dtype=np.float64)[::-1] + _HIGH / 2


def row_look(colour: str) -> dict[str, Any]:
    """Return the look of a row of *colour*, as it stands in the legend."""
    return {"color": (colour, 0.3), "markeredgecolor": colour}


def ceiling_key(key: str) -> str:
    """Return the name of the key of the ceiling of the row of *key*."""
    return f"most_{key}"


def ceiling_words(ceiling: Ceiling) -> str:
    """Return how many dates *ceiling* leaves, in words."""
    return f"at most {labels.count(ceiling.most, 'date')}"


def _draw_ceiling(axes: Axes, key: str, ceiling: Ceiling, place: _Place, view: View, style: Style) -> None:
    """Draw the line between the last number of which nothing is said and the next, and mark what is above it."""
    line, name = place.floor + (ceiling.most + 0.5) * place.unit, ceiling_key(key)
    if view.shows(ceiling.severity.word):
        _draw_above(axes, ceiling, line, place, style)
    if view.shows(name):
        axes.axhline(line, gid=name, zorder=2, **style.limit(ceiling.severity))
    if view.shows(name) and place.has_room(line, style):
        at = axes.get_xlim()[0] + days_of(axes, style.size * 0.5)
        look: dict[str, Any] = {"va": "bottom", "gid": name, "zorder": 5, "color": style.roles["muted"]}
        axes.text(at, line, labels.capital(ceiling_words(ceiling)), bbox=_behind(style), **look)


def _draw_above(axes: Axes, ceiling: Ceiling, line: float, place: _Place, style: Style) -> None:
    """Draw what is above *line*, with a shape where it begins."""
    is_above = place.y[:-1] > ceiling.most
    tops = place.floor + place.y[:-1] * place.unit
    steps = zip(*(one[is_above].tolist() for one in (place.x[:-1], place.x[1:], tops)), strict=True)
    draw_areas(axes, [Area(left, right, line, top, ceiling.severity) for left, right, top in steps], style)
    begins = np.flatnonzero(np.diff(is_above.astype(np.int64), prepend=0) == 1)
    x, y = place.x[begins], tops[begins]
    chosen = np.zeros(len(begins), dtype=np.bool_)
    chosen[one_per_cell(x, np.zeros_like(x), np.zeros_like(begins), days_of(axes, style.size * 1.5))] = True
    look = {"gid": ceiling.severity.word, "zorder": 4, **style.severity(ceiling.severity)}
    draw_marks(axes, x, y, chosen, look)


def _write_numbers(axes: Axes, key: str, place: _Place, size: float, style: Style) -> None:
    """Write the highest number of a row where it holds for longest, and at the right the last one."""
    x, y = place.x, place.y
    widest = np.where(y[:-1] == y.max(), np.diff(x), -1).argmax()
    em = days_of(axes, style.size)
    middle = min(max((x[widest] + x[widest + 1]) / 2, x[0] + em), x[-1] - em)
    look: dict[str, Any] = {"fontsize": size, "gid": key, "zorder": 3}
    peak = place.floor + y.max() * place.unit
    upright = "bottom" if place.has_room(peak, style) else "top"
    axes.text(middle, peak, f"{y.max():.0f}", ha="center", va=upright, bbox=_behind(style), **look)
    axes.text(x[-1] + em / 2, place.floor + _HIGH / 2, f"{y[-1]:.0f}", ha="left", va="center", **look)


def _behind(style: Style) -> dict[str, Any]:
    return {"facecolor": style.roles["surface"], "edgecolor": "none", "pad": 0.8, "alpha": 0.75}


def _thinned(axes: Axes, steps: Steps, view: View) -> tuple[Numbers, Numbers, bool]:
    """Return where *steps* begin, each at the start of its day, up to the end of *view*; and whether some are left out.

    The last one repeats the number before it, for a line that ends there.
    """
    first, last = view.first.toordinal(), view.last.toordinal()
    at, counts = steps.within(first, last)
    at, counts = np.append(at, last + 1.0) - 0.5, np.append(counts, counts[-1])
    x, y = highest_per_cell(at, counts, days_of(axes, STEP_CELL))
    return x, y, len(x) < len(at)
