"""Files that are dropped on the window."""

import pytest
from builders import a_session
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from ui.answers import counted_import
from ui.conftest import person_of

from logbook.domain.edit import Edit
from logbook.services.journal import open_journal


@pytest.fixture
def program(start, path):
    return start(path)


@pytest.fixture
def other(tmp_path, rules):
    """Another logbook, with one session."""
    journal = open_journal(tmp_path / "other.sqlite", rules)
    journal.apply(Edit.adding("x", [a_session("2025-01-01", person_id=person_of(journal).id)]))
    journal.close()
    return tmp_path / "other.sqlite"


def drop(program, *paths):
    """Drag *paths* over the window and let go; return whether it would take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(program.window.rect().center(), Qt.DropAction.CopyAction, data, *keys)
    over.ignore()
    QApplication.sendEvent(program.window, over)
    if over.isAccepted():
        place = QPointF(program.window.rect().center())
        dropped = QDropEvent(place, Qt.DropAction.CopyAction, data, *keys)
        QApplication.sendEvent(program.window, dropped)
        QApplication.processEvents()
    return over.isAccepted()


def a_table(path):
    path.write_text("date,depth_mm\n2025-01-01,0.25\n", encoding="utf-8")
    return path


def status(program):
    return program.window.status.text()


def test_a_table_is_imported(program, tmp_path, qtbot):
    assert drop(program, a_table(tmp_path / "log.CSV"))
    assert counted_import(program.desk, qtbot).heading.text().startswith("log.CSV is a table of sessions")


def answer(monkeypatch, words):
    """Let the button of these *words* be the answer to the next question, and return what is asked."""
    asked = []

    def click(box):
        asked.append(box.text())
        next(button for button in box.buttons() if button.text() == words).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", click)
    return asked


def test_a_logbook_is_opened_where_the_person_wants_that(program, other, monkeypatch):
    asked = answer(monkeypatch, "&Open it")
    assert drop(program, other)
    assert "other.sqlite" in asked[0]
    assert program.window.store.journal.path == other


def test_a_logbook_is_imported_where_the_person_wants_that(program, path, other, qtbot, monkeypatch):
    answer(monkeypatch, "&Import its records")
    assert drop(program, other)
    assert counted_import(program.desk, qtbot).counts.text().startswith("2 records read = 2 to add")
    assert program.window.store.journal.path == path


def test_a_logbook_is_left_alone_where_the_person_thinks_better_of_it(program, path, other, boxes):
    boxes.says_yes = False
    assert drop(program, other)
    assert set(boxes.take().buttons) == {"Cancel", "&Open it", "&Import its records"}
    assert program.window.store.journal.path == path
    assert program.desk.importing.dialog is None


def test_the_logbook_that_is_open_is_not_taken_into_itself(program, path):
    assert drop(program, path)
    assert status(program) == "logbook.sqlite is the logbook that is open."


def test_a_logbook_is_opened_where_none_is(start, tmp_path, other):
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_text("hello")
    program = start(wrong, opens=False)
    assert drop(program, other)
    assert program.window.store.journal.path == other


def test_a_table_needs_a_logbook_that_is_open(start, tmp_path):
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_text("hello")
    program = start(wrong, opens=False)
    assert drop(program, a_table(tmp_path / "log.csv"))
    assert status(program).startswith("No logbook is open")


def test_several_files_are_too_many(program, tmp_path):
    assert drop(program, a_table(tmp_path / "a.csv"), a_table(tmp_path / "b.csv"))
    assert status(program) == "Drop one file at a time."
    assert program.desk.importing.dialog is None


def test_other_things_are_not_taken(program, tmp_path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")
    assert not drop(program, picture)
    assert not drop(program)
