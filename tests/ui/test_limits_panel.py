"""The list of agreed limits: whether each counts, and everything that can be done with it, undone by name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton
from ui.answers import Answer, write
from ui.conftest import add

from logbook.domain.edit import Edit
from logbook.domain.person import AgreedLimit, Person
from logbook.domain.session import new_id
from logbook.domain.vocabulary import Severity
from logbook.services.journal import open_journal
from logbook.services.limits import State
from logbook.ui.pages.limit_model import COLUMNS
from logbook.ui.pages.limits_panel import LimitsPanel
from logbook.ui.store import Store

MARCH = date(2026, 3, 3)
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def some(store):
    """A limit that counts, one that expired and one that can never count."""
    me = store.person.id
    limits = {
        "counts": AgreedLimit(new_id(), me, "D01", "over", 60, "Dr Ada Moss", MARCH, date(2026, 12, 3), "Until then."),
        "expired": AgreedLimit(new_id(), me, "I01", "rest_over_30", 5, "Dr Lee", MARCH, TODAY - timedelta(days=1)),
        "never": AgreedLimit(new_id(), me, "H01", "shared", 1, "Dr Lee", MARCH),
    }
    add(store, *limits.values())
    return limits


@pytest.fixture
def show(qtbot):
    """Show the limits of a store."""

    def of(store, width=1200):
        panel = LimitsPanel(store)
        qtbot.addWidget(panel)
        panel.resize(width, 600)
        panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        return panel

    return of


@pytest.fixture
def panel(store, some, show):
    return show(store)


def cells(panel, name):
    return [panel.model.index(row, PLACES[name]).data() for row in range(panel.model.rowCount())]


def choose(panel, limit):
    panel.table.selectRow(panel.model.row_of(limit.id))


def limits_of(store):
    return {limit.id: limit for limit in store.of_person(AgreedLimit)}


# What is shown


def test_without_a_limit_there_is_one_sentence_and_one_button(store, show):
    panel = show(store)
    assert [one for one in panel.findChildren(QAbstractButton) if one.isVisible()] == [panel.add_first_button]
    panel.focus_first()
    assert panel.add_first_button.hasFocus()


def test_each_limit_stands_beside_what_is_published_and_says_whether_it_counts(panel, qtmodeltester):
    qtmodeltester.check(panel.model, force_py=False)
    assert cells(panel, "rule") == ["Depth at home (D01)", "Rest at home (I01)", "Shared needles (H01)"]
    assert cells(panel, "line") == ["Deepest depth", "Days of rest after more than 0.3 mm, up to 0.5 mm", "shared"]
    assert cells(panel, "agreed") == ["0.6 mm", "5 days", "1"]
    assert cells(panel, "published") == ["0.3 mm", "7 days", "—"]
    assert cells(panel, "with") == ["Dr Ada Moss", "Dr Lee", "Dr Lee"]
    assert cells(panel, "on") == ["3 Mar 2026"] * 3
    assert cells(panel, "until") == ["3 Dec 2026", "29 Jun 2026", "—"]
    assert cells(panel, "state") == ["Counts now", "Expired", "Never counts"]


def test_the_chosen_limit_is_told_in_sentences(panel, some):
    assert "published: 0.3 mm" in panel.details.text()
    assert panel.details.text().endswith("Until then.")
    choose(panel, some["expired"])
    assert "Expired: the last day was 29 June 2026." in panel.details.text()
    choose(panel, some["never"])
    assert "is a rule that no agreement can move" in panel.details.text()


def test_it_is_said_which_rules_nobody_moves(panel):
    assert panel.immovable.isVisible()
    for rule in ("H01", "C01", "R02"):
        assert rule in panel.immovable.text()


def test_a_limit_of_another_person_is_not_shown(store, some, show):
    first, other = store.person, Person(new_id(), "Kim")
    add(store, other)
    add(store, AgreedLimit(new_id(), other.id, "D01", "over", 60, "Dr Lee", MARCH))
    store.show_person(first)
    assert show(store, 1000).model.rowCount() == 3


@pytest.mark.parametrize("width", [420, 560, 1000, 1400])
def test_nothing_scrolls_sideways_and_the_state_stays_in_sight(store, some, show, width):
    panel = show(store, width)
    shown = [column for column in range(len(COLUMNS)) if not panel.table.isColumnHidden(column)]
    assert {PLACES["rule"], PLACES["agreed"], PLACES["state"]} <= set(shown)
    widths = sum(panel.table.columnWidth(column) for column in shown)
    assert widths <= panel.table.viewport().width()
    assert width < 500 or widths == panel.table.viewport().width()  # nor does it end before the edge
    assert width < 1400 or len(shown) == len(COLUMNS)


# What can be done


def test_a_limit_is_added_judged_by_and_taken_back(store, show, qtbot):
    panel = show(store)
    session = a_session(TODAY, 60, person_id=store.person.id, professional_advice=True)
    add(store, session)
    said = QSignalSpy(panel.said)

    def fill(dialog):
        write(dialog.value, "0.6")
        write(dialog.agreed_with, "Dr Ada Moss")

    assert store.judged.verdict(session).severity is Severity.CAUTION
    Answer(fill)
    qtbot.mouseClick(panel.add_first_button, Qt.MouseButton.LeftButton)
    assert cells(panel, "state") == ["Counts now"]
    assert said.at(0)[0] == "Agree a limit on Depth at home: done. Undo takes it back."
    assert store.undo_stack.undoText() == "agree a limit on Depth at home"
    verdict = store.judged.verdict(session)
    assert verdict.severity is Severity.CLEAN
    assert verdict.findings[0].agreed == "Published: caution; agreed with Dr Ada Moss on 30 June 2026: clean."
    store.undo()
    assert panel.model.rowCount() == 0
    assert panel.add_first_button.isVisible()
    assert store.judged.verdict(session).severity is Severity.CAUTION


def test_leaving_the_dialog_adds_nothing(panel, store, qtbot):
    Answer()
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    assert panel.model.rowCount() == 3
    assert store.undo_stack.count() == 1


def test_enter_changes_the_limit_that_is_chosen(panel, store, some, qtbot):
    Answer(lambda dialog: write(dialog.value, "0.5"))
    panel.focus_first()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert limits_of(store)[some["counts"].id] == replace(some["counts"], value=50)
    assert store.undo_stack.undoText() == "change a limit on Depth at home"
    assert panel.chosen.limit.id == some["counts"].id


def test_changing_nothing_says_so_and_writes_nothing(panel, store, qtbot):
    said = QSignalSpy(panel.said)
    Answer(lambda dialog: None)
    qtbot.mouseClick(panel.change_button, Qt.MouseButton.LeftButton)
    assert said.at(0)[0] == "Nothing was changed."
    assert store.undo_stack.count() == 1


def test_a_limit_is_ended_on_a_day(panel, store, some, qtbot):
    Answer(lambda dialog: write(dialog.day, "2026-06-29"))
    qtbot.mouseClick(panel.end_button, Qt.MouseButton.LeftButton)
    assert limits_of(store)[some["counts"].id].until == date(2026, 6, 29)
    assert panel.chosen.state is State.EXPIRED
    assert not panel.end_button.isEnabled()
    store.undo()
    assert panel.chosen.state is State.COUNTS
    assert panel.end_button.isEnabled()


def test_ending_it_on_its_own_last_day_writes_nothing(panel, store, qtbot):
    said = QSignalSpy(panel.said)
    Answer(lambda dialog: write(dialog.day, "2026-12-03"))
    qtbot.mouseClick(panel.end_button, Qt.MouseButton.LeftButton)
    assert said.at(0)[0] == "Nothing was changed."
    assert store.undo_stack.count() == 1


def test_a_limit_is_deleted_and_the_next_one_is_chosen(panel, store, some, qtbot):
    choose(panel, some["expired"])
    qtbot.mouseClick(panel.delete_button, Qt.MouseButton.LeftButton)
    assert some["expired"].id not in limits_of(store)
    assert panel.chosen.limit == some["never"]
    assert store.undo_stack.undoText() == "delete a limit on Rest at home"
    store.undo()
    assert some["expired"].id in limits_of(store)


def test_what_can_never_count_can_only_be_deleted(panel, some, qtbot):
    choose(panel, some["never"])
    enabled = [b.isEnabled() for b in (panel.change_button, panel.end_button, panel.delete_button)]
    assert enabled == [False, False, True]
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)  # no dialog comes
    choose(panel, some["expired"])
    assert (panel.change_button.isEnabled(), panel.end_button.isEnabled()) == (True, False)


def test_an_edit_while_the_panel_is_away_shows_when_it_is_back(panel, store, some):
    panel.hide()
    store.do(Edit.removing("delete", [some["never"]]))
    assert panel.model.rowCount() == 3
    panel.show()
    assert panel.model.rowCount() == 2


def test_a_logbook_open_for_reading_only_offers_nothing_that_writes(path, rules, some, store, journal, show, qtbot):
    journal.close()
    reading = open_journal(path, rules, create=False, read_only=True)
    only = Store(reading, today=lambda: TODAY)
    panel = show(only)
    assert panel.model.rowCount() == 3
    for button in (panel.add_button, panel.change_button, panel.end_button, panel.delete_button):
        assert not button.isEnabled()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    panel.deleteLater()
    reading.close()


# Keys and names


def test_the_keyboard_reaches_everything_in_the_order_of_the_eye(panel, qtbot):
    panel.focus_first()
    here = panel.table
    for button in (panel.add_button, panel.change_button, panel.end_button, panel.delete_button):
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        assert button.hasFocus(), button.text()
        here = button
    assert QAccessible.queryAccessibleInterface(panel.table).text(QAccessible.Text.Name)
