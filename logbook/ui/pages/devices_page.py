"""The Devices page: what carries the needles, how worn they are, and which sessions they were used in."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit
from logbook.domain.person import AgreedLimit, Person
from logbook.domain.session import Session, new_id
from logbook.domain.vocabulary import DeviceKind
from logbook.services import devices
from logbook.services.devices import Needles
from logbook.services.people import name_of
from logbook.ui.alerts import ask
from logbook.ui.dialogs.cartridge_dialog import ask_cartridge
from logbook.ui.dialogs.device_dialog import Owners, ask_device, ask_retirement
from logbook.ui.pages.device_model import DeviceModel, needles_name
from logbook.ui.pages.device_table import DeviceTable
from logbook.ui.pages.page import do_and_say, find_in_table
from logbook.ui.store import Store
from logbook.ui.theme import AROUND_PAGE, SPACING
from logbook.ui.widgets.empty_state import empty_state
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.needle_panel import NeedlePanel
from logbook.ui.widgets.reading import give_reason
from logbook.ui.widgets.title_row import TitleRow
from logbook.ui.widgets.turning_splitter import TurningSplitter

_BESIDE: Final = [900, 440]
_BELOW: Final = [380, 280]
_EVERYBODY: Final = "Everybody in this logbook"
_KINDS: Final = (Device, Cartridge, Session, Person, AgreedLimit)


class DevicesPage(QWidget):
    """Shows and changes devices and their cartridges.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be done here may have changed.
        session_wanted: the person opened a session; carries its id, which may be of another person of the file.
    """

    said = Signal(str)
    actions_changed = Signal()
    session_wanted = Signal(str)

    def __init__(self, store: Store) -> None:
        """Show the devices of *store*."""
        super().__init__()
        self._store = store
        self._all: tuple[Needles, ...] = ()
        self._counted_on: date | None = None  # None: something changed since
        self.model = DeviceModel(self)
        self.table = DeviceTable(self.model)
        self.panel = NeedlePanel()
        self.retired_box = QCheckBox("Show re&tired")
        self.add_button, self.add_first_button = QPushButton("Add &device…"), QPushButton("Add &device…")
        self.cartridge_button = QPushButton("Add &cartridge…")
        self.change_button, self.retire_button = QPushButton("Chan&ge…"), QPushButton("&Retire…")
        self.delete_button = QPushButton("De&lete")
        for button in (self.add_button, self.add_first_button):
            button.setProperty("role", "main")
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        if store.journal.is_read_only:
            give_reason(self.add_button, self.add_first_button, self.cartridge_button)
            give_reason(self.change_button, self.retire_button, self.delete_button)
        self._lay_out()
        self._listen()

    # What the window asks for

    @property
    def has_unsaved(self) -> bool:
        """Nothing waits here to be saved: a dialog keeps what was typed, or asks."""
        return False

    def focus_first(self) -> None:
        """Go to the devices, or to the one button there is without any."""
        self._refresh_if_stale()
        (self.table if self.model.rowCount() else self.add_first_button).setFocus()

    def focus_search(self) -> None:
        """Search a table."""
        find_in_table(self, self.said)

    def restyle(self) -> None:
        """Draw icons and greys again in the colours of now."""
        self.panel.restyle()
        self.table.viewport().update()

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of."""
        return {"devices_splitter": self._splitter, "devices_header": self.table.horizontalHeader()}

    # What the buttons do

    def add_device(self) -> None:
        """Ask for a device and add it."""
        fresh = Device(new_id(), DeviceKind.ROLLER, person_id=self._store.person.id)
        device = ask_device(self, fresh, self._store.today(), is_new=True, owners=self._owners)
        if device and do_and_say(self._store, devices.adding(device), self.said):
            self.table.choose_record(device.id)

    @property
    def _owners(self) -> Owners:
        """Whose a device may be: of the person that is shown, or everybody's; empty where they are alone."""
        person, people = self._store.person, self._store.people()
        return ((name_of(person), person.id), (_EVERYBODY, None)) if len(people) > 1 else ()

    def add_cartridge(self) -> None:
        """Ask for a cartridge of the device that is chosen, with the needles of the one before, and add it."""
        chosen = self.table.chosen
        if chosen is None:
            return
        before = next((one.cartridge for one in self._of(chosen.device) if one.cartridge), None)
        fresh = Cartridge(
            new_id(),
            chosen.device.id,
            needle_length=before.needle_length if before else None,
            needle_count=before.needle_count if before else None,
            opened_on=self._store.today(),
        )
        cartridge = ask_cartridge(self, fresh, chosen.device, self._store.today(), is_new=True)
        if cartridge and do_and_say(self._store, devices.adding(chosen.device, cartridge), self.said):
            self.table.choose_record(cartridge.id)

    def change(self) -> None:
        """Ask what is to be changed of the row that is chosen, and change it."""
        chosen = self.table.chosen
        if chosen is None or self._store.journal.is_read_only:
            return
        after: Device | Cartridge | None
        if chosen.cartridge:
            after = ask_cartridge(self, chosen.cartridge, chosen.device, self._store.today())
        else:
            is_used = any(one.use.count for one in self._of(chosen.device))
            after = ask_device(self, chosen.device, self._store.today(), is_used=is_used, owners=self._owners)
        if after == chosen.record:
            self.said.emit("Nothing was changed.")
        elif after:
            do_and_say(self._store, devices.changing(chosen, after), self.said)

    def retire(self) -> None:
        """Retire what is chosen, or take it back into use."""
        chosen = self.table.chosen
        if chosen is None:
            return
        if chosen.record.retired_on:
            do_and_say(self._store, devices.taking_back(chosen), self.said)
            return
        opened = chosen.cartridge.opened_on if chosen.cartridge else None
        if on := ask_retirement(self, needles_name(chosen), opened, self._store.today()):
            do_and_say(self._store, devices.retiring(chosen, on), self.said)

    def delete(self) -> None:
        """Delete what is chosen where no session names it, else say so and offer to retire it."""
        chosen = self.table.chosen
        if chosen is None:
            return
        if not (why := devices.why_kept(chosen, self._all)):
            do_and_say(self._store, devices.deleting(chosen, self._all), self.said)
        elif chosen.record.retired_on:
            self.said.emit(f"{why} It is retired already.")
        elif ask(self, "Needed by sessions", f"{why} You may retire it instead.", "Retire…"):
            self.retire()

    # What is shown

    def _take_in(self, edit: Edit) -> None:
        """Count again after an edit or an undo, at once or when the page is next looked at."""
        if any(isinstance(one.record, _KINDS) for one in edit.replacements):
            self._counted_on = None
            if self.isVisible():
                self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if self._counted_on != self._store.today():  # a cartridge expires, a limit ends
            store, self._counted_on = self._store, self._store.today()
            mine = [one for one in store.of_person(Device) if one.person_id in (None, store.person.id)]
            ids = {device.id for device in mine}
            heads = [one for one in store.of_person(Cartridge) if one.device_id in ids]
            guidance = devices.Guidance(store.journal.rules, store.judged.agreed, store.today())
            self._all = devices.inventory(mine, heads, store.needle_uses(), guidance)
            self._show_rows()

    def _show_rows(self) -> None:
        chosen = self.table.chosen
        shown = [one for one in self._all if self.retired_box.isChecked() or one.retired_on is None]
        self.model.show_needles(shown, self._store.today())
        self.table.choose_record(chosen.record.id if chosen else None)
        self._empty.setText(
            "Everything here is retired. Tick “Show retired” to see it."
            if self._all
            else "No device yet. Add your roller, stamp or pen, and its uses are counted from your sessions."
        )
        self._stack.setCurrentIndex(0 if shown else 1)
        self.add_button.setVisible(bool(shown))
        self.retired_box.setVisible(any(one.retired_on for one in self._all))
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show what is known of the row that is chosen, and what can be done with it."""
        chosen = self.table.chosen
        is_writable = not self._store.journal.is_read_only
        for button in (self.cartridge_button, self.change_button, self.retire_button, self.delete_button):
            button.setEnabled(is_writable and chosen is not None)
        for button in (self.add_button, self.add_first_button):
            button.setEnabled(is_writable)
        self.actions_changed.emit()
        if chosen is None:
            return
        self.cartridge_button.setText("Add dr&um…" if chosen.device.kind is DeviceKind.ROLLER else "Add &cartridge…")
        self.retire_button.setText("Take &back into use" if chosen.record.retired_on else "&Retire…")
        lot = devices.lot_sessions(chosen, self._all)
        self.panel.show_needles(needles_name(chosen), chosen, lot, self._store.person.id, self._store.today())

    def _of(self, device: Device) -> list[Needles]:
        return [one for one in self._all if one.device.id == device.id]

    # The making

    def _lay_out(self) -> None:
        buttons = FlowLayout()
        for button in (self.cartridge_button, self.change_button, self.retire_button, self.delete_button):
            buttons.addWidget(button)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(FindRow(self.table))
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self._splitter = TurningSplitter(_BESIDE, _BELOW)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.share()
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND_PAGE)
        layout.setSpacing(SPACING)
        layout.addWidget(TitleRow("Devices", self.retired_box, self.add_button))
        layout.addLayout(self._stack, 1)  # before its pages: the first would show as a window of its own
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(empty_state("devices", self._empty, self.add_first_button))

    def _listen(self) -> None:
        self.add_button.clicked.connect(self.add_device)
        self.add_first_button.clicked.connect(self.add_device)
        self.cartridge_button.clicked.connect(self.add_cartridge)
        self.change_button.clicked.connect(self.change)
        self.retire_button.clicked.connect(self.retire)
        self.delete_button.clicked.connect(self.delete)
        self.retired_box.toggled.connect(self._show_rows)
        self.table.activated.connect(self.change)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.panel.session_wanted.connect(self.session_wanted)
        self._store.changed.connect(self._take_in)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh_if_stale()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._splitter.turn(event.size().width())
