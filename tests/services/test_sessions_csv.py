import tempfile
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.session import DatedCondition, Reaction, Session, Topical, ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    DATED_CONDITIONS,
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Setting,
    SkinSign,
    Zone,
)
from logbook.services.csv_records import RecordsFile
from logbook.services.sessions_csv import COLUMNS, read_sessions, visible_content, write_sessions

TODAY = date(2026, 11, 15)


def read(path: Path, text: str) -> RecordsFile[Session]:
    path.write_text(text, encoding="utf-8", newline="")
    return read_sessions(path, "ann", TODAY)


@pytest.fixture
def session(tmp_path: Path):
    """Read one row, given as cells by column."""

    def one(**cells: str) -> Session:
        row = {"date": "2026-03-04", **cells}
        found = read(tmp_path / "log.csv", "\t".join(row) + "\n" + "\t".join(row.values()) + "\n")
        assert found.problems == ()
        [(_, session)] = found.rows
        return session

    return one


@pytest.fixture
def problems(tmp_path: Path):
    """Read one row on line 2 that is refused, and return the sentences by column."""

    def of(**cells: str) -> dict[str, str]:
        row = {"date": "2026-03-04", **cells}
        found = read(tmp_path / "log.csv", "\t".join(row) + "\n" + "\t".join(row.values()) + "\n")
        assert found.rows == ()
        assert {problem.line for problem in found.problems} == {2}
        assert len({problem.column for problem in found.problems}) == len(found.problems)
        return {problem.column: problem.message for problem in found.problems}

    return of


def test_every_column_is_read(session):
    found = session(
        time="07:30",
        setting="Home",
        device=" PEN ",
        depth_mm="0.50",
        zones="crown|hairline",
        passes="6",
        pressure="light",
        endpoint="none",
        needle_state="new_sterile",
        needle_use="2",
        needle_shared="no",
        professional_advice="yes",
        skin_signs="sunburn|pustules",
        conditions="pregnancy|isotretinoin@2026-01-31|hair_transplant",
        topicals="minoxidil@24|retinoid@-12,5|serum",
        washed_before="YES",
        redness_hours="1.5",
        reaction_signs="pus",
        notes="calm",
    )

    assert found == Session(
        found.id,
        "ann",
        date(2026, 3, 4),
        time(7, 30),
        setting=Setting.HOME,
        device=DeviceKind.PEN,
        zones=(ZonePass(Zone.CROWN, Depth(50), 6), ZonePass(Zone.HAIRLINE, Depth(50), 6)),
        pressure=Pressure.LIGHT,
        endpoint=Endpoint.NONE,
        needle_state=NeedleState.NEW_STERILE,
        needle_use=2,
        needle_shared=False,
        professional_advice=True,
        skin_signs=frozenset({SkinSign.SUNBURN, SkinSign.PUSTULES}),
        conditions=(
            DatedCondition(Condition.PREGNANCY),
            DatedCondition(Condition.ISOTRETINOIN, date(2026, 1, 31)),
            DatedCondition(Condition.HAIR_TRANSPLANT),
        ),
        topicals=(Topical(Product.MINOXIDIL, 1440), Topical(Product.RETINOID, -750), Topical(Product.SERUM)),
        washed_before=True,
        reaction=Reaction(90, frozenset({ReactionSign.PUS})),
        notes="calm",
    )


def test_an_empty_cell_is_not_recorded_and_none_is_recorded(session):
    empty = session(skin_signs="", conditions="", topicals="", reaction_signs="", zones="", notes="")
    nothing = session(skin_signs="none", conditions="None", topicals="NONE", reaction_signs=" none ")

    assert empty == Session(empty.id, "ann", date(2026, 3, 4))
    assert nothing == replace(
        empty,
        id=nothing.id,
        skin_signs=frozenset(),
        conditions=(),
        topicals=(),
        reaction=Reaction(signs=frozenset()),
    )


@pytest.mark.parametrize(
    ("cells", "zones"),
    [
        ({"zones": "crown=1.00|hairline"}, [(Zone.CROWN, 100), (Zone.HAIRLINE, None)]),
        ({"zones": "crown = 1,00|hairline", "depth_mm": "0,5"}, [(Zone.CROWN, 100), (Zone.HAIRLINE, 50)]),
        ({"zones": "crown=1", "depth_mm": "0.5"}, [(Zone.CROWN, 100)]),
        ({"depth_mm": "0.25"}, [(None, 25)]),
        ({"zones": "crown"}, [(Zone.CROWN, None)]),
        ({}, []),
    ],
)
def test_depth_reaches_the_zones_without_their_own(session, cells: dict, zones: list):
    assert [(place.zone, place.depth) for place in session(**cells).zones] == zones


