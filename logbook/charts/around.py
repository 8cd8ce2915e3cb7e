"""Around sessions: what was counted before and after them, laid over one another, and whether noise explains it.

An association, never a cause: the words that go with it say so.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from logbook.charts.alignment import (
    AFTER,
    BEFORE,
    LEAST_ON_A_SIDE,
    Aligned,
    Bin,
    Comparison,
    TooFew,
    align,
    binned,
    compare,
)
from logbook.charts.chart import Table, View
from logbook.charts.event_marks import EventMark, event_marks
from logbook.domain import labels
from logbook.domain.person import LifeEvent
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import is_count
from logbook.domain.vocabulary import SHEDDING_SCALES, SheddingMethod

_FEW_SESSIONS: Final = 12  # up to here the bands hold the true median in 9 of 10 cases or fewer


class WashState(StrEnum):
    """How long before a count the hair was washed: loose hairs gather until then, so that states are never mixed."""

    WASH_DAY = "0"
    DAY_AFTER = "1"
    TWO_DAYS = "2"
    LATER = "3+"
    NOT_RECORDED = ""


_BY_DAYS: Final = {0: WashState.WASH_DAY, 1: WashState.DAY_AFTER, 2: WashState.TWO_DAYS}
WASH_WORDS: Final = {
    WashState.WASH_DAY: "on the day of a wash",
    WashState.DAY_AFTER: "a day after a wash",
    WashState.TWO_DAYS: "2 days after a wash",
    WashState.LATER: "3 days or more after a wash",
    WashState.NOT_RECORDED: "wash not recorded",
}


@dataclass(frozen=True, slots=True)
class AroundCount:
    """A count beside a session."""

    offset: int  # days from the session; negative: before it
    value: int
    is_least: bool
    day: date
    session_day: date
    record_id: RecordId


@dataclass(frozen=True, slots=True)
class AroundSeries:
    """Counts of one method and one wash state around the sessions of some days."""

    method: SheddingMethod
    wash: WashState
    sessions: int  # days with a session
    crowded: int  # of them, left out: another lies in the days before
    cut: int  # used, and their days after end with the next session
    counts: tuple[AroundCount, ...]  # by offset, then in the order of time
    bins: tuple[Bin, ...]  # none where sessions are too few to compare
    comparison: Comparison | TooFew
    events: tuple[EventMark, ...]  # what else happened in the days that are looked at

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of a count that is used; None without one."""
        days = [count.day for count in self.counts]
        return (min(days), max(days)) if days else None


def wash_state(record: SheddingRecord) -> WashState:
    """Return the wash state of *record*."""
    if record.days_since_wash is None:
        return WashState.NOT_RECORDED
    return _BY_DAYS.get(record.days_since_wash, WashState.LATER)


def wash_states(records: Iterable[SheddingRecord], method: SheddingMethod) -> list[tuple[WashState, int]]:
    """Return the wash states of the counts by *method* with their numbers, the most frequent first."""
    states = Counter(wash_state(record) for record in records if record.method is method and is_count(record))
    order = list(WashState)
    return sorted(states.items(), key=lambda item: (-item[1], order.index(item[0])))


def around_series(
    records: Iterable[SheddingRecord],
    method: SheddingMethod,
    wash: WashState,
    sessions: Iterable[Session],
    events: Iterable[LifeEvent],
    within: tuple[date, date] | None = None,
) -> AroundSeries:
    """Return the counts by *method* in the state *wash* around *sessions*, both of the days *within*, or of all."""
    first, last = within or (date.min, date.max)
    used = [
        one
        for one in records
        if one.method is method and is_count(one) and first <= one.date <= last and wash_state(one) is wash
    ]
    held = sorted({session.date for session in sessions if first <= session.date <= last})
    days = np.array([record.date.toordinal() for record in used], dtype=np.int64)
    values = np.array([record.value for record in used], dtype=np.float64)
    is_least = np.array([record.is_more_than for record in used], dtype=np.bool_)
    aligned = align(days, np.array([day.toordinal() for day in held], dtype=np.int64))
    comparison, places = compare(aligned, values, is_least), aligned.counts
    is_silent = isinstance(comparison, TooFew)
    return AroundSeries(
        method,
        wash,
        len(held),
        aligned.crowded,
        aligned.cut,
        _counts(used, held, aligned),
        () if is_silent else binned(aligned.offsets, values[places], is_least[places], aligned.sessions),
        comparison,
        _beside(event_marks(events), held, aligned),
    )


