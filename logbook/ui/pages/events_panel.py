"""What happened in a life beside the sessions: in a list, to add, change and delete."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from logbook.domain.edit import Edit
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import RecordId, new_id
from logbook.domain.vocabulary import EventKind
from logbook.services import shedding
from logbook.ui.dialogs.event_dialog import ask_event
from logbook.ui.pages.event_model import PLACES, EventModel
from logbook.ui.pages.page import do_and_say
from logbook.ui.store import Store
from logbook.ui.theme import SPACING
from logbook.ui.widgets.copying import chosen_rows
from logbook.ui.widgets.empty_state import focus_kept
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.reading import give_reason
from logbook.ui.widgets.words import words_label

_WIDEST: Final = {"kind": "Minoxidil started", "from": "28 Nov 2026", "until": "28 Nov 2026", "notes": "flu, a week"}
_NONE: Final = "No life event yet: illness, surgery, a birth, a new drug, a haircut."
_LEAST_ROWS: Final = 2  # the title row among them


class EventsPanel(QWidget):
    """Shows and changes the life events of the store's person.

    Signals:
        said: something to show in the status bar.
    """

    said = Signal(str)

    def __init__(self, store: Store) -> None:
        """Show the events of *store*."""
        super().__init__()
        self._store = store
        self.model = EventModel(self)
        self.table = _EventTable(self.model)
        self.add_button = QPushButton("Ad&d event…")
        self.change_button, self.delete_button = QPushButton("&Change…"), QPushButton("Delete")
        if store.journal.is_read_only:
            give_reason(self.add_button, self.change_button, self.delete_button)
        self._lay_out()
        self.table.delete_wanted.connect(self.delete)
        self.add_button.clicked.connect(self.add)
        self.change_button.clicked.connect(self.change)
        self.delete_button.clicked.connect(self.delete)
        self.table.activated.connect(self.change)
        self.table.selectionModel().selectionChanged.connect(self._show_what_can_be_done)
        store.changed.connect(self._take_in)
        self._show_events()

    @property
    def chosen(self) -> LifeEvent | None:
        """The event that is chosen, of several the first."""
        return None if self.table.chosen_row is None else self.model.event_at(self.table.chosen_row)

    @property
    def all_chosen(self) -> list[LifeEvent]:
        """The events that are chosen, from the top on."""
        return [self.model.event_at(row) for row in chosen_rows(self.table)]

    @property
    def has_cursor(self) -> bool:
        """Whether the keyboard is on the events or their buttons."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def choose(self, record_id: RecordId) -> None:
        """Choose the event of that id and go to it."""
        row = self.model.row_of(record_id)
        if row is not None:
            self.table.choose(row)
            self.table.setFocus()

    # What the buttons do

    def add(self) -> None:
        """Ask for an event and add it."""
        fresh = LifeEvent(new_id(), self._store.person.id, EventKind.ILLNESS, self._store.today())
        event = ask_event(self, fresh, self._store.today(), is_new=True)
        if event and do_and_say(self._store, shedding.adding_event(event), self.said):
            self.choose(event.id)

    def change(self) -> None:
        """Ask what is to be changed of the event that is chosen, and change it."""
        chosen = self.chosen
        if chosen is None or len(self.all_chosen) > 1 or self._store.journal.is_read_only:
            return
        after = ask_event(self, chosen, self._store.today())
        if after == chosen:
            self.said.emit("Nothing was changed.")
        elif after and do_and_say(self._store, shedding.changing_event(chosen, after), self.said):
            self.choose(after.id)

    def delete(self) -> None:
        """Delete the events that are chosen."""
        chosen = self.all_chosen
        if chosen and not self._store.journal.is_read_only:
            do_and_say(self._store, shedding.deleting_events(chosen), self.said)

    # What is shown

    def _take_in(self, edit: Edit) -> None:
        if edit.of(LifeEvent) or edit.of(Person):
            self._show_events()

    def _show_events(self) -> None:
        chosen, row = self.chosen, self.table.chosen_row
        self.model.show_events(self._store.of_person(LifeEvent))
        if row is not None and chosen is not None:
            now = self.model.row_of(chosen.id)
            self.table.choose(row if now is None else now)
        with focus_kept(self, self.add_button.setFocus):
            self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
            self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        is_writable = not self._store.journal.is_read_only
        self.add_button.setEnabled(is_writable)
        for button in (self.change_button, self.delete_button):
            button.setEnabled(is_writable and self.chosen is not None)
            button.setVisible(bool(self.model.rowCount()))
        if len(self.all_chosen) > 1:
            self.change_button.setEnabled(False)  # one dialog, one event

    # The making

    def _lay_out(self) -> None:
        heading, none = words_label("section"), words_label("muted")
        heading.setText("Life events")
        none.setText(_NONE)
        none.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = FlowLayout()
        for button in (self.add_button, self.change_button, self.delete_button):
            buttons.addWidget(button)
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading)
        layout.addLayout(buttons)
        layout.addWidget(FindRow(self.table))
        layout.addLayout(self._stack, 1)  # before its pages: the first would show as a window of its own
        self._stack.addWidget(self.table)
        self._stack.addWidget(none)


class _EventTable(FittedTable):
    """Rows of an `EventModel`.

    Signals:
        delete_wanted: the key that deletes was pressed.
    """

    delete_wanted = Signal()

    def __init__(self, model: EventModel) -> None:
        widest = {PLACES[name]: text for name, text in _WIDEST.items()}
        super().__init__(model, widest, PLACES["notes"], [PLACES["notes"], PLACES["until"]])
        self.setAccessibleName("Life events: Enter changes one, Delete deletes it")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMinimumHeight(_LEAST_ROWS * self.verticalHeader().defaultSectionSize())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)
