"""What people write in their own tables, as far as it means one thing only."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, Final

from logbook.assets import find, read_toml
from logbook.domain.labels import word
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Setting,
    SheddingMethod,
    SkinSign,
    Zone,
)
from logbook.services import sessions_csv, shedding_csv

# The columns whose cells are words, or lists of them.
VOCABULARY: Final[dict[str, type[StrEnum]]] = {
    "setting": Setting,
    "device": DeviceKind,
    "zones": Zone,
    "pressure": Pressure,
    "endpoint": Endpoint,
    "needle_state": NeedleState,
    "skin_signs": SkinSign,
    "conditions": Condition,
    "topicals": Product,
    "reaction_signs": ReactionSign,
    "method": SheddingMethod,
}
YES_NO: Final = ("needle_shared", "professional_advice", "washed_before")

_PUBLISHED: Final = {"sessions": sessions_csv.COLUMNS, "shedding": shedding_csv.COLUMNS}
_BETWEEN: Final = re.compile(r"[\s_\-–]+")


@dataclass(frozen=True, slots=True)
class Words:
    """What is read as what; every word here is as `plain` returns it."""

    columns: Mapping[str, Mapping[str, str]]  # by kind of table: the published column of a name
    left_out: Mapping[str, str]  # why the column of a name is not read
    cells: Mapping[str, Mapping[str, str]]  # by published column: what the published CSV writes for a word
    units: Mapping[str, Mapping[str, Fraction]]  # by published column: how much of its own unit one is
    empty: frozenset[str]  # what stands for an empty cell
    totals: frozenset[str]  # how a line that adds up others begins
    weekdays: frozenset[str]
    months: Mapping[str, int]


def plain(text: str) -> str:
    """Return *text* without what makes no difference: case, width, and how its words are held together."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub(" ", folded).strip(" .:*#!'\"") or folded.strip()


@cache
def load_words() -> Words:
    """Return the words of ``resources/import/words.toml`` with those of the program itself.

    Raises:
        ValueError: a word stands for two things, or for something that there is not.
    """
    found = read_toml(find("import/words.toml"))
    cells = {column: _own_words(kind) | _read_as(found["words"].get(column, {})) for column, kind in VOCABULARY.items()}
    cells |= dict.fromkeys(YES_NO, _read_as(found["words"]["yes_no"]) | {"yes": "yes", "no": "no"})
    return Words(
        columns={kind: _columns(names, found["columns"][kind]) for kind, names in _PUBLISHED.items()},
        left_out=_read_as(found["left_out"]),
        cells=cells,
        units={column: _units(units) for column, units in found["units"].items()},
        empty=frozenset(map(plain, found["cells"]["empty"])),
        totals=frozenset(map(plain, found["cells"]["totals"])),
        weekdays=frozenset(map(plain, found["cells"]["weekdays"])),
        months={name: int(month) for name, month in _read_as(found["months"]).items()},
    )


def _columns(published: Iterable[str], synonyms: Mapping[str, Any]) -> dict[str, str]:
    own = {plain(name): name for name in published}
    if strange := set(synonyms) - set(own.values()):
        raise ValueError(f"There is no column {', '.join(sorted(strange))}.")
    return _without_clash(_read_as(synonyms), own)


def _own_words(kind: type[StrEnum]) -> dict[str, str]:
    return {plain(text): member.value for member in kind for text in (word(member), member.value)}


def _units(units: Mapping[str, Iterable[str]]) -> dict[str, Fraction]:
    return {name: Fraction(factor) for name, factor in _read_as(units).items()}


def _read_as(lists: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Turn lists of words by what they are read as into what each is read as."""
    found: dict[str, str] = {}
    for target, words in lists.items():
        found = _without_clash(found, {plain(one): target for one in words})
    return found


def _without_clash(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    if clash := [name for name in first.keys() & second.keys() if first[name] != second[name]]:
        raise ValueError(f"“{clash[0]}” stands for two things.")
    return first | second
