"""Asks which person is to be shown, and takes the wish for another or for one to go; it changes nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from logbook.domain.person import Person
from logbook.services.people import colour_of, initials, name_of
from logbook.ui.theme import LARGE_ICON, MARGIN, SPACING
from logbook.ui.widgets.person_mark import person_icon
from logbook.ui.widgets.reading import READ_ONLY
from logbook.ui.widgets.words import words_label

_SIZE: Final = QSize(420, 460)  # logical pixels
_LINE: Final = 34
_SAYS: Final = "Each person has a history, warnings and charts of their own. Devices may be shared."
_NOBODY: Final = "Nobody is called that."
_MOVES: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Wish(Enum):
    """What the person before the screen wants."""

    SHOW = auto()
    ADD = auto()
    DELETE = auto()


@dataclass(frozen=True, slots=True)
class PeopleAnswer:
    """A wish, and of whom; nobody yet where one is to be added."""

    wish: Wish
    person: Person | None = None


def ask_people(
    parent: QWidget, people: Sequence[Person], shown: Person, *, is_read_only: bool = False
) -> PeopleAnswer | None:
    """List *people*, *shown* chosen, and return what is wanted; None where nothing is."""
    dialog = PeopleDialog(parent, people, shown, is_read_only=is_read_only)
    dialog.exec()
    dialog.deleteLater()
    return dialog.answer


class PeopleDialog(QDialog):
    """A list that a few letters narrow down; Enter shows whom it has chosen."""

    def __init__(self, parent: QWidget, people: Sequence[Person], shown: Person, *, is_read_only: bool = False) -> None:
        """List *people*, *shown* chosen."""
        super().__init__(parent)
        self.setWindowTitle("People")
        self.answer: PeopleAnswer | None = None
        self._people, self._shown, self._is_read_only = sorted(people, key=_by_name), shown, is_read_only
        self._colours = {person.id: colour_of(person, people) for person in people}
        self.search = QLineEdit(placeholderText="Find by name", clearButtonEnabled=True)
        self.search.setAccessibleName("Find by name")
        self.list = QListWidget()
        self.list.setAccessibleName("People")
        self.list.setProperty("role", "people")
        self.list.setIconSize(QSize(LARGE_ICON, LARGE_ICON))
        self.list.setUniformItemSizes(True)
        self.nobody = words_label("muted")
        self.nobody.setText(_NOBODY)
        self.says = words_label("muted")
        self.says.setText(f"{_SAYS} {READ_ONLY}" if is_read_only else _SAYS)
        self.show_button, self.add_button = QPushButton("&Show"), QPushButton("&Add a person…")
        self.delete_button, self.cancel_button = QPushButton("&Delete…"), QPushButton("Cancel")
        self.show_button.setProperty("role", "main")
        for person in self._people:
            self.list.addItem(self._item(person))
        self._lay_out()
        self._listen()
        self._narrow()
        self.resize(_SIZE.boundedTo(self.screen().availableGeometry().size() * 0.9))

    @property
    def chosen(self) -> Person | None:
        """Who is chosen in the list."""
        item = self.list.currentItem()
        return None if item is None or item.isHidden() else self._people[self.list.row(item)]

    def _item(self, person: Person) -> QListWidgetItem:
        born = f", born {person.birth_date.year}" if person.birth_date else ""
        is_shown = " · shown now" if person.id == self._shown.id else ""
        item = QListWidgetItem(f"{name_of(person)}{born}{is_shown}")
        item.setIcon(person_icon(initials(person), self._colours[person.id]))
        item.setSizeHint(QSize(0, _LINE))
        return item

    # What the buttons do

    def _show_chosen(self) -> None:
        if person := self.chosen:
            self._answer(Wish.SHOW, person)

    def _add(self) -> None:
        self._answer(Wish.ADD)

    def _delete(self) -> None:
        if person := self.chosen:
            self._answer(Wish.DELETE, person)

    def _answer(self, wish: Wish, person: Person | None = None) -> None:
        self.answer = PeopleAnswer(wish, person)
        self.accept()

    # What is shown

    def _narrow(self) -> None:
        """List whose name has every word that was typed, and choose the first of them, or who is shown now."""
        words = self.search.text().casefold().split()
        found = []
        for place, person in enumerate(self._people):
            is_meant = all(word in name_of(person).casefold() for word in words)
            self.list.item(place).setHidden(not is_meant)
            if is_meant:
                found.append(place)
        shown = next((place for place in found if self._people[place].id == self._shown.id), None)
        self.list.setCurrentRow(shown if shown is not None and not words else found[0] if found else -1)
        self.nobody.setVisible(not found)
        self.list.setVisible(bool(found))
        self._offer()

    def _offer(self) -> None:
        """Let be pressed what can be done with whom is chosen."""
        self.show_button.setEnabled(self.chosen is not None)
        is_last = len(self._people) < 2
        self.add_button.setEnabled(not self._is_read_only)
        self.delete_button.setEnabled(self.chosen is not None and not is_last and not self._is_read_only)
        only = "A logbook has at least one person." if is_last else ""
        self.delete_button.setToolTip(READ_ONLY if self._is_read_only else only)

    # The making

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        for button in (self.add_button, self.delete_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.cancel_button)
        self.cancel_button.setAutoDefault(False)
        self.show_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.nobody, 1)
        layout.addWidget(self.says)
        layout.addLayout(buttons)

    def _listen(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.list.currentRowChanged.connect(self._offer)
        self.list.itemActivated.connect(self._show_chosen)
        self.show_button.clicked.connect(self._show_chosen)
        self.add_button.clicked.connect(self._add)
        self.delete_button.clicked.connect(self._delete)
        self.cancel_button.clicked.connect(self.reject)

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys go through the list while a name is typed."""
        if event.key() in _MOVES and self.search.hasFocus():
            self.list.setFocus()
            self.list.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


def _by_name(person: Person) -> tuple[str, str]:
    return name_of(person).casefold(), person.id
