"""Logging: what is typed is kept, what is saved is whole, and a warning asks once."""

import datetime as dt
import json
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import QDate, QItemSelectionModel, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel
from ui.conftest import add, full_disk, refusing_disk

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import Acknowledgement
from logbook.domain.session import DatedCondition, Reaction, Session, Topical, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Reason,
    Severity,
    SheddingMethod,
    SkinSign,
    Zone,
)
from logbook.services.exchange import export, plan_import
from logbook.services.findings import Answer, acknowledge
from logbook.services.journal import open_journal
from logbook.ui.pages.session_model import COLUMNS
from logbook.ui.pages.sessions_page import SessionsPage
from logbook.ui.store import Store

LEFT = Qt.MouseButton.LeftButton


def a_clean(store, days_ago=0, **but):
    return a_session(TODAY - timedelta(days=days_ago), person_id=store.person.id, **but)


def write(page, text, editor=None):
    editor = editor or page.form.zones.depth_edit
    editor.selectAll()
    editor.insert(text)
    editor.textEdited.emit(text)


def judged(page, qtbot):
    """Wait until what was typed is judged."""
    qtbot.waitUntil(lambda: not page.form._burst.isActive())


def choose(page, session):
    page.table.selectRow(page.model.row_of(session.id))


def click_row(page, row, qtbot, modifier=Qt.KeyboardModifier.NoModifier):
    place = page.table.visualRect(page.model.index(row, 0)).center()
    qtbot.mouseClick(page.table.viewport(), LEFT, modifier, place)


def fill(page, depth="0.25"):
    """Write a session of the crown by roller at home."""
    page.form.zones.zones.set_value([Zone.CROWN])
    page.form.device.set_value(DeviceKind.ROLLER)
    page.form.setting.setCurrentIndex(1)
    write(page, depth)


def saved(page):
    """Save, with whatever reason stands first."""
    page.save()
    if not page.editor.reason_panel.isHidden():
        page.save()
    return page.editor._stored


# Logging


def test_the_first_session_is_logged_by_what_is_typed(page, store, journal, qtbot):
    fill(page)
    said = QSignalSpy(page.said)
    page.save()
    (kept,) = journal.all(Session)
    assert (kept.date, kept.deepest, kept.zones[0].zone) == (TODAY, 25, Zone.CROWN)
    assert (kept.device, kept.person_id) == (DeviceKind.ROLLER, store.person.id)
    assert store.of_person(Session) == [kept]
    assert said.at(said.count() - 1) == ["Saved: session of 30 June 2026."]
    assert page.model.rowCount() == 1
    assert not page.is_changed
    assert not page.has_unsaved


def test_what_was_saved_is_there_in_a_fresh_start(page, journal, rules, path):
    fill(page)
    page.save()
    kept = journal.all(Session)
    journal.close()
    again = open_journal(path, rules)
    assert again.all(Session) == kept
    again.close()


def test_the_setting_counts_as_it_was_chosen(page, store, qtbot):
    fill(page, "1.5")
    page.form.setting.setCurrentIndex(2)
    judged(page, qtbot)
    shown = page.editor._verdict
    assert shown == store.judged.judge_draft(page.form.draft().session)
    assert page.form.draft().session.setting.value == "supervised"


def test_the_verdict_given_is_kept_with_the_version_of_the_guidance(page, store, journal, rules):
    fill(page, "1.5")
    saved(page)
    (kept,) = journal.all(Session)
    assert kept.given.guidance_version == rules.edition
    assert kept.given.severity is Severity.WARNING
    findings = store.judged.verdict(kept).findings
    assert [(one["rule"], one["severity"]) for one in json.loads(kept.given.findings)] == [
        (finding.rule.id, finding.severity.word) for finding in findings
    ]


def test_a_session_is_edited_in_place_and_undone_by_name(page, store, journal):
    session = a_clean(store, 10)
    add(store, session)
    choose(page, session)
    page.form.notes.setPlainText("more")
    page.save()
    assert [one.notes for one in journal.all(Session)] == ["more"]
    assert store.undo_stack.undoText() == "change session of 20 June 2026"
    store.undo()
    assert journal.all(Session) == [session]
    assert page.form.notes.toPlainText() == ""
    store.redo()
    assert page.form.notes.toPlainText() == "more"


def test_saving_what_was_not_changed_writes_nothing(page, store):
    session = a_clean(store, 10)
    add(store, session)
    choose(page, session)
    steps = store.undo_stack.count()
    page.save()
    assert store.undo_stack.count() == steps
    assert store.of_person(Session) == [session]


