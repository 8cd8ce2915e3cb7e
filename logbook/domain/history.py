"""One person's sessions in the order of time, and the questions that are asked of them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final, Self

from logbook.domain.session import RecordId, Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Zone

_NOT_SCALP: Final = (Zone.EYEBROW, Zone.BEARD_EDGE, Zone.EYE_AREA)
_BITS: Final[dict[Zone | None, int]] = {
    zone: 1 << place for place, zone in enumerate(z for z in Zone if z is not Zone.WHOLE_SCALP)
}
_SCALP: Final = sum(bit for zone, bit in _BITS.items() if zone not in _NOT_SCALP)
_COVER: Final[dict[Zone | None, int]] = {**_BITS, Zone.WHOLE_SCALP: _SCALP, None: _SCALP}


def cover(zones: Iterable[Zone | None]) -> int:
    """Return the parts of the head that *zones* cover, as bits: two sessions overlap when they share one.

    The whole scalp covers every scalp zone; no zone at all, or an unrecorded one, counts as the whole scalp.
    """
    bits = 0
    for zone in zones:
        bits |= _COVER[zone]
    return bits or _SCALP


@dataclass(frozen=True, slots=True)
class Past:
    """A session with what is asked of it again and again."""

    order: tuple[date, time, RecordId]
    session: Session
    covers: int  # as `cover`
    is_depth_known: bool  # in every zone
    deepest: int  # of the known depths, in hundredths of a millimetre; 0 where none is known
    uniform: Depth | None  # the depth of every zone, where all are known and alike

    @classmethod
    def of(cls, session: Session) -> Self:
        """Return *session* with its summary."""
        covers = cover(place.zone for place in session.zones)
        deepest = session.deepest
        is_known = not session.has_unknown_depth
        uniform = deepest if is_known and all(place.depth == deepest for place in session.zones) else None
        return cls(session.order, session, covers, is_known, deepest or 0, uniform)

    def is_deeper_than(self, depth: int) -> bool:
        """Tell whether some zone is known to be deeper than *depth*, in hundredths of a millimetre."""
        return self.deepest > depth

    def is_at_most(self, depth: int) -> bool:
        """Tell whether every zone's depth is known and none is deeper than *depth*, in hundredths of a millimetre."""
        return self.is_depth_known and self.deepest <= depth

    def places(self, covers: int) -> Sequence[ZonePass]:
        """Return what was done where *covers* is touched, as bits of `cover`; it must be touched somewhere."""
        return [place for place in self.session.zones if _COVER[place.zone] & covers] or [ZonePass(None)]

    def under(self, covers: int) -> tuple[Depth | None, bool]:
        """Return the deepest known depth where *covers* is touched, and whether some depth there is not recorded."""
        if self.uniform is not None:
            return self.uniform, False
        depths = [place.depth for place in self.places(covers)]
        known = [depth for depth in depths if depth is not None]
        return max(known, default=None), len(known) < len(depths)


