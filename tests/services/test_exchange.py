from dataclasses import replace
from datetime import date, time
from pathlib import Path
from random import Random

import pytest

from logbook.domain.device import Device
from logbook.domain.edit import Record
from logbook.domain.errors import LogbookError, StorageError, UnreadableFile
from logbook.domain.person import Person
from logbook.domain.session import GivenVerdict, Session, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Severity, SheddingMethod, Zone
from logbook.services.exchange import PlannedImport, export, plan_import

TODAY = date(2026, 11, 15)
ANN = Person("ann", "Ann")
SESSION = Session(
    "s1",
    "ann",
    date(2026, 3, 4),
    time(7, 30, 15),
    zones=(ZonePass(Zone.CROWN, Depth(50), 6), ZonePass(Zone.HAIRLINE, Depth(25), 4)),
    notes="=calm",
    given=GivenVerdict("1", Severity.CLEAN, "[]"),
)
LATER = Session("s2", "ann", date(2026, 4, 4))
COUNT = SheddingRecord("h1", "ann", date(2026, 3, 4), SheddingMethod.COMB_60S, 9)
EVERYTHING: tuple[Record, ...] = (ANN, Device("d1", DeviceKind.PEN), SESSION, LATER, COUNT)


def plan(path: Path, present: tuple[Record, ...] = (), person_id: str = "ann") -> PlannedImport:
    return plan_import(path, present, person_id, TODAY)


def added(planned: PlannedImport) -> list[Record]:
    assert all(replacement.before is None for replacement in planned.edit.replacements)
    records = [replacement.after for replacement in planned.edit.replacements if replacement.after]
    assert len(records) == planned.added
    return records


@pytest.fixture
def csv(tmp_path: Path):
    def write(text: str, name: str = "log.csv") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def test_an_import_is_an_edit(csv):
    planned = plan(csv("date,mood\n2026-03-04,fine\n2026-03-05,fine\n"))

    assert planned.edit.text == "import of 2 sessions from log.csv"
    assert [type(record) for record in added(planned)] == [Session, Session]
    assert planned.ignored_columns == ("mood",)
    assert (planned.added, planned.skipped, planned.refused) == (2, 0, 0)


def test_one_session_is_one_session(csv):
    assert plan(csv("date\n2026-03-04\n")).edit.text == "import of 1 session from log.csv"


def test_a_header_with_a_method_is_of_shedding(csv):
    planned = plan(csv("method;date;value\ncomb_60s;2026-03-04;9\ncomb_60s;2026-03-05;\n"), (COUNT,))

    assert planned.edit.text == "import of 1 shedding record from log.csv"
    assert [type(record) for record in added(planned)] == [SheddingRecord]
    assert planned.skipped == 1


def test_the_same_import_twice_adds_nothing(csv):
    path = csv("date,depth_mm,zones\n2026-03-04,0.5,crown|hairline\n2026-03-04,0.5,crown|hairline\n2026-03-05,,\n")
    first = plan(path)
    again = plan(path, tuple(added(first)))

    assert (first.added, first.skipped) == (3, 0)
    assert (again.added, again.skipped) == (0, 3)


def test_equal_rows_are_kept_as_often_as_they_are_new(csv):
    path = csv("date\n2026-04-04\n2026-04-04\n2026-04-04\n")

    planned = plan(path, (LATER,))

    assert (planned.added, planned.skipped) == (2, 1)


def test_another_persons_records_are_others(csv):
    assert plan(csv("date\n2026-04-04\n"), (LATER,), "bob").added == 1
    assert plan(csv("date,method,value\n2026-03-04,comb_60s,9\n"), (COUNT,), "bob").added == 1


def test_counts_add_up(csv):
    path = csv("date,device,passes\n2026-03-04,pen,3\n2026-04-04,,\nyesterday,rollr,0\n\n2026-03-05,pen\n")

    planned = plan(path, (LATER,))

    assert (planned.added, planned.skipped, planned.refused) == (1, 1, 2)
    assert [(problem.line, problem.column) for problem in planned.problems] == [
        (4, "date"),
        (4, "device"),
        (4, "passes"),
        (6, "passes"),
    ]