def test_a_past_day_can_be_logged_and_judges_the_neighbours_again(page, store):
    last = a_clean(store, 0, depth=50)
    add(store, last)
    before = store.judged.verdict(last)
    page.new_session()
    page.form.date.setDate(QDate(2026, 6, 28))
    write(page, "1")
    saved(page)
    assert store.judged.verdict(last) != before


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), dt.date(1949, 12, 31)])
def test_a_day_to_come_or_of_long_ago_is_told_at_the_date(page, journal, qtbot, day):
    fill(page)
    page.form.date.setDate(QDate(day.year, day.month, day.day))
    judged(page, qtbot)
    assert day.isoformat() in page.form._fields["date"].problem_text
    page.save()
    assert journal.all(Session) == []
    assert QApplication.focusWidget() is page.form.date
    assert page.form.date.date() == QDate(day.year, day.month, day.day)


def test_today_can_be_logged(page, journal):
    fill(page)
    page.form.date.setDate(QDate(TODAY.year, TODAY.month, TODAY.day))
    page.save()
    assert [one.date for one in journal.all(Session)] == [TODAY]


@pytest.mark.parametrize("text", ["15", "deep", "0.125", "1,2,3"])
def test_saving_what_cannot_be_saved_goes_to_its_field_and_keeps_what_was_typed(page, journal, qtbot, text):
    fill(page, text)
    page.form.notes.setPlainText("kept")
    page.form.notes.setFocus()
    said = QSignalSpy(page.said)
    page.save()
    assert journal.all(Session) == []
    assert QApplication.focusWidget() is page.form.zones.depth_edit
    assert page.form.zones.depth_edit.text() == text
    assert page.form.notes.toPlainText() == "kept"
    assert said.at(0)[0].startswith("Not saved yet: ")
    assert page.form.zones.depth_field.problem_text


# Prefilling

EARLIER = {
    "pressure": Pressure.LIGHT,
    "endpoint": Endpoint.ERYTHEMA,
    "needle_state": NeedleState.WASHED,
    "needle_use": 3,
    "needle_shared": False,
    "professional_advice": True,
    "skin_signs": frozenset({SkinSign.SUNBURN}),
    "conditions": (DatedCondition(Condition.PSORIASIS_HISTORY),),
    "topicals": (Topical(Product.MINOXIDIL, 720),),
    "washed_before": True,
    "reaction": Reaction(60, frozenset({ReactionSign.LUMPS}), 3),
    "notes": "of that day",
    "time": dt.time(9, 5),
}


def test_a_new_session_begins_as_the_last_one_but_never_with_what_was_seen(page, store):
    add(store, last := a_clean(store, 10, **EARLIER))
    page.new_session()
    session = page.form.draft().session
    assert session.id != last.id
    assert session.date == TODAY
    same = ("setting", "device", "zones", "pressure", "professional_advice", "conditions")
    assert all(getattr(session, name) == getattr(last, name) for name in same)
    for name in ("skin_signs", "endpoint", "needle_state", "needle_use", "topicals", "washed_before", "time"):
        assert getattr(session, name) is None, name
    assert session.reaction == Reaction()
    assert session.notes == ""
    assert page.form.draft().shedding is None


def test_repeating_brings_needles_and_products_but_never_what_was_seen(page, store):
    add(store, last := a_clean(store, 10, **EARLIER))
    page.editor.repeat_last()
    session = page.form.draft().session
    assert session.needle_use == 4
    assert session.topicals == last.topicals
    for name in ("skin_signs", "endpoint", "needle_state", "time"):
        assert getattr(session, name) is None, name
    assert session.reaction == Reaction()
    assert session.notes == ""


def test_a_repeated_session_is_saved_by_one_more_key(page, store, journal):
    add(store, a_clean(store, 10))
    page.editor.repeat_last()
    page.save()
    assert [one.date for one in journal.all(Session)] == [TODAY - timedelta(days=10), TODAY]


def test_a_new_session_is_prefilled_from_the_last_of_the_same_device(page, store, qtbot):
    add(store, a_clean(store, 20, depth=50, device=DeviceKind.PEN), a_clean(store, 10, depth=25))
    page.new_session()
    assert page.form.draft().session.deepest == 25
    page.form.device.set_value(DeviceKind.PEN)
    judged(page, qtbot)
    assert page.form.draft().session.deepest == 50


def test_what_is_true_of_the_person_begins_in_the_form(store, show_page):
    conditions = (DatedCondition(Condition.KELOID_TENDENCY),)
    store.do(Edit("person", (Replacement(store.person, replace(store.person, conditions=conditions)),)))
    page = show_page(store)
    assert page.form.draft().session.conditions == conditions
    assert not page.is_changed


# Shedding


