"""Sessions as CSV: the columns of the README, read from anybody's file and written for anybody's spreadsheet."""

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar

from logbook.domain.draft import session_problems
from logbook.domain.errors import RowProblem
from logbook.domain.session import (
    NO_REACTION,
    DatedCondition,
    Reaction,
    RecordId,
    Session,
    Topical,
    ZonePass,
    new_id,
)
from logbook.domain.units import Depth, Unreadable, depth_problem, parse_depth, parse_minutes, plain_hours
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Setting,
    SkinSign,
    Zone,
)
from logbook.services.csv_records import RecordsFile, read_records
from logbook.services.csv_table import (
    Columns,
    Reader,
    Row,
    guarded,
    missing_cells,
    read_cells,
    read_date,
    read_text,
    read_whole,
    read_word,
    refuse_thousands,
    write_table,
)

NOTHING_THERE: Final = "none"  # alone in a list: it was looked, and there was nothing
COLUMNS: Final = (
    "date",
    "time",
    "setting",
    "device",
    "depth_mm",
    "zones",
    "passes",
    "pressure",
    "endpoint",
    "needle_state",
    "needle_use",
    "needle_shared",
    "professional_advice",
    "skin_signs",
    "conditions",
    "topicals",
    "washed_before",
    "redness_hours",
    "reaction_signs",
    "notes",
)
SESSION_COLUMNS: Final = Columns(COLUMNS, ("date",))

_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_YES_NO: Final = {"no": False, "yes": True}

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


def read_sessions(path: Path, person_id: RecordId, today: dt.date) -> RecordsFile[Session]:
    """Read the sessions of one person from the CSV *path*, none of which lies after *today*.

    Raises:
        UnreadableFile: it is not such a CSV at all. A row that cannot be taken is a problem of the answer instead.
    """
    return read_records(path, SESSION_COLUMNS, partial(read_session, person_id=person_id, today=today))


def read_session(row: Row, person_id: RecordId, today: dt.date) -> tuple[Session, list[RowProblem]]:
    """Return the session that *row* says, as far as it can be read, and all that keeps it from being taken."""
    values, problems = read_cells(row, _READERS)
    problems.extend(missing_cells(row, SESSION_COLUMNS.required))
    # A stand-in for a date that cannot be read lets the other columns be looked at in the same go.
    session = _session({"date": today, **values}, person_id)
    known = {problem.column for problem in problems}
    for implausible in session_problems(session, today):
        if implausible.field not in known:
            known.add(implausible.field)
            problems.append(RowProblem(row.line, implausible.field, implausible.message))
    return session, problems


def write_sessions(sessions: Iterable[Session], path: Path) -> None:
    """Write *sessions* to the CSV *path*, in their order.

    It has no column for ids, the pain, the offset from UTC or the verdict given, and one number of passes: the largest.

    Raises:
        StorageError: the file cannot be written; then nothing of it is.
    """
    write_table(path, COLUMNS, map(_cells, sessions))


def visible_content(session: Session) -> Hashable:
    """Return all of *session* that the CSV can hold: equal for two sessions that it cannot tell apart."""
    places = frozenset((place.zone, place.depth) for place in session.zones) - {(None, None)}
    return (
        session.date,
        session.time and session.time.replace(second=0, microsecond=0),
        session.setting,
        session.device,
        places,
        _largest_passes(session),
        session.pressure,
        session.endpoint,
        session.needle_state,
        session.needle_use,
        session.needle_shared,
        session.professional_advice,
        session.skin_signs,
        None if session.conditions is None else frozenset(session.conditions),
        None if session.topicals is None else frozenset(session.topicals),
        session.washed_before,
        session.reaction.redness_minutes,
        session.reaction.signs,
        session.notes,
    )


def _session(values: dict[str, Any], person_id: RecordId) -> Session:
    zones = _zone_passes(values.pop("zones", ()), values.pop("depth_mm", None), values.pop("passes", None))
    reaction = _reaction(values.pop("redness_hours", None), values.pop("reaction_signs", None))
    return Session(new_id(), person_id, zones=zones, reaction=reaction, **values)


@lru_cache(maxsize=1024)
def _zone_passes(
    places: tuple[tuple[Zone, Depth | None], ...], depth: Depth | None, passes: int | None
) -> tuple[ZonePass, ...]:
    if not places:
        return () if depth is None and passes is None else (ZonePass(None, depth, passes),)
    return tuple(ZonePass(zone, depth if own is None else own, passes) for zone, own in places)


@lru_cache(maxsize=1024)
def _reaction(redness_minutes: int | None, signs: frozenset[ReactionSign] | None) -> Reaction:
    return NO_REACTION if redness_minutes is None and signs is None else Reaction(redness_minutes, signs)


def _read_time(cell: str) -> dt.time:
    found = _TIME.fullmatch(cell.strip())
    if not found:
        raise Unreadable(f"“{cell.strip()}” is not a time; it must be HH:MM, such as 07:30.")
    return dt.time(int(found[1]), int(found[2]))


def _read_depth(cell: str) -> Depth:
    depth = parse_depth(cell)
    if wrong := depth_problem(depth):
        raise wrong
    return depth


def _read_hours(cell: str) -> int:
    refuse_thousands(cell)
    return parse_minutes(cell, "hours")


