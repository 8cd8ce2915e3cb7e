"""What a program that was stopped in the middle left lying about: of no use, and full of private text."""

import re
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from logbook.domain.errors import StorageError
from logbook.storage.backup import is_name_of_checksum
from logbook.storage.faults import explained

_PART: Final = re.compile(r"\..+\.(sqlite|sha256|json|csv|ics|png|svg|pdf|lock)\.[0-9a-f]{8}\.part(-journal)?")
_FOLDER: Final = re.compile(r"\..+\.[0-9a-f]{8}\.part")  # of tables, or of one copy on its way to its name
_INSIDE: Final = re.compile(r"[^.].*\.(csv|sqlite|sqlite\.sha256)")
_DRILL: Final = re.compile(r"\.drill-.+")
_ABANDONED: Final = 3600  # seconds: a younger one may be somebody's at work


def find_leftovers(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the unfinished files in *folders*, and the checksums of copies that are not there; oldest names first.

    Raises:
        StorageError: a folder is there and cannot be read.
    """
    found = []
    for folder in folders:
        with explained(folder):
            if folder.is_dir():
                found += [one for one in sorted(folder.iterdir()) if _is_leftover(one)]
    return tuple(found)


def remove_leftovers(leftovers: Iterable[Path]) -> None:
    """Take *leftovers* away.

    Raises:
        StorageError: one of them cannot be removed; those before it are gone.
    """
    for one in leftovers:
        with explained(one):
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one)
            else:
                one.unlink(missing_ok=True)


def sweep_folders(beside: Path) -> None:
    """Take away the unfinished folders *beside* which another is to be made; what cannot go stays for the next time."""
    with suppress(StorageError, OSError):
        remove_leftovers(one for one in sorted(beside.parent.iterdir()) if _is_unfinished(one) and _is_old(one))


def _is_leftover(path: Path) -> bool:
    if path.is_dir():
        return (_is_unfinished(path) or _DRILL.fullmatch(path.name) is not None) and _is_old(path)
    is_lone = is_name_of_checksum(path.name) and not path.with_suffix("").exists()
    return (is_lone or _PART.fullmatch(path.name) is not None) and _is_old(path)


def _is_unfinished(path: Path) -> bool:
    """Tell whether *path* is a folder that got its files, all of ours, and not its name."""
    if not _FOLDER.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
        return False
    try:
        inside = list(path.iterdir())
    except OSError:  # whatever is in it, it is none of what this user left
        return False
    return all(one.is_file() and (_INSIDE.fullmatch(one.name) or _PART.fullmatch(one.name)) for one in inside)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.lstat().st_mtime > _ABANDONED
    except FileNotFoundError:  # it was somebody's at work after all
        return False
