"""A session is logged, undone, done again and put right without a mouse, by real keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from logbook.domain.session import Session
from logbook.domain.vocabulary import DeviceKind, Setting, Severity, Zone

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL, ALT, SHIFT = Modifier.ControlModifier, Modifier.AltModifier, Modifier.ShiftModifier
MOST_TABS = 40
ONCE_ROUND = 120


class Hands:
    """Presses keys where the keyboard is, as a person does who never touches a mouse."""

    def __init__(self, program, qtbot):
        self.program, self.qtbot = program, qtbot

    @property
    def here(self):
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.program.window

    def press(self, key, modifiers=Modifier.NoModifier, times=1):
        for _ in range(times):
            QTest.keyClick(self.here, key, modifiers)
            QApplication.processEvents()

    def type(self, text):
        QTest.keyClicks(self.here, text)
        QApplication.processEvents()

    def tab_to(self, name):
        for _ in range(MOST_TABS):
            if self.here.accessibleName() == name:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name}")

    def say(self):
        return self.program.window.status.text()

    def sessions(self):
        return self.program.window.store.of_person(Session)


@pytest.fixture
def hands(start, path, qtbot):
    program = start(path)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    return Hands(program, qtbot)


def log_one(hands):
    hands.press(Key.Key_N, CTRL)
    hands.press(Key.Key_Z, ALT)  # goes there and opens the list, as a click would
    hands.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    for _ in range(list(Zone).index(Zone.CROWN)):
        hands.press(Key.Key_Down)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_M, ALT)
    hands.type("0.2")
    hands.tab_to("Setting")
    hands.press(Key.Key_Down)
    hands.tab_to("Device")
    hands.press(Key.Key_Down)
    hands.press(Key.Key_N, ALT)
    hands.type("a quiet day")
    hands.press(Key.Key_S, CTRL)


def test_a_session_is_logged_from_wherever_one_is(hands):
    log_one(hands)
    (session,) = hands.sessions()
    assert [(place.zone, str(place.depth)) for place in session.zones] == [(Zone.CROWN, "0.20")]
    assert (session.setting, session.device, session.notes) == (Setting.HOME, DeviceKind.ROLLER, "a quiet day")
    assert hands.say().startswith("Saved: session of")


def test_it_is_undone_and_done_again(hands):
    log_one(hands)
    hands.press(Key.Key_1, ALT)
    hands.press(Key.Key_Z, CTRL)
    assert hands.sessions() == []
    hands.press(Key.Key_Z, CTRL | SHIFT)
    assert len(hands.sessions()) == 1


def test_a_mistake_is_put_right(hands):
    log_one(hands)
    hands.press(Key.Key_N, CTRL)  # elsewhere
    hands.press(Key.Key_1, ALT)
    hands.press(Key.Key_Home)
    hands.press(Key.Key_M, ALT)
    hands.press(Key.Key_A, CTRL)
    hands.type("2.5")
    hands.press(Key.Key_S, CTRL)
    assert hands.program.window.sessions.editor.reason_panel.isVisible()
    hands.press(Key.Key_Escape)  # a slip: the warning says so
    assert hands.sessions()[0].given.severity < Severity.STOP
    hands.press(Key.Key_M, ALT)
    hands.press(Key.Key_A, CTRL)
    hands.type("0.25")
    hands.press(Key.Key_S, CTRL)
    (session,) = hands.sessions()
    assert str(session.deepest) == "0.25"
    hands.press(Key.Key_1, ALT)
    hands.press(Key.Key_Z, CTRL)
    assert str(hands.sessions()[0].deepest) == "0.20"


def test_it_is_copied_deleted_and_brought_back(hands):
    log_one(hands)
    hands.press(Key.Key_1, ALT)
    hands.press(Key.Key_Home)
    hands.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines()[0].startswith("Date\t")
    assert hands.say() == "Copied 1 row as text."
    hands.press(Key.Key_Delete, CTRL)
    assert hands.sessions() == []
    hands.press(Key.Key_Z, CTRL)
    assert len(hands.sessions()) == 1


def test_escape_in_a_form_loses_nothing(hands):
    hands.press(Key.Key_N, CTRL)
    hands.press(Key.Key_N, ALT)
    hands.type("half a sen")
    hands.press(Key.Key_Escape, times=3)
    assert hands.program.window.sessions.form.notes.toPlainText() == "half a sen"
    hands.press(Key.Key_3, CTRL)
    hands.press(Key.Key_2, CTRL)
    assert hands.program.window.sessions.form.notes.toPlainText() == "half a sen"


def test_every_page_is_a_key_away_and_tab_comes_round(hands):
    pages = hands.program.window.pages
    for number, name in enumerate(pages.names, 1):
        hands.press(Key(Key.Key_0 + number), CTRL)
        assert pages.current_name == name
        for _ in range(ONCE_ROUND):
            if hands.here is pages.rail:
                break
            hands.press(Key.Key_Tab)
        assert hands.here is pages.rail, name  # Tab comes round, and to the other pages
