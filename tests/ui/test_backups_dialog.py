"""The list of backups: what it says of each, what a restore would change, and that it can be taken back."""

import datetime as dt
import hashlib
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from ui.conftest import add
from ui.test_backing_up import banner, fill, occasions, settled, status, trigger

from logbook.domain.edit import Edit, Replacement
from logbook.domain.session import Session
from logbook.services.backup_state import Drill, State, moment
from logbook.services.backups import Backup, Keeper, Occasion
from logbook.services.journal import open_journal
from logbook.services.logbook_json import read_logbook
from logbook.services.recovery import restore
from logbook.ui.dialogs.backup_model import PROOF
from logbook.ui.dialogs.backups_dialog import BackupsDialog
from logbook.ui.store import Store

NOON = dt.datetime(2026, 6, 30, 12)


def a_backup(name="logbook-20260630-120000-manual.sqlite", **but):
    known = Backup(Path("/somewhere") / name, "logbook", NOON, Occasion.MANUAL, 3_100_000, {"session": 412}, sha256="a")
    return replace(known, **but)


@pytest.fixture
def dialog(qtbot):
    shown = BackupsDialog(None, Path("/somewhere"))
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def program(start, path, rules, qtbot):
    """The program on a logbook of two sessions, of which a backup holds one as it was before a change."""
    journal = open_journal(path, rules)
    store = Store(journal, today=lambda: TODAY)
    first = a_session("2026-01-01", person_id=store.person.id)
    add(store, first)
    Keeper(journal).make(Occasion.MANUAL)
    add(store, a_session("2026-02-02", person_id=store.person.id))
    store.do(Edit("change", (Replacement(first, replace(first, notes="changed")),)))
    journal.close()
    return start(path)


def opened(program, qtbot):
    trigger(program, "backups")
    dialog = program.desk.restoring.dialog
    qtbot.waitUntil(lambda: bool(dialog.model.shown) and dialog.unproven is None)
    return dialog


def days(program):
    return [session.date.isoformat() for session in program.window.store.of_person(Session)]


def cells(dialog):
    model = dialog.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


# What it says


def test_each_backup_is_told_with_date_reason_sessions_size_and_proof(dialog):
    dialog.show_backups(
        [a_backup(is_verified=True), a_backup("b", occasion=Occasion.IMPORT), a_backup("c", fault="It is damaged.")]
    )
    assert cells(dialog) == [
        ["30 June 2026, 12:00", "You asked", "412", "3.1 MB", "Opened, counted"],
        ["30 June 2026, 12:00", "Before an import", "412", "3.1 MB", "Not looked through"],
        ["30 June 2026, 12:00", "You asked", "412", "3.1 MB", "Do not use"],
    ]


@pytest.mark.parametrize("occasion", Occasion)
def test_every_reason_has_its_words(dialog, occasion):
    dialog.show_backups([a_backup(occasion=occasion)])
    assert cells(dialog)[0][1]


def test_a_backup_of_which_something_is_wrong_says_what_and_is_not_restored(dialog, qtbot):
    dialog.show_backups([a_backup(fault="It is damaged.")])
    assert "It is damaged." in dialog.details.text()
    assert not dialog.restore_button.isEnabled()
    with qtbot.assertNotEmitted(dialog.restore_wanted):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)


def test_enter_in_the_list_wants_the_chosen_one_restored(dialog, qtbot):
    one, two = a_backup(), a_backup("two")
    dialog.show_backups([one, two])
    dialog.table.setFocus()
    dialog.table.choose(1)
    with qtbot.waitSignal(dialog.restore_wanted) as wanted:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert wanted.args == [two]


def test_what_is_proven_stays_so_when_the_list_is_shown_again(dialog):
    one, two = a_backup(), a_backup("two")
    dialog.show_backups([one, two])
    dialog.table.choose(1)
    dialog.show_proof(replace(two, is_verified=True))
    assert dialog.unproven == one
    dialog.show_backups([a_backup("three"), one, two])
    assert dialog.chosen == replace(two, is_verified=True)
    assert dialog.model.index(2, PROOF).data() == "Opened, counted"
    dialog.show_backups([replace(two, sha256="b")])
    assert not dialog.model.shown[0].is_verified


