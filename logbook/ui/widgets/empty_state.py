"""What stands where there is nothing to show yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


def empty_state(sentence: QLabel, button: QPushButton) -> QWidget:
    """Return *sentence* and, under it, the *button* that begins, in the middle of the room there is."""
    empty = QWidget()
    sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column = QVBoxLayout(empty)
    column.addStretch(1)
    column.addWidget(sentence)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(1)
    return empty
