"""File › Back up now."""

from functools import partial

from PySide6.QtCore import QObject

from logbook.domain import labels
from logbook.services.journal import Backup
from logbook.ui.file_menu.failures import told
from logbook.ui.main_window import MainWindow
from logbook.ui.tasks import Tasks


class BackingUp(QObject):
    """Makes copies of the logbook of a window."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        """Serve *window*; copies are made by *tasks*."""
        super().__init__(window)
        self._window, self._tasks = window, tasks
        window.actions_by_name["backup"].triggered.connect(self.back_up)

    def back_up(self) -> None:
        """Make one verified copy now."""
        if store := self._window.store:
            self._window.say("Backing up…")
            self._tasks.run(store.journal.backup, self._done, partial(told, self._window))

    def _done(self, backup: Backup) -> None:
        size = backup.size / 1_000_000
        sessions = labels.count(backup.counts.get("session", 0), "session")
        self._window.say(f"Backed up: {sessions}, {size:.1f} MB, opened and counted, in {backup.path}")
