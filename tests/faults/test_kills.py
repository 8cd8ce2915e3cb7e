"""Row 1: kill -9 in the middle of saves."""

import time
from itertools import islice
from pathlib import Path
from random import Random

from faults.conftest import Figure, Start
from faults.how_many import quick_and_deep
from faults.inventing import Inventor, Records, after, by_id

from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.services.journal import Journal
from logbook.storage.database import Database

FRESH_AFTER = 40  # kills of one file; then it has grown so large that most of the time would go into reading it
LONGEST = 0.05  # seconds from the opening of the file to the kill: a save takes some two milliseconds


def contents(path: Path) -> Records:
    with Database.open(path, create=False) as database:
        assert database.check().is_good
        return by_id(Journal(database, None).everything())  # type: ignore[arg-type]


def save_and_kill(start: Start, path: Path, number: int, seconds: float) -> int:
    """Return how many saves were acknowledged in so many seconds after the file was opened.

    Where they are negative, they count from the beginning of the process, so that it is killed while it opens.
    """
    process = start("save", path, number)
    if seconds > 0:
        assert process.hear() == "open"
    time.sleep(abs(seconds))
    said = process.kill()
    assert set(said) <= {"open", "saved"}
    return said.count("saved")


@quick_and_deep(15, 1000)
def test_every_acknowledged_save_is_there_and_none_is_half(
    start: Start, folder: Path, count: int, figure: Figure
) -> None:
    path, chance = folder / "logbook.sqlite", Random(1)
    acknowledged = in_the_middle = not_told = 0
    for number in range(count):
        if number % FRESH_AFTER == 0:
            path = folder / f"{number}.sqlite"
            with Database.open(path) as database:
                database.apply(Edit.adding("first", [Person("a", "Ann")]))
        expected = contents(path)
        saved = save_and_kill(start, path, number, chance.uniform(-LONGEST / 4, LONGEST))
        in_the_middle += path.with_name(f"{path.name}-journal").exists()
        edits = Inventor(number).edits(expected)
        for edit in islice(edits, saved):
            expected = after(expected, edit)
        found = contents(path)
        if found != expected:
            assert found == after(expected, next(edits)), f"kill {number}: after {saved} acknowledged saves"
            not_told += 1
        acknowledged += saved
    assert acknowledged > count
    figure(
        f"Row 1: {count:,} kills, {acknowledged:,} acknowledged saves, 0 lost, 0 half-saved; {in_the_middle} in the "
        f"middle of a commit, {not_told} between the commit and its acknowledgement"
    )
