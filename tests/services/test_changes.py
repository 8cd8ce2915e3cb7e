"""What another guidance says now: session by session and in sentences, whatever was kept, and never rewritten."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from builders import SAM, TODAY, a_session
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from logbook.domain.person import AgreedLimit, Person
from logbook.domain.session import GivenVerdict, Session
from logbook.domain.vocabulary import Severity
from logbook.guidance.loader import load_rules
from logbook.services.changes import (
    UNREADABLE,
    Change,
    changed_verdicts,
    edition_words,
    editions_sentence,
    summary_sentences,
    were_judged_before,
)
from logbook.services.journal import given
from logbook.services.judged import JudgedHistory

RULES = load_rules()
OLD = "2026.1+0000aaaa"
CLEAN, INFO, CAUTION, WARNING, STOP = Severity
SAYS = {"D01": INFO, "H01": STOP}  # of a session of 0.4 mm at home with shared needles


def then(severity: Severity, *findings: tuple[str, str], edition: str = OLD) -> GivenVerdict:
    kept = [{"rule": rule, "severity": word, "message": "It was said.", "facts": {}} for rule, word in findings]
    return GivenVerdict(edition, severity, json.dumps(kept))


def judged(*sessions: Session, **but: Any) -> JudgedHistory:
    return JudgedHistory(RULES, Person(SAM), sessions, **but)


def changes(*sessions: Session, **but: Any) -> list[Change]:
    return changed_verdicts(judged(*sessions, **but))


def deep(verdict: GivenVerdict | None, days_ago: int = 0, **but: Any) -> Session:
    """Return a session that is `caution` by D01 and P01 today."""
    return a_session(TODAY - timedelta(days=days_ago), 60, given=verdict, **but)


# Which sessions are looked at


def test_only_sessions_judged_by_another_edition_are_looked_at() -> None:
    by_today = deep(then(CLEAN, edition=RULES.edition), 90)
    imported, by_another = deep(None, 60), deep(then(CLEAN), 30)
    by_the_version_alone = deep(then(CLEAN, edition=RULES.version))
    everything = (by_today, imported, by_another, by_the_version_alone)
    assert were_judged_before(RULES, everything) == (by_another, by_the_version_alone)
    assert [one.session for one in changes(*everything)] == [by_the_version_alone, by_another]  # the latest first


def test_what_is_said_again_is_no_change_though_its_words_and_facts_may_differ() -> None:
    assert changes(deep(then(CAUTION, ("P01", "caution"), ("D01", "caution")))) == []


def test_a_verdict_that_was_given_by_the_rules_of_today_never_differs() -> None:
    session = deep(None)
    kept = given(judged(session).verdict(session), OLD)
    assert changes(replace(session, given=kept)) == []


def test_nothing_is_rewritten() -> None:
    session = deep(then(CLEAN))
    (change,) = changes(session)
    assert change.session is session
    assert change.before is session.given


# What changed


def test_a_new_finding_a_graver_one_and_one_that_is_gone_are_told_apart() -> None:
    (change,) = changes(deep(then(WARNING, ("D01", "info"), ("T01", "warning"))))
    assert (change.before.severity, change.now) == (WARNING, CAUTION)
    assert change.because == (
        "D01 Depth at home: now caution, info before",
        "P01 Professional advice beyond 0.50 mm: now caution",
        "T01 Bleeding: no longer",
    )


def test_a_rule_that_the_guidance_no_longer_has_is_named_by_its_id() -> None:
    (change,) = changes(deep(then(CAUTION, ("D01", "caution"), ("P01", "caution"), ("X99", "info"))))
    assert change.because == ("X99: no longer",)


def test_another_severity_alone_is_a_change_too() -> None:
    (change,) = changes(deep(then(WARNING, ("D01", "caution"), ("P01", "caution"))))
    assert (change.because, change.rules) == ((), ())
    assert summary_sentences(RULES, [change]) == ("1 session changed, from warning to caution.",)


def test_what_an_agreement_made_clean_speaks_neither_then_nor_now() -> None:
    limit = AgreedLimit("l", SAM, "D01", "over", 60, "Dr Ada Moss", TODAY)
    session = deep(then(CAUTION, ("P01", "caution"), ("D01", "clean")))
    assert changes(session, limits=[limit]) == []
    (change,) = changes(deep(then(CAUTION, ("P01", "caution"), ("D01", "caution"))), limits=[limit])
    assert change.because == ("D01 Depth at home: no longer",)


# What was kept may be anything


@pytest.mark.parametrize(
    "findings",
    [
        "",
        "{broken",
        "null",
        "3",
        '"D01"',
        '{"rule": "D01", "severity": "info"}',
        "[3]",
        '["D01"]',
        '[{"rule": "D01"}]',
        '[{"severity": "info"}]',
        '[{"rule": "D01", "severity": "grave"}]',
        '[{"rule": "D01", "severity": 3}]',
        '[{"rule": "D01", "severity": ["info"]}]',
        '[{"rule": 1, "severity": "info"}]',
        '[{"rule": ["D01"], "severity": "info"}]',
        '[{"rule": null, "severity": "info"}]',
        "[" * 100_000,
        "[NaN]",
    ],
    ids=lambda text: text[:40],
)
def test_what_cannot_be_read_is_listed_as_such(findings: str) -> None:
    (change,) = changes(deep(GivenVerdict(OLD, CAUTION, findings)))
    assert change.because == (UNREADABLE,)
    assert not change.is_readable
    assert (change.before.severity, change.now) == (CAUTION, CAUTION)
    assert summary_sentences(RULES, [change]) == ("1 session: what was found then cannot be read.",)


@settings(max_examples=200, deadline=None)
@for_all(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=4) | st.sampled_from(["rule", "severity", "info"]),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["rule", "severity", "facts"]), inner),
        max_leaves=8,
    ).map(json.dumps)
)
def test_whatever_was_kept_it_is_never_a_crash(findings: str) -> None:
    assert len(changes(deep(GivenVerdict(OLD, CLEAN, findings)))) == 1


# In sentences


def test_the_summary_counts_the_sessions_that_changed_alike_and_names_the_rule_that_decides() -> None:
    alike = [deep(then(CLEAN), days_ago, professional_advice=True) for days_ago in (0, 40, 80)]
    other = deep(then(STOP, ("H01", "stop"), ("D01", "caution"), ("P01", "caution")), 120)
    assert summary_sentences(RULES, changes(*alike, other)) == (
        "3 sessions changed, from clean to caution, because of D01 Depth at home.",
        "1 session changed, from stop to caution, because of H01 Shared needles.",
    )


def test_of_several_rules_only_those_that_made_it_as_grave_are_blamed() -> None:
    session = deep(then(INFO, ("D01", "info")), needle_shared=True)
    assert summary_sentences(RULES, changes(session)) == (
        "1 session changed, from info to stop, because of H01 Shared needles.",
    )


def test_a_change_that_leaves_the_severity_says_so() -> None:
    session = deep(then(CAUTION, ("P01", "caution"), ("D01", "info")))
    assert summary_sentences(RULES, changes(session)) == (
        "1 session changed but stayed at caution, because of D01 Depth at home.",
    )


def test_a_sentence_names_three_rules_at_most_and_the_summary_has_an_end() -> None:
    rules = ("C01", "C02", "C03", "H01", "R02")
    session = deep(then(STOP, ("D01", "caution"), ("P01", "caution"), *((rule, "stop") for rule in rules)))
    (sentence,) = summary_sentences(RULES, changes(session))
    assert sentence.endswith("C01 Infected or open skin, C02 Inflamed skin, C03 Scars and allergies and 2 other rules.")
    many = [deep(then(WARNING, (f"X{n}", "warning"), ("D01", "caution"), ("P01", "caution")), 30 * n) for n in range(7)]
    said = summary_sentences(RULES, changes(*many), most=5)
    assert len(said) == 5
    assert said[-1] == "3 sessions changed in other ways."
    assert len(summary_sentences(RULES, changes(*many[:5]), most=5)) == 5


def test_without_a_change_nothing_is_said() -> None:
    assert summary_sentences(RULES, []) == ()


# Editions


def test_an_edition_is_named_by_its_version_unless_that_is_the_version_of_today() -> None:
    assert edition_words("2026.10+aaaabbbb", "2026.11+11112222") == "2026.10"
    assert edition_words("2026.10", "2026.11+11112222") == "2026.10"
    assert edition_words("2026.11+aaaabbbb", "2026.11+11112222") == "2026.11 (aaaabbbb)"
    assert edition_words("2026.11", "2026.11+11112222") == "an earlier 2026.11"


def test_the_other_editions_are_counted() -> None:
    some = [deep(then(CLEAN, edition=edition)) for edition in ("2026.9", "2026.10+1", "2026.10+2", "2026.10+1")]
    assert editions_sentence([*some, deep(None)], "2026.11+3") == (
        "Judged by another guidance when saved: 3 sessions by 2026.10 and 1 session by 2026.9."
    )
    assert editions_sentence([], "2026.11+3") == ""


def test_work_that_nobody_waits_for_is_given_up() -> None:
    some = [deep(then(CLEAN), 30 * n) for n in range(5)]
    answers = iter([True, True, False])
    assert len(changed_verdicts(judged(*some), lambda: next(answers))) == 2
