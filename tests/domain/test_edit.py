"""The one kind of value by which anything changes."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from builders import SAM, a_session
from hypothesis import given, settings
from hypothesis import strategies as st

from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.person import Person
from logbook.domain.session import Session

POOL = [a_session(notes=str(number), id=f"{number:032x}") for number in range(5)]
Kept = Mapping[str, Record]


def applied(kept: Kept, edit: Edit) -> Kept:
    """Return what is kept after *edit*: the plainest model of a file there is."""
    then = dict(kept)
    for one in edit.replacements:
        if one.before is not None:
            assert then.pop(one.before.id) == one.before
        if one.after is not None:
            assert one.after.id not in then
            then[one.after.id] = one.after
    return then


@st.composite
def a_kept_and_an_edit(draw: st.DrawFn) -> tuple[Kept, Edit]:
    """Some records, and a chain of changes that fits them, more than one of the same record perhaps."""
    kept = {session.id: session for session in POOL if draw(st.booleans())}
    then, replacements = dict(kept), []
    for session in draw(st.lists(st.sampled_from(POOL), max_size=8)):
        before = then.pop(session.id, None)
        after = replace(session, notes=draw(st.text(max_size=3))) if before is None or draw(st.booleans()) else None
        replacements.append(Replacement(before, after))
        if after is not None:
            then[after.id] = after
    return kept, Edit("Change", tuple(replacements))


@settings(max_examples=60, deadline=None)
@given(a_kept_and_an_edit())
def test_the_inverse_takes_an_edit_back(model: tuple[Kept, Edit]) -> None:
    kept, edit = model
    then = applied(kept, edit)
    assert applied(then, edit.inverse()) == kept
    assert applied(applied(then, edit.inverse()), edit) == then


@settings(max_examples=60, deadline=None)
@given(a_kept_and_an_edit())
def test_the_inverse_of_the_inverse_is_the_edit(model: tuple[Kept, Edit]) -> None:
    _, edit = model
    assert edit.inverse().inverse() == edit
    assert edit.inverse().text == edit.text


def test_adding_and_removing_are_each_others_inverse() -> None:
    adding = Edit.adding("Add 5 sessions", POOL)
    assert [r.record for r in adding.replacements] == POOL
    assert all(r.before is None for r in adding.replacements)
    assert adding.inverse() == Edit.removing("Add 5 sessions", list(reversed(POOL)))
    assert applied(applied({}, adding), adding.inverse()) == {}


def test_a_replacement_has_the_record_as_it_is_or_as_it_last_was() -> None:
    old, new = POOL[0], replace(POOL[0], notes="new")
    assert Replacement(old, new).record is new
    assert Replacement(None, new).record is new
    assert Replacement(old, None).record is old
    with pytest.raises(AssertionError):
        _ = Replacement(None, None).record


def test_an_edit_gives_the_replacements_of_one_kind() -> None:
    edit = Edit.adding("Add", [Person(SAM, "Sam"), *POOL[:2]])
    assert [r.record for r in edit.of(Person)] == [Person(SAM, "Sam")]
    assert [r.record for r in edit.of(Session)] == POOL[:2]
