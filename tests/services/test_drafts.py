"""What is typed and not saved: it comes back letter by letter, is the owner's alone, and fits what is there now."""

import datetime as dt
import json
import os
import stat
from dataclasses import replace

import pytest
from builders import SAM, TODAY, a_session

from logbook.domain.device import Device
from logbook.domain.draft import Draft
from logbook.domain.errors import Problem, StorageError, UnreadableFile
from logbook.domain.person import Person
from logbook.domain.session import DatedCondition, GivenVerdict, Reaction, Topical, ZonePass, new_id
from logbook.domain.shedding import SheddingDraft, SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    Product,
    ReactionSign,
    Reason,
    Severity,
    SheddingMethod,
    SkinSign,
    Zone,
)
from logbook.services.drafts import Drafts, Typed, TypedSession, TypedShedding, offer
from logbook.services.logbook_json import value_to_text
from logbook.services.typed_lines import Line, TypedLine

NOW = dt.datetime(2026, 6, 30, 21, 40, 7)
ODD = 'Ünïcode \u202eright to left\u202c 🪡 "quoted"\n\ttabs\\ and \x00 nothing, =1+1'


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "logbook.sqlite", tmp_path / "drafts")


def a_count(**but):
    fields = {"id": new_id(), "person_id": SAM, "date": TODAY, "method": SheddingMethod.DAY_TOTAL, "value": 80} | but
    return SheddingRecord(**fields)


def full():
    """Everything that a form can hold, with texts that cannot be read."""
    session = a_session(
        time=dt.time(7, 30, 5),
        zones=(ZonePass(Zone.CROWN, Depth(50), 3), ZonePass(Zone.HAIRLINE, None, None)),
        skin_signs=frozenset(SkinSign),
        conditions=(DatedCondition(Condition.ISOTRETINOIN, dt.date(2025, 1, 2)),),
        topicals=(Topical(Product.MINOXIDIL, -60), Topical(Product.MINOXIDIL)),
        reaction=Reaction(90, frozenset(ReactionSign), 4),
        given=GivenVerdict("1", Severity.CAUTION, "[]"),
        notes=ODD,
    )
    unreadable = (
        Problem("depth_mm", "Not a depth.", "0,5mm?", "0.5"),
        Problem("pain", "Not a number.", ODD),
        Problem("time", "Not a time."),
    )
    line = a_count(session_id=session.id, notes=ODD)
    return Typed(
        (TypedSession(Draft(session, line, unreadable), session), TypedSession(Draft.blank(SAM, TODAY))),
        (TypedShedding(SheddingDraft(a_count(), unreadable), a_count()), TypedShedding(SheddingDraft(a_count()))),
        (
            TypedLine(Line.COUNT, SAM, "12 or", new_id(), TODAY, SheddingMethod.COMB_60S),
            TypedLine(Line.REASON_TO_SAVE, SAM, ODD, session.id, reason=Reason.ONE_OFF),
            TypedLine(Line.REASON_TO_ACKNOWLEDGE, SAM, ODD),
        ),
    )


class Logbook:
    """Finds the records that it is given."""

    def __init__(self, *records):
        self.records = {record.id: record for record in (Person(SAM), *records)}

    def find(self, kind, record_id):
        record = self.records.get(record_id)
        return record if isinstance(record, kind) else None

    def offer(self, *typed, shedding=(), lines=(), may_return=()):
        there = Typed(tuple(typed), tuple(shedding), tuple(lines))
        return offer(there, self.find, SAM, lambda whose: whose in may_return)


# The file


def test_what_is_typed_comes_back_letter_by_letter(drafts):
    typed = full()
    drafts.keep(typed, NOW)
    assert Drafts(drafts.path.parent.parent / "logbook.sqlite", drafts.path.parent).read() == typed


def test_the_last_that_was_kept_is_what_comes_back(drafts):
    drafts.keep(full(), NOW)
    later = Typed((TypedSession(Draft.blank(SAM, TODAY)),))
    drafts.keep(later, NOW)
    assert drafts.read() == later
    assert list(drafts.path.parent.iterdir()) == [drafts.path]


def test_nothing_typed_leaves_no_file(drafts):
    assert drafts.read() == Typed()
    drafts.keep(Typed(), NOW)
    assert not drafts.path.parent.exists()
    drafts.keep(full(), NOW)
    drafts.keep(Typed(), NOW)
    assert list(drafts.path.parent.iterdir()) == []


