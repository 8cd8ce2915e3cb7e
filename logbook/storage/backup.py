"""Copies of the logbook file that were looked through before they got their name, and the proof that they still are."""

import contextlib
import datetime as dt
import json
import os
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Any, Final, TypeGuard

from logbook.domain.errors import LogbookError, StorageError
from logbook.storage.check import Check, check
from logbook.storage.engine import connect
from logbook.storage.faults import damaged, explained
from logbook.storage.files import make_folder, settle, sha256_of, unfinished
from logbook.storage.header import inspect

_NAME: Final = re.compile(
    r"(?P<logbook>.+)-(?P<at>[0-9]{8}-[0-9]{6})(?:-(?P<occasion>[a-z]+))?(?:-(?P<number>[0-9]{1,9}))?\.sqlite"
)
_MOMENT: Final = "%Y%m%d-%H%M%S"
_SUFFIX: Final = ".sqlite"
_CHECKSUM: Final = ".sha256"
_MOST_TEXT: Final = 64 * 1024  # bytes of a checksum with what it says of its copy


class Occasion(StrEnum):
    """Why a copy was made."""

    MANUAL = "manual"
    CLOSE = "close"
    HOURLY = "hourly"
    MIGRATION = "migration"
    RESTORE = "restore"
    IMPORT = "import"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy: what is said of it, and how far that is proven."""

    path: Path
    logbook: str  # whose copy it is, as `logbook_name` gives it
    made_at: dt.datetime  # local, whole seconds
    occasion: Occasion
    size: int  # bytes
    counts: Mapping[str, int]  # rows by table
    revision: str | None = None  # of the schema; None: not told
    sha256: str = ""  # also in the file of the same name with .sha256 behind it
    fault: str = ""  # a sentence; where there is one, the copy is not to be offered as good
    is_verified: bool = False  # it was read from end to end, and is what was written

    @property
    def is_sound(self) -> bool:
        """Whether nothing is known against it."""
        return not self.fault


def make_backup(
    source: sqlite3.Connection,
    path: Path,
    folder: Path,
    made_at: dt.datetime,
    occasion: Occasion = Occasion.MANUAL,
) -> Backup:
    """Copy the file at *path*, open as *source* outside any transaction, into *folder*, which is made if missing.

    Raises:
        DatabaseDamaged: the file itself is damaged; it is not copied.
        StorageError: the copy cannot be made or is not the same; nothing is left of it.
    """
    with explained(folder):
        make_folder(folder)
    with explained(path):
        original = _look_through(path)  # not by *source*, which may remember what the disk has lost
    if not original.is_good:
        raise damaged(path, (*original.integrity, *original.foreign_keys, "it does not tell its revision")[0])
    made_at = made_at.replace(microsecond=0)
    final = _free_name(folder, f"{logbook_name(path)}-{made_at.strftime(_MOMENT)}-{occasion}")
    with explained(final), unfinished(final) as copy:
        source.execute("VACUUM INTO ?", (str(copy.absolute()),))
        if (found := _look_through(copy)) != original:
            raise StorageError(f"The copy of {path.name} is not the same as the file; it was not kept.")
        backup = Backup(
            final,
            logbook_name(path),
            made_at,
            occasion,
            copy.stat().st_size,
            found.counts,
            found.revision,
            sha256_of(copy),
            is_verified=True,
        )
        _settle_with_checksum(copy, backup)
    return backup


def logbook_name(path: Path) -> str:
    """Return the name by which the copies of the logbook at *path* are told from those of others in a folder."""
    return path.stem if path.suffix == _SUFFIX else path.name


def checksum_path(backup: Path) -> Path:
    """Return where the SHA-256 of *backup* is written, in the format of sha256sum with a line of comment."""
    return backup.with_name(backup.name + _CHECKSUM)


def is_name_of_checksum(name: str) -> bool:
    """Tell whether *name* is that of a file that `checksum_path` gives for a copy."""
    return name.endswith(_CHECKSUM) and _NAME.fullmatch(name.removesuffix(_CHECKSUM)) is not None


def list_backups(folder: Path, logbook: str | None = None) -> tuple[Backup, ...]:
    """Return the copies in *folder*, newest first: those of *logbook*, or of every one. None is read to its end.

    Raises:
        StorageError: the folder is there and cannot be read.
    """
    with explained(folder):
        try:
            files = [entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)]
        except FileNotFoundError:
            return ()
    found = [known for name in files if (known := _known(folder / name)) and logbook in (None, known.logbook)]
    return tuple(sorted(found, key=_age, reverse=True))


def verify(backup: Backup) -> Backup:
    """Read *backup* from end to end, and return it with what is proven of it or with what is wrong.

    The file is what was written if its SHA-256 is; it is then also opened, looked through and counted.
    """
    if backup.fault:
        return replace(backup, is_verified=False)
    try:
        with explained(backup.path):
            fault = _fault_inside(backup)
    except LogbookError as error:
        fault = str(error)
    return replace(backup, fault=fault, is_verified=not fault)


def remove_backup(backup: Backup) -> None:
    """Take *backup* and its checksum out of their folder.

    Raises:
        StorageError: it cannot be removed.
    """
    with explained(backup.path):
        backup.path.unlink(missing_ok=True)
        checksum_path(backup.path).unlink(missing_ok=True)  # last: a copy that is there always has its checksum


def _free_name(folder: Path, name: str) -> Path:
    names = (folder / f"{name}{f'-{number}' if number > 1 else ''}{_SUFFIX}" for number in count(1))
    return next(path for path in names if not os.path.lexists(path) and not os.path.lexists(checksum_path(path)))


def _look_through(path: Path) -> Check:
    connection = connect(path, read_only=True)
    try:
        return check(connection)
    finally:
        connection.close()


def _settle_with_checksum(copy: Path, backup: Backup) -> None:
    # The checksum goes first: a copy that has its name always has its checksum.
    checksum = checksum_path(backup.path)
    told = json.dumps({"size": backup.size, "revision": backup.revision, "counts": backup.counts})
    with unfinished(checksum) as text:
        text.write_text(f"{backup.sha256}  {backup.path.name}\n# {told}\n", encoding="utf-8", newline="\n")
        settle(text, checksum)
    try:
        settle(copy, backup.path)
    except BaseException:
        with contextlib.suppress(OSError):
            checksum.unlink()
        raise


def _age(backup: Backup) -> tuple[dt.datetime, int, str]:
    return backup.made_at, len(backup.path.name), backup.path.name  # of one second, “-10” comes after “-2”


def _known(path: Path) -> Backup | None:
    """Return what can be told of the file at *path* at a glance; None where its name is not that of a copy."""
    if (name := _NAME.fullmatch(path.name)) is None:
        return None
    try:
        made_at = dt.datetime.strptime(name["at"], _MOMENT)
    except ValueError:
        return None
    occasion = Occasion(name["occasion"]) if name["occasion"] in set(Occasion) else Occasion.MANUAL
    known = Backup(path, name["logbook"], made_at, occasion, 0, {})
    try:
        with explained(path):
            known = replace(known, size=path.stat().st_size)
            inspect(path)
            return _with_checksum(known)
    except LogbookError as error:
        return replace(known, fault=str(error))


def _with_checksum(known: Backup) -> Backup:
    """Return *known* with what the file beside it says of it.

    Raises:
        StorageError: it says nothing, or something else.
    """
    name = known.path.name
    try:
        with checksum_path(known.path).open(encoding="utf-8") as file:
            first, _, rest = file.read(_MOST_TEXT).partition("\n")
    except FileNotFoundError as error:
        raise StorageError(
            f"The checksum of {name} is not there: nothing proves that it is what was written."
        ) from error
    except UnicodeDecodeError as error:
        raise damaged(checksum_path(known.path), "it is no text") from error
    sha256, _, whose = first.partition("  ")
    if not re.fullmatch("[0-9a-f]{64}", sha256) or whose != name:
        raise damaged(checksum_path(known.path), f"it holds no checksum of {name}")
    return _described(replace(known, sha256=sha256), rest.removeprefix("# "))


def _described(known: Backup, told: str) -> Backup:
    if not told:  # as copies were left before they said what is in them
        found = _look_through(known.path)
        return replace(known, counts=found.counts, revision=found.revision)
    try:
        match json.loads(told):
            case {"size": int(size), "revision": str(revision), "counts": {**counts}} if _are_counts(counts):
                if size == known.size:
                    return replace(known, counts=counts, revision=revision)
                raise damaged(known.path, f"it holds {known.size:,} bytes and was made with {size:,}")
    except (ValueError, RecursionError):
        pass
    raise damaged(checksum_path(known.path), "what it tells of the copy cannot be read")


def _are_counts(counts: Mapping[Any, object]) -> TypeGuard[Mapping[str, int]]:
    return all(isinstance(number, int) and number >= 0 for number in counts.values())


def _fault_inside(backup: Backup) -> str:
    name = backup.path.name
    if sha256_of(backup.path) != backup.sha256:
        return str(damaged(backup.path, "it is no longer what was written, as its checksum tells"))
    found = _look_through(backup.path)
    if not found.is_good:
        return str(damaged(backup.path, (*found.integrity, *found.foreign_keys, "it does not tell its revision")[0]))
    if (found.counts, found.revision) != (backup.counts, backup.revision):
        return f"What is told of {name} is not what is in it."
    return ""
