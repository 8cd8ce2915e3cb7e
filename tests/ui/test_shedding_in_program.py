"""Shedding in the whole program: files in and out, the keys of the menus, and the session a count was written with."""

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from ui.answers import counted_import, write, written
from ui.conftest import person_of

from logbook.domain.edit import Edit
from logbook.domain.person import LifeEvent
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import EventKind, SheddingMethod
from logbook.ui.pages.shedding_page import SheddingPage


def trigger(window, name):
    action = window.actions_by_name[name]
    assert action.isEnabled(), name
    action.trigger()


def a_count(journal, value=12, **but):
    return SheddingRecord(new_id(), person_of(journal).id, TODAY, SheddingMethod.COMB_60S, value, **but)


@pytest.fixture
def window(start, path, journal):
    """A program with a session, the count written with it, another count and an event."""
    session = a_session(TODAY, person_id=person_of(journal).id)
    event = LifeEvent(new_id(), session.person_id, EventKind.DYE, TODAY)
    journal.apply(Edit.adding("log", [session, a_count(journal, session_id=session.id), a_count(journal, 20), event]))
    return start(path).window


@pytest.fixture
def page(window):
    trigger(window, "page_shedding")
    made = window.pages.current
    assert isinstance(made, SheddingPage)
    return made


def test_a_csv_of_counts_comes_in_through_the_window_and_goes_with_one_undo(start, path, tmp_path, monkeypatch, qtbot):
    program = start(path)
    window = program.window
    trigger(window, "page_shedding")
    file = tmp_path / "counts.csv"
    file.write_text("date,method,value,days_since_wash,notes\n2026-03-04,comb_60s,12,1,\n2026-03-05,comb_60s,,,ill\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    trigger(window, "import_file")
    dialog = counted_import(program.desk, qtbot)
    assert dialog.heading.text() == "counts.csv is a table of shedding counts: 2 rows."
    dialog.import_button.click()
    model = window.pages.current.model
    assert model.rowCount() == 2
    assert [model.index(row, 2).data() for row in range(2)] == ["not counted", "12"]
    trigger(window, "undo")
    assert model.rowCount() == 0
    assert window.pages.current.list.empty.isVisible()


@pytest.mark.parametrize(
    ("kind", "first", "left_out"),
    [
        ("Shedding as CSV (*.csv)", "date,method,value", "1 session"),
        ("Sessions as CSV (*.csv)", "date,time", "2 shedding records"),
    ],
)
def test_the_kind_that_is_chosen_is_exported(window, tmp_path, monkeypatch, kind, first, left_out):
    asked = []

    def choose(*arguments):
        asked.extend(arguments)
        return str(tmp_path / "out.csv"), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    trigger(window, "export_file")
    written(window)
    assert kind in asked[-1].split(";;")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").startswith(first)
    assert left_out in window.status.text()


def test_what_is_exported_is_known_when_it_comes_back(window, tmp_path, monkeypatch, qtbot):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "c.csv"), "Shedding as CSV (*.csv)"))
    trigger(window, "export_file")
    written(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "c.csv"), ""))
    trigger(window, "import_file")
    qtbot.waitUntil(lambda: "Nothing new to import" in window.status.text())


def test_the_menu_deletes_what_is_chosen_on_the_page_that_is_shown(window, page):
    on = window.actions_by_name
    assert not on["delete"].isEnabled()
    page.table.selectAll()
    trigger(window, "delete")
    assert window.store.of_person(SheddingRecord) == []
    assert len(window.store.of_person(Session)) == 1
    assert on["undo"].text() == "&Undo delete 2 shedding records"
    trigger(window, "undo")
    assert len(window.store.of_person(SheddingRecord)) == 2


def test_the_menu_saves_and_clears_the_form_of_the_page_that_is_shown(window, page):
    on = window.actions_by_name
    page.table.selectRow(0)
    assert not on["revert"].isEnabled()
    write(page.form.wash, "4")
    page.form.settle()
    trigger(window, "revert")
    assert page.form.wash.text() == ""
    write(page.form.wash, "5")
    page.form.settle()
    trigger(window, "save")
    assert [one.days_since_wash for one in window.store.of_person(SheddingRecord)].count(5) == 1
    window.pages.show_page("devices")
    assert not any(on[name].isEnabled() for name in ("save", "revert", "delete"))


