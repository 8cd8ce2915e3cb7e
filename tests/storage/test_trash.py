"""What was deleted is kept apart, comes back equal, and leaves no letter in the file once it is let go."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from storage.records import a_person, a_session, adding

from logbook.domain.edit import Edit
from logbook.domain.errors import StorageError
from logbook.domain.session import Session
from logbook.domain.trash import Trashed
from logbook.services.trash import laying_aside, letting_go, restoring
from logbook.storage.database import Database

LENGTHS = (0, 40, 300, 1500, 9000)  # of texts: a few in a page, one in a page, one in several


def deleting(*sessions: Session) -> Edit:
    return laying_aside(Edit.removing("delete sessions", sessions))


def mark(number: int) -> str:
    return f"MARK{number:05}END"


def found(path: Path, numbers: range) -> set[int]:
    """Return those whose mark is anywhere in the file, or in one beside it."""
    content = b"".join(one.read_bytes() for one in path.parent.iterdir() if one.is_file())
    return {number for number in numbers if mark(number).encode() in content}


def test_a_deletion_and_what_takes_it_back_are_one_change_each(database):
    person = a_person()
    sessions = [a_session(person, notes="one"), a_session(person, notes="two")]
    database.apply(adding(person, *sessions))
    edit = deleting(*sessions)
    database.apply(edit)
    assert database.all(Session) == []
    assert database.all(Trashed) == [edit.replacements[-1].after]
    database.apply(edit.inverse())
    assert database.all(Session) == sessions
    assert database.all(Trashed) == []


def test_a_deletion_that_is_refused_leaves_nothing_in_the_trash(database):
    person, session = (one := a_person()), a_session(one)
    database.apply(adding(person, session))
    edit = laying_aside(Edit.removing("delete", [session, a_session(person)]))
    with pytest.raises(StorageError):
        database.apply(edit)
    assert database.all(Session) == [session]
    assert database.all(Trashed) == []


def test_what_comes_back_from_the_file_is_what_was_deleted(path):
    person, session = (one := a_person()), a_session(one, notes="with “words” \0 🧔")
    with Database.open(path) as database:
        database.apply(adding(person, session))
        database.apply(deleting(session))
    with Database.open(path) as database:
        (trashed,) = database.all(Trashed)
        database.apply(restoring(trashed, [person]))
        assert database.all(Session) == [session]
        assert database.all(Trashed) == []


def test_what_rests_is_in_the_file_and_what_was_let_go_is_not(path):
    person = a_person()
    session = a_session(person, notes=mark(1))
    with Database.open(path) as database:
        database.apply(adding(person, session))
        database.apply(deleting(session))
        assert found(path, range(2)) == {1}
        database.apply(letting_go(database.all(Trashed)))
        assert found(path, range(2)) == set()
        assert database.check().is_good


@pytest.mark.parametrize("seed", range(3))
def test_no_letter_is_left_however_the_pages_were_filled_and_emptied(path, seed):
    chance = random.Random(seed)
    person = a_person()
    kept: dict[int, Session] = {}
    with Database.open(path) as database:
        database.apply(adding(person))
        for number in range(150):
            session = a_session(person, notes=mark(number) + "x" * chance.choice(LENGTHS))
            database.apply(adding(session))
            kept[number] = session
            if chance.random() < 0.5:
                some = chance.sample(sorted(kept), min(len(kept), chance.randrange(1, 4)))
                database.apply(deleting(*(kept.pop(one) for one in some)))
            trash = database.all(Trashed)
            if trash and chance.random() < 0.3:
                database.apply(letting_go(chance.sample(trash, chance.randrange(1, len(trash) + 1))))
        database.apply(letting_go(database.all(Trashed)))
        database.rewrite()
        assert len(kept) < 130
        assert found(path, range(150)) == set(kept)


# Writing the file anew


def left_by_moving(path: Path) -> tuple[Database, Session]:
    """Return an open logbook in which letters of a text were left that SQLite believes it overwrote."""
    person = a_person()
    session = a_session(person, notes="kept")
    database = Database.open(path)
    database.apply(adding(person, session))
    connection = database._engine.raw_connection().driver_connection
    connection.execute("PRAGMA secure_delete = OFF")
    gone = [a_session(person, notes=mark(number)) for number in range(200)]
    database.apply(adding(*gone))
    database.apply(Edit.removing("remove", gone))
    connection.execute("PRAGMA secure_delete = ON")
    assert found(path, range(200))
    return database, session


def test_a_file_that_is_written_anew_holds_the_same_without_those_letters(path):
    database, session = left_by_moving(path)
    database.rewrite()
    assert found(path, range(200)) == set()
    assert database.all(Session) == [session]
    assert database.check().is_good
    database.apply(Edit.removing("remove", [session]))
    database.close()
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    with Database.open(path) as again:
        assert again.all(Session) == []


def test_a_disk_without_room_leaves_it_as_it_is(path):
    database, session = left_by_moving(path)
    before = path.read_bytes()
    connection = database._engine.raw_connection().driver_connection
    connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError):
        database.rewrite()
    assert path.read_bytes() == before
    connection.execute("PRAGMA query_only = OFF")
    assert database.all(Session) == [session]
    database.close()


def test_what_is_only_read_is_not_written_anew(path):
    Database.open(path).close()
    with Database.open(path, read_only=True) as database, pytest.raises(StorageError, match="reading only"):
        database.rewrite()


def test_a_file_that_somebody_changed_is_not_written_anew(path):
    database, _ = left_by_moving(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE session SET notes = 'theirs'")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="changed by another program"):
        database.rewrite()
    assert path.read_bytes() == before
    database.close()
