"""Many records changed alike: only what is wanted changes, nothing implausible is kept, and what is said is true."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from builders import SAM, TODAY, a_history, a_session

from logbook.domain.needle_use import NeedleChoice
from logbook.domain.person import Acknowledgement, Person
from logbook.domain.session import ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    DeviceKind,
    HairLength,
    Pressure,
    Reason,
    Setting,
    Severity,
    SheddingMethod,
    Zone,
)
from logbook.guidance.loader import load_rules
from logbook.services.findings import Answer, acknowledgement
from logbook.services.journal import given
from logbook.services.judged import JudgedHistory
from logbook.services.many import (
    Changed,
    NewZones,
    SessionChange,
    SheddingChange,
    change_all,
    changing_sessions,
    changing_shedding,
)
from logbook.services.many_outlook import Outlook, judged_then

RULES = load_rules()
PEN = NeedleChoice("d1", "c1", DeviceKind.PEN, "Pen, first tip", 4)


def like(sessions, shedding):
    return JudgedHistory(RULES, Person(SAM), sessions, shedding)


def a_count(back=0, value=40, **but):
    method = but.pop("method", SheddingMethod.DAY_TOTAL)
    return SheddingRecord(new_id(), SAM, TODAY - timedelta(days=back), method, value, **but)


def outlook(sessions, change, shedding=()):
    now = like(sessions, shedding)
    pairs = change_all(change, sessions, TODAY).pairs
    looked = Outlook(now, judged_then(now, pairs, like), [after for _, after in pairs])
    while looked.left:
        looked.step()
    return looked, pairs


def with_verdict(session, verdict):
    return replace(session, given=given(verdict, "2026.11"))


# What becomes of each


def test_what_nobody_wants_to_change_stays_as_it_is():
    session = a_session(pressure=Pressure.LIGHT, notes="quiet", needle_use=3)
    assert SessionChange().is_nothing
    assert SessionChange().of(session) is session
    after = SessionChange(setting=Setting.SUPERVISED).of(session)
    assert after == replace(session, setting=Setting.SUPERVISED)


def test_a_field_can_become_not_recorded():
    session = a_session(pressure=Pressure.LIGHT)
    assert SessionChange(setting=None, pressure=None).of(session) == replace(session, setting=None, pressure=None)


def test_a_session_that_says_so_already_is_not_changed():
    assert SessionChange(setting=Setting.HOME).of(session := a_session()) is session


def test_a_depth_is_that_of_every_zone_and_may_be_of_no_zone():
    zones = (ZonePass(Zone.CROWN, Depth(25), 4), ZonePass(Zone.HAIRLINE, None, 2))
    after = SessionChange(depth=Depth(50)).of(a_session(zones=zones))
    assert after.zones == (ZonePass(Zone.CROWN, Depth(50), 4), ZonePass(Zone.HAIRLINE, Depth(50), 2))
    assert SessionChange(depth=Depth(50)).of(a_session(zones=())).zones == (ZonePass(None, Depth(50)),)


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        (NewZones((Zone.CROWN, Zone.FRONTAL)), ((Zone.CROWN, 25), (Zone.FRONTAL, None))),
        (NewZones((Zone.FRONTAL,)), ((Zone.FRONTAL, None),)),
        (
            NewZones((Zone.FRONTAL, Zone.CROWN), is_added=True),
            ((Zone.CROWN, 25), (Zone.HAIRLINE, 30), (Zone.FRONTAL, None)),
        ),
    ],
)
def test_a_zone_that_was_there_keeps_its_depth_and_a_new_one_has_none(zones, expected):
    session = a_session(zones=(ZonePass(Zone.CROWN, Depth(25)), ZonePass(Zone.HAIRLINE, Depth(30))))
    after = SessionChange(zones=zones).of(session)
    assert tuple((one.zone, one.depth) for one in after.zones) == expected


def test_a_depth_without_a_zone_gives_way_to_zones():
    session = a_session(zones=(ZonePass(None, Depth(25)),))
    assert SessionChange(zones=NewZones((Zone.CROWN,), is_added=True)).of(session).zones == (ZonePass(Zone.CROWN),)


def test_needles_bring_their_device_and_keep_the_use_where_none_were_named():
    after = SessionChange(needles=PEN).of(a_session(needle_use=3))
    assert (after.device, after.device_id, after.cartridge_id, after.needle_use) == (DeviceKind.PEN, "d1", "c1", 3)


def test_other_needles_than_were_named_have_an_unknown_use():
    named = a_session(device=DeviceKind.PEN, device_id="d1", cartridge_id="c0", needle_use=3)
    assert SessionChange(needles=PEN).of(named).needle_use is None
    same = replace(named, cartridge_id="c1")
    assert SessionChange(needles=PEN).of(same) is same


def test_another_kind_of_device_lets_go_of_the_needles():
    named = a_session(device=DeviceKind.PEN, device_id="d1", cartridge_id="c1", needle_use=3)
    after = SessionChange(device=DeviceKind.ROLLER).of(named)
    assert (after.device_id, after.cartridge_id, after.needle_use) == (None, None, None)
    assert SessionChange(device=DeviceKind.PEN).of(named) is named


def test_a_note_stands_below_the_notes_of_each():
    assert SessionChange(note=" on holiday ").of(a_session(notes="quiet")).notes == "quiet\non holiday"
    assert SessionChange(note="on holiday").of(a_session()).notes == "on holiday"
    assert SessionChange(note="  ").of(session := a_session(notes="quiet\n")) is session


def test_shedding_records_change_in_what_is_wanted():
    record = a_count(excluded_because="dyed", hair_length=HairLength.LONG, notes="a")
    change = SheddingChange(
        method=SheddingMethod.COMB_60S, days_since_wash=2, hair_length=None, excluded_because=None, note="b"
    )
    assert change.of(record) == replace(
        record,
        method=SheddingMethod.COMB_60S,
        days_since_wash=2,
        hair_length=None,
        excluded_because=None,
        notes="a\nb",
    )
    assert SheddingChange(excluded_because="dyed").of(record) is record


# What cannot be


def test_only_what_changes_is_changed_the_earliest_first():
    sessions = [a_session(TODAY), a_session(TODAY - timedelta(days=9), setting=None), a_session(TODAY, setting=None)]
    changed = change_all(SessionChange(setting=Setting.HOME), sessions, TODAY)
    assert [after.id for _, after in changed.pairs] == [sessions[1].id, sessions[2].id]
    assert changed.refusal == ""


def test_what_is_implausible_is_refused_with_which():
    sessions = [a_session("2026-03-01"), a_session("2026-03-08")]
    changed = change_all(SessionChange(depth=Depth(2500)), sessions, TODAY)
    assert len(changed.refused) == 2
    assert changed.refusal.startswith("Session of 1 March 2026 and session of 8 March 2026: A depth lies between")
    assert "Did you mean 2.5?" in changed.refusal


def test_a_count_that_does_not_fit_another_method_is_refused():
    changed = change_all(SheddingChange(method=SheddingMethod.SINCLAIR), [a_count(value=40), a_count(value=4)], TODAY)
    assert len(changed.pairs) == 2
    assert len(changed.refused) == 1
    assert "40 does not fit this method" in changed.refusal


def test_of_many_refusals_the_first_are_named_and_the_rest_counted():
    sessions = [a_session(TODAY - timedelta(days=n)) for n in range(5)]
    refusal = Changed(refused=tuple((one, "Too deep." if n else "Too old.") for n, one in enumerate(sessions))).refusal
    assert refusal.splitlines() == [
        "Session of 30 June 2026: Too old.",
        "Session of 29 June 2026, session of 28 June 2026, session of 27 June 2026 and 1 other: Too deep.",
    ]


# What the guidance says then


def test_what_is_changed_is_judged_beside_all_that_is_changed_with_it():
    sessions = a_history(6, every=2, depth=20)
    looked, _ = outlook(sessions, SessionChange(depth=Depth(150)))
    alone = like(sessions, ()).judge_draft(SessionChange(depth=Depth(150)).of(sessions[-1]))
    together = looked.verdicts[sessions[-1].id]
    assert together.severity is Severity.STOP
    assert together.severity > alone.severity  # one deep session after shallow ones needs no rest yet


def test_what_it_comes_to_is_said_the_gravest_first():
    sessions = [a_session("2026-01-01", depth=20), a_session("2026-03-01", depth=20), a_session("2026-05-01", depth=20)]
    looked, _ = outlook(sessions, SessionChange(depth=Depth(60)))
    severities = {verdict.severity for verdict in looked.verdicts.values()}
    assert len(severities) == 1
    worst = severities.pop()
    assert looked.words == f"Of 3 sessions: 3 get a {worst.word}."


def test_what_some_rule_cannot_judge_is_never_said_to_be_clean():
    counts = [a_count(back, excluded_because="dyed" if back else None) for back in range(3)]
    now = like([], counts)
    pairs = change_all(SheddingChange(note="x"), counts, TODAY).pairs
    looked = Outlook(now, judged_then(now, pairs, like), [after for _, after in pairs])
    while looked.left:
        looked.step()
    unjudged = sum(bool(verdict.unjudged) for verdict in looked.verdicts.values())
    assert unjudged
    assert f"{unjudged} get no warning from the rules that can judge them" in looked.words
    assert looked.words.startswith("Of 3 records: ")


def test_sessions_that_are_left_as_they_are_are_counted_where_they_are_judged_more_gravely():
    early, late = a_session("2026-05-01", depth=20), a_session("2026-05-03", depth=20)
    now = like([early, late], ())
    pairs = change_all(SessionChange(depth=Depth(150)), [early], TODAY).pairs
    looked = Outlook(now, judged_then(now, pairs, like), [after for _, after in pairs])
    while looked.left:
        looked.step()
    assert list(looked.verdicts) == [early.id]
    assert looked.graver_others == 1
    assert looked.words.endswith(" 1 other record would be judged more gravely.")


def test_what_lies_before_the_change_is_not_judged_again():
    sessions = a_history(5)
    now = like(sessions, ())
    pairs = change_all(SessionChange(depth=Depth(50)), sessions[-2:], TODAY).pairs
    assert Outlook(now, judged_then(now, pairs, like), [after for _, after in pairs]).left == 2


def test_a_reason_is_asked_for_what_was_not_acknowledged_for_these_very_facts():
    looked, _ = outlook(a_history(3, every=60), SessionChange(depth=Depth(150)))
    asked = looked.asked(())
    assert asked
    assert all(one.severity >= Severity.WARNING for one in asked)
    known = [acknowledgement(one, Answer(Reason.ONE_OFF), datetime(2026, 6, 30)) for one in asked]
    assert looked.asked(known) == []
    assert len(looked.asked(known[1:])) == 1


def test_another_session_of_the_same_day_is_judged_again():
    sessions = [a_session(TODAY), a_session(TODAY)]
    now = like(sessions, ())
    pairs = change_all(SessionChange(depth=Depth(150)), sessions[:1], TODAY).pairs
    assert Outlook(now, judged_then(now, pairs, like), [after for _, after in pairs]).left == 2


# The edit


def test_sessions_are_kept_with_their_verdict_and_every_reason_in_one_step_that_says_how_many():
    sessions = a_history(3, every=60)
    looked, pairs = outlook(sessions, SessionChange(depth=Depth(150)))
    asked = looked.asked(())
    edit = changing_sessions(pairs, looked.verdicts, asked, Answer(Reason.ONE_OFF, "once"), with_verdict)
    assert edit.text == "change 3 sessions"
    kept = [one.after for one in edit.replacements[:3]]
    assert [one.given.severity for one in kept] == [looked.verdicts[one.id].severity for one in kept]
    answers = [one.after for one in edit.replacements[3:]]
    assert all(isinstance(one, Acknowledgement) and one.reason is Reason.ONE_OFF for one in answers)
    assert len(answers) == len(asked)


def test_one_record_alone_is_named_by_its_day():
    looked, pairs = outlook([a_session("2026-03-01")], SessionChange(note="x"))
    assert (
        changing_sessions(pairs, looked.verdicts, (), Answer(), with_verdict).text == "change session of 1 March 2026"
    )
    change = SheddingChange(note="x")
    pairs = change_all(change, [a_count(), a_count(1)], TODAY).pairs
    assert changing_shedding(pairs).text == "change 2 shedding records"
    assert changing_shedding(pairs[:1]).text == "change daily total of 29 June 2026"
