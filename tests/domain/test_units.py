"""Depths, hours and numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.units import (
    DEEPEST,
    SHALLOWEST,
    Depth,
    Unreadable,
    depth_problem,
    parse_depth,
    parse_minutes,
    parse_number,
    parse_whole,
    plain_depth,
    plain_hours,
)

DEPTHS = st.integers(SHALLOWEST, DEEPEST).map(Depth)
NOT_NUMBERS = (
    "",
    " ",
    "one",
    "1e2",
    "1E2",
    "1e-2",
    "NaN",
    "nan",
    "sNaN",
    "inf",
    "-Infinity",
    "1_0",
    "1 5",
    "1.5.0",
    "1,5,0",
    "1.500,5",
    "0x10",
    "½",
    "١٫٥",
    "١",
    "１.５",
    "1·5",
    "--1",
    "+-1",
    ".",
    ",",
    "-",
    "1/2",
    "1'5",
)


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("1,5", 150),
        ("1.5", 150),
        ("1.50", 150),
        ("1,500", 150),
        (" 0.25 ", 25),
        ("0,25", 25),
        (".5", 50),
        (",5", 50),
        ("1", 100),
        ("1.", 100),
        ("1.5 mm", 150),
        ("1,5mm", 150),
        (" 1.5  mm ", 150),
        ("01.5", 150),
        ("+1.5", 150),
        ("0.29", 29),
        ("0.57", 57),
        ("1.15", 115),
        ("25", 2500),
    ],
)
def test_reads_a_depth_as_people_type_it(text: str, depth: int) -> None:
    read = parse_depth(text)
    assert read == depth
    assert isinstance(read, Depth)


@pytest.mark.parametrize("text", [*NOT_NUMBERS, "mm", "1.5 cm", "1.5 mm mm", "1.5 inch", "mm 1.5", "0.25/0.5"])
def test_refuses_what_is_no_depth(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a number for a depth in millimetres") as refused:
        parse_depth(text)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("text", ["0.255", "1.001", "0,005", "1.5001 mm"])
def test_refuses_a_third_decimal(text: str) -> None:
    with pytest.raises(Unreadable, match="at most two decimals") as refused:
        parse_depth(text)
    assert text in str(refused.value)


@pytest.mark.parametrize("text", ["10001", "-10001", "9" * 20])
def test_refuses_a_number_that_is_no_needle(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a needle depth"):
        parse_depth(text)


@settings(max_examples=60, deadline=None)
@given(DEPTHS)
def test_a_depth_comes_back_from_its_text(depth: Depth) -> None:
    for text in (str(depth), plain_depth(depth), f"{plain_depth(depth)} mm", str(depth).replace(".", ",")):
        assert parse_depth(text) == depth
    assert Depth(round(depth.millimetres * 100)) == depth
    assert Decimal(str(depth)) == Decimal(int(depth)) / 100


def test_every_depth_comes_back_from_its_text() -> None:
    for hundredths in range(SHALLOWEST, DEEPEST + 1):
        depth = Depth(hundredths)
        assert parse_depth(str(depth)) == parse_depth(plain_depth(depth)) == hundredths
        assert depth_problem(depth) is None


@pytest.mark.parametrize(
    ("depth", "two_decimals", "short"),
    [(5, "0.05", "0.05"), (25, "0.25", "0.25"), (50, "0.50", "0.5"), (100, "1.00", "1.0"), (150, "1.50", "1.5")],
)
def test_writes_a_depth(depth: int, two_decimals: str, short: str) -> None:
    assert str(Depth(depth)) == repr(Depth(depth)) == two_decimals
    assert plain_depth(Depth(depth)) == short
    assert Depth(depth).millimetres == depth / 100


def test_writes_a_negative_depth_as_it_was_typed() -> None:
    assert str(parse_depth("-1.5")) == "-1.50"
    wrong = depth_problem(parse_depth("-1.5"))
    assert wrong is not None
    assert "-1.50 mm" in str(wrong)


def test_a_depth_is_compared_as_a_number() -> None:
    assert Depth(30) <= 30 < Depth(31)
    assert {Depth(25)} == {25}


@pytest.mark.parametrize(
    ("depth", "suggestion"),
    [
        (2500, "2.5"),  # 25 instead of 2.5
        (1500, "1.5"),
        (5000, "5.0"),
        (510, "0.51"),
        (600, "0.6"),
        (4, "0.4"),  # 0.04 instead of 0.4
        (3, "0.3"),
        (1, "0.1"),
    ],
)
def test_offers_the_depth_that_a_factor_of_ten_explains(depth: int, suggestion: str) -> None:
    wrong = depth_problem(Depth(depth))
    assert wrong is not None
    assert wrong.suggestion == suggestion
    assert str(wrong).endswith(f"Did you mean {suggestion}?")
    assert depth_problem(parse_depth(suggestion)) is None


@pytest.mark.parametrize("depth", [0, -25, -150, 501, 505, 1505, 5010, 5001, 25000])
def test_offers_nothing_that_it_cannot_explain(depth: int) -> None:
    wrong = depth_problem(Depth(depth))
    assert wrong is not None
    assert wrong.suggestion is None
    assert "between 0.05 and 5.00 mm" in str(wrong)


@settings(max_examples=60, deadline=None)
@given(st.integers(-1000, 20_000))
def test_what_is_offered_would_be_accepted(hundredths: int) -> None:
    wrong = depth_problem(Depth(hundredths))
    assert (wrong is None) == (5 <= hundredths <= 500)
    if wrong and wrong.suggestion:
        offered = parse_depth(wrong.suggestion)
        assert depth_problem(offered) is None
        assert offered in (hundredths * 10, hundredths / 10)


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_a_number_is_plain_or_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a number for the pain"):
        parse_number(text, "the pain")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_no_text_is_read_as_anything_but_a_finite_number(text: str) -> None:
    try:
        number = parse_number(text, "a thing")
    except Unreadable:
        return
    assert number.is_finite()
    assert set(text.strip()) <= set("+-.,0123456789")


def test_reads_a_whole_number_within_its_bounds() -> None:
    assert parse_whole(" 12 ", "the passes") == 12
    assert parse_whole("12.0", "the passes") == 12
    assert parse_whole("0", "the passes") == 0
    assert parse_whole("1", "the passes", 1, 3) == 1
    assert parse_whole("3", "the passes", 1, 3) == 3
    for text in ("0", "4", "-1"):
        with pytest.raises(Unreadable, match="from 1 to 3"):
            parse_whole(text, "the passes", 1, 3)
    with pytest.raises(Unreadable, match="0 or more"):
        parse_whole("-1", "the passes")
    with pytest.raises(Unreadable, match="whole number"):
        parse_whole("1.5", "the passes")
    with pytest.raises(Unreadable, match="is not a number for the passes"):
        parse_whole("1_0", "the passes")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("24", 1440),
        ("0", 0),
        ("-0.5", -30),
        ("1,5", 90),
        ("72 h", 4320),
        ("72h", 4320),
        ("23.98", 1439),
        ("0.01", 1),
        ("-168", -10080),
        ("8784", 527040),
    ],
)
def test_reads_hours_as_minutes(text: str, minutes: int) -> None:
    assert parse_minutes(text, "hours") == minutes


def test_refuses_hours() -> None:
    for text in (*NOT_NUMBERS, "h", "3 hours"):
        with pytest.raises(Unreadable, match="is not a number for hours"):
            parse_minutes(text, "hours")
    with pytest.raises(Unreadable, match="two decimals"):
        parse_minutes("0.333", "hours")
    for text in ("8784.01", "-8785"):
        with pytest.raises(Unreadable, match="more than a year"):
            parse_minutes(text, "hours")


@settings(max_examples=60, deadline=None)
@given(st.integers(-8784 * 60, 8784 * 60))
def test_minutes_come_back_from_their_text(minutes: int) -> None:
    assert parse_minutes(plain_hours(minutes), "hours") == minutes


def test_writes_hours_with_as_few_decimals_as_they_need() -> None:
    wanted = {0: "0", 30: "0.5", -30: "-0.5", 60: "1", 600: "10", 6000: "100", 1439: "23.98", 1: "0.02"}
    assert {minutes: plain_hours(minutes) for minutes in wanted} == wanted


def test_a_number_too_long_to_be_exact_is_no_number() -> None:
    with pytest.raises(Unreadable, match="is not a number"):
        parse_depth("1." + "0" * 30 + "1")
