"""The one way to change a logbook: file first, memory second, signal last, and all of it taken back by name."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import TODAY, a_session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QSignalSpy
from ui.conftest import add, full_disk, refusing_disk

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import StorageError
from logbook.domain.person import AgreedLimit, LifeEvent, Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Condition, DeviceKind, EventKind, SheddingMethod
from logbook.services import people
from logbook.services.journal import open_journal
from logbook.ui.store import Store

KINDS = (Session, SheddingRecord, AgreedLimit, LifeEvent, Device, Cartridge)


def mine(store, *days_ago, **but):
    return [a_session(TODAY - timedelta(days=ago), person_id=store.person.id, **but) for ago in days_ago]


def everything(store):
    return {Person: store.people()} | {kind: store.of_person(kind) for kind in KINDS}


def in_file(store):
    """What the file says of the person that is shown, and who else is in it."""
    journal, who = store.journal, store.person.id
    return {Person: journal.all(Person)} | {kind: journal.of_person(kind, who) for kind in KINDS}


def a_person(store, name="Kim"):
    """Another person with a session, who is shown then."""
    other = Person(new_id(), name)
    theirs = a_session(TODAY - timedelta(days=1), person_id=other.id)
    add(store, other, theirs)
    return other, theirs


def stack_of(store):
    stack = store.undo_stack
    return [stack.text(place) for place in range(stack.count())], stack.index()


def test_an_edit_is_in_the_file_and_in_memory_when_it_is_announced(store, journal):
    (session,) = mine(store, 3)
    seen = []
    store.changed.connect(lambda edit: seen.append((edit, store.of_person(Session), journal.all(Session))))
    edit = Edit.adding("add one", [session])
    assert store.do(edit)
    assert seen == [(edit, [session], [session])]
    assert list(store.judged.history) == [session]


def test_undo_and_redo_are_announced_and_named(store, journal):
    (session,) = mine(store, 3)
    store.do(Edit.adding("add one", [session]))
    assert store.undo_stack.undoText() == "add one"
    changes = QSignalSpy(store.changed)
    store.undo()
    assert (store.of_person(Session), journal.all(Session), store.undo_stack.redoText()) == ([], [], "add one")
    store.redo()
    assert store.of_person(Session) == journal.all(Session) == [session]
    assert changes.count() == 2


@pytest.mark.parametrize("how", ["a full disk", "a closed file"])
def test_a_refused_edit_leaves_everything_as_it_was_and_says_so_once(store, journal, how):
    kept, refused = mine(store, 9, 2)
    add(store, kept)
    refused = replace(refused, notes="x" * 100_000)
    before, stack = everything(store), stack_of(store)
    changes, failures = QSignalSpy(store.changed), QSignalSpy(store.failed)
    if how == "a full disk":
        with full_disk(journal):
            assert not store.do(Edit.adding("add another", [refused]))
        assert "no room left" in str(failures.at(0)[0])
        assert in_file(store) == before
    else:
        journal.close()
        assert not store.do(Edit.adding("add another", [refused]))
        assert "was closed" in str(failures.at(0)[0])
    assert failures.count() == 1
    assert isinstance(failures.at(0)[0], StorageError)
    assert changes.count() == 0
    assert (everything(store), stack_of(store)) == (before, stack)
    assert list(store.judged.history) == [kept]


def test_a_refused_edit_leaves_what_could_be_redone(store, journal):
    first, second = mine(store, 9, 2, notes="x" * 50_000)
    add(store, first)
    store.undo()
    with full_disk(journal):
        assert not store.do(Edit.adding("too much", [replace(second, notes="x" * 200_000)]))
    assert store.undo_stack.redoText() == "add"
    store.redo()
    assert store.of_person(Session) == journal.all(Session) == [first]


def test_an_undo_that_the_disk_refuses_can_be_tried_again(store, journal):
    (session,) = mine(store, 9, notes="long")
    add(store, session)
    shorter = replace(session, notes="")
    store.do(Edit("shorten", (Replacement(session, shorter),)))
    failures = QSignalSpy(store.failed)
    with refusing_disk(journal):
        store.undo()
    assert failures.count() == 1
    assert store.of_person(Session) == journal.all(Session) == [shorter]
    assert store.undo_stack.undoText() == "shorten"
    store.undo()
    assert store.of_person(Session) == journal.all(Session) == [session]


def test_a_redo_that_the_disk_refuses_can_be_tried_again(store, journal):
    (session,) = mine(store, 9, notes="long")
    add(store, session)
    store.undo()
    with refusing_disk(journal):
        store.redo()
    assert store.of_person(Session) == journal.all(Session) == []
    assert store.undo_stack.redoText() == "add"


def test_a_change_of_the_person_is_judged_by_all_sessions(store):
    (session,) = mine(store, 3)
    add(store, session)
    before = store.judged.verdict(session)
    changed = replace(store.person, birth_date=TODAY - timedelta(days=365 * 15))
    store.do(Edit("change person", (Replacement(store.person, changed),)))
    assert store.person == changed
    assert store.judged.verdict(session) != before
    store.undo()
    assert store.judged.verdict(session) == before


def test_whom_an_edit_concerns_is_shown_and_nothing_of_the_others_is_in_memory(store):
    (mine_own,) = mine(store, 3)
    add(store, mine_own)
    first = store.person
    changes, people = QSignalSpy(store.changed), QSignalSpy(store.person_changed)
    other, theirs = a_person(store)
    assert store.person == other
    assert (changes.count(), people.count()) == (0, 1)
    assert store.of_person(Session) == list(store.judged.history) == [theirs]
    assert store.find(Session, mine_own.id) is None
    assert store.people() == [first, other]
    store.undo()
    assert store.person == first
    assert everything(store) == in_file(store)
    store.redo()
    assert (store.person, everything(store)) == (other, in_file(store))


def test_an_undo_shows_whose_record_it_brings_back(store):
    (session,) = mine(store, 3)
    add(store, session)
    first = store.person
    store.do(Edit.removing("delete one", [session]))
    a_person(store)
    store.undo()
    assert store.person == first
    other, _ = a_person(store)
    add(store, replace(session, id=new_id(), date=TODAY, person_id=other.id))
    store.show_person(first)
    store.undo()
    assert store.person == other
    assert len(store.of_person(Session)) == 1


def test_a_shown_person_that_goes_makes_room_for_another(store):
    other, theirs = a_person(store)
    store.do(Edit.removing("delete Kim", [theirs, other]))
    assert store.person in store.people()
    assert other not in store.people()
    store.undo()
    assert (store.person, store.of_person(Session)) == (other, [theirs])


def test_the_person_of_the_session_recorded_last_is_shown_first(store, journal):
    first = store.person
    other, _ = a_person(store)
    assert Store(journal).person == other
    (session,) = mine(store, 400)
    add(store, replace(session, id=new_id(), person_id=first.id))
    assert Store(journal).person == first


def test_showing_who_is_shown_already_announces_nothing(store):
    people = QSignalSpy(store.person_changed)
    store.show_person(store.person)
    assert people.count() == 0


def test_a_device_is_seen_by_its_owner_by_everybody_where_it_is_nobodys_and_where_a_session_names_it(store):
    first = store.person
    own = Device(new_id(), DeviceKind.ROLLER, "own", person_id=first.id)
    lent = Device(new_id(), DeviceKind.PEN, "lent", person_id=first.id)
    clinics = Device(new_id(), DeviceKind.PEN, "of the clinic")
    heads = [Cartridge(new_id(), device.id) for device in (own, lent, clinics)]
    add(store, own, lent, clinics, *heads)
    assert store.of_person(Device) == [own, lent, clinics]
    other = Person(new_id(), "Kim")
    add(store, other, a_session(person_id=other.id, device_id=lent.id))
    assert store.person == other
    assert store.of_person(Device) == [lent, clinics]
    assert store.of_person(Cartridge) == heads[1:]


def test_needles_are_as_worn_as_everybodys_sessions_made_them(store):
    first = store.person
    roller = Device(new_id(), DeviceKind.ROLLER, "shared")
    pen = Device(new_id(), DeviceKind.PEN)
    head = Cartridge(new_id(), pen.id)
    add(store, roller, pen, head, *mine(store, 9, device_id=roller.id))
    other = Person(new_id(), "Kim")
    others = [
        a_session(person_id=other.id, device_id=roller.id),
        a_session(person_id=other.id, device_id=pen.id, cartridge_id=head.id),
        a_session(person_id=other.id, device_id=pen.id),
    ]
    add(store, other, *others)
    store.show_person(first)
    uses = store.needle_uses()
    assert (uses.of(roller).count, uses.of(head).count) == (2, 1)
    assert uses.of(pen).count == 1, "a pen of the clinic is not worn, its heads are"


def test_a_logbook_without_sessions_can_be_asked_for_a_record_that_is_not_there(store):
    assert store.find(Session, new_id()) is None


# Any sequence of steps

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("add", "add with shedding", "change", "move", "delete", "undo", "redo"),
                *("shed", "count", "limit", "event", "person", "device", "another", "switch", "delete person"),
            )
        ),
        st.integers(0, 30),
        st.integers(0, 10),
    ),
    max_size=14,
)


def step(store: Store, kind: str, number: int, which: int) -> None:
    sessions = store.of_person(Session)
    session = sessions[which % len(sessions)] if sessions else None
    (new,) = mine(store, number, depth=25 * (which + 1))
    match kind:
        case "add":
            store.do(Edit.adding("add", [new]))
        case "add with shedding":
            line = SheddingRecord(new_id(), new.person_id, new.date, SheddingMethod.ESTIMATE, 1, session_id=new.id)
            store.do(Edit.adding("add", [new, line]))
        case "change" if session:
            store.do(Edit("change", (Replacement(session, replace(session, zones=new.zones, notes=str(number))),)))
        case "move" if session:
            store.do(Edit("move", (Replacement(session, replace(session, date=new.date)),)))
        case "delete" if session:
            line = store.shedding_of(session)
            store.do(Edit.removing("delete", [line, session] if line else [session]))
        case "shed" if session:
            before = store.shedding_of(session)
            after = SheddingRecord(new_id(), session.person_id, session.date, SheddingMethod.DAY_TOTAL, number)
            after = replace(after, session_id=session.id, id=before.id if before else after.id)
            store.do(Edit("shed", (Replacement(before, after),)))
        case "count":
            count = SheddingRecord(
                new_id(), new.person_id, new.date, SheddingMethod.COMB_60S, number, notes="hair loss"
            )
            store.do(Edit.adding("count", [count]))
        case "limit":
            on = TODAY - timedelta(days=number)
            limit = AgreedLimit(new_id(), new.person_id, "D01", "over", 20 * which, "Dr Ada Moss", on)
            store.do(Edit.adding("agree", [limit]))
        case "event":
            store.do(Edit.adding("event", [LifeEvent(new_id(), new.person_id, EventKind.ILLNESS, new.date)]))
        case "person":
            conditions = None if which % 2 else ()
            changed = replace(store.person, name=str(number), conditions=conditions)
            assert Condition.PREGNANCY not in (changed.conditions or ())
            store.do(Edit("person", (Replacement(store.person, changed),)))
        case "device":
            owner = store.person.id if which % 2 else None
            roller = Device(new_id(), DeviceKind.ROLLER, str(number), person_id=owner)
            store.do(Edit.adding("device", [roller, Cartridge(new_id(), roller.id), replace(new, device_id=roller.id)]))
        case "another":
            store.do(Edit.adding("another", [Person(new_id(), str(number))]))
        case "switch":
            store.show_person(store.people()[which % len(store.people())])
        case "delete person" if len(store.people()) > 1:
            gone = store.people()[which % len(store.people())]
            store.do(people.removing(store.journal, gone))
        case "undo":
            store.undo()
        case "redo":
            store.redo()


@given(steps=STEPS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_memory_and_file_say_the_same_after_any_steps(steps, tmp_path_factory, empty_logbook, rules, qapp):
    path = tmp_path_factory.mktemp("steps") / "logbook.sqlite"
    shutil.copyfile(empty_logbook, path)
    journal = open_journal(path, rules)
    store = Store(journal)
    try:
        for one in steps:
            step(store, *one)
            for record in store.judged:
                store.judged.verdict(record)
        fresh = Store(journal)
        fresh.show_person(store.person)
        assert everything(store) == in_file(store) == everything(fresh)
        assert list(store.judged.history) == list(fresh.judged.history)
        assert store.person == fresh.person
        for record in fresh.judged:
            assert store.judged.verdict(record) == fresh.judged.verdict(record)
        for session in fresh.judged.history:
            assert store.shedding_of(session) == fresh.shedding_of(session)
        while store.undo_stack.canUndo():
            store.undo()
        assert journal.all(Session) == store.of_person(Session) == []
        assert len(store.people()) == 1
    finally:
        journal.close()
