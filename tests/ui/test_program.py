"""The whole program: it opens, logs, remembers, takes in and gives out, and says in a sentence what it cannot."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeySequence, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QWidget
from ui.answers import counted_import, take_in, written
from ui.conftest import add, end, person_of

from logbook.assets import find, read_toml
from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import DeviceKind, Severity, Zone
from logbook.services.exchange import export
from logbook.services.journal import open_journal
from logbook.services.judged import JudgedHistory
from logbook.services.places import default_database, sample_database, window_state_file
from logbook.start import Program
from logbook.ui.actions import ACTIONS, MENUS, SEPARATOR
from logbook.ui.pages.logbook_pages import PAGES
from logbook.ui.pages.session_model import COLUMNS
from logbook.ui.store import Store
from logbook.ui.theme import Appearance

WARNINGS, GUIDANCE = (list(PAGES).index(name) for name in ("warnings", "guidance"))
NAMED = [spec for spec in ACTIONS if spec.name != SEPARATOR]


def trigger(program, name):
    action = program.window.actions_by_name[name]
    assert action.isEnabled(), name
    action.trigger()


def status(program):
    return program.window.status.text()


def banner(program):
    label = program.window._banner
    return label.text() if label.isVisibleTo(program.window) else ""


def quiet(program, qtbot):
    """Wait until every verdict is worked out and nothing is under way."""
    model = program.window.sessions.model
    qtbot.waitUntil(lambda: sum(model.counts().values()) == model.total())


def sessions_in(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        found = connection.execute("SELECT count(*) FROM session").fetchone()[0]
    connection.close()
    return found


def fill(program, depth="0.2"):
    form = program.window.sessions.form
    form.zones.zones.set_value([Zone.CROWN])
    form.device.set_value(DeviceKind.ROLLER)
    form.setting.setCurrentIndex(1)
    form.zones.depth_edit.setText(depth)
    form.zones.depth_edit.textEdited.emit(depth)


def choose_file(monkeypatch, path, way="getOpenFileName"):
    monkeypatch.setattr(QFileDialog, way, lambda *_: (str(path), ""))


# Opening


def test_the_program_opens_paints_and_logs(start, path, qtbot):
    program = start(path)
    assert program.window.isVisible()
    assert program.window.windowTitle().startswith("logbook.sqlite")
    assert "0 sessions" in status(program)
    fill(program)
    trigger(program, "save")
    assert status(program) == f"Saved: session of {labels.day(date.today())}."
    assert sessions_in(path) == 1
    picture = program.window.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, 1300, 40) for y in range(0, 800, 40)}) > 5


def test_a_first_start_makes_a_private_logbook_in_the_persons_own_place(start, home):
    program = start(None)
    own = default_database()
    assert own.is_relative_to(home)
    assert own.exists()
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert "No session yet" in program.window.sessions.list.empty.text()


def test_undo_and_redo_stand_in_the_menu_by_name(start, path):
    program = start(path)
    on = program.window.actions_by_name
    assert not on["undo"].isEnabled()
    fill(program)
    trigger(program, "save")
    assert on["undo"].text() == f"&Undo add session of {labels.day(date.today())}"
    trigger(program, "undo")
    assert sessions_in(path) == 0
    assert on["redo"].text() == f"&Redo add session of {labels.day(date.today())}"
    trigger(program, "redo")
    assert sessions_in(path) == 1


def test_delete_is_offered_for_the_session_that_was_just_saved(start, path):
    program = start(path)
    fill(program)
    trigger(program, "save")
    trigger(program, "delete")
    assert sessions_in(path) == 0


@pytest.mark.parametrize(
    ("key", "modifier", "name"), [("S", "ControlModifier", "save"), ("R", "ControlModifier", "repeat_last")]
)
def test_keys_do_what_the_menus_say(start, path, qtbot, key, modifier, name):
    program = start(path)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    fill(program)
    qtbot.keyClick(program.window.sessions.form.notes, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert sessions_in(path) == 1
    qtbot.keyClick(
        program.window.sessions.form.notes, getattr(Qt.Key, f"Key_{key}"), getattr(Qt.KeyboardModifier, modifier)
    )
    assert ("Nothing was changed" in status(program)) is (name == "save")
    assert (program.window.sessions.editor._stored is None) is (name == "repeat_last")


@pytest.mark.parametrize(("key", "where"), [("1", "table"), ("2", "depth"), ("3", "verdict")])
def test_table_form_and_verdict_are_a_key_away(start, path, qtbot, key, where):
    program = start(path)
    window, page = program.window, program.window.sessions
    fill(program)
    trigger(program, "save")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.search.setFocus()
    qtbot.keyClick(page.search, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.AltModifier)
    focus = QApplication.focusWidget()
    places = {
        "table": focus is page.table,
        "depth": focus is page.form.zones.depth_edit,
        "verdict": page.verdict_panel.isAncestorOf(focus),
    }
    assert places[where]


# Menus


def test_every_action_stands_in_its_menu_with_its_key(start, path):
    window = start(path).window
    menus = {menu.title(): menu for menu in window.menuBar().findChildren(QMenu) if menu.title()}
    assert tuple(menus) == MENUS
    for spec in NAMED:
        action = window.actions_by_name[spec.name]
        assert action in menus[spec.menu].actions()
        if spec.key is not None:
            assert action.shortcut() == QKeySequence(spec.key)
            assert action.shortcut().toString()


def test_no_two_actions_share_a_key(start, path):
    window = start(path).window
    keys = [action.shortcut().toString() for action in window.actions_by_name.values()]
    keys = [key for key in keys if key]
    assert len(keys) == len(set(keys))


def test_no_two_entries_of_a_menu_share_a_letter(start, path):
    window = start(path).window
    for menu in MENUS:
        texts = [spec.text for spec in NAMED if spec.menu == menu]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(letters) == len(set(letters)), menu
    assert window.menuBar().actions()


def test_about_says_what_it_is_and_where_it_keeps_things(start, path, boxes):
    program = start(path)
    trigger(program, "about")
    box = boxes.take()
    assert "not a diagnosis" in box.text
    assert str(path) in box.text


# What is remembered


def test_the_window_comes_back_as_it_was(start, path, qtbot):
    program = start(path)
    window = program.window
    qtbot.waitUntil(window.sessions.form.isVisible)  # the parts share the width by what is in them
    window.resize(790, 700)  # a screen of the offscreen platform is 800 wide and high
    header = window.sessions.table.horizontalHeader()
    header.moveSection(0, 2)
    window.sessions.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    window.sessions._splitter.setSizes([500, 700])
    QApplication.processEvents()
    sizes = window.sessions._splitter.sizes()
    window.close()
    again = start(path).window
    qtbot.waitUntil(again.sessions.form.isVisible)
    QApplication.processEvents()
    assert (again.width(), again.height()) == (790, 700)
    header = again.sessions.table.horizontalHeader()
    assert header.visualIndex(0) == 2
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (2, Qt.SortOrder.AscendingOrder)
    assert again.sessions._splitter.sizes() == sizes


def test_the_rows_are_sorted_as_the_header_says_after_a_start(start, path, rules):
    journal = open_journal(path, rules)
    store = Store(journal)
    add(
        store,
        *[
            a_session(TODAY - timedelta(days=i), depth, person_id=store.person.id)
            for i, depth in enumerate((25, 50, 20))
        ],
    )
    journal.close()
    window = start(path).window
    window.sessions.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    window.close()
    model = start(path).window.sessions.model
    assert [model.session_at(row).deepest for row in range(3)] == [20, 25, 50]


def test_a_remembered_window_without_sense_is_ignored(start, path, home):
    window_state_file().parent.mkdir(parents=True)
    window_state_file().write_text(
        '[General]\nappearance=purple\n[window]\ngeometry="nonsense"\n[parts]\nsessions_header=1\n'
    )
    program = start(path)
    assert program.window.width() > 600
    assert QApplication.instance().property("theme") == "light"


def test_what_is_only_a_default_is_not_written(start, path):
    program = start(path)
    trigger(program, "appearance_dark")
    trigger(program, "appearance_system")
    assert "appearance" not in program._state._settings.allKeys()


def test_the_appearance_switches_at_once_and_is_remembered(start, path):
    program = start(path)
    fill(program, "1.5")
    app = QApplication.instance()
    for name in ("dark", "light", "dark"):
        trigger(program, f"appearance_{name}")
        roles = read_toml(find(f"themes/{name}.toml"))["roles"]
        assert app.palette().color(QPalette.ColorRole.Window) == QColor(roles["window"])
        assert roles["surface"] in app.styleSheet()
        picture = program.window.grab().toImage()
        seen = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7) for y in range(0, 60, 7)}
        assert roles["window"] in seen
        other = read_toml(find(f"themes/{'light' if name == 'dark' else 'dark'}.toml"))["roles"]
        assert other["window"] not in seen
        assert program.window.sessions.form.zones.depth_edit.text() == "1.5"
    program.window.sessions.editor._saved = None
    program.window.sessions.editor._set_aside.clear()
    program.window.close()
    again = start(path)
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(roles["window"])
    assert again.window.actions_by_name["appearance_dark"].isChecked()


# Files that are no logbook


def a_database_of_another(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()


def a_newer_logbook(path, empty):
    shutil.copyfile(empty, path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()


WRONG = {
    "empty": (lambda path, _: path.touch(), "is empty"),
    "text": (lambda path, _: path.write_text("hello"), "is not a logbook"),
    "other": (lambda path, _: a_database_of_another(path), "another program"),
    "newer": (a_newer_logbook, "newer version"),
    "folder": (lambda path, _: path.mkdir(), "is not a file"),
}


def on_disk(folder):
    return {
        found.relative_to(folder): hashlib.sha256(found.read_bytes()).hexdigest() if found.is_file() else None
        for found in folder.rglob("*")
        if "home" not in found.relative_to(folder).parts
    }


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_is_told_in_a_sentence_and_left_as_it_is(start, tmp_path, empty_logbook, kind, capfd):
    make, words = WRONG[kind]
    path = tmp_path / "wrong.sqlite"
    make(path, empty_logbook)
    before = on_disk(tmp_path)
    program = start(path, opens=False)
    assert words in banner(program)
    assert banner(program).startswith("wrong.sqlite ")
    assert status(program) == "No logbook is open."
    for name in ("save", "import_file", "export_file", "backup", "delete", "undo"):
        assert not program.window.actions_by_name[name].isEnabled()
    assert on_disk(tmp_path) == before
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_leaves_open_what_is_and_what_was_typed(
    start, path, tmp_path, empty_logbook, kind, boxes, monkeypatch
):
    make, words = WRONG[kind]
    wrong = tmp_path / "wrong.sqlite"
    make(wrong, empty_logbook)
    program = start(path)
    fill(program, "0.3")
    choose_file(monkeypatch, wrong)
    trigger(program, "open_logbook")
    asked, told = boxes.shown
    boxes.shown.clear()
    assert "not saved" in asked.text
    assert words in told.text
    assert program.window.sessions.form.zones.depth_edit.text() == "0.3"
    trigger(program, "save")
    assert sessions_in(path) == 1


def test_a_logbook_that_cannot_be_written_opens_for_reading(start, path, monkeypatch):
    path.chmod(0o400)
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: real(p, mode) and not (str(p) == str(path) and mode == os.W_OK))
    program = start(path)
    assert "open for reading only" in banner(program)
    for name in ("save", "import_file", "delete"):
        assert not program.window.actions_by_name[name].isEnabled()
    assert not program.window.sessions.editor.save_button.isEnabled()


def test_a_damaged_file_is_told_in_a_sentence(start, path, tmp_path):
    path.write_bytes(path.read_bytes()[:5000])
    program = start(path, opens=False)
    assert "damaged" in banner(program)


# The sample


def test_the_sample_shows_every_severity_and_is_not_ones_own(start, path, qtbot):
    program = start(path)
    trigger(program, "open_sample")
    quiet(program, qtbot)
    counts = program.window.sessions.model.counts()
    assert all(counts[severity] for severity in Severity), counts
    assert program.window.sessions.model.total() == 30
    assert "made-up sample" in banner(program)
    assert program.window.store.journal.path == sample_database()
    assert program.window.store.of_person(SheddingRecord)
    last = program.window.store.judged.history.last
    assert timedelta(0) <= date.today() - last.date <= timedelta(days=7)
    trigger(program, "open_own")
    assert program.window.store.journal.path == default_database()
    assert banner(program) == ""
    assert sessions_in(path) == 0


# In and out


def a_csv(path, *lines):
    path.write_text("\n".join(["date,depth_mm,zones,notes", *lines, ""]), encoding="utf-8")
    return path


def test_an_import_is_asked_for_and_taken_back_in_one_step(start, path, tmp_path, qtbot, monkeypatch):
    program = start(path)
    choose_file(monkeypatch, a_csv(tmp_path / "log.csv", "2026-01-01,0.25,crown,", '2026-01-11,"0,5",crown,a'))
    trigger(program, "import_file")
    dialog = counted_import(program.desk, qtbot)
    assert dialog.counts.text() == "2 rows read = 2 to add + 0 already there + 0 refused."
    assert sessions_in(path) == 0
    assert dialog.import_button.text() == "&Import 2 rows"
    dialog.import_button.click()
    assert program.window.sessions.model.rowCount() == 2
    assert status(program) == "Imported 2 rows."
    assert program.window.actions_by_name["undo"].text() == "&Undo import of 2 sessions from log.csv"
    trigger(program, "undo")
    assert sessions_in(path) == 0
    assert program.window.sessions.model.rowCount() == 0


def test_an_import_that_is_declined_adds_nothing(start, path, tmp_path, qtbot):
    program = start(path)
    program.desk.importing.import_file(a_csv(tmp_path / "log.csv", "2026-01-01,0.25,crown,"))
    qtbot.keyClick(counted_import(program.desk, qtbot), Qt.Key.Key_Escape)
    assert status(program) == "Nothing was imported."
    assert sessions_in(path) == 0


def test_the_same_file_is_not_taken_in_twice(start, path, tmp_path, qtbot):
    program = start(path)
    log = a_csv(tmp_path / "log.csv", "2026-01-01,0.25,crown,")
    take_in(program.desk, log, qtbot)
    program.desk.importing.import_file(log)
    dialog = counted_import(program.desk, qtbot)
    assert dialog.counts.text().startswith("1 row read = 0 to add + 1 already there + 0 refused.")
    assert not dialog.import_button.isEnabled()
    dialog.reject()
    assert status(program) == "Nothing new to import. 1 row is there already."
    assert sessions_in(path) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2026-01-32,0.25,crown,", "line 3, column date"),
        ("2026-01-02,deep,crown,", "line 3, column depth_mm"),
        ("2026-01-02,0.25,knee,", "line 3, column zones"),
    ],
)
def test_a_broken_csv_tells_its_line_and_adds_nothing(start, path, tmp_path, qtbot, line, words):
    program = start(path)
    fill(program, "0.3")
    program.desk.importing.import_file(a_csv(tmp_path / "log.csv", "2026-01-01,0.25,crown,", line))
    dialog = counted_import(program.desk, qtbot)
    place, column = (dialog.problems.model.index(0, at).data() for at in (0, 1))
    assert f"line {place}, column {column}" == words
    assert not dialog.import_button.isEnabled()
    dialog.import_wanted.emit()  # no way around the button either
    dialog.reject()
    assert sessions_in(path) == 0
    assert program.window.sessions.form.zones.depth_edit.text() == "0.3"
    assert not program.window.store.undo_stack.canUndo()


@pytest.mark.parametrize("name", ["log.csv", "log.json", "log.png"])
def test_a_file_of_something_else_is_refused_in_a_sentence(start, path, tmp_path, qtbot, boxes, name):
    program = start(path)
    wrong = tmp_path / name
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    program.desk.importing.import_file(wrong)
    qtbot.waitUntil(lambda: bool(boxes.shown))
    box = boxes.take()
    assert box.title == "Not done"
    assert program.desk.importing.dialog is None
    assert name in box.text
    assert sessions_in(path) == 0


def test_names_of_files_stand_as_they_are(start, path, tmp_path, qtbot):
    program = start(path)
    program.desk.importing.import_file(a_csv(tmp_path / "My <b>Log.CSV", "2026-01-01,0.25,crown,"))
    dialog = counted_import(program.desk, qtbot)
    assert dialog.heading.text() == "My <b>Log.CSV is a table of sessions: 1 row."
    assert dialog.heading.textFormat() is Qt.TextFormat.PlainText


def test_an_ampersand_in_the_name_of_a_file_stands_in_the_menu(start, path, tmp_path, qtbot):
    program = start(path)
    take_in(program.desk, a_csv(tmp_path / "you&me.csv", "2026-01-01,0.25,crown,"), qtbot)
    shown = program.window.actions_by_name["undo"].text().removeprefix("&Undo ")
    assert shown.replace("&&", "&") == "import of 1 session from you&me.csv"
    assert "&&" in shown


def test_an_import_is_not_offered_to_a_logbook_opened_meanwhile(start, path, tmp_path, qtbot, rules):
    program = start(path)
    other = tmp_path / "other.sqlite"
    open_journal(other, rules).close()
    program.desk.importing.import_file(a_csv(tmp_path / "log.csv", "2026-01-01,0.25,crown,"))
    program.desk.open(other)
    qtbot.wait(400)
    assert QApplication.activeModalWidget() is None
    assert sessions_in(other) == 0


def test_sessions_are_exported_as_csv_and_everything_as_json(start, path, tmp_path, qtbot, monkeypatch):
    program = start(path)
    fill(program)
    program.window.sessions.form.count.setText("2")
    trigger(program, "save")
    for name in ("out.csv", "out.json"):
        choose_file(monkeypatch, tmp_path / name, "getSaveFileName")
        trigger(program, "export_file")
        written(program.window)
        assert "1 session" in status(program)
        assert name in status(program)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith(date.today().isoformat())
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["shedding"]) == 1
    trigger(program, "delete" if program.window.actions_by_name["delete"].isEnabled() else "undo")
    take_in(program.desk, tmp_path / "out.csv", qtbot)
    assert [s.deepest for s in program.window.store.of_person(Session)] == [20]


def test_an_export_that_fails_says_why(start, path, tmp_path, boxes):
    program = start(path)
    program.desk.exporting.export_to(tmp_path / "no such folder" / "out.csv")
    written(program.window)
    assert boxes.take().title == "Not done"
    program.desk.exporting.export_to(tmp_path / "out.txt")
    written(program.window)
    assert ".csv" in boxes.take().text


def test_a_backup_is_made_opened_and_counted(start, path, qtbot, rules):
    program = start(path)
    fill(program)
    trigger(program, "save")
    trigger(program, "backup")
    qtbot.waitUntil(lambda: status(program).startswith("Backed up: 1 session"))
    (backup,) = (path.parent / "backups").glob("*.sqlite")
    with_it = open_journal(backup, rules, read_only=True)
    assert len(with_it.all(Session)) == 1
    with_it.close()


def test_a_backup_that_fails_says_why(start, path, qtbot, boxes):
    program = start(path)
    (path.parent / "backups").write_text("in the way")
    trigger(program, "backup")
    qtbot.waitUntil(lambda: bool(boxes.shown))
    assert boxes.take().title == "Not done"


def test_a_failure_while_saving_is_told_once_and_the_form_stays(start, path, boxes):
    program = start(path)
    fill(program)
    path.rename(path.with_name("moved.sqlite"))
    boxes.says_yes = False
    trigger(program, "save")
    box = boxes.take()
    assert "moved, replaced or removed" in box.text or "could not be" in box.text or "cannot be" in box.text
    assert status(program).startswith("Not done: ")
    assert program.window.sessions.form.zones.depth_edit.text() == "0.2"
    assert program.window.sessions.is_changed
    assert program.window.sessions.model.rowCount() == 0


def test_a_new_logbook_is_begun_but_never_over_another(start, path, tmp_path, boxes, monkeypatch):
    program = start(path)
    choose_file(monkeypatch, tmp_path / "new.sqlite", "getSaveFileName")
    trigger(program, "new_logbook")
    assert program.window.store.journal.path == tmp_path / "new.sqlite"
    before = path.read_bytes()
    choose_file(monkeypatch, path, "getSaveFileName")
    trigger(program, "new_logbook")
    assert "is there already" in boxes.take().text
    assert path.read_bytes() == before


# Closing


def test_closing_asks_about_what_is_not_saved(start, path, boxes):
    program = start(path)
    fill(program)
    boxes.says_yes = False
    assert not program.window.close()
    assert "not saved" in boxes.take().text
    assert program.window.isVisible()
    assert program.window.sessions.form.zones.depth_edit.text() == "0.2"
    boxes.says_yes = True
    assert program.window.close()
    assert "Leave without saving" in boxes.take().buttons
    assert sessions_in(path) == 0


def test_closing_does_not_ask_when_all_is_saved(start, path):
    program = start(path)
    fill(program)
    trigger(program, "save")
    assert program.window.close()


def test_opening_another_logbook_asks_about_what_is_not_saved(start, path, boxes):
    program = start(path)
    fill(program)
    boxes.says_yes = False
    trigger(program, "open_sample")
    assert "not saved" in boxes.take().text
    assert program.window.store.journal.path == path


def test_nothing_the_window_says_is_taken_for_markup(start, tmp_path, rules, boxes):
    path = tmp_path / "<b>log.sqlite"
    open_journal(path, rules).close()
    program = start(path)
    for label in program.window.findChildren(QLabel):
        assert "<b>" not in label.text() or label.textFormat() is Qt.TextFormat.PlainText
    program.desk.open(tmp_path / "<i>none.sqlite", create=False)
    assert "<i>none.sqlite" in boxes.take().text


def test_every_column_has_its_title_in_the_window(start, path):
    table = start(path).window.sessions.table
    assert table.model().columnCount() == len(COLUMNS) == 8


def test_the_state_file_holds_no_word_of_the_record(start, path):
    program = start(path)
    program.window.sessions.form.notes.setPlainText("very private")
    program.window.sessions.editor._saved = None
    program.window.close()
    assert window_state_file().exists()
    assert b"private" not in window_state_file().read_bytes()
    assert isinstance(program._state._settings.value("window/geometry"), QByteArray)
    assert Path(window_state_file()).parent.is_dir()


def test_two_programs_after_one_another_use_one_application(qapp, path, qtbot):
    for _ in range(2):
        program = Program(qapp, path)
        qtbot.waitUntil(lambda program=program: program.desk is not None)
        end(program)


def test_a_whole_logbook_brought_into_a_fresh_one_is_shown_and_taken_back(start, path, tmp_path, qtbot, rules):
    other = open_journal(tmp_path / "other.sqlite", rules)
    owner = other.all(Person)[0]
    sessions = [a_session(date(2026, 1, day), person_id=owner.id) for day in (1, 9, 20)]
    other.apply(Edit.adding("x", sessions))
    export([owner, *sessions], tmp_path / "out.json")
    other.close()

    program = start(path)
    first = program.window.store.person
    take_in(program.desk, tmp_path / "out.json", qtbot)
    assert program.window.sessions.model.rowCount() == 3
    assert program.window.store.person == owner
    program.window.store.undo()
    assert program.window.sessions.model.rowCount() == 0
    assert program.window.store.person == first
    program.window.store.redo()
    assert program.window.sessions.model.rowCount() == 3


def test_another_persons_logbook_comes_beside_the_own_and_is_shown(start, path, tmp_path, qtbot):
    kim = Person("0" * 32, "Kim")
    export([kim, a_session("2026-01-20", person_id=kim.id)], tmp_path / "kim.json")
    program = start(path)
    fill(program)
    trigger(program, "save")
    first = program.window.store.person
    said = take_in(program.desk, tmp_path / "kim.json", qtbot)
    assert "They are of Kim, who is not in this logbook yet." in said
    assert program.window.store.person == kim
    assert program.window.sessions.model.rowCount() == 1
    program.window.actions_by_name["undo"].trigger()
    assert program.window.store.people() == [first]
    assert program.window.sessions.model.rowCount() == 1


# Guidance that is refused


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A copy of the guidance in the place of the one that the program came with."""
    folder = Path(shutil.copytree(find("guidance"), tmp_path / "shipped"))
    monkeypatch.setattr("logbook.services.guidance_in_use.find", lambda name: folder)
    return folder


