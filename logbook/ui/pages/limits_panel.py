"""The limits agreed with a clinician: in a list beside what is published, to add, change, end and delete."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from logbook.domain.edit import Edit
from logbook.domain.person import AgreedLimit, Person
from logbook.domain.session import RecordId
from logbook.services import limits
from logbook.services.limits import ListedLimit, State
from logbook.ui.dialogs.limit_dialog import ask_last_day, ask_limit
from logbook.ui.pages.limit_model import COLUMNS, LimitModel
from logbook.ui.pages.page import do_and_say
from logbook.ui.store import Store
from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.empty_state import empty_state
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.reading import give_reason
from logbook.ui.widgets.words import words_label

_PLACES: Final = {column.name: place for place, column in enumerate(COLUMNS)}
_WIDEST: Final = {
    "rule": "Roller or stamp used again (H03)",
    "line": "Days of rest after more than 0.3 mm, up to 0.5 mm",
    "agreed": "100 passes",
    "published": "12 passes",
    "with": "Dr Ada Example",
    "on": "28 Nov 2026",
    "until": "28 Nov 2026",
    "state": "Never counts",
}
_FIRST_TO_GO: Final = ("on", "with", "until", "line", "published")
_SAYS: Final = (
    "A clinician may move a line of the guidance for you, to a looser or a tighter value. What is published stays in "
    "sight beside it in every verdict."
)


class LimitsPanel(QWidget):
    """Shows and changes the agreed limits of the store's person.

    Signals:
        said: something to show in the status bar.
    """

    said = Signal(str)

    def __init__(self, store: Store) -> None:
        """Show the limits of *store*."""
        super().__init__()
        self._store = store
        self._is_stale = True
        self.model = LimitModel(self)
        widest = {_PLACES[name]: text for name, text in _WIDEST.items()}
        self.table = FittedTable(self.model, widest, _PLACES["line"], [_PLACES[name] for name in _FIRST_TO_GO])
        self.table.setAccessibleName("Agreed limits: Enter changes one")
        self.details, self.immovable = words_label(), words_label("muted")
        self.add_button, self.add_first_button = QPushButton("Add li&mit…"), QPushButton("Add li&mit…")
        self.change_button, self.end_button = QPushButton("Chan&ge…"), QPushButton("E&nd…")
        self.delete_button = QPushButton("De&lete")
        for button in (self.add_button, self.add_first_button):
            button.setProperty("role", "main")
        if store.journal.is_read_only:
            give_reason(self.add_button, self.add_first_button, self.change_button, self.end_button, self.delete_button)
        self._lay_out()
        self._listen()

    def focus_first(self) -> None:
        """Go to the limits, or to the one button there is without any."""
        self._refresh_if_stale()
        (self.table if self.model.rowCount() else self.add_first_button).setFocus()

    def restyle(self) -> None:
        """Draw the greys again in the colours of now."""
        self.table.viewport().update()

    @property
    def chosen(self) -> ListedLimit | None:
        """The limit that is chosen."""
        row = self.table.chosen_row
        return None if row is None else self.model.limit_at(row)

    # What the buttons do

    def add(self) -> None:
        """Ask for a limit and add it."""
        rules = self._store.journal.rules
        limit = ask_limit(self, rules, self._store.person.id, None, self._store.today())
        if limit and do_and_say(self._store, limits.agreeing(rules, limit), self.said):
            self._choose(limit.id)

    def change(self) -> None:
        """Ask what is to be changed of the limit that is chosen, and change it."""
        chosen, rules = self.chosen, self._store.journal.rules
        if chosen is None or not self.change_button.isEnabled():
            return
        after = ask_limit(self, rules, self._store.person.id, chosen.limit, self._store.today())
        if after == chosen.limit:
            self.said.emit("Nothing was changed.")
        elif after:
            do_and_say(self._store, limits.changing(rules, chosen.limit, after), self.said)

    def end(self) -> None:
        """Ask for the last day of the limit that is chosen, and keep it."""
        if (chosen := self.chosen) is None:
            return
        day = ask_last_day(self, chosen.title, chosen.limit, self._store.today())
        if day == chosen.limit.until and day:
            self.said.emit("Nothing was changed.")
        elif day:
            do_and_say(self._store, limits.ending(self._store.journal.rules, chosen.limit, day), self.said)

    def delete(self) -> None:
        """Delete the limit that is chosen."""
        if chosen := self.chosen:
            do_and_say(self._store, limits.deleting(self._store.journal.rules, chosen.limit), self.said)

    # What is shown

    def _take_in(self, edit: Edit) -> None:
        """Show what an edit or an undo changed, at once or when the panel is next looked at."""
        if any(isinstance(one.record, AgreedLimit | Person) for one in edit.replacements):
            self._is_stale = True
            if self.isVisible():
                self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        chosen, row = self.chosen, self.table.chosen_row or 0
        store = self._store
        listed = limits.list_limits(store.journal.rules, store.of_person(AgreedLimit), store.today())
        self.model.show_limits(listed)
        self._stack.setCurrentIndex(0 if listed else 1)
        self._choose(chosen.limit.id if chosen else None, or_row=row)
        self._show_chosen()

    def _choose(self, record_id: RecordId | None, or_row: int = 0) -> None:
        row = self.model.row_of(record_id) if record_id else None
        self.table.choose(or_row if row is None else row)

    def _show_chosen(self) -> None:
        """Say everything of the limit that is chosen, and offer what can be done with it."""
        chosen = self.chosen
        is_writable = not self._store.journal.is_read_only
        for button in (self.add_button, self.add_first_button):
            button.setEnabled(is_writable)
        self.delete_button.setEnabled(is_writable and chosen is not None)
        self.change_button.setEnabled(is_writable and chosen is not None and chosen.line is not None)
        may_end = chosen is not None and chosen.state not in (State.EXPIRED, State.NEVER)
        self.end_button.setEnabled(is_writable and may_end)
        self.details.setText(chosen.words if chosen else "")

    # The making

    def _lay_out(self) -> None:
        self.immovable.setText(limits.immovable_words(self._store.journal.rules))
        says = words_label("muted")
        says.setText(_SAYS)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(FindRow(self.table))
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        buttons = FlowLayout()
        for button in (self.add_button, self.change_button, self.end_button, self.delete_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MARGIN, 0, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(says)
        layout.addLayout(self._stack, 1)  # before its pages: the first would show as a window of its own
        self._stack.addWidget(full)
        none = words_label("muted")
        none.setText("No limit was agreed: every session is judged by what is published.")
        self._stack.addWidget(empty_state("guidance", none, self.add_first_button))
        layout.addWidget(self.immovable)

    def _listen(self) -> None:
        self.add_button.clicked.connect(self.add)
        self.add_first_button.clicked.connect(self.add)
        self.change_button.clicked.connect(self.change)
        self.end_button.clicked.connect(self.end)
        self.delete_button.clicked.connect(self.delete)
        self.table.activated.connect(self.change)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self._store.changed.connect(self._take_in)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh_if_stale()
        super().showEvent(event)
