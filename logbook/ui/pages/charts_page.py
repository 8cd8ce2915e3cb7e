"""The Charts page: five questions to one's own records, over the days one chooses."""

from dataclasses import replace
from datetime import date
from functools import partial
from threading import Event
from types import ModuleType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from logbook.domain.edit import Edit
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.ui.pages.chart_choices import CHART_WORDS, ChartChoices, ChartName, remember_choices, remembered_choices
from logbook.ui.pages.chart_loading import load_panel
from logbook.ui.pages.page import find_in_table
from logbook.ui.store import Store
from logbook.ui.theme import AROUND_PAGE, SPACING, current_theme
from logbook.ui.widgets.chips import Chips
from logbook.ui.widgets.empty_state import empty_state
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.range_row import Preset, RangeRow, preset_days
from logbook.ui.widgets.title_row import TitleRow
from logbook.ui.widgets.words import words_label
from logbook.ui.window_state import WindowState

if TYPE_CHECKING:
    from logbook.ui.pages.chart_panel import ChartPanel

_KINDS: Final = (Session, SheddingRecord, LifeEvent, Person)
_LATE_MS: Final = 250  # after an edit, where judging what it changed takes longer
_NO_TABLE: Final = "A chart is not searched; “As a table” shows its numbers in rows, which are."
_EMPTY: Final = "No session and no count yet. What you log is drawn here."


