"""Records that say what was done and not by whom: without words of one's own, new ids, and every date moved alike."""

import datetime as dt
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, Final

from logbook.domain.edit import Record
from logbook.domain.person import Acknowledgement, AgreedLimit
from logbook.domain.session import EARLIEST_DATE, RecordId, new_id
from logbook.services.logbook_json import references_of

MOST_DAYS: Final = 1_000  # that dates are moved
_LEAST_DAYS: Final = 30
# Names that the guidance gives, where they look like it: another program may have written anything there.
_KEPT_TEXTS: Final = {
    (AgreedLimit, "rule"): re.compile(r"[A-Z][0-9]{1,3}"),
    (AgreedLimit, "parameter"): re.compile(r"[a-z]+(?:_[a-z]+)*"),
}
_LEFT_OUT: Final = {"given", "utc_offset_minutes"}  # what was said then, with its dates; where the person was
_SAID_INSTEAD: Final = {"excluded_because": "left out"}  # that there was a reason is kept


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Records of which nobody can tell whose they are by what they say."""

    records: tuple[Record, ...]
    days: int  # that every date was moved back


def anonymised(records: Iterable[Record], days: int | None = None) -> Anonymous:
    """Return *records* without names, notes, lots and other words, each date *days* earlier, or as many as chance says.

    What was acknowledged is left out: it quotes what was found on a day. Ids are new, since an id tells when its record
    was made; their order stays. A date that would come to lie before the earliest that is read again is that one.
    """
    kept = [record for record in records if not isinstance(record, Acknowledgement)]
    days = _LEAST_DAYS + secrets.randbelow(MOST_DAYS - _LEAST_DAYS + 1) if days is None else days
    ids = {record.id: new_id() for record in sorted(kept, key=lambda record: record.id)}
    return Anonymous(tuple(_without_person(record, ids, days) for record in kept), days)


def _without_person(record: Any, ids: Mapping[RecordId, RecordId], days: int) -> Record:
    changed: dict[str, Any] = {}
    kind: Any = type(record)
    references = {name for name, _ in references_of(kind)}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name == "id" or field.name in references:
            changed[field.name] = ids.get(value)
        elif field.name in _LEFT_OUT:
            changed[field.name] = None
        elif value and field.name in _SAID_INSTEAD:
            changed[field.name] = _SAID_INSTEAD[field.name]
        elif (known := _KEPT_TEXTS.get((kind, field.name))) is None or not known.fullmatch(value):
            changed[field.name] = _without_words(value, days)
    anonymous: Record = replace(record, **changed)
    return anonymous


def _without_words(value: Any, days: int) -> Any:
    """Return *value* with every date moved, and nothing in the place of every text that is no word of a list."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return ""
    if isinstance(value, dt.date):
        earliest = dt.date.min if value < EARLIEST_DATE else EARLIEST_DATE  # a day of birth may lie before it
        return dt.date.fromordinal(max(value.toordinal() - days, earliest.toordinal()))
    if isinstance(value, tuple):
        return tuple(_without_words(item, days) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _without_words(getattr(value, one.name), days) for one in fields(value)})
    return value
