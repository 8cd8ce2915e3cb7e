"""Rows 4, 9 and 15: restoring and salvaging that is killed at any moment, and files of a newer version."""

import datetime as dt
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count as numbers
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from faults.conftest import Figure
from faults.how_many import quick_and_deep
from storage.damage import PAGE, make_logbook
from storage.records import adding, full_records

import logbook
from logbook.domain.errors import StorageError
from logbook.services.recovery import export_newer, look_at
from logbook.storage import header
from logbook.storage.backup import Occasion, checksum_path, list_backups, make_backup, verify
from logbook.storage.database import Database
from logbook.storage.engine import connect
from logbook.storage.restore import restore
from logbook.storage.salvage import salvage
from logbook.storage.snapshot import read_records

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix can be killed between two lines like this")

RELEASED = Path(__file__).parents[1] / "databases"
STORAGE: Final = Path(logbook.__file__).parent / "storage"
# Where something is done to the disk; the thousands of lines that only think need no look each.
WATCHED: Final = {
    str(STORAGE / f"{name}.py") for name in ("restore", "salvage", "files", "backup", "upgrade", "lock_file")
}
NOW = dt.datetime(2026, 11, 23, 7, 42)
DONE = 0


def of_first_schema(begun: Path) -> None:
    """Leave in *begun* a logbook of today, and a backup of the first schema, so that restoring has most to do."""
    shutil.copy(RELEASED / "0001.sqlite", begun / "logbook.sqlite")
    with closing(connect(begun / "logbook.sqlite", read_only=True)) as connection:
        made = make_backup(connection, begun / "logbook.sqlite", begun / "backups", NOW, Occasion.CLOSE)
    (begun / "logbook.sqlite").unlink()
    assert verify(made).is_verified
    with Database.open(begun / "logbook.sqlite") as database:
        database.apply(adding(*full_records()))


def damaged(begun: Path) -> None:
    """Leave in *begun* the same, but for a page of the logbook, and what a crash left half done beside it."""
    of_first_schema(begun)
    with (begun / "logbook.sqlite").open("r+b") as file:
        file.seek(20 * PAGE)
        file.write(b"\xaa" * PAGE)
    journal = begun / "logbook.sqlite-journal"
    journal.write_bytes(bytes(2048))
    journal.chmod(0o600)


def do_restore(root: Path) -> None:
    (backup,) = (one for one in list_backups(root / "backups") if one.occasion is Occasion.CLOSE)
    restore(backup, root / "logbook.sqlite", NOW)


def do_salvage(root: Path) -> None:
    salvage(root / "logbook.sqlite", root / "saved" / "new.sqlite")


CASES: Final[dict[str, tuple[Callable[[Path], None], Callable[[Path], None]]]] = {
    "restore": (of_first_schema, do_restore),
    "restore over a damaged file": (damaged, do_restore),
    "salvage": (damaged, do_salvage),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def begun(folder: Path, case: str) -> Path:
    (folder / "begun").mkdir()
    CASES[case][0](folder / "begun")
    return folder / "begun"


def killed(does: Callable[[], object], after: float | None = None) -> bool:
    """Have a process of its own do something, kill it after some seconds, and tell whether it came to no end."""
    if (child := os.fork()) == 0:
        with suppress(StorageError):
            does()
        os._exit(DONE)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (DONE, -signal.SIGKILL)
    return status != DONE


def traced(does: Callable[[Path], None], root: Path, at_line: Callable[[int], None]) -> bool:
    """Do it to *root* in a process of its own, with a look before each line of storage; tell whether it was killed."""
    line = numbers()

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            at_line(next(line))
        return watch

    def do() -> None:
        sys.settrace(watch)
        does(root)
        sys.settrace(None)

    return killed(do)


def steps(does: Callable[[Path], None], begun: Path, root: Path) -> list[int]:
    """Return the lines before which the disk is another than before the one that came before."""
    told, last = begun.parent / "lines", [[]]

    def look(line: int) -> None:
        state = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(root.rglob("*"))]
        if state != last[0]:
            last[0] = state
            with told.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")

    shutil.copytree(begun, root)
    assert not traced(does, root, look)
    shutil.rmtree(root)
    return [int(line) for line in told.read_text("utf-8").split()]


def is_done_or_as_it_was(begun: Path, root: Path, case: str) -> bool:
    """See that the logbook is the old file or the new one, whole, with a copy of the old; tell whether it is new."""
    was, now = (begun / "logbook.sqlite").read_bytes(), (root / "logbook.sqlite").read_bytes()
    assert [path.name for path in root.rglob("*") if path.is_file() and path.stat().st_mode & 0o077] == []
    if case == "salvage":
        assert now == was
        if not (root / "saved" / "new.sqlite").exists():
            return False
        read_records(root / "saved" / "new.sqlite")
        return True
    copies = list_backups(root / "backups")
    assert all(verify(one).is_verified for one in copies)
    if now == was:
        return False
    expected = [read_records(one.path) for one in copies if one.occasion is Occasion.CLOSE]
    assert [read_records(root / "logbook.sqlite")] == expected
    assert not (root / "logbook.sqlite-journal").exists()
    kept = [one.read_bytes() for one in root.glob("logbook-damaged-*.sqlite")]
    kept_records = [read_records(one.path) for one in copies if one.occasion is Occasion.RESTORE]
    assert kept == [was] if "damaged" in case else kept_records == [read_records(begun / "logbook.sqlite")]
    return True


