"""A walk through every page and every dialog of the real program, by what a screen reader hears and a keyboard does."""

import datetime as dt
import importlib
import inspect
import pkgutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility.spoken import ROLES, Part, Role, parts, rows_of, titles_of
from logbooks import Filling, make_logbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QMenuBar,
    QTableView,
    QWidget,
)
from visitor import Visitor

import logbook.ui
from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.ui.dialogs.form_dialog import FormDialog
from logbook.ui.pages.logbook_pages import PAGES
from logbook.ui.widgets.rows_model import SEVERITY_ROLE

_MOST_SECTIONS = 3  # of a date, each of which Tab stops at
_WORDS = 4  # of a description at the least
SORTS = (
    "without a name",
    "called by its value",
    "without a key",
    "never reached with Tab",
    "of a strange role",
    "twins",
    "labels of nothing",
    "pictures without words",
    "painted without words",
    "columns without a title",
    "marks without words",
    "severities without a word",
    "windows without a title",
    "dialogs that begin nowhere",
)
_NATIVE_PAINT = (QLabel, QAbstractButton, QAbstractItemView)  # Qt tells of these whatever they look like


class Walk:
    """What was met on the way, and everything that is wrong with it, by sort."""

    def __init__(self) -> None:
        """Begin at home."""
        self.views: set[str] = set()
        self.classes: set[type[QWidget]] = set()
        self.wrong: dict[str, set[str]] = defaultdict(set)

    def look(self, name: str, view: QWidget) -> None:
        """Look at the page or dialog *view*, called by *name*."""
        self.views.add(name)
        self.classes.add(type(view))
        seen = parts(view)
        controls = [part for part in seen if part.is_control]
        for part in controls:
            self._look_at_control(name, part)
        for part in seen:
            self._look_at_rest(name, part)
        again = Counter((part.panel, part.role, part.name) for part in controls)
        for (panel, role, called), count in again.items():
            if count > 1:
                self._say("twins", name, f"{count} × {role.name} “{called}” in “{panel}”")
        if isinstance(view, QDialog):
            self._look_at_dialog(name, view)
        if name in PAGES or isinstance(view, QDialog):
            self._press_tab(name, view.window())

    def _say(self, sort: str, name: str, words: str) -> None:
        assert sort in SORTS
        self.wrong[sort].add(f"{name}: {words}")

    def _press_tab(self, name: str, window: QWidget) -> None:
        reached = tabbed(window)
        for part in parts(window):
            is_stop = part.takes_tab and part.widget.isEnabled() and part.widget.focusProxy() is None
            if is_stop and part.widget not in reached:
                self._say("never reached with Tab", name, str(part))

    def _look_at_control(self, name: str, part: Part) -> None:
        if not part.name and not isinstance(part.widget, QMenuBar):
            self._say("without a name", name, str(part))
        elif part.name and part.name == part.value:
            self._say("called by its value", name, str(part))
        if not part.has_key:
            self._say("without a key", name, str(part))
        wanted = next(roles for kind, roles in ROLES.items() if isinstance(part.widget, kind))
        if part.role not in wanted and not part.widget.focusProxy():
            self._say("of a strange role", name, f"{part} {part.role.name}")

    def _look_at_rest(self, name: str, part: Part) -> None:
        widget = part.widget
        if isinstance(widget, QLabel):
            if not QKeySequence.mnemonic(widget.text()).isEmpty() and widget.buddy() is None:
                self._say("labels of nothing", name, str(part))
            if part.role is Role.Graphic and not part.name and not has_words_beside(widget):
                self._say("pictures without words", name, str(part))
        elif is_painted_here(widget) and not (part.name and len(part.description.split()) >= _WORDS):
            self._say("painted without words", name, str(part))
        if isinstance(widget, QAbstractItemView):
            self._look_at_rows(name, part, widget)

    def _look_at_rows(self, name: str, part: Part, view: QAbstractItemView) -> None:
        if isinstance(view, QTableView) and not all(titles_of(view)):
            self._say("columns without a title", name, f"{part} {titles_of(view)}")
        for place, cells in enumerate(rows_of(view)):
            if any(has_mark and not said for said, has_mark in cells):
                self._say("marks without words", name, f"{part} row {place}")
            severity = view.model().index(place, 0).data(SEVERITY_ROLE)  # in some lists this role is of something else
            word = labels.word(Severity(severity)) if isinstance(severity, int) else ""
            if word.lower() not in " ".join(said for said, _ in cells).lower():
                self._say("severities without a word", name, f"{part} row {place}: {word}")

    def _look_at_dialog(self, name: str, view: QWidget) -> None:
        if not view.windowTitle():
            self._say("windows without a title", name, type(view).__name__)
        focused, stops = QApplication.focusWidget(), [part for part in parts(view) if part.takes_tab]
        if stops and (focused is None or not view.isAncestorOf(focused)):
            self._say("dialogs that begin nowhere", name, type(view).__name__)


