"""Numbers as people write them, with their units; whether 1,000 is one or a thousand is never guessed."""

import re
from enum import StrEnum
from fractions import Fraction
from typing import Final

from logbook.domain.units import Unreadable
from logbook.services.csv_table import shorten
from logbook.services.importing.words import load_words, plain


class DecimalSign(StrEnum):
    """What stands before the decimals of a number."""

    POINT = "point"
    COMMA = "comma"

    @property
    def sign(self) -> str:
        """The sign itself."""
        return "." if self is DecimalSign.POINT else ","


# A depth is not among those that may be thousands: 1,500 mm is none.
THOUSANDS: Final = ("passes", "needle_use", "redness_hours", "value", "days_since_wash")
NUMBERS: Final = (*THOUSANDS, "depth_mm")

LONGEST: Final = 60  # characters of a number with its unit, or of a day: a longer text is neither
_NUMBER: Final = re.compile(
    r"(?P<more>>?)\s*(?P<number>[+-]?[0-9.,']*[0-9][0-9.,']*)\s*(?P<unit>[^0-9\s.,'/].*)?", re.DOTALL
)
_GROUPS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[.,'][0-9]{3})+")
_MAY_BE_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_BOTH: Final = re.compile(r"[+-]?[0-9][0-9.,']*?(?:,[0-9']*\.|\.[0-9']*,)[0-9]*")
_RANGE: Final = re.compile(r"[0-9.,]+ ?\D{0,4}? ?(?:-|–|—|to|bis|\.\.+) ?[0-9.,]+.*", re.I)
_SLASHED: Final = re.compile(r"[0-9.,]+ ?\D{0,4}?/ ?[0-9.,]+.*")
_ABOUT: Final = re.compile(r"(?:~|≈|ca\b|about|approx|circa|etwa|ungefähr).*", re.I)


def read_number(text: str, column: str, sign: DecimalSign | None) -> str:
    """Return the number *text* of the published *column* as the published CSV writes it, in the column's own unit.

    What is no number is returned as it is: the reader of the column has a sentence for it.

    Raises:
        Unreadable: it is two numbers, or one that nobody vouches for.
    """
    written = text.strip()
    if len(written) > LONGEST:
        return written
    found = _NUMBER.fullmatch(written)
    unit = found and found["unit"]
    factor = load_words().units[column].get(plain(unit)) if unit else Fraction(1)
    if found is None or factor is None:
        _refuse_unclear(written)
        return written
    number = _with_a_point(found["number"], column, sign)
    return found["more"] + (number if factor == 1 else _times(number, factor))


def sign_of(text: str) -> DecimalSign | None:
    """Return what stands before the decimals of *text*, where it can be only one of the two."""
    number = _number_in(text)
    if _BOTH.fullmatch(number):
        return DecimalSign.COMMA if number.rfind(",") > number.rfind(".") else DecimalSign.POINT
    if _GROUPS.fullmatch(number) and len(re.findall("[.,']", number)) > 1:
        return DecimalSign.POINT if "," in number else DecimalSign.COMMA
    if is_ambiguous(text) or number.count(",") + number.count(".") != 1:
        return None
    return DecimalSign.COMMA if "," in number else DecimalSign.POINT


def is_ambiguous(text: str) -> bool:
    """Whether *text* is one, or a thousand times one."""
    return bool(_MAY_BE_THOUSANDS.fullmatch(_number_in(text)))


def _number_in(text: str) -> str:
    found = _NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST else None
    return found["number"] if found else ""


def _with_a_point(number: str, column: str, sign: DecimalSign | None) -> str:
    """Return *number* without thousands signs and with a decimal point, as far as it can be told."""
    text = number.replace("'", "")
    if _BOTH.fullmatch(text) or (column in THOUSANDS and _GROUPS.fullmatch(text)):
        sign = sign_of(text) or sign
        if sign is None:
            return text  # its reader refuses it
        thousands = DecimalSign.COMMA if sign is DecimalSign.POINT else DecimalSign.POINT
        text = text.replace(thousands.sign, "").replace(sign.sign, ".")
        if is_ambiguous(text):  # it is no more, and must not look so
            text = text[:-2] if text.endswith("00") else f"{text}0"
    elif text.count(",") == 1:
        text = text.replace(",", ".")
    return text


def _times(number: str, factor: Fraction) -> str:
    try:
        product = Fraction(number) * factor
    except ValueError:
        return number
    # Two decimals of an hour tell every minute; of a depth, what is too fine is left to be refused.
    decimals = 2 if factor == Fraction(1, 60) else 4
    return f"{float(product):.{decimals}f}".rstrip("0").rstrip(".")


def _refuse_unclear(text: str) -> None:
    quoted = f"“{shorten(text)}”"
    if _RANGE.fullmatch(text):
        raise Unreadable(f"{quoted} is a range; write the one number that it was.")
    if _SLASHED.fullmatch(text):
        raise Unreadable(f"{quoted} may be a half, or one of two; write one number.")
    if _ABOUT.fullmatch(text):
        raise Unreadable(f"{quoted} is about a number; write the number alone, and what is uncertain in the notes.")
