"""Help › Guide in the real program: F1 opens it at the page or the dialog one is in; About says what this is."""

import shutil
from datetime import date

from builders import a_session
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from ui.conftest import add

from logbook import __version__
from logbook.assets import find
from logbook.domain.device import Device
from logbook.domain.session import new_id
from logbook.domain.vocabulary import DeviceKind
from logbook.services import guide
from logbook.ui.actions import ACTIONS
from logbook.ui.dialogs.device_dialog import ask_device
from logbook.ui.dialogs.guide_dialog import GuideDialog
from logbook.ui.pages.logbook_pages import PAGES


def press_f1(program, qtbot):
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    QTest.keyClick(QApplication.focusWidget() or program.window, Qt.Key.Key_F1)


def open_guide(program):
    """Return the one guide that is in sight."""
    seen = [one for one in QApplication.topLevelWidgets() if isinstance(one, GuideDialog) and one.isVisible()]
    assert len(seen) == 1
    assert seen[0].parentWidget() in (program.window, QApplication.activeModalWidget())
    return seen[0]


def test_f1_opens_the_chapter_of_the_page_one_is_on(start, path, qtbot):
    program = start(path)
    for page, title in PAGES.items():
        program.window.pages.show_page(page)
        press_f1(program, qtbot)
        assert (open_guide(program).chapter.name, open_guide(program).windowTitle()) == (page, f"Guide – {title}")


def test_one_guide_follows_from_page_to_page(start, path, qtbot):
    program = start(path)
    program.window.pages.show_page("charts")
    press_f1(program, qtbot)
    first = open_guide(program)
    assert not first.isModal()
    program.window.pages.show_page("planner")
    press_f1(program, qtbot)
    assert open_guide(program) is first
    assert first.chapter.name == "planner"
    qtbot.waitUntil(first.isActiveWindow)
    QTest.keyClick(first.text, Qt.Key.Key_Escape)
    assert not first.isVisible()
    program.window.activateWindow()
    press_f1(program, qtbot)
    assert open_guide(program) is first


def test_f1_in_a_dialog_opens_its_chapter_beside_it(start, path, qtbot):
    program = start(path)
    store, seen = program.window.store, []

    def look():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        try:
            dialog.activateWindow()
            qtbot.waitUntil(dialog.isActiveWindow)
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
            shown = open_guide(program)
            seen.append((shown.chapter.name, shown.parentWidget() is dialog))
            qtbot.waitUntil(shown.isActiveWindow)  # it can be used while the dialog waits
            QTest.keyClick(shown.text, Qt.Key.Key_Escape)
            seen.append(shown.isVisible())
        finally:
            dialog.reject()

    QTimer.singleShot(0, look)
    assert ask_device(program.window, Device(new_id(), DeviceKind.ROLLER), store.today(), is_new=True) is None
    assert seen == [("devices", True), False]


def test_a_guide_goes_with_the_dialog_it_stood_beside(start, path, qtbot):
    program = start(path)

    def look():
        dialog = QApplication.activeModalWidget()
        program.desk.guiding.show_guide()
        assert open_guide(program).parentWidget() is dialog
        dialog.reject()

    QTimer.singleShot(0, look)
    ask_device(program.window, Device(new_id(), DeviceKind.ROLLER), date.today(), is_new=True)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, GuideDialog) and one.isVisible()]
    press_f1(program, qtbot)
    assert open_guide(program).parentWidget() is program.window


def test_f1_in_a_question_opens_the_chapter_of_the_page(start, path, qtbot):
    program = start(path)
    program.window.pages.show_page("warnings")
    box = QMessageBox(QMessageBox.Icon.Question, "Sure", "Really?", QMessageBox.StandardButton.Ok, program.window)
    box.open()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert open_guide(program).chapter.name == "warnings"
    box.done(0)


def test_the_guide_names_the_logbook_that_is_open(start, path, tmp_path, qtbot):
    program = start(path)
    press_f1(program, qtbot)
    shown = open_guide(program)
    shown.show_chapter("data")
    assert str(path) in shown.text.toPlainText()
    other = tmp_path / "other.sqlite"
    program.desk.make(other)
    assert shown.chapter.name == "data"
    assert str(other) in shown.text.toPlainText()
    assert str(path) not in shown.text.toPlainText()


def test_without_a_logbook_it_opens_where_the_data_lies(start, tmp_path, qtbot):
    program = start(tmp_path, opens=False)  # a folder is no logbook
    qtbot.waitUntil(lambda: program.desk.recovering.dialog is not None)
    program.desk.recovering.dialog.reject()
    program.desk.guiding.show_guide()
    assert open_guide(program).chapter.name == "data"


def test_a_guide_that_is_refused_is_told(start, path, qtbot, boxes, monkeypatch, tmp_path):
    copy = tmp_path / "guide"
    shutil.copytree(find("guide"), copy)
    (copy / "01-overview.md").write_text("# Overview\n\n{key:sing}\n", encoding="utf-8")
    program = start(path)
    monkeypatch.setattr(guide, "_shipped", lambda: copy)
    press_f1(program, qtbot)
    assert "01-overview.md, line 3: “{key:sing}” is not known" in boxes.take().text
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, GuideDialog) and one.isVisible()]


def test_the_help_menu_begins_with_the_guide(start, path):
    program = start(path)
    named = [spec.name for spec in ACTIONS if spec.menu == "&Help" and spec.text]
    assert named == ["guide", "keys", "show_hints", "check", "about"]
    keys = {spec.name: spec.key for spec in ACTIONS}
    assert keys["guide"] == "F1"
    assert keys["about"] is None
    assert program.window.actions_by_name["guide"].isEnabled()


def test_about_says_what_it_is_what_it_is_not_and_under_which_licence(start, path, boxes, rules):
    program = start(path)
    program.window.actions_by_name["about"].trigger()
    text = boxes.take().text
    for words in (__version__, rules.version, str(path), "not a diagnosis", "MIT licence", "never uses the network"):
        assert words in text
    assert "safe" not in text
    assert "!" not in text


def test_the_guide_can_be_read_while_one_logs(start, path, qtbot):
    program = start(path)
    press_f1(program, qtbot)
    store = program.window.store
    add(store, a_session(day=date.today().isoformat(), person_id=store.person.id))
    assert open_guide(program).isVisible()
