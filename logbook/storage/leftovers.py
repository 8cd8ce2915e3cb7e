"""What a program that was stopped in the middle left lying about: of no use, and full of private text."""

import re
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from logbook.storage.backup import checksum_path
from logbook.storage.faults import explained

_PART: Final = re.compile(r"\..+\.(sqlite|sha256|json|csv|lock)\.[0-9a-f]{8}\.part(-journal)?")
_DRILL: Final = re.compile(r"\.drill-.+")
_CHECKSUM: Final = checksum_path(Path(".sqlite")).name
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


def _is_leftover(path: Path) -> bool:
    is_lone = path.name.endswith(_CHECKSUM) and not path.with_suffix("").exists()
    if not (is_lone or _PART.fullmatch(path.name) or (_DRILL.fullmatch(path.name) and path.is_dir())):
        return False
    try:
        return time.time() - path.lstat().st_mtime > _ABANDONED
    except FileNotFoundError:  # it was somebody's at work after all
        return False
