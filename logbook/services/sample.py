"""A made-up person's year, to look around in."""

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from logbook.assets import find
from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.errors import LogbookError
from logbook.domain.person import Person
from logbook.guidance.rule import Rules
from logbook.services.journal import Journal, open_journal
from logbook.services.logbook_json import read_logbook

_FILE: Final = "sample/logbook.json"
_LAST_DAY: Final = date(2026, 11, 15)  # of its sessions
_DAYS_AGO: Final = 4


def open_sample(path: Path, rules: Rules, today: date) -> Journal:
    """Open the sample logbook in *path*; where there is none, make one whose last session was a few days ago.

    Raises:
        StorageError: it cannot be opened or made.
    """
    is_new = not path.exists()
    journal = open_journal(path, rules)
    if is_new:
        try:
            journal.apply(_filling(journal, today))
        except LogbookError:
            journal.close()
            path.unlink(missing_ok=True)
            raise
    return journal


def _filling(journal: Journal, today: date) -> Edit:
    """Return the edit by which the made-up person takes the place of the one that every new logbook begins with."""
    later = today - timedelta(days=_DAYS_AGO) - _LAST_DAY
    added = [Replacement(None, _moved(record, later)) for record in read_logbook(find(_FILE), _LAST_DAY)]
    blank = [Replacement(person, None) for person in journal.all(Person)]
    return Edit("sample", (*added, *blank))


def _moved(record: Any, later: timedelta) -> Record:
    """Return *record* with every day in it so much later, that of birth too: the person is always as old."""
    values = ((field.name, getattr(record, field.name)) for field in fields(record))
    moved: Record = replace(record, **{name: value + later for name, value in values if isinstance(value, date)})
    return moved
