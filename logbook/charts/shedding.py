"""Shedding by one or two methods, which are never mixed, with what happened beside it; and its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from logbook.charts.chart import NOTHING_HERE, Table, View
from logbook.charts.counts import MethodSeries, method_series
from logbook.charts.event_marks import EventMark, event_marks, events_within
from logbook.charts.found import found_words
from logbook.charts.guidance_lines import BaselineTerms, Findings
from logbook.charts.trends import WINDOW, Baseline
from logbook.domain import labels
from logbook.domain.person import LifeEvent
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SHEDDING_SCALES, SheddingMethod


@dataclass(frozen=True, slots=True)
class SheddingSeries:
    """Counts by each method, and what happened beside them."""

    methods: tuple[MethodSeries, ...]
    sessions: tuple[tuple[date, RecordId], ...]
    events: tuple[EventMark, ...]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with a count; None without one."""
        ends = [count.day for one in self.methods for count in (*one.counts[:1], *one.counts[-1:])]
        return (min(ends), max(ends)) if ends else None


def shedding_series(
    records: Iterable[SheddingRecord],
    methods: Sequence[SheddingMethod],
    sessions: Iterable[Session],
    events: Iterable[LifeEvent],
    terms: BaselineTerms,
    findings: Findings,
) -> SheddingSeries:
    """Return what was counted by *methods*; *records* and *sessions* come in the order of time.

    The own baseline is that of the *terms* of the rules: of the counts before the first session.
    """
    marked = tuple((session.date, session.id) for session in sessions)
    first = marked[0][0] if marked else None
    by_method: dict[SheddingMethod, list[SheddingRecord]] = {method: [] for method in methods}
    for record in records:
        if record.method in by_method:
            by_method[record.method].append(record)
    found = [method_series(method, own, first, terms, findings) for method, own in by_method.items()]
    return SheddingSeries(tuple(found), marked, event_marks(events))


def describe_shedding(series: SheddingSeries, view: View) -> str:
    """Return what the chart shows in sentences."""
    said = [_describe(one, view) for one in series.methods]
    sessions = sum(view.holds(day) for day, _ in series.sessions)
    beside = [labels.count(sessions, "session")] if sessions else []
    beside += [event.words for event in events_within(series.events, view)]
    return " ".join([*said, *([f"In these days: {labels.series(beside)}."] if beside else [])])


def shedding_table(series: SheddingSeries, view: View) -> Table:
    """Return the counts that the chart shows, the latest first."""
    rows = [(count, one) for one in series.methods for count in one.within(view)]
    rows.sort(key=lambda row: row[0].day, reverse=True)
    cells = [
        (
            view.words.day(count.day),
            labels.title(one.method),
            f"{'>' * count.is_least}{count.value}",
            number_words(one.median_on(count.day)),
            "" if count.days_since_wash is None else str(count.days_since_wash),
            "left out" if count.is_excluded else "",
            labels.title(count.found.severity) if count.found else "",
        )
        for count, one in rows
    ]
    titles = ("Date", "Method", "Count", f"Median of {WINDOW} days", "Days since wash", "Trends", "Found")
    return Table(titles, tuple(cells), frozenset({2, 3, 4}), [count.record_id for count, _ in rows])


# Words


def amount_words(method: SheddingMethod, value: int) -> str:
    """Return *value* with what it counts."""
    if method is SheddingMethod.ESTIMATE:
        return f"grade {value}, {labels.ESTIMATES[value]}"
    return f"grade {value}" if method in SHEDDING_SCALES else labels.count(value, "hair")


def _describe(series: MethodSeries, view: View) -> str:
    shown, name = series.within(view), labels.title(series.method)
    counts = [count for count in shown if not count.is_excluded]
    said = [*_left_out(len(shown) - len(counts), sum(map(view.holds, series.not_counted)))]
    found = found_words((count.record_id, count.found) for count in shown)
    if not counts:
        nothing = f"{NOTHING_HERE[0].lower()}{NOTHING_HERE[1:]}"
        return " ".join([f"{name}: {'nothing to show a trend with.' if said else nothing}", *said, *found])
    last = counts[-1].day
    median = series.median_on(last)
    number = f"; their median is {number_words(median)}." if median is not None else "; there is no median of them."
    return " ".join(
        [
            f"{name}: {labels.count(len(counts), 'count')}, the last on {view.words.day(last)}.",
            f"On {series.recorded_on(last)} of the {WINDOW} days up to then something was counted{number}",
            _baseline_words(series.baseline, median),
            *said,
            *found,
        ]
    )


def _left_out(excluded: int, blank: int) -> list[str]:
    said = []
    if excluded:
        said.append(f"{labels.count(excluded, 'count')} left out of trends.")
    if blank:
        said.append(f"{labels.count(blank, 'record')} without a number: what was not counted is not zero.")
    return said


def _baseline_words(own: Baseline | None, median: float | None) -> str:
    if own is None:
        return "There is no session yet that your own baseline could lie before."
    if own.spread is None:
        needed = f"{labels.count(own.needed, 'count')} in the {own.last - own.first + 1} days before your first session"
        return f"Your own baseline needs {needed}; there {'is' if own.n == 1 else 'are'} {own.n}."
    if own.median is None:
        return "Your own baseline is not known: counting was given up too often."
    words = f"Your own baseline is {number_words(own.median)}"
    if own.spread.low is not None and own.spread.high is not None:
        middle = f"between {number_words(own.spread.low)} and {number_words(own.spread.high)}"
        words += f", half of its {own.n} counts {middle}"
    if median is None or not own.median:
        return f"{words}."
    return f"{words}: the median is now {median / own.median:.1f} times that."


def number_words(value: float | None) -> str:
    """Return *value* as short as it is exact; nothing where it is not known."""
    return "" if value is None else f"{value:,.10g}"
