"""A line for who is new, that goes away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from logbook.ui.theme import MARGIN, SMALL_ICON, SPACING, TIGHT, icon, pixmap
from logbook.ui.widgets.words import words_label


class Hint(QWidget):
    """A sentence and a button that closes it; out of sight while there is nothing to say.

    Signals:
        closed: the person has read it.
    """

    closed = Signal()

    def __init__(self) -> None:
        """Begin out of sight."""
        super().__init__()
        self._picture = QLabel()
        self.words = words_label()
        self.close_button = QToolButton(autoRaise=True)
        self.close_button.setIconSize(QSize(SMALL_ICON, SMALL_ICON))
        self.close_button.setAccessibleName("Hide this hint")
        self.close_button.setToolTip("Hide this hint")
        self.close_button.clicked.connect(self.closed)
        line = QFrame()
        line.setProperty("role", "hint")
        row = QHBoxLayout(line)
        row.setContentsMargins(MARGIN, TIGHT, SPACING, TIGHT)
        row.setSpacing(SPACING)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING, MARGIN, MARGIN, 0)
        layout.addWidget(line)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, or nothing."""
        return "" if self.isHidden() else self.words.text()

    def show_text(self, text: str) -> None:
        """Show *text*, and say it where somebody listens; an empty one takes the hint away."""
        is_new = bool(text) and text != self.text
        self.words.setText(text)
        self.setAccessibleName(f"Hint: {text}" if text else "")
        self.close_button.setAccessibleDescription(text)
        self.restyle()
        self.setVisible(bool(text))
        if is_new:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"Hint: {text}"))

    def restyle(self) -> None:
        """Draw the icons in the colours of now."""
        self._picture.setPixmap(pixmap("hint", "info", SMALL_ICON))
        self.close_button.setIcon(icon("close", "muted"))
