"""A small table as high as its rows, so that only the page around it scrolls."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from logbook.domain.vocabulary import Severity
from logbook.ui.theme import TIGHT, current_theme, icon
from logbook.ui.widgets.copying import copy_rows

_ROOM: Final = 12  # pixels above and below the words of a row, together


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows and says."""

    text: str
    severity: Severity | None = None  # shown by its shape and colour beside the text
    says: str = ""  # what a screen reader and a tip say, where that is more than the text


class ShortTable(QTableWidget):
    """Rows of `Cell`; the column *wide* takes what the others leave."""

    def __init__(self, titles: Sequence[str], wide: int, most_rows: int = 8) -> None:
        """Show columns of *titles*; what is more than *most_rows* scrolls."""
        super().__init__(0, len(titles))
        self._most_rows = most_rows
        self._cells: list[Sequence[Cell]] = []
        self.setHorizontalHeaderLabels(list(titles))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show *rows*."""
        self._cells = list(rows)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROOM)
        self.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.setItem(row, column, _item(cell))
        self.updateGeometry()

    def restyle(self) -> None:
        """Draw the icons again in the colours of now."""
        for row, cells in enumerate(self._cells):
            for column, cell in enumerate(cells):
                if item := self.item(row, column):
                    _colour(item, cell)

    # Qt's own

    def sizeHint(self) -> QSize:
        rows = min(max(1, self.rowCount()), self._most_rows)
        high = rows * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth() + TIGHT
        header = self.horizontalHeader()
        return QSize(super().sizeHint().width(), high + (0 if header.isHidden() else header.sizeHint().height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 24, self.sizeHint().height())


def _item(cell: Cell) -> QTableWidgetItem:
    item = QTableWidgetItem(cell.text)
    if cell.says:
        item.setData(Qt.ItemDataRole.AccessibleTextRole, cell.says)
    item.setToolTip(f"<p>{html.escape(cell.says or cell.text)}</p>")
    _colour(item, cell)
    return item


def _colour(item: QTableWidgetItem, cell: Cell) -> None:
    if cell.severity is not None:
        word = cell.severity.word
        item.setIcon(icon(word, word))
        item.setForeground(current_theme().colour(cell.severity.word))
