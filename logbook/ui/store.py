"""The logbook as the window sees it: records in memory, the one way to change them, and what changed."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from logbook.domain.edit import Edit, Record
from logbook.domain.errors import LogbookError
from logbook.domain.needle_use import NeedleUses
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person, person_of
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.findings import open_findings
from logbook.services.judged import JudgedHistory
from logbook.ui.judging import Judging

if TYPE_CHECKING:
    from logbook.services.journal import Journal

_R = TypeVar("_R", bound=Record)

MANY: Final = 2_000  # replacements: more of them take longer than a person notices
_JUDGED_BY: Final[tuple[type[Record], ...]] = (Session, SheddingRecord, LifeEvent, AgreedLimit)
_WHAT_IS_KNOWN: Final = (Person, LifeEvent, AgreedLimit)  # of a person: every verdict may rest on it


class Store(QObject):
    """One open logbook, and of its people the one that is shown: nothing of the others is in memory but who they are.

    Signals:
        about_to_do: an edit is going to be written.
        changed: an edit was written and is in memory.
        person_changed: another person is shown, perhaps because an edit concerned them.
        failed: an edit was refused, with the reason; nothing changed.
    """

    about_to_do = Signal(Edit)
    changed = Signal(Edit)
    person_changed = Signal()
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
        self._people = {person.id: person for person in journal.all(Person)}
        latest = journal.latest_person()
        self._look_at(self._people[latest] if latest else next(iter(self._people.values()), Person("")))

    def people(self) -> list[Person]:
        """Return everybody in the file, in the order in which they came."""
        return sorted(self._people.values(), key=lambda person: person.id)

    def show_person(self, person: Person) -> None:
        """Show the records of *person* from now on.

        Raises:
            StorageError: they cannot be read; who was shown still is.
        """
        if person.id != self.person.id:
            self._look_at(person)
            self.person_changed.emit()

    def _look_at(self, person: Person) -> None:
        """Take the records of *person* into memory, and let go of all others."""
        self._records: dict[type[Record], dict[RecordId, Record]] = {
            kind: self._read(kind, person.id) for kind in _JUDGED_BY
        }
        self.person = person
        self._shedding = {one.session_id: one for one in self.of_person(SheddingRecord) if one.session_id}
        self._judge_anew()

    def _judge_anew(self) -> None:
        self.judged = JudgedHistory(
            self.journal.rules,
            self.person,
            self.of_person(Session),
            self.of_person(SheddingRecord),
            events=self.of_person(LifeEvent),
            limits=self.of_person(AgreedLimit),
        )
        self.judging.begin(self.judged)

    def of_person(self, kind: type[_R]) -> list[_R]:
        """Return what the person that is shown sees of *kind*, in the order in which it came to be.

        That is theirs, the devices that are nobody's or that their sessions name, and the cartridges of all these.
        """
        if kind not in self._records:
            self._records[kind] = self._read(kind, self.person.id)
        return cast("list[_R]", sorted(self._records[kind].values(), key=lambda record: record.id))

    def _read(self, kind: type[Record], person_id: RecordId) -> dict[RecordId, Record]:
        return {record.id: record for record in self.journal.of_person(kind, person_id)}

    def find(self, kind: type[_R], record_id: RecordId) -> _R | None:
        """Return the record of that id that the person sees, or None."""
        if kind not in self._records:
            self.of_person(kind)
        return cast("_R | None", self._records[kind].get(record_id))

    def needle_uses(self) -> NeedleUses:
        """Return how often the needles that the person sees were used, by whomever."""
        return NeedleUses([*self.of_person(Session), *self.journal.shared_uses(self.person.id)])

    def count_open(self) -> int:
        """Return the number of findings that are neither acknowledged nor past."""
        found = open_findings(self.judged, self.of_person(Acknowledgement), self.today())
        return sum(found.counts.values())

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
        edit = self.next_step(is_back=True)
        if edit is None or not self._apply(edit):
            return False
        self.undo_stack.undo()
        return True

    def redo(self) -> bool:
        """Do again what was taken back last; return whether that was written. A refused one can be tried again."""
        edit = self.next_step(is_back=False)
        if edit is None or not self._apply(edit):
            return False
        self.undo_stack.redo()
        return True

    def next_step(self, *, is_back: bool) -> Edit | None:
        """Return the edit that `undo` writes where *is_back*, or `redo`; None where there is nothing to do."""
        place = self.undo_stack.index() - is_back
        if not 0 <= place < self.undo_stack.count():
            return None
        edit = self._edit_at(place)
        return edit.inverse() if is_back else edit

    def writing_step(self, edit: Edit) -> Callable[[], None]:
        """Return what writes *edit*, one of `next_step`, in another thread; as `writing`, with `take_step` after it."""
        return partial(self.journal.apply, edit)

    def take_step(self, edit: Edit, *, is_back: bool) -> None:
        """Remember *edit*, which what `writing_step` returned has written, and move the stack by that step."""
        self._take(edit)
        (self.undo_stack.undo if is_back else self.undo_stack.redo)()

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
        """Remember what was written, and announce it: who it concerns is shown then."""
        for one in edit.of(Person):
            self._remember_person(cast("Person | None", one.before), cast("Person | None", one.after))
        if (whose := self._whose(edit)) is not self.person:
            self.show_person(whose)
            return
        is_large = len(edit.replacements) > MANY
        for replacement in edit.replacements:
            self._remember(replacement.before, replacement.after, judges=not is_large)
        if is_large:
            self._judge_anew()  # one history of all of them is made faster than one with each of them
        if any(isinstance(r.record, _WHAT_IS_KNOWN) for r in edit.replacements):
            self.judged.know(self.person, self.of_person(LifeEvent), self.of_person(AgreedLimit))
        self.judging.begin(self.judged)
        self.changed.emit(edit)

    def _remember_person(self, before: Person | None, after: Person | None) -> None:
        if before is not None:
            self._people.pop(before.id, None)
        if after is not None:
            self._people[after.id] = after
            if after.id == self.person.id:
                self.person = after

    def _whose(self, edit: Edit) -> Person:
        """Return whom *edit* concerns: the person that is shown, unless it is of others alone, or they are no more."""
        sides = (side for one in edit.replacements for side in (one.before, one.after) if side is not None)
        named = dict.fromkeys(map(person_of, sides))
        concerned = [self._people[one] for one in named if one in self._people]
        if self.person.id in self._people and (self.person in concerned or not concerned):
            return self.person
        return concerned[0] if concerned else self.people()[0]

    def _remember(self, before: Record | None, after: Record | None, *, judges: bool) -> None:
        """Take one replacement into memory; a kind that nobody asked for yet is read when somebody does."""
        if before is not None:
            self._records.get(type(before), {}).pop(before.id, None)
            self._let_go(before, judges=judges)
        if after is not None and person_of(after) in (None, self.person.id):
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


class _Command(QUndoCommand):
    """An edit on the undo stack. It does nothing itself: the store writes, and moves the stack when that went well.

    A command that wrote would leave the stack wrong where the file refuses: pushing drops what could be redone, and
    a refused undo could only drop its step for good.
    """

    def __init__(self, edit: Edit) -> None:
        super().__init__(edit.text)
        self.edit = edit
