"""What each source names as rest and as depth, from its least to its most, for seeing where sources disagree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from logbook.assets import find
from logbook.domain.errors import RuleError
from logbook.domain.vocabulary import Setting
from logbook.guidance.rule import Source
from logbook.guidance.sourced import SourcedTables

_REST: Final = "rest.toml"
_DEPTH: Final = "depth.toml"
_TABLE: Final = "span"


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
    rests = SourcedTables(place / _REST, _TABLE, _RestRow, sources)
    depths = SourcedTables(place / _DEPTH, _TABLE, _DepthRow, sources)
    if problems := [*rests.problems, *depths.problems]:
        raise RuleError(problems)
    return Spans(_in_order(rests.made), _in_order(depths.made))


@dataclass(frozen=True, slots=True)
class _DepthRow:
    """A table of the file of depths."""

    source: str
    setting: str
    least: int
    most: int
    says: str

    def wrong(self) -> Iterable[str]:
        yield from _wrong(self.setting, self.least, self.most, self.says)

    def made(self, source: Source) -> Span:
        return Span(source, Setting(self.setting), self.least, self.most, self.says)


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

    def wrong(self) -> Iterable[str]:
        yield from _wrong(self.setting, self.least_days, self.most_days, self.says)
        if self.over < 0 or (self.up_to is not None and self.up_to <= self.over):
            yield f"the depths from {self.over} to {self.up_to} are no range"

    def made(self, source: Source) -> Span:
        setting = Setting(self.setting)
        return Span(source, setting, self.least_days, self.most_days, self.says, self.over, self.up_to)


def _wrong(setting: str, least: int, most: int, says: str) -> Iterable[str]:
    """Yield what cannot be of a span of either kind."""
    if setting not in list(Setting):
        yield f"the setting “{setting}” is not known"
    if not 0 < least <= most:
        yield f"the least, {least}, must be above 0 and at most the most, {most}"
    if not says.strip():
        yield "it says nothing"


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return *spans*, the best grade first."""
    return tuple(sorted(spans, key=lambda span: (span.source.grade, span.least, span.most, span.source.key)))
