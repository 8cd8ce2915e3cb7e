"""A month to choose a day from, coloured by what the rules on rest would say of each day."""

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.domain.plan import LATEST_DATE
from logbook.domain.session import EARLIEST_DATE
from logbook.domain.vocabulary import Severity
from logbook.ui.theme import SPACING, TIGHT
from logbook.ui.widgets.day_delegate import DayDelegate
from logbook.ui.widgets.legend import Legend
from logbook.ui.widgets.month_model import WEEKS, DayMarks, MonthModel

MARKS: Final[dict[Severity | str, str]] = {
    **{severity: labels.title(severity) for severity in Severity if severity is not Severity.CLEAN},
    "session": "Session",
    "plan": "Kept plan",
}
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_MONTHS: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class PlanCalendar(QWidget):
    """A month with buttons to the months around it, and what its marks stand for.

    Signals:
        day_chosen: the person chose another day; where that lies in another month, it is shown without marks.
    """

    day_chosen = Signal()

    def __init__(self, today: dt.date) -> None:
        """Begin on *today*."""
        super().__init__()
        self.model = MonthModel(self)
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.before_button, self.after_button = QPushButton("‹"), QPushButton("›")
        self.before_button.setAccessibleName("Previous month")
        self.after_button.setAccessibleName("Next month")
        self.today_button = QPushButton("Toda&y")
        self.grid, self.legend = MonthGrid(self.model), Legend(MARKS)
        for button in (self.before_button, self.after_button):
            button.setToolTip(button.accessibleName())
        self._lay_out()
        self.grid.day_wanted.connect(self._choose)
        self.before_button.clicked.connect(self._month_before)
        self.after_button.clicked.connect(self._month_after)
        self.today_button.clicked.connect(self._choose_today)
        self._day = self._today = today
        self.set_day(today, today)

    @property
    def day(self) -> dt.date:
        """The day that is chosen."""
        return self._day

    @property
    def shown(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that are shown."""
        return self.model.first, self.model.last

    def set_day(self, day: dt.date, today: dt.date) -> None:
        """Choose *day*, and mark *today*; says nothing, since whoever chooses it knows."""
        self._day, self._today = day, today
        self._show_month(day)

    def show_marks(self, marks: Mapping[dt.date, DayMarks]) -> None:
        """Show *marks* on their days, and nothing on the others."""
        self.model.show_marks(marks)

    def text(self) -> str:
        """Return the day that is chosen with what stands on it, as it would be read aloud."""
        return self.model.words_of(self._day)

    def restyle(self) -> None:
        """Draw the marks again in the colours of now."""
        self.legend.restyle()
        self.grid.viewport().update()

    def _choose(self, day: dt.date) -> None:
        day = min(max(day, EARLIEST_DATE), LATEST_DATE)
        if day == self._day:
            return
        self._day = day
        if (day.year, day.month) == (self.model.month.year, self.model.month.month):
            self.grid.choose(day)
        else:
            self._show_month(day)
        self.day_chosen.emit()

    def _choose_today(self) -> None:
        self._choose(self._today)

    def _month_before(self) -> None:
        self._choose(_months_on(self._day, -1))

    def _month_after(self) -> None:
        self._choose(_months_on(self._day, 1))

    def _show_month(self, day: dt.date) -> None:
        self.model.show_month(day, self._today)
        self.title.setText(f"{labels.MONTHS[day.month - 1]} {day.year}")
        self.grid.setAccessibleName(f"Calendar, {self.title.text()}")
        self.grid.choose(day)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(TIGHT)
        top.addWidget(self.before_button)
        top.addWidget(self.after_button)
        top.addSpacing(SPACING)
        top.addWidget(self.title, 1)
        top.addWidget(self.today_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addLayout(top)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.legend)


class MonthGrid(QTableView):
    """The days of a `MonthModel`; the keys go on into the months around.

    Signals:
        day_wanted: the person asked for a day, which may lie in another month.
    """

    day_wanted = Signal(object)

    def __init__(self, model: MonthModel) -> None:
        """Show *model*."""
        super().__init__(
            showGrid=False,
            frameShape=QFrame.Shape.NoFrame,
            selectionMode=QAbstractItemView.SelectionMode.SingleSelection,
            selectionBehavior=QAbstractItemView.SelectionBehavior.SelectItems,
            editTriggers=QAbstractItemView.EditTrigger.NoEditTriggers,
            tabKeyNavigation=False,
        )
        self._month = model
        self.setModel(model)
        self.setItemDelegate(DayDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.clicked.connect(self._clicked)

    def choose(self, day: dt.date) -> None:
        """Mark *day* as chosen."""
        index = self._month.index_of(day)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _clicked(self, index: QModelIndex) -> None:
        self.day_wanted.emit(self._month.day_at(index))

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day, key = self._month.day_at(self.currentIndex()), Qt.Key(event.key())
        if key in _STEPS:
            self.day_wanted.emit(day + dt.timedelta(days=_STEPS[key]))
        elif key in _MONTHS:
            self.day_wanted.emit(_months_on(day, _MONTHS[key]))
        elif key == Qt.Key.Key_Home:
            self.day_wanted.emit(self._month.today)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(7 * (metrics.horizontalAdvance("30") + metrics.height() + 3 * TIGHT), self._height(2.3))

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width() * 3 // 2, self._height(2.5))

    def _height(self, lines: float) -> int:
        """Return the height with so many *lines* of text in a day."""
        return self.horizontalHeader().sizeHint().height() + WEEKS * round(self.fontMetrics().height() * lines) + TIGHT


def _months_on(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
