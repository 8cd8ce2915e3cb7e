"""What happens to whole logbooks: which one lies open, and the sample."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from logbook.domain import labels
from logbook.domain.errors import AlreadyOpen, FileReplaced, LogbookError, StorageError
from logbook.services.guidance_in_use import keep_copy, load_guidance
from logbook.services.journal import Journal, open_journal
from logbook.services.people import name_of
from logbook.services.places import default_database
from logbook.ui.draft_keeping import DraftKeeping
from logbook.ui.edit_menu.changing_many import ChangingMany
from logbook.ui.edit_menu.copying_rows import CopyingRows
from logbook.ui.edit_menu.deleted_records import DeletedRecords
from logbook.ui.edit_menu.people import People
from logbook.ui.edit_menu.undoing import Undoing
from logbook.ui.file_menu.backing_up import BackingUp
from logbook.ui.file_menu.dropping import Dropping
from logbook.ui.file_menu.exporting import Exporting
from logbook.ui.file_menu.failures import told
from logbook.ui.file_menu.importing import Importing
from logbook.ui.file_menu.recovering import Recovering
from logbook.ui.file_menu.restoring import Restoring
from logbook.ui.file_menu.sampling import Sampling
from logbook.ui.file_menu.sharing import (
    Way,
    ask_about_holder,
    ask_to_open_again,
    told_of_conflicts,
    why_read_only,
)
from logbook.ui.help_menu.about import About
from logbook.ui.help_menu.checking import Checking
from logbook.ui.help_menu.guiding import Guiding
from logbook.ui.help_menu.hinting import Hinting
from logbook.ui.help_menu.listing_keys import ListingKeys
from logbook.ui.main_window import MainWindow
from logbook.ui.pages.logbook_pages import LogbookPages
from logbook.ui.store import Store
from logbook.ui.tasks import Tasks
from logbook.ui.widgets.progress_line import ProgressLine
from logbook.ui.window_state import WindowState

_LOGBOOKS: Final = "Logbooks (*.sqlite);;All files (*)"


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
        self.exporting = Exporting(window, self._tasks)
        self.dropping = Dropping(window, self.importing, self._open_chosen)
        self._copying = Tasks(self)  # of its own: a copy does not wait for an import
        self.progress_line = ProgressLine()
        window.statusBar().insertPermanentWidget(1, self.progress_line)
        for tasks in (self._tasks, self._copying):
            self.progress_line.watch(tasks)
        self.backing_up = BackingUp(window, self._copying)
        self.importing.about_to_import.connect(self.backing_up.before_import)
        self.restoring = Restoring(window, self._copying, self.backing_up, self._let_go, self.reopen)
        self.recovering = Recovering(window, self._copying, self.restoring, state, self.reopen, self.make)
        self.draft_keeping = DraftKeeping(window)
        self.sampling = Sampling(window, self._guidance.rules, self._may_leave, self._show, self.open)
        self.sampling.held.connect(self._ask_about)
        self.sampling.refused.connect(self._refuse)
        self.deleted_records = DeletedRecords(window)
        self.people = People(window)
        self.copying_rows = CopyingRows(window)
        self.changing_many = ChangingMany(window, self._tasks)
        self.undoing = Undoing(window, self._tasks)
        self.checking = Checking(window, self._tasks)
        self.checking.repaired.connect(self.backing_up.look)
        self.about = About(window, self._guidance.rules)
        self.guiding = Guiding(window, self._guidance.rules)
        self.hinting = Hinting(window, state, self.guiding)
        self.listing_keys = ListingKeys(window)
        on = window.actions_by_name
        on["new_logbook"].triggered.connect(self._new_logbook)
        on["open_logbook"].triggered.connect(self._open_logbook)
        on["open_read_only"].triggered.connect(self._open_to_read)
        on["open_again"].triggered.connect(self._open_again)
        on["open_own"].triggered.connect(self._open_own)

    def open(self, path: Path, *, create: bool = True) -> None:
        """Open the logbook in *path*; where that fails, say why and leave open what is.

        Where one was before and is no more, none is made in its place.
        """
        if not (create and (missing := self.recovering.missing(path))):
            self._open(path, create=create)
        elif self._journal is None:
            self._refuse(StorageError(missing))

    def reopen(self, path: Path) -> None:
        """Open what was put in place, or left, at *path*."""
        self._open(path, create=False)

    def make(self, path: Path) -> None:
        """Open a new logbook at *path*, as the person wants it."""
        self._open(path, create=True)

    def _open(
        self,
        path: Path,
        *,
        create: bool = False,
        read_only: bool = False,
        take_over: bool = False,
        held: AlreadyOpen | None = None,
    ) -> None:
        try:
            journal = open_journal(path, self._guidance.rules, create=create, read_only=read_only, take_over=take_over)
        except AlreadyOpen as error:
            self._ask_about(path, error)
        except LogbookError as error:
            self._refuse(error)
            self.recovering.look(path)
        else:
            why = why_read_only(journal.path, held, is_asked=read_only) if journal.is_read_only else ""
            self._show(journal, why)

    def _ask_about(self, path: Path, held: AlreadyOpen) -> None:
        """Let the person choose what becomes of a logbook that another has open."""
        way = ask_about_holder(self._window, held)
        if way is Way.READ_ONLY:
            self._open(path, read_only=True, held=held)
        elif way is Way.TAKE_OVER:
            self._open(path, take_over=True)
        elif self._journal is None:
            self._refuse(held)

    def restyle(self) -> None:
        """Draw again what was painted in the colours of before."""
        self.hinting.restyle()
        if self._window.pages:
            self._window.pages.restyle()

    def close(self) -> None:
        """Finish what is under way, make the copy of closing, and let go of the file."""
        self.backing_up.leave()
        self._let_go()

    def _let_go(self) -> None:
        self.backing_up.leave(makes_copy=False)
        self.recovering.end()
        self._tasks.finish()
        self._copying.finish()
        if self._window.store:
            self._window.store.judging.stop()
        if self._journal:
            self._journal.close()
            self._journal = None

    # The File menu

    def _may_leave(self) -> bool:
        may_leave = self._window.may_leave()
        if may_leave:
            self.draft_keeping.discard()
        return may_leave

    def _new_logbook(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "New logbook", "logbook.sqlite", _LOGBOOKS)
        if name and self._may_leave():
            path = Path(name)
            if path.exists():
                self._refuse(StorageError(f"“{path.name}” is there already; choose another name for a new logbook."))
            else:
                self.make(path)

    def _open_logbook(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open logbook", "", _LOGBOOKS)
        if name:
            self._open_chosen(Path(name))

    def _open_chosen(self, path: Path) -> None:
        if self._may_leave():
            self.open(path, create=False)

    def _open_to_read(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open read-only", "", _LOGBOOKS)
        if name and self._may_leave():
            self._open(Path(name), read_only=True)

    def _open_again(self) -> None:
        """Read anew the file that is open; what is typed stays."""
        if self._journal:
            self.draft_keeping.keep()
            self.reopen(self._journal.path)

    def _open_own(self) -> None:
        if self._may_leave():
            self.open(default_database())

    # Answers

    def _show(self, journal: Journal, banner: str = "") -> None:
        try:
            store = Store(journal, parent=self)
        except LogbookError as error:
            journal.close()
            self._refuse(error)
            self.recovering.look(journal.path)
            return
        if self._journal and self._journal.path == journal.path:
            self._let_go()  # it is opened anew, perhaps because it was replaced: there is no closing to make a copy of
        else:
            self.close()
        self._journal = journal
        store.failed.connect(self._failed)
        store.person_changed.connect(self._show_person)
        banner = " ".join(text for text in (self._guidance.warning, banner) if text)
        self.draft_keeping.leave()
        pages = self._pages_of(store)
        self._window.show_logbook(store, pages, banner)
        self._keep(store, pages)
        sessions = labels.count(len(store.judged.history), "session")
        self._window.say(f"{sessions} · guidance {journal.rules.version} · {journal.path.name}")
        self._window.show_banner("", "replaced")
        self._window.show_banner(told_of_conflicts(journal.path), "conflicts")
        self.backing_up.begin(store)
        self.sampling.begin(store)
        self.recovering.begin(journal.path)

    def _show_person(self) -> None:
        """Show all pages anew: nothing of whom was shown before may stay in sight, but what was typed waits."""
        before, store = self._window.pages, self._window.store
        if store and before:
            self.draft_keeping.leave()
            pages = self._pages_of(store)
            self._window.show_pages(store, pages, before.current_name)
            self._keep(store, pages)
            pages.overview.show_backups(self.backing_up.sentence)
            self._window.say(f"{name_of(store.person)} is shown.")

    def _pages_of(self, store: Store) -> LogbookPages:
        pages = LogbookPages(store, self._state)
        self.backing_up.told.connect(pages.overview.show_backups)
        return pages

    def _keep(self, store: Store, pages: LogbookPages) -> None:
        """Keep from now on what is typed into *pages* of *store*, and show who is new what they are for."""
        self.draft_keeping.begin(store, pages)
        self.guiding.refresh()
        self.hinting.begin(store, pages)

    def _refuse(self, error: LogbookError) -> None:
        """Tell what could not be opened; where nothing is open, it stays in sight."""
        if self._journal is None:
            self._window.show_banner(f"{error} Your files are as they were. File › Open logbook opens another.")
            self._window.say("No logbook is open.")
        else:
            told(self._window, error)

    def _failed(self, error: LogbookError) -> None:
        if isinstance(error, FileReplaced | AlreadyOpen) and self._journal:
            self._window.say(f"Not done: {error}")
            self._window.show_banner(f"{error} Nothing can be saved until File › Open it again.", "replaced")
            if ask_to_open_again(self._window, error):
                QTimer.singleShot(0, self, self._open_again)  # once the page that was to save is done with it
        else:
            told(self._window, error)
