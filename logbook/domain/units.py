"""Depths, hours and numbers as people type them, kept as integers so that no bound is ever missed by rounding."""

from decimal import Decimal, InvalidOperation
from typing import Final


class Unreadable(ValueError):
    """A text that is not the number it should be; its message is a finished sentence."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        """Say what is wrong in *message*, and offer a text that would do as *suggestion*."""
        self.suggestion = suggestion
        super().__init__(message)


class Depth(int):
    """A set needle length in hundredths of a millimetre: ``Depth(25)`` is 0.25 mm."""

    __slots__ = ()

    @property
    def millimetres(self) -> float:
        """The depth in millimetres."""
        return int(self) / 100

    def __str__(self) -> str:
        """Return the depth in millimetres with two decimals and a point, without the unit."""
        whole, rest = divmod(abs(int(self)), 100)
        return f"{'-' if self < 0 else ''}{whole}.{rest:02d}"

    __repr__ = __str__


SHALLOWEST: Final = Depth(5)
DEEPEST: Final = Depth(500)
_LONGEST_NUMBER: Final = 20


def parse_number(text: str, what: str) -> Decimal:
    """Read *text* as a decimal number; ``1,5`` and ``1.5`` are the same in every locale.

    Raises:
        Unreadable: *text* is not a plain decimal number, named *what* in the sentence.
    """
    plain = text.strip().replace(",", ".")
    try:
        # A longer text would be rounded on the way.
        number = Decimal(plain if len(plain) <= _LONGEST_NUMBER else "NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or "e" in plain.lower() or "_" in plain or not plain.isascii():
        raise Unreadable(f"“{text.strip()}” is not a number for {what}.")
    return number


def parse_whole(text: str, what: str, least: int = 0, most: int | None = None) -> int:
    """Read *text* as a whole number of at least *least* and at most *most*.

    Raises:
        Unreadable: it is not one, or is out of bounds.
    """
    number = parse_number(text, what)
    if number != number.to_integral_value():
        raise Unreadable(f"“{text.strip()}” is not a whole number for {what}.")
    bounds = f"{least} or more" if most is None else f"from {least} to {most}"
    if number < least or number > (1_000_000 if most is None else most):
        raise Unreadable(f"“{text.strip()}” does not fit {what}, which is {bounds}.")
    return int(number)


def parse_depth(text: str) -> Depth:
    """Read a depth in millimetres, with or without its unit.

    Raises:
        Unreadable: it is not a number, or has more than two decimals.
    """
    number = parse_number(text.strip().removesuffix("mm"), "a depth in millimetres")
    hundredths = number * 100
    if hundredths != hundredths.to_integral_value():
        raise Unreadable(f"A depth has at most two decimals; “{text.strip()}” has more.")
    if abs(hundredths) > 1_000_000:
        raise Unreadable(f"“{text.strip()}” mm is not a needle depth.")
    return Depth(int(hundredths))


def depth_problem(depth: Depth) -> Unreadable | None:
    """Return what is implausible about *depth*, with the depth that a factor of ten would explain."""
    if SHALLOWEST <= depth <= DEEPEST:
        return None
    tenfold = [depth * 10, *([depth // 10] if depth % 10 == 0 else [])]
    suggestion = next((Depth(value) for value in tenfold if SHALLOWEST <= value <= DEEPEST), None)
    bounds = f"A depth lies between {SHALLOWEST} and {DEEPEST} mm; {depth} mm does not."
    if suggestion is None:
        return Unreadable(bounds)
    short = plain_depth(suggestion)
    return Unreadable(f"{bounds} Did you mean {short}?", short)


def plain_depth(depth: Depth) -> str:
    """Return *depth* in millimetres with as few decimals as it needs, one at least: ``1.5``, ``0.25``."""
    text = str(depth)
    return text[:-1] if text.endswith("0") else text


def parse_minutes(text: str, what: str) -> int:
    """Read a number of hours, with a sign and at most two decimals, as whole minutes.

    Raises:
        Unreadable: it is not such a number.
    """
    hours = parse_number(text.strip().removesuffix("h"), what)
    if (hours * 100) != (hours * 100).to_integral_value():
        raise Unreadable(f"Hours have at most two decimals; “{text.strip()}” has more.")
    if abs(hours) > 24 * 366:
        raise Unreadable(f"“{text.strip()}” hours is more than a year.")
    return int((hours * 60).to_integral_value())


def plain_hours(minutes: int) -> str:
    """Return *minutes* as hours with as few decimals as they need: ``24``, ``-0.5``."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
