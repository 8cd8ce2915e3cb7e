"""The clauses of the shedding rules that no example shows."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import SAM, TODAY, a_session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logbook.assets import find
from logbook.domain.errors import RuleError
from logbook.domain.history import History
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import Reaction, Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import SheddingHistory
from logbook.domain.vocabulary import Endpoint, EventKind, Severity, Sex, SheddingMethod
from logbook.guidance.judge import judge
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Finding, Rules, SheddingCase, Verdict

RULES = load_rules()
DAY, COMB, PULL = SheddingMethod.DAY_TOTAL, SheddingMethod.COMB_60S, SheddingMethod.PULL_TEST
MAN = Person(SAM, birth_date=date(1990, 1, 1), sex=Sex.MALE)
FIRST = a_session(TODAY - timedelta(days=200))


def ago(days: int, value: int | None = 20, method: SheddingMethod = COMB, **but: Any) -> SheddingRecord:
    return SheddingRecord(but.pop("id", None) or new_id(), SAM, TODAY - timedelta(days=days), method, value, **but)


def own(*values: int, method: SheddingMethod = COMB, before: int = 200) -> list[SheddingRecord]:
    """Counts of the days right before the day that lies *before* days back, the last one last."""
    return [ago(before + len(values) - n, value, method) for n, value in enumerate(values)]


TENS = own(*[10] * 7)


def red(days: int, minutes: int | None = 60, **but: Any) -> Session:
    return a_session(TODAY - timedelta(days=days), reaction=Reaction(minutes), **but)


def event(kind: EventKind, days: int, until: int | None = None) -> LifeEvent:
    return LifeEvent(
        new_id(), SAM, kind, TODAY - timedelta(days=days), None if until is None else TODAY - timedelta(days=until)
    )


def verdict_of(
    record: SheddingRecord,
    *others: SheddingRecord,
    sessions: Iterable[Session] = (FIRST,),
    events: Iterable[LifeEvent] = (),
    person: Person | None = MAN,
    rules: Rules = RULES,
) -> Verdict:
    history = SheddingHistory([*others, record])
    return judge(rules, SheddingCase(record, history, History(sessions), tuple(events), person))


def answers(record: SheddingRecord, *others: SheddingRecord, **but: Any) -> dict[str, str]:
    """Return what each rule says that says anything: its severity, or "unjudged"."""
    verdict = verdict_of(record, *others, **but)
    found = {finding.rule.id: finding.severity.word for finding in verdict.findings}
    assert not found.keys() & {one.rule.id for one in verdict.unjudged}
    return {**found, **{one.rule.id: "unjudged" for one in verdict.unjudged}}


def finding(rule: str, record: SheddingRecord, *others: SheddingRecord, **but: Any) -> Finding:
    return next(f for f in verdict_of(record, *others, **but).findings if f.rule.id == rule)


# S01


def test_several_totals_of_one_date_each_count_up_to_the_one_that_is_judged() -> None:
    same = [ago(0, value, DAY) for value in (101, 101, 101, 0)]
    for record, said in zip(same, ("unjudged", "unjudged", "caution", None), strict=True):
        others = [other for other in same if other is not record]
        assert answers(record, *others, sessions=()).get("S01") == said


def test_a_mean_a_little_above_its_bound_is_above_it() -> None:
    week = [ago(day, 100, DAY) for day in range(1, 7)]
    assert answers(ago(0, 100, DAY), *week, sessions=()) == {}
    found = finding("S01", ago(0, 101, DAY), *week, sessions=())
    assert (found.severity, found.facts["mean"], found.facts["counts"]) == (Severity.CAUTION, 100.14, 7)
    assert found.facts["amount"] == "100.14"


def test_what_is_left_out_of_trends_is_in_no_mean_and_is_not_judged() -> None:
    out = {"excluded_because": "after a haircut"}
    week = [ago(1, 110, DAY), ago(2, 110, DAY, **out)]
    assert answers(ago(0, 110, DAY), *week) == {"S01": "unjudged"}
    assert answers(ago(0, 110, DAY), *week, ago(3, 110, DAY)) == {"S01": "caution"}
    assert answers(ago(0, 9, PULL, **out)) == {"S01": "unjudged"}
    assert verdict_of(ago(0, 9, PULL, **out)).missing == ("value",)


def test_the_last_three_counts_are_of_one_method_however_long_ago() -> None:
    old = [ago(300, 79), ago(20, 79)]
    assert answers(ago(0, 79), *old, sessions=()) == {"S01": "warning"}
    mixed = [ago(1, 0, PULL), ago(2, 300, DAY), ago(3, None), ago(4, 0, excluded_because="cut")]
    assert answers(ago(0, 79), *old, *mixed, sessions=()) == {"S01": "warning"}
    assert answers(ago(0, 79), ago(1, 79, PULL), ago(2, 79), sessions=()) == {"S01": "unjudged"}


def test_a_count_given_up_is_the_least_it_can_have_been() -> None:
    def more(value: int) -> dict[str, str]:
        return answers(ago(0, value, DAY, is_more_than=True), ago(1, 100, DAY), ago(2, 100, DAY), sessions=())

    assert more(100) == {"S01": "unjudged"}
    assert more(101) == {"S01": "caution"}
    assert more(251) == {"S01": "warning"}
    found = finding("S01", ago(0, 101, DAY), ago(1, 100, DAY, is_more_than=True), ago(2, 100, DAY), sessions=())
    assert "average at least 100.33 hairs" in found.found
    assert answers(ago(0, 50, DAY), ago(1, 50, DAY, is_more_than=True), ago(2, 50, DAY)) == {"S01": "unjudged"}


@pytest.mark.parametrize(
    ("person", "value", "missing"),
    [
        (None, 44, ("birth_date", "sex")),
        (Person(SAM), 44, ("birth_date", "sex")),
        (Person(SAM, sex=Sex.MALE), 44, ("birth_date",)),
        (Person(SAM, sex=Sex.FEMALE), 200, ()),
        (Person(SAM, birth_date=date(1990, 1, 1)), 44, ()),
        (Person(SAM, birth_date=date(1990, 1, 1)), 79, ("sex",)),
        (Person(SAM, birth_date=date(1975, 1, 1)), 44, ("sex",)),
        (Person(SAM, birth_date=date(1950, 1, 1)), 200, ()),
        (Person(SAM, birth_date=date(2010, 1, 1)), 200, ()),
        (Person(SAM), 43, ()),
    ],
)
def test_age_and_sex_are_missed_only_where_they_decide(
    person: Person | None, value: int, missing: tuple[str, ...]
) -> None:
    verdict = verdict_of(ago(0, value), ago(1, value), ago(2, value), sessions=(), person=person)
    assert verdict.findings == ()
    assert verdict.missing == missing


def test_all_that_is_missing_is_named() -> None:
    assert verdict_of(ago(0, 200), sessions=(), person=Person(SAM)).missing == ("birth_date", "sex", "value")
    assert verdict_of(ago(0, None), sessions=(), person=Person(SAM, sex=Sex.MALE)).missing == ("birth_date", "value")


def test_the_age_is_that_of_the_day_of_the_count() -> None:
    person = Person(SAM, birth_date=date(TODAY.year - 41, TODAY.month, TODAY.day), sex=Sex.MALE)
    today = [ago(days, 60) for days in (0, 1, 2)]
    yesterday = [ago(days, 60) for days in (1, 2, 3)]
    assert answers(*today, sessions=(), person=person) == {"S01": "warning"}
    assert answers(*yesterday, sessions=(), person=person) == {}


# S02


def test_before_the_first_session_there_is_no_baseline() -> None:
    before = own(*[10] * 8, 40)
    first = ago(200, 40)
    assert answers(before[-1], *before[:-1]) == {}
    assert answers(before[-1], *before[:-1], first) == {}
    assert answers(first, *before) == {"S02": "info"}  # on its day: which of the two came first is not recorded


def test_the_first_session_is_the_earliest_whatever_its_zone() -> None:
    late = a_session(TODAY - timedelta(days=100))
    assert answers(ago(0), *TENS, sessions=(late, FIRST))["S02"] == "info"
    assert answers(ago(0), *TENS, sessions=(late,)) == {}
    assert answers(ago(0), *TENS, sessions=()) == {}


def test_a_baseline_is_of_the_same_method() -> None:
    mixed = [*own(*[10] * 6), *own(*[10] * 6, method=SheddingMethod.REFINED_WASH)]
    assert answers(ago(0), *mixed) == {}
    assert answers(ago(0), *mixed, ago(207, 10)) == {"S02": "info", "S03": "info"}


def test_what_is_left_out_of_trends_is_in_no_baseline_and_in_no_run() -> None:
    out = {"excluded_because": "after a haircut"}
    assert answers(ago(0), *TENS[1:], replace(TENS[0], **out)) == {}
    assert answers(ago(0), ago(60, 20, **out), *TENS)["S02"] == "info"
    assert answers(ago(0), ago(60, 20), ago(30, 10, **out), *TENS) == {"S02": "caution"}
    assert answers(ago(0, 20, **out), *TENS) == {"S01": "unjudged", "S02": "unjudged", "S03": "unjudged"}


def test_a_baseline_of_nothing_has_no_double() -> None:
    assert answers(ago(0, 30), *own(*[0] * 7)) == {}
    assert answers(ago(0, 2, PULL), *own(*[0] * 7, method=PULL)) == {}


def test_a_run_may_have_begun_before_the_first_session() -> None:
    rising = own(10, 10, 10, 10, 10, 10, 20, 20)
    found = finding("S02", ago(0), *rising)
    assert found.facts["since"] == TODAY - timedelta(days=202)
    assert "S03" not in answers(ago(0), *rising)


def test_a_count_given_up_carries_a_run_only_where_it_is_surely_raised() -> None:
    surely = ago(60, 20, is_more_than=True)
    perhaps = ago(30, 19, is_more_than=True)
    assert finding("S02", ago(0), surely, *TENS).facts["days"] == 60
    assert finding("S02", ago(0), surely, perhaps, *TENS).facts["days"] == 0
    assert finding("S02", surely, *TENS).facts["amount"] == "at least 20"
    assert answers(perhaps, *TENS)["S02"] == "unjudged"


def test_a_baseline_that_lies_between_two_counts_has_a_double_too() -> None:
    between = own(10, 10, 10, 10, 11, 11, 11, 11)
    assert "S02" not in answers(ago(0, 20), *between)
    found = finding("S02", ago(0, 21), *between)
    assert (found.facts["baseline"], found.facts["bound"]) == (10.5, 21)
    assert "Your own baseline is 10.5; from 21 on it is raised" in found.found


# S03


def test_redness_taken_for_loss_silences_the_others_for_that_record_alone() -> None:
    fives = own(*[5] * 7, method=PULL)
    noted = ago(1, 7, PULL, notes="My hair is falling out!")
    plain = ago(0, 7, PULL)
    sessions = (FIRST, red(3))
    assert answers(noted, plain, *fives, sessions=sessions) == {"S03": "info"}
    assert answers(plain, noted, *fives, sessions=sessions) == {"S01": "warning"}
    assert answers(replace(noted, notes=""), plain, *fives, sessions=sessions) == {"S01": "warning"}
    assert answers(noted, plain, *fives, sessions=(FIRST, red(3, 0))) == {"S01": "warning"}


def test_what_could_not_be_judged_is_silenced_with_the_rest() -> None:
    totals = own(*[60] * 7, method=DAY)
    noted = ago(0, 60, DAY, notes="losing hair")
    assert answers(noted, *totals) == {"S01": "unjudged"}
    assert answers(noted, *totals, sessions=(FIRST, red(0))) == {"S03": "info"}


def test_one_high_count_since_the_redness_is_not_silenced() -> None:
    totals = own(*[80] * 7, method=DAY)
    noted = ago(0, 119, DAY, notes="losing hair")
    sessions = (FIRST, red(6), red(1))
    before = [ago(2, 119, DAY), ago(3, 119, DAY)]
    assert answers(noted, *before, *totals, sessions=sessions) == {"S03": "info"}
    high = [ago(2, 119, DAY), ago(3, 120, DAY)]
    assert answers(noted, *high, *totals, sessions=sessions) == {"S01": "caution"}
    same_day = [ago(2, 119, DAY), ago(6, 120, DAY)]
    assert answers(noted, *same_day, *totals, sessions=sessions) == {"S01": "caution"}
    long_ago = [ago(2, 119, DAY), ago(7, 120, DAY)]
    assert answers(noted, *long_ago, *totals, sessions=sessions) == {"S03": "info"}
    more = [ago(2, 119, DAY), ago(3, 100, DAY, is_more_than=True)]
    assert answers(noted, *more, *totals, sessions=sessions) == {"S01": "caution"}


def test_a_raised_count_is_never_taken_for_redness() -> None:
    said = answers(ago(0, notes="losing hair"), *TENS, sessions=(FIRST, red(1)))
    assert said == {"S02": "info", "S03": "info"}
    assert finding("S03", ago(0, notes="losing hair"), *TENS, sessions=(FIRST, red(1))).variant != "misread"


@pytest.mark.parametrize(
    ("session", "is_red"),
    [
        (red(1, 1), True),
        (red(1, 0), False),
        (red(1, None), False),
        (red(1, None, endpoint=Endpoint.ERYTHEMA), True),
        (red(1, 0, endpoint=Endpoint.ERYTHEMA), True),
        (red(1, None, endpoint=Endpoint.PINPOINT_BLEEDING), False),
        (red(8), False),
        (red(-1), False),
    ],
)
def test_redness_is_what_is_recorded_of_the_days_before(session: Session, is_red: bool) -> None:
    said = answers(ago(0, 10, notes="losing hair"), *TENS, sessions=(FIRST, session))
    assert (said == {"S03": "info"}) is is_red


@pytest.mark.parametrize(
    ("note", "speaks"),
    [
        ("I think I'm LOSING  HAIR", True),
        ("hair loss everywhere", True),
        ("Shedding more than usual", True),
        ("it keeps falling\nout", True),
        ("No worse than before. Lots of hair falling out", True),
        ("no shedding", False),
        ("I am not losing hair", False),
        ("isn’t really shedding", False),
        ("no hair loss, but shedding", True),
        ("watershedding", False),
        ("a new comb", False),
        ("", False),
    ],
)
def test_a_note_speaks_of_losing_hair_by_its_words(note: str, speaks: bool) -> None:
    said = answers(ago(0, 10, notes=note), *TENS, sessions=(FIRST, red(1)))
    assert ("S03" in said) is speaks


def test_the_remark_on_redness_is_gone_when_it_says() -> None:
    sessions = (FIRST, red(5), red(2))
    found = finding("S03", ago(0, 12, notes="losing hair"), ago(1, 14), *TENS, sessions=sessions)
    assert (found.facts["most"], found.facts["earlier"]) == (14, TODAY - timedelta(days=2))
    clear = found.facts["clear"]
    assert clear == TODAY + timedelta(days=6)
    later = SheddingRecord(new_id(), SAM, clear, COMB, 12, notes="losing hair")
    assert "S03" not in answers(later, *TENS, sessions=sessions)
    assert answers(replace(later, date=clear - timedelta(days=1)), *TENS, sessions=sessions) == {"S03": "info"}


@pytest.mark.parametrize(
    ("recorded", "listed"),
    [
        (event(EventKind.ILLNESS, 60), True),
        (event(EventKind.ILLNESS, 59), False),
        (event(EventKind.SURGERY, 120), True),
        (event(EventKind.SURGERY, 121), False),
        (event(EventKind.ILLNESS, 130, until=120), True),
        (event(EventKind.ILLNESS, 130, until=121), False),
        (event(EventKind.WEIGHT_LOSS, 130, until=10), True),
        (event(EventKind.CHILDBIRTH, 90), True),
        (event(EventKind.NEW_DRUG, 90), True),
        (event(EventKind.NEW_DRUG, 130, until=90), False),
        (event(EventKind.NEW_DRUG, 60, until=10), True),
        (event(EventKind.MINOXIDIL_STARTED, 56), True),
        (event(EventKind.MINOXIDIL_STARTED, 57), False),
        (event(EventKind.MINOXIDIL_STARTED, 90), False),
        (event(EventKind.MINOXIDIL_STARTED, 0), True),
        (event(EventKind.MINOXIDIL_STARTED, -1), False),
        (event(EventKind.HAIRCUT, 90), False),
        (event(EventKind.OTHER, 90), False),
    ],
)
def test_what_may_lie_behind_a_raised_run_is_listed(recorded: LifeEvent, listed: bool) -> None:
    found = finding("S03", ago(0), *TENS, events=[recorded])
    assert found.severity is Severity.INFO
    assert found.variant == ("begins" if listed else "begins_unexplained")
    assert ("events" in found.facts) is listed


@pytest.mark.parametrize(("days", "listed"), [(59, False), (60, True), (120, True), (121, False)])
def test_the_first_session_is_listed_too(days: int, listed: bool) -> None:
    first = a_session(TODAY - timedelta(days=days))
    found = finding("S03", ago(0), *own(*[10] * 7, before=days), sessions=(first, a_session(TODAY)))
    assert (found.variant == "begins") is listed


def test_what_was_recorded_is_listed_in_order_with_its_dates() -> None:
    events = [event(EventKind.MINOXIDIL_STARTED, 20), event(EventKind.ILLNESS, 100, until=95)]
    first = a_session(TODAY - timedelta(days=70))
    found = finding("S03", ago(0), *own(*[10] * 7, before=70), sessions=(first,), events=events)
    assert found.facts["events"] == (
        "illness from 22 March 2026 to 27 March 2026",
        "the first session on 21 April 2026",
        "minoxidil started on 10 June 2026",
    )


def test_a_run_begins_once() -> None:
    run = [ago(2), ago(1), ago(0)]
    said = [answers(one, *(other for other in run if other is not one), *TENS) for one in run]
    assert ["S03" in one for one in said] == [True, False, False]
    twice = [ago(0), ago(0)]
    assert ["S03" in answers(twice[n], twice[1 - n], *TENS) for n in (0, 1)] == [True, False]


# Together


PEOPLE = st.builds(
    Person,
    st.just(SAM),
    birth_date=st.sampled_from([None, date(1950, 1, 1), date(1975, 1, 1), date(1995, 1, 1)]),
    sex=st.sampled_from([None, *Sex]),
)
VALUES = st.sampled_from([0, 1, 2, 3, 5, 6, 7, 10, 20, 44, 79, 101, 130, 300])
METHODS = st.sampled_from(SheddingMethod)


@st.composite
def counts(draw: st.DrawFn, span: int = 40, most: int = 8) -> list[SheddingRecord]:
    method = draw(METHODS)
    return [
        ago(day, draw(VALUES), draw(st.sampled_from([method, method, method, PULL])))
        for day in draw(st.lists(st.integers(0, span), min_size=1, max_size=most))
    ]


@st.composite
def situations(draw: st.DrawFn) -> tuple[SheddingRecord, list[SheddingRecord], dict[str, Any]]:
    record, *others = draw(counts())
    record = replace(record, notes=draw(st.sampled_from(["", "losing hair"])))
    others += own(*[draw(st.integers(0, 12))] * draw(st.sampled_from([0, 6, 7])), method=record.method)
    sessions = [FIRST, *(red(day) for day in draw(st.lists(st.integers(0, 40), max_size=2)))]
    return record, others, {"sessions": sessions, "person": draw(PEOPLE)}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(situations())
def test_no_count_ever_gives_stop(case: tuple[SheddingRecord, list[SheddingRecord], dict[str, Any]]) -> None:
    record, others, about = case
    assert verdict_of(record, *others, **about).severity < Severity.STOP


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(situations(), st.data())
def test_what_is_found_with_a_fact_is_found_or_unjudged_without_it(
    case: tuple[SheddingRecord, list[SheddingRecord], dict[str, Any]], data: st.DataObject
) -> None:
    record, others, about = case
    full = answers(record, *others, **about)
    person = about["person"]
    match data.draw(st.sampled_from(["value", "given up", "birth_date", "sex"])):
        case "value":
            record = replace(record, value=None)
        case "given up":  # earlier than it was counted to the end
            record = replace(record, value=(record.value or 0) // 2, is_more_than=True)
        case "birth_date":
            person = replace(person, birth_date=None)
        case "sex":
            person = replace(person, sex=None)
    less = answers(record, *others, **about | {"person": person})
    assert not full.keys() - less.keys()


def test_rules_for_sessions_and_for_shedding_are_not_asked_of_one_another() -> None:
    assert [rule.id for rule in RULES.of_shedding] == ["S01", "S02", "S03"]
    assert not any(rule.is_negotiable for rule in RULES.of_shedding)
    assert not {rule.id for rule in (*RULES.at_home, *RULES.supervised)} & {"S01", "S02", "S03"}


# The data


@pytest.fixture
def changed(tmp_path: Path) -> Any:
    """Replace a text of the rules of shedding in a copy of the guidance, and load it."""
    folder = Path(shutil.copytree(find("guidance"), tmp_path / "guidance"))

    def change(old: str, new: str) -> Rules:
        path = folder / "shedding.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return load_rules(folder)

    return change


def test_two_rules_share_numbers_that_stand_once(changed: Any) -> None:
    rules = changed(
        "percent = 200, baseline_days = 28, baseline_counts = 7",
        "percent = 300, baseline_days = 28, baseline_counts = 6",
    )
    assert answers(ago(0, 20), *TENS, rules=rules) == {}
    assert answers(ago(0, 30), *TENS[1:], rules=rules) == {"S02": "info", "S03": "info"}


@pytest.mark.parametrize(
    ("old", "new", "rule", "message"),
    [
        ('silences = ["S01", "S02"]', 'silences = ["S01", "S99"]', "S03", "no rule “S99” stands before it"),
        ('raised = { as = "S02" }', 'raised = { as = "S99" }', "S03", "params.raised: no rule “S99”"),
        ('raised = { as = "S02" }', 'raised = { as = "S01" }', "S03", "params.raised: no rule “S01”"),
        ('over = 150, severity = "warning"', 'over = 150, severity = "stop"', "S01", "no published number"),
        ("over = 150,", "over = 50,", "S01", "the bands must rise"),
        ("up_to = 112,", "up_to = 12,", "S02", "the bands must rise"),
        ('{ severity = "warning", say = "long"', '{ up_to = 200, severity = "warning", say = "long"', "S02", "up_to"),
        ("up_to = 56, ", "", "S02", "up_to"),
        ("percent = 200", "percent = 100", "S02", "the bands must rise"),
        ('"illness", "surgery"', '"ilness", "surgery"', "S03", "“ilness” is not one of"),
    ],
)
def test_what_is_wrong_in_the_data_is_refused(changed: Any, old: str, new: str, rule: str, message: str) -> None:
    with pytest.raises(RuleError) as refused:
        changed(old, new)
    assert rule in {problem.rule for problem in refused.value.problems}
    assert any(message in problem.message for problem in refused.value.problems)
    assert all(problem.line for problem in refused.value.problems)
