import pytest

from logbook.domain.units import Unreadable
from logbook.services.importing.numbers import DecimalSign, is_ambiguous, read_number, sign_of

POINT, COMMA = DecimalSign


@pytest.mark.parametrize(
    ("text", "column", "published"),
    [
        *(("0.5mm", "depth_mm", "0.5"), ("0,5 mm", "depth_mm", "0.5"), (".25 Millimeter", "depth_mm", ".25")),
        *(("500 µm", "depth_mm", "0.5"), ("250 μm", "depth_mm", "0.25"), ("255 um", "depth_mm", "0.255")),
        *(("1,500", "depth_mm", "1.500"), ("0,5", "depth_mm", "0.5"), ("1.5", "depth_mm", "1.5")),
        *(("24 h", "redness_hours", "24"), ("2 days", "redness_hours", "48"), ("1,5 Tage", "redness_hours", "36")),
        *(("20 min", "redness_hours", "0.33"), ("30 minutes", "redness_hours", "0.5"), ("480", "redness_hours", "480")),
        *(("6x", "passes", "6"), ("6 mal", "passes", "6"), ("3rd", "needle_use", "3")),
        *(("40 hairs", "value", "40"), (">200 Haare", "value", ">200"), ("> 200", "value", ">200")),
        *(("1'000", "value", "1000"), ("1,234,567", "value", "1234567"), ("1.234,5", "value", "1234.5")),
    ],
)
def test_a_number_is_put_in_the_unit_of_its_column(text: str, column: str, published: str):
    assert read_number(text, column, None) == published


@pytest.mark.parametrize(
    ("text", "sign", "published"),
    [
        *(("1,000", POINT, "1000"), ("1,000", COMMA, "1.0"), ("1.000", COMMA, "1000"), ("1.000", POINT, "1.0")),
        *(("1,234", COMMA, "1.2340"), ("1.234,5", POINT, "1234.5"), ("0,125", POINT, "0.125"), ("12,5", POINT, "12.5")),
    ],
)
def test_thousands_are_as_the_person_said(text: str, sign: DecimalSign, published: str):
    assert read_number(text, "value", sign) == published


def test_what_may_be_a_thousand_is_left_to_be_refused_until_somebody_says():
    assert read_number("1,000", "value", None) == "1,000"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        *(("0.5-1.0", "is a range"), ("0,5 – 1 mm", "is a range"), ("6 to 8", "is a range"), ("6 bis 8", "is a range")),
        *(("1/2", "may be a half, or one of two"), ("0.5/1.0 mm", "may be a half"), ("1/2 weeks", "may be a half")),
        *(("ca. 40", "is about a number"), ("~40", "is about"), ("etwa 40", "is about"), ("about 40", "is about")),
    ],
)
def test_two_numbers_or_about_one_are_none(text: str, sentence: str):
    with pytest.raises(Unreadable, match=sentence):
        read_number(text, "depth_mm", None)


@pytest.mark.parametrize("text", ["", "deep", "mm", "0.5 inch", "½", "²", "٣", "1.2.3.4", "--5", "1e3"])
def test_what_is_no_number_is_left_to_the_reader_of_its_column(text: str):
    assert read_number(text, "depth_mm", None) == text


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        *(
            ("0,5", COMMA),
            ("0.5", POINT),
            ("1.234,5", COMMA),
            ("1,234.5", POINT),
            ("1,234,567", POINT),
            ("12,5 h", COMMA),
        ),
        *(("1,234", None), ("12", None), ("x", None), ("1'234", None)),
    ],
)
def test_some_numbers_tell_their_decimal_sign(text: str, sign: DecimalSign | None):
    assert sign_of(text) is sign


@pytest.mark.parametrize("text", ["1,000", "1.000", "999,999 hairs", ">1,000", "-1.000"])
def test_three_digits_behind_one_sign_may_be_thousands(text: str):
    assert is_ambiguous(text)


@pytest.mark.parametrize("text", ["0,125", "1,00", "1,0000", "1000", "1,000,000", "01,000"])
def test_other_numbers_are_one_thing_only(text: str):
    assert not is_ambiguous(text)
