"""A line to search with above rows: from the words one goes on to what they found."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from logbook.ui.theme import SEARCH_WIDTH

_TO_ROWS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class SearchLine(QLineEdit):
    """Words that rows are to have, for as long as they stand there.

    Signals:
        left: the rows are wanted.
    """

    left = Signal()

    def __init__(self, name: str) -> None:
        """Stand empty, under the accessible *name*."""
        super().__init__(placeholderText="Search  Ctrl+F", clearButtonEnabled=True)
        self.setAccessibleName(name)
        self.setFixedWidth(SEARCH_WIDTH)

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the rows by Enter and Down; by Escape take the words away first, then go there."""
        if event.key() in _TO_ROWS or (event.key() == Qt.Key.Key_Escape and not self.text()):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)
