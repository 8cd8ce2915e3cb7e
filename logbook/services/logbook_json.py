"""Every record as JSON, without loss; reading takes nothing on trust."""

import datetime as dt
import json
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, replace
from enum import StrEnum
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from logbook.domain.device import Cartridge, Device
from logbook.domain.draft import session_problems
from logbook.domain.edit import Record
from logbook.domain.errors import Cancelled, UnreadableFile
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth, depth_problem
from logbook.domain.vocabulary import Severity
from logbook.services.csv_table import read_bytes, shorten, whole_file

FORMAT: Final = "scalp-needling-logbook"
# Since 2 there are routines and plans, since 3 colours of people; a file of an earlier version is read all the same.
VERSION: Final = 3
MOST_BYTES: Final = 256 * 1024 * 1024
LARGEST_NUMBER: Final = 2**31 - 1

# Parents before children.
KINDS: Final[dict[str, type[Any]]] = {
    "people": Person,
    "devices": Device,
    "cartridges": Cartridge,
    "sessions": Session,
    "shedding": SheddingRecord,
    "events": LifeEvent,
    "limits": AgreedLimit,
    "acknowledgements": Acknowledgement,
    "routines": Routine,
    "plans": PlannedSession,
}
_REFERENCES: Final[dict[str, tuple[type[Any], ...]]] = {
    "person_id": (Person,),
    "device_id": (Device,),
    "cartridge_id": (Cartridge,),
    "session_id": (Session,),
    "record_id": (Session, SheddingRecord),
}
_KEYS: Final = {"needle_length": "needle_length_hundredths"}  # where a field is called otherwise here
_SEVERITIES: Final = {severity.word: severity for severity in Severity}

Reader = Callable[[Any], Any]  # of a JSON value
_T = TypeVar("_T")


class _Misfit(Exception):
    """Something at a place of the document, which is put together on the way up."""

    def __init__(self, message: str, place: str = "") -> None:
        self.message = message
        self.place = place
        super().__init__(message)

    def inside(self, step: str) -> "_Misfit":
        """Return the same under *step*."""
        separator = "" if not self.place or self.place.startswith("[") else "."
        return _Misfit(self.message, f"{step}{separator}{self.place}")


def write_logbook(records: Iterable[Record], path: Path, is_cancelled: Callable[[], bool] = bool) -> None:
    """Write all *records* to the JSON file *path*, one to a line.

    Raises:
        Cancelled: *is_cancelled* says that nobody waits for it any more; nothing of the file is there then.
        StorageError: the file cannot be written; then nothing of it is.
    """
    lists: dict[type[Any], list[Record]] = {kind: [] for kind in KINDS.values()}
    for record in records:
        lists[type(record)].append(record)
    with whole_file(path) as stream:
        stream.write(f'{{\n"format": {json.dumps(FORMAT)},\n"version": {VERSION}')
        for key, kind in KINDS.items():
            stream.write(f',\n"{key}": [')
            for place, record in enumerate(lists[kind]):
                if is_cancelled():
                    raise Cancelled("The export was cancelled.")
                stream.write(",\n" if place else "\n")
                stream.write(json.dumps(_plain(record), ensure_ascii=False, allow_nan=False))
            stream.write("\n]" if lists[kind] else "]")
        stream.write("\n}\n")


def read_logbook(path: Path, today: dt.date) -> tuple[Record, ...]:
    """Return all records of the JSON file *path*, parents before children; no session lies after *today*.

    Raises:
        UnreadableFile: something about it is wrong; the sentence names the place, such as ``sessions[3].date``.
    """
    document = _parse(path)
    try:
        _check_document(document)
        placed = tuple(_records(document))
        _check_plausible(placed, today)
        _check_references(placed)
    except _Misfit as wrong:
        raise UnreadableFile(f"{path.name}, {wrong.place}: {wrong.message}") from wrong
    return tuple(record for _, record in placed)


def to_text(records: Iterable[Record]) -> str:
    """Return *records* in one line of the same JSON, to be kept elsewhere than in a file of its own."""
    lists: dict[str, list[Any]] = {}
    keys = {kind: key for key, kind in KINDS.items()}
    for record in records:
        lists.setdefault(keys[type(record)], []).append(_plain(record))
    return json.dumps({"format": FORMAT, "version": VERSION, **lists}, ensure_ascii=False, allow_nan=False)


def from_text(text: str) -> tuple[Record, ...]:
    """Return the records of *text*, parents before children; nobody looks whether what they belong to is there.

    Raises:
        UnreadableFile: it is not what `to_text` writes.
    """
    document = _document(text, "What was kept")
    try:
        _check_document(document)
        return tuple(record for _, record in _records(document))
    except _Misfit as wrong:
        raise UnreadableFile(f"What was kept, {wrong.place}: {wrong.message}") from wrong


