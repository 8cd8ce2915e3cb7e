"""Copies of an open logbook, over days and months, on disks that fill up, come loose and rot."""

import datetime as dt
import errno
import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from builders import SAM, a_session

from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import DatabaseDamaged, StorageError
from logbook.domain.person import Person
from logbook.guidance.loader import load_rules
from logbook.services import backup_drill
from logbook.services.backup_state import Drill, Failure, State, plain_size
from logbook.services.backups import Keeper
from logbook.services.journal import Journal, open_journal
from logbook.storage.backup import Backup, Occasion, checksum_path, list_backups, verify
from logbook.storage.files import sha256_of

RULES = load_rules()
AN_HOUR = dt.timedelta(hours=1)
A_DAY = dt.timedelta(days=1)
RELEASED = Path(__file__).parents[1] / "databases"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "logbook.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with closing(open_journal(path, RULES)) as journal:
        journal.apply(Edit.adding("sam", (Person(SAM, "Sam"),)))
        yield journal


@pytest.fixture
def keeper(journal: Journal) -> Keeper:
    return Keeper(journal)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Return another disk."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def change(journal: Journal) -> None:
    journal.apply(Edit.adding("a session", (a_session(),)))


def good(keeper: Keeper) -> Backup:
    assert keeper.state.last_good is not None
    return keeper.state.last_good


def dated(backup: Backup, made_at: dt.datetime) -> Path:
    """Put a copy of *backup* beside it as if it had been made at another moment, with its checksum."""
    moments = (f"{moment:%Y%m%d-%H%M%S}" for moment in (backup.made_at, made_at))
    path = backup.path.with_name(backup.path.name.replace(*moments))
    shutil.copyfile(backup.path, path)
    told = checksum_path(backup.path).read_text("utf-8").replace(backup.path.name, path.name)
    checksum_path(path).write_text(told, encoding="utf-8")
    return path


def seal(backup: Backup) -> None:
    """Give *backup* the checksum of what is in it now, as if it had been wrong from the beginning."""
    checksum = checksum_path(backup.path)
    text = checksum.read_text("utf-8").replace(backup.sha256, sha256_of(backup.path))
    size = f'"size": {backup.path.stat().st_size}'
    checksum.write_text(text.replace(f'"size": {backup.size}', size), encoding="utf-8")


