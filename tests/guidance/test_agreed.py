"""Limits agreed with a clinician: each line moved both ways, within their dates, with what was published beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from builders import SAM, TODAY, a_session
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.history import History
from logbook.domain.person import AgreedLimit
from logbook.domain.session import DatedCondition, Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Condition, DeviceKind, Pressure, Setting, Severity, Zone
from logbook.guidance.agreed import AgreedLimits, bounds, refusal
from logbook.guidance.judge import NextDates, judge, next_dates
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case, Finding, Unit, Verdict

RULES = load_rules()
MARCH, JUNE = date(2026, 3, 3), date(2026, 6, 3)
HOME, SUPERVISED = Setting.HOME, Setting.SUPERVISED
CLEAN, INFO, CAUTION, WARNING, STOP = Severity

Scene = tuple[Session, ...]  # what is judged, and the sessions around it


def a_limit(
    rule: str, parameter: str, value: int, on: date = MARCH, until: date | None = None, **but: Any
) -> AgreedLimit:
    fields = {"id": f"{rule}-{parameter}-{on}", "agreed_with": "Dr Ada Moss", **but}
    return AgreedLimit(fields.pop("id"), SAM, rule, parameter, value, agreed_on=on, until=until, **fields)


def verdict_of(scene: Scene, *limits: AgreedLimit) -> Verdict:
    return judge(RULES, Case(scene[0], History(scene)), AgreedLimits(RULES, limits))


def finding(rule: str, scene: Scene, *limits: AgreedLimit) -> Finding | None:
    return next((one for one in verdict_of(scene, *limits).findings if one.rule.id == rule), None)


def severity(rule: str, scene: Scene, *limits: AgreedLimit) -> Severity:
    found = finding(rule, scene, *limits)
    return found.severity if found else CLEAN


# One scene for each line, with its number


def depth(setting: Setting) -> Callable[[int], Scene]:
    return lambda number: (a_session(depth=number, setting=setting),)


def rest(setting: Setting, earlier: int) -> Callable[[int], Scene]:
    def after(days: int) -> Scene:
        before = a_session(TODAY - timedelta(days=days), earlier, time=time(8))
        return a_session(depth=100, setting=setting, time=time(9)), before

    return after


def dates(of: int) -> Callable[[int], Scene]:
    return lambda count: tuple(a_session(TODAY - timedelta(days=day), of) for day in range(count))


def passes(count: int) -> Scene:
    zones = (ZonePass(Zone.CROWN, Depth(25), count),)
    return (a_session(zones=zones, pressure=Pressure.LIGHT),)


def use(of: int) -> Callable[[int], Scene]:
    return lambda number: (a_session(depth=of, needle_use=number, device=DeviceKind.STAMP),)


def since(condition: Condition) -> Callable[[int], Scene]:
    return lambda days: (a_session(conditions=(DatedCondition(condition, TODAY - timedelta(days=days)),)),)


# A line, its scene, the step from the last clean number to the first told one, and numbers it is moved to
LINES = {
    ("D01", "over"): (depth(HOME), +1, [31, 50, 60, 100, 250, 500], [29, 25, 5]),
    ("D02", "over"): (depth(SUPERVISED), +1, [151, 200, 250, 300], [149, 50]),
    ("P01", "over"): (depth(HOME), +1, [51, 100], [49, 5]),
    ("I01", "rest_over_0"): (rest(HOME, 30), -1, [0], [2, 10, 60]),
    ("I01", "rest_over_30"): (rest(HOME, 50), -1, [6, 3, 2, 0], [8, 30]),
    ("I01", "rest_over_50"): (rest(HOME, 100), -1, [13, 7, 5, 3, 1], [15, 60]),
    ("I01", "rest_over_100"): (rest(HOME, 150), -1, [20, 10, 1], [22, 60]),
    ("I01", "rest_over_150"): (rest(HOME, 200), -1, [27, 21, 14, 2], [29, 60]),
    ("I02", "rest_over_0"): (rest(SUPERVISED, 30), -1, [], [1, 7]),
    ("I02", "rest_over_30"): (rest(SUPERVISED, 50), -1, [2, 0], [4, 14]),
    ("I02", "rest_over_50"): (rest(SUPERVISED, 100), -1, [13, 7, 5], [15, 60]),
    ("I02", "rest_over_100"): (rest(SUPERVISED, 150), -1, [20, 7, 1], [22]),
    ("I02", "rest_over_150"): (rest(SUPERVISED, 200), -1, [27, 14, 1], [29, 60]),
    ("I03", "most_over_50"): (dates(60), +1, [5, 12, 27], [3, 1]),
    ("I03", "most_over_30"): (dates(40), +1, [9, 20], [7, 1]),
    ("T02", "over"): (passes, +1, [13, 20, 30, 100], [11, 1]),
    ("H03", "shallow"): (use(50), +1, [11, 15, 40], [9, 1]),
    ("H03", "deep"): (use(51), +1, [2, 15, 20], []),
    ("C04", "below"): (since(Condition.ISOTRETINOIN), -1, [182, 30, 1], [184, 365]),
    ("C07", "below"): (since(Condition.HAIR_TRANSPLANT), -1, [364, 180, 100, 90, 30], [366, 730]),
}
LOOSER = [(rule, line, value) for (rule, line), (_, _, looser, _) in LINES.items() for value in looser]
TIGHTER = [(rule, line, value) for (rule, line), (_, _, _, tighter) in LINES.items() for value in tighter]


def test_the_table_of_this_test_has_every_line_of_every_negotiable_rule() -> None:
    lines = {(rule.id, line.name): line for rule in RULES.rules for line in rule.lines}
    assert lines.keys() == LINES.keys()
    for (rule, name), line in lines.items():
        scene, step, *_ = LINES[rule, name]
        if line.published + min(step, 0) >= 0:
            assert severity(rule, scene(line.published)) is CLEAN, (rule, name)
        if line.published + step >= 0:
            assert severity(rule, scene(line.published + step)) is not CLEAN, (rule, name)


@pytest.mark.parametrize(("rule", "line", "value"), LOOSER)
def test_a_looser_limit_is_clean_at_its_value_and_beyond_it_as_grave_as_published(
    rule: str, line: str, value: int
) -> None:
    scene, step, *_ = LINES[rule, line]
    limit = a_limit(rule, line, value)
    published = severity(rule, scene(value))
    assert published is not CLEAN
    found = finding(rule, scene(value), limit)
    assert found is not None
    assert (found.severity, found.agreement and found.agreement.published) == (CLEAN, published)
    assert found.agreement is not None
    assert found.agreement.limits == (limit,)
    words = f"Published: {published.word}; agreed with Dr Ada Moss on 3 March 2026: clean."
    assert found.agreed == words
    assert found.message.endswith(words)
    if value + step >= 0:
        assert severity(rule, scene(value + step), limit) is severity(rule, scene(value + step)) is not CLEAN


@pytest.mark.parametrize(("rule", "line", "value"), TIGHTER)
def test_a_tighter_limit_is_clean_at_its_value_and_speaks_beyond_it(rule: str, line: str, value: int) -> None:
    scene, step, *_ = LINES[rule, line]
    limit = a_limit(rule, line, value)
    assert finding(rule, scene(value), limit) is None
    assert finding(rule, scene(value + step)) is None
    found = finding(rule, scene(value + step), limit)
    assert found is not None
    assert found.severity > CLEAN
    assert found.agreement is not None
    assert found.agreement.published is CLEAN
    assert found.message.endswith(f"Published: clean; agreed with Dr Ada Moss on 3 March 2026: {found.severity.word}.")


@pytest.mark.parametrize(("rule", "line"), LINES)
def test_a_limit_at_the_published_value_changes_nothing(rule: str, line: str) -> None:
    scene, step, *_ = LINES[rule, line]
    published = next(one.published for one in RULES.of(rule).lines if one.name == line)
    limit = a_limit(rule, line, published)
    for number in (published, published + step):
        if number >= 0:
            assert verdict_of(scene(number), limit) == verdict_of(scene(number))


def test_a_loosened_finding_is_told_as_it_was_published_and_a_remaining_one_by_the_agreed_line() -> None:
    limit = a_limit("D01", "over", 60, until=date(2026, 12, 3))
    there = finding("D01", depth(HOME)(60), limit)
    assert there is not None
    assert there.clean == "Nothing is said at 0.3 mm or less at home."
    assert there.agreed == (
        "Published: caution; agreed with Dr Ada Moss on 3 March 2026, until 3 December 2026: clean."
    )
    beyond = finding("D01", depth(HOME)(61), limit)
    assert beyond is not None
    assert beyond.clean == "Nothing is said at 0.6 mm or less at home."
    assert beyond.agreed.endswith(": caution.")
    assert beyond.fingerprint != finding("D01", depth(HOME)(61)).fingerprint  # type: ignore[union-attr]


def test_what_an_agreement_made_clean_is_the_last_of_the_list_and_asks_for_no_reason() -> None:
    verdict = verdict_of(depth(HOME)(120), a_limit("D01", "over", 120))
    assert [(one.rule.id, one.severity) for one in verdict.findings] == [("P01", CAUTION), ("D01", CLEAN)]
    assert (verdict.severity, verdict.asks_for_a_reason) == (CAUTION, ())
    assert verdict_of(depth(HOME)(120)).asks_for_a_reason
    both = verdict_of(depth(HOME)(120), a_limit("D01", "over", 120), a_limit("P01", "over", 120))
    assert (both.severity, len(both.findings)) == (CLEAN, 2)


# Dates


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (MARCH - timedelta(days=1), False),
        (MARCH, True),
        (MARCH + timedelta(days=1), True),
        (JUNE, True),
        (JUNE + timedelta(days=1), False),
    ],
)
def test_a_limit_counts_from_its_first_to_its_last_day_whatever_day_it_is_today(day: date, counts: bool) -> None:
    scene = (a_session(day, 60),)
    assert (severity("D01", scene, a_limit("D01", "over", 60, MARCH, JUNE)) is CLEAN) is counts


def test_before_it_was_agreed_nothing_is_said_of_it_and_after_its_end_that_it_expired() -> None:
    limit = a_limit("D01", "over", 60, MARCH, JUNE)
    before = finding("D01", (a_session(MARCH - timedelta(days=1), 60),), limit)
    assert before is not None
    assert (before.agreement, before.agreed) == (None, "")
    after = finding("D01", (a_session(JUNE + timedelta(days=1), 60),), limit)
    assert after is not None
    assert after.severity is CAUTION
    assert after.message.endswith(
        "What was agreed with Dr Ada Moss on 3 March 2026, until 3 June 2026 has expired and no longer counts."
    )


def test_an_expired_limit_that_would_change_nothing_is_not_told() -> None:
    limit = a_limit("I01", "rest_over_50", 3, MARCH, JUNE)
    found = finding("I01", rest(HOME, 150)(5), limit)  # another line speaks
    assert found is not None
    assert found.agreement is None


def test_an_expired_limit_is_not_told_where_another_took_its_place() -> None:
    limits = (a_limit("D01", "over", 60, MARCH, JUNE), a_limit("D01", "over", 30, JUNE))
    found = finding("D01", depth(HOME)(60), *limits)
    assert found is not None
    assert (found.severity, found.agreement) == (CAUTION, None)


def test_a_tighter_limit_that_expired_is_silent() -> None:
    limit = a_limit("D01", "over", 10, MARCH, JUNE)
    assert finding("D01", depth(HOME)(25), limit) is None


def test_a_limit_without_an_end_counts_on_and_one_until_the_last_day_there_is_does_too() -> None:
    for until in (None, date.max):
        limit = a_limit("I01", "rest_over_30", 2, MARCH, until)
        assert severity("I01", rest(HOME, 50)(2), limit) is CLEAN
        last = History([a_session(TODAY, 50)])
        dates_there = next_dates(
            RULES, last, ZonePass(Zone.CROWN, Depth(60)), HOME, TODAY, AgreedLimits(RULES, [limit])
        )
        assert dates_there == NextDates(TODAY + timedelta(days=2), TODAY + timedelta(days=2))


# Two limits


def test_of_two_limits_on_one_line_the_one_agreed_last_counts_while_it_lasts() -> None:
    first = a_limit("D01", "over", 100, date(2026, 1, 1), id="2")
    second = a_limit("D01", "over", 50, MARCH, JUNE, id="1")  # recorded first, agreed later
    for limits in ((first, second), (second, first)):
        assert severity("D01", (a_session(date(2026, 2, 1), 60),), *limits) is CLEAN
        assert severity("D01", (a_session(MARCH, 60),), *limits) is CAUTION
        assert severity("D01", (a_session(JUNE + timedelta(days=1), 60),), *limits) is CLEAN
    told = finding("D01", (a_session(MARCH, 60),), first, second)
    assert told is not None
    assert told.agreement is not None
    assert told.agreement.limits == (second,)


def test_of_two_limits_of_one_day_the_one_recorded_last_counts() -> None:
    first, second = a_limit("D01", "over", 100, id="1"), a_limit("D01", "over", 40, id="2")
    assert severity("D01", depth(HOME)(60), second, first) is CAUTION


def test_where_only_two_lines_together_make_it_clean_both_are_named() -> None:
    on = TODAY
    scene = (
        a_session(on, 100, time=time(9)),
        a_session(on - timedelta(days=5), 50),
        a_session(on - timedelta(days=13), 100),
    )
    first, second = a_limit("I01", "rest_over_30", 5), a_limit("I01", "rest_over_50", 13, agreed_with="Dr Lee")
    assert severity("I01", scene, first) is severity("I01", scene, second) is CAUTION
    found = finding("I01", scene, first, second)
    assert found is not None
    assert (found.severity, found.agreement and set(found.agreement.limits)) == (CLEAN, {first, second})
    assert found.agreed == (
        "Published: caution; agreed with Dr Ada Moss on 3 March 2026 and agreed with Dr Lee on 3 March 2026: clean."
    )


def test_a_limit_on_a_line_that_does_not_speak_is_not_named() -> None:
    mine, other = a_limit("I01", "rest_over_30", 5), a_limit("I01", "rest_over_150", 40)
    found = finding("I01", rest(HOME, 50)(5), mine, other)
    assert found is not None
    assert found.agreement is not None
    assert found.agreement.limits == (mine,)
    h03 = finding("H03", use(50)(12), a_limit("H03", "deep", 9), a_limit("H03", "shallow", 12, agreed_with="Dr Lee"))
    assert h03 is not None
    assert "Dr Lee" in h03.agreed
    assert "Moss" not in h03.agreed


# What is unknown stays unknown


def test_what_a_limit_makes_clean_but_lacks_another_fact_is_listed_as_not_judged_too() -> None:
    scene = (a_session(zones=(ZonePass(Zone.CROWN, Depth(25), 15),)),)  # the pressure is not recorded
    verdict = verdict_of(scene, a_limit("T02", "over", 15))
    assert [(one.rule.id, one.severity) for one in verdict.findings] == [("T02", CLEAN)]
    assert {one.rule.id: one.missing for one in verdict.unjudged}["T02"] == ("pressure",)


def test_a_limit_does_not_clear_what_could_not_be_judged() -> None:
    scene = (a_session(depth=None), *dates(60)(5)[1:])
    assert "I03" in {one.rule.id for one in verdict_of(scene).unjudged}
    assert "I03" in {one.rule.id for one in verdict_of(scene, a_limit("I03", "most_over_50", 20)).unjudged}


def test_after_an_unknown_depth_the_longest_rest_of_all_that_it_may_have_been_is_asked_for() -> None:
    limits = (a_limit("I01", "rest_over_100", 3), a_limit("I01", "rest_over_50", 10))
    unknown = History([a_session(TODAY, None)])
    there = next_dates(RULES, unknown, ZonePass(Zone.CROWN, Depth(60)), HOME, TODAY, AgreedLimits(RULES, limits))
    assert there == NextDates(TODAY, TODAY + timedelta(days=10))


def test_hard_pressure_stays_told_however_many_passes_were_agreed() -> None:
    zones = (ZonePass(Zone.CROWN, Depth(25), 13),)
    found = finding("T02", (a_session(zones=zones, pressure=Pressure.HARD),), a_limit("T02", "over", 20))
    assert found is not None
    assert (found.severity, found.variant) == (CAUTION, "pressure")


# What never counts


@pytest.mark.parametrize("rule", [rule.id for rule in RULES.rules if not rule.is_negotiable] + ["X99", ""])
@pytest.mark.parametrize("line", ["over", "severity", "deep", "rest_over_30", "bands", ""])
def test_a_rule_that_cannot_be_moved_is_never_moved(rule: str, line: str) -> None:
    limit = a_limit(rule, line, 50)
    agreed = AgreedLimits(RULES, [limit])
    assert agreed.refused == (limit,)
    assert not agreed.rule_ids
    problem = refusal(RULES, limit)
    assert problem is not None
    assert problem.field == "rule"
    assert agreed.next_change(date.min) is None


def test_the_rules_that_the_issue_names_can_never_be_switched_off() -> None:
    for rule in ("H01", "C01", "R02"):
        assert not RULES.of(rule).is_negotiable
        assert RULES.of(rule).lines == ()
    shared = (a_session(needle_shared=True),)
    assert severity("H01", shared, a_limit("H01", "needle_shared", 0)) is STOP


def test_the_rules_that_may_be_moved_are_these() -> None:
    negotiable = {rule.id for rule in RULES.rules if rule.is_negotiable}
    assert negotiable == {"D01", "D02", "I01", "I02", "I03", "T02", "P01", "H03", "C04", "C07"}


@pytest.mark.parametrize("rule", [rule for rule in RULES.rules if rule.is_negotiable], ids=lambda rule: rule.id)
def test_an_unknown_line_or_a_value_out_of_bounds_or_a_limit_with_nobody_never_counts(rule: Any) -> None:
    for line in rule.lines:
        least, most = bounds(rule, line)
        for value in (least - 1, most + 1, -1, 10**9, -(10**9)):
            limit = a_limit(rule.id, line.name, value)
            problem = refusal(RULES, limit)
            assert problem is not None
            assert problem.field == "value"
            assert AgreedLimits(RULES, [limit]).refused == (limit,)
        for value in (least, most):
            assert refusal(RULES, a_limit(rule.id, line.name, value)) is None
        nobody = refusal(RULES, a_limit(rule.id, line.name, least, agreed_with="  "))
        assert nobody is not None
        assert nobody.field == "agreed_with"
    wrong = refusal(RULES, a_limit(rule.id, "nothing", 3))
    assert wrong is not None
    assert wrong.field == "parameter"


def test_a_depth_typed_tenfold_is_refused_with_what_may_have_been_meant() -> None:
    problem = refusal(RULES, a_limit("D01", "over", 1500))
    assert problem is not None
    assert problem.suggestion == "1.5"


def test_what_is_refused_leaves_the_others_alone() -> None:
    mine = a_limit("D01", "over", 60)
    agreed = AgreedLimits(RULES, [a_limit("H01", "over", 60), mine, a_limit("D01", "under", 60)])
    assert len(agreed.refused) == 2
    assert agreed.in_force(RULES.of("D01"), TODAY) == (mine,)


# For all that can be recorded

DEPTHS = st.none() | st.sampled_from([25, 30, 31, 50, 51, 100, 101, 150, 151, 250]).map(Depth)
PLACES = st.lists(
    st.builds(
        ZonePass,
        st.sampled_from([Zone.CROWN, Zone.HAIRLINE, Zone.WHOLE_SCALP, None]),
        DEPTHS,
        st.none() | st.sampled_from([5, 13, 25]),
    ),
    max_size=2,
    unique_by=lambda place: place.zone,
).map(tuple)
SETTINGS = st.sampled_from([HOME, SUPERVISED, None])


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Some sessions of the last weeks."""
    days = draw(st.lists(st.integers(0, 40), min_size=1, max_size=8))
    return tuple(
        Session(
            f"{number:032x}",
            SAM,
            TODAY - timedelta(days=day),
            setting=draw(SETTINGS),
            zones=draw(PLACES),
            device=draw(st.sampled_from([DeviceKind.ROLLER, DeviceKind.PEN])),
            needle_use=draw(st.none() | st.sampled_from([1, 5, 12, 20])),
            pressure=draw(st.none() | st.sampled_from(Pressure)),
            conditions=draw(
                st.none()
                | st.just(())
                | st.builds(
                    lambda condition, ago: (DatedCondition(condition, TODAY - timedelta(days=ago)),),
                    st.sampled_from([Condition.ISOTRETINOIN, Condition.HAIR_TRANSPLANT]),
                    st.sampled_from([30, 100, 200, 400]),
                )
            ),
        )
        for number, day in enumerate(days)
    )


