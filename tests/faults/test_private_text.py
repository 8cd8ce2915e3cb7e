"""Rows 24 to 26: what is typed stands in the database alone, every file is its owner's alone, and nothing calls out."""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults.conftest import Figure
from faults.disk import python_environment

MARKER = "PRIVATE7f3a91"
WINDOW = Path(__file__).with_name("window.py")
COMMAND = """
import os, sys
sys.addaudithook(lambda event, arguments: event.startswith("socket.") and os.write(2, f"used {event}\\n".encode()))
os.umask(0)
from logbook.app import main
raise SystemExit(main(sys.argv[1:]))
"""
OPENED = re.compile(r'openat\([^"]*"(?P<path>/[^"]*)", (?P<flags>[A-Z_|]+)(?:, 0(?P<mode>[0-7]*))?\) = \d')
MADE = re.compile(r'mkdir(?:at)?\([^"]*"(?P<path>/[^"]*)", 0(?P<mode>[0-7]*)\) = 0')
ELSEWHERE = ("/dev/", "/proc/")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes, and its programs other places")


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    calls: list[str]  # of the system, where strace looked on


Run = Callable[..., Ran]


@pytest.fixture
def sandbox(tmp_path: Path) -> Path:
    for name in ("home", "tmp", "out"):
        (tmp_path / "sandbox" / name).mkdir(mode=0o700, parents=True)
    (tmp_path / "sandbox").chmod(0o700)
    return tmp_path / "sandbox"


@pytest.fixture
def run(sandbox: Path) -> Run:
    """Return a function that runs a program for which *sandbox* is all there is, with a umask that hides nothing."""
    home = sandbox / "home"
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
    environment = {name: value for name, value in python_environment().items() if name not in hidden}
    environment |= {"HOME": str(home), "TMPDIR": str(sandbox / "tmp"), "QT_QPA_PLATFORM": "offscreen"}
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        environment[f"XDG_{name}_HOME"] = str(home / name.lower())

    def once(*arguments: str | Path, looks_on: bool = False) -> Ran:
        trace = sandbox.with_name("trace")
        strace = ["strace", "-f", "-o", str(trace), "-e", "trace=openat,mkdir,mkdirat,socket,connect"]
        command = [*(strace if looks_on else []), sys.executable, *map(str, arguments)]
        done = subprocess.run(
            command, env=environment, cwd=sandbox, capture_output=True, text=True, timeout=300, check=False
        )
        calls = trace.read_text("utf-8", errors="replace").splitlines() if looks_on else []
        return Ran(done.returncode, done.stdout + done.stderr, calls)

    return once


def live(run: Run, sandbox: Path, *, looks_on: bool = False) -> list[Ran]:
    """Import, export and back up by commands, then go on in the window; return what each said."""
    log, out = sandbox / "out" / "log.csv", sandbox / "out"
    log.write_text(f"date,depth_mm,zones,notes\n2026-01-01,1.5,crown,{MARKER}\n2026-01-03,1.5,crown,{MARKER}\n")
    log.chmod(0o600)
    commands: list[list[str | Path]] = [["import", log], ["export", out / "out.json"], ["backup"]]
    if looks_on:
        commands += [["judge", log], ["export", out / "out.csv"], ["check"], ["import", log]]
    said = [run("-W", "error", "-c", COMMAND, *command, looks_on=looks_on) for command in commands]
    return [*said, run(WINDOW, MARKER, looks_on=looks_on)]


def marked(sandbox: Path) -> set[str]:
    """Return the names of all files, and the files, in which the marker stands."""
    texts = [MARKER.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    paths = [path for path in sandbox.rglob("*") if path.is_file()]
    found = {path.name for path in paths if any(text in path.read_bytes() for text in texts)}
    assert not [path for path in paths if MARKER in str(path)]
    return found


def may_hold_it(name: str) -> bool:
    """Tell whether a file is the database, a copy of it, or what was asked for."""
    return name in ("logbook.sqlite", "log.csv", "out.csv", "out.json") or bool(
        re.fullmatch(r"logbook-.*\.sqlite", name)
    )


def test_what_is_typed_is_in_the_database_alone(run: Run, sandbox: Path, figure: Figure) -> None:
    said = live(run, sandbox)
    assert [one.status for one in said] == [0] * len(said), said
    for one in said:
        assert MARKER not in one.out
        assert "used socket" not in one.out
    assert "boxes" in said[-1].out
    found = marked(sandbox)
    assert {"logbook.sqlite", "out.json"} < found
    assert all(map(may_hold_it, found)), found
    assert not list((sandbox / "tmp").iterdir())
    looser = [path for path in sandbox.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert all("guidance" in path.parts for path in looser), looser  # a copy of what is published
    files = sum(path.is_file() for path in sandbox.rglob("*"))
    figure(
        f"Rows 24 and 25: {len(said)} programs left {files} files, the marker in the database and its copies, 0 looser"
    )


def test_what_was_deleted_is_gone_from_the_file(run: Run, sandbox: Path) -> None:
    said = run(WINDOW, MARKER, "and deletes it")
    assert said.status == 0, said.out
    assert "deleted\n" in said.out
    assert MARKER not in said.out
    backups = {path.name for path in sandbox.rglob("backups/*.sqlite")}
    assert marked(sandbox) <= backups  # made before a deletion, so that it can be taken back


@pytest.mark.deep
def test_no_file_is_made_elsewhere_or_looser_and_nothing_calls_out(run: Run, sandbox: Path, figure: Figure) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace, which sees every call, is not installed")
    said = live(run, sandbox, looks_on=True)
    assert [one.status for one in said] == [0] * len(said), said
    made = [found for one in said for found in openings(one.calls) if "O_CREAT" in found[0] or found.re is MADE]
    written = [found for one in said for found in openings(one.calls) if "O_RDONLY" not in found[0]]
    assert len(made) > 20
    outside = {one["path"] for one in written if not one["path"].startswith((str(sandbox), *ELSEWHERE))}
    assert outside == set()
    looser = {  # the window sees to that by its umask, the commands by the mode they ask for
        one["path"] for ran in said[:-1] for one in created(ran.calls) if int(one["mode"] or "0", 8) & 0o077
    }
    assert looser == set()
    assert not [call for one in said for call in one.calls if "AF_INET" in call]
    figure(
        f"Rows 24 to 26, every call of {len(said)} programs: {len(made)} files made, 0 elsewhere, 0 looser, 0 sockets"
    )


def openings(calls: list[str]) -> list[re.Match[str]]:
    """Return which files were opened and which folders were made."""
    return [found for call in calls if (found := OPENED.search(call) or MADE.search(call))]


def created(calls: list[str]) -> list[re.Match[str]]:
    """Return those that were not there before: of a name, the first that could have made it."""
    first: dict[str, re.Match[str]] = {}
    for found in openings(calls):
        if "O_CREAT" in found[0] or found.re is MADE:
            first.setdefault(found["path"], found)
    return [one for path, one in first.items() if not path.startswith(ELSEWHERE)]
