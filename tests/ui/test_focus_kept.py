"""Where the rows under the keyboard go, and where a page has none, the keyboard is on something that has a name."""

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.conftest import add, person_of

from logbook.domain.device import Device
from logbook.domain.edit import Edit
from logbook.domain.person import AgreedLimit, LifeEvent
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import DeviceKind, EventKind, SheddingMethod

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def a_count(person_id, method=SheddingMethod.COMB_60S):
    return SheddingRecord(new_id(), person_id, TODAY, method, 2)


@pytest.fixture
def show(start, path, journal, qtbot):
    """Start the program on a page, with some records of its person."""

    def of(name, *make):
        if make:
            journal.apply(Edit.adding("log", [one(person_of(journal).id) for one in make]))
        window = start(path).window
        qtbot.waitUntil(lambda: window.store.judging.is_settled)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.pages.show_page(name)
        QApplication.processEvents()
        return window

    return of


def session_of(person_id):
    return a_session(TODAY, 150, person_id=person_id)


def event_of(person_id):
    return LifeEvent(new_id(), person_id, EventKind.DYE, TODAY)


def device_of(person_id):
    return Device(new_id(), DeviceKind.ROLLER, "roller", person_id)


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def name_here():
    here = QApplication.focusWidget()
    assert here is not None
    assert here.isVisible()
    return here.accessibleName() or here.text()


def delete_all(table):
    table.setFocus()
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete, CTRL)


def test_deleting_every_session_leaves_the_keyboard_on_the_button_that_begins_one(show):
    window = show("sessions", session_of, session_of)
    delete_all(window.pages.sessions.table)
    assert window.store.of_person(Session) == []
    assert window.pages.sessions.new_button.hasFocus()
    press(Key.Key_Z, CTRL)
    assert len(window.store.of_person(Session)) == 2


def test_deleting_every_count_leaves_the_keyboard_on_the_button_that_begins_one(show):
    window = show("shedding", a_count, a_count)
    page = window.pages.current
    delete_all(page.table)
    assert page.list.first_button.hasFocus()


def test_deleting_every_count_of_a_method_leaves_the_keyboard_on_the_choice_of_it(show):
    window = show("shedding", a_count, lambda person_id: a_count(person_id, SheddingMethod.ESTIMATE))
    page = window.pages.current
    page.list.method_box.set_value(SheddingMethod.ESTIMATE)
    page.list.method_box.edited.emit()
    delete_all(page.table)
    assert len(window.store.of_person(SheddingRecord)) == 1
    assert page.list.method_box.hasFocus()


@pytest.mark.parametrize("by_button", [True, False])
def test_deleting_every_event_leaves_the_keyboard_on_the_button_that_adds_one(show, by_button):
    window = show("shedding", event_of)
    events = window.pages.current.events
    events.table.setFocus()
    press(Key.Key_A, CTRL)
    if by_button:
        events.delete_button.setFocus()
        press(Key.Key_Space)
    else:
        press(Key.Key_Delete)
    assert window.store.of_person(LifeEvent) == []
    assert events.add_button.hasFocus()


def test_rows_that_go_while_the_keyboard_is_elsewhere_leave_it_there(show):
    window = show("sessions", session_of)
    page = window.pages.sessions
    page.form.focus_first()
    before = QApplication.focusWidget()
    page.table.selectAll()
    page.delete_chosen()
    assert QApplication.focusWidget() is before


def test_without_a_finding_the_warnings_have_a_place_for_the_keyboard_that_says_so(show):
    window = show("warnings")
    assert name_here() == "Findings"
    assert QApplication.focusWidget().accessibleDescription().startswith("No session yet.")
    assert QApplication.focusWidget() is not window.pages.current


def test_findings_that_go_leave_the_keyboard_on_what_is_in_their_place(show):
    window = show("sessions")
    add(window.store, session_of(window.store.person.id))
    window.pages.show_page("warnings")
    page = window.pages.current
    page.filters.show_everything()
    page.table.setFocus()
    press(Key.Key_Z, CTRL)
    assert window.store.of_person(Session) == []
    assert name_here() == "Findings"
    assert not page.filters.isVisible()


@pytest.mark.parametrize("name", ["sessions", "shedding"])
def test_the_key_of_the_table_finds_what_is_in_its_place(show, name):
    window = show(name)
    press(Key.Key_1, ALT)
    page = window.pages.current
    assert (page.new_button if name == "sessions" else page.list.first_button).hasFocus()


# The key of the table on the other pages


@pytest.mark.parametrize("name", ["warnings", "devices"])
def test_the_key_of_the_table_goes_to_the_rows_of_the_page(show, name):
    window = show(name, session_of, device_of)
    page = window.pages.current
    if name == "warnings":
        page.filters.show_everything()  # the session is of long ago
    window.pages.rail.setFocus()
    press(Key.Key_1, ALT)
    assert window.pages.current_name == name
    assert page.table.hasFocus()


@pytest.mark.parametrize("name", ["warnings", "devices"])
def test_the_key_of_the_table_stays_on_a_page_whose_table_is_empty(show, name):
    window = show(name)
    window.pages.rail.setFocus()
    press(Key.Key_1, ALT)
    assert window.pages.current_name == name
    assert name_here() == ("Findings" if name == "warnings" else "Add &device…")


def test_the_key_of_the_table_goes_to_whichever_rows_a_page_shows(show):
    window = show("guidance", lambda person_id: AgreedLimit(new_id(), person_id, "H01", "days", 7, "Dr. B", TODAY))
    page = window.pages.current
    page.tabs.setCurrentWidget(page.limits)
    window.pages.rail.setFocus()
    press(Key.Key_1, ALT)
    assert window.pages.current_name == "guidance"
    assert page.limits.table.hasFocus()


@pytest.mark.parametrize("name", ["overview", "charts", "planner"])  # of a calendar days are chosen, not rows
def test_from_a_page_without_rows_the_key_leads_to_the_sessions(show, name):
    window = show(name, session_of)
    window.pages.rail.setFocus()
    press(Key.Key_1, ALT)
    assert window.pages.current_name == "sessions"
    assert window.pages.sessions.table.hasFocus()


def test_the_form_and_the_verdict_are_those_of_the_sessions_elsewhere(show):
    window = show("warnings", session_of)
    press(Key.Key_2, ALT)
    assert window.pages.current_name == "sessions"
    assert window.pages.sessions.form.isAncestorOf(QApplication.focusWidget())
