import os
import shutil
import sqlite3
import stat
import time
from pathlib import Path
from random import Random

import pytest
from storage.damage import DAMAGES, PAGE, kept, make_logbook
from storage.records import a_person, a_session, adding, everything, full_records, names

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit
from logbook.domain.errors import DatabaseDamaged, StorageError
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import DeviceKind
from logbook.storage import header
from logbook.storage import salvage as salvage_module
from logbook.storage.database import Database
from logbook.storage.pages import Pages
from logbook.storage.salvage import Salvaged, salvage
from logbook.storage.sifting import STANDS_IN

RELEASED = Path(__file__).parents[1] / "databases"


@pytest.fixture
def new(tmp_path):
    return tmp_path / "saved" / "logbook.sqlite"


@pytest.fixture
def filled(path):
    records = full_records()
    with Database.open(path) as database:
        database.apply(adding(*records))
        return everything(database)


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    path = tmp_path_factory.mktemp("years") / "logbook.sqlite"
    make_logbook(path, 60, Random(1))
    return path


def root(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    ((found,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    connection.close()
    return found


def wipe(path: Path, *pages: int) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(bytes(PAGE))


def put(path: Path, old: bytes, new: bytes) -> None:
    """Change bytes that are there once."""
    content = path.read_bytes()
    assert content.count(old) == 1
    assert len(old) == len(new)
    path.write_bytes(content.replace(old, new))


def opened(path: Path) -> dict[type, list]:
    with Database.open(path, create=False) as database:
        assert database.check().is_good
        return everything(database)


def test_of_a_whole_file_everything_is_saved(path, filled, new):
    salvaged = salvage(path, new)
    assert salvaged.is_everything
    assert opened(new) == filled
    assert salvaged.told == header.LATEST


@pytest.mark.parametrize("revision", header.REVISIONS)
@pytest.mark.parametrize("first_page", ["whole", "lost"])
def test_every_released_schema_is_saved_and_brought_up_to_date(tmp_path, new, revision, first_page):
    damaged = shutil.copy(RELEASED / f"{revision}.sqlite", tmp_path / "damaged.sqlite")
    upgraded = shutil.copy(damaged, tmp_path / "upgraded.sqlite")
    if first_page == "lost":
        wipe(damaged, 1)
    salvaged = salvage(damaged, new)
    assert salvaged.told == revision
    assert salvaged.is_everything
    assert opened(new) == opened(upgraded)


def test_rows_from_before_a_column_was_added_are_saved_from_a_file_that_was_brought_up_to_date(tmp_path, new):
    path = Path(shutil.copy(RELEASED / "large" / "0003.sqlite", tmp_path / "old.sqlite"))
    with Database.open(path, create=False) as database:  # the rows of people keep their old length
        before = everything(database)
    wipe(path, root(path, "session_topical"))
    salvage(path, new)
    with Database.open(new, create=False) as database:
        assert [(one.id, one.name, one.colour) for one in database.all(Person)] == [
            (one.id, one.name, None) for one in before[Person]
        ]
        assert len(database.all(Session)) == len(before[Session])


def test_of_an_unknown_revision_the_schema_that_fits_is_taken(path, filled, new):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    salvaged = salvage(path, new)
    assert salvaged.told == "9999"
    assert opened(new) == filled


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_new_file_is_private_and_alone(path, filled, new):
    salvage(path, new)
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert names(new.parent) == [new.name]


@pytest.mark.parametrize("seed", range(2 * len(DAMAGES)))
def test_a_damage_takes_only_what_it_hits(years, tmp_path, new, digest, seed):
    broken = DAMAGES[seed % len(DAMAGES)](years.read_bytes(), Random(seed))
    path = tmp_path / "broken.sqlite"
    path.write_bytes(broken)
    before = digest(path)
    salvage(path, new)
    found = kept(years, broken, new)
    assert found.back == found.rows
    assert not found.changed
    assert digest(path) == before
    opened(new)


def test_a_lost_page_is_told_row_by_row(years, tmp_path, new):
    path = shutil.copy(years, tmp_path / "broken.sqlite")
    pages = Pages(years.read_bytes())
    leaf = pages.tree(root(years, "shedding")).pages[1]
    ids = [cell.row_id for cell in pages.leaf(leaf).cells]
    wipe(path, leaf)
    salvaged = salvage(path, new)
    (loss,) = salvaged.losses
    assert (loss.table, loss.count, loss.is_exact) == ("shedding", len(ids), True)
    assert [id for first, last in loss.spans for id in range(first, last + 1)] == ids
    assert not salvaged.is_everything


def test_the_inner_pages_of_a_table_are_not_needed(years, tmp_path, new):
    path = shutil.copy(years, tmp_path / "broken.sqlite")
    wipe(path, *(root(years, table) for table in ("session", "session_zone", "session_topical", "shedding")))
    salvaged = salvage(path, new)
    assert opened(new) == opened(years)
    assert salvaged.losses == ()  # as the indexes prove


def test_without_the_schema_the_rows_tell_themselves_of_which_table_they_are(path, filled, new):
    wipe(path, 1, *Pages(path.read_bytes()).tree(1).pages)
    salvaged = salvage(path, new)
    assert opened(new) == filled
    assert salvaged.unplaced == 0


def test_a_lost_person_gets_a_stand_in_whom_everything_belongs_to(path, filled, new):
    wipe(path, root(path, "person"))
    salvaged = salvage(path, new)
    found = opened(new)
    (person,) = found[Person]
    assert person == Person(filled[Person][0].id)
    assert found[Session] == filled[Session]
    assert salvaged.stand_ins == {"person": 1}
    assert salvaged.mended == {}  # thinning zones and conditions are there, though nobody says any more that they are


def test_a_lost_device_gets_a_stand_in_of_the_kind_that_sessions_tell(path, filled, new):
    wipe(path, root(path, "device"))
    salvaged = salvage(path, new)
    found = opened(new)
    (device,) = found[Device]
    assert device == Device(filled[Device][0].id, DeviceKind.PEN, notes=STANDS_IN)
    assert found[Cartridge] == filled[Cartridge]
    assert found[Session] == filled[Session]
    assert salvaged.stand_ins == {"device": 1}


def test_what_belongs_to_a_lost_session_is_left_out_or_let_go(path, filled, new):
    wipe(path, root(path, "session"))
    salvaged = salvage(path, new)
    found = opened(new)
    assert found[Session] == []
    assert found[SheddingRecord][0].session_id is None
    assert salvaged.orphans["session_zone"] == 3
    assert salvaged.mended == {("shedding", "session_id"): 1}
    assert [(loss.table, loss.count) for loss in salvaged.losses] == [("session", 1)]


@pytest.mark.parametrize("is_index_there", [True, False])
def test_lost_conditions_count_as_not_recorded_and_never_as_none(path, filled, new, is_index_there):
    other = a_session(filled[Person][0], conditions=(), topicals=())
    with Database.open(path) as database:
        database.apply(adding(other))
    wipe(path, root(path, "session_condition"))
    if not is_index_there:
        wipe(path, root(path, "sqlite_autoindex_session_condition_1"))
    salvaged = salvage(path, new)
    conditions = {session.id: session.conditions for session in opened(new)[Session]}
    assert conditions[filled[Session][0].id] is None
    assert conditions[other.id] == (() if is_index_there else None)  # without it, nobody knows whose they were
    assert salvaged.mended["session", "conditions_recorded"] == (1 if is_index_there else 2)
    assert [loss.is_exact for loss in salvaged.losses] == [is_index_there]


def test_a_word_that_makes_no_sense_is_left_empty_where_it_can_be(path, filled, new):
    connection = sqlite3.connect(path)
    connection.execute("UPDATE session SET pressure = 'hbrd', given_severity = 77")
    connection.execute("UPDATE shedding SET method = 'cxmb'")
    connection.commit()
    connection.close()
    salvaged = salvage(path, new)
    found = opened(new)
    assert found[Session] == []  # two at once are no single slip
    assert salvaged.senseless == {"session": 1, "shedding": 1}


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ("pressure = 'hbrd'", {"pressure"}),
        ("given_severity = 77", {"given_version", "given_severity", "given_findings"}),
        ("needle_shared = 9", {"needle_shared"}),
        ("notes = CAST(x'61ff62' AS TEXT)", {"notes"}),
        ("needle_use = CAST('many' AS TEXT)", set()),
    ],
)
def test_a_session_is_kept_without_the_value_that_makes_no_sense(path, filled, new, change, columns):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(f"UPDATE session SET {change}")
    connection.close()
    salvaged = salvage(path, new)
    if columns:
        assert len(opened(new)[Session]) == 1
        assert {column for table, column in salvaged.mended if table == "session"} == columns
    else:
        assert salvaged.unplaced == 1  # a number that is a text: no row of this table looks like it


def test_an_id_with_a_damaged_letter_still_finds_its_own(path, filled, new):
    session = filled[Session][0]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE session SET id = substr(id, 1, 20) || 'z' || substr(id, 22)")
    connection.close()
    salvaged = salvage(path, new)
    (found,) = opened(new)[Session]
    assert found.zones == session.zones
    assert found.conditions == session.conditions
    assert salvaged.mended["session_zone", "session_id"] == 3


def test_ids_that_were_counted_up_are_never_mistaken_for_each_other(path, new):
    person = a_person()
    ones = [Device(f"{number:032}", DeviceKind.PEN, str(number), person.id) for number in (1, 2)]
    cartridges = [Cartridge(f"{number:032}", ones[number % 2].id) for number in range(4)]
    with Database.open(path) as database:
        database.apply(adding(person, *ones, *cartridges))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DELETE FROM device WHERE name = '2'")
    connection.close()
    salvaged = salvage(path, new)
    assert {cartridge.id: cartridge.device_id for cartridge in opened(new)[Cartridge]} == {
        cartridge.id: cartridge.device_id for cartridge in cartridges
    }
    assert salvaged.stand_ins == {"device": 1}


def test_deleted_records_do_not_come_back(path, filled, new):
    with Database.open(path) as database:
        database.apply(Edit.removing("delete", filled[SheddingRecord]))
    wipe(path, 1)
    salvage(path, new)
    assert opened(new)[SheddingRecord] == []


def test_deleted_records_do_not_come_back_from_free_pages_that_another_program_left_full(years, tmp_path, new):
    path = shutil.copy(years, tmp_path / "edited.sqlite")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("DELETE FROM shedding WHERE rowid > 20")
    (left,) = connection.execute("SELECT count(*) FROM shedding").fetchone()
    assert connection.execute("PRAGMA freelist_count").fetchone() != (0,)
    connection.close()
    salvaged = salvage(path, new)
    assert salvaged.counts["shedding"] == left
    assert salvaged.is_everything


def test_a_change_that_was_under_way_is_taken_back_in_a_copy(path, filled, new, digest):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE session SET notes = ?", ("half done " * 5000,))
    torn = path.with_name("torn.sqlite")
    journal = path.with_name("torn.sqlite-journal")
    shutil.copy(path, torn)
    shutil.copy(path.with_name(path.name + "-journal"), journal)
    connection.execute("ROLLBACK")
    connection.close()
    before = digest(torn), digest(journal)
    salvaged = salvage(torn, new)
    assert salvaged.is_everything
    assert opened(new) == filled
    assert (digest(torn), digest(journal)) == before


@pytest.mark.parametrize("content", [b"", b"not a logbook\n" * 999, bytes(99 * PAGE), b"PK\3\4" + bytes(3000)])
def test_where_there_is_nothing_nothing_is_made(tmp_path, new, content):
    path = tmp_path / "wrong.sqlite"
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged, match="nothing of a logbook can be read"):
        salvage(path, new)
    assert names(new.parent) == []


