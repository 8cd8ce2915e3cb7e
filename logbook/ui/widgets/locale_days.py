"""Days as the person's locale writes them, with the month in letters so that none is taken for another."""

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QLocale

from logbook.charts.chart import DayWords

_PATTERNS: Final = {"dMy": "{day} {month} {year}", "Mdy": "{month} {day}, {year}", "yMd": "{year} {month} {day}"}


def day_words(locale: QLocale) -> DayWords:
    """Return how *locale* writes days: its months, in its order."""
    short = QLocale.FormatType.ShortFormat
    months = tuple(locale.standaloneMonthName(month, short) for month in range(1, 13))
    pattern = locale.dateFormat(short)
    order = "".join(sorted("dMy", key=pattern.find))
    return DayWords(months, partial(_day, months, _PATTERNS.get(order, _PATTERNS["dMy"])))


def _day(months: tuple[str, ...], pattern: str, day: date) -> str:
    return pattern.format(day=day.day, month=months[day.month - 1], year=day.year)
