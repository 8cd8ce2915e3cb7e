"""One file on its way into the logbook: how it is read, what is asked, what is refused, and numbers that add up."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.services.exchange import PlannedImport
from logbook.services.importing.cells import NO_ANSWERS, Answers
from logbook.services.importing.columns import Columns
from logbook.services.importing.look import Preview
from logbook.services.importing.source import Kind
from logbook.ui.dialogs.import_columns import ImportColumns
from logbook.ui.dialogs.import_lists import FirstRows, RowList
from logbook.ui.dialogs.import_models import PROBLEMS, UNDERSTOOD
from logbook.ui.dialogs.import_questions import ImportQuestions
from logbook.ui.dialogs.import_words import counted, headline, what_is_missing, why_nothing
from logbook.ui.theme import MARGIN, SPACING, restyle
from logbook.ui.widgets.find_row import FindKey
from logbook.ui.widgets.words import words_label

_SIZE: Final = QSize(860, 640)  # logical pixels
_SMALL: Final = QSize(560, 200)  # where no table is shown
_ROOM: Final = 40  # of the screen that stays free around it


@dataclass(frozen=True, slots=True)
class Reading:
    """How the person wants a file to be read."""

    columns: Columns | None = None  # None: as its names suggest
    answers: Answers = NO_ANSWERS
    kind: Kind | None = None  # None: what it looks like


class ImportDialog(QDialog):
    """Shows what is in a file and what an import of it would do; it reads nothing and writes nothing itself.

    Signals:
        reading_wanted: the person wants it read as the `Reading` that it carries.
        import_wanted: the person wants taken in what was shown.
    """

    reading_wanted = Signal(object)
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None, name: str) -> None:
        """Begin with nothing known of the file *name* yet."""
        super().__init__(parent)
        self.setWindowTitle("Import")
        self._name = name
        self.preview: Preview | None = None
        self.planned: PlannedImport | None = None
        self._whose = ""
        self._is_writing = False
        self.heading, self.remarks, self.counts = words_label("heading"), words_label("muted"), words_label()
        self.questions, self.columns = ImportQuestions(), ImportColumns()
        self.rows = FirstRows()
        self.understood = RowList(UNDERSTOOD, "Texts that are read as something else than stands there", 2)
        self.problems = RowList(PROBLEMS, "Rows that are refused, and why", 2)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.setAccessibleName("What is in the file")
        self.tabs.tabBar().setDrawBase(False)
        self.progress = QProgressBar(textVisible=False)
        self.leave_out = QCheckBox()
        self.import_button, self.cancel_button = QPushButton("&Import"), QPushButton("Cancel")
        self._lay_out()
        self._listen()
        FindKey(self)
        self.show_work(f"Reading {name}…")
        self._take_room(_SMALL)

    # What is shown

    def show_work(self, text: str) -> None:
        """Show that something is under way, which *text* tells."""
        self.planned = None
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(text)
        self.progress.show()
        self._say(text)
        self._allow()

    def show_writing(self, text: str) -> None:
        """Show that the records are being written, which *text* tells, and cannot be stopped any more."""
        self.show_work(text)
        self._is_writing = True
        self.cancel_button.setEnabled(False)
        self.tabs.setEnabled(False)
        self.questions.setEnabled(False)

    def show_progress(self, done: int, of: int) -> None:
        """Show that *done* lines *of* so many were read."""
        self.progress.setRange(0, max(of, 1))
        self.progress.setValue(done)

    def show_preview(self, preview: Preview) -> None:
        """Show what is in the file, as far as it is understood."""
        is_first = self.preview is None
        self.preview, self.planned, self._whose = preview, None, ""
        self.progress.hide()
        self.heading.setText(headline(preview, self._name))
        recalled = ("The columns are read as you chose the last time.",) if preview.is_recalled else ()
        self.remarks.setText(" ".join((*recalled, *preview.remarks)))
        self.remarks.setVisible(bool(self.remarks.text()))
        self.questions.show_questions(preview.questions, preview.answers)
        if preview.columns:
            self.columns.show_columns(preview.columns)
            self.rows.show_preview(preview)
            self.understood.show_rows(preview.understood)
        self._show_tabs()
        self._say(what_is_missing(preview))
        self._allow()
        if is_first:
            self._take_room(_SIZE if preview.columns else _SMALL)
            (self.questions.first_open or self.cancel_button).setFocus()

    def show_plan(self, planned: PlannedImport, whose: str = "") -> None:
        """Show what the import would do, and *whose* the records are."""
        self.planned, self._whose, self._is_writing = planned, whose, False
        for widget in (self.cancel_button, self.tabs, self.questions):
            widget.setEnabled(True)
        self.progress.hide()
        self.problems.show_rows(planned.problems)
        rows = labels.count(planned.refused, "refused row" if self.is_table else "refused record")
        self.leave_out.setText(f"&Leave out the {rows}")
        self._show_tabs()
        if planned.problems:
            self._take_room(_SIZE)
            self.tabs.setCurrentWidget(self.problems)
        self._tell()
        if self.import_button.isEnabled() and self.focusWidget() in (None, self.cancel_button):
            self.import_button.setFocus()

    def show_failure(self, sentence: str) -> None:
        """Show that the file cannot be taken in as it is read now, and why."""
        self.planned = None
        self.progress.hide()
        self._say(sentence, is_wrong=True)
        self._allow()

    @property
    def agreed(self) -> PlannedImport | None:
        """What may be taken in as things stand; None where nothing may."""
        planned = self.planned
        is_something = planned is not None and planned.added > 0
        return planned if is_something and planned and (not planned.problems or self.leave_out.isChecked()) else None

    @property
    def is_ready(self) -> bool:
        """Whether everything is known that is needed to count what would be done."""
        return self.preview is not None and not what_is_missing(self.preview)

    @property
    def reading(self) -> Reading:
        """How the person wants the file to be read now."""
        return Reading(self.preview.columns if self.preview else None, self.questions.given)

    @property
    def is_table(self) -> bool:
        """Whether the file is a table, and not a logbook with people of its own."""
        return self.preview is None or self.preview.kind.is_table

    def _tell(self) -> None:
        """Say what would be done, and what stands in the way."""
        if planned := self.planned:
            said = counted(planned, "row" if self.is_table else "record")
            why = "" if self.agreed else why_nothing(planned, leaves_out=self.leave_out.isChecked())
            self._say("\n".join(filter(None, (said, self._whose, why))))
        self._allow()

    def _allow(self) -> None:
        planned, agreed = self.planned, self.agreed
        self.leave_out.setVisible(planned is not None and bool(planned.problems))
        self.import_button.setEnabled(agreed is not None)
        noun = "row" if self.is_table else "record"
        self.import_button.setText(f"&Import {labels.count(agreed.added, noun)}" if agreed else "&Import")

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        self.counts.setText(f"✕ {text}" if is_wrong else text)
        self.counts.setVisible(bool(text))
        restyle(self.counts, "role", "problem" if is_wrong else None)

    def _show_tabs(self) -> None:
        """Show the tabs that have something to say."""
        refused = self.planned.refused if self.planned else 0
        understood = len(self.preview.understood) if self.preview else 0
        shown = {
            self.rows: ("&First rows", bool(self.preview and self.preview.columns)),
            self.columns_area: ("&Columns", bool(self.preview and self.preview.columns)),
            self.understood: (f"Read &differently ({understood})", understood > 0),
            self.problems: (f"&Refused ({refused:,})", refused > 0),
        }
        for place, (title, is_shown) in enumerate(shown.values()):
            self.tabs.setTabText(place, title)
            self.tabs.setTabVisible(place, is_shown)
        self.tabs.setVisible(any(is_shown for _, is_shown in shown.values()))

    def _take_room(self, size: QSize) -> None:
        """Be as large as *size* at least, where the screen is."""
        room = self.screen().availableGeometry().size() - QSize(_ROOM, _ROOM)
        self.resize(size.expandedTo(self.size() if self.isVisible() else size).boundedTo(room))

    # What the person does

    def _read_again(self) -> None:
        self.reading_wanted.emit(self.reading)

    def _read_columns(self, columns: Columns) -> None:
        self.reading_wanted.emit(Reading(columns, self.questions.given))

    def _read_kind(self, kind: Kind) -> None:
        self.reading_wanted.emit(Reading(None, self.questions.given, kind))

    # The making

    def _lay_out(self) -> None:
        self.columns_area = _scrolled(self.columns, "Which column is read as what")
        for tab in (self.rows, self.columns_area, self.understood, self.problems):
            self.tabs.addTab(tab, "")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        column.setSpacing(SPACING)
        for above in (self.heading, self.remarks, self.questions):
            column.addWidget(above)
        column.addWidget(self.tabs, 1)
        column.addStretch(0)
        below = QVBoxLayout()
        below.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        below.setSpacing(SPACING)
        for widget in (self.progress, self.counts, self.leave_out):
            below.addWidget(widget)
        below.addLayout(self._buttons())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(_scrolled(body, "What is in the file"), 1)
        layout.addLayout(below)
        self.questions.hide()
        self.tabs.hide()

    def _buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addStretch(1)
        self.import_button.setProperty("role", "main")
        self.import_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)
        for button in (self.import_button, self.cancel_button):
            buttons.addWidget(button)
        return buttons

    def _listen(self) -> None:
        self.questions.answered.connect(self._read_again)
        self.columns.columns_chosen.connect(self._read_columns)
        self.columns.kind_chosen.connect(self._read_kind)
        self.leave_out.toggled.connect(self._tell)
        self.import_button.clicked.connect(self.import_wanted)
        self.cancel_button.clicked.connect(self.reject)

    # Qt's own

    def reject(self) -> None:
        if not self._is_writing:
            super().reject()


def _scrolled(widget: QWidget, name: str) -> QScrollArea:
    area = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(widget)
    return area
