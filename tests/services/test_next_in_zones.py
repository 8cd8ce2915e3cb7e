"""The next date of each zone at its usual depth: the Planner's, with its reason, and never one where none is known."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import SAM, TODAY, a_history, a_session
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.person import AgreedLimit, Person
from logbook.domain.session import DatedCondition, Reaction, ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Condition, ReactionSign, Setting, Severity, Zone
from logbook.guidance.loader import load_rules
from logbook.services.judged import JudgedHistory
from logbook.services.next_in_zones import LAST, next_in_zones
from logbook.services.planning import Choice, Outlook

RULES = load_rules()
TODAY_WORDS = "From today on at"


def judged(*sessions, person=None, **known):
    return JudgedHistory(RULES, person or Person(SAM), sessions, **known)


def ago(days, depth=50, zone=Zone.CROWN, **but):
    return a_session(TODAY - timedelta(days=days), depth, zone, **but)


def rows(*sessions, today=TODAY, **known):
    return next_in_zones(judged(*sessions, **known), today)


def row(*sessions, **known):
    (one,) = rows(*sessions, **known)
    return one


def test_without_a_session_there_is_no_row():
    assert rows() == ()


def test_the_date_is_told_with_what_was_done_and_the_rule_that_asks_for_the_rest():
    one = row(*(ago(days) for days in (3, 10, 17)))
    assert one.where == "Crown"
    assert one.headline == "From Sat 4 Jul at 0.5 mm"
    assert one.why == "After 0.5 mm on Sat 27 Jun, 3 days ago, “Rest at home” (I01) asks for 7 days of rest."
    assert one.usual == "Usual depth: that of all your last 3 sessions here, at home."
    assert one.dates.earliest == TODAY + timedelta(days=4)


def test_a_zone_that_has_rested_may_be_needled_from_today_on():
    one = row(ago(30))
    assert one.headline == "From today on at 0.5 mm"
    assert one.why == "Last needled 0.5 mm on Sun 31 May, 30 days ago: the rules on rest say nothing worse than a note."
    assert one.usual == "Usual depth: that of your only session here, at home."
    assert not one.warned


def test_a_later_date_on_which_nothing_is_said_at_all_is_told_too():
    one = row(*(ago(days, 30) for days in (0, 2, 4)))
    assert one.headline == "From Wed 1 Jul at 0.3 mm"
    assert one.dates.clear > one.dates.earliest
    assert one.why.endswith("From Fri 3 Jul on they say nothing at all.")


@pytest.mark.parametrize("depths", [(50, 50, 25, 25, 25), (25, 50, 50, 25, 25), (25, 25, 50)])
def test_the_usual_depth_is_that_of_most_of_the_last_sessions(depths):
    sessions = [ago(40 + 10 * place, depth) for place, depth in enumerate(depths)]
    older = [ago(100 + 10 * place, 150) for place in range(LAST)] if len(depths) == LAST else []
    assert row(*sessions, *older).headline == "From today on at 0.25 mm"


def test_of_equals_the_later_depth_is_the_usual_one():
    assert row(ago(40, 50), ago(50, 25)).headline.endswith("0.5 mm")
    assert row(ago(40, 25), ago(50, 50)).headline.endswith("0.25 mm")


def test_a_depth_that_is_not_recorded_is_not_the_usual_one_and_is_counted_among_the_last():
    one = row(ago(40, None), ago(50, None), ago(60, 25))
    assert one.headline == "From today on at 0.25 mm"
    assert one.usual == "Usual depth: that of 1 of your last 3 sessions here, at home."
    assert one.why.startswith("Last needled at an unrecorded depth on ")


def test_where_it_was_done_goes_with_the_depth():
    at_home = [ago(40, 25), ago(50, 25)]
    in_clinic = [ago(30 + 5 * place, 150, setting=Setting.SUPERVISED) for place in range(3)]
    one = row(*at_home, *in_clinic)
    assert one.headline.endswith("at 1.5 mm")
    assert one.usual == "Usual depth: that of 3 of your last 5 sessions here, supervised by a clinician."
    assert "D01" not in {finding.rule.id for finding in one.warned}


def test_a_setting_that_is_not_recorded_is_told():
    assert "no setting is recorded" in row(ago(40, setting=None)).usual


def test_zones_of_which_the_same_is_said_share_a_row():
    zones = tuple(ZonePass(zone, Depth(50)) for zone in (Zone.CROWN, Zone.HAIRLINE))
    deep = ZonePass(Zone.MID_SCALP, Depth(100))
    one, other = rows(ago(3, zones=(*zones, deep)))
    assert (one.where, other.where) == ("Crown and hairline", "Mid-scalp")
    assert one.dates.earliest < other.dates.earliest


def test_the_zone_that_was_needled_last_comes_first():
    assert [one.zones for one in rows(ago(3, 50), ago(1, 25, Zone.HAIRLINE))] == [(Zone.HAIRLINE,), (Zone.CROWN,)]


def test_a_session_of_another_zone_that_lies_in_it_is_named():
    one = next(one for one in rows(ago(30, zone=Zone.WHOLE_SCALP), ago(1, 100)) if one.zones == (Zone.WHOLE_SCALP,))
    assert one.why == "After crown 1.0 mm on Mon 29 Jun, yesterday, “Rest at home” (I01) asks for 14 days of rest."


def test_a_zone_that_is_not_recorded_has_a_row_of_its_own():
    one = row(ago(3, zone=None))
    assert one.where == "Zone not recorded"
    assert one.headline == "From Sat 4 Jul at 0.5 mm"
    assert one.why == "After 0.5 mm on Sat 27 Jun, 3 days ago, “Rest at home” (I01) asks for 7 days of rest."
    assert one.usual.endswith("only session here, at home. It counts as the whole scalp, as no zone is recorded.")
    assert row(ago(3, zones=())).headline == "No date: the depth is not recorded"


def test_a_whole_scalp_that_is_recorded_counts_as_what_it_is():
    assert row(ago(3, zone=Zone.WHOLE_SCALP)).usual == "Usual depth: that of your only session here, at home."


def test_a_zone_that_lies_under_one_that_is_not_recorded_is_named():
    one = next(one for one in rows(ago(30, zone=None), ago(1, 100)) if one.zones == (None,))
    assert one.why == "After crown 1.0 mm on Mon 29 Jun, yesterday, “Rest at home” (I01) asks for 14 days of rest."


# Unknown is never clean


def test_a_zone_without_any_depth_says_so_and_has_no_date():
    one = row(ago(3, None), ago(90, None))
    assert one.headline == "No date: the depth is not recorded"
    assert one.why.startswith("The depth of your last 2 sessions here is not recorded; the last was on 27 June 2026.")
    assert one.dates is None


def test_an_earlier_depth_that_is_not_recorded_leaves_no_date():
    one = row(ago(40), ago(2, None))
    assert one.headline == "No date at 0.5 mm: an earlier depth is not recorded"
    assert one.why.startswith("Needled on Sun 28 Jun, 2 days ago, to a depth that is not recorded. Record that")
    assert "this rule is clear from 19 July 2026" in one.why
    assert one.dates is None


def test_an_unrecorded_depth_of_long_ago_leaves_the_date():
    assert row(ago(30), ago(60, None)).headline == "From today on at 0.5 mm"


def test_where_unrecorded_depths_may_be_dates_too_many_there_is_no_date():
    """Four weeks of sessions of unknown depth in another zone: none of them lies in the way, but they count."""
    others = [ago(days, None, Zone.HAIRLINE) for days in range(1, 25, 3)]
    one = next(one for one in rows(ago(60, 150), *others) if one.zones == (Zone.CROWN,))
    assert one.headline == "No date at 1.5 mm: an earlier depth is not recorded"
    assert "“Sessions in four weeks” (I03) cannot be judged" in one.why


# What no date may hide


def test_a_reaction_that_needs_a_clinician_stands_in_the_place_of_the_date():
    one = row(ago(30, reaction=Reaction(signs=frozenset({ReactionSign.PUS}))))
    assert one.headline == "Stop: Signs that need a clinician"
    assert one.severity is Severity.STOP
    assert one.why.startswith("As far as rest goes: from today on at 0.5 mm. ")
    assert "31 May 2026: pus" in one.warned[0].found


def test_what_is_true_of_the_person_now_stands_in_the_place_of_the_date():
    treated = Person(SAM, conditions=(DatedCondition(Condition.BLEEDING_DISORDER),))
    assert row(ago(30), person=treated).headline == "Stop: Bleeding, immunity, diabetes"


def test_a_depth_that_is_warned_of_keeps_its_date_beside_the_warning():
    one = row(ago(60, 150))
    assert one.headline == "From today on at 1.5 mm"
    assert one.severity is Severity.WARNING
    assert "D01" in {finding.rule.id for finding in one.warned}


def test_notes_are_left_out():
    assert all(finding.severity > Severity.INFO for one in rows(ago(30, 40)) for finding in one.warned)


def test_too_many_dates_are_told_as_they_would_be_on_the_day_before():
    sessions = [ago(days, 100, zone) for days, zone in zip((1, 8, 15, 22), [*Zone][:4], strict=True)]
    waiting = [one for one in rows(*sessions) if "I03" in one.why]
    assert waiting
    assert all("would say: Needled deeper than" in one.why for one in waiting)


def test_an_agreed_limit_is_named():
    limit = AgreedLimit(
        new_id(), SAM, "I01", "rest_over_30", 3, "Dr Doe", TODAY - timedelta(days=9), TODAY + timedelta(days=90)
    )
    one = row(ago(2), limits=[limit])
    assert one.headline == "From Wed 1 Jul at 0.5 mm"
    assert "asks for 3 days of rest" in one.why
    assert "agreed with Dr Doe" in one.why


# The same as the Planner


DAYS = st.integers(0, 70).map(lambda back: TODAY - timedelta(days=back))
SESSIONS = st.builds(
    lambda day, depth, zones, setting: replace(
        a_session(day, setting=setting), zones=tuple(ZonePass(zone, depth and Depth(depth)) for zone in zones)
    ),
    DAYS,
    st.sampled_from([None, 25, 30, 50, 100, 150, 200]),
    st.sets(st.sampled_from([*Zone]), max_size=3),
    st.sampled_from([None, *Setting]),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(SESSIONS, max_size=12))
def test_every_zone_is_in_one_row_with_the_date_of_the_planner(sessions):
    history = judged(*sessions)
    told = next_in_zones(history, TODAY)
    named = [zone for one in told for zone in one.zones]
    assert len(named) == len(set(named))
    assert set(named) == {place.zone for one in sessions for place in one.zones or (ZonePass(None),)}
    outlook = Outlook(history, (), TODAY)
    for one in told:
        assert one.why
        if one.dates is None:
            assert one.headline.startswith("No date")
            continue
        (depth,) = re.findall(r" at ([0-9.]+) mm", f"{one.headline} {one.why}")[:1]
        setting = Setting.SUPERVISED if "supervised" in one.usual else Setting.HOME  # which one that is not recorded is
        for zone in one.zones:
            choice = Choice(setting, (ZonePass(zone, Depth(round(float(depth) * 100))),))
            assert outlook.next_dates(choice)[zone or Zone.WHOLE_SCALP] == one.dates


def test_a_long_history_is_not_looked_through_for_the_usual_depth():
    assert (
        row(*a_history(60, every=7, depth=25)).usual
        == f"Usual depth: that of all your last {LAST} sessions here, at home."
    )
