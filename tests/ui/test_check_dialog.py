"""Help › Check the logbook: looked through off the window's thread, told in words, put right when asked to."""

import datetime as dt
import os
import threading

import pytest
from builders import a_session
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from ui.conftest import add

from logbook.domain.errors import StorageError
from logbook.services import checkup as service
from logbook.services.checkup import check_up
from logbook.ui.actions import make_actions
from logbook.ui.dialogs.check_dialog import CheckDialog
from logbook.ui.help_menu import checking as checking_module
from logbook.ui.help_menu.checking import Checking
from logbook.ui.store import Store
from logbook.ui.tasks import Tasks

NOW = dt.datetime(2026, 11, 23, 12)
LONG_AGO = 1_000_000_000


@pytest.fixture
def left_behind(path):
    left = path.with_name(".logbook.sqlite.0a1b2c3d.part")
    left.write_bytes(b"private")
    os.utime(left, (LONG_AGO, LONG_AGO))
    return left


@pytest.fixture
def dialog(qtbot):
    """Return a function that shows what was found."""

    def show(found=None, **more) -> CheckDialog:
        dialog = CheckDialog(None, **more)
        qtbot.addWidget(dialog)
        if found:
            dialog.show_checkup(found)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return show


def signs(dialog: CheckDialog) -> dict[str, str]:
    return {topic.text(): sign.accessibleName() for sign, topic, _ in dialog.lines}


# What is shown


def test_every_line_has_a_sign_with_a_word(dialog, journal, left_behind):
    shown = dialog(check_up(journal, NOW))
    found = signs(shown)
    assert found.pop("Left behind") == "wrong"
    assert found.pop("Backups") == "to do"
    assert set(found.values()) == {"in order"}
    assert next(iter(signs(shown))) == "Left behind"
    assert shown.headline.text() == "1 thing is wrong."
    assert "remove what was left behind and make a backup" in shown.offer.text()
    words = {topic.text(): words.text() for _, topic, words in shown.lines}
    assert words["Left behind"].startswith("Wrong: 1 file of a program that was stopped")
    assert all(words.accessibleName().startswith(topic.text()) for _, topic, words in shown.lines)


def test_while_it_is_under_way_nothing_can_be_asked_for(dialog):
    shown = dialog()
    assert shown.progress.isVisible()
    assert not any(b.isEnabled() for b in (shown.repair_button, shown.again_button, shown.copy_button))
    assert shown.close_button.isEnabled()


def test_where_nothing_is_wrong_there_is_nothing_to_put_right(dialog, journal):
    journal.backup()
    shown = dialog(check_up(journal, dt.datetime.now()))
    assert shown.headline.text() == "Nothing is wrong with this logbook."
    assert not shown.repair_button.isEnabled()
    assert not shown.offer.isVisible()
    assert shown.close_button.hasFocus()


def test_from_a_file_that_is_only_read_nothing_is_put_right(dialog, journal, left_behind):
    shown = dialog(check_up(journal, NOW), is_read_only=True)
    assert not shown.repair_button.isEnabled()
    assert "reading only" in shown.offer.text()


def test_all_of_it_can_be_copied(dialog, journal):
    shown = dialog(check_up(journal, NOW))
    shown.copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == shown.headline.text()
    assert "Integrity of the file: Ok" in lines
    assert len(lines) == 1 + len(shown.lines)


def test_the_keyboard_reaches_everything(dialog, journal, qtbot):
    shown = dialog(check_up(journal, NOW))
    assert shown.repair_button.hasFocus()
    reached = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [shown.again_button, shown.copy_button, shown.close_button]


@pytest.mark.parametrize("width", [400, 720])
def test_no_word_is_cut_off(dialog, journal, left_behind, width, qtbot):
    shown = dialog(check_up(journal, NOW))
    shown.resize(width, 320)
    QApplication.processEvents()
    assert shown.width() == width
    for _, topic, words in shown.lines:
        assert topic.width() >= topic.sizeHint().width()
        assert words.height() >= words.heightForWidth(words.width())
        assert words.mapTo(shown, words.rect().topRight()).x() < width


