"""Copies of the logbook file that were looked through before they got their name."""

import contextlib
import datetime as dt
import os
import sqlite3
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from logbook.domain.errors import StorageError
from logbook.storage.check import Check, check
from logbook.storage.engine import connect
from logbook.storage.faults import damaged, explained
from logbook.storage.files import make_folder, settle, sha256_of, unfinished


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was whole when it was made."""

    path: Path
    size: int  # bytes
    counts: dict[str, int]  # rows by table
    sha256: str  # also in the file of the same name with .sha256 behind it
    made_at: dt.datetime  # local, whole seconds


def make_backup(source: sqlite3.Connection, path: Path, folder: Path, made_at: dt.datetime) -> Backup:
    """Copy the file at *path*, open as *source* outside any transaction, into *folder*, which is made if missing.

    Raises:
        DatabaseDamaged: the file itself is damaged; it is not copied.
        StorageError: the copy cannot be made or is not the same; nothing is left of it.
    """
    with explained(folder):
        make_folder(folder)
    with explained(path):
        original = check(source)
    if not original.is_good:
        raise damaged(path, (*original.integrity, *original.foreign_keys, "it does not tell its revision")[0])
    made_at = made_at.replace(microsecond=0)
    final = _free_name(folder, path.stem, made_at)
    with explained(final), unfinished(final) as copy:
        source.execute("VACUUM INTO ?", (str(copy.absolute()),))
        if (found := _check_copy(copy)) != original:
            raise StorageError(f"The copy of {path.name} is not the same as the file; it was not kept.")
        backup = Backup(final, copy.stat().st_size, found.counts, sha256_of(copy), made_at)
        _settle_with_checksum(copy, backup)
    return backup


def checksum_path(backup: Path) -> Path:
    """Return where the SHA-256 of *backup* is written, in the format of sha256sum."""
    return backup.with_name(f"{backup.name}.sha256")


def _free_name(folder: Path, stem: str, made_at: dt.datetime) -> Path:
    name = f"{stem}-{made_at:%Y%m%d-%H%M%S}"
    names = (folder / f"{name}{f'-{number}' if number > 1 else ''}.sqlite" for number in count(1))
    return next(path for path in names if not os.path.lexists(path) and not os.path.lexists(checksum_path(path)))


def _check_copy(copy: Path) -> Check:
    connection = connect(copy, read_only=True)
    try:
        return check(connection)
    finally:
        connection.close()


def _settle_with_checksum(copy: Path, backup: Backup) -> None:
    # The checksum goes first: a copy that has its name always has its checksum.
    checksum = checksum_path(backup.path)
    with unfinished(checksum) as text:
        text.write_text(f"{backup.sha256}  {backup.path.name}\n", encoding="utf-8")
        settle(text, checksum)
    try:
        settle(copy, backup.path)
    except BaseException:
        with contextlib.suppress(OSError):
            checksum.unlink()
        raise
