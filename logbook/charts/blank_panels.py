"""What stands in a panel where nothing is drawn."""

from typing import Any

from matplotlib.axes import Axes

from logbook.charts.chart import ALL_HIDDEN
from logbook.charts.style import Style


def say_in_panel(axes: Axes, words: str, style: Style) -> None:
    """Put *words* in the middle of the empty *axes*."""
    look: dict[str, Any] = {"ha": "center", "va": "center", "color": style.roles["muted"], "gid": "nothing"}
    behind = {"facecolor": style.roles["surface"], "edgecolor": "none", "pad": 1.0}  # over the lines of the grid
    axes.text(0.5, 0.5, words, transform=axes.transAxes, bbox=behind, **look)


def say_if_hidden(axes: Axes, style: Style) -> None:
    """Say in *axes*, which have something to show, that all of it was switched off, where nothing of a key is drawn."""
    if not any(artist.get_gid() for artist in axes.get_children()):
        say_in_panel(axes, ALL_HIDDEN, style)
