"""The command line in this process, and as a program of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

import logbook
from logbook.cli import main

_PROGRAM = "import sys; from logbook.cli import main; raise SystemExit(main(sys.argv[1:]))"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Ran]
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run_here(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return Ran(status, *capsys.readouterr())

    return run_here


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Start a command as a program of its own: without a display, from a folder that is not the checkout."""

    def start_there(*arguments: str | Path, code: str = _PROGRAM, **more: object) -> subprocess.Popen[bytes]:
        hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
        environment = {key: value for key, value in os.environ.items() if key not in hidden}
        environment["PYTHONPATH"] = str(Path(logbook.__file__).parents[1])
        environment |= more.pop("environment", {})
        command: Sequence[str] = [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
        return subprocess.Popen(command, cwd=tmp_path, env=environment, **streams)

    return start_there


@pytest.fixture
def finish(start: Start) -> Run:
    """Run a command as a program of its own to its end."""

    def finish_there(*arguments: str | Path, **more: object) -> Ran:
        with start(*arguments, **more) as process:
            out, err = process.communicate(timeout=60)
        return Ran(process.returncode, (out or b"").decode(), (err or b"").decode())

    return finish_there


@pytest.fixture
def a_csv(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of lines."""

    def write(*lines: str, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write
