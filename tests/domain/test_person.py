"""What a person and a life event cannot be."""

from datetime import date, timedelta

import pytest
from builders import SAM, TODAY

from logbook.domain.person import LifeEvent, Person
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


@pytest.mark.parametrize(
    ("colour", "fields"), [(None, []), (1, []), (8, []), (0, ["colour"]), (9, ["colour"]), (-1, ["colour"])]
)
def test_the_colour_of_a_person_is_one_of_eight_or_none(colour: int | None, fields: list[str]) -> None:
    assert [problem.field for problem in Person(SAM, colour=colour).problems()] == fields
