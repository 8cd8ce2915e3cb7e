"""A logbook that does not open: what is wrong, every way on, and never an empty file in its place."""

import hashlib
import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from builders import TODAY, a_history, a_session
from PySide6.QtWidgets import QApplication, QFileDialog
from ui.conftest import add
from ui.test_backing_up import backups, banner, status, trigger

from logbook.domain.session import Session
from logbook.services.backups import Keeper, Occasion
from logbook.services.journal import open_journal
from logbook.services.places import default_database
from logbook.services.recovery import damage_of, look_at
from logbook.storage.header import LATEST
from logbook.ui.dialogs.recovery_dialog import RecoveryDialog
from logbook.ui.store import Store
from logbook.ui.window_state import WindowState

SESSIONS = 120


@pytest.fixture
def own(path, rules):
    """A logbook of some sessions, with a backup that lacks the last of them."""
    journal = open_journal(path, rules)
    store = Store(journal, today=lambda: TODAY)
    add(store, *[a_session(one.date, person_id=store.person.id) for one in a_history(SESSIONS - 1)])
    Keeper(journal).make(Occasion.MANUAL)
    add(store, a_session(TODAY, person_id=store.person.id))
    journal.close()
    return path


def spoil(path, page=None):
    """Overwrite a page of sessions, or what the header tells."""
    raw = bytearray(path.read_bytes())
    with sqlite3.connect(path) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'session'").fetchone()
    connection.close()
    at = (root - 1) * 4096
    raw[at : at + 200] = b"\xff" * 200
    path.write_bytes(raw)


