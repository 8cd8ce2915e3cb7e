"""Pictures of what stands in a legend, drawn as the chart draws it."""

from collections.abc import Sequence

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import IdentityTransform
from numpy.typing import NDArray

from logbook.charts.chart import Key
from logbook.charts.printing import handle
from logbook.charts.style import Style

_EDGE = 1.5  # pixels left free around an area
_ASIDE = 3  # more pixels left free between an area and its words


def key_pictures(keys: Sequence[Key], style: Style, size: tuple[int, int], dpi: float) -> NDArray[np.uint8]:
    """Return the picture of each of *keys*, *size* pixels wide and high: shape (n, height, width, 4), red first.

    They are drawn beside one another on one figure of *dpi* dots an inch, which costs little more than one of them.
    """
    width, height = size
    with matplotlib.rc_context(style.rc()):
        figure = Figure(figsize=((width * len(keys) + 0.01) / dpi, (height + 0.01) / dpi), dpi=dpi, facecolor="none")
        canvas = FigureCanvasAgg(figure)
        for place, key in enumerate(keys):
            _put(figure, key, place * width, width, height)
        canvas.draw()  # type: ignore[no-untyped-call]
    strip = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    return np.stack([strip[:height, place * width : (place + 1) * width] for place in range(len(keys))])


def _put(figure: Figure, key: Key, left: int, width: int, height: int) -> None:
    made = handle(key)
    if isinstance(made, Patch):
        area = Rectangle((left + _EDGE, _EDGE), width - 2 * _EDGE - _ASIDE, height - 2 * _EDGE)
        area.update_from(made)
        made = area
    elif isinstance(made, Line2D):
        middle = left + width / 2
        x = [middle] if made.get_linestyle() == "None" else [left + _EDGE, middle, left + width - _EDGE]
        made.set_data(x, [height // 2 + 1] * len(x))  # marks are put half a pixel below
        made.set_markevery([len(x) // 2])
    made.set_transform(IdentityTransform())  # pixels
    figure.add_artist(made)
