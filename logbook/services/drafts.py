"""What was typed in a form and not saved yet, kept so that a crash takes a few seconds of it at most."""

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from logbook.domain import labels
from logbook.domain.device import Cartridge, Device
from logbook.domain.draft import Draft
from logbook.domain.edit import Record
from logbook.domain.errors import StorageError, UnreadableFile
from logbook.domain.person import Person
from logbook.domain.session import RecordId, Session, new_id
from logbook.domain.shedding import SheddingDraft, SheddingRecord
from logbook.services.csv_table import read_bytes
from logbook.services.logbook_json import value_from_text, value_to_text
from logbook.services.places import drafts_folder
from logbook.services.typed_lines import TypedLine, fitting_lines, words_of
from logbook.storage.faults import explained
from logbook.storage.files import make_folder, put_in_place, unfinished

_MOST_BYTES: Final = 16 * 1024 * 1024
_UNREADABLE: Final = (
    "What was typed and not saved when the program ended cannot be read by this version; it stays in {path}."
)

Find = Callable[[type[Any], RecordId], Any]


@dataclass(frozen=True, slots=True)
class TypedSession:
    """A session as it stood in the form."""

    draft: Draft
    before: Session | None = None  # the session it changes, as it was then; None: a new one


@dataclass(frozen=True, slots=True)
class TypedShedding:
    """A shedding record as it stood in the form."""

    draft: SheddingDraft
    before: SheddingRecord | None = None  # the record it changes, as it was then; None: a new one


