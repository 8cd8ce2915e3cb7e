"""What becomes of a finding: open, acknowledged for its very facts, past, or clean by agreement."""

import datetime as dt
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import SAM, TODAY, a_history, a_session

from logbook.domain.person import Acknowledgement, AgreedLimit, Person
from logbook.domain.session import ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Reason, Setting, Severity, SheddingMethod, SkinSign, Zone
from logbook.guidance.loader import load_rules
from logbook.services.findings import (
    Answer,
    State,
    acknowledge,
    acknowledging,
    list_findings,
    reopen,
    state_words,
    where_words,
)
from logbook.services.judged import JudgedHistory

RULES = load_rules()
DEEP = a_session(depth=60, zones=(ZonePass(Zone.CROWN, Depth(60)), ZonePass(Zone.HAIRLINE, Depth(60))))


def judged(*sessions, shedding=(), limits=()):
    return JudgedHistory(RULES, Person(SAM), sessions, shedding, limits=limits)


def listed(*sessions, acknowledged=(), today=TODAY, **known):
    return list_findings(judged(*sessions, **known), acknowledged, today)


def of_rule(findings, rule):
    return next(one for one in findings if one.finding.rule.id == rule)


def of_session(findings, session, rule):
    return next(one for one in findings if one.key == (session.id, rule))


def kept(findings, answer=None):
    """Return what acknowledging *findings* keeps."""
    edit = acknowledge([one.finding for one in findings], answer or Answer(Reason.ONE_OFF))
    return [one.after for one in edit.replacements]


# The list


def test_every_finding_of_every_record_is_there_the_oldest_first_and_the_gravest_of_each_first():
    history = judged(*a_history(5, every=3, depth=60))
    got = list_findings(history, (), TODAY)
    wanted = [(session.id, one.rule.id) for session in history for one in history.verdict(session).findings]
    assert [one.key for one in got] == wanted
    assert len(wanted) > 10
    assert {one.state for one in got} == {State.OPEN}


def test_counts_stand_between_sessions_by_their_dates():
    sessions = a_history(3, every=10, depth=60)
    counts = [
        SheddingRecord(new_id(), SAM, TODAY - timedelta(days=days), SheddingMethod.PULL_TEST, 9) for days in (15, 5)
    ]
    got = [one.record.date for one in listed(*sessions, shedding=counts)]
    assert got == sorted(got)
    assert {count.date for count in counts} < set(got)


def test_without_records_there_is_nothing():
    assert listed() == []


# State


@pytest.mark.parametrize(("days", "state"), [(60, State.OPEN), (61, State.PAST)])
def test_what_lies_further_back_than_any_rule_looks_is_past(days, state):
    assert RULES.memory_days == 60
    session = replace(DEEP, date=TODAY - timedelta(days=days))
    assert {one.state for one in listed(session)} == {state}


def test_a_stop_never_passes_by_itself():
    session = a_session("2020-01-01", depth=60, skin_signs=frozenset({SkinSign.PUSTULES}))
    states = {one.finding.severity: one.state for one in listed(session)}
    assert states[Severity.STOP] is State.OPEN
    assert states[Severity.CAUTION] is State.PAST


def test_what_an_agreed_limit_makes_clean_is_listed_as_agreed():
    limit = AgreedLimit(new_id(), SAM, "D01", "over", 100, "Dr Moss", TODAY - timedelta(days=1))
    one = of_rule(listed(DEEP, limits=[limit]), "D01")
    assert (one.state, one.finding.severity) == (State.AGREED, Severity.CLEAN)
    assert not one.can_be_acknowledged


def test_an_acknowledged_finding_is_acknowledged_and_its_neighbours_are_not():
    one = of_rule(listed(DEEP), "D01")
    assert one.can_be_acknowledged
    after = listed(DEEP, acknowledged=kept([one], Answer(Reason.DISAGREE, "no")))
    assert {two.finding.rule.id for two in after if two.state is State.ACKNOWLEDGED} == {"D01"}
    answered = of_rule(after, "D01")
    assert answered.acknowledgement.reason is Reason.DISAGREE
    assert answered.acknowledgement.words == "no"
    assert not answered.can_be_acknowledged


