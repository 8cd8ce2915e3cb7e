"""What another guidance says now, worked out elsewhere and shown: counted, listed, opened, never rewritten."""

import json
import threading
from datetime import timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from ui.conftest import add

from logbook.domain.edit import Edit
from logbook.domain.person import AgreedLimit
from logbook.domain.session import GivenVerdict, Session, new_id
from logbook.domain.vocabulary import Severity
from logbook.services import changes
from logbook.ui.pages.change_model import BECAUSE, DATE, EDITION, NOW, THEN
from logbook.ui.pages.changes_panel import ChangesPanel
from logbook.ui.widgets.rows_model import SEVERITY_ROLE

OLD = "2026.1+0000aaaa"


def then(severity, *findings, edition=OLD):
    kept = [{"rule": rule, "severity": word, "message": "", "facts": {}} for rule, word in findings]
    return GivenVerdict(edition, severity, json.dumps(kept))


@pytest.fixture
def some(store):
    """Two sessions that changed alike, one that stayed, and one of today's guidance."""
    same = then(Severity.CAUTION, ("D01", "caution"), ("P01", "caution"))
    sessions = [
        a_session(TODAY - timedelta(days=days_ago), 60, person_id=store.person.id, given=given)
        for days_ago, given in (
            (0, then(Severity.CLEAN)),
            (30, then(Severity.CLEAN)),
            (60, same),
            (90, then(Severity.CLEAN, edition=store.journal.rules.edition)),
        )
    ]
    add(store, *sessions)
    return sessions


@pytest.fixture
def show(qtbot):
    """Show the changes of a store, and wait until they are known."""

    def of(store, width=1100):
        panel = ChangesPanel(store)
        qtbot.addWidget(panel)
        panel.resize(width, 600)
        with qtbot.waitSignal(panel.counted):
            panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        return panel

    return of


def cells(panel, column):
    return [panel.model.index(row, column).data() for row in range(panel.model.rowCount())]


# What is shown


def test_without_a_session_of_another_guidance_there_is_one_sentence(store, show):
    add(store, a_session(person_id=store.person.id))
    panel = show(store)
    assert panel.headline.text() == f"Guidance {store.journal.rules.version}"
    assert panel.summary.text() == "No session was judged by another guidance than that of today."
    assert not any(one.isVisible() for one in (panel.table, panel.kept, panel.details, panel.progress, panel.editions))


def test_where_all_stayed_the_same_it_says_so(store, some, show):
    store.do(Edit.removing("delete", some[:2]))
    panel = show(store)
    assert panel.editions.text() == "Judged by another guidance when saved: 1 session by 2026.1."
    assert panel.summary.text() == "The guidance of today says the same of all of them."
    assert not panel.table.isVisible()


def test_what_changed_is_summed_up_and_listed_with_why(store, some, show, qtmodeltester):
    panel = show(store)
    qtmodeltester.check(panel.model, force_py=False)
    assert panel.editions.text() == "Judged by another guidance when saved: 3 sessions by 2026.1."
    assert panel.summary.text() == (
        "2 sessions changed, from clean to caution, because of D01 Depth at home "
        "and P01 Professional advice beyond 0.50 mm."
    )
    assert panel.kept.text().startswith("Nothing was rewritten")
    assert cells(panel, DATE) == ["30 Jun 2026", "31 May 2026"]
    assert cells(panel, THEN) == ["Clean", "Clean"]
    assert cells(panel, EDITION) == ["2026.1", "2026.1"]
    assert cells(panel, NOW) == ["Caution", "Caution"]
    first = panel.model.index(0, THEN)
    assert first.data(SEVERITY_ROLE) is Severity.CLEAN
    assert panel.model.index(0, NOW).data(SEVERITY_ROLE) is Severity.CAUTION
    why = "D01 Depth at home: now caution; P01 Professional advice beyond 0.50 mm: now caution"
    assert cells(panel, BECAUSE) == [why, why]
    assert panel.details.text() == f"30 June 2026: clean by guidance 2026.1; caution by that of today. {why}."
    assert not panel.progress.isVisible()


def test_the_session_keeps_the_verdict_it_was_given(store, some, show, journal):
    show(store)
    assert {one.id: one.given for one in journal.all(Session)} == {one.id: one.given for one in some}
    assert store.undo_stack.count() == 1


def test_what_cannot_be_read_is_listed_and_told(store, show):
    add(store, a_session(person_id=store.person.id, given=GivenVerdict(OLD, Severity.CLEAN, "{broken")))
    panel = show(store)
    assert panel.summary.text() == "1 session: what was found then cannot be read."
    assert panel.details.text().endswith("What was found then cannot be read.")


