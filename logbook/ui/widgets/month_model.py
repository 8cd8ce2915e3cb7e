"""The six weeks that show a month, each day with what stands on it."""

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.guidance.rule import Verdict

WEEKS: Final = 6
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class DayMarks:
    """What stands on one day."""

    verdict: Verdict | None = None  # of what is chosen, as far as rest is concerned; None: the day is past
    sessions: tuple[str, ...] = ()  # what was done, in words
    plans: tuple[str, ...] = ()  # what was planned, in words

    @property
    def severity(self) -> Severity:
        """The worst that the rules on rest would say."""
        return self.verdict.severity if self.verdict else Severity.CLEAN

    @property
    def words(self) -> str:
        """Everything in sentences; nothing where nothing stands on the day."""
        return " ".join(
            (
                *([_rest_words(self.verdict)] if self.verdict else ()),
                *(f"Session: {words}." for words in self.sessions),
                *(f"Kept plan: {words}." for words in self.plans),
            )
        )


_NOTHING: Final = DayMarks()


def _rest_words(verdict: Verdict) -> str:
    if verdict.severity is Severity.CLEAN:
        return "The rules on rest say nothing."
    return f"{labels.title(verdict.severity)}: {verdict.findings[0].found}"


class MonthModel(QAbstractTableModel):
    """A month as six rows of seven days; the week begins as the system's language has it."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin before any month is shown."""
        super().__init__(parent)
        self._month = dt.date(2000, 1, 1)
        self._today = dt.date.min
        self._marks: Mapping[dt.date, DayMarks] = {}
        self._first_weekday = QLocale().firstDayOfWeek().value

    @property
    def month(self) -> dt.date:
        """The first day of the month."""
        return self._month

    @property
    def today(self) -> dt.date:
        """The day that is marked as today."""
        return self._today

    @property
    def first(self) -> dt.date:
        """The first day that is shown; it may belong to the month before."""
        return self._month - dt.timedelta(days=(self._month.isoweekday() - self._first_weekday) % 7)

    @property
    def last(self) -> dt.date:
        """The last day that is shown."""
        return self.first + dt.timedelta(days=7 * WEEKS - 1)

    def show_month(self, day: dt.date, today: dt.date) -> None:
        """Show the month of *day*, without marks."""
        self.beginResetModel()
        self._month, self._today, self._marks = day.replace(day=1), today, {}
        self.endResetModel()

    def show_marks(self, marks: Mapping[dt.date, DayMarks]) -> None:
        """Show *marks* on their days, and nothing on the others."""
        self._marks = marks
        self.dataChanged.emit(self.index(0, 0), self.index(WEEKS - 1, len(DAYS) - 1))

    def day_at(self, index: _Index) -> dt.date:
        """Return the day in a cell."""
        return self.first + dt.timedelta(days=7 * index.row() + index.column())

    def index_of(self, day: dt.date) -> QModelIndex:
        """Return the cell of *day*; none where it is not shown."""
        week, place = divmod((day - self.first).days, 7)
        return self.index(week, place) if self.first <= day <= self.last else QModelIndex()

    def marks_of(self, day: dt.date) -> DayMarks:
        """Return what stands on *day*."""
        return self._marks.get(day, _NOTHING)

    def words_of(self, day: dt.date) -> str:
        """Return *day* with everything that stands on it, as it would be read aloud."""
        today = ", today" if day == self._today else ""
        name = f"{DAYS[day.weekday()]} {labels.day(day)}{today}"
        words = self.marks_of(day).words
        return f"{name}. {words}" if words else f"{name}."

    # What Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(DAYS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        day = self.day_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words_of(day)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(self.words_of(day))}</p>"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        name = DAYS[(section + self._first_weekday - 1) % 7]
        if role == Qt.ItemDataRole.DisplayRole:
            return name[:2]
        return name if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole) else None
