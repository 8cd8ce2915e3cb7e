"""A reason is chosen before anything is acknowledged, by mouse or by keys, and the words are the person's own."""

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from logbook.domain.person import Person
from logbook.domain.vocabulary import Reason, SkinSign
from logbook.services.findings import list_findings
from logbook.services.judged import JudgedHistory
from logbook.ui.widgets.acknowledge_row import AcknowledgeRow


@pytest.fixture
def findings(rules):
    session = a_session(depth=60, skin_signs=frozenset({SkinSign.PUSTULES}))
    return list_findings(JudgedHistory(rules, Person(session.person_id), (session,)), (), TODAY)


@pytest.fixture
def row(qtbot, findings):
    row = AcknowledgeRow()
    qtbot.addWidget(row)
    row.resize(440, 120)
    row.show_for(findings[1:2])
    row.show()
    row.activateWindow()
    qtbot.waitUntil(row.isActiveWindow)
    return row


@pytest.fixture
def answers(row):
    return QSignalSpy(row.answered)


def given(answers):
    return [tuple(answers.at(place)) for place in range(answers.count())]


def test_the_reasons_are_those_a_person_may_have(row):
    assert [row.reason.itemText(place) for place in range(row.reason.count())] == [
        "Choose a reason",
        "A clinician agreed",
        "Just this once",
        "It was done already, I record it late",
        "I disagree with the guidance",
        "In my own words",
    ]


def test_nothing_is_acknowledged_without_a_reason(row, answers, qtbot):
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert given(answers) == []
    assert row._problem.text() == "✕ Choose a reason first."
    assert row.reason.hasFocus()
    assert row.reason.accessibleDescription() == "Choose a reason first."
    row.reason.set_value(Reason.ONE_OFF)
    assert not row._problem.isVisible()
    assert row.reason.accessibleDescription() == ""


def test_own_words_must_be_written(row, answers, qtbot):
    row.reason.set_value(Reason.OWN_WORDS)
    row.words.setText("  ")
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert given(answers) == []
    assert row.words.hasFocus()
    qtbot.keyClicks(row.words, "x")
    assert not row._problem.isVisible()


@pytest.mark.parametrize("at", ["reason", "words", "button"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_acknowledges_once_from_wherever_one_is(row, answers, qtbot, at, key):
    row.reason.set_value(Reason.CLINICIAN_AGREED)
    row.words.setText(" Dr Moss ")
    getattr(row, at).setFocus()
    qtbot.keyClick(getattr(row, at), key)
    assert given(answers) == [(Reason.CLINICIAN_AGREED, "Dr Moss")]


def test_the_reason_can_be_typed(row, answers, qtbot):
    row.focus_first()
    qtbot.keyClicks(row.reason, "jus")
    qtbot.keyClick(row.reason, Qt.Key.Key_Return)
    assert given(answers) == [(Reason.ONE_OFF, "")]


def test_escape_goes_back(row, qtbot):
    gone = QSignalSpy(row.went_back)
    qtbot.keyClick(row.words, Qt.Key.Key_Escape)
    assert gone.count() == 1


def test_it_says_how_many_and_that_a_stop_stays(row, findings):
    assert row.button.text() == "&Acknowledge"
    assert not row._note.isVisible()
    row.show_for(findings)
    assert row.button.text() == f"&Acknowledge {len(findings)} findings"
    assert row._note.text() == "A stop stays in view when it is acknowledged."
    assert row._note.isVisible()
    row.show_for(())
    assert row.isHidden()


def test_what_was_typed_stays_while_more_is_chosen_until_it_is_cleared(row, findings):
    row.reason.set_value(Reason.DISAGREE)
    row.words.setText("because")
    row.show_for(findings)
    assert (row.reason.value(), row.words.text()) == (Reason.DISAGREE, "because")
    row.clear()
    assert (row.reason.value(), row.words.text()) == (None, "")


def test_keys_go_from_the_reason_to_the_words_to_the_button(row, qtbot):
    row.focus_first()
    for following in (row.words, row.button):
        qtbot.keyClick(row.focusWidget(), Qt.Key.Key_Tab)
        assert following.hasFocus()


@pytest.mark.parametrize("width", [350, 900])
def test_nothing_is_cut_off(row, width, qtbot):
    row.resize(width, 120)
    qtbot.waitUntil(lambda: (row.words.x() > row.reason.x()) is (width > 600))
    assert row.words.geometry().right() < row.width()
    assert row.button.geometry().right() < row.width()
    assert row.button.width() >= row.button.sizeHint().width()
