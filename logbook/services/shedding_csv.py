"""Shedding records as CSV, read from anybody's file and written for anybody's spreadsheet."""

import datetime as dt
from collections.abc import Hashable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from logbook.domain.errors import RowProblem
from logbook.domain.session import RecordId, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SheddingMethod
from logbook.services.csv_records import RecordsFile, read_records
from logbook.services.csv_table import (
    Columns,
    Reader,
    Row,
    guarded,
    missing_cells,
    read_cells,
    read_date,
    read_text,
    read_whole,
    read_word,
    write_table,
)

COLUMNS: Final = ("date", "method", "value", "days_since_wash", "notes")
SHEDDING_COLUMNS: Final = Columns(COLUMNS, ("date", "method"))
MORE_THAN: Final = ">"  # before a value at which counting was given up

_METHODS: Final = {method.value: method for method in SheddingMethod}


def read_shedding(path: Path, person_id: RecordId, today: dt.date) -> RecordsFile[SheddingRecord]:
    """Read the shedding records of one person from the CSV *path*, none of which lies after *today*.

    Raises:
        UnreadableFile: it is not such a CSV at all. A row that cannot be taken is a problem of the answer instead.
    """
    return read_records(path, SHEDDING_COLUMNS, partial(read_shedding_row, person_id=person_id, today=today))


def read_shedding_row(row: Row, person_id: RecordId, today: dt.date) -> tuple[SheddingRecord | None, list[RowProblem]]:
    """Return the record that *row* says, as far as it can be read, and all that keeps it from being taken."""
    values, problems = read_cells(row, _READERS)
    problems.extend(missing_cells(row, SHEDDING_COLUMNS.required))
    if "method" not in values:  # whether a value is plausible depends on it
        return None, problems
    value, is_more_than = values.pop("value", (None, False))
    fields = {"date": today, **values}  # a stand-in for a date that cannot be read, so that the rest is looked at
    record = SheddingRecord(new_id(), person_id, value=value, is_more_than=is_more_than, **fields)
    problems += [RowProblem(row.line, wrong.field, wrong.message) for wrong in record.problems(today)]
    return record, problems


def write_shedding(records: Iterable[SheddingRecord], path: Path) -> None:
    """Write *records* to the CSV *path*, in their order.

    It has no column for ids, the hair length, the scalp's condition, exclusion and the session of a record.

    Raises:
        StorageError: the file cannot be written; then nothing of it is.
    """
    write_table(path, COLUMNS, map(_cells, records))


def visible_content(record: SheddingRecord) -> Hashable:
    """Return all of *record* that the CSV can hold: equal for two records that it cannot tell apart."""
    return (record.date, record.method, record.value, record.is_more_than, record.days_since_wash, record.notes)


def _read_value(cell: str) -> tuple[int, bool]:
    text = cell.strip()
    return read_whole(text.removeprefix(MORE_THAN), "a count"), text.startswith(MORE_THAN)


_READERS: Final[dict[str, Reader]] = {
    "date": read_date,
    "method": partial(read_word, allowed=_METHODS),
    "value": _read_value,
    "days_since_wash": partial(read_whole, what="days"),
    "notes": read_text,
}


def _cells(record: SheddingRecord) -> tuple[str, ...]:
    more = MORE_THAN if record.is_more_than else ""
    return (
        record.date.isoformat(),
        record.method,
        "" if record.value is None else f"{more}{record.value}",
        "" if record.days_since_wash is None else str(record.days_since_wash),
        guarded(record.notes),
    )
