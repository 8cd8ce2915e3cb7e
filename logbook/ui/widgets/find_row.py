"""Finds words in a table: a line above it that comes when it is wanted, goes from hit to hit, and goes away again."""

from bisect import bisect_left, bisect_right
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)

from logbook.ui.theme import TIGHT
from logbook.ui.widgets.rows_in_sight import place_on

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHOOSE: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class FindRow(QWidget):
    """Words to find in the rows of a table. It hides no row, so nothing can be done to one that is not seen."""

    def __init__(self, table: QTableView) -> None:
        """Stand above *table*, out of sight until it is wanted."""
        super().__init__()
        self.table = table
        self._texts: list[str] | None = None  # of every row; None: not read since the rows changed
        self.line = QLineEdit(placeholderText="Find in this table", clearButtonEnabled=True)
        self.says = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.says.setProperty("role", "muted")
        self.back_button = _button(Qt.ArrowType.UpArrow, "The hit before (Shift+Enter)")
        self.on_button = _button(Qt.ArrowType.DownArrow, "The next hit (Enter)")
        self.close_button = QToolButton(text="✕", autoRaise=True)
        self.close_button.setToolTip("Close (Escape)")
        self.close_button.setAccessibleName("Close the search")
        self._changed = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._listen()
        self.hide()

    @property
    def can_open(self) -> bool:
        """Whether there are rows in sight to find anything in."""
        return self.table.isVisible() and self.table.model().rowCount() > 0

    def open(self) -> None:
        """Come into sight and take the keyboard; what was looked for last can be typed over."""
        name = self.table.accessibleName().partition(":")[0]
        self.line.setAccessibleName(f"Find in: {name}")
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._show_count()
        QTimer.singleShot(0, self, self._come_into_view)  # once there is room for it

    def close_row(self) -> None:
        """Go out of sight, and leave the keyboard at what was found."""
        self.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Go to the hit after the row that is chosen, or to the first."""
        hits = self.hits()
        self._go(hits, bisect_right(hits, self._row))

    def go_back(self) -> None:
        """Go to the hit before the row that is chosen, or to the last."""
        hits = self.hits()
        self._go(hits, bisect_left(hits, self._row) - 1)

    def hits(self) -> list[int]:
        """Return the rows in which every word that is typed is found."""
        words = self.line.text().casefold().split()
        if not words:
            return []
        if self._texts is None:
            self._texts = list(map(self._text, range(self.table.model().rowCount())))
        return [row for row, text in enumerate(self._texts) if all(word in text for word in words)]

    def _text(self, row: int) -> str:
        model = self.table.model()
        cells = (model.index(row, column).data() for column in range(model.columnCount()))
        return " ".join(str(cell) for cell in cells if cell).casefold()

    @property
    def _row(self) -> int:
        return self.table.currentIndex().row()  # -1 without any

    def _typed(self) -> None:
        """Go to the first hit from where one is, which may be there already."""
        hits = self.hits()
        self._go(hits, bisect_left(hits, max(self._row, 0)))

    def _go(self, hits: list[int], place: int) -> None:
        """Choose the hit at *place*, counted on past the last from the first again."""
        if hits:
            row, header = hits[place % len(hits)], self.table.horizontalHeader()
            seen = (column for column in map(header.logicalIndex, range(header.count())))
            column = next((one for one in seen if not self.table.isColumnHidden(one)), 0)
            index = self.table.model().index(row, column)
            self.table.selectionModel().setCurrentIndex(index, _CHOOSE)
            self.table.scrollTo(index)
        self._show_count()

    def _show_count(self) -> None:
        hits, row = self.hits(), self._row
        where = f"{bisect_left(hits, row) + 1:,} of {len(hits):,}" if row in hits else f"{len(hits):,} found"
        words = where if hits else "Nothing found" if self.line.text().strip() else ""
        self.says.setText(words)
        self.line.setAccessibleDescription(words)
        for button in (self.back_button, self.on_button):
            button.setEnabled(bool(hits))

    def _come_into_view(self) -> None:
        above = self.parentWidget()
        while above:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self)
            above = above.parentWidget()

    def _forget(self) -> None:
        self._texts = None
        self._changed.start()

    def _count_again(self) -> None:
        if self.isVisible():
            self._show_count()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(self.line, 1)
        for part in (self.says, self.back_button, self.on_button, self.close_button):
            layout.addWidget(part)

    def _listen(self) -> None:
        self.line.textChanged.connect(self._typed)
        self.back_button.clicked.connect(self.go_back)
        self.on_button.clicked.connect(self.go_on)
        self.close_button.clicked.connect(self.close_row)
        self._changed.timeout.connect(self._count_again)
        model = self.table.model()
        for signal in (model.modelReset, model.layoutChanged, model.dataChanged, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._forget)

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Escape, which would else press or leave the dialog around."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_row()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.go_back()
        elif event.key() in _ENTER:
            self.go_on()
        else:
            super().keyPressEvent(event)


class FindKey(QShortcut):
    """The key that finds, in a dialog, which the menu of the window does not reach."""

    def __init__(self, dialog: QDialog) -> None:
        """Listen in *dialog*."""
        super().__init__(QKeySequence(QKeySequence.StandardKey.Find), dialog)
        self._dialog = dialog
        self.activated.connect(self._open)

    def _open(self) -> None:
        open_find(self._dialog)


def open_find(around: QWidget) -> bool:
    """Open the line above a table *around*: the one that has the keyboard, else the first; return whether there is."""
    rows = [row for row in around.findChildren(FindRow) if row.can_open]
    focus = QApplication.focusWidget()
    here = [row for row in rows if focus in (row.table, row.line)]
    for row in here[:1] or sorted(rows, key=lambda row: place_on(around, row.table))[:1]:
        row.open()
    return bool(rows)


def _button(arrow: Qt.ArrowType, says: str) -> QToolButton:
    button = QToolButton(arrowType=arrow, autoRaise=True)
    button.setToolTip(says)
    button.setAccessibleName(says.partition(" (")[0])
    return button
