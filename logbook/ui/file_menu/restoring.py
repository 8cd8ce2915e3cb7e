"""File › Backups: the list, what a restore would change, and the restore, which can be taken back by another."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from logbook.domain import labels
from logbook.domain.errors import LogbookError
from logbook.services.backup_state import moment
from logbook.services.backups import Backup, Keeper, State, verify
from logbook.services.recovery import Difference, Restored, preview, restore
from logbook.ui.alerts import ask
from logbook.ui.dialogs.backups_dialog import BackupsDialog
from logbook.ui.file_menu.backing_up import BackingUp
from logbook.ui.file_menu.failures import told
from logbook.ui.main_window import MainWindow
from logbook.ui.tasks import Tasks, Work

_COPY_FIRST: Final = "A copy of your logbook as it is now is made first; restoring that copy takes this back."
_TAKE_BACK: Final = "File › Backups takes it back."
_LOOKING: Final = Work("Looking at what is in the backup…")
_RESTORING: Final = Work("Restoring…")
_SECOND: Final = Work("Backing up…")


class Restoring(QObject):
    """Shows the backups of the logbook of a window, and puts one in its place."""

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        backing_up: BackingUp,
        lets_go: Callable[[], None],
        opens: Callable[[Path], None],
    ) -> None:
        """Serve *window*; *lets_go* closes the logbook that is open, and *opens* one again."""
        super().__init__(window)
        self._window, self._tasks, self._backing_up = window, tasks, backing_up
        self._lets_go, self._opens = lets_go, opens
        self.dialog: BackupsDialog | None = None
        window.actions_by_name["backups"].triggered.connect(self.show_backups)
        backing_up.state_changed.connect(self._refresh)

    def show_backups(self) -> None:
        """Show the backups until the person has seen enough."""
        store = self._window.store
        if store is None or self.dialog is not None:
            return
        journal = store.journal
        self.dialog = BackupsDialog(self._window, journal.path.parent / "backups", is_read_only=journal.is_read_only)
        self.dialog.back_up_wanted.connect(self._backing_up.back_up)
        self.dialog.folder_chosen.connect(self._choose_folder)
        self.dialog.restore_wanted.connect(self._look_at)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()
        self._refresh()

    def put_in_place(self, path: Path, work: Callable[[], Restored]) -> None:
        """Let go of the logbook, have *work* put another at *path* with a copy of what stands there, and open it."""
        self._lets_go()
        self._window.setEnabled(False)
        self._window.say(_RESTORING.words)
        again = partial(self._open_again, path)
        self._tasks.run(work, self._restored, partial(self._not_restored, path), _RESTORING, after_bug=again)

    # The list

    def _refresh(self) -> None:
        if self.dialog:
            self._backing_up.run(Keeper.known, partial(self._show, self.dialog), partial(told, self._window))

    def _show(self, dialog: BackupsDialog, backups: tuple[Backup, ...]) -> None:
        keeper = self._backing_up.keeper
        if dialog is self.dialog and keeper:
            dialog.show_backups(backups)
            dialog.show_state(keeper.state, self._backing_up.sentence)
            self._prove(dialog)

    def _prove(self, dialog: BackupsDialog) -> None:
        """Read one backup after the other to its end, as long as the list is open."""
        if dialog is self.dialog and (backup := dialog.unproven):
            proven = partial(self._proven, dialog)
            self._tasks.run(partial(verify, backup), proven, partial(told, self._window))

    def _proven(self, dialog: BackupsDialog, backup: Backup) -> None:
        if dialog is self.dialog:
            dialog.show_proof(backup)
            self._prove(dialog)

    def _choose_folder(self, folder: Path | None) -> None:
        self._window.say("Backing up…" if folder else "No second copy is made any more.")
        self._backing_up.run(
            partial(Keeper.choose, folder=folder), partial(self._chosen, folder), partial(told, self._window), _SECOND
        )

    def _chosen(self, folder: Path | None, state: State) -> None:
        if folder and not state.other_fault:
            self._window.say(f"From now on every copy also goes to {state.other_folder}.")
        self._refresh()

    def _forget(self) -> None:
        if self.dialog:
            self.dialog.deleteLater()
            self.dialog = None

    # The restore

    def _look_at(self, backup: Backup) -> None:
        """Work out what *backup* would change."""
        if store := self._window.store:
            self._window.say(_LOOKING.words)
            journal = store.journal
            self._tasks.run(
                lambda: preview(backup, journal.everything()),
                partial(self._ask, backup),
                partial(told, self._window),
                _LOOKING,
            )

    def _ask(self, backup: Backup, difference: Difference) -> None:
        store, dialog = self._window.store, self.dialog
        if store is None or dialog is None:
            return
        self._window.say("Nothing was restored.")
        title = f"Restore the backup of {moment(backup.made_at)}"
        if ask(dialog, title, f"{difference.sentence} {_COPY_FIRST}", "Restore", loses=True):
            dialog.accept()
            if self._window.may_leave():
                path = store.journal.path
                self.put_in_place(path, partial(restore, backup, path))

    def _restored(self, restored: Restored) -> None:
        self._window.setEnabled(True)
        self._opens(restored.path)
        sessions = labels.count(restored.counts.get("session", 0), "session")
        self._window.say(
            f"Restored: the backup of {moment(restored.backup.made_at)}, {sessions}. {_kept(restored)}".strip()
        )

    def _not_restored(self, path: Path, error: LogbookError) -> None:
        self._open_again(path)
        told(self._window, error)

    def _open_again(self, path: Path) -> None:
        self._window.setEnabled(True)
        self._opens(path)


def _kept(restored: Restored) -> str:
    if restored.before:
        return f"The logbook as it was before is a backup too: {_TAKE_BACK}"
    if restored.damaged_copy:
        return f"The damaged file was kept as {restored.damaged_copy.name}."
    return ""
