"""What a new session begins with: the last one, what is known of the person, and the needles in hand."""

from dataclasses import replace
from typing import Final

from logbook.domain.device import Cartridge, Device
from logbook.domain.draft import Draft
from logbook.domain.edit import Edit
from logbook.domain.needle_use import NeedleChoice, NeedleUses
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.services.devices import inventory, needle_choices
from logbook.ui.store import Store

_KINDS: Final = (Session, Device, Cartridge, Person)  # by which the needles in hand may become others


class NewDrafts:
    """The drafts by which a new session of a store may begin."""

    def __init__(self, store: Store) -> None:
        """Begin without counting: the uses of needles are counted when they are first asked for."""
        self._store = store
        self._uses: NeedleUses | None = None
        self._needles: tuple[NeedleChoice, ...] = ()

    @property
    def needles(self) -> tuple[NeedleChoice, ...]:
        """What a session may name, those in hand first."""
        if self._uses is None:
            self._uses = self._store.needle_uses()
            self._needles = self._in_hand(self._uses)
        return self._needles

    def take_in(self, edit: Edit) -> bool:
        """Count the uses that *edit*, done or taken back, left the needles; return whether they may be others now."""
        if self._uses is None:
            return False  # counted later, with what is there then
        for one in edit.of(Session):
            if isinstance(one.before, Session):
                self._uses.remove(one.before)
            if isinstance(one.after, Session):
                self._uses.add(one.after)
        if not any(isinstance(one.record, _KINDS) for one in edit.replacements):
            return False
        self._needles = self._in_hand(self._uses)
        return True

    def fresh(self) -> Draft:
        """Return a draft of today, prefilled from the last session."""
        last, today = self._store.judged.history.last, self._store.today()
        return self._known(Draft.next_of(last, today) if last else Draft.blank(self._store.person.id, today))

    def repeating(self) -> Draft | None:
        """Return a draft of today that does the last session again, or None where there is none."""
        last = self._store.judged.history.last
        return self._known(Draft.repeating(last, self._store.today())) if last else None

    def moved_to_today(self, draft: Draft) -> Draft:
        """Return *draft*, in which nothing was typed, as one of today."""
        return self._known(replace(draft, session=replace(draft.session, date=self._store.today())))

    def planned(self, session: Session) -> Draft:
        """Return a draft that says what *session*, which was planned, says already."""
        return self._known(Draft(session))

    def with_device(self, draft: Draft, begun: Draft) -> Draft | None:
        """Return *draft* prefilled from the last session of its device, or None.

        None where more than the device was chosen since the new session was *begun*, or nothing was done with it yet.
        """
        session, before = draft.session, begun.session
        if session.device is None or session.device is before.device:
            return None
        if session.needle_use not in (None, before.needle_use):
            return None  # it was typed
        # With another kind of device the form has let go of the needles, and proposes those that are chosen.
        let_go = {name: getattr(session, name) for name in ("device", "device_id", "cartridge_id", "needle_use")}
        last = self._store.judged.history.last_with(session.device)
        if last is None or draft != replace(begun, session=replace(before, **let_go)):
            return None
        prefilled = self._known(Draft.next_of(last, session.date)).session
        return replace(draft, session=replace(prefilled, id=session.id))

    def _known(self, draft: Draft) -> Draft:
        return draft.with_needles(self.needles).with_person(self._store.person)

    def _in_hand(self, uses: NeedleUses) -> tuple[NeedleChoice, ...]:
        found = inventory(self._store.of_person(Device), self._store.of_person(Cartridge), uses)
        return needle_choices(found, self._store.person.id)
