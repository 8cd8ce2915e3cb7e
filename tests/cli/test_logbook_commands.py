"""`import`, `export`, `backup` and `check`: what they answer, and that a refusal leaves everything as it was."""

import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.domain.session import new_id
from logbook.guidance.loader import load_rules
from logbook.services.journal import open_journal
from logbook.storage.header import REVISIONS

LOG = Path(__file__).parents[1] / "guidance" / "cases" / "zones_apart.csv"
DATABASES = Path(__file__).parents[1] / "databases"
COMMANDS = ("import", "export", "backup", "check")

Run = Callable[..., Any]
Write = Callable[..., Path]


def hashes(folder: Path) -> dict[str, str]:
    """Return what every file under *folder* is called and holds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def arguments_of(command: str, database: Path) -> list[str | Path]:
    file = {"import": [LOG], "export": [database.with_name("out.json")]}.get(command, [])
    return [command, *file, "--database", database]


@pytest.fixture
def database(tmp_path: Path, run: Run) -> Path:
    """A logbook with the five sessions of a case."""
    path = tmp_path / "logbook.sqlite"
    assert run("import", LOG, "--database", path).status == 0
    return path


# Import


def test_an_import_makes_the_logbook_and_says_so(run: Run, tmp_path: Path) -> None:
    ran = run("import", LOG, "--database", tmp_path / "folder" / "new.sqlite")
    assert ran == (0, "added 5, skipped 0, refused 0\n", "new.sqlite was not there; a new logbook was made.\n")
    assert (tmp_path / "folder" / "new.sqlite").exists()


def test_the_same_import_twice_adds_nothing(run: Run, database: Path) -> None:
    assert run("import", LOG, "--database", database) == (0, "added 0, skipped 5, refused 0\n", "")


def test_an_import_adds_what_is_new(run: Run, database: Path, a_csv: Write) -> None:
    longer = a_csv(*LOG.read_text(encoding="utf-8").splitlines(), "2024-03-01" + "," * 19)
    assert run("import", longer, "--database", database).out == "added 1, skipped 5, refused 0\n"


def test_a_copy_is_made_before_an_import_where_there_is_something_to_lose(
    run: Run, database: Path, a_csv: Write
) -> None:
    backups = database.with_name("backups")
    assert not backups.exists()  # there was nothing before the first one
    assert run("import", LOG, "--database", database).out == "added 0, skipped 5, refused 0\n"
    assert not backups.exists()
    assert run("import", a_csv("date,depth_mm", "2026-01-01,0.25"), "--database", database).err == ""
    (copy,) = backups.glob("*-import.sqlite")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (5,)


def test_a_copy_that_fails_is_said_and_keeps_nobody_from_importing(run: Run, database: Path, a_csv: Write) -> None:
    database.with_name("backups").write_text("in the way")
    ran = run("import", a_csv("date,depth_mm", "2026-01-01,0.25"), "--database", database)
    assert (ran.status, ran.out) == (0, "added 1, skipped 0, refused 0\n")
    assert ran.err.startswith("No copy was made before the import: ")


def test_shedding_is_imported_too(run: Run, database: Path, a_csv: Write) -> None:
    counts = a_csv("date,method,value", "2026-01-01,comb_60s,31", "2026-01-08,comb_60s,")
    assert run("import", counts, "--database", database).out == "added 2, skipped 0, refused 0\n"


def test_refused_rows_leave_the_logbook_as_it_was(run: Run, database: Path, a_csv: Write, tmp_path: Path) -> None:
    log = a_csv("date,depth_mm", "2026-01-01,0.25", "2026-01-08,99", "soon,99")
    before = hashes(tmp_path)
    ran = run("import", log, "--database", database)
    assert (ran.status, ran.out) == (1, "added 0, skipped 0, refused 2\n")
    assert {line.split(":")[0] for line in ran.err.splitlines()} == {
        "log.csv, line 3, column depth_mm",
        "log.csv, line 4, column date",
        "log.csv, line 4, column depth_mm",
    }
    assert hashes(tmp_path) == before


def test_refused_rows_make_no_logbook(run: Run, a_csv: Write, tmp_path: Path) -> None:
    ran = run("import", a_csv("date", "soon"), "--database", tmp_path / "new.sqlite")
    assert (ran.status, ran.out) == (1, "added 0, skipped 0, refused 1\n")
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


def test_an_import_names_the_columns_it_ignores(run: Run, a_csv: Write, tmp_path: Path) -> None:
    ran = run("import", a_csv("date,mood", "2026-01-01,good"), "--database", tmp_path / "new.sqlite")
    assert ran.status == 0
    assert "log.csv, line 1: These columns are not known and are ignored: mood." in ran.err


def test_a_csv_is_not_given_to_one_of_several_people(run: Run, database: Path, tmp_path: Path) -> None:
    journal = open_journal(database, load_rules())
    journal.apply(Edit.adding("person", [Person(new_id(), name="Kim")]))
    journal.close()
    before = hashes(tmp_path)
    ran = run("import", LOG, "--database", database)
    assert (ran.status, ran.out) == (2, "")
    assert (
        ran.err == "zones_apart.csv does not say whose it is, and logbook.sqlite keeps 2 people; add --person NAME.\n"
    )
    assert hashes(tmp_path) == before


# Export


def test_a_csv_comes_back_as_it_was(run: Run, database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run("export", out, "--database", database).status == 0
    assert run("import", out, "--database", database).out == "added 0, skipped 5, refused 0\n"
    first, again = (json.loads(run("judge", log, "--format", "json").out) for log in (LOG, out))
    assert first == again


def test_json_moves_a_whole_logbook(run: Run, database: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert "5 sessions" in run("export", first, "--database", database).out
    other = tmp_path / "other.sqlite"
    assert run("import", first, "--database", other).out == "added 6, skipped 0, refused 0\n"
    assert run("export", second, "--database", other).status == 0
    assert first.read_bytes() == second.read_bytes()
    assert run("import", first, "--database", other).out == "added 0, skipped 6, refused 0\n"


def test_another_kind_of_file_is_not_exported(run: Run, database: Path, tmp_path: Path) -> None:
    before = hashes(tmp_path)
    ran = run("export", tmp_path / "out.xlsx", "--database", database)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("out.xlsx ")
    assert hashes(tmp_path) == before


def test_an_export_never_replaces_the_logbook(run: Run, database: Path, tmp_path: Path) -> None:
    own = database.rename(tmp_path / "mine.json")
    before = hashes(tmp_path)
    ran = run("export", own, "--database", own)
    assert (ran.status, ran.err) == (2, "mine.json is the logbook itself; choose another file.\n")
    assert hashes(tmp_path) == before


def test_an_export_into_a_missing_folder_is_one_sentence(run: Run, database: Path, tmp_path: Path) -> None:
    ran = run("export", tmp_path / "nowhere" / "out.csv", "--database", database)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("out.csv cannot be written: ")
    assert ran.err.count("\n") == 1


# Backup and check


def test_a_backup_names_its_path_size_counts_and_checksum(run: Run, database: Path) -> None:
    ran = run("backup", "--database", database)
    assert (ran.status, ran.err) == (0, "")
    said = dict(line.split(": ", 1) for line in ran.out.splitlines())
    copy = Path(said["path"])
    assert copy.parent == database.parent / "backups"
    assert said["size"] == f"{copy.stat().st_size:,} bytes"
    assert "session 5" in said["counts"]
    assert said["sha256"] == hashlib.sha256(copy.read_bytes()).hexdigest()
    assert run("check", "--database", copy).status == 0


def test_a_whole_logbook_is_good_and_is_not_touched(run: Run, database: Path, tmp_path: Path) -> None:
    before = hashes(tmp_path)
    ran = run("check", "--database", database)
    assert (ran.status, ran.err) == (0, "")
    said = dict(line.split(": ", 1) for line in ran.out.splitlines())
    assert (said["integrity"], said["foreign keys"]) == ("ok", "ok")
    assert "session 5" in said["counts"]
    assert said["guidance"] == load_rules().version
    assert hashes(tmp_path) == before


@pytest.mark.parametrize("page", [1, 4, 11, 22])
def test_damage_is_status_1(page: int, run: Run, database: Path, tmp_path: Path) -> None:
    with database.open("r+b") as file:
        file.seek(4096 * page)
        file.write(b"\xaa" * 4096)
    before = hashes(tmp_path)
    ran = run("check", "--database", database)
    assert ran.status == 1
    assert "integrity: ok" not in ran.out
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") <= 1
    assert run("backup", "--database", database).status == 2
    notes = "backups/.logbook.json"  # that it failed is remembered, so that the window tells it until one succeeds
    assert {name: mark for name, mark in hashes(tmp_path).items() if name != notes} == before


def test_an_orphan_is_status_1(run: Run, database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("DELETE FROM person")
    connection.commit()
    connection.close()
    ran = run("check", "--database", database)
    assert ran.status == 1
    assert re.search(r"foreign keys: .*session", ran.out)


# What is not a logbook


@pytest.mark.parametrize("command", ["export", "backup", "check"])
def test_only_an_import_makes_a_logbook(command: str, run: Run, tmp_path: Path) -> None:
    ran = run(*arguments_of(command, tmp_path / "mistyped.sqlite"))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "mistyped.sqlite is not there.\n"
    assert not list(tmp_path.iterdir())


def another_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE session (id TEXT)")
    connection.commit()
    connection.close()


STRANGERS: dict[str, Callable[[Path], object]] = {
    "another program's database": another_program,
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("date\n2026-01-01\n", encoding="utf-8"),
    "zip": lambda path: path.write_bytes(b"PK\x05\x06" + bytes(18)),
    "folder": Path.mkdir,
    "link to nothing": lambda path: path.symlink_to(path.with_name("gone.sqlite")),
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS.keys())
@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_no_logbook_is_left_alone(
    command: str, stranger: Callable[[Path], object], run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "strange.sqlite"
    stranger(path)
    before = hashes(tmp_path)
    ran = run(*arguments_of(command, path))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("strange.sqlite")
    assert ran.err.count("\n") == 1
    assert hashes(tmp_path) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_logbook_is_left_alone(command: str, run: Run, database: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = hashes(tmp_path)
    ran = run(*arguments_of(command, database))
    assert (ran.status, ran.out) == (2, "")
    assert "newer version" in ran.err
    assert hashes(tmp_path) == before


# Which logbook


def test_the_own_logbook_is_meant_where_none_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "100%" / "logbook.sqlite"
    monkeypatch.setattr("logbook.cli.arguments.default_database", lambda: own)
    assert run("check").err == "logbook.sqlite is not there.\n"
    assert "100%" in run("check", "--help").out
    assert run("import", LOG).status == 0
    assert own.exists()


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_logbook_file_of_any_released_version_is_imported_and_left_as_it_is(
    run: Run, tmp_path: Path, revision: str
) -> None:
    old = Path(shutil.copy(DATABASES / "large" / f"{revision}.sqlite", tmp_path / "old.sqlite"))
    before = hashes(tmp_path)
    ran = run("import", old, "--database", tmp_path / "mine" / "logbook.sqlite")
    assert (ran.status, ran.err) == (0, "logbook.sqlite was not there; a new logbook was made.\n")
    assert ran.out == "added 1002, skipped 0, refused 0\n"
    assert {name: one for name, one in hashes(tmp_path).items() if not name.startswith("mine")} == before
