import datetime as dt
import errno
import os
import stat

import pytest
from storage.records import a_person, adding, everything, full_records, names

from logbook.domain.errors import StorageError
from logbook.storage import backup as backup_module
from logbook.storage.backup import checksum_path, make_backup
from logbook.storage.database import Database
from logbook.storage.files import sha256_of


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups here"


@pytest.fixture
def records(database):
    database.apply(adding(*full_records()))
    return everything(database)


def test_a_backup_holds_everything(database, records, folder):
    backup = database.backup(folder)
    assert backup.counts == database.check().counts
    assert backup.size == backup.path.stat().st_size
    assert backup.sha256 == sha256_of(backup.path)
    assert checksum_path(backup.path).read_text("utf-8") == f"{backup.sha256}  {backup.path.name}\n"
    assert backup.path.name == f"logbook-{backup.made_at:%Y%m%d-%H%M%S}.sqlite"
    assert names(folder) == [backup.path.name, checksum_path(backup.path).name]
    with Database.open(backup.path, create=False) as copy:
        assert everything(copy) == records
    assert sha256_of(backup.path) == backup.sha256  # looking changed nothing


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_backup_is_private(database, folder):
    backup = database.backup(folder)
    for path, mode in ((folder, 0o700), (backup.path, 0o600), (checksum_path(backup.path), 0o600)):
        assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_backup_with_a_flipped_bit_has_another_checksum(database, folder):
    backup = database.backup(folder)
    content = bytearray(backup.path.read_bytes())
    content[-1] ^= 1
    backup.path.write_bytes(content)
    assert sha256_of(backup.path) != backup.sha256


def test_backups_of_one_second_stand_side_by_side(database, path, live, folder):
    now = dt.datetime(2026, 2, 1, 9, 30, 15, 999)
    names = [make_backup(live(database), path, folder, now).path.name for _ in range(3)]
    assert names == [
        "logbook-20260201-093015.sqlite",
        "logbook-20260201-093015-2.sqlite",
        "logbook-20260201-093015-3.sqlite",
    ]


def test_a_database_open_for_reading_can_be_backed_up(path, folder):
    Database.open(path).close()
    with Database.open(path, read_only=True) as database:
        assert database.backup(folder).path.exists()


def test_the_database_goes_on_after_a_backup(database, folder):
    database.backup(folder)
    database.apply(adding(a_person()))
    assert database.backup(folder).counts["person"] == 1


@pytest.mark.parametrize("calls", range(4))
def test_a_full_disk_leaves_nothing_of_the_backup(database, folder, monkeypatch, calls):
    real, done = os.fsync, []

    def fsync(handle):
        done.append(handle)
        if len(done) > calls:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(StorageError, match="no room left on the disk"):
        database.backup(folder)
    assert names(folder) == []


def test_a_copy_that_is_not_the_same_is_not_kept(database, records, folder, monkeypatch):
    real = backup_module._check_copy

    def check_copy(copy):
        with Database.open(copy) as opened:  # as another program might between copying and looking
            opened.apply(adding(a_person()))
        return real(copy)

    monkeypatch.setattr(backup_module, "_check_copy", check_copy)
    with pytest.raises(StorageError, match="not the same"):
        database.backup(folder)
    assert names(folder) == []


def test_a_folder_that_cannot_be_made_is_told(database, folder):
    folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError, match="is there already"):
        database.backup(folder)
