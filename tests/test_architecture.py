"""What holds for the house as a whole: who may import whom, the one door for writing, no network, a tidy top level."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import logbook

ROOT = Path(__file__).parents[1]
PACKAGE = Path(logbook.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "logbook",
    "main.py",
    "pyproject.toml",
    "resources",
    "tests",
}
WRITERS = {
    "cli/importing.py",
    "ui/store.py",
    "services/journal.py",
    "services/sample.py",  # fills the file that it has just made
    "storage/database.py",  # on the way down to the rows
}
NETWORK = {
    "PySide6.QtNetwork",
    "PySide6.QtNetworkAuth",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "PySide6.QtWebSockets",
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "nntplib",
    "poplib",
    "requests",
    "selectors",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "wsgiref",
    "xmlrpc",
}
NAMES_THAT_SAY_NOTHING = ("utils", "util", "helpers", "helper", "manager", "managers", "misc")


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Go through the modules of the program, each with its path in the package."""
    for path in MODULES:
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(tree: ast.Module) -> Iterator[str]:
    """Go through the names of everything that *tree* imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_contracts_on_imports_are_kept() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ran = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", "--config", str(ROOT / "pyproject.toml")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


def test_one_door_writes() -> None:
    writers = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "apply"
    }
    assert writers <= WRITERS


def test_nothing_reaches_for_the_network() -> None:
    for name, tree in trees():
        reached = {module for module in imported(tree) for known in NETWORK if f"{module}.".startswith(f"{known}.")}
        assert not reached, f"{name} imports {reached}"


def test_every_file_has_a_name_that_says_what_is_in_it() -> None:
    for path in [*MODULES, *(ROOT / "tests").rglob("*.py")]:
        assert not set(path.stem.split("_")) & set(NAMES_THAT_SAY_NOTHING), path


def test_the_top_level_holds_what_belongs_there() -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    asked = subprocess.run(
        [git, "-C", str(ROOT), "ls-files", "-z", "--full-name"], capture_output=True, encoding="utf-8", check=False
    )
    if asked.returncode or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout as git sees it; the tests may be running against a wheel")
    tracked = {name.split("/")[0] for name in asked.stdout.split("\0") if name}
    assert not tracked - TOP_LEVEL
    assert not {name for name in TOP_LEVEL if not (ROOT / name).exists()}
