"""How many of what there are, in words: of records by the keys of the JSON, of rows by their tables."""

from collections.abc import Iterable, Mapping
from typing import Final

from logbook.domain.labels import series

_RECORDS: Final = {
    "people": ("person", "people"),
    "devices": ("device", "devices"),
    "cartridges": ("cartridge", "cartridges"),
    "sessions": ("session", "sessions"),
    "shedding": ("shedding record", "shedding records"),
    "events": ("life event", "life events"),
    "limits": ("agreed limit", "agreed limits"),
    "acknowledgements": ("acknowledgement", "acknowledgements"),
    "routines": ("routine", "routines"),
    "plans": ("planned session", "planned sessions"),
    "trash": ("deleted record", "deleted records"),  # which the JSON leaves out
}
_WHOLES: Final = {
    "person": _RECORDS["people"],
    "device": _RECORDS["devices"],
    "cartridge": _RECORDS["cartridges"],
    "session": _RECORDS["sessions"],
    "shedding": _RECORDS["shedding"],
    "life_event": _RECORDS["events"],
    "agreed_limit": _RECORDS["limits"],
    "acknowledgement": _RECORDS["acknowledgements"],
    "routine": _RECORDS["routines"],
    "planned_session": _RECORDS["plans"],
    "trash": _RECORDS["trash"],
}
_OF_PARTS: Final = {
    "person_thinning_zone": ("thinning zone of a person", "thinning zones of people"),
    "person_condition": ("condition of a person", "conditions of people"),
    "session_zone": ("zone of a session", "zones of sessions"),
    "session_topical": ("product of a session", "products of sessions"),
    "session_condition": ("condition on the day of a session", "conditions on the day of a session"),
    "session_skin_sign": ("skin sign of a session", "skin signs of sessions"),
    "session_reaction_sign": ("sign after a session", "signs after a session"),
    "routine_zone": ("zone of a routine", "zones of routines"),
    "planned_session_zone": ("zone of a planned session", "zones of planned sessions"),
}
_ROWS: Final = {**_WHOLES, **_OF_PARTS}
PARTS: Final = frozenset(_OF_PARTS)  # the tables of what records are made of


def counted_records(counts: Mapping[str, int]) -> str:
    """Return the numbers of records in *counts*, by the keys of the JSON, in a list of words; none of them: nothing."""
    return series(_counted(_RECORDS[key], counts[key]) for key in _RECORDS if counts.get(key)) or "nothing"


def counted_kind(key: str, number: int) -> str:
    """Return *number* records of the kind that the JSON keeps under *key*, in words, also where there is none."""
    return _counted(_RECORDS[key], number)


def counted_rows(counts: Mapping[str, int]) -> str:
    """Return the numbers of rows in *counts*, by their tables, in a list of words; none of them: nothing."""
    return series(_counted(_ROWS[table], counts[table]) for table in _ROWS if counts.get(table)) or "nothing"


def plural_rows(tables: Iterable[str]) -> str:
    """Return what is in *tables* in a list of words."""
    wanted = set(tables)
    return series(plural for table, (_, plural) in _ROWS.items() if table in wanted)


def _counted(words: tuple[str, str], number: int) -> str:
    return f"{number:,} {words[number != 1]}"
