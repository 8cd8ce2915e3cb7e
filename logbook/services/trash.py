"""What was deleted: laid aside for a while, brought back together, or let go for good."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from logbook.domain import labels
from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.errors import LogbookError, UnreadableFile
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person, person_of
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import RecordId, Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import Trashed
from logbook.services.logbook_json import from_text, references_of, to_text

_VERB: Final = "delete "


class CannotRestore(LogbookError):
    """Something in the trash that cannot come back as things stand."""


def laying_aside(edit: Edit, words: str = "") -> Edit:
    """Return *edit* with all that it removes, of which there is something, laid into the trash.

    *words* are those by which it is listed there; without them, those of the menu.
    """
    gone = [one.before for one in edit.replacements if one.before is not None and one.after is None]
    people = {person_id for record in gone if (person_id := person_of(record))}
    is_of_one = len(people) == 1 and not any(isinstance(record, Person) for record in gone)  # else nobody would see it
    trashed = Trashed(
        new_id(),
        people.pop() if is_of_one else None,
        dt.datetime.now().replace(microsecond=0),
        words or edit.text.removeprefix(_VERB),
        to_text(gone),
    )
    return Edit(edit.text, (*edit.replacements, Replacement(None, trashed)))


def restoring(trashed: Trashed, present: Iterable[Record], trash: Iterable[Trashed] = ()) -> Edit:
    """Return the edit that brings *trashed* back among the records *present*, but for what is there already.

    What it belonged to has to be there; it is asked for where it lies in the *trash* too. Where it is gone for good,
    what can be without it comes back without it.

    Raises:
        CannotRestore: it cannot come back; the sentence says why, or what is to be restored first.
    """
    try:
        records = from_text(trashed.content)
    except UnreadableFile as error:
        raise CannotRestore(f"It cannot be read any more, so it cannot be restored. {error}") from error
    returning = _Returning(present, tuple(trash))
    back = [fitted for record in records if (fitted := returning.fitted(record)) is not None]
    if not back:
        raise CannotRestore("All of it is in your logbook already.")
    return Edit(f"restore {trashed.words}", (Replacement(trashed, None), *(Replacement(None, one) for one in back)))


def letting_go(trash: Sequence[Trashed]) -> Edit:
    """Return the edit after which nothing of *trash*, of which there is something, can come back."""
    what = trash[0].words if len(trash) == 1 else labels.count(len(trash), "deletion")
    return Edit.removing(f"{_VERB}{what} for good", trash)


def is_letting_go(edit: Edit) -> bool:
    """Return whether *edit* is one of `letting_go`."""
    return bool(edit.replacements) and all(
        isinstance(one.before, Trashed) and one.after is None for one in edit.replacements
    )


def expired(trash: Iterable[Trashed], today: dt.date) -> tuple[Trashed, ...]:
    """Return what of *trash* has rested long enough on the local date *today*."""
    return tuple(one for one in trash if not one.days_left(today))


def contents(trashed: Trashed) -> tuple[str, ...]:
    """Return in words what would come back with *trashed*, one line each, without the answers to findings."""
    try:
        records = from_text(trashed.content)
    except UnreadableFile as error:
        return (str(error),)
    return tuple(labels.capital(_words(one)) for one in records if not isinstance(one, Acknowledgement))


class _Returning:
    """The records that are there, and one after another those that come back among them."""

    def __init__(self, present: Iterable[Record], trash: Sequence[Trashed]) -> None:
        self._there: dict[RecordId, Record] = {record.id: record for record in present}
        self._trash = trash
        self._counted = {one.session_id for one in self._there.values() if isinstance(one, SheddingRecord)}

    def fitted(self, record: Record) -> Record | None:
        """Return *record* as it fits to what is there; None where it is there, or what it was said of is not.

        Raises:
            CannotRestore: it needs something that is not there.
        """
        if record.id in self._there:
            return None
        for name, kinds in references_of(type(record)):
            target = getattr(record, name)
            if target is None or isinstance(self._there.get(target), kinds):
                continue
            if name == "record_id":
                return None
            self._refuse_if_needed(record, name, target)
            record = _without(record, name)
        return self._taken_in(record)

    def _taken_in(self, record: Record) -> Record:
        if isinstance(record, SheddingRecord):
            if record.session_id in self._counted:  # a session has one count, and was given another meanwhile
                record = replace(record, session_id=None)
            self._counted.add(record.session_id)
        self._there[record.id] = record
        return record

    def _refuse_if_needed(self, record: Record, name: str, target: RecordId) -> None:
        if first := next((one for one in self._trash if _holds(one, target)), None):
            raise CannotRestore(f"It belongs to something that was deleted too. Restore this first: {first.words}.")
        if not _can_be_without(record, name):
            raise CannotRestore("What it belonged to is not in your logbook any more.")


def _without(record: Any, name: str) -> Record:
    fitted: Record = replace(record, **{name: None})
    return fitted


def _can_be_without(record: Any, name: str) -> bool:
    return any(field.name == name and field.default is None for field in fields(record))


def _holds(trashed: Trashed, record_id: RecordId) -> bool:
    try:
        return any(record.id == record_id for record in from_text(trashed.content))
    except UnreadableFile:
        return False


def _words(record: Any) -> str:
    match record:
        case Session():
            places = [text for place in record.zones if (text := labels.place(place))]
            return f"{labels.a_session(record)}{f': {labels.series(places)}' if places else ''}"
        case SheddingRecord():
            value = "not counted" if record.value is None else f"{'more than ' * record.is_more_than}{record.value:,}"
            return f"{labels.a_record(record)}: {value}"
        case LifeEvent():
            return labels.an_event(record)
        case AgreedLimit():
            return f"limit on {record.rule}, {labels.agreed_with(record)}"
        case Device():
            return labels.a_device(record)
        case Cartridge():
            return f"cartridge {labels.cartridge(record)}"
        case PlannedSession():
            return f"plan for {labels.day(record.date)}"
        case Routine():
            return f"routine from {labels.day(record.starts_on)}, {labels.every(record.every_days)}"
    return str(record.name) or "a person without a name"
