"""The lines for who is new: one on a page at most, until it is closed or its thing was done once."""

from contextlib import suppress
from typing import Final

from PySide6.QtCore import QEvent, QObject

from logbook.domain.device import Device
from logbook.domain.edit import Edit, Record
from logbook.domain.errors import LogbookError
from logbook.domain.person import Acknowledgement, AgreedLimit
from logbook.domain.plan import PlannedSession
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.places import sample_database
from logbook.ui.help_menu.guiding import Guiding
from logbook.ui.main_window import MainWindow
from logbook.ui.pages.logbook_pages import LogbookPages
from logbook.ui.store import Store
from logbook.ui.widgets.hint import Hint
from logbook.ui.window_state import WindowState

# What a hint leads to: once there is one, whoever made it needs the hint no more.
_DONE: Final[dict[str, type[Record]]] = {
    "sessions": Session,
    "shedding": SheddingRecord,
    "warnings": Acknowledgement,
    "planner": PlannedSession,
    "devices": Device,
    "guidance": AgreedLimit,
}
_OF_RECORDS: Final = ("charts", "warnings")  # these speak of what is there only once there are records
_GUIDE: Final = "overview"  # the hint that leads to the guide
_CHOICE: Final = "hints"  # the names of those that are over
_LOWEST: Final = 44  # lines of text: in a lower window what is on the page needs all the room
_AGAIN: Final = "again"  # among them: the person wants to see the others whatever was done


class Hinting(QObject):
    """Shows the hints of the pages of a window; none in the sample, and none where nothing can be changed."""

    def __init__(self, window: MainWindow, state: WindowState, guiding: Guiding) -> None:
        """Serve *window*; *state* remembers which hints are over, and *guiding* knows the words."""
        super().__init__(window)
        self._window, self._state, self._guiding = window, state, guiding
        self._store: Store | None = None
        self._pages: LogbookPages | None = None
        self._hints: dict[str, str] | None = None  # None: none was needed yet
        self.hint: Hint | None = None
        window.actions_by_name["show_hints"].triggered.connect(self.show_again)
        guiding.opened.connect(self._guide_opened)

    def begin(self, store: Store, pages: LogbookPages) -> None:
        """Show the hints of the *pages* of *store*, if it is the person's own to write in."""
        is_another = store is not self._store
        self._store = self._pages = None
        self.hint = Hint()  # of these pages, and gone with them
        self.hint.closed.connect(self._closed)
        pages.put_above(self.hint)
        if store.journal.is_read_only or store.journal.path == sample_database():
            return
        self._store, self._pages = store, pages
        pages.page_shown.connect(self._show)
        pages.installEventFilter(self)
        if is_another:
            store.changed.connect(self._take_in)
        self._show()

    def show_again(self) -> None:
        """Begin with the hints anew."""
        self._state.keep_choice(_CHOICE, _AGAIN)
        self._show()
        where = "" if self._pages else " in your own logbook, where you can write"
        self._window.say(f"Each page shows its hint again{where}, until you close it.")

    def restyle(self) -> None:
        """Draw the icons in the colours of now."""
        if self.hint:
            self.hint.restyle()

    @property
    def _over(self) -> list[str]:
        return self._state.choice(_CHOICE).split()

    def _show(self) -> None:
        """Show the hint of the page that is shown, if it is not over."""
        if self._pages is None or self._store is None or self.hint is None:
            return
        name, over = self._pages.current_name, self._over
        kind = _DONE.get(name)
        if name not in over and _AGAIN not in over and kind and self._store.of_person(kind):
            self._end(name)
        is_early = name in _OF_RECORDS and not any(True for _ in self._store.judged)
        is_low = self._pages.height() < _LOWEST * self._pages.fontMetrics().height()
        self.hint.show_text("" if is_early or is_low or name in self._over else self._text(name))

    def _text(self, name: str) -> str:
        if self._hints is None:
            from logbook.services.guide import load_hints  # noqa: PLC0415 - who is not new waits for none

            self._hints = {}
            with suppress(LogbookError):  # the guide tells what is wrong with its texts
                self._hints = load_hints(self._guiding.words())
        return self._hints.get(name, "")

    def _end(self, name: str) -> None:
        """Remember that the hint of that name is over."""
        if name not in self._over:
            self._state.keep_choice(_CHOICE, " ".join([*self._over, name]))

    def _closed(self) -> None:
        if self._pages:
            self._end(self._pages.current_name)
            self._pages.current.focus_first()
            self._show()

    def _take_in(self, edit: Edit) -> None:
        """Let go of the hints whose thing was done just now."""
        added = {type(one.after) for one in edit.replacements if one.before is None}
        for name in [name for name, kind in _DONE.items() if kind in added]:
            self._end(name)
        self._show()

    def _guide_opened(self) -> None:
        if self._pages:
            self._end(_GUIDE)
            self._show()

    # Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._pages:
            self._show()
        return super().eventFilter(watched, event)