def test_forgetting_takes_the_file_away(drafts):
    drafts.keep(full(), NOW)
    drafts.forget()
    drafts.forget()
    assert drafts.read() == Typed()
    assert not drafts.path.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_file_is_its_owners_alone(drafts):
    before = os.umask(0)
    try:
        drafts.keep(full(), NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(drafts.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts.path.parent.stat().st_mode) == 0o700


def test_two_logbooks_have_drafts_of_their_own(tmp_path):
    one, other = Drafts(tmp_path / "a.sqlite"), Drafts(tmp_path / "b.sqlite")
    one.keep(full(), NOW)
    assert other.read() == Typed()
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "a.sqlite")
    assert Drafts(tmp_path / "link.sqlite").path == one.path


def test_the_name_of_the_file_tells_nothing_of_the_logbook(tmp_path):
    assert "kim" not in Drafts(tmp_path / "kim.sqlite").path.name


def test_half_a_character_costs_that_character_alone(drafts):
    drafts.keep(Typed((TypedSession(Draft(a_session(notes="before \ud83e after"))),)), NOW)
    assert drafts.read().sessions[0].draft.session.notes == "before ? after"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"{}",
        b"[]",
        b'{"version": 2}',
        b'{"version": 1, "kept_at": "2026-06-30T21:40:07", "typed": {"photos": []}}',
        b'{"version": 1, "kept_at": "2026-06-30T21:40:07", "typed": {"sessions": [{"draft": null}]}}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_cannot_be_read_is_left_and_told(drafts, content):
    drafts.path.parent.mkdir()
    drafts.path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="cannot be read by this version"):
        drafts.read()
    assert drafts.path.read_bytes() == content


def test_a_folder_in_the_way_is_told_in_a_sentence(tmp_path):
    (tmp_path / "drafts").write_text("in the way")
    with pytest.raises(StorageError):
        Drafts(tmp_path / "logbook.sqlite", tmp_path / "drafts").keep(full(), NOW)


def test_what_cannot_be_written_leaves_what_was_kept_before(drafts, monkeypatch):
    typed = full()
    drafts.keep(typed, NOW)

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match="no room"):
        drafts.keep(Typed((TypedSession(Draft.blank(SAM, TODAY)),)), NOW)
    assert drafts.read() == typed
    assert list(drafts.path.parent.iterdir()) == [drafts.path]


def test_a_value_of_another_shape_is_not_written():
    with pytest.raises((TypeError, AttributeError, KeyError)):
        value_to_text(object())


# The offer


def test_a_new_session_is_offered_by_its_day():
    found = Logbook().offer(TypedSession(Draft(a_session("2026-03-03"))))
    assert found.text == "A session of 3 March 2026 was not saved."
    assert found


def test_a_changed_session_goes_on_as_that_session():
    session = a_session()
    typed = TypedSession(Draft(replace(session, notes="more")), session)
    found = Logbook(session).offer(typed)
    assert found.typed == Typed((typed,))
    assert "meanwhile" not in found.text


def a_line(line=Line.COUNT, **but):
    return TypedLine(**({"line": line, "person_id": SAM, "text": "12", "record_id": new_id(), "date": TODAY} | but))


def test_lines_beside_the_forms_are_offered_as_they_were_typed():
    lines = (a_line(date=dt.date(2026, 3, 3)), a_line(Line.REASON_TO_SAVE), a_line(Line.REASON_TO_ACKNOWLEDGE))
    found = Logbook().offer(lines=lines)
    assert found.typed == Typed(lines=lines)
    reason = "The reason for a warning was not saved."
    assert found.text == f"A count of 3 March 2026 was not saved.\n{reason}\n{reason}"


def test_a_line_that_was_saved_in_the_last_moment_is_not_offered():
    session, count = a_session(), a_count()
    logbook = Logbook(session, count)
    assert not logbook.offer(lines=[a_line(record_id=count.id), a_line(Line.REASON_TO_SAVE, record_id=session.id)])
    reason = a_line(Line.REASON_TO_SAVE, record_id=session.id)
    changed = TypedSession(Draft(replace(session, notes="more")), session)
    assert logbook.offer(changed, lines=[reason]).typed.lines == (reason,)


