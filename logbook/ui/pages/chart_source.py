"""From a logbook to a chart: the series that are asked for, kept until a record changes."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from logbook.charts.around import WashState, wash_states
from logbook.charts.chart import DayWords, Drawing, HasDays, Key, Table, View
from logbook.charts.printing import Sheet
from logbook.charts.style import Style
from logbook.domain.person import LifeEvent
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import is_count
from logbook.domain.vocabulary import SheddingMethod
from logbook.ui.pages.chart_choices import ChartChoices, ChartName
from logbook.ui.pages.chart_list import CHARTS, Chart, Option, Wanted
from logbook.ui.store import Store
from logbook.ui.widgets.chart_options import most_frequent


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart of some days."""

    chart: Chart
    series: HasDays
    view: View

    @property
    def title(self) -> str:
        """What it is a chart of."""
        return self.chart.title

    @property
    def sentence(self) -> str:
        """What it shows, in sentences."""
        return self.chart.describe(self.series, self.view)

    @property
    def table(self) -> Table:
        """The numbers that it shows."""
        return self.chart.table(self.series, self.view)

    def keys(self, style: Style) -> tuple[Key, ...]:
        """Return the lines of its legend, those that are off too."""
        return self.chart.keys(self.series, self.view, style)

    def sheet(self, style: Style) -> Sheet:
        """Return what is printed of it."""
        words, view = self.view.words, self.view
        title = f"{self.title}, {words.day(view.first)} to {words.day(view.last)}"
        shown = [key for key in self.keys(style) if view.shows(key.name)]
        return Sheet(title, partial(_draw_in, self, style), shown, self.sentence)


class ChartSource:
    """Makes charts of what a store holds."""

    def __init__(self, store: Store, words: DayWords) -> None:
        """Make charts of the person that *store* shows; days are written in *words*."""
        self._store, self._words = store, words
        self._series: dict[tuple[ChartName, tuple[object, ...]], HasDays] = {}
        self._counts: Counter[SheddingMethod] | None = None
        self._washes: dict[SheddingMethod, dict[WashState, int]] = {}

    def forget(self) -> None:
        """Forget every series: a record changed, or what was found of one."""
        self._series.clear()
        self._washes.clear()
        self._counts = None

    def make(self, choices: ChartChoices, days: tuple[date, date]) -> ShownChart:
        """Return the chart that is chosen, of *days*."""
        chart, wanted = CHARTS[choices.chart], self.wanted(choices, days)
        asked = choices.chart, chart.asked(wanted)
        if asked not in self._series:
            # One of each chart: whoever moves over ten years leaves no trail of series.
            self._series = {key: kept for key, kept in self._series.items() if key[0] is not choices.chart}
            self._series[asked] = chart.series(self._store, wanted)
        return ShownChart(chart, self._series[asked], View(*days, self._words, choices.hidden_here()))

    def wanted(self, choices: ChartChoices, days: tuple[date, date]) -> Wanted:
        """Return what a chart is made of: what is chosen, else what there is most of."""
        asked = self.options_of(choices)
        method, wash = choices.method, _wash(choices.wash)
        if method is None and Option.METHOD in asked:
            method = most_frequent(self.counts, SheddingMethod.DAY_TOTAL)
        method = method or SheddingMethod.DAY_TOTAL
        if wash is None and Option.WASH in asked:
            wash = most_frequent(self.washes(method), WashState.NOT_RECORDED)
        return Wanted(method, choices.second, wash or WashState.NOT_RECORDED, days)

    def options_of(self, choices: ChartChoices) -> frozenset[Option]:
        """Return what is asked for the chart that is chosen."""
        return CHARTS[choices.chart].options

    @property
    def counts(self) -> Counter[SheddingMethod]:
        """How many counts there are by each method."""
        if self._counts is None:
            self._counts = Counter(record.method for record in self._store.judged.shedding if is_count(record))
        return self._counts

    def washes(self, method: SheddingMethod) -> dict[WashState, int]:
        """Return how many counts by *method* there are in each wash state."""
        if method not in self._washes:
            self._washes[method] = dict(wash_states(self._store.judged.shedding, method))
        return self._washes[method]

    def link_words(self, record_id: RecordId) -> str:
        """Return the words of a link to the record of that id; none where there is none."""
        kinds: tuple[tuple[type[Any], str], ...] = (
            (Session, "session"),
            (SheddingRecord, "count"),
            (LifeEvent, "event"),
        )
        for kind, noun in kinds:
            if record := self._store.find(kind, record_id):
                return f"Open {noun} of {self._words.day(record.date)}"
        return ""


def _wash(value: str | None) -> WashState | None:
    return WashState(value) if value in list(WashState) else None


def _draw_in(shown: ShownChart, style: Style, figure: Any) -> Drawing:
    return shown.chart.draw(figure, shown.series, shown.view, style)
