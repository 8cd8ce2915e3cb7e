"""The person: every field in, every field out; blank is not recorded, and nothing typed is lost by accident."""

import datetime as dt
from dataclasses import replace

import pytest
from builders import TODAY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel
from ui.answers import Answer, marks, write

from logbook.domain.person import Person
from logbook.domain.session import DatedCondition, new_id
from logbook.domain.vocabulary import DATED_CONDITIONS, Condition, Sex, Zone
from logbook.ui.dialogs.person_dialog import PersonDialog, ask_person

BLANK = Person(new_id())
FULL = Person(
    new_id(),
    "Sam",
    dt.date(1990, 2, 28),
    Sex.FEMALE,
    frozenset({Zone.CROWN, Zone.HAIRLINE}),
    (DatedCondition(Condition.KELOID_TENDENCY), DatedCondition(Condition.ISOTRETINOIN, dt.date(2025, 1, 2))),
    "Dr Lee",
    dt.date(2026, 1, 2),
    "0.5\u00a0mm;\nonce a week",
)


@pytest.fixture
def show(qtbot):
    """Show a person."""

    def of(person):
        dialog = PersonDialog(None, person, (), TODAY)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return of


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
DAYS = st.none() | st.dates(dt.date(1900, 1, 1), TODAY)


@st.composite
def people(draw):
    chosen = draw(st.none() | st.lists(st.sampled_from(Condition), unique=True, max_size=4))
    dated = None
    if chosen is not None:
        dated = tuple(DatedCondition(one, draw(DAYS) if one in DATED_CONDITIONS else None) for one in chosen)
    return Person(
        "p" * 32,
        draw(TEXTS),
        draw(DAYS),
        draw(st.none() | st.sampled_from(Sex)),
        draw(st.none() | st.frozensets(st.sampled_from(Zone), max_size=4)),
        dated,
        draw(TEXTS),
        draw(DAYS),
        draw(TEXTS),
    )


@given(person=people())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_shown_reads_as_the_same_person(person, qapp):
    dialog = PersonDialog(None, person, (), TODAY)
    assert dialog.read() == (person, [])
    dialog.deleteLater()


def test_what_is_chosen_is_a_word_of_the_vocabulary_and_not_its_text(show):
    person, _ = show(FULL).read()
    assert type(person.sex) is Sex
    assert {type(zone) for zone in person.thinning_zones} == {Zone}
    assert {type(dated.condition) for dated in person.conditions} == {Condition}


def test_every_field_can_be_filled_in(show, qtbot):
    dialog = show(BLANK)
    for name, text in (("name", " Sam "), ("birth_date", "1990-02-28"), ("advice_from", "Dr Lee")):
        qtbot.keyClicks(dialog.fields[name].editor, text)
    write(dialog.advice_on, "2026-01-02")
    write(dialog.advice, "0.5 mm;\nonce a week")
    dialog.sex.setCurrentIndex(2)
    dialog.thinning.set_value([Zone.CROWN, Zone.HAIRLINE])
    dialog.conditions.set_value([Condition.KELOID_TENDENCY, Condition.ISOTRETINOIN])
    dialog.conditions.edited.emit()
    write(dialog.dated[Condition.ISOTRETINOIN], "2025-01-02")
    dialog.keep_button.click()
    assert dialog.record == replace(FULL, id=BLANK.id, advice="0.5 mm;\nonce a week")
    assert not dialog.isVisible()