def tabbed(window: QWidget) -> set[QWidget]:
    """Return where one comes to by pressing Tab until one is where one was."""
    window.activateWindow()
    QApplication.processEvents()
    reached: set[QWidget] = set()
    at = window.focusWidget()
    while at is not None and at not in reached:
        reached.add(at)
        for _ in range(_MOST_SECTIONS):
            QTest.keyClick(at, Qt.Key.Key_Tab)
            if window.focusWidget() is not at:
                break
        at = window.focusWidget()
    return reached


def has_words_beside(picture: QLabel) -> bool:
    """Tell whether words stand beside a *picture*, or tell of what holds it."""
    holder = picture.parentWidget()
    if holder is None:
        return False
    beside = holder.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return bool(holder.accessibleName()) or any(one.isVisible() and one.text() for one in beside)


def is_painted_here(widget: QWidget) -> bool:
    """Tell whether the program itself paints *widget*, so that Qt knows nothing of what is seen."""
    paints = any("paintEvent" in vars(kind) for kind in type(widget).__mro__ if kind.__module__.startswith("logbook."))
    return paints and widget.layout() is None and not isinstance(widget, _NATIVE_PAINT)


def dialog_classes() -> set[type[QDialog]]:
    """Return every dialog that the program has, wherever it is."""
    found: set[type[QDialog]] = set()
    for module in pkgutil.walk_packages(logbook.ui.__path__, "logbook.ui."):
        for _, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(one, QDialog) and one.__module__.startswith("logbook.") and one is not FormDialog:
                found.add(one)
    return found


@pytest.fixture(scope="module", params=[Filling.USUAL, Filling.EMPTY])
def walk(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    """Go through the whole program once, at a home of its own."""
    with pytest.MonkeyPatch.context() as patch:
        home: Path = tmp_path_factory.mktemp("home")
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        visitor = Visitor(qapp, make_logbook(home / "logbook.sqlite", request.param, dt.date.today()))
        walked = Walk()
        try:
            visitor.pages(walked.look)
            visitor.dialogs(walked.look)
            walked.look("window", visitor.window)
        finally:
            visitor.leave()
            qapp.setProperty("theme", None)
        yield walked


def test_every_page_is_walked(walk: Walk) -> None:
    assert set(PAGES) <= walk.views


def test_every_dialog_of_the_program_is_opened(walk: Walk, request: pytest.FixtureRequest) -> None:
    if "usual" in request.node.name:
        unseen = {one for one in dialog_classes() if not any(issubclass(seen, one) for seen in walk.classes)}
        assert unseen == set(), "let tests/visitor.py open these"


@pytest.mark.parametrize("sort", SORTS)
def test_nothing_is(walk: Walk, sort: str) -> None:
    assert not walk.wrong[sort], "\n".join(sorted(walk.wrong[sort]))
