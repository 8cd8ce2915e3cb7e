"""What happens where a logbook does not open, is not there, or is damaged: ways on, never an empty file instead."""

import datetime as dt
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from logbook.domain.errors import LogbookError
from logbook.services import recovery
from logbook.services.exchange import Exported
from logbook.services.places import sample_database
from logbook.services.recovery import Finding, Restored, Salvaged, State, Understood
from logbook.services.salvaged import sentences
from logbook.ui.alerts import ask
from logbook.ui.dialogs.recovery_dialog import RecoveryDialog
from logbook.ui.file_menu.failures import told
from logbook.ui.file_menu.restoring import Restoring
from logbook.ui.main_window import MainWindow
from logbook.ui.tasks import Tasks, Work
from logbook.ui.window_state import WindowState

_AFTER_OPENING: Final = 1_000  # milliseconds: the rows come first
_LOGBOOKS: Final = "Logbooks (*.sqlite);;All files (*)"
_EXPORTS: Final = "Everything as JSON (*.json);;Sessions as CSV (*.csv)"
_LOOKING: Final = Work("Looking into the file…")
_WRITING: Final = Work("Writing what is understood…")
_ALWAYS_TOLD: Final = (State.MISSING, State.EMPTY, State.DAMAGED, State.TOO_NEW, State.NOT_A_LOGBOOK)


