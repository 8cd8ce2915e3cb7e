"""The Overview page: when next, what is open, what was last, whether it harms, and whether it is backed up."""

from functools import partial
from threading import Event
from types import ModuleType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
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
from logbook.domain.person import Acknowledgement
from logbook.domain.vocabulary import Severity
from logbook.services.overview import Overview, look_over
from logbook.services.places import sample_database
from logbook.ui.day_watch import DayWatch
from logbook.ui.pages.chart_loading import load
from logbook.ui.store import Store
from logbook.ui.theme import AROUND_PAGE, MARGIN, SPACING
from logbook.ui.widgets.backup_card import BackupCard
from logbook.ui.widgets.columns import Columns
from logbook.ui.widgets.first_steps import FirstSteps, LoggingButtons, SampleStrip
from logbook.ui.widgets.last_session_card import LastSessionCard
from logbook.ui.widgets.next_dates_card import NextDatesCard
from logbook.ui.widgets.open_warnings_card import OpenWarningsCard
from logbook.ui.widgets.reading import give_reason
from logbook.ui.widgets.shedding_card import SheddingCard
from logbook.ui.widgets.title_row import TitleRow

if TYPE_CHECKING:
    from logbook.services.shedding_trend import Trend

_SPLITS: Final = {1: (5,), 2: (2, 3), 3: (1, 2, 2)}  # cards in each column, by how many columns there are