def misspell(folder):
    path = folder / "interval.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("window_days = 60", "widow_days = 60", 1), encoding="utf-8"
    )


def test_with_refused_guidance_the_window_says_which_line_and_judges_by_the_last_good_one(
    start, path, shipped, qtbot, journal
):
    sessions = [a_session(TODAY - timedelta(days=back), 150, person_id=person_of(journal).id) for back in (9, 7)]
    journal.apply(Edit.adding("log", sessions))
    before = start(path).window.store.judged
    misspell(shipped)
    window = start(path).window
    assert "interval.toml, line 12: I01" in window._banner.text()
    assert not window._banner.isHidden()
    verdicts = [window.store.judged.verdict(session) for session in sessions]
    assert verdicts == [before.verdict(session) for session in sessions]
    assert "I01" in {finding.rule.id for finding in verdicts[1].findings}


def test_with_refused_guidance_and_no_good_one_no_logbook_is_opened_and_it_is_said(path, shipped, qapp, qtbot):
    misspell(shipped)
    program = Program(qapp, path)
    qtbot.waitUntil(lambda: not program.window._banner.isHidden())
    assert "interval.toml, line 12" in program.window._banner.text()
    assert program.window.store is None
    end(program)


# Pages


def test_every_page_is_reached_by_its_key_and_by_the_rail(start, path, qtbot):
    window = start(path).window
    pages = window.pages
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for number, name in enumerate(pages.names, 1):
        key = getattr(Qt.Key, f"Key_{number}")
        qtbot.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
        assert pages.current_name == name
        assert pages.rail.currentRow() == number - 1
    pages.rail.setFocus()
    qtbot.keyClick(pages.rail, Qt.Key.Key_Up)
    assert pages.current_name == pages.names[-2]
    assert pages.rail.hasFocus()


