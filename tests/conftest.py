"""What every test shares: no display, and a home of its own instead of anybody's."""

import copy
import os
import tomllib
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # a machine that is busy with something else is no bug
settings.load_profile("patient")
_parsed = lru_cache(maxsize=64)(tomllib.loads)


def _loads(text: str) -> dict[str, Any]:
    """Parse the same text once: a thousand tests start the program, and each reads the same rules."""
    return copy.deepcopy(_parsed(text))


tomllib.loads = _loads  # type: ignore[assignment]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when Qt starts, which is after this file


def pytest_configure(config: pytest.Config) -> None:
    # What the offscreen platform says of itself when a window has a least size or a list pops up.
    for what in ("propagateSizeHints", r"raise\(\)", "grabbing the keyboard"):
        config.addinivalue_line("qt_log_ignore", f"^This plugin does not support {what}")


_homes = count()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a person's data and settings a place of the test's own; nothing is made there beforehand."""
    place = tmp_path_factory.getbasetemp() / f"home-{next(_homes)}"  # most tests write nothing: no folder is made
    monkeypatch.setenv("XDG_DATA_HOME", str(place / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place / "config"))
    return place