@pytest.mark.parametrize("width", [420, 600, 1100])
def test_nothing_scrolls_sideways(store, some, show, width):
    panel = show(store, width)
    shown = [column for column in range(5) if not panel.table.isColumnHidden(column)]
    assert sum(panel.table.columnWidth(column) for column in shown) <= panel.table.viewport().width()
    assert {DATE, THEN, NOW, BECAUSE} <= set(shown)


# Opening a session


def test_enter_and_a_double_click_open_the_session(store, some, show, qtbot):
    panel = show(store)
    wanted = QSignalSpy(panel.session_wanted)
    panel.focus_first()
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    place = panel.table.visualRect(panel.model.index(0, DATE)).center()
    for click in (qtbot.mouseClick, qtbot.mouseDClick):
        click(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [wanted.at(place)[0] for place in range(wanted.count())] == [some[1].id, some[0].id]
    assert QAccessible.queryAccessibleInterface(panel.table).text(QAccessible.Text.Name)


# When it is worked out


def test_it_is_worked_out_off_the_windows_thread(store, some, show, monkeypatch):
    where = []

    def watched(*arguments):
        where.append(threading.current_thread())
        return changes.changed_verdicts(*arguments)

    monkeypatch.setattr("logbook.ui.pages.changes_panel.changed_verdicts", watched)
    show(store)
    assert len(where) == 1
    assert where[0] is not threading.main_thread()


def test_without_such_a_session_nothing_is_worked_out(store, show, monkeypatch):
    monkeypatch.delattr("logbook.ui.pages.changes_panel.changed_verdicts")
    add(store, a_session(person_id=store.person.id))
    assert show(store).model.rowCount() == 0


def test_it_may_begin_before_it_is_seen_and_does_not_begin_again_then(store, some, qtbot):
    panel = ChangesPanel(store)
    qtbot.addWidget(panel)
    counted = QSignalSpy(panel.counted)
    with qtbot.waitSignal(panel.counted):
        panel.begin()
    panel.show()
    assert not panel.progress.isVisible()
    assert [counted.at(place)[0] for place in range(counted.count())] == [2]
    assert panel.model.rowCount() == 2


def test_while_it_is_worked_out_it_says_so(store, some, qtbot):
    panel = ChangesPanel(store)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.progress.isVisible()
    assert panel.summary.text() == "Judging again what an earlier guidance judged…"
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)


def test_an_edit_and_its_undo_are_followed(store, some, show, qtbot):
    panel = show(store)
    with qtbot.waitSignal(panel.counted):
        store.do(Edit.removing("delete", [some[1]]))
    assert cells(panel, DATE) == ["30 Jun 2026"]
    with qtbot.waitSignal(panel.counted):
        store.undo()
    assert panel.model.rowCount() == 2
    panel.hide()
    store.do(Edit.removing("delete", [some[1]]))
    assert panel.model.rowCount() == 2
    with qtbot.waitSignal(panel.counted):
        panel.show()
    assert panel.model.rowCount() == 1


def test_an_agreed_limit_is_counted_in(store, some, show, qtbot):
    panel = show(store)
    limits = [
        AgreedLimit(new_id(), store.person.id, rule, "over", 60, "Dr Lee", TODAY - timedelta(days=9))
        for rule in ("D01", "P01")
    ]
    with qtbot.waitSignal(panel.counted):
        add(store, *limits)
    assert cells(panel, DATE) == ["31 May 2026"]  # before it was agreed


def test_only_the_last_of_several_answers_is_shown(store, some, show, qtbot):
    panel = show(store)
    counted = QSignalSpy(panel.counted)
    for session in some[:2]:
        store.do(Edit.removing("delete", [session]))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    assert [counted.at(place)[0] for place in range(counted.count())] == [0]
    assert panel.summary.text() == "The guidance of today says the same of all of them."


def test_an_answer_to_a_panel_that_is_gone_is_dropped(store, some, qtbot):
    panel = ChangesPanel(store)
    panel.begin()
    panel.deleteLater()
    QApplication.sendPostedEvents(panel, QEvent.Type.DeferredDelete)
    after = ChangesPanel(store)  # its answer comes after that of the one before
    qtbot.addWidget(after)
    with qtbot.waitSignal(after.counted):
        after.begin()
    assert after.model.rowCount() == 2


def test_it_can_be_drawn_again_in_other_colours(store, some, show):
    panel = show(store)
    panel.restyle()
    assert not panel.grab().isNull()