def test_a_past_finding_can_be_acknowledged_too():
    session = replace(DEEP, date=TODAY - timedelta(days=100))
    one = of_rule(listed(session), "D01")
    assert one.state is State.PAST
    assert one.can_be_acknowledged
    assert of_rule(listed(session, acknowledged=kept([one])), "D01").state is State.ACKNOWLEDGED


@pytest.mark.parametrize(
    "change",
    [
        {"notes": "changed"},
        {"device": DeviceKind.PEN},
        {"time": dt.time(9)},
        {"zones": tuple(replace(place, passes=3) for place in DEEP.zones)},
    ],
    ids=["note", "device", "time", "passes"],
)
def test_what_the_rule_does_not_rest_on_leaves_it_acknowledged(change):
    acknowledged = kept([of_rule(listed(DEEP), "D01")])
    after = of_rule(listed(replace(DEEP, **change), acknowledged=acknowledged), "D01")
    assert after.state is State.ACKNOWLEDGED


@pytest.mark.parametrize(
    "change",
    [
        {"date": TODAY - timedelta(days=1)},
        {"zones": (ZonePass(Zone.CROWN, Depth(61)), ZonePass(Zone.HAIRLINE, Depth(60)))},
        {"zones": (ZonePass(Zone.CROWN, Depth(60)), ZonePass(Zone.HAIRLINE, Depth(59)))},
        {"zones": (ZonePass(Zone.CROWN, Depth(60)), ZonePass(Zone.OCCIPITAL, Depth(60)))},
    ],
    ids=["date", "depth", "depth elsewhere", "zone"],
)
def test_a_change_of_date_depth_or_zones_opens_it_again_and_says_that_it_was_acknowledged(change):
    acknowledged = kept([of_rule(listed(DEEP), "D01")])
    after = of_rule(listed(replace(DEEP, **change), acknowledged=acknowledged), "D01")
    assert after.state is State.OPEN
    assert after.acknowledgement is None
    assert after.lapsed == acknowledged[0]


def test_a_change_of_setting_is_another_finding():
    acknowledged = kept([of_rule(listed(DEEP), "D01")])
    deep = replace(DEEP, setting=Setting.SUPERVISED, zones=(ZonePass(Zone.CROWN, Depth(300)),))
    assert all(one.state is State.OPEN for one in listed(deep, acknowledged=acknowledged))


def test_a_change_of_an_earlier_session_opens_what_rests_on_it():
    earlier, later = a_history(2, every=3, depth=60)
    acknowledged = kept(listed(earlier, later))
    assert {one.state for one in listed(earlier, later, acknowledged=acknowledged)} == {State.ACKNOWLEDGED}
    moved = replace(earlier, date=earlier.date - timedelta(days=1))
    after = listed(moved, later, acknowledged=acknowledged)
    assert of_session(after, later, "I01").state is State.OPEN
    assert of_session(after, later, "D01").state is State.ACKNOWLEDGED


def test_going_back_to_the_facts_of_before_brings_the_acknowledgement_back():
    acknowledged = kept([of_rule(listed(DEEP), "D01")])
    assert of_rule(listed(replace(DEEP, notes="x"), acknowledged=acknowledged), "D01").lapsed is None


def test_the_last_of_two_acknowledgements_counts():
    one = of_rule(listed(DEEP), "D01")
    acknowledged = [*kept([one], Answer(Reason.ONE_OFF)), *kept([one], Answer(Reason.DISAGREE))]
    for known in (acknowledged, acknowledged[::-1]):
        assert of_rule(listed(DEEP, acknowledged=known), "D01").acknowledgement == acknowledged[1]
        assert acknowledging(one.finding, known) == acknowledged[1]


def test_an_acknowledgement_of_another_record_or_rule_counts_for_nothing():
    [acknowledged] = kept([of_rule(listed(DEEP), "D01")])
    others = [replace(acknowledged, record_id="0" * 32), replace(acknowledged, rule="P01")]
    assert {one.state for one in listed(DEEP, acknowledged=others)} == {State.OPEN}


# The edits


