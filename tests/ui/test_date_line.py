"""Dates as people type them: what can be read in one way only is read, and the rest is asked for."""

import re
from datetime import date

import pytest

from logbook.domain import labels
from logbook.domain.units import Unreadable
from logbook.ui.widgets.date_line import DAY_NEEDED, parse_date


@pytest.mark.parametrize(
    "text",
    ["2026-03-01", " 2026-03-01 ", "1 March 2026", "01 Mar 2026", "1 mar 2026", "1. March 2026", "1 MAR. 2026"],
)
def test_a_date_that_can_be_read_in_one_way_is_read(text: str) -> None:
    assert parse_date(text) == date(2026, 3, 1)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_date_can_be_typed_as_it_is_shown(month: int) -> None:
    day = date(2026, month, 28)
    assert parse_date(labels.day(day)) == parse_date(labels.short_day(day)) == day


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2026",
        "3.4.2026",
        "2026-3-1",
        "2026-02-30",
        "30 Feb 2026",
        "1 Ma 2026",
        "1 Marz 2026",
        "1 Mar 26",
        "soon",
    ],
)
def test_what_would_have_to_be_guessed_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a date such as 2026-03-01 or 1 March 2026"):
        parse_date(text)


@pytest.mark.parametrize("text", ["", "  "])
def test_where_a_date_is_asked_for_none_is_not_called_a_wrong_one(text: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(DAY_NEEDED)):
        parse_date(text)
