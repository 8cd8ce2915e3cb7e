import datetime as dt
import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from storage.records import a_person, adding, everything, full_records, names

from logbook.domain.errors import AlreadyOpen, DatabaseDamaged, DatabaseTooNew, FileReplaced, StorageError
from logbook.storage import header, upgrade
from logbook.storage.backup import Occasion, checksum_path, list_backups, make_backup, verify
from logbook.storage.database import Database
from logbook.storage.engine import connect
from logbook.storage.files import sha256_of
from logbook.storage.restore import BESIDE, restore

RELEASED = Path(__file__).parents[1] / "databases"
LAST = 5  # of the times that a restore makes sure of the disk, counted from 0
NOW = dt.datetime(2026, 11, 23, 7, 42)
EARLIER = dt.datetime(2026, 11, 20, 18, 0)


@pytest.fixture
def backup(path):
    """Return a copy of the logbook at *path* with a record of each kind; the logbook has a person more."""
    with Database.open(path) as database:
        database.apply(adding(*full_records()))
        copy = database.backup(path.parent / "backups")
        database.apply(adding(a_person()))
    return copy


def content(path: Path) -> dict[type, list]:
    with Database.open(path, create=False) as database:
        assert database.check().is_good
        return everything(database)


def backup_of(released: Path, folder: Path):
    """Return a copy of a *released* file, as the version made it that it is of."""
    folder.mkdir(exist_ok=True)
    there = Path(shutil.copy(released, folder.parent / "logbook.sqlite")) if released.parent == RELEASED else released
    connection = connect(there, read_only=True)
    try:
        return make_backup(connection, there, folder, EARLIER)
    finally:
        connection.close()


def test_what_was_copied_is_there_again_and_can_be_taken_back(path, backup):
    now, then = content(path), content(backup.path)
    restored = restore(backup, path, NOW)
    assert content(path) == then != now
    assert restored.before.occasion is Occasion.RESTORE
    assert restored.before.made_at == NOW
    assert (restored.path, restored.backup.path, restored.damaged_copy) == (path, backup.path, None)
    again = restore(restored.before, path, NOW)
    assert content(path) == now
    assert content(again.before.path) == then


def test_every_copy_stays_and_proves_itself(path, backup):
    before = sha256_of(backup.path)
    restore(backup, path, NOW)
    assert sha256_of(backup.path) == before
    known = list_backups(path.parent / "backups")
    assert len(known) == 2
    assert all(verify(one).is_verified for one in known)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_restored_file_is_private_and_nothing_lies_beside_it(path, backup):
    restore(backup, path, NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(path.parent) == ["backups", path.name]


@pytest.mark.parametrize("revision", header.REVISIONS)
def test_every_released_schema_can_be_restored(tmp_path, path, revision):
    if not (RELEASED / f"{revision}.sqlite").exists():
        pytest.fail("there is no file of it")
    backup = backup_of(RELEASED / f"{revision}.sqlite", tmp_path / "copies")
    assert backup.revision == revision
    restored = restore(backup, path, NOW)
    assert (restored.before, restored.damaged_copy) == (None, None)
    upgraded = shutil.copy(backup.path, tmp_path / "upgraded.sqlite")
    assert content(path) == content(upgraded)
    assert {table: restored.counts[table] for table in backup.counts} == backup.counts


def test_a_copy_of_a_newer_version_is_refused(path, backup):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    newer = backup_of(path, path.parent / "backups")
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew, match="9999"):
        restore(newer, path, NOW)
    assert path.read_bytes() == before
    restored = restore(backup, path, NOW)  # the present is of a newer version: it is copied all the same
    assert restored.before.revision == "9999"


@pytest.mark.parametrize("place", [0, 100, 5000, -1])
def test_a_copy_with_a_flipped_bit_is_never_restored(path, backup, place):
    before, broken = path.read_bytes(), bytearray(backup.path.read_bytes())
    broken[place] ^= 1
    backup.path.write_bytes(broken)
    with pytest.raises(DatabaseDamaged):
        restore(backup, path, NOW)
    assert path.read_bytes() == before
    assert len(list_backups(path.parent / "backups")) == 1


def test_a_copy_without_its_checksum_is_not_restored(path, backup):
    checksum_path(backup.path).unlink()
    (known,) = list_backups(path.parent / "backups")
    with pytest.raises(DatabaseDamaged, match="nothing proves"):
        restore(known, path, NOW)


def test_a_copy_that_changes_while_it_is_read_is_not_restored(path, backup, monkeypatch):
    before, copyfile = path.read_bytes(), shutil.copyfile

    def late(source, target):
        copyfile(source, target)
        with Path(target).open("r+b") as file:
            file.seek(9000)
            file.write(b"changed")

    monkeypatch.setattr(shutil, "copyfile", late)
    with pytest.raises(DatabaseDamaged, match="changed while it was read"):
        restore(backup, path, NOW)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "damaged", [b"no logbook at all", b"SQLite format 3\0" + bytes(4080), None], ids=["text", "header", "page"]
)
def test_of_a_damaged_file_the_bytes_are_kept_beside_it(path, backup, damaged):
    broken = damaged or path.read_bytes()[: 20 * 4096] + b"\xaa" * 4096 + path.read_bytes()[21 * 4096 :]
    path.write_bytes(broken)
    restored = restore(backup, path, NOW)
    assert restored.before is None
    assert restored.damaged_copy == path.with_name("logbook-damaged-20261123-074200.sqlite")
    assert restored.damaged_copy.read_bytes() == broken
    assert content(path) == content(backup.path)
    path.write_bytes(broken)
    assert restore(backup, path, NOW).damaged_copy.name == "logbook-damaged-20261123-074200-2.sqlite"


