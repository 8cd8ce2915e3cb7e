"""Where predicates are known by their names."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from logbook.guidance.rule import Answer, Case, Predicate

PREDICATES: Final[dict[str, Predicate]] = {}

_Parameters = TypeVar("_Parameters")
_Function = Callable[[Case, _Parameters], Answer]


def predicate(
    parameters: type[_Parameters],
    variants: Mapping[str, str] | Callable[[_Parameters], Mapping[str, str]],
) -> Callable[[_Function[_Parameters]], _Function[_Parameters]]:
    """Make a function known to rules under its own name.

    *parameters* is the dataclass of its numbers; *variants* names each message it may give and, separated by
    spaces, the facts that message may use, numbers with a ``#`` behind: fixed, or as a function of the parameters.
    """

    def facts_by_variant(numbers: _Parameters) -> dict[str, frozenset[str]]:
        named = variants(numbers) if callable(variants) else variants
        return {variant: frozenset(facts.split()) for variant, facts in named.items()}

    def register(function: _Function[_Parameters]) -> _Function[_Parameters]:
        PREDICATES[function.__name__] = Predicate(function.__name__, function, parameters, facts_by_variant)
        return function

    return register


def must_rise(*numbers: int) -> None:
    """Refuse bands that are out of order: the first or the last that holds is taken.

    Raises:
        ValueError: the numbers do not rise.
    """
    if list(numbers) != sorted(set(numbers)):
        raise ValueError(f"the bands must rise, and {', '.join(map(str, numbers))} do not")