class OverviewPage(QWidget):
    """Shows where one stands; nothing is written here.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be done here may have changed.
        action_wanted: the person wants something of the menus; carries the name of the action.
        session_wanted: the person opened a session; carries its id.
        severity_wanted: the person wants to see what is open of a severity; carries it.
        shedding_wanted: the person wants to see the chart of shedding.
    """

    said = Signal(str)
    actions_changed = Signal()
    action_wanted = Signal(str)
    session_wanted = Signal(str)
    severity_wanted = Signal(object)
    shedding_wanted = Signal()

    def __init__(self, store: Store) -> None:
        """Look over the records of *store*."""
        super().__init__()
        self._store = store
        self.overview: Overview | None = None  # what is shown; None: it is not up to date
        self._trends: ModuleType | None = None  # what works out trends, once it is imported
        self._is_loading = False
        self._gone = Event()
        self.destroyed.connect(self._gone.set)
        self.next_dates, self.warnings, self.last = NextDatesCard(), OpenWarningsCard(), LastSessionCard()
        self.shedding, self.backups = SheddingCard(), BackupCard()
        self.repeat_button = QPushButton("&Repeat last")
        self.logging = LoggingButtons(is_writable=self._is_writable)
        self.first_steps: FirstSteps | None = None  # made when they are needed, as is the next
        self.sample_strip: SampleStrip | None = None
        self.day_watch = DayWatch(store.today, self)  # the one there is: other pages follow it too
        self._lay_out()
        self._listen()
        if not self._is_writable:
            give_reason(self.repeat_button)

    # What the window asks for

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed here is not saved: never, nothing is typed here."""
        return False

    def focus_first(self) -> None:
        """Go to what is done most."""
        buttons = self.first_steps.logging if self._is_empty and self.first_steps else self.logging
        first = buttons.session if buttons.session.isEnabled() else self.backups.backups_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Say that there is nothing to search."""
        self.said.emit("There is nothing to search on the overview.")

    def restyle(self) -> None:
        """Draw icons again in the colours of now."""
        for card in (self.next_dates, self.warnings, self.last):
            card.restyle()
        self.shedding.picture.update()

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of."""
        return {}

    def show_backups(self, sentence: str) -> None:
        """Show how it stands with the backups."""
        self.backups.show_state(sentence)

    # What is shown

    @property
    def _is_writable(self) -> bool:
        return not self._store.journal.is_read_only

    @property
    def _is_sample(self) -> bool:
        return self._store.journal.path == sample_database()

    @property
    def _is_empty(self) -> bool:
        return self.overview is not None and self.overview.is_empty

    def _forget(self, _: Edit | None = None) -> None:
        """Look over everything again, at once or when the page is next looked at."""
        self.overview = None
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        store = self._store
        shown = self.overview = look_over(store.judged, store.of_person(Acknowledgement), store.today())
        self._show_steps(is_empty=shown.is_empty)
        self.next_dates.show_next(shown.next, shown.open)
        self.warnings.show_counts(shown.open.counts if shown.open else None)
        self.last.show_last(shown.last)
        self._show_shedding(shown)

    def _show_shedding(self, shown: Overview) -> None:
        trend: Trend | None = None
        if shown.shedding and shown.shedding.is_enough:
            if self._trends:
                trend = self._trends.trend_of(shown.shedding)
            elif self._store.judging.is_settled:
                self._load()  # once nothing else is to do
        self.shedding.show_shedding(shown.shedding, trend)

    def _show_steps(self, *, is_empty: bool) -> None:
        """Offer what there is to begin with; while nothing is logged, in the middle, and nothing else."""
        if is_empty and self.first_steps is None:
            self.first_steps = FirstSteps(is_writable=self._is_writable, is_sample=self._is_sample)
            self.first_steps.action_wanted.connect(self.action_wanted)
            self._stack.addWidget(self.first_steps)
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self.repeat_button.setEnabled(self._is_writable and self._store.judged.history.last is not None)
        self.repeat_button.setVisible(not is_empty)
        self.logging.setVisible(not is_empty)

    # What works out the trend

    def _load(self) -> None:
        if not self._is_loading:
            self._is_loading = True
            load(_import_trends, self._loaded, self._gone)

    def _loaded(self, module: ModuleType) -> None:
        self._trends = module
        if self.overview:
            self._show_shedding(self.overview)

    # The making

    def _lay_out(self) -> None:
        cards = (self.next_dates, self.warnings, self.last, self.shedding, self.backups)
        self.columns = Columns(cards, _SPLITS)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MARGIN)
        column.addWidget(self.columns)
        column.addStretch(1)
        whole = QWidget()
        self._stack = QStackedLayout(whole)
        self._stack.addWidget(_Scrolling(body))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND_PAGE)
        layout.setSpacing(SPACING)
        layout.addWidget(TitleRow("Overview", self.repeat_button, self.logging))
        if self._is_sample:
            self.sample_strip = SampleStrip()
            self.sample_strip.action_wanted.connect(self.action_wanted)
            layout.addWidget(self.sample_strip)
        layout.addWidget(whole, 1)

    def _listen(self) -> None:
        self.logging.action_wanted.connect(self.action_wanted)
        self.repeat_button.clicked.connect(partial(self.action_wanted.emit, "repeat_last"))
        self.backups.backup_wanted.connect(partial(self.action_wanted.emit, "backup"))
        self.backups.backups_wanted.connect(partial(self.action_wanted.emit, "backups"))
        self.next_dates.stops_wanted.connect(partial(self.severity_wanted.emit, Severity.STOP))
        self.warnings.severity_wanted.connect(self.severity_wanted)
        self.last.session_wanted.connect(self.session_wanted)
        self.shedding.chart_wanted.connect(self.shedding_wanted)
        self.day_watch.day_changed.connect(self._forget)
        self._store.changed.connect(self._forget)
        self._store.judging.settled.connect(self._forget)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        if self.overview is None or self.overview.today != self._store.today():
            self._refresh()
        super().showEvent(event)


class _Scrolling(QScrollArea):
    """An area that scrolls up and down where the window is small."""

    def __init__(self, body: QWidget) -> None:
        super().__init__(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Overview")
        self.setWidget(body)


def _import_trends() -> ModuleType:
    from logbook.services import shedding_trend  # noqa: PLC0415 - numpy, which nothing waits for

    return shedding_trend
