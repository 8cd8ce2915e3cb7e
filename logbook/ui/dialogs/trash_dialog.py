"""Shows what was deleted and still rests, and says what is wanted of it; it changes nothing itself."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.trash import REST_DAYS, Trashed
from logbook.services.trash import contents
from logbook.ui.dialogs.trash_model import LEFT, WHAT, WHEN, TrashModel
from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.find_row import FindKey, FindRow
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.words import words_label

_SIZE: Final = QSize(720, 480)  # logical pixels
_WIDEST: Final = {WHEN: "28 Nov 2026, 23:59", LEFT: "goes next time"}
_SAYS: Final = (
    f"What you delete rests here for {REST_DAYS} days. After that it goes for good when the logbook is next opened."
)
_NOTHING: Final = f"Nothing was deleted in the last {REST_DAYS} days."
_READ_ONLY: Final = "This logbook is open for reading only: nothing can be restored or deleted for good."
_MOST_LINES: Final = 6


class TrashDialog(QDialog):
    """A list of deletions, and what each of them holds.

    Signals:
        restore_wanted: the person wants one back.
        letting_go_wanted: the person wants some gone for good; carries a tuple of them.
    """

    restore_wanted = Signal(Trashed)
    letting_go_wanted = Signal(tuple)

    def __init__(self, parent: QWidget | None, today: dt.date, *, is_read_only: bool = False) -> None:
        """Begin empty, on the day *today*."""
        super().__init__(parent)
        self.setWindowTitle("Deleted records")
        self._is_read_only = is_read_only
        self.model = TrashModel(today, self)
        self.table = FittedTable(self.model, _WIDEST, WHAT, [WHEN])
        self.table.setAccessibleName("Deleted records: Enter restores one")
        self.says, self.nothing = words_label("muted"), words_label()
        self.says.setText(f"{_SAYS} {_READ_ONLY}" if is_read_only else _SAYS)
        self.nothing.setText(_NOTHING)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.details = words_label()
        self.details.setAccessibleName("What it holds")
        self.restore_button = QPushButton("&Restore")
        self.restore_button.setProperty("role", "main")
        self.let_go_button = QPushButton("Delete for &good…")
        self.let_all_go_button = QPushButton("Delete &all for good…")
        self.close_button = QPushButton("&Close")
        self._lay_out()
        self._listen()
        FindKey(self)
        self.show_trash(())
        self.resize(_SIZE.boundedTo(self.screen().availableGeometry().size() * 0.9))

    def show_trash(self, trash: Sequence[Trashed]) -> None:
        """Show *trash*, and stay in the row that was chosen."""
        row = self.table.chosen_row or 0
        self.model.show_trash(trash)
        for widget in (self.table, self.details):
            widget.setVisible(bool(trash))
        self.nothing.setVisible(not trash)
        self.table.choose(row)
        self._show_chosen()
        (self.table if trash else self.close_button).setFocus()

    @property
    def chosen(self) -> Trashed | None:
        """The deletion that is chosen."""
        row = self.table.chosen_row
        return None if row is None else self.model.shown[row]

    # What the buttons do

    def restore(self) -> None:
        """Ask for what is chosen back."""
        if (chosen := self.chosen) and self.restore_button.isEnabled():
            self.restore_wanted.emit(chosen)

    def let_go(self) -> None:
        """Ask for what is chosen to go for good."""
        if chosen := self.chosen:
            self.letting_go_wanted.emit((chosen,))

    def let_all_go(self) -> None:
        """Ask for everything to go for good."""
        self.letting_go_wanted.emit(self.model.shown)

    # What is shown

    def _show_chosen(self) -> None:
        chosen = self.chosen
        lines = contents(chosen) if chosen else ()
        rest = len(lines) - _MOST_LINES
        more = [f"and {labels.count(rest, 'other record')}"] if rest > 0 else []
        self.details.setText("\n".join([*lines[:_MOST_LINES], *more]))
        for button in (self.restore_button, self.let_go_button, self.let_all_go_button):
            button.setEnabled(chosen is not None and not self._is_read_only)

    # The making

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        for button in (self.restore_button, self.let_go_button, self.let_all_go_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        self.close_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self.says)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(FindRow(self.table))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.details)
        layout.addLayout(buttons)

    def _listen(self) -> None:
        self.table.activated.connect(self.restore)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.restore_button.clicked.connect(self.restore)
        self.let_go_button.clicked.connect(self.let_go)
        self.let_all_go_button.clicked.connect(self.let_all_go)
        self.close_button.clicked.connect(self.accept)
