"""A look through the whole logbook: what is told of it, and what putting right puts right."""

import datetime as dt
import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from builders import SAM, a_session

from logbook.domain.edit import Edit
from logbook.domain.errors import StorageError
from logbook.domain.person import Person
from logbook.guidance.loader import load_rules
from logbook.services import checkup as service
from logbook.services.backups import Keeper
from logbook.services.checkup import Checkup, Line, Repair, check_up, put_right
from logbook.services.journal import Journal, open_journal
from logbook.storage.backup import Occasion, checksum_path
from logbook.storage.leftovers import find_leftovers

RULES = load_rules()
NOW = dt.datetime(2026, 11, 23, 12)
LONG_AGO = 1_000_000_000


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine" / "logbook.sqlite"
    with closing(open_journal(path, RULES)) as journal:
        journal.apply(Edit.adding("begin", [Person(SAM, "Sam"), *(a_session() for _ in range(40))]))
    return path


@pytest.fixture
def journal(path):
    with closing(open_journal(path, RULES)) as journal:
        yield journal


def line(checkup: Checkup, topic: str) -> Line:
    return next(one for one in checkup.lines if one.topic == topic)


def wrong(checkup: Checkup) -> list[str]:
    return [one.topic for one in checkup.lines if one.is_wrong]


def hashes(folder: Path) -> dict[Path, str]:
    return {one: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.rglob("*") if one.is_file()}


def lay(path: Path, content: bytes = b"private", *, age: float = LONG_AGO) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (age, age))
    return path


