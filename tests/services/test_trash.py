"""What was deleted comes back together and equal, fits to what is there, and goes when it has rested long enough."""

import dataclasses
import datetime as dt
from dataclasses import replace

import pytest
from builders import SAM, TODAY, a_session
from hypothesis import given, settings
from hypothesis import strategies as st
from storage.records import full_records

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.errors import StorageError
from logbook.domain.person import Acknowledgement, Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import REST_DAYS, Trashed
from logbook.domain.vocabulary import DeviceKind, Reason, Severity, SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.services import devices, limits, planning, saving, shedding, trash
from logbook.services.exchange import export
from logbook.services.findings import Answer
from logbook.services.journal import Journal, open_journal
from logbook.services.logbook_json import KINDS, from_text, references_of
from logbook.storage.database import Database

RULES = load_rules()
PERSON = Person(SAM, "Sam")


def trashed_by(edit: Edit) -> Trashed:
    (one,) = edit.of(Trashed)
    assert one.before is None
    assert isinstance(one.after, Trashed)
    return one.after


def back(edit: Edit) -> list[Record]:
    return [one.after for one in edit.replacements if one.after is not None]


def a_count(session: Session | None = None) -> SheddingRecord:
    id = session.id if session else None
    return SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.COMB_60S, 12, session_id=id)


def an_answer(record: Record) -> Acknowledgement:
    at = dt.datetime(2026, 6, 30, 8)
    return Acknowledgement(new_id(), SAM, record.id, "D01", Severity.CAUTION, "{}", Reason.ONE_OFF, "so", at)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "logbook.sqlite"


@pytest.fixture
def journal(path):
    opened = open_journal(path, RULES)
    opened.apply(Edit.adding("begin", [PERSON]))
    yield opened
    opened.close()


# What a deletion lays aside


def test_everything_that_is_deleted_together_lies_together():
    session, other = a_session(), a_session()
    line, answer = a_count(session), an_answer(session)
    edit = saving.deleting([session, other], [line], [answer])
    kept = trashed_by(edit)
    assert kept.words == "2 sessions"
    assert kept.person_id == SAM
    assert abs(dt.datetime.now() - kept.deleted_at) < dt.timedelta(minutes=1)
    assert set(from_text(kept.content)) == {session, other, line, answer}
    assert {one.before for one in edit.replacements if one.before} == {session, other, line, answer}


def test_every_deletion_of_the_program_can_be_brought_back(journal):
    for record in full_records():
        if isinstance(record, Trashed):
            continue
        kept = trashed_by(trash.laying_aside(Edit.removing("delete it", [record])))
        assert from_text(kept.content) == (record,)
        assert trash.contents(kept) or isinstance(record, Acknowledgement)


@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_all_that_lies_in_the_trash_is_equal_to_what_was_there(chance):
    records = [one for one in full_records() if not isinstance(one, Trashed)]
    some = chance.sample(records, chance.randrange(1, len(records) + 1))
    kept = trashed_by(trash.laying_aside(Edit.removing("delete", some)))
    assert sorted(from_text(kept.content), key=lambda one: one.id) == sorted(some, key=lambda one: one.id)


@pytest.mark.parametrize("rule", [limits, planning, shedding, devices, saving])
def test_each_page_deletes_into_the_trash(rule):
    rows = {type(one): one for one in full_records()}
    needles = devices.inventory([Device("d", DeviceKind.PEN)], [], devices.NeedleUses(()))
    edits = {
        limits: lambda: [limits.deleting(RULES, next(r for r in rows.values() if type(r).__name__ == "AgreedLimit"))],
        planning: lambda: [
            planning.deleting([next(r for r in rows.values() if type(r).__name__ == "PlannedSession")]),
            planning.ending_routine(
                next(r for r in rows.values() if type(r).__name__ == "Routine"), dt.date(1999, 1, 1)
            ),
        ],
        shedding: lambda: [
            shedding.deleting([a_count()], ()),
            shedding.deleting_events([next(r for r in rows.values() if type(r).__name__ == "LifeEvent")]),
        ],
        devices: lambda: [devices.deleting(needles[0], needles)],
        saving: lambda: [saving.deleting([a_session()], (), ())],
    }
    for edit in edits[rule]():
        assert trashed_by(edit).words
        assert not trashed_by(edit).words.startswith("delete")