def newer(path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()


def bytes_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def recovery(program, qtbot) -> RecoveryDialog:
    qtbot.waitUntil(lambda: program.desk.recovering.dialog is not None)
    return program.desk.recovering.dialog


def sessions(program):
    return len(program.window.store.of_person(Session))


def is_shown(dialog):
    """Return the names of the buttons that can be pressed."""
    names = [name for name in vars(dialog) if name.endswith("_button")]
    return {name.removesuffix("_button") for name in names if not getattr(dialog, name).isHidden()}


def choose(monkeypatch, path, way="getOpenFileName"):
    monkeypatch.setattr(QFileDialog, way, lambda *_: (str(path), ""))


# Damaged


def test_a_damaged_logbook_tells_its_backups_and_the_newest_good_one_is_chosen(start, own, qtbot):
    spoil(own)
    before = bytes_of(own)
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    assert "logbook.sqlite is damaged" in dialog.reason.text()
    assert f"with {SESSIONS - 1} sessions" in dialog.says.text()
    assert dialog.chosen.is_verified
    assert is_shown(dialog) == {"restore", "salvage", "another", "quit"}
    assert dialog.restore_button.isDefault()
    assert bytes_of(own) == before


def test_a_damaged_logbook_is_restored_and_its_bytes_are_kept(start, own, qtbot):
    spoil(own)
    before = bytes_of(own)
    program = start(own, opens=False)
    recovery(program, qtbot).restore_button.click()
    qtbot.waitUntil(lambda: program.window.store is not None)
    assert sessions(program) == SESSIONS - 1
    assert banner(program) == ""
    (kept,) = own.parent.glob("logbook-damaged-*.sqlite")
    assert bytes_of(kept) == before
    assert kept.name in status(program)
    assert program.desk.recovering.dialog is None
    assert program.window.isEnabled()


def test_a_backup_that_rotted_is_not_offered_as_good(start, own, qtbot):
    spoil(own)
    (backup,) = backups(own)
    raw = bytearray(backup.read_bytes())
    raw[-1] ^= 1
    backup.write_bytes(raw)
    dialog = recovery(start(own, opens=False), qtbot)
    assert "There are backups, and none of them is good." in dialog.says.text()
    assert not dialog.restore_button.isEnabled()
    assert dialog.salvage_button.isDefault()


def test_what_can_be_read_is_saved_into_a_new_file_and_what_could_not_is_told(start, own, tmp_path, qtbot, monkeypatch):
    spoil(own)
    before = bytes_of(own)
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    new = tmp_path / "saved.sqlite"
    choose(monkeypatch, new, "getSaveFileName")
    dialog.salvage_button.click()
    assert not dialog.progress.isHidden()
    assert is_shown(dialog) == {"cancel"}
    qtbot.waitUntil(lambda: dialog.saved == new)
    assert dialog.report.text().startswith("Saved in saved.sqlite: ")
    assert dialog.progress.isHidden()
    assert is_shown(dialog) == {"use_saved", "open_saved", "restore", "another", "quit"}
    assert bytes_of(own) == before
    dialog.open_saved_button.click()
    assert program.window.store.journal.path == new
    assert sessions(program) > 0


def test_what_was_saved_takes_the_place_of_the_damaged_logbook(start, own, tmp_path, qtbot, monkeypatch):
    spoil(own)
    before = bytes_of(own)
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    new = tmp_path / "saved.sqlite"
    choose(monkeypatch, new, "getSaveFileName")
    dialog.salvage_button.click()
    qtbot.waitUntil(lambda: dialog.saved == new)
    dialog.use_saved_button.click()
    qtbot.waitUntil(lambda: program.window.store is not None)
    assert program.window.store.journal.path == own
    assert sessions(program) > 0
    (kept,) = own.parent.glob("logbook-damaged-*.sqlite")
    assert bytes_of(kept) == before
    assert new.exists()


def test_saving_what_can_be_read_can_be_cancelled(start, own, tmp_path, qtbot, monkeypatch):
    spoil(own)
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    new = tmp_path / "saved.sqlite"
    choose(monkeypatch, new, "getSaveFileName")
    dialog.salvage_button.click()
    dialog.cancel_button.click()
    qtbot.waitUntil(lambda: not dialog.report.isHidden())
    assert not new.exists()
    assert is_shown(dialog) == {"restore", "salvage", "another", "quit"}


def test_nothing_is_saved_over_a_file_that_is_there(start, own, tmp_path, qtbot, monkeypatch):
    spoil(own)
    dialog = recovery(start(own, opens=False), qtbot)
    there = tmp_path / "there.sqlite"
    there.write_text("something")
    choose(monkeypatch, there, "getSaveFileName")
    dialog.salvage_button.click()
    qtbot.waitUntil(lambda: "is there already" in dialog.report.text())
    assert there.read_text() == "something"


def test_damage_that_nothing_read_yet_is_found_beside_the_work(start, own, qtbot):
    program = start(own)
    with sqlite3.connect(own) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'trash'").fetchone()
    connection.close()
    raw = bytearray(own.read_bytes())
    raw[(root - 1) * 4096] = 0x77
    own.write_bytes(raw)
    program.desk.recovering.look_for_damage()
    dialog = recovery(program, qtbot)
    assert "logbook.sqlite is damaged" in banner(program)
    assert dialog.quit_button.text() == "&Close"
    dialog.quit_button.click()
    assert program.window.isVisible()
    assert program.desk.recovering.dialog is None


def test_a_whole_logbook_is_looked_at_in_silence(start, own, qtbot):
    program = start(own)
    program.desk.recovering.look_for_damage()
    done = []
    program.desk._copying.run(lambda: None, done.append, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert banner(program) == ""
    assert program.desk.recovering.dialog is None
    assert damage_of(own) == ""


def test_a_damaged_file_opened_from_the_menu_leaves_open_what_is_until_a_backup_is_restored(
    start, own, tmp_path, empty_logbook, qtbot, monkeypatch, boxes
):
    spoil(own)
    mine = tmp_path / "mine" / "mine.sqlite"
    mine.parent.mkdir()
    shutil.copyfile(empty_logbook, mine)
    program = start(mine)
    choose(monkeypatch, own)
    trigger(program, "open_logbook")
    boxes.take()
    dialog = recovery(program, qtbot)
    assert program.window.store.journal.path == mine
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: program.window.store.journal.path == own)
    assert sessions(program) == SESSIONS - 1


# Missing


def test_a_first_start_asks_nothing(start, qtbot, home):
    program = start(None)
    assert default_database().exists()
    assert program.desk.recovering.dialog is None


def test_a_missing_logbook_with_backups_is_not_made_anew(start, own, qtbot):
    own.unlink()
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    assert not own.exists()
    assert "is not there any more" in dialog.reason.text()
    assert "No empty logbook was made in its place." in banner(program)
    assert is_shown(dialog) == {"restore", "locate", "another", "new", "quit"}
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: program.window.store is not None)
    assert sessions(program) == SESSIONS - 1


def test_a_logbook_that_was_open_before_is_missed_without_any_backup(start, path, qtbot):
    start(path).window.close()
    shutil.rmtree(path.parent / "backups", ignore_errors=True)
    path.unlink()
    program = start(path, opens=False)
    assert "There is no backup beside it." in recovery(program, qtbot).says.text()
    assert not path.exists()


