"""Backups in the window: when they are made, what is said of them, and that a failure stays in sight."""

import datetime as dt
import stat
import time
from contextlib import closing
from dataclasses import replace

import pytest
from builders import TODAY, a_history, a_session
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from ui.conftest import add
from ui.test_program import banner, fill, status, trigger

from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import LifeEvent
from logbook.domain.session import Session, new_id
from logbook.domain.vocabulary import EventKind
from logbook.guidance.loader import load_rules
from logbook.services.backups import Keeper, Occasion, verify
from logbook.services.journal import open_journal
from logbook.ui.file_menu.backing_up import occasion_of
from logbook.ui.widgets.elided import ElidedButton, ElidedLabel


def backups(path):
    return sorted((path.parent / "backups").glob("*.sqlite"))


def occasions(path):
    return [file.stem.rsplit("-", 1)[1] for file in backups(path)]


def line(program):
    label = program.window.backup_line
    return label.text() if label.isVisibleTo(program.window) else ""


def saved(program):
    fill(program)
    trigger(program, "save")


def at(program, moment):
    program.desk.backing_up._now = lambda: moment


def settled(program, qtbot):
    """Wait until what is under way with the copies is done and told."""
    done = []
    program.desk._copying.run(lambda: None, done.append, done.append)
    qtbot.waitUntil(lambda: bool(done))


# At the bottom of the window


def test_the_newest_backup_is_read_through_and_told_at_the_bottom(start, path, rules, qtbot):
    journal = open_journal(path, rules)
    Keeper(journal).make(Occasion.MANUAL)
    journal.close()
    program = start(path)
    qtbot.waitUntil(lambda: line(program).endswith("opened and counted."))
    assert line(program).startswith("Last good backup just now")
    assert "0 sessions" in line(program)
    assert program.window.backup_line.accessibleName().startswith(line(program))


def test_the_words_at_the_bottom_are_kept_right_as_time_passes(start, path, qtbot):
    program = start(path)
    trigger(program, "backup")
    qtbot.waitUntil(lambda: "just now" in line(program))
    at(program, dt.datetime.now() + dt.timedelta(minutes=40))
    program.desk.backing_up.tick()
    assert "40 min ago" in line(program)


def test_the_line_at_the_bottom_opens_the_backups_by_mouse_and_by_key(start, path, qtbot):
    program = start(path)
    trigger(program, "backup")
    qtbot.waitUntil(lambda: bool(line(program)))
    assert program.window.backup_line.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.mouseClick(program.window.backup_line, Qt.MouseButton.LeftButton)
    program.desk.restoring.dialog.accept()
    qtbot.keyClick(program.window.backup_line, Qt.Key.Key_Space)
    assert program.desk.restoring.dialog is not None


