"""The kept plans and what can be done with them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from logbook.domain.plan import PlannedSession
from logbook.services.planning import KeptPlan
from logbook.ui.theme import SPACING
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.plan_list import PlanList


class PlansPanel(QWidget):
    """A list of plans above its buttons.

    Signals:
        log_wanted: the plan that is chosen is to become a session.
        export_wanted: the plans that are chosen are wanted as a calendar file.
        delete_wanted: they are to be deleted.
        show_wanted: the plan that was opened is wanted on the calendar; carries it.
    """

    log_wanted = Signal()
    export_wanted = Signal()
    delete_wanted = Signal()
    show_wanted = Signal(object)

    def __init__(self) -> None:
        """Begin without plans."""
        super().__init__()
        self._today = date.min
        self._is_writable = True
        self.list = PlanList()
        self.log_button, self.export_button = QPushButton("&Log as session"), QPushButton("E&xport…")
        self.delete_button = QPushButton("&Delete")
        self.details_box = QCheckBox("Name zones and depth in the c&alendar")
        self._empty = QLabel("No plan is kept yet.", textFormat=Qt.TextFormat.PlainText)
        self._empty.setProperty("role", "muted")
        heading = QLabel("Kept plans")
        heading.setProperty("role", "section")
        buttons = FlowLayout()
        for widget in (self.log_button, self.export_button, self.delete_button, self.details_box):
            buttons.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading)
        layout.addWidget(self._empty)
        layout.addWidget(FindRow(self.list))
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        self.list.itemSelectionChanged.connect(self._show_what_can_be_done)
        self.list.activated.connect(self._opened)
        self.log_button.clicked.connect(self.log_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.delete_button.clicked.connect(self.delete_wanted)

    @property
    def chosen(self) -> list[PlannedSession]:
        """The plans that are chosen."""
        return [one.plan for one in self.list.chosen]

    def show_plans(self, kept: Sequence[KeptPlan], today: date, *, is_writable: bool) -> None:
        """Show *kept* as they stand *today*; in a logbook that is not writable they stay as they are."""
        self._today, self._is_writable = today, is_writable
        for widget in (self.list, self.log_button, self.export_button, self.delete_button, self.details_box):
            widget.setVisible(bool(kept))
        self._empty.setVisible(not kept)
        self.list.show_plans(kept)

    def restyle(self) -> None:
        """Draw icons again in the colours of now."""
        self.list.restyle()

    def _show_what_can_be_done(self) -> None:
        chosen = self.list.chosen
        is_due = len(chosen) == 1 and chosen[0].plan.date <= self._today and not chosen[0].is_logged
        self.log_button.setEnabled(self._is_writable and is_due)
        if self._is_writable:
            self.log_button.setToolTip("" if is_due else "One plan, on its day or after it")
        self.export_button.setEnabled(bool(chosen))
        self.delete_button.setEnabled(self._is_writable and bool(chosen))

    def _opened(self) -> None:
        if chosen := self.chosen:
            self.show_wanted.emit(chosen[0])
