"""Making the tables of a new file, and bringing those of an older one up to date; the only user of alembic."""

import datetime as dt
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from logbook.domain.errors import StorageError
from logbook.storage.backup import Backup, Occasion, list_backups, make_backup, remove_backup
from logbook.storage.check import count_rows
from logbook.storage.engine import driver, make_engine
from logbook.storage.faults import explained
from logbook.storage.files import make_folder, settle, unfinished

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def create(path: Path) -> None:
    """Make an empty logbook at *path*, in a folder that is made if missing; it has its name only when it is finished.

    Raises:
        StorageError: it cannot be made, or something is there; nothing is left of it.
    """
    with explained(path):
        make_folder(path.parent)
        with unfinished(path) as new:
            migrate(new)
            settle(new, path)


def upgrade(path: Path, made_at: dt.datetime) -> Backup:
    """Bring the older file at *path* up to date and return the copy of how it was, in `backups` beside it.

    Raises:
        DatabaseDamaged: it is damaged; nothing was done.
        StorageError: the copy or the upgrade failed; the file is as it was.
    """
    with explained(path):
        backup = _copy_first(path, made_at)
        migrate(path)
    return backup


def migrate(path: Path) -> None:
    """Run what is missing in the file at *path* in one transaction, all of it or nothing; no copy is made first.

    Raises:
        StorageError: it would lose something.
        DBAPIError: the file refuses.
    """
    engine = make_engine(path, foreign_keys=False)
    try:
        with engine.begin() as connection:
            before = count_rows(driver(connection))
            bring_to(connection, path)
            _compare(before, driver(connection), path)
    finally:
        engine.dispose()


def bring_to(connection: Connection, path: Path, revision: str = "head") -> None:
    """Make or change the tables behind *connection* until they are those of *revision*; *path* is for the sentence.

    Raises:
        StorageError: there is no way from here to there.
    """
    config = configure()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise StorageError(f"{path.name} could not be brought up to date: {error}") from error


def configure() -> Config:
    """Return alembic's settings, which need no file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _copy_first(path: Path, made_at: dt.datetime) -> Backup:
    engine = make_engine(path, foreign_keys=False)
    try:
        with engine.connect() as connection:
            made = make_backup(driver(connection), path, path.parent / "backups", made_at, Occasion.MIGRATION)
    finally:
        engine.dispose()
    _let_go_of_doubles(made)
    return made


def _let_go_of_doubles(made: Backup) -> None:
    """Keep one copy of the same file, however often its upgrade fails and is tried again."""
    with suppress(StorageError):  # one too many is no harm
        for one in list_backups(made.path.parent, made.logbook):
            is_same = one.is_sound and one.sha256 == made.sha256 and one.path != made.path
            if is_same and one.occasion is Occasion.MIGRATION:
                remove_backup(one)


def _compare(before: dict[str, int], connection: sqlite3.Connection, path: Path) -> None:
    # Foreign keys are off here, and a rebuilt table that lost its rows breaks none: only counting finds it.
    after = count_rows(connection)
    lost = [table for table, rows in before.items() if table != "alembic_version" and after.get(table) != rows]
    if lost or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StorageError(f"Bringing {path.name} up to date would have lost something; it was left as it was.")
