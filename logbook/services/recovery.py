"""What stands where a logbook should be, in words, and what can be done where it is not one that opens."""

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Final

from logbook.domain import labels
from logbook.domain.edit import Record
from logbook.domain.errors import DatabaseDamaged, DatabaseTooNew, LogbookError, StorageError
from logbook.domain.session import Session
from logbook.services.backup_state import moment, read_state
from logbook.services.differences import Difference, difference
from logbook.services.exchange import Exported, export
from logbook.services.logbook_json import KINDS
from logbook.services.places import sample_database
from logbook.storage import restore as storage_restore
from logbook.storage import salvage as storage_salvage
from logbook.storage.backup import Backup, list_backups, logbook_name, verify
from logbook.storage.check import damage_of
from logbook.storage.database import Database
from logbook.storage.faults import explained
from logbook.storage.header import inspect
from logbook.storage.restore import Restored
from logbook.storage.salvage import Salvaged
from logbook.storage.siblings import siblings
from logbook.storage.snapshot import Understood, read_newer, read_records

__all__ = [
    "Backup",
    "Candidate",
    "Difference",
    "Finding",
    "Restored",
    "Salvaged",
    "State",
    "Understood",
    "backups_of",
    "damage_of",
    "export_newer",
    "locate",
    "look_at",
    "name_for_salvage",
    "preview",
    "restore",
    "salvage_to",
    "use_salvaged",
]

_BACKUPS: Final = "backups"
_SUFFIXES: Final = (".sqlite", ".db", ".bak", ".old")
_MOST_CANDIDATES: Final = 20


