"""What a person is told when something did not work."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from logbook.domain.errors import LogbookError

_LOG = logging.getLogger(__name__)


def tell(parent: QWidget | None, title: str, text: str, details: str = "") -> None:
    """Show *text*, word for word; *details* are unfolded on request."""
    box = QMessageBox(QMessageBox.Icon.Information, title, text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setDetailedText(details)
    box.exec()


def tell_error(parent: QWidget | None, error: LogbookError, details: str = "") -> None:
    """Show what a known error says."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Not done", str(error), QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setDetailedText(details)
    box.exec()


def ask(parent: QWidget | None, title: str, text: str, yes: str, *, loses: bool = False) -> bool:
    """Ask a question whose answer is the button *yes* or Cancel; return whether it was *yes*.

    Where *yes* loses something, Enter means Cancel.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, text, QMessageBox.StandardButton.Cancel, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.button(QMessageBox.StandardButton.Cancel) if loses else accept)
    box.exec()
    return box.clickedButton() is accept


def catch_bugs() -> None:
    """Have an error that nobody expected told once, in words, instead of ending the program."""
    sys.excepthook = _caught


def _caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    # The place, never the message: a message may quote what somebody wrote.
    where = "".join(traceback.format_list(traceback.extract_tb(trace)))
    _LOG.error("unexpected %s\n%s", kind.__name__, where)
    text = (
        "Something went wrong that nobody expected. What you saved before is kept; what stands in the form is still "
        "there. The details name places in the program and nothing that you wrote."
    )
    box = QMessageBox(QMessageBox.Icon.Critical, "Unexpected error", text, parent=QApplication.activeWindow())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setDetailedText(f"{kind.__name__}\n{where}")
    box.exec()
