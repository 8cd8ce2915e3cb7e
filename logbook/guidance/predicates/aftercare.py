"""Family R: what followed a session, and what it means for the next."""

from collections.abc import Iterable
from dataclasses import dataclass

from logbook.domain.session import Session
from logbook.domain.vocabulary import ReactionSign, Severity
from logbook.guidance.predicates.registry import must_rise, predicate
from logbook.guidance.rule import CLEAN, Answer, Case

_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class HoursBand:
    """A severity that begins above a number of hours."""

    over: int  # hours, exclusive
    severity: Severity


@dataclass(frozen=True, slots=True)
class OpenReaction:
    """How long redness, swelling or scabs may last, and needling before they are gone."""

    bands: tuple[HoursBand, ...]  # the session's own, from the fewest hours on
    window_days: int  # the oldest earlier session that is looked at
    still_open: Severity  # an earlier one lasted longer than the time since
    long_open: HoursBand  # and that time is long

    def __post_init__(self) -> None:
        """Refuse bands out of order."""
        must_rise(*(band.over for band in self.bands))


@predicate(OpenReaction, {"own": "hours# limit#", "open": "earlier days# hours#"})
def open_reaction(case: Case, limits: OpenReaction) -> Answer:
    """Judge the session's own redness and that of earlier overlapping sessions at the time of this one."""
    redness = case.session.reaction.redness_minutes
    answer = CLEAN if redness is not None else Answer.unknown("redness_hours")
    for band in limits.bands:
        if redness is not None and redness > band.over * 60:
            answer = Answer(band.severity, "own", {"hours": redness / 60, "limit": limits.bands[0].over})
    for past in case.before(limits.window_days):
        lasted = past.session.reaction.redness_minutes
        if lasted is None or not past.covers & case.past.covers:
            continue
        elapsed = _elapsed_minutes(past.session, case.session)
        if elapsed is None or lasted <= elapsed:
            continue
        severity = limits.long_open.severity if elapsed > limits.long_open.over * 60 else limits.still_open
        if severity > answer.severity:
            days = (case.session.date - past.session.date).days
            answer = Answer(severity, "open", {"earlier": past.session.date, "days": days, "hours": lasted / 60})
    return answer


def _elapsed_minutes(earlier: Session, later: Session) -> int | None:
    """Return the minutes between two sessions, or None where they share a date and not both have a time.

    Without both times a calendar day counts as 24 hours. Where both offsets are recorded too, travel and the change
    of the clocks are taken out.
    """
    days = (later.date - earlier.date).days
    if earlier.time is None or later.time is None:
        return days * _MINUTES_A_DAY if days else None
    minutes = days * _MINUTES_A_DAY + _of_day(later) - _of_day(earlier)
    if earlier.utc_offset_minutes is not None and later.utc_offset_minutes is not None:
        minutes -= later.utc_offset_minutes - earlier.utc_offset_minutes
    return minutes


def _of_day(session: Session) -> int:
    assert session.time is not None  # noqa: S101 - asked by the only caller
    return session.time.hour * 60 + session.time.minute


@dataclass(frozen=True, slots=True)
class AdverseSigns:
    """Signs that need a clinician, now or after an earlier overlapping session."""

    signs: tuple[ReactionSign, ...]
    window_days: int
    severity: Severity


@predicate(AdverseSigns, {"own": "what", "earlier": "what earlier"})
def adverse_signs(case: Case, limits: AdverseSigns) -> Answer:
    """Judge signs after this session, and after earlier ones that no professional has looked at since."""
    signs = case.session.reaction.signs
    if signs and (own := _matching(signs, limits)):
        return Answer(limits.severity, "own", {"what": own})
    if not case.session.professional_advice:
        for past in reversed(case.before(limits.window_days)):
            earlier = past.session.reaction.signs
            if earlier and past.covers & case.past.covers and (what := _matching(earlier, limits)):
                return Answer(limits.severity, "earlier", {"what": what, "earlier": past.session.date})
    return Answer.unknown("reaction_signs") if signs is None else CLEAN


def _matching(signs: Iterable[ReactionSign], limits: AdverseSigns) -> tuple[ReactionSign, ...]:
    return tuple(sorted(sign for sign in signs if sign in limits.signs))