def test_looked_and_nothing_thins_is_not_the_same_as_not_recorded(show, qtbot):
    dialog = show(BLANK)
    assert dialog.thinning.text() == "Not recorded"
    qtbot.keyClick(dialog.thinning, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.thinning._popup, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.thinning._popup, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.thinning.text() == "Looked: nothing thins"
    dialog.conditions.set_value(())
    person, _ = dialog.read()
    assert (person.thinning_zones, person.conditions) == (frozenset(), ())


def test_a_date_is_asked_for_with_its_condition(show):
    dialog = show(FULL)
    assert dialog.fields["isotretinoin_on"].isVisible()
    assert not dialog.fields["hair_transplant_on"].isVisible()
    dialog.conditions.set_value([Condition.HAIR_TRANSPLANT])
    dialog.conditions.edited.emit()
    assert dialog.fields["hair_transplant_on"].isVisible()
    assert dialog.read()[0].conditions == (DatedCondition(Condition.HAIR_TRANSPLANT),)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("birth_date", "2026-07-01", "lies in the future"),
        ("birth_date", "1899-12-31", "the earliest is 1900"),
        ("birth_date", "28/02/1990", "not a date such as 2026-03-01"),
        ("birth_date", "1990-02-30", "not a date such as 2026-03-01"),
        ("advice_on", "2026-07-01", "lies in the future"),
        ("isotretinoin_on", "1899-12-31", "the earliest is 1900"),
        ("isotretinoin_on", "soon", "not a date such as 2026-03-01"),
    ],
)
def test_a_wrong_date_is_told_at_its_field_and_nothing_is_kept(show, field, text, words):
    dialog = show(FULL)
    write(dialog.fields[field].editor, text)
    dialog.keep_button.click()
    assert dialog.isVisible()
    assert dialog.record is None
    assert list(marks(dialog)) == [field]
    assert words in marks(dialog)[field]
    assert dialog.fields[field].editor.hasFocus()
    write(dialog.fields[field].editor, "2000-01-01")
    dialog.keep_button.click()
    assert not dialog.isVisible()
    assert dialog.record is not None


@pytest.mark.parametrize("text", ["1900-01-01", "2026-06-30"])
def test_the_first_and_the_last_day_of_birth(show, text):
    dialog = show(BLANK)
    write(dialog.birth_date, text)
    dialog.keep_button.click()
    assert dialog.record.birth_date.isoformat() == text


def test_isotretinoin_may_end_in_the_future(show):
    dialog = show(FULL)
    write(dialog.dated[Condition.ISOTRETINOIN], "2027-01-01")
    dialog.keep_button.click()
    assert dialog.record.conditions[1].on == dt.date(2027, 1, 1)


# Leaving


def test_escape_leaves_at_once_where_nothing_was_typed(show, qtbot):
    dialog = show(FULL)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.record is None


@pytest.mark.parametrize("says_yes", [True, False])
def test_escape_asks_where_something_was_typed(show, qtbot, boxes, says_yes):
    boxes.says_yes = says_yes
    dialog = show(FULL)
    qtbot.keyClicks(dialog.name, "my")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Escape)
    assert "Leave without keeping" in boxes.take().text
    assert dialog.isVisible() is not says_yes
    assert dialog.record is None


def test_escape_asks_also_where_what_was_typed_cannot_be_read(show, qtbot, boxes):
    dialog = show(BLANK)
    qtbot.keyClicks(dialog.birth_date, "soon")
    dialog.cancel_button.click()
    assert "Leave" in boxes.take().buttons


def test_asking_gives_the_person_or_nothing(qapp):
    Answer(lambda dialog: write(dialog.name, "Ana"))
    assert ask_person(None, FULL, (), TODAY) == replace(FULL, name="Ana")
    Answer()
    assert ask_person(None, FULL, (), TODAY) is None


# Names, Tab, room


def test_tab_goes_through_the_fields_in_the_order_of_the_eye(show, qtbot):
    dialog = show(FULL)
    stops = [dialog.focusWidget()]
    while len(stops) < 30:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        if dialog.focusWidget() is stops[0]:
            break
        stops.append(dialog.focusWidget())
    visible = [field.editor for field in dialog.fields.values() if field.isVisible()]
    assert stops == [*visible, dialog.keep_button, dialog.cancel_button]
    for stop in stops:
        assert QAccessible.queryAccessibleInterface(stop).text(QAccessible.Text.Name).strip()


def test_no_two_labels_share_a_key(show):
    dialog = show(FULL)
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.buddy()]
    texts.append(dialog.keep_button.text())
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) == len(set(keys))


def test_a_small_window_scrolls_down_and_never_sideways(show):
    dialog = show(FULL)
    dialog.resize(dialog.minimumSizeHint().width(), 240)
    QApplication.processEvents()
    assert dialog._body.width() <= dialog._scroll.viewport().width()
    assert dialog._scroll.verticalScrollBar().maximum() > 0