def test_a_new_logbook_is_begun_only_where_that_was_said_twice(start, own, qtbot, boxes):
    own.unlink()
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    boxes.says_yes = False
    dialog.new_button.click()
    assert "empty logbook" in boxes.take().text
    assert not own.exists()
    boxes.says_yes = True
    dialog.new_button.click()
    boxes.take()
    assert sessions(program) == 0
    assert len(backups(own)) == 1


def test_a_namesake_beside_it_can_be_opened(start, own, qtbot):
    copy = own.with_name("logbook (conflicted copy 2026-06-30).sqlite")
    own.rename(copy)
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    assert copy.name in dialog.nearby.item(0).text()
    assert dialog.open_nearby_button.isDefault()
    dialog.open_nearby_button.click()
    assert program.window.store.journal.path == copy
    assert sessions(program) == SESSIONS


def test_it_can_be_found_elsewhere_and_is_told_how_much_of_it_is_in_the_backup(
    start, own, tmp_path, qtbot, monkeypatch, boxes
):
    elsewhere = tmp_path / "moved" / "log.sqlite"
    elsewhere.parent.mkdir()
    own.rename(elsewhere)
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    choose(monkeypatch, tmp_path / "moved")
    dialog.locate_button.click()
    qtbot.waitUntil(lambda: not dialog.report.isHidden())
    assert "moved" in dialog.report.text()
    choose(monkeypatch, elsewhere)
    dialog.locate_button.click()
    qtbot.waitUntil(lambda: program.window.store is not None)
    assert f"{SESSIONS} of the {SESSIONS} records of your newest good backup" in boxes.take().text
    assert sessions(program) == SESSIONS


def test_an_empty_file_is_told_and_left(start, own, qtbot):
    own.write_bytes(b"")
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    assert "is empty" in dialog.reason.text()
    assert "new" not in is_shown(dialog)
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: program.window.store is not None)
    assert sessions(program) == SESSIONS - 1


# Too new, and what remains


def test_a_newer_logbook_is_named_and_exported_as_far_as_it_is_understood(start, own, tmp_path, qtbot, monkeypatch):
    newer(own)
    before = bytes_of(own)
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    assert "0999" in dialog.reason.text()
    assert LATEST in dialog.reason.text()
    assert is_shown(dialog) == {"restore", "export", "another", "quit"}
    choose(monkeypatch, tmp_path / "all.json", "getSaveFileName")
    dialog.export_button.click()
    qtbot.waitUntil(lambda: not dialog.report.isHidden())
    assert f"{SESSIONS} sessions" in dialog.report.text()
    assert len(json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["sessions"]) == SESSIONS
    assert bytes_of(own) == before


def test_another_logbook_may_be_opened_instead(start, own, tmp_path, empty_logbook, qtbot, monkeypatch):
    spoil(own)
    other = tmp_path / "other.sqlite"
    shutil.copyfile(empty_logbook, other)
    program = start(own, opens=False)
    dialog = recovery(program, qtbot)
    choose(monkeypatch, other)
    dialog.another_button.click()
    assert program.window.store.journal.path == other
    assert program.desk.recovering.dialog is None
    assert banner(program) == ""


def test_quitting_closes_the_window(start, own, qtbot):
    spoil(own)
    program = start(own, opens=False)
    recovery(program, qtbot).quit_button.click()
    assert not program.window.isVisible()


def test_escape_leaves_the_window_with_nothing_open(start, own, qtbot):
    spoil(own)
    program = start(own, opens=False)
    recovery(program, qtbot).reject()
    QApplication.processEvents()
    assert program.window.isVisible()
    assert status(program) == "No logbook is open."


def test_every_way_on_has_a_letter_of_its_own(own, qtbot):
    dialog = RecoveryDialog(None, look_at(own))
    qtbot.addWidget(dialog)
    buttons = [getattr(dialog, name) for name in vars(dialog) if name.endswith("_button")]
    letters = [button.text()[button.text().index("&") + 1].lower() for button in buttons]
    assert len(letters) == len(set(letters))


def test_the_window_remembers_a_few_logbooks(tmp_path):
    state = WindowState(tmp_path / "window.ini")
    for number in range(30):
        state.keep_logbook(Path(f"/somewhere/{number}.sqlite"))
    state.keep_logbook(Path("/somewhere/25.sqlite"))
    again = WindowState(tmp_path / "window.ini").logbooks
    assert again[:2] == (Path("/somewhere/25.sqlite"), Path("/somewhere/29.sqlite"))
    assert len(again) == 20
    assert os.path.commonpath(again) == "/somewhere"
