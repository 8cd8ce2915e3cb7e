"""All that draws, imported at once and used once, so that nobody waits for it later."""

from collections.abc import Mapping

import matplotlib.backends.backend_agg
import matplotlib.figure  # noqa: F401 - imported for those who draw

from logbook.charts import (  # noqa: F401 - as above
    around_figure,
    depth_figure,
    interval_figure,
    load_figure,
    printing,
    shedding_figure,
)
from logbook.charts.chart import Key
from logbook.charts.key_pictures import key_pictures
from logbook.charts.style import Style


def warm_up(roles: Mapping[str, str]) -> None:
    """Draw a legend that nobody sees, in any thread: letters are sought and measured the first time."""
    style = Style(roles)
    key_pictures([Key("", "", style.zone(None))], style, (16, 16), 96)
