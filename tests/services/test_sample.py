import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from services import make_sample
from storage.programs import OPEN, a_program, answer

from logbook.assets import find
from logbook.domain.device import Cartridge, Device
from logbook.domain.draft import Draft
from logbook.domain.edit import Edit
from logbook.domain.errors import AlreadyOpen, StorageError
from logbook.domain.needle_use import NeedleUses
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.plan import PlannedSession, Routine, compare, current_routine
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import DeviceKind, Severity
from logbook.guidance.loader import load_rules
from logbook.services import limits
from logbook.services.backups import Keeper, Occasion
from logbook.services.devices import Guidance, inventory
from logbook.services.drafts import Drafts, Typed, TypedSession
from logbook.services.findings import State, list_findings
from logbook.services.journal import Journal, open_journal
from logbook.services.judged import JudgedHistory
from logbook.services.logbook_json import KINDS, read_logbook
from logbook.services.places import default_database, sample_database
from logbook.services.sample import open_sample, remove_sample

TODAY = date(2031, 3, 1)
RULES = load_rules()


@pytest.fixture
def sample(tmp_path: Path):
    journal = open_sample(tmp_path / "sample.sqlite", RULES, TODAY)
    yield journal
    journal.close()


def judged(journal: Journal) -> JudgedHistory:
    (person,) = journal.all(Person)
    return JudgedHistory(
        RULES,
        person,
        journal.all(Session),
        journal.all(SheddingRecord),
        events=journal.all(LifeEvent),
        limits=journal.all(AgreedLimit),
    )


def findings(journal: Journal):
    return list_findings(judged(journal), journal.all(Acknowledgement), TODAY)


def test_the_sample_is_the_one_that_is_made(tmp_path: Path):
    make_sample.write(tmp_path / "logbook.json")
    assert (tmp_path / "logbook.json").read_text("utf-8") == make_sample.FILE.read_text("utf-8")


def test_everything_in_the_file_is_in_the_sample_and_nothing_else(sample):
    read = read_logbook(find("sample/logbook.json"), make_sample.LAST)
    assert {record.id for record in sample.everything()} == {record.id for record in read}
    assert {type(record) for record in read} == set(KINDS.values()) - {Acknowledgement}


def test_the_last_session_was_a_few_days_ago_and_all_else_has_moved_with_it(sample):
    later = TODAY - timedelta(days=4) - make_sample.LAST
    (person,) = sample.all(Person)
    assert person == replace(make_sample.PERSON, birth_date=make_sample.PERSON.birth_date + later)
    made = list(make_sample.sessions())
    assert sample.all(Session) == [replace(session, date=session.date + later) for session in made]
    assert sample.all(Session)[-1].date == TODAY - timedelta(days=4)
    (cartridge,) = (one for one in sample.all(Cartridge) if one.id == make_sample.SPENT.id)
    assert cartridge.opened_on == make_sample.SPENT.opened_on + later
    assert cartridge.expires_on == make_sample.SPENT.expires_on + later


def test_every_severity_and_every_state_but_acknowledged_is_there_to_see(sample):
    history = judged(sample)
    assert {history.verdict(session).severity for session in history.history} == set(Severity)
    assert {one.state for one in findings(sample)} == set(State) - {State.ACKNOWLEDGED}


def test_the_uses_of_the_needles_are_those_of_the_sessions(sample):
    uses = NeedleUses(sample.all(Session))
    needles = inventory(sample.all(Device), sample.all(Cartridge), uses, Guidance(RULES))
    counted = {(one.cartridge.lot if one.cartridge else one.device.name): one.use for one in needles}
    assert {name: use.count for name, use in counted.items()} == {
        "Green roller": 6,
        "Blue roller": 13,
        "Red roller": 8,
        "Pen": 3,
        "C-2217": 2,
        "C-2304": 1,
    }
    for one in needles:
        if one.is_counted:
            assert [session.needle_use for session in one.use.sessions] == list(range(1, one.use.count + 1))
        assert all(session.device is one.device.kind for session in one.use.sessions)
        if one.device.kind is DeviceKind.ROLLER:
            assert {session.deepest for session in one.use.sessions} == {one.length}
    assert {one.age.severity for one in needles if one.age} >= {Severity.CLEAN, Severity.INFO, Severity.WARNING}


def test_the_agreed_limit_counted_for_some_sessions_and_has_expired(sample):
    agreed = sample.all(AgreedLimit)
    assert [one.state for one in limits.list_limits(RULES, agreed, TODAY)] == [limits.State.EXPIRED]
    said = [one for one in findings(sample) if one.finding.rule.id == "D01" and one.record.zones[0].depth == 50]
    in_force = {one.state for one in said if one.record.date <= agreed[0].until}
    assert in_force == {State.AGREED}
    assert State.OPEN in {one.state for one in said if one.record.date > agreed[0].until}


