"""Every kind of record as a table of its own, in a new folder: for a spreadsheet, and for whoever comes after."""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from logbook.domain.edit import Record
from logbook.domain.errors import StorageError
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.csv_table import guarded, write_table
from logbook.services.exchange import CSV, Exported, export
from logbook.services.logbook_json import KINDS, value_to_text
from logbook.storage.faults import explained
from logbook.storage.files import make_folder, sync_folder
from logbook.storage.leftovers import sweep_folders

_FILES: Final = {"events": "life-events", "limits": "agreed-limits"}  # where the file is not called as its key is
_PUBLISHED: Final[dict[str, type[Session] | type[SheddingRecord]]] = {"sessions": Session, "shedding": SheddingRecord}


def write_tables(records: Iterable[Record], folder: Path) -> Exported:
    """Write *records* to one CSV for each kind that is there, in the new *folder*.

    Sessions and shedding counts have the published columns, and can be imported; others have those of the JSON.

    Raises:
        StorageError: *folder* is there already, or cannot be written; then nothing of it is.
    """
    if os.path.lexists(folder):
        raise StorageError(f"{folder.name} is there already; it was left as it is. Choose another name for the folder.")
    if not folder.parent.is_dir():
        raise StorageError(f"The folder of {folder.name} is not there.")
    everything = list(records)
    by_key = {key: [one for one in everything if type(one) is kind] for key, kind in KINDS.items()}
    sweep_folders(folder)
    unfinished = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        with explained(folder):
            make_folder(unfinished)
        for key, found in by_key.items():
            if found:
                _write(found, unfinished / f"{_FILES.get(key, key)}{CSV}", _PUBLISHED.get(key))
        with explained(folder):
            unfinished.rename(folder)
            sync_folder(folder.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Exported({key: len(found) for key, found in by_key.items() if found}, {})


def _write(records: Sequence[Record], path: Path, published: type[Session] | type[SheddingRecord] | None) -> None:
    if published:
        export(records, path, published)
        return
    rows: list[dict[str, Any]] = [json.loads(value_to_text(record)) for record in records]
    write_table(path, list(rows[0]), ([_cell(value) for value in row.values()] for row in rows))


def _cell(value: Any) -> str:
    """Return a member of a JSON object as one cell: nothing for what was not recorded, a list with | between items."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, list):
        return "|".join(map(_cell, value)) or "none"
    if isinstance(value, Mapping):
        return " ".join(f"{key}={_cell(inner)}" for key, inner in value.items() if inner is not None)
    return str(value)