@pytest.mark.parametrize("kind", [ElidedLabel, ElidedButton])
def test_a_long_line_gives_way_and_says_itself_whole(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    (widget.show_words if kind is ElidedButton else widget.setText)("Last good backup <b>2 h</b> ago " * 5)
    widget.show()
    widget.resize(widget.sizeHint())
    whole = widget.grab().toImage()
    assert widget.minimumSizeHint().width() < widget.sizeHint().width() / 3
    widget.resize(widget.minimumSizeHint())
    cut = widget.grab().toImage()
    assert "&lt;b&gt;" in widget.toolTip()
    assert cut != whole.copy(cut.rect())


# When copies are made


def test_a_copy_is_made_on_closing_the_window_where_something_changed(start, path):
    program = start(path)
    saved(program)
    assert program.window.close()
    assert occasions(path) == ["close"]
    assert verify(Keeper(program.desk._journal).known()[0]).counts["session"] == 1
    assert stat.S_IMODE(backups(path)[0].stat().st_mode) == 0o600
    program.desk.close()
    assert occasions(path) == ["close"]


def test_no_copy_is_made_on_closing_where_nothing_changed(start, path, qtbot):
    program = start(path)
    trigger(program, "backup")
    qtbot.waitUntil(lambda: status(program).startswith("Backed up"))
    program.window.close()
    program.desk.close()
    assert occasions(path) == ["manual"]


def test_a_copy_is_made_where_another_logbook_is_opened(start, path, tmp_path, rules):
    other = tmp_path / "elsewhere" / "other.sqlite"
    open_journal(other, rules).close()
    program = start(path)
    saved(program)
    program.desk.open(other)
    assert occasions(path) == ["close"]
    assert backups(other) == []


def test_a_close_that_is_refused_makes_no_copy(start, path, boxes):
    program = start(path)
    saved(program)
    fill(program, "0.7")
    boxes.says_yes = False
    assert not program.window.close()
    boxes.take()
    assert backups(path) == []
    saved(program)


def test_a_copy_that_takes_for_ever_does_not_hold_the_window(start, path, monkeypatch):
    program = start(path)
    saved(program)
    monkeypatch.setattr("logbook.ui.file_menu.backing_up._PATIENCE", 0.2)
    program.desk._copying.run(lambda: time.sleep(1.0), lambda _: None, lambda _: None)
    began = time.monotonic()
    assert program.window.close()
    assert time.monotonic() - began < 0.9
    program.desk.close()
    assert occasions(path) == ["close"]  # finished behind the person's back


def test_a_copy_is_made_every_hour_while_something_changes(start, path, qtbot):
    program = start(path)
    saved(program)
    began = dt.datetime.now()
    for minutes, wanted in ((0, 1), (30, 1), (61, 1)):
        at(program, began + dt.timedelta(minutes=minutes))
        program.desk.backing_up.tick()
        settled(program, qtbot)
        assert occasions(path) == ["hourly"] * wanted
    add(program.window.store, a_session(person_id=program.window.store.person.id))
    for minutes, wanted in ((59, 1), (90, 2)):
        at(program, began + dt.timedelta(minutes=minutes))
        program.desk.backing_up.tick()
        settled(program, qtbot)
        assert len(backups(path)) == wanted


def test_a_restore_is_tried_out_once_nobody_is_at_work(start, path, qtbot):
    program = start(path)
    saved(program)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    QCursor.setPos(QPoint(10, 10))
    trigger(program, "backup")
    settled(program, qtbot)
    keeper = program.desk.backing_up.keeper
    QCursor.setPos(QPoint(90, 90))
    program.desk.backing_up.tick()
    settled(program, qtbot)
    assert keeper.state.drill is None
    program.desk.backing_up.tick()
    settled(program, qtbot)
    assert keeper.state.drill is not None
    assert keeper.state.drill.fault == ""
    assert banner(program) == ""


def test_a_trial_that_fails_is_loud(start, path, qtbot):
    program = start(path)
    saved(program)
    trigger(program, "backup")
    settled(program, qtbot)
    (backup,) = backups(path)
    raw = bytearray(backup.read_bytes())
    raw[-100] ^= 1
    backup.write_bytes(raw)
    program.desk.backing_up.tick()
    program.desk.backing_up.tick()
    settled(program, qtbot)
    assert "could not be restored in a trial" in banner(program)


def test_a_copy_is_made_before_more_than_one_record_is_deleted(start, path):
    program = start(path)
    store = program.window.store
    sessions = [a_session(day, person_id=store.person.id) for day in ("2026-01-01", "2026-01-11", "2026-01-21")]
    for session in sessions:
        add(store, session)
    store.do(Edit.removing("delete one", sessions[:1]))
    assert backups(path) == []
    store.do(Edit.removing("delete two", sessions[1:]))
    assert occasions(path) == ["delete"]
    assert Keeper(store.journal).known()[0].counts["session"] == 2


def test_a_copy_is_made_before_an_import(start, path):
    program = start(path)
    store = program.window.store
    add(store, *[a_session(one.date, person_id=store.person.id) for one in a_history(2)])
    assert occasions(path) == ["import"]
    assert Keeper(store.journal).known()[0].counts["session"] == 0
    assert len(store.of_person(Session)) == 2


def test_a_copy_that_fails_before_an_import_is_loud_and_does_not_stop_it(start, path, qtbot):
    program = start(path)
    (path.parent / "backups").write_text("in the way")
    store = program.window.store
    add(store, *[a_session(one.date, person_id=store.person.id) for one in a_history(2)])
    assert len(store.of_person(Session)) == 2
    qtbot.waitUntil(lambda: "The last backup failed" in banner(program))


ONE, TWO = a_session(), a_session()
EVENT = LifeEvent(new_id(), ONE.person_id, next(iter(EventKind)), TODAY)


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (Edit.adding("add", [ONE]), None),
        (Edit.adding("add", [ONE, EVENT]), None),
        (Edit.adding("add", [ONE, TWO]), Occasion.IMPORT),
        (Edit.removing("delete", [ONE]), None),
        (Edit.removing("delete", [ONE, EVENT]), None),
        (Edit.removing("delete", [ONE, TWO]), Occasion.DELETE),
    ],
)
def test_only_what_changes_a_great_deal_has_a_copy_made_first(edit, wanted):
    assert occasion_of(edit) is wanted


def test_nothing_is_copied_by_itself_of_the_sample_or_of_a_logbook_that_is_only_read(start, path, qtbot, monkeypatch):
    program = start(path)
    trigger(program, "open_sample")
    sample = program.window.store.journal.path
    qtbot.waitUntil(lambda: line(program) == "The sample is not backed up by itself.")
    program.desk.backing_up.tick()
    program.window.close()
    assert backups(sample) == []


