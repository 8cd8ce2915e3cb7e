"""The overview in the program: first to be seen, a few keys from a saved session, and a click from everything else."""

import sqlite3
from datetime import date, timedelta

import pytest
from builders import a_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui.conftest import person_of

from logbook.domain.edit import Edit
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Severity, SheddingMethod
from logbook.services.journal import open_journal
from logbook.services.places import default_database, sample_database, window_state_file
from logbook.ui.pages.chart_choices import ChartName
from logbook.ui.pages.warning_rows import Show

CONTROL = Qt.KeyboardModifier.ControlModifier
TODAY = date.today()


@pytest.fixture
def filled(path, rules):
    """A logbook with a shallow session of nine days ago, deep ones before it, and counts."""
    journal = open_journal(path, rules)
    me = person_of(journal).id
    sessions = [a_session(TODAY - timedelta(days=days), depth, person_id=me) for days, depth in ((9, 25), (40, 150))]
    counts = [
        SheddingRecord(new_id(), me, TODAY - timedelta(days=days), SheddingMethod.COMB_60S, 12) for days in range(5)
    ]
    journal.apply(Edit.adding("fill", [*sessions, *counts]))
    journal.close()
    return path


@pytest.fixture
def program(start, filled, qtbot):
    begun = start(filled, page="overview")
    begun.window.activateWindow()
    qtbot.waitUntil(begun.window.isActiveWindow)
    return begun


