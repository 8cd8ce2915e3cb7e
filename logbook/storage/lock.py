"""One writer for each logbook file: whoever holds its lock."""

import errno
import os
import threading
import weakref
from pathlib import Path
from typing import Final

from logbook.storage.faults import explained
from logbook.storage.lock_file import CannotLock, LockFile, lock_path

__all__ = ["CannotLock", "Lock", "lock_path"]

_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT}

_turn: Final = threading.RLock()
_files: Final[dict[str, tuple[LockFile, "weakref.WeakSet[Lock]"]]] = {}  # by path, each with those who share it


class Lock:
    """The right of this program to write one logbook file, which all who have it open in this program share.

    It keeps out other programs. That nobody in this one writes over what they have not read is not its business.
    """

    def __init__(self, path: Path, *, take_over: bool = False) -> None:
        """Be the right to write the logbook at *path*, not held yet; *take_over* takes it, once, from elsewhere."""
        self._path = path
        self._key = os.path.normcase(lock_path(path))
        self._takes_over = take_over

    def hold(self, *, can_wait: bool = False) -> None:
        """See to it that no other program may write. On a full disk that *can_wait* until something is written.

        Raises:
            AlreadyOpen: another may, or took the right over.
            CannotLock: the folder cannot be written, or its disk knows no locks.
            StorageError: the disk refuses.
        """
        with _turn, explained(self._path):
            # Opened twice in one process, a lock on a network share would be lost with the first that is closed.
            file, sharers = _files.setdefault(self._key, (LockFile(self._path), weakref.WeakSet()))
            sharers.add(self)
            try:
                file.hold(take_over=self._takes_over)
            except OSError as error:
                if not (can_wait and error.errno in _NO_ROOM):
                    raise
            except BaseException:
                self.release()
                raise
            self._takes_over = False

    @property
    def is_shared(self) -> bool:
        """Whether others in this program have the file open for writing too."""
        with _turn:
            return self._key in _files and any(sharer is not self for sharer in _files[self._key][1])

    def release(self) -> None:
        """Need it no more; once is enough, twice is allowed."""
        with _turn:
            if self._key in _files:
                file, sharers = _files[self._key]
                sharers.discard(self)
                if not sharers:
                    del _files[self._key]
                    file.let_go()
