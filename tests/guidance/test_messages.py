"""What the messages say, and what none of them ever says."""

import re
import string
from datetime import time, timedelta

import pytest
from builders import TODAY, a_session

from logbook.domain.history import History
from logbook.guidance.judge import judge
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case, Message, Rule

RULES = load_rules()
MESSAGES = [
    pytest.param(rule, variant, message, id=f"{rule.id}-{variant}")
    for rule in RULES.rules
    for variant, message in rule.messages.items()
]
NEVER = ("safe", "safely", "will cause", "fda limit", "harmless", "no risk", "your fault", "must not")

UNSAID = {
    ("H01", "shared"): {"what"},  # it is a “yes”
    ("H03", "unknown_depth"): {"limit"},  # below it the rule is not clean but cannot judge
    ("S02", "early"): {"days"},  # none on the first day
}


def names(message: Message) -> set[str]:
    parts = string.Formatter().parse(message.found + message.why + message.clean)
    return {name for _, name, _, _ in parts if name}


@pytest.mark.parametrize(("rule", "variant", "message"), MESSAGES)
def test_a_message_never_promises_and_never_blames(rule: Rule, variant: str, message: Message) -> None:
    text = f"{rule.title} {message.found} {message.why} {message.clean}".lower()
    assert not [words for words in NEVER if re.search(rf"\b{words}\b", text)]
    assert "!" not in text


@pytest.mark.parametrize(("rule", "variant", "message"), MESSAGES)
def test_a_message_says_what_why_and_what_would_make_it_clean(rule: Rule, variant: str, message: Message) -> None:
    for part in (message.found, message.why, message.clean):
        assert len(part.split()) >= 2
        assert part.endswith(".")


@pytest.mark.parametrize(("rule", "variant", "message"), MESSAGES)
def test_every_fact_of_a_message_is_said_in_it(rule: Rule, variant: str, message: Message) -> None:
    facts = {fact.rstrip("#") for fact in rule.predicate.variants(rule.parameters)[variant]}
    assert facts - names(message) == UNSAID.get((rule.id, variant), set())
    assert names(message) <= facts


def test_every_message_says_may_or_says_that_it_is_not_known() -> None:
    silent = [
        f"{rule.id} {variant}"
        for rule in RULES.rules
        for variant, message in rule.messages.items()
        if not re.search(r"\bmay\b|not known|nobody can tell|how long it needs", message.why)
    ]
    assert silent == []


def test_there_are_the_thirty_rules_and_only_some_can_be_negotiated() -> None:
    assert len(RULES.rules) == 30
    assert {rule.id for rule in RULES.rules if rule.is_negotiable} == set(
        ["D01", "D02", "I01", "I02", "I03", "T02", "P01", "H03", "C04", "C07"]
    )
    for rule in RULES.rules:
        assert bool(rule.lines) is rule.is_negotiable


def test_what_stops_for_infection_signs_or_sharing_cannot_be_negotiated() -> None:
    assert not any(RULES.of(rule).is_negotiable for rule in ("H01", "C01", "R02"))


@pytest.mark.parametrize(("back", "words"), [(0, "the same day"), (1, "1 day before"), (2, "2 days before")])
def test_how_long_ago_is_said_as_one_says_it(back: int, words: str) -> None:
    earlier, session = a_session(TODAY - timedelta(days=back), 60, time=time(8)), a_session(TODAY, 60, time=time(9))
    findings = judge(RULES, Case(session, History([earlier, session]))).findings
    (rest,) = [finding for finding in findings if finding.rule.id == "I01"]
    assert rest.found.endswith(f", {words}.")
