"""Made-up records that say only what matters in a test."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from logbook.domain.session import RecordId, Session, ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Setting, Zone
from logbook.services.sessions_csv import read_sessions

TODAY = date(2026, 6, 30)
SAM: RecordId = "5a" * 16


def a_session(day: str | date = TODAY, depth: int | None = 25, zone: Zone | None = Zone.CROWN, **but: Any) -> Session:
    """Return a session at home in one zone, *depth* in hundredths of a millimetre."""
    on = day if isinstance(day, date) else date.fromisoformat(day)
    known = None if depth is None else Depth(depth)
    fields: dict[str, Any] = {
        "setting": Setting.HOME,
        "device": DeviceKind.ROLLER,
        "zones": (ZonePass(zone, known),),
        **but,
    }
    return Session(fields.pop("id", None) or new_id(), fields.pop("person_id", SAM), on, **fields)


def a_history(count: int, *, every: int = 7, depth: int = 25, last: date = TODAY) -> list[Session]:
    """Return *count* sessions, *every* so many days, the latest on *last*."""
    return [a_session(last - timedelta(days=every * back), depth) for back in reversed(range(count))]


def read_rows(rows: Iterable[Mapping[str, str]], folder: Path) -> list[Session]:
    """Return sessions from *rows* of CSV cells, through a real file."""
    rows = list(rows)
    path = folder / "rows.csv"
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    read = read_sessions(path, SAM, TODAY)
    assert not read.problems, read.problems
    return [session for _, session in read.rows]
