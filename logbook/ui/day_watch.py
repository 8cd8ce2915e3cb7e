"""Notices that another day has begun: at midnight, and when the program is looked at again after a sleep."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

_AFTER_MIDNIGHT: Final = 500  # milliseconds: no clock is so exact that it may be asked earlier
_AT_MOST: Final = 3_600_000  # milliseconds: a machine that slept, or whose clock was set, is behind for no longer


class DayWatch(QObject):
    """Watches the calendar.

    Signals:
        day_changed: it is another day than it was.
    """

    day_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QObject, now: Callable[[], datetime] = datetime.now) -> None:
        """Watch for *today* to become another date; *now* is the local moment."""
        super().__init__(parent)
        self._today, self._now = today, now
        self._day = today()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._state_changed)
        self._wait()

    def look(self) -> None:
        """See what day it is."""
        self._wait()
        if (day := self._today()) != self._day:
            self._day = day
            self.day_changed.emit()

    def _wait(self) -> None:
        now = self._now()
        midnight = datetime.combine(now.date() + timedelta(days=1), time.min)
        self._timer.start(min(_AT_MOST, int((midnight - now).total_seconds() * 1000) + _AFTER_MIDNIGHT))

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.look()