def test_more_hairs_are_explained_by_the_illness_before(sample):
    begins = [one for one in findings(sample) if one.finding.rule.id == "S03"]
    assert len(begins) == 1
    assert "illness from" in begins[0].finding.message


def test_the_routine_is_followed_and_a_plan_lies_ahead(sample):
    routine = current_routine(sample.all(Routine), TODAY)
    assert routine is not None
    assert len(compare(routine, judged(sample).history, TODAY)) == 10
    (plan,) = sample.all(PlannedSession)
    assert TODAY < plan.date < TODAY + timedelta(days=14)


def test_a_sample_that_is_there_stays_as_it_was_left(tmp_path: Path):
    path = tmp_path / "sample.sqlite"
    journal = open_sample(path, RULES, TODAY)
    journal.apply(Edit.removing("all of it", journal.all(Session)[:1]))
    left = journal.everything()
    journal.close()
    again = open_sample(path, RULES, TODAY + timedelta(days=100))
    assert again.everything() == left
    again.close()


def test_no_half_a_sample_is_left_where_the_disk_has_no_room(tmp_path: Path):
    resource = pytest.importorskip("resource")
    empty, path = tmp_path / "empty.sqlite", tmp_path / "sample.sqlite"
    open_journal(empty, RULES).close()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (empty.stat().st_size + 4096, before[1]))
    try:
        with pytest.raises(StorageError):
            open_sample(path, RULES, TODAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert sorted(tmp_path.iterdir()) == [empty]
    open_sample(path, RULES, TODAY).close()


# Removed without a trace


@pytest.fixture
def lived_in(home: Path):
    """A sample that was used, beside an own logbook with the same things of its own; and what there was before."""
    own, path = default_database(), sample_database()
    open_journal(own, RULES).close()
    Drafts(own).keep(typed(open_journal(own, RULES, read_only=True)), datetime(2031, 3, 1))
    own.with_name("sample-clinic.sqlite").write_text("somebody's", "utf-8")
    keep_backups(open_journal(own, RULES))
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    journal = open_sample(path, RULES, TODAY)
    Drafts(path).keep(typed(journal), datetime(2031, 3, 1))
    keep_backups(journal, home / "elsewhere")
    for name in (
        "sample.sqlite-journal",
        "sample-damaged-20310301-101010.sqlite",
        "sample-damaged-20310301-101010-2.sqlite-journal",
        "sample-saved-20310301.sqlite",
        ".sample.sqlite.0a1b2c3d.part",
        "backups/.sample-20310301-101010-manual.sqlite.0a1b2c3d.part",
        "backups/.sample.json.0a1b2c3d.part",
    ):
        (path.parent / name).write_text("left", "utf-8")
    return before


def typed(journal: Journal) -> Typed:
    (person,) = journal.all(Person)
    if journal.is_read_only:
        journal.close()
    return Typed((TypedSession(Draft.blank(person.id, TODAY)),))


def keep_backups(journal: Journal, elsewhere: Path | None = None) -> None:
    keeper = Keeper(journal)
    if elsewhere:
        elsewhere.mkdir()
        keeper.choose(elsewhere)
    keeper.make(Occasion.MANUAL)
    journal.close()


def test_removing_the_sample_leaves_no_file_of_it_and_all_others_as_they_were(lived_in, home):
    assert len([file for file in home.rglob("*") if file.is_file()]) > len(lived_in) + 12
    remove_sample(sample_database())
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == lived_in
    assert list((home / "elsewhere").iterdir()) == []


def test_removing_the_only_thing_there_is_leaves_no_folder_of_it(home):
    open_sample(sample_database(), RULES, TODAY).close()
    keep_backups(open_journal(sample_database(), RULES))
    remove_sample(sample_database())
    assert list(sample_database().parent.iterdir()) == []


def test_a_sample_that_another_program_has_open_stays(home):
    path = sample_database()
    open_sample(path, RULES, TODAY).close()
    with a_program(OPEN, path) as other:
        assert answer(other) == "open"
        with pytest.raises(AlreadyOpen):
            remove_sample(path)
        assert path.exists()
    remove_sample(path)
    assert not path.exists()


def test_a_second_folder_of_backups_that_is_not_there_is_no_reason_to_stay(home):
    keep_backups(open_sample(sample_database(), RULES, TODAY), home / "elsewhere")
    shutil.rmtree(home / "elsewhere")
    remove_sample(sample_database())
    assert not sample_database().exists()
