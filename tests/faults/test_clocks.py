"""Row 23: travel, daylight saving, leap days: an interval is one of local dates, and the future is refused."""

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest
from builders import a_session
from faults.conftest import Figure
from faults.how_many import quick_and_deep

from logbook.domain.draft import session_problems
from logbook.domain.history import History
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.domain.vocabulary import Zone
from logbook.guidance.judge import judge, next_dates_by_zone
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case, Rules
from logbook.services.exchange import plan_import
from logbook.services.saving import with_offset

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process is set by its environment")

ZONES = sorted(zone for zone in available_timezones() if zone not in ("Factory", "localtime"))
# Within them everything there is: both changes of the clock, both leap days, the ends of years.
FIRST, LAST = dt.datetime(2023, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 6, 30, tzinfo=dt.UTC)
EDGES = [
    dt.datetime(*day, hour, minute, tzinfo=dt.UTC)
    for day in ((2024, 2, 28), (2024, 2, 29), (2024, 3, 1), (2023, 12, 31), (2025, 3, 30), (2025, 10, 26), (2025, 3, 9))
    for hour in (0, 1, 2, 6, 11, 12, 23)
    for minute in (0, 30, 59)
]

Travel = Callable[[str], None]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


@pytest.fixture
def travel() -> Iterator[Travel]:
    """Return a function that puts this machine into a time zone."""
    before = os.environ.get("TZ")

    def go(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    yield go
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


def moments(chance: Random, many: int) -> list[dt.datetime]:
    """Return so many moments in their order, some of them at an edge of the calendar."""
    seconds = int((LAST - FIRST).total_seconds())
    return sorted(
        chance.choice(EDGES) if chance.random() < 0.4 else FIRST + dt.timedelta(seconds=chance.randrange(seconds))
        for _ in range(many)
    )


def recorded(moment: dt.datetime, zone: str, chance: Random) -> Session:
    """Return a session as somebody in *zone* would record it at *moment*."""
    local = moment.astimezone(ZoneInfo(zone))
    where = chance.choice((Zone.CROWN, Zone.HAIRLINE, Zone.WHOLE_SCALP))
    session = a_session(local.date(), chance.choice((25, 50, 150)), where, time=local.time().replace(microsecond=0))
    return with_offset(session, None)


@quick_and_deep(200, 10_000)
def test_an_interval_is_of_local_dates_and_never_negative(
    rules: Rules, travel: Travel, count: int, figure: Figure
) -> None:
    chance, intervals, back = Random(23), 0, 0
    for _ in range(count):
        sessions = []
        zone = chance.choice(ZONES)
        for moment in moments(chance, 4):
            if chance.random() < 0.5:
                zone = chance.choice(ZONES)
            travel(zone)
            sessions.append(recorded(moment, zone, chance))
        back += any(before.date > after.date for before, after in pairwise(sessions))
        history = History(sessions)
        for session in history:
            days = history.interval_days(session)
            assert days == days_since_the_last(session, history), (session, sessions)
            assert days is None or days >= 0, (session, sessions)
            intervals += days is not None
            verdict = judge(rules, Case(session, history, Person("5a" * 16)))
            said = [finding.facts["days"] for finding in verdict.findings if "days" in finding.facts]
            assert all(value >= 0 for value in said if isinstance(value, int)), verdict.findings
            until = history.until(session)
            for dates in next_dates_by_zone(rules, until, session.zones, session.setting, session.date).values():
                assert session.date <= dates.earliest <= dates.clear
    figure(
        f"Row 23: {count:,} journeys through {len(ZONES)} zones, {intervals:,} intervals, 0 negative or other than by "
        f"local dates ({back} journeys went back over the date line)"
    )


def days_since_the_last(session: Session, history: History) -> int | None:
    """Return the days from the last earlier session that shares a zone, counted the plain way."""
    earlier = (one for one in history if one.order < session.order and overlaps(one, session))
    return min(((session.date - one.date).days for one in earlier), default=None)


def overlaps(one: Session, other: Session) -> bool:
    zones = one.zones[0].zone, other.zones[0].zone
    return zones[0] is zones[1] or Zone.WHOLE_SCALP in zones


@quick_and_deep(300, 10_000)
def test_the_offset_is_that_of_the_place_and_the_clock(travel: Travel, count: int, figure: Figure) -> None:
    chance, twice = Random(24), 0
    for _ in range(count):
        zone = chance.choice(ZONES)
        travel(zone)
        (moment,) = moments(chance, 1)
        local = moment.astimezone(ZoneInfo(zone))
        session = with_offset(a_session(local.date(), time=local.time()), None)
        naive = local.replace(tzinfo=None)
        offsets = {naive.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1)}
        minutes = {int(offset.total_seconds() // 60) for offset in offsets if offset is not None}
        assert session.utc_offset_minutes in minutes, (zone, local)
        assert session_problems(session, local.date()) == ()
        twice += len(minutes) > 1
        moved = with_offset(replace(session, date=session.date + dt.timedelta(days=1)), session)
        assert moved.utc_offset_minutes is not None
        travel(chance.choice(ZONES))
        assert with_offset(replace(session, notes="later"), session).utc_offset_minutes == session.utc_offset_minutes
    figure(f"Row 23: {count:,} offsets from UTC, all those of the place ({twice} in an hour that came twice)")


@quick_and_deep(40, len(ZONES))
def test_today_is_the_local_day_and_tomorrow_is_refused(
    travel: Travel, tmp_path: Path, count: int, figure: Figure
) -> None:
    days = set()
    for zone in Random(25).sample(ZONES, count):
        travel(zone)
        today = dt.date.today()
        assert today in {(dt.datetime.now(ZoneInfo(zone)) + dt.timedelta(seconds=s)).date() for s in (-5, 0)}
        tomorrow = today + dt.timedelta(days=1)
        path = tmp_path / "log.csv"
        path.write_text(f"date\n{today}\n{tomorrow}\n", encoding="utf-8")
        plan = plan_import(path, (), "a", today)
        assert [str(problem) for problem in plan.problems] == [f"line 3, column date: {tomorrow} lies in the future."]
        assert session_problems(a_session(today), today) == ()
        assert [problem.field for problem in session_problems(a_session(tomorrow), today)] == ["date"]
        days.add(today)
    figure(f"Row 23: today in {count} zones ({len(days)} different days): accepted; tomorrow: refused")