def test_passes_alone_are_passes_somewhere(session):
    assert session(passes="6").zones == (ZonePass(None, None, 6),)


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("date", "03/04/2026", "“03/04/2026” is not a date; it must be YYYY-MM-DD"),
        ("date", "2026-02-30", "is not a day of the calendar"),
        ("date", "20260304", "must be YYYY-MM-DD"),
        ("date", "2026-11-16", "lies in the future"),
        ("date", "1949-12-31", "too long ago"),
        ("time", "7:30", "must be HH:MM"),
        ("time", "24:00", "must be HH:MM"),
        ("setting", "bathroom", "“bathroom” is not known here; the words are home, supervised."),
        ("device", "rollr", "the words are roller, stamp, pen, radiofrequency, other."),
        ("depth_mm", "deep", "is not a number"),
        ("depth_mm", "0.255", "at most two decimals"),
        ("depth_mm", "25", "Did you mean 2.5?"),
        ("depth_mm", "0.04", "Did you mean 0.4?"),
        ("depth_mm", "5.01", "between 0.05 and 5.00"),
        ("zones", "crown=25", "Did you mean 2.5?"),
        ("zones", "crown=", "is not a number"),
        ("zones", "top", "the words are hairline, temple_left"),
        ("zones", "crown|crown", "Each zone is named once"),
        ("zones", "crown||hairline", "An item of the list is empty"),
        ("zones", "none", "is not known here"),
        ("passes", "0", "it goes from 1 to 1000"),
        ("passes", "1.5", "is not a whole number"),
        ("passes", "1,000", "a thousand is written as 1000"),
        ("needle_use", "-1", "out of range"),
        ("needle_shared", "maybe", "the words are no, yes"),
        ("skin_signs", "none|pustules", "“none” stands alone"),
        ("skin_signs", "rash", "the words are infection, pustules"),
        ("conditions", "pregnancy@2026-01-01", "Only isotretinoin and a hair transplant carry a date"),
        ("conditions", "isotretinoin|isotretinoin@2026-01-01", "Each condition is named once"),
        ("conditions", "isotretinoin@01/02/2026", "must be YYYY-MM-DD"),
        ("conditions", "isotretinoin@", "must be YYYY-MM-DD"),
        ("topicals", "minoxidil@soon", "is not a number"),
        ("topicals", "coffee@1", "the words are minoxidil"),
        ("topicals", "serum@1|serum@1", "listed twice"),
        ("redness_hours", "-1", "out of range"),
        ("redness_hours", "1.234", "can be read in two ways"),
        ("reaction_signs", "x" * 2001, "2,001 characters"),
    ],
)
def test_a_wrong_cell_is_refused_by_its_column(problems, column: str, cell: str, sentence: str):
    found = problems(**{column: cell})

    assert list(found) == [column]
    assert sentence in found[column]


def test_a_row_without_a_date_is_refused(problems):
    assert problems(date="", device="pen") == {"date": "The cell is empty."}


def test_the_same_problem_of_two_zones_is_named_once(problems):
    assert problems(zones="crown|hairline", passes="0") == {"passes": "0 is out of range; it goes from 1 to 1000."}


def test_spaces_are_a_note_but_no_cell(session):
    assert session(notes="  ", device="  ").notes == "  "


def test_all_cells_of_all_rows_are_named_at_once(tmp_path: Path):
    found = read(
        tmp_path / "log.csv",
        "date,device,passes,redness_hours\nyesterday,rollr,0,\n2026-03-04,pen,3,1\n2026-03-05,pen\n2027-01-01,,,-1\n",
    )

    assert [(line, session.date.day) for line, session in found.rows] == [(3, 4)]
    assert sorted((problem.line, problem.column) for problem in found.problems) == [
        (2, "date"),
        (2, "device"),
        (2, "passes"),
        (4, "passes"),
        (5, "date"),
        (5, "redness_hours"),
    ]


def test_a_long_cell_is_not_repeated_in_full(problems):
    assert len(problems(setting="x" * 1500)["setting"]) < 200


def test_ids_are_new_and_in_the_order_of_the_rows(tmp_path: Path):
    found = read(tmp_path / "log.csv", "date\n2026-03-04\n2026-03-04\n2026-03-01\n")

    ids = [session.id for _, session in found.rows]
    assert ids == sorted(set(ids))
    assert len(ids) == 3


def test_unknown_columns_are_reported(tmp_path: Path):
    assert read(tmp_path / "log.csv", "mood,date\nfine,2026-03-04\n").ignored_columns == ("mood",)


def test_writes_the_documented_columns(tmp_path: Path):
    path = tmp_path / "out.csv"
    write_sessions([Session("1", "ann", date(2026, 3, 4), time(7, 30, 59), notes="=1+1")], path)

    header, row = path.read_text().splitlines()
    assert header == ",".join(COLUMNS)
    assert row == "2026-03-04,07:30" + "," * 18 + "'=1+1"


