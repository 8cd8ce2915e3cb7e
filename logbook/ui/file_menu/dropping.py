"""A file that is dropped on the window: a table or an export is imported, a logbook opened or imported."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox

from logbook.services.importing.source import is_logbook_file
from logbook.ui.alerts import PlainBox
from logbook.ui.file_menu.importing import Importing
from logbook.ui.main_window import MainWindow

_TABLES: Final = (".csv", ".tsv", ".txt", ".json")
_DRAGGED: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove)
_QUESTION: Final = (
    "“{name}” is a logbook. Open it in the place of the one that is open, or import its records into this one?"
)


class Dropping(QObject):
    """Takes the files that are dropped on a window."""

    def __init__(self, window: MainWindow, importing: Importing, opens: Callable[[Path], None]) -> None:
        """Serve *window*; files go to *importing*, and *opens* opens a logbook, if the person may leave this one."""
        super().__init__(window)
        self._window, self._importing, self._opens = window, importing, opens
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def take(self, path: Path) -> None:
        """Import *path*, or open it, if it is a logbook and the person wants that."""
        if is_logbook_file(path):
            self._take_logbook(path)
        elif self._can_import():
            self._importing.import_file(path)

    def _take_logbook(self, path: Path) -> None:
        store = self._window.store
        if store is None:
            self._opens(path)
            return
        with suppress(OSError):
            if path.samefile(store.journal.path):
                self._window.say(f"{path.name} is the logbook that is open.")
                return
        box = _question(self._window, path.name)
        opens = box.addButton("&Open it", QMessageBox.ButtonRole.AcceptRole)
        imports = box.addButton("&Import its records", QMessageBox.ButtonRole.ActionRole)
        imports.setEnabled(not store.journal.is_read_only)
        box.setDefaultButton(opens)
        box.exec()
        if box.clickedButton() is opens:
            self._opens(path)
        elif box.clickedButton() is imports:
            self._importing.import_file(path)

    def _can_import(self) -> bool:
        store = self._window.store
        if store is None:
            self._window.say("No logbook is open that the file could be imported into.")
        elif store.journal.is_read_only:
            self._window.say("This logbook is open for reading only, so nothing can be imported into it.")
        else:
            return True
        return False

    # Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and (event.type() in _DRAGGED or event.type() is QEvent.Type.Drop):
            paths = _files(event.mimeData())
            if not paths:
                return False
            event.acceptProposedAction()
            if event.type() is QEvent.Type.Drop:
                # Who dropped it waits for an answer: first that, then the questions.
                QTimer.singleShot(0, self, partial(self._dropped, paths))
            return True
        return super().eventFilter(watched, event)

    def _dropped(self, paths: list[Path]) -> None:
        if len(paths) == 1:
            self.take(paths[0])
        else:
            self._window.say("Drop one file at a time.")


def _question(parent: MainWindow, name: str) -> QMessageBox:
    text = _QUESTION.format(name=name)
    return PlainBox(QMessageBox.Icon.Question, "A logbook", text, QMessageBox.StandardButton.Cancel, parent)


def _files(data: QMimeData) -> list[Path]:
    """Return the files in *data* where all of them are ones that may be taken."""
    if not data.hasUrls() or not all(url.isLocalFile() for url in data.urls()):
        return []
    paths = [Path(url.toLocalFile()) for url in data.urls()]
    are_known = all(path.suffix.lower() in _TABLES or is_logbook_file(path) for path in paths)
    return paths if are_known else []
