"""One agreed limit: asked beside what is published, given back, and refused in words where it cannot be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import SAM, TODAY
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel
from ui.answers import Answer, marks, write

from logbook.domain.person import AgreedLimit
from logbook.guidance.agreed import bounds
from logbook.guidance.loader import load_rules
from logbook.ui.dialogs.limit_dialog import LastDayDialog, LimitDialog, ask_last_day, ask_limit

RULES = load_rules()
MARCH = date(2026, 3, 3)
FULL = AgreedLimit(
    "l" * 32, SAM, "I01", "rest_over_50", 10, "Dr Ada Moss", MARCH, date(2026, 12, 3), "two\nlines\u00a0here"
)
EVERY_LINE = [(rule, line) for rule in RULES.rules for line in rule.lines]


@pytest.fixture
def show(qtbot):
    """Show a limit, or begin a new one."""

    def of(limit=None):
        dialog = LimitDialog(None, RULES, SAM, limit, TODAY)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return of


def choose(box, text):
    box.setCurrentIndex(box.findText(text, Qt.MatchFlag.MatchContains))


@pytest.mark.parametrize(("rule", "line"), EVERY_LINE, ids=lambda one: getattr(one, "id", getattr(one, "name", "")))
def test_what_is_shown_reads_as_the_same_limit(show, rule, line):
    for value in (*bounds(rule, line), line.published):
        limit = replace(FULL, rule=rule.id, parameter=line.name, value=value)
        assert show(limit).read() == (limit, [])
    assert show(replace(FULL, until=None)).read() == (replace(FULL, until=None), [])


def test_only_the_rules_that_may_be_moved_are_offered_each_with_its_own_lines(show):
    dialog = show()
    offered = {dialog.rule.itemText(place) for place in range(dialog.rule.count())}
    assert offered == {f"{rule.title} ({rule.id})" for rule in RULES.rules if rule.is_negotiable}
    for rule in (rule for rule in RULES.rules if rule.is_negotiable):
        choose(dialog.rule, f"({rule.id})")
        lines = [dialog.line.itemText(place) for place in range(dialog.line.count())]
        assert lines == [line.words for line in rule.lines]
        assert dialog.line.value() == rule.lines[0]


def test_every_field_can_be_filled_in(show):
    dialog = show()
    choose(dialog.rule, "(I01)")
    choose(dialog.line, "more than 0.5 mm, up to 1.0 mm")
    for editor, text in (
        (dialog.value, "10"),
        (dialog.agreed_with, " Dr Ada Moss "),
        (dialog.agreed_on, "2026-03-03"),
        (dialog.until, "2026-12-03"),
        (dialog.notes, "two\nlines"),
    ):
        write(editor, text)
    dialog.keep_button.click()
    assert dialog.record == replace(FULL, id=dialog.record.id, notes="two\nlines")
    assert len(dialog.record.id) == 32


@pytest.mark.parametrize("text", ["0.5", "0,5", " 0.50 mm"])
def test_a_depth_is_typed_with_a_point_or_a_comma(show, text):
    dialog = show()
    write(dialog.value, text)
    write(dialog.agreed_with, "Dr Lee")
    dialog.keep_button.click()
    assert (dialog.record.rule, dialog.record.value, dialog.record.agreed_on) == ("D01", 50, TODAY)


# What is said while it is typed


def test_the_published_value_is_always_in_sight_and_follows_the_line(show):
    dialog = show()
    assert dialog.published.isVisible()
    assert dialog.published.text() == "Published: 0.3 mm\nWrite it in millimetres, such as 0.5."
    choose(dialog.rule, "(I01)")
    choose(dialog.line, "more than 0.3 mm, up to 0.5 mm")
    assert dialog.published.text() == "Published: 7 days\nWrite a number of days."
    assert dialog.value.accessibleName() == "Agreed value. Published: 7 days. Write a number of days."
    choose(dialog.rule, "(T02)")
    assert dialog.published.text().startswith("Published: 12 passes")


def test_it_says_while_one_types_whether_the_rule_is_loosened_or_tightened(show):
    dialog = show()
    said = {}
    for text in ("", "0.5", "0.25", "0.3", "much"):
        write(dialog.value, text)
        said[text] = dialog.effect.text()
        assert dialog.value.accessibleDescription() == dialog.effect.text()
    assert said[""] == said["much"] == "With a value, this says whether it is looser or tighter."
    assert "loosens" in said["0.5"]
    assert "tightens" in said["0.25"]
    assert "nothing changes" in said["0.3"]
    write(dialog.value, "10")
    choose(dialog.rule, "(I01)")
    assert "tightens" in dialog.effect.text()


# What is wrong


def test_an_empty_form_says_what_is_needed_and_goes_to_the_first(show):
    dialog = show()
    dialog.keep_button.click()
    assert dialog.isVisible()
    assert dialog.record is None
    assert marks(dialog) == {
        "value": "✕ A number is needed here.",
        "agreed_with": "✕ Name the clinician it was agreed with.",
    }
    assert dialog.value.hasFocus()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("value", "much", "is not a number"),
        ("value", "9", "between 0.05 and 5.00 mm"),
        ("value", "0.305", "at most two decimals"),
        ("agreed_on", "", "A day is needed here."),
        ("agreed_on", "3.3.2026", "is not a date"),
        ("agreed_on", (TODAY + timedelta(days=1)).isoformat(), "in the future"),
        ("agreed_on", "1949-12-31", "too long ago"),
        ("until", "2026-03-02", "before the day it was agreed"),
        ("until", "soon", "is not a date"),
        ("agreed_with", "  ", "Name the clinician"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_alone(show, name, text, said):
    dialog = show(replace(FULL, rule="D01", parameter="over", value=50))
    write(dialog.fields[name].editor, text)
    dialog.keep_button.click()
    assert dialog.record is None
    assert list(marks(dialog)) == [name]
    assert said in marks(dialog)[name]


def test_a_value_typed_tenfold_offers_the_one_that_was_meant(show, qtbot):
    dialog = show()
    write(dialog.value, "15")
    dialog.keep_button.click()
    assert "Did you mean 1.5?" in marks(dialog)["value"]
    qtbot.mouseClick(dialog.fields["value"]._offer, Qt.MouseButton.LeftButton)
    assert dialog.value.text() == "1.5"
    assert "loosens" in dialog.effect.text()


# Keys and names


def test_tab_goes_through_the_fields_in_the_order_of_the_eye(show, qtbot):
    dialog = show()
    order = [dialog.rule, dialog.line, dialog.value, dialog.agreed_with, dialog.agreed_on, dialog.until, dialog.notes]
    assert dialog.rule.hasFocus()
    for editor in [*order[1:], dialog.keep_button, dialog.cancel_button]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert editor.hasFocus(), editor.accessibleName()


def test_every_editor_has_a_name_and_every_label_shows_what_is_typed_as_it_is(show):
    dialog = show(FULL)
    for field in dialog.fields.values():
        assert QAccessible.queryAccessibleInterface(field.editor).text(QAccessible.Text.Name)
    for label in (dialog.published, dialog.effect):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert all(label.textFormat() is not Qt.TextFormat.RichText for label in dialog.findChildren(QLabel))


# Asking


def test_asking_gives_the_limit_or_nothing(qtbot, boxes):
    def fill(dialog):
        write(dialog.value, "0.5")
        write(dialog.agreed_with, "Dr Lee")

    answer = Answer(fill)
    limit = ask_limit(None, RULES, SAM, None, TODAY)
    assert answer.title == "Add agreed limit"
    assert (limit.person_id, limit.value, limit.agreed_with, limit.until) == (SAM, 50, "Dr Lee", None)
    answer = Answer(lambda dialog: write(dialog.value, "12"))
    assert ask_limit(None, RULES, SAM, FULL, TODAY) == replace(FULL, value=12)
    assert answer.title == "Change agreed limit"
    Answer()
    assert ask_limit(None, RULES, SAM, FULL, TODAY) is None


def test_leaving_asks_first_where_something_was_typed(show, qtbot, boxes):
    dialog = show(FULL)
    dialog.reject()
    assert not dialog.isVisible()
    dialog = show(FULL)
    boxes.says_yes = False
    choose(dialog.rule, "(D01)")
    dialog.reject()
    assert dialog.isVisible()
    assert "Leave without keeping" in boxes.take().text


# The last day


@pytest.fixture
def last_day(qtbot):
    dialog = LastDayDialog(None, "Rest at home (I01)", FULL, TODAY)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_last_day_is_proposed_as_today_and_never_before_it_was_agreed(last_day, qtbot):
    assert last_day.day.text() == TODAY.isoformat()
    for text, said in (
        ("", "A day is needed here."),
        ("2026-03-02", "before the day it was agreed, 3 March 2026"),
        ("x", "is not a date"),
    ):
        write(last_day.day, text)
        last_day.keep_button.click()
        assert said in marks(last_day)["until"]
    write(last_day.day, "2026-03-03")
    last_day.keep_button.click()
    assert last_day.record == MARCH
    later = LastDayDialog(None, "", replace(FULL, agreed_on=TODAY + timedelta(days=9)), TODAY)
    qtbot.addWidget(later)
    assert later.read() == (TODAY + timedelta(days=9), [])


def test_asking_for_the_last_day_gives_it_or_nothing(qtbot):
    answer = Answer(lambda dialog: write(dialog.day, "2026-07-01"))
    assert ask_last_day(None, "Rest at home (I01)", FULL, TODAY) == date(2026, 7, 1)
    assert answer.title == "End: Rest at home (I01)"
    Answer()
    assert ask_last_day(None, "Rest at home (I01)", FULL, TODAY) is None
