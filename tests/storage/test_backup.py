import datetime as dt
import errno
import json
import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from storage.records import a_person, adding, everything, full_records, names

from logbook.domain.errors import DatabaseDamaged, StorageError
from logbook.storage import backup as backup_module
from logbook.storage import header
from logbook.storage.backup import (
    Occasion,
    checksum_path,
    list_backups,
    logbook_name,
    make_backup,
    remove_backup,
    verify,
)
from logbook.storage.check import check
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
    checksum, told, end = checksum_path(backup.path).read_text("utf-8").split("\n")
    assert checksum == f"{backup.sha256}  {backup.path.name}"
    assert json.loads(told.removeprefix("# ")) == {
        "size": backup.size,
        "revision": header.LATEST,
        "counts": backup.counts,
    }
    assert end == ""
    assert backup.path.name == f"logbook-{backup.made_at:%Y%m%d-%H%M%S}-manual.sqlite"
    assert names(folder) == [backup.path.name, checksum_path(backup.path).name]
    with Database.open(backup.path, create=False) as copy:
        assert everything(copy) == records
    assert sha256_of(backup.path) == backup.sha256  # looking changed nothing


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_backup_is_private(database, folder):
    backup = database.backup(folder)
    for path, mode in ((folder, 0o700), (backup.path, 0o600), (checksum_path(backup.path), 0o600)):
        assert stat.S_IMODE(path.stat().st_mode) == mode


def test_backups_of_one_second_stand_side_by_side(database, path, live, folder):
    now = dt.datetime(2026, 2, 1, 9, 30, 15, 999)
    names = [make_backup(live(database), path, folder, now).path.name for _ in range(3)]
    assert names == [
        "logbook-20260201-093015-manual.sqlite",
        "logbook-20260201-093015-manual-2.sqlite",
        "logbook-20260201-093015-manual-3.sqlite",
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
    real = backup_module._look_through

    def look_through(copy):
        if copy.suffix == ".part":
            with Database.open(copy) as opened:  # as another program might between copying and looking
                opened.apply(adding(a_person()))
        return real(copy)

    monkeypatch.setattr(backup_module, "_look_through", look_through)
    with pytest.raises(StorageError, match="not the same"):
        database.backup(folder)
    assert names(folder) == []


def test_a_folder_that_cannot_be_made_is_told(database, folder):
    folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError, match="is there already"):
        database.backup(folder)


def the_only(folder):
    (backup,) = list_backups(folder)
    return backup


def fault(folder):
    """Return what is told of the only copy in *folder*, at a glance or else when it is read to its end."""
    known = the_only(folder)
    proven = verify(known)
    assert not proven.is_verified
    assert not proven.is_sound
    return known.fault or proven.fault


def test_a_backup_is_found_as_it_was_made(database, records, folder):
    made = database.backup(folder, Occasion.CLOSE)
    known = the_only(folder)
    assert known.is_sound
    assert not known.is_verified
    assert replace(known, is_verified=True) == made == verify(known)
    assert known.occasion is Occasion.CLOSE
    assert known.logbook == "logbook"


@pytest.mark.parametrize("occasion", Occasion)
def test_a_name_carries_its_occasion(database, folder, occasion):
    assert database.backup(folder, occasion).path.stem.endswith(f"-{occasion}")
    assert the_only(folder).occasion is occasion


def test_backups_are_listed_newest_first(database, path, live, folder):
    moments = [dt.datetime(2026, 2, 1, 9, 30), dt.datetime(2025, 12, 31), dt.datetime(2026, 2, 1, 9, 30)]
    made = [make_backup(live(database), path, folder, moment) for moment in moments]
    assert [one.path for one in list_backups(folder)] == [made[2].path, made[0].path, made[1].path]


def test_of_two_logbooks_in_one_folder_each_has_its_own(database, path, tmp_path, folder):
    with Database.open(tmp_path / "logbook-2.sqlite") as other, Database.open(tmp_path / "logbook.db") as third:
        made = [one.backup(folder) for one in (database, other, third)]
    assert [logbook_name(one) for one in (path, tmp_path / "logbook.db")] == ["logbook", "logbook.db"]
    for one in made:
        assert [known.path for known in list_backups(folder, one.logbook)] == [one.path]
    assert len(list_backups(folder)) == 3


def test_names_of_before_and_of_later_are_understood(database, folder):
    made = database.backup(folder)
    names = {
        "logbook-20250102-030405.sqlite": Occasion.MANUAL,
        "logbook-20250102-030405-2.sqlite": Occasion.MANUAL,
        "logbook-20250102-030405-invented.sqlite": Occasion.MANUAL,
        "logbook-20250102-030405-migration-12.sqlite": Occasion.MIGRATION,
    }
    for name in names:
        shutil.copy(made.path, folder / name)
    remove_backup(made)
    found = list_backups(folder, "logbook")
    assert {one.path.name: one.occasion for one in found} == names
    assert {one.made_at for one in found} == {dt.datetime(2025, 1, 2, 3, 4, 5)}


@pytest.mark.parametrize(
    "name",
    [
        "logbook-20251399-030405-manual.sqlite",
        "logbook-20250102-030405-manual.sqlite.sha256",
        "logbook-20250102-030405-manual.sqlite.part",
        "-20250102-030405.sqlite",
        ".logbook.json",
        "notes.txt",
    ],
)
def test_what_is_not_named_like_a_copy_is_none(folder, name):
    folder.mkdir()
    (folder / name).write_text("x", encoding="utf-8")
    assert list_backups(folder) == ()


