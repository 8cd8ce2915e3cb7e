"""Which column of a stranger's table is read as what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from logbook.domain.errors import UnreadableFile
from logbook.services import sessions_csv, shedding_csv
from logbook.services.csv_table import shorten
from logbook.services.importing.source import Kind
from logbook.services.importing.words import load_words, plain

REQUIRED: Final = "date"
METHOD: Final = "method"  # of shedding records
NO_DATE: Final = (
    "No column is read as the date. Choose one; where there is none, write a line for each day, with its date."
)
LONGEST_NAME: Final = 200  # characters of the name of a column
_UNIT: Final = re.compile(r"(?P<name>.*?)\s*[(\[](?P<unit>[^)\]]*)[)\]]\s*", re.DOTALL)
_KNOWN: Final = {Kind.SESSIONS: sessions_csv.COLUMNS, Kind.SHEDDING: shedding_csv.COLUMNS}


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a header is read as."""

    kind: Kind  # of a table
    header: tuple[str, ...]  # as written
    targets: tuple[str | None, ...]  # published columns in the order of the header; None: not read

    @property
    def known(self) -> tuple[str, ...]:
        """The published columns that one of the header may be read as."""
        return _KNOWN[self.kind]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of the columns that are not read, as a sentence gives them."""
        return tuple(
            shorten(name) or f"unnamed column {place}"
            for place, (name, target) in enumerate(zip(self.header, self.targets, strict=True), 1)
            if target is None
        )

    def name_of(self, target: str) -> str:
        """Return the name in the file of the column that is read as *target*; where there is none, *target* itself."""
        return (shorten(self.header[self.targets.index(target)]) or target) if target in self.targets else target

    def reading(self, name: str, target: str | None) -> Self:
        """Return the same with the column *name* of the header read as *target*, and no other read as that.

        Raises:
            UnreadableFile: there is no such column, or nothing that is called *target*.
        """
        wanted = plain(name)
        at = next((place for place, own in enumerate(self.header) if plain(own) == wanted), None)
        if at is None:
            raise UnreadableFile(f"There is no column “{shorten(name)}”; the columns are {_listed(self.header)}.")
        if target is not None and target not in self.known:
            raise UnreadableFile(f"“{shorten(target)}” is no column here; they are {', '.join(self.known)}.")
        changed = [None if own == target else own for own in self.targets]
        changed[at] = target
        return replace(self, targets=tuple(changed))

    def check(self, name: str) -> None:
        """Accept a choice by which the rows of the file *name* can be read.

        Raises:
            UnreadableFile: no column is read as the date, or two are read as the same.
        """
        if REQUIRED not in self.targets:
            raise UnreadableFile(f"{name}: {NO_DATE} The columns found are {_listed(self.header)}.")
        taken = [target for target in self.targets if target is not None]
        twice = next((target for target in taken if taken.count(target) > 1), None)
        if twice:
            raise UnreadableFile(f"{name}: Two columns are read as {twice}; leave one of them out.")


def propose_columns(header: Sequence[str], kind: Kind | None = None) -> Columns:
    """Return how *header* is understood, as a table of *kind* or of the kind that it looks like."""
    kind = kind or _kind_of(header)
    targets: list[str | None] = []
    for target in (column_of(name, kind) for name in header):
        targets.append(None if target in targets else target)  # the second of the same name is not read
    return Columns(kind, tuple(header), tuple(targets))


def column_of(name: str, kind: Kind) -> str | None:
    """Return the published column that *name* stands for in a table of *kind*, or None.

    A unit in brackets behind it must be that of the column, where the column has one.
    """
    words = load_words()
    columns = words.columns[kind.value]
    if len(name) > LONGEST_NAME:
        return None
    if (whole := columns.get(plain(name))) is not None:
        return whole
    found = _UNIT.fullmatch(name)
    if not found:
        return None
    target = columns.get(plain(found["name"])) or columns.get(plain(f"{found['name']} {found['unit']}"))
    units = words.units.get(target or "")
    return target if units is None or units.get(plain(found["unit"])) == 1 else None


def why_left_out(name: str) -> str | None:
    """Return the reason why a column of such a *name* is not read, where it is a usual one."""
    found = _UNIT.fullmatch(name) if len(name) <= LONGEST_NAME else None
    reasons = load_words().left_out
    return reasons.get(plain(name)) or (reasons.get(plain(found["name"])) if found else None)


def _kind_of(header: Sequence[str]) -> Kind:
    counted = {column_of(name, Kind.SHEDDING) for name in header}
    needled = {column_of(name, Kind.SESSIONS) for name in header}
    if METHOD in counted:
        return Kind.SHEDDING
    return Kind.SHEDDING if "value" in counted and not {"depth_mm", "zones", "device"} & needled else Kind.SESSIONS


def _listed(header: Sequence[str]) -> str:
    return shorten(", ".join(filter(None, header)), 200)
