"""Slow work off the window's thread; answers come back in it."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from logbook.domain.errors import LogbookError

_T = TypeVar("_T")


class Tasks(QObject):
    """One long-lived object that runs work and hands its answers over.

    Signals:
        _answered: a receiver and what it is to receive, delivered in the thread of this object.
    """

    _answered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Use a pool of one thread: work is done in the order in which it was asked for."""
        super().__init__(parent)
        self._pool = QThreadPool(self, maxThreadCount=1)
        self._answered.connect(self._deliver)

    def run(self, work: Callable[[], _T], done: Callable[[_T], None], failed: Callable[[LogbookError], None]) -> None:
        """Do *work*, which touches no widget, elsewhere; then call *done* with its value, or *failed*."""

        def job() -> None:
            try:
                value = work()
            except LogbookError as error:
                self._answered.emit(failed, error)
            except Exception as error:  # noqa: BLE001 - a bug in a thread must reach the excepthook of the window
                self._answered.emit(_raise, error)
            else:
                self._answered.emit(done, value)

        self._pool.start(_Job(job))

    def finish(self) -> None:
        """Wait until all work is done; its answers follow."""
        self._pool.waitForDone()

    def _deliver(self, receive: Callable[[Any], None], what: Any) -> None:
        receive(what)


class _Job(QRunnable):
    """A closure for the pool."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


def _raise(error: Exception) -> None:
    raise error
