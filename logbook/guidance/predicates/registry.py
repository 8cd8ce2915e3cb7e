"""Where predicates are known by their names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from logbook.guidance.rule import Answer, Case, Predicate, SheddingCase

PREDICATES: Final[dict[str, Predicate]] = {}

_Parameters = TypeVar("_Parameters")
_Function = TypeVar("_Function", bound=Callable[..., Answer])


def predicate(
    parameters: type[_Parameters],
    variants: Mapping[str, str] | Callable[[_Parameters], Mapping[str, str]],
    judges: type[Case] | type[SheddingCase] = Case,
) -> Callable[[_Function], _Function]:
    """Make a function known to rules under its own name.

    *parameters* is the dataclass of its numbers; *variants* names each message it may give and, separated by
    spaces, the facts that message may use, numbers with a ``#`` behind: fixed, or as a function of the parameters;
    *judges* is the kind of case it looks at.
    """

    def facts_by_variant(numbers: _Parameters) -> dict[str, frozenset[str]]:
        named = variants(numbers) if callable(variants) else variants
        return {variant: frozenset(facts.split()) for variant, facts in named.items()}

    def register(function: _Function) -> _Function:
        PREDICATES[function.__name__] = Predicate(function.__name__, function, parameters, facts_by_variant, judges)
        return function

    return register


def first_above(bands: tuple[Any, ...], field: str, value: int) -> tuple[Any, ...]:
    """Return rising *bands* of which the first begins at *value* of *field*; what it passes over gives way to it."""
    passed = [band for band in bands if getattr(band, field) <= value]
    first, rest = (passed[-1], bands[len(passed) :]) if passed else (bands[0], bands[1:])
    return (replace(first, **{field: value}), *rest)


def must_rise(*numbers: int) -> None:
    """Refuse bands that are out of order: the first or the last that holds is taken.

    Raises:
        ValueError: the numbers do not rise.
    """
    if list(numbers) != sorted(set(numbers)):
        raise ValueError(f"the bands must rise, and {', '.join(map(str, numbers))} do not")
