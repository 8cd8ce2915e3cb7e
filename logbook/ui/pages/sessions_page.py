"""The Sessions page: table, form and verdict side by side."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QPushButton, QSplitter, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.person import Acknowledgement
from logbook.domain.session import RecordId, Session
from logbook.services.saving import deleting
from logbook.ui.pages.session_editor import SessionEditor
from logbook.ui.pages.session_list import SessionList
from logbook.ui.store import Store
from logbook.ui.theme import AROUND_PAGE, SPACING
from logbook.ui.widgets.reading import give_reason
from logbook.ui.widgets.session_form import SessionForm
from logbook.ui.widgets.title_row import TitleRow
from logbook.ui.widgets.verdict_panel import VerdictPanel

_NARROWEST: Final = 289  # of the list, in logical pixels: the title, then columns give way
_WIDE_FORM: Final = 420  # logical pixels: what a small window has beyond them goes to the rows
_AFTER_ROWS_MS: Final = 15  # the form waits until the rows are on the screen


class SessionsPage(QWidget):
    """Logs, shows and changes sessions.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be saved, taken back or deleted may have changed.
    """

    said = Signal(str)
    actions_changed = Signal()

    def __init__(self, store: Store) -> None:
        """Show the sessions of *store*, and a new one to write."""
        super().__init__()
        self._store, self._today = store, store.today()
        self.list = SessionList(store)
        self.model, self.table, self.search = self.list.model, self.list.table, self.list.search
        self.editor = SessionEditor(store, self.table)
        self._is_painted = self._wants_cursor = False
        self.new_button, self.repeat_button = QPushButton("New session"), QPushButton("Repeat last")
        self.new_button.setProperty("role", "main")
        if store.journal.is_read_only:
            give_reason(self.new_button, self.repeat_button)
        else:
            self.list.instead = self.new_button
        self._show_buttons()
        self._lay_out()
        self._listen()

    # What the window asks for

    @property
    def form(self) -> SessionForm:
        """The form, with a new session in it: made after the first rows show, or when first asked for."""
        return self.editor.form

    @property
    def verdict_panel(self) -> VerdictPanel:
        """What is said of the session in the form."""
        return self.editor.verdict_panel

    @property
    def is_changed(self) -> bool:
        """Whether the form holds anything that is not saved."""
        return self.editor.is_changed

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed, here or in a session left for another, is not saved."""
        return self.editor.has_unsaved

    @property
    def can_delete(self) -> bool:
        """Whether any session is chosen."""
        return self.table.selectionModel().hasSelection()

    def new_session(self) -> None:
        """Begin a session, prefilled from the last one, and go to the form."""
        self.editor.begin_new()
        self.form.focus_first()

    def save(self) -> None:
        """Keep the session; a warning asks for a reason first, and only once."""
        self.editor.save()

    def revert(self) -> None:
        """Take back what was typed since the last save."""
        self.editor.revert()

    def delete_chosen(self) -> None:
        """Delete the sessions chosen in the table, each with the shedding record written with it."""
        sessions = self.table.chosen
        if not sessions or self._store.journal.is_read_only:
            return
        shedding = [record for session in sessions if (record := self._store.shedding_of(session))]
        edit = deleting(sessions, shedding, self._store.of_person(Acknowledgement))
        if self._store.do(edit):
            self.said.emit(f"{labels.capital(edit.text)}: done. Undo brings it back.")

    def focus_first(self) -> None:
        """Go to the form, where most is changed; while it is not there, once it is."""
        self._wants_cursor = not self.editor.has_form
        if self._store.journal.is_read_only:
            self.list.focus_rows()
        elif self.editor.has_form:
            self.form.focus_first()

    def follow_day(self) -> None:
        """Take another day that has begun for today, if nothing is typed yet."""
        if self._today != (today := self._store.today()):
            self._today = today
            self.editor.follow_day()

    def show_session(self, record_id: RecordId) -> None:
        """Show the session of that id in form and table, also where a search or a filter hid it."""
        session = self._store.find(Session, record_id)
        if session is None:
            self.said.emit("That session is no more; Undo may bring it back.")
            return
        if self.model.row_of(record_id) is None:
            self.list.show_all()
        self.editor.show_session(session)
        self.table.setFocus()

    def go_to(self, part: str) -> None:
        """Put the cursor in the ``table``, the ``form`` or the ``verdict``."""
        verdict = self.verdict_panel
        {"table": self.list.focus_rows, "form": self.form.focus_first, "verdict": verdict.focus_first}[part]()

    def focus_search(self) -> None:
        """Go to the search."""
        self.list.focus_search()

    def restyle(self) -> None:
        """Draw icons again in the colours of now."""
        self.list.restyle()
        self.editor.restyle()

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of."""
        return {"sessions_splitter": self._splitter, "sessions_header": self.table.horizontalHeader()}

    # What is shown

    def _make_form(self) -> None:
        """Put the form in its place once the rows show, and the cursor into it where it is wanted."""
        if not self.isVisible():
            self._is_painted = False  # it was left, or its logbook closed, before the form was there
            return
        self.form.show()
        if self._wants_cursor and not self.search.hasFocus():
            self.focus_first()

    def _take_in(self) -> None:
        self._show_buttons()
        self.list.show_counts()

    def _show_buttons(self) -> None:
        is_writable = not self._store.journal.is_read_only
        self.new_button.setEnabled(is_writable)
        self.repeat_button.setEnabled(is_writable and self._store.judged.history.last is not None)

    def _shown(self, record_id: RecordId) -> None:
        """Choose in the table what the form shows."""
        if record_id:
            self.table.choose(record_id)
        else:
            self.table.clearSelection()

    def _say_kept(self, session: Session) -> None:
        hidden = "" if self.model.row_of(session.id) is not None else " The search or the filter hides its row."
        self.said.emit(f"Saved: {labels.a_session(session)}.{hidden}")

    def _selection_changed(self) -> None:
        """Show the one session that is chosen; several are for deleting, and leave the form as it is."""
        chosen = self.table.chosen
        if len(chosen) == 1:
            self.editor.show_session(chosen[0])
        self.actions_changed.emit()

    # The making

    def _lay_out(self) -> None:
        left = QWidget()
        left.setMinimumWidth(_NARROWEST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(TitleRow("Sessions", self.repeat_button, self.new_button))
        column.addWidget(self.list, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.editor)
        self._splitter.setSizes([770, 610])
        self._splitter.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND_PAGE)
        layout.addWidget(self._splitter)

    def _listen(self) -> None:
        self.new_button.clicked.connect(self.new_session)
        self.repeat_button.clicked.connect(self.editor.repeat_last)
        self.list.laid_anew.connect(self.actions_changed)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.editor.said.connect(self.said)
        self.editor.shown.connect(self._shown)
        self.editor.kept.connect(self._say_kept)
        self.editor.changed.connect(self.actions_changed)
        self._store.changed.connect(self._take_in)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        self.follow_day()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        if self.editor.turn(width):
            is_narrow = self.editor.orientation() is Qt.Orientation.Vertical
            left = max(width * 46 // 100, width - _WIDE_FORM)
            self._splitter.setSizes([left, width - left] if is_narrow else [770, 610])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(_AFTER_ROWS_MS, self, self._make_form)
