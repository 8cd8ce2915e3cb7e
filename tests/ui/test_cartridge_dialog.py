"""A cartridge: every field in, every field out, and days that follow one another."""

from dataclasses import replace
from datetime import date

import pytest
from builders import TODAY
from PySide6.QtWidgets import QLabel
from ui.answers import Answer, marks, write

from logbook.domain.device import Cartridge, Device
from logbook.domain.session import new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind
from logbook.ui.dialogs.cartridge_dialog import CartridgeDialog, ask_cartridge

PEN = Device(new_id(), DeviceKind.PEN, "My pen")
BLANK = Cartridge(new_id(), PEN.id)
FULL = Cartridge(
    new_id(), PEN.id, "A1", Depth(150), 36, date(2027, 1, 1), date(2026, 6, 1), date(2026, 6, 20), "two\nlines"
)


@pytest.fixture
def show(qtbot):
    """Show a cartridge."""

    def of(cartridge, device=PEN):
        dialog = CartridgeDialog(None, cartridge, device, TODAY)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return of


@pytest.mark.parametrize("cartridge", [BLANK, FULL, replace(FULL, lot="  odd\u00a0lot ")])
def test_what_is_shown_reads_as_the_same_cartridge(show, cartridge):
    assert show(cartridge).read() == (cartridge, [])


def test_every_field_can_be_filled_in(show):
    dialog = show(BLANK)
    for name, text in (
        ("lot", "A1"),
        ("needle_length", "1.5"),
        ("needle_count", "36"),
        ("opened_on", "2026-06-01"),
        ("expires_on", "2027-01-01"),
        ("notes", "two\nlines"),
    ):
        write(dialog.fields[name].editor, text)
    dialog.keep_button.click()
    assert dialog.record == replace(FULL, id=BLANK.id, retired_on=None)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("opened_on", "2026-07-01", "lies in the future"),
        ("opened_on", "2026-06-21", "retired before this day, on 20 June 2026"),
        ("opened_on", "June", "not a date such as"),
        ("expires_on", "2027", "not a date such as"),
        ("expires_on", "2999-01-01", "not printed on any cartridge"),
        ("needle_length", "6", "between 0.05 and 5.00 mm"),
        ("needle_count", "many", "not a number"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(show, field, text, words):
    dialog = show(FULL)
    write(dialog.fields[field].editor, text)
    dialog.keep_button.click()
    assert dialog.isVisible()
    assert list(marks(dialog)) == [field]
    assert words in marks(dialog)[field]


def test_an_expired_cartridge_may_be_kept(show):
    dialog = show(BLANK)
    write(dialog.expires, "2020-01-01")
    dialog.keep_button.click()
    assert dialog.record.expires_on == date(2020, 1, 1)


@pytest.mark.parametrize(("kind", "title"), [(DeviceKind.PEN, "Change cartridge"), (DeviceKind.ROLLER, "Change drum")])
def test_it_says_of_what(show, kind, title):
    dialog = show(BLANK, replace(PEN, kind=kind))
    assert dialog.windowTitle() == title
    assert any("My pen" in label.text() for label in dialog.findChildren(QLabel))


def test_no_two_labels_share_a_key(show):
    dialog = show(FULL)
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.buddy()]
    texts.append(dialog.keep_button.text())
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) == len(set(keys)) == len(texts)


def test_asking_gives_the_cartridge_or_nothing(qapp):
    Answer(lambda dialog: write(dialog.lot, "B2"))
    assert ask_cartridge(None, FULL, PEN, TODAY) == replace(FULL, lot="B2")
    answer = Answer()
    assert ask_cartridge(None, BLANK, PEN, TODAY, is_new=True) is None
    assert answer.title == "Add cartridge"
