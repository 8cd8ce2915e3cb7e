"""What a verdict is made of, and the clauses of the rules that no example shows."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from builders import SAM, TODAY, a_session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logbook.domain.history import History, Past
from logbook.domain.person import Person
from logbook.domain.session import NO_REACTION, DatedCondition, Reaction, Session, Topical, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    DATED_CONDITIONS,
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Setting,
    Severity,
    SkinSign,
    Zone,
)
from logbook.guidance.judge import judge
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case, Finding, Verdict

RULES = load_rules()
IDS = [rule.id for rule in RULES.rules]
ADULT = Person(SAM, birth_date=date(1990, 1, 1))
HOME, SUPERVISED = Setting.HOME, Setting.SUPERVISED
YEARS_AGO = TODAY - timedelta(days=1000)


def ago(days: int, depth: int | None = 25, zone: Zone | None = Zone.CROWN, **but: Any) -> Session:
    return a_session(TODAY - timedelta(days=days), depth, zone, **but)


def in_zones(*zones: tuple[Zone | None, int | None]) -> tuple[ZonePass, ...]:
    return tuple(ZonePass(zone, None if depth is None else Depth(depth)) for zone, depth in zones)


def verdict_of(session: Session, *others: Session, person: Person | None = ADULT) -> Verdict:
    return judge(RULES, Case(session, History([*others, session]), person))


def found(session: Session, *others: Session, person: Person | None = ADULT) -> dict[str, str]:
    return {f.rule.id: f.severity.word for f in verdict_of(session, *others, person=person).findings}


def answer(rule: str, session: Session, *others: Session, person: Person | None = ADULT) -> str:
    """Return the severity of *rule*, "unjudged" or "clean", as the examples of the rules do."""
    verdict = verdict_of(session, *others, person=person)
    unjudged = {one.rule.id for one in verdict.unjudged}
    said = {f.rule.id: f.severity.word for f in verdict.findings}
    assert not unjudged & said.keys()
    return said.get(rule, "unjudged" if rule in unjudged else "clean")


def finding(rule: str, session: Session, *others: Session, person: Person | None = ADULT) -> Finding:
    return next(f for f in verdict_of(session, *others, person=person).findings if f.rule.id == rule)


def answers(session: Session, history: History, person: Person | None) -> dict[str, str]:
    verdict = judge(RULES, Case(session, history, person))
    found_in = {f.rule.id: f.severity.word for f in verdict.findings}
    return {**dict.fromkeys(IDS, "clean"), **{u.rule.id: "unjudged" for u in verdict.unjudged}, **found_in}


# Made-up sessions with every field recorded

SCALP = st.sampled_from([Zone.CROWN, Zone.HAIRLINE, Zone.WHOLE_SCALP])
PLACES = st.lists(
    st.builds(
        ZonePass,
        SCALP,
        st.sampled_from([25, 30, 31, 50, 51, 100, 101, 150, 151, 201]).map(Depth),
        st.sampled_from([1, 12, 13, 21]),
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda place: place.zone,
).map(tuple)


def a_condition(condition: Condition, days: int | None) -> DatedCondition:
    is_dated = condition in DATED_CONDITIONS and days is not None
    return DatedCondition(condition, TODAY - timedelta(days=days) if is_dated and days is not None else None)


CONDITIONS = st.lists(
    st.builds(a_condition, st.sampled_from(Condition), st.none() | st.sampled_from([-5, 0, 89, 90, 182, 183, 364])),
    max_size=3,
).map(tuple)
TOPICALS = st.lists(
    st.builds(
        Topical,
        st.sampled_from(Product),
        st.none() | st.sampled_from([-169, -168, -24, -23, -1, 0, 12, 24, 48, 72]).map(lambda hours: hours * 60),
    ),
    max_size=3,
    unique=True,
).map(tuple)
REACTIONS = st.builds(
    Reaction,
    st.sampled_from([0, 1, 24, 30, 73, 169, 400]).map(lambda hours: hours * 60),
    st.frozensets(st.sampled_from(ReactionSign), max_size=1),
)


@st.composite
def full_sessions(draw: st.DrawFn, number: int = 0, day: date = TODAY) -> Session:
    return Session(
        f"{number:032x}",
        SAM,
        day,
        time=draw(st.sampled_from([time(0), time(8), time(20, 30)])),
        setting=draw(st.sampled_from(Setting)),
        device=draw(st.sampled_from(DeviceKind)),
        needle_use=draw(st.sampled_from([1, 2, 10, 11, 15, 16])),
        zones=draw(PLACES),
        pressure=draw(st.sampled_from(Pressure)),
        endpoint=draw(st.sampled_from(Endpoint)),
        needle_state=draw(st.sampled_from(NeedleState)),
        needle_shared=draw(st.booleans()),
        professional_advice=draw(st.booleans()),
        skin_signs=draw(st.frozensets(st.sampled_from(SkinSign), max_size=2)),
        conditions=draw(CONDITIONS),
        topicals=draw(TOPICALS),
        washed_before=draw(st.booleans()),
        reaction=draw(REACTIONS),
    )


@st.composite
def pasts(draw: st.DrawFn, most: int = 6) -> list[Session]:
    """Earlier sessions, ids falling where they like."""
    days = draw(st.lists(st.integers(0, 60), max_size=most))
    return [
        draw(full_sessions(number + 1, TODAY - timedelta(days=day)))
        for number, day in enumerate(draw(st.permutations(days)))
    ]


PERSONS = st.builds(
    Person,
    st.just(SAM),
    birth_date=st.sampled_from([date(2010, 1, 1), date(2006, 1, 1), date(1990, 1, 1)]),
    thinning_zones=st.none() | st.frozensets(SCALP, max_size=2),
)

BLANKS: Mapping[str, Any] = {
    "device": None,
    "needle_use": None,
    "pressure": None,
    "endpoint": None,
    "needle_state": None,
    "needle_shared": None,
    "professional_advice": None,
    "skin_signs": None,
    "conditions": None,
    "topicals": None,
    "washed_before": None,
    "reaction": NO_REACTION,
    "zones": (),
}
PARTS_OF_A_ZONE = ("zone", "depth", "passes")


@st.composite
def blanked(draw: st.DrawFn, session: Session) -> Session:
    """Take some recorded fields of *session* away; the depth of one zone only, perhaps."""
    fields = draw(st.sets(st.sampled_from([*BLANKS, *PARTS_OF_A_ZONE]), min_size=1, max_size=5))
    places = session.zones
    for part in PARTS_OF_A_ZONE:
        if part in fields:
            keep = set() if part == "zone" else draw(st.sets(st.integers(0, 1), max_size=1))
            places = tuple(p if n in keep else replace(p, **{part: None}) for n, p in enumerate(places))
    if "zone" in fields:
        deepest = max((p.depth for p in places if p.depth is not None), default=None)
        most = max((p.passes for p in places if p.passes is not None), default=None)
        depth = None if any(p.depth is None for p in places) else deepest
        passes = None if any(p.passes is None for p in places) else most
        places = (ZonePass(None, depth, passes),)
    return replace(session, **{"zones": places, **{name: BLANKS[name] for name in fields if name in BLANKS}})


# Unknown is never silently clean


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), full_sessions(), pasts(), PERSONS)
def test_what_is_found_with_a_fact_is_found_or_unjudged_without_it(
    data: st.DataObject, session: Session, some: list[Session], person: Person
) -> None:
    """Were a rule silent without a fact, there must be no value of that fact for which it speaks."""
    # Left out, as documented: the setting (judged as at home, other rules ask), the time (R01 of one date: not judged)
    # and places off the scalp (no zone counts as the whole scalp, which they do not overlap).
    history = History([*some, session])
    full = answers(session, history, person)
    less = answers(data.draw(blanked(session)), history, person)
    silenced = {rule for rule in IDS if full[rule] != "clean" and less[rule] == "clean"}
    assert not silenced


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(full_sessions(), pasts())
def test_without_a_birth_date_the_age_is_unjudged(session: Session, some: list[Session]) -> None:
    history = History([*some, session])
    for person in (Person(SAM), None):
        assert answers(session, history, person)["C06"] in ("unjudged", "warning")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), full_sessions(), pasts())
def test_an_earlier_session_without_a_fact_does_not_silence_a_rule(
    data: st.DataObject, session: Session, some: list[Session]
) -> None:
    # Left out, as documented: the redness of an earlier session (silent, R01), and for I01 and I02 an unknown depth
    # there that was deeper than 1.50 mm and 21 to 27 days ago (it is taken for the row up to 1.50 mm). Its signs and
    # the wait for advice (R02) are left out because the rules do not say what unknown ones mean.
    full = answers(session, History([*some, session]), ADULT)
    less = answers(session, History([*(_less_of_zones(data, one) for one in some), session]), ADULT)
    silenced = {rule for rule in IDS if full[rule] != "clean" and less[rule] == "clean"}
    is_old_and_deep = any(Past.of(one).is_deeper_than(150) and (TODAY - one.date).days >= 21 for one in some)
    assert silenced <= ({"I01", "I02"} if is_old_and_deep else set())


def _less_of_zones(data: st.DataObject, one: Session) -> Session:
    match data.draw(st.sampled_from(["kept", "zones", "depth", "depths", "setting"])):
        case "zones":
            return replace(one, zones=())
        case "depth":
            return replace(one, zones=(replace(one.zones[0], depth=None), *one.zones[1:]))
        case "depths":
            return replace(one, zones=tuple(replace(place, depth=None) for place in one.zones))
        case "setting":
            return replace(one, setting=None)
    return one


def test_a_session_of_which_nothing_is_known_lists_what_it_lacks() -> None:
    verdict = verdict_of(Session("1" * 32, SAM, TODAY), person=None)
    assert {f.rule.id: f.severity.word for f in verdict.findings} == {"D01": "info", "P01": "caution"}
    assert {u.rule.id: u.missing for u in verdict.unjudged} == {
        "C01": ("skin_signs",),
        "C02": ("skin_signs", "conditions"),
        "C03": ("conditions",),
        "C04": ("conditions",),
        "C05": ("conditions",),
        "C06": ("conditions", "birth_date"),
        "C07": ("conditions",),
        "C08": ("conditions",),
        "H01": ("needle_shared",),
        "H02": ("device", "needle_use"),
        "H03": ("device", "needle_use"),
        "H04": ("needle_state",),
        "M01": ("topicals",),
        "M02": ("topicals",),
        "R01": ("redness_hours",),
        "R02": ("reaction_signs",),
        "T01": ("endpoint",),
        "T02": ("passes", "pressure"),
        "T03": ("zones", "skin_signs"),
        "T04": ("device",),
    }
    assert len(set(verdict.missing)) == len(verdict.missing)
    assert verdict.is_setting_assumed


# The verdict


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(full_sessions(), pasts(), PERSONS)
def test_a_verdict_is_in_order(session: Session, some: list[Session], person: Person) -> None:
    verdict = judge(RULES, Case(session, History([*some, session]), person))
    order = [(-f.severity, f.rule.id) for f in verdict.findings]
    assert order == sorted(order)
    assert verdict.severity == max((f.severity for f in verdict.findings), default=Severity.CLEAN)
    assert Severity.CLEAN not in {f.severity for f in verdict.findings}
    assert verdict.asks_for_a_reason == tuple(f for f in verdict.findings if f.severity >= Severity.WARNING)
    ids = [u.rule.id for u in verdict.unjudged]
    assert ids == sorted(set(ids))
    assert all(u.missing for u in verdict.unjudged)
    assert not set(ids) & {f.rule.id for f in verdict.findings}
    for one in verdict.findings:
        assert one.rule.setting in (None, session.setting)
        assert "{" not in one.message
        assert (
            one.fingerprint
            == judge(RULES, Case(session, History([*some, session]), person))
            .findings[verdict.findings.index(one)]
            .fingerprint
        )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(full_sessions(), pasts(), PERSONS, st.randoms(use_true_random=False))
def test_the_order_in_which_sessions_are_read_does_not_matter(
    session: Session, some: list[Session], person: Person, shuffling: random.Random
) -> None:
    one = [*some, session]
    other = list(one)
    shuffling.shuffle(other)
    grown = History()
    for each in other:
        grown.add(each)
    for judged in one:
        first = judge(RULES, Case(judged, History(one), person))
        assert first == judge(RULES, Case(judged, History(other), person))
        assert first == judge(RULES, Case(judged, grown, person))
        # Whether the session is in the history already, as when it is edited, or not yet, as when it is new.
        alone = [each for each in other if each.id != judged.id]
        assert first == judge(RULES, Case(judged, History(alone), person))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(full_sessions(), pasts(), st.lists(st.integers(-720, 840), min_size=7, max_size=7))
def test_intervals_are_of_local_dates_wherever_one_was(
    session: Session, some: list[Session], offsets: list[int]
) -> None:
    travelled = [replace(one, utc_offset_minutes=offset) for one, offset in zip(some, offsets, strict=False)]
    here = replace(session, utc_offset_minutes=offsets[-1])
    stayed, moved = answers(session, History(some), ADULT), answers(here, History(travelled), ADULT)
    assert {rule for rule in IDS if stayed[rule] != moved[rule]} <= {"R01"}  # hours, not days


def test_a_week_is_seven_days_whatever_the_clock_says() -> None:
    monday = a_session("2026-06-01", 60, time=time(23, 59))
    for at in (time(0), time(23, 59), None):
        next_monday = a_session("2026-06-08", 60, time=at)
        assert finding("I01", next_monday, monday).facts["days"] == 7
        assert answer("I01", next_monday, monday) == "caution"
    assert answer("I01", a_session("2026-06-07", 60, time=time(23, 59)), monday) == "warning"


def test_a_setting_that_is_not_recorded_is_judged_as_home_and_said() -> None:
    session = a_session(depth=150, setting=None)
    verdict = verdict_of(session)
    assert verdict.is_setting_assumed
    assert answer("D01", session) == "warning"
    assert answer("D02", session) == "clean"
    for setting in Setting:
        assert not verdict_of(replace(session, setting=setting)).is_setting_assumed
    at_home = verdict_of(replace(session, setting=HOME))
    assert (verdict.findings, verdict.unjudged) == (at_home.findings, at_home.unjudged)


def test_the_setting_of_an_earlier_session_does_not_matter() -> None:
    for setting in (HOME, SUPERVISED, None):
        assert answer("I01", a_session(depth=25), ago(6, 150, setting=setting)) == "stop"
        assert answer("I02", a_session(depth=25, setting=SUPERVISED), ago(6, 150, setting=setting)) == "warning"


def test_all_findings_are_listed() -> None:
    session = a_session(depth=250, needle_shared=True, endpoint=Endpoint.FREE_BLEEDING)
    assert found(session, ago(1, 250)) == {
        "D01": "stop",
        "H01": "stop",
        "I01": "stop",
        "T01": "warning",
        "P01": "caution",
    }


# Messages hold the person's own numbers


@pytest.mark.parametrize(
    ("rule", "session", "others", "parts"),
    [
        ("D01", a_session(depth=55), (), ["Crown", "0.55 mm", "0.3 mm"]),
        ("D02", a_session(depth=160, setting=SUPERVISED), (), ["Crown", "1.6 mm", "1.5 mm"]),
        ("P01", a_session(depth=60), (), ["0.6 mm", "0.5 mm"]),
        ("I01", a_session(depth=25), (ago(5, 150),), ["Crown", "1.5 mm", "25 June 2026", "5 days", "16 July 2026"]),
        ("I01", a_session(depth=25), (ago(1, 150),), ["29 June 2026", "1 day "]),
        ("I01", a_session(depth=25), (ago(5, None),), ["Crown", "5 days", "25 June 2026", "16 July 2026"]),
        (
            "I02",
            a_session(depth=25, setting=SUPERVISED),
            (ago(7, 150),),
            ["1.5 mm", "7 days", "23 June 2026", "14 July 2026"],
        ),
        (
            "I03",
            a_session(depth=60, setting=SUPERVISED),
            [ago(day, 60, Zone.HAIRLINE) for day in (1, 8, 15, 22)],
            ["5 dates", "28 days", "0.5 mm", "4 dates", "6 July 2026"],
        ),
        (
            "I01",
            a_session(depth=25),
            [ago(day, 25, Zone.HAIRLINE) for day in (1, 3, 6)],
            ["4 dates", "7 days", "0.3 mm", "3 dates", "1 July 2026"],
        ),
        (
            "I04",
            a_session(depth=60),
            [ago(day, 60, Zone.HAIRLINE) for day in range(30, 211, 30)],
            ["0.5 mm", "2 December 2025", "210 days", "56 days"],
        ),
        ("T01", a_session(endpoint=Endpoint.FREE_BLEEDING), (), ["free bleeding"]),
        ("T02", a_session(zones=(ZonePass(Zone.CROWN, Depth(25), 14),)), (), ["14 passes", "12"]),
        ("T02", a_session(pressure=Pressure.HARD), (), ["hard"]),
        ("T03", a_session(zone=Zone.BEARD_EDGE), (), ["beard edge"]),
        ("H02", a_session(device=DeviceKind.PEN, needle_use=3), (), ["pen", "3"]),
        ("H03", a_session(depth=60, needle_use=5), (), ["roller", "5"]),
        ("H04", a_session(needle_state=NeedleState.WASHED), (), ["ashed only"]),
        ("C01", a_session(skin_signs=frozenset({SkinSign.PUSTULES})), (), ["ustules"]),
        (
            "C07",
            a_session(conditions=(DatedCondition(Condition.HAIR_TRANSPLANT, date(2026, 4, 1)),)),
            (),
            ["90 days", "1 April 2026"],
        ),
        ("M01", a_session(topicals=(Topical(Product.MINOXIDIL, 90),)), (), ["inoxidil", "1.5 hours", "24"]),
        ("M02", a_session(topicals=(Topical(Product.RETINOID, -720),)), (), ["etinoid", "12 hours"]),
        ("R01", a_session(reaction=Reaction(80 * 60)), (), ["80 hours", "72 hours"]),
        ("R01", a_session(), (ago(3, reaction=Reaction(80 * 60)),), ["27 June 2026", "3 days", "80 hours"]),
        ("R02", a_session(reaction=Reaction(signs=frozenset({ReactionSign.PUS}))), (), ["pus"]),
        ("R02", a_session(), (ago(9, reaction=Reaction(signs=frozenset({ReactionSign.FEVER}))),), ["fever", "21 June"]),
    ],
)
def test_a_message_holds_the_persons_own_numbers(
    rule: str, session: Session, others: list[Session], parts: list[str]
) -> None:
    message = finding(rule, session, *others).message
    for part in parts:
        assert part in message
    assert " may " in message


def test_a_young_person_is_told_the_age() -> None:
    session = a_session(conditions=())
    for age, born in ((17, date(2008, 7, 1)), (21, date(2004, 7, 1))):
        assert str(age) in finding("C06", session, person=Person(SAM, birth_date=born)).message


# Earlier sessions: order, overlap, depth


def test_of_two_sessions_of_one_date_the_later_by_time_comes_after() -> None:
    morning, evening = a_session(depth=150, time=time(8), id="2" * 32), a_session(time=time(20), id="1" * 32)
    assert answer("I01", evening, morning) == "stop"
    assert answer("I01", morning, evening) == "clean"


def test_of_two_sessions_of_one_date_one_without_a_time_comes_first() -> None:
    timed, timeless = a_session(depth=25, time=time(0, 1), id="1" * 32), a_session(depth=25, id="2" * 32)
    assert answer("I01", timed, timeless) == "warning"
    assert answer("I01", timeless, timed) == "clean"


@pytest.mark.parametrize("at", [None, time(9)])
def test_of_two_sessions_of_one_date_and_time_the_one_recorded_later_comes_after(at: time | None) -> None:
    first, second = a_session(depth=25, time=at, id="1" * 32), a_session(depth=25, time=at, id="2" * 32)
    assert answer("I01", second, first) == "warning"
    assert answer("I01", first, second) == "clean"


def test_midnight_and_no_time_are_a_tie() -> None:
    timeless, midnight = a_session(id="1" * 32), a_session(time=time(0), id="2" * 32)
    assert (answer("I01", midnight, timeless), answer("I01", timeless, midnight)) == ("warning", "clean")


def test_a_later_session_is_never_looked_at() -> None:
    later = a_session(TODAY + timedelta(days=1), 250, reaction=Reaction(9999, frozenset({ReactionSign.PUS})))
    assert answers(a_session(), History([later]), ADULT) == answers(a_session(), History(), ADULT)


@pytest.mark.parametrize(
    ("earlier", "here", "expected"),
    [
        (Zone.WHOLE_SCALP, Zone.CROWN, "stop"),
        (Zone.CROWN, Zone.WHOLE_SCALP, "stop"),
        (None, Zone.OCCIPITAL, "stop"),
        (Zone.TEMPLE_LEFT, None, "stop"),
        (Zone.TEMPLE_LEFT, Zone.TEMPLE_RIGHT, "clean"),
        (Zone.WHOLE_SCALP, Zone.EYEBROW, "clean"),
        (Zone.EYEBROW, Zone.WHOLE_SCALP, "clean"),
        (None, Zone.BEARD_EDGE, "clean"),
        (Zone.EYE_AREA, Zone.EYEBROW, "clean"),
        (Zone.EYEBROW, Zone.EYEBROW, "stop"),
        (Zone.BEARD_EDGE, Zone.BEARD_EDGE, "stop"),
        (Zone.EYE_AREA, Zone.EYE_AREA, "stop"),
    ],
)
def test_which_zones_overlap(earlier: Zone | None, here: Zone | None, expected: str) -> None:
    assert answer("I01", a_session(zone=here), ago(3, 150, earlier)) == expected


def test_a_session_without_any_zone_counts_as_the_whole_scalp() -> None:
    assert answer("I01", a_session(), ago(3, zones=())) == "info"  # of unknown depth, too
    assert answer("I01", a_session(zones=()), ago(3, 150)) == "stop"
    assert answer("I01", a_session(zone=Zone.EYEBROW), ago(3, zones=())) == "clean"


def test_the_depth_is_that_which_the_earlier_session_had_here() -> None:
    mixed = ago(3, zones=in_zones((Zone.CROWN, 25), (Zone.HAIRLINE, 200)))
    assert answer("I01", a_session(zone=Zone.CROWN), mixed) == "clean"
    assert answer("I01", a_session(zone=Zone.HAIRLINE), mixed) == "stop"


def test_the_deepest_of_the_whole_scalp_and_the_crown_lies_under_the_crown() -> None:
    both = ago(3, zones=in_zones((Zone.WHOLE_SCALP, 150), (Zone.CROWN, 25)))
    assert answer("I01", a_session(zone=Zone.CROWN), both) == "stop"
    assert finding("I01", a_session(zone=Zone.CROWN), both).facts["earlier_depth"] == 150


def test_every_earlier_session_is_looked_at_and_the_worst_answer_wins() -> None:
    deep_and_older, shallow_and_newer = ago(13, 150), ago(1, 25)
    said = finding("I01", a_session(), deep_and_older, shallow_and_newer)
    assert (said.severity, said.facts["days"]) == (Severity.WARNING, 13)


@pytest.mark.parametrize(
    ("days", "home", "supervised"),
    [(0, "info", "info"), (6, "info", "info"), (7, "info", "info"), (20, "info", "info"), (21, "clean", "clean")],
)
def test_an_earlier_session_of_unknown_depth_is_at_most_an_info(days: int, home: str, supervised: str) -> None:
    earlier = ago(days, None, id="0" * 32)
    assert answer("I01", a_session(), earlier) == home
    assert answer("I02", a_session(setting=SUPERVISED), earlier) == supervised


def test_of_a_known_and_an_unknown_zone_the_worst_answer_wins() -> None:
    here = a_session(zones=in_zones((Zone.CROWN, 60), (Zone.HAIRLINE, 60)))
    mixed = in_zones((Zone.CROWN, 60), (Zone.HAIRLINE, None))
    for days, expected in ((2, "stop"), (6, "warning"), (13, "caution"), (14, "info"), (20, "info"), (21, "clean")):
        assert answer("I01", here, ago(days, zones=mixed)) == expected, days
    assert answer("I01", a_session(zone=Zone.HAIRLINE), ago(2, zones=mixed)) == "info"
    assert answer("I01", a_session(zone=Zone.CROWN), ago(14, zones=mixed)) == "clean"


@pytest.mark.parametrize(
    ("here", "earlier", "days", "expected"),
    [
        (30, 50, 1, "caution"),
        (30, 50, 2, "caution"),
        (30, 31, 1, "caution"),
        (30, 31, 6, "caution"),
        (30, 31, 7, "clean"),
        (30, 51, 1, "stop"),
        (30, 30, 1, "clean"),
        (31, 31, 1, "warning"),
        (None, 50, 1, "warning"),
    ],
)
def test_shallow_after_half_a_millimetre_is_milder_from_the_next_day(
    here: int | None, earlier: int, days: int, expected: str
) -> None:
    assert answer("I01", a_session(depth=here), ago(days, earlier)) == expected


def test_it_is_not_milder_where_the_depth_of_some_zone_here_is_unknown() -> None:
    here = a_session(zones=in_zones((Zone.CROWN, 30), (Zone.HAIRLINE, None)))
    assert answer("I01", here, ago(1, 50)) == "warning"


def test_it_is_not_milder_under_supervision() -> None:
    assert answer("I02", a_session(depth=30, setting=SUPERVISED), ago(2, 50)) == "caution"


def test_shallow_dates_are_counted_whatever_the_zones_and_settings() -> None:
    others = [
        ago(1, 30, Zone.HAIRLINE, setting=SUPERVISED),
        ago(3, 5, Zone.EYEBROW),
        ago(6, 30, Zone.FRONTAL, setting=None),
    ]
    assert answer("I01", a_session(depth=30), *others) == "info"
    assert answer("I02", a_session(depth=30, setting=SUPERVISED), *others) == "clean"
    assert answer("I01", a_session(depth=31), *others) == "clean"
    one_date = [
        ago(1, 30, Zone.HAIRLINE, time=time(8)),
        ago(1, 30, Zone.EYEBROW, time=time(9)),
        ago(6, 30, Zone.FRONTAL),
    ]
    assert answer("I01", a_session(depth=30), *one_date) == "clean"


def test_a_deep_session_is_no_shallow_date() -> None:
    others = [ago(1, 25, Zone.HAIRLINE), ago(3, 25, Zone.HAIRLINE), ago(6, 40, Zone.HAIRLINE)]
    assert answer("I01", a_session(depth=30), *others) == "clean"
    unknown = [*others[:2], ago(6, None, Zone.HAIRLINE)]
    assert answer("I01", a_session(depth=30), *unknown) == "unjudged"


def test_only_the_dates_up_to_this_one_count() -> None:
    later = [a_session(TODAY + timedelta(days=day), 30, Zone.HAIRLINE) for day in (1, 2, 3)]
    assert answer("I01", a_session(depth=30), *later) == "clean"


# I03 and I04


@pytest.mark.parametrize("setting", [HOME, SUPERVISED])
def test_deep_dates_in_four_weeks_are_counted_whatever_the_zones_and_settings(setting: Setting) -> None:
    zones = (Zone.HAIRLINE, Zone.EYEBROW, Zone.BEARD_EDGE, None)
    others = [ago(day, 60, zone) for day, zone in zip((1, 9, 18, 27), zones, strict=True)]
    session = a_session(depth=60, setting=setting)
    assert answer("I03", session, *others) == "warning"
    assert answer("I03", session, *others[:3]) == "clean"
    assert answer("I03", replace(session, zones=in_zones((Zone.CROWN, 50))), *others) == "clean"


def test_deep_dates_are_those_with_some_zone_known_to_be_deeper() -> None:
    partly = in_zones((Zone.CROWN, 60), (Zone.HAIRLINE, None))
    others = [ago(day, zones=partly) for day in (1, 9, 18, 27)]
    assert answer("I03", a_session(zones=partly), *others) == "warning"


def test_the_half_millimetre_band_is_at_most_half_a_millimetre_in_every_zone() -> None:
    days = range(3, 27, 3)
    others = [ago(day, 50, Zone.HAIRLINE) for day in days]
    assert answer("I03", a_session(depth=50), *others) == "caution"
    assert answer("I03", a_session(depth=31), *others) == "caution"
    assert answer("I03", a_session(depth=50), *others[1:]) == "clean"
    assert answer("I03", a_session(depth=50), *others[1:], ago(3, 60, Zone.HAIRLINE)) == "clean"
    partly = in_zones((Zone.CROWN, 50), (Zone.HAIRLINE, None))
    assert answer("I03", a_session(zones=partly), *others) == "unjudged"
    assert answer("I03", a_session(depth=50), *others[1:], ago(3, zones=partly)) == "unjudged"


def test_rows_of_one_sitting_count_once() -> None:
    rows = [a_session(depth=60, zone=zone, id=f"{n:032x}") for n, zone in enumerate((Zone.HAIRLINE, Zone.FRONTAL))]
    others = [ago(day, 60, zone) for day in (1, 9, 18) for zone in (Zone.HAIRLINE, Zone.FRONTAL)]
    assert answer("I03", a_session(depth=60), *rows, *others) == "clean"
    assert answer("I03", a_session(depth=60), *rows, *others, ago(27, 60)) == "warning"
    assert finding("I03", a_session(depth=60), *rows, *others, ago(27, 60)).facts["dates"] == 5


def test_a_run_counts_sessions_of_unknown_depth_and_any_zone() -> None:
    others = [ago(182, None, Zone.EYEBROW), ago(126, 60), ago(70, zones=()), ago(14, 60, Zone.HAIRLINE)]
    assert answer("I04", a_session(depth=60), *others) == "info"
    assert answer("I04", a_session(depth=None, setting=SUPERVISED), *others) == "info"
    assert answer("I04", a_session(zones=in_zones((Zone.CROWN, 60), (Zone.FRONTAL, None))), *others) == "info"
    assert answer("I04", a_session(zones=in_zones((Zone.CROWN, 40), (Zone.FRONTAL, None))), *others) == "info"
    assert answer("I04", a_session(depth=50), *others) == "clean"
    assert answer("I04", a_session(depth=60), *others[1:]) == "clean"


# Depth, technique, needles


@pytest.mark.parametrize(
    ("zones", "home", "supervised"),
    [
        (((Zone.CROWN, 40), (Zone.FRONTAL, None)), "info", "info"),
        (((Zone.CROWN, 60), (Zone.FRONTAL, None)), "caution", "info"),
        (((Zone.CROWN, 160), (Zone.FRONTAL, None)), "warning", "caution"),
        (((Zone.CROWN, 260), (Zone.FRONTAL, None)), "stop", "warning"),
        (((Zone.CROWN, 25), (Zone.FRONTAL, 101)), "warning", "clean"),
        ((), "info", "info"),
    ],
)
def test_of_unknown_and_known_depth_the_higher_applies(
    zones: tuple[tuple[Zone, int | None], ...], home: str, supervised: str
) -> None:
    session = a_session(zones=in_zones(*zones))
    assert answer("D01", session) == home
    assert answer("D02", replace(session, setting=SUPERVISED)) == supervised
    assert answer("D02", session) == answer("D01", replace(session, setting=SUPERVISED)) == "clean"


def test_advice_is_asked_for_at_home_only_and_empty_counts_as_none() -> None:
    partly = a_session(zones=in_zones((Zone.CROWN, 25), (Zone.FRONTAL, None)))
    for advice, expected in ((None, "caution"), (False, "caution"), (True, "clean")):
        assert answer("P01", replace(partly, professional_advice=advice)) == expected
        assert answer("P01", a_session(depth=51, professional_advice=advice)) == expected
    assert answer("P01", a_session(depth=51, setting=SUPERVISED)) == "clean"
    assert answer("P01", a_session(depth=51, setting=None)) == "caution"


def test_the_most_passes_of_any_zone_count() -> None:
    def passes(*numbers: int | None) -> Session:
        zones = (Zone.CROWN, Zone.HAIRLINE)
        places = [ZonePass(zone, Depth(25), n) for zone, n in zip(zones, numbers, strict=False)]
        return a_session(zones=tuple(places), pressure=Pressure.MODERATE)

    assert answer("T02", passes(2, 21)) == "warning"
    assert answer("T02", passes(13, None)) == "caution"
    assert answer("T02", passes(12, None)) == "unjudged"
    assert answer("T02", passes(12, 12)) == "clean"
    assert answer("T02", replace(passes(None, None), pressure=Pressure.HARD)) == "caution"


@pytest.mark.parametrize(
    ("zones", "thinning", "expected"),
    [
        ([Zone.CROWN], None, "clean"),
        ([Zone.CROWN], [], "clean"),
        ([Zone.CROWN], [Zone.HAIRLINE], "info"),
        ([Zone.CROWN, Zone.HAIRLINE], [Zone.HAIRLINE], "info"),
        ([Zone.CROWN], [Zone.CROWN], "clean"),
        ([Zone.CROWN], [Zone.WHOLE_SCALP], "clean"),
        ([Zone.WHOLE_SCALP], [Zone.CROWN, Zone.HAIRLINE], "info"),
        ([Zone.WHOLE_SCALP], [z for z in Zone if z not in (Zone.EYEBROW, Zone.BEARD_EDGE, Zone.EYE_AREA)], "clean"),
        ([Zone.CROWN], [Zone.EYEBROW], "info"),
        ([Zone.EYEBROW], [Zone.CROWN], "caution"),
        ([Zone.EYEBROW], [Zone.EYEBROW], "caution"),
        ([Zone.EYE_AREA, Zone.CROWN], [Zone.CROWN], "stop"),
    ],
)
def test_a_zone_not_marked_as_thinning(zones: list[Zone], thinning: list[Zone] | None, expected: str) -> None:
    session = a_session(zones=tuple(ZonePass(zone, Depth(25)) for zone in zones), skin_signs=frozenset())
    person = replace(ADULT, thinning_zones=None if thinning is None else frozenset(thinning))
    assert answer("T03", session, person=person) == expected


def test_a_lesion_is_a_stop_in_any_zone_and_under_supervision() -> None:
    lesion = frozenset({SkinSign.MOLE_OR_LESION})
    assert answer("T03", a_session(zone=Zone.EYEBROW, skin_signs=lesion, setting=SUPERVISED)) == "stop"
    assert answer("T03", a_session(zone=Zone.EYEBROW, skin_signs=None)) == "caution"
    assert answer("T03", a_session(zones=(), skin_signs=lesion)) == "stop"


def test_a_roller_of_partly_unknown_depth() -> None:
    def roller(deepest: int, use: int) -> Session:
        return a_session(zones=in_zones((Zone.CROWN, deepest), (Zone.FRONTAL, None)), needle_use=use)

    assert answer("H03", roller(51, 2)) == "caution"
    assert answer("H03", roller(51, 16)) == "warning"
    assert answer("H03", roller(50, 16)) == "caution"
    assert answer("H03", roller(50, 15)) == "unjudged"


def test_reuse_is_for_the_devices_of_each_rule() -> None:
    for kind in DeviceKind:
        session = a_session(depth=60, device=kind, needle_use=2)
        is_pen = kind in (DeviceKind.PEN, DeviceKind.RADIOFREQUENCY)
        assert answer("H02", session) == ("warning" if is_pen else "clean")
        is_roller = kind in (DeviceKind.ROLLER, DeviceKind.STAMP)
        other = "unjudged" if kind is DeviceKind.OTHER else "clean"
        assert answer("H03", session) == ("caution" if is_roller else other)


# Conditions


def with_conditions(*conditions: DatedCondition | Condition, **but: Any) -> Session:
    dated = (one if isinstance(one, DatedCondition) else DatedCondition(one) for one in conditions)
    return a_session(conditions=tuple(dated), skin_signs=frozenset(), **but)


def transplant(days_ago: int) -> DatedCondition:
    return DatedCondition(Condition.HAIR_TRANSPLANT, TODAY - timedelta(days=days_ago))


def isotretinoin(days_ago: int) -> DatedCondition:
    return DatedCondition(Condition.ISOTRETINOIN, TODAY - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        ([DatedCondition(Condition.HAIR_TRANSPLANT)], "unjudged"),
        ([transplant(-1)], "clean"),
        ([transplant(0)], "stop"),
        ([transplant(89)], "stop"),
        ([transplant(90)], "warning"),
        ([transplant(179)], "warning"),
        ([transplant(180)], "caution"),
        ([transplant(364)], "caution"),
        ([transplant(365)], "clean"),
        ([transplant(1000), DatedCondition(Condition.HAIR_TRANSPLANT)], "unjudged"),
        ([transplant(1000), transplant(100)], "warning"),
        ([DatedCondition(Condition.HAIR_TRANSPLANT), transplant(100)], "warning"),
        ([isotretinoin(10)], "clean"),
    ],
)
def test_days_since_a_transplant(dated: list[DatedCondition], expected: str) -> None:
    for setting in (HOME, SUPERVISED, None):
        assert answer("C07", with_conditions(*dated, setting=setting)) == expected


@pytest.mark.parametrize(
    ("dated", "home", "supervised"),
    [
        (DatedCondition(Condition.ISOTRETINOIN), "warning", "caution"),
        (isotretinoin(-1), "warning", "caution"),
        (isotretinoin(0), "warning", "caution"),
        (isotretinoin(182), "warning", "caution"),
        (isotretinoin(183), "clean", "clean"),
    ],
)
def test_days_since_isotretinoin(dated: DatedCondition, home: str, supervised: str) -> None:
    assert answer("C04", with_conditions(dated)) == home
    assert answer("C04", with_conditions(dated, setting=SUPERVISED)) == supervised


@pytest.mark.parametrize(
    ("rule", "condition", "home", "supervised"),
    [
        ("C02", Condition.PSORIASIS_HISTORY, "caution", "caution"),
        ("C03", Condition.KELOID_TENDENCY, "stop", "warning"),
        ("C03", Condition.METAL_ALLERGY, "stop", "stop"),
        ("C03", Condition.ANAESTHETIC_ALLERGY, "stop", "stop"),
        ("C05", Condition.BLEEDING_DISORDER, "stop", "stop"),
        ("C05", Condition.ANTICOAGULANT, "warning", "caution"),
        ("C05", Condition.IMMUNOSUPPRESSION, "warning", "caution"),
        ("C05", Condition.CHEMOTHERAPY, "warning", "caution"),
        ("C05", Condition.DIABETES_UNCONTROLLED, "warning", "caution"),
        ("C05", Condition.DIABETES_CONTROLLED, "caution", "caution"),
        ("C05", Condition.LOW_DOSE_ASPIRIN, "caution", "caution"),
        ("C06", Condition.PREGNANCY, "warning", "warning"),
        ("C06", Condition.BREASTFEEDING, "warning", "warning"),
        ("C08", Condition.PATCHY_LOSS, "stop", "caution"),
        ("C08", Condition.SUDDEN_LOSS, "stop", "caution"),
        ("C08", Condition.SCARRING_ALOPECIA, "stop", "caution"),
        ("C08", Condition.UNDIAGNOSED_LOSS, "stop", "caution"),
        ("C08", Condition.ALOPECIA_AREATA, "stop", "info"),
    ],
)
def test_a_condition_by_setting(rule: str, condition: Condition, home: str, supervised: str) -> None:
    family = [f"C0{n}" for n in range(1, 9)]
    for setting, expected in ((HOME, home), (None, home), (SUPERVISED, supervised)):
        session = with_conditions(condition, setting=setting)
        assert {one: answer(one, session) for one in family} == {**dict.fromkeys(family, "clean"), rule: expected}


def test_a_flare_outranks_its_history_and_areata_is_milder_only_alone() -> None:
    flare = with_conditions(Condition.ECZEMA_HISTORY)
    assert answer("C02", replace(flare, skin_signs=frozenset({SkinSign.ECZEMA_FLARE}), setting=SUPERVISED)) == "stop"
    for other in (Condition.PATCHY_LOSS, Condition.SUDDEN_LOSS, Condition.SCARRING_ALOPECIA):
        both = with_conditions(Condition.ALOPECIA_AREATA, other, setting=SUPERVISED)
        assert answer("C08", both) == "caution"


def test_the_profile_of_today_does_not_change_what_was_true_then() -> None:
    today = replace(ADULT, conditions=(DatedCondition(Condition.BLEEDING_DISORDER),))
    assert answer("C05", with_conditions(), person=today) == "clean"
    assert answer("C05", a_session(conditions=None), person=today) == "unjudged"


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        (date(2008, 6, 30), date(2026, 6, 29), "stop"),
        (date(2008, 6, 30), date(2026, 6, 30), "info"),
        (date(2004, 6, 30), date(2026, 6, 29), "info"),
        (date(2004, 6, 30), date(2026, 6, 30), "clean"),
        (date(2008, 2, 29), date(2026, 2, 28), "stop"),
        (date(2008, 2, 29), date(2026, 3, 1), "info"),
    ],
)
def test_the_age_is_that_of_the_day_of_the_session(born: date, on: date, expected: str) -> None:
    session = replace(with_conditions(), date=on)
    assert answer("C06", session, person=replace(ADULT, birth_date=born)) == expected


def test_pregnancy_speaks_without_a_birth_date_and_youth_without_conditions() -> None:
    assert answer("C06", with_conditions(Condition.PREGNANCY), person=None) == "warning"
    assert answer("C06", a_session(conditions=None), person=replace(ADULT, birth_date=date(2010, 1, 1))) == "stop"
    assert answer("C06", a_session(conditions=None)) == "unjudged"
    young = replace(ADULT, birth_date=date(2006, 1, 1))
    assert answer("C06", with_conditions(Condition.PREGNANCY), person=young) == "warning"


# Products


def with_products(*products: tuple[Product, float | None], **but: Any) -> Session:
    topicals = (Topical(p, None if hours is None else round(hours * 60)) for p, hours in products)
    return a_session(topicals=tuple(topicals), **but)


@pytest.mark.parametrize("product", [Product.MINOXIDIL, Product.FINASTERIDE])
@pytest.mark.parametrize(
    ("hours", "but", "home", "supervised"),
    [
        (0, {"depth": 30}, "info", "info"),
        (0, {"depth": 31}, "warning", "caution"),
        (0, {"depth": None}, "warning", "caution"),
        (23.98, {"zones": in_zones((Zone.CROWN, 25), (Zone.FRONTAL, None))}, "warning", "caution"),
        (24, {"reaction": Reaction(24 * 60)}, "clean", "clean"),
        (24, {"reaction": Reaction(24 * 60 + 1)}, "info", "info"),
        (48, {"reaction": Reaction(49 * 60)}, "info", "info"),
        (24, {}, "unjudged", "unjudged"),
        (-0.02, {"washed_before": False}, "caution", "caution"),
        (-23.98, {"washed_before": False}, "caution", "caution"),
        (-23.98, {"washed_before": None}, "unjudged", "unjudged"),
        (-23.98, {"washed_before": True}, "clean", "clean"),
        (-24, {"washed_before": None}, "clean", "clean"),
        (None, {"washed_before": True}, "unjudged", "unjudged"),
    ],
)
def test_a_product_that_stays_on(
    product: Product, hours: float | None, but: dict[str, Any], home: str, supervised: str
) -> None:
    assert answer("M01", with_products((product, hours), **but)) == home
    assert answer("M01", with_products((product, hours), setting=SUPERVISED, **but)) == supervised


def test_the_worst_product_speaks_and_all_that_lacked_facts_are_listed() -> None:
    both = with_products((Product.MINOXIDIL, None), (Product.FINASTERIDE, 1), depth=60)
    assert answer("M01", both) == "warning"
    lacking = with_products((Product.MINOXIDIL, 24), (Product.FINASTERIDE, -1), (Product.MINOXIDIL, None))
    (unjudged,) = (one for one in verdict_of(lacking).unjudged if one.rule.id == "M01")
    assert set(unjudged.missing) == {"redness_hours", "washed_before", "topicals"}


@pytest.mark.parametrize(
    ("product", "hours", "expected"),
    [
        (Product.RETINOID, -168, "clean"),
        (Product.RETINOID, -167.98, "caution"),
        (Product.ACID, -24, "caution"),
        (Product.ACID, -23.98, "warning"),
        (Product.RETINOID, 23.98, "warning"),
        (Product.RETINOID, 24, "caution"),
        (Product.ACID, 71.98, "caution"),
        (Product.ACID, 72, "clean"),
        (Product.VITAMIN_C, -0.02, "clean"),
        (Product.VITAMIN_C, 0, "warning"),
        (Product.SERUM, 23.98, "warning"),
        (Product.VITAMIN_C, 24, "clean"),
        (Product.SERUM, None, "unjudged"),
        (Product.ACID, None, "unjudged"),
    ],
)
def test_a_product_that_irritates(product: Product, hours: float | None, expected: str) -> None:
    for setting in (HOME, SUPERVISED):
        assert answer("M02", with_products((product, hours), setting=setting)) == expected


# Afterwards


def lasting(hours: float, days: int, **but: Any) -> Session:
    return ago(days, reaction=Reaction(round(hours * 60)), **but)


@pytest.mark.parametrize(
    ("hours", "earlier_at", "at", "expected"),
    [
        (48, time(8), time(8), "clean"),  # lasted 48, elapsed 48
        (48.02, time(8), time(8), "warning"),
        (48.02, time(8), time(8, 2), "clean"),
        (48, time(8), time(7, 59), "warning"),
        (48.02, time(8), None, "warning"),  # calendar days × 24
        (48, None, time(0), "clean"),
        (48, time(23), None, "clean"),
        (25, time(23), time(0), "clean"),
        (25.02, time(23), time(0), "warning"),
    ],
)
def test_hours_elapse_between_the_times_where_both_are_recorded(
    hours: float, earlier_at: time | None, at: time | None, expected: str
) -> None:
    assert answer("R01", _healed(at), lasting(hours, 2, time=earlier_at)) == expected


def _healed(at: time | None = None, **but: Any) -> Session:
    return a_session(time=at, reaction=Reaction(0, frozenset()), **but)


@pytest.mark.parametrize(
    ("days", "earlier_at", "at", "expected"),
    [
        (7, time(8), time(8), "warning"),  # exactly 168 hours ago
        (7, time(8), time(8, 1), "stop"),
        (7, None, time(23), "warning"),  # 7 × 24
        (8, None, None, "stop"),
        (60, None, None, "stop"),
        (61, None, None, "clean"),
    ],
)
def test_a_reaction_open_for_more_than_a_week_is_a_stop(
    days: int, earlier_at: time | None, at: time | None, expected: str
) -> None:
    assert answer("R01", _healed(at), lasting(3000, days, time=earlier_at)) == expected


def test_two_sessions_of_one_date_without_both_times_are_not_judged() -> None:
    for earlier_at, at in ((None, None), (None, time(20))):
        assert answer("R01", _healed(at, id="f" * 32), lasting(90, 0, time=earlier_at, id="0" * 32)) == "clean"
    assert answer("R01", _healed(time(20)), lasting(13, 0, time=time(8))) == "warning"
    assert answer("R01", _healed(time(20)), lasting(12, 0, time=time(8))) == "clean"


def test_an_earlier_redness_that_is_not_recorded_is_silent() -> None:
    assert answer("R01", _healed(), ago(1)) == "clean"
    assert answer("R01", a_session(), ago(1)) == "unjudged"  # its own is not recorded either
    assert answer("R01", a_session(), lasting(25, 1)) == "warning"


def test_the_worse_of_its_own_redness_and_an_open_one_speaks() -> None:
    own = a_session(reaction=Reaction(80 * 60))
    assert answer("R01", own) == "caution"
    assert answer("R01", own, lasting(50, 2)) == "warning"
    assert answer("R01", a_session(reaction=Reaction(169 * 60)), lasting(50, 2)) == "stop"
    assert answer("R01", a_session(zone=Zone.HAIRLINE, reaction=Reaction(0)), lasting(50, 2)) == "clean"


def test_travel_does_not_change_the_hours_elapsed() -> None:
    earlier = lasting(20, 1, time=time(12), utc_offset_minutes=0)
    assert answer("R01", _healed(time(12), utc_offset_minutes=0), earlier) == "clean"
    assert answer("R01", _healed(time(12), utc_offset_minutes=600), earlier) == "warning"  # 14 hours on
    assert answer("R01", _healed(time(12)), earlier) == "clean"


@pytest.mark.parametrize("sign", list(ReactionSign))
@pytest.mark.parametrize(("advice", "expected"), [(None, "stop"), (False, "stop"), (True, "clean")])
def test_a_sign_after_an_earlier_session_waits_for_advice(
    sign: ReactionSign, advice: bool | None, expected: str
) -> None:
    earlier = ago(60, reaction=Reaction(signs=frozenset({sign})))
    session = _healed(professional_advice=advice)
    for setting in (HOME, SUPERVISED):
        assert answer("R02", replace(session, setting=setting), earlier) == expected
    assert answer("R02", session, replace(earlier, date=TODAY - timedelta(days=61))) == "clean"
    assert answer("R02", replace(session, zones=in_zones((Zone.HAIRLINE, 25))), earlier) == "clean"


def test_a_sign_of_its_own_is_a_stop_even_with_advice() -> None:
    signs = Reaction(0, frozenset({ReactionSign.PUS}))
    assert answer("R02", a_session(professional_advice=True, reaction=signs)) == "stop"
    assert answer("R02", a_session(professional_advice=True)) == "unjudged"
    assert answer("R02", a_session(), ago(5, reaction=signs)) == "stop"


def test_the_dates_of_a_band_are_said_with_both_its_ends() -> None:
    earlier = [a_session(TODAY - timedelta(days=3 * back), 50) for back in range(1, 9)]
    deeper = [a_session(TODAY - timedelta(days=back), 100) for back in (2, 5)]
    session = a_session(TODAY, 50)
    verdict = judge(RULES, Case(session, History([*earlier, *deeper, session])))
    (finding,) = (one for one in verdict.findings if one.rule.id == "I03")
    assert finding.found == "Needled deeper than 0.3 mm and up to 0.5 mm on 9 dates within 28 days."


def test_a_roller_used_often_at_an_unknown_depth_is_not_told_of_its_depth() -> None:
    session = a_session(TODAY, None, needle_use=16)
    verdict = judge(RULES, Case(session, History()))
    (finding,) = (one for one in verdict.findings if one.rule.id == "H03")
    assert "at a depth that is not recorded" in finding.found
    assert "this depth" not in finding.clean
