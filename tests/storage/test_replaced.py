"""A file that is replaced, moved or removed under the open program: nothing goes where nobody will find it."""

import contextlib
import os
import shutil
import sqlite3
import threading

import pytest
from sqlalchemy import event
from storage.programs import OPEN_OR_SAY, a_program, answer
from storage.records import a_person, adding, names

from logbook.domain.edit import Edit
from logbook.domain.errors import FileReplaced, StorageError
from logbook.domain.person import Person
from logbook.storage import same_file
from logbook.storage.database import Database
from logbook.storage.engine import connect
from logbook.storage.lock import lock_path
from logbook.storage.repository import Repository

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows moves and removes no open file")


@pytest.fixture
def other(path, tmp_path):
    """Another state of the logbook: other people."""
    place = tmp_path / "other.sqlite"
    with Database.open(place) as database:
        for _ in range(3):  # SQLite tells two states of one file by the number of commits
            database.apply(adding(a_person()))
    return place


def renamed_over(path, other):
    other.replace(path)


def removed(path, other):
    path.unlink()


def removed_and_made_anew(path, other):
    path.unlink()
    shutil.copyfile(other, path)


def moved_away(path, other):
    path.rename(path.with_name("moved.sqlite"))


def folder_moved(path, other):
    path.parent.rename(path.parent.with_name("moved"))


def folder_removed(path, other):
    shutil.rmtree(path.parent)


def a_folder_instead(path, other):
    path.unlink()
    path.mkdir()


def a_link_instead(path, other):
    path.unlink()
    path.symlink_to(other)


def a_file_instead_of_the_folder(path, other):
    shutil.rmtree(path.parent)
    path.parent.write_text("in the way", encoding="utf-8")


def written_over(path, other):
    with path.open("r+b") as file:
        file.write(other.read_bytes())
        file.truncate()


def changed_by_another_program(path, other):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM person")


WAYS = (
    renamed_over,
    removed,
    removed_and_made_anew,
    moved_away,
    folder_moved,
    folder_removed,
    a_folder_instead,
    a_link_instead,
    a_file_instead_of_the_folder,
    written_over,
    changed_by_another_program,
)
GONE = (removed, moved_away, folder_moved, folder_removed, a_folder_instead, a_file_instead_of_the_folder)


def contents(folder):
    return {
        str(found.relative_to(folder)): found.read_bytes() if found.is_file() else None for found in folder.rglob("*")
    }


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_saved_and_it_is_told(path, other, tmp_path, way):
    with Database.open(path) as database:
        database.apply(adding(a_person()))
        lock = lock_path(path).name
        way(path, other)
        before = {name: data for name, data in contents(tmp_path).items() if not name.endswith(lock)}
        for _ in range(2):
            with pytest.raises(FileReplaced, match=r"^logbook\.sqlite was .* while it was open; nothing was saved\.$"):
                database.apply(adding(a_person()))
        after = contents(tmp_path)
        assert {name: data for name, data in after.items() if not name.endswith(lock)} == before
        assert all(data == b"" for name, data in after.items() if name.endswith(lock))  # it claims nothing more


@pytest.mark.parametrize("way", [way for way in WAYS if way not in GONE])
def test_it_can_be_opened_again(path, other, way):
    old = Database.open(path)
    old.apply(adding(person := a_person()))
    way(path, other)
    with pytest.raises(FileReplaced):
        old.apply(adding(a_person()))
    with Database.open(path, create=False) as new:  # as the window does: before it closes what it has
        assert person not in new.all(Person)
        before = len(new.all(Person))
        new.apply(adding(a_person()))
        old.close()
        new.apply(adding(a_person()))
        assert len(new.all(Person)) == before + 2
        assert lock_path(path).read_bytes()


@pytest.mark.parametrize("way", [folder_moved, moved_away])
def test_where_it_went_it_can_be_opened(path, other, tmp_path, way):
    with Database.open(path) as database:
        database.apply(adding(person := a_person()))
        way(path, other)
        with pytest.raises(FileReplaced):
            database.apply(adding(a_person()))
        moved = tmp_path / "moved" / path.name if way is folder_moved else path.with_name("moved.sqlite")
        with a_program(OPEN_OR_SAY, moved) as program:
            assert answer(program) == "opened"
        with Database.open(moved) as opened:
            assert opened.all(Person) == [person]


