"""A whole logbook taken into another: all its records, with the people they belong to."""

import datetime as dt
from pathlib import Path

from logbook.domain.edit import Record
from logbook.domain.errors import StorageError, UnreadableFile
from logbook.services.importing.source import Kind
from logbook.services.logbook_json import KINDS, check_records, read_logbook
from logbook.storage.database import Database
from logbook.storage.header import LATEST, inspect, read_revision


def read_records(path: Path, kind: Kind, today: dt.date) -> tuple[Record, ...]:
    """Return all records of the logbook *path* of *kind*, parents before children; the file stays as it is.

    Raises:
        UnreadableFile: something about it is wrong; the sentence says what.
    """
    return read_logbook(path, today) if kind is Kind.JSON else _read_file(path, today)


def _read_file(path: Path, today: dt.date) -> tuple[Record, ...]:
    try:
        inspect(path)
        if read_revision(path, read_only=True) != LATEST:
            sentence = "Open it in this program once, which keeps a copy of it, and import it then."
            raise UnreadableFile(f"{path.name} was written by an older version of the program. {sentence}")
        with Database.open(path, create=False, read_only=True) as database:
            records = tuple(record for kind in KINDS.values() for record in database.all(kind))
    except StorageError as error:
        raise UnreadableFile(str(error)) from error
    check_records(records, path.name, today)
    return records
