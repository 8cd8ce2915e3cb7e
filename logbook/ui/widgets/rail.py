"""The list of pages at the left of the window."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from logbook.ui.theme import MARGIN, SMALL_ICON, SPACING, current_theme, icon

_TITLE: Final = Qt.ItemDataRole.UserRole
_NUMBER: Final = Qt.ItemDataRole.UserRole + 1
_AROUND: Final = 3 * SPACING  # beside the words of a line: the list's own, and the line's


class Rail(QListWidget):
    """Names of pages, one of them chosen, each with a number at its right where there is something to look at.

    Signals:
        chosen: the person chose the page of that place, from 0.
    """

    chosen = Signal(int)

    def __init__(self, pages: Mapping[str, str]) -> None:
        """Show the titles of *pages*, the first of them chosen; each has the icon of the page's name."""
        super().__init__(frameShape=QFrame.Shape.NoFrame)
        self._names, self._titles = tuple(pages), tuple(pages.values())
        self.setAccessibleName("Pages")
        self.setProperty("role", "rail")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(QSize(SMALL_ICON, SMALL_ICON))
        self.setItemDelegate(_Line(self))
        for title in self._titles:
            item = QListWidgetItem(title, self)
            item.setData(_TITLE, title)
        self.restyle()
        self._fit()
        self.currentRowChanged.connect(self.chosen)

    def choose(self, place: int) -> None:
        """Mark the page of *place* without saying so."""
        self.blockSignals(True)
        self.setCurrentRow(place)
        self.blockSignals(False)

    def show_number(self, place: int, number: int, what: str) -> None:
        """Show how many of *what* wait on the page of *place*; nothing where there is none."""
        item, title = self.item(place), self._titles[place]
        item.setText(f"{title}   {number:,}" if number else title)
        item.setData(_NUMBER, f"{number:,}" if number else "")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {number:,} {what}" if number else None)
        item.setToolTip(f"{number:,} {what}" if number else "")

    def restyle(self) -> None:
        """Draw the icons in the colours of now."""
        for place, name in enumerate(self._names):
            self.item(place).setIcon(icon(name, "muted", "accent", (SMALL_ICON,)))

    def _fit(self) -> None:
        """Be as wide as the longest title with a number of four digits."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(f"{title} 9,999") for title in self._titles)
        self.setFixedWidth(widest + SMALL_ICON + SPACING + _AROUND)
        for place in range(self.count()):
            self.item(place).setSizeHint(QSize(0, metrics.height() + MARGIN + SPACING))


class _Line(QStyledItemDelegate):
    """Paints the title at the left, the number quietly at the right."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = index.data(_TITLE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if number := index.data(_NUMBER):
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.save()
            painter.setPen(current_theme().colour("muted"))
            painter.drawText(option.rect.adjusted(0, 0, -SPACING, 0), right, number)
            painter.restore()
