import datetime as dt
import os
import shutil
import sqlite3
from dataclasses import replace

import pytest
from builders import SAM, a_session
from storage.records import everything

from logbook.domain.edit import Edit
from logbook.domain.errors import StorageError, UnreadableFile
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import Session, new_id
from logbook.domain.vocabulary import EventKind
from logbook.services.logbook_json import read_logbook
from logbook.services.places import sample_database
from logbook.services.recovery import (
    State,
    export_newer,
    locate,
    look_at,
    name_for_salvage,
    restore,
    salvage_to,
)
from logbook.services.salvaged import sentences
from logbook.storage.backup import checksum_path
from logbook.storage.database import Database
from logbook.storage.files import sha256_of

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "logbook.sqlite"


@pytest.fixture
def backup(path):
    """Return the backup of a logbook that has had one more session since."""
    with Database.open(path) as database:
        database.apply(Edit.adding("sam", (Person(SAM, "Sam"), a_session("2026-02-01"), a_session("2026-05-03"))))
        made = database.backup(path.parent / "backups")
        database.apply(Edit.adding("later", (a_session("2026-06-01"),)))
    return made


def damage(path):
    content = bytearray(path.read_bytes())
    content[20 * 4096 : 21 * 4096] = b"\xaa" * 4096
    path.write_bytes(content)


def make_newer(path, *changes):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for change in changes:
        connection.execute(change)
    connection.close()


def folder_of(path):
    return {one.name: one.read_bytes() for one in sorted(path.parent.rglob("*")) if one.is_file()}


def test_a_whole_logbook_is_fine(path, backup):
    finding = look_at(path)
    assert finding.state is State.FINE
    assert finding.sentences == ("logbook.sqlite can be read: 3 sessions, the last of 1 June 2026.",)


def test_looking_changes_nothing(path, backup):
    shutil.copy(path, path.with_name("logbook (conflicted copy).sqlite"))
    for spoil in (lambda: None, lambda: damage(path), lambda: path.write_bytes(b""), path.unlink):
        spoil()
        before = folder_of(path)
        look_at(path)
        assert folder_of(path) == before


def test_a_first_start_finds_nothing_and_says_no_more(path):
    finding = look_at(path)
    assert finding.state is State.NEW
    assert finding.sentences == (f"There is no logbook at {path} yet.",)


def test_the_sample_does_not_speak_against_a_first_start(home):
    own = sample_database().with_name("logbook.sqlite")
    Database.open(sample_database()).close()
    assert look_at(own).state is State.NEW


def test_a_known_path_with_nothing_there_is_missing(path):
    finding = look_at(path, known=(path,))
    assert finding.state is State.MISSING
    assert finding.sentences == (
        f"logbook.sqlite is not there, nor is its folder {path.parent}. Is its disk connected?",
        "No empty logbook was made in its place.",
        "There is no backup beside it.",
    )


def test_backups_tell_that_there_was_a_logbook(path, backup):
    path.unlink()
    finding = look_at(path)
    assert finding.state is State.MISSING
    assert finding.good_backup.path == backup.path
    assert finding.sentences[0] == f"logbook.sqlite is not there any more, in {path.parent}."
    assert finding.sentences[-1].startswith("Your newest good backup is of ")
    assert finding.sentences[-1].endswith(", with 2 sessions.")


def test_a_copy_of_its_name_tells_that_there_was_a_logbook(path, backup):
    copy = path.with_name("logbook (Sam's conflicted copy 2026-11-20).sqlite")
    path.rename(copy)
    shutil.rmtree(path.parent / "backups")
    other = path.with_name("another.sqlite")
    Database.open(other).close()
    path.with_name("logbook notes.txt").write_text("no logbook", encoding="utf-8")
    finding = look_at(path)
    assert finding.state is State.MISSING
    assert [one.path for one in finding.candidates] == [copy, other]
    assert (finding.candidates[0].sessions, finding.candidates[0].latest) == (3, dt.date(2026, 6, 1))
    assert finding.candidates[0].sentence.startswith(f"{copy.name}, named so by Dropbox or Nextcloud, last changed ")
    assert finding.candidates[0].sentence.endswith(": 3 sessions, the last of 1 June 2026.")
    assert finding.candidates[1].sentence.endswith(": no session yet.")


def test_another_logbook_in_the_folder_alone_does_not_speak_against_a_first_start(path):
    Database.open(path.with_name("another.sqlite")).close()
    assert look_at(path).state is State.NEW


def test_a_damaged_logbook_is_told_with_its_backups(path, backup):
    damage(path)
    finding = look_at(path)
    assert finding.state is State.DAMAGED
    assert finding.reason.startswith("logbook.sqlite is damaged: ")
    assert finding.good_backup.path == backup.path


def test_a_word_that_no_version_knows_is_damage(path, backup):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE session SET setting = 'at hxme'")
    connection.close()
    assert look_at(path).state is State.DAMAGED


def test_a_rotten_backup_is_never_the_good_one(path, backup):
    with Database.open(path) as database:
        newer = database.backup(path.parent / "backups")
    content = bytearray(newer.path.read_bytes())
    content[-1] ^= 1
    newer.path.write_bytes(content)
    damage(path)
    finding = look_at(path)
    assert [bool(one.fault) for one in finding.backups] == [True, False]
    assert finding.good_backup.path == backup.path
    checksum_path(backup.path).unlink()
    assert look_at(path).good_backup is None
    assert look_at(path).sentences[-1] == "There are backups, and none of them is good."


