"""One of a few answers, or not recorded."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from logbook.domain import labels
from logbook.ui.theme import AROUND_WORDS
from logbook.ui.widgets.choices_field import NOT_RECORDED
from logbook.ui.widgets.heard_combo import HeardCombo

_V = TypeVar("_V")
_W = TypeVar("_W", bound=StrEnum)


class AnswerBox(HeardCombo, Generic[_V]):
    """A drop-down list of answers, each a value under its words.

    Signals:
        edited: another answer was chosen.
    """

    edited = Signal()

    def __init__(self, answers: Iterable[tuple[str, _V]]) -> None:
        """Offer *answers*, the first of them chosen."""
        super().__init__()
        listed = list(answers)
        # Kept here: Qt's own item data would turn an enum into a plain text.
        self._values = [value for _, value in listed]
        self.addItems([text for text, _ in listed])
        # The field may be narrower than its longest answer; the list itself shows it whole.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        widest = max(self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count()))
        self.view().setMinimumWidth(widest + AROUND_WORDS)
        self.currentIndexChanged.connect(self.edited)

    def value(self) -> _V:
        """Return the answer."""
        return self._values[self.currentIndex()]

    def set_value(self, value: _V) -> None:
        """Show *value*; the first answer where it is none of them."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form: scrolling past a field must not change a record."""
        event.ignore()


def words_box(choices: Iterable[_W]) -> AnswerBox[_W | None]:
    """Return a box of the words of *choices*, after *not recorded*."""
    words: list[tuple[str, _W | None]] = [(labels.title(choice), choice) for choice in choices]
    return AnswerBox([(NOT_RECORDED, None), *words])


def yes_no_box() -> AnswerBox[bool | None]:
    """Return a box of yes and no, after *not recorded*."""
    return AnswerBox([(NOT_RECORDED, None), ("Yes", True), ("No", False)])
