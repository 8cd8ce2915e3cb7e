"""A program that does one thing after another, each in a process of its own that may be killed at any moment.

It reads a line of JSON for each: the name of a function of `DOES` and its arguments. It answers "pid" and a number,
then what the function says, and "ended" when the process is no more.
"""

import json
import os
import resource
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, Final

from faults import doings
from faults.inventing import Inventor, by_id

from logbook.domain.errors import LogbookError
from logbook.services.journal import Journal
from logbook.storage.database import Database


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:  # once here, so that every process has at hand what it takes
        Database.open(Path(folder) / "first.sqlite").close()
        _save(f"{folder}/first.sqlite", 0, most=50)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            DOES[name](*arguments)
            os._exit(0)
        os.waitpid(child, 0)
        say("ended")


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())  # at once, and whole


def save(path: str, number: int) -> None:
    """Save edit after edit, without end."""
    _save(path, number, say)


def upgrade(path: str, statement: int) -> None:
    """Open a file of an older version, and end at the given SQL statement, from 0; -1: at none."""
    ran = []
    connect = sqlite3.connect

    def count(sql: str) -> None:
        if len(ran) == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        ran.append(sql)

    def counting(*arguments: Any, **more: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **more)
        connection.set_trace_callback(count)
        return connection

    sqlite3.connect = counting  # type: ignore[assignment]
    Database.open(Path(path), create=False).close()
    say(f"ran {len(ran)}")


def limited(name: str, path: str, most: int) -> None:
    """Do what is called *name* while no file may grow over *most* bytes, and say how it ended."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        doings.ALL[name](Path(path))
    except LogbookError as error:
        say(f"{type(error).__name__}: {error}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        say(f"{type(error).__name__}, which nobody expected: {error}")
    else:
        say("done")


def _save(path: str, number: int, say: Callable[[str], None] = str, most: int | None = None) -> None:
    journal = Journal(Database.open(Path(path), create=False), None)  # type: ignore[arg-type]
    say("open")
    for edit in islice(Inventor(number).edits(by_id(journal.everything())), most):
        journal.apply(edit)
        say("saved")
    journal.close()


DOES: Final[dict[str, Callable[..., None]]] = {"save": save, "upgrade": upgrade, "limited": limited}

if __name__ == "__main__":
    main()