class Recovering(QObject):
    """Finds out what stands where a logbook should be, and does what the person wants of it."""

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        restoring: Restoring,
        state: WindowState,
        opens: Callable[[Path], None],
        makes: Callable[[Path], None],
    ) -> None:
        """Serve *window*; *opens* opens a logbook, *makes* a new one; *state* remembers which there were."""
        super().__init__(window)
        self._window, self._tasks, self._restoring, self._state = window, tasks, restoring, state
        self._opens, self._makes = opens, makes
        self._path: Path | None = None  # of the logbook that is open
        self._goes_on = threading.Event()
        self.dialog: RecoveryDialog | None = None
        self._timer = QTimer(self, interval=_AFTER_OPENING, singleShot=True)
        self._timer.timeout.connect(self.look_for_damage)

    # Looking

    def begin(self, path: Path) -> None:
        """Remember that a logbook was opened at *path*, and look for damage once its rows are there."""
        self._path = path
        if path != sample_database():
            self._state.keep_logbook(path)
        self._window.show_banner("", "damage")
        self._close()
        self._timer.start()

    def end(self) -> None:
        """Look no further: the logbook is being closed."""
        self._path = None
        self._timer.stop()
        self._goes_on.clear()

    def missing(self, path: Path) -> str:
        """Return in words that a logbook is missing at *path*, and show the ways on; empty: it is there, or is new."""
        if path.exists() or path.is_symlink():
            return ""
        finding = recovery.look_at(path, self._state.logbooks)
        if finding.state is not State.MISSING:
            return ""
        self._show(finding)
        return " ".join(finding.sentences[:2])

    def look(self, path: Path) -> None:
        """Find out what stands at *path*, which did not open, and show the ways on."""
        work = partial(recovery.look_at, path, self._state.logbooks)
        self._tasks.run(work, self._found, partial(told, self._window), _LOOKING)

    def look_for_damage(self) -> None:
        """Read the file that is open once, beside the work in it."""
        if path := self._path:
            self._tasks.run(partial(recovery.damage_of, path), partial(self._looked, path), _ignored)

    def _looked(self, path: Path, damage: str) -> None:
        if damage and path == self._path:
            self._window.show_banner(f"{damage} Nothing that you see is lost yet: restore a backup.", "damage")
            self.look(path)

    def _found(self, finding: Finding) -> None:
        is_open = self._path is not None
        wanted = (State.DAMAGED,) if is_open else _ALWAYS_TOLD
        if finding.state in wanted:
            self._show(finding)

    # The dialog

    def _show(self, finding: Finding) -> None:
        self._close()
        dialog = self.dialog = RecoveryDialog(self._window, finding, is_open=self._path is not None)
        dialog.restore_wanted.connect(self._restore)
        dialog.open_wanted.connect(self._open)
        dialog.saved_wanted.connect(self._use_saved)
        dialog.salvage_wanted.connect(self._salvage)
        dialog.salvage_cancelled.connect(self._goes_on.clear)
        dialog.export_wanted.connect(self._export)
        dialog.locate_wanted.connect(self._locate)
        dialog.another_wanted.connect(self._open_another)
        dialog.new_wanted.connect(self._begin_new)
        dialog.quit_wanted.connect(self._quit)
        dialog.finished.connect(self._goes_on.clear)
        dialog.open()

    def _close(self) -> None:
        if self.dialog:
            self.dialog.done(0)
            self.dialog.deleteLater()
            self.dialog = None

    def _restore(self, backup: recovery.Backup) -> None:
        if self.dialog:
            path = self.dialog.finding.path
            self._put_in_place(path, partial(recovery.restore, backup, path))

    def _use_saved(self, saved: Path) -> None:
        if self.dialog:
            path = self.dialog.finding.path
            self._put_in_place(path, partial(recovery.use_salvaged, saved, path))

    def _put_in_place(self, path: Path, work: Callable[[], Restored]) -> None:
        if self._window.may_leave():
            self._close()
            self._restoring.put_in_place(path, work)

    def _open(self, path: Path) -> None:
        if self._window.may_leave():
            self._close()
            self._opens(path)

    def _open_another(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.dialog, "Open logbook", "", _LOGBOOKS)
        if name:
            self._open(Path(name))

    def _begin_new(self) -> None:
        if dialog := self.dialog:
            path = dialog.finding.path
            text = f"Begin an empty logbook in the place of {path.name}? Your backups stay where they are."
            if ask(dialog, "Begin a new logbook", text, "Begin a new logbook", loses=True):
                self._close()
                self._makes(path)

    def _quit(self) -> None:
        self._close()
        if self._path is None:
            self._window.close()

    # Finding it elsewhere

    def _locate(self) -> None:
        if dialog := self.dialog:
            name, _ = QFileDialog.getOpenFileName(dialog, "Where is it?", str(dialog.finding.path.parent), _LOGBOOKS)
            if name:
                located = partial(recovery.locate, dialog.finding, Path(name))
                self._tasks.run(located, self._located, self._failed, _LOOKING)

    def _located(self, finding: Finding) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        if finding.state is not State.FINE:
            dialog.show_report((finding.reason,))
        elif ask(dialog, "Open this one", f"{finding.reason} {_moving(dialog.finding.path)}", "Open it"):
            self._open(finding.path)

    # Saving what can be read

    def _salvage(self) -> None:
        if dialog := self.dialog:
            path = dialog.finding.path
            proposed = str(recovery.name_for_salvage(path, dt.date.today()))
            name, _ = QFileDialog.getSaveFileName(dialog, "Save what can be read", proposed, _LOGBOOKS)
            if name:
                self._goes_on.set()
                dialog.show_work()
                work = partial(recovery.salvage_to, path, Path(name), self._goes_on.is_set)
                self._tasks.run(work, self._salvaged, self._failed)

    def _salvaged(self, salvaged: Salvaged) -> None:
        if self.dialog:
            self.dialog.show_report(sentences(salvaged), salvaged.path)

    def _export(self) -> None:
        if dialog := self.dialog:
            path = dialog.finding.path
            name, _ = QFileDialog.getSaveFileName(dialog, "Export", f"{path.stem}.json", _EXPORTS)
            if name:
                work = partial(recovery.export_newer, path, Path(name))
                self._tasks.run(work, self._exported, self._failed, _WRITING)

    def _exported(self, answer: tuple[Exported, Understood]) -> None:
        exported, understood = answer
        if self.dialog:
            self.dialog.show_report((str(exported), *_not_understood(understood)))

    def _failed(self, error: LogbookError) -> None:
        if self.dialog:
            self.dialog.show_report((str(error),))


def _moving(path: Path) -> str:
    return f"Your logbook is looked for in {path.parent} at every start, so you may want to move it there afterwards."


def _not_understood(understood: Understood) -> tuple[str, ...]:
    unknown = (*understood.unknown_tables, *understood.unknown_columns)
    told = [f"Left out, because this version does not know it: {', '.join(unknown)}."] if unknown else []
    if unread := sum(understood.unread.values()):
        told.append(f"Left out, because of words that this version does not know: {unread:,} rows.")
    return tuple(told)


def _ignored(error: LogbookError) -> None:
    """Leave it to the next one who needs the file: it is no damage."""
