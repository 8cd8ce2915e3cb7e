"""Says that something large is being written, and keeps everything else off meanwhile."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.words import words_label

_WIDTH: Final = 380  # logical pixels
_WAIT: Final = "Your logbook can be changed again once this is done."


class WorkingDialog(QDialog):
    """What is being done; it goes when that is over, and nobody can send it away before."""

    def __init__(self, parent: QWidget | None, title: str, text: str) -> None:
        """Tell with *text* what is under way, which cannot be stopped."""
        super().__init__(
            parent, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint
        )
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.text, wait = words_label(), words_label("muted")
        self.text.setText(text)
        wait.setText(_WAIT)
        self.progress = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.progress.setAccessibleName(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(_WAIT)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        for widget in (self.text, self.progress, wait):
            column.addWidget(widget)
        self.setMinimumWidth(_WIDTH)

    def end(self) -> None:
        """Go: it is over."""
        super().reject()
        self.deleteLater()

    # Qt's own

    def reject(self) -> None:
        """Stay, whatever key was pressed."""

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
