"""A session being written, and what about it cannot be kept."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from builders import SAM, TODAY, a_session

from logbook.domain.draft import Draft, session_problems
from logbook.domain.errors import InvalidRecord, Problem
from logbook.domain.needle_use import NeedleChoice
from logbook.domain.person import Person
from logbook.domain.session import (
    NO_REACTION,
    DatedCondition,
    GivenVerdict,
    Reaction,
    Session,
    Topical,
    ZonePass,
    new_id,
)
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Setting,
    Severity,
    SheddingMethod,
    SkinSign,
    Zone,
)

TOMORROW = TODAY + timedelta(days=1)
FULL = Session(
    new_id(),
    SAM,
    TODAY - timedelta(days=30),
    time=time(20, 15),
    utc_offset_minutes=120,
    setting=Setting.SUPERVISED,
    device=DeviceKind.PEN,
    device_id="d" * 32,
    cartridge_id="c" * 32,
    needle_use=1,
    zones=(ZonePass(Zone.CROWN, Depth(150), 3), ZonePass(Zone.HAIRLINE, Depth(100), 2)),
    pressure=Pressure.LIGHT,
    endpoint=Endpoint.ERYTHEMA,
    needle_state=NeedleState.NEW_STERILE,
    needle_shared=False,
    professional_advice=True,
    skin_signs=frozenset({SkinSign.SUNBURN}),
    conditions=(DatedCondition(Condition.ISOTRETINOIN, date(2025, 1, 1)),),
    topicals=(Topical(Product.MINOXIDIL, -720),),
    washed_before=True,
    reaction=Reaction(600, frozenset({ReactionSign.PUS}), 4),
    notes="went well",
    given=GivenVerdict("2026.11", Severity.CLEAN, "[]"),
)
NEVER_CARRIED = {
    "time": None,
    "utc_offset_minutes": None,
    "endpoint": None,
    "needle_state": None,
    "skin_signs": None,
    "reaction": NO_REACTION,
    "notes": "",
    "given": None,
}
CARRIED = ("person_id", "setting", "device", "device_id", "zones", "pressure", "professional_advice", "conditions")


def fields_at_fault(session: Session) -> list[str]:
    return [problem.field for problem in session_problems(session, TODAY)]


def places(*named: tuple[Zone | None, int | None, int | None]) -> dict[str, Any]:
    return {"zones": tuple(ZonePass(z, None if d is None else Depth(d), p) for z, d, p in named)}


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("date", {"day": TOMORROW}, {"day": TODAY}),
        ("date", {"day": date(1949, 12, 31)}, {"day": date(1950, 1, 1)}),
        ("zones", places((Zone.CROWN, 25, None), (Zone.CROWN, 50, None)), places((Zone.CROWN, 25, None))),
        ("zones", places((Zone.CROWN, 25, None), (None, 25, None)), places((None, 25, None))),
        ("depth_mm", {"depth": 4}, {"depth": 5}),
        ("depth_mm", {"depth": 501}, {"depth": 500}),
        ("depth_mm", places((Zone.CROWN, 25, None), (Zone.HAIRLINE, 2500, None)), places((Zone.CROWN, None, None))),
        ("passes", places((Zone.CROWN, 25, 0)), places((Zone.CROWN, 25, 1))),
        ("passes", places((Zone.CROWN, 25, 1001)), places((Zone.CROWN, 25, 1000))),
        ("needle_use", {"needle_use": 0}, {"needle_use": 1}),
        ("needle_use", {"needle_use": 10_001}, {"needle_use": 10_000}),
        ("redness_hours", {"reaction": Reaction(-1)}, {"reaction": Reaction(0)}),
        ("redness_hours", {"reaction": Reaction(366 * 1440 + 1)}, {"reaction": Reaction(366 * 1440)}),
        ("pain", {"reaction": Reaction(pain=-1)}, {"reaction": Reaction(pain=0)}),
        ("pain", {"reaction": Reaction(pain=11)}, {"reaction": Reaction(pain=10)}),
        ("utc_offset_minutes", {"utc_offset_minutes": 18 * 60 + 1}, {"utc_offset_minutes": 18 * 60}),
        ("utc_offset_minutes", {"utc_offset_minutes": -18 * 60 - 1}, {"utc_offset_minutes": -18 * 60}),
        (
            "conditions",
            {"conditions": (DatedCondition(Condition.PREGNANCY, TODAY),)},
            {"conditions": (DatedCondition(Condition.PREGNANCY), DatedCondition(Condition.HAIR_TRANSPLANT, TODAY))},
        ),
        (
            "topicals",
            {"topicals": (Topical(Product.ACID, 60), Topical(Product.ACID, 60))},
            {"topicals": (Topical(Product.ACID, 60), Topical(Product.ACID, 120), Topical(Product.ACID))},
        ),
    ],
)
def test_each_field_has_its_bounds(field: str, wrong: dict[str, Any], right: dict[str, Any]) -> None:
    assert fields_at_fault(a_session(**wrong)) == [field]
    assert fields_at_fault(a_session(**right)) == []
    for problem in session_problems(a_session(**wrong), TODAY):
        assert problem.message.endswith((".", "?"))


def test_a_session_of_which_only_the_date_is_known_can_be_kept() -> None:
    draft = Draft.blank(SAM, TODAY)
    assert draft.problems(TODAY) == ()
    assert draft.finish(TODAY) == (draft.session, None)
    assert draft.session == Session(draft.session.id, SAM, TODAY)


def test_a_depth_that_a_factor_of_ten_explains_comes_with_a_suggestion() -> None:
    (problem,) = session_problems(a_session(depth=2500), TODAY)
    assert problem.suggestion == "2.5"
    assert "Did you mean 2.5?" in problem.message


def test_hours_are_said_in_hours() -> None:
    (problem,) = session_problems(a_session(reaction=Reaction(366 * 1440 + 60)), TODAY)
    assert "8785" in problem.message
    assert "from 0 to 8784" in problem.message


def test_every_field_at_fault_is_named_in_the_order_of_the_form() -> None:
    session = a_session(
        TOMORROW,
        **places((Zone.CROWN, 2500, 0), (Zone.CROWN, 25, None)),
        needle_use=0,
        reaction=Reaction(-60, None, 11),
        utc_offset_minutes=9999,
        conditions=(DatedCondition(Condition.PREGNANCY, TODAY),),
        topicals=(Topical(Product.ACID), Topical(Product.ACID)),
    )
    with pytest.raises(InvalidRecord) as refused:
        Draft(session).finish(TODAY)
    assert [problem.field for problem in refused.value.problems] == [
        "date",
        "zones",
        "depth_mm",
        "passes",
        "needle_use",
        "redness_hours",
        "pain",
        "utc_offset_minutes",
        "conditions",
        "topicals",
    ]
    for problem in refused.value.problems:
        assert problem.message in str(refused.value)


def test_a_field_that_cannot_be_read_speaks_before_what_is_implausible_and_for_itself() -> None:
    unreadable = Problem("needle_use", "“x” is not a number.", "x")
    draft = Draft(a_session(TOMORROW, needle_use=0), unreadable=(unreadable,))
    assert [problem.field for problem in draft.problems(TODAY)] == ["needle_use", "date"]
    with pytest.raises(InvalidRecord) as refused:
        draft.finish(TODAY)
    assert refused.value.problems[0] is unreadable


def test_the_shedding_line_is_judged_in_its_own_field() -> None:
    line = SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.ESTIMATE, 4)
    draft = Draft(a_session(), line)
    assert [problem.field for problem in draft.problems(TODAY)] == ["shedding_value"]
    with pytest.raises(InvalidRecord, match="from 0 to 3"):
        draft.finish(TODAY)


def test_a_future_date_is_said_once_for_session_and_line() -> None:
    line = SheddingRecord(new_id(), SAM, TOMORROW, SheddingMethod.ESTIMATE, 3)
    assert [problem.field for problem in Draft(a_session(TOMORROW), line).problems(TODAY)] == ["date"]


def test_a_finished_draft_gives_both_records() -> None:
    session = a_session()
    line = SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.DAY_TOTAL, 80, session_id=session.id)
    assert Draft(session, line).finish(TODAY) == (session, line)


def test_the_next_session_is_prefilled_with_how_one_needles() -> None:
    draft = Draft.next_of(FULL, TODAY)
    assert draft.session.date == TODAY
    assert draft.session.id > FULL.id
    assert draft.shedding is None
    assert draft.unreadable == ()
    for field in CARRIED:
        assert getattr(draft.session, field) == getattr(FULL, field), field


@pytest.mark.parametrize("prefill", [Draft.next_of, Draft.repeating], ids=["next_of", "repeating"])
@pytest.mark.parametrize("field", NEVER_CARRIED)
def test_what_was_seen_or_felt_is_never_carried_over(prefill: Any, field: str) -> None:
    assert getattr(FULL, field) != NEVER_CARRIED[field]
    assert getattr(prefill(FULL, TODAY).session, field) == NEVER_CARRIED[field]


def test_the_next_session_has_no_needles_and_products_yet() -> None:
    session = Draft.next_of(FULL, TODAY).session
    assert (session.cartridge_id, session.needle_use, session.needle_shared) == (None, None, None)
    assert (session.topicals, session.washed_before) == (None, None)


def test_repeating_counts_the_use_of_the_needles_on() -> None:
    session = Draft.repeating(FULL, TODAY).session
    assert session.needle_use == 2
    for field in (*CARRIED, "cartridge_id", "needle_shared", "topicals", "washed_before"):
        assert getattr(session, field) == getattr(FULL, field), field
    assert session.date == TODAY
    assert session.id != FULL.id


def test_repeating_does_not_count_what_was_not_recorded() -> None:
    assert Draft.repeating(a_session(needle_use=None), TODAY).session.needle_use is None


def test_no_field_of_a_session_is_forgotten_by_these_tests() -> None:
    seen = {*NEVER_CARRIED, *CARRIED, "id", "date", "cartridge_id", "needle_use", "needle_shared", "topicals"}
    assert seen | {"washed_before"} == set(Session.__dataclass_fields__)


# The needles in hand

MY_PEN, MY_ROLLER, OLD_ROLLER = "a" * 32, "b" * 32, "e" * 32
IN_HAND = NeedleChoice(MY_PEN, "1" * 32, DeviceKind.PEN, "pen, lot 1", 3)
OTHER_HEAD = NeedleChoice(MY_PEN, "2" * 32, DeviceKind.PEN, "pen, lot 2", 1)
NO_HEAD = NeedleChoice(MY_PEN, None, DeviceKind.PEN, "pen, cartridge not recorded", None)
ROLLER = NeedleChoice(MY_ROLLER, None, DeviceKind.ROLLER, "roller", 6)
RETIRED_HEAD = NeedleChoice(MY_PEN, "3" * 32, DeviceKind.PEN, "pen, lot 3", 9, is_offered=False)
RETIRED_ROLLER = NeedleChoice(OLD_ROLLER, None, DeviceKind.ROLLER, "old roller", 30, is_offered=False)
CHOICES = (IN_HAND, OTHER_HEAD, NO_HEAD, RETIRED_HEAD, ROLLER, RETIRED_ROLLER)


def named(draft):
    return draft.session.device_id, draft.session.cartridge_id, draft.session.needle_use


def after(kind, device_id, cartridge_id=None, **but):
    return Draft.next_of(a_session(device=kind, device_id=device_id, cartridge_id=cartridge_id, **but), TODAY)


def test_a_new_session_proposes_the_cartridge_in_hand_and_its_next_use():
    assert named(after(DeviceKind.PEN, MY_PEN).with_needles(CHOICES)) == (MY_PEN, "1" * 32, 3)


def test_a_roller_is_proposed_with_its_next_use():
    assert named(after(DeviceKind.ROLLER, MY_ROLLER).with_needles(CHOICES)) == (MY_ROLLER, None, 6)


def test_a_session_without_a_device_stays_without_one():
    draft = after(DeviceKind.ROLLER, None)
    assert draft.with_needles(CHOICES) == draft


def test_repeating_keeps_the_cartridge_and_counts_its_uses():
    last = a_session(device=DeviceKind.PEN, device_id=MY_PEN, cartridge_id="2" * 32, needle_use=1)
    assert named(Draft.repeating(last, TODAY).with_needles(CHOICES)) == (MY_PEN, "2" * 32, 1)


def test_repeating_with_a_retired_cartridge_takes_the_one_in_hand():
    last = a_session(device=DeviceKind.PEN, device_id=MY_PEN, cartridge_id="3" * 32, needle_use=8)
    assert named(Draft.repeating(last, TODAY).with_needles(CHOICES)) == (MY_PEN, "1" * 32, 3)


def test_repeating_with_an_unnamed_cartridge_goes_on_counting_what_was_written():
    last = a_session(device=DeviceKind.PEN, device_id=MY_PEN, needle_use=4)
    assert named(Draft.repeating(last, TODAY).with_needles([NO_HEAD])) == (MY_PEN, None, 5)


def test_a_use_of_a_retired_cartridge_says_nothing_of_an_unnamed_one():
    last = a_session(device=DeviceKind.PEN, device_id=MY_PEN, cartridge_id="3" * 32, needle_use=8)
    assert named(Draft.repeating(last, TODAY).with_needles([NO_HEAD, RETIRED_HEAD])) == (MY_PEN, None, None)


def test_a_retired_device_gives_way_to_the_only_other_one_of_its_kind():
    assert named(after(DeviceKind.ROLLER, OLD_ROLLER).with_needles(CHOICES)) == (MY_ROLLER, None, 6)


def test_a_retired_device_gives_way_to_none_where_there_are_several_or_no_others():
    third = replace(ROLLER, device_id="f" * 32)
    assert named(after(DeviceKind.ROLLER, OLD_ROLLER).with_needles([*CHOICES, third])) == (None, None, None)
    assert named(after(DeviceKind.ROLLER, OLD_ROLLER).with_needles([RETIRED_ROLLER, IN_HAND])) == (None, None, None)


def test_proposing_needles_changes_nothing_else():
    draft = after(DeviceKind.PEN, MY_PEN)
    proposed = draft.with_needles(CHOICES)
    plain = replace(proposed.session, cartridge_id=None, needle_use=None)
    assert replace(proposed, session=plain) == draft


# What is known of the person

KNOWN = Person(SAM, conditions=(DatedCondition(Condition.PREGNANCY),), advice_on=TODAY)


def test_what_is_known_of_the_person_goes_before_what_the_last_session_knew() -> None:
    session = Draft(a_session(TODAY, conditions=())).with_person(KNOWN).session
    assert (session.conditions, session.professional_advice) == (KNOWN.conditions, True)
    session = Draft(FULL).with_person(Person(SAM)).session
    assert (session.conditions, session.professional_advice) == (FULL.conditions, FULL.professional_advice)


def test_advice_that_was_denied_stays_denied() -> None:
    assert Draft(a_session(TODAY, professional_advice=False)).with_person(KNOWN).session.professional_advice is False


def test_advice_counts_from_its_own_day_on() -> None:
    before = Draft(a_session(TODAY - timedelta(days=1))).with_person(KNOWN).session
    assert before.professional_advice is None
