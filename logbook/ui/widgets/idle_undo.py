"""Undo and redo in a field of text: its own as long as it has any, the logbook's after that."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


class IdleUndo(QObject):
    """An event filter for fields of text: leaves undo and redo to the menu where a field has nothing to take back."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(watched, QLineEdit | QPlainTextEdit):
            text = watched.document() if isinstance(watched, QPlainTextEdit) else watched
            assert isinstance(event, QKeyEvent)  # noqa: S101 - as Qt documents for this type
            is_idle_undo = event.matches(QKeySequence.StandardKey.Undo) and not text.isUndoAvailable()
            if is_idle_undo or (event.matches(QKeySequence.StandardKey.Redo) and not text.isRedoAvailable()):
                event.ignore()
                return True
        return super().eventFilter(watched, event)
