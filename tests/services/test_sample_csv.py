from datetime import date
from pathlib import Path

from services import make_sample

from logbook.services.sessions_csv import read_sessions
from logbook.services.shedding_csv import read_shedding

LAST = date(2026, 11, 15)


def test_the_sample_reads_without_a_problem():
    sessions = read_sessions(make_sample.FOLDER / "sessions.csv", "ann", LAST)
    counts = read_shedding(make_sample.FOLDER / "shedding.csv", "ann", LAST)

    assert (sessions.problems, sessions.ignored_columns) == ((), ())
    assert (counts.problems, counts.ignored_columns) == ((), ())
    assert len(sessions.rows) == 30
    assert len(counts.rows) == 64
    assert sessions.rows[-1][1].date == counts.rows[-1][1].date == LAST


def test_the_sample_is_the_one_that_is_made(tmp_path: Path):
    make_sample.write(tmp_path)

    for name in ("sessions.csv", "shedding.csv"):
        assert (tmp_path / name).read_text("utf-8") == (make_sample.FOLDER / name).read_text("utf-8")