def test_of_an_empty_file_nothing_is_kept(path, backup):
    path.write_bytes(b"")
    restored = restore(backup, path, NOW)
    assert (restored.before, restored.damaged_copy) == (None, None)
    assert names(path.parent) == ["backups", path.name]


def test_a_missing_logbook_comes_back_with_its_folder(path, backup, tmp_path):
    other = tmp_path / "elsewhere" / "logbook.sqlite"
    restored = restore(backup, other, NOW)
    assert restored.before is None
    assert content(other) == content(backup.path)


def test_what_was_half_done_in_the_old_file_never_gets_into_the_new_one(path, backup):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE session SET notes = ?", ("half done " * 9000,))
    journal = path.with_name(path.name + "-journal")
    torn, kept = path.read_bytes(), journal.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    path.write_bytes(torn[: 10 * 4096] + b"\xaa" * 4096 + torn[11 * 4096 :])
    journal.write_bytes(kept)
    for suffix in BESIDE[1:]:
        path.with_name(path.name + suffix).write_bytes(b"x" * 5000)
    restored = restore(backup, path, NOW)
    assert not any(path.with_name(path.name + suffix).exists() for suffix in BESIDE)
    assert content(path) == content(backup.path)
    assert restored.damaged_copy is not None or restored.before is not None


def test_what_lies_beside_a_file_that_is_no_logbook_is_kept_with_it_and_not_left_beside_the_new_one(path, backup):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE session SET notes = ?", ("half done " * 9000,))
    journal = path.with_name(path.name + "-journal")
    kept = journal.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    path.write_bytes(b"no logbook")
    journal.write_bytes(kept)
    copy = restore(backup, path, NOW).damaged_copy
    assert not journal.exists()
    assert copy.with_name(copy.name + "-journal").read_bytes() == kept
    assert content(path) == content(backup.path)


def test_a_change_that_a_crash_left_half_done_is_not_in_the_copy_of_the_present(path, backup):
    before = content(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE session SET notes = ?", ("half done " * 9000,))
    torn, journal = path.read_bytes(), path.with_name(path.name + "-journal")
    kept = journal.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    path.write_bytes(torn)
    journal.write_bytes(kept)
    restored = restore(backup, path, NOW)
    assert content(restored.before.path) == before


def test_a_logbook_that_another_program_has_open_is_left_alone(path, backup):
    script = (
        "import pathlib, sys\nfrom logbook.storage.database import Database\n"
        f"with Database.open(pathlib.Path({str(path)!r})):\n    print('open', flush=True)\n    sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(Path.cwd()), *sys.path]))}
    before = path.read_bytes()
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(AlreadyOpen):
            restore(backup, path, NOW)
        assert path.read_bytes() == before
        other.stdin.close()
    restore(backup, path, NOW)


def test_one_that_is_still_open_here_finds_out_before_it_writes(path, backup):
    with Database.open(path) as database:
        restore(backup, path, NOW)
        with pytest.raises(FileReplaced):
            database.apply(adding(a_person()))
    assert content(path) == content(backup.path)


def test_a_file_that_changes_meanwhile_is_left_alone(path, backup, monkeypatch):
    import logbook.storage.restore as module

    real = module.make_backup

    def late(*arguments):
        made = real(*arguments)
        path.write_bytes(b"from a program that keeps folders in step")
        return made

    monkeypatch.setattr(module, "make_backup", late)
    with pytest.raises(StorageError, match="changed in this very moment"):
        restore(backup, path, NOW)
    assert path.read_bytes() == b"from a program that keeps folders in step"


def test_of_a_link_the_file_is_replaced_that_it_leads_to(path, backup, tmp_path):
    link = tmp_path / "link.sqlite"
    link.symlink_to(path)
    then = content(backup.path)
    restored = restore(backup, link, NOW)
    assert link.is_symlink()
    assert content(path) == then
    assert restored.before.path.parent == tmp_path / "backups"


@pytest.mark.parametrize("calls", range(LAST + 2))
def test_a_full_disk_leaves_the_old_file(path, backup, monkeypatch, calls):
    before, real, done = path.read_bytes(), os.fsync, []

    def fsync(handle):
        done.append(handle)
        if len(done) > calls:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    # Two are for the checksum of the copy of the present, two for the copy and one for the new file, all before it has
    # its name; the last is for the folder.
    if calls < LAST:
        with pytest.raises(StorageError, match="no room left"):
            restore(backup, path, NOW)
    else:
        assert restore(backup, path, NOW).is_sure is (calls > LAST)
    monkeypatch.undo()
    assert path.read_bytes() == before if calls < LAST else content(path) == content(backup.path)
    assert not [name for name in names(path.parent) if name.endswith(".part")]


def test_an_upgrade_of_the_copy_that_fails_leaves_everything(tmp_path, path, backup, monkeypatch):
    old = backup_of(RELEASED / "0001.sqlite", tmp_path / "copies")
    before = path.read_bytes()

    def fail(*_):
        raise StorageError("it cannot be done")

    monkeypatch.setattr(upgrade, "bring_to", fail)
    with pytest.raises(StorageError, match="cannot be done"):
        restore(old, path, NOW)
    assert path.read_bytes() == before
    assert names(path.parent) == ["backups", path.name]
    assert len(list_backups(path.parent / "backups")) == 1
