"""A column without a name is told by its place."""

from datetime import date

from logbook.services.sessions_csv import read_sessions


def test_a_row_that_is_too_long_for_a_header_that_ends_without_a_name_is_told_by_its_place(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("date,notes,\n2026-01-01,a,b,c\n", encoding="utf-8")
    (problem,) = read_sessions(path, "a", date(2026, 2, 1)).problems
    assert (problem.line, problem.column) == (2, "unnamed column 3")