def describe_around(series: AroundSeries, view: View) -> str:
    """Return what the chart shows in sentences, and what it does not show."""
    if isinstance(series.comparison, TooFew):
        return " ".join(silence(series))
    found = series.comparison
    unit = "grades" if series.method in SHEDDING_SCALES else "hairs"
    way = "more" if found.difference >= 0 else "fewer"
    if unit == "grades":
        way = "higher" if found.difference >= 0 else "lower"
    is_noise = "Chance alone often makes such a difference." if found.is_noise else "Chance alone seldom does that."
    said = [
        f"{around_title(series)}: {labels.count(found.n, 'session')} can be compared.",
        f"In the {AFTER} days after them counts were {abs(found.difference):.1f} {unit} {way} than in the {BEFORE} days"
        f" before, on average (95 % interval {_signed(found.low)} to {_signed(found.high)}; p {_p(found.p)}).",
        is_noise,
        *_left_out(series),
        *_cautions(series, found),
        "This is an association, not a cause: whatever else changed at these times looks the same, and so does a steady"
        " rise or fall over the months.",
        _events_words(series, view),
    ]
    return " ".join(filter(None, said))


def around_table(series: AroundSeries, view: View) -> Table:
    """Return the weeks before and after the sessions."""
    if isinstance(series.comparison, TooFew):
        return Table(_TITLES, ())
    return Table(_TITLES, tuple(map(_row, series.bins)), frozenset(range(1, len(_TITLES))))


_TITLES: Final = (
    "Days from the session",
    "Counts",
    "Sessions",
    "Median",
    "Lower quarter",
    "Upper quarter",
    "95 % band",
)


# Records to numbers


def _counts(used: Sequence[SheddingRecord], held: Sequence[date], aligned: Aligned) -> tuple[AroundCount, ...]:
    order = np.lexsort((aligned.counts, aligned.offsets))
    columns = (column[order].tolist() for column in (aligned.offsets, aligned.counts, aligned.sessions))
    pairs = zip(*columns, strict=True)
    return tuple(
        AroundCount(offset, record.value, record.is_more_than, record.date, held[session], record.id)
        for offset, place, session in pairs
        if (record := used[place]).value is not None
    )


def _beside(events: Sequence[EventMark], held: Sequence[date], aligned: Aligned) -> tuple[EventMark, ...]:
    """Return the *events* that lie in the days around a used session."""
    around = [day.toordinal() for day, is_used in zip(held, aligned.is_used.tolist(), strict=True) if is_used]
    return tuple(
        event
        for event in events
        if any(event.last.toordinal() >= day - BEFORE and event.first.toordinal() <= day + AFTER for day in around)
    )


# Words


def around_title(series: AroundSeries) -> str:
    """Return what was counted, in what unit and how long after a wash."""
    unit = "grade" if series.method in SHEDDING_SCALES else "hairs"
    return f"{labels.title(series.method)}, {unit}, {WASH_WORDS[series.wash]}"


def offset_words(day: int) -> str:
    """Return a number of days from a session with its sign."""
    return f"+{day}" if day > 0 else str(day).replace("-", "−")


def silence(series: AroundSeries) -> list[str]:
    """Return why nothing is shown; nothing where something is."""
    found = series.comparison
    name = f"{labels.title(series.method)}, {WASH_WORDS[series.wash]}"
    if not isinstance(found, TooFew):
        return []
    if not series.sessions:
        return [f"{name}: there is no session in these days."]
    needed = (
        f"{found.needed} sessions with {LEAST_ON_A_SIDE} such counts in the {BEFORE} days before and"
        f" {LEAST_ON_A_SIDE} in the {AFTER} days after"
    )
    return [
        f"{name}: too few to tell anything from noise.",
        f"It takes {needed}; there {'is' if found.n == 1 else 'are'} {found.n}.",
        *_left_out(series),
    ]


def _left_out(series: AroundSeries) -> list[str]:
    said = []
    if series.crowded:
        them = "it" if series.crowded == 1 else "them"
        said.append(
            f"Of {labels.count(series.sessions, 'session')}, {series.crowded} cannot be used: another lies in the"
            f" {BEFORE} days before {them}."
        )
    if series.cut:
        said.append(f"After {labels.count(series.cut, 'session')} the days end with the next session.")
    if series.comparison.unknown:
        left = labels.count(series.comparison.unknown, "session")
        said.append(f"{left} left out: it depends on how far counting would have gone.")
    return said


def _cautions(series: AroundSeries, found: Comparison) -> list[str]:
    """Return what these numbers cannot tell; see `compare` and `median_band`."""
    said = []
    if series.cut:
        said.append("A change that lasts until the next session is on both sides and may be missed.")
    if found.n < _FEW_SESSIONS:
        said.append("With so few sessions the bands are narrower than they should be.")
    return said


def _events_words(series: AroundSeries, view: View) -> str:
    listed = labels.series(f"{event.words} on {view.words.day(event.first)}" for event in series.events)
    return f"Also in these days: {listed}." if listed else "No other event is recorded in these days."


def _row(one: Bin) -> tuple[str, ...]:
    spread = one.spread
    numbers = (spread.median, spread.low, spread.high) if spread else (None, None, None)
    band = ""
    if one.band and one.band.low is not None and one.band.high is not None:
        band = f"{one.band.low:.10g} to {one.band.high:.10g}"
    days = f"{offset_words(one.first)} to {offset_words(one.last)}"
    return (days, str(one.n), str(one.sessions), *("" if n is None else f"{n:.10g}" for n in numbers), band)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"= {value:.2g}"
