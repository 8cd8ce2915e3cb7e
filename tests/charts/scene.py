"""A made-up year that has something of everything, for the reference pictures: the same on every run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from builders import a_session
from charts.paper import a_count, an_event, on

from logbook.charts.around import WashState, around_series
from logbook.charts.around_figure import draw_around
from logbook.charts.chart import Drawing, View
from logbook.charts.depth import depth_series
from logbook.charts.depth_figure import draw_depth
from logbook.charts.guidance_lines import Above, BaselineTerms, Ceiling, Findings, Found, RestAfter
from logbook.charts.interval_figure import draw_intervals
from logbook.charts.intervals import interval_series
from logbook.charts.load import load_series
from logbook.charts.load_figure import draw_load
from logbook.charts.shedding import shedding_series
from logbook.charts.shedding_figure import draw_shedding
from logbook.domain.person import LifeEvent
from logbook.domain.session import Session, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import EventKind, Setting, Severity, SheddingMethod, Zone

FIRST = date(2026, 1, 5)
VIEW = View(on(-35, FIRST), on(352, FIRST))

# Days after the first session, hundredths of a millimetre, zones. Not the numbers of the rules: when these change, the
# pictures need not.
_SESSIONS: tuple[tuple[int, int | None, str], ...] = (
    (0, 25, "crown"),
    (30, 25, "crown hairline"),
    (60, 50, "crown hairline"),
    (66, 30, "temple_left temple_right"),
    (69, 60, "crown"),
    (76, 60, "crown"),
    (92, 50, "crown mid_scalp"),
    (122, None, "crown"),
    # A pause of nearly four months.
    (232, 25, "hairline mid_scalp"),
    (262, 50, "crown hairline mid_scalp"),
    (292, 150, "crown"),  # supervised
    (299, 25, "frontal"),
    (322, 150, "crown frontal"),  # supervised
    (350, 50, "whole_scalp"),
)
_DEPTHS = {
    Setting.HOME: (Above(30, Severity.CAUTION), Above(50, Severity.WARNING), Above(100, Severity.STOP)),
    Setting.SUPERVISED: (Above(150, Severity.CAUTION),),
}
_RESTS = {
    setting: (
        RestAfter(0, ((2, Severity.WARNING), (6, Severity.CAUTION))),
        RestAfter(30, ((7, Severity.STOP), (14, Severity.WARNING), (21, Severity.INFO))),
    )
    for setting in Setting
}
_CEILINGS = (Ceiling(30, 50, 2, 28, Severity.CAUTION), Ceiling(50, None, 1, 28, Severity.WARNING))
_PAUSE = range(165, 200)  # nothing was counted


@dataclass(frozen=True)
class Picture:
    """A chart, as far as it is to be drawn."""

    draw: Callable[..., Drawing]
    series: Any


def pictures() -> dict[str, Picture]:
    """Return every chart of the year by its name."""
    sessions, counts, events = _sessions(), _counts(), _events()
    methods = (SheddingMethod.DAY_TOTAL, SheddingMethod.SINCLAIR)
    shed = shedding_series(counts, methods, sessions, events, BaselineTerms(28, 7), _found(counts))
    around = around_series(counts, SheddingMethod.DAY_TOTAL, WashState.NOT_RECORDED, sessions, events)
    return {
        "depth": Picture(draw_depth, depth_series(sessions, _DEPTHS, _found(sessions))),
        "intervals": Picture(draw_intervals, interval_series(sessions, _RESTS, _found(sessions))),
        "shedding": Picture(draw_shedding, shed),
        "around": Picture(draw_around, around),
        "load": Picture(draw_load, load_series(sessions, _CEILINGS)),
    }


def _sessions() -> list[Session]:
    return [
        a_session(
            on(day, FIRST),
            id=f"{number:032x}",
            setting=Setting.SUPERVISED if depth == 150 else Setting.HOME,
            zones=tuple(ZonePass(Zone(zone), None if depth is None else Depth(depth)) for zone in zones.split()),
        )
        for number, (day, depth, zones) in enumerate(_SESSIONS)
    ]


def _counts() -> list[SheddingRecord]:
    chance, made = Random(2026), []
    held = [day for day, *_ in _SESSIONS]
    for day in range(-35, 345):
        after = min((day - one for one in held if one <= day), default=99)
        value = round(chance.gauss(74 if after < 14 else 58, 9))
        is_more = value > 84
        odd = "another comb" if day % 47 == 9 else None
        if day not in _PAUSE:
            blank = day % 31 == 3
            made.append(
                a_count(
                    on(day, FIRST), None if blank else 84 if is_more else value, id=f"a{day + 100:031x}",
                    is_more_than=is_more and not blank, excluded_because=odd,
                )
            )  # fmt: skip
        if day % 4 == 0:
            grade = chance.choice((1, 2, 2, 3, 4))
            made.append(a_count(on(day, FIRST), grade, SheddingMethod.SINCLAIR, id=f"b{day + 100:031x}"))
    return made


def _events() -> list[LifeEvent]:
    return [
        an_event(EventKind.ILLNESS, on(100, FIRST), on(112, FIRST)),
        an_event(EventKind.HAIRCUT, on(105, FIRST)),
        an_event(EventKind.NEW_DRUG, on(255, FIRST)),
        an_event(EventKind.WEIGHT_LOSS, on(340, FIRST), on(352, FIRST)),
    ]


def _found(records: list[Any]) -> Findings:
    """Return what was found of a few of *records*: each severity once."""
    worse = (Severity.INFO, Severity.CAUTION, Severity.WARNING, Severity.STOP)
    chosen = records[2 :: len(records) // 4][:4]
    return {record.id: Found(severity, ("A rule",)) for severity, record in zip(worse, chosen, strict=True)}
