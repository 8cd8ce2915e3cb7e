"""The form of a shedding record: every field in, every field out, nothing made up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import SAM, TODAY
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QLabel
from ui.answers import write

from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingDraft, SheddingRecord
from logbook.domain.vocabulary import HairLength, SheddingMethod
from logbook.ui.widgets.shedding_form import SheddingForm

BLANK = SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.COMB_60S)
FULL = SheddingRecord(
    new_id(),
    SAM,
    date(2026, 3, 2),
    SheddingMethod.DAY_TOTAL,
    120,
    True,
    3,
    HairLength.LONG,
    1,
    0,
    3,
    "salon",
    "two\nlines",
)


@pytest.fixture
def form(qtbot):
    made = SheddingForm()
    qtbot.addWidget(made)
    made.resize(380, 700)
    made.show()
    return made


def show(form, record, **but):
    form.set_draft(SheddingDraft(replace(record, **but)))


def problems(form):
    return {problem.field: problem.message for problem in form.draft().problems(TODAY)}


@pytest.mark.parametrize(
    "record",
    [
        BLANK,
        FULL,
        replace(BLANK, method=SheddingMethod.ESTIMATE, value=0),
        replace(BLANK, method=SheddingMethod.SINCLAIR, value=6),
        replace(BLANK, value=0, notes=" odd\u00a0space "),
        replace(BLANK, session_id=new_id(), value=1000),
    ],
)
def test_what_is_shown_reads_as_the_same_record(form, record):
    show(form, record)
    assert form.draft() == SheddingDraft(record)


def test_nothing_recorded_stays_not_recorded(form):
    show(form, FULL)
    show(form, BLANK)
    record = form.draft().record
    assert record == BLANK
    assert (record.value, record.itch, record.flaking, record.redness, record.hair_length) == (None,) * 5


def test_every_field_can_be_filled_in(form):
    show(form, BLANK)
    form.day.set_value(FULL.date)
    form.method.set_value(FULL.method)
    write(form.count, "120")
    form.more_box.click()
    write(form.wash, "3")
    form.hair_length.set_value(HairLength.LONG)
    for name, grade in (("itch", 1), ("flaking", 0), ("redness", 3)):
        form.scalp[name].set_value(grade)
    form.exclude_box.click()
    write(form.reason, "salon")
    write(form.notes, "two\nlines")
    assert form.draft() == SheddingDraft(replace(FULL, id=BLANK.id))


def test_more_than_can_be_typed(form):
    show(form, BLANK)
    write(form.count, ">200")
    record = form.draft().record
    assert (record.value, record.is_more_than) == (200, True)
    show(form, record)
    assert (form.count.text(), form.more_box.isChecked()) == ("200", True)


def test_more_than_nothing_is_asked_about(form):
    show(form, BLANK)
    form.more_box.click()
    assert problems(form) == {"value": "More than how many? Write the number at which you gave up counting."}
    form.set_draft(form.draft())
    assert form.more_box.isChecked()


def test_what_is_left_out_of_trends_says_why(form):
    show(form, BLANK)
    assert not form._fields["excluded_because"].isVisible()
    form.exclude_box.click()
    assert form._fields["excluded_because"].isVisible()
    assert problems(form) == {"excluded_because": "Say in a few words why it is left out."}
    write(form.reason, " ")
    assert "excluded_because" in problems(form)
    write(form.reason, "counted in a salon")
    assert form.draft() == SheddingDraft(replace(BLANK, excluded_because="counted in a salon"))
    form.exclude_box.click()
    assert form.draft().record.excluded_because is None


@pytest.mark.parametrize(
    ("name", "text", "field", "words"),
    [
        ("count", "many", "value", "is not a count"),
        ("count", "200000", "value", "does not fit this method, which goes from 0 to 100000"),
        ("wash", "400", "days_since_wash", "which is from 0 to 366"),
        ("wash", "two", "days_since_wash", "not a number"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_stays_typed(form, name, text, field, words):
    show(form, BLANK)
    write(getattr(form, name), text)
    draft = form.draft()
    assert list(problems(form)) == [field]
    assert words in problems(form)[field]
    form.show_problems(draft.problems(TODAY))
    assert words in form._fields[field].problem_text
    form.set_draft(draft)
    assert getattr(form, name).text() == text
    form.focus_problem(draft.problems(TODAY)[0])


def test_a_suggestion_is_taken(form, qtbot):
    show(form, BLANK)
    write(form.count, "1,200")
    form.show_problems(form.draft().problems(TODAY))
    (offer,) = [one for one in form._fields["value"].findChildren(QAbstractButton) if one.isVisible()]
    with qtbot.waitSignal(form.draft_changed):
        offer.click()
    assert form.draft().record.value == 1200


def test_tomorrow_is_a_problem_of_the_date(form):
    show(form, BLANK, date=TODAY + timedelta(days=1))
    assert list(problems(form)) == ["date"]


@pytest.mark.parametrize(
    ("method", "grade", "caption"),
    [
        (SheddingMethod.ESTIMATE, 0, "Hardly a hair"),
        (SheddingMethod.ESTIMATE, 3, "Far more than you are used to"),
        (SheddingMethod.SINCLAIR, 4, "the most that counts as usual"),
        (SheddingMethod.SINCLAIR, 5, "counts as excessive"),
    ],
)
def test_a_grade_says_what_one_sees(form, method, grade, caption):
    show(form, BLANK, method=method)
    assert not form.caption.isVisible()
    assert not form._fields["value"].isVisible()
    assert not form.more_box.isVisible()
    form.grades[method].set_value(grade)
    assert caption in form.caption.text()
    assert form.caption.isVisible()
    assert form.draft().record.value == grade


def test_another_method_asks_for_another_answer(form):
    show(form, BLANK, value=42)
    form.method.set_value(SheddingMethod.ESTIMATE)
    assert form.draft().record.value is None
    form.focus_first()
    form.method.set_value(SheddingMethod.DAY_TOTAL)
    assert form.draft().record.value == 42


def test_the_form_says_what_the_person_changes_and_nothing_else(form, qtbot):
    spy = QSignalSpy(form.draft_changed)
    show(form, FULL)
    form.settle()
    assert spy.count() == 0
    write(form.wash, "4")
    write(form.wash, "5")
    form.count.textEdited.emit("")
    qtbot.waitUntil(lambda: spy.count() == 1)
    assert spy.at(0)[0].record.days_since_wash == 5


def test_every_field_has_a_name_and_no_two_share_a_key(form):
    for name, field in form._fields.items():
        assert field.editor.accessibleName(), name
    texts = [label.text() for label in form.findChildren(QLabel) if label.buddy()]
    texts += [form.more_box.text(), form.exclude_box.text()]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(set(keys)) == len(keys)