def test_a_folder_or_a_link_with_the_name_of_a_copy_is_none(database, folder, tmp_path):
    made = database.backup(tmp_path / "elsewhere")
    (folder / "logbook-20250102-030405.sqlite").mkdir(parents=True)
    (folder / "logbook-20250102-030406.sqlite").symlink_to(made.path)
    assert list_backups(folder) == ()


def test_without_a_folder_there_are_no_backups(folder):
    assert list_backups(folder) == ()
    folder.write_text("a file", encoding="utf-8")
    with pytest.raises(StorageError):
        list_backups(folder)


def test_a_copy_of_before_tells_its_counts_itself(database, records, folder):
    made = database.backup(folder)
    checksum = checksum_path(made.path)
    checksum.write_text(checksum.read_text("utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    assert verify(the_only(folder)) == made


def test_a_copy_without_its_checksum_is_never_good(database, folder):
    checksum_path(database.backup(folder).path).unlink()
    assert "nothing proves that it is what was written" in fault(folder)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("A letter."), "is not a logbook"),
        (lambda path: os.truncate(path, path.stat().st_size - 1), "bytes and was made with"),
        (lambda path: os.truncate(path, 50), "ends in its first line"),
        (lambda path: path.write_bytes(path.read_bytes() + b"x"), "bytes and was made with"),
        (lambda path: checksum_path(path).write_bytes(b""), "holds no checksum"),
        (lambda path: checksum_path(path).write_bytes(b"\xff" * 70), "it is no text"),
        (lambda path: checksum_path(path).write_text(f"{'0' * 64}  {path.name}\n"), "as its checksum tells"),
        (lambda path: checksum_path(path).write_text(f"{'0' * 64}  another.sqlite\n"), "holds no checksum of"),
        (lambda path: checksum_path(path).write_text(f"{'0' * 64}  {path.name}\n# {'[' * 60000}"), "cannot be read"),
        (lambda path: checksum_path(path).write_text(f"{'0' * 64}  {path.name}\n# {{}}\n"), "cannot be read"),
    ],
)
def test_a_spoilt_copy_is_told_as_such(database, folder, spoil, told):
    path = database.backup(folder).path
    spoil(path)
    assert told in fault(folder)


@pytest.mark.parametrize("text", ['"session": 3', '"0002"', '"person": "1"'])
def test_a_copy_of_which_another_thing_is_told_is_not_good(database, records, folder, text):
    checksum = checksum_path(database.backup(folder).path)
    told = checksum.read_text("utf-8")
    was = {'"session": 3': '"session": 1', '"0002"': f'"{header.LATEST}"', '"person": "1"': '"person": 1'}[text]
    assert was in told
    checksum.write_text(told.replace(was, text if was != text else '"0009"'), encoding="utf-8")
    assert "told" in fault(folder) or "cannot be read" in fault(folder)


def test_one_flipped_bit_is_found_wherever_it_is(database, records, folder):
    path = database.backup(folder).path
    for spoilt in (path, checksum_path(path)):
        content = spoilt.read_bytes()
        step = max(1, len(content) * 8 // 150)  # all of them are flipped in tests/faults
        for bit in range(0, len(content) * 8, step):
            byte = bytearray(content)
            byte[bit // 8] ^= 1 << bit % 8
            spoilt.write_bytes(byte)
            assert not verify(the_only(folder)).is_verified, (spoilt.suffix, bit)
        spoilt.write_bytes(content)
    assert verify(the_only(folder)).is_verified


def test_what_is_known_to_be_at_fault_is_not_read_again(database, folder):
    known = replace(database.backup(folder), fault="It fell into the sea.")
    assert verify(known) == replace(known, is_verified=False)


def test_a_removed_backup_is_gone_with_its_checksum(database, folder):
    made = database.backup(folder)
    other = database.backup(folder)
    remove_backup(made)
    remove_backup(made)
    assert names(folder) == sorted([other.path.name, checksum_path(other.path).name])


def test_the_copy_before_an_upgrade_says_so(path):
    path.parent.mkdir()
    shutil.copy(Path(__file__).parents[1] / "databases" / "0001.sqlite", path)
    Database.open(path).close()
    known = the_only(path.parent / "backups")
    assert known.occasion is Occasion.MIGRATION
    assert known.revision == "0001"
    assert verify(known).is_verified


def test_changes_are_told_apart_and_outlive_the_program(path):
    with Database.open(path) as database:
        before = database.changes()
        assert database.changes() == before
        database.backup(path.parent / "backups")
        assert database.changes() == before
        database.apply(adding(a_person()))
        after = database.changes()
        assert after != before
    with Database.open(path) as database:
        assert database.changes() == after
        database.apply(adding(a_person()))
        assert database.changes() not in (before, after)


def test_a_change_shows_though_the_clock_of_the_disk_stands_still(database, path):
    before, then = database.changes(), path.stat().st_mtime_ns
    database.apply(adding(a_person()))
    os.utime(path, ns=(then, then))
    assert database.changes() != before


def test_a_file_that_took_the_place_of_another_shows_though_it_changed_as_often(database, path):
    before = database.changes()
    another = shutil.copyfile(path, path.with_suffix(".copy"))
    another.replace(path)
    assert database.changes() != before


def test_damage_of_which_the_open_file_knows_nothing_is_found_all_the_same(database, records, path, live, folder):
    assert check(live(database)).is_good
    with path.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\xaa" * 4096)
    assert check(live(database)).is_good  # as it remembers the pages
    with pytest.raises(DatabaseDamaged):
        database.backup(folder)
    assert names(folder) == []
