"""What may be lost without a tear: the only user of QSettings. A default is never written."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QMainWindow, QSplitter

from logbook.ui.theme import Appearance

_MOST_LOGBOOKS: Final = 20


class WindowState:
    """Geometry, splitters, headers, appearance and what was chosen to be seen, kept in a file of their own."""

    def __init__(self, path: Path) -> None:
        """Keep the state in the file *path*."""
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def appearance(self) -> Appearance:
        """The colours that were chosen."""
        value = self._settings.value("appearance", Appearance.SYSTEM.value)
        return Appearance(str(value)) if value in list(Appearance) else Appearance.SYSTEM

    @appearance.setter
    def appearance(self, value: Appearance) -> None:
        if value is Appearance.SYSTEM:
            self._settings.remove("appearance")
        else:
            self._settings.setValue("appearance", value.value)

    def choice(self, name: str) -> str:
        """Return what was chosen and kept as *name*; an empty text where nothing was, or not as a text."""
        value = self._settings.value(name, "")
        return value if isinstance(value, str) else ""

    def keep_choice(self, name: str, value: str) -> None:
        """Remember *value* as *name*; an empty text is the default, and takes what was kept away."""
        if not value:
            self._settings.remove(name)
        elif value != self.choice(name):
            self._settings.setValue(name, value)

    @property
    def logbooks(self) -> tuple[Path, ...]:
        """The logbooks that were open, the last one first: one that is not there any more is missed."""
        return tuple(Path(line) for line in self.choice("logbooks").splitlines())

    def keep_logbook(self, path: Path) -> None:
        """Remember that there was a logbook at *path*."""
        known = dict.fromkeys((path, *self.logbooks))
        self.keep_choice("logbooks", "\n".join(str(one) for one in tuple(known)[:_MOST_LOGBOOKS]))

    def restore_window(self, window: QMainWindow) -> None:
        """Put *window* where it was, and leave it where it is if nothing was kept."""
        geometry = self._settings.value("window/geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)

    def restore(self, name: str, part: QSplitter | QHeaderView) -> bool:
        """Put a splitter or a header as it was; return whether anything was kept."""
        state = self._settings.value(f"parts/{name}")
        return isinstance(state, QByteArray) and part.restoreState(state)

    def keep_parts(self, parts: dict[str, QSplitter | QHeaderView]) -> None:
        """Remember the sizes of *parts* for the next start."""
        for name, part in parts.items():
            self._settings.setValue(f"parts/{name}", part.saveState())

    def keep_window(self, window: QMainWindow) -> None:
        """Remember where *window* is, and write down what is remembered."""
        self._settings.setValue("window/geometry", window.saveGeometry())
        self._settings.sync()
