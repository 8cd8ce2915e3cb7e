"""Rows 4, 5, 12 and 14: backups that are killed at every line, run out of room, rot bit by bit, and grow old."""

import datetime as dt
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from builders import SAM, a_history
from faults.conftest import Figure
from faults.how_many import quick_and_deep
from storage.histories import histories, see_promises, thinned_enough

import logbook
from logbook.domain.edit import Edit
from logbook.domain.errors import StorageError
from logbook.domain.person import Person
from logbook.guidance.loader import load_rules
from logbook.services.backups import Keeper
from logbook.services.journal import open_journal
from logbook.storage.backup import Backup, Occasion, checksum_path, list_backups, verify
from logbook.storage.ladder import surplus

resource = pytest.importorskip("resource", reason="limits and forks are of Unix")
RULES = load_rules()
NOW = dt.datetime(2026, 11, 23, 12)
DONE, REFUSED = 0, 3
WATCHED: Final = tuple(str(Path(logbook.__file__).parent / room) for room in ("storage", "services"))
DOINGS: Final[dict[str, Callable[[Keeper], object]]] = {
    "make": lambda keeper: keeper.make(Occasion.HOURLY),
    "choose": lambda keeper: keeper.choose(keeper.folder.parents[1] / "third"),
    "drill": lambda keeper: keeper.drill(NOW),
    "look": lambda keeper: keeper.look(),
}


def fill(path: Path, sessions: int) -> None:
    with closing(open_journal(path, RULES)) as journal:
        journal.apply(Edit.adding("all", (Person(SAM, "Sam"), *a_history(sessions))))


def age(backup: Backup, made_at: dt.datetime) -> None:
    """Put a copy of *backup* beside it as if it had been made at another moment, with its checksum."""
    moments = (f"{moment:%Y%m%d-%H%M%S}" for moment in (backup.made_at, made_at))
    path = backup.path.with_name(backup.path.name.replace(*moments))
    shutil.copy(backup.path, path)
    shutil.copy(checksum_path(backup.path), checksum_path(path))
    text = checksum_path(path).read_text("utf-8")
    checksum_path(path).write_text(text.replace(backup.path.name, path.name), encoding="utf-8")


@pytest.fixture
def begun(folder: Path) -> Path:
    """Return a folder with a logbook that has changed since its last backups, some of them old, on two disks."""
    root = folder / "begun"
    for place in (root / "data", root / "disk", root / "third"):
        place.mkdir(parents=True)
    path = root / "data" / "logbook.sqlite"
    fill(path, 3)
    with closing(open_journal(path, RULES)) as journal:
        keeper = Keeper(journal)
        made = keeper.make(Occasion.CLOSE)
        keeper.choose(root / "disk")
        for backup in (made, *list_backups(keeper.state.other_folder or root)):
            noon = backup.made_at.replace(hour=12, minute=0, second=0)
            for days in (5, 40):
                for hours in range(3):
                    age(backup, noon - dt.timedelta(days=days, hours=hours))
        journal.apply(Edit.adding("one more", a_history(1)))
    return root


def forked(does: Callable[[], object]) -> int:
    """Have a process of its own do something and return how it ended: its exit status, or minus the signal."""
    if (child := os.fork()) == 0:
        status = REFUSED + 1
        try:
            does()
            status = DONE
        except StorageError:
            status = REFUSED
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def copied(begun: Path, root: Path) -> Path:
    """Copy *begun* to *root*, with notes that know the new place, and return the path of the logbook."""
    shutil.copytree(begun, root)
    path = root / "data" / "logbook.sqlite"
    (notes,) = path.parent.glob("backups/.*.json")
    notes.write_text(notes.read_text("utf-8").replace(str(begun), str(root)), encoding="utf-8")
    return path


def watching(does: Callable[[int], None]) -> Callable[[FrameType, str, Any], Any]:
    """Return a tracer that calls *does* with the number of each line of our own code before it is run."""
    numbers = count(0)

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(WATCHED):
            return None
        if event == "line":
            does(next(numbers))
        return watch

    return watch


