"""What a rule is, what it may look at, and what it answers."""

import json
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, Final

from logbook.domain import labels
from logbook.domain.history import History, Past
from logbook.domain.person import Person
from logbook.domain.session import DatedCondition, Session
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting, Severity


@dataclass(frozen=True, slots=True)
class Source:
    """What a rule rests on."""

    key: str
    title: str
    author: str
    kind: str
    grade: str  # A regulator or society, B paper, C named clinician or maker, D what people are told online
    reference: str
    says: str
    year: int | None = None

    @property
    def is_evidence(self) -> bool:
        """Whether it may be shown as evidence, not only as what people are told."""
        return self.grade != "D"


class Case:
    """All a predicate may look at: one session, the sessions before it and the person."""

    __slots__ = ("_before", "history", "is_home", "past", "person", "session")

    def __init__(self, session: Session, history: History, person: Person | None = None) -> None:
        """Look at *session* after the earlier ones of *history*; a session without a setting counts as at home."""
        self.session = session
        self.history = history
        self.person = person
        self.is_home = session.setting is not Setting.SUPERVISED
        self.past = history.past_of(session)
        self._before: dict[int, Sequence[Past]] = {}

    def before(self, days: int) -> Sequence[Past]:
        """Return the earlier sessions of the last *days* days, the last of them included."""
        if days not in self._before:
            self._before[days] = self.history.before(self.session, days)
        return self._before[days]

    def days_ending_here(self, days: int) -> Sequence[Past]:
        """Return the other sessions of the *days* calendar days of which the session's own is the last."""
        on = self.session.date
        return self.history.within(on - timedelta(days=days - 1), on, but=self.session.id)


@dataclass(frozen=True, slots=True)
class BySetting:
    """A severity that depends on where the session was done."""

    home: Severity
    supervised: Severity

    def of(self, case: Case) -> Severity:
        """Return the severity for the setting of *case*."""
        return self.home if case.is_home else self.supervised


@dataclass(frozen=True, slots=True)
class Answer:
    """What a predicate says: a severity with the facts it used, or which facts it lacked."""

    severity: Severity = Severity.CLEAN
    variant: str = ""  # which of the rule's messages
    facts: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()  # fields, by their CSV names; only where there is nothing else to say
    eases_on: date | None = None  # the first day on which the answer would be milder, for rules about rest

    @staticmethod
    @lru_cache
    def unknown(*missing: str) -> "Answer":
        """Return the answer that lacks the fields *missing*."""
        return Answer(missing=missing)


CLEAN: Final = Answer()


@dataclass(frozen=True, slots=True)
class Predicate:
    """Code that a rule names: a pure function of a case and of the rule's numbers."""

    name: str
    function: Callable[[Case, Any], Answer]
    parameters: type[Any]
    variants: Callable[[Any], Mapping[str, frozenset[str]]]  # message → the facts it may use, given the numbers


@dataclass(frozen=True, slots=True)
class Message:
    """The sentences of one finding, with placeholders for facts."""

    found: str  # what, in the person's own numbers
    why: str
    clean: str  # what would make it clean


@dataclass(frozen=True, slots=True)
class Rule:
    """One published limit, with its numbers, its words, its examples and its sources."""

    id: str
    title: str
    predicate: Predicate
    parameters: Any
    setting: Setting | None  # None: for both
    messages: Mapping[str, Message]
    sources: tuple[Source, ...]  # best grade first
    examples: tuple[Mapping[str, Any], ...]

    @property
    def rests_on_hearsay(self) -> bool:
        """Whether no source of the rule is better than what people are told online."""
        return not any(source.is_evidence for source in self.sources)


class _Wording(string.Formatter):
    """Puts facts into words; a format of ``{n:day}`` counts days, ``{zone:capital}`` begins a sentence."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec and format_spec != "capital":
            return labels.count(value, format_spec)
        words = _in_words(value)
        return labels.capital(words) if format_spec else words


def _in_words(value: Any) -> str:
    if value is None:
        return "zone not recorded"
    if isinstance(value, Depth):
        return labels.millimetres(value)
    if isinstance(value, date):
        return labels.day(value)
    if isinstance(value, StrEnum):
        return labels.word(value)
    if isinstance(value, DatedCondition):
        return labels.condition(value)
    if isinstance(value, tuple):
        return labels.series(_in_words(one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


_WORDING: Final = _Wording()


def plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return *facts* as JSON knows them: depths in millimetres under a name that says so, dates as YYYY-MM-DD."""
    return {f"{name}_mm" if isinstance(value, Depth) else name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Depth):
        return value.millimetres
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, DatedCondition):
        return value.condition.value + (f"@{value.on.isoformat()}" if value.on else "")
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.value if isinstance(value, StrEnum) else value


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer on one case."""

    rule: Rule
    severity: Severity
    variant: str
    facts: Mapping[str, Any]

    @property
    def found(self) -> str:
        """What was found, in the person's own numbers."""
        return self._say(self.rule.messages[self.variant].found)

    @property
    def why(self) -> str:
        """Why it may matter."""
        return self._say(self.rule.messages[self.variant].why)

    @property
    def clean(self) -> str:
        """What would make it clean."""
        return self._say(self.rule.messages[self.variant].clean)

    @property
    def message(self) -> str:
        """The whole finished message."""
        hearsay = "This rests on what people are told online alone." if self.rule.rests_on_hearsay else ""
        return " ".join(part for part in (self.found, self.why, self.clean, hearsay) if part)

    @property
    def fingerprint(self) -> str:
        """The facts as one line of JSON: equal facts, equal line."""
        return json.dumps(plain_facts(self.facts), sort_keys=True, ensure_ascii=False)

    def _say(self, template: str) -> str:
        return _WORDING.format(template, **self.facts)


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that lacked facts and had nothing to say from those it had."""

    rule: Rule
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything the guidance says of one session, the most severe first."""

    findings: tuple[Finding, ...]
    unjudged: tuple[Unjudged, ...]
    is_setting_assumed: bool  # not recorded, judged as at home

    @property
    def severity(self) -> Severity:
        """The highest severity found."""
        return self.findings[0].severity if self.findings else Severity.CLEAN

    @property
    def asks_for_a_reason(self) -> tuple[Finding, ...]:
        """The findings that a person is asked about before the session is saved."""
        return tuple(finding for finding in self.findings if finding.severity >= Severity.WARNING)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields whose absence kept some rule from judging, each once."""
        return tuple(dict.fromkeys(field for one in self.unjudged for field in one.missing))


@dataclass(frozen=True)
class Rules:
    """The whole guidance, of one version."""

    version: str
    rules: tuple[Rule, ...]
    sources: Mapping[str, Source]

    @cached_property
    def at_home(self) -> tuple[Rule, ...]:
        """The rules for a session at home."""
        return tuple(rule for rule in self.rules if rule.setting is not Setting.SUPERVISED)

    @cached_property
    def supervised(self) -> tuple[Rule, ...]:
        """The rules for a supervised session."""
        return tuple(rule for rule in self.rules if rule.setting is not Setting.HOME)

    def of(self, rule_id: str) -> Rule:
        """Return the rule of that id.

        Raises:
            KeyError: there is none.
        """
        return {rule.id: rule for rule in self.rules}[rule_id]
