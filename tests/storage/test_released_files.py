"""Every released schema, as it lies on somebody's disk; the expected values are written out, never computed."""

import datetime as dt
import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from logbook.domain.device import Cartridge, Device
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import Session, Topical, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import Trashed
from logbook.domain.vocabulary import Condition, DeviceKind, Product, ReactionSign, Setting, Severity, Zone
from logbook.services.logbook_json import from_text
from logbook.storage import header
from logbook.storage.database import Database

RELEASED = sorted(Path(__file__).parents[1].joinpath("databases").glob("*.sqlite"))
COUNTS = {
    "acknowledgement": 1,
    "agreed_limit": 1,
    "alembic_version": 1,
    "cartridge": 1,
    "device": 1,
    "life_event": 1,
    "person": 2,
    "person_condition": 1,
    "person_thinning_zone": 2,
    "session": 2,
    "session_condition": 1,
    "session_reaction_sign": 1,
    "session_skin_sign": 1,
    "session_topical": 2,
    "session_zone": 2,
    "shedding": 2,
}
DIGESTS = {
    "0001": "018f677e4a8c67215ed847a37c50b9915df86c8bf0d75910b1f7af1dc4302c5e",
    "0002": "f26431faabd963bc854b95642f0e0145ee72b40ec90525f9c36970c7461030a9",
    "0003": "3453c9455e39735677958f64673912317ae414125c159c123954660705cef809",
    "0004": "6010b1ad2c5f5d23ac56dd5003b6d03c09c3a7d467a445db6c7107f6a2721955",
}
SINCE_0002 = {"routine": 2, "routine_zone": 2, "planned_session": 2, "planned_session_zone": 2}


@pytest.fixture(params=[path.stem for path in RELEASED])
def revision(request):
    return request.param


@pytest.fixture
def released(revision, tmp_path):
    path = shutil.copy(RELEASED[0].with_stem(revision), tmp_path / "logbook.sqlite")
    with Database.open(path, create=False) as database:
        yield database


def test_there_is_a_file_of_every_revision():
    assert tuple(path.stem for path in RELEASED) == header.REVISIONS


def test_a_released_file_never_changes():
    digests = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in RELEASED}
    assert digests == DIGESTS


def test_a_released_file_has_the_tables_of_a_new_one(released, tmp_path):
    """A change of the schema without a revision of its own would leave the files on people's disks as they are."""
    new = tmp_path / "new.sqlite"
    Database.open(new).close()
    assert schema(released.path) == schema(new)


def schema(path):
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"), key=repr)


def test_nothing_is_lost_or_made_up(released, revision):
    found = released.check()
    assert found.is_good
    assert found.revision == header.LATEST
    planned = SINCE_0002 if revision >= "0002" else dict.fromkeys(SINCE_0002, 0)
    assert found.counts == {**COUNTS, **planned, "trash": 2 if revision >= "0003" else 0}


def test_a_full_session_means_what_it_meant(released):
    session = released.all(Session)[0]
    assert (session.id, session.date, session.time) == ("d1", dt.date(2026, 2, 1), dt.time(21, 30))
    assert session.utc_offset_minutes == 60
    assert (session.device_id, session.cartridge_id, session.needle_use) == ("b1", "c1", 3)
    assert session.zones == (ZonePass(Zone.HAIRLINE, 25, 4), ZonePass(Zone.CROWN, 150))
    assert session.topicals == (Topical(Product.MINOXIDIL, -720), Topical(Product.MINOXIDIL, 1440))
    assert [(dated.condition, dated.on) for dated in session.conditions] == [
        (Condition.HAIR_TRANSPLANT, dt.date(2020, 6, 7))
    ]
    assert (session.needle_shared, session.professional_advice, session.washed_before) == (False, True, True)
    assert (session.reaction.redness_minutes, session.reaction.pain) == (90, 0)
    assert session.reaction.signs == {ReactionSign.LUMPS}
    assert session.notes == "first\nsecond"
    assert (session.given.guidance_version, session.given.severity) == ("2026.1", Severity.WARNING)


