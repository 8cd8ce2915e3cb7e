"""What stands where there is nothing to show yet."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logbook.ui.theme import MARGIN, SPACING, pixmap

_SIZE: Final = 40  # of the picture, in logical pixels


def empty_state(picture: str, sentence: QLabel, *buttons: QPushButton) -> QWidget:
    """Return a *picture*, the *sentence* under it, and the *buttons* that begin, in the middle of the room there is."""
    empty = QWidget()
    sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
    row = QHBoxLayout()
    row.setSpacing(SPACING)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    column = QVBoxLayout(empty)
    column.setSpacing(MARGIN)
    column.addStretch(1)
    column.addWidget(EmptyPicture(picture))
    column.addWidget(sentence)
    column.addLayout(row)
    column.addStretch(1)
    return empty


class EmptyPicture(QLabel):
    """A quiet picture that follows the theme; it says nothing that the sentence does not say."""

    def __init__(self, name: str) -> None:
        """Paint the icon of that *name*."""
        super().__init__(alignment=Qt.AlignmentFlag.AlignCenter)
        self._name = name
        self._paint()

    def _paint(self) -> None:
        self.setPixmap(pixmap(self._name, "edge", _SIZE))

    # Qt's own

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._paint()
