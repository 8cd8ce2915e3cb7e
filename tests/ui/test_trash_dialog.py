"""Edit › Deleted records: listed, brought back and let go for good, and nothing of it where the file is only read."""

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from ui.conftest import Boxes, add, refusing_disk

from logbook.domain.device import Device
from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import Trashed
from logbook.domain.vocabulary import DeviceKind, SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.services import devices
from logbook.services.journal import open_journal
from logbook.services.saving import deleting
from logbook.ui.actions import make_actions
from logbook.ui.dialogs.trash_dialog import TrashDialog
from logbook.ui.dialogs.trash_model import LEFT, WHAT, WHEN
from logbook.ui.edit_menu.deleted_records import DeletedRecords
from logbook.ui.store import Store

DAY = dt.datetime(2026, 6, 30, 8, 15)


def aside(edit: Edit, days_ago: int = 0) -> Edit:
    """Return *edit* as of so many days before today."""
    *rest, last = edit.replacements
    kept = replace(last.after, deleted_at=DAY - dt.timedelta(days=days_ago))
    return Edit(edit.text, (*rest, Replacement(None, kept)))


def some(*days_ago: int) -> list[Trashed]:
    return [aside(deleting([a_session("2026-03-02")], (), ()), days).of(Trashed)[0].after for days in days_ago]


@pytest.fixture
def dialog(qtbot):
    """Return a function that shows a list."""

    def show(trash, **more) -> TrashDialog:
        dialog = TrashDialog(None, TODAY, **more)
        qtbot.addWidget(dialog)
        dialog.show_trash(trash)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return show


def cells(dialog: TrashDialog, column: int) -> list[str]:
    model = dialog.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


# The list


def test_what_was_deleted_last_comes_first_with_its_day_and_what_is_left(dialog):
    shown = dialog(some(30, 0, 29))
    assert cells(shown, WHAT) == ["Session of 2 March 2026"] * 3
    assert cells(shown, WHEN) == ["30 Jun 2026, 08:15", "1 Jun 2026, 08:15", "31 May 2026, 08:15"]
    assert cells(shown, LEFT) == ["30 days", "1 day", "goes next time"]
    assert "30 days" in shown.says.text()


def test_what_it_holds_is_told_of_the_one_that_is_chosen(dialog):
    sessions = [a_session(TODAY - dt.timedelta(days=days)) for days in range(8)]
    trash = [deleting(sessions, (), ()).of(Trashed)[0].after, *some(1)]
    shown = dialog(trash)
    shown.table.choose(cells(shown, WHAT).index("8 sessions"))
    lines = shown.details.text().splitlines()
    assert lines[0] == "Session of 30 June 2026: crown 0.25 mm"
    assert lines[-1] == "and 2 other records"
    assert len(lines) == 7


def test_with_nothing_deleted_there_is_a_sentence_and_one_way_on(dialog):
    shown = dialog([])
    assert shown.nothing.isVisible()
    assert not shown.table.isVisible()
    assert shown.close_button.hasFocus()
    assert not any(b.isEnabled() for b in (shown.restore_button, shown.let_go_button, shown.let_all_go_button))


def test_from_a_file_that_is_only_read_nothing_goes_and_nothing_comes_back(dialog, qtbot):
    shown = dialog(some(0), is_read_only=True)
    assert "reading only" in shown.says.text()
    assert not any(b.isEnabled() for b in (shown.restore_button, shown.let_go_button, shown.let_all_go_button))
    with qtbot.assertNotEmitted(shown.restore_wanted):
        qtbot.keyClick(shown.table, Qt.Key.Key_Return)


def test_the_keyboard_reaches_everything(dialog, qtbot):
    shown = dialog(some(0, 1))
    assert shown.table.hasFocus()
    reached = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [shown.restore_button, shown.let_go_button, shown.let_all_go_button, shown.close_button]
    assert shown.table.accessibleName()
    shown.table.setFocus()
    with qtbot.waitSignal(shown.restore_wanted) as wanted:
        qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    assert wanted.args == [shown.model.shown[0]]
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


@pytest.mark.parametrize("width", [484, 720, 1200])
def test_no_word_is_cut_off(dialog, width):
    shown = dialog(some(0, 1))
    shown.resize(width, 300)
    assert shown.width() == width
    for column in (WHEN, LEFT):
        wanted = shown.fontMetrics().horizontalAdvance(cells(shown, column)[0])
        assert shown.table.columnWidth(column) > wanted
    for button in (shown.restore_button, shown.let_go_button, shown.let_all_go_button, shown.close_button):
        assert button.width() >= button.sizeHint().width()


# What is done