def test_a_session_and_its_shedding_are_one_edit(page, store, journal):
    fill(page)
    page.form.method.set_value(SheddingMethod.COMB_60S)
    write(page, "17", page.form.count)
    write(page, "on a towel", page.form.shedding_note)
    page.save()
    (session,) = journal.all(Session)
    (line,) = journal.all(SheddingRecord)
    assert (line.session_id, line.date, line.person_id) == (session.id, session.date, session.person_id)
    assert (line.method, line.value, line.notes) == (SheddingMethod.COMB_60S, 17, "on a towel")
    assert store.undo_stack.count() == 1
    store.undo()
    assert journal.all(Session) == journal.all(SheddingRecord) == []
    store.redo()
    assert journal.all(SheddingRecord) == [line]


def test_blank_is_not_zero(page, journal):
    fill(page)
    write(page, "", page.form.count)
    page.save()
    assert journal.all(SheddingRecord) == []
    write(page, "0", page.form.count)
    page.save()
    assert [line.value for line in journal.all(SheddingRecord)] == [0]
    write(page, "", page.form.count)
    page.save()
    assert journal.all(SheddingRecord) == []


def test_the_shedding_follows_its_session_to_another_day(page, store, journal):
    session = a_clean(store, 10)
    line = SheddingRecord(
        new_id(), store.person.id, session.date, SheddingMethod.ESTIMATE, 1, itch=2, session_id=session.id
    )
    add(store, session, line)
    choose(page, session)
    page.form.date.setDate(QDate(2026, 6, 1))
    page.save()
    assert journal.all(SheddingRecord) == [replace(line, date=dt.date(2026, 6, 1))]


def test_a_shedding_record_with_more_than_the_form_shows_survives_a_change_of_the_session(page, store, journal):
    session = a_clean(store, 10)
    line = SheddingRecord(new_id(), store.person.id, session.date, SheddingMethod.ESTIMATE, itch=2, flaking=1)
    line = replace(line, session_id=session.id)
    add(store, session, line)
    choose(page, session)
    page.form.notes.setPlainText("only this")
    page.save()
    assert journal.all(SheddingRecord) == [line]


def test_a_session_takes_its_shedding_and_its_reasons_with_it(page, store, journal):
    fill(page, "1.5")
    write(page, "2", page.form.count)
    session = saved(page)
    everything = [journal.all(kind) for kind in (Session, SheddingRecord, Acknowledgement)]
    assert all(everything)
    choose(page, session)
    page.delete_chosen()
    assert [journal.all(kind) for kind in (Session, SheddingRecord, Acknowledgement)] == [[], [], []]
    store.undo()
    assert [journal.all(kind) for kind in (Session, SheddingRecord, Acknowledgement)] == everything


@pytest.mark.parametrize("goes", ["session", "count"])
def test_with_a_count_goes_what_was_acknowledged_of_it_so_that_the_export_can_be_taken_in(
    page, store, journal, tmp_path, goes
):
    fill(page)
    page.form.method.set_value(SheddingMethod.PULL_TEST)
    write(page, "9", page.form.count)
    session = saved(page)
    (count,) = store.of_person(SheddingRecord)
    store.do(acknowledge(store.judged.verdict(count).findings, Answer(Reason.ONE_OFF)))
    everything = journal.everything()
    if goes == "session":
        choose(page, session)
        page.delete_chosen()
    else:
        write(page, "", page.form.count)
        page.save()
    assert (journal.all(SheddingRecord), journal.all(Acknowledgement)) == ([], [])
    export(journal.everything(), tmp_path / "all.json")
    assert plan_import(tmp_path / "all.json", (), store.person.id, TODAY).problems == ()
    store.undo()
    assert journal.everything() == everything


# Deleting


def test_many_are_deleted_at_once_and_come_back_by_name(page, store, journal):
    sessions = [a_clean(store, ago) for ago in range(0, 60, 5)]
    add(store, *sessions)
    page.table.selectAll()
    page.delete_chosen()
    assert journal.all(Session) == []
    assert store.undo_stack.undoText() == "delete 12 sessions"
    assert page.model.rowCount() == 0
    assert page.editor._stored is None
    store.undo()
    assert journal.all(Session) == sorted(sessions, key=lambda session: session.id)
    assert page.model.rowCount() == 12


def test_what_was_deleted_is_told_in_its_own_words(page, store):
    session = a_clean(store, 10)
    add(store, session)
    choose(page, session)
    said = QSignalSpy(page.said)
    page.delete_chosen()
    assert said.at(said.count() - 1) == ["Delete session of 20 June 2026: done. Undo brings it back."]


@pytest.mark.parametrize("chosen", [(0,), (1, 2), (0, 1, 2), (2, 4), (3, 4)])
def test_after_deleting_the_form_shows_a_session_that_is_there(page, store, chosen):
    add(store, *[a_clean(store, ago) for ago in range(0, 25, 5)])
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.table.clearSelection()
    for row in chosen:
        page.table.selectionModel().setCurrentIndex(page.model.index(row, 0), flags)
    assert len(page.table.chosen) == len(chosen)
    page.delete_chosen()
    assert page.model.rowCount() == 5 - len(chosen)
    shown = page.editor._stored
    assert shown is None or store.find(Session, shown.id) == shown
    assert not page.has_unsaved


