"""Asks every rule about a session or a shedding record, and the rules about rest for the next dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from logbook.domain.history import History
from logbook.domain.person import AgreedLimit
from logbook.domain.session import Session, ZonePass
from logbook.domain.vocabulary import Setting, Severity, Zone
from logbook.guidance.agreed import NOTHING_AGREED, AgreedLimits
from logbook.guidance.rule import (
    Agreement,
    Answer,
    Case,
    Finding,
    Rule,
    Rules,
    SheddingCase,
    Unjudged,
    Verdict,
)

_REST_PREDICATES: Final = ("rest_since_overlapping", "dates_in_window")


def judge(rules: Rules, case: Case | SheddingCase, agreed: AgreedLimits = NOTHING_AGREED) -> Verdict:
    """Return every finding on *case*, the most severe first, and what could not be judged.

    Where a limit of *agreed* changes what a rule says, the finding carries what was published beside it; one that it
    makes clean stays in the list.
    """
    findings, unjudged, silenced = [], [], set[str]()
    may_be_moved = agreed.rule_ids if isinstance(case, Case) else ()
    for rule in rules.asked(case):
        answer = published = rule.predicate.function(case, rule.parameters)
        if answer.silences:
            silenced.update(answer.silences)
        agreement = None
        if rule.id in may_be_moved and isinstance(case, Case):
            answer, agreement = _as_agreed(rule, case, published, agreed)
        if answer.severity is not Severity.CLEAN or agreement:
            told = answer if answer.severity else published  # what was made clean is told as it was published
            findings.append(Finding(rule, answer.severity, told.variant, told.facts, case.subject, agreement))
        if answer.missing:
            unjudged.append(Unjudged(rule, answer.missing))
    if silenced:
        findings = [finding for finding in findings if finding.rule.id not in silenced]
        unjudged = [one for one in unjudged if one.rule.id not in silenced]
    findings.sort(key=lambda finding: -finding.severity)
    is_setting_assumed = isinstance(case, Case) and case.session.setting is None
    return Verdict(tuple(findings), tuple(unjudged), is_setting_assumed)


def _as_agreed(rule: Rule, case: Case, published: Answer, agreed: AgreedLimits) -> tuple[Answer, Agreement | None]:
    """Return what *rule* says with the limits that count on the day of the session, and what they change."""
    on = case.session.date
    in_force, ended = agreed.in_force(rule, on), agreed.expired(rule, on)
    answer = rule.predicate.function(case, agreed.moved(rule, in_force))
    if published.missing and not answer.severity:
        return published, None  # what lacks a fact stays unjudged: no limit clears it
    if telling := _telling(rule, case, published, in_force, agreed):
        return answer, Agreement(telling, published.severity)
    if published.severity and (telling := _telling(rule, case, published, ended, agreed)):
        return published, Agreement(telling, published.severity, is_expired=True)
    return answer, None


def _telling(
    rule: Rule, case: Case, published: Answer, limits: tuple[AgreedLimit, ...], agreed: AgreedLimits
) -> tuple[AgreedLimit, ...]:
    """Return those of *limits* without which *rule* would say something else of *case* than with all of them."""

    def said(some: tuple[AgreedLimit, ...]) -> tuple[Severity, Mapping[str, Any]]:
        answer = rule.predicate.function(case, agreed.moved(rule, some))
        return answer.severity, answer.facts

    if not limits or (together := said(limits)) == (published.severity, published.facts):
        return ()
    return tuple(one for one in limits if said(tuple(it for it in limits if it is not one)) != together) or limits


@dataclass(frozen=True, slots=True)
class NextDates:
    """When a zone may be needled again as far as rest is concerned."""

    earliest: date  # the first date on which the rules about rest say nothing worse than info
    clear: date  # the first date on which they say nothing at all


def next_dates(
    rules: Rules,
    history: History,
    place: ZonePass,
    setting: Setting | None,
    start: date,
    agreed: AgreedLimits = NOTHING_AGREED,
) -> NextDates:
    """Return the next dates for the zone and depth of *place* after all of *history*, *start* at the earliest."""
    asked = rules.supervised if setting is Setting.SUPERVISED else rules.at_home
    resting = [rule for rule in asked if rule.predicate.name in _REST_PREDICATES]

    def first(worst_allowed: Severity) -> date:
        on = start
        while True:
            # At the end of its day, so that every session of that day is an earlier one.
            case = Case(Session("~", "", on, time.max, setting=setting, zones=(place,)), history)
            answers = [rule.predicate.function(case, agreed.moved(rule, agreed.in_force(rule, on))) for rule in resting]
            waiting = [a.eases_on for a in answers if a.severity > worst_allowed and a.eases_on is not None]
            if not waiting:
                return on
            # Where other limits begin or end to count before that, they may ease it earlier.
            on = min(max(waiting), agreed.next_change(on) or max(waiting))

    return NextDates(first(Severity.INFO), first(Severity.CLEAN))


def next_dates_by_zone(
    rules: Rules,
    history: History,
    places: Sequence[ZonePass],
    setting: Setting | None,
    start: date,
    agreed: AgreedLimits = NOTHING_AGREED,
) -> dict[Zone, NextDates]:
    """Return the next dates of each zone of *places*, of the whole scalp where there is none."""
    return {
        place.zone or Zone.WHOLE_SCALP: next_dates(rules, history, place, setting, start, agreed)
        for place in places or (ZonePass(None),)
    }


def next_dates_after(
    rules: Rules, history: History, session: Session, agreed: AgreedLimits = NOTHING_AGREED
) -> dict[Zone, NextDates]:
    """Return the next dates of each zone of *session*, at its depth and setting, with *session* the last one done."""
    then = history.until(session)
    return next_dates_by_zone(rules, then, session.zones, session.setting, session.date, agreed)
