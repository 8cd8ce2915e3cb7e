"""Making files and folders that only their owner can read, and putting finished files in place for good."""

import contextlib
import errno
import glob
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_ABANDONED = 3600  # seconds


def make_folder(folder: Path) -> None:
    """Make *folder* and those above it that are missing, for their owner alone; one that is there stays as it is.

    Raises:
        OSError: it cannot be made.
    """
    missing = [above for above in (folder, *folder.parents) if not os.path.lexists(above)]
    for above in reversed(missing):
        above.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        with contextlib.suppress(PermissionError):  # a folder that may be written, but not read
            sync_folder(above.parent)  # or a power cut takes the folder, with all that is safe in it
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


@contextmanager
def unfinished(final: Path) -> Iterator[Path]:
    """Give an empty private file beside *final* to be filled; whatever happens, it is gone afterwards.

    What a program killed in the middle left of such a file goes too: it may hold private text.

    Raises:
        OSError: it cannot be made.
    """
    _sweep(final)
    path = final.with_name(f".{final.name}.{secrets.token_hex(4)}.part")
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
    try:
        yield path
    finally:
        for leftover in (path, path.with_name(f"{path.name}-journal")):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)


def settle(path: Path, final: Path) -> None:
    """Give the finished file at *path* its name *final*, safe from a power cut, and never over another file.

    Where it fails, nothing of ours has the name *final*.

    Raises:
        FileExistsError: *final* is there already.
        OSError: the disk refuses.
    """
    _sync(path)
    if os.path.lexists(final):
        raise FileExistsError(errno.EEXIST, "File exists", str(final))
    try:
        os.link(path, final)  # unlike a rename, refuses to overwrite even a file made this very moment
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        path.rename(final)
    else:
        path.unlink()
    try:
        sync_folder(final.parent)
    except BaseException:
        final.unlink()
        raise


def put_in_place(path: Path, final: Path) -> bool:
    """Give the finished file at *path* the name *final*, in the place of the file that has it.

    Return whether that is safe from a power cut, which else may bring the old one back.

    Raises:
        OSError: the disk refuses; *final* is as it was.
    """
    _sync(path)
    path.replace(final)
    try:
        sync_folder(final.parent)
    except OSError:
        return False
    return True


def copy_private(source: Path, copy: Path) -> None:
    """Copy the bytes of *source* to *copy*, a new file for its owner alone, safe from a power cut once it is done.

    Raises:
        FileExistsError: *copy* is there already.
        OSError: the disk refuses; nothing is left of it.
    """
    handle = os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
    try:
        with os.fdopen(handle, "wb") as to, source.open("rb") as file:
            shutil.copyfileobj(file, to)
            to.flush()
            os.fsync(to.fileno())
        sync_folder(copy.parent)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Have the names in *folder* survive a power cut, where the system has a call for it.

    Raises:
        OSError: the disk refuses.
    """
    if os.name == "nt":
        return
    try:
        _sync(folder)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # as some network file systems answer
            raise


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file at *path* as 64 hex digits.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sweep(final: Path) -> None:
    alike = f"*{glob.escape(final.suffix)}" if final.suffix else glob.escape(final.name)
    for leftover in final.parent.glob(f".{alike}.{'[0-9a-f]' * 8}.part*"):
        with contextlib.suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _ABANDONED:  # a younger one may be somebody's at work
                leftover.unlink()


def _sync(path: Path) -> None:
    is_folder = path.is_dir()
    handle = os.open(path, os.O_RDONLY if is_folder or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
