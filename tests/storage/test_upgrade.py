import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect
from storage.records import adding, everything, full_records, names

from logbook.domain.errors import DatabaseDamaged, StorageError
from logbook.domain.person import Person
from logbook.storage import database as database_module
from logbook.storage import header, rows, upgrade
from logbook.storage.backup import checksum_path, list_backups, verify
from logbook.storage.database import Database
from logbook.storage.engine import make_engine

FIRST = Path(__file__).parents[1] / "databases" / "0001.sqlite"
NEXT = f"{int(header.LATEST) + 1:04}"
REBUILD = """
    for table in ("person", "session"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("added", sa.Text()))
"""


@pytest.fixture
def next_revision(tmp_path, monkeypatch):
    """Return a function that has the program know one more revision, which does what is given."""
    last = header.LATEST

    def write(body):
        folder = tmp_path / "migrations"
        shutil.copytree(upgrade.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / f"{NEXT}_next.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = '{NEXT}'\ndown_revision = '{last}'\ndef upgrade():\n{body}",
            encoding="utf-8",
        )
        monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
        monkeypatch.setattr(header, "REVISIONS", (*header.REVISIONS, NEXT))
        monkeypatch.setattr(header, "LATEST", NEXT)
        monkeypatch.setattr(database_module, "LATEST", NEXT)

    return write


@pytest.fixture
def filled(path):
    records = full_records()
    with Database.open(path) as database:
        database.apply(adding(*records))
        return everything(database)


def test_the_tables_of_the_migrations_are_those_of_today(path):
    Database.open(path).close()
    engine = make_engine(path)
    ours = create_engine("sqlite://")
    rows.metadata.create_all(ours)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), rows.metadata) == []
        migrated, made = inspect(connection), inspect(ours)
        for table in rows.metadata.tables:
            for ask in ("get_check_constraints", "get_foreign_keys", "get_pk_constraint"):
                answers = getattr(migrated, ask)(table), getattr(made, ask)(table)
                assert sorted(map(str, answers[0])) == sorted(map(str, answers[1])), (table, ask)
    engine.dispose()
    ours.dispose()


def test_the_listed_revisions_are_those_of_the_migrations():
    script = ScriptDirectory.from_config(upgrade.configure())
    assert tuple(step.revision for step in reversed(list(script.walk_revisions()))) == header.REVISIONS
    assert script.get_heads() == [header.LATEST]


def test_an_older_file_is_copied_and_brought_up_to_date(path, filled, next_revision):
    before = path.read_bytes()
    next_revision(REBUILD)
    with Database.open(path) as database:
        assert everything(database) == filled
        assert database.check().is_good
        assert database.check().revision == NEXT
    (copy,) = (path.parent / "backups").glob("*.sqlite")
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (header.REVISIONS[-2],)
    assert connection.execute("SELECT count(*) FROM session_zone").fetchone() == (3,)
    connection.close()
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    ("last", "error"),
    [
        ("    op.execute('INSERT INTO nowhere VALUES (1)')\n", StorageError),
        ("    raise RuntimeError('a mistake of ours')\n", RuntimeError),
        ("    op.execute('DELETE FROM session_zone')\n", StorageError),
        ("    op.execute('DROP TABLE session_topical')\n", StorageError),
        ("    op.execute(\"UPDATE session SET person_id = 'nobody'\")\n", StorageError),
    ],
)
def test_an_upgrade_that_fails_leaves_the_file_byte_for_byte(path, filled, next_revision, last, error):
    before = path.read_bytes()
    next_revision(REBUILD + last)
    with pytest.raises(error):
        Database.open(path)
    assert path.read_bytes() == before
    assert names(path.parent) == ["backups", path.name]
    assert len(list((path.parent / "backups").glob("*.sqlite"))) == 1


@pytest.fixture
def first(path):
    """Return the path of a logbook of the first released schema."""
    path.parent.mkdir()
    return shutil.copy(FIRST, path)