def rot(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def fill_up(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have the disk of *folder* take nothing any more."""
    real = os.open

    def refuse(path, flags, *rest, **named):  # type: ignore[no-untyped-def]
        if flags & os.O_CREAT and folder in Path(path).parents:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)


# When


def test_a_logbook_without_a_backup_is_due_at_once(keeper: Keeper, journal: Journal) -> None:
    now = dt.datetime.now()
    assert keeper.is_due(now)
    assert keeper.state.sentence(now) == "There is no backup yet."
    assert not keeper.folder.exists()


def test_the_next_one_is_due_an_hour_later_if_something_changed(keeper: Keeper, journal: Journal) -> None:
    at = keeper.make(Occasion.HOURLY).made_at
    assert not keeper.has_changed()
    assert not keeper.is_due(at + A_DAY)
    change(journal)
    assert keeper.has_changed()
    assert not keeper.is_due(at + AN_HOUR - dt.timedelta(seconds=1))
    assert keeper.is_due(at + AN_HOUR)


def test_a_clock_put_back_holds_no_backup_up(keeper: Keeper, journal: Journal) -> None:
    at = keeper.make(Occasion.HOURLY).made_at
    change(journal)
    assert keeper.is_due(at - A_DAY)


def test_what_was_copied_is_known_after_a_new_start(journal: Journal, path: Path) -> None:
    made = Keeper(journal).make(Occasion.CLOSE)
    journal.close()
    with closing(open_journal(path, RULES)) as again:
        keeper = Keeper(again)
        assert keeper.state.last_good == made
        assert not keeper.has_changed()
        change(again)
        assert keeper.has_changed()


def test_a_change_by_another_program_counts(keeper: Keeper, path: Path) -> None:
    keeper.make(Occasion.CLOSE)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE person SET name = 'Max'")
        other.commit()
    assert keeper.has_changed()


def test_a_logbook_open_for_reading_is_never_due(journal: Journal, path: Path) -> None:
    journal.close()
    with closing(open_journal(path, RULES, read_only=True)) as reading:
        assert not Keeper(reading).is_due(dt.datetime.now())
        assert Keeper(reading).make(Occasion.MANUAL).is_verified


def test_what_changes_while_a_copy_is_made_is_for_the_next_one(
    keeper: Keeper, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = journal.backup

    def backup(folder: Path, occasion: Occasion) -> Backup:
        made = real(folder, occasion)
        change(journal)  # as the window may, while this is being done elsewhere
        return made

    with monkeypatch.context() as patch:
        patch.setattr(journal, "backup", backup)
        keeper.make(Occasion.HOURLY)
    assert keeper.has_changed()


def test_a_logbook_that_is_gone_is_told_by_the_next_copy(keeper: Keeper, journal: Journal, path: Path) -> None:
    keeper.make(Occasion.CLOSE)
    path.unlink()
    state = keeper.tend(dt.datetime.now() + AN_HOUR + AN_HOUR)
    assert state.failure is not None
    assert state.failure.sentence == "The last backup failed: logbook.sqlite is not there."


def test_a_clock_that_calls_again_and_again_makes_what_is_due(keeper: Keeper, journal: Journal) -> None:
    now = dt.datetime.now()
    for minutes in (0, 5, 10):
        keeper.tend(now + dt.timedelta(minutes=minutes))
    change(journal)
    assert len(keeper.known()) == 1
    for minutes in (50, 61, 70, 140):
        keeper.tend(now + dt.timedelta(minutes=minutes))
    # The second copy bears the real time, at which the change was in it.
    assert [one.occasion for one in keeper.known()] == [Occasion.HOURLY, Occasion.HOURLY]
    assert keeper.state.drill is not None
    assert keeper.state.failure is None


# What is made


def test_a_backup_is_made_opened_and_counted(keeper: Keeper, journal: Journal) -> None:
    change(journal)
    made = keeper.make(Occasion.IMPORT)
    assert made.occasion is Occasion.IMPORT
    assert made.counts["session"] == 1
    assert keeper.state == State(made, changes=journal.changes())
    (known,) = keeper.known()
    assert verify(known) == made


def test_several_threads_take_turns_while_the_logbook_goes_on(keeper: Keeper, journal: Journal) -> None:
    with ThreadPoolExecutor(4) as threads:
        making = [threads.submit(keeper.make, Occasion.HOURLY) for _ in range(6)]
        tending = [threads.submit(keeper.tend, dt.datetime.now()) for _ in range(2)]
        for _ in range(5):
            change(journal)
        made = {one.result().path for one in making}
        assert all(one.result().failure is None for one in tending)
    assert len(made) == 6
    assert all(verify(one).is_verified for one in keeper.known())
    keeper.make(Occasion.CLOSE)
    assert good(keeper).counts["session"] == 5
    assert not keeper.has_changed()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_all_that_lies_there_is_private(keeper: Keeper, disk: Path) -> None:
    keeper.choose(disk)
    keeper.make(Occasion.CLOSE)
    keeper.drill(dt.datetime.now())
    other = keeper.state.other_folder
    assert other is not None
    for folder in (keeper.folder, other):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        files = list(folder.iterdir())
        assert len(files) >= 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_old_copies_are_thinned_after_each_new_one(keeper: Keeper, journal: Journal) -> None:
    made = keeper.make(Occasion.CLOSE)
    noon = made.made_at.replace(hour=12, minute=0, second=0)
    some = [dated(made, noon - dt.timedelta(days=days, hours=hours)) for days in (1, 5) for hours in (0, 2)]
    keeper.make(Occasion.CLOSE)
    left = {one.path for one in keeper.known()}
    assert [one in left for one in some] == [True, True, True, False]
    assert not checksum_path(some[3]).exists()


def test_none_goes_for_one_that_turns_out_to_have_rotted(keeper: Keeper, journal: Journal) -> None:
    made = keeper.make(Occasion.CLOSE)
    noon = made.made_at.replace(hour=12, minute=0, second=0) - dt.timedelta(days=5)
    last, middle, first = (dated(made, noon - dt.timedelta(hours=hours)) for hours in (0, 1, 2))
    rot(last)
    keeper.make(Occasion.CLOSE)
    left = {one.path for one in keeper.known()}
    assert last in left  # it may yet be of use to somebody who can read it
    assert middle in left
    assert first not in left


def test_another_logbook_in_the_folder_is_left_alone(keeper: Keeper, journal: Journal, path: Path) -> None:
    made = keeper.make(Occasion.CLOSE)
    noon = made.made_at.replace(hour=12, minute=0, second=0) - dt.timedelta(days=5)
    old = [dated(made, noon - dt.timedelta(hours=hours)) for hours in (0, 1)]
    theirs = [one.rename(one.with_name(one.name.replace("logbook-", "sample-"))) for one in old]
    keeper.make(Occasion.CLOSE)
    assert all(one.exists() for one in theirs)
    assert len(keeper.known()) == 2


# Failures


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 + 8)
        file.write(b"\xff" * 20000)


def test_a_damaged_logbook_is_not_copied_over_good_ones(
    keeper: Keeper, journal: Journal, path: Path, disk: Path
) -> None:
    keeper.choose(disk)
    made = keeper.make(Occasion.CLOSE)
    noon = made.made_at.replace(hour=12, minute=0, second=0) - dt.timedelta(days=5)
    for hours in range(3):
        dated(made, noon - dt.timedelta(hours=hours))
    before = keeper.known()
    damage(path)
    for _ in range(3):
        with pytest.raises(DatabaseDamaged):
            keeper.make(Occasion.HOURLY)
    assert keeper.state.other_fault == ""  # it is said once
    assert keeper.known() == before
    assert keeper.state.last_good == made


def test_a_failure_is_loud_and_stays_until_a_backup_succeeds(
    keeper: Keeper, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keeper.make(Occasion.CLOSE)
    change(journal)
    with monkeypatch.context() as patch:
        fill_up(patch, keeper.folder)
        with pytest.raises(StorageError, match="no room"):
            keeper.make(Occasion.HOURLY)
    # The notes could not be written either; whoever starts again at once tries again at once.
    failure = keeper.state.failure
    assert failure is not None
    assert keeper.state.sentence(dt.datetime.now()).startswith("The last backup failed: There is no room left")
    assert f"Your last good backup is of {made.made_at.day} " in keeper.state.sentence(dt.datetime.now())
    assert not keeper.is_due(failure.at + AN_HOUR - dt.timedelta(seconds=1))
    assert keeper.is_due(failure.at + AN_HOUR)
    assert len(keeper.known()) == 1
    keeper.make(Occasion.HOURLY)
    assert keeper.state.failure is None


def test_a_failure_is_still_told_after_a_new_start(keeper: Keeper, journal: Journal, path: Path) -> None:
    keeper.make(Occasion.CLOSE)
    damage(path)
    with pytest.raises(DatabaseDamaged):
        keeper.make(Occasion.CLOSE)
    assert Keeper(journal).state.failure == keeper.state.failure is not None


def test_a_folder_that_cannot_be_made_is_a_failure(keeper: Keeper, journal: Journal) -> None:
    keeper.folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError, match="is there already"):
        Keeper(journal).make(Occasion.CLOSE)
    assert Keeper(journal).state.sentence(dt.datetime.now()) == "There is no backup yet."


def test_notes_that_cannot_be_read_are_told_until_the_folder_is_chosen_again(
    keeper: Keeper, journal: Journal, disk: Path
) -> None:
    keeper.choose(disk)
    made = keeper.make(Occasion.CLOSE)
    (notes,) = keeper.folder.glob(".*.json")
    whole = notes.read_text("utf-8")
    for text in ("", "[]", "{}", "nonsense", "[" * 50000, whole.replace('"version": 1', '"version": 2'), whole[:-9]):
        notes.write_text(text, encoding="utf-8")
        again = Keeper(journal)
        assert again.state.last_good == replace(made, is_verified=False)
        assert again.state.sentence(made.made_at).startswith("Newest backup just now")
        assert "choose it again" in again.state.sentence(made.made_at)
        again.make(Occasion.CLOSE)
        assert "choose it again" in Keeper(journal).state.other_fault
        remove = again.state.last_good
        assert remove is not None
        remove.path.unlink()
    assert again.choose(None).other_fault == ""


# The other folder


def test_a_second_copy_goes_to_another_disk(keeper: Keeper, journal: Journal, disk: Path) -> None:
    assert keeper.choose(disk).other_fault == ""
    keeper.make(Occasion.CLOSE)
    other = keeper.state.other_folder
    assert other is not None
    assert other.parent == disk
    assert {one.occasion for one in list_backups(other)} == {Occasion.CLOSE, Occasion.MANUAL}
    assert len(keeper.known()) == 3
    assert Keeper(journal).state.other_folder == other


def test_a_disk_that_is_not_connected_is_a_warning_and_no_failure(keeper: Keeper, journal: Journal, disk: Path) -> None:
    keeper.choose(disk)
    disk.rename(disk.with_name("in the drawer"))
    disk.mkdir()  # where it is connected to, there is a folder
    made = keeper.make(Occasion.CLOSE)
    assert keeper.state.last_good == made
    assert keeper.state.failure is None
    assert "second copy was not made" in keeper.state.sentence(made.made_at)
    assert "disk connected?" in Keeper(journal).state.sentence(made.made_at)
    assert list(disk.iterdir()) == []


def test_a_share_that_refuses_even_to_say_what_is_there_is_as_one_that_is_not(
    keeper: Keeper, journal: Journal, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.choose(disk)
    other = keeper.state.other_folder
    real = Path.is_dir

    def is_dir(folder: Path) -> bool:
        if folder == other:
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(Path, "is_dir", is_dir)
    change(journal)
    made = keeper.make(Occasion.MANUAL)
    assert keeper.state.last_good == made
    assert "second copy was not made" in keeper.state.sentence(made.made_at)
    keeper.tend(made.made_at)  # the clock goes on


def test_letting_no_old_text_stay_is_no_change(keeper: Keeper, journal: Journal) -> None:
    person = journal.all(Person)[0]
    named = replace(person, name="Ann")
    journal.apply(Edit("rename", (Replacement(person, named),)))
    keeper.make(Occasion.MANUAL)
    before = journal.changes()
    keeper.tidy()
    assert journal.changes() != before
    assert not keeper.has_changed()
    assert not Keeper(journal).has_changed()

    journal.apply(Edit("rename", (Replacement(named, person),)))
    keeper.tidy()
    assert keeper.has_changed()  # what was changed before that still is


def test_a_disk_that_comes_back_gets_its_copy(keeper: Keeper, journal: Journal, disk: Path) -> None:
    keeper.choose(disk)
    away = disk.rename(disk.with_name("in the drawer"))
    at = keeper.make(Occasion.CLOSE).made_at
    keeper.tend(at)
    assert keeper.state.other_fault
    away.rename(disk)
    keeper.tend(at)
    assert keeper.state.other_fault == ""
    assert len(list_backups(keeper.folder)) == 1


def test_the_other_disk_has_the_copy_for_which_the_first_has_no_room(
    keeper: Keeper, journal: Journal, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.choose(disk)
    fill_up(monkeypatch, keeper.folder)
    with pytest.raises(StorageError, match="no room"):
        keeper.make(Occasion.CLOSE)
    assert good(keeper).path.parent == keeper.state.other_folder
    assert good(keeper).occasion is Occasion.CLOSE
    assert keeper.state.failure is not None


def test_two_logbooks_of_one_name_have_folders_of_their_own(journal: Journal, disk: Path, tmp_path: Path) -> None:
    with closing(open_journal(tmp_path / "clinic" / "logbook.sqlite", RULES)) as another:
        folders = {Keeper(one).choose(disk).other_folder for one in (journal, another)}
    assert len(folders) == 2


def test_the_same_folder_chosen_again_goes_on(keeper: Keeper, disk: Path) -> None:
    assert keeper.choose(disk).other_folder == keeper.choose(disk).other_folder
    assert len(list(disk.iterdir())) == 1


def test_a_folder_that_is_not_there_cannot_be_chosen(keeper: Keeper, disk: Path) -> None:
    with pytest.raises(StorageError, match="nowhere is not there"):
        keeper.choose(disk / "nowhere")
    assert keeper.state.other_folder is None


def test_another_folder_can_be_given_up(keeper: Keeper, journal: Journal, disk: Path) -> None:
    keeper.choose(disk)
    assert keeper.choose(None).other_folder is None
    keeper.make(Occasion.CLOSE)
    assert len(list(disk.glob("*/*.sqlite"))) == 1
    assert Keeper(journal).state.other_folder is None


# Looking and trying out


def test_a_look_proves_the_newest_one(keeper: Keeper, journal: Journal) -> None:
    made = keeper.make(Occasion.CLOSE)
    (notes,) = keeper.folder.glob(".*.json")
    notes.unlink()
    again = Keeper(journal)
    assert not good(again).is_verified
    assert again.look().last_good == made


def test_a_look_finds_rot_and_has_another_made(keeper: Keeper, journal: Journal) -> None:
    made = keeper.make(Occasion.CLOSE)
    older = dated(made, made.made_at - A_DAY)
    rot(made.path)
    state = keeper.look()
    assert state.last_good is not None
    assert state.last_good.path == older
    assert "as its checksum tells" in state.sentence(made.made_at)
    assert keeper.is_due(made.made_at)
    keeper.make(Occasion.HOURLY)
    assert keeper.state.warning == ""


def test_where_all_have_rotted_there_is_no_good_one(keeper: Keeper) -> None:
    made = keeper.make(Occasion.CLOSE)
    rot(made.path)
    assert keeper.look().last_good is None
    assert keeper.is_due(made.made_at)


def test_a_drill_is_due_once_a_month(keeper: Keeper) -> None:
    now = dt.datetime.now()
    assert not keeper.is_drill_due(now)
    made = keeper.make(Occasion.CLOSE)
    assert keeper.is_drill_due(now)
    assert keeper.drill(now).drill == Drill(now, made.path.name)
    assert not keeper.is_drill_due(now + 29 * A_DAY)
    assert keeper.is_drill_due(now + 30 * A_DAY)
    assert keeper.is_drill_due(now - A_DAY)


def test_a_drill_restores_and_leaves_nothing(keeper: Keeper, journal: Journal) -> None:
    change(journal)
    keeper.make(Occasion.CLOSE)
    before = sorted(keeper.folder.iterdir())
    content = [path.read_bytes() for path in before if path.suffix != ".json"]
    assert keeper.drill(dt.datetime.now()).failure is None
    assert sorted(keeper.folder.iterdir()) == before
    assert [path.read_bytes() for path in before if path.suffix != ".json"] == content


@pytest.mark.parametrize("does", [lambda keeper: keeper.drill(dt.datetime.now()), Keeper.look])
def test_what_a_drill_that_was_killed_left_is_swept(keeper: Keeper, does: Callable[[Keeper], State]) -> None:
    keeper.make(Occasion.CLOSE)
    old, young = keeper.folder / ".drill-old", keeper.folder / ".drill-young"
    for place in (old, young):
        place.mkdir()
        (place / "logbook.sqlite").write_text("private", encoding="utf-8")
    os.utime(old, (0, 0))
    does(keeper)
    assert not old.exists()
    assert young.exists()


def test_a_drill_of_a_rotten_copy_is_a_failure_and_has_another_made(keeper: Keeper, journal: Journal) -> None:
    now = dt.datetime.now()
    made = keeper.make(Occasion.CLOSE)
    older = dated(made, made.made_at - A_DAY)
    rot(made.path)
    state = keeper.drill(now)
    assert state.failure is not None
    assert state.failure.sentence.startswith("The newest backup could not be restored in a trial: ")
    assert good(keeper).path == older
    assert keeper.is_due(now + AN_HOUR)
    assert keeper.is_drill_due(now + A_DAY)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DELETE FROM session_zone", "What is told of"),
        ("UPDATE person SET name = 'Max'", "does not bring back what is in the logbook"),
        ("UPDATE session SET setting = 'on the moon'", "is damaged"),
    ],
)
def test_a_drill_compares_what_comes_back(keeper: Keeper, journal: Journal, sql: str, told: str) -> None:
    change(journal)
    made = keeper.make(Occasion.CLOSE)
    older = dated(made, made.made_at - A_DAY)
    with closing(sqlite3.connect(made.path)) as other:
        other.execute(sql)
        other.commit()
    seal(made)
    state = Keeper(journal).drill(dt.datetime.now())
    assert state.drill is not None
    assert told in state.drill.fault
    assert state.failure is not None
    assert state.last_good is not None
    assert state.last_good.path == older
    assert Keeper(journal).state == state


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DELETE FROM session_zone", "does not bring back all it should of: session_zone."),
        ("DELETE FROM session", "is damaged: session_zone: row 1 belongs to a session that is not there."),
    ],
)
def test_a_drill_looks_through_what_comes_back(
    keeper: Keeper, journal: Journal, monkeypatch: pytest.MonkeyPatch, sql: str, told: str
) -> None:
    change(journal)
    keeper.make(Occasion.CLOSE)

    def copy_badly(source: Path, copy: Path) -> None:
        shutil.copyfile(source, copy)
        with closing(sqlite3.connect(copy)) as other:
            other.execute(sql)
            other.commit()

    monkeypatch.setattr(backup_drill, "copy_private", copy_badly)
    state = keeper.drill(dt.datetime.now())
    assert state.drill is not None
    assert told in state.drill.fault


def test_a_drill_while_the_logbook_goes_on_compares_the_counts_alone(keeper: Keeper, journal: Journal) -> None:
    keeper.make(Occasion.CLOSE)
    change(journal)
    state = keeper.drill(dt.datetime.now())
    assert state.drill is not None
    assert state.drill.fault == ""


def test_a_copy_of_an_older_schema_can_be_tried_out(tmp_path: Path) -> None:
    for released in sorted(RELEASED.glob("*.sqlite")):
        folder = tmp_path / released.stem
        folder.mkdir()
        path = Path(shutil.copy(released, folder / "logbook.sqlite"))
        with closing(open_journal(path, RULES)) as journal:
            keeper = Keeper(journal)
            if keeper.state.last_good is None:
                keeper.make(Occasion.CLOSE)
            state = keeper.drill(dt.datetime.now())
            assert state.drill is not None
            assert state.drill.fault == ""
            assert len(list(keeper.folder.iterdir())) == 3


def test_a_drill_for_which_there_is_no_room_is_tried_again_the_next_day(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime.now()
    keeper.make(Occasion.CLOSE)

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup_drill, "copy_private", refuse)
        with pytest.raises(StorageError, match="no room"):
            keeper.drill(now)
    assert keeper.state.failure is None
    assert not keeper.is_drill_due(now + AN_HOUR)
    assert keeper.is_drill_due(now + A_DAY)
    assert keeper.drill(now).drill == Drill(now, good(keeper).path.name)


# Words


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (dt.timedelta(), "just now"),
        (dt.timedelta(seconds=59), "just now"),
        (dt.timedelta(minutes=1), "1 min ago"),
        (dt.timedelta(minutes=59), "59 min ago"),
        (dt.timedelta(hours=2), "2 h ago"),
        (dt.timedelta(hours=47), "47 h ago"),
        (dt.timedelta(hours=48), "2 days ago"),
        (-dt.timedelta(hours=1), "of 23 November 2026, 07:42"),
    ],
)
def test_it_is_said_in_one_sentence(later: dt.timedelta, told: str) -> None:
    at = dt.datetime(2026, 11, 23, 7, 42)
    made = Backup(Path("x"), "x", at, Occasion.CLOSE, 3_140_000, {"session": 412}, is_verified=True)
    state = State(made)
    assert state.sentence(at + later) == f"Last good backup {told}, 3.1 MB, 412 sessions, opened and counted."


def test_a_failure_is_said_with_what_there_is_left() -> None:
    at = dt.datetime(2026, 11, 23, 7, 42)
    made = Backup(Path("x"), "x", at, Occasion.CLOSE, 1, {}, is_verified=True)
    state = State(made, Failure(at, "The last backup failed: It rained."), other_fault="The second too.")
    assert state.sentence(at) == (
        "The last backup failed: It rained. Your last good backup is of 23 November 2026, 07:42. The second too."
    )
    assert (
        replace(state, last_good=None)
        .sentence(at)
        .startswith("The last backup failed: It rained. There is no good backup.")
    )


@pytest.mark.parametrize(
    ("size", "told"), [(1, "1 kB"), (229_376, "230 kB"), (999_999, "1000 kB"), (1_000_000, "1.0 MB")]
)
def test_a_size_is_said_as_people_read_it(size: int, told: str) -> None:
    assert plain_size(size) == told


def test_the_notes_are_plain_json(keeper: Keeper, disk: Path) -> None:
    keeper.choose(disk)
    keeper.drill(keeper.make(Occasion.CLOSE).made_at)
    (notes,) = keeper.folder.glob(".*.json")
    assert notes.name == ".logbook.json"
    assert set(json.loads(notes.read_text("utf-8"))) == {
        "version",
        "last_good",
        "changes",
        "failure",
        "warning",
        "other_folder",
        "other_fault",
        "drill",
    }
