"""What every test shares: no display, and a home of its own instead of anybody's."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when Qt starts, which is after this file


def pytest_configure(config: pytest.Config) -> None:
    # Said by the offscreen platform whenever a window has a least size; it tells nothing about the window.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a person's data and settings a place in the test's own folder; nothing is made there beforehand."""
    place = tmp_path / "home"
    monkeypatch.setenv("XDG_DATA_HOME", str(place / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place / "config"))
    return place
