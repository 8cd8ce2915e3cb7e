"""The one dialog of an import: what it shows, what it asks, what it refuses, and what it then takes in."""

import threading
from dataclasses import replace

import pytest
from builders import a_session
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTableView
from ui.answers import counted_import, take_in
from ui.conftest import full_disk, person_of

from logbook.domain.edit import Edit, Replacement
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.backups import Keeper
from logbook.services.exchange import export
from logbook.services.importing.source import Kind
from logbook.services.journal import open_journal
from logbook.services.places import remembered_columns
from logbook.ui.dialogs.import_columns import _KINDS
from logbook.ui.dialogs.import_dialog import ImportDialog
from logbook.ui.dialogs.import_models import TITLES
from logbook.ui.file_menu import taking_in
from logbook.ui.widgets.copying import rows_text


@pytest.fixture
def program(start, path):
    return start(path)


@pytest.fixture
def write(tmp_path):
    """Write a file of lines."""

    def to(name, *lines):
        path = tmp_path / name
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return path

    return to


def looked(program, path, qtbot) -> ImportDialog:
    """Return the dialog of *path* once it shows what is in it."""
    program.desk.importing.import_file(path)
    qtbot.waitUntil(lambda: program.desk.importing.dialog is not None and program.desk.importing.dialog.isVisible())
    dialog = program.desk.importing.dialog
    qtbot.waitUntil(lambda: dialog.preview is not None)
    return dialog


def counted(program, path, qtbot) -> ImportDialog:
    program.desk.importing.import_file(path)
    return counted_import(program.desk, qtbot)


def choose(field: QComboBox, words: str) -> None:
    """Choose the item that begins with *words*, as a person does."""
    place = next(row for row in range(field.count()) if field.itemText(row).startswith(words))
    field.setCurrentIndex(place)
    field.activated.emit(place)


def shown(dialog):
    model = dialog.rows.model
    return [[model.index(row, c).data() for c in range(model.columnCount())] for row in range(model.rowCount())]


def sessions(program):
    return sorted(program.window.store.of_person(Session), key=lambda session: session.order)


def status(program):
    return program.window.status.text()


# What it shows


def test_the_first_rows_stand_there_as_they_will_be_read(program, write, qtbot):
    log = write("log.csv", "Date;Needle length (mm);Mood", "5 March 2025;0.5mm;good", "2025-03-13;0,25;bad")
    dialog = counted(program, log, qtbot)
    assert dialog.heading.text() == "log.csv is a table of sessions: 2 rows."
    assert "“Mood”" in dialog.remarks.text()
    assert shown(dialog) == [["2", "5 March 2025", "0.50 mm"], ["3", "13 March 2025", "0.25 mm"]]
    assert "0.5mm" in dialog.rows.model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    understood = dialog.understood.table
    assert rows_text(understood, range(understood.model().rowCount())).splitlines() == [
        "Column\tWritten\tRead as",
        "Needle length (mm)\t0.5mm\t0.50 mm",
        "Needle length (mm)\t0,25\t0.25 mm",
    ]
    assert dialog.counts.text() == "2 rows read = 2 to add + 0 already there + 0 refused."


def test_the_numbers_add_up_to_the_rows_of_the_file(program, write, qtbot):
    old = [f"2025-01-{day:02d},0.25" for day in range(1, 21)]
    take_in(program.desk, write("old.csv", "date,depth_mm", *old), qtbot)
    new = [f"2025-02-{day:02d},0.25" for day in range(1, 8)]
    dialog = counted(program, write("log.csv", "date,depth_mm", *old, *new, "2025-03-01,deep", "x,9", ""), qtbot)
    assert dialog.counts.text().startswith("29 rows read = 7 to add + 20 already there + 2 refused.")
    assert dialog.preview.row_count == 29


def test_a_cell_that_is_refused_is_marked_by_more_than_a_colour(program, write, qtbot):
    dialog = counted(program, write("log.csv", "date,depth_mm", "2025-03-01,deep"), qtbot)
    index = dialog.rows.model.index(0, 2)
    assert index.data() == "deep"
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert "not a number" in index.data(Qt.ItemDataRole.AccessibleTextRole)


