"""What a shedding record cannot be."""

from datetime import date, timedelta

import pytest
from builders import SAM, TODAY

from logbook.domain.session import EARLIEST_DATE, new_id
from logbook.domain.shedding import SheddingRecord
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
