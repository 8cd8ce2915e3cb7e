"""What lies ahead: days, plans and routines judged before they are lived, and the edits that keep them."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import product

import pytest
from builders import SAM, TODAY, a_history, a_session
from hypothesis import given
from hypothesis import strategies as st

from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import AgreedLimit, Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import DatedCondition, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Condition, DeviceKind, Setting, Severity, Zone
from logbook.guidance.judge import next_dates
from logbook.guidance.loader import load_rules
from logbook.services import planning
from logbook.services.judged import JudgedHistory
from logbook.services.planning import INTERVALS, Choice, Outlook

RULES = load_rules()
HOME, SUPERVISED = Setting.HOME, Setting.SUPERVISED


def days_on(days: int) -> date:
    return TODAY + timedelta(days=days)


def a_choice(depth: int | None = 150, zone: Zone | None = Zone.CROWN, setting: Setting | None = HOME) -> Choice:
    return Choice(setting, (ZonePass(zone, None if depth is None else Depth(depth)),))


def ahead(*sessions, plans=(), person=None, limits=(), today=TODAY) -> Outlook:
    return Outlook(JudgedHistory(RULES, person or Person(SAM), sessions, limits=limits), plans, today)


def a_limit(parameter: str, value: int, rule: str = "I01", **but) -> AgreedLimit:
    return AgreedLimit("limit", SAM, rule, parameter, value, "Dr Example", date(2020, 1, 1), **but)


def found(verdict) -> dict[str, str]:
    return {finding.rule.id: finding.severity.word for finding in verdict.findings}


# A single day


def test_a_day_is_judged_after_what_was_lived():
    outlook = ahead(a_session(TODAY, 150))
    assert found(outlook.verdict(a_choice(), days_on(7)))["I01"] == "warning"
    assert found(outlook.verdict(a_choice(), days_on(20)))["I01"] == "caution"
    assert "I01" not in found(outlook.verdict(a_choice(), days_on(21)))


def test_what_nobody_can_know_before_the_day_is_left_out():
    verdict = ahead().verdict(a_choice(25), TODAY)
    assert (verdict.findings, verdict.unjudged) == ((), ())
    assert ahead().verdict(a_choice(25, setting=None), TODAY).is_setting_assumed


def test_what_is_true_of_the_person_counts_on_a_day_ahead():
    person = Person(SAM, conditions=(DatedCondition(Condition.KELOID_TENDENCY),))
    assert found(ahead(person=person).verdict(a_choice(25), TODAY)) == {"C03": "stop"}


def test_what_the_last_session_says_of_the_person_counts_where_nothing_else_is_known():
    keloid = (DatedCondition(Condition.KELOID_TENDENCY),)
    last = a_session(days_on(-90), 25, conditions=keloid, professional_advice=True)
    assert found(ahead(last).verdict(a_choice(150), TODAY)) == {"C03": "stop", "D01": "warning"}
    cured = Person(SAM, conditions=())
    assert found(ahead(last, person=cured).verdict(a_choice(150), TODAY)) == {"D01": "warning"}


def test_advice_that_the_person_has_counts_on_a_day_ahead_as_in_the_session_of_that_day():
    advised = Person(SAM, advice_on=TODAY)
    assert found(ahead().verdict(a_choice(60), TODAY)) == {"D01": "caution", "P01": "caution"}
    assert found(ahead(person=advised).verdict(a_choice(60), TODAY)) == {"D01": "caution"}
    assert found(ahead(a_session(days_on(-90)), person=advised).verdict(a_choice(60), TODAY)) == {"D01": "caution"}
    denied = a_session(days_on(-90), professional_advice=False)
    assert "P01" in found(ahead(denied, person=advised).verdict(a_choice(60), TODAY))


def test_a_day_counts_after_the_session_done_on_it():
    assert found(ahead(a_session(TODAY, 150)).verdict(a_choice(), TODAY))["I01"] == "stop"


def test_each_day_has_the_worst_that_the_rules_on_rest_say():
    days = ahead(a_session(TODAY, 150)).days(a_choice(), TODAY, days_on(22))
    expected = ["stop"] * 7 + ["warning"] * 7 + ["caution"] * 7 + ["clean"] * 2
    assert [days[days_on(after)].severity.word for after in range(23)] == expected


def test_days_before_today_are_not_judged():
    days = ahead().days(a_choice(), days_on(-5), days_on(1))
    assert list(days) == [TODAY, days_on(1)]
    assert ahead().days(a_choice(), days_on(-5), days_on(-1)) == {}


def test_depth_alone_does_not_colour_a_day():
    assert ahead().days(a_choice(250), TODAY, TODAY)[TODAY].findings == ()


def test_a_kept_plan_counts_as_done_for_the_days_after_it_not_for_its_own():
    plan = a_choice().plan(SAM, days_on(10))
    outlook = ahead(plans=[plan])
    days = outlook.days(a_choice(), TODAY, days_on(31))
    worst = [days[days_on(after)].severity for after in (9, 10, 11, 30, 31)]
    assert worst == [Severity.CLEAN, Severity.CLEAN, Severity.STOP, Severity.CAUTION, Severity.CLEAN]
    assert outlook.has_plans
    assert not ahead().has_plans


def test_two_plans_of_one_day_do_not_count_for_each_other():
    plans = [a_choice().plan(SAM, days_on(3)), a_choice().plan(SAM, days_on(3))]
    assert [one.severity.word for one in ahead(plans=plans).kept(plans)] == ["warning", "warning"]
    assert "I01" not in found(ahead(plans=plans).verdict(a_choice(), days_on(3)))


def test_a_plan_of_the_past_or_that_was_logged_does_not_count():
    past, today = a_choice().plan(SAM, days_on(-1)), a_choice().plan(SAM, TODAY)
    assert not ahead(plans=[past]).has_plans
    assert ahead(plans=[today]).has_plans
    assert not ahead(a_session(TODAY, 25), plans=[today]).has_plans


def test_a_day_counts_after_a_session_late_in_its_evening():
    assert found(ahead(a_session(TODAY, 150, time=time(23, 30))).verdict(a_choice(), TODAY))["I01"] == "stop"


def test_the_next_dates_are_those_of_the_judge():
    judged = JudgedHistory(RULES, Person(SAM), [a_session(TODAY, 150)])
    place = ZonePass(Zone.CROWN, Depth(150))
    outlook = Outlook(judged, (), TODAY)
    for setting in (HOME, SUPERVISED):
        expected = next_dates(RULES, judged.history, place, setting, TODAY)
        assert outlook.next_dates(Choice(setting, (place,))) == {Zone.CROWN: expected}
    assert expected.earliest == days_on(7)
    assert expected.clear == days_on(21)


def test_each_zone_has_next_dates_of_its_own():
    choice = Choice(HOME, (ZonePass(Zone.CROWN, Depth(150)), ZonePass(Zone.HAIRLINE, Depth(25))))
    dates = ahead(a_session(TODAY, 150)).next_dates(choice)
    assert dates[Zone.CROWN].clear == days_on(21)
    assert dates[Zone.HAIRLINE].clear == TODAY
    assert list(ahead().next_dates(Choice(HOME))) == [Zone.WHOLE_SCALP]


@given(
    st.lists(st.tuples(st.integers(-40, 0), st.sampled_from((25, 50, 100, 150, 200))), max_size=6),
    st.sampled_from((25, 50, 100, 150)),
    st.sampled_from(Setting),
)
def test_the_first_day_without_a_mark_is_the_clear_date(done, depth, setting):
    # Forty days: half a year without a pause would mark days that are rested.
    outlook = ahead(*(a_session(days_on(day), deep) for day, deep in done))
    choice = a_choice(depth, setting=setting)
    days = outlook.days(choice, TODAY, days_on(60))
    first = next(day for day, verdict in days.items() if not verdict.severity)
    assert first == outlook.next_dates(choice)[Zone.CROWN].clear


# Plans


def test_plans_ahead_come_by_date_and_past_ones_after_them():
    plans = [a_choice(25).plan(SAM, days_on(day)) for day in (5, -3, 0, -9, 2)]
    kept = ahead().kept(plans)
    assert [(one.plan.date - TODAY).days for one in kept] == [0, 2, 5, -3, -9]
    assert [one.words for one in kept] == ["Clean", "Clean", "Clean", "Past", "Past"]


def test_a_plan_that_became_a_session_is_told_as_logged():
    plan = a_choice().plan(SAM, TODAY)
    (kept,) = ahead(a_session(TODAY, 25)).kept([plan])
    assert (kept.words, kept.severity, kept.is_logged) == ("Logged", None, True)
    (kept,) = ahead(a_session(TODAY, 25, Zone.HAIRLINE)).kept([plan])
    assert (kept.words, kept.is_logged) == ("Warning", False)


def test_a_plan_becomes_a_session_prefilled_as_every_new_one():
    last = a_session(days_on(-9), 25, device=DeviceKind.PEN, device_id="pen", professional_advice=True)
    plan = replace(a_choice().plan(SAM, days_on(-1)), device=DeviceKind.PEN)
    session = ahead(last).to_log(plan)
    assert (session.date, session.zones, session.setting) == (plan.date, plan.zones, HOME)
    assert (session.device, session.device_id, session.professional_advice) == (DeviceKind.PEN, "pen", True)
    assert session.id not in (last.id, plan.id)


def test_a_plan_with_another_device_names_no_device_of_the_last_session():
    last = a_session(days_on(-9), 25, device=DeviceKind.PEN, device_id="pen")
    session = ahead(last).to_log(replace(a_choice().plan(SAM, TODAY), device=DeviceKind.ROLLER))
    assert (session.device, session.device_id) == (DeviceKind.ROLLER, None)


def test_a_plan_that_is_logged_before_its_day_is_a_session_of_today():
    session = ahead().to_log(a_choice().plan(SAM, days_on(3)))
    assert (session.date, session.person_id) == (TODAY, SAM)


# A routine


def test_a_routine_is_judged_before_it_is_lived():
    judged = ahead().routine(a_choice().routine(SAM, TODAY, 7))
    assert found(judged.verdict) == {"D01": "warning", "I01": "warning", "P01": "caution", "I04": "info"}
    assert (judged.earliest_days, judged.clear_days) == (21, 21)
    assert judged.eased is not None
    assert found(judged.eased) == {"D01": "warning", "P01": "caution", "I04": "info"}
    assert judged.verdict.unjudged == ()


def test_a_finding_of_a_routine_tells_of_the_first_time():
    judged = ahead().routine(a_choice().routine(SAM, TODAY, 7))
    facts = {finding.rule.id: finding.facts for finding in judged.verdict.findings}
    assert facts["I01"]["earlier"] == TODAY
    assert facts["I04"]["days"] == 182


def test_what_was_done_so_far_is_no_matter_to_a_routine():
    routine = a_choice(50).routine(SAM, TODAY, 7)
    lived = ahead(*a_history(30, every=1, depth=200)).routine(routine)
    assert found(lived.verdict) == found(ahead().routine(routine).verdict) == {"D01": "info"}
    assert lived.eased is None


@pytest.mark.parametrize(
    ("depth", "setting", "earliest", "clear"),
    [
        (25, HOME, 1, 3),  # on fewer than four dates in seven days nothing is said
        (25, SUPERVISED, 1, 1),
        (50, HOME, 7, 7),
        (50, SUPERVISED, 4, 4),  # every third day makes more than eight dates in 28 days
        (100, HOME, 14, 14),
        (100, SUPERVISED, 7, 14),
        (150, HOME, 21, 21),
        (150, SUPERVISED, 7, 21),
        (200, HOME, 28, 28),
        (200, SUPERVISED, 14, 28),
        (None, HOME, 1, 21),  # unknown is never worse than info, and never clean
    ],
)
def test_the_least_days_at_which_rest_is_no_matter_are_asked_of_the_rules(depth, setting, earliest, clear):
    judged = ahead().routine(a_choice(depth, setting=setting).routine(SAM, TODAY, 400))
    assert (judged.earliest_days, judged.clear_days) == (earliest, clear)


@given(st.sampled_from((25, 30, 50, 60, 100, 150, 200)), st.sampled_from(Setting), st.integers(1, 30))
def test_a_routine_is_eased_exactly_where_rest_says_more_than_a_note(depth, setting, every):
    judged = ahead().routine(a_choice(depth, setting=setting).routine(SAM, TODAY, every))
    worst = max((f.severity for f in judged.verdict.findings if f.rule.family == "interval"), default=Severity.CLEAN)
    assert (every < judged.earliest_days) == (worst > Severity.INFO) == (judged.eased is not None)


def test_only_what_longer_rest_would_ease_counts_for_how_many_days_would_do():
    def sooner(rule):
        return replace(rule, parameters=replace(rule.parameters, from_days=28)) if rule.id == "I04" else rule

    rules = replace(RULES, rules=tuple(sooner(rule) for rule in RULES.rules))
    outlook = Outlook(JudgedHistory(rules, Person(SAM)), (), TODAY)
    judged = outlook.routine(a_choice(100, setting=SUPERVISED).routine(SAM, TODAY, 14))
    assert found(judged.verdict) == {"I04": "info"}
    assert judged.clear_days == 14


def test_half_a_year_without_a_pause_is_told_of_a_routine_that_long():
    assert found(ahead().routine(a_choice(100, setting=SUPERVISED).routine(SAM, TODAY, 56)).verdict) == {"I04": "info"}
    assert found(ahead().routine(a_choice(100, setting=SUPERVISED).routine(SAM, TODAY, 57)).verdict) == {}


def test_a_routine_that_ends_is_judged_to_its_end():
    routine = a_choice(100, setting=SUPERVISED).routine(SAM, TODAY, 28)
    assert found(ahead().routine(replace(routine, ends_on=days_on(100))).verdict) == {}
    assert found(ahead().routine(replace(routine, every_days=1, ends_on=TODAY)).verdict) == {}


def test_every_zone_of_a_routine_has_its_depth():
    zones = (ZonePass(Zone.CROWN, Depth(25)), ZonePass(Zone.HAIRLINE, Depth(150)))
    judged = ahead().routine(Choice(SUPERVISED, zones).routine(SAM, TODAY, 28))
    assert (judged.earliest_days, judged.clear_days) == (7, 21)


def test_agreed_limits_count_on_the_days_of_a_routine():
    routine = a_choice(150).routine(SAM, TODAY, 7)
    always = ahead(limits=[a_limit("rest_over_100", 7)]).routine(routine)
    assert found(always.verdict)["I01"] == "clean"
    assert always.earliest_days == always.clear_days == 7
    for_a_while = ahead(limits=[a_limit("rest_over_100", 7, until=days_on(30))]).routine(routine)
    assert found(for_a_while.verdict)["I01"] == "warning"
    stricter = ahead(limits=[a_limit("rest_over_100", 40)]).routine(routine)
    assert stricter.clear_days == 40


def test_the_table_shows_each_depth_every_so_many_days():
    rows = ahead().depth_by_days(a_choice(150), TODAY)
    assert {int(row.depth): [verdict.severity.word for verdict in row.verdicts] for row in rows} == {
        25: ["info", "clean", "clean", "clean", "clean", "clean"],
        50: ["warning", "caution", "info", "info", "info", "info"],
        100: ["stop", "warning", "caution", "caution", "caution", "caution"],
        150: ["stop", "stop", "warning", "warning", "warning", "warning"],
        200: ["stop", "stop", "warning", "warning", "warning", "warning"],
    }
    assert [finding.rule.id for finding in rows[3].verdicts[2].findings] == ["D01", "I01", "P01", "I04"]


def test_the_table_has_a_row_for_the_depth_that_is_chosen():
    depths = [int(row.depth) for row in ahead().depth_by_days(a_choice(75), TODAY)]
    assert depths == [25, 50, 75, 100, 150, 200]
    assert len(ahead().depth_by_days(Choice(HOME), TODAY)) == 5


@pytest.mark.parametrize("setting", Setting)
def test_the_table_says_what_the_routine_would_say_of_depth_and_rest(setting):
    outlook = ahead()
    rows = outlook.depth_by_days(a_choice(25, setting=setting), TODAY)
    assert [int(row.depth) for row in rows] == [25, 50, 100, 150, 200]
    for row, (place, every) in product(rows, enumerate(INTERVALS)):
        routine = outlook.routine(a_choice(row.depth, setting=setting).routine(SAM, TODAY, every))
        assert found(row.verdicts[place]) == found(routine.verdict), (row.depth, every)


@given(st.sampled_from((25, 50, 100, 150, 200)), st.sampled_from(Setting))
def test_a_longer_rest_is_never_worse(depth, setting):
    row = next(one for one in ahead().depth_by_days(a_choice(depth, setting=setting), TODAY) if one.depth == depth)
    severities = [verdict.severity for verdict in row.verdicts]
    assert severities == sorted(severities, reverse=True)


# Words


def test_a_choice_is_put_into_words():
    both = (ZonePass(Zone.CROWN, Depth(150)), ZonePass(Zone.HAIRLINE))
    assert Choice(HOME, both).words == "crown 1.5 mm and hairline at home"
    assert Choice(None, (ZonePass(None, Depth(25)),)).words == "0.25 mm"
    assert Choice(SUPERVISED, (ZonePass(None),)).words == "zone not recorded supervised by a clinician"
    assert Choice().words == ""


def test_a_choice_is_read_from_what_does_it():
    session = a_session(depth=150)
    assert Choice.of(session) == replace(a_choice(150), device=DeviceKind.ROLLER)
    assert Choice.of(replace(a_choice(150), device=DeviceKind.PEN).plan(SAM, TODAY)).device is DeviceKind.PEN
    assert Choice.of(a_choice(150).routine(SAM, TODAY, 7)) == a_choice(150)


# What keeping them changes


def test_plans_are_kept_and_deleted_by_edits():
    one, two = a_choice().plan(SAM, days_on(1)), a_choice().plan(SAM, days_on(2))
    assert planning.keeping(one) == Edit("keep the plan for 1 July 2026", (Replacement(None, one),))
    deleting = planning.deleting([one])
    assert deleting.text == "delete the plan for 1 July 2026"
    assert deleting.of(PlannedSession) == (Replacement(one, None),)
    assert planning.deleting([one, two]).text == "delete 2 plans"
    assert isinstance(one, PlannedSession)


def test_a_routine_that_is_changed_ends_the_day_before_the_new_one():
    old = a_choice().routine(SAM, days_on(-40), 7)
    new = a_choice().routine(SAM, TODAY, 21)
    assert planning.setting_routine(new, None) == Edit("set the routine", (Replacement(None, new),))
    edit = planning.setting_routine(new, old)
    assert edit.replacements == (
        Replacement(old, replace(old, ends_on=days_on(-1))),
        Replacement(None, new),
    )
    assert all(routine.problems() == () for routine in (edit.replacements[0].after, edit.replacements[1].after))


def test_a_routine_that_begins_no_later_takes_the_place_of_the_one_before():
    old = a_choice().routine(SAM, TODAY, 7)
    new = a_choice().routine(SAM, TODAY, 21)
    edit = planning.setting_routine(new, old)
    assert edit.replacements == (Replacement(old, replace(new, id=old.id)),)


def test_a_routine_that_is_ended_holds_to_the_day_before():
    old = a_choice().routine(SAM, days_on(-40), 7)
    (one,) = planning.ending_routine(old, TODAY).replacements
    assert isinstance(one.after, Routine)
    assert one.after.ends_on == days_on(-1)


@pytest.mark.parametrize("starts_in", [0, 3])
def test_a_routine_that_was_never_lived_goes_altogether(starts_in):
    routine = a_choice().routine(SAM, days_on(starts_in), 7)
    assert planning.ending_routine(routine, TODAY).of(Routine) == (Replacement(routine, None),)