# What it asks


def test_the_order_of_dates_is_asked_with_an_example_where_nothing_decides_it(program, write, qtbot):
    dialog = looked(program, write("log.csv", "date,depth_mm", "03.04.2025,0.25", "05.04.2025,0.25"), qtbot)
    (field,) = dialog.questions.fields.values()
    assert "03.04.2025" in field.accessibleName()
    assert field.currentText() == "Choose…"
    assert field.hasFocus()
    assert not dialog.import_button.isEnabled()
    assert dialog.counts.text() == "Answer the question above first."
    choose(field, "Month first: “03.04.2025” is 4 March 2025")
    counted_import(program.desk, qtbot).import_button.click()
    assert [one.date.isoformat() for one in sessions(program)] == ["2025-03-04", "2025-05-04"]


def test_what_the_file_decides_is_not_waited_for_and_can_be_answered_otherwise(program, write, qtbot):
    dialog = counted(program, write("log.csv", "date,depth_mm", "03.04.2025,0.25", "25.04.2025,0.25"), qtbot)
    (field,) = dialog.questions.fields.values()
    assert field.currentText().startswith("Day first")
    assert shown(dialog)[0][1] == "3 April 2025"
    choose(field, "Month first")
    qtbot.waitUntil(lambda: dialog.planned is not None and dialog.planned.refused == 1)
    assert shown(dialog)[0][1] == "4 March 2025"


def test_the_decimal_sign_is_asked_with_an_example(program, write, qtbot):
    dialog = looked(program, write("c.csv", "date,method,value", '2025-01-01,comb_60s,"1,000"'), qtbot)
    (field,) = dialog.questions.fields.values()
    assert "1,000" in field.accessibleName()
    choose(field, "A point")
    counted_import(program.desk, qtbot).import_button.click()
    assert [one.value for one in program.window.store.of_person(SheddingRecord)] == [1000]


def test_every_question_must_be_answered(program, write, qtbot):
    dialog = looked(program, write("c.csv", "date,value", '2025-01-01,"1,000"'), qtbot)
    decimal, method = dialog.questions.fields.values()
    assert dialog.counts.text() == "Answer the questions above first."
    choose(decimal, "A point")
    qtbot.waitUntil(lambda: dialog.counts.text() == "Answer the question above first.")
    assert not dialog.import_button.isEnabled()
    choose(dialog.questions.fields[list(dialog.questions.fields)[1]], method.itemText(2))
    assert counted_import(program.desk, qtbot).import_button.isEnabled()


# Columns


def test_a_column_is_read_as_the_person_says_and_so_the_next_time(program, write, qtbot):
    dialog = looked(program, write("log.csv", "When it was,Size", "2025-03-01,0.25"), qtbot)
    assert "is the date" in dialog.counts.text()
    choose(dialog.columns.fields[0], TITLES["date"])
    qtbot.waitUntil(lambda: dialog.preview.columns.targets == ("date", None))
    choose(dialog.columns.fields[1], TITLES["depth_mm"])
    qtbot.waitUntil(lambda: dialog.preview.columns.targets == ("date", "depth_mm"))
    counted_import(program.desk, qtbot).import_button.click()
    assert [one.deepest for one in sessions(program)] == [25]
    assert b"When it was" not in remembered_columns().read_bytes()
    again = counted(program, write("next.csv", "When it was,Size", "2025-03-09,0.5"), qtbot)
    assert "as you chose the last time" in again.remarks.text()
    again.import_button.click()
    assert [one.deepest for one in sessions(program)] == [25, 50]


def test_no_two_columns_are_read_as_the_same(program, write, qtbot):
    dialog = counted(program, write("log.csv", "date,depth_mm,Other", "2025-03-01,0.25,0.5"), qtbot)
    choose(dialog.columns.fields[2], TITLES["depth_mm"])
    qtbot.waitUntil(lambda: dialog.preview.columns.targets == ("date", None, "depth_mm"))
    assert dialog.columns.fields[1].currentText() == "Not read"
    counted_import(program.desk, qtbot).import_button.click()
    assert [one.deepest for one in sessions(program)] == [50]
    assert status(program).endswith("Columns left out: depth_mm.")


