"""Files in and out: an import is an edit that can be looked at before it is made, and undone after."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from logbook.domain.edit import Edit, Record
from logbook.domain.errors import RowProblem, UnreadableFile
from logbook.domain.labels import count, series
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.services import sessions_csv, shedding_csv
from logbook.services.already_there import Present, merged, refuse_conflicts
from logbook.services.counted import counted_kind, counted_records
from logbook.services.csv_table import read_header
from logbook.services.logbook_json import KINDS, read_logbook, write_logbook

CSV: Final = ".csv"
JSON: Final = ".json"

_KEYS: Final = {kind: key for key, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class PlannedImport:
    """What an import would do; nothing has been done yet."""

    edit: Edit
    added: int  # records
    skipped: int  # records that the logbook has already
    problems: tuple[RowProblem, ...]
    ignored_columns: tuple[str, ...]

    @property
    def refused(self) -> int:
        """The number of rows with problems; with those added and skipped it makes the rows of the file."""
        return len({problem.line for problem in self.problems})


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and what it had no place for, each as numbers of records under the JSON's keys."""

    written: Mapping[str, int]
    left_out: Mapping[str, int]

    def __str__(self) -> str:
        """Return both as sentences."""
        written = series(counted_kind(key, number) for key, number in self.written.items()) or "nothing"
        sentence = f"{written} written."
        return f"{sentence} Not in this kind of file: {counted_records(self.left_out)}." if self.left_out else sentence


def plan_import(path: Path, present: Sequence[Record], person_id: RecordId, today: date) -> PlannedImport:
    """Return what the import of *path* adds to the records *present*.

    The rows of a CSV become records of the person *person_id*; a logbook in JSON brings its own people. What is there
    already is left out: in a CSV by all that its columns say, in JSON by id.

    Raises:
        UnreadableFile: the file is none of these, or a record of it is in the logbook with another content.
    """
    if path.suffix.lower() == JSON:
        return _plan_logbook(path, present, today)
    if "method" in read_header(path, {*sessions_csv.COLUMNS, *shedding_csv.COLUMNS}):
        counts = shedding_csv.read_shedding(path, person_id, today)
        mine = (r for r in present if isinstance(r, SheddingRecord) and r.person_id == person_id)
        there = Present(mine, shedding_csv.visible_content)
        return _planned(path, "shedding", counts.rows, there, counts.problems, counts.ignored_columns)
    sessions = sessions_csv.read_sessions(path, person_id, today)
    own = (r for r in present if isinstance(r, Session) and r.person_id == person_id)
    there = Present(own, sessions_csv.visible_content)
    return _planned(path, "sessions", sessions.rows, there, sessions.problems, sessions.ignored_columns)


def export(
    records: Iterable[Record],
    path: Path,
    rows: type[Session] | type[SheddingRecord] = Session,
    is_cancelled: Callable[[], bool] = bool,
) -> Exported:
    """Write *records* to *path*: all of them as ``.json``, those of the kind *rows* by date as ``.csv``.

    Raises:
        UnreadableFile: the name ends in neither.
        StorageError: the file cannot be written; then nothing of it is.
        Cancelled: *is_cancelled* said so in time.
    """
    everything = list(records)
    counts = _counts(everything)
    suffix = path.suffix.lower()
    if suffix == JSON:
        write_logbook(everything, path, is_cancelled)
        return Exported(counts, {})
    if suffix != CSV:
        raise UnreadableFile(f"{path.name} ends in neither .csv, for the sessions, nor .json, for everything.")
    if rows is SheddingRecord:
        shedding = [record for record in everything if isinstance(record, SheddingRecord)]
        shedding_csv.write_shedding(sorted(shedding, key=lambda record: (record.date, record.id)), path)
    else:
        sessions = [record for record in everything if isinstance(record, Session)]
        sessions_csv.write_sessions(sorted(sessions, key=lambda session: session.order), path)
    written = _KEYS[rows]
    return Exported({written: counts.get(written, 0)}, {key: n for key, n in counts.items() if key != written})


def _planned(
    path: Path,
    key: str,
    rows: Iterable[tuple[int, Session | SheddingRecord]],
    there: Present,
    problems: tuple[RowProblem, ...],
    ignored: tuple[str, ...],
) -> PlannedImport:
    new: list[Record] = []
    skipped = 0
    for _, record in rows:
        if there.takes(record):
            skipped += 1
        else:
            new.append(record)
    edit = Edit.adding(f"import of {counted_kind(key, len(new))} from {path.name}", new)
    return PlannedImport(edit, len(new), skipped, problems, ignored)


def _plan_logbook(path: Path, present: Iterable[Record], today: date) -> PlannedImport:
    found = merged(read_logbook(path, today), present)
    refuse_conflicts(path.name, found)
    edit = Edit(f"import of {count(found.added, 'record')} from {path.name}", found.replacements)
    return PlannedImport(edit, found.added, found.skipped, (), ())


def _counts(records: Iterable[Record]) -> dict[str, int]:
    found = Counter(_KEYS[type(record)] for record in records)
    return {key: found[key] for key in KINDS if found[key]}
