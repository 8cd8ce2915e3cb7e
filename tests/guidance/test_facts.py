"""The facts behind a finding, in words that a person can read."""

from datetime import date, timedelta

import pytest
from builders import SAM, TODAY, a_history, a_session

from logbook.domain.history import History
from logbook.domain.person import Person
from logbook.domain.session import DatedCondition, Session, Topical, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Condition, Endpoint, Product, Setting, SheddingMethod, SkinSign, Zone
from logbook.guidance.facts import fact_name, facts_in_words
from logbook.guidance.judge import judge
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case
from logbook.services.judged import JudgedHistory

RULES = load_rules()
EVERY_FACT = [
    (rule, variant, fact.rstrip("#"))
    for rule in RULES.rules
    for variant, facts in rule.predicate.variants(rule.parameters).items()
    for fact in sorted(facts)
]


def facts_of(rule, session, history=(), person=None):
    verdict = judge(RULES, Case(session, History(history), person))
    [finding] = [one for one in verdict.findings if one.rule.id == rule]
    return facts_in_words(finding)


@pytest.mark.parametrize(
    ("rule", "variant", "fact"), EVERY_FACT, ids=[f"{rule.id}-{variant}-{fact}" for rule, variant, fact in EVERY_FACT]
)
def test_every_fact_of_every_message_has_a_name(rule, variant, fact):
    assert fact_name(rule, variant, fact) is not None


def test_what_was_judged_stands_first():
    session = a_session("2026-06-30", zones=(ZonePass(Zone.CROWN, Depth(60)), ZonePass(Zone.HAIRLINE)), setting=None)
    assert facts_of("D01", session) == (
        ("Session", "30 June 2026"),
        ("Setting", "Not recorded, judged as at home"),
        ("Done", "Crown 0.6 mm, hairline at an unrecorded depth"),
        ("Deepest", "0.6 mm"),
        ("Where", "Crown"),
        ("The rule begins above", "0.3 mm"),
    )


def test_a_session_without_zones_says_so():
    facts = dict(facts_of("D01", a_session(zones=(), setting=Setting.HOME)))
    assert facts["Done"] == "Not recorded"
    assert facts["Setting"] == "At home"


def test_rest_is_told_in_days_and_dates():
    earlier, later = a_history(2, every=3, depth=60)
    assert facts_of("I01", later, [earlier, later])[3:] == (
        ("Zone", "Crown"),
        ("Rest before this session", "3 days"),
        ("Earlier session there", "27 June 2026"),
        ("Its depth there", "0.6 mm"),
        ("Clear by this rule from", "11 July 2026"),
    )


def test_words_that_were_found_are_told_under_the_name_of_their_field():
    session = a_session(
        skin_signs=frozenset({SkinSign.PUSTULES, SkinSign.COLD_SORE}),
        endpoint=Endpoint.FREE_BLEEDING,
        needle_shared=True,
    )
    assert facts_of("C01", session)[3:] == (("Skin on that day", "Cold sore and pustules"),)
    assert facts_of("T01", session)[3:] == (("The session ended in", "Free bleeding"),)
    assert facts_of("H01", session)[3:] == (("Needles used on others too", "Yes"),)


def test_one_fact_may_mean_two_things():
    wait = a_session(conditions=(DatedCondition(Condition.HAIR_TRANSPLANT, TODAY - timedelta(days=9)),))
    ongoing = a_session(conditions=(DatedCondition(Condition.ISOTRETINOIN),))
    assert dict(facts_of("C04", ongoing))["Wait after it ends"].endswith("days")
    since = dict(facts_of("C07", wait))
    assert since["Days since then"] == "9 days"
    assert since["Its date"] == "21 June 2026"


def test_hours_tell_before_from_after():
    after = a_session(topicals=(Topical(Product.MINOXIDIL, 90),))
    before = a_session(topicals=(Topical(Product.MINOXIDIL, -90),), washed_before=False)
    assert ("Put on after the session by", "1.5 hours") in facts_of("M01", after)
    assert ("Put on before the session by", "1.5 hours") in facts_of("M01", before)


def test_a_zone_that_does_not_thin_is_called_so():
    facts = facts_of("T03", a_session(zone=Zone.CROWN), person=Person(SAM, thinning_zones=frozenset({Zone.HAIRLINE})))
    assert facts[3:] == (("Not marked as thinning", "Crown"),)


@pytest.mark.parametrize(
    ("method", "value", "is_more_than", "said"),
    [
        (SheddingMethod.PULL_TEST, 9, False, "9"),
        (SheddingMethod.PULL_TEST, 9, True, "More than 9"),
        (SheddingMethod.SINCLAIR, 6, False, "6"),
    ],
)
def test_a_shedding_record_stands_with_its_method_and_value(method, value, is_more_than, said):
    record = SheddingRecord(new_id(), SAM, date(2026, 6, 1), method, value, is_more_than)
    [finding] = JudgedHistory(RULES, Person(SAM), shedding=[record]).verdict(record).findings
    facts = facts_in_words(finding)
    assert facts[0] == ("Shedding record", "1 June 2026")
    assert facts[2] == ("Value", said)
    assert all(name for name, _ in facts)
    assert "Mean" not in dict(facts)


def test_no_fact_is_told_as_data():
    session = Session(new_id(), SAM, TODAY, zones=(ZonePass(Zone.CROWN, Depth(150), 40),), needle_use=9)
    findings = judge(RULES, Case(session, History(a_history(40, every=2, depth=150)))).findings
    assert len(findings) > 4
    said = [word for finding in findings for fact in facts_in_words(finding) for word in fact]
    assert not [words for words in said if "_" in words or "(" in words or "=" in words or not words]
