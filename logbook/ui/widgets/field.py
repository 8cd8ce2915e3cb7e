"""One field of a form: its label, its editor, and what is wrong with it in words below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from logbook.domain.errors import Problem
from logbook.ui.theme import TIGHT, restyle


class Field(QWidget):
    """An editor under its label.

    Signals:
        suggestion_taken: the person chose the text that was offered instead.
    """

    suggestion_taken = Signal(str)

    def __init__(self, label: str, editor: QWidget, name: str | None = None, begins: QWidget | None = None) -> None:
        """Put *editor* under *label*; *name* is what a screen reader says where the label is too short.

        The letter of the label leads to *editor*, or to the part of it in which one *begins*.
        """
        super().__init__()
        self.editor = editor
        self._label = QLabel(label)
        self._label.setProperty("role", "muted")
        self.first = begins or editor
        self._label.setBuddy(self.first)
        editor.setAccessibleName(name or label.replace("&", ""))
        self._problem = QLabel(wordWrap=True)
        self._problem.setProperty("role", "problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._offer = QToolButton()
        self._offer.setProperty("role", "link")
        self._offer.clicked.connect(self._take)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self._problem)
        below.addWidget(self._offer)
        self._below.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(self._label)
        layout.addWidget(editor)
        layout.addWidget(self._below)

    @property
    def problem_text(self) -> str:
        """What is shown as wrong, or nothing."""
        return self._problem.text() if not self._below.isHidden() else ""

    def show_problem(self, problem: Problem | None) -> None:
        """Mark the field with *problem*, or take the mark away."""
        self._problem.setText(f"✕ {problem.message}" if problem else "")
        suggestion = problem.suggestion if problem else None
        self._offer.setText(f"Use {suggestion}")
        self._offer.setVisible(suggestion is not None)
        self._offer.setProperty("suggestion", suggestion)
        self._below.setVisible(problem is not None)
        self.editor.setAccessibleDescription(problem.message if problem else "")
        restyle(self.editor, "has_problem", problem is not None)

    def _take(self) -> None:
        self.suggestion_taken.emit(self._offer.property("suggestion"))
        self.editor.setFocus()
