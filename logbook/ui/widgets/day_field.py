"""A day that is always there: typed, or chosen from a calendar."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateEdit

from logbook.domain.session import EARLIEST_DATE


class DayField(QDateEdit):
    """A date that the wheel does not change: it scrolls the form."""

    def __init__(self) -> None:
        """Begin with the first day there is."""
        super().__init__(calendarPopup=True, displayFormat="d MMM yyyy")
        self.setMinimumDate(_day(EARLIEST_DATE))

    def value(self) -> date:
        """Return the day."""
        day = self.date()
        return date(day.year(), day.month(), day.day())

    def set_value(self, day: date) -> None:
        """Show *day*."""
        self.setDate(_day(day))

    def set_last(self, day: date) -> None:
        """Take no day after *day*."""
        self.setMaximumDate(_day(day))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _day(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