def spoil_index(path: Path, index: str = "ix_session_person_id") -> None:
    """Have *index* hold something else than its table does, as a fault of the disk could."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'person_id)', 'date)') WHERE name = ?", [index])


# What is told


def test_of_a_whole_logbook_everything_is_told_and_nothing_changed(path, journal):
    before = hashes(path.parent)
    found = check_up(journal, NOW)
    assert wrong(found) == []
    assert found.is_good
    assert found.sentence == "Nothing is wrong with this logbook."
    assert {one.topic: one.words for one in found.lines} == {
        "integrity": "ok",
        "foreign keys": "ok",
        "records": "every one can be read",
        "counts": "2 people and 40 sessions",
        "schema": "0004, the newest",
        "guidance": RULES.version,
        "SQLite": f"{sqlite3.sqlite_version}, without a known bug that touches this file",
        "left behind": "nothing",
        "backups": "There is no backup yet.",
    }
    assert found.repairs == (Repair.BACKUP,)
    assert hashes(path.parent) == before


def test_it_can_be_looked_through_while_it_is_open_for_reading_only(path):
    with closing(open_journal(path, RULES, read_only=True)) as journal:
        assert check_up(journal, NOW).is_good


def test_damage_is_told_and_not_copied(path, journal):
    with path.open("r+b") as file:
        file.seek(4096 * 20)
        file.write(b"\xaa" * 4096 * 8)
    found = check_up(journal, NOW)
    assert "integrity" in wrong(found)
    assert "Restore a backup" in line(found, "integrity").words
    assert "\n" not in line(found, "integrity").words
    assert found.repairs == ()
    assert found.sentence.endswith("wrong.")


def test_a_row_that_belongs_to_nothing_is_told(path, journal):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM person WHERE id = ?", [SAM])
        connection.commit()
    found = check_up(journal, NOW)
    assert wrong(found) == ["foreign keys"]
    assert "37 more" in line(found, "foreign keys").words


def test_words_that_no_version_knows_are_told(path, journal):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE session SET setting = 'on the moon'")
        connection.commit()
    found = check_up(journal, NOW)
    assert wrong(found) == ["records"]
    assert "on the moon" in line(found, "records").words


@pytest.mark.parametrize(
    ("version", "has_bug"),
    [((3, 34, 1), False), ((3, 35, 0), True), ((3, 37, 1), True), ((3, 37, 2), False), ((3, 51, 0), False)],
)
def test_an_sqlite_with_a_bug_that_could_touch_the_file_is_named(version, has_bug):
    told = service._sqlite(version)
    assert told.words.startswith(".".join(map(str, version)))
    assert ("it has a bug" in told.words) is has_bug
    assert not told.is_wrong


def test_a_logbook_that_was_closed_is_told(path):
    journal = open_journal(path, RULES)
    journal.close()
    with pytest.raises(StorageError, match="was closed"):
        check_up(journal, NOW)


# What was left behind

LEFT = (
    ".logbook.sqlite.0a1b2c3d.part",
    ".logbook.sqlite.0a1b2c3d.part-journal",
    ".all.json.0a1b2c3d.part",
    "..logbook.sqlite.lock.0a1b2c3d.part",
    "backups/.logbook-20260101-080000.sqlite.0a1b2c3d.part",
    "backups/logbook-20260101-080000-close.sqlite.sha256",
)
OTHERS = (
    ".logbook.sqlite.lock",
    "logbook.sqlite-journal.txt",
    ".notes.txt.0a1b2c3d.part",
    "film.part",
    ".logbook.sqlite.0a1b2c3.part",
    "backups/.logbook.json",
    "photo.sha256",
)


@pytest.mark.parametrize("name", LEFT)
def test_what_a_stopped_program_left_is_told_and_removed(path, journal, name):
    left = lay(path.parent / name)
    found = check_up(journal, NOW)
    assert "left behind" in wrong(found)
    assert left.name in line(found, "left behind").words
    assert put_right(journal, found)[0] == "Removed: 1 file left behind."
    assert not left.exists()
    assert check_up(journal, NOW).is_good


def test_the_folder_of_a_trial_that_was_stopped_goes_with_what_is_in_it(path, journal):
    folder = path.parent / "backups" / ".drill-abc"
    folder.mkdir(parents=True)
    lay(folder / "copy.sqlite")
    os.utime(folder, (LONG_AGO, LONG_AGO))
    found = check_up(journal, NOW)
    assert found.leftovers == (folder,)
    put_right(journal, found)
    assert not folder.exists()


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_somebody_elses_stays(path, name):
    lay(path.parent / name)
    assert find_leftovers([path.parent, path.parent / "backups"]) == ()


@pytest.mark.parametrize("name", LEFT)
def test_what_may_be_at_work_this_moment_stays(path, name):
    left = lay(path.parent / name, age=dt.datetime.now().timestamp() - 60)
    assert find_leftovers([left.parent]) == ()


def test_a_checksum_whose_copy_is_there_stays(path, journal):
    made = journal.backup()
    for one in (made.path, checksum_path(made.path)):
        os.utime(one, (LONG_AGO, LONG_AGO))
    assert find_leftovers([made.path.parent]) == ()


# Indexes


def test_an_index_that_says_something_else_is_made_again_from_the_records(path):
    spoil_index(path)
    with closing(open_journal(path, RULES)) as journal:
        found = check_up(journal, NOW)
        assert wrong(found) == ["integrity"]
        assert "which loses nothing" in line(found, "integrity").words
        assert found.repairs == (Repair.INDEXES,)
        assert put_right(journal, found) == ("The indexes were made again from the records.",)
        after = check_up(journal, NOW)
        assert after.is_good
        assert after.repairs == (Repair.BACKUP,)
        assert len(journal.everything()) == 42


def test_two_indexes_in_one_place_are_more_than_an_index_made_again_can_mend(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        other = "(SELECT rootpage FROM sqlite_master WHERE name = 'ix_device_person_id')"
        connection.execute(f"UPDATE sqlite_master SET rootpage = {other} WHERE name = 'ix_session_person_id'")
    with closing(open_journal(path, RULES)) as journal:
        found = check_up(journal, NOW)
    assert any("missing from index" in one for one in found.found.integrity)
    assert Repair.INDEXES not in found.repairs
    assert "Restore a backup" in line(found, "integrity").words


def test_where_the_indexes_are_not_all_that_is_wrong_the_file_stays_as_it_is(path):
    spoil_index(path)
    with closing(open_journal(path, RULES)) as journal:
        found = check_up(journal, NOW)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DELETE FROM person WHERE id = ?", [SAM])
            connection.commit()
    with closing(open_journal(path, RULES)) as journal:
        before = path.read_bytes()
        (told,) = put_right(journal, found)
        assert told.startswith("Could not make the indexes again")
        assert path.read_bytes() == before


def test_nothing_is_put_right_in_a_file_that_is_only_read(path):
    spoil_index(path)
    before = hashes(path.parent)
    with closing(open_journal(path, RULES, read_only=True)) as journal:
        (told,) = put_right(journal, check_up(journal, NOW))
    assert "open for reading only" in told
    assert hashes(path.parent) == before


# Backups


def test_a_backup_is_made_where_there_is_none(journal):
    (told,) = put_right(journal, check_up(journal, NOW))
    assert told.startswith("A backup was made and looked through: logbook-")
    found = check_up(journal, dt.datetime.now())
    assert found.repairs == ()
    assert line(found, "backups").words.startswith("Last good backup just now")
    assert "40 sessions, opened and counted" in line(found, "backups").words


def test_a_backup_that_is_no_longer_what_was_written_is_told_though_it_opens(journal):
    good, bad = journal.backup(), journal.backup()
    content = bytearray(bad.path.read_bytes())
    content[-1] ^= 1
    bad.path.write_bytes(content)
    found = check_up(journal, dt.datetime.now())
    assert wrong(found) == ["backups"]
    words = line(found, "backups").words
    assert "1 of 2 backups cannot be relied on" in words
    assert bad.path.name in words
    assert "opened and counted" in words  # of the good one
    assert found.repairs == (Repair.BACKUP,)  # the newest is not good
    assert good.path.exists()


def test_where_no_backup_is_good_that_is_told(journal):
    made = journal.backup()
    checksum_path(made.path).unlink()
    found = check_up(journal, NOW)
    words = line(found, "backups").words
    assert words.startswith("There is no good backup. 1 of 1 backup cannot be relied on: The checksum of")
    assert found.repairs == (Repair.BACKUP,)


def test_every_line_has_a_title(journal):
    assert all(one.title for one in check_up(journal, NOW).lines)


def test_a_failure_that_was_noted_is_told_until_a_backup_succeeds(path, journal):
    blocked = path.parent / "backups"
    Keeper(journal).make(Occasion.MANUAL)
    for one in sorted(blocked.iterdir()):
        one.rename(path.parent / one.name)
    blocked.rmdir()
    blocked.write_bytes(b"in the way")
    with pytest.raises(StorageError):
        Keeper(journal).make(Occasion.MANUAL)
    found = check_up(journal, NOW)
    assert line(found, "backups").repair is Repair.BACKUP
    told = put_right(journal, found)
    assert told[-1].startswith("Could not make a backup")
    blocked.unlink()
    assert put_right(journal, check_up(journal, NOW))
    assert check_up(journal, dt.datetime.now()).is_good


def test_what_fails_does_not_keep_the_rest_from_being_put_right(path, journal, monkeypatch):
    lay(path.parent / LEFT[0])
    found = check_up(journal, NOW)
    monkeypatch.setattr(service, "remove_leftovers", refuse)
    told = put_right(journal, found)
    assert [one.split(":")[0] for one in told] == [
        "Could not remove what was left behind",
        "A backup was made and looked through",
    ]


def refuse(*_: object) -> None:
    raise StorageError("the disk refuses")


def test_the_journal_is_only_asked(journal, monkeypatch):
    monkeypatch.setattr(Journal, "apply", refuse)
    assert check_up(journal, NOW).is_good
