"""The lines for who is new: shown until they are closed or their thing was done, and never in the way."""

from datetime import date

import pytest
from builders import a_session
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.conftest import add

from logbook.domain.device import Device
from logbook.domain.session import new_id
from logbook.domain.vocabulary import DeviceKind
from logbook.services.guide import load_hints
from logbook.ui.help_menu.guiding import guide_words
from logbook.ui.pages.logbook_pages import PAGES
from logbook.ui.widgets.hint import Hint


@pytest.fixture
def hints(qapp, rules):
    return load_hints(guide_words(rules))


def shown(program):
    return program.desk.hinting.hint.text


def on(program, page):
    """Show *page* and return its hint."""
    program.window.pages.show_page(page)
    return shown(program)


def log(program):
    store = program.window.store
    add(store, a_session(day=date.today().isoformat(), person_id=store.person.id))


def test_each_page_shows_its_hint_to_who_is_new(start, path, hints):
    program = start(path)
    assert {page: on(program, page) for page in PAGES} == hints | {"charts": "", "warnings": ""}
    log(program)
    assert {page: on(program, page) for page in ("charts", "warnings")} == {
        page: hints[page] for page in ("charts", "warnings")
    }


def test_a_hint_that_was_closed_stays_away_also_at_the_next_start(start, path, hints):
    program = start(path)
    assert on(program, "shedding")
    program.desk.hinting.hint.close_button.click()
    assert shown(program) == ""
    assert on(program, "planner") == hints["planner"]
    assert on(program, "shedding") == ""
    program.desk.close()
    again = start(path)
    assert on(again, "shedding") == ""
    assert on(again, "planner") == hints["planner"]


def test_a_hint_goes_once_its_thing_was_done(start, path, hints):
    program = start(path)
    store = program.window.store
    assert on(program, "sessions") == hints["sessions"]
    log(program)
    assert shown(program) == ""
    assert on(program, "devices") == hints["devices"]
    on(program, "sessions")
    add(store, Device(new_id(), DeviceKind.ROLLER, person_id=store.person.id))
    assert on(program, "devices") == ""
    store.undo()
    assert on(program, "devices") == ""


def test_who_has_records_already_is_not_new(start, path, hints):
    program = start(path)
    log(program)
    program.window._state.keep_choice("hints", "")
    assert on(program, "sessions") == ""
    assert on(program, "shedding") == hints["shedding"]


def test_opening_the_guide_once_is_what_the_first_hint_asks_for(start, path, hints):
    program = start(path)
    assert on(program, "overview") == hints["overview"]
    program.window.actions_by_name["guide"].trigger()
    assert shown(program) == ""


def test_hints_are_shown_again_on_request_whatever_was_done(start, path, hints):
    program = start(path)
    log(program)
    assert on(program, "sessions") == ""
    on(program, "charts")
    program.desk.hinting.hint.close_button.click()
    program.window.actions_by_name["show_hints"].trigger()
    assert shown(program) == hints["charts"]
    assert "again" in program.window.status.text()
    assert on(program, "sessions") == hints["sessions"]
    program.desk.hinting.hint.close_button.click()
    assert on(program, "sessions") == ""
    assert on(program, "charts") == hints["charts"]


def test_the_sample_shows_no_hints_and_counts_for_nothing(start, path, hints):
    program = start(path)
    program.window.actions_by_name["open_sample"].trigger()
    assert [on(program, page) for page in PAGES] == [""] * len(PAGES)
    program.window.actions_by_name["show_hints"].trigger()
    assert shown(program) == ""
    assert "in your own logbook" in program.window.status.text()
    program.window._state.keep_choice("hints", "")
    program.desk.open(path)
    assert on(program, "sessions") == hints["sessions"]


def test_a_logbook_that_can_only_be_read_shows_no_hints(start, path):
    program = start(path)
    program.desk._open(path, read_only=True)
    assert program.window.store.journal.is_read_only
    assert [on(program, page) for page in PAGES] == [""] * len(PAGES)


def test_in_a_low_window_the_page_needs_all_the_room(start, path, hints):
    program = start(path)
    assert on(program, "shedding") == hints["shedding"]
    for height, text in ((600, ""), (700, hints["shedding"])):
        program.window.resize(800, height)
        QApplication.processEvents()
        assert shown(program) == text


def test_a_hint_is_closed_with_the_keyboard_and_the_page_goes_on(start, path, qtbot):
    program = start(path)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    on(program, "devices")
    button = program.desk.hinting.hint.close_button
    program.window.pages.rail.setFocus()
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if button.hasFocus():
            break
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert shown(program) == ""
    focus = QApplication.focusWidget()
    assert focus is not None
    assert program.window.pages.current.isAncestorOf(focus) or focus is program.window.pages.current


def test_a_hint_has_a_name_and_is_said_aloud(qtbot, monkeypatch):
    said = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    hint = Hint()
    qtbot.addWidget(hint)
    hint.show_text("Gaps stay gaps.")
    hint.show_text("Gaps stay gaps.")
    assert said == ["Hint: Gaps stay gaps."]
    assert hint.accessibleName() == "Hint: Gaps stay gaps."
    assert hint.close_button.accessibleName() == "Hide this hint"
    assert hint.close_button.accessibleDescription() == "Gaps stay gaps."
    hint.show_text("")
    assert hint.isHidden()
    assert len(said) == 1


def test_hints_that_are_refused_hold_nothing_up(start, path, monkeypatch, tmp_path):
    monkeypatch.setattr("logbook.services.guide._shipped", lambda: tmp_path / "nowhere")
    program = start(path)
    assert shown(program) == ""
    assert program.window.sessions is not None
