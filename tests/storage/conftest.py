import hashlib

import pytest

from logbook.storage.database import Database


@pytest.fixture
def path(tmp_path):
    return tmp_path / "log & 100% book?" / "logbook.sqlite"


@pytest.fixture
def database(path):
    with Database.open(path) as database:
        yield database


@pytest.fixture
def live():
    """Return a function that gives the one sqlite3 connection a database lives on."""
    return lambda database: database._engine.raw_connection().driver_connection


@pytest.fixture
def digest():
    return lambda path: hashlib.sha256(path.read_bytes()).hexdigest()
