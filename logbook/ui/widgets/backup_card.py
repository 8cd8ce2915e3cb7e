"""How it stands with the backups, with the ways to make one and to look at them."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from logbook.ui.widgets.card import Card
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.words import words_label

_LOOKING: Final = "Looking at your backups…"


class BackupCard(Card):
    """One sentence and two buttons.

    Signals:
        backup_wanted: the person wants a copy now.
        backups_wanted: the person wants to see the copies.
    """

    backup_wanted = Signal()
    backups_wanted = Signal()

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__("Backups")
        self._words = words_label()
        self.backup_button, self.backups_button = QPushButton("&Back up now"), QPushButton("Back&ups…")
        self.backup_button.clicked.connect(self.backup_wanted)
        self.backups_button.clicked.connect(self.backups_wanted)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.backup_button)
        flow.addWidget(self.backups_button)
        self.column.addWidget(self._words)
        self.column.addWidget(buttons)
        self.show_state("")

    def show_state(self, sentence: str) -> None:
        """Show *sentence*; an empty one where nothing is known yet."""
        self._words.setText(sentence or _LOOKING)

    def text(self) -> str:
        """Return what is shown, as it would be read aloud."""
        return self._words.text()
