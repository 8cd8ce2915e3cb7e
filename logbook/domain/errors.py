"""Everything that can go wrong for a person, each with a sentence that can be shown to them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, in a finished sentence."""

    field: str  # the column name of the sessions CSV, which is also the name of the form's field
    message: str
    text: str | None = None  # what was typed, where it could not be read as a value
    suggestion: str | None = None  # a text for the same field that would be accepted


class LogbookError(Exception):
    """Something a person can understand and act on; shown as a sentence, never as a traceback."""


class Cancelled(LogbookError):
    """Something that the person stopped before it was done; nothing of it is left."""


class InvalidRecord(LogbookError):
    """A record that cannot be kept as it is."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep *problems*, one for each field at fault."""
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """What is wrong with one rule of one guidance file."""

    file: str
    rule: str
    message: str
    line: int | None = None  # of the file, from 1; a message about what is no TOML names its line itself

    def __str__(self) -> str:
        """Return the problem as one line."""
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}: {self.rule}: {self.message}"


class RuleError(LogbookError):
    """Guidance files that cannot be used, with every reason at once."""

    def __init__(self, problems: Sequence[RuleProblem]) -> None:
        """Keep all *problems* found in the files."""
        self.problems = tuple(problems)
        super().__init__("The guidance cannot be used. " + " · ".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one line of a file was refused."""

    line: int  # the header is line 1
    column: str
    message: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"line {self.line}, column {self.column}: {self.message}"


class UnreadableFile(LogbookError):
    """A file that is not what it should be."""


class StorageError(LogbookError):
    """The logbook file could not be read or written."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a logbook open for writing, as far as it is told."""

    host: str = ""  # the name of the computer
    user: str = ""
    process: int | None = None
    since: dt.datetime | None = None  # with its offset from UTC
    is_here: bool = True  # on this computer, and at work: it can be closed there, and is never taken over


class AlreadyOpen(StorageError):
    """Another has the file open for writing, and only one may."""

    def __init__(self, message: str, holder: Holder) -> None:
        """Keep who it is beside the sentence."""
        self.holder = holder
        super().__init__(message)


class FileReplaced(StorageError):
    """The file is no longer the one that was opened; what it holds now is to be seen by opening it again."""


class NeedsWriting(StorageError):
    """The file must be put right or brought up to date before it can be read, and that was not allowed."""


class DatabaseTooNew(StorageError):
    """The file was written by a newer version of the program."""


class DatabaseDamaged(StorageError):
    """The file is a logbook whose content is damaged."""