@st.composite
def limits_on_lines(draw: st.DrawFn) -> AgreedLimit:
    rule, name = draw(st.sampled_from(sorted(LINES)))
    line = next(line for line in RULES.of(rule).lines if line.name == name)
    least, most = bounds(RULES.of(rule), line)
    near = st.integers(max(least, line.published - 15), min(most, line.published + 15))
    on = TODAY - timedelta(days=draw(st.integers(-5, 50)))
    until = draw(st.none() | st.integers(0, 40).map(lambda days: on + timedelta(days=days)))
    return a_limit(rule, name, draw(near | st.sampled_from([least, most])), on, until, id=str(draw(st.integers(0, 99))))


def loosens(limit: AgreedLimit) -> bool:
    line = next(line for line in RULES.of(limit.rule).lines if line.name == limit.parameter)
    return limit.value <= line.published if line.unit is Unit.DAYS else limit.value >= line.published


def tightens(limit: AgreedLimit) -> bool:
    line = next(line for line in RULES.of(limit.rule).lines if line.name == limit.parameter)
    return limit.value >= line.published if line.unit is Unit.DAYS else limit.value <= line.published


@settings(max_examples=100, deadline=None)
@given(scenes(), st.lists(limits_on_lines(), max_size=3))
def test_without_a_limit_that_counts_every_verdict_is_the_published_one(
    scene: Scene, limits: list[AgreedLimit]
) -> None:
    later = [replace(limit, agreed_on=TODAY + timedelta(days=1), until=None) for limit in limits]
    history = History(scene)
    for session in scene:
        published = judge(RULES, Case(session, history))
        assert judge(RULES, Case(session, history), AgreedLimits(RULES)) == published
        assert judge(RULES, Case(session, history), AgreedLimits(RULES, later)) == published


