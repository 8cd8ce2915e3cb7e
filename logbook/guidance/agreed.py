"""Limits agreed with a clinician: which of them count on a day, and the numbers of a rule as they move them."""

from collections.abc import Iterable, Set
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from logbook.domain.errors import Problem
from logbook.domain.person import AgreedLimit
from logbook.domain.units import DEEPEST, SHALLOWEST, Depth, depth_problem
from logbook.guidance.rule import Line, Rule, Rules, Unit

_LONGEST_WAIT: Final = 3650  # days
_MOST_COUNTED: Final = 100  # passes, or uses


class AgreedLimits:
    """One person's agreed limits, each tied to its rule.

    A limit counts for the sessions from the day it was agreed to its last day, both included. What is refused by
    `refusal` never counts.
    """

    def __init__(self, rules: Rules, limits: Iterable[AgreedLimit] = ()) -> None:
        """Take the *limits* of one person, for the *rules* of today."""
        self._by_rule: dict[str, list[AgreedLimit]] = {}
        self._moved: dict[tuple[AgreedLimit, ...], Any] = {}
        self.refused: tuple[AgreedLimit, ...] = ()  # what cannot count
        for limit in sorted(limits, key=lambda one: (one.agreed_on, one.id)):
            if refusal(rules, limit):
                self.refused += (limit,)
            else:
                self._by_rule.setdefault(limit.rule, []).append(limit)

    @property
    def rule_ids(self) -> Set[str]:
        """The rules of which any limit counts on any day."""
        return self._by_rule.keys()

    def in_force(self, rule: Rule, on: date) -> tuple[AgreedLimit, ...]:
        """Return the limits of *rule* that count *on* a day; of two on one line, the one agreed last."""
        by_line = {
            limit.parameter: limit
            for limit in self._by_rule.get(rule.id, ())
            if limit.agreed_on <= on and (limit.until is None or on <= limit.until)
        }
        return tuple(by_line.values())

    def expired(self, rule: Rule, on: date) -> tuple[AgreedLimit, ...]:
        """Return the limits of *rule* that ended before a day, where none on their line counts then."""
        counting = {limit.parameter for limit in self.in_force(rule, on)}
        by_line = {
            limit.parameter: limit
            for limit in self._by_rule.get(rule.id, ())
            if _has_ended(limit, on) and limit.parameter not in counting
        }
        return tuple(by_line.values())

    def moved(self, rule: Rule, limits: tuple[AgreedLimit, ...]) -> Any:
        """Return the numbers of *rule* with its lines where *limits* put them."""
        if not limits:
            return rule.parameters
        if limits not in self._moved:
            parameters = rule.parameters
            for limit in limits:
                parameters = parameters.moved(limit.parameter, limit.value)
            self._moved[limits] = parameters
        return self._moved[limits]

    def next_change(self, after: date) -> date | None:
        """Return the first day after *after* on which other limits count, or None."""
        every = [limit for limits in self._by_rule.values() for limit in limits]
        days = [limit.agreed_on for limit in every]
        # What lasts until the last day there is has no day after it.
        days += [limit.until + timedelta(days=1) for limit in every if limit.until and limit.until < date.max]
        return min((day for day in days if day > after), default=None)


NOTHING_AGREED: Final = AgreedLimits(Rules("", (), {}, "", Path()))


def line_of(rules: Rules, limit: AgreedLimit) -> Line | None:
    """Return the line that *limit* moves, or None where there is none that may be moved."""
    rule = _rule_of(rules, limit)
    return next((line for line in rule.lines if line.name == limit.parameter), None) if rule else None


def refusal(rules: Rules, limit: AgreedLimit) -> Problem | None:
    """Return why *limit* cannot count on any day, or None: its rule, its line, its value, or that nobody agreed."""
    rule, line = _rule_of(rules, limit), line_of(rules, limit)
    if rule is None:
        return Problem("rule", f"The guidance of today has no rule {limit.rule}.")
    if not rule.is_negotiable:
        return Problem("rule", f"{rule.title} ({rule.id}) is a rule that no agreement can move.")
    if line is None:
        return Problem("parameter", f"{rule.title} ({rule.id}) has no such line in the guidance of today.")
    if implausible := _implausible(rule, line, limit.value):
        return implausible
    return None if limit.agreed_with.strip() else Problem("agreed_with", "Name the clinician it was agreed with.")


def bounds(rule: Rule, line: Line) -> tuple[int, int]:
    """Return the least and the most that *line* of *rule* can be moved to, in its own unit."""
    match line.unit:
        case Unit.DEPTH:
            return SHALLOWEST, DEEPEST
        case Unit.DAYS:  # of rest: beyond the window nobody looks back
            return 0, getattr(rule.parameters, "window_days", _LONGEST_WAIT)
        case Unit.DATES:
            return 1, rule.parameters.in_days
        case _:
            return 1, _MOST_COUNTED


def _implausible(rule: Rule, line: Line, value: int) -> Problem | None:
    least, most = bounds(rule, line)
    if least <= value <= most:
        return None
    if line.unit is Unit.DEPTH and (wrong := depth_problem(Depth(value))):
        return Problem("value", str(wrong), str(Depth(value)), wrong.suggestion)
    return Problem("value", f"This is a number from {least} to {most:,}; {value:,} is not.", str(value))


def _rule_of(rules: Rules, limit: AgreedLimit) -> Rule | None:
    return next((rule for rule in rules.rules if rule.id == limit.rule), None)


def _has_ended(limit: AgreedLimit, on: date) -> bool:
    return limit.until is not None and limit.until < on
