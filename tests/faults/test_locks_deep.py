"""Row 7: real programs open one logbook at the same moment, by hundreds; one may write, and every other is told who."""

import json
import random
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from faults.conftest import Figure
from faults.how_many import quick_and_deep
from storage.programs import OPEN, a_program, answer, racers, run_race, tell
from storage.records import a_person, adding, names

from logbook.domain.errors import AlreadyOpen
from logbook.domain.person import Person
from logbook.storage.database import Database
from logbook.storage.holder import Claim
from logbook.storage.lock import lock_path

# Opens, writes and closes as fast as it can. The file “inside”, which can only be made where it is not, is there while
# the lock is held: two of them at once cannot be.
HAMMER = """
import os, sys, time
from pathlib import Path
from storage.records import a_person, adding
from logbook.domain.errors import AlreadyOpen
from logbook.storage.database import Database
path, seconds = Path(sys.argv[1]), float(sys.argv[2])
inside = path.with_name("inside")
print("ready", flush=True)
sys.stdin.readline()
wrote = refused = 0
end = time.monotonic() + seconds
while time.monotonic() < end:
    try:
        database = Database.open(path, create=False)
    except AlreadyOpen:
        refused += 1
        continue
    os.close(os.open(inside, os.O_CREAT | os.O_EXCL))
    database.apply(adding(a_person()))
    wrote += 1
    inside.unlink()
    database.close()
print(wrote, refused, flush=True)
"""
# As OPEN, taking over what another computer has.
TAKE_OVER = """
import json, sys
from pathlib import Path
from storage.records import a_person, adding
from logbook.domain.errors import StorageError
from logbook.storage.database import Database
print("ready", flush=True)
for path in iter(lambda: sys.stdin.readline().rstrip("\\n"), ""):
    try:
        database = Database.open(Path(json.loads(path)), take_over=True)
        database.apply(adding(a_person()))
    except StorageError as error:
        print(type(error).__name__, flush=True)
        sys.stdin.readline()
    else:
        print("open", flush=True)
        sys.stdin.readline()
        database.close()
    print("closed", flush=True)
"""
RACERS = 4


def people(path: Path) -> int:
    with Database.open(path, read_only=True) as database:
        assert database.check().is_good
        return len(database.all(Person))


@quick_and_deep(6, 100)
def test_one_of_several_programs_wins_each_race(folder: Path, count: int, figure: Figure) -> None:
    known = folder / "known.sqlite"
    Database.open(known).close()
    with racers(RACERS) as programs:
        for race in range(count):
            path = folder / f"{race}.sqlite" if race % 2 else known  # half of them make the logbook first
            told = run_race(programs, path)
            winners = [process for word, process in told if word == "open"]
            assert len(winners) == 1, (race, told)
            assert all(process in (winners[0], None) for word, process in told if word == "refused"), (race, told)
            assert not lock_path(path).exists()
            assert people(path) == 1 if race % 2 else race // 2 + 1
    assert not [name for name in names(folder) if not name.endswith(".sqlite")]
    figure(f"Row 7, races: {count} of {RACERS} programs each, one winner in each, the others told who; no lock left")


@quick_and_deep(6, 100)
def test_one_of_several_programs_takes_over_from_another_computer(folder: Path, count: int, figure: Figure) -> None:
    path = folder / "logbook.sqlite"
    Database.open(path).close()
    with ExitStack() as stack:
        programs = [stack.enter_context(a_program(TAKE_OVER)) for _ in range(RACERS)]
        assert {answer(program) for program in programs} == {"ready"}
        for race in range(count):
            lock_path(path).write_bytes(replace(Claim.own(), host="elsewhere", machine="x", process=race).content)
            for program in programs:
                tell(program, json.dumps(str(path)))
            told = [answer(program) for program in programs]
            assert sorted(told) == [*["AlreadyOpen"] * (RACERS - 1), "open"], (race, told)
            for program in programs:
                tell(program)
            assert {answer(program) for program in programs} == {"closed"}
    assert people(path) == count
    figure(f"Row 7, taking over: {count} races of {RACERS} programs for what another computer left, one winner in each")


@quick_and_deep(2, 30)
def test_nobody_is_ever_inside_with_another(folder: Path, count: int, figure: Figure) -> None:
    path = folder / "logbook.sqlite"
    Database.open(path).close()
    with ExitStack() as stack:
        programs = [stack.enter_context(a_program(HAMMER, path, Path(str(count)))) for _ in range(RACERS)]
        assert {answer(program) for program in programs} == {"ready"}
        for program in programs:
            tell(program)
        counted = [tuple(map(int, answer(program).split())) for program in programs]
    wrote, refused = (sum(numbers) for numbers in zip(*counted, strict=True))
    assert people(path) == wrote > 0
    assert names(folder) == [path.name]
    figure(
        f"Row 7, hammering: {RACERS} programs for {count} s, {wrote:,} openings with a record each, {refused:,} "
        "refused, never two at once, every record there"
    )


@quick_and_deep(4, 100)
def test_a_killed_program_is_in_nobodys_way(folder: Path, count: int, figure: Figure) -> None:
    path, chance = folder / "logbook.sqlite", random.Random(7)
    Database.open(path).close()
    held = 0
    for number in range(count):
        with a_program(OPEN, path) as program:
            if number % 2:
                assert answer(program) == "open"
                with pytest.raises(AlreadyOpen):
                    Database.open(path)
            else:
                time.sleep(chance.random() * 0.5)  # anywhere between its start and its waiting
            program.kill()
            program.wait()
        held += lock_path(path).exists()
        with Database.open(path) as database:
            assert not database.is_read_only
            database.apply(adding(a_person()))
    assert people(path) == count
    assert held >= count // 2
    assert names(folder) == [path.name]
    figure(f"Row 7, kills: {count} programs killed with the logbook open or opening, {held} locks left, 0 in the way")
