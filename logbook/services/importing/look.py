"""A file looked at before anything of it is taken in: its first rows as they will be read, and what is to be asked."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from logbook.domain.edit import Record
from logbook.domain.errors import RowProblem
from logbook.domain.labels import series
from logbook.domain.units import Unreadable
from logbook.services.csv_table import FREE_TEXT, Row
from logbook.services.importing.cells import NO_ANSWERS, Answers, quoted
from logbook.services.importing.columns import METHOD, NO_DATE, REQUIRED, Columns, propose_columns, why_left_out
from logbook.services.importing.logbooks import read_records
from logbook.services.importing.memory import recall
from logbook.services.importing.questions import Evidence, Question, proposed_answers
from logbook.services.importing.rows import Rows, in_words
from logbook.services.importing.sheet import Sheet, find_sheet
from logbook.services.importing.source import Kind, read_source
from logbook.services.importing.words import plain
from logbook.services.logbook_json import KINDS

SHOWN: Final = 20  # rows
_MOST_UNDERSTOOD: Final = 60  # cells in all
_FEW: Final = 3  # of a column in which each cell is another
_MOST_TEXTS: Final = 2_000  # of a column that are looked through
NOT_RECORDED: Final = "not recorded"


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One cell, as it is written and as it will be read."""

    written: str
    read: str  # in words; empty where nothing was recorded, or where it is refused
    problem: str = ""

    @property
    def is_read_otherwise(self) -> bool:
        """Whether something else is read than stands there."""
        return bool(self.read) and self.read != self.written.strip()


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file."""

    line: int
    cells: tuple[PreviewCell, ...]  # of the columns of the preview
    problems: tuple[str, ...] = ()  # of the row as a whole, or of a column that the file has not


@dataclass(frozen=True, slots=True)
class Understood:
    """A text that is read as something else than stands there."""

    column: str  # as the file names it
    written: str
    read: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.column}: {quoted(self.written)} read as {self.read}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What is in a file, as far as it is understood."""

    kind: Kind
    name: str
    row_count: int  # of a table: rows that are not empty; of a logbook: records
    columns: Columns | None = None  # None: a logbook, which needs none
    is_recalled: bool = False  # whether the columns were chosen when such a header was last seen
    questions: tuple[Question, ...] = ()
    answers: Answers = NO_ANSWERS  # those given, and where none was given those that the file itself gives
    shown: tuple[str, ...] = ()  # the published columns that are read, in the order of the file
    rows: tuple[PreviewRow, ...] = ()
    understood: tuple[Understood, ...] = ()
    remarks: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)  # of a logbook: records by the JSON's keys

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that nobody has answered yet, nor the file."""
        return tuple(one for one in self.questions if getattr(self.answers, one.about.value) is None)

    @property
    def decided(self) -> tuple[Question, ...]:
        """The questions that the file itself answers, unless the person did so otherwise."""
        return tuple(
            one for one in self.questions if one.proposed and getattr(self.answers, one.about.value) is one.proposed
        )


def look(
    path: Path,
    today: dt.date,
    *,
    columns: Columns | None = None,
    answers: Answers = NO_ANSWERS,
    kind: Kind | None = None,
    recalls: bool = True,
) -> Preview:
    """Return what is in the file *path*, read as *columns* and *answers* say; nothing is changed.

    Without *columns* they are those chosen when such a header was last seen, where *recalls* allows it, or else those
    that its names suggest, for a table of *kind* or of the kind that it looks like.

    Raises:
        UnreadableFile: nothing can be made of it; the sentence says why.
    """
    source = read_source(path)
    if source.kind is not None:
        return _logbook(path, source.kind, read_records(path, source.kind, today))
    sheet = find_sheet(source)
    recalled = recall(sheet.header) if recalls and not (columns or kind) else None
    chosen = columns or recalled or propose_columns(sheet.header, kind)
    return _table(sheet, chosen, answers, today, is_recalled=recalled is not None)


def _logbook(path: Path, kind: Kind, records: Sequence[Record]) -> Preview:
    keys: dict[type[Any], str] = {one: key for key, one in KINDS.items()}
    found = Counter(keys[type(record)] for record in records)
    counts = {key: found[key] for key in KINDS if found[key]}
    return Preview(kind, path.name, len(records), counts=counts)


class _Pass:
    """One way through all rows of a table: how many there are, the first of them, and each text once."""

    def __init__(self, columns: Columns, today: dt.date) -> None:
        self.count = 0
        self.first: list[Row | RowProblem] = []
        self.evidence = Evidence(columns, today)
        self.texts: dict[str, dict[str, None]] = {target: {} for target in columns.targets if target}

    def add(self, row: Row | RowProblem) -> None:
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(row)
        if isinstance(row, RowProblem):
            return
        self.evidence.add(row)
        for column, cell in row.cells.items():
            texts = self.texts[column]
            if column != FREE_TEXT and len(texts) < _MOST_TEXTS:
                texts[cell] = None


def _table(sheet: Sheet, columns: Columns, answers: Answers, today: dt.date, *, is_recalled: bool) -> Preview:
    once = _Pass(columns, today)
    for row in sheet.rows(columns):
        once.add(row)
    questions = once.evidence.questions()
    answers = answers.over(proposed_answers(questions))
    reading = Rows(columns, answers, "", today)
    shown = tuple(target for target in columns.targets if target is not None)
    return Preview(
        columns.kind,
        sheet.source.name,
        once.count,
        columns,
        is_recalled,
        questions,
        answers,
        shown,
        tuple(_row(reading, shown, row) for row in once.first),
        tuple(islice(_understood(reading, columns, once.texts), _MOST_UNDERSTOOD)),
        (*sheet.remarks, *_remarks(columns)),
    )


def _row(reading: Rows, shown: Sequence[str], row: Row | RowProblem) -> PreviewRow:
    if isinstance(row, RowProblem):
        return PreviewRow(row.line, tuple(PreviewCell("", "") for _ in shown), (row.message,))
    _, problems = reading.read(row)
    published, _ = reading.cells.published(row)
    wrong = {problem.column: problem.message for problem in reversed(problems)}
    for column in {REQUIRED, METHOD} - set(shown):
        wrong.pop(column, None)  # of a column that the table has not, which is said once
    cells = tuple(_cell(column, row, published, wrong.pop(column, "")) for column in shown)
    return PreviewRow(row.line, cells, tuple(wrong.values()))


def _cell(column: str, row: Row, published: Row, problem: str) -> PreviewCell:
    text = published.cells.get(column, "")
    return PreviewCell(row.cells.get(column, ""), "" if problem or not text else in_words(column, text), problem)


def _understood(reading: Rows, columns: Columns, texts: Mapping[str, Iterable[str]]) -> Iterator[Understood]:
    """Go through the texts that are read as something else, a few of each column."""
    for column, cells in texts.items():
        left = _FEW if column == REQUIRED else _MOST_UNDERSTOOD
        for cell in cells:
            read = _read_as(reading, column, cell.strip())
            if read and plain(read) != plain(cell):
                yield Understood(columns.name_of(column), cell.strip(), read)
                left -= 1
            if not left:
                break


def _read_as(reading: Rows, column: str, cell: str) -> str:
    """Return in words what *cell* alone is read as; nothing where it is refused, or taken as it stands."""
    published, problems = reading.cells.published(Row(0, {column: cell}))
    text = published.cells.get(column, "")
    if problems or text == cell:
        return ""
    try:
        time = published.cells.get("time") if column == REQUIRED else None
        return f"{in_words(column, text)}, {time}" if time else in_words(column, text) or NOT_RECORDED
    except Unreadable:
        return ""


def _remarks(columns: Columns) -> Iterator[str]:
    """Go through the columns that are not read, with the reason where there is one."""
    without_reason = []
    for name, target in zip(columns.header, columns.targets, strict=True):
        if target is None and name:
            if why := why_left_out(name):
                yield f"The column {quoted(name)} is not read. {why}"
            else:
                without_reason.append(quoted(name))
    if without_reason:
        verb = "column is" if len(without_reason) == 1 else "columns are"
        yield f"This {verb} not read: {series(without_reason)}.".replace("This columns", "These columns")
    if REQUIRED not in columns.targets:
        yield NO_DATE
