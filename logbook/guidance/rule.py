"""What a rule is, what it may look at, and what it answers."""

import json
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, Protocol, Self

from logbook.domain import labels
from logbook.domain.history import History, Past
from logbook.domain.person import AgreedLimit, LifeEvent, Person
from logbook.domain.session import DatedCondition, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import SheddingHistory
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

    @property
    def subject(self) -> Session:
        """What is judged."""
        return self.session

    def before(self, days: int) -> Sequence[Past]:
        """Return the earlier sessions of the last *days* days, the last of them included."""
        if days not in self._before:
            self._before[days] = self.history.before(self.session, days)
        return self._before[days]

    def days_ending_here(self, days: int) -> Sequence[Past]:
        """Return the other sessions of the *days* calendar days of which the session's own is the last."""
        on = self.session.date
        return self.history.within(on - timedelta(days=days - 1), on, but=self.session.id)


class SheddingCase:
    """All a predicate about shedding may look at: one record, the other records, the sessions, events, the person."""

    __slots__ = ("events", "person", "record", "records", "sessions")

    def __init__(
        self,
        record: SheddingRecord,
        records: SheddingHistory,
        sessions: History,
        events: Sequence[LifeEvent] = (),
        person: Person | None = None,
    ) -> None:
        """Look at *record* among *records*, with the *sessions* and *events* of *person*."""
        self.record = record
        self.records = records
        self.sessions = sessions
        self.events = events
        self.person = person

    @property
    def subject(self) -> SheddingRecord:
        """What is judged."""
        return self.record


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
    silences: tuple[str, ...] = ()  # ids of rules of which nothing is said beside it

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
    function: Callable[[Any, Any], Answer]
    parameters: type[Any]
    variants: Callable[[Any], Mapping[str, frozenset[str]]]  # message → the facts it may use, given the numbers
    judges: type[Case] | type[SheddingCase] = Case


class Unit(StrEnum):
    """What the number of a line counts."""

    DEPTH = "depth"  # hundredths of a millimetre
    DAYS = "days"
    DATES = "dates"
    PASSES = "passes"
    USES = "uses"


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a rule that a clinician may move: on the clean side of it the rule says nothing."""

    name: str  # as `AgreedLimit.parameter`
    words: str
    unit: Unit
    published: int


class Movable(Protocol):
    """The numbers of a rule whose lines can be moved."""

    def lines(self) -> tuple[Line, ...]:
        """Return the lines."""

    def moved(self, line: str, value: int) -> Self:
        """Return the same numbers with *line* at *value*: nothing is said on its clean side.

        Raises:
            KeyError: there is no such line.
        """


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
    family: str  # the file it stands in
    is_negotiable: bool  # whether a clinician may move its lines

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that a clinician may move."""
        if not self.is_negotiable:
            return ()
        movable: Movable = self.parameters
        return movable.lines()

    @property
    def rests_on_hearsay(self) -> bool:
        """Whether no source of the rule is better than what people are told online."""
        return not any(source.is_evidence for source in self.sources)


class _Wording(string.Formatter):
    """Puts facts into words.

    ``{n:day}`` counts days, ``{n:before}`` says how many before, and ``{zone:capital}`` begins a sentence.
    """

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "before":
            return f"{labels.count(value, 'day')} before" if value else "the same day"
        if format_spec and format_spec != "capital":
            return labels.count(value, format_spec)
        words = _in_words(value)
        return labels.capital(words) if format_spec else words


def _in_words(value: Any) -> str:
    if value is None:
        return labels.NO_ZONE
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
class Agreement:
    """What limits agreed with a clinician changed, or did not change any more."""

    limits: tuple[AgreedLimit, ...]
    published: Severity  # what the rule says as published
    is_expired: bool = False  # they ended before the day that is judged, and no longer count

    def words(self, agreed: Severity) -> str:
        """Return the published and the *agreed* severity side by side."""
        with_whom = labels.series(dict.fromkeys(labels.agreed_with(limit) for limit in self.limits))
        if self.is_expired:
            return f"What was {with_whom} has expired and no longer counts."
        return f"Published: {labels.word(self.published)}; {with_whom}: {labels.word(agreed)}."


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer on one case."""

    rule: Rule
    severity: Severity  # clean only where an agreement made it so
    variant: str
    facts: Mapping[str, Any]
    subject: Session | SheddingRecord = field(compare=False)  # what was judged
    agreement: Agreement | None = None

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
    def hearsay(self) -> str:
        """That no source is better than what people are told online, or nothing."""
        return "This rests on what people are told online alone." if self.rule.rests_on_hearsay else ""

    @property
    def agreed(self) -> str:
        """What an agreement changed, or nothing."""
        return self.agreement.words(self.severity) if self.agreement else ""

    @property
    def message(self) -> str:
        """The whole finished message."""
        return " ".join(part for part in (self.found, self.why, self.clean, self.hearsay, self.agreed) if part)

    @property
    def fingerprint(self) -> str:
        """What the finding rests on, as one line of JSON: equal facts, equal line.

        The date and what was done where belong to it even where the message does not speak of them.
        """
        facts = {name: _unordered(value) for name, value in plain_facts(self.facts).items()}
        return json.dumps(_about(self.subject) | facts, sort_keys=True, ensure_ascii=False)

    def _say(self, template: str) -> str:
        return _WORDING.format(template, **self.facts)


def _unordered(value: Any) -> Any:
    """Return a list in an order of its own: zones that change places are the same zones."""
    return sorted(value, key=str) if isinstance(value, list) else value


def _about(subject: Session | SheddingRecord) -> dict[str, Any]:
    if isinstance(subject, SheddingRecord):
        return {"on": subject.date.isoformat(), "method": subject.method.value, "value": subject.value}
    places = sorted((place.zone or "", -1 if place.depth is None else place.depth) for place in subject.zones)
    setting = subject.setting or Setting.HOME  # as it is judged
    return {"on": subject.date.isoformat(), "setting": setting.value, "places": places}


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that lacked facts and had nothing to say from those it had."""

    rule: Rule
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything the guidance says of one session or shedding record, the most severe first."""

    findings: tuple[Finding, ...]  # also what an agreed limit made clean
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
    edition: str  # the version with a mark of the content: any change to the files makes it another
    folder: Path = field(compare=False)  # where it was read

    @cached_property
    def at_home(self) -> tuple[Rule, ...]:
        """The rules for a session at home."""
        return tuple(r for r in self.rules if r.setting is not Setting.SUPERVISED and r.predicate.judges is Case)

    @cached_property
    def supervised(self) -> tuple[Rule, ...]:
        """The rules for a supervised session."""
        return tuple(r for r in self.rules if r.setting is not Setting.HOME and r.predicate.judges is Case)

    @cached_property
    def of_shedding(self) -> tuple[Rule, ...]:
        """The rules for a shedding record."""
        return tuple(rule for rule in self.rules if rule.predicate.judges is SheddingCase)

    def asked(self, case: Case | SheddingCase) -> tuple[Rule, ...]:
        """Return the rules that judge *case*."""
        if isinstance(case, SheddingCase):
            return self.of_shedding
        return self.at_home if case.is_home else self.supervised

    @cached_property
    def memory_days(self) -> int:
        """How many days back the rules look for earlier sessions: what lies before is past."""
        return max((getattr(rule.parameters, "window_days", 0) for rule in self.rules), default=0)

    def of(self, rule_id: str) -> Rule:
        """Return the rule of that id.

        Raises:
            KeyError: there is none.
        """
        return {rule.id: rule for rule in self.rules}[rule_id]
