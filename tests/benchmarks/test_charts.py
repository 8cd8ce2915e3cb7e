"""Charts against bare matplotlib, which draws the very same artists on a canvas of the same size in the same run."""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import matplotlib
import pytest
from builders import TODAY, a_session
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure

from logbook.assets import find, read_toml
from logbook.charts.around import WashState, around_series
from logbook.charts.around_figure import draw_around
from logbook.charts.chart import View
from logbook.charts.depth import depth_series
from logbook.charts.depth_figure import draw_depth
from logbook.charts.interval_figure import draw_intervals
from logbook.charts.intervals import interval_series
from logbook.charts.load import load_series
from logbook.charts.load_figure import draw_load
from logbook.charts.shedding import shedding_series
from logbook.charts.shedding_figure import draw_shedding
from logbook.charts.style import Style
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Setting, SheddingMethod, Zone
from logbook.guidance.rule import Rules
from logbook.services.chart_guidance import findings_of, guidance_lines
from logbook.services.judged import JudgedHistory

PERSON = "5a" * 16
SIZE = (11.0, 5.6)  # inches at 96 dots
ROUNDS = 15
CHARTS = ("depth", "intervals", "shedding", "around", "load")


@dataclass
class Log:
    """A person's records, judged."""

    judged: JudgedHistory
    rules: Rules

    @property
    def view(self) -> View:
        days = [record.date for record in self.judged]
        return View(min(days), max(days))

    def series(self, name: str) -> Any:
        lines, judged = guidance_lines(self.rules), self.judged
        sessions, counts = list(judged.history), list(judged.shedding)
        if name == "depth":
            return depth_series(sessions, lines.depths, findings_of(judged, sessions))
        if name == "intervals":
            return interval_series(sessions, lines.rests, findings_of(judged, sessions))
        if name == "load":
            return load_series(sessions, lines.ceilings)
        if name == "around":
            # Weekly sessions leave nothing to compare: about one in five weeks.
            few = sessions[:: len(sessions) // 104]
            return around_series(counts, SheddingMethod.DAY_TOTAL, WashState.WASH_DAY, few, ())
        found = findings_of(judged, counts)
        return shedding_series(counts, [SheddingMethod.DAY_TOTAL], sessions, (), lines.baseline, found)


DRAW: dict[str, Callable[..., Any]] = {
    "depth": draw_depth,
    "intervals": draw_intervals,
    "shedding": draw_shedding,
    "around": draw_around,
    "load": draw_load,
}


def a_log(rules: Rules, sessions: int, counts: int) -> Log:
    """Ten years with so many sessions and so many counts."""
    chance, start, days = random.Random(2026), TODAY - timedelta(days=3_649), 3_650
    zones = list(Zone)[:9]
    held: list[Session] = []
    for number in range(sessions):
        day = start + timedelta(days=number * days // sessions)
        setting = Setting.SUPERVISED if number % 9 == 0 else Setting.HOME
        held.append(a_session(day, chance.choice((25, 30, 50, 60, 150)), chance.choice(zones), setting=setting))
    counted = [
        SheddingRecord(
            f"{number:032x}",
            PERSON,
            start + timedelta(days=number * days // counts),
            SheddingMethod.DAY_TOTAL,
            max(0, round(chance.gauss(70, 18))),
            days_since_wash=number % 3,
        )
        for number in range(counts)
    ]
    judged = JudgedHistory(rules, Person(PERSON), held, counted)
    for record in judged:
        judged.verdict(record)
    return Log(judged, rules)


@pytest.fixture(scope="module")
def decade(rules: Rules) -> Log:
    return a_log(rules, 520, 3_650)


@pytest.fixture(scope="module")
def many(rules: Rules) -> Log:
    return a_log(rules, 10_000, 36_500)


def style() -> Style:
    return Style(read_toml(find("themes/light.toml"))["roles"])


def drawn(name: str, series: Any, view: View, figure: Figure | None = None) -> Figure:
    """Draw as the canvas does, to the last pixel."""
    look = style()
    with matplotlib.rc_context(look.rc()):
        if figure is None:
            figure = Figure(figsize=SIZE, dpi=96)
            FigureCanvasAgg(figure)
        figure.clear()
        DRAW[name](figure, series, view, look)
        figure.canvas.draw()
    return figure


def bare(figure: Figure) -> Callable[[Figure | None], Figure]:
    """Return what draws the artists of *figure* with nothing but matplotlib."""
    plans = [_plan(axes) for axes in figure.axes]

    def draw(own: Figure | None = None) -> Figure:
        with matplotlib.rc_context(style().rc()):
            if own is None:
                own = Figure(figsize=SIZE, dpi=96)
                FigureCanvasAgg(own)
            own.clear()
            for plan in plans:
                plan(own)
            own.canvas.draw()
        return own

    return draw


def _plan(axes: Any) -> Callable[[Figure], None]:
    box, title, limits = axes.get_position(), axes.get_title(loc="left"), (axes.get_xlim(), axes.get_ylim())
    ticks = [(axis.get_ticklocs(), [t.get_text() for t in axis.get_ticklabels()]) for axis in (axes.xaxis, axes.yaxis)]
    lines = [(line.get_data(), line.properties()) for line in axes.lines]
    areas = [
        (
            type(one),
            one.get_segments() if isinstance(one, LineCollection) else [p.vertices for p in one.get_paths()],
            one,
        )
        for one in axes.collections
    ]
    texts = [(text.get_text(), text.get_position(), text.get_transform()) for text in axes.texts]

    def draw(figure: Figure) -> None:
        made = figure.add_axes(box.bounds)
        made.set_title(title)
        made.tick_params(length=0)
        for (x, y), looks in lines:
            wanted = ("color", "linestyle", "linewidth", "marker", "markersize", "markerfacecolor", "markeredgecolor")
            made.plot(x, y, zorder=looks["zorder"], **{name: looks[name] for name in wanted})
        for kind, corners, one in areas:
            colours = {"facecolors": one.get_facecolor(), "edgecolors": one.get_edgecolor()}
            if kind is LineCollection:
                made.add_collection(LineCollection(corners, colors=one.get_edgecolor(), zorder=one.zorder))
            else:
                made.add_collection(PolyCollection(corners, zorder=one.zorder, **colours))
        for words, _, _ in texts:
            made.text(0.5, 0.5, words, transform=made.transAxes)
        made.set_xlim(limits[0])
        made.set_ylim(limits[1])
        made.set_xticks(*ticks[0])
        made.set_yticks(*ticks[1])

    return draw


def _corners(one: Any) -> list[Any]:
    return one.get_segments() if isinstance(one, LineCollection) else [path.vertices for path in one.get_paths()]


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def medians(*works: Callable[[], object]) -> list[float]:
    """Time *works* in turns."""
    taken = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


@pytest.mark.parametrize("name", CHARTS)
def test_the_first_drawing(decade: Log, name: str, benchmark: Callable[..., None]) -> None:
    series, view = decade.series(name), decade.view
    floor = bare(drawn(name, series, view))
    own, bottom = medians(partial(drawn, name, series, view), floor)
    benchmark.extra_info |= {"goal": "1.3", "ratio": own / bottom, "ms": own * 1000}
    benchmark(partial(drawn, name, series, view))


@pytest.mark.parametrize("name", CHARTS)
def test_drawing_again_after_a_new_record(decade: Log, name: str, benchmark: Callable[..., None]) -> None:
    """On the figure there is, with the series worked out anew."""
    figure = drawn(name, decade.series(name), decade.view)
    floor = bare(figure)
    below = floor()

    def again() -> None:
        drawn(name, decade.series(name), decade.view, figure)

    own, bottom = medians(again, lambda: floor(below))
    benchmark.extra_info |= {"goal": "1.3", "ratio": own / bottom, "ms": own * 1000}
    benchmark(again)


@pytest.mark.parametrize("name", CHARTS)
def test_panning_ten_years(decade: Log, name: str, benchmark: Callable[..., None]) -> None:
    """What the canvas does for each step of a drag: other limits, and all of it drawn."""
    figure = drawn(name, decade.series(name), decade.view)
    low, high = figure.axes[0].get_xlim()

    def step() -> None:
        with matplotlib.rc_context(style().rc()):
            shift = random.random() * 30
            figure.axes[0].set_xlim(low + shift, high + shift)
            figure.canvas.draw()

    (own,) = medians(step)
    benchmark.extra_info |= {"goal": "20 frames/s", "frames/s": 1 / own}
    benchmark(step)


@pytest.mark.parametrize("name", CHARTS)
def test_ten_thousand_sessions(decade: Log, many: Log, name: str, benchmark: Callable[..., None]) -> None:
    few, large = decade.series(name), many.series(name)
    whole, most = medians(partial(drawn, name, few, decade.view), partial(drawn, name, large, many.view))
    (made,) = medians(lambda: many.series(name))
    benchmark.extra_info |= {"series, ms (goal 150)": made * 1000, "drawing / that of 520 (goal 1.5)": most / whole}
    benchmark(partial(drawn, name, large, many.view))


def test_the_days_are_those_of_ten_years(decade: Log, many: Log) -> None:
    assert (decade.view.first, decade.view.last) == (many.view.first, many.view.last) == (date(2016, 7, 3), TODAY)
