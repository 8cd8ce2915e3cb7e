"""One count a line: a number, Enter, and the cursor stands in the number of the next day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.errors import Problem
from logbook.domain.session import RecordId, new_id
from logbook.domain.shedding import parse_count
from logbook.domain.units import Unreadable
from logbook.domain.vocabulary import SHEDDING_SCALES, SheddingMethod
from logbook.ui.theme import MARGIN, SPACING, TIGHT, restyle
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.day_field import DayField
from logbook.ui.widgets.idle_undo import IdleUndo
from logbook.ui.widgets.words import words_label

_ONE_LINE: Final = 72  # letters that one line takes, fields and button
_HINT: Final = "Enter saves and goes on to the next day; ↓ and ↑ change the day."
_BLANK: Final = "Not counted is left blank: go to the next day with ↓."


@dataclass(frozen=True, slots=True)
class QuickEntry:
    """What was typed."""

    date: date
    method: SheddingMethod
    value: int
    is_more_than: bool


class QuickCount(QWidget):
    """A day, a method and a number.

    Signals:
        entered: a number was typed and Enter pressed; carries the `QuickEntry`.
    """

    entered = Signal(object)

    def __init__(self) -> None:
        """Begin without a day."""
        super().__init__()
        self._today = date.max
        self._record_id: RecordId | None = None
        self.day, self.number = DayField(), _Number()
        self.method: AnswerBox[SheddingMethod] = method_box()
        self.add_button = QPushButton("&Add")
        self.setAccessibleName("One count a line")
        self.day.setAccessibleName("Day of the count")
        self.method.setAccessibleName("Counted by")
        self.number.setAccessibleName("Count")
        self.says, self._problem = words_label("muted"), words_label("problem")
        self._lay_out()
        self.number.returnPressed.connect(self.enter)
        self.add_button.clicked.connect(self.enter)
        self.number.moved.connect(self._move)
        self.number.textEdited.connect(self._typed)
        self.number.installEventFilter(IdleUndo(self))
        self.method.edited.connect(self._show_method)
        self.day.dateChanged.connect(self._day_changed)
        self._show_method()
        self.say(_HINT)

    @property
    def has_unsaved(self) -> bool:
        """Whether a number is typed and not entered."""
        return bool(self.number.text().strip())

    @property
    def problem_text(self) -> str:
        """What is shown as wrong, or nothing."""
        return self._problem.text() if not self._problem.isHidden() else ""

    @property
    def record_id(self) -> RecordId:
        """The id of the record that what is typed becomes."""
        if self._record_id is None:
            self._record_id = new_id()
        return self._record_id

    def go_on_with(
        self, number: str, day: date | None, method: SheddingMethod | None, record_id: RecordId | None
    ) -> None:
        """Put again what was typed when the program ended: a *number* for a *day*, by a *method*."""
        if day is not None:
            self.day.set_value(min(day, self._today))
        if method is not None:
            self.method.set_value(method)
        self.number.setText(number)
        self._record_id = record_id

    def begin(self, today: date, method: SheddingMethod) -> None:
        """Begin with *today* and *method*."""
        self.set_today(today)
        self.day.set_value(today)
        self.method.set_value(method)
        self.say(_HINT)

    def set_today(self, today: date) -> None:
        """Take no day after *today*, and go on to it where the day that was today before still waits for its count.

        A number that is typed keeps its day.
        """
        # Another day than that was chosen: whoever went back to fill in days goes on where they are.
        waits = self.day.value() == self._today and not self.has_unsaved
        self._today = today
        self.day.set_last(today)
        if waits:
            self.day.set_value(today)

    def enter(self) -> None:
        """Tell what was typed, or say what is wrong with it."""
        self.number.setFocus()
        if not self.number.text().strip():
            self.say(_BLANK)
            return
        try:
            value, is_more_than = parse_count(self.number.text())
        except Unreadable as error:
            self.show_problem(Problem("value", str(error)))
            return
        self.entered.emit(QuickEntry(self.day.value(), self.method.value(), value, is_more_than))

    def go_on(self, saved: str) -> None:
        """Go to the next day; *saved* says what was saved."""
        is_last = self.day.value() >= self._today
        self._record_id = None
        self.number.setText("")  # and nothing is left in it to undo: Undo is the logbook's
        self._move(1)
        self.say(f"{saved} This is today: there is no later day." if is_last else saved)

    def say(self, text: str) -> None:
        """Show *text* under the fields, in the place of a problem."""
        self.show_problem(None)
        self.says.setText(text)

    def show_problem(self, problem: Problem | None) -> None:
        """Mark the number, or the day, with *problem*, or take the mark away."""
        self._problem.setText(f"✕ {problem.message}" if problem else "")
        self._problem.setVisible(problem is not None)
        self.says.setVisible(problem is None)
        is_day = problem is not None and problem.field == "date"
        for editor, is_marked in ((self.day, is_day), (self.number, problem is not None and not is_day)):
            restyle(editor, "has_problem", is_marked)
            editor.setAccessibleDescription(problem.message if problem and is_marked else "")

    def _move(self, days: int) -> None:
        self.day.set_value(min(self.day.value() + timedelta(days=days), self._today))

    def _day_changed(self) -> None:
        self.say(labels.day(self.day.value()))

    def _typed(self) -> None:
        if self.problem_text:
            self.say(_HINT)

    def _show_method(self) -> None:
        self.show_problem(None)
        scale = SHEDDING_SCALES.get(self.method.value())
        self.number.setPlaceholderText(f"{scale[0]} to {scale[1]}" if scale else "hairs")

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACING)
        self._grid.setVerticalSpacing(TIGHT)
        self._labels = []
        for text, editor in (("Day", self.day), ("&Method", self.method), ("C&ount", self.number)):
            label = QLabel(text)
            label.setProperty("role", "muted")
            label.setBuddy(editor)
            self._labels.append(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addLayout(self._grid)
        layout.addWidget(self.says)
        layout.addWidget(self._problem)
        self._is_narrow: bool | None = None
        self._arrange(is_narrow=True)

    def _arrange(self, *, is_narrow: bool) -> None:
        """Put all in one line under their labels; where it is *narrow*, the number goes below day and method."""
        if is_narrow is self._is_narrow:
            return
        self._is_narrow = is_narrow
        editors = (self.day, self.method, self.number)
        places = ((1, 0), (1, 1), (2, 1)) if is_narrow else ((1, 0), (1, 1), (1, 2))
        label_places = ((0, 0), (0, 1), (2, 0)) if is_narrow else ((0, 0), (0, 1), (0, 2))
        for widget, place in zip((*editors, *self._labels), (*places, *label_places), strict=True):
            self._grid.addWidget(widget, *place)
        self._grid.addWidget(self.add_button, *((2, 2) if is_narrow else (1, 3)))
        self._grid.addWidget(self.method, *places[1], 1, 2 if is_narrow else 1)
        self._labels[2].setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        for column, stretch in enumerate((1, 1, 0) if is_narrow else (3, 4, 2)):
            self._grid.setColumnStretch(column, stretch)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_narrow=event.size().width() < self.fontMetrics().averageCharWidth() * _ONE_LINE)


class _Number(QLineEdit):
    """A line whose up and down keys go from day to day.

    Signals:
        moved: another day is wanted; carries how many days on.
    """

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0 to 3") + 2 * MARGIN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        days = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if days is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(days)


def method_box() -> AnswerBox[SheddingMethod]:
    """Return a box of all methods."""
    return AnswerBox([(labels.title(method), method) for method in SheddingMethod])
