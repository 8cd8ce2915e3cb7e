"""Everything that can go wrong for a person, each with a sentence that can be shown to them."""

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


class DatabaseTooNew(StorageError):
    """The file was written by a newer version of the program."""


class DatabaseDamaged(StorageError):
    """The file is a logbook whose content is damaged."""