@settings(max_examples=150, deadline=None)
@given(scenes(), st.lists(limits_on_lines(), min_size=1, max_size=3))
def test_limits_move_only_their_own_rules_and_only_the_way_they_say(scene: Scene, limits: list[AgreedLimit]) -> None:
    agreed, history = AgreedLimits(RULES, limits), History(scene)
    for session in scene:
        published, moved = judge(RULES, Case(session, history)), judge(RULES, Case(session, history), agreed)
        before = {one.rule.id: one for one in published.findings}
        after = {one.rule.id: one for one in moved.findings}
        for rule in RULES.asked(Case(session, history)):
            counting = agreed.in_force(rule, session.date)
            was = before[rule.id].severity if rule.id in before else CLEAN
            now = after[rule.id].severity if rule.id in after else CLEAN
            if not counting:
                assert now is was, rule.id
            if all(map(loosens, counting)):
                assert now <= was
            if all(map(tightens, counting)):
                assert now >= was
            if now is not was:  # never silently
                agreement = after[rule.id].agreement
                assert agreement is not None
                assert (agreement.published, agreement.is_expired) == (was, False)
                assert set(agreement.limits) <= set(counting)
        # Nothing that could not be judged is passed over.
        could_not = {one.rule.id for one in published.unjudged}
        assert could_not <= {one.rule.id for one in moved.unjudged} | {id for id in after if after[id].severity}


