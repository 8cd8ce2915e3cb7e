"""An error that nobody expected: what is typed is kept, it is told without a word of anybody's, and it goes on."""

import logging
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from logbook.services.drafts import Drafts
from logbook.ui.alerts import catch_bugs

PRIVATE = "PRIVATE7f3a91"


@pytest.fixture
def caught(monkeypatch):
    """Return what makes errors be caught as in the program, with what keeps what is typed."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def begin(keep=None):
        catch_bugs(keep)
        return sys.excepthook

    return begin


def stumble(about=PRIVATE):
    words = f"about {about}"
    raise RuntimeError(words)


def elsewhere():
    raise IndexError(PRIVATE)


def error_of(does):
    """Return what the excepthook is given of an error."""
    with pytest.raises((RuntimeError, IndexError)) as caught:
        does()
    return caught.type, caught.value, caught.tb


def test_what_is_typed_is_kept_at_once(start, path, caught, boxes, qtbot):
    program = start(path)
    qtbot.waitUntil(lambda: program.desk.draft_keeping._drafts is not None)
    hook = caught(program.keep_typed)
    QTest.keyClicks(program.window.sessions.form.notes, "half")
    assert not Drafts(path).path.exists()
    hook(*error_of(stumble))
    assert Drafts(path).read().sessions[0].draft.session.notes == "half"
    assert boxes.take().title == "Unexpected error"
    QTest.keyClicks(program.window.sessions.form.notes, " a word")
    assert program.window.sessions.form.notes.toPlainText() == "half a word"


def test_an_error_in_a_slot_reaches_the_box_and_the_program_goes_on(start, path, caught, boxes, qtbot):
    program = start(path)
    caught(program.keep_typed)
    with qtbot.captureExceptions():
        QTimer.singleShot(0, stumble)
        qtbot.wait(50)
    sys.excepthook(*error_of(stumble))
    assert boxes.take().title == "Unexpected error"
    assert program.window.actions_by_name["about"].isEnabled()


def test_neither_box_nor_log_holds_what_was_written_or_a_name_of_a_home(caught, boxes, caplog):
    hook = caught()
    with caplog.at_level(logging.DEBUG):
        hook(*error_of(stumble))
    box = boxes.take()
    for told in (box.text, box.details, caplog.text):
        assert PRIVATE not in told
        assert "/home" not in told
    assert "RuntimeError" in box.details
    assert "tests/ui/test_unexpected_errors.py, line" in box.details
    assert ", stumble" in box.details
    assert "stumble" in caplog.text


def test_the_same_error_is_told_once_and_logged_each_time(caught, boxes, caplog):
    hook = caught()
    error = error_of(stumble)
    for _ in range(5):
        hook(*error)
    boxes.take()
    assert len(caplog.records) == 5
    hook(*error_of(elsewhere))
    assert "IndexError" in boxes.take().details


def test_an_error_while_one_is_told_opens_no_box_over_the_box(caught, boxes, monkeypatch):
    hook = caught()
    told = []

    def broken_box(box):
        told.append(box.detailedText())
        hook(*error_of(elsewhere))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", broken_box)
    hook(*error_of(stumble))
    assert len(told) == 1


def test_what_cannot_be_kept_does_not_hide_the_error(caught, boxes):
    hook = caught(stumble)
    hook(*error_of(elsewhere))
    assert "IndexError" in boxes.take().details


def test_the_details_can_be_copied(caught, boxes, qapp):
    boxes.chooses = "&Copy details"
    caught()(*error_of(stumble))
    assert qapp.clipboard().text() == boxes.take().details
