import shutil
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import SAM, a_session
from faults.inventing import TODAY, Inventor, by_id

from logbook.domain.edit import Edit, Record
from logbook.domain.errors import UnreadableFile
from logbook.domain.person import Person
from logbook.domain.session import Session, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SheddingMethod, Zone
from logbook.guidance.loader import load_rules
from logbook.services import sessions_csv, shedding_csv
from logbook.services.exchange import PlannedImport, export
from logbook.services.importing import memory
from logbook.services.importing.cells import NO_ANSWERS, Answers
from logbook.services.importing.look import PreviewCell, look
from logbook.services.importing.plan import ImportCancelled, plan
from logbook.services.importing.source import Kind
from logbook.services.journal import open_journal
from logbook.services.logbook_json import KINDS
from logbook.storage.database import Database
from logbook.storage.header import REVISIONS

DATABASES = Path(__file__).parents[1] / "databases"


def planned(path: Path, present: Sequence[Record] = (), **how: object) -> PlannedImport:
    preview = look(path, TODAY, recalls=False)
    return plan(path, preview.columns, preview.answers, present, SAM, TODAY, **how)


def added(found: PlannedImport) -> list[Record]:
    return [one.after for one in found.edit.replacements if one.after is not None]


@pytest.fixture
def table(tmp_path: Path):
    def write(*lines: str, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
        return path

    return write


def test_columns_that_were_chosen_before_are_chosen_again_where_that_is_wanted(table, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(memory, "remembered_columns", lambda: tmp_path / "columns.json")
    path = table("Wann;X", "2026-03-04;0,5")
    memory.remember(look(path, TODAY).columns.reading("Wann", "date").reading("X", "depth_mm"))

    again = look(path, TODAY)
    assert (again.is_recalled, again.columns.targets) == (True, ("date", "depth_mm"))
    for fresh in (look(path, TODAY, recalls=False), look(path, TODAY, kind=Kind.SHEDDING)):
        assert (fresh.is_recalled, fresh.columns.targets) == (False, (None, None))


@pytest.fixture
def logbook(tmp_path: Path):
    def write(records: Sequence[Record], name: str = "other.sqlite") -> Path:
        journal = open_journal(tmp_path / name, load_rules())
        blank = journal.all(Person)
        journal.apply(Edit.adding("all", records))
        journal.apply(Edit.removing("blank", blank))
        journal.close()
        return tmp_path / name

    return write


# Tables


def test_counts_add_up_and_one_refused_row_takes_nothing(table):
    path = table("Datum;Tiefe", "2026-03-04;0,5", "2026-03-11;0,5", "2026-03-18;15", "bald;15")
    present = [a_session("2026-03-04", 50, None, setting=None, device=None)]

    found = planned(path, present)
    without = planned(path, present, leave_out_refused=True)

    for counts in (found, without):
        assert (counts.added, counts.skipped, counts.refused) == (1, 1, 2)
    assert look(path, TODAY, recalls=False).row_count == 4
    assert (found.edit.text, found.edit.replacements) == ("import of 1 session from log.csv", ())
    assert [record.date for record in added(without)] == [date(2026, 3, 11)]
    assert [(one.line, one.column) for one in found.problems] == [(4, "Tiefe"), (5, "Datum"), (5, "Tiefe")]


def test_the_same_table_twice_adds_nothing(table):
    path = table("Day,Zones,Depth", "4 March 2026,crown,0.5", "4 March 2026,crown,0.5", "5 March 2026,temples,")
    first = planned(path)
    again = planned(path, added(first))

    assert (first.added, first.skipped) == (3, 0)
    assert (again.added, again.skipped, again.edit.replacements) == (0, 3, ())


def test_equal_rows_are_kept_as_often_as_they_are_new(table):
    path = table("Day", *["4 March 2026"] * 3)
    present = [Session("x", SAM, date(2026, 3, 4)), Session("y", "another person", date(2026, 3, 4))]

    assert (planned(path, present).added, planned(path, present).skipped) == (2, 1)


def test_hair_counts_are_recognised_too(table):
    path = table("Day,Hairs", "2026-03-04,12", "2026-03-05,13")
    answers = Answers(method=SheddingMethod.DAY_TOTAL)
    columns = look(path, TODAY, recalls=False).columns
    present = [SheddingRecord("x", SAM, date(2026, 3, 4), SheddingMethod.DAY_TOTAL, 12)]
    others = [replace(present[0], method=SheddingMethod.COMB_60S)]

    assert plan(path, columns, answers, present, SAM, TODAY).skipped == 1
    assert plan(path, columns, answers, others, SAM, TODAY).skipped == 0
    assert plan(path, columns, answers, (), SAM, TODAY).edit.text == "import of 2 shedding records from log.csv"


def test_the_progress_is_told_and_the_person_may_stop_it(table):
    path = table("date", *(f"2026-03-{1 + number % 28:02d}" for number in range(1_200)))
    told: list[tuple[int, int]] = []

    assert planned(path, progress=lambda done, of: told.append((done, of))).added == 1_200
    assert [done for done, _ in told] == [2, 502, 1002, 1202]
    assert {of for _, of in told} == {1202}
    with pytest.raises(ImportCancelled, match="The import was stopped; nothing was changed"):
        planned(path, is_cancelled=lambda: len(told) > 0)


def test_a_file_that_changed_since_is_looked_at_again(table):
    path = table("date,depth", "2026-03-04,0.5")
    columns = look(path, TODAY, recalls=False).columns
    table("date,zone", "2026-03-04,crown")

    with pytest.raises(UnreadableFile, match=r"log\.csv was changed since you looked at it"):
        plan(path, columns, NO_ANSWERS, (), SAM, TODAY)
    with pytest.raises(UnreadableFile, match="look at it again"):
        plan(path, None, NO_ANSWERS, (), SAM, TODAY)


def test_the_preview_shows_each_cell_as_written_and_as_read(table):
    path = table("Datum;Tiefe;Zonen;Laune", "4. März 2026;0,5mm;Wirbel;gut", "5. März 2026;15;;", "6. März 2026;0,5")

    preview = look(path, TODAY, recalls=False)

    assert preview.shown == ("date", "depth_mm", "zones")
    first, second, third = preview.rows
    assert first.cells == (
        PreviewCell("4. März 2026", "4 March 2026"),
        PreviewCell("0,5mm", "0.50 mm"),
        PreviewCell("Wirbel", "crown"),
    )
    assert [cell.is_read_otherwise for cell in first.cells] == [True, True, True]
    assert (second.line, second.cells[1].read) == (3, "")
    assert second.cells[1].problem.endswith("15.00 mm does not. Did you mean 1.5?")
    assert third.problems == ("The row has 2 cells, the header 4.",)
    assert preview.remarks == ("This column is not read: “Laune”.",)


def test_the_preview_of_many_rows_shows_the_first_and_counts_all(table):
    path = table("date", *["2026-03-04"] * 50)
    preview = look(path, TODAY, recalls=False)
    assert (len(preview.rows), preview.row_count) == (20, 50)


def test_rows_without_any_names_above_them_are_refused(table):
    with pytest.raises(UnreadableFile, match=r"line 1: There is no line with the names of the columns"):
        look(table("4.3.2026;0,5", "11.3.2026;0,5"), TODAY, recalls=False)


@pytest.mark.parametrize(
    ("kind", "make", "content"),
    [
        (Session, Inventor.session, sessions_csv.visible_content),
        (SheddingRecord, Inventor.shedding, shedding_csv.visible_content),
    ],
)
def test_what_the_program_exports_is_read_without_a_question_and_equal(tmp_path: Path, kind, make, content):
    for number in range(60):
        inventor = Inventor(number, nul=False)
        made = [make(inventor, SAM) for _ in range(4)]
        path = tmp_path / "out.csv"
        export(made, path, kind)
        preview = look(path, TODAY, recalls=False)
        found = planned(path)
        assert (preview.open_questions, found.problems) == ((), ()), number
        assert Counter(map(content, added(found))) == Counter(map(content, made)), number
        assert planned(path, made).added == 0


# Whole logbooks


@pytest.mark.parametrize("suffix", ["json", "sqlite"])
def test_a_logbook_brings_all_its_records_with_its_people(logbook, tmp_path: Path, suffix: str):
    records = Inventor(7).logbook()
    path = logbook(records)
    if suffix == "json":
        path = tmp_path / "other.json"
        export(records, path)
    before = path.read_bytes()

    preview = look(path, TODAY)
    found = planned(path, [Person("blank")])
    again = planned(path, records)

    assert (preview.kind, preview.row_count) == (Kind.JSON if suffix == "json" else Kind.LOGBOOK, len(records))
    assert sum(preview.counts.values()) == len(records)
    assert by_id(added(found)) == by_id(records)
    assert found.edit.replacements[-1].before == Person("blank")  # gives way
    assert found.edit.text == f"import of {len(records)} records from {path.name}"
    assert (again.added, again.skipped, again.edit.replacements) == (0, len(records), ())
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted({"other.sqlite", path.name})


@pytest.mark.parametrize("suffix", ["json", "sqlite"])
def test_a_record_that_is_here_with_another_content_is_refused_by_name(logbook, tmp_path: Path, suffix: str):
    records = [Person(SAM), a_session("2026-03-04", id="s1"), a_session("2026-03-11", id="s2"), a_session(id="s3")]
    path = logbook(records)
    if suffix == "json":
        path = tmp_path / "other.json"
        export(records, path)
    present = [Person(SAM), replace(records[1], notes="x"), replace(records[2], notes="x")]

    with pytest.raises(UnreadableFile) as caught:
        planned(path, present)
    assert str(caught.value) == (
        f"{path.name}, record 2, sessions: The logbook has the session of 4 March 2026 already, with another content. "
        "So it is with 1 other record."
    )
    found = planned(path, present, leave_out_refused=True)
    assert (found.added, found.skipped, found.refused) == (1, 1, 2)
    assert added(found) == [records[3]]
    assert str(found.problems[1]).startswith("record 3, sessions: The logbook has the session of 11 March 2026")


def test_an_imported_logbook_can_be_written_and_taken_back(logbook, tmp_path: Path):
    path = logbook(Inventor(8).logbook())
    journal = open_journal(tmp_path / "mine.sqlite", load_rules())
    before = journal.everything()
    found = planned(path, before)

    journal.apply(found.edit)
    assert journal.everything() != before
    assert planned(path, journal.everything()).added == 0
    journal.apply(found.edit.inverse())
    assert journal.everything() == before
    journal.close()


def test_a_logbook_with_what_cannot_be_is_refused_at_its_place(logbook):
    twice = a_session(id="s2", zones=(ZonePass(Zone.CROWN), ZonePass(Zone.CROWN)))
    later = a_session("2199-01-01", id="s1")
    for record, place in ((later, "sessions[0].date: 2199-01-01 lies in the future"), (twice, "sessions[0].zones")):
        path = logbook([Person(SAM), record], f"{record.id}.sqlite")
        with pytest.raises(UnreadableFile) as caught:
            look(path, TODAY)
        assert str(caught.value).startswith(f"{path.name}, {place}")


# Those of all later revisions that hold one of each hold a plan too that the program lets nobody make any more.
RELEASED = ["0001", *(f"{what}/{revision}" for what in ("odd", "edges", "large") for revision in REVISIONS)]


@pytest.mark.parametrize("name", RELEASED)
def test_a_logbook_of_every_released_schema_is_read_and_left_byte_for_byte(name: str, tmp_path: Path):
    path = Path(shutil.copy(DATABASES / f"{name}.sqlite", tmp_path / "old.sqlite"))
    path.chmod(0o400)  # not even somebody else's
    before = path.read_bytes()
    found = planned(path)
    assert found.added == len(found.edit.replacements)
    assert [one.name for one in tmp_path.iterdir()] == ["old.sqlite"]
    assert path.read_bytes() == before

    copy = Path(shutil.copy(DATABASES / f"{name}.sqlite", tmp_path / "upgraded.sqlite"))
    with Database.open(copy, create=False) as upgraded:
        there = [record for kind in KINDS.values() for record in upgraded.all(kind)]
    assert added(found) == there
    assert there


def test_one_of_a_newer_schema_is_one_sentence(tmp_path: Path):
    path = Path(shutil.copy(DATABASES / f"{REVISIONS[-1]}.sqlite", tmp_path / "new.sqlite"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnreadableFile, match="was written by a newer version of the program"):
        look(path, TODAY)


def test_another_programs_database_is_one_sentence(tmp_path: Path):
    path = tmp_path / "cookies.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE a (b)")
    connection.commit()
    connection.close()
    with pytest.raises(UnreadableFile, match=r"cookies\.sqlite is a database of another program"):
        look(path, TODAY)