def test_a_count_that_is_emptied_in_the_form_of_its_session_lies_in_the_trash():
    session = a_session()
    line, answer = a_count(session), an_answer(a_count())
    about = replace(answer, record_id=line.id)
    edit = saving.saving(session, session, Replacement(line, None), (), Answer(Reason.NOT_GIVEN, ""), [about])
    kept = trashed_by(edit)
    assert kept.words == "60-second count of 30 June 2026"
    assert set(from_text(kept.content)) == {line, about}


def test_a_session_that_is_only_changed_leaves_nothing_in_the_trash():
    session = a_session()
    edit = saving.saving(replace(session, notes="x"), session, None, (), Answer(Reason.NOT_GIVEN, ""))
    assert edit.of(Trashed) == ()


def test_what_is_of_several_people_or_of_nobody_belongs_to_nobody_alone():
    other = a_session(person_id="7b" * 16)
    assert trashed_by(saving.deleting([a_session(), other], (), ())).person_id is None
    (needles,) = devices.inventory([Device("d", DeviceKind.PEN)], [], devices.NeedleUses(()))
    assert trashed_by(devices.deleting(needles, [needles])).person_id is None


# What comes back


def test_what_comes_back_is_all_there_was_and_can_be_taken_back(journal):
    session = a_session()
    line, answer = a_count(session), an_answer(session)
    journal.apply(Edit.adding("add", [session, line, answer]))
    before = journal.everything()
    journal.apply(saving.deleting([session], [line], [answer]))
    assert session not in journal.everything()
    (kept,) = journal.all(Trashed)
    edit = trash.restoring(kept, journal.everything(), journal.all(Trashed))
    assert edit.text == "restore session of 30 June 2026"
    journal.apply(edit)
    assert (journal.everything(), journal.all(Trashed)) == (before, [])
    journal.apply(edit.inverse())
    assert (session in journal.everything(), journal.all(Trashed)) == (False, [kept])


def test_what_is_there_already_is_left_as_it_is():
    session, other = a_session(), a_session()
    kept = trashed_by(saving.deleting([session, other], (), ()))
    changed = replace(session, notes="imported since")
    assert back(trash.restoring(kept, [PERSON, changed])) == [other]
    with pytest.raises(trash.CannotRestore, match="in your logbook already"):
        trash.restoring(kept, [PERSON, changed, other])


def test_what_it_belongs_to_is_asked_for_where_it_was_deleted_too():
    pen, session = Device("pen", DeviceKind.PEN, "Ultima"), a_session(device_id="pen")
    kept = trashed_by(saving.deleting([session], (), ()))
    first = trashed_by(devices.deleting(*((found := devices.inventory([pen], [], devices.NeedleUses(())))[0], found)))
    with pytest.raises(trash.CannotRestore, match="Restore this first: pen “Ultima”"):
        trash.restoring(kept, [PERSON], [kept, first])
    assert back(trash.restoring(kept, [PERSON, pen], [kept])) == [session]


def test_what_it_can_be_without_is_left_out_where_it_is_gone_for_good():
    session = a_session(device_id="pen", cartridge_id="head")
    kept = trashed_by(saving.deleting([session], (), ()))
    assert back(trash.restoring(kept, [PERSON], [kept])) == [replace(session, device_id=None, cartridge_id=None)]


@pytest.mark.parametrize("record", [a_session(), Cartridge(new_id(), "gone"), a_count()])
def test_what_it_cannot_be_without_is_told(record):
    kept = trashed_by(trash.laying_aside(Edit.removing("delete it", [record])))
    with pytest.raises(trash.CannotRestore, match="not in your logbook any more"):
        trash.restoring(kept, [])


def test_an_answer_to_what_is_gone_stays_away():
    session, answer = a_session(), an_answer(a_session())
    kept = trashed_by(trash.laying_aside(Edit.removing("delete both", [answer, session])))
    assert back(trash.restoring(kept, [PERSON])) == [session]


def test_a_count_does_not_take_the_place_of_the_one_its_session_was_given_since():
    session = a_session()
    old, new = a_count(session), a_count(session)
    kept = trashed_by(shedding.deleting([old], ()))
    assert back(trash.restoring(kept, [PERSON, session, new])) == [replace(old, session_id=None)]
    assert back(trash.restoring(kept, [PERSON, session])) == [old]