def test_the_rail_counts_what_is_open(start, path, qtbot, journal):
    deep = a_session(TODAY, 250, person_id=person_of(journal).id)
    journal.apply(Edit.adding("log", [deep]))
    window = start(path).window
    store = window.store
    qtbot.waitUntil(lambda: store.judging.is_settled)
    number = store.count_open()
    assert number > 0
    assert window.pages.rail.item(WARNINGS).text() == f"Warnings   {number}"
    store.do(Edit.removing("delete", [store.find(Session, deep.id)]))
    qtbot.waitUntil(lambda: window.pages.rail.item(WARNINGS).text() == "Warnings")


def test_a_finding_leads_to_its_session(start, path, qtbot, journal):
    deep = a_session(TODAY, 250, person_id=person_of(journal).id)
    journal.apply(Edit.adding("log", [deep]))
    window = start(path).window
    window.pages.show_page("warnings")
    qtbot.waitUntil(lambda: window.store.judging.is_settled)
    window.pages.page("warnings").session_wanted.emit(deep.id)
    assert window.pages.current_name == "sessions"
    assert window.sessions.table.chosen[0].id == deep.id


def test_keys_of_the_sessions_do_nothing_to_them_from_another_page(start, path, qtbot, journal):
    journal.apply(Edit.adding("log", [a_session(TODAY, 25, person_id=person_of(journal).id)]))
    window = start(path).window
    window.sessions.table.selectRow(0)
    window.pages.show_page("devices")
    for name in ("delete", "save", "revert"):
        assert not window.actions_by_name[name].isEnabled()
    window.actions_by_name["new_session"].trigger()
    assert window.pages.current_name == "sessions"


