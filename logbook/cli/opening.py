"""Opening the logbook that a command works on, and closing it again."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from logbook.cli.rules_in_use import rules_in_use
from logbook.domain.errors import NeedsWriting

if TYPE_CHECKING:
    from logbook.services.journal import Journal


@contextmanager
def opened(database: Path, *, create: bool = False, read_only: bool = False) -> "Iterator[Journal]":
    """Open *database*; with *create* it is made where it is not there, *read_only* it is left as it is.

    Raises:
        StorageError: it cannot be opened so; the sentence says why.
        RuleError: there is no guidance to judge by.
    """
    from logbook.services.journal import open_journal  # noqa: PLC0415 - SQLAlchemy takes 0.4 s; judge needs none of it

    with closing(open_journal(database, rules_in_use(), create=create, read_only=read_only)) as journal:
        yield journal


@contextmanager
def opened_to_read(database: Path) -> "Iterator[Journal]":
    """Open *database* beside whoever writes it; only what must be put right first needs to be nobody else's.

    Raises:
        StorageError: it cannot be opened; the sentence says why.
        RuleError: there is no guidance to judge by.
    """
    from logbook.services.journal import open_journal  # noqa: PLC0415 - as in `opened`

    rules = rules_in_use()
    try:
        journal = open_journal(database, rules, create=False, read_only=True)
    except NeedsWriting:
        journal = open_journal(database, rules, create=False)
    with closing(journal):
        yield journal
