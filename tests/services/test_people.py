"""The people of a logbook: told apart, and gone with all that is theirs and nothing that is not."""

from dataclasses import replace

import pytest
from builders import TODAY, a_session

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit
from logbook.domain.person import COLOURS, LifeEvent, Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import Trashed
from logbook.domain.vocabulary import DeviceKind, EventKind, SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.services.journal import open_journal
from logbook.services.people import called, colour_of, for_whom, free_colour, initials, name_of, removing
from logbook.services.trash import restoring


@pytest.fixture
def journal(tmp_path):
    opened = open_journal(tmp_path / "logbook.sqlite", load_rules())
    yield opened
    opened.close()


def people(*names, **but):
    return [Person(f"{place:032x}", name, **but) for place, name in enumerate(names)]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("", ""), ("Sam", "S"), ("sam lee", "SL"), ("Ann Marie van Dyk", "AD"), ("  Kim  Ott ", "KO"), ("Éva", "É")],
)
def test_initials_are_of_the_first_and_the_last_word(name, letters):
    assert initials(Person(new_id(), name)) == letters


def test_who_has_no_name_is_called_so():
    assert name_of(Person(new_id())) == "Unnamed person"
    assert name_of(Person(new_id(), "Sam")) == "Sam"


def test_it_is_said_for_whom_where_there_are_several():
    sam, kim = people("Sam", "Kim")
    assert for_whom(sam, [sam]) == ""
    assert for_whom(kim, [sam, kim]) == " for Kim"


def test_colours_differ_as_long_as_there_are_enough():
    there = people("A", "B", "C")
    assert [colour_of(one, there) for one in there] == [1, 2, 3]
    there[0] = replace(there[0], colour=4)
    assert free_colour(there) == 1
    while len(there) < len(COLOURS):
        there.append(Person(new_id(), "more", colour=free_colour(there)))
    assert sorted(colour_of(one, there) for one in there) == list(COLOURS)
    assert free_colour(there) in COLOURS


def test_a_colour_that_was_chosen_stays_when_others_go():
    there = people("A", "B", colour=5)
    assert colour_of(there[1], there[1:]) == 5


def test_people_are_found_by_their_name_in_any_letters():
    there = people("Sam", "sam ", "Kim")
    assert called(there, "SAM") == there[:2]
    assert called(there, " kim") == there[2:]
    assert called(there, "K") == []


def test_a_person_goes_with_all_that_is_theirs_and_comes_back(journal):
    (first,) = journal.all(Person)
    kim = Person(new_id(), "Kim")
    own = Device(new_id(), DeviceKind.ROLLER, "own", person_id=kim.id)
    lent = Device(new_id(), DeviceKind.PEN, "lent", person_id=kim.id)
    clinics = Device(new_id(), DeviceKind.ROLLER, "the clinic's")
    heads = [Cartridge(new_id(), device.id, "lot") for device in (own, lent, clinics)]
    hers = a_session(TODAY, person_id=kim.id, device_id=own.id, cartridge_id=heads[0].id)
    count = SheddingRecord(new_id(), kim.id, TODAY, SheddingMethod.COMB_60S, 12, session_id=hers.id)
    event = LifeEvent(new_id(), kim.id, EventKind.ILLNESS, TODAY)
    mine = a_session(TODAY, person_id=first.id, device=DeviceKind.PEN, device_id=lent.id)
    on_clinics = a_session(TODAY, person_id=kim.id, device_id=clinics.id)
    journal.apply(Edit.adding("all", [kim, own, lent, clinics, *heads, hers, count, event, mine, on_clinics]))
    before = {record.id: record for record in journal.everything()}

    edit = removing(journal, kim)
    assert edit.text == "delete Kim and all that is theirs"
    journal.apply(edit)
    left = {record.id: record for record in journal.everything()}
    handed_over = replace(lent, person_id=None)
    assert left == {one.id: one for one in (first, handed_over, clinics, *heads[1:], mine)}
    (trashed,) = journal.all(Trashed)
    assert trashed.person_id is None, "somebody has to see it to bring it back"
    assert trashed.words == "Kim and all that is theirs"

    journal.apply(restoring(trashed, journal.everything(), [trashed]))
    again = {record.id: record for record in journal.everything()}
    assert again == before | {lent.id: handed_over}


def test_taking_a_deletion_back_leaves_everything_as_it_was(journal):
    (first,) = journal.all(Person)
    kim = Person(new_id(), "Kim")
    lent = Device(new_id(), DeviceKind.PEN, person_id=kim.id)
    mine = a_session(TODAY, person_id=first.id, device=DeviceKind.PEN, device_id=lent.id)
    journal.apply(Edit.adding("all", [kim, lent, mine, a_session(TODAY, person_id=kim.id)]))
    before = journal.everything()
    edit = removing(journal, kim)
    journal.apply(edit)
    journal.apply(edit.inverse())
    assert journal.everything() == before
    assert journal.all(Trashed) == []
    assert len(journal.all(Session)) == 2
