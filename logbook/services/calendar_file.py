"""Planned sessions as a file that any calendar takes in (iCalendar, RFC 5545)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from logbook.domain.labels import capital, place, series, word
from logbook.domain.plan import PlannedSession
from logbook.services.csv_table import whole_file

QUIET_TITLE: Final = "Planned day"

_LONGEST_LINE: Final = 75  # octets, without the line end
_CONTROLS: Final = (*range(9), *range(11, 32), 127)  # none may stand in a text; a tab may, and a line end as \n
_ESCAPES: Final = {**dict.fromkeys(_CONTROLS, ""), **str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})}


def write_calendar(
    plans: Sequence[PlannedSession], path: Path, now: dt.datetime, *, with_details: bool = False
) -> None:
    """Write *plans*, one at least, to the file *path* as all-day events stamped with *now*; local without an offset.

    No event tells what is planned, unless *with_details*: then zones, depths, setting, device and notes do; only its
    id names the program. An event keeps its id, so that a calendar that takes the file in again moves it instead of
    adding another.

    Raises:
        StorageError: the file cannot be written; then nothing of it is.
        ValueError: there is no plan, and a calendar without events is none.
    """
    if not plans:
        raise ValueError("A calendar file needs one plan at least.")
    stamp = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    with whole_file(path) as stream:
        for line in _calendar(sorted(plans, key=lambda plan: (plan.date, plan.id)), stamp, with_details):
            stream.write(f"{_folded(line)}\r\n")


def _calendar(plans: Iterable[PlannedSession], stamp: str, with_details: bool) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//scalp-needling-logbook//EN"
    yield "CALSCALE:GREGORIAN"
    for plan in plans:
        yield from _event(plan, stamp, with_details)
    yield "END:VCALENDAR"


def _event(plan: PlannedSession, stamp: str, with_details: bool) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(plan.id)}@scalp-needling-logbook"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_compact(plan.date)}"
    yield f"DTEND;VALUE=DATE:{_compact(plan.date + dt.timedelta(days=1))}"  # the first day that is no part of it
    yield f"SUMMARY:{_escaped(_title(plan) if with_details else QUIET_TITLE)}"
    if with_details and (description := _description(plan)):
        yield f"DESCRIPTION:{_escaped(description)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"  # the day stays free for others
    yield "END:VEVENT"


def _compact(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _title(plan: PlannedSession) -> str:
    where = series(filter(None, map(place, plan.zones)))
    return f"Needling: {where}" if where else "Needling"


def _description(plan: PlannedSession) -> str:
    how = capital(", ".join(word(value) for value in (plan.setting, plan.device) if value is not None))
    return "\n".join(filter(None, (how, plan.notes)))


def _escaped(text: str) -> str:
    """Return *text* as a value of the calendar, all on one line."""
    return "\n".join(text.splitlines()).translate(_ESCAPES)


def _folded(line: str) -> str:
    """Return *line* in pieces that are short enough, each but the first after a blank; no character is cut."""
    pieces = []
    start, used = 0, 0
    for at, letter in enumerate(line):
        size = len(letter.encode())
        if used + size > _LONGEST_LINE:
            pieces.append(line[start:at])
            start, used = at, 1
        used += size
    return "\r\n ".join([*pieces, line[start:]])