def test_a_deleted_session_leaves_nothing_unsaved_behind(page, store, qtbot):
    first, second = a_clean(store, 10), a_clean(store, 5)
    add(store, first, second)
    choose(page, first)
    page.form.notes.setPlainText("typed and left")
    choose(page, second)
    store.do(Edit.removing("delete", [first]))
    assert not page.has_unsaved


# Rows


def test_a_click_on_a_row_shows_its_session(page, store, qtbot):
    sessions = [a_clean(store, ago) for ago in (10, 5, 0)]
    add(store, *sessions)
    for row, session in enumerate(reversed(sessions)):
        click_row(page, row, qtbot)
        assert page.form.draft().session.id == session.id
        assert [one.id for one in page.table.chosen] == [session.id]


def test_a_click_after_many_were_chosen_shows_the_session_clicked(page, store, qtbot):
    sessions = [a_clean(store, ago) for ago in (15, 10, 5, 0)]
    add(store, *sessions)
    click_row(page, 0, qtbot)
    click_row(page, 2, qtbot, Qt.KeyboardModifier.ShiftModifier)
    assert len(page.table.chosen) == 3
    click_row(page, 3, qtbot)
    assert [one.id for one in page.table.chosen] == [sessions[0].id]
    assert page.form.draft().session.id == sessions[0].id


def test_the_row_shown_last_can_be_clicked_again_after_a_new_session(page, store, qtbot):
    session = a_clean(store, 10)
    add(store, session)
    click_row(page, 0, qtbot)
    page.new_session()
    click_row(page, 0, qtbot)
    assert [one.id for one in page.table.chosen] == [session.id]
    assert page.form.draft().session.id == session.id


def test_arrows_go_through_the_sessions(page, store, qtbot):
    sessions = [a_clean(store, ago) for ago in (10, 5, 0)]
    add(store, *sessions)
    click_row(page, 0, qtbot)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.form.draft().session.id == sessions[1].id


def test_the_saved_session_is_the_row_that_is_chosen(page, store):
    add(store, a_clean(store, 10))
    page.new_session()
    changes = []
    page.actions_changed.connect(lambda: changes.append(len(page.table.chosen)))
    page.save()
    assert [one.id for one in page.table.chosen] == [page.editor._stored.id]
    assert changes[-1] == 1


# What was typed


def test_what_was_typed_is_set_aside_and_comes_back(page, store, qtbot):
    first, second = a_clean(store, 10), a_clean(store, 5)
    add(store, first, second)
    choose(page, first)
    write(page, "0.5 or so")
    page.form.notes.setPlainText("half a thought")
    choose(page, second)
    assert page.form.notes.toPlainText() == ""
    assert page.has_unsaved
    choose(page, first)
    assert page.form.zones.depth_edit.text() == "0.5 or so"
    assert page.form.notes.toPlainText() == "half a thought"
    assert page.is_changed
    page.revert()
    assert page.form.draft().session == first
    assert not page.has_unsaved


def test_a_new_session_that_was_begun_is_gone_on_with(page, store):
    add(store, session := a_clean(store, 10))
    page.new_session()
    page.form.notes.setPlainText("begun")
    choose(page, session)
    page.new_session()
    assert page.form.notes.toPlainText() == "begun"
    assert page.editor._stored is None
    saved(page)
    assert not page.has_unsaved
    page.new_session()
    assert page.form.notes.toPlainText() == ""


@pytest.mark.parametrize("away", ["escape", "form"])
def test_words_of_a_reason_stand_there_again_after_a_look_at_the_form_and_never_for_another(page, store, qtbot, away):
    add(store, other := a_session(TODAY - timedelta(days=30), 200, Zone.CROWN, person_id=store.person.id))
    page.new_session()
    page.form.zones.zones.set_value([Zone.CROWN])
    page.form.zones.depth_edit.setText("2")
    page.save()
    qtbot.keyClicks(page.editor.reason_panel.words, "a wedding")
    if away == "escape":
        qtbot.keyClick(page.editor.reason_panel.words, Qt.Key.Key_Escape)
    else:
        page.form.notes.setPlainText("more")
    qtbot.waitUntil(page.editor.reason_panel.isHidden)
    page.save()
    assert page.editor.reason_panel.words.text() == "a wedding"
    page.show_session(other.id)
    page.form.notes.setPlainText("looked at again")
    page.form.zones.depth_edit.setText("2.5")
    page.save()
    assert page.editor.reason_panel.isVisible()
    assert page.editor.reason_panel.words.text() == ""
    for _ in range(2):
        page.revert()
        page.new_session()


