"""Data files of tables, each tied to its source: read as a whole, or refused with every reason and its line."""

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from logbook.assets import read_toml
from logbook.domain.errors import RuleProblem
from logbook.guidance.rule import Source

_T_co = TypeVar("_T_co", covariant=True)
_TEXTS = (str, str | None)


class SourcedRow(Protocol[_T_co]):
    """A table of a file: a dataclass of texts and whole numbers, one of them the key of its ``source``."""

    def wrong(self) -> Iterable[str]:
        """Yield what of it cannot be."""

    def made(self, source: Source) -> _T_co:
        """Return what it stands for; nothing of it is wrong."""


class SourcedTables(Generic[_T_co]):
    """One reading of one file: what its tables stand for, and everything in it that is not understood."""

    def __init__(self, path: Path, name: str, row: type[SourcedRow[_T_co]], sources: Mapping[str, Source]) -> None:
        """Read the tables called *name* in *path*, each a *row* tied to one of *sources*."""
        self.problems: list[RuleProblem] = []
        self._name = name
        self._file = f"{path.parent.name}/{path.name}"
        self._lines: list[str] = []
        self._begins = 0  # the line of the table that is read, from 1
        made = [self._made(row, table, sources) for table in self._tables(path)]
        self.made = tuple(one for one in made if one is not None)

    def _refuse(self, at: str, message: str) -> None:
        self.problems.append(RuleProblem(self._file, at, message, self._line_of(message)))

    def _line_of(self, message: str) -> int | None:
        """Return the line of the key that *message* names in the table that is read, or of the table itself."""
        names = re.findall(r"\w+", message)
        for number, line in enumerate(self._lines[self._begins :], self._begins + 1):
            if line.startswith("[["):
                break
            if (key := re.match(r"\w+", line)) and key[0] in names:
                return number
        return self._begins or None

    def _tables(self, path: Path) -> Iterable[Mapping[str, Any]]:
        """Yield the tables, the only thing that may be in the file."""
        heading = f"[[{self._name}]]"
        for table in self._content(path):
            begins = (n for n, line in enumerate(self._lines, 1) if n > self._begins and line.startswith(heading))
            self._begins = next(begins, 0)
            yield table

    def _content(self, path: Path) -> Sequence[Mapping[str, Any]]:
        try:
            content = read_toml(path)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            self._refuse("—", f"it cannot be read: {error}")
            return ()
        for key in sorted(content.keys() - {self._name}):
            self._refuse("—", f"“{key}” is not known; a file holds [[{self._name}]] tables only")
        tables = content.get(self._name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._refuse("—", f"“{self._name}” must be written as [[{self._name}]]")
            return ()
        if not tables and not self.problems:
            self._refuse("—", f"there is no {self._name} in it")
        self._lines = path.read_text(encoding="utf-8").splitlines()
        return tables

    def _made(
        self, row: type[SourcedRow[_T_co]], table: Mapping[str, Any], sources: Mapping[str, Source]
    ) -> _T_co | None:
        at = str(table.get("source", f"a {self._name} without a source"))
        wrong = [*_misfits(row, table)]
        if not wrong and at not in sources:
            wrong = [f"the source “{at}” is not in sources.toml"]
        read = None if wrong else row(**table)
        for message in [*wrong, *(read.wrong() if read else ())]:
            self._refuse(at, message)
        return read.made(sources[at]) if read and not self.problems else None


def _misfits(row: type[Any], table: Mapping[str, Any]) -> Iterable[str]:
    """Yield what of *table* does not fit the fields of *row*."""
    fields = {field.name: field for field in dataclasses.fields(row)}
    for name, field in fields.items():
        if name not in table:
            if field.default is dataclasses.MISSING:
                yield f"“{name}” is missing"
        elif field.type in _TEXTS and type(table[name]) is not str:
            yield f"“{name}” must be text, not {table[name]!r}"
        elif field.type not in _TEXTS and type(table[name]) is not int:
            yield f"“{name}” must be a whole number, not {table[name]!r}"
    for name in sorted(table.keys() - fields.keys()):
        yield f"“{name}” is not known"
