"""From the start of a process to a window, and to the first page, against the least; then a key to the rows."""

import statistics
from collections.abc import Callable
from pathlib import Path

import programs
import pytest
from builders import a_history

from logbook.domain.session import Session

ROUNDS = 9


@pytest.mark.parametrize(
    ("what", "floor", "program"),
    [
        ("window", programs.BARE_WINDOW, programs.PROGRAM_WINDOW),
        ("the first page of 520 sessions", programs.BARE_ROWS, programs.PROGRAM_FILLED),
    ],
    ids=["window", "filled"],
)
def test_start(
    what: str,
    floor: str,
    program: str,
    keep: Callable[[list[Session]], Path],
    benchmark: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    database = keep(a_history(520))
    programs.seconds_until_painted(program, database)  # once for the bytecode
    bare, own = [], []
    for _ in range(ROUNDS):
        bare.append(programs.seconds_until_painted(floor, database))
        own.append(programs.seconds_until_painted(program, database))
    benchmark.extra_info |= {"ratio": statistics.median(own) / statistics.median(bare), "what": what}
    benchmark.pedantic(programs.seconds_until_painted, (program, database), rounds=1)


def test_from_the_key_to_the_rows(
    keep: Callable[[list[Session]], Path],
    benchmark: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    database = keep(a_history(520))
    seconds = [programs.said_by(programs.PROGRAM_ROWS, database) for _ in range(ROUNDS)]
    benchmark.extra_info |= {"ms": statistics.median(seconds) * 1000, "what": "Ctrl+2 to the rows of 520 sessions"}
    benchmark.pedantic(programs.said_by, (programs.PROGRAM_ROWS, database), rounds=1)
