"""A whole logbook taken into another: all its records, with the people they belong to."""

import datetime as dt
from pathlib import Path
from typing import Final

from logbook.domain.edit import Record
from logbook.domain.errors import StorageError, UnreadableFile
from logbook.services.importing.source import Kind
from logbook.services.logbook_json import KINDS, check_records, read_logbook
from logbook.storage import snapshot

_ORDER: Final = {kind: place for place, kind in enumerate(KINDS.values())}


def read_records(path: Path, kind: Kind, today: dt.date) -> tuple[Record, ...]:
    """Return all records of the logbook *path* of *kind*, parents before children; the file stays as it is.

    One of an older version is brought up to date in memory, so that no copy of it is ever on the disk.

    Raises:
        UnreadableFile: something about it is wrong; the sentence says what.
    """
    return read_logbook(path, today) if kind is Kind.JSON else _read_file(path, today)


def _read_file(path: Path, today: dt.date) -> tuple[Record, ...]:
    try:
        records = sorted(snapshot.read_records(path), key=lambda record: _ORDER[type(record)])
    except StorageError as error:
        raise UnreadableFile(str(error)) from error
    check_records(records, path.name, today)
    return tuple(records)
