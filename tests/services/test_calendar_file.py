"""Planned sessions in a calendar file, read back by the letter of RFC 5545."""

import os
import re
import stat
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from builders import SAM
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.errors import StorageError
from logbook.domain.plan import LATEST_DATE, PlannedSession
from logbook.domain.session import ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Setting, Zone
from logbook.services.calendar_file import write_calendar

NOW = datetime(2026, 11, 15, 0, 30, 5, tzinfo=timezone(timedelta(hours=2)))
PLAN = PlannedSession(
    new_id(),
    SAM,
    date(2026, 12, 31),
    Setting.HOME,
    (ZonePass(Zone.CROWN, Depth(50), 4), ZonePass(Zone.TEMPLE_LEFT, Depth(25))),
    DeviceKind.PEN,
    "bring: a; b, c\\d\nand “ë”",
)
BARE = PlannedSession("bare", SAM, date(2026, 2, 28), None, ())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plans.ics"


def lines(path: Path) -> list[str]:
    """Return the content lines, unfolded, after having looked at the physical ones."""
    data = path.read_bytes()
    assert data.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    physical = data.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 for line in physical)
    for line in physical:
        line.decode()  # no character is cut
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value)


def events(path: Path) -> list[dict[str, str]]:
    first, *inner, last = lines(path)
    assert (first, last) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert [line.partition(":")[0] for line in inner[:3]] == ["VERSION", "PRODID", "CALSCALE"]
    found: list[dict[str, str]] = []
    is_open = False
    for line in inner[3:]:
        name, colon, value = line.partition(":")
        assert colon, line
        if name in ("BEGIN", "END"):
            assert value == "VEVENT"
            assert is_open == (name == "END")
            is_open = not is_open
            found += [{}] if is_open else []
        else:
            assert is_open, line
            assert name not in found[-1], line
            found[-1][name] = unescaped(value)
    assert not is_open
    return found


def test_an_event_takes_a_whole_day_and_says_nothing_of_what_is_planned(path: Path):
    write_calendar([PLAN], path, NOW)

    assert events(path) == [
        {
            "UID": f"{PLAN.id}@scalp-needling-logbook",
            "DTSTAMP": "20261114T223005Z",
            "DTSTART;VALUE=DATE": "20261231",
            "DTEND;VALUE=DATE": "20270101",
            "SUMMARY": "Planned day",
            "CLASS": "PRIVATE",
            "TRANSP": "TRANSPARENT",
        }
    ]


def test_details_are_there_when_they_are_asked_for(path: Path):
    write_calendar([PLAN], path, NOW, with_details=True)

    (event,) = events(path)
    assert event["SUMMARY"] == "Needling: crown 0.5 mm and left temple 0.25 mm"
    assert event["DESCRIPTION"] == "At home, pen\nbring: a; b, c\\d\nand “ë”"


@pytest.mark.parametrize(
    ("zones", "title"),
    [
        ((), "Needling"),
        ((ZonePass(None),), "Needling"),
        ((ZonePass(None, Depth(150)),), "Needling: 1.5 mm"),
        ((ZonePass(Zone.WHOLE_SCALP),), "Needling: whole scalp"),
    ],
)
def test_what_is_not_planned_is_not_told(path: Path, zones: tuple[ZonePass, ...], title: str):
    write_calendar([replace(BARE, zones=zones)], path, NOW, with_details=True)

    (event,) = events(path)
    assert event["SUMMARY"] == title
    assert "DESCRIPTION" not in event


def test_special_characters_are_escaped(path: Path):
    write_calendar([PLAN], path, NOW, with_details=True)

    assert r"DESCRIPTION:At home\, pen\nbring: a\; b\, c\\d\nand “ë”" in lines(path)


def test_events_come_by_date(path: Path):
    write_calendar([PLAN, BARE, replace(BARE, id="early", date=date(2026, 1, 1))], path, NOW)

    assert [event["DTSTART;VALUE=DATE"] for event in events(path)] == ["20260101", "20260228", "20261231"]
    assert events(path)[1]["DTEND;VALUE=DATE"] == "20260301"


def test_no_event_wakes_anybody(path: Path):
    write_calendar([PLAN, BARE], path, NOW, with_details=True)

    assert b"ALARM" not in path.read_bytes()


