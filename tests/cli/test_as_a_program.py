"""What a command loads, reaches for and answers when it is a program of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LOG = Path(__file__).parents[1] / "guidance" / "cases" / "zones_apart.csv"
MAIN = Path(__file__).parents[2] / "main.py"

Run = Callable[..., Any]

# Says which of the modules named by the first argument are loaded in the end, and every use of the network.
WATCHED = """
import sys
watched = sys.argv[1].split(",")
sys.addaudithook(lambda event, _: event.startswith("socket.") and sys.stderr.write(f"used {event}\\n"))
from logbook.cli import main
status = main(sys.argv[2:])
for name in watched:
    if name in sys.modules:
        sys.stderr.write(f"loaded {name}\\n")
raise SystemExit(status)
"""
STARTED = """
import runpy, sys
try:
    runpy.run_path({main!r}, run_name="__main__")
finally:
    assert not {{"PySide6", "sqlalchemy"}} & sys.modules.keys()
"""
NETWORK = "http,http.client,urllib.request,ftplib,smtplib"
# SQLAlchemy loads asyncio, and that socket and ssl, whatever it is used for: there, that none is made must do.
SOCKETS = "socket,_socket,ssl,_ssl,asyncio"
WINDOW = "PySide6,shiboken6,matplotlib"


def test_judging_loads_neither_window_nor_database_nor_network(finish: Run) -> None:
    watched = f"{WINDOW},{NETWORK},{SOCKETS},sqlalchemy,alembic,sqlite3"
    ran = finish(watched, "judge", LOG, "--format", "json", code=WATCHED)
    assert (ran.status, ran.err) == (0, "")


def test_the_other_commands_load_no_window_and_use_no_network(finish: Run, tmp_path: Path) -> None:
    new = "mine.sqlite was not there; a new logbook was made.\n"
    out = tmp_path / "out.json"
    for said, command in ((new, ["import", LOG]), ("", ["export", out]), ("", ["backup"]), ("", ["check"])):
        ran = finish(f"{WINDOW},{NETWORK}", *command, "--database", tmp_path / "mine.sqlite", code=WATCHED)
        assert (ran.status, ran.err) == (0, said), command


def test_the_exit_status_reaches_the_shell(finish: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("date\nsoon\n", encoding="utf-8")
    assert finish("judge", LOG).status == 0
    assert finish("import", bad, "--database", tmp_path / "mine.sqlite").status == 1
    assert finish("judge", bad).status == 2
    assert finish("judge").status == 2


@pytest.mark.skipif(not MAIN.exists(), reason="main.py belongs to a checkout; these tests run against a wheel")
def test_main_py_answers_commands_without_a_display(finish: Run) -> None:
    ran = finish("judge", LOG, "--format", "json", code=STARTED.format(main=str(MAIN)))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == finish("judge", LOG, "--format", "json").out
