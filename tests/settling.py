"""Waiting until nothing is on its way any more in a program that is looked at."""

import time

from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QWidget

from logbook.ui.dialogs.working_dialog import WorkingDialog

_REST_S = 0.05  # what waits for a moment without a change waits for 40 ms at most
_UNFINISHED = ("Drawing…", "Counting…", "Judging", "Looking at your")  # how words begin that are soon others
PATIENCE_S = 20.0


def rest() -> None:
    """Let the program go on for a moment, its other threads too: QTest's own wait would hold them up."""
    until = time.monotonic() + _REST_S
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)


def settle() -> None:
    """Wait until nothing is on its way any more, in any window that is seen."""
    deadline = time.monotonic() + PATIENCE_S
    rest()
    while any(_is_busy(window) for window in QApplication.topLevelWidgets() if window.isVisible()):
        assert time.monotonic() < deadline, "it is busy for ever"
        rest()


def _is_busy(window: QWidget) -> bool:
    if isinstance(window, WorkingDialog):
        return False  # it is busy as long as it is seen
    seen = [one for one in window.findChildren(QWidget) if one.isVisible() and one.window() is window]
    return any(
        isinstance(one, QProgressBar) or (isinstance(one, QLabel) and one.text().startswith(_UNFINISHED))
        for one in seen
    )
