import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.errors import UnreadableFile
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SHEDDING_SCALES, SheddingMethod
from logbook.services.csv_records import RecordsFile
from logbook.services.shedding_csv import read_shedding, visible_content, write_shedding

TODAY = date(2026, 11, 15)


def read(path: Path, text: str) -> RecordsFile[SheddingRecord]:
    path.write_text(text, encoding="utf-8", newline="")
    return read_shedding(path, "ann", TODAY)


def test_every_column_is_read(tmp_path: Path):
    found = read(tmp_path / "s.csv", "date;method;value;days_since_wash;notes\n2026-03-04;Comb_60s;12;3;'=calm\n")

    [(line, record)] = found.rows
    assert line == 2
    assert record == SheddingRecord(
        record.id, "ann", date(2026, 3, 4), SheddingMethod.COMB_60S, 12, days_since_wash=3, notes="=calm"
    )


def test_an_empty_value_was_not_counted(tmp_path: Path):
    found = read(tmp_path / "s.csv", "date,method,value\n2026-03-04,comb_60s,\n2026-03-05,comb_60s,0\n")

    assert [record.value for _, record in found.rows] == [None, 0]


def test_a_count_given_up_stays_one(tmp_path: Path):
    found = read(tmp_path / "s.csv", "date,method,value\n2026-03-04,day_total,>100\n")

    assert [(record.value, record.is_more_than) for _, record in found.rows] == [(100, True)]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("03/04/2026,comb_60s,1,", "date", "must be YYYY-MM-DD"),
        (",comb_60s,1,", "date", "empty"),
        ("2026-11-16,comb_60s,1,", "date", "lies in the future"),
        ("2026-03-04,,1,", "method", "empty"),
        ("2026-03-04,combing,1,", "method", "the words are day_total, comb_60s"),
        ("2026-03-04,estimate,4,", "value", "from 0 to 3"),
        ("2026-03-04,sinclair,0,", "value", "from 1 to 6"),
        ("2026-03-04,estimate,>3,", "value", "“more than” is for counted hairs"),
        ("2026-03-04,sinclair,> 5,", "value", "“more than” is for counted hairs"),
        ("2026-03-04,comb_60s,-1,", "value", "does not fit"),
        ("2026-03-04,comb_60s,1.5,", "value", "not a whole number"),
        ("2026-03-04,comb_60s,1.200,", "value", "written as 1200"),
        ("2026-03-04,comb_60s,1,400", "days_since_wash", "from 0 to 366"),
    ],
)
def test_a_wrong_cell_is_refused_by_its_column(tmp_path: Path, row: str, column: str, sentence: str):
    found = read(tmp_path / "s.csv", f"date,method,value,days_since_wash\n2026-01-01,comb_60s,1,\n{row}\n")

    assert len(found.rows) == 1
    [problem] = found.problems
    assert (problem.line, problem.column) == (3, column)
    assert sentence in problem.message


def test_a_row_of_another_length_is_a_problem(tmp_path: Path):
    found = read(tmp_path / "s.csv", "date,method\n2026-03-04\n2026-03-05,comb_60s\n")

    assert [str(problem).split(":")[0] for problem in found.problems] == ["line 2, column method"]
    assert [line for line, _ in found.rows] == [3]


def test_the_method_column_is_required(tmp_path: Path):
    with pytest.raises(UnreadableFile, match=r"s\.csv, line 1: The column method is missing"):
        read(tmp_path / "s.csv", "date,value\n2026-03-04,1\n")


@st.composite
def records(draw) -> SheddingRecord:
    method = draw(st.sampled_from(SheddingMethod))
    value = draw(st.none() | st.integers(*SHEDDING_SCALES.get(method, (0, 100_000))))
    return SheddingRecord(
        new_id(),
        "ann",
        draw(st.dates(date(1950, 1, 1), TODAY)),
        method,
        value,
        is_more_than=value is not None and method not in SHEDDING_SCALES and draw(st.booleans()),
        days_since_wash=draw(st.none() | st.integers(0, 366)),
        notes=draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)),
    )


@given(st.lists(records(), max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(written: list[SheddingRecord]):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        write_shedding(written, path)
        found = read_shedding(path, "ann", TODAY)

    assert found.problems == ()
    again = [record for _, record in found.rows]
    assert [replace(record, id="") for record in again] == [replace(record, id="") for record in written]
    assert list(map(visible_content, again)) == list(map(visible_content, written))
