"""The made-up logbook: opened to look around in, and removed without a trace."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from logbook.domain.errors import AlreadyOpen, LogbookError
from logbook.guidance.rule import Rules
from logbook.services.journal import Journal
from logbook.services.places import default_database, sample_database
from logbook.services.sample import open_sample, remove_sample
from logbook.ui.alerts import ask
from logbook.ui.file_menu.failures import told
from logbook.ui.main_window import MainWindow
from logbook.ui.store import Store

_BANNER: Final = "This is a made-up sample. File › Open my own logbook goes back to yours."
_QUESTION: Final = (
    "The sample is closed and removed, with its backups and with whatever you wrote into it. Your own logbook stays as "
    "it is."
)


class Sampling(QObject):
    """Opens the sample in a window, and closes and removes it.

    Signals:
        held: another has the sample open; carries its path and who it is.
        refused: the sample was not opened, with the reason.
    """

    held = Signal(object, object)
    refused = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        rules: Rules,
        may_leave: Callable[[], bool],
        shows: Callable[[Journal, str], None],
        opens: Callable[[Path], None],
    ) -> None:
        """Serve *window*; *may_leave* asks about what is typed, *shows* shows a journal, *opens* opens another."""
        super().__init__(window)
        self._window, self._rules = window, rules
        self._may_leave, self._shows, self._opens = may_leave, shows, opens
        self._before: Path | None = None  # what was open before the sample
        window.actions_by_name["open_sample"].triggered.connect(self.open)
        window.actions_by_name["remove_sample"].triggered.connect(self.remove)
        window.actions_by_name["remove_sample"].setEnabled(False)

    @property
    def _is_open(self) -> bool:
        store = self._window.store
        return store is not None and store.journal.path == sample_database()

    def begin(self, store: Store) -> None:
        """Offer to remove the sample where *store* is of it."""
        self._window.actions_by_name["remove_sample"].setEnabled(store.journal.path == sample_database())

    def open(self) -> None:
        """Open the sample, made if it is not there; where it is open already, say so and leave it as it is."""
        if self._is_open:
            self._window.say("The sample is open already.")
            return
        if not self._may_leave():
            return
        if self._window.store:
            self._before = self._window.store.journal.path
        try:
            journal = open_sample(sample_database(), self._rules, dt.date.today())
        except AlreadyOpen as error:
            self.held.emit(sample_database(), error)
        except LogbookError as error:
            self.refused.emit(error)
        else:
            self._shows(journal, _BANNER)

    def remove(self) -> None:
        """Go back to what was open before, and take away the sample with all that was made of it."""
        if not self._is_open or not ask(self._window, "Remove the sample", _QUESTION, "Remove the sample", loses=True):
            return
        if not self._may_leave():
            return
        self._opens(self._before or default_database())
        if self._is_open:
            return  # what was open before did not open, and it was told why
        try:
            remove_sample(sample_database())
        except LogbookError as error:
            told(self._window, error)
        else:
            self._window.say("The sample is gone.")
