"""Steps so large that the window would stand still are taken back, and done again, off its thread."""

import threading
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar
from ui.conftest import refusing_disk

from logbook.domain.edit import Edit
from logbook.domain.session import Session
from logbook.guidance.loader import load_rules
from logbook.services.journal import open_journal
from logbook.ui.store import MANY

IMPORTED = "import of many sessions from log.csv"


@pytest.fixture
def program(start, path):
    """The program with a large import in its logbook, which is the last step."""
    program = start(path)
    store = program.window.store
    days = (TODAY - timedelta(days=number % 9000) for number in range(MANY + 1))
    store.do(Edit.adding(IMPORTED, [a_session(day, person_id=store.person.id, notes="old") for day in days]))
    return program


@contextmanager
def slow_disk(program):
    """Let nobody else at the file, as a disk does that sleeps."""
    turn, has_it, may_go = program.window.store.journal._database._turn, threading.Event(), threading.Event()

    def hold():
        with turn:
            has_it.set()
            may_go.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    has_it.wait()
    yield
    may_go.set()
    thread.join()


def trigger(program, name):
    action = program.window.actions_by_name[name]
    assert action.isEnabled()
    action.trigger()


def stack_of(program):
    stack = program.window.store.undo_stack
    return stack.count(), stack.index()


def state_of(program):
    """Return how many sessions are in memory, judged, and in the file, and how the stack stands."""
    store = program.window.store
    in_memory, in_file = store.of_person(Session), store.journal.all(Session)
    assert in_memory == in_file
    assert sorted(store.judged.history, key=lambda one: one.id) == in_memory
    assert program.window.sessions.model.rowCount() == len(in_memory)
    return len(in_file), stack_of(program)


def test_what_takes_a_moment_is_done_when_the_key_is_let_go(program):
    trigger(program, "undo")
    assert program.desk.undoing.dialog is None
    assert state_of(program) == (0, (1, 0))
    assert program.window.status.text() == f"Taken back: {IMPORTED}."
    trigger(program, "redo")
    assert state_of(program) == (MANY + 1, (1, 1))
    assert program.window.status.text() == f"Done again: {IMPORTED}."


def test_meanwhile_the_window_says_what_is_done_and_lets_nothing_be_changed(program, qtbot):
    undoing, window = program.desk.undoing, program.window
    with slow_disk(program):
        trigger(program, "undo")
        dialog = undoing.dialog
        qtbot.waitUntil(dialog.isVisible)
        assert dialog.text.text() == window.status.text() == f"Taking back: {IMPORTED}…"
        assert dialog.findChild(QProgressBar).maximum() == 0
        assert dialog.windowModality() is Qt.WindowModality.WindowModal
        assert window.windowHandle().isVisible()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.close()
        assert dialog.isVisible()
        undoing.undo()  # the key was held a moment too long
        undoing.redo()
        assert stack_of(program) == (1, 1)
        assert len(window.store.of_person(Session)) == MANY + 1
    qtbot.waitUntil(lambda: undoing.dialog is None)
    assert state_of(program) == (0, (1, 0))
    assert window.status.text() == f"Taken back: {IMPORTED}."


def test_doing_it_again_is_as_patient(program, qtbot):
    trigger(program, "undo")
    with slow_disk(program):
        trigger(program, "redo")
        qtbot.waitUntil(lambda: program.desk.undoing.dialog is not None)
        assert program.window.status.text() == f"Doing again: {IMPORTED}…"
    qtbot.waitUntil(lambda: program.desk.undoing.dialog is None)
    assert state_of(program) == (MANY + 1, (1, 1))


@pytest.mark.parametrize("is_slow", [False, True])
def test_a_step_that_the_disk_refuses_stays_and_can_be_tried_again(program, qtbot, boxes, is_slow):
    trigger(program, "undo")
    with refusing_disk(program.window.store.journal):
        if is_slow:
            with slow_disk(program):
                trigger(program, "redo")
        else:
            trigger(program, "redo")
        qtbot.waitUntil(lambda: bool(boxes.shown))
    boxes.take()
    assert program.desk.undoing.dialog is None
    assert state_of(program) == (0, (1, 0))
    trigger(program, "redo")
    assert state_of(program) == (MANY + 1, (1, 1))


def test_a_bug_while_it_is_written_lets_go_of_the_window(program, qtbot, monkeypatch):
    may_fail = threading.Event()

    def fail(edit):
        may_fail.wait()
        raise ZeroDivisionError

    monkeypatch.setattr(program.window.store.journal, "apply", fail)
    with qtbot.capture_exceptions() as caught:
        trigger(program, "undo")
        assert program.desk.undoing.dialog is not None
        may_fail.set()
        qtbot.waitUntil(lambda: bool(caught))
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert program.desk.undoing.dialog is None
    monkeypatch.undo()
    assert state_of(program) == (MANY + 1, (1, 1))
    trigger(program, "undo")
    assert state_of(program) == (0, (1, 0))


def test_a_window_that_goes_meanwhile_leaves_the_whole_step_in_the_file(program, path, qtbot):
    with slow_disk(program):
        trigger(program, "undo")
        qtbot.waitUntil(lambda: program.desk.undoing.dialog is not None)
        program.window.close()
        assert not program.window.isVisible()
        assert program.desk.undoing.dialog is None
    program.desk.close()
    qtbot.wait(50)  # what was on its way arrives where nobody waits for it
    with closing(open_journal(path, load_rules(), create=False)) as journal:
        assert journal.all(Session) == []


def test_another_logbook_opened_meanwhile_is_not_touched(program, path, tmp_path, empty_logbook, qtbot):
    other = tmp_path / "other.sqlite"
    other.write_bytes(empty_logbook.read_bytes())
    holding = slow_disk(program)
    holding.__enter__()
    trigger(program, "undo")
    qtbot.waitUntil(lambda: program.desk.undoing.dialog is not None)
    threading.Timer(0.3, lambda: holding.__exit__(None, None, None)).start()
    program.desk.open(other, create=False)  # waits until the step is in the file
    qtbot.waitUntil(lambda: program.desk.undoing.dialog is None)
    assert program.window.store.journal.path == other
    assert stack_of(program) == (0, 0)
    with closing(open_journal(path, load_rules(), create=False)) as journal:
        assert journal.all(Session) == []


def test_a_small_step_needs_no_patience(start, path):
    program = start(path)
    store = program.window.store
    store.do(Edit.adding("add one", [a_session(TODAY, person_id=store.person.id)]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program.desk.undoing, "_write_elsewhere", None)
        trigger(program, "undo")
        assert state_of(program) == (0, (1, 0))
        assert program.window.status.text() == "Taken back: add one."
        trigger(program, "redo")
    assert state_of(program) == (1, (1, 1))
    assert program.window.status.text() == "Done again: add one."
