"""The pages of one open logbook, beside the rail that leads to them."""

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.session import Session
from logbook.domain.vocabulary import Severity
from logbook.services.changes import were_judged_before
from logbook.services.drafts import Typed
from logbook.services.people import colour_of, initials, name_of
from logbook.ui.pages.making import make_page
from logbook.ui.pages.overview_page import OverviewPage
from logbook.ui.pages.page import Page, RecordsPage
from logbook.ui.pages.typed_lines import PAGE_OF, put_line, typed_lines
from logbook.ui.store import Store
from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.person_mark import PersonButton
from logbook.ui.widgets.rail import Rail
from logbook.ui.window_state import WindowState

if TYPE_CHECKING:
    from logbook.ui.pages.charts_page import ChartsPage
    from logbook.ui.pages.guidance_page import GuidancePage
    from logbook.ui.pages.sessions_page import SessionsPage
    from logbook.ui.pages.shedding_page import SheddingPage
    from logbook.ui.pages.warnings_page import WarningsPage

PAGES: Final = {
    "overview": "Overview",
    "sessions": "Sessions",
    "shedding": "Shedding",
    "charts": "Charts",
    "warnings": "Warnings",
    "planner": "Planner",
    "devices": "Devices",
    "guidance": "Guidance",
}
_ALONE: Final = "You"  # who is alone in a logbook needs no name
_OF_RECORDS: Final = ("sessions", "shedding")
_AFTER_PAINT: Final = 40  # milliseconds: the overview is on the screen by then


class LogbookPages(QWidget):
    """The pages of a store: the overview at once, the sessions right after it, every other when it is first wanted.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be done may have changed.
        page_shown: a page came to the front.
        action_wanted: the person wants something of the menus; carries the name of the action.
    """

    said = Signal(str)
    actions_changed = Signal()
    page_shown = Signal()
    action_wanted = Signal(str)

    def __init__(self, store: Store, state: WindowState) -> None:
        """Show the overview of *store*; *state* remembers the sizes of what is on the pages."""
        super().__init__()
        self._store, self._state = store, state
        self._person_id = store.person.id  # whose pages these are, also while the store shows somebody else already
        self._pages: dict[str, QWidget] = {}
        self.rail = Rail(PAGES)
        self._stack = QStackedWidget()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._side())
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self._stack, 1)
        layout.addLayout(self._column, 1)
        self.overview = OverviewPage(store)
        self._take("overview", self.overview)
        self._listen_to(self.overview)
        self.rail.choose(0)
        self.rail.chosen.connect(self._chosen)
        self._show_person()
        store.changed.connect(self._show_person)
        store.judging.settled.connect(self._count)
        store.judging.settled.connect(self._look_for_changes, Qt.ConnectionType.SingleShotConnection)

    @property
    def sessions(self) -> "SessionsPage":
        """The page of the sessions, made when it is first wanted, or right after the overview is painted."""
        return cast("SessionsPage", self.page("sessions"))

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
        sessions = cast("SessionsPage | None", self._pages.get("sessions"))
        lines = typed_lines(self._pages, self._person_id)
        return Typed(sessions.editor.typed if sessions else (), shedding.editor.typed if shedding else (), lines)

    def go_on_with(self, typed: Typed) -> None:
        """Put what was *typed* into the forms again, and show it."""
        if typed.sessions:
            self.sessions.editor.go_on_with(typed.sessions)
            self.show_page("sessions")
        if typed.shedding:
            cast("SheddingPage", self.page("shedding")).editor.go_on_with(typed.shedding)
            if not typed.sessions:
                self.show_page("shedding")
        for line in typed.lines:
            put_line(self.page(PAGE_OF[line.line]), line)
        if typed.lines and not typed.sessions and not typed.shedding:
            self.show_page(PAGE_OF[typed.lines[0].line])

    def put_above(self, widget: QWidget) -> None:
        """Have *widget* stand above whichever page is shown."""
        self._column.insertWidget(0, widget)

    def page(self, name: str) -> QWidget:
        """Return the page of that name, made when it is first wanted."""
        if name not in self._pages:
            self._take(name, make_page(name, self, self._store, self._state))
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
        self.page_shown.emit()

    def focus_search(self) -> None:
        """Search the page that is shown; the overview has nothing to search but what the sessions have."""
        if self.current_name == "overview":
            self.bring("sessions")
        self.current.focus_search()

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

    def new_session(self) -> None:
        """Begin a session on its page."""
        self.bring("sessions")
        self.sessions.new_session()

    def repeat_last(self) -> None:
        """Begin a session that does the last one again, on its page."""
        self.bring("sessions")
        self.sessions.editor.repeat_last()

    def show_severity(self, severity: Severity) -> None:
        """Show what is open of *severity* on the page of the warnings."""
        warnings = cast("WarningsPage", self.page("warnings"))
        warnings.filters.show_open(severity)
        self.show_page("warnings")

    def show_shedding_chart(self) -> None:
        """Show the chart of shedding by the method that was used most."""
        self.show_page("charts")
        cast("ChartsPage", self.current).choose_shedding()

    def begin_session(self, session: Session) -> None:
        """Show a new session with what *session* says already."""
        self.bring("sessions")
        self.sessions.editor.begin_with(session)

    def restyle(self) -> None:
        """Draw again what was painted in the colours of before."""
        self.rail.restyle()
        self._show_person()
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

    def _listen_to(self, overview: OverviewPage) -> None:
        overview.action_wanted.connect(self.action_wanted)
        overview.session_wanted.connect(self.show_session)
        overview.severity_wanted.connect(self.show_severity)
        overview.shedding_wanted.connect(self.show_shedding_chart)

    def _side(self) -> QVBoxLayout:
        """Return who is shown, above the rail."""
        side = QVBoxLayout()
        side.setContentsMargins(0, MARGIN, 0, 0)
        side.setSpacing(0)
        self.person_button = PersonButton()
        self.person_button.clicked.connect(partial(self.action_wanted.emit, "people"))
        around = QHBoxLayout()
        around.setContentsMargins(SPACING, 0, 0, 0)
        around.addWidget(self.person_button)
        side.addLayout(around)
        side.addWidget(self.rail, 1)
        return side

    def _show_person(self) -> None:
        person, people = self._store.person, self._store.people()
        name = name_of(person) if person.name or len(people) > 1 else _ALONE
        self.person_button.show_person(name, initials(person), colour_of(person, people))

    def show_anyones(self, record_id: str) -> None:
        """Show a session with needles that several people share; of another person it is only said whose it is."""
        store = self._store
        if store.find(Session, record_id):
            self.show_session(record_id)
            return
        others = {session.id: session.person_id for session in store.journal.shared_uses(store.person.id)}
        names = [name_of(person) for person in store.people() if person.id == others.get(record_id)]
        whose = labels.series(names) or "another person"
        self.said.emit(f"That session is of {whose}. Edit › People shows them.")

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

    def _get_ready(self) -> None:
        """Make what is mostly wanted next."""
        if self.isVisible():  # else its logbook was closed meanwhile
            self.page("sessions")
            QTimer.singleShot(0, self, self._get_form_ready)

    def _get_form_ready(self) -> None:
        if self.isVisible():
            self.sessions.form.settle()

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(_AFTER_PAINT, self, self._get_ready)
