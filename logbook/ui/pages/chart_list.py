"""The charts there are: for each its title, what is asked for it, and the functions that make it of a logbook."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, Final

from logbook.charts.around import WashState, around_series, around_table, describe_around
from logbook.charts.around_figure import around_keys, draw_around
from logbook.charts.chart import HasDays, Key, Table, View
from logbook.charts.depth import depth_series, depth_table, describe_depth
from logbook.charts.depth_figure import depth_keys, draw_depth
from logbook.charts.interval_figure import draw_intervals, interval_keys
from logbook.charts.intervals import describe_intervals, interval_series, interval_table
from logbook.charts.load import describe_load, load_series, load_table
from logbook.charts.load_figure import draw_load, load_keys
from logbook.charts.shedding import describe_shedding, shedding_series, shedding_table
from logbook.charts.shedding_figure import draw_shedding, shedding_keys
from logbook.charts.style import Style
from logbook.domain.person import LifeEvent
from logbook.domain.vocabulary import SheddingMethod
from logbook.services.chart_guidance import findings_of, guidance_lines
from logbook.ui.pages.chart_choices import ChartName
from logbook.ui.store import Store
from logbook.ui.widgets.chart_canvas import Draw


class Option(Enum):
    """What is asked for a chart, beside the days."""

    METHOD = auto()
    SECOND = auto()
    WASH = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a logbook a chart is made of."""

    method: SheddingMethod
    second: SheddingMethod | None
    wash: WashState
    days: tuple[date, date]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; a series may be of any type that its functions take."""

    title: str
    series: Callable[[Store, Wanted], HasDays]
    draw: Draw
    describe: Callable[[Any, View], str]
    keys: Callable[[Any, View, Style], tuple[Key, ...]]
    table: Callable[[Any, View], Table]
    options: frozenset[Option] = frozenset()
    is_of_days: bool = False  # the series is of the days that are looked at, and not of all

    def asked(self, wanted: Wanted) -> tuple[object, ...]:
        """Return what of *wanted* the series depends on."""
        return (
            wanted.method if Option.METHOD in self.options else None,
            wanted.second if Option.SECOND in self.options else None,
            wanted.wash if Option.WASH in self.options else None,
            wanted.days if self.is_of_days else None,
        )


def _depth(store: Store, _: Wanted) -> HasDays:
    sessions = store.judged.history
    lines = guidance_lines(store.journal.rules)
    return depth_series(sessions, lines.depths, findings_of(store.judged, sessions))


def _intervals(store: Store, _: Wanted) -> HasDays:
    sessions = store.judged.history
    lines = guidance_lines(store.journal.rules)
    return interval_series(sessions, lines.rests, findings_of(store.judged, sessions))


def _shedding(store: Store, wanted: Wanted) -> HasDays:
    judged = store.judged
    methods = [wanted.method] if wanted.second in (None, wanted.method) else [wanted.method, wanted.second]
    events, terms = store.of_person(LifeEvent), guidance_lines(store.journal.rules).baseline
    found = findings_of(judged, judged.shedding)
    return shedding_series(judged.shedding, methods, judged.history, events, terms, found)


def _around(store: Store, wanted: Wanted) -> HasDays:
    judged, events = store.judged, store.of_person(LifeEvent)
    return around_series(judged.shedding, wanted.method, wanted.wash, judged.history, events, wanted.days)


def _load(store: Store, _: Wanted) -> HasDays:
    return load_series(store.judged.history, guidance_lines(store.journal.rules).ceilings)


CHARTS: Final[Mapping[ChartName, Chart]] = {
    ChartName.DEPTH: Chart("Depth by date", _depth, draw_depth, describe_depth, depth_keys, depth_table),
    ChartName.INTERVALS: Chart(
        "Days between sessions", _intervals, draw_intervals, describe_intervals, interval_keys, interval_table
    ),
    ChartName.SHEDDING: Chart(
        "Shedding by date",
        _shedding,
        draw_shedding,
        describe_shedding,
        shedding_keys,
        shedding_table,
        frozenset({Option.METHOD, Option.SECOND}),
    ),
    ChartName.AROUND: Chart(
        "Shedding around sessions",
        _around,
        draw_around,
        describe_around,
        around_keys,
        around_table,
        frozenset({Option.METHOD, Option.WASH}),
        is_of_days=True,
    ),
    ChartName.LOAD: Chart("Days with sessions, of 28", _load, draw_load, describe_load, load_keys, load_table),
}
