"""Agreed limits in a list: whether each counts, what it does in words, and what may be agreed to at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import SAM, TODAY

from logbook.domain.person import AgreedLimit
from logbook.domain.session import new_id
from logbook.domain.units import Unreadable
from logbook.guidance.agreed import AgreedLimits, bounds
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Line, Unit
from logbook.services import limits
from logbook.services.limits import State, limit_problems, list_limits

RULES = load_rules()
MARCH = date(2026, 3, 3)
LINES = [(rule, line) for rule in RULES.rules for line in rule.lines]
D01 = AgreedLimit("1", SAM, "D01", "over", 60, "Dr Ada Moss", MARCH, None, "Until the next visit.")


def line(rule: str, name: str) -> Line:
    return next(one for one in RULES.of(rule).lines if one.name == name)


def state(limit: AgreedLimit, *others: AgreedLimit) -> tuple[State, str]:
    listed = {one.limit.id: one for one in list_limits(RULES, [limit, *others], TODAY)}
    return listed[limit.id].state, listed[limit.id].state_words


# Whether it counts


def test_a_limit_counts_later_or_has_expired_by_its_days() -> None:
    day = timedelta(days=1)
    assert state(D01) == (State.COUNTS, "Counts now.")
    assert state(replace(D01, until=TODAY)) == (State.COUNTS, "Counts now, until 30 June 2026.")
    assert state(replace(D01, until=TODAY - day)) == (State.EXPIRED, "Expired: the last day was 29 June 2026.")
    assert state(replace(D01, agreed_on=TODAY)) == (State.COUNTS, "Counts now.")
    assert state(replace(D01, agreed_on=TODAY + day)) == (State.LATER, "Counts from 1 July 2026.")


def test_what_another_limit_took_the_place_of_is_called_replaced() -> None:
    later = replace(D01, id="2", agreed_on=TODAY, agreed_with="Dr Lee")
    assert state(D01, later) == (State.REPLACED, "Replaced by what was agreed with Dr Lee on 30 June 2026.")
    assert state(later, D01)[0] is State.COUNTS
    other_line = replace(D01, id="3", rule="P01", agreed_on=TODAY)
    assert state(D01, other_line)[0] is State.COUNTS
    over_again = replace(later, agreed_on=MARCH + timedelta(days=1), until=TODAY - timedelta(days=1))
    assert state(D01, over_again)[0] is State.COUNTS


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        (replace(D01, rule="H01"), "Never counts. Shared needles (H01) is a rule that no agreement can move."),
        (replace(D01, rule="X99"), "Never counts. The guidance of today has no rule X99."),
        (replace(D01, parameter="x"), "Never counts. Depth at home (D01) has no such line in the guidance of today."),
        (replace(D01, agreed_with=" "), "Never counts. Name the clinician it was agreed with."),
    ],
)
def test_what_can_never_count_says_why(limit: AgreedLimit, why: str) -> None:
    assert state(limit) == (State.NEVER, why)
    assert AgreedLimits(RULES, [limit]).refused == (limit,)


def test_what_counts_comes_first_and_of_each_state_what_was_agreed_last() -> None:
    some = [
        replace(D01, id="never", rule="H01"),
        replace(D01, id="expired", until=MARCH),
        replace(D01, id="old", agreed_on=MARCH - timedelta(days=9)),
        replace(D01, id="other", rule="P01", agreed_on=MARCH - timedelta(days=5)),
        D01,
    ]
    assert [one.limit.id for one in list_limits(RULES, some, TODAY)] == ["1", "other", "old", "expired", "never"]


# Words


def test_a_limit_is_told_beside_what_is_published_with_its_note() -> None:
    (listed,) = list_limits(RULES, [D01], TODAY)
    assert (listed.title, listed.value_words, listed.published_words) == ("Depth at home (D01)", "0.6 mm", "0.3 mm")
    assert listed.words == (
        "Depth at home (D01), deepest depth: 0.6 mm, published: 0.3 mm. "
        "This loosens the rule: it may be silent where the published one warns. "
        "Agreed with Dr Ada Moss on 3 March 2026. Counts now. Until the next visit."
    )
    (unknown,) = list_limits(RULES, [replace(D01, rule="X99", notes="")], TODAY)
    assert unknown.words == (
        "X99: 60, agreed with Dr Ada Moss on 3 March 2026. Never counts. The guidance of today has no rule X99."
    )


@pytest.mark.parametrize(("rule", "line"), LINES, ids=lambda one: getattr(one, "id", getattr(one, "name", "")))
def test_the_words_for_looser_and_tighter_are_those_of_the_line(rule, line) -> None:
    less, more = limits.effect_words(line, line.published - 1), limits.effect_words(line, line.published + 1)
    if line.unit is Unit.DAYS:
        less, more = more, less
    assert "tightens" in less
    assert "loosens" in more
    assert "nothing changes" in limits.effect_words(line, line.published)


@pytest.mark.parametrize(
    ("rule", "name", "value", "words"),
    [
        ("D01", "over", 25, "0.25 mm"),
        ("I01", "rest_over_30", 1, "1 day"),
        ("I03", "most_over_50", 4, "4 dates"),
        ("T02", "over", 12, "12 passes"),
        ("H03", "deep", 1, "use 1"),
    ],
)
def test_a_value_has_its_unit(rule: str, name: str, value: int, words: str) -> None:
    assert limits.value_words(line(rule, name), value) == words


def test_the_rules_that_nobody_moves_are_named() -> None:
    words = limits.immovable_words(RULES)
    for rule in RULES.rules:
        assert (rule.id in words) is not rule.is_negotiable
    assert {rule.id for rule in limits.movable_rules(RULES)} == {rule.id for rule in RULES.rules if rule.is_negotiable}
    assert limits.movable_rules(RULES)[0].id == "D01"


# What is typed


@pytest.mark.parametrize(("rule", "line"), LINES, ids=lambda one: getattr(one, "id", getattr(one, "name", "")))
def test_what_is_typed_reads_as_the_same_value(rule, line) -> None:
    for value in {*bounds(rule, line), line.published}:
        assert limits.read_value(line, limits.value_text(line, value)) == value


def test_a_depth_is_read_with_a_point_or_a_comma_and_days_only_whole() -> None:
    depth, days = line("D01", "over"), line("I01", "rest_over_30")
    assert [limits.read_value(depth, text) for text in ("0.5", "0,5", " 0.50 mm ", "1")] == [50, 50, 50, 100]
    assert limits.read_value(days, "5") == 5
    for one, text in ((depth, "0.505"), (depth, "much"), (days, "1.5"), (days, "a week"), (days, "")):
        with pytest.raises(Unreadable):
            limits.read_value(one, text)


# What may be agreed to


def fields(limit: AgreedLimit) -> list[str]:
    return [problem.field for problem in limit_problems(RULES, limit, TODAY)]


def test_a_plausible_limit_has_no_problem() -> None:
    assert fields(D01) == []
    assert fields(replace(D01, agreed_on=TODAY, until=TODAY)) == []
    assert fields(replace(D01, until=TODAY + timedelta(days=365))) == []
    assert fields(replace(D01, agreed_on=date(1950, 1, 1))) == []


def test_every_field_at_fault_is_named_once() -> None:
    day = timedelta(days=1)
    assert fields(replace(D01, agreed_with=" ")) == ["agreed_with"]
    assert fields(replace(D01, agreed_on=TODAY + day)) == ["agreed_on"]
    assert fields(replace(D01, agreed_on=date(1949, 12, 31))) == ["agreed_on"]
    assert fields(replace(D01, until=MARCH - day)) == ["until"]
    assert fields(replace(D01, rule="C01")) == ["rule"]
    assert fields(replace(D01, parameter="rest_over_30")) == ["parameter"]
    assert fields(replace(D01, value=1500)) == ["value"]
    everything = replace(D01, value=0, agreed_with="", agreed_on=TODAY + day, until=TODAY)
    assert fields(everything) == ["value", "agreed_with", "agreed_on", "until"]


def test_a_value_out_of_bounds_is_refused_with_the_bounds() -> None:
    def message(rule: str, name: str, value: int) -> str:
        limit = replace(D01, rule=rule, parameter=name, value=value)
        return limit_problems(RULES, limit, TODAY)[0].message

    assert message("I01", "rest_over_30", 61) == "This is a number from 0 to 60; 61 is not."
    assert message("I03", "most_over_50", 0) == "This is a number from 1 to 28; 0 is not."
    assert "between 0.05 and 5.00 mm" in message("D01", "over", 501)


# Edits


def test_the_edits_are_named_after_the_rule_and_keep_what_was_there() -> None:
    after = replace(D01, value=50)
    added, changed = limits.agreeing(RULES, D01), limits.changing(RULES, D01, after)
    ended, deleted = limits.ending(RULES, D01, TODAY), limits.deleting(RULES, D01)
    assert [edit.text for edit in (added, changed, ended, deleted)] == [
        "agree a limit on Depth at home",
        "change a limit on Depth at home",
        "end a limit on Depth at home",
        "delete a limit on Depth at home",
    ]
    pairs = [(edit.replacements[0].before, edit.replacements[0].after) for edit in (added, changed, ended, deleted)]
    assert pairs == [(None, D01), (D01, after), (D01, replace(D01, until=TODAY)), (D01, None)]
    assert limits.deleting(RULES, replace(D01, id=new_id(), rule="X99")).text == "delete a limit on X99"