class State(StrEnum):
    """What stands at a path."""

    FINE = "fine"
    NEW = "new"  # nothing, and nothing tells that there ever was something
    MISSING = "missing"  # nothing, where there was a logbook
    EMPTY = "empty"
    DAMAGED = "damaged"
    TOO_NEW = "too_new"
    NOT_A_LOGBOOK = "not_a_logbook"
    UNREADABLE = "unreadable"  # as the disk or the permissions have it


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another logbook nearby, which may be the one that is looked for."""

    path: Path
    changed_at: dt.datetime  # local
    sessions: int
    latest: dt.date | None  # the day of its last session
    client: str = ""  # the program that gives such names, where it keeps folders in step

    @property
    def sentence(self) -> str:
        """Return what is in it."""
        by = f", named so by {self.client}" if self.client else ""
        return f"{self.path.name}{by}, last changed {moment(self.changed_at)}: {_content(self.sessions, self.latest)}."


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands at a path, and what there is to go on with; nothing was touched to find out."""

    path: Path
    state: State
    reason: str  # a sentence
    candidates: tuple[Candidate, ...] = ()  # the likeliest first
    backups: tuple[Backup, ...] = ()  # newest first, the bad ones with their fault

    @property
    def good_backup(self) -> Backup | None:
        """The newest backup that was read to its end and is what was written."""
        return next((backup for backup in self.backups if backup.is_verified), None)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what to tell, the gravest first."""
        return tuple(filter(None, (self.reason, _FURTHER.get(self.state, ""), *self._ways_out())))

    def _ways_out(self) -> Sequence[str]:
        if self.state in (State.FINE, State.NEW):
            return ()
        told = [f"This may be it: {one.sentence}" for one in self.candidates[:1]]
        good = self.good_backup
        if good:
            sessions = labels.count(good.counts.get("session", 0), "session")
            told.append(f"Your newest good backup is of {moment(good.made_at)}, with {sessions}.")
        elif self.backups:
            told.append("There are backups, and none of them is good.")
        else:
            told.append("There is no backup beside it.")
        return told


_FURTHER: Final = {
    State.MISSING: "No empty logbook was made in its place.",
    State.EMPTY: "A full disk or a program that keeps folders in step may have left it so.",
    State.DAMAGED: "It was left as it is. What can still be read may be saved into a new logbook.",
    State.TOO_NEW: "It was left as it is. What this version understands of it can be exported.",
    State.NOT_A_LOGBOOK: "It was left as it is.",
}


def look_at(path: Path, known: Collection[Path] = ()) -> Finding:
    """Return what stands at *path*; a path among the *known* ones held a logbook before.

    Where nothing stands there, it is a first start only if nothing speaks against it: neither backups of it nor a copy
    of its name lie nearby, and the path is not known.
    """
    path = path.absolute()
    state, reason = _state(path)
    if state is State.FINE:
        return Finding(path, state, reason)
    backups = backups_of(path)
    candidates = _candidates(path)
    if state is State.MISSING and not (
        backups or path in known or any(_is_namesake(path, one.path) for one in candidates)
    ):
        return Finding(path, State.NEW, f"There is no logbook at {path} yet.")
    return Finding(path, state, reason, candidates, backups)


def backups_of(path: Path) -> tuple[Backup, ...]:
    """Return the backups of the logbook at *path*, newest first, each read to its end until one is good."""
    folder, name = path.parent / _BACKUPS, logbook_name(path)
    noted, _ = read_state(folder / f".{name}.json")
    found: list[Backup] = []
    for place in filter(None, (folder, noted.other_folder)):
        try:
            found += list_backups(place, name)
        except StorageError:  # a disk that is not connected has none
            continue
    found.sort(key=lambda one: one.made_at, reverse=True)
    for number, backup in enumerate(found):
        found[number] = verify(backup)
        if found[number].is_verified:
            break
    return tuple(found)


def locate(missing: Finding, chosen: Path) -> Finding:
    """Return what *chosen* is, in place of the file that is *missing*, and how much of its newest backup is in it."""
    finding = look_at(chosen)
    if finding.state is not State.FINE or missing.good_backup is None:
        return finding
    ids = {record.id for record in read_records(chosen)}
    wanted = {record.id for record in read_records(missing.good_backup.path)}
    shared = f"It holds {len(ids & wanted):,} of the {labels.count(len(wanted), 'record')} of your newest good backup."
    return replace(finding, reason=f"{finding.reason} {shared}")


def preview(backup: Backup, now: Iterable[Record]) -> Difference:
    """Return what restoring *backup* would change in a logbook that holds the records *now*.

    Raises:
        StorageError: the backup cannot be read.
    """
    return difference(now, read_records(backup.path))


def restore(backup: Backup, path: Path) -> Restored:
    """Put *backup* at *path*, where no logbook may be open, with a copy of what stands there first.

    Raises:
        StorageError: *path* is as it was; the message says why.
    """
    return storage_restore.restore(backup, path, dt.datetime.now())


def salvage_to(path: Path, new: Path, goes_on: Callable[[], bool] = lambda: True) -> Salvaged:
    """Save what can be read of the damaged logbook at *path* into a new one at *new*, unless *goes_on* says no.

    Raises:
        StorageError: nothing was made; the message says why.
    """
    return storage_salvage.salvage(path, new, goes_on=goes_on)


def use_salvaged(saved: Path, path: Path) -> Restored:
    """Put what was *saved* of the logbook at *path* in its place, by way of a backup, and keep both files.

    Raises:
        StorageError: *path* is as it was; the message says why.
    """
    with Database.open(saved, create=False) as database:
        made = database.backup(path.parent / _BACKUPS)
    return restore(made, path)


def name_for_salvage(path: Path, today: dt.date) -> Path:
    """Return a free name beside *path* for what is saved of it."""
    stem = f"{path.stem}-saved-{today:%Y%m%d}"
    names = (path.with_name(f"{stem}{f'-{number}' if number > 1 else ''}.sqlite") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))


def export_newer(path: Path, to: Path) -> tuple[Exported, Understood]:
    """Write to *to* what this version understands of the logbook at *path*, which a newer one wrote.

    Raises:
        StorageError: it cannot be read, or is of another shape altogether.
        UnreadableFile: *to* ends in neither ``.csv`` nor ``.json``.
    """
    understood = read_newer(path)
    kinds = tuple(KINDS.values())
    return export((record for record in understood.records if isinstance(record, kinds)), to), understood


def _state(path: Path) -> tuple[State, str]:
    try:
        with explained(path):
            size = path.stat().st_size
    except StorageError as error:
        is_gone = isinstance(error.__cause__, FileNotFoundError | NotADirectoryError)
        return (State.MISSING, _missing(path)) if is_gone else (State.UNREADABLE, str(error))
    if not size:
        return State.EMPTY, f"{path.name} is empty."
    try:
        inspect(path)
    except DatabaseDamaged as error:
        return State.DAMAGED, str(error)
    except StorageError as error:
        return State.NOT_A_LOGBOOK, str(error)
    return _state_of_logbook(path)


def _state_of_logbook(path: Path) -> tuple[State, str]:
    try:
        records = read_records(path)
    except DatabaseDamaged as error:
        return State.DAMAGED, str(error)
    except DatabaseTooNew as error:
        return State.TOO_NEW, str(error)
    except StorageError as error:
        return State.UNREADABLE, str(error)
    return State.FINE, f"{path.name} can be read: {_content(*_summary(records))}."


def _missing(path: Path) -> str:
    if not path.parent.is_dir():
        return f"{path.name} is not there, nor is its folder {path.parent}. Is its disk connected?"
    return f"{path.name} is not there any more, in {path.parent}."


def _candidates(path: Path) -> tuple[Candidate, ...]:
    """Return the logbooks beside *path*: conflicts of it first, then its namesakes, then by when they were changed."""
    try:
        clients = {one.path: one.client for one in siblings(path)}
        beside = [one for one in path.parent.iterdir() if _may_be_logbook(one, path)]
    except (StorageError, OSError):
        return ()
    beside.sort(key=lambda one: (one not in clients, not _is_namesake(path, one), one.name))
    found = [_candidate(one, clients.get(one, "")) for one in beside[:_MOST_CANDIDATES]]
    return tuple(sorted(filter(None, found), key=lambda one: _rank(path, one)))


def _rank(path: Path, candidate: Candidate) -> tuple[bool, bool, float]:
    changed = candidate.changed_at.timestamp()
    return not candidate.client, not _is_namesake(path, candidate.path), -changed


def _may_be_logbook(file: Path, path: Path) -> bool:
    is_named_so = file.suffix.lower() in _SUFFIXES or _is_namesake(path, file)
    return is_named_so and file not in (path, sample_database()) and not file.name.startswith(".")


def _candidate(path: Path, client: str) -> Candidate | None:
    try:
        changed_at = dt.datetime.fromtimestamp(path.stat().st_mtime)
        return Candidate(path, changed_at, *_summary(read_records(path)), client)
    except (LogbookError, OSError, OverflowError, ValueError):  # it cannot be it, whatever is wrong with it
        return None


def _is_namesake(path: Path, other: Path) -> bool:
    """Tell whether *other* is called like *path* and something more, as a copy is that somebody made of it."""
    return other.name.casefold().startswith(path.stem.casefold())


def _summary(records: Iterable[Record]) -> tuple[int, dt.date | None]:
    days = [record.date for record in records if isinstance(record, Session)]
    return len(days), max(days, default=None)


def _content(sessions: int, latest: dt.date | None) -> str:
    return f"{labels.count(sessions, 'session')}, the last of {labels.day(latest)}" if latest else "no session yet"
