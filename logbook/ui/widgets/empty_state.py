"""What stands where there is nothing to show yet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def focus_kept(page: QWidget, go_on: Callable[[], object]) -> Iterator[None]:
    """Have *go_on* find a place for the keyboard where what had it on *page* is out of sight afterwards.

    Qt would put it on whatever comes into sight instead, though that is neither named nor shows that it has it.
    """
    before = page.window().focusWidget()  # also while another window is in front
    was_here = before is not None and page.isAncestorOf(before)
    yield
    if before is not None and was_here and not before.isVisibleTo(page):
        go_on()


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
