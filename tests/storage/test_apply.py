import sqlite3
from dataclasses import replace

import pytest
from storage.records import a_person, a_session, adding, everything, full_records

from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import DatabaseDamaged, StorageError
from logbook.domain.person import Person
from logbook.domain.session import Session, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Zone
from logbook.storage.database import Database


def changing(before, **but):
    return Edit("change", (Replacement(before, replace(before, **but)),))


def test_a_bad_second_replacement_leaves_the_first_out(database, path, digest):
    before = digest(path)
    person, stranger = a_person(), a_person()
    with pytest.raises(StorageError, match="belongs to is not in"):
        database.apply(adding(person, a_session(stranger)))
    assert database.all(Person) == []
    assert digest(path) == before
    database.apply(adding(person))
    assert database.all(Person) == [person]


def test_the_inverse_restores_what_was(database):
    records = full_records()
    database.apply(adding(*records))
    person, session = records[0], records[3]
    before = everything(database)
    edit = Edit(
        "change",
        (
            Replacement(session, replace(session, zones=(), topicals=None, given=None, notes="")),
            Replacement(person, replace(person, thinning_zones=None, conditions=())),
            Replacement(None, new := a_session(person)),
            Replacement(new, None),
        ),
    )
    database.apply(edit)
    assert everything(database) != before
    database.apply(edit.inverse())
    assert everything(database) == before


def test_adding_and_its_inverse_leave_nothing(database):
    empty = database.check().counts
    edit = adding(*full_records())
    database.apply(edit)
    database.apply(edit.inverse())
    assert database.check().counts == empty


def test_a_changed_session_keeps_its_shedding_line(database):
    records = full_records()
    database.apply(adding(*records))
    database.apply(changing(records[3], zones=(ZonePass(Zone.CROWN),)))
    assert database.all(SheddingRecord) == [records[4]]
    assert database.all(Session)[0].zones == (ZonePass(Zone.CROWN),)


def test_a_record_changed_twice_in_one_edit_ends_as_the_last(database):
    person = a_person()
    first = a_session(person, zones=(ZonePass(Zone.CROWN),))
    second = replace(first, zones=(ZonePass(Zone.FRONTAL),))
    third = replace(first, zones=(ZonePass(Zone.HAIRLINE),))
    database.apply(adding(person, first))
    database.apply(Edit("change", (Replacement(first, second), Replacement(second, third))))
    assert database.all(Session) == [third]


def test_what_others_refer_to_does_not_go(database):
    person = a_person()
    database.apply(adding(person, a_session(person)))
    with pytest.raises(StorageError, match="still belongs to it"):
        database.apply(Edit.removing("remove", [person]))
    assert database.all(Person) == [person]


@pytest.mark.parametrize("what", ["change", "remove", "add"])
def test_a_record_that_something_else_changed_is_not_overwritten(database, what):
    there, gone, new = a_person(), a_person(), a_person()
    database.apply(adding(there))
    last = {
        "change": Replacement(gone, replace(gone, name="B")),
        "remove": Replacement(gone, None),
        "add": Replacement(None, there),
    }[what]
    with pytest.raises(StorageError, match="changed by something else"):
        database.apply(Edit(what, (Replacement(None, new), last)))
    assert database.all(Person) == [there]


def test_thousands_of_records_go_in_and_out_at_once(database):
    person = a_person()
    sessions = [a_session(person, zones=(ZonePass(Zone.CROWN), ZonePass(Zone.FRONTAL))) for _ in range(3000)]
    edit = adding(person, *sessions)
    database.apply(edit)
    assert database.all(Session) == sessions
    assert database.check().counts["session_zone"] == 6000
    database.apply(edit.inverse())
    assert database.all(Session) == []


def test_an_edit_of_nothing_writes_nothing(database, path, digest):
    before = digest(path)
    database.apply(adding())
    assert digest(path) == before


