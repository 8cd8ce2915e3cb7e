"""A column of a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec

_Row = ParamSpec("_Row")


@dataclass(frozen=True)
class Column(Generic[_Row]):
    """What the cells of a column say of a row, how they sort, how they stand."""

    name: str
    title: str
    text: Callable[_Row, str]
    tip: str
    is_number: bool = False  # stands at the right
    key: Callable[_Row, Any] | None = None  # to sort by, where not by the text
