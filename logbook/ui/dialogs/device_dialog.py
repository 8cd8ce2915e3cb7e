"""Asks about a roller, stamp or pen, and from when needles are not used any more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from logbook.domain import labels
from logbook.domain.device import MOST_NEEDLES, Device
from logbook.domain.errors import Problem
from logbook.domain.session import RecordId
from logbook.domain.units import parse_depth, parse_whole, plain_depth
from logbook.domain.vocabulary import DepthMeaning, DeviceKind
from logbook.ui.dialogs.form_dialog import FormDialog, Lines, typed
from logbook.ui.widgets.answer_box import AnswerBox, words_box
from logbook.ui.widgets.date_line import DAY_NEEDED, DateLine, parse_date

Owners = Sequence[tuple[str, RecordId | None]]  # what each is called


def ask_device(
    parent: QWidget | None,
    device: Device,
    today: date | None = None,
    *,
    is_new: bool = False,
    is_used: bool = False,
    owners: Owners = (),
) -> Device | None:
    """Show *device* and return it as it was changed; None where nothing is to be kept.

    Where it *is_used* by sessions, its kind stays: each of them was judged by it. Whose it is is asked where there is
    a choice of *owners*.
    """
    dialog = DeviceDialog(parent, device, today or date.today(), is_new=is_new, is_used=is_used, owners=owners)
    is_kept = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.record if is_kept else None


def ask_retirement(parent: QWidget | None, name: str, opened_on: date | None, today: date | None = None) -> date | None:
    """Ask from when the needles called *name*, *opened_on* some day, are not used any more; None: they still are."""
    dialog = RetirementDialog(parent, name, opened_on, today or date.today())
    is_kept = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.record if is_kept else None


class DeviceDialog(FormDialog[Device]):
    """Every field of a device."""

    def __init__(
        self,
        parent: QWidget | None,
        device: Device,
        today: date,
        *,
        is_new: bool = False,
        is_used: bool = False,
        owners: Owners = (),
    ) -> None:
        """Show *device*."""
        super().__init__(parent, "Add device" if is_new else "Change device")
        self._device = device
        self._today = today
        self.kind: AnswerBox[DeviceKind] = AnswerBox([(labels.title(kind), kind) for kind in DeviceKind])
        self.kind.set_value(device.kind)
        self.name = QLineEdit(device.name, placeholderText="what you call it")
        self.length = QLineEdit(plain_depth(device.needle_length) if device.needle_length is not None else "")
        self.length.setPlaceholderText("such as 0.25")
        self.count = QLineEdit("" if device.needle_count is None else str(device.needle_count))
        self.meaning = words_box(DepthMeaning)
        self.meaning.set_value(device.depth_meaning)
        self.notes = Lines()
        self.notes.setPlainText(device.notes)
        self.pair(("kind", "Ki&nd", self.kind), ("name", "N&ame", self.name))
        if is_used:
            self.kind.setEnabled(False)
            self.say("Sessions name this device, so its kind stays as it is.")
        self.pair(
            ("needle_length", "&Length of the needles, mm", self.length),
            ("needle_count", "N&umber of needles", self.count),
        )
        self.wide("depth_meaning", "A &depth on it is the", self.meaning)
        self.owner = AnswerBox(owners or [("", device.person_id)])
        self.owner.set_value(device.person_id)
        if owners:
            self.wide("person_id", "Used &by", self.owner)
        self.wide("notes", "N&otes", self.notes)
        self.begin()

    def read(self) -> tuple[Device, list[Problem]]:
        problems: list[Problem] = []
        device = replace(
            self._device,
            kind=DeviceKind(self.kind.value()),
            name=typed(self.name, self._device.name),
            needle_length=self.parsed("needle_length", parse_depth, problems),
            needle_count=self.parsed("needle_count", parse_needles, problems),
            depth_meaning=self.meaning.value(),
            person_id=self.owner.value(),
            notes=typed(self.notes, self._device.notes),
        )
        known = [problem for problem in device.problems(self._today) if problem.field in self.fields]
        return device, [*problems, *known]


class RetirementDialog(FormDialog[date]):
    """The day from which needles are not used any more."""

    def __init__(self, parent: QWidget | None, name: str, opened_on: date | None, today: date) -> None:
        """Propose *today*."""
        super().__init__(
            parent,
            f"Retire: {name}",
            "New sessions are no longer offered what is retired. Its sessions stay, and you can take it back into use.",
        )
        self._opened_on = opened_on
        self._today = today
        self.keep_button.setText("&Retire")
        self.day = DateLine()
        self.day.show_date(today)
        self.wide("retired_on", "Retired &on", self.day)
        self.begin()

    def read(self) -> tuple[date, list[Problem]]:
        problems: list[Problem] = []
        day = self.parsed("retired_on", parse_date, problems)
        if day is None and not problems:
            problems.append(Problem("retired_on", DAY_NEEDED))
        elif day and day > self._today:
            problems.append(Problem("retired_on", f"{day.isoformat()} lies in the future."))
        elif day and self._opened_on and day < self._opened_on:
            problems.append(Problem("retired_on", f"It was opened later, on {labels.day(self._opened_on)}."))
        return day or self._today, problems


def parse_needles(text: str) -> int:
    """Read *text* as a number of needles.

    Raises:
        Unreadable: it is not one.
    """
    return parse_whole(text, "the number of needles", 1, MOST_NEEDLES)