# What is done


class Frame(QWidget):
    """What the action asks of a window."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store, self.said = store, []
        self.actions_by_name = make_actions(self)

    def say(self, text: str) -> None:
        self.said.append(text)


@pytest.fixture
def frame(qtbot, store):
    """A window of *store* that can look its logbook through."""
    frame = Frame(store)
    qtbot.addWidget(frame)
    tasks = Tasks(frame)
    Checking(frame, tasks)
    yield frame
    tasks.finish()


def doing(frame: Frame, qtbot, *steps) -> None:
    """Open the dialog, wait until it is done before each of *steps*, and close it."""
    done = []

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, CheckDialog)
            for step in steps:
                qtbot.waitUntil(lambda: not dialog.progress.isVisible())
                step(dialog)
                done.append(step)
        finally:
            dialog.done(0)

    QTimer.singleShot(0, run)
    frame.actions_by_name["check"].trigger()
    assert len(done) == len(steps)


def test_it_is_looked_through_and_put_right(frame, store, qtbot, left_behind):
    add(store, a_session(person_id=store.person.id))

    def look(dialog: CheckDialog) -> None:
        assert dialog.headline.text() == "1 thing is wrong."
        assert left_behind.exists()
        dialog.repair_button.click()
        assert dialog.headline.text() == "Putting right what can be…"

    def look_again(dialog: CheckDialog) -> None:
        assert dialog.headline.text() == "Nothing is wrong with this logbook."
        first, second = dialog.outcome.text().splitlines()
        assert first == "Removed: 1 file left behind."
        assert second.startswith("A backup was made and looked through: logbook-")
        assert signs(dialog)["Backups"] == "in order"
        assert not left_behind.exists()
        dialog.again_button.click()

    def look_once_more(dialog: CheckDialog) -> None:
        assert not dialog.outcome.isVisible()

    doing(frame, qtbot, look, look_again, look_once_more)
    assert frame.said[-1] == "Nothing is wrong with this logbook."
    assert store.undo_stack.count() == 1


def test_the_window_does_not_wait_for_it(frame, qtbot, monkeypatch):
    threads = []

    def look(*arguments):
        threads.append(threading.current_thread())
        return check_up(*arguments)

    monkeypatch.setattr(checking_module, "check_up", look)
    doing(frame, qtbot, lambda dialog: None)
    assert threads != [threading.main_thread()]


def test_an_answer_for_a_dialog_that_was_closed_is_for_nobody(frame, qtbot, monkeypatch):
    goes_on = threading.Event()

    def look(*arguments):
        assert goes_on.wait(10)
        return check_up(*arguments)

    monkeypatch.setattr(checking_module, "check_up", look)
    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().done(0))
    frame.actions_by_name["check"].trigger()
    goes_on.set()
    doing(frame, qtbot, lambda dialog: None)
    assert frame.said == ["Nothing is wrong with this logbook."]


def test_what_cannot_be_found_out_is_told(frame, qtbot, monkeypatch):
    def refuse(*_):
        raise StorageError("logbook.sqlite is not there.")

    monkeypatch.setattr(service, "find_leftovers", refuse)

    def look(dialog: CheckDialog) -> None:
        assert dialog.headline.text() == "logbook.sqlite is not there."
        assert dialog.again_button.isEnabled()
        assert not dialog.repair_button.isEnabled()

    doing(frame, qtbot, look)


def test_the_program_offers_it_once_a_logbook_is_open(start, path, qtbot):
    window = start(path).window
    assert window.actions_by_name["check"].isEnabled()

    def look(dialog: CheckDialog) -> None:
        assert "wrong" not in signs(dialog).values()

    doing(window, qtbot, look)
    assert window.status.text() == "Nothing is wrong with this logbook."
