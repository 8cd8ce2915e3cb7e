import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Record
from logbook.domain.errors import StorageError, UnreadableFile
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.plan import LATEST_DATE, PlannedSession, Routine
from logbook.domain.session import DatedCondition, GivenVerdict, Reaction, Session, Topical, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    EventKind,
    HairLength,
    Product,
    Reason,
    Setting,
    Severity,
    Sex,
    SheddingMethod,
    SkinSign,
    Zone,
)
from logbook.services.exchange import export
from logbook.services.logbook_json import read_logbook, write_logbook

TODAY = date(2026, 11, 15)
LOGBOOK: tuple[Record, ...] = (
    Person(
        "p", "Ann", date(1990, 1, 2), Sex.FEMALE, frozenset({Zone.CROWN, Zone.FRONTAL}), (), "Dr. B", None, "may", 8
    ),
    Device("d", DeviceKind.PEN, "pen", "p", needle_length=Depth(150), needle_count=12),
    Cartridge("c", "d", "lot 7", Depth(150), expires_on=date(2027, 1, 1)),
    Session(
        "s",
        "p",
        date(2026, 3, 4),
        time(7, 30),
        60,
        device_id="d",
        cartridge_id="c",
        zones=(ZonePass(Zone.CROWN, Depth(25), 6), ZonePass(Zone.HAIRLINE)),
        skin_signs=frozenset({SkinSign.PUSTULES}),
        conditions=(DatedCondition(Condition.ISOTRETINOIN, date(2026, 1, 1)),),
        topicals=(Topical(Product.MINOXIDIL, -30),),
        reaction=Reaction(90, frozenset(), 3),
        notes="=1+1\n“quoted” 🙂",
        given=GivenVerdict("1.0", Severity.CAUTION, "[]"),
    ),
    SheddingRecord("h", "p", date(2026, 3, 4), SheddingMethod.COMB_60S, 9, True, hair_length=HairLength.LONG, itch=0),
    LifeEvent("e", "p", EventKind.DYE, date(2026, 2, 1)),
    AgreedLimit("l", "p", "H01", "days", 7, "Dr. B", date(2026, 1, 1)),
    Acknowledgement(
        "a",
        "p",
        "s",
        "H01",
        Severity.WARNING,
        "{}",
        Reason.ONE_OFF,
        "once",
        datetime(2026, 3, 4, 8, 0, 1),
    ),
    Routine(
        "r",
        "p",
        date(2026, 3, 1),
        14,
        Setting.HOME,
        (ZonePass(Zone.CROWN, Depth(50), 4), ZonePass(Zone.HAIRLINE, Depth(25))),
        date(2026, 12, 31),
        "until winter",
    ),
    PlannedSession(
        "n",
        "p",
        date(2027, 1, 9),
        Setting.SUPERVISED,
        (ZonePass(None, Depth(150)),),
        DeviceKind.PEN,
        "with Dr. B;\n1,5",
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.json"


@pytest.fixture
def document(path: Path) -> dict[str, Any]:
    write_logbook(LOGBOOK, path)
    return json.loads(path.read_text(encoding="utf-8"))


def refusal(path: Path, content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        read_logbook(path, TODAY)
    return str(caught.value)


def test_nothing_is_lost(path: Path):
    write_logbook(reversed(LOGBOOK), path)

    assert read_logbook(path, TODAY) == LOGBOOK


def test_more_than_a_grade_which_earlier_versions_kept_is_taken_as_it_was_exported(path: Path):
    old = SheddingRecord("h", "p", date(2026, 3, 4), SheddingMethod.ESTIMATE, 3, is_more_than=True)
    write_logbook([LOGBOOK[0], old], path)

    assert read_logbook(path, TODAY) == (LOGBOOK[0], old)


def test_depths_are_whole_hundredths_and_what_is_not_recorded_is_null(document: dict):
    session = document["sessions"][0]

    assert session["zones"][0] == {"zone": "crown", "depth_hundredths": 25, "passes": 6}
    assert session["zones"][1] == {"zone": "hairline", "depth_hundredths": None, "passes": None}
    assert session["given"]["severity"] == "caution"
    assert (document["format"], document["version"]) == ("scalp-needling-logbook", 3)
    assert document["devices"][0]["needle_length_hundredths"] == 150


def test_an_empty_logbook_can_be_read(path: Path):
    write_logbook([], path)

    assert read_logbook(path, TODAY) == ()


def test_an_export_tells_of_every_kind(path: Path):
    assert str(export(LOGBOOK, path)) == (
        "1 person, 1 device, 1 cartridge, 1 session, 1 shedding record, 1 life event, 1 agreed limit, "
        "1 acknowledgement, 1 routine and 1 planned session written."
    )


def test_a_file_from_before_there_were_plans_is_read(path: Path, document: dict):
    del document["routines"], document["plans"]
    document["version"] = 1
    path.write_text(json.dumps(document), encoding="utf-8")

    assert read_logbook(path, TODAY) == LOGBOOK[:-2]


def test_people_of_a_file_from_before_there_were_colours_have_none(path: Path, document: dict):
    del document["people"][0]["colour"]
    document["version"] = 2
    path.write_text(json.dumps(document), encoding="utf-8")

    person, *rest = read_logbook(path, TODAY)

    assert person == replace(LOGBOOK[0], colour=None)
    assert tuple(rest) == LOGBOOK[1:]


def _set(*steps: Any) -> Callable[[dict], None]:
    *inner, last, value = steps

    def change(document: dict) -> None:
        place: Any = document
        for step in inner:
            place = place[step]
        place[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_set("format", "other"), "log.json, format: This is not a logbook"),
        (_set("version", 4), "version: The file was written by a newer version"),
        (_set("version", "1"), "version: The version of the format is missing"),
        (_set("version", True), "version: The version of the format is missing"),
        (_set("photos", []), "photos: This is not known here"),
        (_set("people", 0, "colour", 9), "people[0].colour: 9 is no colour; they are 1 to 8"),
        (_set("people", 0, "colour", 0), "people[0].colour: 0 is no colour"),
        (_set("people", 0, "colour", True), "people[0].colour: This is not a whole number"),
        (_set("sessions", {}), "sessions: This is not a list"),
        (_set("sessions", 0, []), "sessions[0]: This is not an object"),
        (_set("sessions", 0, "mood", 1), "sessions[0].mood: This is not known here"),
        (_set("sessions", 0, "date", None), "sessions[0].date: This is not written as 2026-04-03"),
        (_set("sessions", 0, "date", "20260304"), "sessions[0].date: This is not written"),
        (_set("sessions", 0, "date", 20260304), "sessions[0].date: This is not written"),
        (_set("sessions", 0, "date", "2026-11-16"), "sessions[0].date: 2026-11-16 lies in the future"),
        (_set("sessions", 0, "time", "07:30:00+01:00"), "sessions[0].time: This is not written as 07:30:00"),
        (_set("sessions", 0, "setting", "space"), "sessions[0].setting: This is none of the words home, supervised"),
        (_set("sessions", 0, "needle_shared", 0), "sessions[0].needle_shared: This is neither true nor false"),
        (_set("sessions", 0, "needle_use", True), "sessions[0].needle_use: This is not a whole number"),
        (_set("sessions", 0, "needle_use", 1.0), "sessions[0].needle_use: This is not a whole number"),
        (_set("sessions", 0, "needle_use", 10**12), "sessions[0].needle_use: The number is too large"),
        (_set("sessions", 0, "needle_use", 0), "sessions[0].needle_use: 0 is out of range"),
        (_set("sessions", 0, "notes", None), "sessions[0].notes: This is not a text"),
        (_set("sessions", 0, "notes", "\ud83d"), "sessions[0].notes: The text holds half a character"),
        (
            _set("sessions", 0, "zones", 1, "depth_hundredths", 0.25),
            "sessions[0].zones[1].depth_hundredths: This is not",
        ),
        (
            _set("sessions", 0, "zones", 1, "depth_hundredths", 2500),
            "sessions[0].zones[1].depth_hundredths: A depth lies",
        ),
        (_set("sessions", 0, "zones", 1, "zone", "crown"), "sessions[0].zones: Each zone is named once"),
        (_set("sessions", 0, "zones", 0, "passes", 0), "sessions[0].zones: 0 is out of range"),
        (_set("sessions", 0, "reaction", "pain", 11), "sessions[0].reaction.pain: 11 is out of range"),
        (_set("sessions", 0, "reaction", None), "sessions[0].reaction: This is not an object"),
        (_set("sessions", 0, "skin_signs", ["pustules", "pustules"]), "sessions[0].skin_signs: The same word"),
        (_set("sessions", 0, "given", "severity", 2), "sessions[0].given.severity: This is none of the words"),
        (_set("sessions", 0, "id", "p"), "sessions[0].id: Another record has the same id"),
        (_set("sessions", 0, "id", ""), "sessions[0].id: This is not an id"),
        (_set("sessions", 0, "person_id", None), "sessions[0].person_id: This is not an id"),
        (
            _set("sessions", 0, "person_id", "q"),
            "sessions[0].person_id: The record that it belongs to is not in the file",
        ),
        (_set("sessions", 0, "device_id", "c"), "sessions[0].device_id: The record that it belongs to"),
        (_set("acknowledgements", 0, "record_id", "p"), "acknowledgements[0].record_id: The record that it belongs to"),
        (_set("acknowledgements", 0, "at", "2026-03-04"), "acknowledgements[0].at: This is not written as"),
        (_set("shedding", 0, "value", -1), "shedding[0].value: -1 does not fit"),
        (_set("shedding", 0, "date", "2027-01-01"), "shedding[0].date: 2027-01-01 lies in the future"),
        (_set("routines", 0, "every_days", 0), "routines[0].every_days: A routine goes from every day"),
        (_set("routines", 0, "every_days", 367), "routines[0].every_days: A routine goes from every day"),
        (_set("routines", 0, "every_days", None), "routines[0].every_days: This is not a whole number"),
        (_set("routines", 0, "ends_on", "2026-02-28"), "routines[0].ends_on: 2026-02-28 lies before the start"),
        (_set("routines", 0, "starts_on", "1900-01-01"), "routines[0].starts_on: 1900-01-01 is too long ago"),
        (_set("routines", 0, "person_id", "s"), "routines[0].person_id: The record that it belongs to"),
        (_set("routines", 0, "device", "pen"), "routines[0].device: This is not known here"),
        (
            _set("routines", 0, "zones", 1, "depth_hundredths", 2500),
            "routines[0].zones[1].depth_hundredths: A depth lies",
        ),
        (_set("routines", 0, "zones", 1, "zone", "crown"), "routines[0].zones: Each zone is named once"),
        (_set("plans", 0, "zones", 0, "passes", 0), "plans[0].zones: 0 is out of range"),
        (_set("plans", 0, "zones", 0, "depth_hundredths", 1), "plans[0].zones[0].depth_hundredths: A depth lies"),
        (_set("plans", 0, "date", "2226-01-09"), "plans[0].date: 2226-01-09 is too far ahead"),
        (_set("plans", 0, "device", "comb"), "plans[0].device: This is none of the words roller"),
        (lambda document: document["plans"][0].pop("setting"), "plans[0].setting: This is missing"),
        (lambda document: document["sessions"][0].pop("date"), "sessions[0].date: This is missing"),
        (lambda document: document["people"].pop(), "devices[0].person_id: The record that it belongs to"),
    ],
)
def test_refuses_by_the_place(path: Path, document: dict, change: Callable[[dict], None], sentence: str):
    change(document)

    assert sentence in refusal(path, document)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "log.json, line 1: This is not JSON"),
        ('{\n"format": }', "log.json, line 2: This is not JSON"),
        ("[]", "format: This is not a logbook"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": 1, "a": 2}', "“a” is there twice"),
        ('{"a": NaN}', "NaN is not a number"),
        ('{"a": -Infinity}', "-Infinity is not a number"),
        ('{"a": ' + "1" * 5000 + "}", "log.json is not a logbook"),
        ('{"a": "\0"}', "log.json, line 1: There is a NUL"),
    ],
)
def test_refuses_what_is_no_json(path: Path, text: str, sentence: str):
    assert sentence in refusal(path, text)


