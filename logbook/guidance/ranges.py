"""What each source counts as usual shedding by one method, and for whom it was published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from logbook.assets import find
from logbook.domain.errors import RuleError
from logbook.domain.person import Person
from logbook.domain.vocabulary import SHEDDING_SCALES, Sex, SheddingMethod
from logbook.guidance.predicates.person import years
from logbook.guidance.rule import Source
from logbook.guidance.sourced import SourcedTables

_FILE: Final = "shedding.toml"
_TABLE: Final = "range"
_OLDEST: Final = 120


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """What one source counts as usual by one method."""

    source: Source
    method: SheddingMethod
    least: int  # hairs, or a grade; included, as is the next
    most: int
    says: str  # what it covers, in our words
    sex: Sex | None = None  # whom it was published for; None: both
    from_age: int | None = None  # completed years, included, as is the next; None: any
    to_age: int | None = None

    def lacking(self, person: Person | None, on: date) -> tuple[str, ...] | None:
        """Return the fields without which it is not known whether it is the *person's* range; None where it is not."""
        sex = person.sex if person else None
        born = person.birth_date if person else None
        if self.sex and sex and sex is not self.sex:
            return None
        first, last = self.from_age, self.to_age
        if born and first is not None and last is not None and not first <= years(born, on) <= last:
            return None
        needs = (("birth_date", first is not None and born is None), ("sex", bool(self.sex) and sex is None))
        return tuple(name for name, is_lacking in needs if is_lacking)


@dataclass(frozen=True, slots=True)
class RangesFor:
    """The ranges of one method, by whether they are a person's own on some day; each the best grade first."""

    own: tuple[ReferenceRange, ...] = ()
    unsure: tuple[tuple[ReferenceRange, tuple[str, ...]], ...] = ()  # with the fields that are not recorded
    of_others: tuple[ReferenceRange, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceRanges:
    """Every range of the guidance, the best grade first."""

    ranges: tuple[ReferenceRange, ...]

    def reference_ranges(self, method: SheddingMethod, person: Person | None, on: date) -> RangesFor:
        """Return the ranges of *method*: those of *person*, as old as they are *on* a day, and those of others."""
        known = [(one, one.lacking(person, on)) for one in self.ranges if one.method is method]
        return RangesFor(
            tuple(one for one, lacking in known if lacking == ()),
            tuple((one, lacking) for one, lacking in known if lacking),
            tuple(one for one, lacking in known if lacking is None),
        )


def load_ranges(sources: Mapping[str, Source], folder: Path | None = None) -> ReferenceRanges:
    """Return the ranges in *folder*, by default those the program ships with, each tied to its source.

    Raises:
        RuleError: something in the file is not understood; it lists everything that is not.
    """
    reading = SourcedTables((folder or find("guidance/spans")) / _FILE, _TABLE, _RangeRow, sources)
    if reading.problems:
        raise RuleError(reading.problems)
    return ReferenceRanges(tuple(sorted(reading.made, key=_best_grade_first)))


@dataclass(frozen=True, slots=True)
class _RangeRow:
    """A table of the file."""

    source: str
    method: str
    least: int
    most: int
    says: str
    sex: str | None = None
    from_age: int | None = None
    to_age: int | None = None

    def wrong(self) -> Iterable[str]:
        if self.method not in list(SheddingMethod):
            yield f"the method “{self.method}” is not known"
        else:
            least, most = SHEDDING_SCALES.get(SheddingMethod(self.method), (0, 100_000))
            if not least <= self.least <= self.most <= most:
                yield f"the least, {self.least}, and the most, {self.most}, must rise within {least} and {most}"
        if self.sex is not None and self.sex not in list(Sex):
            yield f"the sex “{self.sex}” is not known"
        if (self.from_age is None) != (self.to_age is None):
            yield "“from_age” and “to_age” go together"
        elif self.from_age is not None and not 0 <= self.from_age <= (self.to_age or 0) <= _OLDEST:
            yield f"the ages from {self.from_age} to {self.to_age} are no range"
        if not self.says.strip():
            yield "it says nothing"

    def made(self, source: Source) -> ReferenceRange:
        method, sex = SheddingMethod(self.method), Sex(self.sex) if self.sex else None
        return ReferenceRange(source, method, self.least, self.most, self.says, sex, self.from_age, self.to_age)


def _best_grade_first(one: ReferenceRange) -> tuple[str, str, int, int]:
    return one.source.grade, one.source.key, one.from_age or 0, one.least
