"""File › Export: sessions or counts as CSV, or everything as JSON."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from logbook.domain.errors import LogbookError
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.exchange import export
from logbook.ui.file_menu.failures import told
from logbook.ui.main_window import MainWindow

_SHEDDING: Final = "Shedding as CSV (*.csv)"
_KINDS: Final = f"Sessions as CSV (*.csv);;{_SHEDDING};;Everything as JSON (*.json)"


class Exporting(QObject):
    """Writes the logbook of a window to files."""

    def __init__(self, window: MainWindow) -> None:
        """Serve *window*."""
        super().__init__(window)
        self._window = window
        window.actions_by_name["export_file"].triggered.connect(self.ask_for_file)

    def ask_for_file(self) -> None:
        """Ask where to and as what, and write it."""
        name, kind = QFileDialog.getSaveFileName(self._window, "Export", "sessions.csv", _KINDS)
        if name:
            self.export_to(Path(name), SheddingRecord if kind == _SHEDDING else Session)

    def export_to(self, path: Path, rows: type[Session] | type[SheddingRecord] = Session) -> None:
        """Write the person's sessions, or another kind of *rows*, to a CSV, or everything to a JSON file."""
        store = self._window.store
        if store is None:
            return
        records = store.journal.everything()
        if path.suffix.lower() == ".csv":
            records = [r for r in records if not isinstance(r, rows) or r.person_id == store.person.id]
        try:
            exported = export(records, path, rows)
        except LogbookError as error:
            told(self._window, error)
        else:
            self._window.say(f"{exported} In {path.name}.")