def test_a_plan_that_is_moved_stays_the_same_event(path: Path):
    write_calendar([PLAN], path, NOW)
    (before,) = events(path)
    write_calendar([replace(PLAN, date=date(2027, 1, 5))], path, NOW + timedelta(days=1), with_details=True)
    (after,) = events(path)

    assert before["UID"] == after["UID"]
    assert before["DTSTAMP"] < after["DTSTAMP"]
    assert after["DTSTART;VALUE=DATE"] == "20270105"


def test_the_same_plans_give_the_same_bytes(path: Path):
    write_calendar([PLAN, BARE], path, NOW)
    first = path.read_bytes()
    write_calendar([BARE, PLAN], path, NOW)

    assert path.read_bytes() == first


def test_an_id_from_elsewhere_keeps_its_own_event(path: Path):
    write_calendar([replace(BARE, id="a,b;c\\d"), replace(BARE, id="a")], path, NOW)

    assert {event["UID"].removesuffix("@scalp-needling-logbook") for event in events(path)} == {"a", "a,b;c\\d"}


@pytest.mark.parametrize("notes", ["ë" * 200, "🙂" * 100, "x" * 61, "x" * 62, "x" * 63, "x" * 64, "a\u0301🧔🏽" * 40])
def test_long_lines_are_folded_between_characters(path: Path, notes: str):
    write_calendar([replace(BARE, notes=notes)], path, NOW, with_details=True)

    assert events(path)[0]["DESCRIPTION"] == notes


def test_a_line_is_as_long_as_it_may_be(path: Path):
    write_calendar([replace(BARE, notes="x" * 200)], path, NOW, with_details=True)

    at = path.read_bytes().split(b"\r\n")
    first = next(place for place, line in enumerate(at) if line.startswith(b"DESCRIPTION"))
    assert [len(line) for line in at[first : first + 3]] == [75, 75, 64]


def test_a_control_character_does_not_get_in(path: Path):
    write_calendar([replace(BARE, notes="a\0b\x07c\x7fd\te\r\nf\rg\x0bh\u2028i")], path, NOW, with_details=True)

    assert events(path)[0]["DESCRIPTION"] == "abcd\te\nf\ng\nh\ni"


def test_the_first_and_the_last_day_of_all_fit(path: Path):
    write_calendar([replace(BARE, date=LATEST_DATE)], path, NOW.astimezone(UTC))

    assert events(path)[0]["DTEND;VALUE=DATE"] == "22000101"


def test_a_calendar_without_events_is_none(path: Path):
    with pytest.raises(ValueError, match="one plan at least"):
        write_calendar([], path, NOW)
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_nobody_else_can_read_the_file(path: Path):
    write_calendar([PLAN], path, NOW)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_half_a_character_leaves_the_old_file(path: Path):
    path.write_text("old")

    with pytest.raises(StorageError, match=r"plans\.ics cannot be written"):
        write_calendar([BARE, replace(PLAN, notes="\ud83d")], path, NOW, with_details=True)
    assert path.read_text() == "old"
    assert list(path.parent.glob("*")) == [path]


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from('\n\\;,":'), max_size=300)
ZONES = st.lists(
    st.builds(ZonePass, st.none() | st.sampled_from(Zone), st.none() | st.integers(5, 500).map(Depth)), max_size=13
)
PLANS = st.builds(
    PlannedSession,
    st.uuids().map(lambda made: made.hex),
    st.just(SAM),
    st.dates(date(1950, 1, 1), LATEST_DATE),
    st.none(),
    ZONES.map(tuple),
    st.none(),
    TEXTS,
)


@settings(deadline=None)
@given(st.lists(PLANS, min_size=1, max_size=3, unique_by=lambda plan: plan.id), st.datetimes(timezones=st.just(UTC)))
def test_whatever_is_planned_can_be_read_again(plans: list[PlannedSession], now: datetime):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plans.ics"
        write_calendar(plans, path, now, with_details=True)
        found = {event["UID"].partition("@")[0]: event for event in events(path)}

    assert set(found) == {plan.id for plan in plans}
    for plan in plans:
        event = found[plan.id]
        assert date.fromisoformat(event["DTSTART;VALUE=DATE"]) == plan.date
        assert date.fromisoformat(event["DTEND;VALUE=DATE"]) - plan.date == timedelta(days=1)
        assert event.get("DESCRIPTION", "") == plan.notes.removesuffix("\n")
