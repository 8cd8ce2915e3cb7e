"""A date that may be left out: typed as in files or with the month in letters, so that nothing is guessed."""

import re
from datetime import date
from typing import Final

from PySide6.QtWidgets import QLineEdit

from logbook.domain import labels
from logbook.domain.units import Unreadable

DAY_NEEDED: Final = "A day is needed here."
_WITH_A_NAME: Final = re.compile(r"(?P<day>[0-9]{1,2})\.? +(?P<month>[A-Za-z]{3,9})\.? +(?P<year>[0-9]{4})")


class DateLine(QLineEdit):
    """A line for a date; empty is *not recorded*."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(placeholderText="YYYY-MM-DD")

    def show_date(self, day: date | None) -> None:
        """Show *day*."""
        self.setText(day.isoformat() if day else "")


def parse_date(text: str) -> date:
    """Read *text* as a date: as 2026-03-01, or with the month in letters as 1 March 2026; never by guessing.

    Raises:
        Unreadable: it is empty or written otherwise, such as 03/04/2026, or there is no such day.
    """
    typed = text.strip()
    if not typed:
        raise Unreadable(DAY_NEEDED)
    try:
        if named := _WITH_A_NAME.fullmatch(typed):
            return date(int(named["year"]), _month(named["month"]), int(named["day"]))
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
            raise ValueError  # fromisoformat knows more ways than people do
        return date.fromisoformat(typed)
    except ValueError:
        raise Unreadable(f"“{typed}” is not a date such as 2026-03-01 or 1 March 2026.") from None


def _month(letters: str) -> int:
    """Return the number of the month that begins with *letters*, or 0, which is no month."""
    names = [name.lower() for name in labels.MONTHS]
    return next((n for n, name in enumerate(names, 1) if name.startswith(letters.lower())), 0)
