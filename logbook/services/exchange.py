"""Files in and out: an import is an edit that can be looked at before it is made, and undone after."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.errors import RowProblem, UnreadableFile
from logbook.domain.labels import count, series
from logbook.domain.person import Person
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.services import sessions_csv, shedding_csv
from logbook.services.csv_table import read_header
from logbook.services.logbook_json import KINDS, read_logbook, write_logbook

CSV: Final = ".csv"
JSON: Final = ".json"

_NOUNS: Final[dict[str, tuple[str, str]]] = {
    "people": ("person", "people"),
    "devices": ("device", "devices"),
    "cartridges": ("cartridge", "cartridges"),
    "sessions": ("session", "sessions"),
    "shedding": ("shedding record", "shedding records"),
    "events": ("life event", "life events"),
    "limits": ("agreed limit", "agreed limits"),
    "acknowledgements": ("acknowledgement", "acknowledgements"),
    "routines": ("routine", "routines"),
    "plans": ("planned session", "planned sessions"),
}
_KEYS: Final = {kind: key for key, kind in KINDS.items()}

R = TypeVar("R", Session, SheddingRecord)


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
        sentence = f"{_listed(self.written)} written."
        return f"{sentence} Not in this kind of file: {_listed(self.left_out)}." if self.left_out else sentence


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
        shedding = shedding_csv.read_shedding(path, person_id, today)
        mine = (r for r in present if isinstance(r, SheddingRecord) and r.person_id == person_id)
        new = _new(shedding.rows, mine, shedding_csv.visible_content)
        return _planned(path, "shedding", new, len(shedding.rows), shedding.problems, shedding.ignored_columns)
    sessions = sessions_csv.read_sessions(path, person_id, today)
    own = (r for r in present if isinstance(r, Session) and r.person_id == person_id)
    added = _new(sessions.rows, own, sessions_csv.visible_content)
    return _planned(path, "sessions", added, len(sessions.rows), sessions.problems, sessions.ignored_columns)


def export(records: Iterable[Record], path: Path, rows: type[Session] | type[SheddingRecord] = Session) -> Exported:
    """Write *records* to *path*: all of them as ``.json``, those of the kind *rows* by date as ``.csv``.

    Raises:
        UnreadableFile: the name ends in neither.
        StorageError: the file cannot be written; then nothing of it is.
    """
    everything = list(records)
    counts = _counts(everything)
    suffix = path.suffix.lower()
    if suffix == JSON:
        write_logbook(everything, path)
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


def _new(rows: Iterable[tuple[int, R]], present: Iterable[R], content: Callable[[R], Hashable]) -> list[R]:
    """Return the records of *rows* without as many of each content as are present."""
    there = Counter(map(content, present))
    new = []
    for _, record in rows:
        key = content(record)
        if there[key] > 0:
            there[key] -= 1
        else:
            new.append(record)
    return new


def _planned(
    path: Path, key: str, new: Sequence[Record], read: int, problems: tuple[RowProblem, ...], ignored: tuple[str, ...]
) -> PlannedImport:
    edit = Edit.adding(f"import of {_counted(key, len(new))} from {path.name}", new)
    return PlannedImport(edit, len(new), read - len(new), problems, ignored)


def _plan_logbook(path: Path, present: Iterable[Record], today: date) -> PlannedImport:
    there = {record.id: record for record in present}
    new: list[Record] = []
    places: Counter[type[Any]] = Counter()
    records = read_logbook(path, today)
    for record in records:
        same = there.get(record.id)
        if same is None:
            new.append(record)
        elif same != record:
            place = f"{_KEYS[type(record)]}[{places[type(record)]}]"
            raise UnreadableFile(f"{path.name}, {place}: The logbook has this record already, with another content.")
        places[type(record)] += 1
    edit = Edit.adding(f"import of {count(len(new), 'record')} from {path.name}", new)
    if edit.of(Person):
        # The person that every new logbook begins with gives way to the one that comes.
        gone = tuple(Replacement(person, None) for person in _blank_only(there.values()))
        edit = Edit(edit.text, (*edit.replacements, *gone))
    return PlannedImport(edit, len(new), len(records) - len(new), (), ())


def _blank_only(present: Iterable[Record]) -> Sequence[Person]:
    """Return the only person of a logbook in which nothing else was recorded yet, where nothing is known of them."""
    match list(present):
        case [Person() as person] if person == Person(person.id):
            return [person]
    return []


def _counts(records: Iterable[Record]) -> dict[str, int]:
    found = Counter(_KEYS[type(record)] for record in records)
    return {key: found[key] for key in KINDS if found[key]}


def _listed(counts: Mapping[str, int]) -> str:
    return series(_counted(key, number) for key, number in counts.items()) or "nothing"


def _counted(key: str, number: int) -> str:
    noun, plural = _NOUNS[key]
    return f"{number:,} {noun if number == 1 else plural}"  # people, as no rule makes of a person