class Frame(QWidget):
    """What the action asks of a window."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store, self.said = store, []
        self.actions_by_name = make_actions(self)

    def say(self, text: str) -> None:
        self.said.append(text)


@pytest.fixture
def frame(qtbot, store) -> Frame:
    """A window of *store* that can show what was deleted."""
    frame = Frame(store)
    qtbot.addWidget(frame)
    DeletedRecords(frame)
    return frame


def doing(frame: Frame, *steps: Callable[[TrashDialog], object]) -> None:
    """Open the list, do each of *steps* on it, and close it."""
    done = []

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, TrashDialog)
            for step in steps:
                step(dialog)
                done.append(step)
        finally:
            dialog.done(0)

    QTimer.singleShot(0, run)
    frame.actions_by_name["trash"].trigger()
    assert len(done) == len(steps)


def deleted(store: Store, **but) -> Session:
    session = a_session(person_id=store.person.id, **but)
    add(store, session)
    assert store.do(aside(deleting([session], (), ()), 3))
    return session


def test_what_is_restored_is_back_and_undo_takes_it_away_again(frame, store):
    session = deleted(store, notes="mine")

    def look(dialog: TrashDialog) -> None:
        assert cells(dialog, LEFT) == ["27 days"]
        dialog.restore_button.click()
        assert dialog.nothing.isVisible()

    doing(frame, look)
    assert store.of_person(Session) == [session]
    assert store.of_person(Trashed) == []
    assert frame.said == ["Restore session of 30 June 2026: done. Undo takes it back."]
    assert store.undo_stack.undoText() == "restore session of 30 June 2026"
    assert store.undo()
    assert store.of_person(Session) == []
    assert len(store.of_person(Trashed)) == 1


def test_what_cannot_come_back_says_why_and_stays(frame, store, boxes: Boxes):
    pen = Device(new_id(), DeviceKind.PEN, "Ultima")
    add(store, pen)
    deleted(store, device_id=pen.id)
    (needles,) = devices.inventory([pen], [], devices.NeedleUses(()))
    store.do(aside(devices.deleting(needles, [needles]), 1))
    doing(frame, lambda dialog: dialog.table.choose(1), lambda dialog: dialog.restore())
    assert "Restore this first: pen “Ultima”" in boxes.take().text
    assert len(store.of_person(Trashed)) == 2
    doing(frame, lambda dialog: dialog.restore(), lambda dialog: dialog.restore())
    assert store.of_person(Trashed) == []
    assert store.of_person(Session)[0].device_id == pen.id


def test_what_is_let_go_is_gone_from_the_file_and_from_undo(frame, store, boxes: Boxes, path):
    deleted(store, notes="GOES-FOR-GOOD")
    deleted(store, notes="STAYS")
    assert b"GOES-FOR-GOOD" in path.read_bytes()

    def choose(dialog: TrashDialog) -> None:
        row = next(row for row, one in enumerate(dialog.model.shown) if "GOES" in one.content)
        dialog.table.choose(row)
        dialog.let_go_button.click()
        assert dialog.model.rowCount() == 1

    doing(frame, choose)
    box = boxes.take()
    assert box.text.startswith("Delete session of 30 June 2026 for good? It cannot be restored after that.")
    assert "can no longer be undone" in box.text
    assert "Backups" in box.text
    assert b"GOES-FOR-GOOD" not in path.read_bytes()
    assert b"STAYS" in path.read_bytes()
    assert not store.undo_stack.canUndo()
    assert not store.undo_stack.canRedo()


def test_what_undo_does_not_keep_costs_no_step(frame, store, boxes: Boxes):
    kept = some(3)[0]
    store.journal.apply(Edit.adding("before", [replace(kept, person_id=store.person.id)]))  # as of an earlier start
    add(store, a_session(person_id=store.person.id))
    doing(frame, lambda dialog: dialog.let_all_go_button.click())
    assert "undone" not in boxes.take().text
    assert store.undo_stack.canUndo()
    assert store.of_person(Trashed) == []


def test_nothing_goes_without_a_yes(frame, store, boxes: Boxes):
    deleted(store)
    boxes.says_yes = False
    doing(frame, lambda dialog: dialog.let_go_button.click(), lambda dialog: dialog.let_all_go_button.click())
    assert len(boxes.shown) == 2
    boxes.shown.clear()
    assert len(store.of_person(Trashed)) == 1
    assert store.undo_stack.canUndo()


def test_all_of_it_goes_at_once(frame, store, boxes: Boxes):
    deleted(store)
    deleted(store)
    doing(frame, lambda dialog: dialog.let_all_go_button.click())
    assert boxes.take().text.startswith("Delete 2 deletions for good?")
    assert store.of_person(Trashed) == []


def test_a_disk_that_refuses_leaves_everything_as_it_was(frame, store, boxes: Boxes, qtbot):
    deleted(store)
    steps = store.undo_stack.count()
    with refusing_disk(store.journal), qtbot.waitSignal(store.failed):
        doing(frame, lambda dialog: dialog.restore_button.click())
    with refusing_disk(store.journal), qtbot.waitSignal(store.failed):
        doing(frame, lambda dialog: dialog.let_go_button.click())
    boxes.take()
    assert len(store.of_person(Trashed)) == 1
    assert store.undo_stack.count() == steps


def test_what_is_another_persons_is_not_shown(frame, store):
    mine, other = some(1, 2)
    nobodys = replace(other, id=new_id(), person_id=None)
    store.journal.apply(Edit.adding("add", [replace(mine, person_id=store.person.id), other, nobodys]))
    seen = []
    doing(frame, lambda dialog: seen.extend(dialog.model.shown))
    assert [one.person_id for one in seen] == [store.person.id, None]


def test_the_program_brings_back_what_its_table_deleted(start, path):
    with closing(open_journal(path, load_rules())) as journal:
        (person,) = journal.all(Person)
        session = a_session(person_id=person.id)
        line = SheddingRecord(new_id(), person.id, TODAY, SheddingMethod.COMB_60S, 7, session_id=session.id)
        journal.apply(Edit.adding("add", [session, line]))
    window = start(path).window
    window.sessions.table.selectRow(0)
    window.actions_by_name["delete"].trigger()
    assert window.store.of_person(Session) == []

    def look(dialog: TrashDialog) -> None:
        assert dialog.details.text().splitlines()[1:] == ["60-second count of 30 June 2026: 7"]
        dialog.restore_button.click()

    doing(window, look)
    assert window.store.of_person(Session) == [session]
    assert window.store.of_person(SheddingRecord) == [line]
    assert window.sessions.table.model().rowCount() == 1
    window.actions_by_name["undo"].trigger()
    assert window.store.of_person(Session) == []
