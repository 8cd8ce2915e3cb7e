"""Many records are changed in one dialog: what it comes to is told first, and one step takes all of it back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import a_history
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from ui.conftest import add, person_of

from logbook.domain import labels
from logbook.domain.device import Device
from logbook.domain.person import Acknowledgement
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import DeviceKind, Pressure, Reason, Setting, Severity, SheddingMethod, Zone
from logbook.services.journal import open_journal
from logbook.ui.dialogs.many_dialog import ManyDialog
from logbook.ui.dialogs.many_fields import _Out, _Way

TODAY = date.today()


@pytest.fixture
def program(start, path, rules):
    journal = open_journal(path, rules, create=False)
    me = person_of(journal).id
    journal.close()
    program = start(path)
    store = program.window.store
    sessions = [replace(one, person_id=me) for one in a_history(5, every=60, depth=20, last=TODAY)]
    counts = [
        SheddingRecord(new_id(), me, TODAY - timedelta(days=n), SheddingMethod.DAY_TOTAL, 40 + n, notes=f"note {n}")
        for n in range(4)
    ]
    add(store, Device(new_id(), DeviceKind.PEN, name="My pen", person_id=me), *sessions, *counts)
    program.window.pages.show_page("sessions")
    assert program.window.sessions.form.isEnabled()
    QApplication.processEvents()
    return program


class Fill:
    """Fills in the dialog that comes next and keeps it, or leaves it."""

    def __init__(self, fill, *, keeps=True):
        self.fill, self.keeps, self.seen = fill, keeps, False
        QTimer.singleShot(0, self.go)

    def go(self):
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ManyDialog)
        self.seen = True
        try:
            self.fill(dialog)
            dialog.wait()
            if self.keeps:
                assert dialog.keep_button.isEnabled()
                dialog.keep_button.click()
        finally:
            if dialog.isVisible():
                dialog.done(0)


def change(program, fill, **but):
    filled = Fill(fill, **but)
    program.window.actions_by_name["change_many"].trigger()
    return filled


def choose(program, rows):
    table = program.window.pages.current.table
    table.clearSelection()
    for row in rows:
        flags = table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows
        table.selectionModel().select(table.model().index(row, 0), flags)


def sessions(program):
    return sorted(program.window.store.of_person(Session), key=lambda one: one.date)


def counts(program):
    return sorted(program.window.store.of_person(SheddingRecord), key=lambda one: one.date)


def status(program):
    return program.window.status.text()


def answer(box, value):
    assert value in box._values
    box.set_value(value)


def test_sessions_that_are_chosen_are_changed_and_no_other(program):
    choose(program, [0, 2])
    change(program, lambda dialog: answer(dialog.pressure, Pressure.LIGHT))
    assert [one.pressure for one in sessions(program)] == [None, None, Pressure.LIGHT, None, Pressure.LIGHT]
    assert status(program) == "Change 2 sessions: done. Undo takes it back."


def test_where_nothing_is_chosen_it_says_what_to_do(program):
    program.window.pages.current_records.table.clearSelection()
    program.window.actions_by_name["change_many"].setEnabled(True)
    program.window.actions_by_name["change_many"].trigger()
    assert status(program) == "Choose rows in the table first."


def test_one_undo_takes_all_of_it_back_and_redo_does_it_again(program):
    before = sessions(program)
    choose(program, range(5))
    change(program, lambda dialog: answer(dialog.setting, Setting.SUPERVISED))
    after = sessions(program)
    assert program.window.actions_by_name["undo"].text() == "&Undo change 5 sessions"
    program.window.actions_by_name["undo"].trigger()
    assert sessions(program) == before
    program.window.actions_by_name["redo"].trigger()
    assert sessions(program) == after


def test_it_begins_as_leave_as_it_is_and_can_keep_nothing(program):
    choose(program, range(5))

    def look(dialog):
        assert dialog.windowTitle() == "Change 5 sessions"
        assert dialog.change([]).is_nothing
        assert not dialog.keep_button.isEnabled()
        assert dialog.told.text().startswith("Choose what is to change")

    change(program, look, keeps=False)


def test_what_it_comes_to_is_told_before_it_is_kept_and_a_reason_asked_for(program):
    choose(program, range(5))

    def deepen(dialog):
        assert dialog.fields["reason"].isHidden()
        dialog.depth_edit.setText("2.5")
        dialog.depth_edit.textEdited.emit("2.5")
        assert not dialog.keep_button.isEnabled()  # until it is judged
        dialog.wait()
        assert dialog.told.text() == "Of 5 sessions: 5 get a stop."
        assert not dialog.fields["reason"].isHidden()
        assert dialog.keep_button.text() == "&Change 5 sessions"
        dialog.depth_edit.textEdited.emit("2.5")
        assert not dialog.keep_button.isEnabled()  # what was typed last is not judged yet
        dialog.wait()
        assert dialog.keep_button.isEnabled()
        answer(dialog.reason, Reason.RECORDED_LATE)
        dialog.words.setText("copied from paper")

    change(program, deepen)
    store = program.window.store
    assert {one.given.severity for one in sessions(program)} == {Severity.STOP}
    kept = store.of_person(Acknowledgement)
    assert len(kept) >= 5
    assert {(one.reason, one.words) for one in kept} == {(Reason.RECORDED_LATE, "copied from paper")}


def test_a_reason_is_recorded_as_not_given_where_nobody_gives_one(program):
    choose(program, [0])

    def deepen(dialog):
        dialog.depth_edit.setText("2.5")
        dialog.depth_edit.textEdited.emit("2.5")

    change(program, deepen)
    kept = program.window.store.of_person(Acknowledgement)
    assert {one.reason for one in kept} == {Reason.NOT_GIVEN}


def test_what_is_implausible_is_refused_with_which_and_nothing_is_kept(program):
    before = sessions(program)
    choose(program, [0, 1])

    def wrong(dialog):
        dialog.depth_edit.setText("25")
        dialog.depth_edit.textEdited.emit("25")
        dialog.wait()
        assert "Session of" in dialog.told.text()
        assert "A depth lies between" in dialog.told.text()
        assert not dialog.keep_button.isEnabled()
        dialog.accept()
        assert dialog.isVisible()

    change(program, wrong, keeps=False)
    assert sessions(program) == before


def test_what_cannot_be_read_is_marked_at_its_field(program):
    choose(program, [0, 1])

    def wrong(dialog):
        dialog.depth_edit.setText("deep")
        dialog.depth_edit.textEdited.emit("deep")
        dialog.wait()
        assert "not a number" in dialog.fields["depth_mm"].problem_text
        assert dialog.told.text() == "Something above cannot be taken as it is."
        dialog.depth_edit.clear()
        answer(dialog.way, _Way.ADD)
        dialog.wait()
        assert dialog.fields["zones"].problem_text == "✕ Choose the zones."
        assert not dialog.keep_button.isEnabled()

    change(program, wrong, keeps=False)


def test_needles_zones_and_notes_of_many(program):
    choose(program, [0, 1])

    def fill(dialog):
        assert not dialog.zones.isEnabled()
        dialog.needles.setCurrentIndex(2)
        assert not dialog.device.isEnabled()
        answer(dialog.way, _Way.ADD)
        dialog.zones.set_value((Zone.FRONTAL,))
        dialog.zones.edited.emit()
        dialog.notes.setPlainText("on holiday")

    change(program, fill)
    last = sessions(program)[-1]
    assert last.device is DeviceKind.PEN
    assert last.device_id is not None
    assert [place.zone for place in last.zones] == [Zone.CROWN, Zone.FRONTAL]
    assert last.notes == "on holiday"


def test_leaving_asks_where_something_was_chosen(program, boxes):
    before = sessions(program)
    choose(program, [0, 1])
    boxes.says_yes = False

    def leave(dialog):
        answer(dialog.setting, Setting.SUPERVISED)
        dialog.reject()
        assert boxes.take().title == "Not kept yet"
        assert dialog.isVisible()

    change(program, leave, keeps=False)
    assert sessions(program) == before


def test_nothing_changes_where_all_say_so_already(program):
    choose(program, [0, 1])

    def same(dialog):
        answer(dialog.setting, Setting.HOME)
        dialog.wait()
        assert dialog.told.text() == "Nothing would change: all of them say so already."
        assert not dialog.keep_button.isEnabled()

    change(program, same, keeps=False)


def test_it_is_offered_where_something_is_chosen(program):
    action = program.window.actions_by_name["change_many"]
    program.window.sessions.table.clearSelection()
    assert not action.isEnabled()
    choose(program, [1])
    assert action.isEnabled()
    program.window.pages.show_page("guidance")
    assert not action.isEnabled()


def test_what_is_typed_in_one_of_them_is_not_written_over(program):
    choose(program, [0])
    QApplication.processEvents()
    form = program.window.sessions.form
    form.notes.setPlainText("half a sentence")
    choose(program, [0, 1])
    program.window.actions_by_name["change_many"].trigger()
    assert status(program) == f"Save or clear first what you typed in the session of {labels.day(TODAY)}."
    assert form.notes.toPlainText() == "half a sentence"


# Counts


def test_counts_that_are_chosen_are_changed_in_one_step(program):
    program.window.pages.show_page("shedding")
    choose(program, [0, 1, 2])

    def fill(dialog):
        assert dialog.windowTitle() == "Change 3 shedding records"
        answer(dialog.method, SheddingMethod.COMB_60S)
        dialog.wash.setText("2")
        dialog.wash.textEdited.emit("2")
        answer(dialog.trends, _Out.LEAVE_OUT)
        dialog.wait()
        assert "Say in a few words" in dialog.fields["excluded_because"].problem_text
        dialog.why.setText("new comb")
        dialog.why.textEdited.emit("new comb")

    before = counts(program)
    change(program, fill)
    after = counts(program)
    assert after[0] == before[0]
    assert {(one.method, one.days_since_wash, one.excluded_because) for one in after[1:]} == {
        (SheddingMethod.COMB_60S, 2, "new comb")
    }
    assert program.window.actions_by_name["undo"].text() == "&Undo change 3 shedding records"
    program.window.actions_by_name["undo"].trigger()
    assert counts(program) == before


def test_counts_are_taken_into_trends_again(program):
    program.window.pages.show_page("shedding")
    choose(program, [0])
    one = counts(program)[-1]

    def leave_out(dialog):
        answer(dialog.trends, _Out.LEAVE_OUT)
        dialog.why.setText("dyed")
        dialog.why.textEdited.emit("dyed")

    change(program, leave_out)
    choose(program, [0])
    change(program, lambda dialog: answer(dialog.trends, _Out.TAKE_IN))
    assert counts(program)[-1] == one


# Many


def test_so_many_that_it_takes_long_are_written_beside_the_window(program, qtbot, monkeypatch):
    monkeypatch.setattr("logbook.ui.edit_menu.changing_many.MANY", 3)
    before = sessions(program)
    choose(program, range(5))
    change(program, lambda dialog: answer(dialog.setting, Setting.SUPERVISED))
    working = program.desk.changing_many._working
    assert working is not None
    assert working.text.text() == "Change 5 sessions…"
    qtbot.waitUntil(lambda: program.desk.changing_many._working is None)
    assert {one.setting for one in sessions(program)} == {Setting.SUPERVISED}
    program.window.actions_by_name["undo"].trigger()
    assert sessions(program) == before


def test_the_key_opens_it(program, qtbot):
    choose(program, [0, 1])
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    filled = Fill(lambda dialog: None, keeps=False)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(program.window.sessions.table, Qt.Key.Key_E, both)
    assert filled.seen
