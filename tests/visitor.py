"""Goes through the real program as a person would: every page in each of its states, and every dialog it opens."""

import re
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QDialog,
    QFileDialog,
    QMessageBox,
    QRadioButton,
    QTabWidget,
    QWidget,
)
from settling import PATIENCE_S, rest, settle

from logbook.domain.edit import Edit
from logbook.domain.person import AgreedLimit
from logbook.domain.session import new_id
from logbook.services.limits import movable_rules
from logbook.services.recovery import look_at
from logbook.start import Program
from logbook.ui.actions import ACTIONS
from logbook.ui.dialogs.working_dialog import WorkingDialog
from logbook.ui.pages.logbook_pages import PAGES

Look = Callable[[str, QWidget], None]  # takes the name of what is shown, and the page or dialog itself

_ASKED = ("getOpenFileName", "getSaveFileName", "getExistingDirectory")  # the system's own dialogs
_MORE = "…"  # what ends so asks something more
_ALSO = ("about", "guide")  # these do too, and have no …
_MANY = 3
_TABLE = "day;depth mm;number of hairs\n03.04.2025;0,25;x\n25.04.2025;deep;x\n26.04.2025;0.5;x\n"


class Visitor:
    """A visitor of the program with one logbook open."""

    def __init__(self, app: QApplication, path: Path) -> None:
        """Start the program on *path*, and wait until it is there."""
        self.program = Program(app, path)
        deadline = time.monotonic() + PATIENCE_S
        while self.program.window.pages is None:
            assert time.monotonic() < deadline, "no logbook is opened"
            rest()
        self.window = self.program.window
        self.window.activateWindow()
        settle()

    def leave(self) -> None:
        """Close everything without a question."""
        assert self.program.desk
        self.program.desk.close()
        with patch.object(type(self.window), "may_leave", lambda _: True):
            self.window.close()
        self.window.deleteLater()
        QApplication.styleHints().colorSchemeChanged.disconnect(self.program._scheme_changed)
        QApplication.processEvents()

    # Pages

    def pages(self, look: Look, names: tuple[str, ...] = tuple(PAGES)) -> None:
        """Look at each page as it is first seen, then with every switch on it turned and every tab opened once."""
        for name in names:
            page = self.show_page(name)
            look(name, page)
            for state in self._states(page):
                look(f"{name}-{_slug(state)}", page)

    def show_page(self, name: str) -> QWidget:
        """Show a page with the first row of each of its tables chosen."""
        assert self.window.pages
        self.window.pages.show_page(name)
        settle()
        page = self.window.pages.page(name)
        _choose(page, 1)
        settle()
        return page

    def _states(self, page: QWidget) -> Iterator[str]:
        """Go through the states of *page*, each called by the words on what leads to it."""
        yield from self._tabs(page)
        for switch in _switches(page):
            if switch.isVisible() and switch.isEnabled() and not switch.isChecked():
                mates = [one for one in _switches(page) if one.isChecked() and one.group() is switch.group()]
                switch.click()
                settle()
                yield switch.text()
                (mates[0] if switch.group() and mates else switch).click()
                settle()

    def _tabs(self, page: QWidget) -> Iterator[str]:
        for tabs in page.findChildren(QTabWidget):
            for place in range(tabs.count()):
                if place != tabs.currentIndex() and tabs.isVisible():
                    was = tabs.currentIndex()
                    tabs.setCurrentIndex(place)
                    _choose(page, 1)
                    settle()
                    yield tabs.tabText(place)
                    tabs.setCurrentIndex(was)

    # Dialogs

    def dialogs(self, look: Look) -> None:
        """Look at each dialog that an action or a button of a page opens, and at those that need something to happen.

        What is asked is left unanswered. A dialog that is opened in several ways is looked at once by each title.
        """
        seen: set[str] = set()

        def once(dialog: QWidget) -> None:
            name = _name(dialog)
            if name not in seen:
                seen.add(name)
                settle()
                look(name, dialog)

        for page in PAGES:
            self._press_buttons(page, once)
        self.show_page("sessions")
        self.window.actions_by_name["delete"].trigger()  # so that something rests in the trash
        settle()
        done = self._choose_actions(once)
        for page in PAGES:
            if _choose(self.show_page(page), _MANY):
                self._choose_actions(once, done)
        with self._looking(once):
            WorkingDialog(self.window, "Taking back", "Taking back 12,000 sessions…").show()
        with self._looking(once):
            self._end_a_limit()
        with self._looking(once):
            self._import_table()
        with self._looking(once):
            self._lose_a_logbook()

    def _choose_actions(self, look: Callable[[QWidget], None], but: Collection[str] = ()) -> set[str]:
        """Choose every action that can be chosen now, *but* some; return the names of those that asked something."""
        answered = set()
        for spec in ACTIONS:
            asks = spec.text.endswith(_MORE) or spec.name in _ALSO
            if asks and spec.name not in but and self.window.actions_by_name[spec.name].isEnabled():
                with self._looking(look) as seen:
                    self.window.actions_by_name[spec.name].trigger()
                if seen:
                    answered.add(spec.name)
        return answered

    def _press_buttons(self, page: str, look: Callable[[QWidget], None]) -> None:
        shown, pressed = self.show_page(page), set[QAbstractButton]()
        self._press_what_is_seen(shown, look, pressed)
        for _ in self._tabs(shown):
            self._press_what_is_seen(shown, look, pressed)

    def _press_what_is_seen(
        self, page: QWidget, look: Callable[[QWidget], None], pressed: set[QAbstractButton]
    ) -> None:
        for button in page.findChildren(QAbstractButton):
            asks = button not in pressed and button.text().endswith(_MORE)
            if asks and button.isVisible() and button.isEnabled():
                pressed.add(button)
                with self._looking(look):
                    button.click()

    def _end_a_limit(self) -> None:
        """End a limit that was agreed without a last day."""
        store = self.window.store
        assert store
        rule = movable_rules(store.journal.rules)[0]
        line = rule.lines[0]
        limit = AgreedLimit(new_id(), store.person.id, rule.id, line.name, line.published, "Dr Example", store.today())
        assert store.do(Edit.adding("agree", [limit]))
        page = self.show_page("guidance")
        page.tabs.setCurrentWidget(page.limits)  # type: ignore[attr-defined]
        settle()
        page.limits._choose(limit.id)  # type: ignore[attr-defined]
        settle()
        page.limits.end_button.click()  # type: ignore[attr-defined]
        store.undo()

    def _import_table(self) -> None:
        """Import a table of which some must be asked and some is wrong."""
        assert self.program.desk
        assert self.window.store
        path = self.window.store.journal.path.with_name("table.csv")
        path.write_text(_TABLE, encoding="utf-8")
        self.program.desk.importing.import_file(path)
        deadline = time.monotonic() + PATIENCE_S
        while not (dialog := self.program.desk.importing.dialog) or not dialog.isVisible():
            assert time.monotonic() < deadline, "no import is shown"
            rest()

    def _lose_a_logbook(self) -> None:
        """Look for a logbook that is not there any more, beside the backups of the one that is open."""
        assert self.program.desk
        assert self.window.store
        path = self.window.store.journal.path
        gone = path.with_name("gone.sqlite")
        self.program.desk.recovering._show(look_at(gone, (gone, path)))

    @contextmanager
    def _looking(self, look: Callable[[QWidget], None]) -> Iterator[list[QWidget]]:
        """Look at every window that comes up within the block, and close it; yield a list that will hold them."""
        before = set(_windows())
        seen: list[QWidget] = []

        def execute(dialog: QDialog) -> int:
            dialog.show()
            look(dialog)
            seen.append(dialog)
            dialog.done(0)
            return 0

        answers = [patch.object(QFileDialog, name, lambda *_: ("", "")) for name in _ASKED[:2]]
        answers.append(patch.object(QFileDialog, _ASKED[2], lambda *_: ""))
        answers += [patch.object(kind, "exec", execute) for kind in (QDialog, QMessageBox)]
        for answer in answers:
            answer.start()
        try:
            yield seen
            settle()
            for window in set(_windows()) - before:
                look(window)
                seen.append(window)
                window.done(0) if isinstance(window, QDialog) else window.close()
            settle()
        finally:
            for answer in answers:
                answer.stop()


def _windows() -> list[QWidget]:
    menus = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowType() not in menus]


def _switches(page: QWidget) -> list[QAbstractButton]:
    """Return what changes how *page* looks and nothing that is recorded."""
    buttons = page.findChildren(QAbstractButton)
    return [one for one in buttons if one.isCheckable() and not isinstance(one, QCheckBox | QRadioButton)]


def _choose(page: QWidget, rows: int) -> bool:
    """Choose one or more *rows* of each table that is seen; return whether any lets more than one be chosen."""
    is_many = False
    for view in page.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model and model.rowCount() and (rows > 1 or not view.currentIndex().isValid()):
            view.setCurrentIndex(model.index(0, 0))
            if view.selectionMode() is QAbstractItemView.SelectionMode.ExtendedSelection and rows > 1:
                view.selectAll()
                is_many = True
    return is_many


def _name(dialog: QWidget) -> str:
    kind = "" if isinstance(dialog, QMessageBox) else type(dialog).__name__.removesuffix("Dialog") + "-"
    return f"dialog-{_slug(kind + dialog.windowTitle())}"


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.replace("&", "").lower()).strip("-")
