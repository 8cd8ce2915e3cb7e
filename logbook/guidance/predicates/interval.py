"""Family I: how long the skin has rested, and how often it is needled."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, Self

from logbook.domain import labels
from logbook.domain.history import Past
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Severity, Zone
from logbook.guidance.predicates.registry import must_rise, predicate
from logbook.guidance.rule import CLEAN, Answer, Case, Line, Unit

_FROM_THE_GRAVEST: Final = ("stop", "warning", "caution", "info")


@dataclass(frozen=True)
class RestBand:
    """The rest asked for after an earlier session of some depth: a severity holds below its number of days."""

    over: Depth  # exclusive; the next band's is the closed top
    stop: int = 0
    warning: int = 0
    caution: int = 0
    info: int = 0

    def severity(self, interval: int) -> Severity:
        """Return what an *interval* in days is."""
        if interval < self.stop:
            return Severity.STOP
        if interval < self.warning:
            return Severity.WARNING
        if interval < self.caution:
            return Severity.CAUTION
        return Severity.INFO if interval < self.info else Severity.CLEAN

    @cached_property
    def eases(self) -> tuple[int, ...]:
        """By severity, the interval in days from which neither it nor a higher one holds."""
        holds = (0, self.info, self.caution, self.warning, self.stop)
        return tuple(max(holds[severity:]) for severity in Severity)

    @cached_property
    def clear(self) -> int:
        """The interval in days from which nothing is said."""
        return self.eases[Severity.INFO]

    def clear_from(self, days: int) -> Self:
        """Return the band that says nothing from *days* on; where that is longer, its mildest severity goes on."""
        holds = {name: min(getattr(self, name), days) for name in _FROM_THE_GRAVEST}
        if days > self.clear:
            holds[next((n for n in reversed(_FROM_THE_GRAVEST) if holds[n]), "caution")] = days
        return replace(self, **holds)


@dataclass(frozen=True, slots=True)
class Lenience:
    """A shallow session soon after a somewhat deeper one: what would be *instead_of* becomes *severity*."""

    at_most: Depth  # this session
    over: Depth  # the earlier session, exclusive
    up_to: Depth  # the earlier session
    from_days: int
    instead_of: Severity
    severity: Severity


@dataclass(frozen=True, slots=True)
class ShallowOften:
    """Shallow sessions on too many dates."""

    at_most: Depth
    from_dates: int
    in_days: int
    severity: Severity


@dataclass(frozen=True)
class Rest:
    """The rest asked for since every earlier overlapping session."""

    window_days: int  # the oldest earlier session that is looked at
    bands: tuple[RestBand, ...]  # by the earlier session's depth in the overlapping zones, from the shallowest on
    unknown_as_over: Depth  # the deepest band that is thought of where an earlier depth is not recorded
    unknown_most: Severity
    lenience: Lenience | None = None
    often: ShallowOften | None = None

    def __post_init__(self) -> None:
        """Refuse bands out of order."""
        must_rise(*(band.over for band in self.bands))

    def lines(self) -> tuple[Line, ...]:
        """Return the days of rest after which nothing is said, by the depth of the earlier session."""
        tops = [*(band.over for band in self.bands[1:]), None]
        return tuple(
            Line(f"rest_over_{int(band.over)}", f"Days of rest after {_between(band.over, top)}", Unit.DAYS, band.clear)
            for band, top in zip(self.bands, tops, strict=True)
        )

    def moved(self, line: str, value: int) -> Self:
        """Return the bands, of which that of *line* says nothing from *value* days on."""
        over = int(line.removeprefix("rest_over_"))
        return replace(self, bands=tuple(b.clear_from(value) if b.over == over else b for b in self.bands))

    @cached_property
    def telling_days(self) -> int:
        """How far back an earlier session may still say something: no band asks for more rest than the longest."""
        return min(self.window_days, max(band.clear for band in self.bands) - 1)

    @cached_property
    def unknown_band(self) -> RestBand:
        """What is asked for after a depth that is not recorded: the longest of all bands it may be of."""
        possible = [band for band in self.bands if band.over <= self.unknown_as_over] or self.bands[:1]
        longest = {name: max(getattr(band, name) for band in possible) for name in _FROM_THE_GRAVEST}
        return RestBand(self.unknown_as_over, **longest)

    @cached_property
    def _overs(self) -> tuple[int, ...]:
        return tuple(band.over for band in self.bands)

    def band(self, depth: int) -> RestBand:
        """Return the band for an earlier depth, in hundredths of a millimetre."""
        return self.bands[max(0, bisect_left(self._overs, depth) - 1)]


@dataclass(slots=True)
class _Healing:
    """What the earlier sessions under this one ask for: the gravest of them, and how long until it is over."""

    severity: Severity = Severity.CLEAN
    past: Past | None = None  # the gravest; of equals, the one that takes longest
    depth: Depth | None = None  # None: not recorded
    clear_in: int = 0  # days until none of them says anything
    eases_in: int = 0  # days until none of them is as grave
    _past_clear_in: int = 0

    def add(self, severity: Severity, past: Past, depth: Depth | None, clear_in: int, eases_in: int) -> None:
        """Take one more into account."""
        if severity <= self.severity and clear_in <= self.clear_in and eases_in <= self.eases_in:
            return
        self.clear_in = max(self.clear_in, clear_in)
        if severity < self.severity:
            return
        if severity > self.severity or clear_in > self._past_clear_in:
            self.past, self.depth, self._past_clear_in = past, depth, clear_in
        self.eases_in = eases_in if severity > self.severity else max(self.eases_in, eases_in)
        self.severity = severity


def _rest_messages(limits: Rest) -> dict[str, str]:
    messages = {"rest": "zone days# earlier earlier_depth clear", "unknown_depth": "zone days# earlier clear"}
    return {**messages, "often": "dates# in_days# limit# depth clear"} if limits.often else messages


@predicate(Rest, _rest_messages)
def rest_since_overlapping(case: Case, limits: Rest) -> Answer:
    """Judge the days since each earlier overlapping session by the depth that one had under this one."""
    healing = _healing(case, limits)
    often = _shallow_often(case, limits.often) if limits.often else CLEAN
    if healing.past is None or healing.severity < often.severity:
        return often
    on, earlier = case.session.date, healing.past.session.date
    zone = _shared_zone(case, healing.past, healing.depth)
    facts: dict[str, Any] = {"zone": zone, "days": (on - earlier).days, "earlier": earlier}
    if healing.depth is not None:
        facts["earlier_depth"] = healing.depth
    clear = [on + timedelta(days=healing.clear_in)]
    if limits.often and (rested := _few_shallow_from(case, limits.often)):
        clear.append(rested)
    facts["clear"] = max(clear)
    say = "unknown_depth" if healing.depth is None else "rest"
    return Answer(healing.severity, say, facts, eases_on=on + timedelta(days=healing.eases_in))


def _healing(case: Case, limits: Rest) -> _Healing:
    on, covers, healing = case.session.date, case.past.covers, _Healing()
    # The latest first: it mostly asks for the longest rest, and what is behind it adds nothing.
    for past in reversed(case.before(limits.telling_days)):
        if not past.covers & covers:
            continue
        days = (on - past.session.date).days
        depth, is_unknown = past.under(covers)
        if depth is not None:
            band = limits.band(depth)
            severity = _lenient(case, limits.lenience, depth, days, band.severity(days))
            if severity is not Severity.CLEAN:
                healing.add(severity, past, depth, band.clear - days, band.eases[severity] - days)
        if is_unknown:
            band = limits.unknown_band
            severity = min(band.severity(days), limits.unknown_most)
            if severity is not Severity.CLEAN:
                # Capped: it stays what it is until it is gone.
                healing.add(severity, past, None, band.clear - days, band.clear - days)
    return healing


def _shared_zone(case: Case, past: Past, depth: Depth | None) -> Zone:
    """Return the narrower name of what both sessions touched, where *past* was of *depth*."""
    place = next(place for place in past.places(case.past.covers) if place.depth == depth)
    if place.zone not in (None, Zone.WHOLE_SCALP):
        return place.zone
    return next((here.zone for here in case.session.zones if here.zone), Zone.WHOLE_SCALP)


def _lenient(case: Case, lenience: Lenience | None, depth: Depth, days: int, severity: Severity) -> Severity:
    if (
        lenience
        and severity is lenience.instead_of
        and days >= lenience.from_days
        and lenience.over < depth <= lenience.up_to
        and case.past.is_at_most(lenience.at_most)
    ):
        return lenience.severity
    return severity


def _shallow_often(case: Case, limits: ShallowOften) -> Answer:
    if case.past.is_deeper_than(limits.at_most):
        return CLEAN
    on = case.session.date
    near = [past for past in case.days_ending_here(limits.in_days) if past.deepest <= limits.at_most]
    possible = {on, *(past.session.date for past in near)}
    if len(possible) < limits.from_dates:
        return CLEAN
    dates = {on, *(past.session.date for past in near if past.is_depth_known)}
    clear = _few_shallow_from(case, limits)
    if clear is None or len(dates) < limits.from_dates:
        return Answer.unknown("depth_mm")
    facts = {
        "dates": len(dates),
        "in_days": limits.in_days,
        "limit": limits.from_dates - 1,
        "depth": limits.at_most,
        "clear": clear,
    }
    return Answer(limits.severity, "often", facts, eases_on=clear)


def _few_shallow_from(case: Case, limits: ShallowOften) -> date | None:
    """Return the first date on which this session would no longer be one too many, or None where it never is."""
    if not case.past.is_at_most(limits.at_most):
        return None
    near = case.days_ending_here(limits.in_days)
    dates = {past.session.date for past in near if past.is_at_most(limits.at_most)}
    return _leaves(dates, limits.from_dates - 1, limits.in_days)


def _leaves(dates: Iterable[date], count: int, in_days: int) -> date | None:
    """Return the date on which fewer than *count* of *dates* are left in the *in_days* days before it."""
    newest = sorted(dates)[-count:]
    return newest[0] + timedelta(days=in_days) if len(newest) == count else None


@dataclass(frozen=True, slots=True)
class DatesBand:
    """How many dates a band of depths may have in a window."""

    over: Depth  # exclusive
    most: int
    severity: Severity
    up_to: Depth | None = None  # None: any depth beyond

    def holds(self, past: Past) -> bool:
        """Tell whether *past* is known to be of this band."""
        if self.up_to is None:
            return past.is_deeper_than(self.over)
        return past.is_deeper_than(self.over) and past.is_at_most(self.up_to)

    def may_hold(self, past: Past) -> bool:
        """Tell whether *past* is of this band, or could be if its depth were recorded."""
        if past.is_depth_known:
            return self.holds(past)
        return self.up_to is None or not past.is_deeper_than(self.up_to)


@dataclass(frozen=True, slots=True)
class DatesInWindow:
    """How many dates with sessions of a band there may be, this one included."""

    in_days: int
    bands: tuple[DatesBand, ...]

    def lines(self) -> tuple[Line, ...]:
        """Return the most dates in the window of which nothing is said, by depth."""
        return tuple(
            Line(
                f"most_over_{int(band.over)}",
                f"Most dates in {self.in_days} days, at {_between(band.over, band.up_to)}",
                Unit.DATES,
                band.most,
            )
            for band in self.bands
        )

    def moved(self, line: str, value: int) -> Self:
        """Return the bands, of which that of *line* allows *value* dates."""
        over = int(line.removeprefix("most_over_"))
        return replace(self, bands=tuple(replace(b, most=value) if b.over == over else b for b in self.bands))


def _between(over: Depth, up_to: Depth | None) -> str:
    words = [f"more than {labels.millimetres(over)}"] if over else []
    return ", ".join([*words, *([f"up to {labels.millimetres(up_to)}"] if up_to else [])])


@predicate(
    DatesInWindow,
    {
        "too_many": "dates# in_days# limit# depth clear",
        "too_many_between": "dates# in_days# limit# depth up_to clear",
    },
)
def dates_in_window(case: Case, limits: DatesInWindow) -> Answer:
    """Count dates, not sessions, whatever their zones, so that one sitting entered as several rows counts once."""
    is_unknown = False
    for band in limits.bands:
        if not band.may_hold(case.past):
            continue
        near = case.days_ending_here(limits.in_days)
        on = case.session.date
        others = {past.session.date for past in near if band.holds(past)}
        if band.holds(case.past) and len(others | {on}) > band.most:
            clear = _leaves(others, band.most, limits.in_days)
            facts = {
                "dates": len(others | {on}),
                "in_days": limits.in_days,
                "limit": band.most,
                "depth": band.over,
                "clear": clear,
            }
            if band.up_to is None:
                return Answer(band.severity, "too_many", facts, eases_on=clear)
            return Answer(band.severity, "too_many_between", facts | {"up_to": band.up_to}, eases_on=clear)
        is_unknown |= len({on, *(past.session.date for past in near if band.may_hold(past))}) > band.most
    return Answer.unknown("depth_mm") if is_unknown else CLEAN


@dataclass(frozen=True, slots=True)
class UnbrokenRun:
    """How long deep sessions may go on without a pause."""

    over: Depth  # exclusive; sessions of unknown depth belong to the run
    longest_gap_days: int
    from_days: int
    severity: Severity


@predicate(UnbrokenRun, {"long": "since days# gap# depth"})
def unbroken_run(case: Case, limits: UnbrokenRun) -> Answer:
    """Judge how long ago the run of deep sessions began that this one belongs to."""
    if case.past.is_at_most(limits.over):
        return CLEAN
    since = case.history.run_start(case.session, limits.over, limits.longest_gap_days)
    days = (case.session.date - since).days
    if days < limits.from_days:
        return CLEAN
    facts = {"since": since, "days": days, "gap": limits.longest_gap_days, "depth": limits.over}
    return Answer(limits.severity, "long", facts)