class ChartsPage(QWidget):
    """Draws what was logged.

    The frame is there at once; what draws is imported off the window's thread, and takes its place when it is there.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be done here may have changed.
        record_wanted: the person wants to see a record; carries its id.
        page_wanted: the person wants to begin on another page; carries its name.
    """

    said = Signal(str)
    actions_changed = Signal()
    record_wanted = Signal(str)
    page_wanted = Signal(str)

    def __init__(self, store: Store, state: WindowState) -> None:
        """Draw the records of *store*; *state* remembers what is chosen."""
        super().__init__()
        self._store, self._state = store, state
        self._choices = remembered_choices(state)
        self._moved: tuple[date, date] | None = None  # where the person moved the days to; not remembered
        self._is_stale, self._is_loading = True, False
        self.panel: ChartPanel | None = None
        self.chooser: Chips[ChartName] = Chips(CHART_WORDS, self, "Chart")
        self.range_row = RangeRow()
        self.table_button = QPushButton("As a ta&ble", checkable=True)
        self.copy_button, self.export_button = QPushButton("&Copy"), QPushButton("E&xport…")
        self.session_button, self.count_button = QPushButton("Log a sess&ion"), QPushButton("Log a c&ount")
        self.table_button.setProperty("role", "toggle")
        self._wait = words_label("muted")
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._drawn_on: date | None = None
        self._gone = Event()
        self.destroyed.connect(self._gone.set)
        self._lay_out()
        self._listen()

    # What the window asks for

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed here is not saved: never, nothing is recorded here."""
        return False

    def focus_first(self) -> None:
        """Go to the chart; while it is not there, to the choice of it."""
        if self._is_empty:
            self.session_button.setFocus()
        elif self.panel:
            self.panel.focus_first()
        else:
            self.chooser.by_value[self._choices.chart].setFocus()

    def focus_search(self) -> None:
        """Search a table."""
        find_in_table(self, self.said, _NO_TABLE)

    def restyle(self) -> None:
        """Draw again in the colours of now."""
        if self.panel:
            self.panel.restyle()

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of."""
        return {}

    # What is chosen

    @property
    def choices(self) -> ChartChoices:
        """What is chosen."""
        return self._choices

    @property
    def days(self) -> tuple[date, date]:
        """The days that are looked at."""
        if self._moved:
            return self._moved
        if self._choices.preset is Preset.OWN and self._choices.days:
            return self._choices.days
        return preset_days(self._choices.preset, self._store.today(), self._first_day)

    def choose_shedding(self) -> None:
        """Choose the chart of shedding by the method that was used most, over the days that are chosen already."""
        self._choose(replace(self._choices, chart=ChartName.SHEDDING, method=None))

    def _choose(self, choices: ChartChoices) -> None:
        self._choices = choices
        remember_choices(choices, self._state)
        self._show()

    def _choose_chart(self, chart: ChartName) -> None:
        self._choose(replace(self._choices, chart=chart))

    def _choose_preset(self, preset: Preset) -> None:
        self._moved = None
        self._choose(replace(self._choices, preset=preset))

    def _choose_days(self, first: date, last: date) -> None:
        self._moved = None
        self._choose(replace(self._choices, preset=Preset.OWN, days=(first, last)))

    def _choose_table(self) -> None:
        self._choose(replace(self._choices, is_table=self.table_button.isChecked()))

    def _move(self, first: date, last: date) -> None:
        self._moved = first, last
        self._show()

    # What is shown

    @property
    def _is_empty(self) -> bool:
        return not len(self._store.judged.history) and not len(self._store.judged.shedding)

    @property
    def _first_day(self) -> date | None:
        session, count = self._store.judged.history.first, next(iter(self._store.judged.shedding), None)
        return min((one.date for one in (session, count) if one), default=None)

    def _show(self) -> None:
        """Show what is chosen, as far as it can be drawn by now."""
        self._is_stale = False
        first, last = self.days
        today = self._drawn_on = self._store.today()
        # Of two usual ranges that are the same days, in a young logbook, the one that was chosen.
        usual = (one for one in (self._choices.preset, *Preset) if self._is_preset(one, (first, last)))
        self.chooser.choose(self._choices.chart)
        self.range_row.show_range(next(usual, Preset.OWN), first, last, today)
        self.table_button.setChecked(self._choices.is_table)
        self._stack.setCurrentIndex(1 if self._is_empty else 0)
        can_share = self.panel is not None and not self._is_empty
        for button in (self.table_button, self.copy_button, self.export_button):
            button.setEnabled(can_share)
        if self.panel and not self._is_empty:
            self.panel.show_chart(self._choices, (first, last))
        elif not self._is_empty:
            self._load()

    def _is_preset(self, preset: Preset, days: tuple[date, date]) -> bool:
        return preset is not Preset.OWN and days == preset_days(preset, self._store.today(), self._first_day)

    def _take_in(self, edit: Edit) -> None:
        """Draw anew what changed, as soon as it is judged, or a little later where judging takes long."""
        if any(isinstance(one.record, _KINDS) for one in edit.replacements):
            self._is_stale = True
            self._late.start()

    def _settle(self) -> None:
        self._is_stale = True  # something may have been found
        self._refresh_if_seen()

    def _refresh_if_seen(self) -> None:
        self._late.stop()
        if self.isVisible() and (self._is_stale or self._drawn_on != self._store.today()):
            if self.panel:
                self.panel.forget()
            self._show()

    # What draws

    def _load(self) -> None:
        """Import what draws, off the window's thread."""
        if not self._is_loading:
            self._is_loading = True
            load_panel(current_theme().roles, self._loaded, self._gone)

    def _loaded(self, module: ModuleType) -> None:
        """Take in what draws; it draws in the next turn of the event loop, so that the window is not still for long."""
        panel: ChartPanel = module.ChartPanel(self._store)
        panel.choices_changed.connect(self._choose)
        panel.view_changed.connect(self._move)
        panel.record_wanted.connect(self.record_wanted)
        QTimer.singleShot(0, self, partial(self._put, panel))

    def _put(self, panel: "ChartPanel") -> None:
        self.panel = panel
        self._body.addWidget(panel)
        self._body.setCurrentWidget(panel)
        self._show()

    def _copy(self) -> None:
        if self.panel:
            self.panel.copy()
            self.said.emit("Copied the chart, and its numbers as text.")

    def _export(self) -> None:
        if self.panel and (said := self.panel.export()):
            self.said.emit(said)

    # The making

    def _lay_out(self) -> None:
        self._wait.setText("Drawing…")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        charts = FlowLayout()
        for chip in self.chooser.by_value.values():
            charts.addWidget(chip)
        drawn = QWidget()
        self._body = QStackedLayout()
        column = QVBoxLayout(drawn)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(charts)
        column.addWidget(self.range_row)
        column.addLayout(self._body, 1)  # before its pages: the first would show as a window of its own
        self._body.addWidget(self._wait)
        whole = QWidget()
        self._stack = QStackedLayout(whole)
        self._stack.addWidget(_Scrolling(drawn))
        self._stack.addWidget(self._nothing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND_PAGE)
        layout.setSpacing(SPACING)
        layout.addWidget(TitleRow("Charts", self.table_button, self.copy_button, self.export_button))
        layout.addWidget(whole, 1)

    def _nothing(self) -> QWidget:
        sentence = words_label("muted")
        sentence.setText(_EMPTY)
        return empty_state("charts", sentence, self.session_button, self.count_button)

    def _listen(self) -> None:
        self._late.timeout.connect(self._refresh_if_seen)
        self.chooser.chosen.connect(self._choose_chart)
        self.range_row.preset_wanted.connect(self._choose_preset)
        self.range_row.days_wanted.connect(self._choose_days)
        self.table_button.clicked.connect(self._choose_table)
        self.copy_button.clicked.connect(self._copy)
        self.export_button.clicked.connect(self._export)
        self.session_button.clicked.connect(partial(self.page_wanted.emit, "sessions"))
        self.count_button.clicked.connect(partial(self.page_wanted.emit, "shedding"))
        self._store.changed.connect(self._take_in)
        self._store.judging.settled.connect(self._settle)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._refresh_if_seen)  # the frame is painted first

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.restyle()


class _Scrolling(QScrollArea):
    """An area that scrolls up and down where the window is small."""

    def __init__(self, body: QWidget) -> None:
        super().__init__(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Charts")
        self.setWidget(body)
