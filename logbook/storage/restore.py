"""Putting a backup in the place of the logbook, with a copy of what stood there first."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from logbook.domain.errors import DatabaseDamaged, StorageError
from logbook.storage.backup import Backup, Occasion, make_backup, verify
from logbook.storage.check import check
from logbook.storage.engine import connect
from logbook.storage.faults import damaged, explained
from logbook.storage.files import copy_private, make_folder, put_in_place, sha256_of, unfinished
from logbook.storage.header import LATEST, inspect, read_revision
from logbook.storage.lock import Lock
from logbook.storage.snapshot import read_records

# What SQLite keeps beside a file: left there, it would be written into the restored one.
BESIDE: Final = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, and what stood there before."""

    path: Path
    backup: Backup  # what was restored
    counts: Mapping[str, int]  # rows by table, as they are there now
    before: Backup | None  # a copy of what stood there: restoring it takes this back
    damaged_copy: Path | None  # its bytes, where it was damaged; of a missing file there is neither
    is_sure: bool  # no power cut can bring back the old file any more


def restore(backup: Backup, target: Path, made_at: dt.datetime) -> Restored:
    """Put the content of *backup* at *target*; *made_at* is now, in local time.

    The backup is read to its end first, and brought up to date in a copy. Whenever it is stopped, the old file stands
    at *target* or the new one. Close it first: one that this program has open would say that its file was replaced.

    Raises:
        DatabaseDamaged: the backup is not what was written.
        DatabaseTooNew: a newer version of the program wrote it.
        AlreadyOpen: another program has the logbook open for writing.
        StorageError: a copy could not be made, or the disk refuses; *target* is as it was.
    """
    target = target.absolute()
    proven = verify(backup)
    if not proven.is_verified:
        raise DatabaseDamaged(proven.fault)
    with explained(target):
        make_folder(target.parent)
    with _locked(target), explained(target):
        real = target.resolve()  # of a link, the file is replaced that it leads to
        with unfinished(real) as copy:
            counts = _prepare(proven, copy)
            before, damaged_copy, mark = _keep_present(target, real, made_at)
            if _mark(real) != mark:
                raise StorageError(f"{target.name} was changed in this very moment; nothing was restored. Try again.")
            for suffix in BESIDE:
                _beside(real, suffix).unlink(missing_ok=True)
            is_sure = put_in_place(copy, real)
    return Restored(target, proven, counts, before, damaged_copy, is_sure)


def _prepare(backup: Backup, copy: Path) -> Mapping[str, int]:
    """Fill *copy* with *backup* as this version has it, and return its rows by table.

    Raises:
        StorageError: it is not what it should be.
    """
    shutil.copyfile(backup.path, copy)
    if sha256_of(copy) != backup.sha256:
        raise damaged(backup.path, "it was changed while it was read")
    if read_revision(copy, read_only=True) != LATEST:
        from logbook.storage import upgrade  # noqa: PLC0415 - alembic takes 0.3 s, and the window imports this

        upgrade.migrate(copy)
    with closing(connect(copy, read_only=True)) as connection:
        found = check(connection)
    if not found.is_good or found.revision != LATEST:
        raise damaged(backup.path, (*found.integrity, *found.foreign_keys, "it could not be brought up to date")[0])
    with _called(backup.path):
        read_records(copy)
    return found.counts


def _keep_present(
    target: Path, real: Path, made_at: dt.datetime
) -> tuple[Backup | None, Path | None, tuple[int, ...] | None]:
    """Return a copy of what stands at *target*, or else of its bytes, and by what a later change of it is noticed."""
    mark = _mark(real)
    if mark is None or not real.stat().st_size:
        return None, None, mark  # of a file without a byte there is nothing to keep
    try:
        _insist_on_logbook(real)
        with closing(connect(real, read_only=not os.access(real, os.W_OK))) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # what was left half done is taken back
            mark = _mark(real)
            folder = target.parent / "backups"
            return make_backup(connection, target, folder, made_at, Occasion.RESTORE), None, mark
    except DatabaseDamaged:
        pass
    return None, _copy_bytes(real, made_at), mark


def _insist_on_logbook(path: Path) -> None:
    """See to it that *path* is a logbook.

    Raises:
        DatabaseDamaged: it is anything else: nothing, perhaps, as a full disk may have left of it.
    """
    try:
        inspect(path)
    except StorageError as error:
        raise DatabaseDamaged(str(error)) from error


def _copy_bytes(real: Path, made_at: dt.datetime) -> Path:
    stem = f"{real.stem}-damaged-{made_at:%Y%m%d-%H%M%S}"
    names = (real.with_name(f"{stem}{f'-{number}' if number > 1 else ''}{real.suffix}") for number in count(1))
    free = next(path for path in names if not os.path.lexists(path))
    for suffix in (*BESIDE, ""):
        if _beside(real, suffix).exists():
            copy_private(_beside(real, suffix), _beside(free, suffix))
    return free


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _mark(path: Path) -> tuple[int, ...] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def _called(path: Path) -> Iterator[None]:
    """Have damage told of the file at *path*, and not of the copy that it was found in."""
    try:
        yield
    except DatabaseDamaged as error:
        raise DatabaseDamaged(f"{path.name} cannot be restored: {error}") from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = Lock(path)
    lock.hold()
    try:
        yield
    finally:
        lock.release()
