"""What the guidance would say of days and routines that lie ahead, and what keeping them changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import count, takewhile
from typing import Final, Self

from logbook.domain import labels
from logbook.domain.draft import Draft
from logbook.domain.edit import Edit, Replacement
from logbook.domain.history import History, cover
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import RecordId, Session, ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Setting, Severity, Zone
from logbook.guidance.judge import NextDates, judge, next_dates_by_zone
from logbook.guidance.rule import Case, Finding, Rules, Verdict
from logbook.services.judged import JudgedHistory
from logbook.services.trash import laying_aside

HALF_A_YEAR: Final = 200  # days; after 182 of them a rule begins to speak of a run without a pause
DEPTHS: Final = (Depth(25), Depth(50), Depth(100), Depth(150), Depth(200))
INTERVALS: Final = (1, 3, 7, 14, 21, 28)  # days

_REST: Final = "interval"
_DEPTH: Final = "depth"
_LAST: Final = "~"  # sorts after every other beginning of an id: the last of its day


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody thinks of doing, whatever the day."""

    setting: Setting | None = None
    zones: tuple[ZonePass, ...] = ()
    device: DeviceKind | None = None

    @classmethod
    def of(cls, one: Session | PlannedSession | Routine) -> Self:
        """Return what *one* does; a routine leaves the device open."""
        return cls(one.setting, one.zones, None if isinstance(one, Routine) else one.device)

    @property
    def deepest(self) -> Depth | None:
        """The deepest depth that is chosen."""
        return max((place.depth for place in self.zones if place.depth is not None), default=None)

    @property
    def words(self) -> str:
        """The zones with their depths and the setting, as they stand inside a sentence."""
        where = labels.series(labels.place(place) or labels.NO_ZONE for place in self.zones)
        return " ".join(part for part in (where, labels.word(self.setting) if self.setting else "") if part)

    def at_depth(self, depth: Depth) -> Self:
        """Return the same with every zone needled to *depth*."""
        return replace(self, zones=tuple(replace(place, depth=depth) for place in self.zones or (ZonePass(None),)))

    def plan(self, person_id: RecordId, day: date) -> PlannedSession:
        """Return a plan of its own, under a new id, for *day*."""
        return PlannedSession(new_id(), person_id, day, self.setting, self.zones, self.device)

    def routine(self, person_id: RecordId, starts_on: date, every_days: int) -> Routine:
        """Return a routine of its own, under a new id."""
        return Routine(new_id(), person_id, starts_on, every_days, self.setting, self.zones)


@dataclass(frozen=True, slots=True)
class RoutineVerdict:
    """What the guidance says of a routine as a choice, before it is lived."""

    routine: Routine
    verdict: Verdict  # of every rule the gravest that half a year of it finds
    earliest_days: int  # the least days from session to session at which the rules on rest say nothing worse than info
    clear_days: int  # the least at which they say nothing
    eased: Verdict | None  # the verdict of the same every *earliest_days*, where that is longer


