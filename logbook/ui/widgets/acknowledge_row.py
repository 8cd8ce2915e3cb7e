"""Acknowledges what is chosen, with a reason, in the place where it is read."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from logbook.domain import labels
from logbook.domain.vocabulary import Reason, Severity
from logbook.services.findings import ListedFinding
from logbook.ui.theme import SPACING, TIGHT
from logbook.ui.widgets.answer_box import AnswerBox

_REASONS: Final[list[tuple[str, Reason | None]]] = [
    ("Choose a reason", None),
    *((labels.title(reason), reason) for reason in Reason if reason is not Reason.NOT_GIVEN),
]
_WIDE: Final = 600  # logical pixels: beyond, everything stands in one line


class AcknowledgeRow(QFrame):
    """A reason, words of one's own, and the button.

    Signals:
        edited: something was chosen or typed.
        answered: the person gave a reason and, perhaps, words.
        went_back: the person would rather go on reading.
    """

    edited = Signal()
    answered = Signal(Reason, str)
    went_back = Signal()

    def __init__(self) -> None:
        """Begin without a reason."""
        super().__init__()
        self.setAccessibleName("Acknowledge with a reason")
        self.reason: AnswerBox[Reason | None] = AnswerBox(_REASONS)
        self.reason.setAccessibleName("Reason")
        self.words = QLineEdit(placeholderText="In your own words, if you like")
        self.words.setAccessibleName("Reason in your own words")
        self.button = QPushButton("&Acknowledge")
        self.button.setProperty("role", "main")
        self._note, self._problem = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._note.setProperty("role", "muted")
        self._problem.setProperty("role", "problem")
        for label in (self._note, self._problem):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self.button.clicked.connect(self._answer)
        self.words.textChanged.connect(self._forgive)
        self.words.textEdited.connect(self.edited)
        self.reason.edited.connect(self.edited)
        self.reason.edited.connect(self._forgive)
        self._forgive()

    def show_for(self, listed: Sequence[ListedFinding]) -> None:
        """Stand for *listed*, what can be acknowledged of that which is chosen; out of sight where that is nothing."""
        self.setVisible(bool(listed))
        self.button.setText(
            f"&Acknowledge {labels.count(len(listed), 'finding')}" if len(listed) > 1 else "&Acknowledge"
        )
        has_stop = any(one.finding.severity is Severity.STOP for one in listed)
        self._note.setText("A stop stays in view when it is acknowledged." if has_stop else "")
        self._note.setVisible(has_stop)

    def clear(self) -> None:
        """Begin anew without a reason."""
        self.reason.set_value(None)
        self.words.clear()

    def go_on_with(self, reason: Reason | None, words: str) -> None:
        """Put again what was typed when the program ended."""
        self.reason.set_value(reason)
        self.words.setText(words)

    def focus_first(self) -> None:
        """Go to the reason."""
        self.reason.setFocus()

    def _answer(self) -> None:
        reason, words = self.reason.value(), self.words.text().strip()
        if reason is None:
            self._ask("Choose a reason first.", self.reason)
        elif reason is Reason.OWN_WORDS and not words:
            self._ask("Write your own words first.", self.words)
        else:
            self.answered.emit(reason, words)

    def _ask(self, problem: str, at: AnswerBox[Reason | None] | QLineEdit) -> None:
        self._problem.setText(f"✕ {problem}")
        self._problem.show()
        at.setAccessibleDescription(problem)
        at.setFocus()

    def _forgive(self) -> None:
        self._problem.hide()
        self._problem.clear()
        for editor in (self.reason, self.words):
            editor.setAccessibleDescription("")

    def _lay_out(self) -> None:
        self._editors = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._editors.setSpacing(TIGHT)
        self._editors.addWidget(self.reason, 1)
        self._editors.addWidget(self.words, 2)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addLayout(self._editors, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(self._note)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() > _WIDE
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._editors.setDirection(way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.went_back.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
        else:
            super().keyPressEvent(event)
