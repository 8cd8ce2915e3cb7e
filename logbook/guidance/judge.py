"""Asks every rule about a session, and the rules about rest for the next dates."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from logbook.domain.history import History
from logbook.domain.session import Session, ZonePass
from logbook.domain.vocabulary import Setting, Severity, Zone
from logbook.guidance.rule import CLEAN, Case, Finding, Rules, Unjudged, Verdict

_REST_PREDICATES: Final = ("rest_since_overlapping", "dates_in_window")


def judge(rules: Rules, case: Case) -> Verdict:
    """Return every finding on *case*, the most severe first, and what could not be judged."""
    findings, unjudged = [], []
    for rule in rules.at_home if case.is_home else rules.supervised:
        answer = rule.predicate.function(case, rule.parameters)
        if answer is CLEAN:
            continue
        if answer.severity is not Severity.CLEAN:
            findings.append(Finding(rule, answer.severity, answer.variant, answer.facts))
        elif answer.missing:
            unjudged.append(Unjudged(rule, answer.missing))
    findings.sort(key=lambda finding: -finding.severity)
    return Verdict(tuple(findings), tuple(unjudged), case.session.setting is None)


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
) -> NextDates:
    """Return the next dates for the zone and depth of *place* after all of *history*, *start* at the earliest."""
    asked = rules.supervised if setting is Setting.SUPERVISED else rules.at_home
    resting = [rule for rule in asked if rule.predicate.name in _REST_PREDICATES]

    def first(worst_allowed: Severity) -> date:
        on = start
        while True:
            # At the end of its day, so that every session of that day is an earlier one.
            session = Session("~", "", on, time.max, setting=setting, zones=(place,))
            case = Case(session, history)
            answers = [rule.predicate.function(case, rule.parameters) for rule in resting]
            waiting = [a.eases_on for a in answers if a.severity > worst_allowed and a.eases_on is not None]
            if not waiting:
                return on
            on = max(waiting)

    return NextDates(first(Severity.INFO), first(Severity.CLEAN))


def next_dates_by_zone(rules: Rules, history: History, session: Session) -> dict[Zone, NextDates]:
    """Return the next dates of each zone of *session*, at its depth and setting, with *session* the last one done."""
    then = history.until(session)
    places = session.zones or (ZonePass(None),)
    return {
        place.zone or Zone.WHOLE_SCALP: next_dates(rules, then, place, session.setting, session.date)
        for place in places
    }