@pytest.mark.parametrize("content", ["", "[]", '{"format": "another"}', '{"sessions": 3', "\N{REPLACEMENT CHARACTER}"])
def test_what_cannot_be_read_is_told_and_can_still_be_let_go(content):
    spoilt = Trashed("t", SAM, dt.datetime(2026, 6, 1), "session", content)
    with pytest.raises(trash.CannotRestore, match="cannot be read any more"):
        trash.restoring(spoilt, [PERSON])
    assert len(trash.contents(spoilt)) == 1
    other = trashed_by(saving.deleting([a_session()], (), ()))
    assert back(trash.restoring(other, [PERSON], [spoilt, other]))


def test_what_is_in_it_is_told_in_words():
    session = a_session()
    kept = trashed_by(saving.deleting([session], [a_count(session)], [an_answer(session)]))
    assert trash.contents(kept) == (
        "Session of 30 June 2026: crown 0.25 mm",
        "60-second count of 30 June 2026: 12",
    )


# How long it rests


@pytest.mark.parametrize(
    ("deleted_at", "left"),
    [
        (dt.datetime(2026, 6, 30, 23, 59), REST_DAYS),
        (dt.datetime(2026, 6, 29, 0, 0), REST_DAYS - 1),
        (dt.datetime(2026, 6, 1, 23, 59), 1),
        (dt.datetime(2026, 5, 31, 23, 59), 0),
        (dt.datetime(2020, 1, 1), 0),
        (dt.datetime(2027, 1, 1), REST_DAYS),  # the clock was set back since
    ],
)
def test_the_days_are_those_of_the_calendar(deleted_at, left):
    kept = Trashed("t", SAM, deleted_at, "", "")
    assert kept.days_left(TODAY) == left
    assert trash.expired([kept], TODAY) == (() if left else (kept,))


def lay(journal: Journal, days_ago: int, notes: str) -> None:
    edit = saving.deleting([session := a_session(notes=notes)], (), ())
    kept = replace(trashed_by(edit), deleted_at=dt.datetime.now() - dt.timedelta(days=days_ago))
    journal.apply(Edit.adding("add", [session]))
    journal.apply(Edit("delete", (Replacement(session, None), Replacement(None, kept))))


def test_what_rested_long_enough_is_gone_from_the_file_when_it_is_next_opened(path, journal):
    lay(journal, REST_DAYS - 1, "STAYS-A-DAY")
    lay(journal, REST_DAYS, "GOES-TODAY")
    assert b"GOES-TODAY" in path.read_bytes()
    journal.close()
    open_journal(path, RULES, read_only=True).close()
    assert b"GOES-TODAY" in path.read_bytes()
    again = open_journal(path, RULES)
    (kept,) = again.all(Trashed)
    assert "STAYS-A-DAY" in kept.content
    assert b"GOES-TODAY" not in path.read_bytes()
    again.close()


def test_a_full_disk_is_no_reason_not_to_open(path, journal, monkeypatch):
    lay(journal, REST_DAYS, "GOES")
    journal.close()
    monkeypatch.setattr(Journal, "apply", refuse)
    again = open_journal(path, RULES)
    assert len(again.all(Trashed)) == 1
    again.close()


def test_letting_go_writes_the_file_anew_and_nothing_else_does(journal, monkeypatch):
    rewritten = []
    monkeypatch.setattr(Database, "rewrite", lambda database: rewritten.append(database.path))
    lay(journal, 0, "a")
    (kept,) = journal.all(Trashed)
    journal.apply(trash.restoring(kept, journal.everything()))
    journal.apply(saving.deleting(journal.all(Session), (), ()))
    journal.apply(Edit("nothing", ()))
    assert rewritten == []
    journal.apply(trash.letting_go(journal.all(Trashed)))
    assert len(rewritten) == 1


def test_what_is_gone_is_gone_though_the_file_could_not_be_written_anew(journal, monkeypatch):
    lay(journal, 0, "a")
    monkeypatch.setattr(Database, "rewrite", refuse)
    journal.apply(trash.letting_go(journal.all(Trashed)))
    assert journal.all(Trashed) == []


def refuse(*_):
    raise StorageError("no room")


# Where it does not go


def test_an_export_leaves_the_trash_out(journal, tmp_path):
    lay(journal, 0, "PRIVATE-AND-DELETED")
    for name in ("all.json", "sessions.csv"):
        export(journal.everything(), tmp_path / name)
        assert b"PRIVATE-AND-DELETED" not in (tmp_path / name).read_bytes()


def test_every_field_by_which_records_belong_together_is_known():
    ids = {field.name for one in full_records() for field in dataclasses.fields(one) if field.name.endswith("_id")}
    assert ids == {name for kind in KINDS.values() for name, _ in references_of(kind)}
