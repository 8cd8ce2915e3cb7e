"""The making of a page; its module is imported then, since what is seen first waits for no other page."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from logbook.ui.store import Store
from logbook.ui.window_state import WindowState

if TYPE_CHECKING:
    from logbook.ui.pages.logbook_pages import LogbookPages


def make_page(name: str, pages: "LogbookPages", store: Store, state: WindowState) -> QWidget:
    """Return a new page of *store* that leads to the others of *pages*; *state* remembers what was chosen on it."""
    if name == "sessions":
        from logbook.ui.pages.sessions_page import SessionsPage  # noqa: PLC0415

        sessions = SessionsPage(store)
        pages.overview.day_watch.day_changed.connect(sessions.follow_day)
        return sessions
    if name == "shedding":
        from logbook.ui.pages.shedding_page import SheddingPage  # noqa: PLC0415

        shedding = SheddingPage(store)
        shedding.session_wanted.connect(pages.show_session)
        pages.overview.day_watch.day_changed.connect(shedding.follow_day)
        return shedding
    if name == "charts":
        from logbook.ui.pages.charts_page import ChartsPage  # noqa: PLC0415

        charts = ChartsPage(store, state)
        charts.record_wanted.connect(pages.show_record)
        charts.page_wanted.connect(pages.show_page)
        return charts
    if name == "warnings":
        from logbook.ui.pages.warnings_page import WarningsPage  # noqa: PLC0415

        warnings = WarningsPage(store)
        warnings.session_wanted.connect(pages.show_session)
        return warnings
    if name == "planner":
        from logbook.ui.pages.planner_page import PlannerPage  # noqa: PLC0415

        planner = PlannerPage(store)
        planner.log_wanted.connect(pages.begin_session)
        return planner
    if name == "devices":
        from logbook.ui.pages.devices_page import DevicesPage  # noqa: PLC0415

        devices = DevicesPage(store)
        devices.session_wanted.connect(pages.show_anyones)
        return devices
    from logbook.ui.pages.guidance_page import GuidancePage  # noqa: PLC0415

    guidance = GuidancePage(store)
    guidance.session_wanted.connect(pages.show_session)
    return guidance
