"""Commands on a logbook that the window, another program, has open: reading goes on, writing is refused."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from storage.programs import OPEN, Program, a_program, answer

from logbook.storage.lock import lock_path

LOG = Path(__file__).parents[1] / "guidance" / "cases" / "zones_apart.csv"

Run = Callable[..., Any]


@pytest.fixture
def database(tmp_path: Path, run: Run) -> Path:
    """A logbook with the five sessions of a case."""
    path = tmp_path / "logbook.sqlite"
    assert run("import", LOG, "--database", path).status == 0
    assert not lock_path(path).exists()
    return path


@pytest.fixture
def window(database: Path) -> Iterator[Program]:
    """Another program that has it open."""
    with a_program(OPEN, database) as program:
        assert answer(program) == "open"
        yield program


def test_an_import_is_refused_and_says_who_has_it(run: Run, database: Path, window: Program) -> None:
    before = hashlib.sha256(database.read_bytes()).digest()
    ran = run("import", LOG, "--database", database)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("logbook.sqlite is open on this computer already since ")
    assert ran.err.endswith(f" (process {window.pid}); nothing was changed.\n")
    assert hashlib.sha256(database.read_bytes()).digest() == before


def test_reading_goes_on(run: Run, database: Path, window: Program, tmp_path: Path) -> None:
    before = lock_path(database).read_bytes()
    assert "5 sessions" in run("export", tmp_path / "all.json", "--database", database).out
    assert "session 5" in run("backup", "--database", database).out
    assert "integrity: ok" in run("check", "--database", database).out
    assert lock_path(database).read_bytes() == before


def test_reading_needs_no_lock(run: Run, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a command that reads took the lock")

    monkeypatch.setattr("logbook.storage.lock.Lock.hold", refuse)
    for words in (["export", tmp_path / "all.json"], ["backup"], ["check"]):
        assert run(*words, "--database", database).status == 0