@pytest.mark.parametrize("way", [folder_moved, moved_away])
def test_a_file_that_comes_back_is_written_again(path, other, tmp_path, way):
    with Database.open(path) as database:
        way(path, other)
        with pytest.raises(FileReplaced):
            database.apply(adding(a_person()))
        if way is folder_moved:
            (tmp_path / "moved").rename(path.parent)
        else:
            path.with_name("moved.sqlite").rename(path)
        database.apply(adding(person := a_person()))
        assert database.all(Person) == [person]
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize("way", WAYS)
def test_what_was_read_can_still_be_read(path, other, way):
    """An export of what is in sight must be possible: it may be all that is left."""
    with Database.open(path) as database:
        database.apply(adding(person := a_person()))
        way(path, other)
        found = database.all(Person)
        assert found == [person] or way in (written_over, changed_by_another_program)


@pytest.mark.parametrize("way", WAYS)
def test_a_change_in_the_middle_of_saving_is_found_before_anything_is_written(path, other, monkeypatch, way):
    real = Repository.apply
    with Database.open(path) as database:
        kept = path.with_name("kept.sqlite")
        os.link(path, kept)
        before = kept.read_bytes()

        def apply(repository, edit):
            real(repository, edit)
            if way not in (written_over, changed_by_another_program):  # which SQLite's own locks stand against
                way(path, other)

        monkeypatch.setattr(Repository, "apply", apply)
        if way in (written_over, changed_by_another_program):
            database.apply(adding(a_person()))
            return
        with pytest.raises(FileReplaced):
            database.apply(adding(a_person()))
        if kept.exists():
            assert kept.read_bytes() == before


def test_a_change_before_sqlites_own_look_is_found_by_that(path, other, monkeypatch):
    """SQLite looks when it makes its journal; the sentence is the same."""
    with Database.open(path) as database:
        monkeypatch.setattr(same_file.SameFile, "insist", lambda *_, **__: None)
        renamed_over(path, other)
        before = path.read_bytes()
        with pytest.raises(FileReplaced, match="moved, replaced or removed"):
            database.apply(adding(a_person()))
        assert path.read_bytes() == before


@pytest.mark.parametrize("way", [renamed_over, removed])
def test_what_was_written_into_a_file_without_a_name_is_not_told_as_saved(path, other, way):
    with Database.open(path) as database:
        event.listen(database._engine, "commit", lambda _: way(path, other), once=True)
        with pytest.raises(FileReplaced, match="at the moment of saving; what was to be saved is not in it"):
            database.apply(adding(a_person()))


def test_a_folder_that_is_moved_at_the_moment_of_saving_is_told(path, other, tmp_path):
    with Database.open(path) as database:
        event.listen(database._engine, "commit", lambda _: folder_moved(path, other), once=True)
        with pytest.raises(FileReplaced, match="nothing was saved"):  # where SQLite itself only says “disk I/O error”
            database.apply(adding(a_person()))
    with Database.open(tmp_path / "moved" / path.name) as moved:
        assert moved.all(Person) == []


def test_a_file_that_is_replaced_while_it_is_opened_is_told(path, other, monkeypatch):
    Database.open(path).close()

    def replacing(*arguments, **more):
        if other.exists():
            renamed_over(path, other)
        return connect(*arguments, **more)

    monkeypatch.setattr("logbook.storage.engine.connect", replacing)
    with pytest.raises(FileReplaced):
        Database.open(path)
    assert names(path.parent) == [path.name]
    Database.open(path).close()


def test_two_openings_in_one_program_never_write_over_each_other(path):
    """One lock keeps out other programs; in this one, who did not read what is there does not write."""
    with Database.open(path) as first, Database.open(path) as second:
        first.apply(adding(person := a_person()))
        with pytest.raises(FileReplaced, match="changed by another program"):
            second.apply(adding(a_person()))
        first.apply(Edit.removing("remove", [person]))
        assert first.all(Person) == []


def test_saving_and_copying_in_threads_is_no_change_by_another(path, tmp_path):
    with Database.open(path) as database:
        errors = []

        def copy():
            try:
                for number in range(5):
                    database.backup(tmp_path / f"copies {number}")
            except StorageError as error:
                errors.append(error)

        thread = threading.Thread(target=copy)
        thread.start()
        for _ in range(20):
            database.apply(adding(a_person()))
        thread.join()
        assert errors == []
        assert len(database.all(Person)) == 20
