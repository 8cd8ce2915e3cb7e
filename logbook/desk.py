"""What happens to whole logbooks: which one lies open, and the sample."""

import datetime as dt
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from logbook import APPLICATION_NAME, __version__
from logbook.domain import labels
from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import LogbookError, StorageError
from logbook.services.guidance_in_use import keep_copy, load_guidance
from logbook.services.journal import Journal, open_journal
from logbook.services.places import default_database, sample_database
from logbook.services.sample import open_sample
from logbook.ui.alerts import tell
from logbook.ui.dialogs.person_dialog import ask_person
from logbook.ui.file_menu.backing_up import BackingUp
from logbook.ui.file_menu.exporting import Exporting
from logbook.ui.file_menu.failures import told
from logbook.ui.file_menu.importing import Importing
from logbook.ui.main_window import MainWindow
from logbook.ui.pages.logbook_pages import LogbookPages
from logbook.ui.store import Store
from logbook.ui.tasks import Tasks
from logbook.ui.window_state import WindowState

_LOGBOOKS: Final = "Logbooks (*.sqlite);;All files (*)"
_ABOUT: Final = """{name} {version}, guidance {guidance}

It keeps a record of scalp needling and says, with its sources, when a depth or a frequency is one that published \
guidance warns about.

It is a record, not a diagnosis. “No published warning found by these rules” does not mean that a session is without \
risk. Ask a dermatologist about hair loss, and about any reaction that worries you.

Everything stays on this machine, in
{path}

Keys: every action shows its key in the menus. Space opens a list of choices and chooses in it, Escape closes it."""


class Desk(QObject):
    """The logbook that lies open, and the actions of the File menu."""

    def __init__(self, window: MainWindow, state: WindowState) -> None:
        """Serve *window*; *state* is what it remembers.

        Raises:
            RuleError: the guidance is refused, and there is no earlier one to judge by.
        """
        super().__init__(window)
        self._state = state
        self._window = window
        self._tasks = Tasks(self)
        self._journal: Journal | None = None
        self._guidance = load_guidance()
        keep_copy(self._guidance)
        self.importing = Importing(window, self._tasks)
        self.exporting = Exporting(window)
        self.backing_up = BackingUp(window, self._tasks)
        on = window.actions_by_name
        on["new_logbook"].triggered.connect(self._new_logbook)
        on["open_logbook"].triggered.connect(self._open_logbook)
        on["open_own"].triggered.connect(self._open_own)
        on["open_sample"].triggered.connect(self._open_sample)
        on["person"].triggered.connect(self._ask_person)
        on["about"].triggered.connect(self._about)

    def open(self, path: Path, *, create: bool = True) -> None:
        """Open the logbook in *path*; where that fails, say why and leave open what is."""
        try:
            journal = open_journal(path, self._guidance.rules, create=create)
        except LogbookError as error:
            self._refuse(error)
        else:
            self._show(journal)

    def restyle(self) -> None:
        """Draw again what was painted in the colours of before."""
        if self._window.pages:
            self._window.pages.restyle()

    def close(self) -> None:
        """Finish what is under way and let go of the file."""
        self._tasks.finish()
        if self._window.store:
            self._window.store.judging.stop()
        if self._journal:
            self._journal.close()

    # The File menu

    def _new_logbook(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "New logbook", "logbook.sqlite", _LOGBOOKS)
        if name and self._window.may_leave():
            path = Path(name)
            if path.exists():
                self._refuse(StorageError(f"“{path.name}” is there already; choose another name for a new logbook."))
            else:
                self.open(path)

    def _open_logbook(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open logbook", "", _LOGBOOKS)
        if name and self._window.may_leave():
            self.open(Path(name), create=False)

    def _open_own(self) -> None:
        if self._window.may_leave():
            self.open(default_database())

    def _open_sample(self) -> None:
        if not self._window.may_leave():
            return
        try:
            journal = open_sample(sample_database(), self._guidance.rules, dt.date.today())
        except LogbookError as error:
            self._refuse(error)
        else:
            self._show(journal, "This is a made-up sample. File › Open my own logbook goes back to yours.")

    def _ask_person(self) -> None:
        store = self._window.store
        if store is None:
            return
        before = store.person
        after = ask_person(self._window, before, store.today())
        if after is not None and after != before:
            name = after.name or "the person"
            if store.do(Edit(f"change {name}", (Replacement(before, after),))):
                self._window.say(f"Saved: {name}.")

    def _about(self) -> None:
        path = self._journal.path if self._journal else default_database()
        text = _ABOUT.format(
            name=APPLICATION_NAME, version=__version__, guidance=self._guidance.rules.version, path=path
        )
        tell(self._window, "About this logbook", text)

    # Answers

    def _show(self, journal: Journal, banner: str = "") -> None:
        self.close()
        self._journal = journal
        if journal.is_read_only:
            banner = f"“{journal.path.name}” is open for reading only: it, or its folder, cannot be written. {banner}"
        store = Store(journal, parent=self)
        store.failed.connect(self._failed)
        banner = " ".join(text for text in (self._guidance.warning, banner) if text)
        self._window.show_logbook(store, LogbookPages(store, self._state), banner)
        sessions = labels.count(len(store.judged.history), "session")
        self._window.say(f"{sessions} · guidance {journal.rules.version} · {journal.path.name}")

    def _refuse(self, error: LogbookError) -> None:
        """Tell what could not be opened; where nothing is open, it stays in sight."""
        if self._journal is None:
            self._window.show_banner(f"{error} Your files are as they were. File › Open logbook opens another.")
            self._window.say("No logbook is open.")
        else:
            self._failed(error)

    def _failed(self, error: LogbookError) -> None:
        told(self._window, error)
