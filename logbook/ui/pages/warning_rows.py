"""The rows of the Warnings page: their words, and which of them are asked for. Sorted and searched without Qt."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.services.findings import ListedFinding, State, state_words, where_words
from logbook.ui.widgets.column import Column


def _rule(listed: ListedFinding) -> str:
    return f"{listed.finding.rule.title} · {listed.finding.rule.id}"


def _found(listed: ListedFinding) -> str:
    return " ".join(listed.finding.found.split())


def _state_key(listed: ListedFinding) -> tuple[int, str]:
    answer = listed.acknowledgement
    return list(State).index(listed.state), answer.at.isoformat() if answer else ""


COLUMNS: Final[tuple[Column[[ListedFinding]], ...]] = (
    Column(
        "date",
        "Date",
        lambda listed: labels.short_day(listed.record.date),
        "The day of the session, or of the shedding record",
        key=lambda listed: listed.when,
    ),
    Column("zone", "Zone", where_words, "Where it was found; of a shedding record, how the hairs were counted"),
    Column("rule", "Rule", _rule, "The rule of the guidance that speaks"),
    Column(
        "severity",
        "Severity",
        lambda listed: labels.title(listed.finding.severity),
        "How serious the rule says it is",
        key=lambda listed: listed.finding.severity,
    ),
    Column("found", "Finding", _found, "What was found, in your own numbers"),
    Column("state", "State", state_words, "Open, acknowledged, past, or clean by an agreed limit", key=_state_key),
)
PLACES: Final = {column.name: place for place, column in enumerate(COLUMNS)}
DATE: Final = PLACES["date"]


class Row:
    """One finding with its cells, which are put into words when they are first asked for."""

    __slots__ = ("_cells", "_searched", "key", "listed", "severity")

    def __init__(self, listed: ListedFinding) -> None:
        """Stand for *listed*."""
        self.listed = listed
        self.key = listed.key  # at hand, as is the severity, since every row is asked at each filter
        self.severity = listed.finding.severity
        self._cells: tuple[str, ...] | None = None
        self._searched: str | None = None

    @property
    def is_worded(self) -> bool:
        """Whether the words are at hand."""
        return self._searched is not None

    @property
    def cells(self) -> tuple[str, ...]:
        """What each column says."""
        if self._cells is None:
            self._cells = tuple([column.text(self.listed) for column in COLUMNS])
        return self._cells

    @property
    def searched(self) -> str:
        """Everything it can be found by, case-folded."""
        if self._searched is None:
            self._searched = "\n".join(self.cells).casefold()
        return self._searched

    def sorts_by(self, place: int) -> Any:
        """Return what it is sorted by in the column at *place*."""
        key = COLUMNS[place].key
        return key(self.listed) if key else self.cells[place].casefold()


class Show(StrEnum):
    """Which states are asked for."""

    OPEN = "open"  # and every stop, whatever became of it
    ACKNOWLEDGED = "acknowledged"
    PAST = "past"
    AGREED = "agreed"
    ALL = "all"

    def takes(self, listed: ListedFinding) -> bool:
        """Tell whether a finding in that state is asked for."""
        if self is Show.OPEN:
            return listed.state is State.OPEN or listed.finding.severity is Severity.STOP
        return self is Show.ALL or listed.state.value == self.value


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; what is left out leaves nothing out."""

    words: str = ""  # every one of them is found
    family: str = ""
    show: Show = Show.OPEN
    first: date | None = None
    last: date | None = None
    severities: frozenset[Severity] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that are asked for, and what is not shown."""

    rows: Sequence[Row] = ()
    counts: Mapping[Severity, int] = field(default_factory=dict)  # by all that is asked for but the severity
    hidden_states: Mapping[State, int] = field(default_factory=dict)  # hidden for their state alone
    hidden: int = 0  # by anything else


def choose(rows: Sequence[Row], wanted: Wanted) -> Chosen:
    """Return those of *rows* that are *wanted*, in the same order."""
    in_state, others = _by_state(_fitting(rows, wanted), wanted.show)
    counts = Counter([row.severity for row in in_state])
    shown = _severe(in_state, wanted.severities)
    hidden_states = Counter([row.listed.state for row in _severe(others, wanted.severities)])
    hidden = len(rows) - len(shown) - hidden_states.total()
    return Chosen(shown, dict(counts), dict(hidden_states), hidden)


def _fitting(rows: Sequence[Row], wanted: Wanted) -> Sequence[Row]:
    """Return those of *rows* that fit the words, the family and the dates."""
    if wanted.family:
        rows = [row for row in rows if row.listed.finding.rule.family == wanted.family]
    if first := wanted.first:
        rows = [row for row in rows if row.listed.record.date >= first]
    if last := wanted.last:
        rows = [row for row in rows if row.listed.record.date <= last]
    for word in wanted.words.casefold().split():
        rows = [row for row in rows if word in row.searched]
    return rows


def _by_state(rows: Sequence[Row], show: Show) -> tuple[Sequence[Row], Sequence[Row]]:
    """Return those of *rows* whose state is asked for, and the others."""
    if show is Show.ALL:
        return rows, ()
    parts: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        parts[not show.takes(row.listed)].append(row)
    return parts


def _severe(rows: Sequence[Row], severities: Collection[Severity]) -> Sequence[Row]:
    return [row for row in rows if row.severity in severities] if severities else rows


def made_of(listed: Iterable[ListedFinding], before: Iterable[Row]) -> list[Row]:
    """Return a row for each of *listed*, the latest record first and the gravest of each first.

    A row of *before* that says the same is taken over with its words.
    """
    known = {row.key: row for row in before}
    rows = [_taken_over(known.get(one.key), one) if known else Row(one) for one in listed]
    rows.sort(key=lambda row: row.listed.when, reverse=True)
    return rows


def _taken_over(row: Row | None, listed: ListedFinding) -> Row:
    return row if row and _says_the_same(row.listed, listed) else Row(listed)


def _says_the_same(one: ListedFinding, other: ListedFinding) -> bool:
    return (
        one.finding is other.finding
        and one.state is other.state
        and one.acknowledgements == other.acknowledgements
        and one.lapsed == other.lapsed
    )


def in_order(rows: Iterable[Row], place: int, *, is_descending: bool) -> list[Row]:
    """Return *rows* sorted by the column at *place*; what is equal there stays as it was."""
    return sorted(rows, key=lambda row: row.sorts_by(place), reverse=is_descending)
