import dataclasses
import datetime as dt
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from storage.records import KINDS, a_person, a_session, adding, bare_records, everything, full_records

from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import StorageError
from logbook.domain.person import Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import DatedCondition, GivenVerdict, Reaction, Session, Topical, ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Setting,
    Severity,
    SkinSign,
    Zone,
)
from logbook.storage.database import Database


@pytest.mark.parametrize("make", [full_records, bare_records])
def test_every_kind_of_record_comes_back_as_it_was(path, make):
    records = make()
    assert {type(record) for record in records} == set(KINDS)
    with Database.open(path) as database:
        database.apply(adding(*records))
    with Database.open(path, create=False) as database:
        found = everything(database)
    assert found == {type(record): [record] for record in records}


def test_the_full_records_are_full():
    empty = [
        (type(record).__name__, field.name)
        for record in full_records()
        for field in dataclasses.fields(record)
        if getattr(record, field.name) in (None, "", ())
    ]
    assert not empty


def test_a_depth_comes_back_as_a_depth(database):
    person = a_person()
    database.apply(adding(person, a_session(person, zones=(ZonePass(Zone.CROWN, Depth(25)),))))
    assert type(database.all(Session)[0].zones[0].depth) is Depth


@pytest.mark.parametrize("value", [None, ()])
def test_nothing_recorded_differs_from_recorded_none_in_a_session(database, value):
    person = a_person()
    signs = None if value is None else frozenset()
    session = a_session(
        person, skin_signs=signs, conditions=value, topicals=value, reaction=Reaction(None, signs, None)
    )
    database.apply(adding(person, session))
    assert database.all(Session) == [session]


@pytest.mark.parametrize("value", [None, ()])
def test_nothing_recorded_differs_from_recorded_none_in_a_person(database, value):
    person = Person(new_id(), thinning_zones=None if value is None else frozenset(), conditions=value)
    database.apply(adding(person))
    assert database.all(Person) == [person]


def test_records_come_in_the_order_in_which_they_were_made(database):
    people = [a_person() for _ in range(5)]
    database.apply(adding(*reversed(people)))
    assert database.all(Person) == people


def maybe(strategy):
    return st.none() | strategy


def several(kind):
    return maybe(st.frozensets(st.sampled_from(kind)))


minutes = st.integers(0, 100_000)
zone_passes = st.builds(
    ZonePass,
    maybe(st.sampled_from(Zone)),
    maybe(st.integers(0, 500).map(Depth)),
    maybe(st.integers(1, 1000)),
)
conditions = st.builds(DatedCondition, st.sampled_from(Condition), maybe(st.dates()))
topicals = st.builds(Topical, st.sampled_from(Product), maybe(st.integers(-10_000, 10_000)))
sessions = st.builds(
    Session,
    id=st.builds(new_id),
    person_id=st.just("p"),
    date=st.dates(),
    time=maybe(st.times()),
    utc_offset_minutes=maybe(st.integers(-1080, 1080)),
    setting=maybe(st.sampled_from(Setting)),
    device=maybe(st.sampled_from(DeviceKind)),
    needle_use=maybe(st.integers(1, 10_000)),
    zones=st.lists(zone_passes, max_size=12).map(tuple),
    pressure=maybe(st.sampled_from(Pressure)),
    endpoint=maybe(st.sampled_from(Endpoint)),
    needle_state=maybe(st.sampled_from(NeedleState)),
    needle_shared=maybe(st.booleans()),
    professional_advice=maybe(st.booleans()),
    skin_signs=several(SkinSign),
    conditions=maybe(st.lists(conditions, max_size=4).map(tuple)),
    topicals=maybe(st.lists(topicals, max_size=12).map(tuple)),
    washed_before=maybe(st.booleans()),
    reaction=st.builds(Reaction, maybe(minutes), several(ReactionSign), maybe(st.integers(0, 10))),
    notes=st.text(),
    given=maybe(st.builds(GivenVerdict, st.text(), st.sampled_from(Severity), st.text())),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(sessions, min_size=1, max_size=4), sessions)
def test_any_session_comes_back_as_it_was(kept, changed):
    with tempfile.TemporaryDirectory() as folder, Database.open(Path(folder) / "logbook.sqlite") as database:
        database.apply(adding(Person("p"), *kept))
        assert database.all(Session) == sorted(kept, key=lambda session: session.id)
        changed = dataclasses.replace(changed, id=kept[0].id)
        database.apply(Edit("change", (Replacement(kept[0], changed),)))
        assert Counter(database.all(Session)) == Counter([changed, *kept[1:]])


settings_or_none = maybe(st.sampled_from(Setting))
places = st.lists(zone_passes, max_size=12).map(tuple)
plans = st.builds(
    PlannedSession,
    id=st.builds(new_id),
    person_id=st.just("p"),
    date=st.dates(),
    setting=settings_or_none,
    zones=places,
    device=maybe(st.sampled_from(DeviceKind)),
    notes=st.text(),
)
routines = st.builds(
    Routine,
    id=st.builds(new_id),
    person_id=st.just("p"),
    starts_on=st.dates(),
    every_days=st.integers(1, 366),
    setting=settings_or_none,
    zones=places,
    ends_on=maybe(st.dates()),
    notes=st.text(),
)


@pytest.mark.parametrize("strategy", [plans, routines], ids=["plans", "routines"])
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_plan_comes_back_as_it_was(strategy, data):
    kept = data.draw(st.lists(strategy, min_size=1, max_size=3))
    changed = dataclasses.replace(data.draw(strategy), id=kept[0].id)
    kind = type(changed)
    with tempfile.TemporaryDirectory() as folder, Database.open(Path(folder) / "logbook.sqlite") as database:
        database.apply(adding(Person("p"), *kept))
        assert database.all(kind) == sorted(kept, key=lambda plan: plan.id)
        database.apply(Edit("change", (Replacement(kept[0], changed),)))
        assert database.all(kind) == sorted([changed, *kept[1:]], key=lambda plan: plan.id)
        database.apply(Edit.removing("remove", [changed, *kept[1:]]))
        assert database.all(kind) == []
        assert database.check().is_good


@pytest.mark.parametrize("kind", [PlannedSession, Routine])
def test_a_person_does_not_go_before_what_they_planned(database, kind):
    records = [record for record in full_records() if isinstance(record, Person | kind)]
    database.apply(adding(*records))
    with pytest.raises(StorageError):
        database.apply(Edit.removing("remove", records[:1]))
    database.apply(Edit.removing("remove", reversed(records)))
    assert database.all(Person) == database.all(kind) == []
    assert database.check().counts["routine_zone"] == database.check().counts["planned_session_zone"] == 0


def test_a_time_keeps_its_microseconds(database):
    person = a_person()
    session = a_session(person, time=dt.time(1, 2, 3, 4))
    database.apply(adding(person, session))
    assert database.all(Session)[0].time == dt.time(1, 2, 3, 4)
