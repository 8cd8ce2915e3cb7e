"""Row 5: no room is left, in the middle of everything that writes."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from faults import doings
from faults.conftest import Figure, Start
from faults.disk import Tree, read_tree
from faults.how_many import quick_and_deep
from faults.inventing import TODAY

from logbook.domain.errors import StorageError
from logbook.services.exchange import export
from logbook.services.journal import Journal
from logbook.services.logbook_json import read_logbook
from logbook.storage.database import Database
from logbook.storage.engine import connect

OLDEST = Path(__file__).parents[1] / "databases" / "0001.sqlite"
PAGE = 4096
ROOM = 4 * 1024 * 1024
BALLAST = "ballast"

Try = Callable[[str, int], str | None]  # do something with so many bytes to spare; the sentence if it was refused


def put(name: str, root: Path) -> Path:
    """Have *root* hold what the doing of that *name* begins with, and return the path of the logbook."""
    for left in root.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    path = root / "logbook.sqlite"
    if name == "upgrade":
        shutil.copy(OLDEST, path)
    elif name != "create":
        doings.fill(path)
    if name.startswith("export"):
        (root / f"out.{name.removeprefix('export_')}").write_bytes(b"an earlier export")
    return path


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Give the folder of a disk of four megabytes."""
    place = tmp_path / "small disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=700", "tmpfs", str(place)]
    with suppress(FileNotFoundError):
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            yield place
            subprocess.run(["umount", str(place)], check=True)
            return
    pytest.skip("no small disk can be mounted here")


@pytest.fixture
def fill_up(small: Path) -> Callable[[int], None]:
    """Return a function that leaves so many pages of the small disk free."""

    def fill(pages: int) -> None:
        ballast = small / BALLAST
        ballast.unlink(missing_ok=True)
        free = shutil.disk_usage(small).free // PAGE
        ballast.write_bytes(bytes(PAGE * max(0, free - pages)))

    return fill


def files(root: Path, name: str) -> Tree:
    """Return what lies below *root* and may not change where *name* fails.

    Folders may, the lock, which holds no record, and the verified copy that an upgrade begins with.
    """
    found = {path: content for path, content in read_tree(root).items() if content is not None and path != BALLAST}
    found = {path: content for path, content in found.items() if not path.endswith(".lock")}
    assert all(found.values()), "a file with nothing in it"
    is_left = "backups/" if name == "upgrade" else "/"
    return {path: content for path, content in found.items() if not path.startswith(is_left)}


def roll_back(path: Path) -> None:
    """Open the file once: what SQLite could not take back without room, it takes back now."""
    if path.exists():
        with closing(connect(path, read_only=False)) as connection:
            connection.execute("SELECT * FROM alembic_version").fetchall()


def refusal(name: str, path: Path) -> str | None:
    """Do what is called *name*, and return the sentence by which it was refused."""
    try:
        doings.ALL[name](path)
    except StorageError as error:
        return str(error)
    return None


def most_that_is_refused(is_refused: Callable[[int], bool]) -> int:
    """Return the largest number of pages that is not enough."""
    enough = 1
    while is_refused(enough):
        enough *= 2
    least = enough // 2
    while enough - least > 1:
        middle = (least + enough) // 2
        least, enough = (middle, enough) if is_refused(middle) else (least, middle)
    return least


def test_a_full_disk_can_still_be_read_and_exported_from(
    small: Path, fill_up: Callable[[int], None], tmp_path: Path
) -> None:
    path = put("save", small)
    fill_up(0)
    with Database.open(path, create=False) as database:
        assert database.check().is_good
        everything = Journal(database, None).everything()  # type: ignore[arg-type]
    export(everything, tmp_path / "elsewhere.json")
    assert read_logbook(tmp_path / "elsewhere.json", TODAY) == tuple(everything)


@pytest.mark.parametrize("name", doings.ALL)
@quick_and_deep(2, 20)
def test_a_full_disk_is_told_in_a_sentence_and_changes_nothing(
    small: Path, fill_up: Callable[[int], None], name: str, count: int, figure: Figure
) -> None:
    def is_refused(pages: int) -> bool:
        path = put(name, small)
        fill_up(pages)
        before = files(small, name)
        sentence = refusal(name, path)
        if sentence is None:
            return False
        assert "room left" in sentence or "No space left" in sentence, sentence
        assert "\n" not in sentence
        assert files(small, name) == before, sentence
        (small / BALLAST).unlink()
        doings.ALL[name](path)  # there is room again
        return True

    least = 1 if count < 3 else most_that_is_refused(is_refused)
    counts = sorted({least * place // count for place in range(count)} | {least})
    assert all(map(is_refused, counts))
    figure(
        f"Row 5, {name} on a full disk: {len(counts)} counts of bytes from {counts[0]} to {counts[-1] * PAGE:,}, one "
        "sentence each, nothing changed, works again with room"
    )


@pytest.mark.parametrize("name", doings.ALL)
@quick_and_deep(2, 20)
def test_a_file_that_may_grow_no_more_is_told_in_a_sentence_and_changes_nothing(
    start: Start, folder: Path, name: str, count: int, figure: Figure
) -> None:
    path = put(name, folder)
    doings.ALL[name](path)
    exported = [one.stat().st_size for one in folder.glob("out.*")]
    largest = max(exported or [one.stat().st_size for one in folder.rglob("*") if one.is_file()])
    for place in range(count):
        most = largest * place // count + place % 7  # of any file, in bytes
        path = put(name, folder)
        before = files(folder, name)
        (said,) = start("limited", name, path, most).end()
        assert said.startswith("StorageError: "), (said, most)
        roll_back(path)
        assert files(folder, name) == before, (said, most)
        doings.ALL[name](path)
        with Database.open(path) as database:
            assert database.check().is_good
    figure(f"Row 5, {name} where files end at {count} counts of bytes: each refused in a sentence, nothing changed")
