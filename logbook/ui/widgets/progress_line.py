"""What is being done off the window's thread, at the bottom of the window, as soon as it takes longer than a moment."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from logbook.ui.tasks import Tasks, Work
from logbook.ui.theme import SPACING
from logbook.ui.widgets.elided import ElidedLabel

_PATIENCE_MS: Final = 400  # what is over by then was hardly noticed
_LETTERS: Final = 12  # that the bar is wide


class ProgressLine(QWidget):
    """Words, a bar that moves, and a button to cancel what can be; out of sight where nothing is under way."""

    def __init__(self) -> None:
        """Begin with nothing under way."""
        super().__init__()
        self._under_way: list[Work] = []
        self.words = ElidedLabel()
        self.words.setProperty("role", "muted")
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setFixedWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self.cancel_button = QToolButton(text="Cancel")
        self.cancel_button.setProperty("role", "link")
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for part in (self.words, self.bar, self.cancel_button):
            layout.addWidget(part)
        self._patience.timeout.connect(self._show_first)
        self.cancel_button.clicked.connect(self.cancel)
        self.hide()

    def watch(self, tasks: Tasks) -> None:
        """Show from now on what *tasks* do that has words."""
        tasks.began.connect(self._began)
        tasks.ended.connect(self._ended)

    def cancel(self) -> None:
        """Give up what is shown."""
        if self._under_way and (cancel := self._under_way[0].cancel):
            cancel()
            self.cancel_button.setEnabled(False)
            self.words.setText("Cancelling…")

    def _began(self, work: Work) -> None:
        self._under_way.append(work)
        if len(self._under_way) == 1:
            self._patience.start()

    def _ended(self, work: Work) -> None:
        if work not in self._under_way:
            return
        was_shown = self._under_way[0] is work
        self._under_way.remove(work)
        if not self._under_way:
            self._patience.stop()
            self.hide()
        elif was_shown:
            self.hide()
            self._patience.start()

    def _show_first(self) -> None:
        work = self._under_way[0]
        self.words.setText(work.words)
        self.bar.setAccessibleName(work.words)
        self.cancel_button.setAccessibleName(f"Cancel: {work.words}")
        self.cancel_button.setEnabled(True)
        self.cancel_button.setVisible(work.cancel is not None)
        self.show()
