"""The search of Sessions and Warnings: from the words to the rows, without losing either."""

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from ui.conftest import person_of

from logbook.domain.edit import Edit
from logbook.ui.widgets.search_line import SearchLine

Key = Qt.Key


@pytest.fixture
def line(qtbot):
    made = SearchLine("Search the rows")
    qtbot.addWidget(made)
    made.show()
    made.setText("flu")
    return made


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Down])
def test_enter_and_down_want_the_rows_and_keep_the_words(line, key):
    left = QSignalSpy(line.left)
    QTest.keyClick(line, key)
    assert (left.count(), line.text()) == (1, "flu")


def test_escape_takes_the_words_away_and_goes_to_the_rows_after_that(line):
    left = QSignalSpy(line.left)
    QTest.keyClick(line, Key.Key_Escape)
    assert (left.count(), line.text()) == (0, "")
    QTest.keyClick(line, Key.Key_Escape)
    assert left.count() == 1


def test_other_keys_type(line):
    QTest.keyClicks(line, "x")
    assert line.text() == "flux"


@pytest.fixture
def window(start, path, journal, qtbot):
    person = person_of(journal)
    journal.apply(Edit.adding("log", [a_session(TODAY, 150, person_id=person.id, notes="after the flu")]))
    window = start(path).window
    qtbot.waitUntil(lambda: window.store.judging.is_settled)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


@pytest.mark.parametrize("name", ["sessions", "warnings"])
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Down])
def test_the_search_of_a_page_leads_to_its_rows(window, name, key):
    window.pages.show_page(name)
    page = window.pages.current
    if name == "warnings":
        page.filters.show_everything()  # the session is of long ago
    window.actions_by_name["find"].trigger()
    assert isinstance(QApplication.focusWidget(), SearchLine)
    press(key)
    assert page.table.hasFocus()
    window.actions_by_name["find"].trigger()
    QTest.keyClicks(QApplication.focusWidget(), "nowhere to be found")
    press(key)
    assert isinstance(QApplication.focusWidget(), SearchLine)  # there is no row to go to
    press(Key.Key_Escape)
    assert page.model.rowCount()
    assert isinstance(QApplication.focusWidget(), SearchLine)
    press(Key.Key_Escape)
    assert page.table.hasFocus()


def test_escape_in_the_search_leaves_what_is_typed_in_the_form(window):
    page = window.pages.sessions
    page.form.zones.depth_edit.setText("0.3")
    page.form.zones.depth_edit.textEdited.emit("0.3")
    page.focus_search()
    for _ in range(2):
        press(Key.Key_Escape)
    assert page.table.hasFocus()
    assert str(page.form.draft().session.deepest) == "0.30"