@quick_and_deep(4, 10**9)
def test_a_kill_after_any_change_of_the_disk_leaves_old_or_new(
    begun: Path, folder: Path, case: str, count: int, figure: Figure
) -> None:
    root, does = folder / "tried", CASES[case][1]
    lines = steps(does, begun, root)
    chosen = lines if count > len(lines) else random.Random(7).sample(lines, count)
    new = 0
    for line in chosen:
        shutil.copytree(begun, root)
        assert traced(does, root, lambda now, line=line: os.kill(os.getpid(), signal.SIGKILL) if now == line else None)
        new += is_done_or_as_it_was(begun, root, case)
        shutil.rmtree(root)
    figure(f"Rows 4 and 15, {case}: killed after each of {len(chosen)} changes of the disk, {new} times done: 0 parts")


@quick_and_deep(3, 300)
def test_a_kill_at_any_moment_leaves_old_or_new(
    begun: Path, folder: Path, case: str, count: int, figure: Figure
) -> None:
    root, does, chance = folder / "tried", CASES[case][1], random.Random(4)
    shutil.copytree(begun, root)
    began = time.monotonic()
    assert not killed(lambda: does(root))
    longest = time.monotonic() - began
    shutil.rmtree(root)
    kills = new = 0
    for _ in range(count):
        shutil.copytree(begun, root)
        kills += killed(lambda: does(root), chance.uniform(0, longest))
        new += is_done_or_as_it_was(begun, root, case)
        shutil.rmtree(root)
    assert kills >= count // 4
    figure(f"Rows 4 and 15, {case}: {kills:,} kills at any moment, {new} times done: 0 parts, 0 lost")


@quick_and_deep(2, 50)
def test_every_release_is_restored_and_taken_back(folder: Path, count: int, figure: Figure) -> None:
    revisions = [one for one in header.REVISIONS if (RELEASED / f"{one}.sqlite").exists()]
    done = 0
    for number in range(count):
        for revision in revisions:
            path = folder / f"{number}-{revision}" / "logbook.sqlite"
            path.parent.mkdir()
            shutil.copy(RELEASED / f"{revision}.sqlite", path)
            with closing(connect(path, read_only=True)) as connection:
                backup = make_backup(connection, path, path.parent / "backups", NOW)
            then = read_records(path)
            path.unlink()
            make_logbook(path, number % 7, random.Random(number))
            now = read_records(path)
            restored = restore(backup, path, NOW)
            assert read_records(path) == then
            assert restored.before is not None
            restore(restored.before, path, NOW)
            assert read_records(path) == now
            done += 2
            shutil.rmtree(path.parent)
    figure(f"Row 15: {done} restores, of the schemas {', '.join(revisions)}, each taken back: all equal")


@quick_and_deep(5, 200)
def test_a_newer_file_is_only_read(folder: Path, count: int, figure: Figure) -> None:
    path, to = folder / "logbook.sqlite", folder / "out.json"
    make_logbook(path, 5, random.Random(1))
    records, content = read_records(path), path.read_bytes()
    changes = (
        "ALTER TABLE session ADD COLUMN mood TEXT",
        "CREATE TABLE photo (id TEXT)",
        "CREATE INDEX x ON session (date)",
    )
    for number in range(count):
        path.write_bytes(content)
        revision = f"{int(header.LATEST) + 1 + number:04}"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"UPDATE alembic_version SET version_num = '{revision}'")
            for change in random.Random(number).sample(changes, number % 4):
                connection.execute(change)
            connection.execute(f"PRAGMA journal_mode = {random.Random(number).choice(('DELETE', 'TRUNCATE'))}")
        before = path.read_bytes()
        with pytest.raises(StorageError, match=f"revision {revision}"):
            Database.open(path, create=False)
        assert revision in look_at(path).reason
        to.unlink(missing_ok=True)
        exported, understood = export_newer(path, to)
        assert understood.records == records
        assert sum(exported.written.values()) == len(records)
        assert path.read_bytes() == before
    figure(f"Row 9: {count} files of newer versions refused by name, read and exported, hash unchanged in all")


@quick_and_deep(30, 5000)
def test_a_rotten_backup_is_never_restored(folder: Path, count: int, figure: Figure) -> None:
    path = folder / "logbook.sqlite"
    with Database.open(path) as database:
        database.apply(adding(*full_records()))
        backup = database.backup(folder / "backups")
    before, whole, chance = path.read_bytes(), backup.path.read_bytes(), random.Random(9)
    checksum = checksum_path(backup.path).read_bytes()
    for _ in range(count):
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        backup.path.write_bytes(broken)
        with pytest.raises(StorageError):
            restore(backup, path, NOW)
        assert path.read_bytes() == before
    assert checksum_path(backup.path).read_bytes() == checksum
    assert len(list_backups(folder / "backups")) == 1
    figure(f"Row 12: {count:,} backups with one flipped bit: none restored, the logbook untouched")
