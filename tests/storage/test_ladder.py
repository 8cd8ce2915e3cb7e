import datetime as dt
import random
from dataclasses import replace

import pytest
from storage.histories import a_backup, between, histories, kept, months, see_promises, thinned_enough, weeks

from logbook.storage.backup import Backup, Occasion
from logbook.storage.ladder import stand_ins, surplus

NOW = dt.datetime(2026, 11, 23, 12, 0)


def ago(**time: float) -> Backup:
    return a_backup(NOW - dt.timedelta(**time))


def test_nothing_of_nothing_goes():
    assert surplus([], NOW) == ()


def test_everything_of_two_days_stays():
    backups = [ago(minutes=20 * count) for count in range(48 * 3)]
    assert surplus(backups, NOW) == ()


def test_then_the_last_of_each_day_stays_for_two_weeks():
    backups = [ago(hours=hours) for hours in range(3 * 24, 14 * 24, 5)]
    left = kept(backups, NOW)
    days = [one.made_at.date() for one in left]
    assert len(days) == len(set(days)) == 12
    assert {one.made_at.date() for one in backups} == set(days)
    assert all(
        one.made_at >= other.made_at for one in left for other in backups if other.made_at.date() == one.made_at.date()
    )


def test_then_the_last_of_each_week_stays_for_two_months():
    left = kept((ago(days=days) for days in range(15, 62)), NOW)
    assert [f"{one.made_at:%a %d %b}" for one in left] == [
        "Sun 08 Nov",
        "Sun 01 Nov",
        "Sat 31 Oct",
        "Sun 25 Oct",
        "Sun 18 Oct",
        "Sun 11 Oct",
        "Sun 04 Oct",
        "Wed 30 Sep",
        "Sun 27 Sep",
    ]


def test_then_the_last_of_each_month_stays_for_ever():
    left = kept((ago(days=days) for days in range(62, 3650)), NOW)
    assert [f"{one.made_at:%d %b %Y}" for one in left[:4]] == [
        "22 Sep 2026",
        "31 Aug 2026",
        "31 Jul 2026",
        "30 Jun 2026",
    ]
    assert len(left) == 119


@pytest.mark.parametrize(("days", "stays"), [(3, True), (90, True), (91, False)])
def test_a_copy_before_an_upgrade_stays_90_days(days, stays):
    old = a_backup(NOW - dt.timedelta(days=days), Occasion.MIGRATION)
    later = a_backup(old.made_at + dt.timedelta(minutes=1))
    assert (old in kept([old, later], NOW)) is stays


def test_a_copy_before_an_upgrade_stands_in_for_nothing():
    old = ago(days=70)
    migration = a_backup(old.made_at + dt.timedelta(minutes=1), Occasion.MIGRATION)
    assert surplus([old, migration], NOW) == ()


def test_of_copies_before_an_upgrade_that_hold_the_same_the_last_stays():
    first, second, third, other = (
        replace(a_backup(NOW - dt.timedelta(hours=hours), Occasion.MIGRATION), sha256=sha256)
        for hours, sha256 in ((4, "a"), (3, "a"), (2, "b"), (1, "a"))
    )
    assert stand_ins([first, third, other, second], NOW) == ((second, other), (first, other))


def test_copies_that_somebody_made_stay_even_where_they_hold_the_same():
    backups = [replace(ago(hours=hours), sha256="a") for hours in (1, 2)]
    backups += [replace(a_backup(NOW, Occasion.MIGRATION), sha256="a"), a_backup(NOW, Occasion.MANUAL)]
    assert surplus(backups, NOW) == ()


def test_one_that_is_proven_stays_beside_a_later_one_that_is_not_yet():
    old = replace(a_backup(NOW - dt.timedelta(hours=2), Occasion.MIGRATION), sha256="a", is_verified=True)
    new = replace(a_backup(NOW, Occasion.MIGRATION), sha256="a")
    assert surplus([old, new], NOW) == ()
    assert surplus([old, replace(new, is_verified=True)], NOW) == (old,)


def test_a_copy_before_an_upgrade_with_a_fault_stands_in_for_none():
    old = replace(a_backup(NOW - dt.timedelta(hours=2), Occasion.MIGRATION), sha256="a")
    bad = replace(a_backup(NOW, Occasion.MIGRATION), sha256="a", fault="It is empty.")
    assert surplus([old, bad], NOW) == ()


def test_the_newest_verified_one_stays():
    good = replace(ago(days=80, minutes=5), is_verified=True)
    backups = [replace(ago(days=80, minutes=6), is_verified=True), good, ago(days=80)]
    assert surplus(backups, NOW) == (backups[0],)


def test_one_at_fault_neither_goes_nor_stands_in_for_another():
    good, bad = ago(days=5, minutes=5), replace(ago(days=5), fault="It is empty.")
    assert surplus([good, bad], NOW) == ()
    assert surplus([good, bad, ago(days=5, minutes=1)], NOW) == (good,)


def test_one_of_the_future_stays():
    backups = [
        a_backup(NOW + dt.timedelta(days=days, minutes=minutes)) for days in range(1, 400, 9) for minutes in (0, 1)
    ]
    assert surplus(backups, NOW) == ()


def test_it_is_known_which_one_stands_in():
    backups = [ago(days=5, minutes=minutes) for minutes in range(3)]
    assert stand_ins(backups, NOW) == ((backups[1], backups[0]), (backups[2], backups[0]))


def test_any_history_is_thinned_as_promised():
    for backups, now in histories(200, 5):  # 10,000 in tests/faults
        see_promises(backups, now)
        assert thinned_enough(backups, now)
        assert surplus(backups, now) == surplus(sorted(backups, key=lambda one: one.made_at), now)


def test_whoever_lives_with_it_has_one_of_every_day_week_and_month():
    chance, now = random.Random(3), dt.datetime(2026, 1, 1)
    here: list[Backup] = []
    ever: list[Backup] = []
    while len(ever) < 1000:  # some two years
        now += dt.timedelta(hours=chance.choice((1, 1, 3, 9, 30, 60)))
        new = a_backup(now)
        here, ever = kept([*here, new], now), [*ever, new]
        for first, last, what in (
            (0, 14, lambda some: {o.made_at.date() for o in some}),
            (0, 61, weeks),
            (0, 10**5, months),
        ):
            assert what(between(ever, now, first, last)) == what(between(here, now, first, last))
    assert len(here) < 60
