"""What is typed and not saved outlives the program, is offered once, and is gone when it was saved or is not wanted."""

import os
import time
from datetime import date, timedelta

import pytest
from builders import a_session
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from ui.conftest import person_of

from logbook.domain.edit import Edit
from logbook.domain.person import Acknowledgement
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Reason, SheddingMethod, Zone
from logbook.services.drafts import Drafts
from logbook.services.journal import open_journal

OFFER = "Not saved when the program ended"


def notes_of(program):
    return program.window.sessions.form.notes.toPlainText()


def type_notes(program, words, qtbot):
    program.window.sessions.form.notes.setFocus()
    QTest.keyClicks(program.window.sessions.form.notes, words)
    qtbot.waitUntil(lambda: program.window.sessions.is_changed)


def wait_until_kept(program, path, qtbot):
    """Wait until all that is typed is in the file of drafts."""
    qtbot.waitUntil(lambda: program.window.pages.typed and Drafts(path).read() == program.window.pages.typed)


@pytest.fixture(autouse=True)
def impatience(monkeypatch):
    """Keep what is typed ten times as often: nobody waits for these tests."""
    monkeypatch.setattr("logbook.ui.draft_keeping._AT_MOST_LOST", 150)


def is_looked(program):
    return program.desk.draft_keeping._drafts is not None


@pytest.fixture
def crash(boxes, qtbot, path):
    """Return a function that ends the program without its saying goodbye."""

    def crashed(program):
        wait_until_kept(program, path, qtbot)
        kept = Drafts(path).path
        content = kept.read_bytes()
        program.window.sessions.revert()
        program.window.close()
        program.desk.close()
        boxes.shown.clear()
        kept.write_bytes(content)

    return crashed


@pytest.fixture
def begin(start, qtbot, path):
    """Start the program and wait until it has looked for drafts."""

    def begun():
        program = start(path)
        qtbot.waitUntil(lambda: is_looked(program))
        return program

    return begun


@pytest.fixture
def with_session(path, rules):
    """A logbook with one session."""
    journal = open_journal(path, rules)
    session = a_session(date.today() - timedelta(days=30), person_id=person_of(journal).id)
    journal.apply(Edit.adding("add", [session]))
    journal.close()
    return session


# Keeping


def test_what_is_typed_is_kept_within_two_seconds(begin, path, qtbot):
    program = begin()
    type_notes(program, "a little red", qtbot)
    began = time.monotonic()
    wait_until_kept(program, path, qtbot)
    assert time.monotonic() - began < 2.5
    assert Drafts(path).read().sessions[0].draft.session.notes == "a little red"


def test_what_cannot_be_read_yet_is_kept_as_it_was_typed(begin, crash, boxes, qtbot):
    program = begin()
    program.window.sessions.form.zones.zones.set_value([Zone.CROWN])
    depth = program.window.sessions.form.zones.depth_edit
    depth.setFocus()
    depth.selectAll()
    QTest.keyClicks(depth, "0.5 or so")
    crash(program)
    assert begin().window.sessions.form.zones.depth_edit.text() == "0.5 or so"
    boxes.take()


def test_saving_takes_the_draft_away(begin, path, qtbot):
    program = begin()
    type_notes(program, "a little red", qtbot)
    program.window.sessions.form.zones.zones.set_value([Zone.CROWN])
    wait_until_kept(program, path, qtbot)
    program.window.sessions.save()
    assert not program.window.sessions.is_changed
    qtbot.waitUntil(lambda: not Drafts(path).path.exists())


def test_leaving_without_saving_takes_the_draft_away(begin, path, boxes, qtbot):
    program = begin()
    type_notes(program, "a little red", qtbot)
    wait_until_kept(program, path, qtbot)
    program.window.close()
    assert "not saved" in boxes.take().text
    assert not Drafts(path).path.exists()


def test_going_to_another_logbook_without_saving_takes_the_draft_away(begin, path, boxes, qtbot):
    program = begin()
    type_notes(program, "a little red", qtbot)
    wait_until_kept(program, path, qtbot)
    program.window.actions_by_name["open_sample"].trigger()
    boxes.take()
    assert not Drafts(path).path.exists()


def test_a_logbook_that_does_not_open_leaves_the_draft(begin, path, boxes, qtbot, monkeypatch, tmp_path):
    (tmp_path / "text.sqlite").write_text("no logbook")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "text.sqlite"), ""))
    program = begin()
    type_notes(program, "a little red", qtbot)
    wait_until_kept(program, path, qtbot)
    program.window.actions_by_name["open_logbook"].trigger()
    boxes.shown.clear()
    assert Drafts(path).path.exists()
    assert notes_of(program) == "a little red"


