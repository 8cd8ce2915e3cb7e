"""A chart on paper: the same drawing with its title, its legend and what is said of it, as PNG, SVG or PDF."""

import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from logbook.charts.chart import Drawing, Key
from logbook.charts.style import Style

FORMS: Final = ("png", "svg", "pdf")
_SIZE: Final = (7.1, 3.9)  # inches: as wide as the text of a sheet of A4
_DOTS: Final = 300  # an inch
_TITLE: Final = 2.4  # lines of room
_LINE: Final = 1.35  # its height, in sizes of the text
_CHARACTER: Final = 0.55  # its width, in sizes of the text, on average
_ROW: Final = 1.7  # of the legend, its height, in sizes of the text
_HANDLE: Final = 3.5  # of a legend, with the room around it, in sizes of the text
_UNDATED: Final = {"svg": {"Date": None, "Creator": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}


@dataclass(frozen=True)
class Sheet:
    """What is printed."""

    title: str
    draw: Callable[[Figure], Drawing]  # on an empty figure
    keys: Sequence[Key]
    says: str


def render(sheet: Sheet, style: Style, form: str) -> bytes:
    """Return *sheet* as a file of *form*, one of `FORMS`; the same sheet gives the same bytes."""
    stream = io.BytesIO()
    with matplotlib.rc_context(style.rc()):
        figure = compose(sheet, style)
        figure.savefig(stream, format=form, dpi=_DOTS, metadata=_UNDATED[form])
    return stream.getvalue()


def compose(sheet: Sheet, style: Style) -> Figure:
    """Return the figure of *sheet*: the title above the chart, its legend and what is said of it below."""
    width, high = _SIZE
    em = style.size / 72
    columns = _columns(sheet.keys, width / em)
    legend = -(-len(sheet.keys) // columns) * _ROW + 0.6 if sheet.keys else 0.0
    lines = textwrap.wrap(sheet.says, int((width / em - 3) / _CHARACTER))
    below = (legend + len(lines) * _LINE + 1.5) * em
    above = _TITLE * em
    figure = Figure(figsize=_SIZE)
    sheet.draw(figure)
    _make_room(figure, above, below)
    whole = high + above + below
    left = 1.4 * em / width
    figure.text(left, 1 - 1.8 * em / whole, sheet.title, size=style.size * 1.3, weight="bold")
    if lines:
        figure.text(
            left, 1.0 * em / whole, "\n".join(lines), va="bottom", color=style.roles["muted"], linespacing=_LINE
        )
    if sheet.keys:
        figure.legend(
            handles=[handle(key) for key in sheet.keys],
            labels=[key.words for key in sheet.keys],
            loc="lower left",
            bbox_to_anchor=(left, (1.5 + len(lines) * _LINE) * em / whole),
            borderaxespad=0,
            borderpad=0,
            ncols=columns,
        )
    return figure


def handle(key: Key) -> Artist:
    """Return what stands in the legend for *key*."""
    if key.is_band:
        line = {name: key.look[name] for name in ("linestyle", "linewidth") if name in key.look}
        edge = key.look.get("markeredgecolor", "none")
        return Patch(facecolor=key.look["color"], edgecolor=edge, **{"linewidth": 0.8, **line})
    look: dict[str, Any] = dict(key.look)
    return Line2D([], [], **look)


def _columns(keys: Sequence[Key], room: float) -> int:
    """Return how many lines of the legend stand beside one another in *room*, in sizes of the text."""
    widest = max((len(key.words) * _CHARACTER + _HANDLE for key in keys), default=1.0)
    return max(int((room - 3) / widest), 1)


def _make_room(figure: Figure, above: float, below: float) -> None:
    """Make *figure* higher by so many inches, and leave everything on it as large as it is."""
    width, high = figure.get_size_inches()
    whole = high + above + below
    for axes in figure.axes:
        box = axes.get_position()
        bottom, top = (box.y0 * high + below) / whole, (box.y1 * high + below) / whole
        axes.set_position((box.x0, bottom, box.width, top - bottom))
    figure.set_size_inches(width, whole)
