"""Asks about a cartridge of a pen, or the drum of a roller."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from logbook.domain import labels
from logbook.domain.device import Cartridge, Device
from logbook.domain.errors import Problem
from logbook.domain.units import parse_depth, plain_depth
from logbook.ui.dialogs.device_dialog import parse_needles
from logbook.ui.dialogs.form_dialog import FormDialog, Lines, typed
from logbook.ui.widgets.date_line import DateLine, parse_date


def ask_cartridge(
    parent: QWidget | None, cartridge: Cartridge, of: Device, today: date | None = None, *, is_new: bool = False
) -> Cartridge | None:
    """Show *cartridge* *of* a device and return it as it was changed; None where nothing is to be kept."""
    dialog = CartridgeDialog(parent, cartridge, of, today or date.today(), is_new=is_new)
    is_kept = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.record if is_kept else None


class CartridgeDialog(FormDialog[Cartridge]):
    """Every field of a cartridge."""

    def __init__(
        self, parent: QWidget | None, cartridge: Cartridge, of: Device, today: date, *, is_new: bool = False
    ) -> None:
        """Show *cartridge*."""
        head = labels.needle_head(of.kind)
        super().__init__(parent, f"{'Add' if is_new else 'Change'} {head}", f"The {head} of {labels.device(of)}.")
        self._cartridge = cartridge
        self._today = today
        self.lot = QLineEdit(cartridge.lot, placeholderText="as printed on it")
        self.length = QLineEdit(plain_depth(cartridge.needle_length) if cartridge.needle_length is not None else "")
        self.length.setPlaceholderText("such as 0.25")
        self.count = QLineEdit("" if cartridge.needle_count is None else str(cartridge.needle_count))
        self.opened, self.expires = DateLine(), DateLine()
        self.opened.show_date(cartridge.opened_on)
        self.expires.show_date(cartridge.expires_on)
        self.notes = Lines()
        self.notes.setPlainText(cartridge.notes)
        self.wide("lot", "&Lot", self.lot)
        self.pair(
            ("needle_length", "Length of the needles, &mm", self.length),
            ("needle_count", "N&umber of needles", self.count),
        )
        self.pair(("opened_on", "&Opened on", self.opened), ("expires_on", "&Expires on", self.expires))
        self.wide("notes", "&Notes", self.notes)
        self.begin()

    def read(self) -> tuple[Cartridge, list[Problem]]:
        problems: list[Problem] = []
        cartridge = replace(
            self._cartridge,
            lot=typed(self.lot, self._cartridge.lot),
            needle_length=self.parsed("needle_length", parse_depth, problems),
            needle_count=self.parsed("needle_count", parse_needles, problems),
            opened_on=self.parsed("opened_on", parse_date, problems),
            expires_on=self.parsed("expires_on", parse_date, problems),
            notes=typed(self.notes, self._cartridge.notes),
        )
        problems += [problem for problem in cartridge.problems(self._today) if problem.field in self.fields]
        opened, retired = cartridge.opened_on, cartridge.retired_on
        if opened and retired and retired < opened:  # the day it was retired is not asked here
            problems.append(Problem("opened_on", f"It was retired before this day, on {labels.day(retired)}."))
        return cartridge, problems