def test_an_empty_session_still_tells_none_from_not_recorded(released):
    session = released.all(Session)[1]
    assert (session.zones, session.topicals, session.skin_signs) == ((), (), frozenset())
    assert (session.conditions, session.reaction.signs, session.given, session.time) == (None, None, None, None)


def test_the_other_records_mean_what_they_meant(released):
    first, second = released.all(Person)
    assert (first.name, first.birth_date, first.sex) == ("Zoë", dt.date(1980, 2, 29), "female")
    assert (first.advice_from, first.advice_on, first.advice) == (
        "Dr. Lee",
        dt.date(2025, 1, 2),
        "0.5 mm, once a week",
    )
    assert first.thinning_zones == {Zone.CROWN, Zone.HAIRLINE}
    assert (second.name, second.thinning_zones, second.conditions) == ("", None, None)
    counted, uncounted = released.all(SheddingRecord)
    assert (counted.value, counted.is_more_than, counted.session_id) == (0, True, "d1")
    assert (uncounted.value, uncounted.is_more_than, uncounted.session_id) == (None, False, None)
    assert released.all(Device)[0].needle_length == 150
    assert released.all(Cartridge)[0].expires_on == dt.date(2027, 1, 1)
    assert released.all(LifeEvent)[0].until == dt.date(2026, 2, 3)
    assert (released.all(AgreedLimit)[0].value, released.all(AgreedLimit)[0].until) == (10, None)
    assert released.all(Acknowledgement)[0].at == dt.datetime(2026, 2, 1, 21, 45)


@pytest.mark.parametrize("revision", ["0001"])
def test_a_file_from_before_plans_has_none(released):
    assert released.all(Routine) == released.all(PlannedSession) == []


@pytest.mark.parametrize("revision", header.REVISIONS[1:])
def test_routines_mean_what_they_meant(released):
    full, bare = released.all(Routine)
    assert (full.id, full.person_id, full.every_days) == ("i1", "a1", 14)
    assert (full.starts_on, full.ends_on) == (dt.date(2026, 2, 1), dt.date(2026, 12, 31))
    assert (full.setting, full.notes) == (Setting.HOME, "from spring on")
    assert full.zones == (ZonePass(Zone.HAIRLINE, 25, 4), ZonePass(Zone.CROWN, 50))
    assert (bare.setting, bare.zones, bare.ends_on, bare.notes) == (None, (), None, "")


@pytest.mark.parametrize("revision", header.REVISIONS[1:])
def test_planned_sessions_mean_what_they_meant(released):
    full, bare = released.all(PlannedSession)
    assert (full.id, full.person_id, full.date) == ("j1", "a1", dt.date(2026, 3, 1))
    assert (full.setting, full.device, full.notes) == (Setting.SUPERVISED, DeviceKind.PEN, "with Dr. Lee")
    assert full.zones == (ZonePass(None, 150), ZonePass(Zone.TEMPLE_LEFT, None, 2))
    assert (bare.setting, bare.device, bare.zones, bare.notes) == (None, None, (), "")


@pytest.mark.parametrize("revision", header.REVISIONS[:2])
def test_a_file_from_before_the_trash_has_none(released):
    assert released.all(Trashed) == []


@pytest.mark.parametrize("revision", header.REVISIONS[2:])
def test_what_was_deleted_can_still_be_brought_back(released):
    session, bare = released.all(Trashed)
    assert (session.id, session.person_id, session.words) == ("k1", "a1", "session of 31 January 2026")
    assert session.deleted_at == dt.datetime(2026, 2, 3, 8, 15)
    assert from_text(session.content) == (Session("d0", "a1", dt.date(2026, 1, 31), notes="żółty"),)
    assert (bare.person_id, bare.deleted_at, bare.words, bare.content) == (
        None,
        dt.datetime(2026, 2, 4),
        "roller “old”",
        "",
    )


@pytest.mark.parametrize("revision", header.REVISIONS[:3])
def test_people_of_a_file_from_before_there_were_colours_have_none(released):
    assert [person.colour for person in released.all(Person)] == [None, None]


@pytest.mark.parametrize("revision", header.REVISIONS[3:])
def test_people_keep_their_colour(released):
    assert [person.colour for person in released.all(Person)] == [3, None]
