"""The Shedding page: five days by keyboard, records and events through every change and back."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLabel, QLineEdit
from ui.answers import Answer, Unasked, write
from ui.conftest import add, refusing_disk

from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import Acknowledgement, LifeEvent, Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import EventKind, Reason, Severity, Sex, SheddingMethod
from logbook.services.journal import open_journal
from logbook.ui.actions import MENUS
from logbook.ui.pages.shedding_model import COLUMNS, LEFT_OUT, PLACES
from logbook.ui.pages.shedding_page import SheddingPage
from logbook.ui.store import Store
from logbook.ui.theme import load_theme

COMB = SheddingMethod.COMB_60S


@pytest.fixture
def show(qtbot):
    """Show the records of a store."""

    def of(store, width=1300, height=820):
        page = SheddingPage(store)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return of


def a_count(store, days_ago=0, value=10, method=COMB, **but):
    day = TODAY - timedelta(days=days_ago)
    return SheddingRecord(new_id(), store.person.id, day, method, value, **but)


@pytest.fixture
def mine(store):
    """A session with a count, a week of counts, one left out, one not counted, one estimate, an event."""
    session = a_session(TODAY - timedelta(days=3), person_id=store.person.id)
    records = {
        "linked": a_count(store, 3, 12, session_id=session.id),
        "plain": a_count(store, 2, 14, days_since_wash=1, notes="after\nthe wash"),
        "more": a_count(store, 5, 200, is_more_than=True),
        "blank": a_count(store, 4, None),
        "out": a_count(store, 1, 90, excluded_because="salon"),
        "estimate": a_count(store, 0, 2, SheddingMethod.ESTIMATE),
    }
    event = LifeEvent(new_id(), store.person.id, EventKind.ILLNESS, TODAY - timedelta(days=80), notes="flu")
    add(store, session, *records.values(), event)
    return {"session": session, "event": event, **records}


@pytest.fixture
def page(store, mine, show):
    return show(store)


def kept(store):
    return {(one.date, one.value) for one in store.of_person(SheddingRecord)}


def cells(page, name):
    return [page.model.index(row, PLACES[name]).data() for row in range(page.model.rowCount())]


def cell(page, record, name, role=Qt.ItemDataRole.DisplayRole):
    return page.model.index(page.model.row_of(record.id), PLACES[name]).data(role)


def choose(page, *records):
    page.table.clearSelection()
    for record in records:
        row = page.model.row_of(record.id)
        flags = page.table.selectionModel().SelectionFlag
        page.table.selectionModel().select(page.model.index(row, 0), flags.Select | flags.Rows)


def enter(qtbot, page, text):
    qtbot.keyClicks(page.quick.number, text)
    qtbot.keyClick(page.quick.number, Qt.Key.Key_Return)


# What is shown


def test_without_a_record_there_is_one_sentence_and_one_button(store, show, qtbot):
    page = show(store)
    assert page.list.empty.isVisible()
    assert "No count yet." in page.list.empty.text()
    assert page.list.first_button.isVisible()
    assert not page.new_button.isVisible()
    assert not page.table.isVisible()
    page.list.first_button.click()
    assert page.form.isAncestorOf(QApplication.focusWidget())


def test_each_record_says_what_was_counted_and_what_was_not(page, mine, qtmodeltester):
    qtmodeltester.check(page.model, force_py=False)
    assert cells(page, "count") == ["2 elevated", "90", "14", "12", "not counted", ">200"]
    assert cells(page, "method")[:2] == ["Estimate, 0–3", "60-second count"]
    assert cells(page, "wash") == ["—", "—", "1", "—", "—", "—"]
    assert cells(page, "verdict") == ["Clean", "Not judged", "Clean", "Clean", "Not judged", "Clean"]
    assert cells(page, "trend") == ["", LEFT_OUT, "", "", "", ""]
    assert cell(page, mine["plain"], "notes") == "after the wash"
    assert cell(page, mine["out"], "trend", Qt.ItemDataRole.ToolTipRole).count("salon") == 1
    assert page.list.counts.text() == "6 records · 1 left out of trends"


def test_a_tip_takes_nothing_for_markup(page, mine, store):
    add(store, loud := a_count(store, 9, notes="<b>loud</b>"))
    assert "&lt;b&gt;" in cell(page, loud, "notes", Qt.ItemDataRole.ToolTipRole)


def test_one_method_alone_can_be_shown(page, mine):
    page.list.method_box.set_value(SheddingMethod.ESTIMATE)
    assert cells(page, "count") == ["2 elevated"]
    assert page.list.counts.text() == "1 record of 6"
    page.list.method_box.set_value(SheddingMethod.SINCLAIR)
    assert page.list.empty.text() == "No record by this method."
    assert not page.list.first_button.isVisible()


@pytest.mark.parametrize("name", [column.name for column in COLUMNS])
def test_every_column_sorts(page, name, store, qtbot):
    qtbot.waitUntil(lambda: store.judging.is_settled)
    choose(page, chosen := store.of_person(SheddingRecord)[2])
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        page.table.sortByColumn(PLACES[name], order)
        assert page.model.rowCount() == 6
        assert [one.id for one in page.table.chosen] == [chosen.id]
    if name == "wash":
        assert cells(page, "wash")[0] == "1"


def test_where_the_method_has_no_room_the_count_names_it(store, mine, show, qtbot):
    page = show(store, 620, 500)
    qtbot.waitUntil(lambda: page.table.isColumnHidden(PLACES["method"]))
    assert cell(page, mine["plain"], "count") == "14 · 60 s"
    assert not page.table.horizontalScrollBar().isVisible()
    page.resize(1900, 800)
    qtbot.waitUntil(lambda: not page.table.isColumnHidden(PLACES["method"]))
    assert cell(page, mine["plain"], "count") == "14"


def test_a_record_is_shown_with_its_verdict_its_range_and_its_baseline(store, show, qtbot):
    first = a_session(TODAY - timedelta(days=10), person_id=store.person.id)
    before = [a_count(store, days, 10) for days in range(11, 18)]
    add(store, first, *before, high := a_count(store, 0, 40))
    page = show(store)
    page.show_record(high.id)
    assert page.verdict_panel.text().startswith("Info.")
    assert "60-second count: 40. Your own baseline is 10" in page.verdict_panel.text()
    assert "10: the median of the 28 days" in page.editor.reference.text()
    assert "Published for men of 20 to 40 only" in page.editor.reference.text()
    after = replace(store.person, sex=Sex.MALE, birth_date=TODAY.replace(year=1996))
    assert store.do(Edit("change", (Replacement(store.person, after),)))
    assert "Hairs 0 to 78 · 40 lies within" in page.editor.reference.text()


# Quick entry


def test_five_days_are_logged_by_keyboard_alone(store, show, qtbot):
    page = show(store)
    page.focus_first()
    assert page.quick.number.hasFocus()
    page.quick.method.set_value(COMB)
    for _ in range(4):
        qtbot.keyClick(page.quick.number, Qt.Key.Key_Up)
    for text in ("42", "38", ">99", "0", "41"):
        enter(qtbot, page, text)
        assert page.quick.number.hasFocus()
    values = [one.value for one in sorted(store.of_person(SheddingRecord), key=lambda one: one.date)]
    assert values == [42, 38, 99, 0, 41]
    assert cells(page, "count") == ["41", "0", ">99", "38", "42"]
    assert page.quick.day.value() == TODAY
    assert "there is no later day" in page.quick.says.text()
    for _ in range(5):
        assert store.undo()
    assert kept(store) == set()


def test_a_day_that_was_not_counted_stays_without_a_record(store, show, qtbot):
    page = show(store)
    page.focus_first()
    qtbot.keyClick(page.quick.number, Qt.Key.Key_Up)
    enter(qtbot, page, "")
    assert kept(store) == set()
    qtbot.keyClick(page.quick.number, Qt.Key.Key_Down)
    enter(qtbot, page, "3")
    assert kept(store) == {(TODAY, 3)}


def test_another_count_of_a_day_is_kept_and_said(page, mine, store, qtbot):
    page.quick.method.set_value(COMB)
    page.quick.day.set_value(mine["plain"].date)
    enter(qtbot, page, "15")
    assert "There is another count of that day." in page.quick.says.text()
    assert {(mine["plain"].date, 14), (mine["plain"].date, 15)} <= kept(store)


@pytest.mark.parametrize(("method", "typed"), [(SheddingMethod.ESTIMATE, ">3"), (SheddingMethod.SINCLAIR, "> 2")])
def test_more_than_a_grade_is_refused_in_the_line(page, store, qtbot, method, typed):
    before = kept(store)
    page.quick.method.set_value(method)
    qtbot.keyClicks(page.quick.number, typed)
    qtbot.keyClick(page.quick.number, Qt.Key.Key_Return)
    assert kept(store) == before
    assert "“more than” is for counted hairs" in page.quick.problem_text
    assert page.quick.number.text() == typed
    page.quick.number.clear()


def test_more_than_a_grade_of_an_earlier_version_is_shown_undone_and_can_be_put_right(page, store):
    old = a_count(store, 0, 3, SheddingMethod.ESTIMATE, is_more_than=True)
    add(store, old)
    assert cell(page, old, "count").startswith(">3")
    choose(page, old)
    assert page.form.draft().record == old
    assert not page.is_changed
    store.do(Edit.removing("delete", [old]))
    store.undo()
    assert store.find(SheddingRecord, old.id) == old
    choose(page, old)
    page.form.wash.setText("2")
    page.form.wash.textEdited.emit("2")
    page.save()
    assert store.find(SheddingRecord, old.id) == old  # and the form says why
    page.form.more_box.click()
    page.save()
    assert store.find(SheddingRecord, old.id) == replace(old, is_more_than=False, days_since_wash=2)


def test_a_first_count_of_a_day_has_no_other(page, mine, qtbot):
    page.quick.method.set_value(COMB)
    page.quick.day.set_value(mine["blank"].date)
    enter(qtbot, page, "15")
    assert "another" not in page.quick.says.text()
    page.quick.day.set_value(mine["estimate"].date)
    enter(qtbot, page, "16")
    assert "another" not in page.quick.says.text()  # the estimate of that day is no count of hairs


def test_what_cannot_be_is_said_and_not_kept(page, store, qtbot):
    before = kept(store)
    page.quick.method.set_value(SheddingMethod.ESTIMATE)
    enter(qtbot, page, "7")
    assert "7 does not fit this method, which goes from 0 to 3." in page.quick.problem_text
    assert page.has_unsaved
    assert kept(store) == before


def test_the_method_is_that_of_the_record_made_last(page):
    assert page.quick.method.value() is SheddingMethod.ESTIMATE
    assert page.form.method.value() is SheddingMethod.ESTIMATE


def test_quick_entry_leaves_the_form_alone(page, mine, store, qtbot):
    page.show_record(mine["plain"].id)
    write(page.form.wash, "5")
    page.form.settle()
    page.quick.number.setFocus()
    enter(qtbot, page, "1")
    assert page.form.wash.text() == "5"
    assert page.is_changed
    assert page.editor.stored.id == mine["plain"].id


def test_a_count_that_the_file_refuses_stays_typed(page, store, journal, qtbot):
    before = kept(store)
    page.quick.number.setFocus()
    with refusing_disk(journal), qtbot.waitSignal(store.failed):
        enter(qtbot, page, "2")
    assert kept(store) == before
    assert page.quick.number.text() == "2"
    enter(qtbot, page, "")
    assert (TODAY, 2) in kept(store)


# The form


def test_a_record_is_added_changed_and_taken_back(store, show, qtbot):
    page = show(store)
    page.begin_new()
    page.form.method.set_value(COMB)
    write(page.form.count, "42")
    assert page.has_unsaved
    page.save()
    (record,) = store.of_person(SheddingRecord)
    assert (record.value, record.date, record.person_id) == (42, TODAY, store.person.id)
    assert not page.has_unsaved
    assert [one.id for one in page.table.chosen] == [record.id]
    write(page.form.wash, "2")
    page.form.settle()
    assert page.editor._heading.text() == "60-second count of 30 June 2026 · not saved"
    page.save()
    assert store.undo_stack.undoText() == "change 60-second count of 30 June 2026"
    assert store.of_person(SheddingRecord) == [replace(record, days_since_wash=2)]
    assert store.undo()
    assert page.form.wash.text() == ""
    assert store.undo()
    assert page.editor.stored is None
    assert kept(store) == set()


def test_what_is_typed_is_set_aside_and_comes_back(page, mine):
    page.begin_new()
    write(page.form.wash, "7")
    choose(page, mine["plain"])
    write(page.form.notes, "mine")
    choose(page, mine["more"])
    assert page.has_unsaved
    assert not page.is_changed
    choose(page, mine["plain"])
    assert page.form.notes.toPlainText() == "mine"
    page.begin_new()
    assert page.form.wash.text() == "7"
    page.revert()
    assert page.form.wash.text() == ""
    choose(page, mine["plain"])
    page.revert()
    assert not page.has_unsaved


def test_what_was_typed_outlives_an_undo_of_its_record(page, mine, store):
    add(store, fresh := a_count(store, 8))
    choose(page, fresh)
    write(page.form.wash, "6")
    assert store.undo()
    assert page.editor.stored is None
    assert store.redo()
    choose(page, fresh)
    assert page.form.wash.text() == "6"


def test_what_cannot_be_kept_is_marked_and_not_kept(page, mine, store):
    said = QSignalSpy(page.said)
    choose(page, mine["plain"])
    write(page.form.count, "12.5")
    page.save()
    assert said.at(said.count() - 1)[0].startswith("Not saved yet: “12.5” is not a count")
    assert store.find(SheddingRecord, mine["plain"].id) == mine["plain"]
    assert page.form.count.text() == "12.5"


def test_nothing_is_saved_where_nothing_was_typed(page, mine, store):
    said = QSignalSpy(page.said)
    count = store.undo_stack.count()
    page.begin_new()
    page.save()
    choose(page, mine["plain"])
    page.save()
    assert [said.at(n)[0] for n in range(said.count())] == ["Nothing was entered yet.", "Nothing was changed."]
    assert store.undo_stack.count() == count


def test_a_record_of_a_session_leads_to_it_and_stays_on_its_day(page, mine):
    opened = QSignalSpy(page.session_wanted)
    choose(page, mine["linked"])
    assert page.editor.session_button.text() == "Written with the session of 27 June 2026"
    assert not page.form.day.isEnabled()
    page.editor.session_button.click()
    assert opened.at(0) == [mine["session"].id]
    choose(page, mine["plain"])
    assert not page.editor.session_button.isVisible()
    assert page.form.day.isEnabled()


def test_several_chosen_leave_the_form_alone(page, mine):
    choose(page, mine["plain"])
    choose(page, mine["plain"], mine["more"])
    assert page.editor.stored.id == mine["plain"].id


# Deleting


def test_many_records_are_deleted_at_once_with_what_was_acknowledged(page, mine, store):
    at = datetime(2026, 6, 30, 8)
    answer = Acknowledgement(
        new_id(), store.person.id, mine["more"].id, "S01", Severity.WARNING, "{}", Reason.NOT_GIVEN, "", at
    )
    add(store, answer)
    before = store.of_person(SheddingRecord)
    choose(page, mine["plain"], mine["more"], mine["blank"])
    page.delete_chosen()
    assert store.undo_stack.undoText() == "delete 3 shedding records"
    assert len(store.of_person(SheddingRecord)) == 3
    assert store.of_person(Acknowledgement) == []
    assert store.undo()
    assert store.of_person(SheddingRecord) == before
    assert store.of_person(Acknowledgement) == [answer]
    assert len(cells(page, "count")) == 6


def test_the_delete_key_deletes_what_is_chosen(page, mine, store, qtbot):
    choose(page, mine["linked"])
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert store.find(SheddingRecord, mine["linked"].id) is None
    assert store.find(Session, mine["session"].id) == mine["session"]
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(store.of_person(SheddingRecord)) == 5


def test_a_great_deal_is_deleted_and_brought_back(store, show):
    add(store, *[a_count(store, days % 900, days % 50) for days in range(1200)])
    page = show(store)
    page.table.selectAll()
    page.delete_chosen()
    assert page.list.empty.isVisible()
    assert store.undo()
    assert page.model.rowCount() == 1200


# Life events


def test_an_event_is_added_changed_deleted_and_taken_back(page, store, mine):
    Answer(lambda dialog: (dialog.kind.set_value(EventKind.HAIRCUT), write(dialog.notes, "short")))
    page.events.add_button.click()
    (haircut,) = [one for one in store.of_person(LifeEvent) if one.kind is EventKind.HAIRCUT]
    assert haircut == LifeEvent(haircut.id, store.person.id, EventKind.HAIRCUT, TODAY, None, "short")
    assert page.events.chosen == haircut
    Answer(lambda dialog: write(dialog.day, "2026-06-01"))
    page.events.change_button.click()
    assert store.undo_stack.undoText() == "change haircut of 1 June 2026"
    page.events.delete_button.click()
    assert store.of_person(LifeEvent) == [mine["event"]]
    for _ in range(3):
        assert store.undo()
    assert store.of_person(LifeEvent) == [mine["event"]]
    assert page.events.model.rowCount() == 1


def test_an_event_is_changed_with_enter_and_deleted_with_its_key(page, store, mine, qtbot):
    page.events.table.setFocus()
    Answer(lambda dialog: write(dialog.until, "2026-04-20"))
    qtbot.keyClick(page.events.table, Qt.Key.Key_Return)
    (event,) = store.of_person(LifeEvent)
    assert event.until is not None
    assert page.events.model.index(0, 2).data() == "20 Apr 2026"
    qtbot.keyClick(page.events.table, Qt.Key.Key_Delete)
    assert store.of_person(LifeEvent) == []
    assert len(store.of_person(SheddingRecord)) == 6


def test_deleting_what_is_chosen_means_the_events_while_the_cursor_is_there(page, store, mine, qtbot):
    choose(page, mine["linked"])
    page.events.table.setFocus()
    qtbot.waitUntil(page.events.table.hasFocus)
    page.events.table.selectRow(0)
    assert page.can_delete
    page.delete_chosen()
    assert store.of_person(LifeEvent) == []
    assert store.find(SheddingRecord, mine["linked"].id) == mine["linked"]


def test_a_chosen_event_can_be_deleted_by_the_menu_too(page, store, mine, qtbot):
    page.table.clearSelection()
    assert not page.can_delete
    with qtbot.waitSignal(page.actions_changed):
        page.events.table.selectRow(0)
    assert page.can_delete


def test_several_events_are_deleted_in_one_step_and_changed_one_by_one(page, store, mine, qtbot):
    haircut = LifeEvent(new_id(), store.person.id, EventKind.HAIRCUT, TODAY)
    add(store, haircut)
    page.events.table.selectAll()
    assert len(page.events.all_chosen) == 2
    assert not page.events.change_button.isEnabled()
    page.events.change()  # asks nothing
    qtbot.keyClick(page.events.table, Qt.Key.Key_Delete)
    assert store.of_person(LifeEvent) == []
    assert store.undo_stack.undoText() == "delete 2 life events"
    store.undo()
    assert {one.id for one in store.of_person(LifeEvent)} == {mine["event"].id, haircut.id}


def test_an_event_that_stays_the_same_is_no_change(page, store, mine):
    page.events.table.choose(0)
    count = store.undo_stack.count()
    Answer(lambda dialog: None)
    page.events.change_button.click()
    assert store.undo_stack.count() == count


def test_another_persons_records_are_not_shown(page, store, mine):
    other = Person(new_id(), "Kim")
    theirs = replace(a_count(store, 1), id=new_id(), person_id=other.id)
    event = LifeEvent(new_id(), other.id, EventKind.DYE, TODAY)
    add(store, other, theirs, event)
    assert len(cells(page, "count")) == 6
    assert page.events.model.rowCount() == 1


# Wanted from elsewhere


def test_a_record_that_a_filter_hides_is_shown_all_the_same(page, mine):
    page.list.method_box.set_value(SheddingMethod.ESTIMATE)
    page.show_record(mine["plain"].id)
    assert [one.id for one in page.table.chosen] == [mine["plain"].id]
    assert page.form.count.text() == "14"


def test_an_event_is_shown_and_what_is_gone_is_said(page, mine, store):
    said = QSignalSpy(page.said)
    page.show_record(mine["event"].id)
    assert page.events.chosen == mine["event"]
    page.show_record("gone")
    assert said.at(said.count() - 1) == ["That record is no more; Undo may bring it back."]


# Out


def test_the_records_are_exported_by_date(page, mine, tmp_path, monkeypatch):
    said = QSignalSpy(page.said)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.csv"), ""))
    page.export_button.click()
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "date,method,value,days_since_wash,notes"
    assert lines[1:3] == ["2026-06-25,comb_60s,>200,,", "2026-06-26,comb_60s,,,"]
    assert said.at(said.count() - 1) == ["6 shedding records written. In out.csv."]


def test_an_export_that_is_left_or_fails_says_so(page, tmp_path, monkeypatch, boxes):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.export_button.click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "out.csv"), ""))
    page.export_button.click()
    assert "cannot be written" in boxes.take().text


# Read only, colours, names, room


def test_in_a_logbook_that_is_only_read_nothing_can_be_changed(path, rules, journal, store, mine, show, qtbot):
    reading = open_journal(path, rules, create=False, read_only=True)
    page = show(Store(reading, today=lambda: TODAY))
    failed = QSignalSpy(page._store.failed)
    assert not any(
        widget.isEnabled() for widget in (page.quick, page.new_button, page.editor.save_button, page.events.add_button)
    )
    choose(page, mine["plain"])
    page.delete_chosen()
    page.save()
    page.events.table.setFocus()
    unasked = Unasked()
    qtbot.keyClick(page.events.table, Qt.Key.Key_Return)
    qtbot.keyClick(page.events.table, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert unasked.dialogs == [None]
    assert failed.count() == 0
    assert page.export_button.isEnabled()
    assert len(reading.all(SheddingRecord)) == 6
    page.focus_first()
    assert page.table.hasFocus()
    page.close()
    reading.close()


def test_dark_colours_are_taken_at_once(page, qapp, mine):
    choose(page, mine["plain"])
    qapp.setProperty("theme", load_theme("dark").name)
    page.restyle()
    page.grab()


def test_every_control_has_a_name(page, mine):
    choose(page, mine["linked"])
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for widget in page.findChildren(kind):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_no_two_keys_of_the_page_are_one(page, mine):
    choose(page, mine["linked"])
    words = [one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()]
    words += [one.text() for one in page.findChildren(QLabel) if one.isVisible() and one.buddy()]
    keys = [text[text.index("&") + 1].lower() for text in words if "&" in text]
    assert len(keys) == len(set(keys)), sorted(keys)
    assert not {menu[menu.index("&") + 1].lower() for menu in MENUS} & set(keys)


@pytest.mark.parametrize(("width", "height"), [(650, 460), (874, 600), (1250, 760)])
def test_nothing_scrolls_sideways_and_nothing_asks_for_more_room(store, mine, show, width, height, qtbot):
    page = show(store, width, height)
    choose(page, mine["plain"])
    assert page.minimumSizeHint().width() <= width
    assert page.size().width() == width
    for table in (page.table, page.events.table):
        assert not table.horizontalScrollBar().isVisible()


def test_ten_thousand_records_open_at_once(store, show, qtbot):
    add(store, *[a_count(store, days // 2, days % 40) for days in range(10_000)])
    judged = store.judged
    page = show(store)
    assert page.model.rowCount() == 10_000
    page.table.sortByColumn(PLACES["verdict"], Qt.SortOrder.AscendingOrder)
    at_hand = sum(judged.is_judged(one) for one in judged.shedding)
    assert at_hand < 5_000  # only what is seen, and what idle time allowed since
    qtbot.waitUntil(lambda: store.judging.is_settled)
    found = [judged.verdict(page.model.record_at(row)).severity for row in range(10_000)]
    assert found == sorted(found)  # all in their places as soon as they are known