def test_what_is_of_somebody_who_may_return_waits_for_them():
    gone = new_id()
    session = TypedSession(Draft(a_session(person_id=gone)))
    count, line = TypedShedding(SheddingDraft(a_count(person_id=gone))), a_line(person_id=gone)
    found = Logbook().offer(session, shedding=[count], lines=[line], may_return=[gone])
    assert not found
    assert found.waiting == Typed((session,), (count,), (line,))


def test_a_line_of_nobody_here_becomes_that_of_the_person_shown_and_one_of_another_waits():
    ann = Person(new_id())
    lost, anns = a_line(person_id=new_id()), a_line(person_id=ann.id)
    found = Logbook(ann).offer(lines=[lost, anns])
    assert found.typed.lines == (replace(lost, person_id=SAM),)
    assert found.waiting == Typed(lines=(anns,))


def test_a_file_from_before_lines_were_kept_is_read(drafts):
    typed = full()
    drafts.keep(typed, NOW)
    document = json.loads(drafts.path.read_text("utf-8"))
    del document["typed"]["lines"]
    drafts.path.write_text(json.dumps(document), "utf-8")
    assert drafts.read() == replace(typed, lines=())


def test_what_was_saved_in_the_last_moment_is_not_offered():
    session, line = a_session(), a_count()
    saved = replace(session, given=GivenVerdict("1", Severity.INFO, "[]"), utc_offset_minutes=120)
    logbook = Logbook(saved, line)
    assert not logbook.offer(TypedSession(Draft(session, line)), shedding=[TypedShedding(SheddingDraft(line))])
    assert logbook.offer(TypedSession(Draft(session, replace(line, value=7))))
    assert logbook.offer(TypedSession(Draft(session, line, (Problem("pain", "No.", "x"),))))
    assert logbook.offer(TypedSession(Draft(replace(session, notes="more"), line)))


def test_a_session_that_was_changed_meanwhile_is_offered_and_says_so():
    session = a_session()
    now = replace(session, notes="by somebody else")
    found = Logbook(now).offer(TypedSession(Draft(replace(session, notes="mine")), session))
    assert "was changed meanwhile: saving puts this in its place" in found.text
    assert found.typed.sessions[0].before == now
    assert found.typed.sessions[0].draft.session.notes == "mine"


def test_a_session_that_was_deleted_meanwhile_goes_on_as_a_new_one():
    session = a_session()
    line = a_count(session_id=session.id)
    found = Logbook().offer(TypedSession(Draft(replace(session, notes="mine"), line), session))
    (one,) = found.typed.sessions
    assert "was deleted meanwhile" in found.text
    assert one.before is None
    assert one.draft.session.id != session.id
    assert one.draft.shedding.session_id == one.draft.session.id
    assert one.draft.session.notes == "mine"


def test_a_shedding_record_that_was_deleted_meanwhile_goes_on_as_a_new_one():
    record = a_count()
    found = Logbook().offer(shedding=[TypedShedding(SheddingDraft(replace(record, value=9)), record)])
    (one,) = found.typed.shedding
    assert "A shedding record of 30 June 2026 was not saved. What it changes was deleted" in found.text
    assert (one.before, one.draft.record.value) == (None, 9)
    assert one.draft.record.id != record.id


def test_what_belongs_to_nobody_here_becomes_that_of_the_person_shown():
    found = Logbook().offer(
        TypedSession(Draft(a_session(person_id="0b" * 16))),
        shedding=[TypedShedding(SheddingDraft(a_count(person_id="0b" * 16)))],
    )
    assert found.typed.sessions[0].draft.session.person_id == SAM
    assert found.text.endswith("for somebody who is not in this logbook; it goes on for who is shown.")
    assert found.typed.shedding[0].draft.record.person_id == SAM


def test_needles_that_are_no_more_are_left_out():
    device = Device(new_id(), DeviceKind.ROLLER, "blue", SAM)
    named = TypedSession(Draft(a_session(device_id=device.id)))
    assert Logbook(device).offer(named).typed.sessions[0].draft.session.device_id == device.id
    assert Logbook().offer(named).typed.sessions[0].draft.session.device_id is None


def test_a_second_new_one_waits_for_its_turn():
    first, second = (TypedSession(Draft(a_session(notes=words))) for words in ("first", "second"))
    found = Logbook().offer(first, second)
    assert [one.draft.session.notes for one in found.typed.sessions] == ["first"]
    assert [one.draft.session.notes for one in found.waiting.sessions] == ["second"]
    assert "One of them is offered when the program starts again." in found.text