def test_there_is_something_to_repeat_once_a_session_is_there(page, store):
    assert not page.repeat_button.isEnabled()
    add(store, a_clean(store, 10))
    assert page.repeat_button.isEnabled()
    store.undo()
    assert not page.repeat_button.isEnabled()


def test_repeating_does_not_throw_away_a_session_that_was_begun(page, store, boxes):
    add(store, a_clean(store, 10))
    page.new_session()
    page.form.notes.setPlainText("begun")
    page.editor.repeat_last()
    assert page.has_unsaved or boxes.shown


def test_an_undo_elsewhere_leaves_what_is_typed(page, store):
    first, second = a_clean(store, 10), a_clean(store, 5)
    add(store, first)
    add(store, second)
    choose(page, first)
    page.form.notes.setPlainText("typing")
    store.undo()
    assert page.form.notes.toPlainText() == "typing"
    assert page.editor._stored == first


def test_an_undo_of_the_session_itself_keeps_what_was_typed_since(page, store):
    fill(page)
    page.save()
    page.form.notes.setPlainText("typed since")
    store.undo()
    assert page.form.notes.toPlainText() == "typed since" or page.has_unsaved


# Reasons


def test_a_warning_asks_for_a_reason_and_never_blocks(page, journal, store, qtbot):
    fill(page, "1.5")
    page.save()
    assert journal.all(Session) == []
    assert page.editor.reason_panel.isVisible()
    assert QApplication.focusWidget() is page.editor.reason_panel.reason
    page.editor.reason_panel.reason.set_value(Reason.ONE_OFF)
    qtbot.keyClicks(page.editor.reason_panel.words, "a wedding")
    qtbot.mouseClick(page.editor.reason_panel.save_button, LEFT)
    (session,) = journal.all(Session)
    asked = store.judged.verdict(session).asks_for_a_reason
    assert asked
    kept = journal.all(Acknowledgement)
    assert [(a.rule, a.severity, a.facts, a.record_id, a.reason, a.words) for a in kept] == [
        (f.rule.id, f.severity, f.fingerprint, session.id, Reason.ONE_OFF, "a wedding") for f in asked
    ]
    assert all(json.loads(a.facts) for a in kept)
    assert store.undo_stack.count() == 1
    assert not page.editor.reason_panel.isVisible()


@pytest.mark.parametrize("field", ["words", "reason"])
def test_enter_gives_the_reason_once(page, journal, store, qtbot, field):
    fill(page, "1.5")
    page.save()
    answered = QSignalSpy(page.editor.reason_panel.answered)
    qtbot.keyClick(getattr(page.editor.reason_panel, field), Qt.Key.Key_Return)
    assert answered.count() == 1
    assert store.undo_stack.count() == len(journal.all(Session)) == 1


def test_a_stop_asks_and_can_be_saved_without_a_reason(page, journal):
    fill(page)
    page.form.skin.set_value([SkinSign.PUSTULES])
    page.save()
    assert page.editor.reason_panel.isVisible()
    page.editor.reason_panel.reason.set_value(Reason.NOT_GIVEN)
    page.save()
    assert journal.all(Session)[0].given.severity is Severity.STOP
    assert {a.reason for a in journal.all(Acknowledgement)} == {Reason.NOT_GIVEN}


@pytest.mark.parametrize(("words", "reason"), [("", Reason.NOT_GIVEN), ("a wedding", Reason.OWN_WORDS)])
def test_nobody_has_agreed_to_what_is_saved_without_choosing_a_reason(page, journal, words, reason):
    fill(page, "1.5")
    page.save()
    page.editor.reason_panel.words.setText(words)
    page.save()
    assert {(one.reason, one.words) for one in journal.all(Acknowledgement)} == {(reason, words)}


def test_nothing_is_asked_of_a_session_without_warnings(page, journal):
    fill(page)
    page.save()
    assert len(journal.all(Session)) == 1
    assert journal.all(Acknowledgement) == []


def test_it_is_not_asked_again_when_only_the_notes_change(page, journal, qtbot):
    fill(page, "1.5")
    saved(page)
    kept = journal.all(Acknowledgement)
    page.form.notes.setPlainText("went well")
    judged(page, qtbot)
    assert page.editor.save_button.text() == "Save"
    page.save()
    assert [one.notes for one in journal.all(Session)] == ["went well"]
    assert journal.all(Acknowledgement) == kept


def test_it_is_asked_again_when_the_depth_changes(page, journal, qtbot):
    fill(page, "1.5")
    saved(page)
    before = journal.all(Acknowledgement)
    write(page, "1.6")
    judged(page, qtbot)
    assert page.editor.save_button.text() == "Save…"
    page.save()
    assert page.editor.reason_panel.isVisible()
    page.save()
    assert journal.all(Session)[0].deepest == 160
    assert len(journal.all(Acknowledgement)) > len(before)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, "Back"])
