"""What a form or a button looks like where a logbook is open for reading only."""

from typing import Final

from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

READ_ONLY: Final = "This logbook is open for reading only; nothing can be changed in it."


def give_reason(*widgets: QWidget) -> None:
    """Say of *widgets*, which are switched off, that the logbook can only be read."""
    for widget in widgets:
        widget.setToolTip(READ_ONLY)
        widget.setAccessibleDescription(READ_ONLY)


def only_show(form: QWidget) -> None:
    """Let the fields of *form* be read, and their text be copied, but not changed."""
    for field in form.findChildren(QWidget):
        if isinstance(field, QLineEdit | QPlainTextEdit | QAbstractSpinBox):
            field.setReadOnly(True)
            _restyle(field)
        elif isinstance(field, QComboBox | QAbstractButton):
            field.setEnabled(False)
            give_reason(field)


def _restyle(field: QWidget) -> None:
    if not field.property("only_shown"):
        field.setProperty("only_shown", True)
        field.style().unpolish(field)
        field.style().polish(field)
