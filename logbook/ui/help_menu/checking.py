"""Help › Check the logbook: looks it through off the window's thread, and puts right what may be."""

import datetime as dt
from functools import partial

from PySide6.QtCore import QObject, Signal

from logbook.domain.errors import LogbookError
from logbook.services.checkup import Checkup, check_up, put_right
from logbook.services.journal import Journal
from logbook.ui.dialogs.check_dialog import CheckDialog
from logbook.ui.main_window import MainWindow
from logbook.ui.tasks import Tasks

_Found = tuple[Checkup, tuple[str, ...]]  # and what was done before it was found


class Checking(QObject):
    """Looks through the logbook of a window.

    Signals:
        repaired: something was put right, a backup made perhaps.
    """

    repaired = Signal()

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        """Serve *window*; the work is done by *tasks*."""
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._dialog: CheckDialog | None = None
        self._found: Checkup | None = None
        self._asked = 0
        window.actions_by_name["check"].triggered.connect(self.show_check)

    def show_check(self) -> None:
        """Look the logbook through, and show how it is until the person has seen enough."""
        store = self._window.store
        if store is None:
            return
        self._dialog = CheckDialog(self._window, is_read_only=store.journal.is_read_only)
        self._dialog.check_wanted.connect(self._check)
        self._dialog.repair_wanted.connect(self._repair)
        self._check()
        self._dialog.exec()
        self._dialog.deleteLater()
        self._dialog = self._found = None

    def _check(self) -> None:
        if self._dialog and self._window.store:
            self._dialog.show_work()
            self._run(partial(_looked_through, self._window.store.journal))

    def _repair(self) -> None:
        if self._dialog and self._window.store and self._found:
            self._dialog.show_work("Putting right what can be…")
            self._run(partial(_put_right, self._window.store.journal, self._found))

    def _run(self, work: "partial[_Found]") -> None:
        # An answer is for the question asked last: by the time it comes, another dialog may be there, or none.
        self._asked += 1
        self._tasks.run(work, partial(self._answered, self._asked), partial(self._failed, self._asked))

    def _answered(self, asked: int, answer: _Found) -> None:
        checkup, done = answer
        if done:
            self.repaired.emit()
        if self._dialog and asked == self._asked:
            self._found = checkup
            self._dialog.show_checkup(checkup, done)
            self._window.say(checkup.sentence)

    def _failed(self, asked: int, error: LogbookError) -> None:
        if self._dialog and asked == self._asked:
            self._dialog.show_failure(str(error))


def _looked_through(journal: Journal) -> _Found:
    return check_up(journal, dt.datetime.now()), ()


def _put_right(journal: Journal, found: Checkup) -> _Found:
    done = put_right(journal, found)
    return check_up(journal, dt.datetime.now()), done
