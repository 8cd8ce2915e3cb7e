"""The people of a logbook: what they are called, how they are told apart, and how one goes with all that is theirs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.person import COLOURS, Person, person_of
from logbook.domain.trash import Trashed
from logbook.services.logbook_json import KINDS
from logbook.services.trash import laying_aside

if TYPE_CHECKING:
    from logbook.services.journal import Journal

UNNAMED = "Unnamed person"


def name_of(person: Person) -> str:
    """Return what *person* is called."""
    return person.name or UNNAMED


def for_whom(person: Person, people: Sequence[Person]) -> str:
    """Return “ for Sam” where something is done for one of several *people*; nothing where there is but one."""
    return f" for {name_of(person)}" if len(people) > 1 else ""


def initials(person: Person) -> str:
    """Return the first letters of the first and the last word of the name; empty where there is none."""
    words = person.name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def colour_of(person: Person, people: Sequence[Person]) -> int:
    """Return the colour by which *person* is told from the other *people*, one of `COLOURS`.

    Who has none of their own has that of their place among *people*.
    """
    if person.colour is not None:
        return person.colour
    place = next((place for place, one in enumerate(people) if one.id == person.id), 0)
    return COLOURS[place % len(COLOURS)]


def free_colour(people: Sequence[Person]) -> int:
    """Return a colour that fewest of *people* have."""
    taken = Counter(colour_of(person, people) for person in people)
    return min(COLOURS, key=lambda colour: (taken[colour], colour))


def removing(journal: "Journal", person: Person) -> Edit:
    """Return the edit by which *person* goes with all that is theirs, to rest in the trash.

    A device of theirs that a session of somebody else names stays, and is nobody's then.

    Raises:
        StorageError: the file cannot be read.
    """
    named = {session.device_id for session in journal.shared_uses(person.id)}
    own: list[Record] = [
        record
        for kind in KINDS.values()
        if kind not in (Person, Cartridge, Trashed)
        for record in journal.of_person(kind, person.id)
        if person_of(record) == person.id
    ]
    left = [one for one in own if isinstance(one, Device) and one.id in named]
    gone = [one for one in own if one not in left]
    devices = {one.id for one in gone if isinstance(one, Device)}
    heads = [one for one in journal.of_person(Cartridge, person.id) if one.device_id in devices]
    words = f"{name_of(person)} and all that is theirs"
    removed = Edit.removing(f"delete {words}", [*_in_order([*gone, *heads]), person])
    handed_over = tuple(Replacement(one, replace(one, person_id=None)) for one in left)
    return laying_aside(Edit(removed.text, (*handed_over, *removed.replacements)), words)


def _in_order(records: Sequence[Record]) -> list[Record]:
    """Return *records*, children before parents."""
    places = {kind: place for place, kind in enumerate(KINDS.values())}
    return sorted(records, key=lambda record: places[type(record)], reverse=True)


def called(people: Sequence[Person], name: str) -> list[Person]:
    """Return those of *people* who are called *name*, upper and lower case alike."""
    return [person for person in people if person.name.strip().casefold() == name.strip().casefold()]
