"""The title of a page beside its buttons."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from logbook.ui.theme import SPACING


class TitleRow(QWidget):
    """A title and buttons; where there is no room for both, the title goes: the rail says where one is."""

    def __init__(self, title: str, *parts: QWidget) -> None:
        """Show *title* at the left and *parts*, buttons or a search, at the right."""
        super().__init__()
        self.setProperty("role", "title_row")  # as high on every page, whatever stands in it
        self._title = QLabel(title)
        self._title.setProperty("role", "title")
        self._parts = parts
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._title)
        layout.addStretch(1)
        for part in parts:
            layout.addWidget(part)

    # Qt's own

    def minimumSizeHint(self) -> QSize:
        """Ask for no room for the title: it goes where there is none."""
        least = sum(part.minimumSizeHint().width() + SPACING for part in self._parts if not part.isHidden())
        return QSize(max(0, least - SPACING), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        seen = [part for part in self._parts if not part.isHidden()]
        wanted = sum(part.sizeHint().width() + SPACING for part in (self._title, *seen))
        self._title.setVisible(self.width() >= wanted)