def sessions_in(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        (found,) = connection.execute("SELECT count(*) FROM session").fetchone()
    connection.close()
    return found


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_it_is_what_is_shown_first_with_the_cursor_where_one_logs(program):
    pages = program.window.pages
    assert pages.current_name == "overview"
    assert pages.rail.currentRow() == 0
    assert QApplication.focusWidget() is pages.overview.logging.session
    assert "9 days ago" in pages.overview.last.text()


def test_the_usual_session_is_logged_with_two_keys_from_the_start(program, filled, qtbot):
    press(qtbot, Qt.Key.Key_R, CONTROL)
    press(qtbot, Qt.Key.Key_S, CONTROL)
    assert sessions_in(filled) == 3
    last = program.window.store.judged.history.last
    assert (last.date, last.deepest) == (TODAY, 25)
    press(qtbot, Qt.Key.Key_1, CONTROL)
    assert "Today" in program.window.pages.overview.last.text()


def test_a_session_is_begun_with_one_key_and_the_cursor_is_in_its_form(program, qtbot):
    press(qtbot, Qt.Key.Key_Space)
    pages = program.window.pages
    assert pages.current_name == "sessions"
    assert pages.sessions.form.isAncestorOf(QApplication.focusWidget())
    assert pages.sessions.editor._stored is None


def test_log_shedding_leads_to_where_a_count_is_typed(program, qtbot):
    program.window.pages.overview.logging.shedding.click()
    assert program.window.pages.current_name == "shedding"
    assert QApplication.focusWidget() is program.window.pages.page("shedding").quick.number


def test_what_is_open_of_a_severity_is_shown_alone(program, qtbot):
    window = program.window
    qtbot.waitUntil(lambda: window.store.judging.is_settled)
    warnings = window.pages.page("warnings")
    warnings.filters.search.setText("nothing like it")
    warnings.filters.show_box.set_value(Show.ALL)
    window.pages.overview.warnings.buttons[Severity.WARNING].click()
    assert window.pages.current_name == "warnings"
    shown = [warnings.model.listed_at(row).finding.severity for row in range(warnings.model.rowCount())]
    assert shown
    assert set(shown) == {Severity.WARNING}
    window.pages.overview.warnings.buttons[Severity.CAUTION].click()
    assert {warnings.model.listed_at(row).finding.severity for row in range(warnings.model.rowCount())} == {
        Severity.CAUTION
    }


def test_the_last_session_is_opened_in_its_form(program):
    pages = program.window.pages
    pages.overview.last.open_button.click()
    assert pages.current_name == "sessions"
    assert pages.sessions.table.chosen == [program.window.store.judged.history.last]


def test_the_small_picture_opens_the_chart_of_shedding(program, qtbot):
    pages = program.window.pages
    pages.overview.shedding.picture.click()
    assert pages.current_name == "charts"
    charts = pages.page("charts")
    assert charts.choices.chart is ChartName.SHEDDING
    qtbot.waitUntil(lambda: charts.panel is not None, timeout=20_000)


def test_the_state_of_the_backups_is_what_is_said_at_the_bottom(program, qtbot):
    window = program.window
    words = window.pages.overview.backups
    qtbot.waitUntil(lambda: "There is no backup yet." in words.text())
    words.backup_button.click()
    qtbot.waitUntil(lambda: "opened and counted" in words.text())
    assert words.text() == window.backup_line.text()


def test_the_sessions_stand_ready_before_they_are_wanted(start, filled, qtbot):
    pages = start(filled, page="overview").window.pages
    qtbot.waitUntil(lambda: "sessions" in pages._pages and pages.sessions.editor.has_form)
    assert pages.current_name == "overview"


def test_the_arrow_keys_leave_the_cursor_in_the_rail(program, qtbot):
    pages = program.window.pages
    pages.rail.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert pages.current_name == "sessions"
    qtbot.wait(60)
    assert pages.rail.hasFocus()


# The sample


def everything(home):
    return {file.relative_to(home): file.read_bytes() for file in home.rglob("*") if file.is_file()}


def settings():
    return window_state_file().read_text("utf-8") if window_state_file().exists() else ""


def test_the_sample_is_tried_and_removed_without_a_trace(start, home, qtbot, boxes):
    program = start(None, page="overview")
    window = program.window
    qtbot.waitUntil(lambda: "There is no backup yet." in window.backup_line.text())
    before, kept = everything(home), settings()
    assert not window.actions_by_name["remove_sample"].isEnabled()
    window.pages.overview.first_steps.sample_button.click()
    assert window.store.journal.path == sample_database()
    qtbot.waitUntil(lambda: window.store.judging.is_settled)
    window.pages.repeat_last()
    window.pages.sessions.form.notes.setPlainText("half a sentence")
    program.keep_typed()
    window.pages.overview.backups.backup_button.click()
    qtbot.waitUntil(lambda: "opened and counted" in window.backup_line.text())
    assert len(set(everything(home)) - set(before)) >= 5  # logbook, lock, draft, backup, checksum
    window.pages.show_page("overview")
    window.pages.overview.sample_strip.button.click()
    removed, unsaved = boxes.shown
    boxes.shown.clear()
    assert "with whatever you wrote into it" in removed.text
    assert "not saved" in unsaved.text
    assert window.store.journal.path == default_database()
    assert window.status.text() == "The sample is gone."
    assert not window.actions_by_name["remove_sample"].isEnabled()
    after = everything(home)
    assert set(before) <= set(after)
    # What came is the copy of one's own logbook that leaving it makes.
    assert all(file.name.lstrip(".").startswith("logbook") for file in set(after) - set(before))
    assert after[default_database().relative_to(home)] == before[default_database().relative_to(home)]
    assert settings() == kept
    assert sample_database().name not in settings()


def test_removing_goes_back_to_the_logbook_that_was_open(start, filled, home, boxes, qtbot):
    window = start(filled, page="overview").window
    window.actions_by_name["open_sample"].trigger()
    window.actions_by_name["remove_sample"].trigger()
    assert "Remove the sample" in boxes.take().buttons
    assert window.store.journal.path == filled
    assert not sample_database().exists()


def test_the_sample_that_is_open_is_not_opened_anew(start, filled, home, boxes):
    window = start(filled, page="overview").window
    window.actions_by_name["open_sample"].trigger()
    store, me = window.store, person_of(window.store.journal).id
    store.do(Edit.adding("a count", [SheddingRecord(new_id(), me, TODAY, SheddingMethod.DAY_TOTAL, 12)]))
    window.pages.show_page("sessions")
    window.pages.repeat_last()
    window.pages.sessions.form.notes.setPlainText("half a sentence")
    window.actions_by_name["open_sample"].trigger()
    assert boxes.shown == []
    assert window.store is store
    assert window.actions_by_name["undo"].isEnabled()
    assert window.pages.sessions.form.notes.toPlainText() == "half a sentence"
    assert window.status.text() == "The sample is open already."
    window.actions_by_name["remove_sample"].trigger()
    boxes.shown.clear()
    assert window.store.journal.path == filled


def test_who_says_no_keeps_the_sample(start, path, home, boxes):
    window = start(path, page="overview").window
    window.actions_by_name["open_sample"].trigger()
    boxes.says_yes = False
    window.actions_by_name["remove_sample"].trigger()
    boxes.take()
    assert window.store.journal.path == sample_database()
    assert sample_database().exists()
