import os
import stat
from pathlib import Path

import pytest

from logbook.domain.errors import RowProblem, StorageError, UnreadableFile
from logbook.services import csv_table
from logbook.services.csv_table import (
    Columns,
    Row,
    guarded,
    read_header,
    read_table,
    read_text,
    shorten,
    write_table,
)

COLUMNS = Columns(("date", "device", "passes", "notes"), ("date",))
HEADER = "date,device,passes,notes\n"


@pytest.fixture
def file(tmp_path: Path):
    def write(content: str | bytes, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def rows(path: Path) -> list[Row | RowProblem]:
    return list(read_table(path, COLUMNS).rows)


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        rows(path)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_reads_every_dialect(file, delimiter: str, mark: str, end: str):
    lines = [["date", "device", "passes", "notes"], ["2026-01-02", "pen", "3", "calm"]]
    text = mark + end.join(delimiter.join(line) for line in lines)

    assert rows(file(text)) == [Row(2, {"date": "2026-01-02", "device": "pen", "passes": "3", "notes": "calm"})]


def test_the_header_decides_the_delimiter_not_the_rows(file):
    path = file("date;notes\n2026-01-02;a, b, c, d, e\n")

    assert rows(path) == [Row(2, {"date": "2026-01-02", "notes": "a, b, c, d, e"})]


def test_header_names_are_trimmed_and_of_any_case(file):
    assert rows(file(" Date , NOTES\n2026-01-02,x\n")) == [Row(2, {"date": "2026-01-02", "notes": "x"})]


def test_a_line_is_where_its_row_begins(file):
    path = file(HEADER + '2026-01-02,,,"two\nlines"\n\n,,,\n2026-01-03,,,"a ""quoted"" word"\n')

    found = rows(path)

    assert [(row.line, row.cells["notes"]) for row in found] == [(2, "two\nlines"), (6, 'a "quoted" word')]


def test_unknown_columns_are_named(file):
    table = read_table(file("date,mood,\n2026-01-02,fine,\n"), COLUMNS)

    assert table.ignored_columns == ("mood", "unnamed column 3")
    assert list(table.rows) == [Row(2, {"date": "2026-01-02"})]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"date,notes\n2026-01-02,caf\xe9\n", "log.csv, line 2: This is not UTF-8"),
        ("date,notes\n".encode("utf-16"), "log.csv, line 1: This is not UTF-8"),
        (b"date,notes\r2026-01-02,a\r2026-01-03,\x00\r", "log.csv, line 3: There is a NUL"),
        ("", "log.csv, line 1: There is no header"),
        ("\ndate\n", "log.csv, line 1: There is no header"),
        ("device,notes\npen,x\n", "line 1: The column date is missing; the columns found are device, notes"),
        ("date,notes,Date\n", "line 1: The column date is there twice"),
        ("date,mood,mood\n", "line 1: The column mood is there twice"),
        ('date,"notes\n2026-01-02,x\n', "line 1: The header cannot be read"),
    ],
)
def test_refuses_what_is_no_table(file, content: str | bytes, sentence: str):
    assert sentence in refusal(file(content))


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('2026-01-02,,,"open\n2026-01-03,,,x\n2026-01-04,,,y\n', 2),
        ('2026-01-02,,,x\n2026-01-03,,,"open\n2026-01-04,,,"closed"\n2026-01-05,,,z\n', 3),
        ('2026-01-02,,,x\n2026-01-03,"pen\n",,"open\n2026-01-04,,,y\n', 4),
        ('2026-01-02,pen,1,"said "" twice" more\n', 2),
        ('2026-01-02,"pen,1,x\n"2026-01-03","pen","1","y"\n', 2),
    ],
)
def test_an_open_quote_is_found_where_it_begins(file, body: str, line: int):
    assert f"log.csv, line {line}: A quotation mark opened here" in refusal(file(HEADER + body))


@pytest.mark.parametrize(
    "body",
    [
        '2026-01-02,,,"open\n2026-01-03,,,x\n2026-01-04,,,"\n',
        '2026-01-02,,,"open\n2026-01-03,,,0.25"\n',
    ],
)
def test_a_row_is_not_swallowed_by_quotes_that_happen_to_match(file, body: str):
    [problem] = rows(file(HEADER + body))

    assert (problem.line, problem.column) == (2, "notes")
    assert "the row of 2026-01-03" in problem.message