def run(begun: Path, root: Path, doing: str, at_line: Callable[[int], None]) -> int:
    """Do it in a copy of *begun* at *root*, in a process of its own, and return how that ended."""

    def do() -> None:
        keeper = Keeper(open_journal(path, RULES))
        sys.settrace(watching(at_line))
        DOINGS[doing](keeper)
        sys.settrace(None)

    path = copied(begun, root)
    return forked(do)


def lines_that_matter(begun: Path, root: Path, doing: str) -> list[int]:
    """Return the numbers of the lines before which the disk is another than before the line that came before."""
    states: list[tuple[int, object]] = [(0, None)]
    told = begun.parent / "lines"

    def look(line: int) -> None:
        state = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(root.rglob("*"))]
        if state != states[-1][1]:
            states.append((line, state))
            told.write_text(" ".join(str(line) for line, _ in states[1:]))

    assert run(begun, root, doing, look) == DONE
    shutil.rmtree(root)
    return [int(line) for line in told.read_text().split()]


def kill_at(line: int) -> Callable[[int], None]:
    return lambda now: os.kill(os.getpid(), signal.SIGKILL) if now == line else None


def found(root: Path) -> dict[str, bytes]:
    """Return what lies below *root* and has a name to stay under."""
    paths = [path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_file()]
    named = [path for path in paths if not any(part.startswith(".") for part in path.parts)]
    return {str(path): (root / path).read_bytes() for path in named}


