"""Answers a dialog as a person would, while the program waits for it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from logbook.ui.dialogs.form_dialog import FormDialog


def write(editor: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Type *text* in the place of what is there."""
    editor.selectAll()
    if isinstance(editor, QLineEdit):
        editor.insert(text)
    else:
        editor.insertPlainText(text)


def marks(dialog: FormDialog[Any]) -> dict[str, str]:
    """Return what is marked as wrong, by field."""
    return {name: field.problem_text for name, field in dialog.fields.items() if field.problem_text}


class Answer:
    """Fills in the next dialog and keeps it; without anything to fill in, leaves it."""

    def __init__(self, fill: Callable[[Any], None] | None = None) -> None:
        self.fill = fill
        self.title = ""
        QTimer.singleShot(0, self.give)

    def give(self) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FormDialog)
        self.title = dialog.windowTitle()
        try:
            if self.fill:
                self.fill(dialog)
                dialog.keep_button.click()
        finally:
            if dialog.isVisible():
                dialog.done(0)  # nothing waits for ever


class Unasked:
    """Remembers whether a dialog was shown, and leaves it."""

    def __init__(self) -> None:
        self.dialogs: list[Any] = []
        QTimer.singleShot(0, self.look)

    def look(self) -> None:
        dialog = QApplication.activeModalWidget()
        self.dialogs.append(dialog)
        if isinstance(dialog, FormDialog):
            dialog.done(0)
