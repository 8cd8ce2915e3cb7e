"""A part of a page on a ground of its own, under a heading."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.ui.theme import MARGIN, SMALL_ICON, SPACING, pixmap, restyle
from logbook.ui.widgets.words import words_label


class Card(QFrame):
    """A heading, and under it whatever is put into `column`."""

    def __init__(self, title: str) -> None:
        """Stand under the heading *title*, with nothing in it."""
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.column.setSpacing(SPACING)
        self.column.addWidget(heading)


class SeverityLine(QWidget):
    """Words about something of one severity, behind its icon and its word."""

    def __init__(self) -> None:
        """Begin without words."""
        super().__init__()
        self._severity = Severity.CLEAN
        self._icon, self._words = QLabel(), words_label()
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)

    def say(self, severity: Severity, text: str) -> None:
        """Say *text*, which is of *severity*."""
        self._severity = severity
        self._words.setText(f"{labels.title(severity)} · {text}")
        restyle(self._words, "tone", severity.word)
        self.restyle()

    def text(self) -> str:
        """Return what is said."""
        return self._words.text()

    def restyle(self) -> None:
        """Draw the icon in the colours of now."""
        self._icon.setPixmap(pixmap(self._severity.word, self._severity.word, SMALL_ICON))
