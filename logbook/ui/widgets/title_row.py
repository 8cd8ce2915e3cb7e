"""The title of a page beside its buttons."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from logbook.ui.theme import SPACING


class TitleRow(QWidget):
    """A title and buttons; where there is no room for both, the title goes: the rail says where one is."""

    def __init__(self, title: str, *buttons: QPushButton) -> None:
        """Show *title* at the left and *buttons* at the right."""
        super().__init__()
        self._title = QLabel(title)
        self._title.setProperty("role", "title")
        self._buttons = buttons
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addStretch(1)
        for button in buttons:
            layout.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = sum(part.sizeHint().width() + SPACING for part in (self._title, *self._buttons))
        self._title.setVisible(self.width() >= wanted)
