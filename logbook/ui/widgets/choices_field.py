"""Several of a list of words, chosen in a pop-up by keyboard or mouse."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QSizePolicy, QWidget

from logbook.domain import labels
from logbook.ui.theme import HAIR, MARGIN, SPACING, pixmap

NOT_RECORDED: Final = "Not recorded"
_ARROW: Final = 12  # logical pixels, as are the next; as large as that of a combo box
_NARROWEST_LIST: Final = 220
_NARROWEST_WORDS: Final = 60


class ChoicesField(QPushButton):
    """Shows what is chosen; opens the list. Nothing chosen is *not recorded*, which is not the same as *none*.

    Signals:
        edited: the person changed the choice.
    """

    edited = Signal()

    def __init__(self, choices: Sequence[StrEnum], none: str | None = None) -> None:
        """Offer *choices*, and *none* as the words for "it was looked, and there was nothing"."""
        super().__init__()
        self._none = none
        self._value: tuple[StrEnum, ...] | None = None
        self.setProperty("role", "field")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._popup = _Popup(self)
        # Kept here, row for row: Qt's own item data would turn an enum into a plain text.
        self._choices: list[StrEnum | None] = []
        if none is not None:
            self._add(none, None)
        for choice in choices:
            self._add(labels.title(choice), choice)
        self._popup.itemChanged.connect(self._item_changed)
        self.clicked.connect(self.open)
        self._show()

    def value(self) -> tuple[StrEnum, ...] | None:
        """Return what is chosen, in the order of choosing; None where nothing is recorded."""
        return self._value

    def set_value(self, value: Sequence[StrEnum] | None) -> None:
        """Show *value*."""
        self._value = None if value is None else tuple(value)
        self._popup.blockSignals(True)
        for row, choice in enumerate(self._choices):
            chosen = self._value == () if choice is None else choice in (self._value or ())
            state = Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
            self._popup.item(row).setCheckState(state)
        self._popup.blockSignals(False)
        self._show()

    def open(self) -> None:
        """Open the list under the field."""
        rows = min(self._popup.count(), 14)
        height = self._popup.sizeHintForRow(0) * rows + 2 * self._popup.frameWidth() + MARGIN
        self._popup.resize(max(self.width(), _NARROWEST_LIST), height)
        below = self.mapToGlobal(QPoint(0, self.height() + HAIR))
        screen = self.screen().availableGeometry()
        if below.y() + height > screen.bottom():
            below.setY(max(screen.top(), self.mapToGlobal(QPoint(0, -height - HAIR)).y()))
        self._popup.move(below)
        self._popup.setCurrentRow(max(0, self._popup.currentRow()))
        self._popup.show()
        self._popup.setFocus()

    def _add(self, text: str, choice: StrEnum | None) -> None:
        item = QListWidgetItem(text, self._popup)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        self._choices.append(choice)

    def _item_changed(self, item: QListWidgetItem) -> None:
        choice = self._choices[self._popup.row(item)]
        is_chosen = item.checkState() is Qt.CheckState.Checked
        if choice is None:
            value: tuple[StrEnum, ...] | None = () if is_chosen else None
        elif is_chosen:
            value = (*(self._value or ()), choice)
        else:
            value = tuple(one for one in self._value or () if one != choice) or None
        self.set_value(value)
        self.edited.emit()

    def _show(self) -> None:
        if self._value is None:
            words = NOT_RECORDED
        elif not self._value:
            words = self._none or ""
        else:
            words = labels.capital(", ".join(labels.word(one) for one in self._value))
        self._words = words
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self._elide()

    def _elide(self) -> None:
        room = max(_NARROWEST_WORDS, self.width() - 3 * SPACING - _ARROW)
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))

    # Qt's own

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._elide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        arrow = pixmap("down", "muted", _ARROW, scale=self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(self.width() - SPACING - _ARROW, (self.height() - _ARROW) // 2, arrow)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open()
        else:
            super().keyPressEvent(event)


class _Popup(QListWidget):
    """The list; Space chooses, Enter or Escape goes back to the field."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setProperty("role", "choices")
        self.setAccessibleName("Choices: Space chooses, Escape closes")
        self.itemClicked.connect(self._toggle_by_text)
        self._was_checked: Qt.CheckState | None = None

    def _toggle_by_text(self, item: QListWidgetItem) -> None:
        """A click beside the box counts too; one on the box has toggled it already."""
        if self._was_checked is item.checkState():
            is_chosen = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_chosen else Qt.CheckState.Checked)

    def mousePressEvent(self, event: object) -> None:
        item = self.itemAt(event.position().toPoint())  # type: ignore[attr-defined]
        self._was_checked = item.checkState() if item else None
        super().mousePressEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.close()
            self._owner.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # A list takes Tab as "next item"; here it is "next field".
        if event.type() is QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):  # type: ignore[attr-defined]
            self.keyPressEvent(event)  # type: ignore[arg-type]
            return True
        return super().event(event)
