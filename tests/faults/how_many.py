"""The two numbers of every such test: a few each time, very many when somebody asks for them."""

import pytest


def quick_and_deep(quick: int, deep: int) -> pytest.MarkDecorator:
    """Run a test with *count* at *quick*, and at *deep* behind the marker of that name."""
    return pytest.mark.parametrize("count", [quick, pytest.param(deep, marks=pytest.mark.deep)])