def test_one_may_go_back_from_the_question(page, journal, qtbot, key):
    fill(page, "1.5")
    page.save()
    if key == "Back":
        qtbot.mouseClick(page.editor.reason_panel._back_button, LEFT)
    else:
        qtbot.keyClick(page.editor.reason_panel.reason, key)
    assert not page.editor.reason_panel.isVisible()
    assert journal.all(Session) == []
    assert page.form.zones.depth_edit.text() == "1.5"


def test_a_question_is_withdrawn_when_the_session_changes(page, journal, qtbot):
    fill(page, "1.5")
    page.save()
    write(page, "0.2")
    judged(page, qtbot)
    assert not page.editor.reason_panel.isVisible()
    page.save()
    assert [one.deepest for one in journal.all(Session)] == [20]


def test_the_question_stays_when_one_saves_at_once_after_typing(page, qtbot):
    # The late draft_changed of the last key must not hide what Ctrl+S has just asked.
    page.form.zones.zones.set_value([Zone.CROWN])
    page.form.setting.setCurrentIndex(1)
    qtbot.keyClicks(page.form.zones.depth_edit, "1.5")
    page.save()
    qtbot.wait(60)
    assert page.editor.reason_panel.isVisible()


def test_the_words_begin_empty_each_time(page, store, qtbot):
    fill(page, "1.5")
    page.save()
    page.editor.reason_panel.words.setText("private")
    page.save()
    page.new_session()
    write(page, "1.7")
    page.save()
    assert page.editor.reason_panel.words.text() == ""


# Files that refuse


@pytest.mark.parametrize("refuses", [full_disk, refusing_disk])
def test_a_failure_while_saving_keeps_what_was_typed(page, store, journal, qtbot, refuses):
    add(store, a_clean(store, 10))
    page.new_session()
    write(page, "0,3")
    page.form.notes.setPlainText("x" * 50_000)
    typed = page.form.draft()
    failures = QSignalSpy(store.failed)
    with refuses(journal):
        saved(page)
    assert failures.count() == 1
    assert page.form.draft() == typed
    assert page.is_changed
    assert len(journal.all(Session)) == len(store.of_person(Session)) == page.model.rowCount() == 1
    saved(page)
    assert len(journal.all(Session)) == 2


def test_a_failure_while_saving_keeps_the_words_of_the_reason(page, store, journal, qtbot):
    page.new_session()
    write(page, "2")
    page.save()
    qtbot.keyClicks(page.editor.reason_panel.words, "a wedding")
    with refusing_disk(journal):
        qtbot.keyClick(page.editor.reason_panel.words, Qt.Key.Key_Return)
    assert store.of_person(Session) == []
    page.save()
    assert page.editor.reason_panel.words.text() == "a wedding"
    page.save()
    assert store.of_person(Acknowledgement)[0].words == "a wedding"


def test_an_edit_elsewhere_keeps_the_words_of_the_reason(page, store, qtbot):
    page.new_session()
    write(page, "2")
    page.save()
    qtbot.keyClicks(page.editor.reason_panel.words, "a wedding")
    add(store, a_clean(store, 10))
    page.save()
    assert page.editor.reason_panel.words.text() == "a wedding"
    page.revert()


def test_a_failure_while_deleting_leaves_the_table_as_it_was(page, store, journal):
    add(store, session := a_clean(store, 10))
    choose(page, session)
    with refusing_disk(journal):
        page.delete_chosen()
    assert journal.all(Session) == store.of_person(Session) == [session]
    assert page.model.rowCount() == 1
    assert page.editor._stored == session


@pytest.fixture
def read_only(path, rules, qapp):
    """A logbook with one session, open for reading only."""
    journal = open_journal(path, rules)
    store = Store(journal)
    add(store, a_clean(store, 10))
    journal.close()
    journal = open_journal(path, rules, read_only=True)
    yield Store(journal, today=lambda: TODAY)
    journal.close()


def test_nothing_can_be_saved_in_a_logbook_for_reading_and_it_says_so(read_only, show_page, path):
    page = show_page(read_only)
    before = path.read_bytes()
    said = QSignalSpy(page.said)
    write(page, "0.3")
    page.save()
    assert "open for reading only" in said.at(said.count() - 1)[0]
    page.table.selectAll()
    page.delete_chosen()
    assert page.model.rowCount() == 1
    assert path.read_bytes() == before
    page.new_session()
    assert page.form.zones.depth_edit.text() == "0.3"


