"""The logbook as the window sees it: records in memory, the one way to change them, and what changed."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from logbook.domain.edit import Edit, Record
from logbook.domain.errors import LogbookError
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.findings import State, list_findings
from logbook.services.judged import JudgedHistory
from logbook.ui.judging import Judging

if TYPE_CHECKING:
    from logbook.services.journal import Journal

_R = TypeVar("_R", bound=Record)


class _OfPerson(Record, Protocol):
    @property
    def person_id(self) -> RecordId | None: ...


_P = TypeVar("_P", bound=_OfPerson)


MANY: Final = 2_000  # replacements: more of them take longer than a person notices
_WHAT_IS_KNOWN: Final = (Person, LifeEvent, AgreedLimit)  # of a person: every verdict may rest on it


class Store(QObject):
    """One open logbook, and one of its people.

    Signals:
        about_to_do: an edit is going to be written.
        changed: an edit was written and is in memory.
        failed: an edit was refused, with the reason; nothing changed.
    """

    about_to_do = Signal(Edit)
    changed = Signal(Edit)
    failed = Signal(LogbookError)

    def __init__(
        self, journal: "Journal", today: Callable[[], date] = date.today, parent: QObject | None = None
    ) -> None:
        """Load what *journal* holds; *today* is the local calendar date."""
        super().__init__(parent)
        self.journal = journal
        self.today = today
        self.undo_stack = QUndoStack(self)
        self.judging = Judging(self)
        self._records: dict[type[Record], dict[RecordId, Record]] = {}
        self._shedding = {one.session_id: one for one in self.all(SheddingRecord) if one.session_id}
        sessions = Counter(session.person_id for session in self.all(Session))
        people = self.all(Person)
        self._look_at(max(people, key=lambda person: sessions[person.id]) if people else Person(""))

    def _look_at(self, person: Person) -> None:
        """Show the records of *person*."""
        self.person = person
        self.judged = JudgedHistory(
            self.journal.rules,
            person,
            self.of_person(Session),
            self.of_person(SheddingRecord),
            events=self.of_person(LifeEvent),
            limits=self.of_person(AgreedLimit),
        )
        self.judging.begin(self.judged)

    def of_person(self, kind: type[_P]) -> list[_P]:
        """Return the records of *kind* of the person that is shown, in the order in which they came to be."""
        return [record for record in self.all(kind) if record.person_id == self.person.id]

    def all(self, kind: type[_R]) -> list[_R]:
        """Return every record of *kind*, in the order in which they came to be."""
        if kind not in self._records:
            self._records[kind] = {record.id: record for record in self.journal.all(kind)}
        return cast("list[_R]", sorted(self._records[kind].values(), key=lambda record: record.id))

    def find(self, kind: type[_R], record_id: RecordId) -> _R | None:
        """Return the record of that id, or None."""
        if kind not in self._records:
            self.all(kind)
        return cast("_R | None", self._records[kind].get(record_id))

    def count_open(self) -> int:
        """Return the number of findings that are neither acknowledged nor past."""
        listed = list_findings(self.judged, self.of_person(Acknowledgement), self.today())
        return sum(one.state is State.OPEN for one in listed)

    def shedding_of(self, session: Session) -> SheddingRecord | None:
        """Return the shedding record that was written together with *session*."""
        return self._shedding.get(session.id)

    def do(self, edit: Edit) -> bool:
        """Write *edit* and remember how to take it back; return whether it was written."""
        self.about_to_do.emit(edit)
        if not self._apply(edit):
            return False
        self.undo_stack.push(_Command(edit))
        return True

    def writing(self, edit: Edit) -> Callable[[], None]:
        """Return what writes *edit* in another thread, for one so large that the window would stand still meanwhile.

        It raises what the journal raises; once it is done, `take_written` is called in the window's thread.
        """
        self.about_to_do.emit(edit)
        return partial(self.journal.apply, edit)

    def take_written(self, edit: Edit) -> None:
        """Remember *edit*, which what `writing` returned has written, and how to take it back."""
        self._take(edit)
        self.undo_stack.push(_Command(edit))

    def do_for_good(self, edit: Edit) -> bool:
        """Write *edit*, which cannot be taken back; return whether it was written.

        Where `undo_keeps` anything of it, nothing that was done before can be taken back any more either.
        """
        if not self._apply(edit):
            return False
        if self.undo_keeps(edit):
            self.undo_stack.clear()
        return True

    def undo_keeps(self, edit: Edit) -> bool:
        """Return whether any step that can be taken back or done again holds a record of *edit*."""
        ids = {one.record.id for one in edit.replacements}
        steps = (self._edit_at(place) for place in range(self.undo_stack.count()))
        return any(one.record.id in ids for step in steps for one in step.replacements)

    def undo(self) -> bool:
        """Take back the last edit; return whether that was written. A refused one can be tried again."""
        place = self.undo_stack.index() - 1
        if place < 0 or not self._apply(self._edit_at(place).inverse()):
            return False
        self.undo_stack.undo()
        return True

    def redo(self) -> bool:
        """Do again what was taken back last; return whether that was written. A refused one can be tried again."""
        place = self.undo_stack.index()
        if place >= self.undo_stack.count() or not self._apply(self._edit_at(place)):
            return False
        self.undo_stack.redo()
        return True

    def _edit_at(self, place: int) -> Edit:
        return cast("_Command", self.undo_stack.command(place)).edit

    def _apply(self, edit: Edit) -> bool:
        """Write first, remember second, announce last."""
        try:
            self.journal.apply(edit)
        except LogbookError as error:
            self.failed.emit(error)
            return False
        self._take(edit)
        return True

    def _take(self, edit: Edit) -> None:
        """Remember what was written, and announce it."""
        is_large = len(edit.replacements) > MANY
        for replacement in edit.replacements:
            self._remember(replacement.before, replacement.after, judges=not is_large)
        if is_large:
            self._look_at(self.person)  # one history of all of them is made faster than one with each of them
        if self.find(Person, self.person.id) is None and (people := self.all(Person)):
            self._look_at(people[0])  # whose records were shown is no more
        if any(isinstance(r.record, _WHAT_IS_KNOWN) for r in edit.replacements):
            self.judged.know(self.person, self.of_person(LifeEvent), self.of_person(AgreedLimit))
        self.judging.begin(self.judged)
        self.changed.emit(edit)

    def _remember(self, before: Record | None, after: Record | None, *, judges: bool) -> None:
        """Take one replacement into memory; a kind that nobody asked for yet is read when somebody does."""
        if before is not None:
            self._records.get(type(before), {}).pop(before.id, None)
            self._let_go(before, judges=judges)
        if after is not None:
            if type(after) in self._records:
                self._records[type(after)][after.id] = after
            self._take_in(after, judges=judges)

    def _let_go(self, record: Record, *, judges: bool) -> None:
        if judges and isinstance(record, Session | SheddingRecord) and record.person_id == self.person.id:
            self.judged.remove(record)
        if isinstance(record, SheddingRecord) and record.session_id:
            self._shedding.pop(record.session_id, None)

    def _take_in(self, record: Record, *, judges: bool) -> None:
        if judges and isinstance(record, Session | SheddingRecord) and record.person_id == self.person.id:
            self.judged.add(record)
        if isinstance(record, SheddingRecord) and record.session_id:
            self._shedding[record.session_id] = record
        elif isinstance(record, Person) and record.id == self.person.id:
            self.person = record
        elif isinstance(record, Person) and self.find(Person, self.person.id) is None:
            self._look_at(record)


class _Command(QUndoCommand):
    """An edit on the undo stack. It does nothing itself: the store writes, and moves the stack when that went well.

    A command that wrote would leave the stack wrong where the file refuses: pushing drops what could be redone, and
    a refused undo could only drop its step for good.
    """

    def __init__(self, edit: Edit) -> None:
        super().__init__(edit.text)
        self.edit = edit
