"""No letter of what was changed or deleted is left in the file once it is closed."""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import replace
from random import Random

import pytest
from storage.records import A_DAY, a_person, a_session, adding, everything

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import StorageError
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import GivenVerdict, Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import DeviceKind, EventKind, Reason, Severity, SheddingMethod
from logbook.storage.database import Database

DEEP = [pytest.param(2000, seed, marks=pytest.mark.deep) for seed in range(1, 13)]
LENGTHS = (0, 40, 300, 1500, 9000)  # of texts: many in a page, one in a page, one in several
TEXTS = {  # the fields that hold words of somebody's own
    Person: ("name", "advice_from", "advice"),
    Device: ("name", "notes"),
    Cartridge: ("lot", "notes"),
    Session: ("notes",),
    SheddingRecord: ("notes", "excluded_because"),
    LifeEvent: ("notes",),
    AgreedLimit: ("agreed_with", "notes"),
    Acknowledgement: ("facts", "words"),
    Routine: ("notes",),
    PlannedSession: ("notes",),
}


class Writer:
    """Somebody who keeps changing what they wrote, each text with a mark in it that is there once."""

    def __init__(self, database, seed):
        self.database, self.chance = database, Random(seed)
        self.made = 0
        self.there = {}
        self.person = a_person()
        self.device = Device(new_id(), DeviceKind.PEN)
        for record in (self.person, self.device):
            self.save(None, record)

    def text(self):
        self.made += 1
        return f"MARK{self.made:07}END{'x' * self.chance.choice(LENGTHS)}"

    def save(self, before, after):
        if after is not None:
            after = replace(after, **{name: self.text() for name in TEXTS[type(after)]})
            self.there[after.id] = after
        else:
            del self.there[before.id]
        self.database.apply(Edit("write", (Replacement(before, after),)))

    def begin(self, count):
        me, pen = self.person.id, self.device.id
        makers = (
            lambda: a_session(self.person, given=GivenVerdict("1", Severity.CLEAN, "[]")),
            lambda: SheddingRecord(new_id(), me, A_DAY, SheddingMethod.DAY_TOTAL),
            lambda: LifeEvent(new_id(), me, EventKind.DYE, A_DAY),
            lambda: AgreedLimit(new_id(), me, "H01", "days", 7, "", A_DAY),
            lambda: Acknowledgement(new_id(), me, "s", "H01", Severity.CLEAN, "", Reason.ONE_OFF, "", AT),
            lambda: Routine(new_id(), me, A_DAY, 7, None, ()),
            lambda: PlannedSession(new_id(), me, A_DAY, None, ()),
            lambda: Cartridge(new_id(), pen),
        )
        for number in range(count):
            self.save(None, makers[number % len(makers)]())

    def change(self):
        before = self.chance.choice(list(self.there.values()))
        is_kept = before.id in (self.person.id, self.device.id) or self.chance.random() < 0.9
        self.save(before, before if is_kept else None)
        if not is_kept:
            self.begin(1)

    @property
    def marks(self):
        texts = (getattr(one, name) for one in self.there.values() for name in TEXTS[type(one)])
        return {text[: len("MARK0000001END")].encode() for text in texts}


AT = dt.datetime(2026, 2, 1)


def left_over(path, writer):
    """Return the marks anywhere in the file, or in one beside it, that are in no record any more."""
    content = b"".join(one.read_bytes() for one in path.parent.iterdir() if one.is_file())
    every = {f"MARK{number:07}END".encode() for number in range(1, writer.made + 1)}
    assert all(mark in content for mark in writer.marks)
    return {mark for mark in every - writer.marks if mark in content}


def told(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


@pytest.mark.parametrize(("changes", "seed"), [(400, 0), *DEEP])
def test_after_many_changes_none_of_the_old_texts_is_left(path, changes, seed):
    with Database.open(path) as database:
        writer = Writer(database, seed)
        writer.begin(changes // 5)
        for _ in range(changes):
            writer.change()
        before = everything(database)
    assert left_over(path, writer) == set()
    assert told(path) == 0
    with Database.open(path) as database:
        assert everything(database) == before
        assert database.check().is_good


def test_what_was_only_added_to_is_not_written_anew(path, digest):
    database = Database.open(path)
    database.apply(adding(person := a_person(), a_session(person)))
    before = digest(path)
    database.close()
    assert digest(path) == before
    assert told(path) == 0


def changed(path):
    """Return an open logbook in which a text was changed, and the old and the new text."""
    database = Database.open(path)
    person = a_person()
    database.apply(adding(person))
    database.apply(Edit("rename", (Replacement(person, replace(person, name="new")),)))
    return database


def test_it_is_done_once_and_not_at_each_closing(path, digest):
    changed(path).close()
    before = digest(path)
    Database.open(path).close()
    assert digest(path) == before


def test_whoever_makes_a_copy_last_can_do_it_before(path):
    database = changed(path)
    before, after = database.tidy()
    assert before != after == database.changes()
    assert database.tidy() is None
    database.close()
    assert told(path) == 0


def test_the_last_who_has_it_open_does_it(path):
    first = changed(path)
    second = Database.open(path)
    first.close()
    assert told(path) == 1
    second.apply(adding(a_person()))  # nobody wrote the file under its feet
    second.close()
    assert told(path) == 0


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import Person
from logbook.storage.database import Database

database = Database.open(Path(sys.argv[1]))
person = Person("p", "before")
database.apply(Edit.adding("add", [person]))
database.apply(Edit("rename", (Replacement(person, replace(person, name="after")),)))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
def test_the_next_program_does_it_where_one_was_killed_before_it_could(path):
    assert subprocess.run([sys.executable, "-c", KILLED, path], check=False).returncode == -signal.SIGKILL
    assert told(path) == 1
    Database.open(path).close()
    assert told(path) == 0


def test_where_it_cannot_be_done_closing_goes_on_and_the_next_does_it(path, live):
    database = changed(path)
    live(database).execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError):
        database.tidy()
    database.close()
    assert told(path) == 1
    Database.open(path).close()
    assert told(path) == 0


def test_a_file_that_was_replaced_is_left_as_it_is(path, tmp_path, digest):
    database = changed(path)
    other = tmp_path / "other.sqlite"
    Database.open(other).close()
    other.replace(path)
    before = digest(path)
    database.close()
    assert digest(path) == before


def test_what_is_left_of_a_damaged_file_stays_where_it_is(path, digest):
    database = Database.open(path)
    person = a_person()
    sessions = [a_session(person, notes="n" * 300) for _ in range(200)]
    database.apply(adding(person, *sessions))
    database.apply(Edit("change", (Replacement(sessions[0], replace(sessions[0], notes="other")),)))
    with path.open("r+b") as file:
        file.seek(-3 * 4096, os.SEEK_END)
        file.write(b"\xaa" * 4096)
    before = digest(path)
    with suppress(StorageError):
        database.tidy()
    database.close()
    assert digest(path) == before


def test_a_logbook_that_is_only_read_is_not_written(path, digest):
    changed(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1")
    before = digest(path)
    with Database.open(path, read_only=True) as database:
        assert database.tidy() is None
    assert digest(path) == before
