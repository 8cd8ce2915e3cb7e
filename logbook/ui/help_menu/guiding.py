"""Help › Guide: opens the guide at the page or the dialog one is in, with its words filled in."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from logbook.domain.errors import LogbookError
from logbook.guidance.rule import Rules
from logbook.ui.actions import ACTIONS, SEPARATOR
from logbook.ui.alerts import tell_error
from logbook.ui.main_window import MainWindow

if TYPE_CHECKING:
    from logbook.services.guide import Chapter
    from logbook.services.guide_words import GuideWords
    from logbook.ui.dialogs.guide_dialog import GuideDialog

_OF_THE_PAGE: Final = ""
# The chapter of each dialog, by the file it is in; a page's chapter has the name of the page.
CHAPTERS: Final = {
    "backups_dialog": "backups",
    "cartridge_dialog": "devices",
    "check_dialog": "backups",
    "device_dialog": "devices",
    "event_dialog": "shedding",
    "import_dialog": "importing",
    "keys_dialog": _OF_THE_PAGE,
    "limit_dialog": "guidance",
    "many_dialog": _OF_THE_PAGE,
    "many_fields": _OF_THE_PAGE,
    "people_dialog": "people",
    "person_dialog": "people",
    "recovery_dialog": "backups",
    "trash_dialog": "data",
    "working_dialog": _OF_THE_PAGE,
}
_NOTHING_OPEN: Final = "data"
_LISTENS: Final = "listens_for_help"


class Guiding(QObject):
    """Shows the guide to whoever asks for it.

    Signals:
        opened: it is shown.
    """

    opened = Signal()

    def __init__(self, window: MainWindow, rules: Rules) -> None:
        """Serve *window*; numbers are those of *rules*."""
        super().__init__(window)
        self._window, self._rules = window, rules
        self._dialog: GuideDialog | None = None
        self._action = window.actions_by_name["guide"]
        self._action.triggered.connect(self.show_guide)
        QApplication.instance().focusChanged.connect(self._listen_in)  # type: ignore[union-attr]

    def words(self) -> "GuideWords":
        """Return what fills the places of a text now."""
        logbook = self._window.store.journal.path if self._window.store else None
        return guide_words(self._rules, logbook)

    def show_guide(self) -> None:
        """Show the chapter on where one is; beside a dialog that waits for an answer, too."""
        from logbook.ui.dialogs.guide_dialog import GuideDialog  # noqa: PLC0415 - the first rows wait for no guide

        around = QApplication.activeModalWidget() or self._window
        chapters = self._chapters(around)
        if not chapters:
            return
        if self._dialog is None or self._dialog.parentWidget() is not around:
            self._let_go()
            self._dialog = GuideDialog(around, chapters)
            if isinstance(around, QDialog):
                around.finished.connect(self._let_go)  # it goes with the dialog it stood beside
        else:
            self._dialog.show_chapters(chapters)
        self._dialog.show_chapter(self._topic(around))
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self.opened.emit()

    def refresh(self) -> None:
        """Fill the guide anew where it is open: another logbook is."""
        if self._dialog and self._dialog.isVisible() and (chapters := self._chapters(self._window)):
            self._dialog.show_chapters(chapters, self._dialog.chapter.name)

    def _chapters(self, around: QWidget) -> "tuple[Chapter, ...]":
        from logbook.services.guide import load_guide  # noqa: PLC0415 - as above

        try:
            return load_guide(self.words())
        except LogbookError as error:
            tell_error(around, error)
            return ()

    def _topic(self, around: QWidget) -> str:
        """Return the name of the chapter on the dialog *around*, or on the page that is shown."""
        place = type(around).__module__.rpartition(".")[2]
        page = self._window.pages.current_name if self._window.pages else _NOTHING_OPEN
        return CHAPTERS.get(place, _OF_THE_PAGE) or page

    def _let_go(self) -> None:
        if self._dialog:
            self._dialog.hide()
            self._dialog.deleteLater()
            self._dialog = None

    def _listen_in(self, _: QWidget | None, now: QWidget | None) -> None:
        """Have a dialog that waits for an answer know the key: the menu of the window does not reach it."""
        dialog = now.window() if now else None
        if isinstance(dialog, QDialog) and dialog.isModal() and not dialog.property(_LISTENS):
            dialog.setProperty(_LISTENS, True)
            QShortcut(self._action.shortcut(), dialog, self.show_guide)


def guide_words(rules: Rules, logbook: Path | None = None) -> "GuideWords":
    """Return the words of the guide: with the keys of the actions, where menus have them, and numbers of *rules*."""
    from logbook.services.guide_words import GuideWords  # noqa: PLC0415 - as above

    named = [spec for spec in ACTIONS if spec.name != SEPARATOR]
    shown = QKeySequence.SequenceFormat.NativeText
    keys = {spec.name: QKeySequence(spec.key).toString(shown) for spec in named if spec.key is not None}
    menus = {spec.name: f"{_plain(spec.menu)} › {_plain(spec.text)}" for spec in named}
    return GuideWords(rules, logbook, keys, menus)


def _plain(text: str) -> str:
    """Return the words of a menu without what is there for the eye and the hand."""
    return text.replace("&", "").removesuffix("…")
