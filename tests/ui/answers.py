"""Answers a dialog as a person would, while the program waits for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from logbook.desk import Desk
from logbook.ui.dialogs.form_dialog import FormDialog
from logbook.ui.dialogs.import_dialog import ImportDialog
from logbook.ui.main_window import MainWindow


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


def counted_import(desk: Any, qtbot: Any) -> ImportDialog:
    """Return the dialog of the file that is on its way, once it has counted what is new."""
    qtbot.waitUntil(lambda: desk.importing.dialog is not None and desk.importing.dialog.planned is not None)
    dialog: ImportDialog = desk.importing.dialog
    assert dialog.isVisible()
    return dialog


def take_in(desk: Any, path: Path, qtbot: Any) -> str:
    """Import *path* as it is proposed, and return what the dialog said of it."""
    desk.importing.import_file(path)
    dialog = counted_import(desk, qtbot)
    said = dialog.counts.text()
    dialog.import_button.click()
    assert desk.importing.dialog is None
    return said


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


def written(window: MainWindow) -> None:
    """Wait until what was to be exported is written, and told."""
    desk = window.findChild(Desk)
    assert desk is not None
    desk._tasks.finish()
    QApplication.processEvents()
