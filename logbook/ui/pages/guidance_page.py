"""The Guidance page: the version that judges, what it changed, and the limits agreed with a clinician."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QSplitter, QTabWidget, QVBoxLayout, QWidget

from logbook.ui.pages.changes_panel import ChangesPanel
from logbook.ui.pages.limits_panel import LimitsPanel
from logbook.ui.pages.page import find_in_table
from logbook.ui.store import Store
from logbook.ui.theme import AROUND_PAGE, SPACING
from logbook.ui.widgets.title_row import TitleRow


class GuidancePage(QWidget):
    """What is judged by, and how that differs from what was published or from before.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be done here may have changed.
        session_wanted: the id of a session that the person wants to see.
    """

    said = Signal(str)
    actions_changed = Signal()
    session_wanted = Signal(str)

    def __init__(self, store: Store) -> None:
        """Show the guidance of *store*."""
        super().__init__()
        self.changes, self.limits = ChangesPanel(store), LimitsPanel(store)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.setAccessibleName("Guidance")
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.limits, "&Agreed limits")
        self.tabs.addTab(self.changes, "&Changed verdicts")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND_PAGE)
        layout.setSpacing(SPACING)
        layout.addWidget(TitleRow("Guidance"))
        layout.addWidget(self.tabs, 1)
        self.changes.session_wanted.connect(self.session_wanted)
        self.limits.said.connect(self.said)

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed here is not saved: never, dialogs ask for it."""
        return False

    def focus_first(self) -> None:
        """Go to what is shown."""
        self.tabs.tabBar().setFocus()

    def focus_search(self) -> None:
        """Search a table."""
        find_in_table(self, self.said)

    def restyle(self) -> None:
        """Draw again what was painted in the colours of before."""
        self.changes.restyle()
        self.limits.restyle()

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of."""
        return {}