def test_the_last_restore_is_taken_back_by_the_newest_sound_copy_made_before_one(dialog, qtbot):
    old, new = a_backup("old", occasion=Occasion.RESTORE), a_backup("new", occasion=Occasion.RESTORE)
    dialog.show_backups([a_backup(), old])
    with qtbot.waitSignal(dialog.restore_wanted) as wanted:
        dialog.take_back_button.click()
    assert wanted.args == [old]
    dialog.show_backups([replace(new, fault="It is damaged."), a_backup()])
    assert not dialog.take_back_button.isEnabled()


def test_without_a_backup_nothing_can_be_restored(dialog):
    assert dialog.details.text() == "There is no backup yet."
    assert not dialog.restore_button.isEnabled()
    assert not dialog.take_back_button.isEnabled()


def test_a_logbook_that_is_only_read_says_why_nothing_is_restored(qtbot):
    shown = BackupsDialog(None, Path("/somewhere"), is_read_only=True)
    qtbot.addWidget(shown)
    shown.show_backups([a_backup(), a_backup("b", occasion=Occasion.RESTORE)])
    shown.show_state(State(other_folder=Path("/disk")), "")
    for button in (shown.restore_button, shown.take_back_button):
        assert not button.isEnabled()
        assert "reading only" in button.toolTip()
    assert "reading only" in shown.details.text()
    assert not shown.add_folder_button.isEnabled()
    assert not shown.remove_folder_button.isEnabled()


def test_a_trial_that_went_well_and_the_folders_are_told(dialog):
    dialog.show_state(State(other_folder=Path("/disk/x"), drill=Drill(NOON, "b")), "Last good backup just now.")
    assert dialog.standing.text().startswith("Last good backup just now. A restore was tried out 30 June 2026, 12:00")
    assert dialog.own_folder.text() == "Beside the logbook: /somewhere"
    assert dialog.second_folder.text() == "Second folder: /disk/x"
    dialog.show_state(State(drill=Drill(NOON, "b", "Something is lost.")), "It failed.")
    assert dialog.standing.text() == "It failed."
    assert "No second folder" in dialog.second_folder.text()
    assert not dialog.remove_folder_button.isEnabled()


def test_all_of_it_is_reached_by_tab_and_has_a_name(dialog, qtbot):
    dialog.show_backups([a_backup(), a_backup("b", occasion=Occasion.RESTORE)])
    dialog.show_state(State(other_folder=Path("/disk")), "Fine.")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.setFocus()
    seen = []
    for _ in range(12):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
    wanted = [
        dialog.table,
        dialog.add_folder_button,
        dialog.remove_folder_button,
        dialog.restore_button,
        dialog.take_back_button,
        dialog.back_up_button,
        dialog.close_button,
    ]
    assert [one for one in seen if one in wanted][: len(wanted)] == wanted
    assert dialog.table.accessibleName()


# In the program


def test_the_backups_are_read_one_after_the_other(program, path, qtbot):
    Keeper(program.window.store.journal).make(Occasion.MANUAL)
    older = Keeper(program.window.store.journal).known()[-1].path
    raw = bytearray(older.read_bytes())
    raw[-1] ^= 1
    older.write_bytes(raw)
    dialog = opened(program, qtbot)
    assert [row[PROOF] for row in cells(dialog)] == ["Opened, counted", "Do not use"]


def test_a_restore_says_what_it_changes_and_can_be_taken_back(program, path, qtbot, boxes):
    dialog = opened(program, qtbot)
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: days(program) == ["2026-01-01"])
    box = boxes.take()
    made = Keeper(program.window.store.journal).known()[-1].made_at
    assert box.title == f"Restore the backup of {moment(made)}"
    assert "take away 1 session and change back 1 session" in box.text
    assert "The latest session that it takes away or changes is of 2 February 2026." in box.text
    assert "A copy of your logbook as it is now is made first" in box.text
    assert status(program).startswith(f"Restored: the backup of {moment(made)}, 1 session.")
    assert "File › Backups takes it back" in status(program)
    assert program.window.store.of_person(Session)[0].notes == ""
    assert program.window.isEnabled()
    assert sorted(occasions(path)) == ["manual", "restore"]
    opened(program, qtbot).take_back_button.click()
    qtbot.waitUntil(lambda: days(program) == ["2026-01-01", "2026-02-02"])
    assert "bring back 1 session" in boxes.take().text
    assert program.window.store.of_person(Session)[0].notes == "changed"


