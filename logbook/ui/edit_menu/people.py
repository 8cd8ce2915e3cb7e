"""Edit › Person and People: who is shown, who comes and who goes."""

from PySide6.QtCore import QObject

from logbook.domain import labels
from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import LogbookError
from logbook.domain.person import Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.services.people import free_colour, name_of, removing
from logbook.ui.alerts import ask
from logbook.ui.dialogs.people_dialog import Wish, ask_people
from logbook.ui.dialogs.person_dialog import ask_person
from logbook.ui.file_menu.failures import told
from logbook.ui.main_window import MainWindow
from logbook.ui.store import Store


class People(QObject):
    """The people in the logbook of a window."""

    def __init__(self, window: MainWindow) -> None:
        """Serve *window*."""
        super().__init__(window)
        self._window = window
        window.actions_by_name["person"].triggered.connect(self.change_shown)
        window.actions_by_name["people"].triggered.connect(self.choose)

    def choose(self) -> None:
        """Ask who is to be shown, added or deleted, and do that."""
        store = self._window.store
        if store is None:
            return
        answer = ask_people(self._window, store.people(), store.person, is_read_only=store.journal.is_read_only)
        if answer is None:
            return
        if answer.wish is Wish.ADD:
            self._add(store)
        elif answer.person and answer.wish is Wish.DELETE:
            self._delete(store, answer.person)
        elif answer.person:
            self.show(answer.person)

    def show(self, person: Person) -> None:
        """Show the records of *person*; what is typed for another waits until they are shown again."""
        store = self._window.store
        if store is None:
            return
        try:
            store.show_person(person)
        except LogbookError as error:
            told(self._window, error)

    def change_shown(self) -> None:
        """Ask for the details of who is shown."""
        store = self._window.store
        if store is None:
            return
        before = store.person
        after = ask_person(self._window, before, store.people(), store.today())
        if after is not None and after != before:
            name = after.name or "the person"
            if store.do(Edit(f"change {name}", (Replacement(before, after),))):
                self._window.say(f"Saved: {name}.")

    def _add(self, store: Store) -> None:
        blank = Person(new_id(), colour=free_colour(store.people()))
        added = ask_person(self._window, blank, store.people(), store.today())
        if added is not None and store.do(Edit.adding(f"add {name_of(added)}", [added])):
            self._window.say(f"Added: {name_of(added)}, who is shown now. Undo takes it back.")

    def _delete(self, store: Store, person: Person) -> None:
        try:
            edit = removing(store.journal, person)
        except LogbookError as error:
            told(self._window, error)
            return
        sessions = labels.count(len(edit.of(Session)), "session")
        counts = labels.count(len(edit.of(SheddingRecord)), "shedding record")
        question = (
            f"{labels.capital(edit.text)}, {sessions} and {counts}? It rests under Edit › Deleted records for 30 days, "
            "and Undo brings it back."
        )
        if ask(self._window, "Delete a person", question, "Delete", loses=True) and store.do(edit):
            self._window.say(f"{labels.capital(edit.text)}: done. Undo takes it back.")
