"""Judges a whole history a little at a time, between two turns of the event loop."""

from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from logbook.services.judged import Judgeable, JudgedHistory

_SLICE_SECONDS: Final = 0.006
_BEFORE_MS: Final = 60  # the rows are painted first


class Judging(QObject):
    """Sees to it that every verdict is at hand.

    Signals:
        settled: every record is judged.
    """

    settled = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begin with nothing to do."""
        super().__init__(parent)
        self._judged: JudgedHistory | None = None
        self._waiting: list[Judgeable] = []
        self._timer = QTimer(self, interval=_BEFORE_MS)
        self._timer.timeout.connect(self._judge_some)

    @property
    def is_settled(self) -> bool:
        """Whether every record is judged."""
        return not self._timer.isActive()

    def begin(self, judged: JudgedHistory) -> None:
        """Judge what of *judged* is not judged yet."""
        self._judged = judged
        everything = (*judged.shedding, *judged.history)  # taken from the end: the latest session is seen first
        self._waiting = [record for record in everything if not judged.is_judged(record)]
        self._timer.start(_BEFORE_MS)

    def stop(self) -> None:
        """Leave the rest unjudged: the logbook is being closed."""
        self._waiting.clear()
        self._timer.stop()

    def _judge_some(self) -> None:
        self._timer.setInterval(0)
        until = perf_counter() + _SLICE_SECONDS
        while self._waiting and self._judged and perf_counter() < until:
            self._judged.verdict(self._waiting.pop())
        if not self._waiting:
            self._timer.stop()
            self.settled.emit()
