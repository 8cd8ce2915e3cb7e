"""File › Import: read off the window's thread, then say what is in it and ask."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from logbook.domain import labels
from logbook.domain.person import Person
from logbook.services.exchange import PlannedImport, plan_import
from logbook.ui.alerts import ask, tell
from logbook.ui.file_menu.failures import told
from logbook.ui.main_window import MainWindow
from logbook.ui.store import Store
from logbook.ui.tasks import Tasks

_FILES: Final = "Sessions, counts or a logbook (*.csv *.json);;All files (*)"


class Importing(QObject):
    """Takes files into the logbook of a window."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        """Serve *window*; files are read by *tasks*."""
        super().__init__(window)
        self._window, self._tasks = window, tasks
        window.actions_by_name["import_file"].triggered.connect(self.ask_for_file)

    def ask_for_file(self) -> None:
        """Ask which file, and read it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Import", "", _FILES)
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Read *path* off the window's thread, then say what is in it and ask."""
        store = self._window.store
        if store is None:
            return
        present, person_id, today = store.journal.everything(), store.person.id, store.today()
        self._window.say(f"Reading {path.name}…")
        answer = partial(self._planned, store)
        self._tasks.run(lambda: plan_import(path, present, person_id, today), answer, partial(told, self._window))

    def _planned(self, store: Store, plan: PlannedImport) -> None:
        if store is not self._window.store:
            return  # another logbook was opened meanwhile, and the file was read for the one before
        if plan.problems:
            self._window.say("Nothing was imported.")
            rows = labels.count(plan.refused, "row")
            first = str(plan.problems[0])
            text = f"Nothing was imported: {rows} cannot be read. The first: {first}"
            tell(self._window, "Nothing imported", text, "\n".join(map(str, plan.problems)))
            return
        if any(r.before is None for r in plan.edit.of(Person)) and store.judged.history.last is not None:
            self._window.say("Nothing was imported.")
            text = (
                "This file brings another person, and this logbook holds sessions already. Begin a logbook of its own "
            )
            tell(self._window, "Nothing imported", f"{text}for it with File › New logbook, and import it there.")
            return
        left_out = f" Columns left out: {', '.join(plan.ignored_columns)}." if plan.ignored_columns else ""
        there = f" {labels.count(plan.skipped, 'row')} are there already." if plan.skipped else ""
        if not plan.added:
            self._window.say(f"Nothing new to import.{there}{left_out}")
        elif ask(
            self._window,
            "Import",
            f"{labels.capital(plan.edit.text)}.{there}{left_out} One undo takes all of it back.",
            f"Import {labels.count(plan.added, 'row')}",
        ):
            if store.do(plan.edit):
                self._window.say(f"Imported {labels.count(plan.added, 'row')}.{there}{left_out}")
        else:
            self._window.say("Nothing was imported.")