# Next dates


def searched(history: History, place: ZonePass, setting: Setting | None, agreed: AgreedLimits) -> NextDates:
    """Go day by day to the first on which a session at its very end finds nothing worse about rest."""

    def first(worst: Severity) -> date:
        for day in (TODAY + timedelta(days=days) for days in range(200)):
            last = a_session(day, zones=(place,), setting=setting, time=time(23, 59, 59), id="f" * 32)
            found = judge(RULES, Case(last, history), agreed).findings
            if all(one.severity <= worst for one in found if one.rule.id in ("I01", "I02", "I03")):
                return day
        raise AssertionError("no day within 200 days")

    return NextDates(first(INFO), first(CLEAN))


@st.composite
def limits_on_rest(draw: st.DrawFn) -> AgreedLimit:
    limit = draw(limits_on_lines().filter(lambda one: one.rule in ("I01", "I02", "I03")))
    on = TODAY + timedelta(days=draw(st.integers(-10, 25)))  # some begin or end in the middle of a wait
    until = draw(st.none() | st.integers(0, 20).map(lambda days: on + timedelta(days=days)))
    return replace(limit, agreed_on=on, until=until)


@settings(max_examples=150, deadline=None)
@given(scenes(), st.builds(ZonePass, st.just(Zone.CROWN), DEPTHS), SETTINGS, st.lists(limits_on_rest(), max_size=3))
def test_the_next_dates_respect_the_limits_as_a_search_day_by_day_does(
    scene: Scene, place: ZonePass, setting: Setting | None, limits: list[AgreedLimit]
) -> None:
    agreed, history = AgreedLimits(RULES, limits), History(scene)
    assert next_dates(RULES, history, place, setting, TODAY, agreed) == searched(history, place, setting, agreed)