# Failures


def test_a_failure_stays_in_sight_until_a_backup_succeeds(start, path, qtbot, boxes):
    program = start(path)
    in_the_way = path.parent / "backups"
    in_the_way.write_text("in the way")
    program.window.show_banner("Something else.")
    trigger(program, "backup")
    qtbot.waitUntil(lambda: bool(boxes.shown))
    boxes.take()
    assert banner(program).startswith("Something else.\nThe last backup failed")
    assert "There is no good backup" in line(program)
    program.desk.backing_up.tick()
    settled(program, qtbot)
    assert "The last backup failed" in banner(program)
    in_the_way.unlink()
    trigger(program, "backup")
    qtbot.waitUntil(lambda: status(program).startswith("Backed up"))
    assert banner(program) == "Something else."


def test_a_copy_that_failed_on_closing_is_noted_and_made_up_for_at_the_next_start(start, path, qtbot):
    program = start(path)
    saved(program)
    raw = bytearray(path.read_bytes())
    raw[28:32] = (9_999).to_bytes(4, "big")  # the number of pages that the header tells
    whole = path.read_bytes()
    path.write_bytes(raw)
    program.window.close()
    program.desk.close()
    assert backups(path) == []
    path.write_bytes(whole)
    again = start(path)
    noted = Keeper(again.window.store.journal).state.failure
    assert "is damaged" in noted.sentence
    qtbot.waitUntil(lambda: line(again).startswith("Last good backup"))
    assert banner(again) == ""


def test_a_failure_that_could_not_even_be_noted_is_found_out_again(start, path, qtbot):
    program = start(path)
    trigger(program, "backup")
    settled(program, qtbot)
    saved(program)
    own = path.parent / "backups"
    own.rename(path.parent / "put aside")
    own.write_text("in the way")
    program.window.close()
    program.desk.close()
    again = start(path)
    again.desk.backing_up.tick()  # as it does in the first minute
    qtbot.waitUntil(lambda: "The last backup failed" in banner(again))


def test_opening_the_same_logbook_anew_makes_no_copy(start, path):
    program = start(path)
    saved(program)
    program.desk.reopen(path)
    assert backups(path) == []
    assert program.window.store.of_person(Session)


def test_a_second_folder_that_is_not_there_is_told_and_the_first_copy_is_made(start, path, tmp_path, qtbot):
    other = tmp_path / "disk"
    other.mkdir()
    program = start(path)
    program.desk.backing_up.run(lambda keeper: keeper.choose(other))
    settled(program, qtbot)
    (own,) = other.iterdir()
    assert len(list(own.glob("*.sqlite"))) == 1
    own.rename(tmp_path / "unplugged")
    saved(program)
    trigger(program, "backup")
    settled(program, qtbot)
    assert "The second copy was not made" in banner(program)
    assert occasions(path) == ["manual"]
    (tmp_path / "unplugged").rename(own)
    program.desk.backing_up.tick()
    settled(program, qtbot)
    assert banner(program) == ""


def test_the_answer_for_a_logbook_closed_meanwhile_is_not_told_of_the_next(start, path, tmp_path, rules, qtbot, boxes):
    other = tmp_path / "elsewhere" / "other.sqlite"
    open_journal(other, rules).close()
    program = start(path)
    (path.parent / "backups").write_text("in the way")
    trigger(program, "backup")
    program.desk.open(other)
    settled(program, qtbot)
    QApplication.processEvents()
    assert boxes.shown == []
    assert banner(program) == ""


def test_letting_no_old_text_stay_is_no_change_that_wants_a_copy(start, path, qtbot):
    program = start(path)
    saved(program)
    store = program.window.store
    (session,) = store.of_person(Session)
    store.do(Edit("change", (Replacement(session, replace(session, notes="other")),)))
    trigger(program, "backup")
    qtbot.waitUntil(lambda: status(program).startswith("Backed up"))
    before = store.journal.changes()
    program.window.close()
    program.desk.close()
    assert occasions(path) == ["manual"]
    with closing(open_journal(path, load_rules(), create=False)) as journal:
        assert journal.changes() != before  # it was written anew
        assert not Keeper(journal).has_changed()


def test_a_logbook_opened_anew_after_a_change_can_still_be_saved_in(start, path, qtbot):
    program = start(path)
    saved(program)
    store = program.window.store
    (session,) = store.of_person(Session)
    assert store.do(Edit("change", (Replacement(session, replace(session, notes="other")),)))
    trigger(program, "open_again")
    again = program.window.store
    assert again is not store
    (session,) = again.of_person(Session)
    assert again.do(Edit("change", (Replacement(session, replace(session, notes="another")),)))
    assert again.journal.all(Session)[0].notes == "another"
    program.window.close()
    program.desk.close()
