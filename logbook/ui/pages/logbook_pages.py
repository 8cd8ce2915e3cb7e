"""The pages of one open logbook, beside the rail that leads to them."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from logbook.domain import labels
from logbook.domain.session import Session
from logbook.services.changes import were_judged_before
from logbook.services.drafts import Typed
from logbook.ui.pages.page import Page, RecordsPage
from logbook.ui.pages.sessions_page import SessionsPage
from logbook.ui.store import Store
from logbook.ui.widgets.rail import Rail
from logbook.ui.window_state import WindowState

if TYPE_CHECKING:
    from logbook.ui.pages.guidance_page import GuidancePage
    from logbook.ui.pages.shedding_page import SheddingPage
    from logbook.ui.pages.warnings_page import WarningsPage

PAGES: Final = {
    "sessions": "Sessions",
    "shedding": "Shedding",
    "charts": "Charts",
    "warnings": "Warnings",
    "planner": "Planner",
    "devices": "Devices",
    "guidance": "Guidance",
}
_OF_RECORDS: Final = ("sessions", "shedding")


class LogbookPages(QWidget):
    """The pages of a store: the sessions at once, every other when it is first wanted.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be done may have changed.
    """

    said = Signal(str)
    actions_changed = Signal()

    def __init__(self, store: Store, state: WindowState) -> None:
        """Show the sessions of *store*; *state* remembers the sizes of what is on the pages."""
        super().__init__()
        self._store, self._state = store, state
        self._pages: dict[str, QWidget] = {}
        self.rail = Rail(tuple(PAGES.values()))
        self._stack = QStackedWidget()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self._stack, 1)
        self.sessions = SessionsPage(store)
        self._take("sessions", self.sessions)
        self.rail.choose(0)
        self.rail.chosen.connect(self._chosen)
        store.judging.settled.connect(self._count)
        store.judging.settled.connect(self._look_for_changes, Qt.ConnectionType.SingleShotConnection)

    @property
    def current(self) -> Page:
        """The page that is shown."""
        return cast(Page, self._stack.currentWidget())

    @property
    def current_records(self) -> RecordsPage | None:
        """The page that is shown, where it is one of records that are written in a form."""
        return cast(RecordsPage, self._stack.currentWidget()) if self.current_name in _OF_RECORDS else None

    @property
    def current_name(self) -> str:
        """Its name."""
        return next(name for name, page in self._pages.items() if page is self._stack.currentWidget())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all pages, in the order of the rail."""
        return tuple(PAGES)

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed on some page is not saved."""
        return any(cast(Page, page).has_unsaved for page in self._pages.values())

    @property
    def typed(self) -> Typed:
        """What is typed in a form and not saved."""
        shedding = cast("SheddingPage | None", self._pages.get("shedding"))
        return Typed(self.sessions.typed, shedding.editor.typed if shedding else ())

    def go_on_with(self, typed: Typed) -> None:
        """Put what was *typed* into the forms again, and show it."""
        if typed.sessions:
            self.sessions.go_on_with(typed.sessions)
        if typed.shedding:
            cast("SheddingPage", self.page("shedding")).editor.go_on_with(typed.shedding)
            if not typed.sessions:
                self.show_page("shedding")

    def page(self, name: str) -> QWidget:
        """Return the page of that name, made when it is first wanted."""
        if name not in self._pages:
            self._take(name, self._make(name))
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Bring the page of that name to the front, and go to where one begins on it."""
        self.bring(name)
        self.current.focus_first()

    def bring(self, name: str) -> None:
        """Bring the page of that name to the front, and leave the cursor where it is."""
        self._stack.setCurrentWidget(self.page(name))
        self.rail.choose(list(PAGES).index(name))
        self.actions_changed.emit()

    def focus_search(self) -> None:
        """Go to the search of the page that is shown, or of the sessions where it has none."""
        if self.current_name not in ("sessions", "warnings"):
            self.bring("sessions")
        cast("SessionsPage | WarningsPage", self.current).focus_search()

    def show_session(self, record_id: str) -> None:
        """Show the session of that id on its page."""
        self.bring("sessions")
        self.sessions.show_session(record_id)

    def show_record(self, record_id: str) -> None:
        """Show the session, shedding record or life event of that id on its page."""
        if self._store.find(Session, record_id):
            self.show_session(record_id)
        else:
            self.bring("shedding")
            cast("SheddingPage", self.current).show_record(record_id)

    def begin_session(self, session: Session) -> None:
        """Show a new session with what *session* says already."""
        self.bring("sessions")
        self.sessions.begin_with(session)

    def restyle(self) -> None:
        """Draw again what was painted in the colours of before."""
        for page in self._pages.values():
            cast(Page, page).restyle()

    def keep(self) -> None:
        """Remember the sizes of what is on the pages."""
        for page in self._pages.values():
            self._state.keep_parts(cast(Page, page).parts())

    def _take(self, name: str, made: QWidget) -> None:
        self._pages[name] = made
        self._stack.addWidget(made)
        page = cast(Page, made)
        for part, widget in page.parts().items():
            self._state.restore(part, widget)
        page.said.connect(self.said)
        page.actions_changed.connect(self.actions_changed)

    def _make(self, name: str) -> QWidget:
        """Return a new page; its module is imported now, since the first rows wait for no other page."""
        if name == "shedding":
            from logbook.ui.pages.shedding_page import SheddingPage  # noqa: PLC0415

            shedding = SheddingPage(self._store)
            shedding.session_wanted.connect(self.show_session)
            return shedding
        if name == "charts":
            from logbook.ui.pages.charts_page import ChartsPage  # noqa: PLC0415

            charts = ChartsPage(self._store, self._state)
            charts.record_wanted.connect(self.show_record)
            charts.page_wanted.connect(self.show_page)
            return charts
        if name == "warnings":
            from logbook.ui.pages.warnings_page import WarningsPage  # noqa: PLC0415

            warnings = WarningsPage(self._store)
            warnings.session_wanted.connect(self.show_session)
            return warnings
        if name == "planner":
            from logbook.ui.pages.planner_page import PlannerPage  # noqa: PLC0415

            planner = PlannerPage(self._store)
            planner.log_wanted.connect(self.begin_session)
            return planner
        if name == "devices":
            from logbook.ui.pages.devices_page import DevicesPage  # noqa: PLC0415

            devices = DevicesPage(self._store)
            devices.session_wanted.connect(self.show_session)
            return devices
        from logbook.ui.pages.guidance_page import GuidancePage  # noqa: PLC0415

        guidance = GuidancePage(self._store)
        guidance.session_wanted.connect(self.show_session)
        return guidance

    def _chosen(self, place: int) -> None:
        """Follow the rail, and leave the cursor in it: the arrow keys go on from page to page."""
        self.bring(list(PAGES)[place])

    def _count(self) -> None:
        self.rail.show_number(list(PAGES).index("warnings"), self._store.count_open(), "open")

    def _look_for_changes(self) -> None:
        """Have what another guidance judged judged again, once all else is at hand."""
        if were_judged_before(self._store.journal.rules, self._store.of_person(Session)):
            guidance = cast("GuidancePage", self.page("guidance"))
            guidance.changes.counted.connect(self._show_changed)
            guidance.changes.begin()

    def _show_changed(self, number: int) -> None:
        self.rail.show_number(list(PAGES).index("guidance"), number, "changed")
        if number:
            sessions = labels.count(number, "session")
            self.said.emit(f"The guidance has changed: {sessions} judged otherwise now. The Guidance page lists them.")
