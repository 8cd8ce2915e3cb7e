"""What the tests that break things share: a place in memory, processes to kill, and the figures said at the end."""

import faulthandler
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

import logbook

_FIGURES = pytest.StashKey[list[str]]()
_MEMORY = Path("/dev/shm")

_PATHS = (str(Path(logbook.__file__).parents[1]), str(Path(__file__).parents[1]))

Figure = Callable[[str], None]


class Process:
    """One thing that `processes.py` does, in a process of its own."""

    def __init__(self, program: "subprocess.Popen[str]", *does: object) -> None:
        """Have *program* do it, and wait until the process is there."""
        assert program.stdin is not None
        assert program.stdout is not None
        self._said = program.stdout
        program.stdin.write(f"{json.dumps(does, default=str)}\n")
        word, pid = self.hear().split()
        assert word == "pid"
        self._pid = int(pid)

    def hear(self) -> str:
        """Wait for the next line that is said, and return it."""
        return self._said.readline().rstrip("\n")

    def kill(self) -> list[str]:
        """End it at this very moment, and return what it had said."""
        os.kill(self._pid, signal.SIGKILL)
        return self.end()

    def end(self) -> list[str]:
        """Wait until it has ended, and return what it said meanwhile."""
        return list(iter(self.hear, "ended"))


Start = Callable[..., Process]


@pytest.fixture(scope="session")
def start() -> Iterator[Start]:
    """Return a function that has `processes.py` do something in a process of its own."""
    if not hasattr(os, "fork"):
        pytest.skip("a process for each time is forked from one program")
    with subprocess.Popen(
        [sys.executable, "-W", "error", str(Path(__file__).with_name("processes.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(_PATHS)},
        text=True,
        bufsize=1,
    ) as program:
        yield partial(Process, program)
        assert program.stdin is not None
        program.stdin.close()


@pytest.fixture(autouse=True)
def patience(request: pytest.FixtureRequest) -> None:
    """Have a deep test take its time: pytest would say where it stands every two minutes."""
    if request.node.get_closest_marker("deep"):
        faulthandler.cancel_dump_traceback_later()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Give a function that has a sentence with what was counted stand below the results, with the time it took."""
    began = time.monotonic()
    said = request.config.stash.setdefault(_FIGURES, [])
    return lambda sentence: said.append(f"{sentence} ({time.monotonic() - began:.0f} s)")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Give an empty folder, in memory where there is room for one: thousands of files are made and broken in it."""
    if not (_MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="faults-", dir=_MEMORY) as name:
        yield Path(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for sentence in config.stash.get(_FIGURES, []):
        terminalreporter.write_line(sentence)
