"""What changing shedding records and life events changes, and what a count is held against."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from builders import SAM, TODAY, a_session

from logbook.domain.edit import Replacement
from logbook.domain.person import Acknowledgement, LifeEvent, Person
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import Trashed
from logbook.domain.vocabulary import EventKind, Reason, Severity, SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.services import shedding
from logbook.services.judged import JudgedHistory
from logbook.services.logbook_json import from_text

RULES = load_rules()
DAY = date(2026, 3, 2)


def a_count(day: date = DAY, value: int | None = 10, **but) -> SheddingRecord:
    return SheddingRecord(new_id(), SAM, day, but.pop("method", SheddingMethod.COMB_60S), value, **but)


def judged(counts, first: date | None = TODAY) -> JudgedHistory:
    sessions = [a_session(first)] if first else []
    return JudgedHistory(RULES, Person(SAM), sessions, counts)


def before_first(values, first: date = TODAY) -> list[SheddingRecord]:
    return [a_count(first - timedelta(days=back), value) for back, value in enumerate(values, 1)]


def test_the_edits_of_a_record_say_its_method_and_day():
    record = a_count()
    other = replace(record, value=11)

    assert shedding.adding(record).text == "add 60-second count of 2 March 2026"
    assert shedding.adding(record).replacements == (Replacement(None, record),)
    assert shedding.changing(record, other).text == "change 60-second count of 2 March 2026"
    assert shedding.changing(record, other).replacements == (Replacement(record, other),)
    assert shedding.deleting([record], ()).text == "delete 60-second count of 2 March 2026"
    assert shedding.deleting([record, a_count()], ()).text == "delete 2 shedding records"


def test_with_records_goes_what_was_acknowledged_of_them_and_nothing_else():
    gone, kept = a_count(), a_count()

    def about(record_id):
        at = datetime(2026, 3, 3, 8)
        return Acknowledgement(new_id(), SAM, record_id, "S01", Severity.WARNING, "{}", Reason.NOT_GIVEN, "", at)

    mine, another = about(gone.id), about(kept.id)
    edit = shedding.deleting([gone], [another, mine])

    assert edit.replacements[:-1] == (Replacement(mine, None), Replacement(gone, None))
    assert [one.after for one in edit.replacements[:-1]] == [None, None]
    assert from_text(edit.of(Trashed)[0].after.content) == (gone, mine)  # as they come back: it first


def test_the_edits_of_an_event_say_what_and_when():
    event = LifeEvent(new_id(), SAM, EventKind.NEW_DRUG, DAY)
    other = replace(event, kind=EventKind.DYE)

    assert shedding.adding_event(event).text == "add new drug of 2 March 2026"
    assert shedding.changing_event(event, other).text == "change dye of 2 March 2026"
    assert shedding.changing_event(event, other).replacements == (Replacement(event, other),)
    assert shedding.deleting_events([event]).text == "delete new drug of 2 March 2026"
    assert shedding.deleting_events([event, event]).text == "delete 2 life events"


# The baseline, with seven counts in the 28 days before the first session as the rule wants it


def test_the_baseline_is_the_median_of_the_days_before_the_first_session():
    counts = before_first([10, 12, 11, 9, 30, 11, 8])
    found = shedding.own_baseline(judged(counts), a_count(TODAY, 40))

    assert found is not None
    assert (found.median, found.counts, found.first) == (11, 7, TODAY)
    assert found.words == (
        "11: the median of the 28 days before your first session, on 30 June 2026, from 7 counts. "
        "A count is raised from 22 on."
    )


def test_only_the_28_days_and_the_same_method_count():
    inside, outside = a_count(TODAY - timedelta(days=28), 10), a_count(TODAY - timedelta(days=29), 10)
    other = a_count(TODAY - timedelta(days=1), 10, method=SheddingMethod.DAY_TOTAL)
    left_out = a_count(TODAY - timedelta(days=2), 10, excluded_because="salon")
    blank = a_count(TODAY - timedelta(days=3), None)
    later = a_count(TODAY, 10)
    found = shedding.own_baseline(judged([inside, outside, other, left_out, blank, later]), a_count(TODAY, 40))

    assert found is not None
    assert (found.median, found.counts) == (None, 1)
    assert found.words.startswith("None: 1 count by this method of the 28 days")
    assert found.words.endswith("it takes 7.")


@pytest.mark.parametrize("first", [None, TODAY + timedelta(days=1)])
def test_without_an_earlier_session_there_is_none_yet(first: date | None):
    found = shedding.own_baseline(judged(before_first([10] * 9), first), a_count(TODAY, 40))

    assert found is not None
    assert found.median is None
    assert found.words.startswith("None yet: it is the median of the 28 days before your first session")


def test_counts_that_were_given_up_leave_it_unknown():
    counts = [replace(one, is_more_than=True) for one in before_first([10] * 7)]
    found = shedding.own_baseline(judged(counts), a_count(TODAY, 40))

    assert found is not None
    assert found.words == "Not known: counting was given up at numbers that could move it."


def test_the_record_that_is_changed_is_none_of_its_own_baseline():
    counts = before_first([10] * 7)
    found = shedding.own_baseline(judged(counts), replace(counts[0], date=TODAY, value=40))

    assert found is not None
    assert found.counts == 6


def test_a_baseline_of_zero_has_no_multiple():
    found = shedding.own_baseline(judged(before_first([0] * 7)), a_count(TODAY, 4))

    assert found is not None
    assert "raised" not in found.words
    assert found.words.startswith("0: the median")


def test_guidance_without_such_a_rule_has_no_baseline():
    rules = replace(RULES, rules=tuple(rule for rule in RULES.rules if rule.id != "S02"))

    assert shedding.own_baseline(JudgedHistory(rules, Person(SAM)), a_count()) is None


def test_a_count_that_is_being_written_is_judged_like_a_kept_one():
    history = judged(before_first([10] * 7))
    record = a_count(TODAY, 40)
    verdict = history.judge_draft(record)
    history.add(record)

    assert verdict.severity is Severity.INFO
    assert verdict == history.verdict(record)
