"""The file beside a logbook that says who may write it, and that the system lets go of with its program."""

import contextlib
import errno
import os
import secrets
import stat
import sys
import time
from pathlib import Path
from typing import Final

from logbook.domain.errors import AlreadyOpen, Holder, StorageError
from logbook.storage.files import PRIVATE_FILE
from logbook.storage.holder import MOST, Claim, read_claim, sentence

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FLAGS: Final = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_NO_LOCKS: Final = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
_READ_ONLY: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_ATTEMPTS: Final = 50
_PAUSE: Final = 0.01  # seconds between two of them
_BEYOND: Final = 1 << 30  # the byte that Windows locks: others may read what stands before it


class CannotLock(StorageError):
    """No lock can be had there, so that the file is for reading only."""


def lock_path(path: Path) -> Path:
    """Return where the lock of the logbook at *path* lies: beside the file itself, wherever a link to it may be."""
    file = path.resolve()
    return file.with_name(f".{file.name}.lock")


class LockFile:
    """The lock of one logbook file. There is one for each in a process, and one thread uses it at a time."""

    def __init__(self, path: Path) -> None:
        """Be the lock of the logbook at *path*, not taken yet."""
        self._path = path
        self._place = lock_path(path)
        self._claim = Claim.own()
        self._handle: int | None = None

    def hold(self, *, take_over: bool = False) -> None:
        """See to it that nobody else has it; *take_over* takes it from another computer.

        Raises:
            AlreadyOpen: another has it, perhaps since this process had it.
            CannotLock: the folder cannot be written, or its disk knows no locks.
            OSError: the disk refuses.
        """
        if self._handle is None or not self._is_intact(self._handle):
            self._drop()
            self._handle = self._take(take_over=take_over)
        if _read(self._handle) != self._claim.content:
            _write(self._handle, self._claim.content)

    def let_go(self) -> None:
        """Let others have it, and leave nothing of it."""
        if self._handle is None or self._claim.process != os.getpid():  # a fork has its parent's handle: not its own
            return
        with contextlib.suppress(OSError):
            if _read(self._handle) in (b"", self._claim.content):
                os.ftruncate(self._handle, 0)  # should the name not go, or have gone elsewhere, it claims nothing
                self._remove()
        self._drop()

    def _is_intact(self, handle: int) -> bool:
        return _is_at(handle, self._place) and _read(handle) in (b"", self._claim.content)

    def _take(self, *, take_over: bool) -> int:
        for _ in range(_ATTEMPTS):
            handle = self._open()
            try:
                if handle is not None and self._is_taken(handle, take_over=take_over):
                    return handle
            except BaseException:
                _close(handle)
                raise
            _close(handle)
            time.sleep(_PAUSE)
        raise self._refused(Holder())

    def _open(self) -> int | None:
        """Return the lock file, made if missing; None where it may be another's."""
        try:
            handle = os.open(self._place, _FLAGS | os.O_CREAT, PRIVATE_FILE)
        except OSError as error:
            if error.errno in (errno.EISDIR, errno.ELOOP):
                raise StorageError(f"{self._place.name} is in the way: it is not a file.") from error
            if error.errno not in _READ_ONLY:
                raise
            if not os.path.lexists(self._place):
                raise self._unlockable() from error
            return None
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise StorageError(f"{self._place.name} is in the way: it is not a file.")
        return handle

    def _is_taken(self, handle: int, *, take_over: bool) -> bool:
        """Take the lock behind *handle*; tell whether it can be relied on, or is to be tried again.

        Raises:
            AlreadyOpen: it is another's.
        """
        try:
            is_locked = _lock(handle)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise self._unlockable() from error
            raise
        if not is_locked:
            return self._is_taken_from(handle, take_over=take_over)
        if not _is_at(handle, self._place):  # removed by the one before, just as it was opened here
            return False
        claim = read_claim(_read(handle))
        if claim and not _may_pass(claim, take_over=take_over):
            raise self._refused(claim.holder(is_here=claim.is_alive))
        _make_private(handle)
        return True

    def _is_taken_from(self, handle: int, *, take_over: bool) -> bool:
        claim = read_claim(_read(handle))
        if claim is None or claim.is_mine or claim.is_over:
            return False  # whoever has it is about to write who it is, or to remove it
        is_here = claim.may_be_of_this_machine
        if is_here or not take_over:
            raise self._refused(claim.holder(is_here=is_here))
        self._put_another()
        return False  # the next attempt finds it, under this claim

    def _put_another(self) -> None:
        """Put a new lock in the place of one that another computer has; it notices before it writes again."""
        new = self._place.with_name(f"{self._place.name}.{secrets.token_hex(4)}.part")
        handle = os.open(new, _FLAGS | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        try:
            _write(handle, self._claim.content)
        finally:
            os.close(handle)
        try:
            new.replace(self._place)
        except BaseException:
            new.unlink()
            raise

    def _remove(self) -> None:
        assert self._handle is not None  # noqa: S101 - `let_go` has it
        if _is_at(self._handle, self._place):
            if sys.platform == "win32":  # where an open file cannot be removed, and neither can another's
                self._drop()
            self._place.unlink(missing_ok=True)

    def _drop(self) -> None:
        if self._handle is not None:
            _close(self._handle)
            self._handle = None

    def _unlockable(self) -> CannotLock:
        return CannotLock(f"{self._path.name} cannot be written there; nothing was changed.")

    def _refused(self, holder: Holder) -> AlreadyOpen:
        return AlreadyOpen(sentence(self._path.name, holder), holder)


def _may_pass(claim: Claim, *, take_over: bool) -> bool:
    """Tell whether *claim*, which the system does not hold any more, may be passed over."""
    # Of a process of this machine, that is its end; unless the file went round through a sync client, and is another
    # than the one that the process has locked.
    if claim.is_of_this_machine:
        return claim.is_mine or not claim.is_alive
    return take_over


def _lock(handle: int) -> bool:
    """Have the system lock the file behind *handle* until it is closed; tell whether it did.

    Raises:
        OSError: the disk knows no locks, or fails.
    """
    try:
        if sys.platform == "win32":
            os.lseek(handle, _BEYOND, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK):
            raise
        return False
    return True


def _is_at(handle: int, place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), place.lstat())
    except FileNotFoundError:
        return False


def _read(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, MOST)


def _write(handle: int, content: bytes) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    if os.write(handle, content) != len(content):
        os.ftruncate(handle, 0)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _make_private(handle: int) -> None:
    if os.name != "nt" and stat.S_IMODE(os.fstat(handle).st_mode) != PRIVATE_FILE:  # as a sync client brought it
        with contextlib.suppress(PermissionError):
            os.fchmod(handle, PRIVATE_FILE)


def _close(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
