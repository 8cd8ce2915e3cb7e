import json
import stat
from pathlib import Path

import pytest

from logbook.domain.errors import StorageError, UnreadableFile
from logbook.services import places, sessions_csv, shedding_csv
from logbook.services.importing import memory, words
from logbook.services.importing.columns import Columns, column_of, propose_columns, why_left_out
from logbook.services.importing.memory import recall, remember
from logbook.services.importing.source import Kind
from logbook.services.importing.words import VOCABULARY, YES_NO, load_words, plain


def targets(*header: str, kind: Kind | None = None) -> tuple[str | None, ...]:
    return propose_columns(header, kind).targets


@pytest.mark.parametrize("column", sessions_csv.COLUMNS)
def test_every_published_column_is_read_as_itself(column: str):
    assert column_of(column, Kind.SESSIONS) == column
    assert column_of(f" {column.upper().replace('_', ' ')}: ", Kind.SESSIONS) == column


@pytest.mark.parametrize(
    ("name", "column"),
    [
        *(("Depth (mm)", "depth_mm"), ("Tiefe [mm]", "depth_mm"), ("Depth (µm)", None), ("Depth (inch)", None)),
        *(
            ("Rötung (Stunden)", "redness_hours"),
            ("Redness (days)", None),
            ("Redness", None),
            ("hours red", "redness_hours"),
        ),
        *(("Date (dd/mm/yyyy)", "date"), ("Notes (optional)", "notes"), ("Pain", None), ("", None), ("(", None)),
        *(("Scheitel", None), ("Needles", None), ("x" * 100_000, None)),
    ],
)
def test_a_name_is_read_with_its_unit_or_not_at_all(name: str, column: str | None):
    assert column_of(name, Kind.SESSIONS) == column


def test_the_second_column_of_a_kind_is_not_read():
    columns = propose_columns(("date", "Notes", "remarks", ""))
    assert columns.targets == ("date", "notes", None, None)
    assert columns.left_out == ("remarks", "unnamed column 4")


def test_a_table_of_hairs_is_told_from_one_of_sessions():
    assert propose_columns(("date", "method", "value")).kind is Kind.SHEDDING
    assert propose_columns(("Datum", "Haare")).kind is Kind.SHEDDING
    assert propose_columns(("date", "hairs", "depth")).kind is Kind.SESSIONS
    assert propose_columns(("date",)).kind is Kind.SESSIONS
    assert targets("date", "hairs", kind=Kind.SESSIONS) == ("date", None)


def test_some_columns_have_a_reason_to_be_left_out():
    assert why_left_out("How often?") is None
    assert why_left_out("How often") == "Intervals are reckoned from the dates."
    assert why_left_out("Redness (0-3)") == "Redness is kept in hours; a column of hours says so in its name."


def test_a_column_is_read_as_another_on_request():
    columns = propose_columns(("Datum", "Tiefe", "X"))
    changed = columns.reading("x", "depth_mm")
    assert changed.targets == ("date", None, "depth_mm")
    assert changed.reading("Datum", None).targets == (None, None, "depth_mm")
    assert changed.name_of("depth_mm") == "X"
    assert changed.name_of("zones") == "zones"
    with pytest.raises(UnreadableFile, match="There is no column “Y”; the columns are Datum, Tiefe, X"):
        columns.reading("Y", "notes")
    with pytest.raises(UnreadableFile, match="“mood” is no column here; they are date, time"):
        columns.reading("X", "mood")


def test_a_choice_without_a_date_or_with_two_of_a_kind_is_refused():
    with pytest.raises(UnreadableFile, match=r"log\.csv: No column is read as the date"):
        propose_columns(("depth",)).check("log.csv")
    twice = Columns(Kind.SESSIONS, ("a", "b", "c"), ("date", "notes", "notes"))
    with pytest.raises(UnreadableFile, match=r"log\.csv: Two columns are read as notes"):
        twice.check("log.csv")


# What is remembered


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "private" / "columns.json"


