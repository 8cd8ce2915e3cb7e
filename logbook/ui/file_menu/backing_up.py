"""The backups of the logbook that lies open: made when they are due, told at the bottom, and loud when they fail."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QCursor

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.errors import LogbookError, StorageError
from logbook.domain.person import Acknowledgement, LifeEvent
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import Trashed
from logbook.services.backup_state import plain_size
from logbook.services.backups import Backup, Keeper, Occasion, State
from logbook.services.journal import Journal
from logbook.services.places import sample_database
from logbook.ui.file_menu.failures import told
from logbook.ui.main_window import MainWindow
from logbook.ui.store import Store
from logbook.ui.tasks import Tasks, Work

_T = TypeVar("_T")
_BETWEEN_LOOKS: Final = 60_000  # milliseconds, as is the next
_AFTER_OPENING: Final = 700  # the first rows come first
_PATIENCE: Final = 5.0  # seconds that a person waits for a copy at most; it is finished behind their back
_IMPORTED: Final = (Session, SheddingRecord, LifeEvent)
_UNCOUNTED: Final = (Acknowledgement, Trashed)  # go and come with what they belong to
_BACKING_UP: Final = Work("Backing up…")
_SAMPLE: Final = "The sample is not backed up by itself."


class BackingUp(QObject):
    """Keeps the copies of the logbook of a window, off the window's thread.

    Signals:
        state_changed: it stands otherwise with the backups.
        told: how it stands was put into words; carries them.
    """

    state_changed = Signal()
    told = Signal(str)

    def __init__(self, window: MainWindow, tasks: Tasks, now: Callable[[], dt.datetime] = dt.datetime.now) -> None:
        """Serve *window*; copies are made by *tasks*, and *now* is the local moment."""
        super().__init__(window)
        self._window, self._tasks, self._now = window, tasks, now
        self._kept: _Kept | None = None
        self._pointer = QPoint()
        self._clock = QTimer(self, interval=_BETWEEN_LOOKS)
        self._clock.timeout.connect(self.tick)
        self._first_look = QTimer(self, interval=_AFTER_OPENING, singleShot=True)
        self._first_look.timeout.connect(self.look)
        window.actions_by_name["backup"].triggered.connect(self.back_up)
        window.leaving.connect(self.leave)

    @property
    def keeper(self) -> Keeper | None:
        """What keeps the copies, once their folder was looked into."""
        return self._kept.keeper if self._kept else None

    @property
    def sentence(self) -> str:
        """How it stands, in words; empty where nothing is known yet."""
        if self._kept is None or self._kept.keeper is None:
            return ""
        state = self._kept.keeper.state
        return _SAMPLE if self._kept.is_sample and not state.last_good else state.sentence(self._now())

    # From opening to closing

    def begin(self, store: Store) -> None:
        """Keep the copies of the logbook of *store* from now on."""
        self._kept = _Kept(store.journal)
        store.about_to_do.connect(self._before)
        self._first_look.start()
        self._clock.start()

    def look(self) -> None:
        """Read the newest copy to its end, so that what is said of it is true, and make up for one that failed."""
        self.run(_looked if self._kept and self._kept.is_automatic else Keeper.look)

    def tick(self) -> None:
        """Make what is due, and keep the words at the bottom right."""
        self._show()
        if self._kept and self._kept.is_automatic:
            pointer = QCursor.pos()
            is_idle = pointer == self._pointer or not self._window.isActiveWindow()
            self._pointer = pointer
            self.run(partial(Keeper.tend, now=self._now(), can_drill=is_idle))

    def leave(self, *, makes_copy: bool = True) -> None:
        """Make the copy of closing where anything changed, and let go of the logbook."""
        kept, self._kept = self._kept, None
        self._clock.stop()
        self._first_look.stop()
        if kept and kept.is_automatic and makes_copy:
            self._make_and_wait(kept, Occasion.CLOSE)
        self._window.backup_line.hide()
        self._window.show_banner("", "backups")

    def before(self, occasion: Occasion) -> None:
        """See to it that what is there now is in a copy before it changes a great deal, on *occasion*."""
        if self._kept and self._kept.is_automatic:
            self._make_and_wait(self._kept, occasion)
            self._show()

    def before_import(self) -> None:
        """See to it that what is there now is in a copy before anything is imported, were it one row."""
        self.before(Occasion.IMPORT)

    def run(
        self,
        work: Callable[[Keeper], _T],
        done: Callable[[_T], None] | None = None,
        failed: Callable[[LogbookError], None] | None = None,
        sign: Work | None = None,
    ) -> None:
        """Do *work* with the copies elsewhere, then *done* with its value or *failed*, if the logbook is still open."""
        if kept := self._kept:
            answers = partial(self._answered, kept, done), partial(self._answered, kept, failed)
            self._tasks.run(lambda: work(kept.open()), *answers, sign)

    # What the person asks for

    def back_up(self) -> None:
        """Make one verified copy now."""
        if self._kept:
            self._window.say(_BACKING_UP.words)
            work = partial(Keeper.make, occasion=Occasion.MANUAL)
            self.run(work, self._made, partial(told, self._window), _BACKING_UP)

    # Answers

    def _made(self, backup: Backup) -> None:
        sessions = labels.count(backup.counts.get("session", 0), "session")
        self._window.say(f"Backed up: {sessions}, {plain_size(backup.size)}, opened and counted, in {backup.path}")

    def _before(self, edit: Edit) -> None:
        if occasion := occasion_of(edit):
            self.before(occasion)

    def _answered(self, kept: "_Kept", receive: Callable[[Any], None] | None, answer: object) -> None:
        if kept is self._kept:  # else another logbook was opened meanwhile
            self._show()
            if receive:
                receive(answer)

    def _make_and_wait(self, kept: "_Kept", occasion: Occasion) -> None:
        """Have the copy made elsewhere, and go on when it is there, or takes too long."""
        is_done = threading.Event()

        def work() -> None:
            try:
                keeper = kept.open()
                has_changed = keeper.has_changed()
                if occasion is Occasion.CLOSE:
                    keeper.tidy()
                if has_changed:
                    keeper.make(occasion)
            finally:
                is_done.set()

        before = self._window.status.text()
        self._window.say("Backing up…")
        self._window.status.repaint()
        self._tasks.run(work, partial(self._answered, kept, None), partial(self._answered, kept, None))
        is_done.wait(_PATIENCE)
        self._window.say(before)

    def _show(self) -> None:
        """Tell how it stands at the bottom, and what is wrong above the page until it is right again."""
        if self._kept is None or (keeper := self._kept.keeper) is None:
            return
        line = self._window.backup_line
        line.show_words(self.sentence, f"{self.sentence} Opens the backups.")
        line.show()
        self.told.emit(self.sentence)
        self._window.show_banner(_wrong(keeper.state, self._now()), "backups")
        if keeper.state != self._kept.told:
            self._kept.told = keeper.state
            self.state_changed.emit()


class _Kept:
    """The copies of one logbook, looked for when they are first needed: on a disk that sleeps, that takes its time."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.keeper: Keeper | None = None
        self.told: State | None = None
        self.is_sample = journal.path == sample_database()
        self.is_automatic = not journal.is_read_only and not self.is_sample

    def open(self) -> Keeper:
        """Return what keeps them; for the one thread that works on them."""
        if self.keeper is None:
            self.keeper = Keeper(self._journal)
        return self.keeper


def _looked(keeper: Keeper) -> State:
    state = keeper.look()
    if state.failure:
        with suppress(StorageError):  # it stays in the state
            keeper.make(Occasion.HOURLY)
    return keeper.state


def occasion_of(edit: Edit) -> Occasion | None:
    """Return why a copy is to be made before *edit*; None where it changes too little for one."""
    gone = Counter(type(one.before) for one in edit.replacements if one.before and one.after is None)
    come = Counter(type(one.after) for one in edit.replacements if one.after and one.before is None)
    if any(number > 1 for kind, number in gone.items() if kind not in _UNCOUNTED):
        return Occasion.DELETE
    if any(come[kind] > 1 for kind in _IMPORTED) and Trashed not in gone:
        return Occasion.IMPORT
    return None


def _wrong(state: State, now: dt.datetime) -> str:
    if state.failure:
        return state.sentence(now)
    return " ".join(filter(None, (state.warning, state.other_fault)))
