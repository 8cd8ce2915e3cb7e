"""Copies of an open logbook: made when something changed, thinned with age, and proven by being restored."""

import datetime as dt
import secrets
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from logbook.domain.edit import Record
from logbook.domain.errors import DatabaseDamaged, StorageError
from logbook.services.backup_drill import sweep, try_restore
from logbook.services.backup_state import Drill, Failure, State, read_state, write_state
from logbook.services.journal import Journal
from logbook.storage.backup import Backup, Occasion, list_backups, logbook_name, remove_backup, verify
from logbook.storage.faults import explained
from logbook.storage.files import PRIVATE_FOLDER
from logbook.storage.ladder import stand_ins

__all__ = ["Backup", "Keeper", "Occasion", "State", "verify"]

_BETWEEN_COPIES: Final = dt.timedelta(hours=1)
_BETWEEN_DRILLS: Final = dt.timedelta(days=30)
_AFTER_A_BAD_DRILL: Final = dt.timedelta(days=1)


class Keeper:
    """The copies of one open logbook, in `backups` beside it and in one more folder of the person's choice.

    The choice is noted in a small file beside the copies: it is no record, which an undo or a restore would take
    back, and not the window's own, since the command line makes copies too. Everything but `state` may take its time,
    and may be called from any thread.
    """

    def __init__(self, journal: Journal) -> None:
        """Look at what there is of *journal*; nothing is made or written."""
        self._journal = journal
        self._name = logbook_name(journal.path)
        self._turn = threading.RLock()
        self.folder: Final = journal.path.parent / "backups"
        self._notes = self.folder / f".{self._name}.json"
        self._state, name = read_state(self._notes)
        sound = [one for one in self.known() if one.is_sound]
        noted = next((replace(one, is_verified=True) for one in sound if one.path.name == name), None)
        self._state = replace(self._state, last_good=noted or next(iter(sound), None))

    @property
    def state(self) -> State:
        """How it stands."""
        return self._state

    def known(self) -> tuple[Backup, ...]:
        """Return every copy of this logbook that can be reached, newest first; none is read to its end."""
        found: list[Backup] = []
        for folder in filter(None, (self.folder, self._state.other_folder)):
            with suppress(StorageError):  # told when a copy is to be made there
                found += list_backups(folder, self._name)
        return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))

    def has_changed(self) -> bool:
        """Return whether the logbook may hold anything that is in no good copy."""
        if self._journal.is_read_only:
            return False
        try:
            return self._state.last_good is None or self._journal.changes() != self._state.changes
        except StorageError:
            return True  # trying to copy it will tell why

    def is_due(self, now: dt.datetime) -> bool:
        """Return whether something changed, and no copy was made or tried in the hour before *now*, a local moment."""
        state = self._state
        last = state.failure.at if state.failure else state.last_good and state.last_good.made_at
        return not (last and last <= now < last + _BETWEEN_COPIES) and self.has_changed()

    def is_drill_due(self, now: dt.datetime) -> bool:
        """Return whether no restore was tried out in the month before *now*; the day, where the last could not be."""
        drill = self._state.drill
        pause = _AFTER_A_BAD_DRILL if drill and drill.fault else _BETWEEN_DRILLS
        return self._state.last_good is not None and not (drill and drill.at <= now < drill.at + pause)

    def tend(self, now: dt.datetime, *, can_drill: bool = True) -> State:
        """Do what is due at *now*, a local moment, and return how it stands; for a clock to call every few minutes.

        A restore is tried out only where it *can_drill*: that takes longer, and can wait until nobody is at work.
        """
        with self._turn, suppress(StorageError):  # it stays in the state
            if self.is_due(now):
                self.make(Occasion.HOURLY)
            elif self._state.other_fault and self._state.other_folder and _is_there(self._state.other_folder):
                self._make_other(Occasion.HOURLY)  # the disk was connected again
            if can_drill and self.is_drill_due(now):
                self.drill(now)
        return self._state

    def make(self, occasion: Occasion) -> Backup:
        """Make one verified copy, and one in the other folder where there is one; let go of those no longer needed.

        Raises:
            StorageError: the first was not made; no older one was touched.
        """
        with self._turn:
            try:
                changes = self._journal.changes()  # before: what changes meanwhile is for the next copy
                made = self._journal.backup(self.folder, occasion)
            except StorageError as error:
                self._keep(failure=Failure(dt.datetime.now(), f"The last backup failed: {error}"))
                if not isinstance(error, DatabaseDamaged) and (other := self._make_other(occasion)):
                    self._keep(last_good=other)
                raise
            self._keep(last_good=made, changes=changes, failure=None, warning=_thin(made))
            self._make_other(occasion)
            return made

    def tidy(self) -> None:
        """Let no letter stay in the logbook of what was changed or deleted, which is no change to be copied."""
        with self._turn, suppress(StorageError):  # closing tries again
            tidied = self._journal.tidy()
            if tidied and tidied[0] == self._state.changes:
                self._keep(changes=tidied[1])

    def choose(self, folder: Path | None) -> State:
        """Have a second copy of everything go into a folder that is made in *folder*, or nowhere else any more.

        A folder of its own, since two logbooks may have the same name, and the copies of one are not to be thinned
        with those of the other. It is made now and never again: a disk that is not connected is no empty folder.

        Raises:
            StorageError: there is no such folder, or it cannot be written.
        """
        with self._turn:
            own = _folder_of_its_own(self._state.other_folder, folder, self._name) if folder else None
            state = replace(self._state, other_folder=own, other_fault="")
            write_state(state, self._notes)
            self._state = state
            self._make_other(Occasion.MANUAL)
            return self._state

    def look(self) -> State:
        """Read the newest copy to its end, and those before it until one is good; for the start of the program."""
        with self._turn:
            sweep(self.folder)
            return self._look(self.known())

    def drill(self, now: dt.datetime) -> State:
        """Restore the newest copy in a temporary place at *now*, and see whether everything is there.

        Raises:
            StorageError: it could not be tried.
        """
        with self._turn:
            good = self._state.last_good
            if good is None:
                return self._state
            try:
                fault = try_restore(good, self._expected())
            except StorageError as error:
                self._keep(drill=Drill(now, good.path.name, str(error)))
                raise
            self._keep(drill=Drill(now, good.path.name, fault))
            if fault:
                self._look([one for one in self.known() if one.path != good.path])
                failure = Failure(now, f"The newest backup could not be restored in a trial: {fault}")
                self._keep(failure=failure, changes="")  # with no changes known, the next one is due
            return self._state

    def _look(self, known: Sequence[Backup]) -> State:
        fault, good = "", None
        for backup in known:
            proven = verify(backup)
            if proven.is_verified:
                good = proven
                break
            fault = fault or proven.fault
        if fault:
            self._keep(last_good=good, changes="", warning=fault)
        else:
            self._state = replace(self._state, last_good=good)
        return self._state

    def _expected(self) -> list[Record] | None:
        """Return all that is in the logbook, if the last good copy was made of exactly that."""
        with suppress(StorageError):
            records = self._journal.everything()
            if self._journal.changes() == self._state.changes:
                return records
        return None

    def _make_other(self, occasion: Occasion) -> Backup | None:
        folder = self._state.other_folder
        if folder is None:
            return None
        try:
            if not _is_there(folder):
                raise StorageError(f"{folder} is not there. Is its disk connected?")
            made = self._journal.backup(folder, occasion)
        except StorageError as error:
            self._keep(other_fault=f"The second copy was not made: {error}")
            return None
        self._keep(other_fault=_thin(made))
        return made

    def _keep(self, **changed: Any) -> None:
        self._state = replace(self._state, **changed)
        with suppress(StorageError):  # then it is known until the program ends; a copy too many is all that follows
            write_state(self._state, self._notes)


