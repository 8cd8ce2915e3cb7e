"""Edit › Deleted records: brings them back, or lets them go for good."""

from PySide6.QtCore import QObject

from logbook.domain import labels
from logbook.domain.edit import Record
from logbook.domain.errors import LogbookError
from logbook.domain.person import Person
from logbook.domain.trash import Trashed
from logbook.services.logbook_json import KINDS
from logbook.services.trash import letting_go, restoring
from logbook.ui.alerts import ask, tell_error
from logbook.ui.dialogs.trash_dialog import TrashDialog
from logbook.ui.main_window import MainWindow
from logbook.ui.store import Store


class DeletedRecords(QObject):
    """The trash of the logbook of a window, as far as it is the shown person's or nobody's alone."""

    def __init__(self, window: MainWindow) -> None:
        """Serve *window*."""
        super().__init__(window)
        self._window = window
        self._dialog: TrashDialog | None = None
        window.actions_by_name["trash"].triggered.connect(self.show_trash)

    def show_trash(self) -> None:
        """Show what was deleted until the person has seen enough."""
        store = self._window.store
        if store is None:
            return
        self._dialog = TrashDialog(self._window, store.today(), is_read_only=store.journal.is_read_only)
        self._dialog.restore_wanted.connect(self._restore)
        self._dialog.letting_go_wanted.connect(self._let_go)
        self._dialog.show_trash(_trash(store))
        self._dialog.exec()
        self._dialog.deleteLater()
        self._dialog = None

    def _restore(self, trashed: Trashed) -> None:
        store = self._window.store
        if store is None:
            return
        try:
            edit = restoring(trashed, _seen(store), store.of_person(Trashed))
        except LogbookError as error:
            tell_error(self._dialog, error)
            return
        if store.do(edit):
            self._window.say(f"{labels.capital(edit.text)}: done. Undo takes it back.")
            self._show_rest(store)

    def _let_go(self, trash: tuple[Trashed, ...]) -> None:
        store = self._window.store
        if store is None:
            return
        edit = letting_go(trash)
        kept = " Undo would keep it, so every step before this can no longer be undone." * store.undo_keeps(edit)
        backups = "Backups that were made before still hold it."
        question = f"{labels.capital(edit.text)}? It cannot be restored after that.{kept} {backups}"
        if not ask(self._dialog, "Delete for good", question, "Delete for good", loses=True):
            return
        if store.do_for_good(edit):
            self._window.say(f"{labels.capital(edit.text)}: done.")
            self._show_rest(store)

    def _show_rest(self, store: Store) -> None:
        if self._dialog:
            self._dialog.show_trash(_trash(store))


def _trash(store: Store) -> list[Trashed]:
    return store.of_person(Trashed)


def _seen(store: Store) -> list[Record]:
    """Return all among which something of the trash can come back."""
    return [*store.people(), *(one for kind in KINDS.values() if kind is not Person for one in store.of_person(kind))]
