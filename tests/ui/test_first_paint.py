"""What is loaded when: the window is there before the heavy parts, and the overview and the rows before the charts."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_history
from ui.conftest import person_of

import logbook
from logbook.domain.edit import Edit
from logbook.services.journal import open_journal

HEAVY = ("sqlalchemy", "sqlalchemy.orm", "alembic", "numpy", "matplotlib")
PROGRAM = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from logbook.start import Program

heavy = json.loads(sys.argv[2])
said = {}

def loaded(when):
    said[when] = [name for name in heavy if name in sys.modules]

app = QApplication([])
program = Program(app, Path(sys.argv[1]))
program.window.painted.connect(lambda: loaded("painted"))

def look():
    pages = program.window.pages
    if pages is None or pages.overview.overview is None:
        return
    if "next" not in said:
        pages.overview.repaint()
        said["next"] = pages.overview.next_dates.text()
        loaded("filled")
        pages.show_page("sessions")
    table = pages.sessions.table
    if table.viewport().isVisible() and pages.sessions.model.rowCount():
        table.viewport().repaint()
        said["rows"] = pages.sessions.model.rowCount()
        loaded("listed")
        app.quit()

timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
QTimer.singleShot(20_000, app.quit)
app.exec()
if program.desk:
    program.desk.close()
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory, rules):
    """What a program of its own says of its modules, opening 520 sessions."""
    folder = tmp_path_factory.mktemp("first paint")
    path = folder / "logbook.sqlite"
    journal = open_journal(path, rules)
    me = person_of(journal).id
    journal.apply(Edit.adding("add", [replace(one, person_id=me) for one in a_history(520)]))
    journal.close()
    environment = os.environ | {
        "PYTHONPATH": str(Path(logbook.__file__).parents[1]),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    command = [sys.executable, "-c", PROGRAM, str(path), json.dumps(HEAVY)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_window_is_painted_before_anything_heavy_is_loaded(said):
    assert said["painted"] == []


def test_the_overview_needs_neither_numbers_nor_charts_nor_migrations_nor_an_orm(said):
    assert "Crown" in said["next"]
    assert said["filled"] == ["sqlalchemy"]


def test_nor_do_the_first_rows(said):
    assert said["rows"] == 520
    assert said["listed"] == ["sqlalchemy"]
