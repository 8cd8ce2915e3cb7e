"""The window: menus, the pages, what is said at the bottom. It wires; it decides nothing."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget

from logbook import APPLICATION_NAME
from logbook.ui.actions import ACTIONS, MENUS, SEPARATOR, make_actions
from logbook.ui.alerts import ask
from logbook.ui.menu_icons import MenuIcons
from logbook.ui.theme import MARGIN, SPACING, Appearance, icon
from logbook.ui.widgets.elided import ElidedButton, ElidedLabel
from logbook.ui.widgets.reading import READ_ONLY
from logbook.ui.widgets.rows_in_sight import go_to_rows
from logbook.ui.window_state import WindowState

if TYPE_CHECKING:
    from logbook.ui.pages.logbook_pages import LogbookPages
    from logbook.ui.pages.page import RecordsPage
    from logbook.ui.pages.sessions_page import SessionsPage
    from logbook.ui.store import Store

_OF_ROWS: Final = ("warnings", "devices")  # pages that begin with their table, or with what stands in its place


class MainWindow(QMainWindow):
    """The frame around one open logbook.

    Signals:
        painted: the window was painted for the first time.
        appearance_chosen: the person chose other colours.
        leaving: the window is about to close, and nothing holds it any more.
    """

    painted = Signal()
    appearance_chosen = Signal(Appearance)
    leaving = Signal()

    def __init__(self, state: WindowState) -> None:
        """Show an empty frame, so that there is something to see at once."""
        super().__init__()
        self._state = state
        self._is_painted = False
        self._does: dict[str, Callable[[], None]] = {}
        self.pages: LogbookPages | None = None
        self.store: Store | None = None
        self.setWindowTitle(APPLICATION_NAME)
        self.resize(1400, 840)
        self.actions_by_name = make_actions(self)
        self._make_menus()
        self._banners = {"logbook": ""}  # the first of them stands first
        self._banner = QLabel(wordWrap=True)
        self._banner.setTextFormat(Qt.TextFormat.PlainText)
        self._banner.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        self._banner.setProperty("role", "banner")
        self._banner.hide()
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._banner)
        self.setCentralWidget(body)
        self.status = ElidedLabel("Opening your logbook…")
        self.status.setProperty("role", "muted")
        self.statusBar().setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.statusBar().addWidget(self.status, 1)
        self.backup_line = ElidedButton()
        self.backup_line.clicked.connect(self.actions_by_name["backups"].trigger)
        self.backup_line.hide()
        self.statusBar().addPermanentWidget(self.backup_line)
        state.restore_window(self)
        self._enable(is_open=False)

    @property
    def sessions(self) -> "SessionsPage | None":
        """The page of the sessions, where a logbook is open."""
        return self.pages.sessions if self.pages else None

    @property
    def _records(self) -> "RecordsPage | None":
        return self.pages.current_records if self.pages else None

    def show_logbook(self, store: "Store", pages: "LogbookPages", banner: str = "") -> None:
        """Put the *pages* of *store*, of another logbook, into the frame; *banner* stays above them."""
        if self.store is not None:
            self.store.deleteLater()
        self.store = store
        self.setWindowIcon(icon("logbook", "accent"))
        self.show_banner(banner)
        self._enable(is_open=True)
        store.undo_stack.indexChanged.connect(self._show_what_can_be_done)
        store.changed.connect(self._show_title)
        self.show_pages(store, pages)

    def show_pages(self, store: "Store", pages: "LogbookPages", name: str = "overview") -> None:
        """Put the *pages* of *store* in the place of those of before, the one of that *name* to the front."""
        if self.pages is not None:
            self._column.removeWidget(self.pages)
            self.pages.hide()
            self.pages.deleteLater()
        self.pages = pages
        self._column.addWidget(pages, 1)
        pages.show()
        pages.show_page(name)
        self._show_title()
        self._connect_pages(pages)

    def _show_title(self) -> None:
        if self.store:
            who = f"{self.store.person.name} · " if self.store.person.name else ""
            self.setWindowTitle(f"{who}{self.store.journal.path.name} – {APPLICATION_NAME}")

    def show_banner(self, text: str, about: str = "logbook") -> None:
        """Show *text* above the page until another is shown *about* the same; an empty one takes it away."""
        self._banners[about] = text
        shown = "\n".join(filter(None, self._banners.values()))
        self._banner.setText(shown)
        self._banner.setVisible(bool(shown))

    def say(self, text: str) -> None:
        """Show *text* at the bottom until something else is said."""
        self.status.setText(text)

    def may_leave(self) -> bool:
        """Ask about what is typed and not saved; return whether it may be lost."""
        if self.pages is None or not self.pages.has_unsaved:
            return True
        return ask(
            self, "Not saved yet", "What you typed is not saved. Leave it unsaved?", "Leave without saving", loses=True
        )

    # The making

    def _make_menus(self) -> None:
        menus = {name: self.menuBar().addMenu(name) for name in MENUS}
        for menu in menus.values():
            MenuIcons(menu, self.actions_by_name)
        for spec in ACTIONS:
            if spec.name == SEPARATOR:
                menus[spec.menu].addSeparator()
            else:
                menus[spec.menu].addAction(self.actions_by_name[spec.name])
        appearances = QActionGroup(self)
        for action in self.actions_by_name.values():
            action.triggered.connect(self._triggered)
        for appearance in Appearance:
            appearances.addAction(self.actions_by_name[f"appearance_{appearance.value}"])
            self._does[f"appearance_{appearance.value}"] = partial(self.appearance_chosen.emit, appearance)
        self.actions_by_name["quit"].triggered.connect(self.close)
        self.actions_by_name["quit"].setMenuRole(QAction.MenuRole.QuitRole)

    def _connect_pages(self, pages: "LogbookPages") -> None:
        self._does |= {"new_session": pages.new_session, "repeat_last": pages.repeat_last}
        self._does |= {f"go_{part}": partial(self._go_to, part) for part in ("table", "form", "verdict")}
        self._does |= {f"page_{name}": partial(pages.show_page, name) for name in pages.names}
        self._does |= {
            "save": self._save,
            "revert": self._revert,
            "delete": self._delete,
            "find": pages.focus_search,
        }
        pages.said.connect(self.say)
        pages.action_wanted.connect(self._do_wanted)
        pages.actions_changed.connect(self._show_what_can_be_done)
        self._show_what_can_be_done()

    def _do_wanted(self, name: str) -> None:
        self.actions_by_name[name].trigger()

    def _go_to(self, part: str) -> None:
        """Go to a part of the page that is shown, or of the sessions where it has no such part."""
        if self.pages is None:
            return
        pages, here = self.pages, self.pages.current_records
        if here is not None:
            here.go_to(part)
        elif part == "table" and pages.current_name in _OF_ROWS:
            pages.current.focus_first()
        elif part != "table" or not go_to_rows(cast(QWidget, pages.current)):
            pages.bring("sessions")
            pages.sessions.go_to(part)

    def _save(self) -> None:
        if page := self._records:
            page.save()

    def _revert(self) -> None:
        if page := self._records:
            page.revert()

    def _delete(self) -> None:
        if page := self._records:
            page.delete_chosen()

    def _triggered(self) -> None:
        """Do what the action that was triggered stands for on the page that is open."""
        if does := self._does.get(self.sender().objectName()):
            does()

    def _enable(self, *, is_open: bool) -> None:
        for spec in ACTIONS:
            if spec.menu in ("&Edit", "&Session") and spec.name != SEPARATOR:
                self.actions_by_name[spec.name].setEnabled(is_open)
        for name, action in self.actions_by_name.items():
            if name in ("open_again", "import_file", "export_file", "backup", "backups", "check") or name.startswith(
                ("go_", "page_")
            ):
                action.setEnabled(is_open)

    def _show_what_can_be_done(self) -> None:
        if self.store is None or self.pages is None:
            return
        here = self._records
        stack, on = self.store.undo_stack, self.actions_by_name
        on["undo"].setEnabled(stack.canUndo())
        on["undo"].setText(f"&Undo {_literally(stack.undoText())}".strip())
        on["redo"].setEnabled(stack.canRedo())
        on["redo"].setText(f"&Redo {_literally(stack.redoText())}".strip())
        is_writable = not self.store.journal.is_read_only
        self._give_reasons(is_writable=is_writable)
        for name in ("delete", "change_many"):
            on[name].setEnabled(is_writable and here is not None and here.can_delete)
        on["save"].setEnabled(is_writable and here is not None)
        on["import_file"].setEnabled(is_writable)
        on["person"].setEnabled(is_writable)
        on["revert"].setEnabled(here is not None and here.is_changed)
        has_last = self.store.judged.history.last is not None
        on["new_session"].setEnabled(is_writable)
        on["repeat_last"].setEnabled(is_writable and has_last)

    def _give_reasons(self, *, is_writable: bool) -> None:
        """Let what changes the logbook say that it is off where that can only be read."""
        for spec in ACTIONS:
            if spec.changes:
                self.actions_by_name[spec.name].setStatusTip(spec.tip if is_writable else READ_ONLY)

    # Qt's own

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            self.painted.emit()
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_leave():
            event.ignore()
            return
        if self.pages:
            self.pages.keep()
        self._state.keep_window(self)
        self.leaving.emit()
        super().closeEvent(event)


def _literally(text: str) -> str:
    """Return *text* for a menu, where an ampersand would underline the next letter."""
    return text.replace("&", "&&")
