"""The one way to change a logbook: file first, memory second, signal last, and all of it taken back by name."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import TODAY, a_session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QSignalSpy
from ui.conftest import add, full_disk, person_of, refusing_disk

from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import StorageError
from logbook.domain.person import AgreedLimit, LifeEvent, Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Condition, EventKind, SheddingMethod
from logbook.services.journal import open_journal
from logbook.ui.store import Store

KINDS = (Person, Session, SheddingRecord, AgreedLimit, LifeEvent)


def mine(store, *days_ago, **but):
    return [a_session(TODAY - timedelta(days=ago), person_id=store.person.id, **but) for ago in days_ago]


def everything(source):
    return {kind: source.all(kind) for kind in KINDS}


def stack_of(store):
    stack = store.undo_stack
    return [stack.text(place) for place in range(stack.count())], stack.index()


def test_an_edit_is_in_the_file_and_in_memory_when_it_is_announced(store, journal):
    (session,) = mine(store, 3)
    seen = []
    store.changed.connect(lambda edit: seen.append((edit, store.all(Session), journal.all(Session))))
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
    assert (store.all(Session), journal.all(Session), store.undo_stack.redoText()) == ([], [], "add one")
    store.redo()
    assert store.all(Session) == journal.all(Session) == [session]
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
        assert everything(journal) == before
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
    assert store.all(Session) == journal.all(Session) == [first]


def test_an_undo_that_the_disk_refuses_can_be_tried_again(store, journal):
    (session,) = mine(store, 9, notes="long")
    add(store, session)
    shorter = replace(session, notes="")
    store.do(Edit("shorten", (Replacement(session, shorter),)))
    failures = QSignalSpy(store.failed)
    with refusing_disk(journal):
        store.undo()
    assert failures.count() == 1
    assert store.all(Session) == journal.all(Session) == [shorter]
    assert store.undo_stack.undoText() == "shorten"
    store.undo()
    assert store.all(Session) == journal.all(Session) == [session]


def test_a_redo_that_the_disk_refuses_can_be_tried_again(store, journal):
    (session,) = mine(store, 9, notes="long")
    add(store, session)
    store.undo()
    with refusing_disk(journal):
        store.redo()
    assert store.all(Session) == journal.all(Session) == []
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


def test_sessions_of_another_person_are_kept_but_not_shown(store, journal):
    other = Person(new_id(), "Kim")
    theirs = a_session(person_id=other.id)
    add(store, other, theirs)
    assert list(store.judged.history) == []
    assert store.all(Session) == [theirs]
    store.undo()
    assert everything(store) == everything(journal)


def test_a_logbook_without_sessions_can_be_asked_for_a_record_that_is_not_there(store):
    assert store.find(Session, new_id()) is None


# Any sequence of steps

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("add", "add with shedding", "change", "move", "delete", "undo", "redo"),
                *("shed", "count", "limit", "event", "person"),
            )
        ),
        st.integers(0, 30),
        st.integers(0, 10),
    ),
    max_size=14,
)


def step(store: Store, kind: str, number: int, which: int) -> None:
    sessions = store.all(Session)
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
        assert everything(store) == everything(journal) == everything(fresh)
        assert list(store.judged.history) == list(fresh.judged.history)
        assert store.person == fresh.person == person_of(journal)
        for record in fresh.judged:
            assert store.judged.verdict(record) == fresh.judged.verdict(record)
        for session in fresh.judged.history:
            assert store.shedding_of(session) == fresh.shedding_of(session)
        while store.undo_stack.canUndo():
            store.undo()
        assert journal.all(Session) == store.all(Session) == []
    finally:
        journal.close()
