"""The rows of a table, each a record of one person or the reasons why it is none."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from logbook.domain import labels
from logbook.domain.errors import RowProblem
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import depth_problem, parse_depth, parse_minutes
from logbook.services.csv_table import Row
from logbook.services.importing.cells import Answers, Cells
from logbook.services.importing.columns import Columns
from logbook.services.importing.source import Kind
from logbook.services.importing.words import VOCABULARY
from logbook.services.sessions_csv import read_session
from logbook.services.shedding_csv import read_shedding_row


class Rows:
    """How one table becomes records."""

    def __init__(self, columns: Columns, answers: Answers, person_id: RecordId, today: dt.date) -> None:
        """Read what *columns* and *answers* say, for the person *person_id*."""
        of_shedding = columns.kind is Kind.SHEDDING
        self.cells = Cells(answers if of_shedding else replace(answers, method=None), today)
        self._columns = columns
        self._person_id = person_id
        self._today = today

    def read(self, row: Row) -> tuple[Session | SheddingRecord | None, list[RowProblem]]:
        """Return the record of *row*, or None and the problems of its columns."""
        published, problems = self.cells.published(row)
        read = read_shedding_row if self._columns.kind is Kind.SHEDDING else read_session
        record, more = read(published, self._person_id, self._today)
        known = {problem.column for problem in problems}
        problems += [problem for problem in more if problem.column not in known]
        return (None, problems) if problems else (record, [])

    def named(self, problem: RowProblem) -> RowProblem:
        """Return *problem* with its column as the file names it."""
        return RowProblem(problem.line, self._columns.name_of(problem.column), problem.message)


def in_words(column: str, published: str) -> str:
    """Return a cell of the published *column*, which its reader takes, as a person reads it.

    Raises:
        Unreadable: its reader does not.
    """
    if not published:
        return ""
    if column in _SPOKEN:
        return _SPOKEN[column](published)
    kind = VOCABULARY.get(column)
    if kind is None:
        return published
    return labels.series(_item_in_words(column, item) for item in published.split("|"))


def _item_in_words(column: str, item: str) -> str:
    kind = VOCABULARY[column]
    for sign in "=@":
        name, found, rest = item.partition(sign)
        if found:
            return f"{_word(kind, name)} {_BEHIND[column](rest.strip())}"
    return _word(kind, item)


def _word(kind: type[StrEnum], name: str) -> str:
    value = name.strip().lower()
    return labels.word(kind(value)) if value in {one.value for one in kind} else value  # “none” is no member


def _depth(text: str) -> str:
    depth = parse_depth(text)
    if wrong := depth_problem(depth):
        raise wrong
    return f"{depth} mm"


def _hours(text: str) -> str:
    return labels.hours(parse_minutes(text, "hours"))


def _hours_from_it(text: str) -> str:
    minutes = parse_minutes(text, "hours")
    return f"{labels.hours(abs(minutes))} {'before' if minutes < 0 else 'after'}"


def _day(text: str) -> str:
    return labels.day(dt.date.fromisoformat(text))


_SPOKEN: Final[dict[str, Callable[[str], str]]] = {"date": _day, "depth_mm": _depth, "redness_hours": _hours}
_BEHIND: Final[dict[str, Callable[[str], str]]] = {"zones": _depth, "topicals": _hours_from_it, "conditions": _day}
