"""All kinds of records as tables in a folder."""

import csv
import os
import stat
from pathlib import Path

import pytest
from faults.inventing import TODAY, Inventor

from logbook.domain.errors import StorageError
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import Session
from logbook.domain.vocabulary import EventKind
from logbook.services.logbook_json import KINDS
from logbook.services.sessions_csv import read_sessions
from logbook.services.tables_csv import write_tables


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("number", range(10))
def test_every_record_is_in_the_table_of_its_kind(tmp_path: Path, number: int):
    records = Inventor(number, nul=False).logbook()

    written = write_tables(records, tmp_path / "out").written

    names = {"events": "life-events", "limits": "agreed-limits"}
    for key, kind in KINDS.items():
        expected = sum(type(one) is kind for one in records)
        path = tmp_path / "out" / f"{names.get(key, key)}.csv"
        assert written.get(key, 0) == expected
        assert (len(rows_of(path)) if path.exists() else 0) == expected


def test_the_sessions_can_be_imported(tmp_path: Path):
    logbooks = (Inventor(number, nul=False).logbook() for number in range(99))
    records = next(one for one in logbooks if any(isinstance(record, Session) for record in one))
    write_tables(records, tmp_path / "out")

    read = read_sessions(tmp_path / "out" / "sessions.csv", "p", TODAY)

    assert not read.problems
    assert len(read.rows) == sum(isinstance(one, Session) for one in records)


def test_formulas_are_guarded_and_nothing_recorded_is_an_empty_cell(tmp_path: Path):
    event = LifeEvent("e", "p", EventKind.DYE, TODAY, notes="=HYPERLINK(1)")
    write_tables([Person("p", "@SUM(1)"), event], tmp_path / "out")

    (person,) = rows_of(tmp_path / "out" / "people.csv")
    (row,) = rows_of(tmp_path / "out" / "life-events.csv")
    assert (person["name"], person["birth_date"]) == ("'@SUM(1)", "")
    assert (row["notes"], row["date"], row["until"]) == ("'=HYPERLINK(1)", TODAY.isoformat(), "")


def test_nobody_else_can_read_them(tmp_path: Path):
    write_tables([Person("p")], tmp_path / "out")
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "out" / "people.csv").stat().st_mode) == 0o600


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path):
    with pytest.raises(StorageError, match="is there already"):
        write_tables([Person("p")], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_where_one_table_cannot_be_written_none_is(tmp_path: Path):
    with pytest.raises(StorageError, match="NUL"):
        write_tables([Person("p"), LifeEvent("e", "p", EventKind.DYE, TODAY, notes="a\0b")], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