def test_the_same_logbook_opened_again_has_what_was_typed_in_its_form(begin, path, qtbot):
    program = begin()
    type_notes(program, "a little red", qtbot)
    program.desk.reopen(path)
    QApplication.processEvents()
    assert notes_of(program) == "a little red"
    assert program.window.sessions.is_changed


def test_a_folder_that_cannot_be_written_is_said_once(begin, path, qtbot):
    program = begin()
    Drafts(path).path.parent.write_text("in the way")
    type_notes(program, "a", qtbot)
    qtbot.waitUntil(lambda: "kept in the form only" in program.window.status.text())
    program.window.say("")
    type_notes(program, "b", qtbot)
    qtbot.wait(400)
    assert program.window.status.text() == ""
    assert notes_of(program) == "ab"


# Offering


def test_a_new_session_is_offered_at_the_next_start(begin, crash, path, boxes, qtbot):
    program = begin()
    type_notes(program, "a little red", qtbot)
    crash(program)
    again = begin()
    box = boxes.take()
    assert box.title == OFFER
    assert box.text.startswith("A session of ")
    assert box.buttons == ("&Continue", "&Discard")
    assert notes_of(again) == "a little red"
    assert again.window.sessions.is_changed
    assert "not saved yet" in again.window.status.text()
    assert Drafts(path).path.exists()  # until it is saved


def test_what_was_offered_and_not_wanted_is_gone(begin, crash, path, boxes, qtbot):
    program = begin()
    type_notes(program, "a little red", qtbot)
    crash(program)
    boxes.chooses = "&Discard"
    again = begin()
    boxes.take()
    assert notes_of(again) == ""
    assert not Drafts(path).path.exists()


def test_a_second_crash_offers_it_again(begin, crash, boxes, qtbot):
    program = begin()
    type_notes(program, "a little red", qtbot)
    crash(program)
    crash(begin())
    assert notes_of(begin()) == "a little red"
    boxes.take()


def test_changes_of_a_stored_session_come_back_on_that_session(begin, crash, with_session, boxes, qtbot, path):
    program = begin()
    program.window.sessions.show_session(with_session.id)
    type_notes(program, "later words", qtbot)
    crash(program)
    again = begin()
    boxes.take()
    assert notes_of(again) == "later words"
    again.window.sessions.save()
    assert again.window.store.find(Session, with_session.id).notes == "later words"
    assert len(again.window.store.of_person(Session)) == 1


def test_a_new_one_and_a_changed_one_both_come_back(begin, crash, with_session, boxes, qtbot):
    program = begin()
    type_notes(program, "new words", qtbot)
    program.window.sessions.show_session(with_session.id)
    type_notes(program, "later words", qtbot)
    crash(program)
    again = begin()
    assert boxes.take().text.count("was not saved") == 2
    assert notes_of(again) == "later words"  # that was in the form
    again.window.sessions.new_session()
    assert notes_of(again) == "new words"


def test_a_session_deleted_meanwhile_goes_on_as_a_new_one(begin, crash, with_session, boxes, qtbot, path, rules):
    program = begin()
    program.window.sessions.show_session(with_session.id)
    type_notes(program, "later words", qtbot)
    crash(program)
    journal = open_journal(path, rules)
    journal.apply(Edit.removing("delete", [journal.all(Session)[0]]))
    journal.close()
    again = begin()
    assert "was deleted meanwhile" in boxes.take().text
    assert notes_of(again) == "later words"
    again.window.sessions.save()
    assert [one.notes for one in again.window.store.of_person(Session)] == ["later words"]


def test_a_shedding_record_comes_back_on_its_page(begin, crash, boxes, qtbot):
    program = begin()
    program.window.pages.show_page("shedding")
    form = program.window.pages.page("shedding").form
    form.method.set_value(SheddingMethod.DAY_TOTAL)
    QTest.keyClicks(form.count, "120 or more")
    qtbot.waitUntil(lambda: program.window.pages.page("shedding").is_changed)
    crash(program)
    again = begin()
    assert boxes.take().text.startswith("A shedding record of ")
    assert again.window.pages.current_name == "shedding"
    assert again.window.pages.page("shedding").form.count.text() == "120 or more"
    assert again.window.store.of_person(SheddingRecord) == []
    again.window.pages.page("shedding").revert()


def shedding_page(program):
    program.window.pages.show_page("shedding")
    return program.window.pages.page("shedding")


