"""Where sources disagree about a finding: drawn, and one press away the same as a table."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.guidance.strip import Strip, amount
from logbook.ui.theme import SPACING, TIGHT
from logbook.ui.widgets.copying import copy_rows
from logbook.ui.widgets.span_drawing import Drawing
from logbook.ui.widgets.verdict_panel import GRADES

# Each column with the characters that it is given at the least, and its share of what is left.
_COLUMNS: Final = {
    "Source": (27, 1),
    "From": (12, 0),
    "To": (12, 0),
    "Where": (15, 1),
    "Grade": (14, 1),
    "What it says": (22, 4),
}


class SpanStrip(QWidget):
    """A title, the drawing, and a button that unfolds the table."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._strip: Strip | None = None
        self._title = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("role", "heading")
        self.drawing = Drawing()
        self.table_button = QToolButton(text="As a &table", checkable=True)
        self.table_button.setProperty("role", "link")
        self.table_button.setArrowType(Qt.ArrowType.RightArrow)
        self.table_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.table_button.toggled.connect(self._show_table)
        self.table = SpanTable()
        self.table.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        for widget in (self._title, self.drawing, self.table_button, self.table):
            layout.addWidget(widget)
        layout.addStretch(1)

    def show_strip(self, strip: Strip) -> None:
        """Show *strip*; a table that was unfolded stays so."""
        self._strip = strip
        self._title.setText(strip.title)
        self.drawing.show_strip(strip)
        self.setAccessibleName(strip.title)
        self.setAccessibleDescription(strip.text)
        self.table_button.setAccessibleName(f"{strip.title}: as a table")
        self.table_button.setAccessibleDescription(strip.text)
        self.table.setAccessibleName(strip.title)
        if self.table_button.isChecked():
            self.table.show_strip(strip)

    def text(self) -> str:
        """Return everything that is shown, as it would be read aloud."""
        return self._strip.text if self._strip else ""

    def _show_table(self, is_open: bool) -> None:
        self.table_button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        if is_open and self._strip:
            self.table.show_strip(self._strip)
        self.table.setVisible(is_open)


class SpanTable(QTableWidget):
    """The same as the drawing, in words; as high as its rows, so that only the page around it scrolls."""

    def __init__(self) -> None:
        super().__init__(0, len(_COLUMNS))
        self.setHorizontalHeaderLabels(list(_COLUMNS))
        self.setItemDelegate(_Cell(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().hide()

    def show_strip(self, strip: Strip) -> None:
        rows = _rows(strip)
        self.setRowCount(len(rows))
        for row, words in enumerate(rows):
            for column, text in enumerate(words):
                self.setItem(row, column, QTableWidgetItem(text))
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letter = self.fontMetrics().averageCharWidth()
        spare = max(0, self.viewport().width() - sum(least for least, _ in _COLUMNS.values()) * letter)
        shares = sum(share for _, share in _COLUMNS.values())
        for column, (least, share) in enumerate(_COLUMNS.values()):
            self.setColumnWidth(column, least * letter + spare * share // shares)
        self._fit_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        else:
            super().keyPressEvent(event)

    def _fit_height(self) -> None:
        self.resizeRowsToContents()
        bar = self.horizontalScrollBar()
        beside = bar.sizeHint().height() if bar.maximum() > 0 else 0
        height = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        self.setFixedHeight(height + beside + 2 * self.frameWidth())


class _Cell(QStyledItemDelegate):
    """A cell as high as its words: Qt forgets the style's padding when it wraps them to measure."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        inner = QStyleOptionViewItem(option)
        inner.rect.setWidth(option.rect.width() - 2 * SPACING)
        return super().sizeHint(inner, index) + QSize(0, SPACING)


def _rows(strip: Strip) -> list[tuple[str, ...]]:
    """Return the cells of the own point, of our rule and of each bar."""
    rows: list[tuple[str, ...]] = []
    if strip.own is not None:
        own = amount(strip.own, strip.unit)
        rows.append(("This session", own, own, labels.NOTHING, labels.NOTHING, strip.own_words))
    rows.append(("Published rule", *[labels.NOTHING] * 4, strip.line_words))
    for bar in strip.bars:
        least, most = amount(bar.least, strip.unit), amount(bar.most, strip.unit)
        where, grade = labels.title(bar.setting), f"{bar.grade}, {GRADES[bar.grade]}"
        rows.append((bar.label, least, most, where, grade, bar.detail))
    return rows
