"""Figures to draw on, and made-up counts to draw."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import matplotlib
import numpy as np
from builders import SAM
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from logbook.assets import find, read_toml
from logbook.charts.chart import Drawing, View
from logbook.charts.style import Style
from logbook.domain.person import LifeEvent
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import EventKind, SheddingMethod

SIZE = (720, 400)  # pixels
DPI = 96


@dataclass
class Sheet:
    """A figure with a chart on it."""

    figure: Figure
    drawing: Drawing

    @property
    def axes(self) -> Axes:
        (axes,) = self.figure.axes
        return axes

    @property
    def texts(self) -> list[str]:
        return [text.get_text() for text in self.figure.texts]

    def pixels(self) -> np.ndarray:
        """Return red, green and blue of every pixel, (height, width, 3)."""
        canvas = self.figure.canvas
        assert isinstance(canvas, FigureCanvasAgg)
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())[..., :3].astype(np.int16)


def a_style(theme: str = "light", **but: Any) -> Style:
    return Style(read_toml(find(f"themes/{theme}.toml"))["roles"], **but)


def drawn(
    draw: Callable[..., Drawing],
    series: Any,
    view: View,
    *,
    style: Style | None = None,
    size: tuple[int, int] = SIZE,
) -> Sheet:
    """Draw *series* on a new figure, to its last pixel."""
    style = style or a_style()
    with matplotlib.rc_context(style.rc()):
        figure = Figure(figsize=(size[0] / DPI, size[1] / DPI), dpi=DPI)
        canvas = FigureCanvasAgg(figure)
        drawing = draw(figure, series, view, style)
        canvas.draw()
    return Sheet(figure, drawing)


def named(axes: Axes, gid: str, kind: type[Artist] = Artist) -> list[Any]:
    """Return the artists of the key *gid* that are of a *kind*."""
    return [artist for artist in axes.get_children() if artist.get_gid() == gid and isinstance(artist, kind)]


def boxes(sheet: Sheet, texts: Iterable[Any]) -> list[Any]:
    """Return where *texts* stand, in pixels."""
    renderer = sheet.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    return [text.get_window_extent(renderer) for text in texts if text.get_text()]


def word_boxes(sheet: Sheet) -> list[tuple[slice, slice]]:
    """Return the place of every text of *sheet*, as rows and columns of its pixels."""
    width, height = (round(side) for side in sheet.figure.bbox.size)
    renderer = sheet.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    found = []
    for text in sheet.figure.findobj(Text):
        if text.get_visible() and text.get_text():
            box = (text.get_bbox_patch() or text).get_window_extent(renderer)
            rows = slice(max(int(height - box.y1) - 2, 0), min(int(height - box.y0) + 3, height))
            columns = slice(max(int(box.x0) - 2, 0), min(int(box.x1) + 3, width))
            if rows.start < rows.stop and columns.start < columns.stop:
                found.append((rows, columns))
    return found


def overlapping(found: Sequence[Any]) -> list[tuple[int, int]]:
    return [(a, b) for a in range(len(found)) for b in range(a) if found[a].overlaps(found[b])]


def on(day: int, start: date = date(2026, 1, 1)) -> date:
    """Return the day so many days after *start*."""
    return start + timedelta(days=day)


def a_count(day: date, value: int | None, method: SheddingMethod = SheddingMethod.DAY_TOTAL, **but: Any) -> Any:
    return SheddingRecord(but.pop("id", None) or new_id(), SAM, day, method, value, **but)


def an_event(kind: EventKind, day: date, until: date | None = None, notes: str = "") -> LifeEvent:
    return LifeEvent(new_id(), SAM, kind, day, until, notes)
