"""What lines, marks and grounds of a chart look like to whoever sees no colours."""

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from figures import a_style
from logbooks import Filling, make_logbook
from matplotlib.markers import MarkerStyle
from PySide6.QtWidgets import QApplication

from logbook.charts.chart import DayWords, Key
from logbook.domain.vocabulary import Severity, SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.services.journal import open_journal
from logbook.ui.pages.chart_choices import ChartChoices, ChartName
from logbook.ui.pages.chart_source import ChartSource
from logbook.ui.store import Store

TODAY = dt.date.today()


def in_grey(key: Key) -> tuple[object, ...]:
    """Return what is left of the look of *key* without its colours."""
    look = key.look
    marker, stroke = look.get("marker") or None, look.get("dashes", look.get("linestyle", "-"))
    shape: object = marker
    if marker is not None:
        style = MarkerStyle(marker)
        shape = np.round(style.get_path().transformed(style.get_transform()).vertices, 3).tobytes()
    return key.is_band, shape, look.get("markerfacecolor") == "none", str(stroke)


@pytest.fixture(scope="module", params=[Filling.USUAL, Filling.TEN_YEARS])
def source(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChartSource]:
    path = make_logbook(tmp_path_factory.mktemp("charts") / "logbook.sqlite", request.param, TODAY)
    journal = open_journal(path, load_rules(), create=False)
    store = Store(journal, today=lambda: TODAY)
    yield ChartSource(store, DayWords())
    store.judging.stop()
    store.deleteLater()
    journal.close()


@pytest.mark.parametrize("chart", ChartName)
def test_no_two_lines_marks_or_grounds_of_a_chart_differ_by_colour_alone(source: ChartSource, chart: ChartName) -> None:
    choices = ChartChoices(chart=chart, second=SheddingMethod.COMB_60S)
    shown = source.make(choices, (TODAY - dt.timedelta(days=3_700), TODAY))
    # What else is a band stands in a row that has its name beside it, or is the only one.
    grounds = {severity.word for severity in Severity}
    keys: list[Key] = [key for key in shown.keys(a_style()) if not key.is_band or key.name in grounds]
    pairs = combinations(keys, 2)
    alike = [(one.words, other.words) for one, other in pairs if in_grey(one) == in_grey(other)]
    assert keys or chart is ChartName.AROUND  # of one series, which needs no legend
    assert alike == []
