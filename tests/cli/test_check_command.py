"""The check of a logbook as a command: what it tells, when its status is 1, and what it puts right only when asked."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cli.conftest import Run

from logbook.guidance.loader import load_rules
from logbook.services.journal import open_journal

LONG_AGO = 1_000_000_000
TOPICS = [
    "integrity",
    "foreign keys",
    "records",
    "counts",
    "schema",
    "guidance",
    "SQLite",
    "left behind",
    "backups",
]


@pytest.fixture
def database(run: Run, a_csv, tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "logbook.sqlite"
    path.parent.mkdir()
    rows = (f"2026-01-{day:02},0.5,crown" for day in range(1, 29))
    assert run("import", a_csv("date,depth_mm,zones", *rows), "--database", path).status == 0
    return path


def told(out: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in out.splitlines())


def hashes(folder: Path) -> dict[Path, str]:
    return {one: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.rglob("*") if one.is_file()}


def left_behind(database: Path) -> Path:
    path = database.with_name(".logbook.sqlite.0a1b2c3d.part")
    path.write_bytes(b"private")
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def spoil_index(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'person_id)', 'date)') WHERE name = 'ix_session_person_id'"
        )


def test_everything_is_told_in_a_line_of_its_own(run: Run, database: Path) -> None:
    before = hashes(database.parent)
    ran = run("check", "--database", database)
    assert (ran.status, ran.err) == (0, "")
    said = told(ran.out)
    assert list(said) == [*TOPICS, "--repair would"]
    assert said["schema"] == "0004, the newest"
    assert said["guidance"] == load_rules().version
    assert said["SQLite"].startswith(sqlite3.sqlite_version)
    assert said["backups"] == "There is no backup yet."
    assert said["--repair would"] == "make a backup"
    assert hashes(database.parent) == before


def test_what_was_left_behind_is_status_1_until_it_is_removed(run: Run, database: Path) -> None:
    left = left_behind(database)
    ran = run("check", "--database", database)
    assert ran.status == 1
    assert left.name in told(ran.out)["left behind"]
    assert left.exists()
    ran = run("check", "--repair", "--database", database)
    assert (ran.status, ran.err) == (0, "")
    first, second, *rest = ran.out.splitlines()
    assert first == "repair: Removed: 1 file left behind."
    assert second.startswith("repair: A backup was made and looked through: logbook-")
    assert [line.split(": ")[0] for line in rest] == TOPICS
    assert not left.exists()
    assert "opened and counted" in told(run("check", "--database", database).out)["backups"]


def test_an_index_is_made_again_when_asked_for(run: Run, database: Path) -> None:
    spoil_index(database)
    before = hashes(database.parent)
    ran = run("check", "--database", database)
    assert ran.status == 1
    assert "which loses nothing" in told(ran.out)["integrity"]
    assert hashes(database.parent) == before
    ran = run("check", "--repair", "--database", database)
    assert (ran.status, ran.out.splitlines()[0]) == (0, "repair: The indexes were made again from the records.")
    assert told(run("check", "--database", database).out)["integrity"] == "ok"


def test_a_spoilt_backup_is_status_1(run: Run, database: Path) -> None:
    made = Path(told(run("backup", "--database", database).out)["path"])
    content = bytearray(made.read_bytes())
    content[-1] ^= 1
    made.write_bytes(content)
    ran = run("check", "--database", database)
    assert ran.status == 1
    assert told(ran.out)["backups"].startswith("There is no good backup. 1 of 1 backup cannot be relied on:")


def test_of_a_file_that_cannot_be_written_nothing_is_put_right(run: Run, database: Path) -> None:
    if os.getuid() == 0:
        pytest.skip("root writes everywhere")
    left = left_behind(database)
    database.parent.chmod(0o500)
    ran = run("check", "--repair", "--database", database)
    database.parent.chmod(0o700)
    assert ran.status == 1
    assert left.exists()


def test_a_logbook_that_another_has_open_is_looked_through_and_not_repaired(finish: Run, database: Path) -> None:
    left = left_behind(database)
    with closing(open_journal(database, load_rules())):
        ran = finish("check", "--database", database)
        assert (ran.status, ran.err) == (1, "")
        ran = finish("check", "--repair", "--database", database)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert left.exists()
