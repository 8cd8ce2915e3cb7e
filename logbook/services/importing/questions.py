"""What a table leaves open, and which of its rows settle it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from logbook.domain import labels
from logbook.domain.units import Unreadable
from logbook.domain.vocabulary import SheddingMethod
from logbook.services.csv_table import Row
from logbook.services.importing.cells import Answers, quoted
from logbook.services.importing.columns import METHOD, REQUIRED, Columns
from logbook.services.importing.dates import DateOrder, WrittenDay, in_words, read_day
from logbook.services.importing.numbers import THOUSANDS, DecimalSign, is_ambiguous, sign_of
from logbook.services.importing.source import Kind


class Asked(StrEnum):
    """What a question is about: the field of `Answers` that it fills."""

    DATE_ORDER = "date_order"
    DECIMAL = "decimal"
    METHOD = "method"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer, with what it makes of an example of the file."""

    value: DateOrder | DecimalSign | SheddingMethod
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be asked; where the file itself decides it, with the answer and the example that does."""

    about: Asked
    text: str
    options: tuple[Option, ...]
    proposed: DateOrder | DecimalSign | SheddingMethod | None = None  # None: nothing in the file decides it
    because: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody but the person can answer it."""
        return self.proposed is None


@dataclass(frozen=True, slots=True)
class _Example:
    """A cell and where it stands."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}, {quoted(self.text)}"


_METHODS: Final = tuple(Option(method, labels.title(method)) for method in SheddingMethod)


class Evidence:
    """What the rows of a table say about what is left open; it is shown every row once."""

    def __init__(self, columns: Columns, today: dt.date) -> None:
        """Look at the columns that are read."""
        self._columns = columns
        self._today = today
        self._seen: set[tuple[str, str]] = set()
        self._numbers = [column for column in THOUSANDS if column in columns.targets]
        self._ambiguous_day: tuple[_Example, WrittenDay] | None = None
        self._orders: set[DateOrder | None] = set()  # in which some date can be read
        self._against: dict[DateOrder, _Example] = {}  # the first date that rules an order out
        self._signs: dict[str, dict[DecimalSign, _Example]] = {}
        self._open_numbers: dict[str, _Example] = {}

    def add(self, row: Row) -> None:
        """Take *row* into account."""
        if cell := row.cells.get(REQUIRED):
            self._add_day(_Example(row.line, cell))
        for column in self._numbers:
            if cell := row.cells.get(column):
                self._add_number(column, _Example(row.line, cell))

    def questions(self) -> tuple[Question, ...]:
        """Return what is to be asked, in the order in which it matters."""
        asked = (self._about_dates(), self._about_numbers(), self._about_the_method())
        return tuple(question for question in asked if question)

    def _is_new(self, column: str, text: str) -> bool:
        is_new = (column, text) not in self._seen
        self._seen.add((column, text))
        return is_new

    def _add_day(self, example: _Example) -> None:
        if not self._is_new(REQUIRED, example.text):
            return
        try:
            written = read_day(example.text, self._today)
        except Unreadable:
            return
        if None in written.readings:
            return
        if written.is_ambiguous and self._ambiguous_day is None:
            self._ambiguous_day = (example, written)
        self._orders |= written.readings.keys()
        for order in DateOrder:
            if order not in written.readings:
                self._against.setdefault(order, example)

    def _add_number(self, column: str, example: _Example) -> None:
        if not self._is_new(column, example.text):
            return
        if is_ambiguous(example.text):
            self._open_numbers.setdefault(column, example)
        elif sign := sign_of(example.text):
            self._signs.setdefault(column, {}).setdefault(sign, example)

    def _about_dates(self) -> Question | None:
        if self._ambiguous_day is None:
            return None  # each date can be only one day, whatever the others are
        example, written = self._ambiguous_day
        options = tuple(
            Option(order, f"{labels.capital(in_words(order))}: {quoted(example.text)} is {labels.day(day)}")
            for order, day in written.readings.items()
            if order is not None
        )
        text = f"In which order do the dates have day and month? {labels.capital(str(example))}, may be several days."
        left = [order for order in DateOrder if order in self._orders and order not in self._against]
        against = labels.series(
            dict.fromkeys(str(self._against[o]) for o in DateOrder if o in self._against.keys() & self._orders)
        )
        if len(left) == 1:
            return Question(
                Asked.DATE_ORDER, text, options, left[0], f"Only {in_words(left[0])} fits every date: see {against}."
            )
        if not left:
            text = f"{text} No order fits all of them: see {against}."
        return Question(Asked.DATE_ORDER, text, options)

    def _about_numbers(self) -> Question | None:
        if not self._open_numbers:
            return None
        column, example = next(iter(self._open_numbers.items()))
        text = (
            f"What stands before the decimals, a point or a comma? {labels.capital(str(example))} in the column "
            f"{self._columns.name_of(column)}, may be one, or a thousand times as much."
        )
        options = tuple(Option(sign, f"A {sign.value}, as in 0{sign.sign}5") for sign in DecimalSign)
        decided = [self._signs.get(one, {}) for one in self._open_numbers]
        signs = {sign for found in decided for sign in found}
        if len(signs) != 1 or not all(decided):
            return Question(Asked.DECIMAL, text, options)
        [sign] = signs
        because = f"The same column has {decided[0][sign]}."
        return Question(Asked.DECIMAL, text, options, sign, because)

    def _about_the_method(self) -> Question | None:
        if self._columns.kind is not Kind.SHEDDING or METHOD in self._columns.targets:
            return None
        return Question(Asked.METHOD, "How were the hairs counted? The table does not say.", _METHODS)


def proposed_answers(questions: Iterable[Question]) -> Answers:
    """Return the answers that the file itself gives to *questions*."""
    found = {question.about.value: question.proposed for question in questions if question.proposed}
    return Answers(**found)  # type: ignore[arg-type]  # each question proposes what its field holds
