"""One file in two windows, on two computers, or replaced underneath: it is said, and nothing is written over."""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from ui.conftest import person_of

import logbook
from logbook.domain.edit import Edit
from logbook.domain.session import Session
from logbook.domain.vocabulary import Zone
from logbook.services.conflicts import conflict_words
from logbook.services.journal import open_journal
from logbook.services.places import sample_database

HOLD = """
import sys
from pathlib import Path
from logbook.storage.database import Database
database = Database.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
database.close()
"""


@contextmanager
def another_window(path):
    """Have another process hold *path* for writing."""
    environment = os.environ | {"PYTHONPATH": str(Path(logbook.__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as other:
        assert other.stdout.readline() == "open\n"
        try:
            yield
        finally:
            if other.poll() is None and not other.stdin.closed:
                other.communicate("\n")


def held_elsewhere(path, host="sams-laptop"):
    """Leave the lock of another computer beside *path*."""
    claim = {
        "host": host,
        "machine": "0" * 16,
        "user": "sam",
        "process": 4711,
        "started": "boot 1",
        "since": "2026-06-30T21:40:00+02:00",
        "token": "f" * 16,
    }
    lock = path.with_name(f".{path.name}.lock")
    lock.write_text(json.dumps(claim))
    return lock


def banner(program):
    label = program.window._banner
    return label.text() if label.isVisibleTo(program.window) else ""


def write_session(program):
    form = program.window.sessions.form
    form.zones.zones.set_value([Zone.CROWN])
    QTest.keyClicks(form.notes, "half a sentence")
    QTest.qWait(60)


@pytest.fixture
def chooses(monkeypatch, boxes):
    """Answer the boxes that follow with these words, one after another."""
    answers = []

    def run(box):
        boxes.chooses = answers.pop(0) if answers else ""
        return boxes.answer(box)

    monkeypatch.setattr(QMessageBox, "exec", run)
    return answers


# Open already


def test_what_another_window_has_open_can_be_read(start, path, boxes, chooses):
    chooses.append("Open &read-only")
    with another_window(path):
        program = start(path)
        box = boxes.take()
        assert program.window.store.journal.is_read_only
        assert "open for reading only: another window has it open since" in banner(program)
    assert "is open on this computer already since" in box.text
    assert [word.replace("&", "") for word in box.buttons] == ["Open read-only", "Cancel"]


def test_once_the_other_window_is_closed_it_opens_again_for_writing(start, path, boxes, chooses):
    chooses.append("Open &read-only")
    with another_window(path):
        program = start(path)
        boxes.take()
    program.window.actions_by_name["open_again"].trigger()
    assert not program.window.store.journal.is_read_only
    assert banner(program) == ""


def test_cancel_opens_nothing_and_says_who_has_it(start, path, boxes):
    boxes.says_yes = False
    with another_window(path):
        program = start(path, opens=False)
        boxes.take()
    assert "is open on this computer already" in banner(program)
    assert program.window.store is None


def test_cancel_leaves_what_is_open(start, path, tmp_path, boxes):
    program = start(tmp_path / "mine.sqlite")
    boxes.says_yes = False
    with another_window(path):
        program.desk.open(path, create=False)
        boxes.take()
    assert program.window.store.journal.path.name == "mine.sqlite"
    assert not program.window.store.journal.is_read_only


def test_what_another_computer_has_open_names_it_and_can_be_taken_over(start, path, boxes, chooses):
    chooses += ["&Take over…", "Take &over"]
    held_elsewhere(path)
    program = start(path)
    sure, first = boxes.shown.pop(), boxes.shown.pop()
    assert "is open on sams-laptop since" in first.text
    assert "Take it over from sams-laptop?" in sure.text
    assert not program.window.store.journal.is_read_only
    assert "sams-laptop" not in path.with_name(f".{path.name}.lock").read_text()


def test_taking_over_is_asked_twice(start, path, boxes, chooses):
    chooses += ["&Take over…", "Cancel"]
    lock = held_elsewhere(path)
    start(path, opens=False)
    boxes.shown.clear()
    assert "sams-laptop" in lock.read_text()


def test_what_another_computer_has_open_can_be_read(start, path, boxes, chooses):
    chooses.append("Open &read-only")
    lock = held_elsewhere(path)
    program = start(path)
    boxes.take()
    assert "sams-laptop has it open" in banner(program)
    assert "sams-laptop" in lock.read_text()


# Replaced underneath


@pytest.fixture
def replaced(start, path, tmp_path, rules, boxes):
    """A program with a session typed, whose file was replaced by another state of it."""
    other = tmp_path / "synced" / "logbook.sqlite"
    other.parent.mkdir()
    shutil.copyfile(path, other)
    journal = open_journal(other, rules, create=False)
    journal.apply(Edit.adding("add", [Session("0a" * 16, person_of(journal).id, dt.date(2026, 3, 3))]))
    journal.close()
    program = start(path)
    write_session(program)
    other.replace(path)
    return program


def test_a_save_into_a_replaced_file_says_so_and_keeps_what_was_typed(replaced, boxes, chooses, path, qtbot):
    chooses.append("&Not now")
    before = path.read_bytes()
    replaced.window.sessions.save()
    assert "was moved, replaced or removed while it was open; nothing was saved" in boxes.take().text
    assert "Nothing can be saved until File › Open it again" in banner(replaced)
    assert replaced.window.sessions.form.notes.toPlainText() == "half a sentence"
    assert path.read_bytes() == before


def test_open_it_again_shows_what_is_there_now_with_what_was_typed(replaced, boxes, chooses, qtbot):
    chooses.append("&Open it again")
    before = replaced.window.store
    replaced.window.sessions.save()
    boxes.take()
    qtbot.waitUntil(lambda: replaced.window.store is not before)
    assert banner(replaced) == ""
    assert [one.date for one in replaced.window.store.of_person(Session)] == [dt.date(2026, 3, 3)]
    assert replaced.window.sessions.form.notes.toPlainText() == "half a sentence"
    replaced.window.sessions.save()
    assert len(replaced.window.store.of_person(Session)) == 2


def test_a_file_that_was_removed_is_said_to_be_gone(start, path, boxes, chooses, qtbot):
    chooses.append("&Not now")
    program = start(path)
    write_session(program)
    path.unlink()
    program.window.sessions.save()
    assert "removed" in boxes.take().text
    assert not path.exists()
    assert program.window.sessions.form.notes.toPlainText() == "half a sentence"


# What a sync client left


def conflict(path, rules, name):
    other = path.with_name(name)
    shutil.copyfile(path, other)
    when = dt.datetime(2026, 3, 3, 12).timestamp()
    os.utime(other, (when, when))
    return other


def test_conflicted_copies_are_told_with_names_and_dates(start, path, rules):
    conflict(path, rules, "logbook (Sam's conflicted copy 2026-03-03).sqlite")
    program = start(path)
    assert "“logbook (Sam's conflicted copy 2026-03-03).sqlite” of 3 March 2026" in banner(program)
    program.window.actions_by_name["open_sample"].trigger()
    assert "conflicted" not in banner(program)


def test_many_conflicted_copies_are_counted(path, rules):
    assert conflict_words(path) == ""
    for number in range(1, 6):
        conflict(path, rules, f"logbook ({number}).sqlite")
    words = conflict_words(path)
    assert words.startswith("Other states of this logbook lie beside it")
    assert words.count("“") == 3
    assert "2 more" in words


def test_a_window_is_not_in_its_own_way(start, path, boxes, qapp):
    program = start(path)
    write_session(program)
    program.window.sessions.save()
    QApplication.processEvents()
    program.desk.reopen(path)
    assert len(program.window.store.of_person(Session)) == 1
    assert boxes.shown == []


def test_a_sample_that_another_window_shows_can_be_read(start, path, boxes, chooses):
    program = start(path)
    program.window.actions_by_name["open_sample"].trigger()
    program.window.actions_by_name["open_own"].trigger()
    with another_window(sample_database()):
        chooses.append("Open &read-only")
        program.window.actions_by_name["open_sample"].trigger()
        assert "is open on this computer already" in boxes.take().text
        assert program.window.store.journal.path == sample_database()
        assert program.window.store.journal.is_read_only
