"""A CSV of which every row is a record: those that can be taken, and why the others cannot."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from logbook.domain.errors import RowProblem
from logbook.services.csv_table import Columns, Row, read_table

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RecordsFile(Generic[R]):
    """What such a file holds."""

    rows: tuple[tuple[int, R], ...]  # with the line in the file, the header being line 1
    problems: tuple[RowProblem, ...]  # of the rows that are not in *rows*
    ignored_columns: tuple[str, ...]


def read_records(
    path: Path, columns: Columns, read: Callable[[Row], tuple[R | None, list[RowProblem]]]
) -> RecordsFile[R]:
    """Read the CSV *path*, each row with *read*: a record, if there is one, and all that keeps it from being taken.

    Raises:
        UnreadableFile: it is no CSV with *columns*. A row that cannot be taken is a problem of the answer instead.
    """
    table = read_table(path, columns)
    rows: list[tuple[int, R]] = []
    problems: list[RowProblem] = []
    for row in table.rows:
        if isinstance(row, RowProblem):
            problems.append(row)
            continue
        record, wrong = read(row)
        problems.extend(wrong)
        if record is not None and not wrong:
            rows.append((row.line, record))
    return RecordsFile(tuple(rows), tuple(problems), table.ignored_columns)