def test_a_limit_that_ends_before_it_would_be_clean_gives_way_to_what_is_published() -> None:
    history, place = History([a_session(TODAY, 100)]), ZonePass(Zone.CROWN, Depth(60))
    lasting = a_limit("I01", "rest_over_50", 10)
    ending = replace(lasting, until=TODAY + timedelta(days=9))
    in_time = replace(lasting, until=TODAY + timedelta(days=10))
    days = []
    for limit in (lasting, ending, in_time):
        there = next_dates(RULES, history, place, HOME, TODAY, AgreedLimits(RULES, [limit]))
        days.append(((there.earliest - TODAY).days, (there.clear - TODAY).days))
    assert days == [(10, 10), (14, 14), (10, 10)]


def test_a_limit_that_begins_during_the_wait_shortens_it_from_its_first_day() -> None:
    history, place = History([a_session(TODAY, 100)]), ZonePass(Zone.CROWN, Depth(60))
    later = a_limit("I01", "rest_over_50", 3, TODAY + timedelta(days=5))
    there = next_dates(RULES, history, place, HOME, TODAY, AgreedLimits(RULES, [later]))
    assert there == NextDates(TODAY + timedelta(days=5), TODAY + timedelta(days=5))


def test_a_tighter_limit_that_ends_during_the_wait_lets_go_on_the_day_after() -> None:
    history, place = History([a_session(TODAY, 100)]), ZonePass(Zone.CROWN, Depth(60))
    tight = a_limit("I01", "rest_over_50", 40, until=TODAY + timedelta(days=20))
    there = next_dates(RULES, history, place, HOME, TODAY, AgreedLimits(RULES, [tight]))
    assert there == NextDates(TODAY + timedelta(days=21), TODAY + timedelta(days=21))