_T = TypeVar("_T", TypedSession, TypedShedding)


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything in the forms of one logbook that is not saved: of each kind, what is in the form comes first."""

    sessions: tuple[TypedSession, ...] = ()
    shedding: tuple[TypedShedding, ...] = ()
    lines: tuple[TypedLine, ...] = ()  # beside the forms

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.sessions or self.shedding or self.lines)

    def __add__(self, other: "Typed") -> "Typed":
        """Return this, and *other* after it."""
        return Typed(self.sessions + other.sessions, self.shedding + other.shedding, self.lines + other.lines)

    def divided(self, is_apart: Callable[[RecordId], bool]) -> tuple["Typed", "Typed"]:
        """Return what is of people for whom *is_apart* is false, and the rest."""
        sessions = [one for one in self.sessions if is_apart(one.draft.session.person_id)]
        shedding = [one for one in self.shedding if is_apart(one.draft.record.person_id)]
        lines = [one for one in self.lines if is_apart(one.person_id)]
        apart = Typed(tuple(sessions), tuple(shedding), tuple(lines))
        left = Typed(
            tuple(one for one in self.sessions if one not in sessions),
            tuple(one for one in self.shedding if one not in shedding),
            tuple(one for one in self.lines if one not in lines),
        )
        return left, apart


@dataclass(frozen=True, slots=True)
class _Kept:
    """The content of the file."""

    version: int
    kept_at: dt.datetime  # local
    typed: Typed


class Drafts:
    """The file that keeps what is typed into one logbook, for its owner alone; it is there while there is anything."""

    def __init__(self, logbook: Path, folder: Path | None = None) -> None:
        """Keep what is typed into *logbook* in *folder*, by default one among the person's own files.

        Not beside the logbook: from there a sync client would carry half a sentence to another computer.
        """
        name = hashlib.sha256(os.fsencode(os.path.normcase(logbook.resolve()))).hexdigest()[:24]
        self.path = (folder or drafts_folder()) / f"{name}.json"

    def keep(self, typed: Typed, now: dt.datetime) -> None:
        """Keep *typed* in the place of what was kept before; where it is nothing, keep nothing.

        Raises:
            StorageError: it cannot be written; what was kept before is kept still.
        """
        if not typed:
            self.forget()
            return
        text = value_to_text(_Kept(1, now.replace(microsecond=0), typed))
        with explained(self.path):
            make_folder(self.path.parent)
            with unfinished(self.path) as part:
                part.write_bytes(text.encode("utf-8", "replace"))  # half a character is no reason to lose the rest
                put_in_place(part, self.path)

    def read(self) -> Typed:
        """Return what was kept last.

        Raises:
            UnreadableFile: it cannot be read, perhaps since another version wrote it.
        """
        try:
            with explained(self.path):
                if not self.path.exists():
                    return Typed()
            return value_from_text(_Kept, read_bytes(self.path, _MOST_BYTES), self.path.name).typed
        except (UnreadableFile, StorageError) as error:
            raise UnreadableFile(_UNREADABLE.format(path=self.path)) from error

    def forget(self) -> None:
        """Keep nothing any more: it was saved, or is not wanted."""
        with suppress(OSError):  # a folder that cannot be written: it is offered once more, and nothing is lost
            self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Offer:
    """What was typed, as it fits what is in the logbook now, in words that say what was not saved."""

    typed: Typed
    text: str
    waiting: Typed = Typed()  # the forms have no place for it now: each holds one new record

    def __bool__(self) -> bool:
        """Return whether there is anything to go on with."""
        return bool(self.typed)


def offer(typed: Typed, find: Find, person_id: RecordId, may_return: Callable[[RecordId], bool]) -> Offer:
    """Return *typed* as it can be gone on with, now that *find* finds what it finds.

    What was saved in the last moment is left out. What changes a record that is no more goes on as a new one. What is
    of another person waits until they are shown, also of one who is not there now but *may_return*; what belongs to
    nobody else becomes that of *person_id*, and that is said.
    """
    typed, others = typed.divided(
        lambda whose: whose != person_id and (find(Person, whose) is not None or may_return(whose))
    )
    fitting = _Fitting(find, person_id)
    sessions, other_sessions = _one_new(tuple(fitting.sessions(typed.sessions)))
    shedding, other_shedding = _one_new(tuple(fitting.shedding(typed.shedding)))
    in_forms = {one.draft.session.id for one in sessions}
    lines = tuple(fitting_lines(typed.lines, find, person_id, in_forms))
    fitting.said += map(words_of, lines)
    if typed.divided(lambda whose: whose != person_id)[1]:
        fitting.said.append("It was typed for somebody who is not in this logbook; it goes on for who is shown.")
    waiting = Typed(other_sessions, other_shedding)
    said = [*fitting.said, "One of them is offered when the program starts again."] if waiting else fitting.said
    return Offer(Typed(sessions, shedding, lines), "\n".join(said), waiting + others)


class _Fitting:
    """Fits what was typed to the logbook, and says what it met."""

    def __init__(self, find: Find, person_id: RecordId) -> None:
        self._find, self._person_id = find, person_id
        self.said: list[str] = []

    def sessions(self, typed: Iterable[TypedSession]) -> Iterator[TypedSession]:
        for one in typed:
            session = self._at_home(one.draft.session)
            draft = replace(one.draft, session=session)
            now = self._find(Session, session.id)
            if now and self._is_saved(draft, now):
                continue
            self._say(f"A session of {labels.day(session.date)} was not saved.", one.before, now)
            yield TypedSession(draft if now else draft.as_new(), now)

    def shedding(self, typed: Iterable[TypedShedding]) -> Iterator[TypedShedding]:
        for one in typed:
            record = one.draft.record
            if not self._find(Person, record.person_id):
                record = replace(record, person_id=self._person_id)
            now = self._find(SheddingRecord, record.id)
            if now == record and not one.draft.unreadable:
                continue
            self._say(f"A shedding record of {labels.day(record.date)} was not saved.", one.before, now)
            record = record if now else replace(record, id=new_id(), session_id=None)
            yield TypedShedding(replace(one.draft, record=record), now)

    def _at_home(self, session: Session) -> Session:
        """Return *session* as one of somebody in the logbook, with needles that are in it."""
        if not self._find(Person, session.person_id):
            session = replace(session, person_id=self._person_id)
        has_device = session.device_id is None or self._find(Device, session.device_id)
        has_cartridge = session.cartridge_id is None or self._find(Cartridge, session.cartridge_id)
        return session if has_device and has_cartridge else replace(session, device_id=None, cartridge_id=None)

    def _is_saved(self, draft: Draft, now: Session) -> bool:
        """Tell whether *draft* is what is there *now*, but for what is added to a session when it is saved."""
        as_saved = replace(draft.session, given=now.given, utc_offset_minutes=now.utc_offset_minutes)
        line = self._find(SheddingRecord, draft.shedding.id) if draft.shedding else None
        return as_saved == now and line == draft.shedding and not draft.unreadable

    def _say(self, what: str, before: Record | None, now: Record | None) -> None:
        if before is not None and now is None:
            what += " What it changes was deleted meanwhile: it goes on as a new one."
        elif before is not None and now != before:
            what += " What it changes was changed meanwhile: saving puts this in its place."
        self.said.append(what)


def _one_new(typed: tuple[_T, ...]) -> tuple[tuple[_T, ...], tuple[_T, ...]]:
    """Divide *typed* into what the form has room for, which is one new record, and the rest."""
    waiting = tuple(one for one in typed if one.before is None)[1:]
    return tuple(one for one in typed if one not in waiting), waiting
