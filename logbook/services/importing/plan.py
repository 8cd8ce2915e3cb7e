"""What an import would do, as one edit; nothing is done yet."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from logbook.domain.edit import Edit, Record
from logbook.domain.errors import LogbookError, RowProblem, UnreadableFile
from logbook.domain.labels import count
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.services import sessions_csv, shedding_csv
from logbook.services.already_there import Present, merged, refuse_conflicts
from logbook.services.csv_table import Row
from logbook.services.exchange import PlannedImport
from logbook.services.importing.cells import Answers
from logbook.services.importing.columns import METHOD, Columns
from logbook.services.importing.logbooks import read_records
from logbook.services.importing.rows import Rows
from logbook.services.importing.sheet import Sheet, find_sheet
from logbook.services.importing.source import Kind, read_source
from logbook.storage.collecting import without_collecting

_EVERY: Final = 500  # rows

Progress = Callable[[int, int], None]  # the line reached, and about how many there are


class ImportCancelled(LogbookError):
    """The person stopped an import before anything was changed."""


def plan(
    path: Path,
    columns: Columns | None,
    answers: Answers,
    present: Sequence[Record],
    person_id: RecordId,
    today: dt.date,
    *,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    leave_out_refused: bool = False,
) -> PlannedImport:
    """Return what the import of *path*, read as *columns* and *answers* say, adds to the records *present*.

    The rows of a table become records of the person *person_id*; a logbook, for which *columns* are None, brings its
    own people. What is there already is left out: of a table by all that it says, of a logbook by id. Unless
    *leave_out_refused*, one row that is refused leaves the edit without any change; the counts are the same either
    way, and with the refused ones they make all that was read.

    Raises:
        UnreadableFile: nothing of it can be taken; or a record of a logbook is here with another content, unless those
            are left out.
        ImportCancelled: *is_cancelled* said so.
    """
    report = _Report(progress, is_cancelled)
    source = read_source(path)
    if source.kind is not None:
        report(0, 1)
        return _of_logbook(path, source.kind, present, today, leave_out_refused=leave_out_refused)
    sheet = find_sheet(source)
    if columns is None or columns.header != sheet.header:
        raise UnreadableFile(f"{path.name} was changed since you looked at it; look at it again.")
    columns.check(path.name)
    if columns.kind is Kind.SHEDDING and METHOD not in columns.targets and answers.method is None:
        raise UnreadableFile(f"{path.name}: The table does not say how the hairs were counted; choose the method.")
    reading = Rows(columns, answers, person_id, today)
    there = _present(present, columns.kind, person_id)
    with without_collecting():
        return _of_table(sheet, columns, reading, there, report, leave_out_refused)


class _Report:
    """Tells how far it is, and stops where the person asks for it."""

    def __init__(self, progress: Progress | None, is_cancelled: Callable[[], bool] | None) -> None:
        self._progress = progress
        self._is_cancelled = is_cancelled

    def __call__(self, done: int, of: int) -> None:
        if self._is_cancelled and self._is_cancelled():
            raise ImportCancelled("The import was stopped; nothing was changed.")
        if self._progress:
            self._progress(done, of)


def _of_table(
    sheet: Sheet, columns: Columns, reading: Rows, present: Present, report: _Report, leave_out_refused: bool
) -> PlannedImport:
    new: list[Record] = []
    problems: list[RowProblem] = []
    skipped = 0
    lines = sheet.lines
    for place, row in enumerate(sheet.rows(columns)):
        if place % _EVERY == 0:
            report(row.line, lines)
        record, wrong = reading.read(row) if isinstance(row, Row) else (None, [row])
        if record is None:
            problems += map(reading.named, wrong) if isinstance(row, Row) else wrong
        elif present.takes(record):
            skipped += 1
        else:
            new.append(record)
    report(lines, lines)
    is_whole = leave_out_refused or not problems
    noun = "session" if columns.kind is Kind.SESSIONS else "shedding record"
    edit = Edit.adding(f"import of {count(len(new), noun)} from {sheet.source.name}", new if is_whole else ())
    return PlannedImport(edit, len(new), skipped, tuple(problems), columns.left_out)


def _present(records: Sequence[Record], kind: Kind, person_id: RecordId) -> Present:
    if kind is Kind.SESSIONS:
        sessions = (one for one in records if isinstance(one, Session) and one.person_id == person_id)
        return Present(sessions, sessions_csv.visible_content)
    counts = (one for one in records if isinstance(one, SheddingRecord) and one.person_id == person_id)
    return Present(counts, shedding_csv.visible_content)


def _of_logbook(
    path: Path, kind: Kind, present: Sequence[Record], today: dt.date, *, leave_out_refused: bool
) -> PlannedImport:
    found = merged(read_records(path, kind, today), present)
    if not leave_out_refused:
        refuse_conflicts(path.name, found)
    edit = Edit(f"import of {count(found.added, 'record')} from {path.name}", found.replacements)
    return PlannedImport(edit, found.added, found.skipped, found.problems, ())
