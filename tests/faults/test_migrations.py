"""Row 3: a kill or an error at any statement of an upgrade."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from faults.conftest import Figure, Start
from faults.inventing import Records, by_id
from sqlalchemy import Engine, event

from logbook.services.logbook_json import KINDS
from logbook.storage import header
from logbook.storage.backup import checksum_path
from logbook.storage.database import Database
from logbook.storage.engine import connect
from logbook.storage.files import sha256_of

DATABASES = Path(__file__).parents[1] / "databases"
OLDER = [
    path.relative_to(DATABASES).as_posix()
    for path in sorted(DATABASES.rglob("*.sqlite"))
    if path.stem in header.REVISIONS[:-1]
]
PLAIN = [name for name in OLDER if "/" not in name]
# The deep ones go to every statement of every file, the others to one of so many.
STATEMENTS = [*((name, 7) for name in PLAIN), *(pytest.param(name, 1, marks=pytest.mark.deep) for name in OLDER)]


class Fault(Exception):
    pass


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "logbook.sqlite"


@pytest.fixture
def put(path: Path, folder: Path):
    """Return a function that has a released file, and nothing else, lie there again."""

    def lay(name: str) -> None:
        for left in folder.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        shutil.copy(DATABASES / name, path)

    return lay


def contents(path: Path) -> Records:
    with Database.open(path, create=False) as database:
        assert database.check().is_good
        return by_id(one for kind in KINDS.values() for one in database.all(kind))


def is_upgraded(path: Path, name: str) -> bool:
    """Tell whether the file is the new one, whole, with a copy beside it; else it must be the old one, every byte."""
    with closing(connect(path, read_only=False)) as connection:  # rolls back what was under way
        ((revision,),) = connection.execute("SELECT version_num FROM alembic_version")
    copies = list((path.parent / "backups").glob("*.sqlite"))
    for copy in copies:
        assert checksum_path(copy).read_text("utf-8").split()[0] == sha256_of(copy)
    if revision == header.LATEST:
        assert copies
        return True
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256((DATABASES / name).read_bytes()).digest()
    return False


@pytest.mark.parametrize(("name", "every"), STATEMENTS)
def test_a_kill_at_any_statement_leaves_the_old_file_or_the_new(
    start: Start, path: Path, put, name: str, every: int, figure: Figure
) -> None:
    put(name)
    ((_, number),) = (said.split() for said in start("upgrade", path, -1).end())
    expected = contents(path)
    statements = range(0, int(number), every)
    upgraded = 0
    for statement in statements:
        put(name)
        assert start("upgrade", path, statement).end() == []
        upgraded += is_upgraded(path, name)
        assert contents(path) == expected
        assert is_upgraded(path, header.LATEST)
    assert upgraded < len(statements)
    figure(
        f"Row 3, {name}: killed at {len(statements)} of {number} statements: the old file byte for byte, or the new "
        f"({upgraded}) with its copy"
    )


@contextmanager
def failing_at(statement: int | None) -> Iterator[list[str]]:
    """Fail at the given statement that SQLAlchemy is about to run, from 0; give a list of those that it ran."""
    ran: list[str] = []

    def fail(connection: object, cursor: object, sql: str, *rest: object) -> None:
        if len(ran) == statement:
            raise Fault
        ran.append(sql)

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield ran
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


@pytest.mark.parametrize("name", [*PLAIN, *(pytest.param(name, marks=pytest.mark.deep) for name in OLDER)])
def test_an_error_at_any_statement_leaves_the_old_file(path: Path, put, name: str, figure: Figure) -> None:
    put(name)
    with failing_at(None) as ran:
        Database.open(path, create=False).close()
    expected = contents(path)
    upgraded = 0
    for statement in range(len(ran)):
        put(name)
        with failing_at(statement), pytest.raises(Fault):
            Database.open(path, create=False)
        upgraded += is_upgraded(path, name)
        assert contents(path) == expected
    figure(f"Row 3, {name}: an error at each of {len(ran)} statements: old byte for byte, or new ({upgraded})")
