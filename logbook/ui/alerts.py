"""What a person is told when something did not work."""

import logging
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from logbook.domain.errors import LogbookError
from logbook.ui.theme import pixmap

_LOG = logging.getLogger(__name__)
_PICTURES: Final = {
    QMessageBox.Icon.Information: ("about", "accent"),
    QMessageBox.Icon.Question: ("help", "accent"),
    QMessageBox.Icon.Warning: ("warnings", "caution"),
    QMessageBox.Icon.Critical: ("warnings", "stop"),
}
_PICTURE: Final = 32  # logical pixels


class PlainBox(QMessageBox):
    """A box with the program's own pictures, whose words are never taken for markup."""

    def __init__(
        self,
        kind: QMessageBox.Icon,
        title: str,
        text: str,
        buttons: QMessageBox.StandardButton = QMessageBox.StandardButton.NoButton,
        parent: QWidget | None = None,
    ) -> None:
        """Show *text* with *buttons* in a window of that *title*."""
        super().__init__(kind, title, text, buttons, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIconPixmap(pixmap(*_PICTURES[kind], _PICTURE))


def tell(parent: QWidget | None, title: str, text: str, details: str = "") -> None:
    """Show *text*, word for word; *details* are unfolded on request."""
    box = PlainBox(QMessageBox.Icon.Information, title, text, QMessageBox.StandardButton.Ok, parent)
    box.setDetailedText(details)
    box.exec()


def tell_error(parent: QWidget | None, error: LogbookError, details: str = "") -> None:
    """Show what a known error says."""
    box = PlainBox(QMessageBox.Icon.Warning, "Not done", str(error), QMessageBox.StandardButton.Ok, parent)
    box.setDetailedText(details)
    box.exec()


def ask(parent: QWidget | None, title: str, text: str, yes: str, *, loses: bool = False) -> bool:
    """Ask a question whose answer is the button *yes* or Cancel; return whether it was *yes*.

    Where *yes* loses something, Enter means Cancel.
    """
    box = PlainBox(QMessageBox.Icon.Question, title, text, QMessageBox.StandardButton.Cancel, parent)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.button(QMessageBox.StandardButton.Cancel) if loses else accept)
    box.exec()
    return box.clickedButton() is accept


def catch_bugs(keep: Callable[[], object] | None = None) -> None:
    """Have an error that nobody expected told once, in words, instead of ending the program.

    Before it is told, *keep* keeps what is typed and not saved.
    """
    sys.excepthook = _Bugs(keep).caught


class _Bugs:
    """Tells of errors that nobody expected: of each place once, and of one at a time."""

    def __init__(self, keep: Callable[[], object] | None) -> None:
        self._keep = keep
        self._told: set[str] = set()
        self._is_telling = False

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell of *error*, and go on."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        report = f"{kind.__name__}\n{_places(trace)}"
        _LOG.error("unexpected %s", report)
        if self._keep:
            with suppress(Exception):  # it may be the very thing that is broken
                self._keep()
        # What is broken in painting would else open a box at each repaint, and each box paints anew.
        if not self._is_telling and report not in self._told:
            self._told.add(report)
            self._is_telling = True
            try:
                _tell_of_bug(report)
            finally:
                self._is_telling = False


def _places(trace: TracebackType | None) -> str:
    """Return where it happened, never the message: a message may quote what somebody wrote."""
    frames = traceback.extract_tb(trace)
    # Nor the folders above the program, which may bear somebody's name.
    inside = [f"{'/'.join(Path(frame.filename).parts[-3:])}, line {frame.lineno}, {frame.name}" for frame in frames]
    return "\n".join(inside)


def _tell_of_bug(report: str) -> None:
    text = (
        "Something went wrong that nobody expected. What you saved before is kept; what stands in the form is still "
        "there. The details name places in the program and nothing that you wrote."
    )
    ok, parent = QMessageBox.StandardButton.Ok, QApplication.activeWindow()
    box = PlainBox(QMessageBox.Icon.Critical, "Unexpected error", text, ok, parent)
    box.setDetailedText(report)
    copy = box.addButton("&Copy details", QMessageBox.ButtonRole.ActionRole)
    box.setEscapeButton(ok)
    box.exec()
    if box.clickedButton() is copy:
        QApplication.clipboard().setText(report)
