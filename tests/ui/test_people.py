"""Several people in one logbook: each alone, told apart by name and colour, none logged for by mistake."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import a_session
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from ui.answers import Answer, write

from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import Trashed
from logbook.domain.vocabulary import SheddingMethod
from logbook.guidance.rule import Rules
from logbook.services.drafts import Drafts
from logbook.services.journal import open_journal
from logbook.services.trash import letting_go
from logbook.ui.dialogs.people_dialog import PeopleDialog, Wish
from logbook.ui.pages.logbook_pages import PAGES

SAM, KIM, LEE = (Person(new_id(), name) for name in ("Sam", "Kim Ott", "Lee"))
YESTERDAY = date(2026, 1, 20)


@pytest.fixture
def path(tmp_path: Path, empty_logbook: Path, rules: Rules) -> Path:
    """A logbook of three, in which a session was last recorded for Lee."""
    file = tmp_path / "clinic.sqlite"
    shutil.copyfile(empty_logbook, file)
    journal = open_journal(file, rules)
    (blank,) = journal.all(Person)
    journal.apply(Edit.removing("blank", [blank]))
    sessions = [a_session(YESTERDAY, 25, person_id=one.id, notes=f"of {one.name}") for one in (SAM, KIM, LEE)]
    count = SheddingRecord(new_id(), KIM.id, YESTERDAY, SheddingMethod.COMB_60S, 7)
    journal.apply(Edit.adding("people", [SAM, KIM, LEE, *sessions, count]))
    journal.close()
    return file


@pytest.fixture
def window(start, path):
    return start(path).window


def in_dialog(act) -> None:
    """Do *act* in the list of people once it is there."""

    def give() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PeopleDialog)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, give)


def choose(window, name: str) -> None:
    """Show who is called *name*, by the keyboard alone."""

    def act(dialog: PeopleDialog) -> None:
        QTest.keyClicks(dialog.search, name)
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    in_dialog(act)
    window.actions_by_name["people"].trigger()


def notes(window) -> list[str]:
    return [session.notes for session in window.store.of_person(Session)]


def test_the_person_last_logged_for_is_shown_by_name_and_colour(window):
    assert window.store.person == LEE
    assert window.pages.person_button.text() == "Lee"
    assert window.windowTitle().startswith("Lee · clinic.sqlite")
    assert window.sessions.editor.save_button.text().startswith("Save for Lee")


def test_who_is_alone_is_you(start, tmp_path):
    window = start(tmp_path / "own.sqlite").window
    assert window.pages.person_button.text() == "You"
    assert window.sessions.editor.save_button.text() == "Save"
    assert window.windowTitle().startswith("own.sqlite")


def test_a_few_letters_and_enter_show_another(window):
    choose(window, "kim")
    assert window.store.person == KIM
    assert window.pages.person_button.text() == "Kim Ott"
    assert window.sessions.editor.save_button.text().startswith("Save for Kim Ott")
    assert notes(window) == ["of Kim Ott"]
    assert window.status.text() == "Kim Ott is shown."
    assert window.pages.current_name == "sessions"


def test_what_is_saved_is_of_who_is_shown(window):
    choose(window, "sam")
    window.actions_by_name["new_session"].trigger()
    write(window.sessions.form.notes, "new")
    window.actions_by_name["save"].trigger()
    assert notes(window) == ["of Sam", "new"]
    choose(window, "lee")
    assert notes(window) == ["of Lee"]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_shows_anything_of_another(window, name):
    window.pages.show_page(name)
    choose(window, "kim")
    assert window.pages.current_name == name
    QApplication.processEvents()
    texts = [label.text() for label in window.pages.findChildren(QLabel) if label.isVisible()]
    assert not any("Lee" in text or "Sam" in text for text in texts)
    choose(window, "lee")
    assert window.store.of_person(SheddingRecord) == []


def test_what_was_typed_for_one_waits_until_they_are_shown_again(window, qtbot):
    window.actions_by_name["new_session"].trigger()
    write(window.sessions.form.notes, "half a sentence")
    qtbot.waitUntil(lambda: window.pages.has_unsaved)
    choose(window, "sam")
    assert not window.pages.has_unsaved
    assert "half" not in window.sessions.form.draft().session.notes
    choose(window, "lee")
    assert window.sessions.form.draft().session.notes == "half a sentence"
    window.actions_by_name["save"].trigger()
    assert "half a sentence" in notes(window)


def type_beside_the_forms(window) -> None:
    """Type a count, a reason to acknowledge and a reason to save, none of which is kept."""
    QTest.keyClicks(window.pages.page("shedding").quick.number, "77")
    window.pages.page("warnings").detail.acknowledge_row.words.setText("as agreed")
    window.sessions.form.zones.depth_edit.setText("2")
    window.actions_by_name["save"].trigger()
    window.sessions.editor.reason_panel.words.setText("a wedding")


def typed_beside_the_forms(window) -> tuple[str, str, str]:
    words = window.sessions.editor.reason_panel.typed
    row = window.pages.page("warnings").detail.acknowledge_row
    return window.pages.page("shedding").quick.number.text(), row.words.text(), words.words if words else ""


def test_lines_typed_for_one_wait_too_and_are_never_anothers(window):
    type_beside_the_forms(window)
    assert typed_beside_the_forms(window) == ("77", "as agreed", "a wedding")
    choose(window, "kim")
    assert typed_beside_the_forms(window) == ("", "", "")
    choose(window, "sam")
    assert typed_beside_the_forms(window) == ("", "", "")
    choose(window, "lee")
    assert typed_beside_the_forms(window) == ("77", "as agreed", "a wedding")
    window.pages.page("shedding").quick.number.clear()


def delete_shown(window, boxes) -> None:
    boxes.says_yes = True
    in_dialog(lambda dialog: QTest.mouseClick(dialog.delete_button, Qt.MouseButton.LeftButton))
    window.actions_by_name["people"].trigger()
    assert boxes.take().title == "Delete a person"


def test_what_was_typed_for_who_is_deleted_goes_to_nobody_and_comes_back_with_them(window, boxes):
    write(window.sessions.form.notes, "half a sentence")
    type_beside_the_forms(window)
    delete_shown(window, boxes)
    assert window.store.people() == sorted([SAM, KIM], key=lambda one: one.id)
    for name in ("kim", "sam"):
        choose(window, name)
        assert not window.pages.has_unsaved
        assert typed_beside_the_forms(window) == ("", "", "")
    window.actions_by_name["undo"].trigger()
    assert window.store.person == LEE
    assert window.sessions.form.draft().session.notes == "half a sentence"
    assert typed_beside_the_forms(window) == ("77", "as agreed", "a wedding")
    window.pages.page("shedding").quick.number.clear()


def test_what_was_typed_for_who_was_added_waits_while_the_adding_is_undone(window):
    bea = Person(new_id(), "Bea")
    window.store.do(Edit.adding("add Bea", [bea]))
    assert window.store.person == bea
    write(window.sessions.form.notes, "half a sentence")
    window.actions_by_name["undo"].trigger()
    assert window.store.person != bea
    assert not window.pages.has_unsaved
    window.actions_by_name["redo"].trigger()
    assert window.store.person == bea
    assert window.sessions.form.draft().session.notes == "half a sentence"


def test_what_was_typed_for_who_was_deleted_waits_at_the_next_start_too(start, path, boxes, qtbot):
    program = start(path)
    write(program.window.sessions.form.notes, "half a sentence")
    delete_shown(program.window, boxes)
    program.desk.draft_keeping.keep()
    program.window.close()
    program.desk.close()
    again = start(path)
    qtbot.waitUntil(lambda: not again.desk.draft_keeping._first_look.isActive())
    assert not again.window.pages.has_unsaved
    assert "not saved" not in again.window.status.text()


def test_what_was_typed_for_who_is_let_go_for_good_goes_with_them(start, path, boxes):
    program = start(path)
    window, keeping = program.window, program.desk.draft_keeping
    write(window.sessions.form.notes, "of Lee alone")
    delete_shown(window, boxes)
    write(window.sessions.form.notes, "of who is shown")
    keeping.keep()
    kept = Drafts(path).path
    assert "of Lee alone" in kept.read_text("utf-8")
    assert window.store.do_for_good(letting_go(window.store.of_person(Trashed)))
    assert "of Lee alone" not in kept.read_text("utf-8")
    assert "of who is shown" in kept.read_text("utf-8")


def test_names_follow_a_change_and_its_undo(window):
    window.store.do(Edit("change Lee", (Replacement(LEE, replace(LEE, name="Leonie & Co")),)))
    for _ in range(2):
        assert window.windowTitle().startswith("Leonie & Co · clinic.sqlite")
        assert window.sessions.editor.save_button.text().startswith("Save for Leonie && Co")
        assert window.sessions.editor.save_button.accessibleName().startswith("Save for Leonie & Co")
        assert window.pages.page("shedding").editor.save_button.text() == "Save for Leonie && Co"
        window.actions_by_name["undo"].trigger()
        assert window.windowTitle().startswith("Lee · clinic.sqlite")
        assert window.sessions.editor.save_button.text().startswith("Save for Lee")
        window.actions_by_name["redo"].trigger()


def test_a_name_however_long_makes_no_window_wider(window):
    long = replace(LEE, name="Maximiliane-Alexandra von der Hohenstein-Wartenberg " * 3)
    window.store.do(Edit("change Lee", (Replacement(LEE, long),)))
    window.show()
    window.resize(800, 600)
    for name in PAGES:
        window.pages.show_page(name)
        QApplication.processEvents()
        assert window.width() == 800, name
    button = window.sessions.editor.save_button
    assert button.text().startswith("Save for Maxi")
    assert long.name in button.accessibleName()
    assert long.name in button.toolTip()


def test_what_was_typed_in_the_first_moment_waits_too(start, path):
    program = start(path)
    program.desk.draft_keeping._first_look.start(60_000)  # nobody has looked at what was kept before
    program.desk.draft_keeping._drafts = None
    write(program.window.sessions.form.notes, "at once")
    choose(program.window, "sam")
    choose(program.window, "lee")
    assert program.window.sessions.form.draft().session.notes == "at once"


def test_the_overview_of_another_says_at_once_how_it_stands_with_the_backups(start, path, qtbot):
    program = start(path, page="overview")
    qtbot.waitUntil(lambda: program.desk.backing_up.sentence != "")
    choose(program.window, "sam")
    said = [label.text() for label in program.window.pages.overview.backups.findChildren(QLabel)]
    assert program.desk.backing_up.sentence in said


def test_undo_goes_back_to_whom_it_concerns(window):
    write(window.sessions.form.notes, "one more")
    window.actions_by_name["save"].trigger()
    assert notes(window) == ["of Lee", "one more"]
    choose(window, "sam")
    window.actions_by_name["undo"].trigger()
    assert window.store.person == LEE
    assert notes(window) == ["of Lee"]
    assert window.pages.person_button.text() == "Lee"


def test_somebody_is_added_with_a_name_of_their_own_and_taken_back(window):
    def name_them(dialog):
        write(dialog.name, "kim ott")
        dialog.accept()
        assert "called kim ott already" in dialog.fields["name"].problem_text
        write(dialog.name, "Noa")
        dialog.accept()

    def act(dialog: PeopleDialog) -> None:
        Answer(name_them)
        dialog.add_button.click()

    in_dialog(act)
    window.actions_by_name["people"].trigger()
    noa = window.store.person
    assert noa.name == "Noa"
    assert noa.colour == 4, "the first that nobody has"
    assert notes(window) == []
    window.actions_by_name["undo"].trigger()
    assert [one.name for one in window.store.people()] == ["Sam", "Kim Ott", "Lee"]
    assert window.store.person != noa


def test_somebody_goes_with_all_that_is_theirs_and_comes_back(window, boxes):
    def act(dialog: PeopleDialog) -> None:
        QTest.keyClicks(dialog.search, "kim")
        dialog.delete_button.click()

    in_dialog(act)
    window.actions_by_name["people"].trigger()
    question = boxes.take().text
    assert "Delete Kim Ott and all that is theirs, 1 session and 1 shedding record?" in question
    assert [one.name for one in window.store.people()] == ["Sam", "Lee"]
    assert window.store.person == LEE
    window.actions_by_name["undo"].trigger()
    assert window.store.person == KIM
    assert notes(window) == ["of Kim Ott"]


# The list


@pytest.fixture
def dialog(window, qtbot):
    made = PeopleDialog(window, [SAM, KIM, LEE], LEE)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(dialog: PeopleDialog) -> list[str]:
    items = [dialog.list.item(row) for row in range(dialog.list.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_people_stand_in_the_order_of_their_names_with_who_is_shown_chosen(dialog):
    assert shown(dialog) == ["Kim Ott", "Lee · shown now", "Sam"]
    assert dialog.chosen == LEE


def test_letters_narrow_the_list_and_arrows_go_on_in_it(dialog):
    QTest.keyClicks(dialog.search, "m")
    assert shown(dialog) == ["Kim Ott", "Sam"]
    assert dialog.chosen == KIM
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.chosen == SAM
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.answer is not None
    assert (dialog.answer.wish, dialog.answer.person) == (Wish.SHOW, SAM)


def test_nobody_is_chosen_where_nobody_is_called_that(dialog):
    QTest.keyClicks(dialog.search, "xyz")
    assert shown(dialog) == []
    assert dialog.nobody.isVisible()
    assert not dialog.show_button.isEnabled()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.answer is None


def test_the_only_person_cannot_be_deleted_and_nobody_where_it_is_read_only(window, qtbot):
    only = PeopleDialog(window, [SAM], SAM)
    reading = PeopleDialog(window, [SAM, KIM], SAM, is_read_only=True)
    for made in (only, reading):
        qtbot.addWidget(made)
        assert not made.delete_button.isEnabled()
        assert made.delete_button.toolTip()
    assert only.add_button.isEnabled()
    assert not reading.add_button.isEnabled()


def test_hostile_names_are_shown_as_they_are(window, qtbot):
    made = PeopleDialog(window, [SAM, Person(new_id(), "<b>Kim</b> &x")], SAM)
    qtbot.addWidget(made)
    assert "<b>Kim</b> &x" in shown(made)


# Devices


def test_a_device_is_of_one_or_of_everybody(window):
    from logbook.domain.device import Device

    window.pages.show_page("devices")

    def fill(dialog):
        dialog.owner.set_value(None)
        dialog.accept()

    Answer(fill)
    window.pages.current.add_device()
    Answer(lambda dialog: dialog.accept())
    window.pages.current.add_device()
    assert [one.person_id for one in window.store.of_person(Device)] == [None, LEE.id]
    choose(window, "kim")
    assert [one.person_id for one in window.store.of_person(Device)] == [None]
