"""Days as people write them; which of two numbers is the day is never guessed."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from logbook.domain import labels
from logbook.domain.session import EARLIEST_DATE
from logbook.domain.units import Unreadable
from logbook.services.csv_table import shorten
from logbook.services.importing.numbers import LONGEST
from logbook.services.importing.words import load_words, plain


class DateOrder(StrEnum):
    """In which order a date has its numbers."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    YEAR_FIRST = "year-first"  # with two digits; with four nothing has to be asked


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as far as it can be told without being asked."""

    readings: Mapping[DateOrder | None, dt.date]  # under None where the order makes no difference
    time: str | None = None  # HH:MM

    @property
    def is_ambiguous(self) -> bool:
        """Whether it may be one of several days."""
        return len(set(self.readings.values())) > 1


_FIRST_SERIAL: Final = dt.date(1899, 12, 30)  # day 0 of the spreadsheets' count, which holds from 1 March 1900 on
_CENTURY: Final = 2000

_WITH_TIME: Final = re.compile(
    r"(?P<day>.*[^\s,])(?:T|[ ,]+)(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[ap]\.?m\.?)?)", re.I
)
_TIME: Final = re.compile(
    r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(?::[0-9]{2}(?:[.,][0-9]+)?)? ?(?:(a|p)\.?m\.?|uhr|h)?", re.I
)
_ZONED: Final = re.compile(r".*[0-9]:[0-9]{2}.*(?:Z|[+-][0-9]{2}:?[0-9]{2}|UTC|GMT)", re.I)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_NUMBERS: Final = re.compile(r"([0-9]{1,2})(\. |[-./ ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_NAMED: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[ -]?(?:of )?([^\W\d_]+)\.?[ ,-]*([0-9]{4}|[0-9]{2})", re.I)
_NAME_FIRST: Final = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", re.I)
_SERIAL: Final = re.compile(r"[0-9]{5}(?:[.,]0+)?")
_WITHOUT_YEAR: Final = re.compile(r"[0-9]{1,2}[-./] ?[0-9]{1,2}\.?")
_WEEKDAY: Final = re.compile(r"([^\W\d_]+)[.,]* +(?=\S)")
_EVERY: Final = re.compile(
    r"(?:every|each|once|twice|alle|jede\w*|weekly|daily|monthly|wöchentlich|täglich)\b.*"
    r"|[0-9]+ ?(?:x|[-–/]|mal|times)? ?[0-9]* ?(?:a |per |pro |/ ?)?(?:week|day|month|woche|tag|monat)\w*",
    re.I,
)


def read_day(text: str, today: dt.date) -> WrittenDay:
    """Return the days that *text* may mean; a year of two digits that comes first is none after that of *today*.

    Raises:
        Unreadable: it is none; the sentence says what it looks like instead.
    """
    written = " ".join(text.split())
    if len(written) > LONGEST:
        raise Unreadable(f"“{shorten(written)}” is not a date; write it as YYYY-MM-DD, such as 2026-04-03.")
    if _ZONED.fullmatch(written):
        raise Unreadable(f"“{shorten(written)}” has a time zone; the day it was where you are cannot be told from it.")
    if found := _WITH_TIME.fullmatch(written):
        readings = _readings(_without_weekday(found["day"]), today)
        if readings:
            return WrittenDay(readings, read_time(found["time"]))
    readings = _readings(_without_weekday(written), today)
    if not readings:
        raise Unreadable(_what_it_is(written))
    return WrittenDay(readings)


def read_time(text: str) -> str:
    """Return the time of day *text* as HH:MM.

    Raises:
        Unreadable: it is none.
    """
    found = _TIME.fullmatch(text.strip())
    half = found and found[3] and found[3].lower()
    if not found or (found[2] is None and not half):
        raise Unreadable(f"“{shorten(text.strip())}” is not a time; it must be HH:MM, such as 07:30.")
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > (12 if half else 23) or minute > 59 or (half and hour == 0):
        raise Unreadable(f"“{shorten(text.strip())}” is not a time of the day.")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}"


def choose_day(written: WrittenDay, text: str, order: DateOrder | None) -> dt.date:
    """Return the day that *text* means, whose numbers stand in *order*; None: nobody has said in which.

    Raises:
        Unreadable: it may be several days, or is none in that order.
    """
    if None in written.readings:
        return written.readings[None]
    if order is None:
        if written.is_ambiguous:
            raise Unreadable(
                f"“{shorten(text.strip())}” may be {labels.series(map(labels.day, _distinct(written)), 'or')}; "
                "say in which order the dates have day and month."
            )
        return next(iter(written.readings.values()))
    if order not in written.readings:
        only = labels.day(next(iter(written.readings.values())))
        raise Unreadable(f"“{shorten(text.strip())}” is no day when it is read {in_words(order)}; it may be {only}.")
    return written.readings[order]


def in_words(order: DateOrder) -> str:
    """Return *order* as it stands in a sentence."""
    return order.value.replace("-", " ")


def _distinct(written: WrittenDay) -> list[dt.date]:
    return list(dict.fromkeys(written.readings.values()))


def _readings(text: str, today: dt.date) -> dict[DateOrder | None, dt.date]:
    """Return the days that *text* may mean, none where it is not written as one."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _one(_day(int(found[1]), int(found[3]), int(found[4])))
    if found := _NUMBERS.fullmatch(text):
        return _in_any_order(found[1], found[3], found[4], today)
    months = load_words().months
    if (found := _NAMED.fullmatch(text)) and plain(found[2]) in months:
        return _one(_day(_year(found[3]), months[plain(found[2])], int(found[1])))
    if (found := _NAME_FIRST.fullmatch(text)) and plain(found[1]) in months:
        return _one(_day(int(found[3]), months[plain(found[1])], int(found[2])))
    if _SERIAL.fullmatch(text):
        day = _FIRST_SERIAL + dt.timedelta(int(text[:5]))
        return _one(day if day >= EARLIEST_DATE else None)
    return {}