def test_a_note_over_many_lines_may_hold_dates_and_commas(file):
    note = "plan:\n2026-02-03, half, or less\nand then, a, pause, of, weeks"

    assert rows(file(f'{HEADER}2026-01-02,,,"{note}"\n'))[0].cells["notes"] == note


@pytest.mark.parametrize(
    ("body", "column", "sentence"),
    [
        ("2026-01-02,pen\n", "passes", "has 2 cells, the header 4."),
        ("2026-01-02,pen,1,x,y\n", "notes", "has 5 cells, the header 4. A decimal comma"),
    ],
)
def test_a_row_of_another_length_is_a_problem_with_its_line(file, body: str, column: str, sentence: str):
    first, problem, last = rows(file(f"{HEADER}2026-01-01,,,\n{body}2026-01-03,,,\n"))

    assert (problem.line, problem.column) == (3, column)
    assert sentence in problem.message
    assert (first.line, last.line) == (2, 4)


def test_a_cell_larger_than_any_is_refused(file):
    assert "log.csv, line 2:" in refusal(file(f"{HEADER}2026-01-02,,,{'x' * 200_000}\n"))


def test_a_file_larger_than_any_is_refused(file, monkeypatch: pytest.MonkeyPatch):
    path = file(HEADER)

    with pytest.raises(UnreadableFile, match=r"log\.csv is larger than 0 MiB"):
        csv_table.read_bytes(path, len(HEADER) - 1)
    assert csv_table.read_bytes(path, len(HEADER)) == HEADER.encode()


def test_what_cannot_be_opened_is_one_sentence(tmp_path: Path):
    assert "absent.csv cannot be read" in refusal(tmp_path / "absent.csv")
    assert "is not a file" in refusal(tmp_path)
    assert "cannot be read" in refusal(tmp_path / "nul\0.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_a_pipe_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.csv")

    assert "is not a file" in refusal(tmp_path / "pipe.csv")


def test_the_header_alone_can_be_read(file):
    assert read_header(file("date;method\n"), {"date", "method"}) == ("date", "method")


@pytest.mark.parametrize("text", ["=1+1", "+49", "-", "@x", "\tx", "\rx", " =x", '"=x', "'=x", "''-x", "＝x", "\n@"])
def test_a_formula_is_guarded_and_comes_back(text: str):
    assert guarded(text) == f"'{text}"
    assert read_text(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "calm", "'t was fine", "a=b", "'", "1-2"])
def test_other_text_is_left_alone(text: str):
    assert guarded(text) == read_text(text) == text


def test_a_file_is_private_and_whole(tmp_path: Path):
    path = tmp_path / "out.csv"

    write_table(path, ["date"], [["2026-01-02"]])

    assert path.read_bytes() == b"date\r\n2026-01-02\r\n"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("cell", ["nul \0", "half \ud83d"])
def test_what_no_file_can_hold_leaves_the_old_file(tmp_path: Path, cell: str):
    path = tmp_path / "out.csv"
    path.write_text("old")

    with pytest.raises(StorageError, match=r"out\.csv cannot be written"):
        write_table(path, ["notes"], [["fine"], [cell]])
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failing_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "out.csv"
    path.write_text("old")

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageError, match=r"out\.csv cannot be written: No space left"):
        write_table(path, ["notes"], [["new"]])
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_any_end_of_the_block_leaves_no_part(tmp_path: Path):
    def interrupted():
        yield ["half"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_table(tmp_path / "out.csv", ["notes"], interrupted())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path):
    with pytest.raises(StorageError, match=r"out\.csv cannot be written"):
        write_table(tmp_path / "absent" / "out.csv", ["date"], [])
    with pytest.raises(StorageError, match="cannot be written"):
        write_table(tmp_path, ["date"], [])


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("knee", "knee"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("nul\0 and escape\x1b[31m", "nul� and escape�[31m"),
        ("\u202eright to left", "�right to left"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
    ],
)
def test_what_is_quoted_stands_on_one_line_and_hides_nothing(text, quoted):
    assert shorten(text) == quoted