def _items(cell: str) -> list[str]:
    items = [item.strip() for item in cell.split("|")]
    if "" in items:
        raise Unreadable("An item of the list is empty; one | stands between two items.")
    return items


def _recorded_items(cell: str) -> list[str]:
    """Split a list that may say that there was nothing."""
    items = _items(cell)
    if NOTHING_THERE not in (item.lower() for item in items):
        return items
    if len(items) > 1:
        raise Unreadable(f"“{NOTHING_THERE}” stands alone, or not at all.")
    return []


def _words(kind: type[E]) -> dict[str, E]:
    return {member.value: member for member in kind}


_ZONES: Final = _words(Zone)
_CONDITIONS: Final = _words(Condition)
_PRODUCTS: Final = _words(Product)


def _read_zones(cell: str) -> tuple[tuple[Zone, Depth | None], ...]:
    places = []
    for item in _items(cell):
        name, sign, depth = item.partition("=")
        places.append((read_word(name, _ZONES), _read_depth(depth) if sign else None))
    return tuple(places)


def _read_conditions(cell: str) -> tuple[DatedCondition, ...]:
    conditions = []
    for item in _recorded_items(cell):
        name, sign, day = item.partition("@")
        conditions.append(DatedCondition(read_word(name, _CONDITIONS), read_date(day) if sign else None))
    return tuple(conditions)


def _read_topicals(cell: str) -> tuple[Topical, ...]:
    topicals = []
    for item in _recorded_items(cell):
        name, sign, hours = item.partition("@")
        topicals.append(Topical(read_word(name, _PRODUCTS), _read_hours(hours) if sign else None))
    return tuple(topicals)


def _word_reader(kind: type[E]) -> Reader:
    return partial(read_word, allowed=_words(kind))


def _signs_reader(kind: type[E]) -> Reader:
    words = _words(kind)
    return lambda cell: frozenset(read_word(item, words) for item in _recorded_items(cell))


def _remembered(read: Callable[[str], T]) -> Callable[[str], T]:
    # Many rows say the same: a value is made once and shared.
    return lru_cache(maxsize=1024)(read)


_READERS: Final[dict[str, Reader]] = {
    "date": read_date,
    "time": _remembered(_read_time),
    "setting": _word_reader(Setting),
    "device": _word_reader(DeviceKind),
    "depth_mm": _remembered(_read_depth),
    "zones": _remembered(_read_zones),
    "passes": _remembered(partial(read_whole, what="passes")),
    "pressure": _word_reader(Pressure),
    "endpoint": _word_reader(Endpoint),
    "needle_state": _word_reader(NeedleState),
    "needle_use": _remembered(partial(read_whole, what="the use of the needles")),
    "needle_shared": partial(read_word, allowed=_YES_NO),
    "professional_advice": partial(read_word, allowed=_YES_NO),
    "skin_signs": _remembered(_signs_reader(SkinSign)),
    "conditions": _remembered(_read_conditions),
    "topicals": _remembered(_read_topicals),
    "washed_before": partial(read_word, allowed=_YES_NO),
    "redness_hours": _remembered(_read_hours),
    "reaction_signs": _remembered(_signs_reader(ReactionSign)),
    "notes": read_text,
}


def _cells(session: Session) -> tuple[str, ...]:
    depth, zones = _place_cells(session)
    return (
        session.date.isoformat(),
        "" if session.time is None else session.time.strftime("%H:%M"),
        session.setting or "",
        session.device or "",
        depth,
        zones,
        _number_cell(_largest_passes(session)),
        session.pressure or "",
        session.endpoint or "",
        session.needle_state or "",
        _number_cell(session.needle_use),
        _flag_cell(session.needle_shared),
        _flag_cell(session.professional_advice),
        _signs_cell(session.skin_signs),
        _list_cell(session.conditions, _condition_item),
        _list_cell(session.topicals, _topical_item),
        _flag_cell(session.washed_before),
        "" if session.reaction.redness_minutes is None else plain_hours(session.reaction.redness_minutes),
        _signs_cell(session.reaction.signs),
        guarded(session.notes),
    )


def _place_cells(session: Session) -> tuple[str, str]:
    """Return the cells of depth and zones: one depth for all, or each zone with its own where they differ."""
    places = session.zones
    if len({place.depth for place in places}) < 2:
        depth = "" if session.deepest is None else str(session.deepest)
        return depth, "|".join(place.zone for place in places if place.zone is not None)
    items = (f"{place.zone}={place.depth}" if place.depth is not None else str(place.zone) for place in places)
    return "", "|".join(items)


def _largest_passes(session: Session) -> int | None:
    return max((place.passes for place in session.zones if place.passes is not None), default=None)


def _number_cell(value: int | None) -> str:
    return "" if value is None else str(value)


def _flag_cell(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _list_cell(values: Iterable[T] | None, item: Callable[[T], str]) -> str:
    return "" if values is None else "|".join(map(item, values)) or NOTHING_THERE


def _signs_cell(values: Iterable[StrEnum] | None) -> str:
    return _list_cell(None if values is None else sorted(values), str)  # a set has no order, a file has


def _condition_item(value: DatedCondition) -> str:
    return value.condition if value.on is None else f"{value.condition}@{value.on.isoformat()}"


def _topical_item(value: Topical) -> str:
    return value.product if value.minutes is None else f"{value.product}@{plain_hours(value.minutes)}"
