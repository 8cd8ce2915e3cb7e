"""What File › Export writes: of the kind that was chosen, under the name that was meant, and nothing over a logbook."""

import json
import sqlite3

import pytest
from builders import TODAY, a_session
from PySide6.QtWidgets import QFileDialog
from ui.answers import counted_import, written
from ui.conftest import person_of

from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.services.logbook_json import read_logbook
from logbook.ui.file_menu.exporting import _ANONYMOUS, _COPY, _JSON, _SESSIONS, _TABLES


@pytest.fixture
def program(start, path, journal):
    """A program with a person of a name, and a session with a note."""
    before = person_of(journal)
    after = Person(before.id, "Tell-tale name")
    session = a_session("2026-03-04", person_id=before.id, notes="Tell-tale note")
    journal.apply(Edit("x", (Replacement(before, after), Replacement(None, session))))
    journal.close()
    return start(path)


@pytest.fixture
def export(program, monkeypatch):
    """Export to a file as a kind, as the file dialog answers."""

    def to(path, kind):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), kind))
        program.window.actions_by_name["export_file"].trigger()
        written(program.window)

    return to


def status(program):
    return program.window.status.text()


def test_nothing_that_tells_who_it_was_is_in_the_anonymous_file(export, tmp_path, boxes):
    export(tmp_path / "out.json", _ANONYMOUS)
    box = boxes.take()
    assert b"Tell-tale" not in (tmp_path / "out.json").read_bytes()
    (session,) = (one for one in read_logbook(tmp_path / "out.json", TODAY) if isinstance(one, Session))
    days = (a_session("2026-03-04").date - session.date).days
    assert f"{days} days" in box.text.replace(",", "")


def test_an_anonymous_file_can_be_imported_elsewhere(export, program, tmp_path, boxes, start, empty_logbook, qtbot):
    export(tmp_path / "out.json", _ANONYMOUS)
    boxes.take()
    other = tmp_path / "other" / "logbook.sqlite"
    other.parent.mkdir()
    other.write_bytes(empty_logbook.read_bytes())
    elsewhere = start(other)
    elsewhere.desk.importing.import_file(tmp_path / "out.json")
    dialog = counted_import(elsewhere.desk, qtbot)
    assert dialog.counts.text() == "2 records read = 2 to add + 0 already there + 0 refused."


def test_a_copy_of_the_file_is_opened_and_counted(export, program, tmp_path, qtbot):
    export(tmp_path / "copy.sqlite", _COPY)
    qtbot.waitUntil(lambda: status(program).startswith("Copied: 1 session"))
    with sqlite3.connect(tmp_path / "copy.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (1,)
    connection.close()


def test_every_table_goes_into_a_folder_of_its_own(export, program, tmp_path):
    export(tmp_path / "tables.csv", _TABLES)
    assert sorted(one.name for one in (tmp_path / "tables").iterdir()) == ["people.csv", "sessions.csv"]
    assert status(program) == "1 person and 1 session written. In the folder tables."


def test_a_copy_is_never_put_over_a_file(export, path, boxes, qtbot, tmp_path):
    (tmp_path / "there.sqlite").write_bytes(b"mine")
    for target in (path, tmp_path / "there.sqlite"):
        before = target.read_bytes()
        export(target, _COPY)
        qtbot.waitUntil(lambda: bool(boxes.shown))
        assert "is there already" in boxes.take().text
        assert target.read_bytes() == before


@pytest.mark.parametrize("name", ["mine", "mine.csv", "mine.json"])
def test_the_kind_that_was_chosen_says_what_is_written(export, tmp_path, name):
    export(tmp_path / name, _JSON)
    assert [one.name for one in tmp_path.glob("mine*")] == ["mine.json"]
    assert json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["sessions"]


def test_a_point_in_a_name_is_no_ending(export, tmp_path):
    export(tmp_path / "log of 1.2.2026", _SESSIONS)
    assert (tmp_path / "log of 1.2.2026.csv").exists()


def test_a_file_of_another_name_than_was_asked_for_is_replaced_only_where_the_person_says_so(export, tmp_path, boxes):
    (tmp_path / "mine.json").write_text("mine")
    boxes.says_yes = False
    export(tmp_path / "mine.csv", _JSON)
    assert "mine.json is there already" in boxes.take().text
    assert (tmp_path / "mine.json").read_text() == "mine"
    boxes.says_yes = True
    export(tmp_path / "mine.csv", _JSON)
    boxes.take()
    assert (tmp_path / "mine.json").read_text() != "mine"


def test_the_window_does_not_wait_for_what_is_written(program, tmp_path):
    program.desk.exporting.export_to(tmp_path / "out.json")
    assert status(program) == "Writing out.json…"
    written(program.window)
    assert status(program) == "1 person and 1 session written. In out.json."
