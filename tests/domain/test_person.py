"""What a life event cannot be."""

from datetime import date, timedelta

import pytest
from builders import SAM, TODAY

from logbook.domain.person import LifeEvent
from logbook.domain.session import EARLIEST_DATE, new_id
from logbook.domain.vocabulary import EventKind

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "until", "fields"),
    [
        (TODAY, None, []),
        (TODAY, TODAY, []),
        (YESTERDAY, TODAY, []),
        (TODAY, YESTERDAY, ["until"]),
        (TODAY, TOMORROW, ["until"]),
        (TOMORROW, None, ["date"]),
        (TOMORROW, TODAY, ["date", "until"]),
        (EARLIEST_DATE, None, []),
        (EARLIEST_DATE - timedelta(days=1), None, ["date"]),
    ],
)
def test_an_event_begins_by_today_and_ends_after_it_began(day: date, until: date | None, fields: list[str]) -> None:
    event = LifeEvent(new_id(), SAM, EventKind.ILLNESS, day, until)
    assert [problem.field for problem in event.problems(TODAY)] == fields
