"""Family M: products on the scalp around a session. Negative hours lie before it."""

from collections.abc import Iterable
from dataclasses import dataclass

from logbook.domain.session import Topical
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Product, Severity
from logbook.guidance.predicates.registry import predicate
from logbook.guidance.rule import CLEAN, Answer, BySetting, Case

_MINUTES = 60


def _worst(answers: Iterable[Answer]) -> Answer:
    """Return the most severe of *answers*; where all are silent, one that lacks every fact that any of them lacked."""
    answers = list(answers)
    worst = max(answers, key=lambda answer: answer.severity, default=CLEAN)
    return worst if worst.severity else Answer.unknown(*dict.fromkeys(f for answer in answers for f in answer.missing))


@dataclass(frozen=True, slots=True)
class LeaveOn:
    """How far from a session a product that stays on the scalp is kept."""

    products: tuple[Product, ...]
    hours_after: int
    hours_before: int
    shallow_at_most: Depth
    shallow: Severity
    deeper: BySetting
    on_lasting_redness: Severity
    not_washed_off: Severity


@predicate(
    LeaveOn,
    {
        "after": "product hours# wait#",
        "on_redness": "product hours# redness#",
        "before": "product hours# wait#",
    },
)
def leave_on_products(case: Case, limits: LeaveOn) -> Answer:
    """Judge each product by its hours from the session, the depth, the redness and whether it was washed off."""
    topicals = case.session.topicals
    if topicals is None:
        return Answer.unknown("topicals")
    return _worst(_leave_on(case, limits, topical) for topical in topicals if topical.product in limits.products)


def _leave_on(case: Case, limits: LeaveOn, topical: Topical) -> Answer:
    minutes = topical.minutes
    if minutes is None:
        return Answer.unknown("topicals")
    facts = {"product": topical.product, "hours": round(abs(minutes) / _MINUTES, 2)}
    if 0 <= minutes < limits.hours_after * _MINUTES:
        severity = limits.shallow if case.past.is_at_most(limits.shallow_at_most) else limits.deeper.of(case)
        return Answer(severity, "after", {**facts, "wait": limits.hours_after})
    if minutes >= 0:
        redness = case.session.reaction.redness_minutes
        if redness is None:
            return Answer.unknown("redness_hours")
        lasted = {**facts, "redness": redness / _MINUTES}
        return Answer(limits.on_lasting_redness, "on_redness", lasted) if redness > minutes else CLEAN
    if minutes <= -limits.hours_before * _MINUTES or case.session.washed_before:
        return CLEAN
    if case.session.washed_before is None:
        return Answer.unknown("washed_before")
    return Answer(limits.not_washed_off, "before", {**facts, "wait": limits.hours_before})


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of hours around a session in which products have a severity."""

    products: tuple[Product, ...]
    severity: Severity
    say: str
    over: int | None = None  # hours, exclusive; either this or the next
    since: int | None = None  # hours
    below: int | None = None  # hours, exclusive; either this or the next
    up_to: int | None = None  # hours

    def holds(self, minutes: int) -> bool:
        """Tell whether *minutes* from the session lie in the window."""
        return (
            (self.over is None or minutes > self.over * _MINUTES)
            and (self.since is None or minutes >= self.since * _MINUTES)
            and (self.below is None or minutes < self.below * _MINUTES)
            and (self.up_to is None or minutes <= self.up_to * _MINUTES)
        )


@dataclass(frozen=True, slots=True)
class Irritants:
    """Windows around a session for products that irritate needled skin."""

    windows: tuple[Window, ...]


@predicate(Irritants, lambda limits: {window.say: "product hours#" for window in limits.windows})
def irritants(case: Case, limits: Irritants) -> Answer:
    """Judge each irritating product by its hours from the session."""
    topicals = case.session.topicals
    if topicals is None:
        return Answer.unknown("topicals")
    return _worst(_irritant(window, topical) for topical in topicals for window in limits.windows)


def _irritant(window: Window, topical: Topical) -> Answer:
    if topical.product not in window.products:
        return CLEAN
    if topical.minutes is None:
        return Answer.unknown("topicals")
    if not window.holds(topical.minutes):
        return CLEAN
    facts = {"product": topical.product, "hours": round(abs(topical.minutes) / _MINUTES, 2)}
    return Answer(window.severity, window.say, facts)
