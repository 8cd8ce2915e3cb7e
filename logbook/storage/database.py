"""The open logbook file."""

import datetime as dt
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from logbook.domain.edit import Edit, Record
from logbook.domain.errors import FileReplaced, NeedsWriting, StorageError
from logbook.domain.session import RecordId, Session
from logbook.storage.backup import Backup, Occasion, make_backup
from logbook.storage.check import Check, check
from logbook.storage.engine import READING, connect, driver, make_engine
from logbook.storage.faults import damaged, explained
from logbook.storage.files import make_folder
from logbook.storage.header import LATEST, inspect, read_changes, read_revision
from logbook.storage.lock import CannotLock, Lock
from logbook.storage.repository import Repository
from logbook.storage.same_file import SameFile

__all__ = ["Backup", "Check", "Database"]

# What SQLite keeps as the user_version of the file: whether letters may be left of what was changed or deleted.
_TIDY: Final = 0
_HOLDS_OLD_TEXT: Final = 1

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Database:
    """One logbook file, open over one connection until it is closed; threads take turns."""

    def __init__(self, path: Path, lock: Lock | None) -> None:
        """Connect to the up-to-date file at *path*, for reading only where there is no *lock*; `open` is the way in."""
        self._path = path
        self._lock = lock
        self._is_closed = False
        self._turn = threading.RLock()
        self._file = SameFile(path)
        self._engine = make_engine(path, read_only=lock is None)
        self._reader = self._engine.execution_options(**{READING: True})
        try:
            with self._engine.connect() as connection:
                self._version = _version(connection)
            self._file.insist()  # SQLite opened some file at this path between the two looks: there was only one
            if lock:
                self._end_idle_journal()
        except BaseException:
            self._engine.dispose()
            raise

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False, take_over: bool = False) -> Self:
        """Open the logbook at *path*, first made if *create* and missing, first brought up to date if it is older.

        A file that cannot be written, or lies in a folder that cannot, is opened for reading only. What another
        computer has open, or left open, is only opened for writing to *take_over* the right to it.

        Raises:
            AlreadyOpen: another has it open for writing; it was not touched.
            NeedsWriting: it must be put right or brought up to date, and cannot be written.
            DatabaseTooNew: a newer version of the program wrote it; it was not touched.
            DatabaseDamaged: its content is damaged.
            StorageError: it is not there, is no logbook, or the disk refuses.
        """
        path = Path(path).absolute()
        is_new = create and not read_only and not os.path.lexists(path)
        if not is_new:
            inspect(path)
        lock = None if read_only else _locked(path, is_new=is_new, take_over=take_over)
        try:
            if is_new and not os.path.lexists(path):
                from logbook.storage import upgrade  # noqa: PLC0415 - alembic takes 0.3 s, and is needed once in a year

                upgrade.create(path)
            if read_revision(path, read_only=lock is None) != LATEST:
                _bring_up_to_date(path, read_only=lock is None)
            with explained(path):
                return cls(path, lock)
        except BaseException:
            if lock:
                lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file, as an absolute path."""
        return self._path

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be saved."""
        return self._lock is None

    def all(self, kind: type[R]) -> list[R]:
        """Return every record of *kind* in the order in which they were made.

        Raises:
            DatabaseDamaged: some of it cannot be read.
            StorageError: the disk refuses, or another program is writing.
        """
        return self._read(lambda records: records.all(kind))

    def all_of(self, kinds: Iterable[type[Record]]) -> list[Record]:
        """Return every record of one kind after the other as they were at one moment.

        Raises:
            as `all`.
        """
        return self._read(lambda records: [record for kind in kinds for record in records.all(kind)])

    def of_person(self, kind: type[R], person_id: RecordId) -> list[R]:
        """Return the records of *kind* that a person sees, and nothing of others, in the order they were made in.

        Raises:
            as `all`.
        """
        return self._read(lambda records: records.of_person(kind, person_id))

    def shared_uses(self, person_id: RecordId) -> list[Session]:
        """Return the sessions of others that wore needles which a person sees, or that name a device of theirs.

        Raises:
            as `all`.
        """
        return self._read(lambda records: records.shared_uses(person_id))

    def latest_person(self) -> RecordId | None:
        """Return the person for whom a session was recorded last; None where there is no session.

        Raises:
            as `all`.
        """
        return self._read(Repository.latest_person)

    def apply(self, edit: Edit) -> None:
        """Make the change *edit* and have it on the disk: all of it, or nothing.

        Raises:
            FileReplaced: the file is not the one that was opened, or not as it was left; it can be opened again.
            AlreadyOpen: another computer took over the right to write.
            StorageError: nothing was changed, for the reason it tells.
        """
        if self._lock is None:
            raise StorageError(f"{self._path.name} is open for reading only; nothing was saved.")
        if not edit.replacements:
            return
        with self._writing(self._lock) as connection:
            Repository(connection).apply(edit)
            if any(one.before is not None for one in edit.replacements):
                driver(connection).execute(f"PRAGMA user_version = {_HOLDS_OLD_TEXT}")

    def check(self) -> Check:
        """Look through the whole file; damage is an answer, not an error.

        Raises:
            StorageError: the file was closed.
        """
        with self._alone(), closing(connect(self._path, read_only=True)) as fresh:
            return check(fresh)  # the connection in use may remember what the disk has lost

    def rewrite(self) -> None:
        """Write the whole file anew, as it is, without what is left of deleted text.

        SQLite overwrites what is deleted; but a page that it fills anew when it moves rows to others keeps, between
        the list of its rows and the rows, whatever letters stood there.

        Raises:
            StorageError: it could not be done; the file is as it was.
        """
        if self._lock is None:
            raise StorageError(f"{self._path.name} is open for reading only; nothing was changed.")
        with self._alone() as connection:
            self._file.insist()
            self._lock.hold()
            self._refuse_if_changed(connection)
            driver(connection).execute("VACUUM")
            driver(connection).execute(f"PRAGMA user_version = {_TIDY}")

    def tidy(self) -> tuple[str, str] | None:
        """Do so if anything was changed or deleted since it was done last, by whatever program that was ended then.

        Return `changes` before and after; None where nothing was done, as in a damaged file: what may have to be saved
        from it is left where it is. Where others in this program have the file open, the last of them does it.

        Raises:
            StorageError: it could not be done; the file is as it was.
        """
        with self._turn:
            if self._lock is None or self._lock.is_shared or not self._holds_old_text() or not self.check().is_good:
                return None
            before = self.changes()
            self.rewrite()
            return before, self.changes()

    def reindex(self) -> None:
        """Make every index again from its table, and keep that only if the file is whole then.

        Raises:
            DatabaseDamaged: it is not; the file is as it was.
            StorageError: the file cannot be written; it is as it was.
        """
        if self._lock is None:
            raise StorageError(f"{self._path.name} is open for reading only; nothing was changed.")
        with self._writing(self._lock) as connection:
            driver(connection).execute("REINDEX")
            found = check(driver(connection))
            if not found.is_good:
                raise damaged(self._path, (*found.integrity, *found.foreign_keys, "it does not tell its revision")[0])

    def changes(self) -> str:
        """Return a text that is another after every change of the file, by whomever; it outlives the program.

        Raises:
            StorageError: the file is not there, was closed, or the disk refuses.
        """
        with self._alone():
            return read_changes(self._path)

    def backup(self, folder: Path, occasion: Occasion = Occasion.MANUAL) -> Backup:
        """Put a copy of the file into *folder*, looked through before it gets its name.

        Raises:
            DatabaseDamaged: the file is damaged; it is not copied.
            StorageError: the copy cannot be made; nothing is left of it.
        """
        with self._alone() as connection:
            return make_backup(driver(connection), self._path, Path(folder), dt.datetime.now(), occasion)

    def close(self) -> None:
        """Let go of the file, with no letter left of what was changed or deleted; once is enough, twice is allowed."""
        with self._turn:
            with suppress(StorageError):  # a full disk, say, or it was replaced: whoever closes it next does it
                self.tidy()
            self._is_closed = True
            self._engine.dispose()
            if self._lock:
                self._lock.release()

    def _end_idle_journal(self) -> None:
        """Have SQLite take away the journal of a change that ended with its program before it reached the file.

        One that did reach it was taken back by now, and its journal is gone. The other would lie there, full of private
        text, until something is saved.
        """
        real = self._path.resolve()
        if real.with_name(f"{real.name}-journal").exists():
            with suppress(sqlite3.Error, DBAPIError), self._engine.begin() as connection:
                (told,) = driver(connection).execute("PRAGMA user_version").fetchone()
                driver(connection).execute(f"PRAGMA user_version = {told}")

    def _holds_old_text(self) -> bool:
        with self._alone() as connection:
            (told,) = driver(connection).execute("PRAGMA user_version").fetchone()
        return bool(told == _HOLDS_OLD_TEXT)

    def _read(self, ask: Callable[[Repository], T]) -> T:
        try:
            with self._reading() as connection:
                return ask(Repository(connection))
        except (KeyError, ValueError, TypeError) as error:
            raise damaged(self._path, f"it holds {error} where this version knows nothing of the kind") from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._turn, explained(self._path):
            self._refuse_if_closed()
            with self._reader.begin() as connection:
                yield connection

    @contextmanager
    def _writing(self, lock: Lock) -> Iterator[Connection]:
        """Give a transaction into the very file that was opened, as it was left, while nobody else may write."""
        with self._turn, explained(self._path):
            self._refuse_if_closed()
            try:
                self._file.insist()
                lock.hold()
                try:
                    with self._engine.begin() as connection:
                        self._refuse_if_changed(connection)
                        yield connection
                        self._file.insist()  # nothing of it is in any file yet
                except DBAPIError:
                    self._file.insist()  # SQLite calls a folder that was moved away a failing disk
                    raise
                self._file.insist(is_saved=True)
            except FileReplaced:
                lock.release()  # nothing can be saved here any more, and it is to be opened again
                raise

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """Give the connection outside any transaction."""
        with self._turn, explained(self._path):
            self._refuse_if_closed()
            with self._engine.connect() as connection:
                yield connection

    def _refuse_if_changed(self, connection: Connection) -> None:
        if _version(connection) != self._version:
            raise FileReplaced(
                f"{self._path.name} was changed by another program while it was open; nothing was saved."
            )

    def _refuse_if_closed(self) -> None:
        if self._is_closed:  # the engine would quietly open the file again
            raise StorageError(f"{self._path.name} was closed.")


def _locked(path: Path, *, is_new: bool, take_over: bool) -> Lock | None:
    """Return the right to write the file at *path*, None where it can only be read.

    Raises:
        AlreadyOpen: another has it.
        StorageError: there is no such right, and the file *is_new*, or the disk refuses.
    """
    if is_new:
        with explained(path):
            make_folder(path.parent)
    if not is_new and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return None
    lock = Lock(path, take_over=take_over)
    try:
        lock.hold(can_wait=True)
    except CannotLock:
        if is_new:
            raise
        return None
    return lock


def _version(connection: Connection) -> int:
    """Return a number that is another once somebody else changed the file."""
    (version,) = driver(connection).execute("PRAGMA data_version").fetchone()
    return int(version)


def _bring_up_to_date(path: Path, *, read_only: bool) -> None:
    if read_only:
        raise NeedsWriting(f"{path.name} is of an older version and cannot be brought up to date without writing.")
    from logbook.storage import upgrade  # noqa: PLC0415 - as in `open`

    upgrade.upgrade(path, dt.datetime.now())
