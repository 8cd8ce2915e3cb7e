"""A life event: every field in, every field out, and days that follow one another."""

from dataclasses import replace
from datetime import date

import pytest
from builders import SAM, TODAY
from PySide6.QtWidgets import QLabel
from ui.answers import Answer, marks, write

from logbook.domain.person import LifeEvent
from logbook.domain.session import new_id
from logbook.domain.vocabulary import EventKind
from logbook.ui.dialogs.event_dialog import EventDialog, ask_event

ONE_DAY = LifeEvent(new_id(), SAM, EventKind.HAIRCUT, date(2026, 3, 2))
LONG = LifeEvent(new_id(), SAM, EventKind.ILLNESS, date(2026, 3, 2), date(2026, 3, 9), "flu\nin bed")


@pytest.fixture
def show(qtbot):
    """Show an event."""

    def of(event):
        dialog = EventDialog(None, event, TODAY)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return of


@pytest.mark.parametrize("event", [ONE_DAY, LONG, replace(LONG, notes=" odd\u00a0space ")])
def test_what_is_shown_reads_as_the_same_event(show, event):
    assert show(event).read() == (event, [])


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_can_be_chosen(show, kind):
    dialog = show(ONE_DAY)
    dialog.kind.set_value(kind)
    dialog.keep_button.click()
    assert dialog.record == replace(ONE_DAY, kind=kind)


def test_every_field_can_be_filled_in(show):
    dialog = show(ONE_DAY)
    dialog.kind.set_value(EventKind.ILLNESS)
    write(dialog.until, "9 March 2026")
    write(dialog.notes, "flu\nin bed")
    dialog.keep_button.click()
    assert dialog.record == replace(LONG, id=ONE_DAY.id)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("date", "", "A day is needed here"),
        ("date", "03/04/2026", "not a date such as"),
        ("date", "2026-07-01", "lies in the future"),
        ("until", "2026-03-01", "It began after this day"),
        ("until", "2026-07-01", "leave it out while it lasts"),
        ("until", "soon", "not a date such as"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(show, field, text, words):
    dialog = show(ONE_DAY)
    write(dialog.fields[field].editor, text)
    dialog.keep_button.click()
    assert dialog.isVisible()
    assert list(marks(dialog)) == [field]
    assert words in marks(dialog)[field]


def test_no_two_labels_share_a_key(show):
    dialog = show(LONG)
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.buddy()]
    texts.append(dialog.keep_button.text())
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) == len(set(keys)) == len(texts)


def test_asking_gives_the_event_or_nothing(qapp):
    Answer(lambda dialog: write(dialog.notes, "short"))
    assert ask_event(None, LONG, TODAY) == replace(LONG, notes="short")
    answer = Answer()
    assert ask_event(None, ONE_DAY, TODAY, is_new=True) is None
    assert answer.title == "Add event"