@pytest.mark.parametrize(
    ("content", "state", "sentence"),
    [
        (b"", State.EMPTY, "logbook.sqlite is empty."),
        (b"date,zone\n" * 99, State.NOT_A_LOGBOOK, "logbook.sqlite is not a logbook."),
        (b"SQLite format 3\0" + bytes(4080), State.NOT_A_LOGBOOK, "logbook.sqlite is a database of another program."),
        (b"SQLite format 3\0short", State.DAMAGED, "logbook.sqlite is damaged: it ends in its first line."),
    ],
)
def test_what_is_no_logbook_is_told(path, content, state, sentence):
    path.parent.mkdir()
    path.write_bytes(content)
    finding = look_at(path)
    assert finding.state is state
    assert finding.sentences[0] == sentence
    assert path.read_bytes() == content


def test_a_newer_logbook_is_told_by_its_number(path, backup):
    make_newer(path)
    finding = look_at(path)
    assert finding.state is State.TOO_NEW
    assert "revision 9999" in finding.reason


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="Windows has no modes, and root heeds none")
def test_a_file_that_may_not_be_read_is_not_missing(path, backup):
    path.chmod(0)
    assert look_at(path).state is State.UNREADABLE


def test_a_chosen_file_is_compared_with_the_backup(path, backup, tmp_path):
    moved = path.rename(tmp_path / "moved.sqlite")
    missing = look_at(path)
    found = locate(missing, moved)
    assert found.state is State.FINE
    assert found.reason.endswith("It holds 3 of the 3 records of your newest good backup.")
    other = tmp_path / "other.sqlite"
    Database.open(other).close()
    assert locate(missing, other).reason.endswith("It holds 0 of the 3 records of your newest good backup.")
    moved.write_bytes(b"no logbook")
    assert locate(missing, moved).state is State.NOT_A_LOGBOOK


def test_a_backup_is_restored_from_what_was_found(path, backup):
    damage(path)
    restored = restore(look_at(path).good_backup, path)
    assert restored.damaged_copy.exists()
    assert look_at(path).sentences == ("logbook.sqlite can be read: 2 sessions, the last of 3 May 2026.",)


def test_what_can_be_read_is_saved_beside_it(path, backup):
    damage(path)
    new = name_for_salvage(path, TODAY)
    assert new == path.with_name("logbook-saved-20261123.sqlite")
    before = sha256_of(path)
    salvaged = salvage_to(path, new)
    assert sentences(salvaged)[0].startswith("Saved in logbook-saved-20261123.sqlite: 1 person and 3 sessions")
    assert name_for_salvage(path, TODAY) == path.with_name("logbook-saved-20261123-2.sqlite")
    assert sha256_of(path) == before
    assert look_at(new).state is State.FINE


def test_what_is_understood_of_a_newer_logbook_is_exported(path, tmp_path):
    event = LifeEvent(new_id(), SAM, EventKind.SEASON, dt.date(2026, 2, 1))
    with Database.open(path) as database:
        database.apply(Edit.adding("all", (Person(SAM, "Sam"), a_session("2026-02-01"), event)))
        records = everything(database)
    make_newer(
        path,
        "ALTER TABLE session ADD COLUMN mood TEXT",
        "CREATE TABLE photo (id TEXT)",
        "UPDATE life_event SET kind = 'eclipse'",
    )
    before = sha256_of(path)
    exported, understood = export_newer(path, tmp_path / "out.json")
    assert sha256_of(path) == before
    assert understood.unknown_tables == ("photo",)
    assert understood.unknown_columns == ("session.mood",)
    assert understood.unread == {"life_event": 1}
    assert exported.written["sessions"] == 1
    read = read_logbook(tmp_path / "out.json", TODAY)
    assert [record for record in read if isinstance(record, Session)] == records[Session]


def test_a_newer_logbook_of_another_shape_is_refused(path, backup, tmp_path):
    make_newer(path, "ALTER TABLE session RENAME COLUMN notes TO words")
    with pytest.raises(StorageError, match=r"session has no notes"):
        export_newer(path, tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()


def test_the_export_of_a_newer_logbook_needs_a_known_ending(path, backup, tmp_path):
    make_newer(path)
    with pytest.raises(UnreadableFile):
        export_newer(path, tmp_path / "out.txt")


def test_a_backup_in_the_other_folder_is_found(path, backup, tmp_path):
    from logbook.services.backup_state import State as BackupState
    from logbook.services.backup_state import write_state

    disk = tmp_path / "disk"
    shutil.copytree(path.parent / "backups", disk)
    write_state(BackupState(other_folder=disk), path.parent / "backups" / ".logbook.json")
    backup.path.unlink()
    path.unlink()
    assert look_at(path).good_backup.path == disk / backup.path.name
    write_state(replace(BackupState(), other_folder=tmp_path / "unplugged"), path.parent / "backups" / ".logbook.json")
    assert look_at(path, known=(path,)).good_backup is None
