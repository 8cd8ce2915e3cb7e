"""Whose records are meant, where a logbook may keep those of several people."""

from collections.abc import Sequence
from pathlib import Path

from logbook.domain.edit import Record
from logbook.domain.errors import UnreadableFile
from logbook.domain.person import Person
from logbook.services.people import called


def people_among(records: Sequence[Record]) -> list[Person]:
    """Return the people among *records*, in their order."""
    return [record for record in records if isinstance(record, Person)]


def named(database: Path, present: Sequence[Record], name: str) -> Person:
    """Return the person called *name* among the records *present* in *database*.

    Raises:
        UnreadableFile: there is none, or there are two.
    """
    found = called(people_among(present), name)
    if len(found) != 1:
        who = "nobody is" if not found else f"{len(found)} people are"
        raise UnreadableFile(f"In {database.name} {who} called {name}.")
    return found[0]
