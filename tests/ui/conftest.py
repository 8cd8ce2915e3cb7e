"""Real logbooks, real widgets; only the boxes that would wait for a person are answered here."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from builders import TODAY
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Rules
from logbook.services.journal import Journal, open_journal
from logbook.start import Program
from logbook.ui.pages.sessions_page import SessionsPage
from logbook.ui.store import Store


@dataclass
class Box:
    """A box that was shown."""

    title: str
    text: str
    details: str
    buttons: tuple[str, ...]


@dataclass
class Boxes:
    """Answers every box at once, and remembers what it said."""

    says_yes: bool = True
    chooses: str = ""  # the words of a button, where there is one of these words
    shown: list[Box] = field(default_factory=list)

    def take(self) -> Box:
        """Return the one box that was shown since the last look."""
        assert len(self.shown) == 1, self.shown
        return self.shown.pop()

    def answer(self, box: QMessageBox) -> int:
        words = tuple(button.text() for button in box.buttons())
        self.shown.append(Box(box.windowTitle(), box.text(), box.detailedText(), words))
        wanted = [b for b in box.buttons() if box.buttonRole(b) is QMessageBox.ButtonRole.AcceptRole]
        chosen = [b for b in box.buttons() if b.text() == self.chooses]
        if chosen or (self.says_yes and wanted):
            (chosen or wanted)[0].click()
        else:
            stays = QMessageBox.StandardButton.Cancel if wanted else QMessageBox.StandardButton.Ok
            button = box.button(stays)
            assert button is not None
            button.click()
        return 0


@pytest.fixture(autouse=True)
def boxes(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Boxes]:
    """Answer boxes with yes; a box that no test looked at is an error."""
    answered = Boxes()

    def run(box: QMessageBox) -> int:
        return answered.answer(box)

    monkeypatch.setattr(QMessageBox, "exec", run)
    yield answered
    assert answered.shown == []


@pytest.fixture(autouse=True)
def no_theme(qapp: QApplication) -> Iterator[None]:
    """Forget the theme that a test put on: what is painted after it is asked for in light colours again.

    The style sheet stays: Qt deletes a style with it that widgets still in use know of.
    """
    yield
    qapp.setProperty("theme", None)


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules()


@pytest.fixture(scope="session")
def empty_logbook(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Path:
    """A logbook as it is made, to be copied: making one takes ten times as long as opening one."""
    path = tmp_path_factory.mktemp("empty") / "logbook.sqlite"
    open_journal(path, rules).close()
    return path


@pytest.fixture
def path(tmp_path: Path, empty_logbook: Path) -> Path:
    """The file of an empty logbook."""
    target = tmp_path / "logbook.sqlite"
    shutil.copyfile(empty_logbook, target)
    return target


@pytest.fixture
def journal(path: Path, rules: Rules) -> Iterator[Journal]:
    opened = open_journal(path, rules, create=False)
    yield opened
    opened.close()


@pytest.fixture
def store(journal: Journal, qapp: QApplication) -> Iterator[Store]:
    """An empty logbook on a day that stands still."""
    opened = Store(journal, today=lambda: TODAY)
    yield opened
    opened.deleteLater()


@pytest.fixture
def page(store: Store, qtbot) -> SessionsPage:
    """The page of *store*, on the screen."""
    return _page(store, qtbot)


def _page(store: Store, qtbot) -> SessionsPage:
    page = SessionsPage(store)
    qtbot.addWidget(page)
    page.resize(1400, 900)
    page.show()
    page.activateWindow()
    page.focus_first()
    qtbot.waitUntil(page.isActiveWindow)
    assert page.form.isEnabled()  # it is made after the first rows are painted
    QApplication.processEvents()
    return page


@pytest.fixture
def show_page(qtbot) -> Callable[[Store], SessionsPage]:
    """Show the page of a store that was filled before."""
    return lambda store: _page(store, qtbot)


def add(store: Store, *records) -> None:
    """Put records of the store's person into the logbook."""
    assert store.do(Edit.adding("add", records))


def person_of(journal: Journal) -> Person:
    return journal.all(Person)[0]


def live(journal: Journal) -> sqlite3.Connection:
    """Return the one connection that the journal lives on."""
    connection = journal._database._engine.raw_connection().driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


@contextmanager
def full_disk(journal: Journal) -> Iterator[None]:
    """Let the file grow no more, as a full disk would."""
    connection = live(journal)
    (most,) = connection.execute("PRAGMA max_page_count").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    connection.execute(f"PRAGMA max_page_count = {most}")


@contextmanager
def refusing_disk(journal: Journal) -> Iterator[None]:
    """Let nothing be written, as a disk does that was mounted for reading only."""
    live(journal).execute("PRAGMA query_only = ON")
    yield
    live(journal).execute("PRAGMA query_only = OFF")


@pytest.fixture
def start(qtbot, qapp: QApplication) -> Iterator[Callable[..., Program]]:
    """Start the program on a file and wait until its logbook is there; close it at the end.

    Most of what is tested is done on the page of the sessions, which is shown unless another *page* is.
    """
    programs: list[Program] = []

    def begin(path: Path, *, opens: bool = True, page: str = "sessions") -> Program:
        program = Program(qapp, path)
        programs.append(program)
        qtbot.waitUntil(lambda: program.desk is not None)
        assert (program.window.pages is not None) is opens
        if program.window.pages:
            program.window.pages.show_page(page)
            QApplication.processEvents()
        if program.window.sessions and page == "sessions":
            assert program.window.sessions.form.isEnabled()  # it is made after the first rows are painted
            program.window.sessions.focus_first()
            QApplication.processEvents()
        return program

    yield begin
    for program in programs:
        end(program)


def end(program: Program) -> None:
    """Close the window and the file without asking."""
    if program.desk:
        program.desk.close()
    window = program.window
    if window.sessions:
        window.sessions.editor._saved = None
        window.sessions.editor._set_aside.clear()
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop of events runs that would do it
    QApplication.styleHints().colorSchemeChanged.disconnect(program._scheme_changed)
