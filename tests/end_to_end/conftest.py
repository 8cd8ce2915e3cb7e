"""What every test of the real window begins with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from end_to_end.screen import Screen, need_tools, open_screen


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    need_tools()
    folder = tmp_path / "screen"
    folder.mkdir()
    with open_screen(folder) as opened:
        yield opened


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "mine.sqlite"