def contents(path):
    """Return the rows of every table by row id, each as its values by column."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    tables = [row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {table: connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in tables}
    connection.close()
    del found["alembic_version"]
    return {table: list(map(dict, rows)) for table, rows in found.items()}


def test_a_released_file_keeps_every_value_and_gets_what_is_empty(first):
    before = contents(first)
    Database.open(first, create=False).close()
    after = contents(first)
    assert {table: after.pop(table) for table in before} == {
        **before,
        "person": [{**row, "colour": None} for row in before["person"]],
    }
    assert after == {"planned_session": [], "planned_session_zone": [], "routine": [], "routine_zone": [], "trash": []}


def test_a_colour_is_one_of_eight(first):
    Database.open(first, create=False).close()
    with closing(sqlite3.connect(first)) as connection:
        for colour in (0, 9):
            with pytest.raises(sqlite3.IntegrityError, match="ck_person_colour"):
                connection.execute("UPDATE person SET colour = ?", (colour,))
        connection.execute("UPDATE person SET colour = 8")


class Fault(Exception):
    pass


@contextmanager
def failing_at(statement):
    """Fail at the given statement that SQLAlchemy is about to run, from 0; give a list of those that it ran."""
    ran = []

    def fail(connection, cursor, sql, *rest):
        if len(ran) == statement:
            raise Fault
        ran.append(sql)

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield ran
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


def test_an_upgrade_can_fail_at_any_statement_and_leaves_the_file_byte_for_byte(first, digest):
    with failing_at(None) as all_statements:
        Database.open(first, create=False).close()
    creating = [place for place, sql in enumerate(all_statements) if sql.lstrip().startswith("CREATE")]
    assert len(creating) == 7  # five tables, two indexes
    for place in range(creating[0], len(all_statements)):
        shutil.copy(FIRST, first)
        with failing_at(place), pytest.raises(Fault):
            Database.open(first, create=False)
        assert digest(first) == digest(FIRST), all_statements[place]
    assert names(first.parent) == ["backups", first.name]


def test_an_upgrade_that_keeps_failing_leaves_one_copy_of_the_same_file(path, filled, next_revision):
    next_revision("    raise RuntimeError('a mistake of ours')\n")
    for _ in range(4):
        with pytest.raises(RuntimeError):
            Database.open(path)
    copies = list_backups(path.parent / "backups")
    assert [verify(copy).fault for copy in copies] == [""]
    assert names(path.parent / "backups") == [copies[0].path.name, checksum_path(copies[0].path).name]


def test_another_content_before_an_upgrade_gets_a_copy_of_its_own(path, filled, next_revision):
    next_revision("    raise RuntimeError('a mistake of ours')\n")
    for number in range(2):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE person SET name = ?", (str(number),))
        with pytest.raises(RuntimeError):
            Database.open(path)
    assert len(list_backups(path.parent / "backups")) == 2


def test_without_a_copy_there_is_no_upgrade(path, filled, next_revision):
    before = path.read_bytes()
    (path.parent / "backups").write_text("in the way", encoding="utf-8")
    next_revision(REBUILD)
    with pytest.raises(StorageError):
        Database.open(path)
    assert path.read_bytes() == before


def test_an_older_file_that_cannot_be_written_is_told(path, filled, next_revision):
    before = path.read_bytes()
    next_revision(REBUILD)
    with pytest.raises(StorageError, match="older version"):
        Database.open(path, read_only=True)
    assert path.read_bytes() == before


def test_a_damaged_older_file_is_not_upgraded(path, filled, next_revision):
    with path.open("r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\xaa" * 4096)
    before = path.read_bytes()
    next_revision(REBUILD)
    with pytest.raises(DatabaseDamaged):
        Database.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("last", ["    op.execute('nonsense')\n", "    raise RuntimeError\n"])
def test_a_file_that_cannot_be_made_leaves_nothing(path, next_revision, last):
    next_revision(REBUILD + last)
    with pytest.raises((StorageError, RuntimeError)):
        Database.open(path)
    assert names(path.parent) == []


def test_a_file_that_appears_while_another_is_made_is_left_alone(path, monkeypatch):
    run = upgrade.bring_to

    def run_late(connection, new):
        run(connection, new)
        path.write_bytes(b"somebody else's")

    monkeypatch.setattr(upgrade, "bring_to", run_late)
    with pytest.raises(StorageError, match="is there already"):
        Database.open(path)
    assert path.read_bytes() == b"somebody else's"
    assert names(path.parent) == [path.name]


def test_the_first_tables_hold_what_they_should(path):
    with Database.open(path) as database:
        assert set(rows.metadata.tables) | {"alembic_version"} == set(database.check().counts)
        assert database.all(Person) == []
