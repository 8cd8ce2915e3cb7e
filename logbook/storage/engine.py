"""The one way in which a connection to a logbook file is made."""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from logbook.domain.errors import StorageError

# What each setting reads back as. Why these: a power cut loses nothing, deleted text is gone from the file, and a
# hostile file can do nothing but be wrong.
PRAGMAS: Final[dict[str, tuple[str, object]]] = {
    "foreign_keys": ("ON", 1),
    "synchronous": ("EXTRA", 3),
    "fullfsync": ("ON", 1),
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "temp_store": ("MEMORY", 2),
    "busy_timeout": ("3000", 3000),  # milliseconds
    "journal_mode": ("DELETE", "delete"),
}

READING: Final = "is_reading"  # the execution option of a transaction that leaves the file to other writers


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a bare connection to the existing file at *path*, outside any transaction and without settings.

    Raises:
        sqlite3.Error: it cannot be opened; one that is not there is never made.
    """
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def make_engine(path: Path, *, read_only: bool = False, foreign_keys: bool = True) -> Engine:
    """Return an engine that keeps one connection to *path* until it is disposed of.

    Foreign keys are off for upgrades alone: with them on, rebuilding a table empties the tables that refer to it.
    """

    def creator() -> sqlite3.Connection:
        connection = connect(path, read_only=read_only)
        try:
            _settle(connection, path, read_only=read_only, foreign_keys=foreign_keys)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=creator, poolclass=StaticPool)

    # sqlite3's own transactions leave CREATE TABLE outside; with isolation_level None they are all begun here.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        only_reads = read_only or connection.get_execution_options().get(READING, False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return engine


def make_copy_engine(content: bytes = b"") -> Engine:
    """Return an engine on a copy in memory of a file's *content*; an empty one is a database without tables.

    Foreign keys are off, as for an upgrade.
    """

    def creator() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        if content:
            connection.deserialize(content)
        for name in ("trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {name}")
        return connection

    engine = create_engine("sqlite://", creator=creator, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def driver(connection: Connection) -> sqlite3.Connection:
    """Return the sqlite3 connection under *connection*."""
    under = connection.connection.driver_connection
    assert isinstance(under, sqlite3.Connection)  # noqa: S101 - `make_engine` makes no other
    return under


def _settle(connection: sqlite3.Connection, path: Path, *, read_only: bool, foreign_keys: bool) -> None:
    for name, (value, answer) in PRAGMAS.items():
        if name == "journal_mode" and read_only:
            continue  # it is a property of the file, which is not to be changed
        is_off = name == "foreign_keys" and not foreign_keys
        connection.execute(f"PRAGMA {name} = {'OFF' if is_off else value}")
        (now,) = connection.execute(f"PRAGMA {name}").fetchone()
        if now != (0 if is_off else answer):
            raise StorageError(f"{path.name} cannot be written without risk: SQLite left {name} at {now}.")
