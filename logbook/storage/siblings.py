"""Files beside a logbook that a sync client left when two computers had changed it."""

import datetime as dt
import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from logbook.domain.errors import LogbookError
from logbook.storage.faults import explained
from logbook.storage.header import inspect

# What comes between the logbook's name and its suffix. OneDrive puts a computer's name there and nothing else: known
# by its capitals, as Windows makes such names, so that another logbook (“logbook-kim.sqlite”) is not taken for one.
_BETWEEN: Final = (
    ("Syncthing", re.compile(r"\.sync-conflict-[0-9]{8}-[0-9]{6}(?:-[A-Z0-9]+)?")),
    ("Seafile", re.compile(r" \(SFConflict .+\)")),
    ("Dropbox or Nextcloud", re.compile(r" \(.*\bconflicted copy\b.*\)", re.IGNORECASE)),
    ("Dropbox", re.compile(r" \((?:Case Conflict|Unicode Encoding Conflict).*\)", re.IGNORECASE)),
    ("ownCloud", re.compile(r"_conflict-[0-9]{8}-[0-9]{6}")),
    ("Synology Drive", re.compile(r"_.+_[A-Z][a-z]{2}-[0-9-]+_\w*Conflict(?:_[0-9]+)?")),
    ("Resilio Sync", re.compile(r"\.Conflict", re.IGNORECASE)),
    ("Google Drive", re.compile(r" \([0-9]{1,3}\)| \[Conflict\]|_conf\([0-9]+\)")),
    ("iCloud Drive", re.compile(r" [0-9]{1,2}")),
    ("OneDrive", re.compile(r"-(?=[^a-z]*[A-Z])[A-Z0-9](?:[A-Z0-9-]{0,13}[A-Z0-9])?(?:-[0-9]{1,3})?")),
)


@dataclass(frozen=True, slots=True)
class Sibling:
    """A file that looks like another state of a logbook."""

    path: Path
    client: str  # the program that gives such names
    changed_at: dt.datetime  # local, whole seconds
    size: int  # bytes


def siblings(path: Path) -> tuple[Sibling, ...]:
    """Return the logbooks beside *path*, whether it is there or not, that are named as its conflicts are; newest first.

    None of them is opened: what they hold is for the one who asks to find out.

    Raises:
        StorageError: the folder is there and cannot be read.
    """
    path = path.absolute()
    with explained(path.parent):
        try:
            names = [entry.name for entry in os.scandir(path.parent) if entry.is_file(follow_symlinks=False)]
        except (FileNotFoundError, NotADirectoryError):
            return ()
    found = [one for name in names if (one := _sibling(path, path.with_name(name)))]
    return tuple(sorted(found, key=lambda one: (one.changed_at, one.path.name), reverse=True))


def _sibling(path: Path, other: Path) -> Sibling | None:
    client = _client(path, other)
    if client is None:
        return None
    try:
        with explained(other):
            inspect(other)
            found = other.stat()
            changed_at = dt.datetime.fromtimestamp(int(found.st_mtime))
    except (LogbookError, ValueError):
        return None  # gone meanwhile, no logbook, or of no date
    return Sibling(other, client, changed_at, found.st_size)


def _client(path: Path, other: Path) -> str | None:
    if other.suffix != path.suffix or not other.stem.startswith(path.stem):
        return None
    between = other.stem.removeprefix(path.stem)
    if between.casefold() == f"-{platform.node()}".casefold():
        return "OneDrive"
    return next((client for client, pattern in _BETWEEN if pattern.fullmatch(between)), None)