def see_that_all_is_well(begun: Path, root: Path, before: dict[str, bytes], *, may_have_new: bool) -> None:
    """See that the logbook is whole, that every copy is old or proven, and that no more than may go has gone."""
    after = found(root)
    name = "data/logbook.sqlite"
    assert after[name] == before[name]
    for path, content in after.items():
        assert before.get(path, content) == content, path
    for folder in {(root / path).parent for path in after if path != name}:
        copies = list_backups(folder)
        assert all(verify(one).is_verified for one in copies), [verify(one).fault for one in copies]
        there = {str(one.path.relative_to(root)): one for one in copies}
        new = [one for path, one in there.items() if path not in before]
        assert len(new) <= may_have_new
        was = list_backups(begun / folder.relative_to(root))
        gone = {one.path.name for one in was} - {one.path.name for one in copies}
        assert gone <= {one.path.name for one in surplus(was, dt.datetime.now())}
        assert new or not gone
    loose = [path for path in root.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    assert [path.name for path in loose] == []
    with closing(open_journal(root / name, RULES)) as journal:
        keeper = Keeper(journal)
        assert keeper.state.other_fault == ""
        assert keeper.state.failure is None
        assert keeper.state.last_good is not None
        assert keeper.make(Occasion.CLOSE).is_verified


@pytest.mark.parametrize("doing", DOINGS)
@quick_and_deep(4, 10**9)
def test_a_kill_after_any_change_of_the_disk_leaves_old_or_new(
    begun: Path, folder: Path, doing: str, count: int, figure: Figure
) -> None:
    before, root = found(begun), folder / "tried"
    lines = lines_that_matter(begun, root, doing)
    for line in lines if count > len(lines) else random.Random(7).sample(lines, count):
        assert run(begun, root, doing, kill_at(line)) == -signal.SIGKILL
        see_that_all_is_well(begun, root, before, may_have_new=doing in ("make", "choose"))
        shutil.rmtree(root)
    kills = min(count, len(lines))
    figure(f"row 4, {doing} of backups: killed after each of {kills} changes of the disk: 0 parts, 0 lost")


@quick_and_deep(3, 400)
def test_a_kill_at_any_moment_leaves_old_or_new(folder: Path, begun: Path, count: int, figure: Figure) -> None:
    path = begun / "data" / "logbook.sqlite"
    with closing(open_journal(path, RULES)) as journal:  # large enough to be met in the middle of SQLite's own work
        journal.apply(Edit.adding("many", a_history(2000)))
    before, chance, root = found(begun), random.Random(4), folder / "tried"
    longest, kills = 0.5, 0
    for _ in range(count):
        path = copied(begun, root)
        began = time.monotonic()
        if (child := os.fork()) == 0:
            with suppress(BaseException):
                Keeper(open_journal(path, RULES)).make(Occasion.HOURLY)
            os._exit(DONE)
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == DONE:
            longest = 0.9 * min(longest, time.monotonic() - began)
        else:
            kills += 1
        see_that_all_is_well(begun, root, before, may_have_new=True)
        shutil.rmtree(root)
    figure(f"row 4, make of backups: {kills:,} kills at any moment: 0 parts under a final name, 0 lost")
    assert kills >= count // 3


@quick_and_deep(3, 20)
def test_a_full_disk_at_any_byte_leaves_the_old_ones_and_is_told(
    folder: Path, begun: Path, count: int, figure: Figure
) -> None:
    before, root = found(begun), folder / "tried"
    size = len(before["data/logbook.sqlite"])

    for number in range(count):
        path, most = copied(begun, root), size * number // count

        def do(path: Path = path, most: int = most) -> None:
            with closing(open_journal(path, RULES)) as journal:
                keeper = Keeper(journal)
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
                with pytest.raises(StorageError):
                    keeper.make(Occasion.HOURLY)
                assert keeper.state.failure is not None
                assert found(root) == before
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                keeper.make(Occasion.HOURLY)
                assert keeper.state.failure is None
                assert keeper.state.other_fault == ""

        assert forked(do) == DONE, most
        see_that_all_is_well(begun, root, before, may_have_new=True)
        shutil.rmtree(root)
    figure(f"row 5, make of backups: {count} byte counts: all refused and told, 0 leftovers, works again after")


def flipped(path: Path, places: Iterator[int]) -> Iterator[int]:
    """Flip one bit of the file after the other, each for as long as the loop looks at it."""
    with path.open("r+b", buffering=0) as file:
        content = path.read_bytes()
        for bit in places:
            file.seek(bit // 8)
            file.write(bytes([content[bit // 8] ^ 1 << bit % 8]))
            yield bit
            file.seek(bit // 8)
            file.write(content[bit // 8 : bit // 8 + 1])
    assert path.read_bytes() == content


@quick_and_deep(50, 10**9)
def test_every_flipped_bit_is_found(folder: Path, count: int, figure: Figure) -> None:
    path = folder / "logbook.sqlite"
    fill(path, 40)
    with closing(open_journal(path, RULES)) as journal:
        made = journal.backup()
    size, told = made.path.stat().st_size, checksum_path(made.path)
    every_bit = [*range(8 * 4096), *(8 * byte + byte % 8 for byte in range(4096, size))]
    flips = missed = 0
    for spoilt, bits in ((made.path, every_bit), (told, list(range(8 * told.stat().st_size)))):
        step = max(1, len(bits) // count)
        for _ in flipped(spoilt, iter(bits[::step])):
            (known,) = list_backups(made.path.parent)
            missed += verify(known).is_verified
            flips += 1
    figure(f"row 12: {flips:,} single flipped bits in a backup of {size:,} bytes and its checksum: {missed} missed")
    assert missed == 0
    (known,) = list_backups(made.path.parent)
    assert verify(known).is_verified


@quick_and_deep(20, 10_000)
def test_any_history_is_thinned_as_promised(count: int, figure: Figure) -> None:
    for backups, now in histories(count, 14):
        see_promises(backups, now)
        assert thinned_enough(backups, now)
        assert surplus(backups, now) == surplus(sorted(backups, key=lambda one: one.made_at), now)
    figure(f"row 14: {count:,} generated histories of backups thinned: 0 promises broken")
