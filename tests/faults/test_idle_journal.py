"""A program killed in the middle of a change: what lies beside the file then, and what the next start makes of it.

SQLite writes the old pages into a journal first. Killed before that was finished, the journal counts for nothing;
killed after, the next who opens the file takes the change back. Each is a real program that kills itself with SIGKILL.
"""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from storage.records import everything, full_records

from logbook.domain.edit import Edit
from logbook.domain.errors import NeedsWriting
from logbook.domain.person import Person
from logbook.storage.database import Database

KILLED = """
import os, signal, sys
from pathlib import Path
from logbook.storage.database import Database

connection = Database.open(Path(sys.argv[1]))._engine.raw_connection().driver_connection
if sys.argv[2] == "after":
    connection.execute("PRAGMA cache_size = 1")  # what was changed has to go to the file before the end
    connection.execute("PRAGMA cache_spill = 1")
connection.execute("BEGIN IMMEDIATE")
for letter in "abcdefgh":
    connection.execute("UPDATE session SET notes = notes || ?", (letter * 3000,))
    connection.execute("UPDATE person SET name = 'killed'")
os.kill(os.getpid(), signal.SIGKILL)
"""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "logbook.sqlite"
    with Database.open(path) as database:
        database.apply(Edit.adding("begin", full_records()))
    return path


def beside(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def kill(path: Path, when: str) -> None:
    ran = subprocess.run([sys.executable, "-c", KILLED, str(path), when], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert beside(path).exists()
    is_live = beside(path).read_bytes()[:1] != b"\0"
    assert is_live is (when == "after")


@pytest.mark.parametrize("when", ["before", "after"])
def test_nothing_of_the_change_is_there_and_no_journal_is_left(path, when):
    with Database.open(path) as database:
        before = everything(database)
    kill(path, when)
    assert beside(path).stat().st_mode & 0o077 == 0
    with Database.open(path) as database:
        assert not beside(path).exists()
        assert everything(database) == before
        assert database.check().is_good
        person = Person("new")
        database.apply(Edit.adding("go on", [person]))
        assert person in database.all(Person)


def test_one_that_counts_for_nothing_keeps_nobody_from_reading(path):
    with Database.open(path) as database:
        before = everything(database)
    kill(path, "before")
    content = path.read_bytes()
    with Database.open(path, read_only=True) as database:
        assert everything(database) == before
    assert path.read_bytes() == content
    assert beside(path).exists()  # who may only read leaves it to others


def test_one_that_counts_needs_writing_and_says_so(path):
    kill(path, "after")
    content = path.read_bytes(), beside(path).read_bytes()
    with pytest.raises(NeedsWriting, match="was not closed properly"):
        Database.open(path, read_only=True)
    assert (path.read_bytes(), beside(path).read_bytes()) == content


@pytest.mark.parametrize("content", [b"", bytes(512) + b"private" * 99])
def test_what_another_program_left_of_a_journal_goes_too(path, content):
    beside(path).write_bytes(content)
    with Database.open(path) as database:
        assert database.check().is_good
        assert not beside(path).exists()


def test_one_that_cannot_be_taken_away_keeps_nobody_from_opening(path, monkeypatch):
    kill(path, "before")
    with Database.open(path, read_only=True) as database:
        before = everything(database)
    real = sqlite3.connect

    def refusing(*arguments, **more):
        connection = real(*arguments, **more)
        connection.execute("PRAGMA query_only = ON")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", refusing)
        with Database.open(path) as database:
            assert everything(database) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
