"""What is said beside the answer: one sentence to a line, on standard error."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from logbook.domain.errors import RowProblem


def say(sentence: str) -> None:
    """Write one line to standard error, with nothing in it that a terminal would obey."""
    if sys.stderr is not None:
        print("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in sentence), file=sys.stderr)


def say_ignored(path: Path, columns: Sequence[str]) -> None:
    """Say which *columns* of the file *path* are not known, if any."""
    if columns:
        say(f"{path.name}, line 1: These columns are not known and are ignored: {', '.join(columns)}.")


def say_refused(path: Path, problems: Iterable[RowProblem]) -> None:
    """Say what is wrong in the file *path*, each of its *problems* with its line."""
    for problem in problems:
        say(f"{path.name}, {problem}")
