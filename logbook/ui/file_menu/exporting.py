"""File › Export: sessions or counts as CSV, everything as JSON, with or without names, or a copy of the file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import Final, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from logbook.domain import labels
from logbook.domain.edit import Record
from logbook.domain.errors import Cancelled, LogbookError
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.anonymous import anonymised
from logbook.services.backup_state import plain_size
from logbook.services.backups import Backup
from logbook.services.copies import copy_logbook
from logbook.services.exchange import Exported, export
from logbook.services.journal import Journal
from logbook.services.tables_csv import write_tables
from logbook.ui.alerts import ask, tell
from logbook.ui.file_menu.failures import told
from logbook.ui.main_window import MainWindow
from logbook.ui.tasks import Tasks, Work

_T = TypeVar("_T")

_SESSIONS: Final = "Sessions as CSV (*.csv)"
_SHEDDING: Final = "Shedding as CSV (*.csv)"
_JSON: Final = "Everything as JSON (*.json)"
_ANONYMOUS: Final = "Everything as JSON, without names and notes (*.json)"
_TABLES: Final = "Every table as CSV, in a new folder (*)"
_COPY: Final = "A copy of the logbook file (*.sqlite)"
_SUFFIXES: Final = {_SESSIONS: ".csv", _SHEDDING: ".csv", _JSON: ".json", _ANONYMOUS: ".json", _COPY: ".sqlite"}
_KINDS: Final = ";;".join((*_SUFFIXES, _TABLES))
_MOVED: Final = (
    "{name} holds no names, notes or lots, and nothing of what you acknowledged. All dates in it lie {days} earlier "
    "than they were; this is not kept anywhere, so write it down if you may need it.\n\n"
    "What is left are your sessions and counts, one after the other. Somebody who knows of a few of them may still "
    "recognise you."
)


class Exporting(QObject):
    """Writes the logbook of a window to files."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        """Serve *window*; files are written by *tasks*."""
        super().__init__(window)
        self._window, self._tasks = window, tasks
        window.actions_by_name["export_file"].triggered.connect(self.ask_for_file)

    def ask_for_file(self) -> None:
        """Ask where to and as what, and write it."""
        name, kind = QFileDialog.getSaveFileName(self._window, "Export", "sessions.csv", _KINDS)
        path = self._named(Path(name), kind) if name else None
        if path is None:
            return
        if kind == _TABLES:
            self.export_tables(path)
        elif path.suffix.lower() == _SUFFIXES[_COPY]:
            self.copy_to(path)
        elif kind == _ANONYMOUS:
            self.export_anonymously(path)
        else:
            self.export_to(path, SheddingRecord if kind == _SHEDDING else Session)

    def export_to(self, path: Path, rows: type[Session] | type[SheddingRecord] = Session) -> None:
        """Write the person's sessions, or another kind of *rows*, to a CSV, or everything to a JSON file."""
        if store := self._window.store:
            of_one = (rows,) if path.suffix.lower() == ".csv" else ()
            records = partial(_records, store.journal, store.person.id, of_one)
            give_up = Event()
            work = partial(_export, records, path, rows, give_up)
            self._write(path, work, partial(self._written, f"In {path.name}."), give_up)

    def export_tables(self, folder: Path) -> None:
        """Write each kind of record to a CSV of its own in the new *folder*."""
        if store := self._window.store:
            # Their tables do not say whose they are.
            records = partial(_records, store.journal, store.person.id, (Session, SheddingRecord))
            done = partial(self._written, f"In the folder {folder.name}.")
            self._write(folder, lambda: write_tables(records(), folder), done, None)

    def export_anonymously(self, path: Path) -> None:
        """Write everything that says nothing of who it was to the JSON file *path*, and tell how dates were moved."""
        if store := self._window.store:
            give_up = Event()
            work = partial(_export_anonymously, store.journal, path, give_up)
            self._write(path, work, partial(self._written_anonymously, path), give_up)

    def copy_to(self, path: Path) -> None:
        """Make a verified copy of the logbook file at *path*."""
        if store := self._window.store:
            self._write(path, partial(copy_logbook, store.journal, path), partial(self._copied, path), None)

    def _write(self, path: Path, work: Callable[[], _T], done: Callable[[_T], None], give_up: Event | None) -> None:
        """Do *work* off the window's thread; what it gives is told by *done*. It heeds *give_up*, if any."""
        words = f"Writing {path.name}…"
        self._window.say(words)
        self._tasks.run(work, done, self._failed, Work(words, give_up.set if give_up else None))

    def _failed(self, error: LogbookError) -> None:
        if isinstance(error, Cancelled):
            self._window.say("Nothing was exported.")
        else:
            told(self._window, error)

    def _named(self, path: Path, kind: str) -> Path | None:
        """Return *path* with the ending of the *kind* that was chosen; None where a file is there that is to stay.

        Some file dialogs keep the ending when another kind is chosen.
        """
        if kind == _TABLES:
            return path.with_suffix("") if path.suffix.lower() in _SUFFIXES.values() else path
        suffix = _SUFFIXES.get(kind, path.suffix.lower())
        if path.suffix.lower() == suffix:
            return path
        right = (
            path.with_suffix(suffix)
            if path.suffix.lower() in _SUFFIXES.values()
            else path.with_name(path.name + suffix)
        )
        question = f"{right.name} is there already. Put the export in its place?"
        may_write = not right.exists() or ask(self._window, "Export", question, "Replace", loses=True)
        return right if may_write else None

    def _written(self, where: str, exported: Exported) -> None:
        self._window.say(f"{exported} {where}")

    def _written_anonymously(self, path: Path, answer: tuple[Exported, int]) -> None:
        exported, moved = answer
        self._written(f"In {path.name}.", exported)
        days = labels.count(moved, "day")
        tell(self._window, "Exported without names", _MOVED.format(name=path.name, days=days))

    def _copied(self, path: Path, copy: Backup) -> None:
        sessions = labels.count(copy.counts.get("session", 0), "session")
        self._window.say(f"Copied: {sessions}, {plain_size(copy.size)}, opened and counted, in {path.name}.")


def _records(journal: Journal, person_id: RecordId, of_one: tuple[type[Session | SheddingRecord], ...]) -> list[Record]:
    """Return every record of *journal*; those of the kinds *of_one*, where they are the person's."""
    return [one for one in journal.everything() if not isinstance(one, of_one) or one.person_id == person_id]


def _export(
    records: Callable[[], list[Record]], path: Path, rows: type[Session] | type[SheddingRecord], give_up: Event
) -> Exported:
    """Write *records*, unless nobody waits for them any more, which is looked at before every step of it."""
    return export(_goes_on(records(), give_up), path, rows, give_up.is_set)


def _export_anonymously(journal: Journal, path: Path, give_up: Event) -> tuple[Exported, int]:
    """Write what says nothing of who it was to *path*, and return what, and by how many days its dates were moved."""
    found = anonymised(_goes_on(journal.everything(), give_up))
    return export(_goes_on(found.records, give_up), path, is_cancelled=give_up.is_set), found.days


def _goes_on(records: Sequence[Record], give_up: Event) -> Sequence[Record]:
    if give_up.is_set():
        raise Cancelled("The export was cancelled.")
    return records
