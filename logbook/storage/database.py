"""The open logbook file."""

import datetime as dt
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection

from logbook.domain.edit import Edit, Record
from logbook.domain.errors import StorageError
from logbook.storage.backup import Backup, make_backup
from logbook.storage.check import Check, check
from logbook.storage.engine import READING, driver, make_engine
from logbook.storage.faults import damaged, explained
from logbook.storage.header import LATEST, inspect, read_revision
from logbook.storage.repository import Repository

__all__ = ["Backup", "Check", "Database"]

R = TypeVar("R", bound=Record)


class Database:
    """One logbook file, open over one connection until it is closed; threads take turns."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        """Connect to the up-to-date file at *path*; `open` is the way in."""
        self._path = path
        self._is_read_only = read_only
        self._is_closed = False
        self._turn = threading.RLock()
        self._engine = make_engine(path, read_only=read_only)
        self._reader = self._engine.execution_options(**{READING: True})
        try:
            self._engine.connect().close()
        except BaseException:
            self._engine.dispose()
            raise

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False) -> Self:
        """Open the logbook at *path*, first made if *create* and missing, first brought up to date if it is older.

        A file that cannot be written, or lies in a folder that cannot, is opened for reading only.

        Raises:
            DatabaseTooNew: a newer version of the program wrote it; it was not touched.
            DatabaseDamaged: its content is damaged.
            StorageError: it is not there, is no logbook, or the disk refuses.
        """
        path = Path(path).absolute()
        if create and not read_only and not os.path.lexists(path):
            from logbook.storage import upgrade  # noqa: PLC0415 - alembic takes 0.3 s, and is needed once in a year

            upgrade.create(path)
        inspect(path)
        read_only = read_only or not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        if read_revision(path, read_only=read_only) != LATEST:
            _bring_up_to_date(path, read_only=read_only)
        with explained(path):
            return cls(path, read_only=read_only)

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
        return self._is_read_only

    def all(self, kind: type[R]) -> list[R]:
        """Return every record of *kind* in the order in which they were made.

        Raises:
            DatabaseDamaged: some of it cannot be read.
            StorageError: the disk refuses, or another program is writing.
        """
        try:
            with self._transaction(reading=True) as connection:
                return Repository(connection).all(kind)
        except (KeyError, ValueError, TypeError) as error:
            raise damaged(self._path, f"it holds {error} where this version knows nothing of the kind") from error

    def apply(self, edit: Edit) -> None:
        """Make the change *edit* and have it on the disk: all of it, or nothing.

        Raises:
            StorageError: nothing was changed, for the reason it tells.
        """
        if self._is_read_only:
            raise StorageError(f"{self._path.name} is open for reading only; nothing was saved.")
        if not edit.replacements:
            return
        with self._transaction() as connection:
            Repository(connection).apply(edit)

    def check(self) -> Check:
        """Look through the whole file; damage is an answer, not an error.

        Raises:
            StorageError: the file was closed.
        """
        with self._alone() as connection:
            return check(driver(connection))

    def backup(self, folder: Path) -> Backup:
        """Put a copy of the file into *folder*, looked through before it gets its name.

        Raises:
            DatabaseDamaged: the file is damaged; it is not copied.
            StorageError: the copy cannot be made; nothing is left of it.
        """
        with self._alone() as connection:
            return make_backup(driver(connection), self._path, Path(folder), dt.datetime.now())

    def close(self) -> None:
        """Let go of the file; once is enough, twice is allowed."""
        with self._turn:
            self._is_closed = True
            self._engine.dispose()

    @contextmanager
    def _transaction(self, *, reading: bool = False) -> Iterator[Connection]:
        engine = self._reader if reading else self._engine
        with self._turn, explained(self._path):
            self._refuse_if_closed()
            with engine.begin() as connection:
                yield connection

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """Give the connection outside any transaction."""
        with self._turn, explained(self._path):
            self._refuse_if_closed()
            with self._engine.connect() as connection:
                yield connection

    def _refuse_if_closed(self) -> None:
        if self._is_closed:  # the engine would quietly open the file again
            raise StorageError(f"{self._path.name} was closed.")


def _bring_up_to_date(path: Path, *, read_only: bool) -> None:
    if read_only:
        raise StorageError(f"{path.name} is of an older version and cannot be brought up to date without writing.")
    from logbook.storage import upgrade  # noqa: PLC0415 - as in `open`

    upgrade.upgrade(path, dt.datetime.now())
