"""The Shedding page: hairs counted day by day, what else happened, and what the guidance says of a count."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QHeaderView, QPushButton, QSplitter, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.errors import LogbookError
from logbook.domain.person import Acknowledgement, LifeEvent
from logbook.domain.session import RecordId
from logbook.domain.shedding import SheddingRecord
from logbook.services import shedding
from logbook.services.exchange import export
from logbook.ui.alerts import tell_error
from logbook.ui.pages.events_panel import EventsPanel
from logbook.ui.pages.page import do_and_say, find_in_table
from logbook.ui.pages.shedding_editor import SheddingEditor
from logbook.ui.pages.shedding_list import SheddingList
from logbook.ui.store import Store
from logbook.ui.theme import AROUND_PAGE, SPACING
from logbook.ui.widgets.quick_count import QuickCount, QuickEntry
from logbook.ui.widgets.reading import give_reason
from logbook.ui.widgets.shedding_form import SheddingForm
from logbook.ui.widgets.title_row import TitleRow
from logbook.ui.widgets.verdict_panel import VerdictPanel

_BESIDE: Final = [640, 610]
_LEAST_BESIDE: Final = 500  # logical pixels that form and verdict need beside each other
_RECORDS_AND_EVENTS: Final = [480, 170]
_FILES: Final = "Shedding as CSV (*.csv)"
_NARROWEST: Final = 304  # logical pixels: the title, then columns give way, but for day, count and verdict


class SheddingPage(QWidget):
    """Logs, shows and changes shedding records and life events.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be saved, taken back or deleted may have changed.
        session_wanted: the person opened a session; carries its id.
    """

    said = Signal(str)
    actions_changed = Signal()
    session_wanted = Signal(str)

    def __init__(self, store: Store) -> None:
        """Show the records of *store*, and a new one to write."""
        super().__init__()
        self._store, self._today = store, store.today()
        self.list, self.events = SheddingList(store), EventsPanel(store)
        self.model, self.table = self.list.model, self.list.table
        self.quick, self.editor = QuickCount(), SheddingEditor(store)
        self.new_button, self.export_button = QPushButton("Lo&g shedding"), QPushButton("E&xport…")
        self.new_button.setProperty("role", "main")
        is_writable = not store.journal.is_read_only
        for widget in (self.quick, self.new_button, self.list.first_button):
            widget.setEnabled(is_writable)
        if not is_writable:
            give_reason(self.quick, self.quick.add_button, self.new_button, self.list.first_button)
        self.quick.begin(self._today, self.editor.last_method())
        self._lay_out()
        self._listen()
        self._show_new_button()

    # What the window asks for

    @property
    def form(self) -> SheddingForm:
        """The form."""
        return self.editor.form

    @property
    def verdict_panel(self) -> VerdictPanel:
        """What is said of the record in the form."""
        return self.editor.verdict_panel

    @property
    def is_changed(self) -> bool:
        """Whether the form holds anything that is not saved."""
        return self.editor.is_changed

    @property
    def can_delete(self) -> bool:
        """Whether any record or life event is chosen."""
        return self.table.selectionModel().hasSelection() or bool(self.events.all_chosen)

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed here is not saved."""
        return self.editor.has_unsaved or self.quick.has_unsaved

    def focus_first(self) -> None:
        """Go to where the next count is typed."""
        if self.quick.isEnabled():
            self.quick.number.setFocus()
        elif self.model.total:
            self.list.focus_rows()
        else:
            self.export_button.setFocus()

    def go_to(self, part: str) -> None:
        """Put the cursor in the ``table``, the ``form`` or the ``verdict``."""
        verdict = self.verdict_panel
        {"table": self.list.focus_rows, "form": self.form.focus_first, "verdict": verdict.focus_first}[part]()

    def focus_search(self) -> None:
        """Search a table."""
        find_in_table(self, self.said)

    def restyle(self) -> None:
        """Draw icons and greys again in the colours of now."""
        self.editor.restyle()
        for table in (self.table, self.events.table):
            table.viewport().update()

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of."""
        return {
            "shedding_splitter": self._splitter,
            "shedding_lists": self._lists,
            "shedding_header": self.table.horizontalHeader(),
        }

    def show_record(self, record_id: RecordId) -> None:
        """Show the shedding record or the life event of that id, also where the filter hid it."""
        if record := self._store.find(SheddingRecord, record_id):
            if self.model.row_of(record_id) is None:
                self.list.show_all()
            self.editor.show_record(record)
            self.table.setFocus()
        elif self._store.find(LifeEvent, record_id):
            self.events.choose(record_id)
        else:
            self.said.emit("That record is no more; Undo may bring it back.")

    def follow_day(self) -> None:
        """Take another day that has begun for today, wherever nothing is typed yet."""
        if self._today != (today := self._store.today()):
            self._today = today
            self.quick.set_today(today)
            self.editor.follow_day()

    # What is done

    def begin_new(self) -> None:
        """Begin a record, and go to the form."""
        self.editor.begin_new()
        self.form.focus_first()

    def save(self) -> None:
        """Keep the record in the form."""
        self.editor.save()

    def revert(self) -> None:
        """Take back what was typed since the last save."""
        self.editor.revert()

    def delete_chosen(self) -> None:
        """Delete the records that are chosen, or the life events while the cursor is among them."""
        records = self.table.chosen
        if self.events.has_cursor:
            self.events.delete()
        elif records and not self._store.journal.is_read_only:
            do_and_say(self._store, shedding.deleting(records, self._store.of_person(Acknowledgement)), self.said)

    def export(self) -> None:
        """Write the person's records to a CSV."""
        name, _ = QFileDialog.getSaveFileName(self, "Export shedding records", "shedding.csv", _FILES)
        if not name:
            return
        path = Path(name)
        try:
            exported = export(self._store.of_person(SheddingRecord), path, SheddingRecord)
        except LogbookError as error:
            self.said.emit("Nothing was exported.")
            tell_error(self, error)
        else:
            self.said.emit(f"{exported} In {path.name}.")

    def _enter(self, entry: QuickEntry) -> None:
        """Keep the count that was typed in the line above, and go on to the next day."""
        record = SheddingRecord(
            self.quick.record_id, self._store.person.id, entry.date, entry.method, entry.value, entry.is_more_than
        )
        if problems := record.problems(self._store.today()):
            self.quick.show_problem(problems[0])
            return
        is_second = any(_is_beside(one, record) for one in self._store.judged.shedding)
        if self._store.do(shedding.adding(record)):
            row = self.model.row_of(record.id)
            words = [f"Saved: {labels.a_record(record)}."]
            words += ["There is another count of that day."] if is_second else []
            words += ["The filter hides its row."] if row is None else []
            if row is not None:
                self.table.scrollTo(self.model.index(row, 0))
            self.quick.go_on(" ".join(words))
            self.actions_changed.emit()
            self.said.emit(" ".join(words))

    # What is shown

    def _selection_changed(self) -> None:
        """Show the one record that is chosen; several are for deleting, and leave the form as it is."""
        chosen = self.table.chosen
        if len(chosen) == 1:
            self.editor.show_record(chosen[0])
        self.actions_changed.emit()

    def _show_new_button(self, _: Edit | None = None) -> None:
        """Without any record there is one button alone, in the place of the rows."""
        self.new_button.setVisible(bool(self.model.total))

    def _shown(self, record_id: RecordId) -> None:
        """Choose in the table what the form shows."""
        if record_id:
            self.table.choose_record(record_id)
        else:
            self.table.choose_none()
        self.actions_changed.emit()

    # The making

    def _lay_out(self) -> None:
        self._lists = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.events)
        self._lists.setSizes(_RECORDS_AND_EVENTS)
        self._lists.setStretchFactor(0, 1)
        left = QWidget()
        left.setMinimumWidth(_NARROWEST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(TitleRow("Shedding", self.export_button, self.new_button))
        column.addWidget(self.quick)
        column.addWidget(self._lists, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.editor)
        self._splitter.setSizes(_BESIDE)
        self.editor.turn(0)  # until its width is known, it must not make the window wider
        self._is_narrow: bool | None = None  # not known yet: what the window remembers of the sizes stays
        self._splitter.setStretchFactor(0, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(AROUND_PAGE)
        layout.addWidget(self._splitter)

    def _listen(self) -> None:
        self.quick.entered.connect(self._enter)
        for edited in (self.quick.number.textEdited, self.quick.method.edited, self.quick.day.dateChanged):
            edited.connect(self.actions_changed)
        self.new_button.clicked.connect(self.begin_new)
        self.list.first_wanted.connect(self.begin_new)
        self.export_button.clicked.connect(self.export)
        self.list.laid_anew.connect(self.actions_changed)
        self.table.delete_wanted.connect(self.delete_chosen)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.events.table.selectionModel().selectionChanged.connect(self.actions_changed)
        self.editor.shown.connect(self._shown)
        self.editor.changed.connect(self.actions_changed)
        for part in (self.editor, self.events):
            part.said.connect(self.said)
        self.editor.session_wanted.connect(self.session_wanted)
        self._store.changed.connect(self._show_new_button)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        self.follow_day()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self.editor.turn(width)
        was_narrow, self._is_narrow = self._is_narrow, self.editor.orientation() is Qt.Orientation.Vertical
        if self._is_narrow and not was_narrow:
            self._splitter.setSizes([width * 46 // 100, width * 54 // 100])
        elif was_narrow and not self._is_narrow:
            self._splitter.setSizes(_BESIDE)
        elif was_narrow is None and self._splitter.sizes()[1] < _LEAST_BESIDE:
            self._splitter.setSizes(_BESIDE)  # what is remembered is of a narrow window


def _is_beside(one: SheddingRecord, record: SheddingRecord) -> bool:
    """Tell whether *one* is a count of the same day by the same method."""
    return one.date == record.date and one.method is record.method and one.value is not None