CHOSEN = Columns(Kind.SESSIONS, ("Wann", "Wie tief", "Geheimnis"), ("date", "depth_mm", None))


def test_a_header_is_known_again_whatever_its_case(kept: Path):
    assert recall(CHOSEN.header, kept) is None
    remember(CHOSEN, kept)
    assert recall(CHOSEN.header, kept) == CHOSEN
    assert recall(("WANN", "wie_tief", "Geheimnis "), kept).targets == CHOSEN.targets
    assert recall(("Wann", "Wie tief"), kept) is None


def test_the_last_choice_counts(kept: Path):
    remember(CHOSEN, kept)
    remember(CHOSEN.reading("Geheimnis", "notes"), kept)
    assert recall(CHOSEN.header, kept).targets == ("date", "depth_mm", "notes")


def test_nothing_somebody_wrote_is_kept_and_nobody_else_can_read_it(kept: Path):
    remember(CHOSEN, kept)
    assert "geheimnis" not in kept.read_text().lower()
    assert "wann" not in kept.read_text().lower()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_the_header_used_longest_ago_goes_first(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory, "_MOST", 2)
    others = [Columns(Kind.SHEDDING, (name, "x"), ("date", "value")) for name in "ab"]
    for columns in (CHOSEN, others[0], CHOSEN, others[1]):
        remember(columns, kept)
    assert [recall(one.header, kept) is not None for one in (CHOSEN, *others)] == [True, False, True]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b"null",
        b'{"version": 2, "headers": []}',
        b'{"version": 1, "headers": [{"header": "x"}]}',
        b'{"version": 1, "headers": 7}',
        b'{"version": 1, "headers": [{"header": "x", "kind": "photos", "columns": []}]}',
        b"[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_forgotten_and_written_anew(kept: Path, content: bytes):
    kept.parent.mkdir()
    kept.write_bytes(content)
    assert recall(CHOSEN.header, kept) is None
    remember(CHOSEN, kept)
    assert recall(CHOSEN.header, kept) == CHOSEN


@pytest.mark.parametrize(
    "columns", [["date", "mood", None], ["date", "date", None], ["date"], [1, 2, 3], ["method"] * 3]
)
def test_a_choice_that_makes_no_sense_any_more_is_not_proposed(kept: Path, columns: list[object]):
    remember(CHOSEN, kept)
    document = json.loads(kept.read_text())
    document["headers"][0]["columns"] = columns
    kept.write_text(json.dumps(document))
    assert recall(CHOSEN.header, kept) is None


def test_a_memory_that_cannot_be_written_is_one_sentence(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        remember(CHOSEN, tmp_path / "file" / "columns.json")


def test_the_memory_lies_beside_the_logbook():
    assert places.remembered_columns().parent == places.default_database().parent


# The words


def test_every_word_is_read_as_something_that_there_is():
    found = load_words()
    assert set(found.columns["sessions"].values()) == set(sessions_csv.COLUMNS)
    assert set(found.columns["shedding"].values()) == set(shedding_csv.COLUMNS)
    for column, kind in VOCABULARY.items():
        for target in found.cells[column].values():
            assert set(target.split("|")) <= {member.value for member in kind}, (column, target)
    assert {target for column in YES_NO for target in found.cells[column].values()} == {"yes", "no"}
    assert set(found.months.values()) == set(range(1, 13))
    assert found.units["redness_hours"]["minutes"] * 60 == 1
    assert all(name == plain(name) for table in (found.left_out, found.empty, found.totals) for name in table)


def test_a_word_that_stands_for_two_things_is_a_mistake_of_ours(monkeypatch: pytest.MonkeyPatch):
    original = words.read_toml

    def doubled(path: Path):
        found = original(path)
        found["words"]["zones"]["crown"].append("Front")
        return found

    monkeypatch.setattr(words, "read_toml", doubled)
    with pytest.raises(ValueError, match="“front” stands for two things"):
        load_words.__wrapped__()
