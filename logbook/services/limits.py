"""The limits agreed with a clinician: what each does, whether it counts, and the edits that change them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from logbook.domain import labels
from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import Problem
from logbook.domain.person import AgreedLimit
from logbook.domain.session import EARLIEST_DATE
from logbook.domain.units import Depth, parse_depth, parse_whole, plain_depth
from logbook.guidance.agreed import AgreedLimits, line_of, refusal
from logbook.guidance.rule import Line, Rule, Rules, Unit
from logbook.services.trash import laying_aside

_NOUNS: Final = {Unit.DAYS: "day", Unit.DATES: "date", Unit.PASSES: "pass"}
_TYPED: Final = {
    Unit.DEPTH: "Write it in millimetres, such as 0.5.",
    Unit.DAYS: "Write a number of days.",
    Unit.DATES: "Write a number of dates.",
    Unit.PASSES: "Write a number of passes.",
    Unit.USES: "Write the number of the use.",
}


class State(StrEnum):
    """Whether a limit counts today."""

    COUNTS = "counts"
    LATER = "later"  # it was agreed for a day that is still to come
    REPLACED = "replaced"  # another on the same line was agreed later, and counts
    EXPIRED = "expired"
    NEVER = "never"  # the guidance of today has no such line, or does not let it be moved there


@dataclass(frozen=True, slots=True)
class ListedLimit:
    """One agreed limit beside what is published."""

    limit: AgreedLimit
    rule: Rule | None  # None: the guidance of today has none of that id
    line: Line | None  # None: nor such a line, or it cannot be moved
    state: State
    state_words: str  # with its day, or why it never counts

    @property
    def title(self) -> str:
        """The rule by its title and id."""
        return rule_words(self.rule) if self.rule else self.limit.rule

    @property
    def value_words(self) -> str:
        """What was agreed, with its unit."""
        return value_words(self.line, self.limit.value) if self.line else f"{self.limit.value:,}"

    @property
    def published_words(self) -> str:
        """What is published, with its unit."""
        return value_words(self.line, self.line.published) if self.line else labels.NOTHING

    @property
    def words(self) -> str:
        """Everything about it, in sentences."""
        agreed = labels.agreed_with(self.limit)
        if self.line is None:
            parts = [f"{self.title}: {self.value_words}, {agreed}."]
        else:
            moved = f"{self.title}, {_within(self.line.words)}: {self.value_words}, published: {self.published_words}."
            parts = [moved, effect_words(self.line, self.limit.value), f"{labels.capital(agreed)}."]
        return " ".join([*parts, self.state_words, self.limit.notes.strip()]).strip()


def list_limits(rules: Rules, limits: Iterable[AgreedLimit], today: date) -> tuple[ListedLimit, ...]:
    """Return *limits* of one person as they are *today*: what counts first, and the latest agreed first of each."""
    some = sorted(limits, key=lambda one: (one.agreed_on, one.id), reverse=True)
    agreed = AgreedLimits(rules, some)
    listed = [_listed(rules, agreed, limit, today) for limit in some]
    order = list(State)
    return tuple(sorted(listed, key=lambda one: order.index(one.state)))


def _listed(rules: Rules, agreed: AgreedLimits, limit: AgreedLimit, today: date) -> ListedLimit:
    rule = next((rule for rule in rules.rules if rule.id == limit.rule), None)
    state, words = _state(rules, agreed, limit, today)
    return ListedLimit(limit, rule, line_of(rules, limit), state, words)


def _state(rules: Rules, agreed: AgreedLimits, limit: AgreedLimit, today: date) -> tuple[State, str]:
    if problem := refusal(rules, limit):
        return State.NEVER, f"Never counts. {problem.message}"
    if limit.agreed_on > today:
        return State.LATER, f"Counts from {labels.day(limit.agreed_on)}."
    if limit.until and limit.until < today:
        return State.EXPIRED, f"Expired: the last day was {labels.day(limit.until)}."
    in_force = agreed.in_force(rules.of(limit.rule), today)
    if limit not in in_force:
        other = next(one for one in in_force if one.parameter == limit.parameter)
        return State.REPLACED, f"Replaced by what was {labels.agreed_with(other)}."
    return State.COUNTS, f"Counts now, until {labels.day(limit.until)}." if limit.until else "Counts now."


def limit_problems(rules: Rules, limit: AgreedLimit, today: date) -> tuple[Problem, ...]:
    """Return everything that keeps *limit* from being agreed to: one problem for each field at fault."""
    refused = refusal(rules, limit)
    problems = [refused] if refused else []
    if not limit.agreed_with.strip() and not any(problem.field == "agreed_with" for problem in problems):
        problems.append(Problem("agreed_with", "Name the clinician it was agreed with."))
    if limit.agreed_on > today:
        problems.append(Problem("agreed_on", f"{limit.agreed_on.isoformat()} lies in the future."))
    elif limit.agreed_on < EARLIEST_DATE:
        earliest = f"the earliest is {EARLIEST_DATE.year}"
        problems.append(Problem("agreed_on", f"{limit.agreed_on.isoformat()} is too long ago; {earliest}."))
    if limit.until and limit.until < limit.agreed_on:
        problems.append(Problem("until", f"This lies before the day it was agreed, {labels.day(limit.agreed_on)}."))
    return tuple(problems)


# Words


def rule_words(rule: Rule) -> str:
    """Return *rule* by its title and id."""
    return f"{rule.title} ({rule.id})"


def value_words(line: Line, value: int) -> str:
    """Return a *value* of *line* with its unit."""
    if line.unit is Unit.DEPTH:
        return labels.millimetres(Depth(value))
    return f"use {value:,}" if line.unit is Unit.USES else labels.count(value, _NOUNS[line.unit])


def effect_words(line: Line, value: int) -> str:
    """Return in a sentence what moving *line* to *value* does."""
    if value == line.published:
        return "This is the published line: nothing changes."
    is_looser = value < line.published if line.unit is Unit.DAYS else value > line.published
    if is_looser:
        return "This loosens the rule: it may be silent where the published one warns."
    return "This tightens the rule: it may warn where the published one is silent."


def movable_rules(rules: Rules) -> tuple[Rule, ...]:
    """Return the rules with a line that may be moved, those on depth first."""
    units = list(Unit)
    return tuple(sorted((rule for rule in rules.rules if rule.lines), key=lambda rule: units.index(rule.lines[0].unit)))


def immovable_words(rules: Rules) -> str:
    """Return which rules no agreement moves."""
    ids = labels.series(rule.id for rule in rules.rules if not rule.is_negotiable)
    return f"No agreement moves {ids}: they always say what is published."


def _within(words: str) -> str:
    return words[:1].lower() + words[1:]


# What is typed


def unit_words(line: Line) -> str:
    """Return in a sentence how a value of *line* is typed."""
    return _TYPED[line.unit]


def value_text(line: Line, value: int) -> str:
    """Return *value* as it would be typed."""
    return plain_depth(Depth(value)) if line.unit is Unit.DEPTH else str(value)


def read_value(line: Line, text: str) -> int:
    """Read *text* as a value of *line*, a depth in millimetres.

    Raises:
        Unreadable: it is not one.
    """
    return int(parse_depth(text)) if line.unit is Unit.DEPTH else parse_whole(text, "this line", -1_000_000)


# Edits


def agreeing(rules: Rules, limit: AgreedLimit) -> Edit:
    """Return the edit that adds *limit*."""
    return Edit.adding(f"agree {_words(rules, limit)}", (limit,))


def changing(rules: Rules, before: AgreedLimit, after: AgreedLimit) -> Edit:
    """Return the edit that keeps *after* in the place of *before*."""
    return Edit(f"change {_words(rules, after)}", (Replacement(before, after),))


def ending(rules: Rules, limit: AgreedLimit, on: date) -> Edit:
    """Return the edit by which *on* is the last day of *limit*."""
    return Edit(f"end {_words(rules, limit)}", (Replacement(limit, replace(limit, until=on)),))


def deleting(rules: Rules, limit: AgreedLimit) -> Edit:
    """Return the edit that lays *limit* into the trash, as if it had never been agreed."""
    return laying_aside(Edit.removing(f"delete {_words(rules, limit)}", (limit,)))


def _words(rules: Rules, limit: AgreedLimit) -> str:
    rule = next((rule for rule in rules.rules if rule.id == limit.rule), None)
    return f"a limit on {rule.title if rule else limit.rule}"