def test_half_a_character_leaves_the_old_file(path: Path):
    path.write_text("old")

    with pytest.raises(StorageError, match=r"log\.json cannot be written"):
        write_logbook([Person("p", "\ud83d")], path)
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


TEXT = st.text(max_size=20)
MAYBE_DATE = st.none() | st.dates(max_value=TODAY)
PEOPLE = st.builds(
    Person,
    st.uuids().map(lambda made: made.hex),
    TEXT,
    MAYBE_DATE,
    st.none() | st.sampled_from(Sex),
    st.none() | st.frozensets(st.sampled_from(Zone), max_size=3),
    st.none() | st.lists(st.builds(DatedCondition, st.sampled_from(Condition)), max_size=2).map(tuple),
)


@st.composite
def logbooks(draw) -> tuple[Record, ...]:
    people = draw(st.lists(PEOPLE, min_size=1, max_size=3, unique_by=lambda person: person.id))
    a_person = st.sampled_from(people).map(lambda person: person.id)
    depth = st.none() | st.integers(5, 500).map(Depth)
    a_pass = st.builds(ZonePass, st.sampled_from(Zone), depth, st.none() | st.integers(1, 1000))
    sessions = [
        draw(
            st.builds(
                Session,
                st.just(f"s{number}"),
                a_person,
                st.dates(date(1950, 1, 1), TODAY),
                st.none() | st.times(),
                zones=st.lists(a_pass, max_size=3, unique_by=lambda place: place.zone).map(tuple),
                skin_signs=st.none() | st.frozensets(st.sampled_from(SkinSign), max_size=3),
                reaction=st.builds(
                    Reaction, st.none() | st.integers(0, 9000), st.none(), st.none() | st.integers(0, 10)
                ),
                given=st.none() | st.builds(GivenVerdict, TEXT, st.sampled_from(Severity), TEXT),
                notes=TEXT,
            )
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    reasons = [
        draw(
            st.builds(
                Acknowledgement,
                st.just(f"a{session.id}"),
                st.just(session.person_id),
                st.just(session.id),
                TEXT,
                st.sampled_from(Severity),
                TEXT,
                st.sampled_from(Reason),
                TEXT,
                st.datetimes(),
            )
        )
        for session in sessions
    ]
    setting = st.none() | st.sampled_from(Setting)
    places = st.lists(a_pass, max_size=3, unique_by=lambda place: place.zone).map(tuple)
    days = st.dates(date(1950, 1, 1), LATEST_DATE)
    routine = st.builds(Routine, st.just("r1"), a_person, days, st.integers(1, 366), setting, places, notes=TEXT)
    plan = st.builds(
        PlannedSession,
        st.just("n1"),
        a_person,
        days,
        setting,
        places,
        st.none() | st.sampled_from(DeviceKind),
        TEXT,
    )
    planned = [draw(kind) for kind in (routine, plan) if draw(st.booleans())]
    return (*people, *sessions, *reasons, *planned)


@given(logbooks())
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(records: tuple[Record, ...]):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.json"
        write_logbook(records, path)

        assert read_logbook(path, TODAY) == records
