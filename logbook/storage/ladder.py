"""Which copies may go: the older they are, the fewer are needed."""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from logbook.storage.backup import Backup, Occasion

_ALL: Final = 2  # days in which every copy stays, as those do that are dated in the future
_DAILY: Final = 14  # days in which one copy of each day stays
_WEEKLY: Final = 61  # days in which one copy of each week stays; before them, one of each month
_MIGRATION: Final = 90  # days in which a copy made before an upgrade stays


def surplus(backups: Iterable[Backup], now: dt.datetime) -> tuple[Backup, ...]:
    """Return those of the *backups* of one logbook that are not needed any more at *now*, a local moment."""
    return tuple(gone for gone, _ in stand_ins(backups, now))


def stand_ins(backups: Iterable[Backup], now: dt.datetime) -> tuple[tuple[Backup, Backup], ...]:
    """Return each of the *backups* of one logbook that is not needed at *now*, with the later one in its stead.

    Everything of two days stays, then the last of each day for two weeks, of each week for two months, of each month
    for ever. The newest stays, and the newest verified; one of which something is wrong neither goes nor stands in.
    Of copies made before an upgrade that hold the same, the last stays: one that fails is tried at every start.
    """
    sound = sorted((one for one in backups if one.is_sound), key=_age, reverse=True)
    proven = next((one for one in sound if one.is_verified), None)
    last: dict[Hashable, Backup] = {}
    pairs = [pair for pair in _doubles(sound) if pair[0] is not proven]
    gone = {one.path for one, _ in pairs}
    for backup in sound:
        if backup.path in gone:
            continue
        rung = _rung(backup, now)
        if rung is None:
            continue
        stays = last.setdefault(rung, backup)
        if stays is not backup and backup is not proven:
            pairs.append((backup, stays))
    return tuple(pairs)


def _doubles(newest_first: Iterable[Backup]) -> Iterator[tuple[Backup, Backup]]:
    """Go through the copies made before an upgrade that a later one is the same as, each with that one."""
    last: dict[str, Backup] = {}
    for backup in newest_first:
        if backup.occasion is Occasion.MIGRATION and backup.sha256:
            stays = last.setdefault(backup.sha256, backup)
            if stays is not backup:
                yield backup, stays


def _rung(backup: Backup, now: dt.datetime) -> Hashable:
    """Return what *backup* shares with those of which one is enough; None where it stays whatever there is."""
    day = backup.made_at.date()
    days = (now.date() - day).days
    if days <= _ALL or (backup.occasion is Occasion.MIGRATION and days <= _MIGRATION):
        return None
    if days <= _DAILY:
        return day
    month = (day.year, day.month)
    # A week ends with its month: what stood in for a day of January must not turn out to be of February.
    return month if days > _WEEKLY else (month, day.isocalendar().week)


def _age(backup: Backup) -> tuple[dt.datetime, str]:
    return backup.made_at, str(backup.path)