@pytest.mark.parametrize(
    ("zones", "cells"),
    [
        ([(Zone.CROWN, 50, 6), (Zone.HAIRLINE, 50, 4)], "0.50,crown|hairline,6"),
        ([(Zone.CROWN, 150, 6), (Zone.HAIRLINE, 50, None)], ",crown=1.50|hairline=0.50,6"),
        ([(Zone.CROWN, 25, None), (Zone.HAIRLINE, None, None)], ",crown=0.25|hairline,"),
        ([(None, 25, 2)], "0.25,,2"),
        ([(Zone.CROWN, None, None)], ",crown,"),
    ],
)
def test_one_depth_for_all_or_each_its_own(tmp_path: Path, zones: list, cells: str):
    places = tuple(ZonePass(zone, None if depth is None else Depth(depth), passes) for zone, depth, passes in zones)
    write_sessions([Session("1", "ann", date(2026, 3, 4), zones=places)], tmp_path / "out.csv")

    assert f"2026-03-04,,,,{cells},," in (tmp_path / "out.csv").read_text()


def test_content_is_what_the_columns_can_tell_apart():
    places = (ZonePass(Zone.CROWN, Depth(50), 6), ZonePass(Zone.HAIRLINE, Depth(50), 4))
    first = Session("1", "ann", date(2026, 3, 4), time(7, 30, 5), zones=places)
    same = Session("2", "bob", date(2026, 3, 4), time(7, 30), zones=places[::-1])

    assert visible_content(first) == visible_content(same)
    assert visible_content(first) != visible_content(replace(same, notes="x"))
    assert visible_content(first) != visible_content(replace(same, conditions=()))
    assert visible_content(replace(first, zones=())) == visible_content(replace(first, zones=(ZonePass(None),)))


def optional(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
NOTES = st.builds(
    str.__add__, st.sampled_from(["", "=", "'=", "'", "''-", '"', ' "+', "\t", "\r", "\n", "@"]), ANY_TEXT
)
DEPTHS = st.integers(5, 500).map(Depth)


@st.composite
def zone_passes(draw) -> tuple[ZonePass, ...]:
    passes = draw(optional(st.integers(1, 1000)))
    zones = draw(st.lists(st.sampled_from(Zone), unique=True, max_size=4))
    if zones:
        return tuple(ZonePass(zone, draw(optional(DEPTHS)), passes) for zone in zones)
    depth = draw(optional(DEPTHS))
    return () if depth is None and passes is None else (ZonePass(None, depth, passes),)


CONDITIONS = st.lists(
    st.builds(DatedCondition, st.sampled_from(Condition))
    | st.builds(
        DatedCondition, st.sampled_from(sorted(DATED_CONDITIONS)), st.dates(date(2000, 1, 1), date(2026, 1, 1))
    ),
    max_size=4,
    unique_by=lambda dated: dated.condition,
).map(tuple)
TOPICALS = st.lists(
    st.builds(Topical, st.sampled_from(Product), optional(st.integers(-9000, 9000))), unique=True, max_size=4
).map(tuple)
SESSIONS = st.builds(
    Session,
    id=st.builds(new_id),
    person_id=st.just("ann"),
    date=st.dates(date(1950, 1, 1), TODAY),
    time=optional(st.times().map(lambda moment: moment.replace(second=0, microsecond=0))),
    setting=optional(st.sampled_from(Setting)),
    device=optional(st.sampled_from(DeviceKind)),
    zones=zone_passes(),
    pressure=optional(st.sampled_from(Pressure)),
    endpoint=optional(st.sampled_from(Endpoint)),
    needle_state=optional(st.sampled_from(NeedleState)),
    needle_use=optional(st.integers(1, 10_000)),
    needle_shared=optional(st.booleans()),
    professional_advice=optional(st.booleans()),
    skin_signs=optional(st.frozensets(st.sampled_from(SkinSign), max_size=3)),
    conditions=optional(CONDITIONS),
    topicals=optional(TOPICALS),
    washed_before=optional(st.booleans()),
    reaction=st.builds(
        Reaction,
        redness_minutes=optional(st.integers(0, 366 * 24 * 60)),
        signs=optional(st.frozensets(st.sampled_from(ReactionSign), max_size=3)),
    ),
    notes=NOTES,
)


@given(st.lists(SESSIONS, max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(sessions: list[Session]):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        write_sessions(sessions, path)
        found = read_sessions(path, "ann", TODAY)

    assert found.problems == ()
    assert found.ignored_columns == ()
    again = [session for _, session in found.rows]
    assert [replace(session, id="") for session in again] == [replace(session, id="") for session in sessions]
    assert [visible_content(session) for session in again] == [visible_content(session) for session in sessions]
