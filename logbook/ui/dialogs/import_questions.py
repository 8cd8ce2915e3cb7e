"""What a table leaves open, each with an example of the file and the answers to choose from."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QVBoxLayout, QWidget

from logbook.services.importing.cells import NO_ANSWERS, Answers
from logbook.services.importing.questions import Asked, Question
from logbook.ui.theme import SPACING, TIGHT
from logbook.ui.widgets.narrow_combo import NarrowCombo
from logbook.ui.widgets.words import words_label

_CHOOSE: Final = "Choose…"


class ImportQuestions(QWidget):
    """The questions, one under the other.

    Signals:
        answered: the person answered one of them.
    """

    answered = Signal()

    def __init__(self) -> None:
        """Begin without a question."""
        super().__init__()
        self.given = NO_ANSWERS  # by the person, not by the file
        self.fields: dict[Asked, QComboBox] = {}
        self._shown: tuple[Question, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)

    def show_questions(self, questions: Sequence[Question], answers: Answers) -> None:
        """Show *questions* with the *answers* to them; those that are shown already stay as they are."""
        if self._shown == tuple(questions):
            return
        self._shown = tuple(questions)
        while (item := self._layout.takeAt(0)) and (widget := item.widget()):
            widget.deleteLater()
        self.fields = {}
        for question in questions:
            self._layout.addWidget(self._box(question, getattr(answers, question.about.value)))
        self.setVisible(bool(questions))

    @property
    def first_open(self) -> QComboBox | None:
        """The first field that says nothing yet."""
        return next((field for field in self.fields.values() if field.currentText() == _CHOOSE), None)

    def _box(self, question: Question, answer: object) -> QFrame:
        box = QFrame()
        box.setProperty("role", "ask" if question.is_open else "card")
        text, because = words_label(), words_label("muted")
        text.setText(question.text)
        because.setText(question.because)
        because.setVisible(bool(question.because))
        field = self.fields[question.about] = self._field(question, answer, text)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(SPACING, SPACING, SPACING, SPACING)
        layout.setSpacing(TIGHT)
        for widget in (text, field, because):
            layout.addWidget(widget)
        return box

    def _field(self, question: Question, answer: object, label: QLabel) -> QComboBox:
        field = NarrowCombo()
        field.setAccessibleName(question.text)
        field.setAccessibleDescription(question.because)
        label.setBuddy(field)
        if answer is None:
            field.addItem(_CHOOSE)
        values: list[object] = [None] * field.count()
        values += [option.value for option in question.options]
        field.addItems([option.words for option in question.options])
        field.setCurrentIndex(values.index(answer) if answer in values else 0)
        field.activated.connect(partial(self._chosen, question.about, values))
        return field

    def _chosen(self, about: Asked, values: Sequence[object], place: int) -> None:
        self.given = replace(self.given, **{about.value: values[place]})  # type: ignore[arg-type]
        self.answered.emit()