@pytest.mark.parametrize(("field", "value"), [("notes", "\ud800"), ("needle_use", 2**70), ("needle_use", 0)])
def test_what_the_file_cannot_hold_is_refused_in_a_sentence(database, field, value):
    person = a_person()
    with pytest.raises(StorageError, match="cannot hold this"):
        database.apply(adding(person, a_session(person, **{field: value})))
    assert database.all(Person) == []


def test_a_full_disk_is_told_and_changes_nothing_and_there_may_be_room_later(database, path, live, digest):
    person = a_person()
    database.apply(adding(person))
    before = digest(path)
    (pages,) = live(database).execute("PRAGMA page_count").fetchone()
    live(database).execute(f"PRAGMA max_page_count = {pages}")
    edit = adding(*(a_session(person, notes="x" * 4000) for _ in range(5)))
    for _ in range(2):
        with pytest.raises(StorageError, match=r"no room left on the disk of logbook\.sqlite; nothing was changed"):
            database.apply(edit)
    assert digest(path) == before
    assert database.all(Session) == []
    live(database).execute("PRAGMA max_page_count = 1000000")
    database.apply(edit)
    assert len(database.all(Session)) == 5


def test_another_writer_is_told_and_waited_for_no_longer_than_set(database, path, live):
    live(database).execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="in use by another program"):
        database.apply(adding(a_person()))
    assert database.all(Person) == []  # reading needs no turn
    other.execute("ROLLBACK")
    other.close()
    database.apply(adding(a_person()))


def test_a_writer_claims_the_file_at_once_and_a_reader_never(database, live):
    said = []
    live(database).set_trace_callback(said.append)
    database.apply(adding(a_person()))
    assert said[0] == "BEGIN IMMEDIATE"
    assert said[-1] == "COMMIT"
    said.clear()
    database.all(Person)
    assert said[0] == "BEGIN"


def test_a_commit_held_up_by_a_reader_is_taken_back_whole(database, path, live):
    live(database).execute("PRAGMA busy_timeout = 10")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM person").fetchall()
    with pytest.raises(StorageError, match="in use by another program"):
        database.apply(adding(a_person()))
    reader.execute("ROLLBACK")
    reader.close()
    assert database.all(Person) == []
    database.apply(adding(person := a_person()))
    assert database.all(Person) == [person]


@pytest.mark.parametrize("is_replaced", [True, False])
def test_a_file_replaced_or_removed_underneath_is_told(database, path, is_replaced):
    copy = path.with_name("copy.sqlite")
    copy.write_bytes(path.read_bytes())
    path.unlink()
    if is_replaced:
        copy.rename(path)
    with pytest.raises(StorageError, match="moved, replaced or removed"):
        database.apply(adding(a_person()))


def test_a_database_open_for_reading_refuses_in_one_sentence(path):
    Database.open(path).close()
    with Database.open(path, read_only=True) as database:
        with pytest.raises(StorageError, match=r"^logbook\.sqlite is open for reading only; nothing was saved\.$"):
            database.apply(adding(a_person()))
        assert database.all(Person) == []


def test_a_closed_database_stays_closed(path):
    database = Database.open(path)
    database.close()
    database.close()
    with pytest.raises(StorageError, match="was closed"):
        database.all(Person)


def test_a_word_that_is_none_is_damage(database, live):
    person = a_person()
    database.apply(adding(person, a_session(person)))
    live(database).execute("UPDATE session SET pressure = 'immense'")
    with pytest.raises(DatabaseDamaged, match="immense"):
        database.all(Session)


def test_text_deleted_is_gone_from_the_file(database, path):
    person = a_person()
    session = a_session(person, notes="MARKER-7f3a" * 2000)
    database.apply(adding(person, session))
    assert b"MARKER-7f3a" in path.read_bytes()
    database.apply(Edit.removing("remove", [session]))
    assert b"MARKER-7f3a" not in path.read_bytes()