def test_acknowledging_many_is_one_edit_of_what_was_found():
    findings = listed(*a_history(4, every=3, depth=60))
    edit = acknowledge([one.finding for one in findings], Answer(Reason.RECORDED_LATE, "from paper"))
    assert edit.text == f"acknowledge {len(findings)} findings"
    records = [one.after for one in edit.replacements]
    assert all(one.before is None for one in edit.replacements)
    assert len({record.id for record in records}) == len(findings)
    for record, one in zip(records, findings, strict=True):
        assert isinstance(record, Acknowledgement)
        assert (record.record_id, record.rule) == one.key
        assert (record.person_id, record.severity) == (SAM, one.finding.severity)
        assert (record.reason, record.words) == (Reason.RECORDED_LATE, "from paper")
        assert record.facts == one.finding.fingerprint
        assert abs(record.at - dt.datetime.now()) < timedelta(minutes=1)


def test_the_undo_menu_names_the_one_finding_and_its_record():
    one = of_rule(listed(DEEP), "D01")
    assert acknowledge([one.finding], Answer()).text == "acknowledge “Depth at home” of the session of 30 June 2026"
    count = SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.PULL_TEST, 9)
    [shed] = listed(shedding=[count])
    assert acknowledge([shed.finding], Answer()).text == (
        "acknowledge “Counts beyond published ranges” of the pull test of 30 June 2026"
    )


def test_reopening_takes_back_all_that_was_acknowledged_for_these_facts():
    one = of_rule(listed(DEEP), "D01")
    acknowledged = [*kept([one]), *kept([one], Answer(Reason.DISAGREE))]
    answered = listed(DEEP, acknowledged=acknowledged)
    edit = reopen(answered)
    assert edit.text == "reopen “Depth at home” of the session of 30 June 2026"
    assert {change.before.id for change in edit.replacements} == {record.id for record in acknowledged}
    assert all(change.after is None for change in edit.replacements)


def test_reopening_leaves_what_was_acknowledged_for_other_facts():
    acknowledged = kept([of_rule(listed(DEEP), "D01")])
    deeper = replace(DEEP, zones=(ZonePass(Zone.CROWN, Depth(80)),))
    again = kept([of_rule(listed(deeper, acknowledged=acknowledged), "D01")])
    edit = reopen([of_rule(listed(deeper, acknowledged=[*acknowledged, *again]), "D01")])
    assert [change.before for change in edit.replacements] == again


# Words


def test_the_zone_is_that_of_the_finding_and_else_that_of_the_record():
    elsewhere = ZonePass(Zone.OCCIPITAL, Depth(20))
    earlier = a_session(TODAY - timedelta(days=1), 60)
    session = replace(DEEP, zones=(*DEEP.zones, elsewhere))
    findings = listed(earlier, session)
    assert where_words(of_session(findings, session, "D01")) == "Crown, hairline"
    assert where_words(of_session(findings, session, "I01")) == "Crown"
    assert where_words(of_session(findings, session, "P01")) == "Crown, hairline, back of the head"
    unzoned = of_rule(listed(a_session(depth=60, zone=None)), "D01")
    assert where_words(unzoned) == "Zone not recorded"
    count = SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.PULL_TEST, 9)
    assert where_words(listed(shedding=[count])[0]) == "Pull test"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(Reason.ONE_OFF), "just this once"),
        (Answer(Reason.CLINICIAN_AGREED, "Dr Moss"), "a clinician agreed"),
        (Answer(Reason.OWN_WORDS, "my  head\nmy choice"), "“my head my choice”"),
        (Answer(Reason.OWN_WORDS), "in my own words"),
        (Answer(), "no reason given"),
    ],
)
def test_the_state_says_when_and_why(answer, words):
    one = of_rule(listed(DEEP), "D01")
    assert state_words(one) == "open"
    [acknowledged] = kept([one], answer)
    dated = replace(acknowledged, at=dt.datetime(2026, 3, 3, 23, 59))
    assert state_words(of_rule(listed(DEEP, acknowledged=[dated]), "D01")) == f"acknowledged 3 Mar 2026: {words}"


def test_a_finding_knows_the_session_that_it_leads_to():
    with_session = SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.PULL_TEST, 9, session_id=DEEP.id)
    alone = replace(with_session, id=new_id(), session_id=None)
    assert of_rule(listed(DEEP), "D01").session_id == DEEP.id
    assert [one.session_id for one in listed(shedding=[with_session])] == [DEEP.id]
    assert [one.session_id for one in listed(shedding=[alone])] == [None]
