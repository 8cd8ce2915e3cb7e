"""Verdicts that are kept are those that would be given anew, whatever changed in between."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import SAM, TODAY, a_session
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.person import AgreedLimit, LifeEvent, Person
from logbook.domain.session import ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import EventKind, Severity, Sex, SheddingMethod, Zone
from logbook.guidance.loader import load_rules
from logbook.services.judged import JudgedHistory

RULES = load_rules()
PERSON = Person(SAM, sex=Sex.MALE, birth_date=date(1990, 1, 1))
DAYS = st.integers(0, 70).map(lambda back: TODAY - timedelta(days=back))
SESSIONS = st.builds(a_session, DAYS, st.sampled_from([None, 25, 50, 100, 150]), st.sampled_from([*Zone][:3]))
COUNTS = st.builds(
    lambda day, value, notes: SheddingRecord(new_id(), SAM, day, SheddingMethod.COMB_60S, value, notes=notes),
    DAYS,
    st.none() | st.integers(0, 120),
    st.sampled_from(["", "I am losing hair"]),
)


def check(judged: JudgedHistory, fresh: JudgedHistory) -> None:
    records = list(fresh)
    assert [record.id for record in judged] == [record.id for record in records]
    assert [judged.verdict(record) for record in records] == [fresh.verdict(record) for record in records]


@settings(deadline=None, max_examples=60)
@given(st.lists(SESSIONS | COUNTS, max_size=25), st.data())
def test_kept_verdicts_are_those_of_a_fresh_look(records, data):
    judged, held = JudgedHistory(RULES, PERSON), []
    for record in records:
        judged.add(record)
        held.append(record)
        for one in held:
            judged.verdict(one)  # keeps it
        if data.draw(st.booleans()):
            gone = data.draw(st.sampled_from(held))
            judged.remove(gone)
            held.remove(gone)
        sessions = [one for one in held if not isinstance(one, SheddingRecord)]
        check(judged, JudgedHistory(RULES, PERSON, sessions, [one for one in held if isinstance(one, SheddingRecord)]))


def raised_after_sessions() -> tuple[list, list]:
    """A baseline of 10 hairs, a session, and then 30."""
    first = TODAY - timedelta(days=20)
    counts = [
        SheddingRecord(new_id(), SAM, first - timedelta(days=back), SheddingMethod.COMB_60S, 10)
        for back in range(8, 0, -1)
    ]
    counts += [
        SheddingRecord(new_id(), SAM, first + timedelta(days=after), SheddingMethod.COMB_60S, 30) for after in (5, 9)
    ]
    return [a_session(first, 25)], counts


def test_a_session_before_all_others_moves_the_baseline_of_every_count():
    sessions, counts = raised_after_sessions()
    judged = JudgedHistory(RULES, PERSON, sessions, counts)
    assert "S02" in {finding.rule.id for finding in judged.verdict(counts[-1]).findings}
    much_earlier = a_session(sessions[0].date - timedelta(days=300), 25)
    judged.add(much_earlier)
    check(judged, JudgedHistory(RULES, PERSON, [much_earlier, *sessions], counts))
    judged.remove(much_earlier)
    check(judged, JudgedHistory(RULES, PERSON, sessions, counts))


def test_what_becomes_known_of_the_person_judges_everything_again():
    sessions, counts = raised_after_sessions()
    judged = JudgedHistory(RULES, Person(SAM), sessions, counts)
    for record in judged:
        judged.verdict(record)
    event = LifeEvent(new_id(), SAM, EventKind.ILLNESS, counts[-2].date - timedelta(days=80))
    young = Person(SAM, birth_date=date(2012, 1, 1), sex=Sex.FEMALE)
    judged.know(young, [event], [])
    check(judged, JudgedHistory(RULES, young, sessions, counts, events=[event]))
    assert judged.verdict(sessions[0]).severity is Severity.STOP  # a minor
    assert any("illness" in finding.message for finding in judged.verdict(counts[-2]).findings)


def test_an_agreed_limit_judges_its_own_days_again():
    deep = [a_session(TODAY - timedelta(days=back), 100) for back in (90, 30)]
    judged = JudgedHistory(RULES, PERSON, deep)
    before = [judged.verdict(session).severity for session in deep]
    limit = AgreedLimit(new_id(), SAM, "D01", "over", Depth(100), "Dr Ada Moss", TODAY - timedelta(days=60))
    judged.know(PERSON, [], [limit])
    found = {finding.rule.id: finding for finding in judged.verdict(deep[1]).findings}
    assert found["D01"].severity is Severity.CLEAN
    assert found["D01"].agreement.published is Severity.CAUTION
    assert judged.verdict(deep[0]).severity is before[0]


def test_zones_that_change_places_are_the_same_zones():
    places = (ZonePass(Zone.CROWN, Depth(60)), ZonePass(Zone.FRONTAL, Depth(60)))
    session = a_session(TODAY, zones=places)
    judged = JudgedHistory(RULES, PERSON, [session])
    turned = judged.judge_draft(replace(session, zones=places[::-1]))
    assert [one.fingerprint for one in turned.findings] == [one.fingerprint for one in judged.verdict(session).findings]


@pytest.mark.parametrize("note", ["", "a good day"])
def test_a_note_changes_no_fingerprint_and_a_day_does(note):
    session = a_session(TODAY, 150)
    judged = JudgedHistory(RULES, PERSON, [session])
    marks = [finding.fingerprint for finding in judged.verdict(session).findings]
    same, moved = replace(session, notes=note), replace(session, date=TODAY - timedelta(days=1))
    assert [finding.fingerprint for finding in judged.judge_draft(same).findings] == marks
    assert not set(marks) & {finding.fingerprint for finding in judged.judge_draft(moved).findings}
