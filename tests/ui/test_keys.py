"""Every key is in one list, none stands for two things, and the list does what is chosen in it."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit

import logbook.ui
from logbook.ui.actions import ACTIONS, MENUS, SEPARATOR
from logbook.ui.dialogs.keys_dialog import KeysDialog
from logbook.ui.keys import PARTS, every_key

ROOT = Path(logbook.ui.__path__[0])
NAMED = [spec for spec in ACTIONS if spec.name != SEPARATOR]
WORDS = {
    "Return": "Enter",
    "Enter": "Enter",
    "Escape": "Escape",
    "Space": "Space",
    "Delete": "Delete",
    "Tab": "Tab",
    "Backtab": "Tab",
    "Home": "Home",
    "End": "End",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "PageUp": "Page Up",
    "PageDown": "Page Down",
    "Plus": "+",
    "Equal": "=",
    "Minus": "−",
    "0": "0",
    "A": "A",
    "Copy": "Ctrl+C",
    "Find": "Ctrl+F",
}
OF_THE_MENUS = {"Undo", "Redo"}  # which a field of text takes first


@pytest.fixture
def window(start, path, qtbot):
    program = start(path)
    window = program.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def sample(start, path, qtbot):
    program = start(path)
    program.desk.sampling.open()
    window = program.window
    qtbot.waitUntil(lambda: window.store.judging.is_settled, timeout=20_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


# The list is whole


def classes_with_keys():
    """Return the classes that take keys themselves, each as module and name, with the keys that its module names."""
    found = {}
    for file in sorted(ROOT.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and takes_keys(node):
                found[f"{file.stem}.{node.name}"] = file
    return found


def takes_keys(node):
    has_handler = any(isinstance(part, ast.FunctionDef) and part.name == "keyPressEvent" for part in node.body)
    is_shortcut = any(isinstance(base, ast.Name) and base.id == "QShortcut" for base in node.bases)
    makes_shortcut = any(
        isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "QShortcut"
        for part in ast.walk(node)
    )
    return has_handler or is_shortcut or makes_shortcut


GUIDING = "guiding.Guiding"  # gives the key of the menu to a dialog, so that it is in the list already


def test_every_part_that_takes_keys_itself_is_in_the_table():
    listed = Counter(name for part in PARTS for name in part.of)
    assert {name for name, times in listed.items() if times > 1} == set()
    assert set(classes_with_keys()) - {GUIDING} <= set(listed)
    files = {file.stem for file in ROOT.rglob("*.py")}
    assert {name.partition(".")[0] for name in listed} <= files


@pytest.mark.parametrize("part", [part for part in PARTS if part.of], ids=lambda part: part.where)
def test_every_key_that_a_part_names_is_told_in_the_table(part):
    files = {file.stem: file for file in ROOT.rglob("*.py")}
    text = "".join(files[name.partition(".")[0]].read_text(encoding="utf-8") for name in part.of)
    named = set(re.findall(r"Key\.Key_(\w+)|StandardKey\.(\w+)", text))
    any_table = next(one for one in PARTS if one.where == "Any table")
    told = " ".join(keys for keys, _ in (*part.keys, *(any_table.keys if "Table" in part.of[0] else ())))
    missing = {a or b for a, b in named if (a or b) not in OF_THE_MENUS and WORDS[a or b] not in told}
    assert missing == set()


def test_every_shortcut_of_the_window_is_listed(sample, qtbot):
    listed = {keys for one in every_key(sample.actions_by_name) for keys in re.split(" or |, ", one.keys)}
    pages = sample.pages
    for name in pages.names:
        pages.show_page(name)
    charts = pages.page("charts")
    pages.show_page("charts")
    qtbot.waitUntil(lambda: charts.panel is not None, timeout=20_000)
    native = QKeySequence.SequenceFormat.NativeText
    found = {keys.toString(native) for action in sample.findChildren(QAction) for keys in action.shortcuts()}
    found |= {shortcut.key().toString(native) for shortcut in sample.findChildren(QShortcut)}
    mnemonics = {button.shortcut().toString(native) for button in sample.findChildren(QAbstractButton)}
    found |= {keys for keys in mnemonics if keys and not re.fullmatch(r"Alt\+.", keys)}
    assert found <= listed


def test_every_page_and_every_action_has_a_key_or_a_letter_in_its_menu(window):
    for one in every_key(window.actions_by_name):
        assert one.keys, one
    for name in window.pages.names:
        assert not window.actions_by_name[f"page_{name}"].shortcut().isEmpty()


# No key twice


def test_no_key_stands_for_two_actions(window):
    keys = Counter(keys.toString() for action in window.actions_by_name.values() for keys in action.shortcuts())
    assert {key for key, times in keys.items() if times > 1} == set()


def test_no_letter_is_underlined_twice_in_a_menu(window):
    assert len({letter(menu) for menu in MENUS}) == len(MENUS)
    for menu in MENUS:
        letters = Counter(letter(spec.text) for spec in NAMED if spec.menu == menu)
        assert {key for key, times in letters.items() if times > 1} == set(), menu
        assert "" not in letters, menu


def letter(text):
    return QKeySequence.mnemonic(text).toString()


@pytest.mark.parametrize("logbook", ["window", "sample"])
def test_no_letter_stands_for_two_things_on_a_page(logbook, request, qtbot):
    window = request.getfixturevalue(logbook)
    menus = {letter(menu) for menu in MENUS}
    actions = {keys.toString() for action in window.actions_by_name.values() for keys in action.shortcuts()}
    for name in window.pages.names:
        window.pages.show_page(name)
        if name == "charts" and logbook == "sample":
            qtbot.waitUntil(lambda: window.pages.page("charts").panel is not None, timeout=20_000)
        QApplication.processEvents()
        page = window.pages.page(name)
        if name == "sessions" and logbook == "sample":
            qtbot.waitUntil(lambda page=page: any(underlined(page)))  # the form comes after the rows
        letters = Counter(underlined(page))
        twice = {key for key, times in letters.items() if times > 1}
        assert letters or name == "overview" or logbook == "window"
        assert (name, twice) == (name, set())
        assert (name, set(letters) & (menus | actions)) == (name, set())


def underlined(page):
    """Return the keys of the letters that are underlined on *page* and do something now."""
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and not button.shortcut().isEmpty():
            yield button.shortcut().toString()
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.buddy() and letter(label.text()):
            yield letter(label.text())


# The question mark


class Looked:
    """Looks at the list of keys as soon as it is open, does something in it, and leaves it."""

    def __init__(self, does=None):
        self.dialog, self.does = None, does
        QTimer.singleShot(0, self.look)

    def look(self):
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, KeysDialog):
            self.dialog = dialog.windowTitle()
            if self.does:
                self.does(dialog)
            if dialog.isVisible():
                dialog.reject()


def test_a_question_mark_opens_the_list(window, qtbot):
    window.pages.show_page("sessions")
    window.pages.rail.setFocus()
    looked = Looked()
    qtbot.keyClicks(QApplication.focusWidget(), "?")
    assert looked.dialog == "Keys"


def test_ctrl_and_slash_open_it_wherever_one_types(window, qtbot):
    window.pages.show_page("sessions")
    window.sessions.search.setFocus()
    looked = Looked()
    qtbot.keyClick(window.sessions.search, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert looked.dialog == "Keys"


def test_a_question_mark_that_is_typed_is_text(window, qtbot):
    window.pages.show_page("sessions")
    form = window.sessions.form
    for editor in (window.sessions.search, form.notes):
        editor.setFocus()
        looked = Looked()
        qtbot.keyClicks(editor, "why?")
        assert looked.dialog is None
        assert (editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()) == "why?"
    assert all(editor.text() != "?" for editor in window.findChildren(QLineEdit))


# The list


def dialog_of(window, qtbot):
    dialog = KeysDialog(window, window.actions_by_name)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_the_list_is_searched_by_key_by_word_and_by_place(window, qtbot):
    dialog = dialog_of(window, qtbot)
    assert dialog.search.hasFocus()
    everything = len(dialog.model.shown)
    assert everything == len(NAMED) + sum(len(part.keys) for part in PARTS)
    for text, expected in (("ctrl+r", "repeat_last"), ("PREFILLED", "new_session"), ("view gui", "page_guidance")):
        dialog.search.setText(text)
        assert expected in [one.action for one in dialog.model.shown], text
        assert len(dialog.model.shown) < everything / 4
    dialog.search.setText("no such thing")
    assert dialog.model.shown == ()
    assert dialog.says.text() == "No key fits; try another word."
    assert not dialog.do_button.isEnabled()
    dialog.search.clear()
    assert len(dialog.model.shown) == everything


def test_an_action_without_a_key_is_listed_with_the_letters_of_its_menu(window, qtbot):
    by_name = {one.action: one.keys for one in every_key(window.actions_by_name)}
    assert by_name["trash"] == "Alt+E, E"
    assert by_name["keys"] == "? or Ctrl+/"
    assert by_name["undo"] == "Ctrl+Z"


def test_arrow_keys_go_through_the_list_while_one_types(window, qtbot):
    dialog = dialog_of(window, qtbot)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.table.chosen_row == 1
    assert dialog.search.hasFocus()
    qtbot.keyClicks(dialog.search, "x")
    assert dialog.search.text() == "x"


def test_enter_does_what_is_chosen(window, qtbot):
    def choose(dialog):
        qtbot.keyClicks(dialog.search, "ctrl+8")
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)

    looked = Looked(choose)
    window.actions_by_name["keys"].trigger()
    assert looked.dialog
    assert window.pages.current_name == "guidance"


def test_what_cannot_be_done_now_says_so_and_is_not_done(window, qtbot):
    dialog = dialog_of(window, qtbot)
    dialog.search.setText("ctrl+z")
    assert dialog.model.shown[0].action == "undo"
    assert not window.actions_by_name["undo"].isEnabled()
    assert not dialog.do_button.isEnabled()
    assert "cannot be done right now" in dialog.says.text()
    dialog.do()
    assert dialog.isVisible()


def test_a_key_of_a_part_is_only_read(window, qtbot):
    dialog = dialog_of(window, qtbot)
    dialog.search.setText("calendar today")
    assert [one.keys for one in dialog.model.shown] == ["Home"]
    assert not dialog.do_button.isEnabled()


def test_signs_are_read_aloud_in_words(window, qtbot):
    dialog = dialog_of(window, qtbot)
    dialog.search.setText("calendar week")
    index = dialog.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Left Right Up Down"


def test_escape_leaves_the_list(window, qtbot):
    dialog = dialog_of(window, qtbot)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.action is None