def test_a_count_in_the_line_of_quick_counts_comes_back_and_is_saved_once(begin, crash, boxes, path, qtbot):
    program = begin()
    quick = shedding_page(program).quick
    day = date.today() - timedelta(days=3)
    quick.day.set_value(day)
    quick.method.set_value(SheddingMethod.REFINED_WASH)
    QTest.keyClicks(quick.number, "12o")
    crash(program)
    again = begin()
    assert boxes.take().text.startswith("A count of ")
    assert again.window.pages.current_name == "shedding"
    quick = shedding_page(again).quick
    assert (quick.day.value(), quick.method.value(), quick.number.text()) == (day, SheddingMethod.REFINED_WASH, "12o")
    quick.number.setText("120")
    quick.enter()
    (record,) = again.window.store.of_person(SheddingRecord)
    assert (record.date, record.method, record.value) == (day, SheddingMethod.REFINED_WASH, 120)
    qtbot.waitUntil(lambda: not Drafts(path).path.exists())


def test_a_count_that_was_saved_as_the_program_ended_is_not_offered_again(begin, crash, path, qtbot):
    program = begin()
    quick = shedding_page(program).quick
    quick.method.set_value(SheddingMethod.DAY_TOTAL)
    QTest.keyClicks(quick.number, "120")
    wait_until_kept(program, path, qtbot)
    content = Drafts(path).path.read_bytes()
    quick.enter()
    program.window.close()
    program.desk.close()
    Drafts(path).path.parent.mkdir(exist_ok=True)
    Drafts(path).path.write_bytes(content)
    again = begin()  # no box is shown
    assert not shedding_page(again).quick.has_unsaved


def test_the_reason_for_a_warning_stands_there_again_when_it_is_asked_for(begin, crash, with_session, boxes, qtbot):
    program = begin()
    page = program.window.sessions
    page.form.zones.zones.set_value([Zone.CROWN])
    page.form.zones.depth_edit.setText("3")
    page.form.notes.setPlainText("deep")
    page.save()
    assert page.editor.reason_panel.isVisible()
    page.editor.reason_panel.reason.set_value(Reason.CLINICIAN_AGREED)
    QTest.keyClicks(page.editor.reason_panel.words, "as agreed")
    crash(program)
    again = begin().window.sessions
    assert "The reason for a warning was not saved." in boxes.take().text
    assert not again.editor.reason_panel.isVisible()
    again.save()
    assert (again.editor.reason_panel.reason.value(), again.editor.reason_panel.words.text()) == (
        Reason.CLINICIAN_AGREED,
        "as agreed",
    )
    again.editor.reason_panel.answer()
    assert again.editor.reason_panel.typed is None
    assert again._store.of_person(Acknowledgement)[0].words == "as agreed"


def test_a_reason_is_forgotten_with_the_session_it_was_for(begin, crash, with_session, boxes, qtbot, path):
    program = begin()
    program.window.sessions.editor.reason_panel.expect(Reason.ONE_OFF, "once")
    assert program.window.sessions.editor.reason_panel.typed.words == "once"
    program.window.sessions.revert()
    assert program.window.sessions.editor.reason_panel.typed is None


def test_the_reason_on_the_page_of_the_warnings_comes_back(begin, crash, with_session, boxes, qtbot):
    program = begin()
    program.window.pages.show_page("warnings")
    row = program.window.pages.page("warnings").detail.acknowledge_row
    row.reason.set_value(Reason.CLINICIAN_AGREED)
    QTest.keyClicks(row.words, "my doctor knows")
    crash(program)
    again = begin()
    assert boxes.take().text == "The reason for a warning was not saved."
    assert again.window.pages.current_name == "warnings"
    row = again.window.pages.page("warnings").detail.acknowledge_row
    assert (row.reason.value(), row.words.text()) == (Reason.CLINICIAN_AGREED, "my doctor knows")


def test_a_draft_that_cannot_be_read_is_told_and_left(begin, path, qtbot):
    kept = Drafts(path).path
    kept.parent.mkdir(parents=True)
    kept.write_text('{"version": 99}')
    program = begin()
    assert "cannot be read by this version" in program.window.status.text()
    assert kept.read_text() == '{"version": 99}'


def test_nothing_is_offered_where_it_can_only_be_read(start, begin, crash, path, qtbot):
    program = begin()
    type_notes(program, "a little red", qtbot)
    crash(program)
    path.chmod(0o400)
    if os.access(path, os.W_OK):
        pytest.skip("this user may write everything")
    reading = start(path)
    qtbot.wait(300)
    assert notes_of(reading) == ""
    assert Drafts(path).path.exists()