class History:
    """One person's sessions, sorted by date, then time, then the order in which they were recorded."""

    def __init__(self, sessions: Iterable[Session] = ()) -> None:
        """Sort *sessions*."""
        self._past = sorted((Past.of(session) for session in sessions), key=_order)
        # What is searched, beside what is found; a day alone, as a tuple of one, sorts before all of that day.
        self._orders: list[tuple[Any, ...]] = [past.order for past in self._past]
        self._by_id = {past.session.id: past for past in self._past}
        self._runs: dict[tuple[int, int], _Runs] = {}

    def __len__(self) -> int:
        """Return the number of sessions."""
        return len(self._past)

    def __iter__(self) -> Iterator[Session]:
        """Go through the sessions from the first to the last."""
        return (past.session for past in self._past)

    @property
    def first(self) -> Session | None:
        """The earliest session."""
        return self._past[0].session if self._past else None

    @property
    def last(self) -> Session | None:
        """The latest session."""
        return self._past[-1].session if self._past else None

    def last_with(self, device: DeviceKind) -> Session | None:
        """Return the latest session done with *device*, or None."""
        return next((past.session for past in reversed(self._past) if past.session.device is device), None)

    def add(self, session: Session) -> None:
        """Put *session* in its place."""
        place = bisect_left(self._orders, session.order)
        self._by_id[session.id] = Past.of(session)
        self._past.insert(place, self._by_id[session.id])
        self._orders.insert(place, session.order)
        self._runs.clear()

    def remove(self, session: Session) -> None:
        """Take *session* out.

        Raises:
            KeyError: it is not there.
        """
        place = bisect_left(self._orders, session.order)
        if place == len(self._past) or self._past[place].session.id != session.id:
            raise KeyError(session.id)
        del self._past[place], self._orders[place]
        del self._by_id[session.id]
        self._runs.clear()

    def past_of(self, session: Session) -> Past:
        """Return *session* with its summary, which is at hand where the history holds this very session."""
        known = self._by_id.get(session.id)
        return known if known and known.session is session else Past.of(session)

    def before(self, session: Session, days: int) -> Sequence[Past]:
        """Return the sessions earlier than *session*, of its day and the *days* before, oldest first.

        *session* itself, under the same id but perhaps on another day, is left out.
        """
        end = bisect_left(self._orders, session.order)
        start = bisect_left(self._orders, (session.date - timedelta(days=days),), hi=end)
        return [past for past in self._past[start:end] if past.session.id != session.id]

    def within(self, first: date, last: date, *, but: RecordId) -> Sequence[Past]:
        """Return the sessions from *first* to *last*, both included, without the one of id *but*."""
        start = bisect_left(self._orders, (first,))
        end = bisect_left(self._orders, (last + timedelta(days=1),), lo=start)
        return [past for past in self._past[start:end] if past.session.id != but]

    def until(self, session: Session) -> "History":
        """Return the history up to and including *session*, as it stood then."""
        end = bisect_left(self._orders, session.order)
        then = History()
        then._past = [past for past in self._past[:end] if past.session.id != session.id]
        then._past.append(Past.of(session))
        then._orders = [past.order for past in then._past]
        then._by_id = {past.session.id: past for past in then._past}
        return then

    def interval_days(self, session: Session) -> int | None:
        """Return the calendar days since the last earlier session that overlaps *session*, or None."""
        covers = cover(place.zone for place in session.zones)
        end = bisect_left(self._orders, session.order)
        for place in range(end - 1, -1, -1):
            past = self._past[place]
            if past.covers & covers and past.session.id != session.id:
                return (session.date - past.session.date).days
        return None

    def run_start(self, session: Session, deeper_than: int, longest_gap: int) -> date:
        """Return the day on which the unbroken run of sessions that *session* continues began.

        A run is made of the sessions deeper than *deeper_than* hundredths of a millimetre, or of unknown depth, no two
        neighbours of which lie more than *longest_gap* days apart. Other sessions neither break nor bridge it.
        """
        known = self._by_id.get(session.id)
        if known and known.session.date != session.date:
            # It is being moved to another day: where it stood, it must not carry the run.
            runs = _Runs(self._past, deeper_than, longest_gap, but=session.id)
        else:
            key = (deeper_than, longest_gap)
            if key not in self._runs:
                self._runs[key] = _Runs(self._past, deeper_than, longest_gap)
            runs = self._runs[key]
        return runs.start(session.date)


class _Runs:
    """The days with sessions deeper than a depth, or of unknown depth, and for each the day its unbroken run began."""

    def __init__(self, past: Iterable[Past], deeper_than: int, longest_gap: int, but: RecordId | None = None) -> None:
        self._longest_gap = longest_gap
        self._days: list[date] = []
        self._starts: list[date] = []
        for one in past:
            day = one.session.date
            if one.is_at_most(deeper_than) or one.session.id == but:
                continue
            if not self._days or self._days[-1] != day:
                self._starts.append(self.start(day))
                self._days.append(day)

    def start(self, day: date) -> date:
        """Return the day on which the run that *day* continues began; *day* itself where it continues none."""
        place = bisect_left(self._days, day)
        if place and (day - self._days[place - 1]).days <= self._longest_gap:
            return self._starts[place - 1]
        return day


def _order(past: Past) -> tuple[date, time, RecordId]:
    return past.order
