"""Everything that writes, each as a function of the logbook's path."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from faults.inventing import Inventor

from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.services.exchange import export
from logbook.services.journal import Journal
from logbook.storage.database import Database

OWNER: Final = "a"  # the person of a logbook that `fill` filled


def fill(path: Path) -> None:
    """Make a logbook with a person and some sessions."""
    inventor = Inventor(3, nul=False)
    with Database.open(path) as database:
        database.apply(Edit.adding("fill", [Person(OWNER, "Ann"), *(inventor.session(OWNER) for _ in range(40))]))


def create(path: Path) -> None:
    Database.open(path).close()


def save(path: Path) -> None:
    """Save one edit of some hundred kilobytes."""
    inventor = Inventor(4, nul=False)
    with Database.open(path, create=False) as database:
        database.apply(Edit.adding("save", [inventor.session(OWNER) for _ in range(150)]))


def upgrade(path: Path) -> None:
    """Open a file of an older version."""
    Database.open(path, create=False).close()


def back_up(path: Path) -> None:
    with Database.open(path, create=False) as database:
        database.backup(path.parent / "backups")


def export_json(path: Path) -> None:
    _export(path, "out.json")


def export_csv(path: Path) -> None:
    _export(path, "out.csv")


def _export(path: Path, name: str) -> None:
    with Database.open(path, create=False) as database:
        export(Journal(database, None).everything(), path.with_name(name))  # type: ignore[arg-type]


ALL: Final[dict[str, Callable[[Path], None]]] = {
    one.__name__: one for one in (create, save, upgrade, back_up, export_json, export_csv)
}
