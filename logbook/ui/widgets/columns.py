"""Cards beside and under one another, in as many columns as there is room for."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, cast

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget

from logbook.ui.theme import MARGIN
from logbook.ui.widgets.kept_items import KeptItems

_LETTERS: Final = 52  # that a line of a column has room for, at least


class Columns(QWidget):
    """Holds cards, which are read, and reached by Tab, in one order whatever the width."""

    def __init__(self, cards: Sequence[QWidget], splits: Mapping[int, Sequence[int]]) -> None:
        """Hold *cards*; *splits* says by number of columns how many of them stand in each."""
        super().__init__()
        layout = _ColumnsLayout(self, splits)
        for card in cards:
            layout.addWidget(card)

    @property
    def number(self) -> int:
        """How many columns there are."""
        return cast(_ColumnsLayout, self.layout()).number(self.width())


class _ColumnsLayout(KeptItems):
    """Goes down column by column. One layout does it all: Qt forgets too late how high nested ones want to be."""

    def __init__(self, parent: QWidget, splits: Mapping[int, Sequence[int]]) -> None:
        super().__init__(parent, MARGIN)
        self._splits = splits

    def number(self, width: int) -> int:
        """Return how many columns there is room for in *width*."""
        holder, gap = self.parentWidget(), self.spacing()
        least = holder.fontMetrics().averageCharWidth() * _LETTERS if holder else width
        return max((number for number in self._splits if number * (least + gap) - gap <= width), default=1)

    def _columns(self, width: int) -> tuple[list[list[QLayoutItem]], int]:
        """Return what stands in each column, and how wide one is."""
        number = self.number(width)
        items: Iterator[QLayoutItem] = iter(self._items)
        columns = [[one for one in islice(items, many) if not one.isEmpty()] for many in self._splits[number]]
        return columns, (width - (number - 1) * self.spacing()) // number

    # Qt's own

    def heightForWidth(self, width: int) -> int:
        columns, wide = self._columns(width)
        heights = (
            sum(_height(one, wide) for one in column) + self.spacing() * (len(column) - 1)
            for column in columns
            if column
        )
        return max(heights, default=0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        columns, wide = self._columns(rect.width())
        for place, column in enumerate(columns):
            x, y = rect.x() + place * (wide + self.spacing()), rect.y()
            for one in column:
                one.setGeometry(QRect(QPoint(x, y), QSize(wide, _height(one, wide))))
                y += _height(one, wide) + self.spacing()

    def minimumSize(self) -> QSize:
        """Be as narrow as the widest card: the columns give way."""
        return QSize(max((one.minimumSize().width() for one in self._items if not one.isEmpty()), default=0), 0)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