def _folder_of_its_own(present: Path | None, folder: Path, name: str) -> Path:
    """Return a folder in *folder* for the copies of the logbook *name*: the *present* one if it is there, or a new one.

    Raises:
        StorageError: it cannot be made.
    """
    folder = folder.absolute()
    if present and present.parent == folder and _is_there(present):
        return present
    own = folder / f"{name}-backups-{secrets.token_hex(4)}"
    with explained(folder):
        own.mkdir(mode=PRIVATE_FOLDER)
    return own


def _is_there(folder: Path) -> bool:
    """Tell whether *folder* can be reached; a share that went away may refuse even to say that it is not there."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def _thin(newest: Backup) -> str:
    """Let go of the copies beside *newest* that are not needed any more; return in a sentence what could not go.

    None goes before the one that stays in its stead was read to its end.
    """
    try:
        known = {one.path: one for one in list_backups(newest.path.parent, newest.logbook)} | {newest.path: newest}
        while True:
            pairs = stand_ins(known.values(), newest.made_at)
            unproven = {stays.path for _, stays in pairs if not stays.is_verified}
            if not unproven:
                break
            known |= {path: verify(known[path]) for path in unproven}
        for gone, _ in pairs:
            remove_backup(gone)
    except StorageError as error:
        return f"Older backups could not be thinned: {error}"
    return ""
