"""Row 2: the plug is pulled at every write, sync, link, rename and unlink of a save, an upgrade, a copy, an export."""

import hashlib
import pickle
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from faults.conftest import Figure
from faults.disk import Call, Disk, Tree, read_tree, record, write_tree
from faults.how_many import quick_and_deep
from faults.inventing import Inventor, Records, after, by_id

from logbook.domain.edit import Edit
from logbook.domain.errors import LogbookError
from logbook.domain.person import Person
from logbook.services.logbook_json import KINDS
from logbook.storage import header
from logbook.storage.backup import checksum_path
from logbook.storage.database import Database
from logbook.storage.engine import connect
from logbook.storage.files import sha256_of

DATABASES = Path(__file__).parents[1] / "databases"

_BEGIN = """
import os, pickle, sys
from pathlib import Path
from logbook.services.exchange import export
from logbook.services.journal import Journal
from logbook.storage.database import Database
path = Path(sys.argv[1])
"""
SAVE = f"""{_BEGIN}
edits = pickle.loads(Path(sys.argv[2]).read_bytes())
journal = Journal(Database.open(path, create=False), None)
for edit in edits:
    journal.apply(edit)
    os.write(1, b"acknowledged\\n")
journal.close()
"""
CREATE = f"""{_BEGIN}
Database.open(path).close()
os.write(1, b"acknowledged\\n")
"""
UPGRADE = f"""{_BEGIN}
Database.open(path, create=False).close()
os.write(1, b"acknowledged\\n")
"""
BACK_UP = f"""{_BEGIN}
with Database.open(path, create=False) as database:
    database.backup(path.parent / "backups")
    os.write(1, b"acknowledged\\n")
"""
EXPORT = f"""{_BEGIN}
with Database.open(path, create=False) as database:
    export(Journal(database, None).everything(), path.with_name(sys.argv[2]))
    os.write(1, b"acknowledged\\n")
"""


@dataclass(slots=True)
class Count:
    """What was looked at."""

    points: int = 0
    states: int = 0

    def __str__(self) -> str:
        return f"power cut at {self.points:,} points, {self.states:,} states of the disk"


Check = Callable[[Path, int], None]  # of what is left, after so many acknowledgements


@dataclass(frozen=True, slots=True)
class Cut:
    """A run of a program, and the plug that is pulled."""

    calls: list[Call]
    root: Path
    tree: Tree  # before it
    folder: Path

    def everywhere(self, check: Check, most: int, every: int = 1) -> Count:
        """Call *check* for what power cuts leave, each in *most* ways, at one of *every* so many of the points."""
        disk, chance, count = Disk(self.root, self.tree), Random(2), Count()
        seen: set[tuple[bytes, int]] = set()
        for call in self.calls:
            acknowledged = disk.acknowledged
            if not disk.play(call):
                continue
            count.points += 1
            is_looked_at = count.points % every == 0 or disk.acknowledged != acknowledged
            for state in disk.states(chance, most) if is_looked_at else ():
                key = hashlib.sha256(pickle.dumps(sorted(state.items()))).digest(), disk.acknowledged
                if key not in seen:
                    seen.add(key)
                    count.states += 1
                    self._check(check, state, disk.acknowledged, call)
        return count

    def _check(self, check: Check, state: Tree, acknowledged: int, call: Call) -> None:
        left = self.folder / "left"
        write_tree(left, state)
        try:
            check(left, acknowledged)
        except BaseException as error:
            sizes = {name: "folder" if data is None else len(data) for name, data in state.items()}
            error.add_note(f"after {call.name} {call.words[:200]}, {acknowledged} acknowledged; left: {sizes}")
            raise


@pytest.fixture
def cut(folder: Path, tmp_path: Path) -> Callable[..., Cut]:
    """Return a function that runs a program on the folder `disk` and gives what it did to it."""

    def run(program: str, *arguments: str | Path) -> Cut:
        root = folder / "disk"
        tree = read_tree(root)
        calls = record(program, arguments, tmp_path / "trace")
        return Cut(calls, root, tree, folder)

    return run


@pytest.fixture
def path(folder: Path) -> Path:
    """Return the path of a logbook that is not there yet."""
    (folder / "disk").mkdir(mode=0o700)
    return folder / "disk" / "logbook.sqlite"


def contents(path: Path) -> Records:
    with Database.open(path, create=False) as database:
        assert database.check().is_good
        return by_id(one for kind in KINDS.values() for one in database.all(kind))


def filled(path: Path, number: int) -> Records:
    records = Inventor(number).logbook()
    with Database.open(path) as database:
        database.apply(Edit.adding("fill", records))
    return by_id(records)


def some_edits(path: Path, folder: Path, count: int) -> tuple[Path, list[Records]]:
    """Make a logbook of one person; return the file of edits to make, and what it holds before and after each."""
    first = Person("a", "Ann")
    with Database.open(path) as database:
        database.apply(Edit.adding("first", [first]))
    edits = list(islice(Inventor(count).edits(by_id([first])), count))
    expected: list[Records] = [by_id([first])]
    for edit in edits:
        expected.append(after(expected[-1], edit))
    (folder / "edits").write_bytes(pickle.dumps(edits))
    return folder / "edits", expected


