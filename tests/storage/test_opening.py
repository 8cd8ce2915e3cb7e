import os
import sqlite3
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from storage.records import a_person, a_session, adding, names

from logbook.domain.errors import DatabaseDamaged, DatabaseTooNew, StorageError
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.storage.database import Database
from logbook.storage.engine import PRAGMAS
from logbook.storage.header import LATEST
from logbook.storage.lock import lock_path


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("pragma", "answer"),
    [
        ("foreign_keys", 1),
        ("synchronous", 3),
        ("fullfsync", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("temp_store", 2),
        ("busy_timeout", 3000),
        ("journal_mode", "delete"),
    ],
)
def test_each_setting_holds(database, live, pragma, answer):
    assert live(database).execute(f"PRAGMA {pragma}").fetchone() == (answer,)


def test_a_setting_that_does_not_take_is_told(path, monkeypatch):
    Database.open(path).close()
    monkeypatch.setitem(PRAGMAS, "secure_delete", ("ON", "never"))
    with pytest.raises(StorageError, match="cannot be written without risk: SQLite left secure_delete at 1"):
        Database.open(path)


def test_the_header_says_whose_file_it_is(database, path):
    assert path.read_bytes()[68:72] == b"SNLB"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_file_and_a_new_folder_are_private(database, path):
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    lock = lock_path(path)
    assert names(path.parent) == [lock.name, path.name]
    assert mode(lock) == 0o600


def test_a_missing_file_is_made_only_when_asked_for(path):
    for choice in ({"create": False}, {"read_only": True}):
        with pytest.raises(StorageError, match="is not there"):
            Database.open(path, **choice)
    assert not path.parent.exists()


def test_a_new_file_is_whole(database):
    found = database.check()
    assert found.is_good
    assert found.revision == LATEST
    assert sum(found.counts.values()) == 1  # the revision's own row


def test_opening_again_needs_neither_alembic_nor_the_orm(path):
    Database.open(path).close()
    script = (
        "import sys, pathlib\n"
        "from logbook.storage.database import Database\n"
        "from logbook.domain.session import Session\n"
        f"database = Database.open(pathlib.Path({str(path)!r}))\n"
        "assert database.all(Session) == []\n"
        "database.close()\n"
        "print([name for name in ('alembic', 'sqlalchemy.orm', 'mako') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(Path.cwd()), *sys.path]))}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "[]\n"


def test_opening_and_reading_change_nothing(path, digest):
    Database.open(path).close()
    before = digest(path)
    with Database.open(path) as database:
        database.all(Session)
        database.check()
    assert digest(path) == before


def _empty(path):
    path.touch()


def _text(path):
    path.write_text("date;zone\n2026-01-01;crown\n" * 20, encoding="utf-8")


def _zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x" * 1000)


def _picture(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10)


def _other_database(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE session (id)")
    connection.close()


def _cut_short(path):
    path.write_bytes(b"SQLite format 3\0short")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_empty, "is empty"),
        (_text, "is not a logbook"),
        (_zip, "is not a logbook"),
        (_picture, "is not a logbook"),
        (_other_database, "is a database of another program"),
        (_cut_short, "is damaged"),
    ],
)
def test_a_wrong_file_is_told_and_left_as_it_is(tmp_path, digest, make, sentence):
    path = tmp_path / "wrong.sqlite"
    make(path)
    before = digest(path)
    with pytest.raises(StorageError, match=rf"^wrong\.sqlite {sentence}[^\n]*\.$"):
        Database.open(path)
    assert digest(path) == before
    assert names(tmp_path) == ["wrong.sqlite"]


def test_a_folder_is_not_a_logbook(tmp_path):
    with pytest.raises(StorageError, match=r"is not a file\.$"):
        Database.open(tmp_path)
    assert not names(tmp_path)


def test_a_link_to_nowhere_is_told(tmp_path):
    path = tmp_path / "link.sqlite"
    path.symlink_to(tmp_path / "nowhere.sqlite")
    with pytest.raises(StorageError, match="is not there"):
        Database.open(path)
    assert names(tmp_path) == ["link.sqlite"]


def test_a_newer_file_is_refused_untouched(path, digest):
    Database.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")  # as a newer version might well have it
    connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.close()
    before = digest(path)
    with pytest.raises(DatabaseTooNew, match=r"newer version of the program .*0099"):
        Database.open(path)
    assert digest(path) == before


@pytest.mark.parametrize(
    "sql", ["DROP TABLE alembic_version", "DELETE FROM alembic_version", "UPDATE alembic_version SET version_num='?'"]
)
def test_a_file_without_a_revision_is_damaged(path, sql):
    Database.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(sql)
    connection.close()
    with pytest.raises(DatabaseDamaged):
        Database.open(path)


def test_a_file_that_cannot_be_written_opens_for_reading(path, monkeypatch):
    with Database.open(path) as database:
        assert not database.is_read_only
        database.apply(adding(person := a_person()))
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with Database.open(path) as database:
        assert database.is_read_only
        assert database.all(Person) == [person]
        assert database.check().is_good
        with pytest.raises(StorageError, match="open for reading only"):
            database.apply(adding(a_person()))


def _filled(path):
    with Database.open(path) as database:
        person = a_person()
        database.apply(adding(person, *(a_session(person, notes="n" * 100) for _ in range(500))))


def _read(path):
    with Database.open(path) as database:
        return database.all(Session)


def test_a_file_cut_in_the_middle_is_damaged(path):
    _filled(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(DatabaseDamaged, match=r"^logbook\.sqlite is damaged"):
        _read(path)


@pytest.mark.parametrize("page", range(1, 40, 3))
def test_a_page_of_noise_never_ends_in_a_traceback(path, tmp_path, page):
    _filled(path)
    with path.open("r+b") as file:
        file.seek(page * 4096)
        file.write(bytes((n * 31) % 256 for n in range(4096)))
    try:
        with Database.open(path) as database:
            assert not database.check().is_good
            with pytest.raises(DatabaseDamaged):
                database.backup(tmp_path / "backups")
            database.all(Session)
    except DatabaseDamaged:
        pass
    assert not (tmp_path / "backups").exists() or names(tmp_path / "backups") == []


def test_a_list_of_tables_that_is_no_text_is_damage(path):
    Database.open(path).close()
    content = path.read_bytes()
    path.write_bytes(content.replace(b"CREATE TABLE life_event", b"CREATE TABLE lif\xff\xccevent"))
    with pytest.raises(DatabaseDamaged, match="is damaged"):
        Database.open(path)


def test_what_a_killed_program_left_half_made_goes_after_an_hour(path):
    path.parent.mkdir()
    old, young, other = (
        path.with_name(name)
        for name in (".logbook.sqlite.0123abcd.part", ".logbook.sqlite.0123abce.part", ".film.mkv.0123abcd.part")
    )
    for part in (old, young, other):
        part.touch()
    for part in (old, other):
        os.utime(part, (1, 1))
    Database.open(path).close()
    assert names(path.parent) == sorted([young.name, other.name, path.name])


def test_a_row_that_belongs_to_nothing_is_found(database, live):
    live(database).execute("PRAGMA foreign_keys = OFF")
    live(database).execute("INSERT INTO person_thinning_zone VALUES ('nobody', 'crown')")
    found = database.check()
    assert not found.is_good
    assert found.integrity == ()
    assert found.foreign_keys == ("person_thinning_zone: row 1 belongs to a person that is not there",)