def test_another_programs_database_has_nothing_for_us(tmp_path, new):
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE session (id TEXT, number INTEGER)")
    connection.execute("INSERT INTO session VALUES ('a', 1)")
    connection.close()
    with pytest.raises(DatabaseDamaged):
        salvage(path, new)


def test_what_is_there_is_never_written_over(path, filled, new):
    new.parent.mkdir()
    new.write_bytes(b"somebody else's")
    with pytest.raises(StorageError, match="is there already"):
        salvage(path, new)
    assert new.read_bytes() == b"somebody else's"


def test_a_missing_file_is_told(tmp_path, new):
    with pytest.raises(StorageError, match=r"^gone\.sqlite is not there"):
        salvage(tmp_path / "gone.sqlite", new)


def test_it_can_be_called_off(years, new):
    with pytest.raises(StorageError):
        salvage(years, new, goes_on=lambda: False)
    assert names(new.parent) == []


def test_it_ends_when_its_time_is_over_and_says_so(years, new, monkeypatch):
    clock = iter(range(10**9))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock) / 100)
    salvaged = salvage(years, new, seconds=1.6)  # a hundred looks at the clock, and as many pages or more
    assert not salvaged.is_complete
    assert not salvaged.is_everything
    opened(new)


def test_a_file_larger_than_any_logbook_is_refused(path, filled, new, monkeypatch):
    monkeypatch.setattr(salvage_module, "_MOST_BYTES", 1000)
    with pytest.raises(StorageError, match="larger than any logbook"):
        salvage(path, new)


def test_what_is_saved_says_itself_what_it_is(path, filled, new):
    salvaged = salvage(path, new)
    assert isinstance(salvaged, Salvaged)
    assert salvaged.counts["session_zone"] == 3
