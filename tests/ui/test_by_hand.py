"""A walk through the program by hand: one sees where the keyboard is, Tab follows the eye, Escape loses nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from logbooks import Filling, make_logbook
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from ui.by_hand import against_the_eye, lost_by_escape, out_of_their_part, stops, without_a_sign
from visitor import Visitor

from logbook.ui.dialogs.form_dialog import FormDialog
from logbook.ui.theme import Appearance
from logbook.ui.widgets.tab_order import put_after

LOOKS: dict[str, Callable[[QWidget], Iterator[str]]] = {
    "no sign of the keyboard": without_a_sign,
    "Tab against the eye": against_the_eye,
    "Tab out of its part": out_of_their_part,
    "lost by Escape": lost_by_escape,
}
ORDER = ("Tab against the eye", "Tab out of its part")
SIGNS = ("no sign of the keyboard",)


class Walk:
    """What was found on the way, by sort, and how much was looked at."""

    def __init__(self, sorts: tuple[str, ...]) -> None:
        self.sorts = sorts
        self.faults: dict[str, dict[str, str]] = defaultdict(dict)  # each where it was met first
        self.stops = 0
        self.dialogs: set[type[QWidget]] = set()

    def look(self, name: str, shown: QWidget) -> None:
        self.stops += len(stops(shown))
        if isinstance(shown, QDialog):
            self.dialogs.add(type(shown))
        for sort in self.sorts:
            for fault in LOOKS[sort](shown):
                self.faults[sort].setdefault(f"{name.partition('-')[0]}: {fault}", name)


@pytest.fixture(scope="module")
def visit(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory):
    """Go through the program, at a home of its own."""

    def go(filling, size=(1400, 840), appearance=Appearance.LIGHT, sorts=tuple(LOOKS), *, has_dialogs=False):
        with pytest.MonkeyPatch.context() as patch:
            home: Path = tmp_path_factory.mktemp("home")
            patch.setenv("XDG_DATA_HOME", str(home / "data"))
            patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
            visitor = Visitor(qapp, make_logbook(home / "logbook.sqlite", filling, dt.date.today()))
            walked = Walk(sorts)
            try:
                visitor.program._appearance_chosen(appearance)
                visitor.window.resize(*size)
                visitor.pages(walked.look)
                if has_dialogs:
                    visitor.dialogs(walked.look)
            finally:
                visitor.leave()
                qapp.setProperty("theme", None)
        return walked

    return go


@pytest.fixture(scope="module")
def walk(visit) -> Walk:
    return visit(Filling.USUAL, has_dialogs=True)


@pytest.mark.parametrize("sort", LOOKS)
def test_every_page_and_every_dialog(walk, sort):
    assert walk.faults[sort] == {}


def test_much_was_looked_at(walk):
    assert walk.stops > 600
    assert sum(issubclass(one, FormDialog) for one in walk.dialogs) >= 8


@pytest.mark.parametrize("filling", [Filling.USUAL, Filling.EMPTY])
def test_tab_follows_the_eye_in_a_small_window(visit, filling):
    assert visit(filling, (800, 600), sorts=ORDER).faults == {}


@pytest.mark.deep
@pytest.mark.parametrize("appearance", [Appearance.DARK, Appearance.HIGH_CONTRAST])
def test_the_keyboard_is_seen_in_every_colour(visit, appearance):
    assert visit(Filling.USUAL, appearance=appearance, sorts=SIGNS).faults == {}


# That the walk would find something


@pytest.fixture
def window(qtbot):
    window = QWidget()
    column, row = QVBoxLayout(window), QHBoxLayout()
    window.buttons = [QPushButton(text, window) for text in "abcd"]
    for button in window.buttons[:2]:
        row.addWidget(button)
    column.addLayout(row)
    for button in window.buttons[2:]:
        column.addWidget(button)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_a_step_up_is_found(window):
    a, b, c, d = window.buttons
    assert list(against_the_eye(window)) == []
    for one, after in ((a, b), (b, d), (d, c)):
        QWidget.setTabOrder(one, after)
    assert list(against_the_eye(window)) == ["from QPushButton “d” to QPushButton “c”"]


def test_a_widget_that_shows_no_focus_is_found(window):
    window.buttons[2].setStyleSheet("QPushButton, QPushButton:focus { border: none; outline: none; background: red; }")
    assert "QPushButton “c”" in list(without_a_sign(window))


def test_a_field_that_lets_go_of_its_text_is_found(qtbot):
    class Forgetful(QLineEdit):
        def keyPressEvent(self, event):  # noqa: N802 - Qt's own
            self.clear() if event.text() == "\x1b" else super().keyPressEvent(event)

    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(QLineEdit())
    layout.addWidget(Forgetful())
    qtbot.addWidget(window)
    window.show()
    assert len(list(lost_by_escape(window))) == 1


def test_a_part_made_later_comes_where_it_stands(window, qtbot):
    late = QWidget(window)
    layout = QVBoxLayout(late)
    fields = [QLineEdit(late) for _ in range(3)]
    for field in fields:
        layout.addWidget(field)
    window.layout().insertWidget(1, late)
    late.show()
    QApplication.processEvents()
    assert stops(window)[-3:] == fields
    put_after(window.buttons[1], late)
    assert stops(window) == [*window.buttons[:2], *fields, *window.buttons[2:]]
