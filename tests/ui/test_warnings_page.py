"""The Warnings page: every finding in one place, acknowledged once, through every change and back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_history, a_session
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView
from ui.conftest import add, full_disk

from logbook.domain.device import Device
from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import Acknowledgement, AgreedLimit, Person
from logbook.domain.session import Reaction, Session, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Reason,
    Severity,
    SheddingMethod,
    SkinSign,
    Zone,
)
from logbook.services.findings import State
from logbook.services.journal import open_journal
from logbook.services.sessions_csv import read_sessions
from logbook.ui.actions import MENUS
from logbook.ui.pages.warning_rows import PLACES, Show
from logbook.ui.pages.warnings_page import WarningsPage
from logbook.ui.store import Store
from logbook.ui.widgets.rows_model import SEVERITY_ROLE

LOGS = sorted((Path(__file__).parents[1] / "guidance" / "cases").glob("*.csv"))
SHIFT = Qt.KeyboardModifier.ShiftModifier


def mine(store, *sessions):
    return [replace(session, person_id=store.person.id) for session in sessions]


def clean(store, day=TODAY):
    return a_session(
        day,
        person_id=store.person.id,
        zones=(ZonePass(Zone.CROWN, Depth(20), 3),),
        needle_use=1,
        needle_state=NeedleState.NEW_STERILE,
        needle_shared=False,
        pressure=Pressure.LIGHT,
        endpoint=Endpoint.NONE,
        skin_signs=frozenset(),
        conditions=(),
        professional_advice=True,
        topicals=(),
        washed_before=True,
        reaction=Reaction(0, frozenset(), 0),
    )


@pytest.fixture
def sessions(store):
    """Five sessions of which the last was done over pustules, and one of long ago."""
    five = mine(store, *a_history(5, every=3, depth=60))
    five[-1] = replace(five[-1], skin_signs=frozenset({SkinSign.PUSTULES}))
    old = mine(store, a_session("2025-01-01", 60))
    add(store, *old, *five)
    return [*old, *five]


@pytest.fixture
def show(qtbot):
    """Show the findings of a store, once all is judged."""

    def of(store):
        page = WarningsPage(store)
        qtbot.addWidget(page)
        page.resize(1400, 900)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        qtbot.waitUntil(lambda: store.judging.is_settled)
        return page

    return of


@pytest.fixture
def page(store, sessions, show):
    return show(store)


def listed(page):
    return [page.model.listed_at(row) for row in range(page.model.rowCount())]


def keys(page):
    return [one.key for one in listed(page)]


def choose(page, *findings):
    page.table.clearSelection()
    for row in page.model.rows_of(findings):
        page.table.selectionModel().select(
            page.model.index(row, 0),
            page.table.selectionModel().SelectionFlag.Select | page.table.selectionModel().SelectionFlag.Rows,
        )


def chosen(page):
    return [one.key for one in page.table.chosen]


def acknowledge(page, reason=Reason.ONE_OFF, words=""):
    page.detail.acknowledge_row.reason.set_value(reason)
    page.detail.acknowledge_row.words.setText(words)
    page.detail.acknowledge_row.button.click()


def show_state(page, state):
    page.filters.show_box.set_value(state)


def add_and_wait(store, qtbot, *records):
    add(store, *records)
    qtbot.waitUntil(lambda: store.judging.is_settled)


def emitted(spy):
    return [spy.at(place)[0] for place in range(spy.count())]


# What is shown


def test_without_sessions_one_sentence_says_what_will_be_here(store, show):
    page = show(store)
    assert page._empty.isVisible()
    assert page._empty.text() == "No session yet. What the guidance finds in your sessions is listed here."
    assert not [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    page.focus_first()
    page.focus_search()


def test_where_nothing_was_found_it_says_in_how_many_sessions_and_never_more(store, show, qtbot):
    add(store, clean(store), clean(store, TODAY - timedelta(days=40)))
    page = show(store)
    assert page._empty.text() == "No published warning found by these rules in 2 sessions."
    add_and_wait(store, qtbot, SheddingRecord(new_id(), store.person.id, TODAY, SheddingMethod.PULL_TEST, 1))
    assert page._empty.text() == "No published warning found by these rules in 2 sessions and 1 shedding record."


def test_every_finding_of_every_session_is_there_the_latest_first(page, store):
    show_state(page, Show.ALL)
    wanted = {(one.id, f.rule.id) for one in store.judged.history for f in store.judged.verdict(one).findings}
    assert set(keys(page)) == wanted
    days = [one.record.date for one in listed(page)]
    assert days == sorted(days, reverse=True)


def test_the_first_is_chosen_and_explained_and_the_counts_are_there_at_a_glance(page):
    assert chosen(page) == keys(page)[:1]
    one = page.table.chosen[0]
    assert one.finding.found in page.detail.text()
    for severity, chip in page.filters.chips.items():
        count = sum(other.finding.severity is severity for other in listed(page))
        assert chip.text() == f"{severity.word.capitalize()} {count}"


def test_severity_is_a_pill(page):
    roles = [page.model.index(row, PLACES["severity"]).data(SEVERITY_ROLE) for row in range(page.model.rowCount())]
    assert roles == [one.finding.severity for one in listed(page)]


def test_what_is_hidden_is_told_and_shown_at_a_press(page, qtbot):
    hidden = page.model.total - page.model.rowCount()
    assert hidden
    assert page._hidden.text() == f"{hidden} more are past."
    qtbot.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == page.model.total
    assert page._hidden.text() == ""
    assert not page.all_button.isVisible()


def test_findings_on_counts_stand_among_those_on_sessions(page, store, qtbot):
    yesterday = TODAY - timedelta(days=1)
    add_and_wait(store, qtbot, SheddingRecord(new_id(), store.person.id, yesterday, SheddingMethod.PULL_TEST, 9))
    assert "Pull test" in [page.model.index(row, PLACES["zone"]).data() for row in range(page.model.rowCount())]


def test_what_an_agreed_limit_made_clean_has_a_clean_pill(page, store, qtbot):
    limit = AgreedLimit(new_id(), store.person.id, "P01", "over", 100, "Dr Moss", TODAY - timedelta(days=30))
    add_and_wait(store, qtbot, limit)
    show_state(page, Show.AGREED)
    assert {one.finding.rule.id for one in listed(page)} == {"P01"}
    assert page.model.index(0, PLACES["severity"]).data(SEVERITY_ROLE) is Severity.CLEAN
    assert page.filters.chips[Severity.CLEAN].text() == f"Clean {page.model.rowCount()}"
    store.undo()
    qtbot.waitUntil(lambda: store.judging.is_settled)
    assert page.model.rowCount() == 0


def test_a_strip_is_drawn_where_sources_disagree(page, sessions):
    choose(page, (sessions[-1].id, "I01"))
    assert page.detail.strip.isVisible()
    assert "3 days" in page.detail.strip.text()
    choose(page, (sessions[-1].id, "C01"))
    assert not page.detail.strip.isVisible()


# While it is judged


def test_while_it_is_judged_it_says_so_and_then_shows(store, sessions, qtbot):
    page = WarningsPage(store)
    qtbot.addWidget(page)
    page.show()
    assert page._empty.text() == "Judging your history…"
    assert page.filters.chips[Severity.STOP].text() == "Stop …"
    assert page._empty.isVisibleTo(page)
    assert not page.detail.isVisible()
    qtbot.waitUntil(lambda: store.judging.is_settled)
    assert page.model.rowCount()
    assert page.filters.chips[Severity.STOP].text() == "Stop 1"


def test_rows_stay_while_a_change_is_judged_and_the_counts_wait(page, store, sessions, qtbot):
    before = keys(page)
    assert store.do(Edit.removing("delete", sessions[1:2]))
    assert keys(page) == before
    assert page._hidden.text() == "Judging…"
    assert page.filters.chips[Severity.WARNING].text() == "Warning …"
    qtbot.waitUntil(lambda: store.judging.is_settled)
    assert keys(page) != before
    assert "…" not in page.filters.chips[Severity.WARNING].text()


def test_an_edit_of_a_session_is_shown_when_it_is_judged(page, store, sessions, qtbot):
    before = len(listed(page))
    deep = replace(sessions[-1], zones=(ZonePass(Zone.CROWN, Depth(150), 30),))
    assert store.do(Edit("deeper", (Replacement(sessions[-1], deep),)))
    qtbot.waitUntil(lambda: len(listed(page)) != before)
    assert (deep.id, "T02") in keys(page)
    store.undo()
    qtbot.waitUntil(lambda: len(listed(page)) == before)


def test_what_changes_while_the_page_is_not_seen_is_there_when_it_is(page, store, sessions, qtbot):
    page.hide()
    before = keys(page)
    assert store.do(Edit.removing("delete", sessions[-1:]))
    qtbot.waitUntil(lambda: store.judging.is_settled)
    assert keys(page) == before
    page.show()
    assert sessions[-1].id not in {record for record, _ in keys(page)}


def test_another_day_makes_what_was_open_past(journal, show, qapp):
    day = [TODAY]
    store = Store(journal, today=lambda: day[0])
    add(store, *mine(store, a_session(TODAY, 60)))
    page = show(store)
    assert page.model.rowCount()
    page.hide()
    day[0] = TODAY + timedelta(days=61)
    page.show()
    assert page.model.rowCount() == 0
    assert page._empty.text() == "Nothing is open."


def test_an_edit_of_something_else_lists_nothing_anew(page, store, qtbot):
    qtbot.waitUntil(lambda: page.model.is_worded)
    reset = QSignalSpy(page.model.modelReset)
    add(store, Device(new_id(), DeviceKind.PEN, "Pen", store.person.id))
    qtbot.wait(100)
    assert reset.count() == 0


# Filter and search


def test_filters_work_together_and_what_is_chosen_stays_chosen(page, sessions):
    show_state(page, Show.ALL)
    rest = (sessions[-1].id, "I01")
    choose(page, rest)
    page.filters.family_box.set_value("interval")
    assert chosen(page) == [rest]
    page.filters.search.setText("i01 crown")
    assert chosen(page) == [rest]
    assert {one.finding.rule.id for one in listed(page)} == {"I01"}
    page.filters.chips[Severity.INFO].click()
    assert chosen(page) == []
    assert page.detail._title.text().startswith("Choose a finding")


def test_what_fits_nothing_says_so_and_keeps_the_filters_in_reach(page):
    page.filters.search.setText("no such finding")
    assert page._empty.isVisible()
    assert page._empty.text() == "No finding fits the search and the filters."
    assert page.filters.isVisible()
    assert not page.detail.isVisible()
    page.filters.search.clear()
    assert page.model.rowCount()
    assert page.detail.isVisible()


def test_what_stood_on_top_stays_on_top_when_the_list_is_made_anew(store, show, qtbot):
    add(store, *mine(store, *a_history(60, every=1, depth=60)))
    page = show(store)
    bar = page.table.verticalScrollBar()
    bar.setValue(40)
    top = page.model.listed_at(page.table.rowAt(0)).key
    chosen_before = [keys(page)[50], keys(page)[52]]
    choose(page, *chosen_before)
    add(store, *mine(store, a_session(TODAY, 60, zone=Zone.OCCIPITAL)))
    qtbot.waitUntil(lambda: store.judging.is_settled)
    assert page.model.listed_at(page.table.rowAt(0)).key == top
    assert chosen(page) == chosen_before


# Acknowledging


def test_one_is_acknowledged_with_a_reason_written_once_and_undone_by_name(page, store, journal, sessions):
    rest = (sessions[-1].id, "I01")
    choose(page, rest)
    said = QSignalSpy(page.said)
    acknowledge(page, Reason.CLINICIAN_AGREED, "Dr Moss")
    [record] = journal.all(Acknowledgement)
    assert (record.record_id, record.rule) == rest
    assert (record.reason, record.words, record.severity) == (Reason.CLINICIAN_AGREED, "Dr Moss", Severity.WARNING)
    assert rest not in keys(page)
    assert store.undo_stack.undoText() == "acknowledge “Rest at home” of the session of 30 June 2026"
    assert emitted(said)[-1] == ("Acknowledge “Rest at home” of the session of 30 June 2026: done. Undo takes it back.")
    store.undo()
    assert rest in keys(page)
    assert journal.all(Acknowledgement) == []


def test_the_next_one_is_chosen_after_it_so_that_one_can_go_on(page, sessions):
    before = keys(page)
    choose(page, before[2])
    acknowledge(page)
    assert chosen(page) == [before[3]]
    assert page.table.hasFocus()
    assert page.detail.acknowledge_row.reason.value() is None
    assert page.detail.acknowledge_row.words.text() == ""


def test_many_are_acknowledged_by_one_edit(page, store, journal):
    page.table.selectAll()
    count = page.model.rowCount()
    assert page.detail._title.text().startswith(f"{count} findings chosen: 1 stop, ")
    acknowledge(page, Reason.RECORDED_LATE)
    assert len(journal.all(Acknowledgement)) == count
    assert store.undo_stack.undoText() == f"acknowledge {count} findings"
    assert {one.finding.severity for one in listed(page)} == {Severity.STOP}
    store.undo()
    assert page.model.rowCount() == count


def test_a_stop_stays_in_view_when_it_is_acknowledged(page, sessions):
    stop = (sessions[-1].id, "C01")
    choose(page, stop)
    acknowledge(page, Reason.DISAGREE)
    [one] = [one for one in listed(page) if one.key == stop]
    assert one.state is State.ACKNOWLEDGED
    assert chosen(page) == [stop]
    assert page.detail.reopen_button.isVisible()


def test_what_is_acknowledged_already_is_left_alone_among_many(page, journal, sessions):
    stop = (sessions[-1].id, "C01")
    choose(page, stop)
    acknowledge(page)
    choose(page, stop, (sessions[-1].id, "I01"))
    acknowledge(page, Reason.DISAGREE)
    assert sorted(one.rule for one in journal.all(Acknowledgement)) == ["C01", "I01"]


def test_it_is_reopened_and_that_is_undone(page, store, journal, sessions):
    stop = (sessions[-1].id, "C01")
    choose(page, stop)
    acknowledge(page, words="see note")
    [kept] = journal.all(Acknowledgement)
    page.detail.reopen_button.click()
    assert journal.all(Acknowledgement) == []
    assert store.undo_stack.undoText() == "reopen “Infected or open skin” of the session of 30 June 2026"
    assert [one.state for one in page.table.chosen] == [State.OPEN]
    store.undo()
    assert journal.all(Acknowledgement) == [kept]


def test_a_note_leaves_it_acknowledged_and_a_depth_opens_it_again(page, store, sessions, qtbot):
    rest = (sessions[-1].id, "I01")
    choose(page, rest)
    acknowledge(page)
    noted = replace(sessions[-1], notes="calm")
    assert store.do(Edit("note", (Replacement(sessions[-1], noted),)))
    qtbot.waitUntil(lambda: store.judging.is_settled)
    assert rest not in keys(page)
    deeper = replace(noted, zones=(ZonePass(Zone.CROWN, Depth(80)),))
    assert store.do(Edit("deeper", (Replacement(noted, deeper),)))
    qtbot.waitUntil(lambda: store.judging.is_settled)
    assert rest in keys(page)
    choose(page, rest)
    assert "You acknowledged it on" in page.detail._state.text()


def test_a_full_disk_acknowledges_nothing_and_keeps_what_was_typed(page, store, journal, sessions):
    rest = (sessions[-1].id, "I01")
    choose(page, rest)
    failed = QSignalSpy(store.failed)
    words = "x" * page.detail.acknowledge_row.words.maxLength()
    with full_disk(journal):
        acknowledge(page, Reason.OWN_WORDS, words)
    assert failed.count() == 1
    assert rest in keys(page)
    assert page.detail.acknowledge_row.reason.value() is Reason.OWN_WORDS
    assert page.detail.acknowledge_row.words.text() == words
    assert journal.all(Acknowledgement) == []


def test_in_a_logbook_for_reading_nothing_can_be_acknowledged(path, store, sessions, journal, rules, show):
    journal.close()
    opened = open_journal(path, rules, read_only=True)
    store = Store(opened, today=lambda: TODAY)
    page = show(store)
    said = QSignalSpy(page.said)
    assert chosen(page)
    assert not page.detail.acknowledge_row.isVisible()
    page.table.answer_wanted.emit()
    assert "open for reading only" in emitted(said)[-1]
    page.close()
    opened.close()


# By keys


def test_enter_opens_the_session(page, sessions, qtbot):
    wanted = QSignalSpy(page.session_wanted)
    page.focus_first()
    page.table.choose_row(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert emitted(wanted) == [sessions[-1].id]
    page.detail.session_button.click()
    assert emitted(wanted) == [sessions[-1].id] * 2


def test_a_letter_goes_to_the_reason_and_escape_comes_back(page, qtbot):
    page.focus_first()
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    assert page.detail.acknowledge_row.reason.hasFocus()
    qtbot.keyClick(page.detail.acknowledge_row.reason, Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_findings_are_acknowledged_one_after_another_by_keys_alone(page, journal, qtbot):
    page.focus_first()
    before = keys(page)
    for _ in range(3):
        for key in (Qt.Key.Key_Down, Qt.Key.Key_A, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
            qtbot.keyClick(page.focusWidget(), key)
    records = journal.all(Acknowledgement)
    assert [(one.record_id, one.rule) for one in records] == [before[1], before[3], before[5]]
    assert {one.reason for one in records} == {Reason.ONE_OFF}


def test_all_are_chosen_by_keys_and_arrows_go_from_one_to_the_next(page, qtbot):
    page.focus_first()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert chosen(page) == [keys(page)[1]]
    qtbot.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    assert chosen(page) == keys(page)[1:3]
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(chosen(page)) == page.model.rowCount()


def test_a_letter_with_nothing_to_acknowledge_says_so(page, sessions):
    stop = (sessions[-1].id, "C01")
    choose(page, stop)
    acknowledge(page)
    choose(page, stop)
    said = QSignalSpy(page.said)
    page.table.answer_wanted.emit()
    assert emitted(said) == ["There is nothing to acknowledge in what is chosen."]


def test_everything_is_reached_by_tab_in_the_order_of_the_eye(page, sessions, qtbot):
    choose(page, (sessions[-1].id, "I01"))
    page.focus_search()
    seen = [page.focusWidget()]
    for _ in range(60):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        if page.focusWidget() is seen[0]:
            break
        seen.append(page.focusWidget())
    filters, detail, row = page.filters, page.detail, page.detail.acknowledge_row
    wanted = [
        filters.search,
        *filters.chips.values(),
        filters.show_box,
        filters.family_box,
        filters.dates_box,
        page.table,
        page.all_button,
        detail.session_button,
        detail.copy_button,
        detail.copy_sources_button,
        detail.strip.table_button,
        row.reason,
        row.words,
        row.button,
    ]
    assert [one for one in seen if one in wanted] == wanted


def test_every_control_has_a_name(page):
    kinds = (QAbstractButton, QComboBox, QLineEdit, QTableView)
    controls = [control for kind in kinds for control in page.findChildren(kind) if control.isVisible()]
    assert len(controls) > 15
    for control in controls:
        if control.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name), control


def test_no_two_buttons_share_a_letter_nor_take_one_of_a_menu(page, sessions):
    choose(page, (sessions[-1].id, "I01"))
    shown = [button for button in page.findChildren(QAbstractButton) if button.isVisible()]
    letters = [button.text().split("&")[1][0].lower() for button in shown if "&" in button.text()]
    assert len(letters) == len(set(letters)) > 4
    assert not set(letters) & {name.split("&")[1][0].lower() for name in MENUS}


# The frame


def test_the_finding_stands_below_where_the_window_is_narrow(page, qtbot):
    page.resize(1024, 700)
    qtbot.waitUntil(lambda: page._splitter.orientation() is Qt.Orientation.Vertical)
    page.resize(1300, 700)
    qtbot.waitUntil(lambda: page._splitter.orientation() is Qt.Orientation.Horizontal)


@pytest.mark.parametrize("width", [760, 1024, 1400])
def test_nothing_scrolls_sideways_and_every_column_shown_has_room(page, width, qtbot):
    page.resize(width, 700)
    QApplication.processEvents()
    header = page.table.horizontalHeader()
    assert header.length() <= page.table.viewport().width()
    assert not page.table.isColumnHidden(PLACES["found"])
    assert header.sectionSize(PLACES["found"]) > 150
    assert page.width() == width


def test_the_state_takes_room_only_where_it_says_when_and_why(page, store, qtbot):
    page.resize(1400, 700)
    QApplication.processEvents()
    widths = page.table.columnWidth(PLACES["state"]), page.table.columnWidth(PLACES["found"])
    page.table.choose_row(0)
    acknowledge(page)
    show_state(page, Show.ACKNOWLEDGED)
    assert page.table.columnWidth(PLACES["state"]) > widths[0]
    store.undo()
    show_state(page, Show.OPEN)
    assert (page.table.columnWidth(PLACES["state"]), page.table.columnWidth(PLACES["found"])) == widths


@pytest.mark.parametrize(("width", "height"), [(760, 400), (800, 440), (1024, 440)])
def test_where_the_page_is_low_nothing_lies_over_the_rows(page, width, height):
    page.filters.dates_box.setCurrentIndex(page.filters.dates_box.count() - 1)  # a line more
    page.filters.dates_box.edited.emit()
    page.resize(width, height)
    QApplication.processEvents()
    parts = (page.filters, page.table, page.all_button, page.detail)
    tops = [part.mapTo(page, QPoint(0, 0)).y() for part in parts]
    ends = [top + part.height() for top, part in zip(tops, parts, strict=True)]
    assert all(end <= top for end, top in zip(ends, tops[1:], strict=False)), (tops, ends)


def test_the_window_is_told_what_it_needs(page):
    assert not page.has_unsaved
    assert set(page.parts()) == {"warnings_splitter", "warnings_header"}
    page.restyle()


def test_a_page_that_is_gone_hears_of_nothing_more(store, sessions, qtbot):
    page = WarningsPage(store)
    destroyed = QSignalSpy(page.destroyed)
    page.show()
    page.deleteLater()
    qtbot.waitUntil(lambda: destroyed.count() == 1)
    add_and_wait(store, qtbot, clean(store))


# Real input


def people_of_logs(store):
    """Return one person for each published schedule and practice, all of them in one file."""
    people = []
    for log in LOGS:
        person = Person(new_id(), log.stem)
        read = [session for _, session in read_sessions(log, person.id, TODAY).rows]
        add(store, person, *read)
        people.append(person)
    return people


def test_all_published_schedules_are_shown_side_by_side_as_people_of_one_file(store, show, qtbot):
    people = people_of_logs(store)
    assert len(people) == 29
    page = show(store)
    for person in people:
        store._look_at(person)
        qtbot.waitUntil(lambda: store.judging.is_settled)
        show_state(page, Show.ALL)
        wanted = sum(len(store.judged.verdict(session).findings) for session in store.judged.history)
        assert page.model.rowCount() == page.model.total == wanted
        assert {one.record.person_id for one in listed(page)} <= {person.id}
        if wanted:
            page.table.choose_row(0)
            assert page.table.chosen[0].finding.found in page.detail.text()
        else:
            sessions = len(store.of_person(Session))
            assert f"No published warning found by these rules in {sessions} session" in page._empty.text()
