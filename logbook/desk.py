"""What happens to whole logbooks: open, try the sample, import, export, back up."""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from logbook import APPLICATION_NAME, __version__
from logbook.domain import labels
from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import LogbookError, StorageError
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.exchange import PlannedImport, export, plan_import
from logbook.services.guidance_in_use import keep_copy, load_guidance
from logbook.services.journal import Journal, open_journal
from logbook.services.places import default_database, sample_database
from logbook.services.sample import open_sample
from logbook.storage.backup import Backup
from logbook.ui.alerts import ask, tell, tell_error
from logbook.ui.dialogs.person_dialog import ask_person
from logbook.ui.main_window import MainWindow
from logbook.ui.pages.logbook_pages import LogbookPages
from logbook.ui.store import Store
from logbook.ui.tasks import Tasks
from logbook.ui.window_state import WindowState

_LOGBOOKS: Final = "Logbooks (*.sqlite);;All files (*)"
_IMPORTS: Final = "Sessions, counts or a logbook (*.csv *.json);;All files (*)"
_SHEDDING: Final = "Shedding as CSV (*.csv)"
_EXPORTS: Final = f"Sessions as CSV (*.csv);;{_SHEDDING};;Everything as JSON (*.json)"
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
        on = window.actions_by_name
        on["new_logbook"].triggered.connect(self._new_logbook)
        on["open_logbook"].triggered.connect(self._open_logbook)
        on["open_own"].triggered.connect(self._open_own)
        on["open_sample"].triggered.connect(self._open_sample)
        on["import_file"].triggered.connect(self._import)
        on["export_file"].triggered.connect(self._export)
        on["backup"].triggered.connect(self._back_up)
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

    def import_file(self, path: Path) -> None:
        """Read *path* off the window's thread, then say what is in it and ask."""
        store = self._window.store
        if store is None or self._journal is None:
            return
        present, person_id, today = self._journal.everything(), store.person.id, store.today()
        self._window.say(f"Reading {path.name}…")
        answer = partial(self._planned, store)
        self._tasks.run(lambda: plan_import(path, present, person_id, today), answer, self._failed)

    def export_to(self, path: Path, rows: type[Session] | type[SheddingRecord] = Session) -> None:
        """Write the person's sessions, or another kind of *rows*, to a CSV, or everything to a JSON file."""
        store = self._window.store
        if store is None or self._journal is None:
            return
        records = self._journal.everything()
        if path.suffix.lower() == ".csv":
            records = [r for r in records if not isinstance(r, rows) or r.person_id == store.person.id]
        try:
            exported = export(records, path, rows)
        except LogbookError as error:
            self._failed(error)
        else:
            self._window.say(f"{exported} In {path.name}.")

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

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Import", "", _IMPORTS)
        if name:
            self.import_file(Path(name))

    def _export(self) -> None:
        name, kind = QFileDialog.getSaveFileName(self._window, "Export", "sessions.csv", _EXPORTS)
        if name:
            self.export_to(Path(name), SheddingRecord if kind == _SHEDDING else Session)

    def _back_up(self) -> None:
        if self._journal:
            self._window.say("Backing up…")
            self._tasks.run(self._journal.backup, self._backed_up, self._failed)

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
        details = "\n".join(map(str, getattr(error, "problems", ())))
        self._window.say(f"Not done: {error}")
        tell_error(self._window, error, details)

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

    def _backed_up(self, backup: Backup) -> None:
        size = backup.size / 1_000_000
        sessions = labels.count(backup.counts.get("session", 0), "session")
        self._window.say(f"Backed up: {sessions}, {size:.1f} MB, opened and counted, in {backup.path}")
