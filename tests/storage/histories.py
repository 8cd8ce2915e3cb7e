"""Copies of years, as nobody would make them, and what a ladder promises of them."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from logbook.storage.backup import Backup, Occasion
from logbook.storage.ladder import surplus


def a_backup(made_at: dt.datetime, occasion: Occasion = Occasion.HOURLY, **but) -> Backup:
    return Backup(
        Path(f"logbook-{made_at:%Y%m%d-%H%M%S}-{occasion}.sqlite"), "logbook", made_at, occasion, 1, {}, **but
    )


def kept(backups: Iterable[Backup], now: dt.datetime) -> list[Backup]:
    """Return what the ladder leaves of *backups* at *now*."""
    backups = list(backups)
    gone = {one.path for one in surplus(backups, now)}
    return [one for one in backups if one.path not in gone]


def invented_history(chance: random.Random) -> tuple[list[Backup], dt.datetime]:
    """Return copies of days to years as nobody would make them, shuffled, and a moment to look at them."""
    now = dt.datetime(2026, 1, 1) + dt.timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
    span = chance.choice((1, 3, 20, 80, 400, 2000)) * 24 * 60
    backups: dict[Path, Backup] = {}
    for _ in range(chance.choice((1, 2, 10, 60))):
        made_at = now - dt.timedelta(minutes=chance.randrange(-span // 20, span))
        for _ in range(chance.choice((1, 1, 5))):
            made_at += dt.timedelta(minutes=chance.randrange(1, 2000))
            occasion = chance.choice((Occasion.HOURLY, Occasion.CLOSE, Occasion.MANUAL, Occasion.MIGRATION))
            fault = "It is empty." if chance.random() < 0.05 else ""
            one = a_backup(made_at, occasion, fault=fault, is_verified=not fault and chance.random() < 0.3)
            backups[one.path] = one
    shuffled = list(backups.values())
    chance.shuffle(shuffled)
    return shuffled, now


def months(backups: Iterable[Backup]) -> set[tuple[int, int]]:
    return {(one.made_at.year, one.made_at.month) for one in backups}


def weeks(backups: Iterable[Backup]) -> set[tuple[int, int, int]]:
    return {(one.made_at.year, one.made_at.month, one.made_at.isocalendar().week) for one in backups}


def between(backups: Iterable[Backup], now: dt.datetime, first: int, last: int) -> list[Backup]:
    """Return those that are from *first* to *last* days old."""
    return [one for one in backups if first <= (now.date() - one.made_at.date()).days <= last]


def see_promises(backups: list[Backup], now: dt.datetime) -> None:
    """See that what the ladder leaves of *backups* at *now* is what it promises."""
    left = kept(backups, now)
    sound = [one for one in backups if one.is_sound]
    sound_left = [one for one in left if one.is_sound]
    for some in (sound, [one for one in sound if one.made_at <= now], [one for one in sound if one.is_verified]):
        if some:
            assert max(one.made_at for one in some) in [one.made_at for one in sound_left if one in some]
    for one in backups:
        age = now - one.made_at
        if age <= dt.timedelta(days=2) or not one.is_sound:
            assert one in left
        if one.occasion is Occasion.MIGRATION and age <= dt.timedelta(days=90):
            assert one in left
    assert {o.made_at.date() for o in between(sound, now, 0, 14)} == {
        o.made_at.date() for o in between(sound_left, now, 0, 14)
    }
    assert weeks(between(sound, now, 0, 61)) == weeks(between(sound_left, now, 0, 61))
    assert months(sound) == months(sound_left)
    assert surplus(left, now) == ()


def thinned_enough(backups: list[Backup], now: dt.datetime) -> bool:
    """Tell whether of what may go no more is left than one for each rung, and the newest verified."""
    some = [one for one in kept(backups, now) if one.is_sound and one.occasion is not Occasion.MIGRATION]
    daily, weekly, old = between(some, now, 3, 14), between(some, now, 15, 61), between(some, now, 62, 10**5)
    most = len({o.made_at.date() for o in daily}) + len(weeks(weekly)) + len(months(old)) + 1
    return len(daily) + len(weekly) + len(old) <= most


def histories(count: int, seed: int) -> Iterator[tuple[list[Backup], dt.datetime]]:
    chance = random.Random(seed)
    return (invented_history(chance) for _ in range(count))
