"""Cells as people write them, put as the published CSV writes them, so that one reader decides what a record is."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from logbook.domain import labels
from logbook.domain.errors import RowProblem
from logbook.domain.units import Unreadable
from logbook.domain.vocabulary import SheddingMethod
from logbook.services.csv_table import FREE_TEXT, LONGEST_CELL, Row, shorten
from logbook.services.importing.columns import METHOD, REQUIRED
from logbook.services.importing.dates import DateOrder, choose_day, read_day, read_time
from logbook.services.importing.numbers import NUMBERS, DecimalSign, read_number
from logbook.services.importing.words import VOCABULARY, YES_NO, load_words, plain
from logbook.services.sessions_csv import NOTHING_THERE


@dataclass(frozen=True, slots=True)
class Answers:
    """What a table does not say by itself; None: nobody has said it."""

    date_order: DateOrder | None = None
    decimal: DecimalSign | None = None
    method: SheddingMethod | None = None  # of shedding records whose rows name none

    def over(self, others: "Answers") -> "Answers":
        """Return these answers, and of *others* those that are missing here."""
        return Answers(
            self.date_order or others.date_order, self.decimal or others.decimal, self.method or others.method
        )


NO_ANSWERS: Final = Answers()

_MEMORY: Final = 50_000  # cells of a column that are kept for the next row that says the same
_LONGEST_ITEM: Final = 100  # characters
_ITEMS: Final = re.compile(r"\s*(?:[|;&\n]|,(?![0-9])|/(?![0-9]))\s*|\s+(?:and|und|\+)\s+", re.I)
_WITH_NUMBER: Final = re.compile(r"(?P<word>.*?)\s*[=@:]\s*(?P<number>[+-]?[0-9.,].*)", re.DOTALL)
_DEPTH_BEHIND: Final = re.compile(r"(?P<word>.*?[^\W\d_])\s+(?P<number>[0-9]*[.,]?[0-9]+ ?(?:mm|µm)?)", re.I)
_LISTS: Final = ("zones", "skin_signs", "conditions", "topicals", "reaction_signs")
# What stands behind an item: its sign, and the column whose numbers it has; a day has none.
_BEHIND: Final = {"zones": ("=", "depth_mm"), "topicals": ("@", "redness_hours"), "conditions": ("@", "")}


class _Remembered(dict[str, str]):
    """What each text of one column was read as."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read

    def __missing__(self, cell: str) -> str:
        if len(cell) > LONGEST_CELL:
            raise Unreadable(f"The cell has {len(cell):,} characters, which is too many for this column.")
        found = self._read(cell)
        if len(self) < _MEMORY:
            self[cell] = found
        return found


class _Columns(dict[str, _Remembered]):
    """What is remembered of each column."""

    __slots__ = ("_reader",)

    def __init__(self, reader: Callable[[str], Callable[[str], str]]) -> None:
        self._reader = reader

    def __missing__(self, column: str) -> _Remembered:
        found = self[column] = _Remembered(self._reader(column))
        return found


class Cells:
    """How the cells of one table are read."""

    def __init__(self, answers: Answers, today: dt.date) -> None:
        """Read as *answers* say; a date lies at *today* at the latest."""
        self._answers = answers
        self._today = today
        self._columns = _Columns(self._reader)
        self._method = answers.method and answers.method.value

    def published(self, row: Row) -> tuple[Row, list[RowProblem]]:
        """Return *row* in the words of the published CSV, and what of it could not be read."""
        cells: dict[str, str] = {}
        problems = []
        columns = self._columns
        for column, cell in row.cells.items():
            try:
                if found := cell if column == FREE_TEXT else columns[column][cell]:
                    cells[column] = found
            except Unreadable as wrong:
                problems.append(RowProblem(row.line, column, str(wrong)))
        if self._method and METHOD not in row.cells:
            cells[METHOD] = self._method
        if REQUIRED not in row.cells:
            problems += _total(row)
        return Row(row.line, _with_time_of_date(cells)), problems

    def _reader(self, column: str) -> Callable[[str], str]:
        read: Callable[[str], str] = str
        if column == REQUIRED:
            read = self._read_date
        elif column == "time":
            read = read_time
        elif column in NUMBERS:
            read = partial(read_number, column=column, sign=self._answers.decimal)
        elif column in _LISTS:
            read = partial(_read_list, column=column)
        elif column in VOCABULARY or column in YES_NO:
            read = partial(_read_word, column=column)
        return lambda cell: "" if plain(cell) in load_words().empty else read(cell)

    def _read_date(self, cell: str) -> str:
        written = read_day(cell, self._today)
        day = choose_day(written, cell, self._answers.date_order).isoformat()
        return f"{day} {written.time}" if written.time else day


def _with_time_of_date(cells: dict[str, str]) -> dict[str, str]:
    """Move the time of day that stands behind a date to its own cell, unless one is there."""
    day, _, time = cells.get(REQUIRED, "").partition(" ")
    if time:
        cells[REQUIRED] = day
        if time != "00:00":  # as spreadsheets write a day alone
            cells.setdefault("time", time)
    return cells


def _total(row: Row) -> list[RowProblem]:
    """Return the problem of a row without a date that adds up others."""
    if not any(plain(cell) in load_words().totals for cell in row.cells.values()):
        return []
    sentence = "The line has no date and looks like one of totals, which is no record. Leave it out."
    return [RowProblem(row.line, REQUIRED, sentence)]


def _read_word(cell: str, column: str) -> str:
    found = load_words().cells[column].get(plain(cell))
    if found is None:
        raise _unknown(cell, column)
    return found


def _read_list(cell: str, column: str) -> str:
    words = load_words().cells[column]
    if plain(cell) in words:  # before it is taken apart: some words hold a comma or an “and”
        return words[plain(cell)]
    if plain(cell) == NOTHING_THERE and column != "zones":
        return NOTHING_THERE
    return "|".join(_read_item(item, column) for item in _ITEMS.split(cell.strip()))


def _read_item(item: str, column: str) -> str:
    """Return one item of a list as published, with the number or the day behind it."""
    words = load_words().cells[column]
    if (whole := words.get(plain(item))) is not None:
        return whole
    if len(item) > _LONGEST_ITEM:
        raise _unknown(item, column)
    parts = _WITH_NUMBER.fullmatch(item) or (_DEPTH_BEHIND.fullmatch(item) if column == "zones" else None)
    known = words.get(plain(parts["word"])) if parts and column in _BEHIND else None
    if parts is None or known is None:
        raise _unknown(item, column)
    sign, number_of = _BEHIND[column]
    number = read_number(parts["number"], number_of, None) if number_of else parts["number"]
    return "|".join(f"{word}{sign}{number}" for word in known.split("|"))


def _unknown(text: str, column: str) -> Unreadable:
    kind = VOCABULARY.get(column)
    words = labels.series(["yes", "no"] if kind is None else map(labels.word, kind), "or")
    if not text.strip():
        return Unreadable("An item of the list is empty; one sign stands between two items.")
    return Unreadable(f"{quoted(text)} is not known here; write {words}.")


def quoted(text: str) -> str:
    """Return *text* of a cell as a sentence quotes it."""
    return f"“{shorten(' '.join(text.split()))}”"
