"""When each zone that was ever needled may be needled again at its usual depth, and why not before."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from logbook.domain import labels
from logbook.domain.history import History
from logbook.domain.session import Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Setting, Severity, Zone
from logbook.guidance.judge import NextDates
from logbook.guidance.rule import Finding
from logbook.services.judged import JudgedHistory
from logbook.services.planning import Choice, Outlook

LAST: Final = 5  # sessions in a zone, by which its usual depth is told
_DEPTH: Final = "depth_mm"


@dataclass(frozen=True, slots=True)
class NextInZones:
    """When zones of which all the same is to be said may be needled again."""

    zones: tuple[Zone | None, ...]  # None: not recorded
    headline: str
    why: str  # in sentences
    usual: str  # how the depth was taken, in a sentence
    dates: NextDates | None = None  # as far as rest is concerned; None: not known
    warned: tuple[Finding, ...] = ()  # worse than a note, of such a session on the first date; the gravest first

    @property
    def where(self) -> str:
        """The zones, as they stand alone."""
        return labels.capital(labels.series(labels.word(zone) if zone else labels.NO_ZONE for zone in self.zones))

    @property
    def severity(self) -> Severity:
        """The gravest of what such a session would be warned of."""
        return self.warned[0].severity if self.warned else Severity.CLEAN


def next_in_zones(judged: JudgedHistory, today: date) -> tuple[NextInZones, ...]:
    """Return when each zone of *judged* may be needled again, the one that was needled last first.

    The usual depth is, of the last `LAST` sessions in the zone, the one of most of them; of equals the later one. The
    dates are those of the Planner for that depth, after all that was done.
    """
    outlook = Outlook(judged, (), today)
    alike: list[tuple[NextInZones, list[Zone | None]]] = []
    for zone, lately in _lately(judged.history).items():
        usual = _Usual.among(zone, lately)
        told = _not_told(usual) if usual.depth is None else _told(outlook, usual, usual.depth, today)
        zones = next((zones for known, zones in alike if known == told), None)
        if zones is None:
            alike.append((told, [zone]))
        else:
            zones.append(zone)
    return tuple(replace(told, zones=tuple(zones)) for told, zones in alike)


@dataclass(frozen=True, slots=True)
class _Done:
    """What was done in one zone in one session."""

    session: Session
    depth: Depth | None


@dataclass(frozen=True, slots=True)
class _Usual:
    """How a zone is usually needled."""

    zone: Zone | None
    last: _Done
    depth: Depth | None  # None: of no session that counts the depth is recorded
    setting: Setting | None
    device: DeviceKind | None
    times: int  # that it was done so
    of: int  # sessions

    @classmethod
    def among(cls, zone: Zone | None, lately: Sequence[_Done]) -> "_Usual":
        """Return what was done most of *lately*, the latest first."""
        done = [(one.depth, one.session.setting) for one in lately if one.depth is not None]
        ((depth, setting), times) = Counter(done).most_common(1)[0] if done else ((None, None), 0)
        alike = (one for one in lately if (one.depth, one.session.setting) == (depth, setting))
        device = next(alike, lately[0]).session.device
        return cls(zone, lately[0], depth, setting, device, times, len(lately))

    @property
    def choice(self) -> Choice:
        """The same as a session that somebody thinks of."""
        return Choice(self.setting, (ZonePass(self.zone, self.depth),), self.device)

    @property
    def counted(self) -> Zone:
        """The zone as the rules take it."""
        return self.zone or Zone.WHOLE_SCALP

    @property
    def words(self) -> str:
        """How it was taken."""
        setting = labels.word(self.setting) if self.setting else "judged as at home, as no setting is recorded"
        times = "all" if self.times == self.of else f"{self.times} of"
        share = "your only session" if self.of == 1 else f"{times} your last {self.of} sessions"
        counts = "" if self.zone else " It counts as the whole scalp, as no zone is recorded."
        return f"Usual depth: that of {share} here, {setting}.{counts}"


def _lately(history: History) -> dict[Zone | None, list[_Done]]:
    """Return the last sessions in each zone, the latest first; the zone that was needled last comes first."""
    found: dict[Zone | None, list[_Done]] = {}
    for session in reversed(list(history)):
        for place in session.zones or (ZonePass(None),):
            done = found.setdefault(place.zone, [])
            if len(done) < LAST:
                done.append(_Done(session, place.depth))
    return found


def _not_told(usual: _Usual) -> NextInZones:
    last = labels.day(usual.last.session.date)
    many = "your only session here" if usual.of == 1 else f"your last {usual.of} sessions here"
    why = f"The depth of {many} is not recorded; the last was on {last}. Record it to see a date."
    return NextInZones((), "No date: the depth is not recorded", why, "")


def _told(outlook: Outlook, usual: _Usual, at: Depth, today: date) -> NextInZones:
    choice, depth = usual.choice, labels.millimetres(at)
    dates = outlook.next_dates(choice)[usual.counted]
    warned = tuple(one for one in outlook.verdict(choice, dates.earliest).findings if one.severity > Severity.INFO)
    if lacking := " ".join(_lacking(outlook, choice, dates.earliest, today)):
        headline = f"No date at {depth}: an earlier depth is not recorded"
        return NextInZones((), headline, lacking, usual.words, None, warned)
    if dates.earliest <= today:
        headline, why = f"From today on at {depth}", _why_today(usual, today)
    else:
        headline = f"From {labels.near_day(dates.earliest, today)} at {depth}"
        why = " ".join(_why_not_before(outlook, usual, dates.earliest, today))
    if dates.clear > dates.earliest:
        why += f" From {labels.near_day(dates.clear, today)} on they say nothing at all."
    if warned and warned[0].severity is Severity.STOP:  # no date may stand before it
        headline, why = f"Stop: {warned[0].rule.title}", f"As far as rest goes: {labels.lower(headline)}. {why}"
    return NextInZones((), headline, why, usual.words, dates, warned)


def _why_today(usual: _Usual, today: date) -> str:
    last = usual.last
    depth = "at an unrecorded depth" if last.depth is None else labels.millimetres(last.depth)
    when = f"on {labels.near_day(last.session.date, today)}, {labels.ago(last.session.date, today)}"
    return f"Last needled {depth} {when}: the rules on rest say nothing worse than a note."


def _why_not_before(outlook: Outlook, usual: _Usual, earliest: date, today: date) -> Iterable[str]:
    """Yield what the rules on rest say on the day before *earliest*, in the person's own numbers."""
    eve = earliest - timedelta(days=1)
    for finding in outlook.rest(usual.choice, eve).findings:
        facts, rule = finding.facts, f"“{finding.rule.title}” ({finding.rule.id})"
        if finding.severity <= Severity.INFO or "clear" not in facts:
            continue
        if "earlier_depth" in facts:
            zone = facts["zone"] if facts["zone"] is not usual.counted else None
            done = labels.place(ZonePass(zone, facts["earlier_depth"]))
            when = f"{labels.near_day(facts['earlier'], today)}, {labels.ago(facts['earlier'], today)}"
            rest = labels.count((earliest - facts["earlier"]).days, "day")
            yield f"After {done} on {when}, {rule} asks for {rest} of rest."
        else:
            yield f"Up to {labels.near_day(eve, today)}, {rule} would say: {finding.found}"
        if finding.agreed:
            yield finding.agreed


def _lacking(outlook: Outlook, choice: Choice, earliest: date, today: date) -> Iterable[str]:
    """Yield why a date on which the rules on rest say little may still be too early: some depth is not recorded."""
    verdict = outlook.rest(choice, earliest)
    for finding in verdict.findings:
        if "earlier" in finding.facts and "earlier_depth" not in finding.facts:
            earlier: date = finding.facts["earlier"]
            done = f"Needled on {labels.near_day(earlier, today)}, {labels.ago(earlier, today)}"
            yield f"{done}, to a depth that is not recorded. {finding.clean}"
    for one in verdict.unjudged:
        if _DEPTH in one.missing:
            rule = f"“{one.rule.title}” ({one.rule.id})"
            yield f"{rule} cannot be judged: some of your last sessions have no depth."