def test_an_exported_csv_is_known_again(tmp_path: Path):
    result = export(EVERYTHING, tmp_path / "OUT.CSV")

    planned = plan(tmp_path / "OUT.CSV", EVERYTHING)

    assert (planned.added, planned.skipped, planned.problems) == (0, 2, ())
    assert result.written == {"sessions": 2}
    assert result.left_out == {"people": 1, "devices": 1, "shedding": 1}
    assert str(result) == "2 sessions written. Not in this kind of file: 1 person, 1 device and 1 shedding record."


def test_sessions_are_exported_by_date(tmp_path: Path):
    export((LATER, SESSION), tmp_path / "out.csv")

    assert [line[:10] for line in (tmp_path / "out.csv").read_text().splitlines()[1:]] == ["2026-03-04", "2026-04-04"]


def test_json_holds_everything_with_its_ids(tmp_path: Path):
    path = tmp_path / "out.json"
    result = export(EVERYTHING, path)

    empty = plan(path, (Person("new"),))
    again = plan(path, EVERYTHING)

    *brought, gone = empty.edit.replacements
    assert [one.after for one in brought] == list(EVERYTHING)
    assert (gone.before, gone.after) == (Person("new"), None)  # the blank person gives way
    assert plan(path, (Person("new", "Ann"),)).edit.replacements == tuple(brought)
    assert empty.edit.text == "import of 5 records from out.json"
    assert (again.added, again.skipped) == (0, 5)
    assert result.left_out == {}
    assert str(result) == "1 person, 1 device, 2 sessions and 1 shedding record written."


def test_a_record_with_another_content_is_refused(tmp_path: Path):
    export(EVERYTHING, tmp_path / "out.json")
    present = (ANN, SESSION, replace(LATER, notes="x"))

    with pytest.raises(UnreadableFile, match=r"out\.json, record 4, sessions: .* 4 April 2026 already"):
        plan(tmp_path / "out.json", present)


def test_another_suffix_is_refused(tmp_path: Path):
    with pytest.raises(UnreadableFile, match=r"out\.xlsx ends in neither \.csv"):
        export(EVERYTHING, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["out.csv", "out.json"])
def test_an_export_that_fails_leaves_nothing(tmp_path: Path, name: str):
    (tmp_path / name).mkdir()

    with pytest.raises(StorageError, match="cannot be written"):
        export(EVERYTHING, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def _mutated(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[place] = chance.randrange(256)
        elif kind == 1:
            del changed[place : place + chance.randint(1, 30)]
        elif kind == 2:
            changed[place:place] = chance.choice((b'"', b"\n", b"\0", b"|", b"@", b"=", b",", b"9" * 30, b"[", b"\xff"))
        else:
            changed[place:place] = changed[place : place + chance.randint(1, 80)]
        if not changed:
            changed = bytearray(b"?")
    return bytes(changed)


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_a_damaged_file_is_read_or_refused_in_a_sentence(tmp_path: Path, suffix: str):
    path = tmp_path / f"log{suffix}"
    export([ANN, COUNT, SESSION, *(replace(LATER, id=f"n{n}", notes=f'a "note" {n}\nmore') for n in range(5))], path)
    whole = path.read_bytes()
    chance = Random(300)
    sentences = []
    for _ in range(300):
        path.write_bytes(_mutated(whole, chance))
        try:
            sentences.extend(map(str, plan(path).problems))
        except LogbookError as error:
            sentences.append(str(error))
    assert len(sentences) > 50
    assert all(sentence.startswith((path.name, "line ")) for sentence in sentences)


def test_shedding_records_are_exported_by_date_as_rows_of_their_own(tmp_path: Path):
    later = replace(COUNT, id="h0", date=date(2026, 4, 1), value=None)
    result = export([*EVERYTHING[:-1], later, COUNT], tmp_path / "out.csv", SheddingRecord)

    assert [line[:10] for line in (tmp_path / "out.csv").read_text().splitlines()[1:]] == ["2026-03-04", "2026-04-01"]
    assert str(result) == "2 shedding records written. Not in this kind of file: 1 person, 1 device and 2 sessions."
    again = plan(tmp_path / "out.csv", (*EVERYTHING, later))
    assert (again.added, again.skipped) == (0, 2)


def test_without_any_record_the_file_is_a_header_alone(tmp_path: Path):
    assert str(export([ANN], tmp_path / "out.csv", SheddingRecord)).startswith("0 shedding records written.")
    assert (tmp_path / "out.csv").read_text().splitlines() == ["date,method,value,days_since_wash,notes"]
