"""`import` of a table of one's own, of another logbook, and without the rows that are refused."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from logbook.domain.session import Session
from logbook.guidance.loader import load_rules
from logbook.services.journal import open_journal

SPREADSHEETS = Path(__file__).parents[1] / "services" / "spreadsheets"

Run = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "logbook.sqlite"


def sessions(database: Path) -> list[Session]:
    journal = open_journal(database, load_rules(), create=False, read_only=True)
    found = journal.all(Session)
    journal.close()
    return found


def test_without_an_option_a_table_is_the_published_one(run: Run, a_csv: Write, database: Path) -> None:
    ran = run("import", a_csv("Datum;Tiefe", "2026-01-04;0,5"), "--database", database)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "log.csv, line 1: The column date is missing; the columns found are datum;tiefe. "
        "If it is a table of your own, add --spreadsheet.\n"
    )
    word = a_csv("date,zones", "2026-01-04,vertex")
    assert run("import", word, "--database", database).out == "added 0, skipped 0, refused 1\n"
    assert "--spreadsheet" not in run("import", a_csv("mood", "fine"), "--database", database).err
    assert not database.exists()


def test_what_was_understood_of_a_table_of_ones_own_is_said(run: Run, database: Path) -> None:
    ran = run("import", SPREADSHEETS / "scalp_log_us.csv", "--spreadsheet", "--database", database)
    assert (ran.status, ran.out) == (0, "added 3, skipped 0, refused 0\n")
    for sentence in (
        "The names of the columns are in line 3; what stands above it is not read: “My needling log”.",
        "Only month first fits every date: see line 4, “02/27/2026”.",
        "Needle length: “0.5mm” read as 0.50 mm",
    ):
        assert f"scalp_log_us.csv: {sentence}\n" in ran.err
    assert run("import", SPREADSHEETS / "scalp_log_us.csv", "--spreadsheet", "--database", database).out == (
        "added 0, skipped 3, refused 0\n"
    )


def test_the_order_of_the_dates_is_asked_for_and_taken(run: Run, database: Path) -> None:
    path = SPREADSHEETS / "every_first_of_month.csv"
    ran = run("import", path, "--spreadsheet", "--database", database)
    assert (ran.status, ran.out) == (1, "added 0, skipped 0, refused 3\n")
    assert "In which order do the dates have day and month?" in ran.err
    assert "line 4, column date: “03/04/2026” may be 3 April 2026 or 4 March 2026" in ran.err
    assert not database.exists()

    ran = run("import", path, "--date-order", "month-first", "--database", database)
    assert (ran.status, ran.out) == (0, "added 3, skipped 0, refused 0\n")
    assert "In which order" not in ran.err
    assert [session.date.month for session in sessions(database)] == [1, 2, 3]


def test_columns_are_read_as_others_or_not_at_all(run: Run, a_csv: Write, database: Path) -> None:
    log = a_csv("date,first,Depth", "2026-01-04,0.25,0.5")
    ran = run("import", log, "--map", "depth_mm=first", "--map", "=depth", "--database", database)
    assert (ran.status, ran.out) == (0, "added 1, skipped 0, refused 0\n")
    assert "log.csv: This column is not read: “Depth”.\n" in ran.err
    assert sessions(database)[0].deepest == 25


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--map", "depth"], "is not of the form COLUMN=NAME"),
        (["--map", "depth_mm=second"], "There is no column “second”; the columns are date, first"),
        (["--map", "mood=first"], "“mood” is no column here"),
        (["--map", "=date"], "No column is read as the date"),
        (["--date-order", "backwards"], "invalid choice"),
    ],
)
def test_an_option_that_cannot_be_followed_is_wrong_usage(
    options: list[str], sentence: str, run: Run, a_csv: Write, database: Path
) -> None:
    ran = run("import", a_csv("date,first", "2026-01-04,0.5"), *options, "--database", database)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert not database.exists()


def test_counts_of_hairs_are_told_method_and_decimal_sign(run: Run, database: Path) -> None:
    path = SPREADSHEETS / "hair_counts.csv"
    assert run("import", path, "--spreadsheet", "--database", database).err.endswith("choose the method.\n")
    ran = run("import", path, "--method", "day_total", "--decimal", "point", "--database", database)
    assert (ran.status, ran.out) == (0, "added 4, skipped 0, refused 0\n")


@pytest.mark.parametrize("option", [[], ["--spreadsheet"]])
def test_refused_rows_are_left_out_on_request(option: list[str], run: Run, a_csv: Write, database: Path) -> None:
    log = a_csv("date,depth_mm", "2026-01-04,0.5", "soon,0.5", "2026-01-18,0.5")
    assert run("import", log, *option, "--database", database).status == 1
    ran = run("import", log, *option, "--leave-out-refused", "--database", database)
    assert (ran.status, ran.out) == (0, "added 2, skipped 0, refused 1\n")
    assert "log.csv, line 3, column date: " in ran.err
    assert len(sessions(database)) == 2


def test_another_logbook_is_taken_in_with_its_people(run: Run, a_csv: Write, tmp_path: Path, database: Path) -> None:
    other = tmp_path / "other.sqlite"
    run("import", a_csv("date", "2026-01-04", "2026-01-11"), "--database", other)
    before = other.read_bytes()
    ran = run("import", other, "--database", database)
    assert (ran.status, ran.out) == (0, "added 3, skipped 0, refused 0\n")
    assert run("import", other, "--database", database).out == "added 0, skipped 3, refused 0\n"
    assert sessions(database) == sessions(other)
    assert other.read_bytes() == before
    copy = shutil.copy(database, tmp_path / "copy.sqlite")
    assert run("import", copy, "--database", database).out == "added 0, skipped 3, refused 0\n"
