"""Slow work off the window's thread; answers come back in it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from logbook.domain.errors import LogbookError

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """Something that is under way."""

    words: str  # what a person is told of it
    cancel: Callable[[], None] | None = None  # gives it up; None: that cannot be done


class Tasks(QObject):
    """One long-lived object that runs work and hands its answers over.

    Signals:
        began: work that has words was asked for; carries the `Work`.
        ended: it is over, one way or the other.
        _answered: a receiver, what it is to receive and what was told, delivered in the thread of this object.
    """

    began = Signal(object)
    ended = Signal(object)
    _answered = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Use a pool of one thread: work is done in the order in which it was asked for."""
        super().__init__(parent)
        self._pool = QThreadPool(self, maxThreadCount=1)
        self._answered.connect(self._deliver)

    def run(
        self,
        work: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[LogbookError], None],
        told: Work | None = None,
        after_bug: Callable[[], None] = lambda: None,
    ) -> None:
        """Do *work*, which touches no widget, elsewhere; then call *done* with its value, or *failed*.

        What is *told* of it may be shown meanwhile. Where it ends with an error that nobody expected, which is told of
        by itself, *after_bug* is called: what was switched off until the end must not stay so for ever.
        """
        if told:
            self.began.emit(told)

        def job() -> None:
            try:
                value = work()
            except LogbookError as error:
                self._answered.emit(failed, error, told)
            except Exception as error:  # noqa: BLE001 - a bug in a thread must reach the excepthook of the window
                self._answered.emit(partial(_raise, after_bug), error, told)
            else:
                self._answered.emit(done, value, told)

        self._pool.start(_Job(job))

    def finish(self) -> None:
        """Wait until all work is done; its answers follow."""
        self._pool.waitForDone()

    def _deliver(self, receive: Callable[[Any], None], what: Any, told: Work | None) -> None:
        if told:
            self.ended.emit(told)
        receive(what)


class _Job(QRunnable):
    """A closure for the pool."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


def _raise(after_bug: Callable[[], None], error: Exception) -> None:
    after_bug()
    raise error
