"""Family C: who is needled, and when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from logbook.domain import labels
from logbook.domain.session import DatedCondition
from logbook.domain.vocabulary import Condition, Severity
from logbook.guidance.predicates.registry import must_rise, predicate
from logbook.guidance.predicates.technique import Group, among, say_by_group
from logbook.guidance.rule import CLEAN, Answer, BySetting, Case, Line, Unit


class Undated(StrEnum):
    """What a condition without a date, or with one after the session, stands for."""

    ONGOING = "ongoing"
    UNKNOWN = "unknown"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class DaysBand:
    """A severity that holds for less than a number of days after a date."""

    below: int  # days, exclusive
    severity: BySetting


@dataclass(frozen=True, slots=True)
class DaysSince:
    """How long after the date of a condition to wait."""

    condition: Condition
    undated: Undated
    later: Undated  # the date lies after the session
    bands: tuple[DaysBand, ...]  # from the fewest days on

    def __post_init__(self) -> None:
        """Refuse bands out of order."""
        must_rise(*(band.below for band in self.bands))

    def lines(self) -> tuple[Line, ...]:
        """Return the first day of which nothing is said."""
        words = f"Days to wait after {labels.word(self.condition)}"
        return (Line("below", words, Unit.DAYS, self.bands[-1].below),)

    def moved(self, line: str, value: int) -> Self:
        """Return the bands with the last below *value* days; those that reached beyond it give way."""
        graver = [band for band in self.bands[:-1] if band.below < value]
        return replace(self, bands=(*graver, replace(self.bands[len(graver)], below=value)))


@predicate(DaysSince, {"ongoing": "condition days#", "since": "condition days# on clear"})
def days_since(case: Case, limits: DaysSince) -> Answer:
    """Judge the days from the date in the snapshot of conditions to the session."""
    if case.session.conditions is None:
        return Answer.unknown("conditions")
    answers = [_since(case, limits, d) for d in case.session.conditions if d.condition is limits.condition]
    worst = max(answers, key=lambda answer: answer.severity, default=CLEAN)
    return worst if worst.severity else next((answer for answer in answers if answer.missing), CLEAN)


def _since(case: Case, limits: DaysSince, dated: DatedCondition) -> Answer:
    wait = limits.bands[-1].below
    if dated.on is None or dated.on > case.session.date:
        match limits.undated if dated.on is None else limits.later:
            case Undated.ONGOING:
                facts = {"condition": limits.condition, "days": wait}
                return Answer(limits.bands[0].severity.of(case), "ongoing", facts)
            case Undated.UNKNOWN:
                return Answer.unknown("conditions")
            case _:
                return CLEAN
    days = (case.session.date - dated.on).days
    for band in limits.bands:
        if days < band.below:
            clear = dated.on + timedelta(days=wait)
            facts = {"condition": limits.condition, "days": days, "on": dated.on, "clear": clear}
            return Answer(band.severity.of(case), "since", facts)
    return CLEAN


@dataclass(frozen=True, slots=True)
class AgeBand:
    """A severity that holds until a birthday."""

    below: int  # years, exclusive
    severity: Severity
    say: str


@dataclass(frozen=True, slots=True)
class AgeAndConditions:
    """Ages and conditions that are judged together."""

    ages: tuple[AgeBand, ...]  # from the youngest on
    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        """Refuse bands out of order."""
        must_rise(*(band.below for band in self.ages))


def _say_age(limits: AgeAndConditions) -> dict[str, str]:
    return {**{band.say: "age#" for band in limits.ages}, **say_by_group(limits.groups)}


@predicate(AgeAndConditions, _say_age)
def age_and_conditions(case: Case, limits: AgeAndConditions) -> Answer:
    """Judge the age on the day of the session, and conditions."""
    by_words = among(case, limits.groups)
    by_age = _by_age(case, limits.ages)
    worst = max((by_age, by_words), key=lambda answer: answer.severity)
    return worst if worst.severity else Answer.unknown(*by_words.missing, *by_age.missing)


def _by_age(case: Case, bands: Iterable[AgeBand]) -> Answer:
    born = case.person.birth_date if case.person else None
    if born is None:
        return Answer.unknown("birth_date")
    age = years(born, case.session.date)
    return next((Answer(band.severity, band.say, {"age": age}) for band in bands if age < band.below), CLEAN)


def years(born: date, on: date) -> int:
    """Return the completed years of age; a birthday of 29 February falls on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
