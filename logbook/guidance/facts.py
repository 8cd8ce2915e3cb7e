"""The facts behind a finding as names and values that a person can read."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from logbook.domain import labels
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SheddingMethod
from logbook.guidance.predicates.technique import Field
from logbook.guidance.rule import Finding, Rule, plain_facts

_Named = tuple[str, Callable[[Any], str]]  # what a fact is called, and how its value is said
_SAID_ELSEWHERE: Final = ("", str)


def _zone(value: Any) -> str:
    return labels.word(value) if value else labels.NO_ZONE


def _zones(values: Any) -> str:
    return labels.series(_zone(value) for value in values)


def _listed(values: Any) -> str:
    return labels.series(value if type(value) is str else labels.word(value) for value in values)


def _use(value: Any) -> str:
    return f"use {value:,}"


def _number(value: Any) -> str:
    return f"{value:,.10g}"


_DAYS: Final = partial(labels.count, noun="day")
_DATES: Final = partial(labels.count, noun="date")
_HOURS: Final = partial(labels.count, noun="hour")
_PASSES: Final = partial(labels.count, noun="pass")
_YEARS: Final = partial(labels.count, noun="year")
_CLEAR: Final = ("Clear by this rule from", labels.day)

_OWN_COUNT: Final[Mapping[str, _Named]] = {
    "method": _SAID_ELSEWHERE,
    "value": _SAID_ELSEWHERE,
    "amount": ("This count", str),
    "baseline": ("Your own baseline", _number),
    "bound": ("Raised from", _number),
}
# By predicate, and by message where one fact means two things.
_NAMES: Final[Mapping[str, Mapping[str, _Named]]] = {
    "depth_over": {
        "depth": ("Deepest", labels.millimetres),
        "zones": ("Where", _zones),
        "limit": ("The rule begins above", labels.millimetres),
    },
    "advice_for_depth": {
        "depth": ("Deepest", labels.millimetres),
        "limit": ("Advice is asked for above", labels.millimetres),
    },
    "rest_since_overlapping": {
        "zone": ("Zone", _zone),
        "days": ("Rest before this session", _DAYS),
        "earlier": ("Earlier session there", labels.day),
        "earlier_depth": ("Its depth there", labels.millimetres),
        "dates": ("Dates with shallow sessions", _DATES),
        "in_days": ("Counted over", _DAYS),
        "limit": ("The rule says nothing up to", _DATES),
        "depth": ("Shallow is up to", labels.millimetres),
        "clear": _CLEAR,
    },
    "dates_in_window": {
        "dates": ("Dates with such sessions", _DATES),
        "in_days": ("Counted over", _DAYS),
        "limit": ("The rule says nothing up to", _DATES),
        "depth": ("Counted are depths above", labels.millimetres),
        "up_to": ("And up to", labels.millimetres),
        "clear": _CLEAR,
    },
    "unbroken_run": {
        "since": ("Such sessions go on since", labels.day),
        "days": ("That is", _DAYS),
        "gap": ("A pause is longer than", _DAYS),
        "depth": ("Counted are depths above", labels.millimetres),
    },
    "place/outside_thinning": {"what": ("Not marked as thinning", _listed)},
    "passes_and_pressure": {
        "passes": ("Most passes over one spot", _PASSES),
        "limit": ("The rule says nothing up to", _PASSES),
        "pressure": ("Pressure", labels.word),
    },
    "needle_reuse": {
        "device": ("Device", labels.word),
        "use": ("These needles", _use),
        "limit": ("The rule says nothing up to", _use),
    },
    "days_since": {
        "condition": ("What is true of you", labels.word),
        "on": ("Its date", labels.day),
        "days": ("Days since then", _DAYS),
        "clear": _CLEAR,
    },
    "days_since/ongoing": {"days": ("Wait after it ends", _DAYS)},
    "age_and_conditions": {"age": ("Age on that day", _YEARS)},
    "leave_on_products": {
        "product": ("Product", labels.word),
        "hours": ("Put on after the session by", _HOURS),
        "wait": ("The rule asks to wait", _HOURS),
        "redness": ("Redness lasted", _HOURS),
    },
    "leave_on_products/before": {
        "hours": ("Put on before the session by", _HOURS),
        "wait": ("The rule asks to stop before by", _HOURS),
    },
    "irritants": {"product": ("Product", labels.word), "hours": ("Between it and the session", _HOURS)},
    "open_reaction": {
        "hours": ("Redness lasted", _HOURS),
        "limit": ("The rule says nothing up to", _HOURS),
        "earlier": ("Earlier session", labels.day),
        "days": ("Days since then", _DAYS),
    },
    "adverse_signs": {"what": ("Signs afterwards", _listed), "earlier": ("Earlier session", labels.day)},
    "beyond_published": {
        "mean": _SAID_ELSEWHERE,
        "value": _SAID_ELSEWHERE,
        "amount": ("Held against the range", str),
        "counts": ("The mean of", partial(labels.count, noun="count")),
        "in_days": ("Counted over", _DAYS),
        "limit": ("The rule says nothing up to", _number),
        "from_age": ("The range is for ages from", _YEARS),
        "to_age": ("And up to", _YEARS),
    },
    "raised_run": {
        **_OWN_COUNT,
        "since": ("Raised since", labels.day),
        "days": ("That is", _DAYS),
    },
    "lies_behind": {
        **_OWN_COUNT,
        "earlier": ("Session with redness", labels.day),
        "most": ("Highest count since then", _number),
        "clear": ("This remark is gone from", labels.day),
        "events": ("You recorded", labels.series),
        "from_days": ("A cause may lie back at least", _DAYS),
        "to_days": ("And at most", _DAYS),
    },
}
_FIELDS: Final = {
    Field.DEVICE: "Device",
    Field.ZONES: "Zone",
    Field.ENDPOINT: "The session ended in",
    Field.NEEDLE_STATE: "State of the needles",
    Field.NEEDLE_SHARED: "Needles used on others too",
    Field.SKIN_SIGNS: "Skin on that day",
    Field.CONDITIONS: "What is true of you",
}


def facts_in_words(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return what *finding* rests on, each fact by its name and its value: what was judged first."""
    subject = finding.subject
    about = _of_session(subject) if isinstance(subject, Session) else _of_record(subject)
    facts = (_fact(finding, name, value) for name, value in finding.facts.items())
    return tuple((name, labels.capital(value)) for name, value in (*about, *facts) if name)