def saved(expected: list[Records]) -> Check:
    """Return the check that what was acknowledged is there whole, and at most the one edit more that was under way."""

    def check(left: Path, acknowledged: int) -> None:
        assert contents(left / "logbook.sqlite") in expected[acknowledged : acknowledged + 2]

    return check


@quick_and_deep(2, 40)
def test_every_acknowledged_save_is_there_and_none_is_half(
    path: Path, cut: Callable[..., Cut], tmp_path: Path, count: int, figure: Figure
) -> None:
    edits, expected = some_edits(path, tmp_path, count)
    run = cut(SAVE, path, edits)
    assert contents(path) == expected[-1]
    found = run.everywhere(saved(expected), most=12 if count > 10 else 1)
    assert found.points > 8 * count
    figure(f"Row 2, {count} saves: {found}: 0 corrupt, 0 acknowledged lost, 0 half")


@pytest.mark.parametrize("synchronous", ["FULL", "OFF"])
def test_the_disk_forgets_what_sqlite_does_not_sync(
    path: Path, cut: Callable[..., Cut], tmp_path: Path, synchronous: str
) -> None:
    edits, expected = some_edits(path, tmp_path, 2)
    answer = {"FULL": 2, "OFF": 0}[synchronous]
    careless = f"from logbook.storage.engine import PRAGMAS\nPRAGMAS['synchronous'] = ({synchronous!r}, {answer})\n"
    with pytest.raises((AssertionError, LogbookError)):
        cut(careless + SAVE, path, edits).everywhere(saved(expected), most=3)


@pytest.mark.deep
def test_a_large_import_is_there_or_not(path: Path, cut: Callable[..., Cut], tmp_path: Path, figure: Figure) -> None:
    edits, expected = some_edits(path, tmp_path, 1)
    inventor = Inventor(7)  # more than SQLite keeps in memory: it writes into the file before the commit
    large = Edit.adding("large", [inventor.session("a") for _ in range(4000)])
    expected.append(after(expected[-1], large))
    edits.write_bytes(pickle.dumps([*pickle.loads(edits.read_bytes()), large]))
    found = cut(SAVE, path, edits).everywhere(saved(expected), most=4, every=4)
    figure(f"Row 2, an import of 4,000 sessions: {found}, at one of 4: 0 corrupt, 0 acknowledged lost, 0 half")


@quick_and_deep(1, 20)
def test_a_new_logbook_is_whole_or_not_there(path: Path, cut: Callable[..., Cut], count: int, figure: Figure) -> None:
    def check(left: Path, acknowledged: int) -> None:
        if acknowledged or (left / path.name).exists():
            assert contents(left / path.name) == {}

    found = cut(CREATE, path).everywhere(check, most=count, every=1 if count > 1 else 5)
    figure(f"Row 2, a new logbook: {found}: whole or not there")


@pytest.mark.parametrize("revision", header.REVISIONS[:-1])
@quick_and_deep(1, 20)
def test_an_upgrade_leaves_the_old_file_or_the_new_one_with_a_copy_beside_it(
    path: Path, cut: Callable[..., Cut], count: int, revision: str, figure: Figure
) -> None:
    shutil.copy(DATABASES / f"{revision}.sqlite", path)
    old = path.read_bytes()
    run = cut(UPGRADE, path)
    new = contents(path)

    def check(left: Path, acknowledged: int) -> None:
        now = left / path.name
        with closing(connect(now, read_only=False)) as connection:
            (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if found == revision:
            assert not acknowledged
            assert now.read_bytes() == old
        else:
            assert found == header.LATEST
            assert whole_copies(left) == 1
        assert contents(now) == new

    found = run.everywhere(check, most=count, every=1 if count > 1 else 5)
    figure(f"Row 3, power cut in the upgrade from {revision}: {found}: old byte for byte, or new with its copy")


@quick_and_deep(1, 20)
def test_a_backup_has_its_name_only_when_it_is_whole(
    path: Path, cut: Callable[..., Cut], count: int, figure: Figure
) -> None:
    records = filled(path, 4)
    run = cut(BACK_UP, path)

    def check(left: Path, acknowledged: int) -> None:
        assert whole_copies(left) in ((1,) if acknowledged else (0, 1))
        assert contents(left / path.name) == records

    found = run.everywhere(check, most=count, every=1 if count > 1 else 5)
    figure(f"Row 4, power cut in a backup: {found}: none, or a whole one with its checksum")


@pytest.mark.parametrize("name", ["out.json", "out.csv"])
@quick_and_deep(1, 20)
def test_an_export_leaves_the_old_file_or_the_new_one(
    path: Path, cut: Callable[..., Cut], count: int, name: str, figure: Figure
) -> None:
    filled(path, 5)
    target = path.with_name(name)
    target.write_bytes(b"an earlier export")
    run = cut(EXPORT, path, name)
    new = target.read_bytes()

    def check(left: Path, acknowledged: int) -> None:
        assert (left / name).read_bytes() in ((new,) if acknowledged else (b"an earlier export", new))

    found = run.everywhere(check, most=count)
    figure(f"Row 4, power cut in an export to {name}: {found}: the old file or the new one")


def whole_copies(left: Path) -> int:
    """Return the number of backups in *left*, all of which are what their checksum says and open."""
    copies = list((left / "backups").glob("*.sqlite"))
    for copy in copies:
        assert checksum_path(copy).read_text("utf-8").split()[0] == sha256_of(copy)
        with closing(connect(copy, read_only=True)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return len(copies)
