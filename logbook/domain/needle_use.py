"""How often needles were used: counted from the sessions, never kept, so that taking a session back counts back."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from logbook.domain.device import Cartridge, Device
from logbook.domain.session import RecordId, Session
from logbook.domain.vocabulary import DeviceKind


@dataclass(frozen=True, slots=True)
class NeedleUse:
    """The sessions that were done with the same needles, from the first to the last."""

    sessions: tuple[Session, ...] = ()

    @property
    def count(self) -> int:
        """The number of sessions."""
        return len(self.sessions)

    @property
    def last(self) -> Session | None:
        """The latest session."""
        return self.sessions[-1] if self.sessions else None

    @property
    def last_use_number(self) -> int | None:
        """The highest use that was written down."""
        return max((one.needle_use for one in self.sessions if one.needle_use is not None), default=None)

    @property
    def next_use(self) -> int:
        """Which use the next session is, from 1."""
        # The larger of the two: the first uses may not be in the logbook, and a session may carry no number.
        return max(self.count, self.last_use_number or 0) + 1


class NeedleUses:
    """Every session by the device and the cartridge it names."""

    def __init__(self, sessions: Iterable[Session] = ()) -> None:
        """Go through *sessions* once, of however many people: needles that were shared are worn all the same."""
        self._of: dict[RecordId, list[Session]] = {}
        for session in sessions:
            for needles in _named(session):
                self._of.setdefault(needles, []).append(session)
        for found in self._of.values():
            found.sort(key=_order)

    def of(self, needles: Device | Cartridge) -> NeedleUse:
        """Return the use of a device or a cartridge."""
        return NeedleUse(tuple(self._of.get(needles.id, ())))

    def add(self, session: Session) -> None:
        """Count *session*."""
        for needles in _named(session):
            insort(self._of.setdefault(needles, []), session, key=_order)

    def remove(self, session: Session) -> None:
        """Count *session* no more.

        Raises:
            KeyError: it was not counted.
        """
        for needles in _named(session):
            found = self._of[needles]
            place = bisect_left(found, session.order, key=_order)
            if place == len(found) or found[place].id != session.id:
                raise KeyError(session.id)
            del found[place]


@dataclass(frozen=True, slots=True)
class NeedleChoice:
    """Needles that a session may name: a device, with one of its cartridges where it has any."""

    device_id: RecordId
    cartridge_id: RecordId | None
    kind: DeviceKind
    words: str
    next_use: int | None  # None: nobody can tell, since the cartridge is not named
    is_offered: bool = True  # False: retired, or of somebody else; shown only where a session names it


def _named(session: Session) -> Iterable[RecordId]:
    return (needles for needles in (session.device_id, session.cartridge_id) if needles is not None)


def _order(session: Session) -> tuple[date, time, RecordId]:
    return session.order
