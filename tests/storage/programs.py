"""Programs of their own that open a logbook, to be in each other's way."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import logbook

# Each begins when it is told to, says what came of it, and lets go when it is told to.
OPEN = """
import sys
from pathlib import Path
from logbook.storage.database import Database
database = Database.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
database.close()
"""
OPEN_OR_SAY = """
import sys
from pathlib import Path
from logbook.domain.errors import StorageError
from logbook.storage.database import Database
try:
    Database.open(Path(sys.argv[1]), create=False).close()
except StorageError as error:
    print(f"{type(error).__name__}: {error}", flush=True)
else:
    print("opened", flush=True)
"""
RACE = """
import json, sys
from pathlib import Path
from storage.records import a_person, adding
from logbook.domain.errors import AlreadyOpen
from logbook.storage.database import Database
import logbook.storage.upgrade
print("ready", flush=True)
for path in iter(lambda: sys.stdin.readline().rstrip("\\n"), ""):
    try:
        database = Database.open(Path(json.loads(path)))
    except AlreadyOpen as error:
        print(json.dumps(["refused", error.holder.process]), flush=True)
        sys.stdin.readline()
    else:
        database.apply(adding(a_person()))
        print(json.dumps(["open", __import__("os").getpid()]), flush=True)
        sys.stdin.readline()
        database.close()
    print("closed", flush=True)
"""
_FOLDERS = (Path(logbook.__file__).parents[1], Path(__file__).parents[1])
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, _FOLDERS))}

Program = subprocess.Popen[str]


@contextmanager
def a_program(code: str, *arguments: Path) -> Iterator[Program]:
    """Run *code* until the end of the block, where it is to end by itself once its input does."""
    command = [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=ENVIRONMENT, **pipes) as program:
        try:
            yield program
        finally:
            try:
                program.stdin.close()
                program.wait(timeout=30)
            except BaseException:
                program.kill()
                raise


def answer(program: Program) -> str:
    """Return the next line that *program* says."""
    return program.stdout.readline().rstrip("\n")


def tell(program: Program, line: str = "") -> None:
    """Have *program* go on."""
    program.stdin.write(f"{line}\n")
    program.stdin.flush()


@contextmanager
def racers(count: int) -> Iterator[list[Program]]:
    """Give *count* programs that wait to be told which logbook to open."""
    with ExitStack() as stack:
        programs = [stack.enter_context(a_program(RACE)) for _ in range(count)]
        assert [answer(program) for program in programs] == ["ready"] * count
        yield programs


def run_race(programs: list[Program], path: Path) -> list[tuple[str, int | None]]:
    """Have all *programs* open *path* at once; return of each what came of it, and the process that it says has it."""
    for program in programs:
        tell(program, json.dumps(str(path)))
    told = [tuple(json.loads(answer(program))) for program in programs]
    for program in programs:
        tell(program)
    assert [answer(program) for program in programs] == ["closed"] * len(programs)
    return told