def test_a_depth_may_differ_from_zone_to_zone(page, journal, qtbot):
    page.form.zones.zones.set_value([Zone.CROWN, Zone.HAIRLINE])
    page.form.zones._show_lines()
    write(page, "0.25")
    page.form.zones.each.click()
    write(page, "0,2", page.form.zones._lines[Zone.HAIRLINE][1])
    saved(page)
    assert journal.all(Session)[0].zones == (ZonePass(Zone.CROWN, Depth(25)), ZonePass(Zone.HAIRLINE, Depth(20)))


# What is typed on top of a session that changes elsewhere


def test_clear_after_an_undo_shows_what_is_in_the_file(page, store):
    before = a_clean(store, 3, notes="A")
    add(store, before)
    choose(page, before)
    page.form.notes.setPlainText("B")
    page.save()
    page.form.notes.setPlainText("C")
    store.undo()
    assert page.form.notes.toPlainText() == "C"
    assert page.is_changed
    page.revert()
    assert page.form.notes.toPlainText() == "A"
    assert not page.is_changed


def test_deleting_a_session_with_unsaved_text_does_not_cost_a_new_one_that_was_begun(page, store):
    old = a_clean(store, 3)
    add(store, old)
    page.new_session()
    page.form.notes.setPlainText("begun")
    choose(page, old)
    page.form.notes.setPlainText("typed")
    page.delete_chosen()
    assert page.form.notes.toPlainText() == "begun"
    store.undo()
    choose(page, old)
    assert page.form.notes.toPlainText() == "typed"


def test_what_goes_on_as_a_new_session_leaves_the_deleted_one_alone_when_it_is_back(page, store, journal):
    old = a_clean(store, 3, depth=30, notes="A")
    add(store, old)
    choose(page, old)
    page.form.notes.setPlainText("typed")
    page.delete_chosen()
    assert page.form.notes.toPlainText() == "typed"
    store.undo()
    saved(page)
    assert sorted(session.notes for session in journal.all(Session)) == ["A", "typed"]


def test_a_reason_is_no_longer_asked_for_when_its_finding_is_gone(page, store):
    add(store, a_clean(store, 2, depth=150))
    page.new_session()
    fill(page)
    page.save()
    assert page.editor.reason_panel.isVisible()
    store.undo()
    assert page.editor.reason_panel.isHidden()


def test_a_saved_row_that_the_search_hides_is_said_to_be_hidden(page, qtbot):
    qtbot.keyClicks(page.search, "zzz")
    fill(page)
    said = QSignalSpy(page.said)
    page.save()
    assert said.at(said.count() - 1)[0].endswith("The search or the filter hides its row.")


def test_a_count_that_was_given_up_is_shown_and_changed_as_such(page, store, journal):
    session = a_clean(store, 3)
    record = SheddingRecord(
        new_id(), store.person.id, session.date, SheddingMethod.DAY_TOTAL, 200, True, session_id=session.id
    )
    add(store, session, record)
    choose(page, session)
    assert page.form.count.text() == ">200"
    write(page, "50", page.form.count)
    saved(page)
    (kept,) = journal.all(SheddingRecord)
    assert (kept.value, kept.is_more_than) == (50, False)


