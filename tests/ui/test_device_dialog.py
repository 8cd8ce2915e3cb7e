"""A device and its retirement: asked, given back, and refused in words where they cannot be."""

from dataclasses import replace
from datetime import date

import pytest
from builders import TODAY
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from ui.answers import Answer, marks, write

from logbook.domain.device import Device
from logbook.domain.session import new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DepthMeaning, DeviceKind
from logbook.ui.dialogs.device_dialog import DeviceDialog, RetirementDialog, ask_device, ask_retirement

BLANK = Device(new_id(), DeviceKind.ROLLER)
FULL = Device(
    new_id(),
    DeviceKind.STAMP,
    "Blue",
    "5a" * 16,
    DepthMeaning.NEEDLE_LENGTH,
    Depth(25),
    40,
    date(2026, 1, 2),
    "two\nlines",
)


@pytest.fixture
def show(qtbot):
    """Show a device."""

    def of(device, **but):
        dialog = DeviceDialog(None, device, TODAY, **but)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return of


@pytest.mark.parametrize("device", [BLANK, FULL, *(replace(BLANK, kind=kind) for kind in DeviceKind)])
def test_what_is_shown_reads_as_the_same_device(show, device):
    assert show(device).read() == (device, [])


def test_every_field_can_be_filled_in(show):
    dialog = show(BLANK)
    dialog.kind.setCurrentIndex(1)
    dialog.meaning.setCurrentIndex(1)
    for editor, text in ((dialog.name, "Blue"), (dialog.length, "0,25 mm"), (dialog.count, "40")):
        write(editor, text)
    write(dialog.notes, "two\nlines")
    dialog.keep_button.click()
    assert dialog.record == replace(FULL, id=BLANK.id, person_id=None, retired_on=None)
    assert type(dialog.record.kind) is DeviceKind
    assert type(dialog.record.depth_meaning) is DepthMeaning


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("needle_length", "long", "not a number"),
        ("needle_length", "0.01", "between 0.05 and 5.00 mm"),
        ("needle_count", "0", "from 1 to 10000"),
        ("needle_count", "1.5", "not a whole number"),
    ],
)
def test_a_wrong_number_is_told_at_its_field(show, field, text, words):
    dialog = show(BLANK)
    write(dialog.fields[field].editor, text)
    dialog.keep_button.click()
    assert dialog.isVisible()
    assert list(marks(dialog)) == [field]
    assert words in marks(dialog)[field]


def test_fifteen_asks_for_one_and_a_half_and_takes_it_with_a_click(show):
    dialog = show(BLANK)
    write(dialog.length, "15")
    dialog.keep_button.click()
    assert "Did you mean 1.5?" in marks(dialog)["needle_length"]
    dialog.fields["needle_length"]._offer.click()
    assert marks(dialog) == {}
    dialog.keep_button.click()
    assert dialog.record.needle_length == 150


def test_the_kind_of_a_device_that_sessions_name_stays(show):
    dialog = show(FULL, is_used=True)
    assert not dialog.kind.isEnabled()
    assert any("kind stays" in label.text() for label in dialog.findChildren(QLabel))
    assert show(FULL).kind.isEnabled()


def test_no_two_labels_share_a_key(show):
    dialog = show(FULL)
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.buddy()]
    texts.append(dialog.keep_button.text())
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) == len(set(keys)) == len(texts)


def test_asking_gives_the_device_or_nothing(qapp):
    answer = Answer(lambda dialog: write(dialog.name, "Red"))
    assert ask_device(None, FULL, TODAY) == replace(FULL, name="Red")
    assert answer.title == "Change device"
    answer = Answer()
    assert ask_device(None, FULL, TODAY, is_new=True) is None
    assert answer.title == "Add device"


def test_leaving_asks_where_something_was_typed(show, qtbot, boxes):
    dialog = show(FULL)
    write(dialog.notes, "typed")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert boxes.take().title == "Not kept yet"


# Retirement


@pytest.fixture
def retiring(qtbot):
    """Ask when something was retired."""

    def of(opened_on=None):
        dialog = RetirementDialog(None, "roller “Blue”", opened_on, TODAY)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return of


def test_today_is_proposed(retiring):
    dialog = retiring()
    assert dialog.day.text() == "2026-06-30"
    dialog.keep_button.click()
    assert dialog.record == TODAY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "A day is needed"),
        ("today", "not a date such as"),
        ("2026-07-01", "in the future"),
        ("2026-05-31", "opened later, on 1 June 2026"),
    ],
)
def test_a_day_that_cannot_be_is_refused(retiring, text, words):
    dialog = retiring(date(2026, 6, 1))
    write(dialog.day, text)
    dialog.keep_button.click()
    assert words in marks(dialog)["retired_on"]
    assert dialog.isVisible()


def test_asking_when_gives_the_day_or_nothing(qapp):
    Answer(lambda dialog: write(dialog.day, "2026-06-01"))
    assert ask_retirement(None, "it", None, TODAY) == date(2026, 6, 1)
    Answer()
    assert ask_retirement(None, "it", None, TODAY) is None
