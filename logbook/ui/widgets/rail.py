"""The list of pages at the left of the window."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from logbook.ui.theme import MARGIN

_NUMBER = Qt.ItemDataRole.UserRole


class Rail(QListWidget):
    """Names of pages, one of them chosen, each with a number beside it where there is something to look at.

    Signals:
        chosen: the person chose the page of that place, from 0.
    """

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str]) -> None:
        """Show *titles*, the first of them chosen."""
        super().__init__(frameShape=QFrame.Shape.NoFrame)
        self._titles = tuple(titles)
        self.setAccessibleName("Pages")
        self.setProperty("role", "rail")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for title in self._titles:
            self.addItem(QListWidgetItem(title))
        self._fit()
        self.currentRowChanged.connect(self.chosen)

    def choose(self, place: int) -> None:
        """Mark the page of *place* without saying so."""
        self.blockSignals(True)
        self.setCurrentRow(place)
        self.blockSignals(False)

    def show_number(self, place: int, number: int, what: str) -> None:
        """Show how many of *what* wait on the page of *place*; nothing where there is none."""
        item = self.item(place)
        item.setText(f"{self._titles[place]}   {number:,}" if number else self._titles[place])
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, f"{self._titles[place]}, {number:,} {what}" if number else None
        )
        item.setToolTip(f"{number:,} {what}" if number else "")

    def _fit(self) -> None:
        """Be as wide as the longest title with a number of four digits."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(f"{title}   9,999") for title in self._titles)
        self.setFixedWidth(widest + 3 * MARGIN)
        for place in range(self.count()):
            self.item(place).setSizeHint(QSize(0, metrics.height() + MARGIN + 6))
