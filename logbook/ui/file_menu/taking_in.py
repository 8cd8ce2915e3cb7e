"""One file on its way into a logbook: looked at, asked about and counted off the window's thread, taken in as one."""

import threading
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from logbook.domain import labels
from logbook.domain.errors import LogbookError, StorageError
from logbook.domain.person import Person
from logbook.services.exchange import PlannedImport
from logbook.services.importing.look import Preview, look
from logbook.services.importing.memory import remember
from logbook.services.importing.plan import ImportCancelled, Progress, plan
from logbook.services.people import for_whom, name_of
from logbook.ui.dialogs.import_dialog import ImportDialog, Reading
from logbook.ui.file_menu.failures import told
from logbook.ui.main_window import MainWindow
from logbook.ui.store import MANY, Store
from logbook.ui.tasks import Tasks

_PATIENCE: Final = 300  # milliseconds after which it shows that a file is being read
_NOTHING: Final = "Nothing was imported."


class TakingIn(QObject):
    """One file on its way into one logbook.

    Signals:
        about_to_import: what the file adds is going to be written.
        _progressed: of the count of that number, so many lines of so many were read; it comes from another thread.
    """

    about_to_import = Signal()
    _progressed = Signal(int, int, int)

    def __init__(self, window: MainWindow, tasks: Tasks, store: Store, path: Path) -> None:
        """Look at *path*, read by *tasks*, for the logbook of *store* in *window*."""
        super().__init__(window)
        self._window, self._tasks, self._store, self._path = window, tasks, store, path
        self._asked = 0  # an answer is for the question asked last
        self._is_cancelled = threading.Event()
        self.dialog = ImportDialog(window, path.name)
        self.dialog.reading_wanted.connect(self._look)
        self.dialog.import_wanted.connect(self._import)
        self.dialog.finished.connect(self._finished)
        self._progressed.connect(self._show_progress)
        self._patience = QTimer(self, interval=_PATIENCE, singleShot=True)
        self._patience.timeout.connect(self._show)
        self._patience.start()
        window.say(f"Reading {path.name}…")
        self._look(Reading())

    def stop(self) -> None:
        """Stop what is under way, and go."""
        self._forget_questions()
        self._patience.stop()
        self.dialog.deleteLater()
        self.deleteLater()

    # To look at it

    def _look(self, reading: Reading) -> None:
        asked = self._forget_questions()
        if self.dialog.preview:
            self.dialog.show_work(f"Reading {self._path.name}…")
        path, today = self._path, self._store.today()
        self._tasks.run(
            lambda: look(path, today, columns=reading.columns, answers=reading.answers, kind=reading.kind),
            partial(self._looked, asked),
            partial(self._refused, asked),
        )

    def _looked(self, asked: int, preview: Preview) -> None:
        if asked == self._asked and self._is_wanted:
            self.dialog.show_preview(preview)
            self._show()
            if self.dialog.is_ready:
                self._count(preview)

    def _refused(self, asked: int, error: LogbookError) -> None:
        if asked != self._asked or not self._is_wanted or isinstance(error, ImportCancelled):
            return
        if self.dialog.preview:
            self.dialog.show_failure(str(error))  # of another choice, which can be taken back
        else:
            self._patience.stop()
            self._forget_questions()
            self.dialog.done(QDialog.DialogCode.Rejected)
            told(self._window, error)

    # To count what it adds

    def _count(self, preview: Preview) -> None:
        asked = self._forget_questions()
        is_cancelled = self._is_cancelled = threading.Event()
        self.dialog.show_work("Counting what is new…")
        store, path, progress = self._store, self._path, self._reporter(asked)
        journal, person_id, today = store.journal, store.person.id, store.today()

        def work() -> PlannedImport:
            return plan(
                path,
                preview.columns,
                preview.answers,
                journal.everything(),
                person_id,
                today,
                progress=progress,
                is_cancelled=is_cancelled.is_set,
                leave_out_refused=True,  # the dialog lets it through only where the person wants that
            )

        self._tasks.run(work, partial(self._counted, asked), partial(self._refused, asked))

    def _reporter(self, asked: int) -> Progress:
        def report(done: int, of: int) -> None:
            if asked == self._asked:
                with suppress(RuntimeError):  # it went this very moment, and nobody looks any more
                    self._progressed.emit(asked, done, of)

        return report

    def _show_progress(self, asked: int, done: int, of: int) -> None:
        if asked == self._asked:
            self.dialog.show_progress(done, of)

    def _counted(self, asked: int, planned: PlannedImport) -> None:
        if asked == self._asked and self._is_wanted:
            self.dialog.show_plan(planned, self._whose(planned))
            if not planned.added and not planned.problems:
                self._window.say(f"Nothing new to import.{_already_there(planned)}")

    def _whose(self, planned: PlannedImport) -> str:
        """Return whose the records are, where that is not plain."""
        people = planned.edit.of(Person)
        brought = [name_of(one.after) for one in people if isinstance(one.after, Person) and one.before is None]
        if brought and not any(one.after is None for one in people):
            verb = "is" if len(brought) == 1 else "are"
            return f"They are of {labels.series(brought)}, who {verb} not in this logbook yet."
        whom = for_whom(self._store.person, self._store.people())
        return f"They are added{whom}." if whom and not brought and self.dialog.is_table and planned.added else ""

    # To take it in

    def _import(self) -> None:
        planned, preview = self.dialog.agreed, self.dialog.preview
        if planned is None or preview is None or not self._is_wanted:
            return
        self.about_to_import.emit()
        if len(planned.edit.replacements) > MANY:
            self._write_elsewhere(planned, preview)
        elif self._store.do(planned.edit):
            self._done(planned, preview)  # else what is wrong was told, and the dialog keeps what was chosen

    def _write_elsewhere(self, planned: PlannedImport, preview: Preview) -> None:
        """Write so much that the window would stand still meanwhile; from here on it cannot be stopped."""
        asked = self._forget_questions()
        self.dialog.show_writing("Importing…")
        self._tasks.run(
            self._store.writing(planned.edit),
            lambda _: self._written(planned, preview),
            partial(self._not_written, asked, planned),
            after_bug=partial(self._ask_again, asked, planned),
        )

    def _written(self, planned: PlannedImport, preview: Preview) -> None:
        if self._is_wanted:
            self._store.take_written(planned.edit)
            self._done(planned, preview)

    def _not_written(self, asked: int, planned: PlannedImport, error: LogbookError) -> None:
        if asked == self._asked and self._is_wanted:
            self._ask_again(asked, planned)
            self._store.failed.emit(error)

    def _ask_again(self, asked: int, planned: PlannedImport) -> None:
        """Let the person try it again, or leave it."""
        if asked == self._asked and self._is_wanted:
            self.dialog.show_plan(planned, self._whose(planned))

    def _done(self, planned: PlannedImport, preview: Preview) -> None:
        """Tell what was taken in, and go."""
        if preview.columns:
            with suppress(StorageError):  # the import itself has nothing to do with it
                remember(preview.columns)
        noun = "row" if preview.columns else "record"
        refused = f" {labels.count(planned.refused, noun)} refused were left out." if planned.refused else ""
        left_out = f" Columns left out: {', '.join(planned.ignored_columns)}." if planned.ignored_columns else ""
        self.dialog.accept()
        done = f"Imported {labels.count(planned.added, noun)}."
        self._window.say(f"{done}{_already_there(planned, noun)}{refused}{left_out}")

    def _finished(self, result: int) -> None:
        planned = self.dialog.planned
        is_old = planned is not None and not planned.added and not planned.problems
        self._forget_questions()
        if result == QDialog.DialogCode.Rejected and not is_old:
            self._window.say(_NOTHING)

    # What both need

    @property
    def _is_wanted(self) -> bool:
        """Whether the logbook is still open for which the file was read."""
        return self._store is self._window.store

    def _forget_questions(self) -> int:
        """Let nobody wait for an answer any more, and return the number of the next question."""
        self._is_cancelled.set()
        self._asked += 1
        return self._asked

    def _show(self) -> None:
        if self._is_wanted and not self.dialog.isVisible() and self._asked:
            self._patience.stop()
            self.dialog.open()


def _already_there(planned: PlannedImport, noun: str = "row") -> str:
    there = "is" if planned.skipped == 1 else "are"
    return f" {labels.count(planned.skipped, noun)} {there} there already." if planned.skipped else ""
