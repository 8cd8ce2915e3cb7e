"""A program killed while it exports: nothing has the final name, and what it left goes with the next export or check.

Each is a real program that kills itself with SIGKILL in the middle of its work.
"""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from faults.inventing import Inventor

from logbook.domain.edit import Edit
from logbook.guidance.loader import load_rules
from logbook.services.checkup import check_up, put_right
from logbook.services.copies import copy_logbook
from logbook.services.exchange import export
from logbook.services.journal import open_journal
from logbook.services.tables_csv import write_tables

RULES = load_rules()
NOW = dt.datetime(2026, 11, 23, 12)
SECRET = "nobody is to read this"
BEGIN = """
import os, signal, sys
from pathlib import Path
from logbook.guidance.loader import load_rules
from logbook.services import copies, csv_table, exchange, tables_csv
from logbook.services.journal import open_journal
from logbook.storage import backup

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

journal = open_journal(Path(sys.argv[1]), load_rules(), read_only=True)
to = Path(sys.argv[2])
"""
KILLED = {
    "tables, before the first": (
        "tables",
        "tables_csv._write = die; tables_csv.write_tables(journal.everything(), to)",
    ),
    "tables, in the middle": (
        "tables",
        "write, done = tables_csv._write, []\n"
        "tables_csv._write = lambda *one: write(*one) if done.append(1) or len(done) < 4 else die()\n"
        "tables_csv.write_tables(journal.everything(), to)",
    ),
    "tables, in a table": ("tables", "csv_table.put_in_place = die; tables_csv.write_tables(journal.everything(), to)"),
    "tables, before the name": ("tables", "Path.rename = die; tables_csv.write_tables(journal.everything(), to)"),
    "a copy, before it is looked through": (
        "copy.sqlite",
        "look = backup._look_through\n"
        "backup._look_through = lambda path: die() if path.suffix == '.part' else look(path)\n"
        "copies.copy_logbook(journal, to)",
    ),
    "a copy, before its name": ("copy.sqlite", "copies.settle = die; copies.copy_logbook(journal, to)"),
    "everything as JSON": ("all.json", "csv_table.put_in_place = die; exchange.export(journal.everything(), to)"),
    "sessions as CSV": ("all.csv", "csv_table.put_in_place = die; exchange.export(journal.everything(), to)"),
}

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine" / "logbook.sqlite"
    with closing(open_journal(path, RULES)) as journal:
        inventor = Inventor(3, nul=False)
        inventor._texts = (SECRET,)
        people = [inventor.person() for _ in range(2)]
        parts = (inventor.session, inventor.shedding, inventor.event, inventor.limit, inventor.plan)
        journal.apply(Edit.adding("begin", [*people, *(make(people[0].id) for make in parts for _ in range(40))]))
    return path


@pytest.fixture(params=KILLED)
def killed(request, path):
    """Kill a program that exports the logbook at *path*; return what it was to make, and what it left instead."""
    name, does = KILLED[request.param]
    to = path.with_name(name)
    before = set(path.parent.iterdir())
    ran = subprocess.run([sys.executable, "-c", BEGIN + does, str(path), str(to)], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert not to.exists()
    left = set(path.parent.iterdir()) - before
    assert len(left) == 1
    return to, left.pop()


def grow_old(left: Path) -> None:
    long_ago = time.time() - 7200
    os.utime(left, (long_ago, long_ago))


def make_again(path: Path, to: Path) -> None:
    with closing(open_journal(path, RULES)) as journal:
        if to.suffix == ".sqlite":
            copy_logbook(journal, to)
        elif to.suffix:
            export(journal.everything(), to)
        else:
            write_tables(journal.everything(), to)


def test_what_was_left_goes_with_the_next_export_there(killed, path):
    to, left = killed
    assert left.stat().st_mode & 0o077 == 0
    make_again(path, to.with_stem("another"))
    assert left.exists()  # it may be somebody's at work this moment
    grow_old(left)
    make_again(path, to)
    assert not left.exists()
    assert to.exists()


def test_what_was_left_goes_with_a_check_that_puts_right(killed, path):
    _, left = killed
    grow_old(left)
    with closing(open_journal(path, RULES)) as journal:
        found = check_up(journal, NOW)
        assert found.leftovers == (left,)
        assert put_right(journal, found)[0] == "Removed: 1 file left behind."
        assert check_up(journal, NOW).is_good
    assert not left.exists()
