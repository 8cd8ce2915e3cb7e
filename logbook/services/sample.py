"""A made-up person's year, to look around in."""

import glob
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from logbook.assets import find
from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.errors import LogbookError
from logbook.domain.person import Person
from logbook.guidance.rule import Rules
from logbook.services.backup_state import read_state
from logbook.services.drafts import Drafts
from logbook.services.journal import Journal, open_journal
from logbook.services.logbook_json import read_logbook
from logbook.storage.backup import list_backups, logbook_name, remove_backup
from logbook.storage.faults import explained
from logbook.storage.lock import Lock
from logbook.storage.restore import BESIDE

_FILE: Final = "sample/logbook.json"
_LAST_DAY: Final = date(2026, 11, 15)  # of its sessions
_DAYS_AGO: Final = 4
_BACKUPS: Final = "backups"


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


def remove_sample(path: Path) -> None:
    """Take away the sample logbook at *path*, which nobody has open, and everything that was ever made of it.

    That is its backups, here and in the second folder, with what is noted of them; what was typed into it; damaged
    and saved copies; and what a program that was stopped in the middle left of any of these.

    Raises:
        AlreadyOpen: another program has it open; nothing is taken away.
        StorageError: something cannot be removed; what is left of the sample is still one.
    """
    lock = Lock(path)
    lock.hold()
    try:
        _remove_backups(path)
        with explained(path):
            for one in _made_of(path):
                one.unlink(missing_ok=True)
    finally:
        lock.release()
    drafts = Drafts(path)
    drafts.forget()
    for folder in (drafts.path.parent, path.parent / _BACKUPS):
        with suppress(OSError):  # it is not empty, or was never there
            folder.rmdir()


def _remove_backups(path: Path) -> None:
    name = logbook_name(path)
    notes = path.parent / _BACKUPS / f".{name}.json"
    other = read_state(notes)[0].other_folder
    for folder in filter(None, (other, notes.parent)):
        for backup in list_backups(folder, name):
            remove_backup(backup)
    with explained(notes):
        notes.unlink(missing_ok=True)
    if other:
        with suppress(OSError):  # something else was put there
            other.rmdir()


def _made_of(path: Path) -> Iterator[Path]:
    """Yield the files that belong to the logbook at *path*, the logbook itself the last."""
    copy = re.compile(
        rf"{re.escape(path.stem)}-(damaged-\d{{8}}-\d{{6}}|saved-\d{{8}})(-\d+)?{re.escape(path.suffix)}.*"
    )
    for folder in (path.parent, path.parent / _BACKUPS):
        yield from folder.glob(f".{glob.escape(path.stem)}[.-]*.part*")
    yield from (one for one in path.parent.iterdir() if copy.fullmatch(one.name))
    yield from (path.with_name(f"{path.name}{suffix}") for suffix in (*BESIDE, ""))


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
