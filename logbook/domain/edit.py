"""The one kind of value by which anything changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from logbook.domain.session import RecordId


class Record(Protocol):
    """Anything kept in the file: it carries its own id."""

    @property
    def id(self) -> RecordId:
        """The id it was made with; it never changes."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One record before and after."""

    before: Record | None  # None: was not there
    after: Record | None  # None: is there no more

    @property
    def record(self) -> Record:
        """The record as it is, or as it last was."""
        record = self.after or self.before
        assert record is not None  # noqa: S101 - nothing makes a replacement of nothing by nothing
        return record


@dataclass(frozen=True, slots=True)
class Edit:
    """What was there and what is there now, in words a menu can show."""

    text: str
    replacements: tuple[Replacement, ...]

    @classmethod
    def adding(cls, text: str, records: Iterable[Record]) -> Self:
        """Return the edit that adds *records*, parents before children."""
        return cls(text, tuple(Replacement(None, record) for record in records))

    @classmethod
    def removing(cls, text: str, records: Iterable[Record]) -> Self:
        """Return the edit that removes *records*, children before parents."""
        return cls(text, tuple(Replacement(record, None) for record in records))

    def inverse(self) -> "Edit":
        """Return the edit that takes this one back."""
        return Edit(self.text, tuple(Replacement(r.after, r.before) for r in reversed(self.replacements)))

    def of(self, kind: type[Record]) -> tuple[Replacement, ...]:
        """Return the replacements of records of *kind*."""
        return tuple(r for r in self.replacements if isinstance(r.record, kind))
