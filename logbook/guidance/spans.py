"""What each source names as rest and as depth, from its least to its most, for seeing where sources disagree."""

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from logbook.assets import find, read_toml
from logbook.domain.errors import RuleError, RuleProblem
from logbook.domain.vocabulary import Setting
from logbook.guidance.rule import Source

_REST: Final = "rest.toml"
_DEPTH: Final = "depth.toml"


@dataclass(frozen=True, slots=True)
class Span:
    """What one source names for one setting."""

    source: Source
    setting: Setting
    least: int  # days of rest, or a depth in hundredths of a millimetre
    most: int
    says: str  # its words on this, in ours
    over: int = 0  # of a rest: after an earlier depth beyond this, exclusive
    up_to: int | None = None  # and up to this; None: any beyond

    def is_after(self, depth: int) -> bool:
        """Tell whether it is a rest after an earlier session of *depth*, in hundredths of a millimetre."""
        return self.over < depth and (self.up_to is None or depth <= self.up_to)


@dataclass(frozen=True, slots=True)
class Spans:
    """Every span of the guidance, the best grade first."""

    rests: tuple[Span, ...]
    depths: tuple[Span, ...]

    def rest(self, depth: int, setting: Setting) -> tuple[Span, ...]:
        """Return the rests named for *setting* after an earlier session of *depth*, in hundredths of a millimetre."""
        return tuple(span for span in self.rests if span.setting is setting and span.is_after(depth))

    def depth(self, setting: Setting) -> tuple[Span, ...]:
        """Return the depths named for *setting*."""
        return tuple(span for span in self.depths if span.setting is setting)


def load_spans(sources: Mapping[str, Source], folder: Path | None = None) -> Spans:
    """Return the spans in *folder*, by default those the program ships with, each tied to its source.

    Raises:
        RuleError: something in the files is not understood; it lists everything that is not.
    """
    place = folder or find("guidance/spans")
    rests, depths = _Reading(place / _REST, _RestRow, sources), _Reading(place / _DEPTH, _DepthRow, sources)
    if problems := [*rests.problems, *depths.problems]:
        raise RuleError(problems)
    return Spans(rests.spans, depths.spans)


@dataclass(frozen=True, slots=True)
class _RestRow:
    """A table of the file of rests."""

    source: str
    setting: str
    over: int
    least_days: int
    most_days: int
    says: str
    up_to: int | None = None

    def span(self, source: Source) -> Span:
        setting = Setting(self.setting)
        return Span(source, setting, self.least_days, self.most_days, self.says, self.over, self.up_to)


@dataclass(frozen=True, slots=True)
class _DepthRow:
    """A table of the file of depths."""

    source: str
    setting: str
    least: int
    most: int
    says: str

    def span(self, source: Source) -> Span:
        return Span(source, Setting(self.setting), self.least, self.most, self.says)


class _Reading:
    """One reading of one file: its spans, and everything in it that is not understood."""

    def __init__(self, path: Path, row: type[_RestRow] | type[_DepthRow], sources: Mapping[str, Source]) -> None:
        self.problems: list[RuleProblem] = []
        self._file = f"{path.parent.name}/{path.name}"
        self._lines: list[str] = []
        self._begins = 0  # the line of the table that is read, from 1
        spans = [self._span(row, table, sources) for table in self._tables(path)]
        self.spans = tuple(sorted((span for span in spans if span), key=_best_grade_first))

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
        """Yield the tables of spans, the only thing that may be in the file."""
        for table in self._content(path):
            begins = (n for n, line in enumerate(self._lines, 1) if n > self._begins and line.startswith("[[span]]"))
            self._begins = next(begins, 0)
            yield table

    def _content(self, path: Path) -> Sequence[Mapping[str, Any]]:
        try:
            content = read_toml(path)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            self._refuse("—", f"it cannot be read: {error}")
            return ()
        for key in sorted(content.keys() - {"span"}):
            self._refuse("—", f"“{key}” is not known; a file holds [[span]] tables only")
        tables = content.get("span", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._refuse("—", "“span” must be written as [[span]]")
            return ()
        if not tables and not self.problems:
            self._refuse("—", "there is no span in it")
        self._lines = path.read_text(encoding="utf-8").splitlines()
        return tables

    def _span(
        self, row: type[_RestRow] | type[_DepthRow], table: Mapping[str, Any], sources: Mapping[str, Source]
    ) -> Span | None:
        at = str(table.get("source", "a span without a source"))
        if wrong := [*_wrong_in(row, table)]:
            for message in wrong:
                self._refuse(at, message)
            return None
        if at not in sources:
            self._refuse(at, f"the source “{at}” is not in sources.toml")
            return None
        span = row(**table).span(sources[at])
        for message in _wrong_with(span):
            self._refuse(at, message)
        return span


def _wrong_in(row: type[_RestRow] | type[_DepthRow], table: Mapping[str, Any]) -> Iterable[str]:
    """Yield what of *table* does not fit the fields of *row*."""
    fields = {field.name: field for field in dataclasses.fields(row)}
    for name, field in fields.items():
        if name not in table:
            if field.default is dataclasses.MISSING:
                yield f"“{name}” is missing"
        elif field.type is str and type(table[name]) is not str:
            yield f"“{name}” must be text, not {table[name]!r}"
        elif field.type is not str and type(table[name]) is not int:
            yield f"“{name}” must be a whole number, not {table[name]!r}"
    for name in sorted(table.keys() - fields.keys()):
        yield f"“{name}” is not known"
    if "setting" in table and table["setting"] not in list(Setting):
        yield f"the setting “{table['setting']}” is not known"


def _wrong_with(span: Span) -> Iterable[str]:
    """Yield what of *span* cannot be."""
    if not 0 < span.least <= span.most:
        yield f"the least, {span.least}, must be above 0 and at most the most, {span.most}"
    if span.over < 0 or (span.up_to is not None and span.up_to <= span.over):
        yield f"the depths from {span.over} to {span.up_to} are no range"
    if not span.says.strip():
        yield "it says nothing"


def _best_grade_first(span: Span) -> tuple[str, int, int, str]:
    return span.source.grade, span.least, span.most, span.source.key