def fact_name(rule: Rule, variant: str, fact: str) -> str | None:
    """Return what *fact* of the message *variant* of *rule* is called, or None where nobody named it."""
    named = _named(rule, variant, fact)
    return named[0] if named else None


def _fact(finding: Finding, name: str, value: Any) -> tuple[str, str]:
    if named := _named(finding.rule, finding.variant, name):
        return named[0], named[1](value)
    [(plain, said)] = plain_facts({name: value}).items()
    words = labels.series(str(one) for one in said) if isinstance(said, list) else str(said)
    return labels.capital(plain.replace("_", " ")), words


def _named(rule: Rule, variant: str, fact: str) -> _Named | None:
    predicate = rule.predicate.name
    for place in (f"{predicate}/{variant}", predicate):
        if named := _NAMES.get(place, {}).get(fact):
            return named
    groups = getattr(rule.parameters, "groups", ()) if fact == "what" else ()
    return next(((_FIELDS[group.field], _listed) for group in groups if group.say == variant), None)


def _of_session(session: Session) -> list[tuple[str, str]]:
    setting = labels.word(session.setting) if session.setting else "not recorded, judged as at home"
    places = ", ".join(map(labels.whole_place, session.zones)) or "not recorded"
    return [("Session", labels.day(session.date)), ("Setting", setting), ("Done", places)]


def _of_record(record: SheddingRecord) -> list[tuple[str, str]]:
    return [
        ("Shedding record", labels.day(record.date)),
        ("Method", labels.word(record.method)),
        ("Value", _value(record)),
    ]


def _value(record: SheddingRecord) -> str:
    if record.value is None:
        return "not counted"
    if record.method is SheddingMethod.ESTIMATE:
        return f"{record.value}, {labels.ESTIMATES[record.value]}"
    return f"{'more than ' if record.is_more_than else ''}{record.value:,}"