def _in_any_order(first: str, second: str, third: str, today: dt.date) -> dict[DateOrder | None, dt.date]:
    year = _year(third)
    days = {
        DateOrder.DAY_FIRST: _day(year, int(second), int(first)),
        DateOrder.MONTH_FIRST: _day(year, int(first), int(second)),
    }
    # A year of two digits may also come first, unless it is one to come.
    if len(third) == 2 and len(first) == 2 and _year(first) <= today.year:
        days[DateOrder.YEAR_FIRST] = _day(_year(first), int(second), int(third))
    readings: dict[DateOrder | None, dt.date] = {order: day for order, day in days.items() if day is not None}
    if len(readings) > 1 and len(set(readings.values())) == 1:
        return {None: next(iter(readings.values()))}
    return readings


def _one(day: dt.date | None) -> dict[DateOrder | None, dt.date]:
    return {} if day is None else {None: day}


def _year(text: str) -> int:
    return int(text) + (_CENTURY if len(text) == 2 else 0)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _without_weekday(text: str) -> str:
    found = _WEEKDAY.match(text)
    return text[found.end() :] if found and plain(found[1]) in load_words().weekdays else text


def _what_it_is(text: str) -> str:
    quoted = f"“{shorten(text)}”"
    if any(plain(part) in load_words().totals for part in (text, text.split(" ", maxsplit=1)[0])):
        return f"{quoted} is not a date; this looks like a line of totals, which is no record. Leave it out."
    if _EVERY.fullmatch(text):
        return f"{quoted} says how often, not on which day. Write a line for each session, with its date."
    if _WITHOUT_YEAR.fullmatch(text):
        return f"{quoted} has no year; write it behind, such as 3.4.2026."
    if _YEAR_FIRST.fullmatch(text) or _NUMBERS.fullmatch(text):
        return f"{quoted} is not a day of the calendar."
    return f"{quoted} is not a date; write it as YYYY-MM-DD, such as 2026-04-03."