def test_a_restore_that_is_declined_changes_nothing(program, path, qtbot, boxes):
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    boxes.says_yes = False
    opened(program, qtbot).restore_button.click()
    qtbot.waitUntil(lambda: bool(boxes.shown))
    boxes.take()
    assert status(program) == "Nothing was restored."
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert occasions(path) == ["manual"]


def test_what_is_typed_is_asked_about_before_a_restore(program, path, qtbot, boxes):
    fill(program, "0.7")
    opened(program, qtbot).restore_button.click()
    qtbot.waitUntil(lambda: days(program) == ["2026-01-01"])
    assert [box.title for box in boxes.shown][1:] == ["Not saved yet"]
    boxes.shown.clear()


def test_a_restore_that_fails_leaves_the_logbook_open_as_it_was(program, path, qtbot, boxes):
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    rotten = replace(Keeper(program.window.store.journal).known()[0], sha256="0" * 64)
    program.desk.restoring.put_in_place(path, partial(restore, rotten, path))
    assert not program.window.isEnabled()
    qtbot.waitUntil(lambda: bool(boxes.shown))
    assert "no longer what was written" in boxes.take().text
    assert program.window.isEnabled()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert days(program) == ["2026-01-01", "2026-02-02"]
    assert program.window.sessions.form.isEnabled()  # it is made after the first rows are painted
    add(program.window.store, a_session("2026-03-03", person_id=program.window.store.person.id))


def test_a_backup_made_from_the_list_appears_in_it(program, path, qtbot):
    dialog = opened(program, qtbot)
    dialog.back_up_button.click()
    qtbot.waitUntil(lambda: len(dialog.model.shown) == 2)
    assert dialog.model.shown[0].counts["session"] == 2


def test_a_second_folder_is_added_and_removed(program, path, tmp_path, qtbot, monkeypatch):
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(disk))
    dialog = opened(program, qtbot)
    dialog.add_folder_button.click()
    qtbot.waitUntil(lambda: dialog.second_folder.text().startswith(f"Second folder: {disk}"))
    qtbot.waitUntil(lambda: len(dialog.model.shown) == 2)
    assert "From now on" in status(program)
    assert len(list(disk.glob("*/*.sqlite"))) == 1
    dialog.remove_folder_button.click()
    qtbot.waitUntil(lambda: "No second folder" in dialog.second_folder.text())
    settled(program, qtbot)
    assert len(dialog.model.shown) == 1
    assert len(list(disk.glob("*/*.sqlite"))) == 1


def test_a_second_folder_that_cannot_be_written_is_told(program, tmp_path, qtbot, monkeypatch, boxes):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "file"))
    opened(program, qtbot).add_folder_button.click()
    qtbot.waitUntil(lambda: bool(boxes.shown))
    assert boxes.take().title == "Not done"
    assert banner(program) == ""


def test_a_bug_in_a_restore_leaves_no_window_switched_off(program, path, qtbot):
    before = program.window.store

    def fail():
        raise ZeroDivisionError

    with qtbot.capture_exceptions() as caught:
        program.desk.restoring.put_in_place(path, fail)
        assert not program.window.isEnabled()
        qtbot.waitUntil(lambda: bool(caught))
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert program.window.isEnabled()
    assert program.window.store is not before
    assert len(program.window.store.of_person(Session)) == 2


def test_a_restore_waits_for_what_is_being_written_elsewhere(program, path, tmp_path, qtbot):
    store, backup = program.window.store, Keeper(program.window.store.journal).known()[0]
    program.desk.exporting.export_to(tmp_path / "all.json")
    program.desk.restoring.put_in_place(path, partial(restore, backup, path))
    qtbot.waitUntil(lambda: program.window.store is not store)
    found = {one.date.isoformat() for one in read_logbook(tmp_path / "all.json", TODAY) if isinstance(one, Session)}
    assert found == {"2026-01-01", "2026-02-02"}  # as it was before
    assert len(program.window.store.of_person(Session)) == 1
