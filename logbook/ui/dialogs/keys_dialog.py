"""Every key in one list that can be searched; what is chosen in it is done."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.ui.keys import ListedKey, every_key
from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.rows_model import Index, RowsModel

_SIZE: Final = QSize(860, 560)  # logical pixels
_COLUMNS: Final[tuple[Column[[ListedKey]], ...]] = (
    Column("keys", "Keys", lambda one: one.keys, "What is pressed"),
    Column("does", "What it does", lambda one: one.does, "What happens then"),
    Column("where", "Where", lambda one: one.where, "The menu, or the part of a page, it belongs to"),
)
_KEYS, _DOES, _WHERE = range(len(_COLUMNS))
_WIDEST: Final = {
    _KEYS: "Ctrl+Shift+Backspace",
    _DOES: "New logbook: begin an empty logbook in a new file",
    _WHERE: "A field with several ans",
}
_IN_LIST: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def ask_action(parent: QWidget | None, actions: Mapping[str, QAction]) -> str | None:
    """Show every key and return the name of the action that is to be done; None: nothing is."""
    dialog = KeysDialog(parent, actions)
    is_chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.action if is_chosen else None


class KeysModel(RowsModel):
    """The keys whose words fit what is looked for."""

    def __init__(self, keys: Sequence[ListedKey], parent: QObject | None = None) -> None:
        """Show all of *keys*."""
        super().__init__(_COLUMNS, parent)
        self._all = tuple(keys)
        self._shown: tuple[ListedKey, ...] = self._all

    @property
    def shown(self) -> tuple[ListedKey, ...]:
        """The keys that are shown."""
        return self._shown

    def search(self, text: str) -> None:
        """Show the keys in whose words every word of *text* is found."""
        words = text.casefold().split()
        self.beginResetModel()
        self._shown = tuple(one for one in self._all if all(word in _words(one) for word in words))
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[index.column()].text(self._shown[index.row()])
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole and index.column() == _KEYS:
            return _read_aloud(self._shown[index.row()].keys)
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{_COLUMNS[index.column()].text(self._shown[index.row()])}</p>"
        return super().data(index, role)


class KeysDialog(QDialog):
    """A line to search by above the keys that fit."""

    def __init__(self, parent: QWidget | None, actions: Mapping[str, QAction]) -> None:
        """List the keys of *actions* and of every page."""
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self._actions = actions
        self.action: str | None = None  # what is to be done
        self.model = KeysModel(every_key(actions), self)
        self.search = _Line()
        self.table = FittedTable(self.model, _WIDEST, _DOES, [_WHERE])
        self.table.setAccessibleName("Keys: Enter does what the chosen one stands for")
        self.says = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.says.setProperty("role", "muted")
        self.do_button, self.close_button = QPushButton("&Do it"), QPushButton("&Close")
        self.do_button.setProperty("role", "main")
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.search.table = self.table
        self.table.activated.connect(self.do)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.do_button.clicked.connect(self.do)
        self.close_button.clicked.connect(self.reject)
        self._search("")
        self.resize(_SIZE.boundedTo(self.screen().availableGeometry().size() * 0.9))
        self.search.setFocus()

    @property
    def chosen(self) -> ListedKey | None:
        """The key that is chosen."""
        row = self.table.chosen_row
        return None if row is None else self.model.shown[row]

    def do(self) -> None:
        """Close, and have done what is chosen, where that can be done now."""
        if self.do_button.isEnabled() and (chosen := self.chosen):
            self.action = chosen.action
            self.accept()

    def _search(self, text: str) -> None:
        self.model.search(text)
        self.table.choose(0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen, rows = self.chosen, self.model.rowCount()
        action = self._actions.get(chosen.action) if chosen and chosen.action else None
        self.do_button.setEnabled(action is not None and action.isEnabled())
        cannot = " This cannot be done right now." if action and not action.isEnabled() else ""
        self.says.setText(f"{chosen.does}.{cannot}" if chosen else "No key fits; try another word.")
        self.search.setAccessibleDescription(labels.count(rows, "key"))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addWidget(self.says, 1)
        for button in (self.do_button, self.close_button):
            buttons.addWidget(button)
        self.do_button.setDefault(True)
        self.close_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)


class _Line(QLineEdit):
    """A line whose up and down keys go through the list below it."""

    def __init__(self) -> None:
        super().__init__(placeholderText="What do you want to do?", clearButtonEnabled=True)
        self.setAccessibleName("Search the keys")
        self.table: FittedTable | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _IN_LIST and self.table:
            self.table.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


def _words(key: ListedKey) -> str:
    return f"{key.keys} {key.does} {key.where}".casefold()


def _read_aloud(keys: str) -> str:
    """Return *keys* with a word for each sign that a screen reader may pass over."""
    for sign, word in (
        ("↑", "Up"),
        ("↓", "Down"),
        ("←", "Left"),
        ("→", "Right"),
        ("−", "Minus"),
        ("?", "Question mark"),
    ):
        keys = keys.replace(sign, word)
    return keys
