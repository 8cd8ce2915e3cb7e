"""A made-up person's year, to look around in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from logbook.assets import find
from logbook.domain.edit import Edit
from logbook.domain.errors import LogbookError
from logbook.domain.person import Person
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.guidance.rule import Rules
from logbook.services.journal import Journal, open_journal
from logbook.services.sessions_csv import read_sessions
from logbook.services.shedding_csv import read_shedding

_LAST_DAY: Final = date(2026, 11, 15)  # of the sample files
_DAYS_AGO: Final = 4


def open_sample(path: Path, rules: Rules, today: date) -> Journal:
    """Open the sample logbook in *path*; where there is none, make one whose last session was a few days ago.

    Raises:
        StorageError: it cannot be opened or made.
    """
    is_new = not path.exists()
    journal = open_journal(path, rules)
    if is_new:
        person_id = journal.all(Person)[0].id
        later = today - timedelta(days=_DAYS_AGO) - _LAST_DAY
        rows = read_sessions(find("sample/sessions.csv"), person_id, _LAST_DAY).rows
        sessions = [replace(session, date=session.date + later) for _, session in rows]
        counts = [record for _, record in read_shedding(find("sample/shedding.csv"), person_id, _LAST_DAY).rows]
        linked = _linked([replace(record, date=record.date + later) for record in counts], sessions)
        try:
            journal.apply(Edit.adding("sample", [*sessions, *linked]))
        except LogbookError:
            journal.close()
            path.unlink(missing_ok=True)
            raise
    return journal


def _linked(counts: Iterable[SheddingRecord], sessions: Iterable[Session]) -> Iterable[SheddingRecord]:
    """Tie the first record of a session's day to the session, as if they had been written together."""
    by_day: dict[date, RecordId] = {session.date: session.id for session in sessions}
    for record in counts:
        yield replace(record, session_id=by_day.pop(record.date, None))
