"""What was deleted, and rests for a while before it is gone for good."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from logbook.domain.session import RecordId

REST_DAYS: Final = 30  # calendar days from the one of the deletion


@dataclass(frozen=True, slots=True)
class Trashed:
    """Everything that one deletion took away; it comes back together, or goes together."""

    id: RecordId
    person_id: RecordId | None  # None: of nobody alone
    deleted_at: dt.datetime  # local, without an offset
    words: str  # by which the menu named it
    content: str  # the records, as a logbook in JSON

    def days_left(self, today: dt.date) -> int:
        """Return the days from *today* until it goes; 0 where it may go, and never more than it rests in all."""
        gone = (today - self.deleted_at.date()).days  # below 0 where the clock was set back
        return max(0, REST_DAYS - max(0, gone))
