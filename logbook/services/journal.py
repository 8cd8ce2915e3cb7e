"""The logbook in use: its file, its guidance, and the one function by which anything is written."""

import datetime as dt
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from logbook.domain.edit import Edit, Record
from logbook.domain.errors import StorageError
from logbook.domain.person import Person
from logbook.domain.session import GivenVerdict, RecordId, Session, new_id
from logbook.domain.trash import Trashed
from logbook.guidance.rule import Rules, Verdict, plain_facts
from logbook.services.logbook_json import KINDS
from logbook.services.trash import expired, is_letting_go, letting_go
from logbook.storage.backup import Backup, Occasion
from logbook.storage.database import Check, Database

__all__ = ["Backup", "Journal", "given", "open_journal"]

_R = TypeVar("_R", bound=Record)


class Journal:
    """One open logbook file with the guidance it is judged by."""

    def __init__(self, database: Database, rules: Rules) -> None:
        """Work on *database*; a file without a person is given one."""
        self._database = database
        self.rules = rules
        if not database.is_read_only and not database.all(Person):
            self.apply(Edit.adding("first person", (Person(new_id()),)))

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._database.is_read_only

    def all(self, kind: type[_R]) -> list[_R]:
        """Return all records of *kind*, in the order in which they were made.

        Raises:
            StorageError: the file cannot be read.
        """
        return self._database.all(kind)

    def of_person(self, kind: type[_R], person_id: RecordId) -> list[_R]:
        """Return the records of *kind* that a person sees: theirs, and the devices and deletions that are nobody's.

        Raises:
            StorageError: the file cannot be read.
        """
        return self._database.of_person(kind, person_id)

    def shared_uses(self, person_id: RecordId) -> list[Session]:
        """Return the sessions of others that wore needles which a person sees, or that name a device of theirs.

        Raises:
            StorageError: the file cannot be read.
        """
        return self._database.shared_uses(person_id)

    def latest_person(self) -> RecordId | None:
        """Return the person for whom a session was recorded last; None where there is no session.

        Raises:
            StorageError: the file cannot be read.
        """
        return self._database.latest_person()

    def everything(self) -> list[Record]:
        """Return every record of the file, parents before children; what lies in the trash is none of them.

        They are those of one moment, whatever other threads change meanwhile.

        Raises:
            StorageError: the file cannot be read.
        """
        return self._database.all_of(KINDS.values())

    def apply(self, edit: Edit) -> None:
        """Write *edit* as a whole. Nothing else writes.

        Where it lets something of the trash go for good, no letter of that stays in the file.

        Raises:
            StorageError: nothing of it was written; the message says why.
        """
        self._database.apply(edit)
        if is_letting_go(edit):
            with suppress(StorageError):  # on a full disk, say: what is gone is gone, and the next time cleans up
                self._database.rewrite()

    def with_verdict(self, session: Session, verdict: Verdict) -> Session:
        """Return *session* with the *verdict* that was given when it was saved."""
        return replace(session, given=given(verdict, self.rules.edition))

    def backup(self, folder: Path | None = None, occasion: Occasion = Occasion.MANUAL) -> Backup:
        """Make one verified copy, by default in the folder ``backups`` beside the file.

        Raises:
            StorageError: no copy could be made, or the file is damaged; nothing is left behind.
        """
        return self._database.backup(folder or self.path.parent / "backups", occasion)

    def changes(self) -> str:
        """Return a text that is another after every change of the file; it outlives the program.

        Raises:
            StorageError: the file cannot be read.
        """
        return self._database.changes()

    def check(self) -> Check:
        """Return what integrity, foreign keys and counts say of the file.

        Raises:
            StorageError: the file cannot be read.
        """
        return self._database.check()

    def reindex(self) -> None:
        """Make the indexes of the file again from its tables.

        Raises:
            StorageError: the file was not whole then, or cannot be written; it is as it was.
        """
        self._database.reindex()

    def tidy(self) -> tuple[str, str] | None:
        """Let no letter stay in the file of what was changed or deleted; return `changes` before and after, if it did.

        Closing does the same; whoever makes a copy last does it before.

        Raises:
            StorageError: it could not be done; the file is as it was.
        """
        return self._database.tidy()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _let_go_of_expired(journal: Journal) -> None:
    """Empty the trash of what has rested long enough.

    Nothing undoes that, and nothing could: there is no undo from one start to the next.
    """
    with suppress(StorageError):  # a full disk is no reason not to open; the next start tries again
        if gone := expired(journal.all(Trashed), dt.date.today()):
            journal.apply(letting_go(gone))


def given(verdict: Verdict, edition: str) -> GivenVerdict:
    """Return *verdict* of an *edition* of the guidance as it is kept with a session."""
    findings = [
        {
            "rule": finding.rule.id,
            "severity": finding.severity.word,
            "message": finding.message,
            "facts": plain_facts(finding.facts),
        }
        for finding in verdict.findings
    ]
    return GivenVerdict(edition, verdict.severity, json.dumps(findings, ensure_ascii=False))


def open_journal(
    path: Path, rules: Rules, *, create: bool = True, read_only: bool = False, take_over: bool = False
) -> Journal:
    """Open the logbook in *path*, and make one where there is none and *create* says so.

    With *take_over*, one that another computer has open, or left open, is opened for writing here all the same.

    Raises:
        AlreadyOpen: another has it open for writing, and is named; it can still be opened for reading only.
        StorageError: it cannot be opened; the message says why. Nothing was changed.
    """
    database = Database.open(path, create=create, read_only=read_only, take_over=take_over)
    try:
        journal = Journal(database, rules)
        if not journal.is_read_only:
            _let_go_of_expired(journal)
        return journal
    except BaseException:
        database.close()
        raise