def test_rows_may_be_of_the_other_kind(program, write, qtbot):
    dialog = counted(program, write("log.csv", "date,notes", "2025-03-01,x"), qtbot)
    choose(dialog.columns.kind_field, _KINDS[Kind.SHEDDING])
    qtbot.waitUntil(lambda: dialog.preview.kind is Kind.SHEDDING)
    assert [field.findText(TITLES["depth_mm"]) for field in dialog.columns.fields] == [-1, -1]
    (field,) = dialog.questions.fields.values()
    assert field.accessibleName().startswith("How were the hairs counted")


# What is refused


def test_all_or_nothing_unless_the_refused_are_left_out(program, write, qtbot):
    lines = ["2025-03-01,0.25", "2025-03-32,9", "2025-03-09,deep"]
    dialog = counted(program, write("log.csv", "date,depth_mm", *lines), qtbot)
    assert "Nothing is imported as long as a row is refused" in dialog.counts.text()
    assert dialog.tabs.currentWidget() is dialog.problems
    assert not dialog.import_button.isEnabled()
    dialog.import_wanted.emit()
    assert sessions(program) == []
    assert dialog.leave_out.text() == "&Leave out the 2 refused rows"
    dialog.leave_out.click()
    assert dialog.import_button.text() == "&Import 1 row"
    dialog.import_button.click()
    assert len(sessions(program)) == 1
    assert status(program) == "Imported 1 row. 2 rows refused were left out."


def test_every_problem_has_its_line_and_column_and_can_be_copied(program, write, qtbot):
    dialog = counted(program, write("log.csv", "Datum,depth_mm", "2025-03-32,9", "2025-03-09,deep"), qtbot)
    table = dialog.problems.table
    assert table.isVisible()
    dialog.problems.copy_button.click()
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    titles, *copied = copied
    assert titles == ["Line", "Column", "Reason"]
    assert [line[:2] for line in copied] == [["2", "Datum"], ["2", "depth_mm"], ["3", "depth_mm"]]
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert dialog.problems.words.text() == copied[1][2]
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\n".join(map("\t".join, (titles, copied[1])))


def test_nothing_can_be_left_out_of_what_is_refused_whole(program, write, qtbot):
    dialog = counted(program, write("log.csv", "date,depth_mm", "2025-03-32,9"), qtbot)
    dialog.leave_out.click()
    assert not dialog.import_button.isEnabled()
    assert "nothing new" in dialog.counts.text()


def test_a_quotation_mark_left_open_is_told_in_a_sentence(program, write, qtbot, boxes):
    program.desk.importing.import_file(write("log.csv", "date,notes", '2025-03-01,"open'))
    qtbot.waitUntil(lambda: bool(boxes.shown))
    assert "line 2" in boxes.take().text
    assert program.desk.importing.dialog is None


def test_a_file_that_changes_meanwhile_is_not_taken_in(program, write, qtbot):
    log = write("log.csv", "date,depth_mm", "03.04.2025,0.25")
    dialog = looked(program, log, qtbot)
    preview = dialog.preview
    write("log.csv", "date,passes", "03.04.2025,1")
    program.desk.importing._taking._count(preview)
    qtbot.waitUntil(lambda: "was changed since" in dialog.counts.text())
    assert not dialog.import_button.isEnabled()


# Whole logbooks


@pytest.fixture
def other(tmp_path, rules):
    """The file of another logbook, with three sessions of its own person."""
    journal = open_journal(tmp_path / "other.sqlite", rules)
    owner = person_of(journal)
    journal.apply(Edit.adding("x", [a_session(f"2025-01-{day:02d}", person_id=owner.id) for day in (1, 9, 20)]))
    export(journal.everything(), tmp_path / "other.json")
    journal.close()
    return tmp_path / "other.sqlite"


