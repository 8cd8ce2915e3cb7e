"""Charts drawn for a test, and what is found on them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from logbook.assets import find, read_toml
from logbook.charts.chart import Drawing, View
from logbook.charts.style import Style

DOTS = 96  # an inch


def a_style(theme: str = "light", size: float = 9.0) -> Style:
    return Style(read_toml(find(f"themes/{theme}.toml"))["roles"], size=size)


def a_view(first: str, last: str, **but: Any) -> View:
    return View(date.fromisoformat(first), date.fromisoformat(last), **but)


def a_figure(width: int = 1100, height: int = 560) -> Figure:
    figure = Figure(figsize=(width / DOTS, height / DOTS), dpi=DOTS)
    FigureCanvasAgg(figure)
    return figure


def drawn(
    draw: Callable[..., Drawing], series: Any, view: View, size: tuple[int, int] = (1100, 560), theme: str = "light"
) -> tuple[Figure, Drawing]:
    """Draw *series*, through to the pixels."""
    style = a_style(theme)
    with matplotlib.rc_context(style.rc()):
        figure = a_figure(*size)
        drawing = draw(figure, series, view, style)
        figure.canvas.draw()
    return figure, drawing


def named(axes: Axes, gid: str) -> list[Artist]:
    """Return what belongs to the key *gid*."""
    return [artist for artist in axes.get_children() if artist.get_gid() == gid]


def marks_of(axes: Axes, gid: str) -> list[tuple[float, float]]:
    """Return the marks that are drawn for the key *gid*."""
    lines = [line for line in axes.lines if line.get_gid() == gid and line.get_marker() not in ("None", None, "")]
    return [spot for line in lines for spot in zip(*(data.tolist() for data in line.get_data()), strict=True)]


def areas_of(axes: Axes, gid: str) -> list[tuple[float, float, float, float]]:
    """Return left, right, bottom and top of the areas of the key *gid*."""
    polygons = [
        polygon
        for patch in axes.patches + [one for one in axes.artists if hasattr(one, "get_path")]
        if patch.get_gid() == gid and hasattr(patch, "get_facecolor")
        for polygon in patch.get_path().to_polygons(closed_only=False)
    ]
    return [(p[:, 0].min(), p[:, 0].max(), p[:, 1].min(), p[:, 1].max()) for p in polygons]


def said_in(axes: Axes) -> list[str]:
    """Return what stands in *axes* in place of a drawing."""
    return [artist.get_text() for artist in named(axes, "nothing") if isinstance(artist, Text)]


def texts_on(figure: Figure) -> list[str]:
    """Return every text that is drawn on *figure*, but for those of ticks."""
    texts = [text for axes in figure.axes for text in (*axes.texts, axes._left_title, axes.title, axes._right_title)]
    return [text.get_text() for text in (*texts, *figure.texts) if text.get_text()]


def pixels_of_ticks(figure: Figure) -> list[Any]:
    """Return the boxes, in pixels, of the labels of the lowest axis of days."""
    axis = figure.axes[-1].xaxis
    renderer = figure.canvas.get_renderer()
    return [label.get_window_extent(renderer) for label in axis.get_ticklabels() if label.get_text()]
