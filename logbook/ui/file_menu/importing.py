"""File › Import: which file is to be taken in."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from logbook.ui.main_window import MainWindow
from logbook.ui.tasks import Tasks

if TYPE_CHECKING:
    from logbook.ui.dialogs.import_dialog import ImportDialog
    from logbook.ui.file_menu.taking_in import TakingIn

_FILES: Final = "Tables and logbooks (*.csv *.tsv *.txt *.json *.sqlite);;All files (*)"


class Importing(QObject):
    """Takes files into the logbook of a window.

    Signals:
        about_to_import: what a file adds is going to be written.
    """

    about_to_import = Signal()

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        """Serve *window*; files are read by *tasks*."""
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._taking: TakingIn | None = None
        window.actions_by_name["import_file"].triggered.connect(self.ask_for_file)

    @property
    def dialog(self) -> "ImportDialog | None":
        """What shows the file that is on its way."""
        return self._taking.dialog if self._taking else None

    def ask_for_file(self) -> None:
        """Ask which file, and look at it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Import", "", _FILES)
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Look at *path* off the window's thread, then show what is in it and ask."""
        from logbook.ui.file_menu.taking_in import TakingIn  # noqa: PLC0415 - the first rows wait for no import

        store = self._window.store
        if store is None or (self.dialog and self.dialog.isVisible()):
            return
        self._let_go()
        self._taking = TakingIn(self._window, self._tasks, store, path)
        self._taking.about_to_import.connect(self.about_to_import)
        self._taking.dialog.finished.connect(self._let_go)

    def _let_go(self) -> None:
        if self._taking:
            self._taking.stop()
            self._taking = None