@dataclass(frozen=True, slots=True)
class DepthRow:
    """Steady routines of one depth, every so many days as the columns say."""

    depth: Depth
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan with what became of it, or what the guidance says of it."""

    plan: PlannedSession
    severity: Severity | None  # None: its day is past, or a session was logged
    is_logged: bool  # a session of that day touches one of its zones

    @property
    def words(self) -> str:
        """The verdict or what became of the plan, as it stands alone."""
        if self.severity is not None:
            return labels.title(self.severity)
        return "Logged" if self.is_logged else "Past"


class Outlook:
    """What lies ahead of one person: after all they lived, and after the plans they kept as if those were done."""

    def __init__(self, judged: JudgedHistory, plans: Iterable[PlannedSession], today: date) -> None:
        """Look ahead from *today*; a plan of an earlier day was not done, or is a session by now."""
        self._judged = judged
        self._today = today
        self._rest = _families(judged.rules, _REST)
        self._choice = _families(judged.rules, _REST, _DEPTH)
        self._next = self._begun().with_person(judged.person).session  # how it begins, whatever is chosen
        self._ahead = [_as_lived(plan) for plan in plans if plan.date >= today and not self._is_logged(plan)]
        self._history = History([*judged.history, *self._ahead]) if self._ahead else judged.history
        self._rows: dict[tuple[Choice, date], DepthRow] = {}

    @property
    def has_plans(self) -> bool:
        """Whether plans are counted as if they were done."""
        return bool(self._ahead)

    def next_plan(self, day: date) -> date | None:
        """Return the date of the first plan that is counted on *day* or after, or None."""
        return min((plan.date for plan in self._ahead if plan.date >= day), default=None)

    # A single day

    def verdict(self, choice: Choice, day: date) -> Verdict:
        """Return what would be said of *choice* on *day*; what nobody can know before then is left out."""
        return self._ask(self._judged.rules, self._session(choice, day), self._history)

    def rest(self, choice: Choice, day: date) -> Verdict:
        """Return what the rules on rest would say of *choice* on *day*, and which of them lack something."""
        case = Case(self._session(choice, day), self._history, self._judged.person)
        return judge(self._rest, case, self._judged.agreed)

    def days(self, choice: Choice, first: date, last: date) -> dict[date, Verdict]:
        """Return what the rules on rest would say of *choice* on each day from *first* to *last*, none before today."""
        start = max(first, self._today)
        days = (start + timedelta(days=after) for after in range((last - start).days + 1))
        return {day: self._ask(self._rest, self._session(choice, day), self._history) for day in days}

    def next_dates(self, choice: Choice) -> dict[Zone, NextDates]:
        """Return for each zone of *choice* when it may be needled to its depth, today at the earliest."""
        rules, agreed = self._judged.rules, self._judged.agreed
        return next_dates_by_zone(rules, self._history, choice.zones, choice.setting, self._today, agreed)

    def kept(self, plans: Iterable[PlannedSession]) -> tuple[KeptPlan, ...]:
        """Return *plans* with their verdicts: those ahead by date, then those past, the latest first."""
        found = [self._kept(plan) for plan in sorted(plans, key=lambda plan: (plan.date, plan.id))]
        ahead = [one for one in found if one.plan.date >= self._today]
        return (*ahead, *reversed(found[: len(found) - len(ahead)]))

    def to_log(self, plan: PlannedSession) -> Session:
        """Return the session that *plan* becomes, on its day or today, prefilled from the last session."""
        fresh = self._begun().session
        if plan.device not in (None, fresh.device):
            fresh = replace(fresh, device=plan.device, device_id=None, pressure=None)
        return replace(
            fresh,
            date=min(plan.date, self._today),
            setting=plan.setting or fresh.setting,
            zones=plan.zones or fresh.zones,
        )

    # A routine

    def routine(self, routine: Routine) -> RoutineVerdict:
        """Return what would be said of *routine*, whatever was done so far.

        Limits agreed with a clinician count on its days; for how many days would do, on the day it starts.
        """
        verdict = self._live(self._judged.rules, routine)
        earliest = self._least_days(routine, Severity.INFO)
        longer = replace(routine, every_days=earliest)
        eased = self._live(self._judged.rules, longer) if earliest > routine.every_days else None
        return RoutineVerdict(routine, verdict, earliest, self._least_days(routine, Severity.CLEAN), eased)

    def depth_by_days(self, choice: Choice, starts_on: date) -> tuple[DepthRow, ...]:
        """Return what depth and rest of *choice* would be, lived for half a year to each depth every so many days.

        The rows are `DEPTHS` and the depth that is chosen, the columns `INTERVALS`.
        """
        own = choice.deepest
        depths = sorted({*DEPTHS, *([] if own is None else [own])})
        return tuple(self._row(choice.at_depth(depth), depth, starts_on) for depth in depths)

    def _row(self, choice: Choice, depth: Depth, starts_on: date) -> DepthRow:
        known = self._rows.get((choice, starts_on))
        if known is None:
            routines = (choice.routine("", starts_on, days) for days in INTERVALS)
            known = DepthRow(depth, tuple(self._live(self._choice, routine) for routine in routines))
            self._rows[choice, starts_on] = known
        return known

    def _live(self, rules: Rules, routine: Routine) -> Verdict:
        """Return the gravest finding of each rule that living *routine* would give."""
        choice = Choice.of(routine)
        history = History(self._session(choice, day) for day in _days_of(routine))
        worst: dict[str, Finding] = {}
        for session in history:
            for finding in self._ask(rules, session, history).findings:
                known = worst.get(finding.rule.id)
                if known is None or finding.severity > known.severity:
                    worst[finding.rule.id] = finding
        findings = sorted(worst.values(), key=lambda finding: -finding.severity)
        return Verdict(tuple(findings), (), is_setting_assumed=routine.setting is None)

    def _least_days(self, routine: Routine, worst: Severity) -> int:
        """Return the least days from session to session at which the rules on rest say nothing beyond *worst*."""
        return next(days for days in count(1) if self._rest_severity(routine, days) <= worst)

    def _rest_severity(self, routine: Routine, every_days: int) -> Severity:
        """Return the worst that a longer rest would ease, on the day *routine* starts, after the same long before."""
        choice, memory = Choice.of(routine), self._judged.rules.memory_days
        days = (routine.starts_on - timedelta(days=back) for back in range(0, memory + 1, every_days))
        session, *earlier = (self._session(choice, day) for day in days)
        case, agreed = Case(session, History(earlier), self._judged.person), self._judged.agreed
        answers = [
            rule.predicate.function(case, agreed.moved(rule, agreed.in_force(rule, session.date)))
            for rule in self._rest.asked(case)
        ]
        return max((answer.severity for answer in answers if answer.eases_on), default=Severity.CLEAN)

    # A session that was not done

    def _session(self, choice: Choice, day: date) -> Session:
        """Return *choice* as the last session of *day*, with what is known of the person now."""
        return Session(
            f"{_LAST}{day.isoformat()}",
            self._judged.person.id,
            day,
            time.max,
            setting=choice.setting,
            device=choice.device,
            zones=choice.zones,
            professional_advice=self._next.professional_advice,
            conditions=self._next.conditions,
        )

    def _begun(self) -> Draft:
        last, today = self._judged.history.last, self._today
        return Draft.next_of(last, today) if last else Draft.blank(self._judged.person.id, today)

    def _ask(self, rules: Rules, session: Session, history: History) -> Verdict:
        verdict = judge(rules, Case(session, history, self._judged.person), self._judged.agreed)
        return replace(verdict, unjudged=())

    def _kept(self, plan: PlannedSession) -> KeptPlan:
        is_logged = self._is_logged(plan)
        is_open = plan.date >= self._today and not is_logged
        severity = self.verdict(Choice.of(plan), plan.date).severity if is_open else None
        return KeptPlan(plan, severity, is_logged)

    def _is_logged(self, plan: PlannedSession) -> bool:
        covers = cover(place.zone for place in plan.zones)
        return any(past.covers & covers for past in self._judged.history.within(plan.date, plan.date, but=""))


# What keeping them changes


def keeping(plan: PlannedSession) -> Edit:
    """Return the edit that keeps *plan*."""
    return Edit.adding(f"keep the {a_plan(plan)}", (plan,))


def deleting(plans: Sequence[PlannedSession]) -> Edit:
    """Return the edit that lays *plans*, one at least, into the trash."""
    what = f"the {a_plan(plans[0])}" if len(plans) == 1 else labels.count(len(plans), "plan")
    return laying_aside(Edit.removing(f"delete {what}", plans))


def setting_routine(routine: Routine, before: Routine | None) -> Edit:
    """Return the edit by which *routine* is followed from its start, instead of the one from *before*.

    What was lived until then stays compared with the one from before, which ends the day before the new one starts.
    """
    if before is None:
        return Edit.adding("set the routine", (routine,))
    if before.starts_on >= routine.starts_on:
        return Edit("change the routine", (Replacement(before, replace(routine, id=before.id)),))
    ended = replace(before, ends_on=routine.starts_on - timedelta(days=1))
    return Edit("change the routine", (Replacement(before, ended), Replacement(None, routine)))


def ending_routine(routine: Routine, today: date) -> Edit:
    """Return the edit after which *routine* holds no more; one not begun before *today* goes into the trash."""
    text = "end the routine"
    if routine.starts_on < today:
        return Edit(text, (Replacement(routine, replace(routine, ends_on=today - timedelta(days=1))),))
    words = f"routine from {labels.day(routine.starts_on)}"
    return laying_aside(Edit.removing(text, (routine,)), words)


def a_plan(plan: PlannedSession) -> str:
    """Return the words by which a menu names *plan*."""
    return f"plan for {labels.day(plan.date)}"


def _families(rules: Rules, *families: str) -> Rules:
    return replace(rules, rules=tuple(rule for rule in rules.rules if rule.family in families))


def _as_lived(plan: PlannedSession) -> Session:
    """Return *plan* as a session after everything else of its day, so that no day looks back on its own plans."""
    return replace(plan.as_session(), id=f"{_LAST}{_LAST}{plan.id}", time=time.max)


def _days_of(routine: Routine) -> list[date]:
    """Return the days of the first half year of *routine*, and the one after it, none after its end."""
    days = (
        routine.starts_on + timedelta(days=after)
        for after in range(0, HALF_A_YEAR + routine.every_days, routine.every_days)
    )
    return list(takewhile(lambda day: routine.ends_on is None or day <= routine.ends_on, days))