@pytest.mark.parametrize(("suffix", "kind"), [(".sqlite", "another logbook file"), (".json", "a logbook in JSON")])
def test_another_logbook_says_what_it_brings(program, other, qtbot, suffix, kind):
    dialog = counted(program, other.with_suffix(suffix), qtbot)
    assert dialog.heading.text() == f"other{suffix} is {kind}: 1 person and 3 sessions."
    assert not dialog.tabs.isVisible()
    assert dialog.counts.text() == "4 records read = 4 to add + 0 already there + 0 refused."
    dialog.import_button.click()
    assert len(sessions(program)) == 3
    assert program.window.store.undo_stack.count() == 1


def test_a_record_that_is_here_with_another_content_is_refused_by_name(program, other, qtbot, rules):
    take_in(program.desk, other, qtbot)
    journal = open_journal(other, rules)
    one = journal.all(Session)[0]
    journal.apply(Edit("x", (Replacement(one, replace(one, notes="other")),)))
    journal.close()
    dialog = counted(program, other, qtbot)
    assert dialog.counts.text().startswith("4 records read = 0 to add + 3 already there + 1 refused.")
    assert "with another content" in dialog.problems.words.text()


# Keys, names, room


def test_enter_imports_and_escape_leaves_everything(program, write, qtbot):
    log = write("log.csv", "date,depth_mm", "2025-03-01,0.25")
    qtbot.keyClick(counted(program, log, qtbot), Qt.Key.Key_Escape)
    assert program.desk.importing.dialog is None
    assert status(program) == "Nothing was imported."
    dialog = counted(program, log, qtbot)
    assert dialog.focusWidget() is dialog.import_button
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert len(sessions(program)) == 1


def test_tab_goes_through_everything_in_the_order_of_the_eye(program, write, qtbot):
    dialog = looked(program, write("log.csv", "date,depth_mm", "03.04.2025,0.25"), qtbot)
    met = [dialog.focusWidget()]
    while len(met) < 20:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        if dialog.focusWidget() in met:
            break
        met.append(dialog.focusWidget())
    (question,) = dialog.questions.fields.values()
    expected = [question, dialog.tabs.tabBar(), dialog.rows.table, dialog.cancel_button]
    assert [one for one in met if not isinstance(one, QLabel)] == expected


def test_everything_that_takes_the_focus_has_a_name(program, write, qtbot):
    dialog = looked(program, write("log.csv", "Datum,depth_mm,,notes", "03.04.2025,deep,1,x"), qtbot)
    for kind in (QAbstractButton, QComboBox, QTableView):
        for widget in dialog.findChildren(kind):
            if widget.isVisibleTo(widget.parentWidget()) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_it_has_room_in_a_small_window(program, write, qtbot):
    header = ",".join(f"a long name of a column number {place}" for place in range(40))
    dialog = looked(program, write("log.csv", f"date,{header}", "03.04.2025" + ",x" * 40), qtbot)
    least = dialog.minimumSizeHint()
    assert least.width() <= 400
    assert least.height() <= 300
    dialog.resize(QSize(800, 600))
    assert not dialog.columns_area.horizontalScrollBar().isVisible()
    assert dialog.columns.width() <= dialog.columns_area.viewport().width()


# Long ones


def test_a_count_that_is_stopped_changes_nothing(program, write, qtbot, monkeypatch):
    has_begun, may_go_on, ended = threading.Event(), threading.Event(), []
    real = taking_in.plan

    def slow(*arguments, progress, **others):
        def report(done, of):
            progress(done, of)
            has_begun.set()
            may_go_on.wait(10)

        try:
            return real(*arguments, progress=report, **others)
        except taking_in.ImportCancelled:
            ended.append("cancelled")
            raise

    monkeypatch.setattr(taking_in, "plan", slow)
    lines = [f"2025-{1 + day // 28 % 12:02d}-{1 + day % 28:02d},0.25" for day in range(1200)]
    dialog = looked(program, write("log.csv", "date,depth_mm", *lines), qtbot)
    qtbot.waitUntil(has_begun.is_set)
    qtbot.waitUntil(lambda: dialog.progress.maximum() > 1000)
    assert dialog.progress.isVisible()
    assert not dialog.import_button.isEnabled()
    dialog.cancel_button.click()
    may_go_on.set()
    qtbot.waitUntil(lambda: ended == ["cancelled"])
    assert status(program) == "Nothing was imported."
    assert sessions(program) == []