def test_every_page_takes_another_theme(start, path, qtbot):
    program = start(path)
    for name in program.window.pages.names:
        program.window.pages.show_page(name)
    for appearance in (Appearance.DARK, Appearance.LIGHT):
        program._appearance_chosen(appearance)
        QApplication.processEvents()
        program.window.grab()


class _Windows(QObject):
    """Remembers every widget that came up as a window of its own."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's own name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_page_flashes_up_as_a_window_and_takes_the_keyboard_away(start, path, qapp):
    windows = _Windows()
    qapp.installEventFilter(windows)
    pages = start(path).window.pages
    for name in pages.names:
        pages.show_page(name)
    qapp.removeEventFilter(windows)
    assert windows.seen == ["MainWindow"]


def test_changed_guidance_is_told_at_the_start_and_rewrites_nothing(start, path, shipped, qtbot, journal):
    session = a_session(TODAY, 60, person_id=person_of(journal).id)
    judged = JudgedHistory(journal.rules, person_of(journal), [session])
    kept = journal.with_verdict(session, judged.verdict(session))
    journal.apply(Edit.adding("log", [kept]))
    assert kept.given.severity is Severity.CAUTION
    depth = shipped / "depth.toml"
    stricter = depth.read_text(encoding="utf-8").replace("over = 100, severity", "over = 55, severity", 1)
    depth.write_text(stricter, encoding="utf-8")
    window = start(path).window
    qtbot.waitUntil(lambda: window.pages.rail.item(GUIDANCE).text() == "Guidance   1")
    assert "1 session judged otherwise" in window.status.text()
    changes = window.pages.page("guidance").changes
    assert "1 session changed, from caution to warning, because of D01 Depth at home." in changes.summary.text()
    assert journal.all(Session) == [kept]


def test_guidance_that_did_not_change_is_not_spoken_of(start, path, qtbot, journal):
    session = a_session(TODAY, 60, person_id=person_of(journal).id)
    judged = JudgedHistory(journal.rules, person_of(journal), [session])
    journal.apply(Edit.adding("log", [journal.with_verdict(session, judged.verdict(session))]))
    window = start(path).window
    qtbot.waitUntil(lambda: window.store.judging.is_settled)
    QApplication.processEvents()
    assert window.pages.rail.item(GUIDANCE).text() == "Guidance"
