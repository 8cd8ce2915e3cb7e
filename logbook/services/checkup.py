"""Looking a logbook through: what is well and what is wrong, in words, and what can be put right without a risk."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from logbook.domain import labels
from logbook.domain.errors import LogbookError
from logbook.services.backups import Keeper
from logbook.services.counted import PARTS, counted_rows
from logbook.services.journal import Journal
from logbook.services.logbook_json import KINDS
from logbook.storage.backup import Occasion, verify
from logbook.storage.check import SQLITE, Check
from logbook.storage.header import LATEST
from logbook.storage.leftovers import find_leftovers, remove_leftovers

_PREFIX: Final = "*** in database main ***"  # SQLite's, before some of what it finds
_MOST_NAMED: Final = 3  # of what is wrong, or lies about, in one sentence
# From the first to before the second, a savepoint that is rolled back while temporary data is kept in memory, as it is
# here, can damage the file. What else is known, of earlier and later ones, is of the write-ahead log, not used here.
_DOUBTFUL_SQLITE: Final = ((3, 35, 0), (3, 37, 2))


_TITLES: Final = {
    "integrity": "Integrity of the file",
    "foreign keys": "Links between records",
    "records": "Records",
    "counts": "What is in it",
    "schema": "Format of the file",
    "guidance": "Guidance",
    "SQLite": "SQLite",
    "left behind": "Left behind",
    "backups": "Backups",
}


class Repair(StrEnum):
    """Something that can be put right without a risk."""

    INDEXES = "make the indexes again from the records"
    LEFTOVERS = "remove what was left behind"
    BACKUP = "make a backup"


@dataclass(frozen=True, slots=True)
class Line:
    """What was found of one thing."""

    topic: str  # a key of `_TITLES`
    words: str
    is_wrong: bool = False
    repair: Repair | None = None

    @property
    def title(self) -> str:
        """What it is about, as it stands alone."""
        return _TITLES[self.topic]


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found of a logbook, line by line."""

    found: Check
    lines: tuple[Line, ...]
    leftovers: tuple[Path, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing at all is wrong."""
        return not any(line.is_wrong for line in self.lines)

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What can be put right, in the order in which that is done."""
        wanted = {line.repair for line in self.lines}
        return tuple(repair for repair in Repair if repair in wanted)

    @property
    def sentence(self) -> str:
        """Return in one sentence how it stands."""
        if wrong := sum(line.is_wrong for line in self.lines):
            return f"{labels.count(wrong, 'thing')} {'is' if wrong == 1 else 'are'} wrong."
        return "Nothing is wrong with this logbook."


def check_up(journal: Journal, now: dt.datetime) -> Checkup:
    """Look through the file of *journal*, what lies around it, and every backup of it, at *now*, a local moment.

    Nothing is changed. It may take its time, and may be called from any thread.

    Raises:
        StorageError: the logbook was closed, or is not there any more.
    """
    found = journal.check()
    keeper = Keeper(journal)
    folders = (journal.path.parent, keeper.folder, *filter(None, (keeper.state.other_folder,)))
    leftovers = find_leftovers(dict.fromkeys(folders))
    lines = (
        _integrity(found),
        _foreign_keys(found),
        _records(journal),
        Line("counts", counted_rows({table: rows for table, rows in found.counts.items() if table not in PARTS})),
        _schema(found),
        Line("guidance", journal.rules.version),
        _sqlite(SQLITE),
        _leftovers(leftovers),
        _backups(keeper, now, is_good=found.is_good),
    )
    return Checkup(found, lines, leftovers)


def put_right(journal: Journal, checkup: Checkup) -> tuple[str, ...]:
    """Do the repairs that *checkup* found, each all or nothing, and return in sentences what was done and what not."""
    return tuple(_repaired(journal, checkup, repair) for repair in checkup.repairs)


def _repaired(journal: Journal, checkup: Checkup, repair: Repair) -> str:
    try:
        match repair:
            case Repair.INDEXES:
                journal.reindex()
                return "The indexes were made again from the records."
            case Repair.LEFTOVERS:
                remove_leftovers(checkup.leftovers)
                return f"Removed: {labels.count(len(checkup.leftovers), 'file')} left behind."
            case Repair.BACKUP:
                made = Keeper(journal).make(Occasion.MANUAL)
                return f"A backup was made and looked through: {made.path.name}."
    except LogbookError as error:
        return f"Could not {repair}: {error}"


def _integrity(found: Check) -> Line:
    if not found.integrity:
        return Line("integrity", "ok")
    told = _named(found.integrity)
    if found.is_only_of_indexes:
        words = f"an index does not say what the records say, which loses nothing ({told})"
        return Line("integrity", words, is_wrong=True, repair=Repair.INDEXES)
    return Line("integrity", f"damaged ({told}). Restore a backup, or save what can be read", is_wrong=True)


def _foreign_keys(found: Check) -> Line:
    return Line("foreign keys", _named(found.foreign_keys) or "ok", is_wrong=bool(found.foreign_keys))


def _records(journal: Journal) -> Line:
    """Read every record: bytes that are whole can still say what makes no sense."""
    try:
        for kind in KINDS.values():
            journal.all(kind)
    except LogbookError as error:
        return Line("records", str(error), is_wrong=True)
    return Line("records", "every one can be read")


def _schema(found: Check) -> Line:
    if found.revision is None:
        return Line("schema", "cannot be read", is_wrong=True)
    return Line("schema", f"{found.revision}{', the newest' if found.revision == LATEST else ''}")


def _sqlite(version: tuple[int, ...]) -> Line:
    told = ".".join(map(str, version))
    first, fixed = _DOUBTFUL_SQLITE
    if first <= version < fixed:
        words = "it has a bug that can damage a file where half a change is taken back, which this program never does"
        return Line("SQLite", f"{told}; {words}. A newer Python brings a newer one")
    return Line("SQLite", f"{told}, without a known bug that touches this file")


def _leftovers(leftovers: tuple[Path, ...]) -> Line:
    if not leftovers:
        return Line("left behind", "nothing")
    names = _named([one.name for one in leftovers])
    words = f"{labels.count(len(leftovers), 'file')} of a program that was stopped in the middle ({names})"
    return Line("left behind", words, is_wrong=True, repair=Repair.LEFTOVERS)


def _backups(keeper: Keeper, now: dt.datetime, *, is_good: bool) -> Line:
    """Read every backup to its end; a damaged logbook is not to be copied over good ones."""
    proven = [verify(one) for one in keeper.known()]
    good = next((one for one in proven if one.is_verified), None)
    faults = [one.fault for one in proven if one.fault]
    state = replace(keeper.state, last_good=good)
    parts = [state.sentence(now)]
    if proven and good is None and state.failure is None:
        parts = ["There is no good backup.", state.warning, state.other_fault]
    if faults:
        parts.append(f"{len(faults)} of {labels.count(len(proven), 'backup')} cannot be relied on: {faults[0]}")
    is_wrong = bool(faults or state.failure or state.warning or state.other_fault)
    wants_one = is_good and (good is None or good is not proven[0] or state.failure is not None)
    return Line("backups", " ".join(filter(None, parts)), is_wrong, Repair.BACKUP if wants_one else None)


def _named(found: Sequence[object]) -> str:
    """Return the first of what was *found* in a list, and how many more there are."""
    rest = len(found) - _MOST_NAMED
    more = [f"{rest:,} more"] if rest > 0 else []
    return labels.series([*(" ".join(str(one).removeprefix(_PREFIX).split()) for one in found[:_MOST_NAMED]), *more])
