"""How the columns of a table were read when one with the same header was last taken in."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from logbook.domain.errors import StorageError, UnreadableFile
from logbook.services.csv_table import read_bytes, whole_file
from logbook.services.importing.columns import Columns
from logbook.services.importing.source import Kind
from logbook.services.importing.words import plain
from logbook.services.places import remembered_columns
from logbook.storage.faults import explained
from logbook.storage.files import make_folder

_VERSION: Final = 1
_MOST: Final = 100  # headers; the one that was used longest ago goes first
_MOST_BYTES: Final = 1024 * 1024


def recall(header: Sequence[str], path: Path | None = None) -> Columns | None:
    """Return how the columns of *header* were read the last time; None where there was none that still makes sense."""
    found = _read(path or remembered_columns()).get(_key(header))
    if found is None:
        return None
    kind, targets = found
    columns = Columns(kind, tuple(header), targets)
    taken = [target for target in targets if target is not None]
    fits = len(targets) == len(header) and len(set(taken)) == len(taken) and set(taken) <= set(columns.known)
    return columns if fits else None


def remember(columns: Columns, path: Path | None = None) -> None:
    """Keep how *columns* were read, for the next table with the same header.

    Of the header a checksum is kept, so that nothing somebody wrote stands in a file beside the logbook.

    Raises:
        StorageError: it cannot be written; the import itself has nothing to do with it.
    """
    path = path or remembered_columns()
    known = _read(path)
    key = _key(columns.header)
    known.pop(key, None)
    known[key] = (columns.kind, columns.targets)
    headers = [
        {"header": one, "kind": kind.value, "columns": list(targets)}
        for one, (kind, targets) in list(known.items())[-_MOST:]
    ]
    with explained(path):
        make_folder(path.parent)
    with whole_file(path) as stream:
        json.dump({"version": _VERSION, "headers": headers}, stream, indent=1)


def _key(header: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(map(plain, header)).encode("utf-8", "replace")).hexdigest()


def _read(path: Path) -> dict[str, tuple[Kind, tuple[str | None, ...]]]:
    """Return what is kept, by header; a file that cannot be read keeps nothing."""
    known: dict[str, tuple[Kind, tuple[str | None, ...]]] = {}
    with suppress(UnreadableFile, StorageError, ValueError, KeyError, TypeError, RecursionError):
        if not path.exists():
            return known
        document: Any = json.loads(read_bytes(path, _MOST_BYTES))
        if document["version"] != _VERSION:
            return known
        for one in document["headers"]:
            known[str(one["header"])] = (Kind(one["kind"]), tuple(one["columns"]))
    return known
