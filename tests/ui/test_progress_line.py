"""What takes longer than a moment is told at the bottom, and given up where that can be done."""

import threading
from dataclasses import replace

import pytest
from builders import a_history
from ui.conftest import add

from logbook.domain.errors import StorageError
from logbook.services import logbook_json
from logbook.ui.tasks import Tasks, Work
from logbook.ui.widgets.progress_line import ProgressLine


@pytest.fixture
def line(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    return line


@pytest.fixture
def tasks(line, qapp):
    tasks = Tasks()
    line.watch(tasks)
    yield tasks
    tasks.finish()
    tasks.deleteLater()


class Held:
    """Work that goes on until it is let go, or given up."""

    def __init__(self, tasks, words="Writing…", *, can_cancel=False, fails=False, is_told=True):
        self.is_over, self.answers, self.fails = threading.Event(), [], fails
        told = Work(words, self.is_over.set if can_cancel else None) if is_told else None
        tasks.run(self.work, self.answers.append, self.answers.append, told)

    def work(self):
        self.is_over.wait(10)
        if self.fails:
            raise StorageError("The disk is full.")
        return "done"

    def end(self, qtbot):
        self.is_over.set()
        qtbot.waitUntil(lambda: bool(self.answers))


def test_what_is_over_in_a_moment_is_not_told(line, tasks, qtbot):
    Held(tasks).end(qtbot)
    qtbot.wait(600)
    assert line.isHidden()


def test_what_goes_on_is_told_in_its_words_until_it_is_over(line, tasks, qtbot):
    held = Held(tasks, "Writing all.json…")
    assert line.isHidden()
    qtbot.waitUntil(lambda: not line.isHidden())
    assert line.words.text() == "Writing all.json…"
    assert line.bar.accessibleName() == "Writing all.json…"
    assert line.cancel_button.isHidden()
    held.end(qtbot)
    assert line.isHidden()


def test_it_goes_when_the_work_fails(line, tasks, qtbot):
    held = Held(tasks, fails=True)
    qtbot.waitUntil(lambda: not line.isHidden())
    held.end(qtbot)
    assert line.isHidden()
    assert isinstance(held.answers[0], StorageError)


def test_what_can_be_cancelled_has_a_button_that_works_once(line, tasks, qtbot):
    held = Held(tasks, can_cancel=True)
    qtbot.waitUntil(lambda: not line.isHidden())
    assert line.cancel_button.accessibleName() == "Cancel: Writing…"
    line.cancel_button.click()
    assert line.words.text() == "Cancelling…"
    assert not line.cancel_button.isEnabled()
    held.end(qtbot)
    assert line.isHidden()


def test_of_several_the_first_is_told_and_then_the_next(line, tasks, qtbot):
    first, second = Held(tasks, "First…", can_cancel=True), Held(tasks, "Second…")
    qtbot.waitUntil(lambda: not line.isHidden())
    assert line.words.text() == "First…"
    first.end(qtbot)
    qtbot.waitUntil(lambda: not line.isHidden() and line.words.text() == "Second…")
    assert line.cancel_button.isHidden()
    second.end(qtbot)
    assert line.isHidden()


def test_work_without_words_is_done_in_silence(line, tasks, qtbot):
    held = Held(tasks, is_told=False)
    qtbot.wait(600)
    assert line.isHidden()
    held.end(qtbot)


# In the program


@pytest.fixture
def slow_json(monkeypatch):
    """Let each record that is written take its time, as a hundred thousand of them do."""
    plain, may_go = logbook_json._plain, threading.Event()

    def slowly(record):
        may_go.wait(0.05)
        return plain(record)

    monkeypatch.setattr(logbook_json, "_plain", slowly)
    return may_go


def test_a_long_export_is_told_and_cancelled_and_leaves_nothing(start, path, tmp_path, qtbot, slow_json):
    program = start(path)
    store, desk = program.window.store, program.desk
    add(store, *[replace(one, person_id=store.person.id) for one in a_history(60)])
    target = tmp_path / "out" / "all.json"
    target.parent.mkdir()
    desk.exporting.export_to(target)
    line = desk.progress_line
    qtbot.waitUntil(lambda: not line.isHidden())
    assert line.words.text() == "Writing all.json…"
    line.cancel_button.click()
    qtbot.waitUntil(lambda: program.window.status.text() == "Nothing was exported.")
    assert line.isHidden()
    assert list(target.parent.iterdir()) == []


def test_a_long_export_that_nobody_cancels_is_whole(start, path, tmp_path, qtbot, slow_json):
    program = start(path)
    store = program.window.store
    add(store, *[replace(one, person_id=store.person.id) for one in a_history(20)])
    program.desk.exporting.export_to(tmp_path / "all.json")
    qtbot.waitUntil(lambda: not program.desk.progress_line.isHidden())
    slow_json.set()
    qtbot.waitUntil(lambda: "20 sessions" in program.window.status.text())
    assert (tmp_path / "all.json").read_text().count('"date"') >= 20
