"""Finds the files the program ships with, inside the installed package or beside it in a checkout."""

import tomllib
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent


def find(name: str) -> Path:
    """Return the path of the resource *name*, such as ``guidance/sources.toml``.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for folder in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        if (path := folder / name).exists():
            return path
    raise FileNotFoundError(f"The program's own file “{name}” is missing; please install it again.")


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        tomllib.TOMLDecodeError: it is not TOML; the message names the line.
    """
    return tomllib.loads(path.read_text(encoding="utf-8"))
