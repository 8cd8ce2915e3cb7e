"""Asks why a session is logged in spite of a warning; it never stands in the way."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from logbook.domain import labels
from logbook.domain.vocabulary import Reason
from logbook.guidance.rule import Finding
from logbook.ui.theme import MARGIN, SPACING, TIGHT
from logbook.ui.widgets.answer_box import AnswerBox

# First what is true of who says nothing: nobody is to have agreed to what was only saved in a hurry.
_REASONS: Final = [
    (labels.title(reason), reason)
    for reason in (Reason.NOT_GIVEN, *(reason for reason in Reason if reason is not Reason.NOT_GIVEN))
]


@dataclass(frozen=True, slots=True)
class GivenReason:
    """What was chosen, and what was written."""

    reason: Reason
    words: str


class ReasonPanel(QFrame):
    """A reason, and words of one's own.

    Signals:
        edited: something was chosen or typed.
        answered: the person chose a reason and, perhaps, wrote words.
        went_back: the person would rather change the session.
    """

    edited = Signal()
    answered = Signal(Reason, str)
    went_back = Signal()

    def __init__(self) -> None:
        """Begin out of sight."""
        super().__init__()
        self.setProperty("role", "ask")
        self.setAccessibleName("Reason for logging in spite of a warning")
        self._question = QLabel(wordWrap=True)
        self._question.setTextFormat(Qt.TextFormat.PlainText)
        self.reason: AnswerBox[Reason] = AnswerBox(_REASONS)
        self.reason.setAccessibleName("Reason")
        self.words = QLineEdit(placeholderText="In your own words, if you like")
        self.words.setAccessibleName("Reason in your own words")
        self.save_button = QPushButton("Save with this reason")
        self.save_button.setProperty("role", "main")
        self._back_button = QPushButton("Back")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._back_button)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(TIGHT)
        for widget in (self._question, self.reason, self.words):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self._expected: GivenReason | None = None
        self.reason.edited.connect(self.edited)
        self.words.textEdited.connect(self.edited)
        self.save_button.clicked.connect(self._answer)
        self._back_button.clicked.connect(self._go_back)
        self.hide()

    @property
    def typed(self) -> "GivenReason | None":
        """What is typed and not given, or was when the program ended; None where there are no words."""
        given = self._expected if self.isHidden() else GivenReason(self.reason.value(), self.words.text())
        return given if given and given.words.strip() else None

    def expect(self, reason: Reason | None, words: str) -> None:
        """Have what was typed when the program ended stand there once it is asked for again."""
        self._expected = GivenReason(reason or Reason.NOT_GIVEN, words)

    def set_aside(self) -> None:
        """Go out of sight; what is typed stands there again when it is asked for again."""
        self._expected = self.typed
        self.hide()

    def forget(self) -> None:
        """Go out of sight, and expect nothing: what it was the reason for is saved, or not wanted."""
        self._expected = None
        self.hide()

    def ask(self, findings: tuple[Finding, ...]) -> None:
        """Come into sight and ask about *findings*."""
        rules = labels.series(f"{finding.rule.title.lower()} ({finding.severity.word})" for finding in findings)
        self._question.setText(f"Why go on in spite of: {rules}? The reason is kept with the session.")
        given, self._expected = self._expected or GivenReason(Reason.NOT_GIVEN, ""), None
        self.words.setText(given.words)
        self.reason.set_value(given.reason)
        self.show()
        self.reason.setFocus()

    def answer(self) -> None:
        """Give the answer as it stands."""
        self._answer()

    def _answer(self) -> None:
        self.set_aside()  # until it is saved: the disk may refuse
        reason, words = self.reason.value(), self.words.text().strip()
        self.answered.emit(Reason.OWN_WORDS if words and reason is Reason.NOT_GIVEN else reason, words)

    def _go_back(self) -> None:
        self.set_aside()
        self.went_back.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with Enter, also from the line of words, which hands the key on."""
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
        else:
            super().keyPressEvent(event)