def value_to_text(value: Any) -> str:
    """Return *value*, a dataclass made of what records are made of, as JSON in one line."""
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False)


def value_from_text(kind: type[_T], text: str | bytes, name: str) -> _T:
    """Return the value of *kind* that `value_to_text` wrote as *text*, which is found under *name*.

    Raises:
        UnreadableFile: it is not what `value_to_text` writes of that kind.
    """
    document = _document(text, name)
    try:
        read: _T = _read_fields(kind, document)
    except _Misfit as wrong:
        raise UnreadableFile(f"{name}, {wrong.place}: {wrong.message}") from wrong
    return read


def check_records(records: Iterable[Record], name: str, today: dt.date) -> None:
    """Accept *records* of the file *name* where each is plausible and belongs to another of them.

    Raises:
        UnreadableFile: one is not; the sentence names its place, such as ``sessions[3].date``.
    """
    keys = {kind: key for key, kind in KINDS.items()}
    places = {kind: count() for kind in keys}
    placed = [(f"{keys[type(record)]}[{next(places[type(record)])}]", record) for record in records]
    try:
        _check_plausible(placed, today)
        _check_references(placed)
    except _Misfit as wrong:
        raise UnreadableFile(f"{name}, {wrong.place}: {wrong.message}") from wrong


def _parse(path: Path) -> Any:
    return _document(read_bytes(path, MOST_BYTES), path.name)


def _document(data: str | bytes, name: str) -> Any:
    try:
        return json.loads(data, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except RecursionError:
        raise UnreadableFile(f"{name} is nested too deeply to be a logbook.") from None
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{name}, line {error.lineno}: This is not JSON ({error.msg}).") from error
    except ValueError as error:  # a number of thousands of digits, or one of the refusals below
        raise UnreadableFile(f"{name} is not a logbook: {shorten(str(error), 120)}") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"“{shorten(twice)}” is there twice in one object.")
    return found


def _check_document(document: Any) -> None:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _Misfit(f"This is not a logbook; it must say “{FORMAT}”.", "format")
    version = document.get("version")
    if type(version) is not int or version < 1:
        raise _Misfit("The version of the format is missing or not a whole number.", "version")
    if version > VERSION:
        raise _Misfit("The file was written by a newer version of this program.", "version")
    for key in document:
        if key not in KINDS and key not in ("format", "version"):
            raise _Misfit("This is not known here.", shorten(key))


def _records(document: Mapping[str, Any]) -> Iterator[tuple[str, Record]]:
    """Go through the records, each with its place."""
    for key, kind in KINDS.items():
        read = partial(_read_fields, kind)
        try:
            values = _read_items(read, document.get(key, []))
        except _Misfit as wrong:
            raise wrong.inside(key) from None
        for index, record in enumerate(values):
            yield f"{key}[{index}]", record


def _check_plausible(placed: Iterable[tuple[str, Record]], today: dt.date) -> None:
    for place, record in placed:
        if isinstance(record, Session):
            for problem in session_problems(record, today):
                raise _Misfit(problem.message, f"{place}.{_place_in(record, problem.field)}")
        elif isinstance(record, SheddingRecord):
            exact = replace(record, is_more_than=False)  # earlier versions kept “more than” of a grade, and exported it
            for problem in exact.problems(today):
                raise _Misfit(problem.message, f"{place}.{problem.field}")
        elif isinstance(record, LifeEvent | Device | Cartridge):
            for problem in record.problems(today):
                raise _Misfit(problem.message, f"{place}.{_KEYS.get(problem.field, problem.field)}")
        elif isinstance(record, Routine | PlannedSession):
            for problem in record.problems():
                raise _Misfit(problem.message, f"{place}.{_place_in(record, problem.field)}")
        elif isinstance(record, Person):
            for problem in record.problems():
                raise _Misfit(problem.message, f"{place}.{problem.field}")


def _place_in(record: Session | Routine | PlannedSession, field: str) -> str:
    """Return where the JSON keeps what the CSV calls *field*."""
    if field == "depth_mm":
        deep = next(
            at for at, place in enumerate(record.zones) if place.depth is not None and depth_problem(place.depth)
        )
        return f"zones[{deep}].depth_hundredths"
    inner = {"passes": "zones", "redness_hours": "reaction.redness_minutes", "pain": "reaction.pain"}
    return inner.get(field, field)


def _check_references(placed: Iterable[tuple[str, Record]]) -> None:
    kinds: dict[str, type[Any]] = {}
    for place, record in placed:
        if record.id in kinds:
            raise _Misfit("Another record has the same id.", f"{place}.id")
        kinds[record.id] = type(record)
    for place, record in placed:
        for name, allowed in references_of(type(record)):
            target = getattr(record, name)
            if target is not None and kinds.get(target) not in allowed:
                raise _Misfit("The record that it belongs to is not in the file.", f"{place}.{name}")


