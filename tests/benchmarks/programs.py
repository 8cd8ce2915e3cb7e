"""Whole processes to time: the program, and the least that could stand in its place."""

import os
import subprocess
import sys
import time
from pathlib import Path

# Both tell the moment at which the event loop has painted; the clock of both is the same.
_SAY = "import time, sys; sys.stdout.write(f'{time.monotonic()}\\n'); sys.stdout.flush()"

BARE_WINDOW = f"""
import sys
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def event(self, event):
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, done)
        return super().event(event)

def done():
    {_SAY}
    app.exit()

app = QApplication(sys.argv[:1])
window = Window()
window.resize(1320, 820)
window.show()
app.exec()
"""

PROGRAM_WINDOW = f"""
import sys
from pathlib import Path
from logbook.app import prepare
prepare()
from PySide6.QtCore import QTimer
from logbook import start

def done():
    {_SAY}
    program.window.close()

start.catch_bugs()
app = start.QApplication(sys.argv[:1])
program = start.Program(app, Path(sys.argv[1]))
program.window.painted.disconnect()
program.window.painted.connect(lambda: QTimer.singleShot(0, done))
app.exec()
"""

BARE_ROWS = f"""
import sys
from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

class Base(DeclarativeBase):
    pass

class Place(Base):
    __tablename__ = "session_zone"
    session_id: Mapped[str] = mapped_column(ForeignKey("session.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    zone: Mapped[str | None]
    depth_hundredths: Mapped[int | None]

class Row(Base):
    __tablename__ = "session"
    id: Mapped[str] = mapped_column(primary_key=True)
    date: Mapped[str]
    setting: Mapped[str | None]
    device: Mapped[str | None]
    notes: Mapped[str]
    zones: Mapped[list[Place]] = relationship(order_by=Place.position)

class Model(QAbstractTableModel):
    def __init__(self, rows):
        super().__init__()
        self.rows = rows
    def rowCount(self, parent=None):
        return len(self.rows)
    def columnCount(self, parent=None):
        return 5
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self.rows[index.row()]
        zones = ", ".join(place.zone or "" for place in row.zones)
        depth = max((place.depth_hundredths or 0 for place in row.zones), default=0) / 100
        return (row.date, zones, depth, row.device, row.notes)[index.column()]

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, done)
        return False

def done():
    {_SAY}
    app.exit()

app = QApplication(sys.argv[:1])
engine = create_engine(f"sqlite:///{{sys.argv[1]}}")
with Session(engine) as session:
    query = select(Row).options(selectinload(Row.zones)).order_by(Row.date.desc())
    rows = session.scalars(query).all()
model = Model(rows)
table = QTableView()
table.setModel(model)
watch = Watch()
table.viewport().installEventFilter(watch)
window = QMainWindow()
window.setCentralWidget(table)
window.resize(1320, 820)
window.show()
app.exec()
"""

PROGRAM_FILLED = f"""
import sys
from pathlib import Path
from logbook.app import prepare
prepare()
from PySide6.QtCore import QEvent, QObject, QTimer
from logbook import start

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and program.window.pages.overview.overview.next:
            program.window.pages.overview.next_dates.removeEventFilter(self)
            QTimer.singleShot(0, done)
        return False

def done():
    {_SAY}
    program.window.close()

def show_pages(*arguments):
    program.window.__class__.show_pages(program.window, *arguments)
    program.window.pages.overview.next_dates.installEventFilter(watch)

start.catch_bugs()
app = start.QApplication(sys.argv[:1])
program = start.Program(app, Path(sys.argv[1]))
program.window.show_pages = show_pages
watch = Watch()
app.exec()
program.desk.close()
"""

# The key is pressed half a second after the start: by then the page stands ready behind the overview.
PROGRAM_ROWS = """
import sys, time
from pathlib import Path
from logbook.app import prepare
prepare()
from PySide6.QtCore import QEvent, QObject, QTimer
from logbook import start

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and program.window.sessions.model.rowCount():
            program.window.sessions.table.viewport().removeEventFilter(self)
            QTimer.singleShot(0, done)
        return False

def done():
    sys.stdout.write(f"{time.monotonic() - pressed}\\n")
    sys.stdout.flush()
    program.window.close()

def press():
    global pressed
    program.window.sessions.table.viewport().installEventFilter(watch)
    pressed = time.monotonic()
    program.window.actions_by_name["page_sessions"].trigger()

start.catch_bugs()
app = start.QApplication(sys.argv[:1])
program = start.Program(app, Path(sys.argv[1]))
watch = Watch()
program.window.painted.connect(lambda: QTimer.singleShot(500, press))
app.exec()
program.desk.close()
"""


def seconds_until_painted(program: str, database: Path) -> float:
    """Return the seconds from the start of a process that runs *program* to what it says is painted."""
    started = time.monotonic()
    return said_by(program, database) - started


def said_by(program: str, database: Path) -> float:
    """Return the number that a process says that runs *program*."""
    # Installed modules come with their bytecode; the program's own must be able to keep it too.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run(
        [sys.executable, "-c", program, str(database)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=environment,
    )
    return float(run.stdout.splitlines()[0])
