from datetime import date

import pytest

from logbook.domain.units import Unreadable
from logbook.services.importing.dates import DateOrder, choose_day, read_day, read_time

TODAY = date(2026, 6, 30)
FOURTH_OF_MARCH = date(2026, 3, 4)


def chosen(text: str, order: DateOrder | None = None) -> date:
    return choose_day(read_day(text, TODAY), text, order)


def refusal(text: str, order: DateOrder | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        chosen(text, order)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-03-04", "2026/3/4", "2026.03.04", " 2026-03-04 ", "2026-03-04 00:00:00", "2026-03-04T07:30"),
        *("4 March 2026", "4. März 2026", "4 mar 2026", "4-Mar-26", "4th of March 2026", "March 4, 2026", "Mar 4 2026"),
        *("Wed, 4 March 2026", "Mi 4. Mrz 2026", "Wednesday 2026-03-04", "46085", "46085.0", "46085,00"),
    ],
)
@pytest.mark.parametrize("order", [None, *DateOrder])
def test_a_day_that_can_be_only_one_needs_no_order(text: str, order: DateOrder | None):
    assert chosen(text, order) == FOURTH_OF_MARCH


@pytest.mark.parametrize(
    "text", ["4/3/2026", "04.03.2026", "4-3-2026", "4. 3. 2026", "04 03 2026", "4/3/26", "We 4/3/26"]
)
def test_two_numbers_that_may_be_day_and_month_wait_for_the_order(text: str):
    if text.startswith("We"):
        assert "is not a date" in refusal(text)  # no weekday in either language
        return
    assert chosen(text, DateOrder.DAY_FIRST) == FOURTH_OF_MARCH
    assert chosen(text, DateOrder.MONTH_FIRST) == date(2026, 4, 3)
    assert "may be 4 March 2026 or 3 April 2026; say in which order" in refusal(text)


def test_the_same_number_twice_is_no_question():
    assert chosen("03/03/2026") == chosen("03/03/2026", DateOrder.MONTH_FIRST) == date(2026, 3, 3)


def test_a_day_beyond_the_twelfth_tells_its_order_and_stands_by_it():
    assert chosen("25/03/2026") == chosen("25/03/2026", DateOrder.DAY_FIRST) == date(2026, 3, 25)
    assert refusal("25/03/2026", DateOrder.MONTH_FIRST) == (
        "“25/03/2026” is no day when it is read month first; it may be 25 March 2026."
    )


def test_years_of_two_digits_may_come_first_unless_they_are_to_come():
    assert chosen("26-03-04", DateOrder.YEAR_FIRST) == FOURTH_OF_MARCH
    assert "may be 26 March 2004 or 4 March 2026" in refusal("26-03-04")
    assert chosen("27.03.25") == date(2025, 3, 27)  # 2027 is to come
    assert "is no day when it is read year first" in refusal("27.03.25", DateOrder.YEAR_FIRST)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-02-30", "is not a day of the calendar"),
        ("31/31/2026", "is not a day of the calendar"),
        ("29 February 2025", "is not a date; write it as YYYY-MM-DD"),
        ("4.3.", "has no year"),
        ("03/04", "has no year"),
        ("1/2 weeks", "says how often, not on which day"),
        ("every 2 weeks", "says how often"),
        ("2x/week", "says how often"),
        ("alle 14 Tage", "says how often"),
        ("wöchentlich", "says how often"),
        ("1-2 Wochen", "says how often"),
        ("Total", "looks like a line of totals"),
        ("Summe 2026", "looks like a line of totals"),
        ("Ø", "is not a date"),
        ("soon", "is not a date; write it as YYYY-MM-DD, such as 2026-04-03."),
        ("46085.5", "is not a date"),
        ("12345", "is not a date"),  # 1933
        ("2026-03-04T07:30:00+02:00", "has a time zone"),
        ("2026-03-04 07:30 UTC", "has a time zone"),
        ("٤/٣/٢٠٢٦", "is not a date"),
        ("²/3/2026", "is not a date"),
    ],
)
def test_what_is_no_day_is_told_what_it_looks_like(text: str, sentence: str):
    assert sentence in refusal(text)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-03-04 07:30:15", "07:30"),
        ("4 March 2026, 9:30 pm", "21:30"),
        ("2026-03-04T00:15", "00:15"),
        ("2026-03-04", None),
    ],
)
def test_a_time_behind_the_day_is_kept(text: str, time: str | None):
    assert read_day(text, TODAY).time == time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        *(("07:30", "07:30"), ("7:30", "07:30"), ("7.30", "07:30"), ("7h30", "07:30"), ("07:30:59", "07:30")),
        *(("7.30 Uhr", "07:30"), ("7:30 PM", "19:30"), ("12:05 am", "00:05"), ("12 p.m.", "12:00"), ("7am", "07:00")),
    ],
)
def test_a_time_of_the_day(text: str, time: str):
    assert read_time(text) == time


@pytest.mark.parametrize("text", ["7", "24:00", "7:60", "13:00 pm", "0:30 am", "evening", "0730", "٧:٣٠"])
def test_what_is_no_time_is_refused(text: str):
    with pytest.raises(Unreadable, match="is not a time"):
        read_time(text)
