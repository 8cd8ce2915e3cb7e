"""A session being written, with whatever about it cannot be kept yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from logbook.domain.errors import InvalidRecord, Problem
from logbook.domain.needle_use import NeedleChoice
from logbook.domain.person import Person
from logbook.domain.session import EARLIEST_DATE, RecordId, Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import depth_problem
from logbook.domain.vocabulary import DATED_CONDITIONS


@dataclass(frozen=True, slots=True)
class Draft:
    """A session and its shedding line as far as they can be read from the form.

    A field whose text cannot be read is ``None`` in *session* and has its problem, with the text, in *unreadable*.
    """

    session: Session
    shedding: SheddingRecord | None = None
    unreadable: tuple[Problem, ...] = ()

    @classmethod
    def blank(cls, person_id: RecordId, today: date) -> Self:
        """Return the draft of a session of which only the date is known."""
        return cls(Session(new_id(), person_id, today))

    @classmethod
    def next_of(cls, last: Session, today: date) -> Self:
        """Return a new draft prefilled from *last*: how one needles, never what was seen or felt.

        Skin signs, the state of the needles, endpoint, reaction, products and notes are facts of one day: they stay
        empty.
        """
        return cls(
            Session(
                new_id(),
                last.person_id,
                today,
                setting=last.setting,
                device=last.device,
                device_id=last.device_id,
                zones=last.zones,
                pressure=last.pressure,
                professional_advice=last.professional_advice,
                conditions=last.conditions,
            )
        )

    @classmethod
    def repeating(cls, last: Session, today: date) -> Self:
        """Return a draft that does *last* again: as `next_of`, with its needles one use on and its products."""
        prefilled = cls.next_of(last, today).session
        return cls(
            replace(
                prefilled,
                cartridge_id=last.cartridge_id,
                needle_use=None if last.needle_use is None else last.needle_use + 1,
                needle_shared=last.needle_shared,
                topicals=last.topicals,
                washed_before=last.washed_before,
            )
        )

    def with_needles(self, choices: Sequence[NeedleChoice]) -> Self:
        """Return a new draft with the needles of its device that are in hand, and which use of them it is.

        Of *choices*, those in hand come first. The cartridge that the draft names already stays while it is offered. A
        device that is no longer offered gives way to the only other one of its kind, or to none.
        """
        session = self.session
        if session.device_id is None:
            return self
        of_kind = [one for one in choices if one.is_offered and one.kind is session.device]
        offered = [one for one in choices if one.is_offered and one.device_id == session.device_id]
        if not offered and len({one.device_id for one in of_kind}) == 1:
            offered = of_kind
        if not offered:
            return replace(self, session=replace(session, device_id=None, cartridge_id=None, needle_use=None))
        named = [one for one in offered if one.cartridge_id and one.cartridge_id == session.cartridge_id]
        chosen = (named or offered)[0]
        is_same = (chosen.device_id, chosen.cartridge_id) == (session.device_id, session.cartridge_id)
        use = session.needle_use if is_same and chosen.next_use is None else chosen.next_use
        needles = replace(session, device_id=chosen.device_id, cartridge_id=chosen.cartridge_id, needle_use=use)
        return replace(self, session=needles)

    def with_person(self, person: Person) -> Self:
        """Return a new draft with what is known of *person* by its day, which the last session need not have known."""
        session = self.session
        if person.conditions is not None:
            session = replace(session, conditions=person.conditions)
        if session.professional_advice is None and person.advice_on and person.advice_on <= session.date:
            session = replace(session, professional_advice=True)
        return replace(self, session=session)

    def as_new(self) -> Self:
        """Return the same as a session of its own, under new ids."""
        session = replace(self.session, id=new_id(), given=None)
        shedding = replace(self.shedding, id=new_id(), session_id=session.id) if self.shedding else None
        return replace(self, session=session, shedding=shedding)

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Return everything that keeps the draft from being saved, in the order of the form."""
        shedding = self.shedding.problems(today) if self.shedding else ()
        lost = {problem.field for problem in self.unreadable}
        implausible = [p for p in session_problems(self.session, today) if p.field not in lost]
        in_line = [replace(p, field="shedding_value") for p in shedding if p.field != "date"]
        return (*self.unreadable, *implausible, *in_line)

    def finish(self, today: date) -> tuple[Session, SheddingRecord | None]:
        """Return the records that can be kept.

        Raises:
            InvalidRecord: something is unreadable or implausible.
        """
        if problems := self.problems(today):
            raise InvalidRecord(problems)
        return self.session, self.shedding


def session_problems(session: Session, today: date) -> tuple[Problem, ...]:
    """Return what is implausible about *session*: the one place where it is decided, for form and import alike."""
    found = {problem.field: problem for problem in reversed(list(_problems(session, today)))}
    return tuple(reversed(found.values()))


def _problems(session: Session, today: date) -> Iterable[Problem]:
    if session.date > today:
        yield Problem("date", f"{session.date.isoformat()} lies in the future.")
    elif session.date < EARLIEST_DATE:
        yield Problem("date", f"{session.date.isoformat()} is too long ago; the earliest is {EARLIEST_DATE.year}.")
    named = [place.zone for place in session.zones]
    if len(set(named)) < len(named) or (None in named and len(named) > 1):
        yield Problem("zones", "Each zone is named once.")
    for place in session.zones:
        if place.depth is not None and (wrong := depth_problem(place.depth)):
            yield Problem("depth_mm", str(wrong), suggestion=wrong.suggestion)
            break
    for field, value, least, most in (
        *(("passes", place.passes, 1, 1000) for place in session.zones),
        ("needle_use", session.needle_use, 1, 10_000),
        ("redness_hours", session.reaction.redness_minutes, 0, 366 * 24 * 60),
        ("pain", session.reaction.pain, 0, 10),
        ("utc_offset_minutes", session.utc_offset_minutes, -18 * 60, 18 * 60),
    ):
        if value is not None and not least <= value <= most:
            scale = 60 if field == "redness_hours" else 1
            yield Problem(field, f"{value / scale:g} is out of range; it goes from {least} to {most // scale}.")
    for dated in session.conditions or ():
        if dated.on and dated.condition not in DATED_CONDITIONS:
            yield Problem("conditions", "Only isotretinoin and a hair transplant carry a date.")
    conditions = [dated.condition for dated in session.conditions or ()]
    if len(set(conditions)) < len(conditions):
        yield Problem("conditions", "Each condition is named once.")
    topicals = session.topicals or ()
    if len(set(topicals)) < len(topicals):
        yield Problem("topicals", "The same product at the same hour is listed twice.")