def test_the_offset_follows_the_time_it_belongs_to(page, journal, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        fill(page)
        write(page, "12:00", page.form.time)
        saved(page)
        assert [one.utc_offset_minutes for one in journal.all(Session)] == [120]
        page.form.date.setDate(QDate(2026, 1, 5))
        saved(page)
        assert [one.utc_offset_minutes for one in journal.all(Session)] == [60]
        write(page, "", page.form.time)
        saved(page)
        assert [one.utc_offset_minutes for one in journal.all(Session)] == [None]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_empty_form_is_not_saved_by_accident(page, journal):
    said = QSignalSpy(page.said)
    page.save()
    assert journal.all(Session) == []
    assert said.at(said.count() - 1) == ["Nothing was entered yet."]


def test_a_new_session_is_judged_from_memory_alone(page, journal):
    journal.close()  # as when another logbook was opened a moment after something was typed
    fill(page, "1.5")
    page.form.settle()
    assert page.editor._verdict.severity is Severity.WARNING


# Needles


def save_through(page):
    page.save()
    if not page.editor.reason_panel.isHidden():
        page.save()


def test_the_next_use_of_the_needles_is_proposed_and_undo_counts_it_back(page, store):
    roller = Device(new_id(), DeviceKind.ROLLER, "Blue", store.person.id, needle_length=Depth(25))
    add(store, roller)
    form = page.form
    form.zones.zones.set_value([Zone.CROWN])
    form.zones.depth_edit.setText("0.25")
    form.device.set_value(DeviceKind.ROLLER)
    form.needles.setCurrentIndex(1)
    assert form.needle_use.text() == "1"
    save_through(page)
    kept = store.of_person(Session)[0]
    assert (kept.needle_use, kept.device_id) == (1, roller.id)
    page.new_session()
    assert form.needle_use.text() == "2"
    assert form.draft().session.device_id == roller.id
    assert not page.is_changed
    save_through(page)
    assert store.of_person(Session)[-1].needle_use == 2
    page.new_session()
    assert form.needle_use.text() == "3"
    store.undo()
    assert form.needle_use.text() == "2"
    assert not page.is_changed
    page.editor.repeat_last()
    assert form.needle_use.text() == "2"


def test_choosing_the_pen_names_its_cartridge_and_its_next_use(page, store):
    me = store.person.id
    pen = Device(new_id(), DeviceKind.PEN, "Pen", me)
    cartridge = Cartridge(new_id(), pen.id, "L", opened_on=TODAY)
    with_pen = a_session(
        TODAY - timedelta(days=20),
        person_id=me,
        device=DeviceKind.PEN,
        device_id=pen.id,
        cartridge_id=cartridge.id,
        needle_use=1,
    )
    add(store, pen, cartridge, with_pen, a_session(TODAY - timedelta(days=10), person_id=me))
    page.new_session()
    assert page.form.device.value() is DeviceKind.ROLLER
    page.form.device.set_value(DeviceKind.PEN)
    page.form.settle()
    session = page.form.draft().session
    assert (session.device_id, session.cartridge_id, session.needle_use) == (pen.id, cartridge.id, 2)
    assert not page.is_changed


# From other pages


def test_a_session_that_a_filter_hides_is_shown_when_another_page_asks(page, store):
    first, second = (a_session(TODAY - timedelta(days=back), person_id=store.person.id) for back in (40, 9))
    add(store, first, second)
    page.search.setText("nothing like it")
    page.show_session(first.id)
    assert page.table.chosen == [first]
    assert page.form.draft().session == first
    assert page.search.text() == ""


def test_a_plan_becomes_a_new_session_and_loses_nothing_that_was_begun(page, store):
    plan = a_session(TODAY, 50, Zone.HAIRLINE, person_id=store.person.id)
    page.editor.begin_with(plan)
    assert page.form.draft().session == plan
    assert page.has_unsaved
    page.editor.begin_with(a_session(TODAY, 25, Zone.CROWN, person_id=store.person.id))
    assert page.form.draft().session == plan
    save_through(page)
    assert [one.zones for one in store.of_person(Session)] == [plan.zones]


def test_a_plan_that_is_logged_names_the_needles_in_hand_and_their_next_use(page, store):
    roller = Device(new_id(), DeviceKind.ROLLER, "Blue", store.person.id)
    add(store, roller, a_clean(store, 9, device=DeviceKind.ROLLER, device_id=roller.id, needle_use=4))
    page.editor.begin_with(a_clean(store, 0, device=DeviceKind.ROLLER, device_id=roller.id))
    session = page.form.draft().session
    assert (session.device_id, session.needle_use) == (roller.id, 5)


def test_advice_and_conditions_of_the_person_begin_in_a_new_session_whatever_the_last_one_said(page, store):
    add(store, a_session(TODAY - timedelta(days=9), person_id=store.person.id, conditions=()))
    known = replace(
        store.person, conditions=(DatedCondition(Condition.PREGNANCY),), advice_from="Dr Ada Moss", advice_on=TODAY
    )
    store.do(Edit("person", (Replacement(store.person, known),)))
    page.new_session()
    session = page.form.draft().session
    assert session.conditions == known.conditions
    assert session.professional_advice is True


# Little room


@pytest.mark.parametrize("width", [655, 700, 880, 1260])
def test_with_little_room_nothing_is_cut_off(page, store, width):
    add(store, a_session(TODAY - timedelta(days=9), 150, person_id=store.person.id))
    page.resize(width, 500)
    page._splitter.setSizes([1, 10_000])  # the list as narrow as it goes
    QApplication.processEvents()
    for button in (page.new_button, page.repeat_button):
        assert button.width() >= button.sizeHint().width()
    shown = [part for part in page.findChildren(QLabel) if part.text() == "Sessions" and part.isVisible()]
    assert all(title.width() >= title.sizeHint().width() for title in shown)
    header = page.table.horizontalHeader()
    assert header.length() <= page.table.viewport().width()
    verdict = list(column.name for column in COLUMNS).index("verdict")
    assert header.sectionSize(verdict) >= page.table.sizeHintForColumn(verdict)


def test_an_edit_before_the_form_is_made_is_taken_in(store, qtbot):
    page = SessionsPage(store)
    qtbot.addWidget(page)
    session = a_session(person_id=store.person.id)
    assert store.do(Edit.adding("add", (session,)))
    assert page.form.draft().session.zones == session.zones
    assert not page.has_unsaved
    assert store.undo()
    assert not page.form.draft().session.zones
