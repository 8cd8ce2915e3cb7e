"""A date that may be left out: typed as it stands in files, so that nothing is guessed."""

import re
from datetime import date

from PySide6.QtWidgets import QLineEdit

from logbook.domain.units import Unreadable


class DateLine(QLineEdit):
    """A line for a date written as 2026-03-01; empty is *not recorded*."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(placeholderText="YYYY-MM-DD")

    def show_date(self, day: date | None) -> None:
        """Show *day*."""
        self.setText(day.isoformat() if day else "")


def parse_date(text: str) -> date:
    """Read *text* as a date.

    Raises:
        Unreadable: it is not written as 2026-03-01, or there is no such day.
    """
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()):
            raise ValueError  # fromisoformat knows more ways than people do
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Unreadable(f"“{text.strip()}” is not a date such as 2026-03-01.") from None