@cache
def references_of(kind: type[Any]) -> tuple[tuple[str, tuple[type[Any], ...]], ...]:
    """Return the fields by which a record of *kind* belongs to others, each with the kinds that those may be of."""
    return tuple((field.name, _REFERENCES[field.name]) for field in fields(kind) if field.name in _REFERENCES)


@dataclass(frozen=True, slots=True)
class _Member:
    """A field of a record as a member of a JSON object."""

    key: str
    name: str
    read: Reader
    is_required: bool


@cache
def _members(kind: Any) -> dict[str, _Member]:
    hints = get_type_hints(kind)
    members = (_member(field, hints[field.name]) for field in fields(kind))
    return {member.key: member for member in members}


def _member(field: "Field[Any]", hint: Any) -> _Member:
    # A number says its unit by its key.
    key = f"{field.name}_hundredths" if Depth in (hint, *get_args(hint)) else field.name
    is_id = field.name == "id" or field.name in _REFERENCES
    read = _optional(_read_id, hint) if is_id else _reader(hint)
    return _Member(key, field.name, read, field.default is MISSING and field.default_factory is MISSING)


@cache
def _reader(hint: Any) -> Reader:
    """Return what turns a JSON value into a value of the type *hint*."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional(_reader(inner[0]), hint)
    if origin in (tuple, frozenset):
        read_item = _reader(inner[0])
        return lambda value: (tuple if origin is tuple else _without_doubles)(_read_items(read_item, value))
    if hint in _SCALARS:
        return _SCALARS[hint]
    if issubclass(hint, StrEnum):
        return partial(_read_word, {member.value: member for member in hint})
    return partial(_read_fields, hint)


def _optional(read: Reader, hint: Any) -> Reader:
    return (lambda value: None if value is None else read(value)) if types.NoneType in get_args(hint) else read


def _read_fields(kind: Any, value: Any) -> Any:
    if not isinstance(value, dict):
        raise _Misfit("This is not an object.")
    members = _members(kind)
    values = {}
    for key, inner in value.items():
        member = members.get(key)
        if member is None:
            raise _Misfit("This is not known here.", shorten(key))
        try:
            values[member.name] = member.read(inner)
        except _Misfit as wrong:
            raise wrong.inside(key) from None
    for member in members.values():
        if member.is_required and member.name not in values:
            raise _Misfit("This is missing.", member.key)
    return kind(**values)


def _read_items(read: Reader, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Misfit("This is not a list.")
    items = []
    for index, inner in enumerate(value):
        try:
            items.append(read(inner))
        except _Misfit as wrong:
            raise wrong.inside(f"[{index}]") from None
    return items


def _without_doubles(items: list[Any]) -> frozenset[Any]:
    found = frozenset(items)
    if len(found) < len(items):
        raise _Misfit("The same word is there twice.")
    return found


def _read_word(allowed: Mapping[str, Any], value: Any) -> Any:
    if not isinstance(value, str) or value not in allowed:
        raise _Misfit(f"This is none of the words {', '.join(allowed)}.")
    return allowed[value]


def _read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Misfit("This is not a text.")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _Misfit("The text holds half a character.")
    return value


def _read_id(value: Any) -> str:
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not 0 < len(value) <= 64:
        raise _Misfit("This is not an id.")
    return value


def _read_whole(value: Any) -> int:
    if type(value) is not int:
        raise _Misfit("This is not a whole number.")
    if abs(value) > LARGEST_NUMBER:
        raise _Misfit("The number is too large.")
    return value


def _read_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Misfit("This is neither true nor false.")
    return value


def _moment_reader(kind: type[Any], example: str) -> Reader:
    def read(value: Any) -> Any:
        try:
            moment = kind.fromisoformat(value)
        except (TypeError, ValueError):
            moment = None
        # fromisoformat takes many spellings, of which one is ours; an offset from UTC is none of it.
        if moment is None or moment.isoformat() != value or getattr(moment, "tzinfo", None):
            raise _Misfit(f"This is not written as {example}.")
        return moment

    return read


_SCALARS: Final[dict[Any, Reader]] = {
    str: _read_text,
    int: _read_whole,
    bool: _read_flag,
    Depth: lambda value: Depth(_read_whole(value)),
    Severity: partial(_read_word, _SEVERITIES),
    dt.date: _moment_reader(dt.date, "2026-04-03"),
    dt.time: _moment_reader(dt.time, "07:30:00"),
    dt.datetime: _moment_reader(dt.datetime, "2026-04-03T07:30:00"),
}


def _plain(value: Any) -> Any:
    """Return *value* as JSON can hold it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Severity):
        return value.word
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dt.date | dt.time):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    kind: Any = type(value)
    return {member.key: _plain(getattr(value, member.name)) for member in _members(kind).values()}
