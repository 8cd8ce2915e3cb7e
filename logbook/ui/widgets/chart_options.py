"""What is asked for a chart of shedding: one or two methods, and how long before a count the hair was washed."""

from collections import Counter
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from logbook.charts.around import WASH_WORDS, WashState
from logbook.domain import labels
from logbook.domain.vocabulary import SheddingMethod
from logbook.ui.theme import TIGHT
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.flow_layout import FlowLayout

_E = TypeVar("_E", bound=StrEnum)

_METHODS = {method: labels.title(method) for method in SheddingMethod}
_WASHES = {wash: labels.capital(WASH_WORDS[wash]) for wash in WashState}


class ChartOptions(QWidget):
    """Boxes that say beside each choice how many counts there are of it. The page decides what they show.

    Signals:
        method_wanted: the person chose a method.
        second_wanted: the person chose a method beside it, or None.
        wash_wanted: the person chose a wash state.
    """

    method_wanted = Signal(object)
    second_wanted = Signal(object)
    wash_wanted = Signal(object)

    def __init__(self) -> None:
        """Offer every method and every wash state."""
        super().__init__()
        none: list[tuple[str, SheddingMethod | None]] = [("No second method", None)]
        self.method = AnswerBox([(text, method) for method, text in _METHODS.items()])
        self.second = AnswerBox([*none, *((text, method) for method, text in _METHODS.items())])
        self.wash = AnswerBox([(text, wash) for wash, text in _WASHES.items()])
        flow = FlowLayout(self)
        self._parts: dict[QComboBox, QWidget] = {}
        for words, box in (("Co&unted by", self.method), ("a&nd by", self.second), ("&Wash", self.wash)):
            box.setMinimumContentsLength(24)
            self._parts[box] = _labelled(words, box)
            flow.addWidget(self._parts[box])
        self.method.edited.connect(self._method_edited)
        self.second.edited.connect(self._second_edited)
        self.wash.edited.connect(self._wash_edited)

    def offer(self, boxes: Collection[QComboBox]) -> None:
        """Show *boxes* alone; without any, nothing."""
        for box, part in self._parts.items():
            part.setVisible(box in boxes)
        self.setVisible(bool(boxes))

    def show_methods(
        self, method: SheddingMethod, second: SheddingMethod | None, counts: Mapping[SheddingMethod, int]
    ) -> None:
        """Show the methods as chosen, each with the number of its *counts*."""
        blockers = [QSignalBlocker(box) for box in (self.method, self.second)]
        _show(self.method, _METHODS, counts, 0)
        _show(self.second, _METHODS, counts, 1)
        self.method.set_value(method)
        self.second.set_value(second)
        for blocker in blockers:
            blocker.unblock()

    def show_wash(self, wash: WashState, counts: Mapping[WashState, int]) -> None:
        """Show *wash* as chosen, and each state with the number of its *counts*."""
        blocker = QSignalBlocker(self.wash)
        _show(self.wash, _WASHES, counts, 0)
        self.wash.set_value(wash)
        blocker.unblock()

    def _method_edited(self) -> None:
        self.method_wanted.emit(self.method.value())

    def _second_edited(self) -> None:
        self.second_wanted.emit(self.second.value())

    def _wash_edited(self) -> None:
        self.wash_wanted.emit(self.wash.value())


def most_frequent(counts: Mapping[_E, int], default: _E) -> _E:
    """Return what there is most of; *default* where there is nothing."""
    found = Counter(counts).most_common(1)
    return found[0][0] if found else default


def _show(box: QComboBox, words: Mapping[_E, str], counts: Mapping[_E, int], before: int) -> None:
    """Write the numbers behind the words, which stand after so many others."""
    for place, (value, text) in enumerate(words.items(), before):
        number = counts.get(value, 0)
        box.setItemText(place, f"{text} ({number:,})" if number else f"{text} (none)")


def _labelled(words: str, box: QComboBox) -> QWidget:
    pair, label = QWidget(), QLabel(words)
    label.setBuddy(box)
    label.setTextFormat(Qt.TextFormat.PlainText)
    box.setAccessibleName(words.replace("&", ""))
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(TIGHT)
    row.addWidget(label)
    row.addWidget(box)
    return pair