def test_the_keys_of_the_parts_go_to_those_of_the_page_that_is_shown(window, page, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for name, part in (("go_form", page.form), ("go_table", page.table), ("go_verdict", page.verdict_panel)):
        trigger(window, name)
        assert part is window.focusWidget() or part.isAncestorOf(window.focusWidget()), name
    assert window.pages.current_name == "shedding"
    window.pages.show_page("overview")
    trigger(window, "go_table")
    assert window.pages.current_name == "sessions"


def test_what_is_typed_on_this_page_is_asked_about_before_the_window_closes(window, page, boxes):
    boxes.says_yes = False
    write(page.quick.number, "42")
    window.close()
    assert window.isVisible()
    assert "What you typed is not saved" in boxes.take().text
    write(page.quick.number, "")
    write(page.form.wash, "4")
    assert not window.may_leave()
    boxes.take()
    page.revert()
    assert window.may_leave()


def test_undo_in_an_emptied_number_takes_back_the_count_that_was_entered(window, page, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.quick.number.setFocus()
    qtbot.keyClicks(page.quick.number, "9\r")
    assert len(window.store.of_person(SheddingRecord)) == 3
    qtbot.keyClick(page.quick.number, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(window.store.of_person(SheddingRecord)) == 2


def test_a_count_leads_to_its_session_and_elsewhere_leads_back(window, page):
    linked = next(one for one in window.store.of_person(SheddingRecord) if one.session_id)
    page.show_record(linked.id)
    page.editor.session_button.click()
    assert window.pages.current_name == "sessions"
    assert window.sessions.table.chosen[0].id == linked.session_id
    window.pages.show_record(linked.id)
    assert window.pages.current_name == "shedding"
    assert [one.id for one in page.table.chosen] == [linked.id]
    (event,) = window.store.of_person(LifeEvent)
    window.pages.show_record(event.id)
    assert page.events.chosen == event


@pytest.mark.parametrize("is_typed_on", [False, True])
def test_a_count_changed_here_is_not_changed_back_by_saving_its_session(window, page, is_typed_on):
    linked = next(one for one in window.store.of_person(SheddingRecord) if one.session_id)
    sessions = window.sessions
    sessions.show_session(linked.session_id)
    if is_typed_on:
        sessions.form.notes.setPlainText("typed before")
    page.show_record(linked.id)
    write(page.form.count, "33")
    page.save()
    assert sessions.form.count.text() == "33"
    assert sessions.is_changed is is_typed_on
    sessions.form.notes.setPlainText("typed after")
    sessions.save()
    assert window.store.find(SheddingRecord, linked.id).value == 33
    assert window.store.find(Session, linked.session_id).notes == "typed after"
    assert [one.id for one in page.table.chosen] == [linked.id]
    page.delete_chosen()
    assert sessions.form.count.text() == ""


def test_a_count_changed_here_is_changed_in_what_was_set_aside_of_its_session(window, page):
    linked = next(one for one in window.store.of_person(SheddingRecord) if one.session_id)
    sessions = window.sessions
    sessions.show_session(linked.session_id)
    sessions.form.notes.setPlainText("typed before")
    sessions.new_session()
    page.show_record(linked.id)
    write(page.form.count, "33")
    page.save()
    sessions.show_session(linked.session_id)
    assert (sessions.form.count.text(), sessions.form.notes.toPlainText()) == ("33", "typed before")
    sessions.revert()


@pytest.mark.parametrize("later", [(1280, 720), (1400, 840)])
def test_sizes_of_a_small_window_squeeze_nothing_in_a_larger_one(start, path, qtbot, later):
    for size in ((800, 600), later):
        window = start(path).window
        window.resize(*size)
        trigger(window, "page_shedding")
        form = window.pages.current.form
        qtbot.waitUntil(lambda: form.width() >= 290)  # noqa: B023 - it is waited for within the loop
        window.pages.keep()
        window._state.keep_window(window)
        window.close()