def test_an_answer_to_a_choice_of_before_is_not_shown(program, write, qtbot):
    dialog = counted(program, write("log.csv", "date,depth_mm,passes", "2025-03-01,0.25,2"), qtbot)
    choose(dialog.columns.fields[2], "Not read")
    choose(dialog.columns.fields[1], "Not read")  # before the first is answered
    counted_import(program.desk, qtbot)
    assert dialog.preview.columns.targets == ("date", None, "passes")


def test_only_one_file_is_on_its_way(program, write, qtbot):
    dialog = counted(program, write("log.csv", "date,depth_mm", "2025-03-01,0.25"), qtbot)
    program.desk.importing.import_file(write("other.csv", "date", "2025-03-01"))
    qtbot.wait(50)
    assert program.desk.importing.dialog is dialog


def test_a_large_import_is_written_off_the_thread_of_the_window_and_undone_in_one_step(program, write, qtbot):
    lines = [f"{1990 + day // 336}-{1 + day // 28 % 12:02d}-{1 + day % 28:02d},0.25" for day in range(2500)]
    dialog = counted(program, write("log.csv", "date,depth_mm", *lines), qtbot)
    dialog.import_button.click()
    assert not dialog.cancel_button.isEnabled()
    dialog.reject()  # what is being written is not left alone
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: program.desk.importing.dialog is None)
    assert status(program) == "Imported 2,500 rows."
    assert len(program.window.store.judged.history) == len(sessions(program)) == 2500
    assert program.window.sessions.model.rowCount() == 2500
    assert program.window.store.undo_stack.count() == 1
    assert program.window.store.undo()
    assert len(program.window.store.judged.history) == len(sessions(program)) == 0
    assert program.window.store.redo()
    assert len(program.window.store.journal.all(Session)) == len(sessions(program)) == 2500


def test_a_large_import_that_the_disk_refuses_is_told_and_can_be_tried_again(program, write, qtbot, boxes):
    lines = [f"{1990 + day // 336}-{1 + day // 28 % 12:02d}-{1 + day % 28:02d},0.25" for day in range(2500)]
    dialog = counted(program, write("log.csv", "date,depth_mm", *lines), qtbot)
    with full_disk(program.window.store.journal):
        dialog.import_button.click()
        qtbot.waitUntil(lambda: bool(boxes.shown))
    assert "no room" in boxes.take().text
    assert sessions(program) == program.window.store.journal.all(Session) == []
    assert program.window.store.undo_stack.count() == 0
    dialog.import_button.click()
    qtbot.waitUntil(lambda: len(sessions(program)) == 2500)


def test_a_copy_is_made_before_anything_is_imported_were_it_one_row(program, write, path, qtbot):
    for number, day in enumerate(("2025-03-01", "2025-04-01"), 1):
        counted(program, write(f"log{number}.csv", "date,depth_mm", f"{day},0.25"), qtbot).import_button.click()
        qtbot.waitUntil(lambda: program.desk.importing.dialog is None)
        copies = Keeper(program.window.store.journal).known()
        assert [one.occasion for one in copies] == ["import"] * number
        assert copies[0].counts["session"] == number - 1
        assert len(sessions(program)) == number


def test_a_bug_while_a_large_import_is_written_leaves_the_dialog_to_the_person(program, write, qtbot, monkeypatch):
    lines = [f"{1990 + day // 336}-{1 + day // 28 % 12:02d}-{1 + day % 28:02d},0.25" for day in range(2500)]
    dialog = counted(program, write("log.csv", "date,depth_mm", *lines), qtbot)

    def fail(edit):
        raise ZeroDivisionError

    with qtbot.capture_exceptions() as caught, monkeypatch.context() as patch:
        patch.setattr(program.window.store.journal, "apply", fail)
        dialog.import_button.click()
        qtbot.waitUntil(lambda: bool(caught))
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert dialog.cancel_button.isEnabled()
    assert sessions(program) == []
    dialog.import_button.click()
    qtbot.waitUntil(lambda: len(sessions(program)) == 2500)
