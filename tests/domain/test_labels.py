"""Days as they stand beside today."""

from datetime import date, timedelta

import pytest
from builders import TODAY

from logbook.domain import labels


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 7, 4), "Sat 4 Jul"),
        (date(2026, 12, 29), "Tue 29 Dec"),
        (date(2026, 12, 30), "Wed 30 Dec 2026"),
        (date(2025, 12, 31), "Wed 31 Dec"),
        (date(2025, 12, 29), "Mon 29 Dec 2025"),
    ],
)
def test_a_near_day_is_told_without_its_year(day, words):
    assert labels.near_day(day, TODAY) == words


@pytest.mark.parametrize(
    ("back", "words"),
    [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (1000, "1,000 days ago"), (-1, "1 day ahead")],
)
def test_how_long_ago_a_day_is(back, words):
    assert labels.ago(TODAY - timedelta(days=back), TODAY) == words


def test_only_the_first_letter_becomes_small():
    assert labels.lower("From Tue 9 Dec at 0.5 mm") == "from Tue 9 Dec at 0.5 mm"
    assert labels.lower("") == ""
