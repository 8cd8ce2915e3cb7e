"""What a shedding record cannot be."""

from datetime import date, timedelta

import pytest
from builders import SAM, TODAY

from logbook.domain.errors import Problem
from logbook.domain.session import EARLIEST_DATE, new_id
from logbook.domain.shedding import SheddingDraft, SheddingRecord, parse_count
from logbook.domain.units import Unreadable
from logbook.domain.vocabulary import SheddingMethod


def fields_of(day: date, method: SheddingMethod, value: int | None) -> list[str]:
    return [problem.field for problem in SheddingRecord(new_id(), SAM, day, method, value).problems(TODAY)]


@pytest.mark.parametrize(
    ("day", "fields"),
    [
        (TODAY, []),
        (TODAY + timedelta(days=1), ["date"]),
        (EARLIEST_DATE, []),
        (EARLIEST_DATE - timedelta(days=1), ["date"]),
    ],
)
def test_a_day_lies_neither_ahead_nor_absurdly_far_back(day: date, fields: list[str]) -> None:
    assert fields_of(day, SheddingMethod.DAY_TOTAL, 50) == fields


@pytest.mark.parametrize(
    ("method", "value", "fields"),
    [
        (SheddingMethod.ESTIMATE, 0, []),
        (SheddingMethod.ESTIMATE, 4, ["value"]),
        (SheddingMethod.SINCLAIR, 0, ["value"]),
        (SheddingMethod.SINCLAIR, 6, []),
        (SheddingMethod.DAY_TOTAL, -1, ["value"]),
        (SheddingMethod.DAY_TOTAL, None, []),
    ],
)
def test_a_value_fits_its_method(method: SheddingMethod, value: int | None, fields: list[str]) -> None:
    assert fields_of(TODAY, method, value) == fields


@pytest.mark.parametrize(
    ("method", "value", "said"),
    [
        (SheddingMethod.DAY_TOTAL, 200, []),
        (SheddingMethod.PULL_TEST, 3, []),
        (SheddingMethod.ESTIMATE, 3, ["A grade goes from 0 to 3; “more than” is for counted hairs."]),
        (SheddingMethod.ESTIMATE, 2, ["A grade goes from 0 to 3; “more than” is for counted hairs."]),
        (SheddingMethod.SINCLAIR, 6, ["A grade goes from 1 to 6; “more than” is for counted hairs."]),
        (SheddingMethod.ESTIMATE, 9, ["9 does not fit this method, which goes from 0 to 3."]),
        (SheddingMethod.ESTIMATE, None, []),
    ],
)
def test_more_than_is_said_of_hairs_and_never_of_a_grade(
    method: SheddingMethod, value: int | None, said: list[str]
) -> None:
    found = SheddingRecord(new_id(), SAM, TODAY, method, value, is_more_than=True).problems(TODAY)
    assert [problem.message for problem in found] == said
    assert {problem.field for problem in found} <= {"value"}


@pytest.mark.parametrize("field", ["itch", "flaking", "redness"])
def test_the_scalp_is_graded_from_0_to_3(field: str) -> None:
    def fields(grade: int | None) -> list[str]:
        record = SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.DAY_TOTAL, **{field: grade})
        return [problem.field for problem in record.problems(TODAY)]

    assert [fields(grade) for grade in (None, 0, 3, 4, -1)] == [[], [], [], [field], [field]]


@pytest.mark.parametrize(
    ("text", "count"),
    [("42", (42, False)), (" 0 ", (0, False)), (">200", (200, True)), ("> 200", (200, True)), ("007", (7, False))],
)
def test_a_count_is_read_as_it_is_typed(text: str, count: tuple[int, bool]) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize("text", ["12.5", "12,5", "many", "-3", "<5", "1e3", "4 2", "٤٢", "", ">", "1" * 10])
def test_what_is_no_whole_number_is_no_count(text: str) -> None:
    with pytest.raises(Unreadable, match=r"is not a count; write a whole number such as 42, or >200 for more\."):
        parse_count(text)


@pytest.mark.parametrize(
    ("text", "suggestion"), [("1,000", "1000"), ("1.000", "1000"), (">1 200", ">1200"), ("1,00", None)]
)
def test_a_thousand_with_a_mark_is_never_taken_for_one(text: str, suggestion: str | None) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_count(text)
    assert refused.value.suggestion == suggestion


def test_a_draft_names_what_cannot_be_read_before_what_cannot_be() -> None:
    unread = Problem("value", "“many” is not a count.", "many")
    record = SheddingRecord(new_id(), SAM, TODAY + timedelta(days=1), SheddingMethod.ESTIMATE, 9)
    assert [one.field for one in SheddingDraft(record).problems(TODAY)] == ["date", "value"]
    found = SheddingDraft(record, (unread,)).problems(TODAY)
    assert found[0] is unread
    assert [one.field for one in found] == ["value", "date"]
