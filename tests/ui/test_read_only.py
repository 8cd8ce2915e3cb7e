"""A logbook that can only be read: every page shows it, nothing on any of them changes it, and each button says why."""

import hashlib
from datetime import date, timedelta

import pytest
from builders import a_session
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
)
from ui.conftest import person_of

from logbook.domain.device import Device
from logbook.domain.edit import Edit
from logbook.domain.person import LifeEvent
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, EventKind, SheddingMethod, Zone
from logbook.services.drafts import Drafts
from logbook.services.journal import open_journal
from logbook.ui.pages.logbook_pages import PAGES

TODAY = date.today()
WHY = "open for reading only"
LEAVES = ("quit", "new_logbook", "open_logbook", "open_read_only", "open_own", "open_sample", "about", "open_again")


@pytest.fixture
def filled(path, rules):
    """A logbook with something on every page."""
    journal = open_journal(path, rules)
    me = person_of(journal).id
    day = TODAY - timedelta(days=9)
    zones = (ZonePass(Zone.CROWN, Depth(150)),)
    journal.apply(
        Edit.adding(
            "fill",
            [
                Device(new_id(), DeviceKind.ROLLER, "blue", me),
                a_session(day, 150, person_id=me, notes="a long note"),
                a_session(day + timedelta(days=1), 150, person_id=me),
                SheddingRecord(new_id(), me, day, SheddingMethod.DAY_TOTAL, 90),
                LifeEvent(new_id(), me, EventKind.DYE, day),
                PlannedSession(new_id(), me, TODAY, None, (ZonePass(Zone.CROWN, Depth(30)),)),
                Routine(new_id(), me, day, 21, None, zones),
            ],
        )
    )
    journal.close()
    return path


@pytest.fixture
def read(start, filled, monkeypatch, tmp_path):
    """The program with that logbook, open for reading only."""
    other = tmp_path / "other.sqlite"
    program = start(other)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(filled), ""))
    program.window.actions_by_name["open_read_only"].trigger()
    assert program.window.store.journal.is_read_only
    settle(program)
    return program


def settle(program):
    for _ in range(20):
        QTest.qWait(10)
    QApplication.processEvents()


def banner(program):
    label = program.window._banner
    return label.text() if label.isVisibleTo(program.window) else ""


def content(folder):
    return {
        file.relative_to(folder): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*.sqlite*")
        if file.name.startswith(("logbook", ".logbook"))
    }


def buttons(program, name):
    """Return the buttons of a page by their words, and whether each can be pressed."""
    program.window.pages.show_page(name)
    settle(program)
    choose_first_rows(program)
    page = program.window.pages.page(name)
    return [one for one in page.findChildren(QAbstractButton) if one.isVisibleTo(program.window)]


def choose_first_rows(program):
    for view in program.window.pages.current.findChildren(QAbstractItemView):
        if view.isVisible() and view.model() and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
    QApplication.processEvents()


@pytest.fixture
def closed_dialogs(monkeypatch):
    """Close every dialog at once, as Escape would, and choose no file."""
    shown = []

    def escape(dialog):
        shown.append(dialog.windowTitle())
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QDialog, "exec", escape)
    for way in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, way, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    return shown


def test_the_banner_says_that_it_can_only_be_read_and_how_it_can_be_written(read):
    assert WHY in banner(read)
    assert "File › Open it again opens it for writing" in banner(read)


def test_nothing_on_any_page_changes_it(read, filled, boxes, closed_dialogs):
    before, pressed = content(filled.parent), 0
    for name in PAGES:
        for button in buttons(read, name):
            if button.isEnabled() and button.isVisible():
                button.click()
                pressed += 1
                QApplication.processEvents()
        choose_first_rows(read)
        for view in read.window.pages.page(name).findChildren(QAbstractItemView):
            if view.isVisible():
                view.setFocus()
                for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Space):
                    QTest.keyClick(view, key)
        settle(read)
        assert boxes.shown == [], name
        assert closed_dialogs == [], name  # none that asks for what could not be saved
        assert content(filled.parent) == before, name
    assert pressed > 20
    assert read.window.store.undo_stack.count() == 0
    assert not read.window.pages.has_unsaved


def test_no_action_of_the_menus_changes_it(read, filled, boxes, closed_dialogs):
    before = content(filled.parent)
    for page in PAGES:
        read.window.pages.show_page(page)
        choose_first_rows(read)
        for name, action in read.window.actions_by_name.items():
            is_of_view = name.startswith(("page_", "appearance_"))  # the same on every page, and slow
            if is_of_view and page != next(iter(PAGES)):
                continue
            if name not in LEAVES and name not in ("backup", "backups", "trash", "check") and action.isEnabled():
                action.trigger()
                read.window.pages.show_page(page)
    settle(read)
    assert boxes.shown == []
    assert content(filled.parent) == before


def test_every_action_that_changes_anything_is_off_and_says_why(read):
    on = read.window.actions_by_name
    for name in ("save", "delete", "import_file", "person", "new_session", "repeat_last", "undo", "redo"):
        assert not on[name].isEnabled(), name
        assert WHY in on[name].statusTip(), name
    for name in ("export_file", "find", "open_again"):
        assert on[name].isEnabled(), name
        assert WHY not in on[name].statusTip(), name


def test_every_button_that_is_off_for_that_reason_says_so(read, filled):
    untold = {
        (name, one.text())
        for name in PAGES
        for one in buttons(read, name)
        if not one.isEnabled() and WHY not in one.toolTip()
    }
    read.desk.reopen(filled)
    assert not read.window.store.journal.is_read_only
    on = {(name, one.text()) for name in PAGES for one in buttons(read, name) if one.isEnabled()}
    assert untold & on == set()
    assert len(on) > 30


def test_open_it_again_makes_everything_possible_again(read):
    read.window.actions_by_name["open_again"].trigger()
    assert banner(read) == ""
    on = read.window.actions_by_name
    assert on["new_session"].isEnabled()
    assert WHY not in on["save"].statusTip()
    assert read.window.sessions.new_button.toolTip() == ""


@pytest.mark.parametrize("name", ["sessions", "shedding"])
def test_a_record_can_be_read_and_copied_but_not_written(read, name):
    read.window.pages.show_page(name)
    settle(read)
    read.window.pages.page(name).table.selectRow(0)
    settle(read)
    form = read.window.pages.page(name).form
    for field in form.findChildren(QLineEdit) + form.findChildren(QPlainTextEdit) + form.findChildren(QAbstractSpinBox):
        assert field.isReadOnly() or not field.isEnabled()
    for box in form.findChildren(QComboBox) + form.findChildren(QAbstractButton):
        assert not box.isEnabled(), box
    QTest.keyClicks(form.notes, "typed")
    assert "typed" not in form.notes.toPlainText()
    assert form.notes.isEnabled()


def test_what_was_typed_before_waits_until_it_can_be_written(start, filled, boxes, qtbot):
    program = start(filled)
    qtbot.waitUntil(lambda: program.desk.draft_keeping._drafts is not None)
    QTest.keyClicks(program.window.sessions.form.notes, "half a ")
    qtbot.waitUntil(Drafts(filled).path.exists)
    program.desk._open(filled, read_only=True)
    assert Drafts(filled).path.exists()
    assert not program.window.pages.has_unsaved
    program.desk.reopen(filled)
    assert program.window.sessions.form.notes.toPlainText() == "half a "
