"""A row of widgets that goes on in the next line where there is no room."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget
from shiboken6 import isValid

from logbook.ui.theme import SPACING
from logbook.ui.widgets.kept_items import KeptItems


class FlowLayout(KeptItems):
    """Lays its widgets out from left to right and from line to line, each at its own size, centred on its line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty, without margins."""
        super().__init__(parent, SPACING)

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, moves=True)

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay_out(self, rect: QRect, *, moves: bool) -> int:
        """Return the height that is needed for the width of *rect*, and put the items there where *moves*."""
        if not isValid(self):
            return 0  # Qt asks once more while the window is taken down
        y = rect.y()
        for line in self._lines(rect.width()):
            x, height = rect.x(), max(item.sizeHint().height() for item in line)
            for item in line:
                size = item.sizeHint()
                if moves:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(0, y - rect.y() - self.spacing())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Return what is seen, in lines no wider than *width*, unless one alone is."""
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._items:
            if not isValid(item) or item.isEmpty():
                continue  # gone with its window, or hidden
            wanted = item.sizeHint().width()
            if not lines or wanted > room:
                lines.append([])
                room = width
            lines[-1].append(item)
            room -= wanted + self.spacing()
        return lines
