"""Shows what stands where a logbook should be, and the ways on from there; it does nothing itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QListWidget, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from logbook.services.recovery import Backup, Finding, State
from logbook.ui.dialogs.backup_model import MADE, OCCASION, SIZE, WIDEST, BackupModel
from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.find_row import FindKey, FindRow
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.words import words_label

_SIZE: Final = QSize(760, 560)  # logical pixels
_SALVAGED: Final = (State.DAMAGED,)
_FOUND: Final = (State.MISSING, State.EMPTY)
_RESTORED: Final = (State.MISSING, State.EMPTY, State.DAMAGED, State.TOO_NEW, State.NOT_A_LOGBOOK)


class RecoveryDialog(QDialog):
    """What is wrong, the backups and the files that may be it, and a button for each way on.

    Signals:
        restore_wanted: the person wants a backup in its place.
        open_wanted: the person wants one of the files nearby, or just a look at what was saved.
        saved_wanted: the person wants what was saved in its place.
        salvage_wanted, export_wanted, locate_wanted, another_wanted, new_wanted: likewise, nothing chosen yet.
        salvage_cancelled: the saving is to stop.
        quit_wanted: the person has had enough.
    """

    restore_wanted = Signal(Backup)
    open_wanted = Signal(Path)
    saved_wanted = Signal(Path)
    salvage_wanted = Signal()
    salvage_cancelled = Signal()
    export_wanted = Signal()
    locate_wanted = Signal()
    another_wanted = Signal()
    new_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QWidget | None, finding: Finding, *, is_open: bool = False) -> None:
        """Show *finding*; where another logbook *is_open*, there is a way back to it."""
        super().__init__(parent)
        self.setWindowTitle("Recover a logbook")
        self.finding = finding
        self.saved: Path | None = None  # what could be read is in it
        self.reason, self.says = words_label("heading"), words_label()
        self.model = BackupModel(self)
        self.table = FittedTable(self.model, WIDEST, MADE, [SIZE, OCCASION])
        self.table.setAccessibleName("Backups, the newest first")
        self.nearby = QListWidget()
        self.nearby.setAccessibleName("Logbooks nearby")
        self.nearby.setProperty("role", "choices")
        self.backups_title, self.nearby_title = words_label("section"), words_label("section")
        self.report = words_label(is_selectable=True)
        self.report.setAccessibleName("What came of it")
        self.progress = QProgressBar(maximum=0)
        self.progress.setAccessibleName("Reading what can be read")
        self._make_buttons(is_open=is_open)
        self._lay_out()
        self._listen()
        FindKey(self)
        self._show_finding()
        self._offer()

    @property
    def chosen(self) -> Backup | None:
        """The backup that is chosen."""
        row = self.table.chosen_row
        return None if row is None else self.model.shown[row]

    def show_work(self) -> None:
        """Show that what can be read is being saved."""
        self._work(is_under_way=True)
        self.cancel_button.setFocus()

    def show_report(self, sentences: Sequence[str], saved: Path | None = None) -> None:
        """Show what came of it; what was *saved* can be opened."""
        self.saved = saved or self.saved
        self._work(is_under_way=False)
        self.report.setText("\n".join(sentences))
        self.report.setVisible(bool(sentences))
        (self.use_saved_button if saved else self.another_button).setFocus()

    # What the buttons do

    def restore(self) -> None:
        """Ask for the chosen backup in the place of the logbook."""
        if (chosen := self.chosen) and self.restore_button.isEnabled():
            self.restore_wanted.emit(chosen)

    def open_nearby(self) -> None:
        """Ask for the chosen file."""
        row = self.nearby.currentRow()
        if row >= 0:
            self.open_wanted.emit(self.finding.candidates[row].path)

    def open_saved(self) -> None:
        """Ask for what was saved."""
        if self.saved:
            self.open_wanted.emit(self.saved)

    def use_saved(self) -> None:
        """Ask for what was saved in the place of the damaged logbook."""
        if self.saved:
            self.saved_wanted.emit(self.saved)

    # What is shown

    def _show_finding(self) -> None:
        first, *more = self.finding.sentences
        self.reason.setText(first)
        self.says.setText(" ".join(more))
        self.backups_title.setText("Backups")
        self.nearby_title.setText("Logbooks nearby")
        self.model.show_backups(self.finding.backups)
        good = self.finding.good_backup
        self.table.choose((self.model.row_of(good.path) if good else None) or 0)
        self.nearby.addItems([one.sentence for one in self.finding.candidates])
        self.nearby.setCurrentRow(0)
        self.report.hide()
        self._work(is_under_way=False)
        button = next((one for one in self._ways if not one.isHidden() and one.isEnabled()), self.quit_button)
        button.setDefault(True)
        button.setFocus()

    def _offer(self) -> None:
        chosen = self.chosen
        self.restore_button.setEnabled(chosen is not None and chosen.is_sound)

    def _work(self, *, is_under_way: bool) -> None:
        for shown in (self.progress, self.cancel_button):
            shown.setVisible(is_under_way)
        finding, state = self.finding, self.finding.state
        has_backups, has_others = bool(finding.backups), bool(finding.candidates)
        offered = {
            self.backups_title: has_backups,
            self.table: has_backups,
            self.nearby_title: has_others,
            self.nearby: has_others,
            self.restore_button: has_backups and state in _RESTORED,
            self.open_nearby_button: has_others,
            self.salvage_button: state in _SALVAGED and self.saved is None,
            self.open_saved_button: self.saved is not None,
            self.use_saved_button: self.saved is not None,
            self.export_button: state is State.TOO_NEW,
            self.locate_button: state in _FOUND,
            self.new_button: state is State.MISSING,
            self.another_button: True,
            self.quit_button: True,
        }
        for widget, is_offered in offered.items():
            is_list = widget in (self.backups_title, self.table, self.nearby_title, self.nearby)
            widget.setVisible(is_offered and (is_list or not is_under_way))
            widget.setEnabled(not is_under_way)
        self._offer()

    # The making

    def _make_buttons(self, *, is_open: bool) -> None:
        self.restore_button = QPushButton("&Restore this backup")
        self.restore_button.setProperty("role", "main")
        self.open_nearby_button = QPushButton("&Open the chosen file")
        self.salvage_button = QPushButton("&Save what can be read…")
        self.open_saved_button = QPushButton("O&pen what was saved")
        self.use_saved_button = QPushButton("&Use what was saved")
        self.use_saved_button.setToolTip("The damaged file is kept beside it.")
        self.export_button = QPushButton("&Export what is understood…")
        self.locate_button = QPushButton("&Find it…")
        self.another_button = QPushButton("Open &another logbook…")
        self.new_button = QPushButton("Begin a &new logbook…")
        self.cancel_button = QPushButton("&Cancel")
        self.quit_button = QPushButton("&Close" if is_open else "&Quit")
        self._ways = (
            self.use_saved_button,
            self.open_saved_button,
            self.open_nearby_button,
            self.restore_button,
            self.locate_button,
            self.salvage_button,
            self.export_button,
            self.another_button,
            self.new_button,
            self.cancel_button,
            self.quit_button,
        )

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, MARGIN, 0, SPACING)
        column.setSpacing(SPACING)
        self.nearby.setWordWrap(True)
        lines = min(2 * len(self.finding.candidates), 6) + 1
        self.nearby.setFixedHeight(lines * self.nearby.fontMetrics().lineSpacing())
        for part in (self.reason, self.says, self.report):
            column.addWidget(part)
        for title, rows in ((self.nearby_title, self.nearby), (self.backups_title, self.table)):
            title.setIndent(0)
            column.addWidget(title)
            if rows is self.table:
                column.addWidget(FindRow(self.table))
            column.addWidget(rows)
        column.setStretchFactor(self.table, 1)
        column.addWidget(self.progress)
        scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        foot = QWidget()
        buttons = FlowLayout(foot)
        for button in self._ways:
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        layout.addWidget(scroll, 1)
        layout.addWidget(foot)

    def _listen(self) -> None:
        does = {
            self.restore_button: self.restore,
            self.open_nearby_button: self.open_nearby,
            self.open_saved_button: self.open_saved,
            self.use_saved_button: self.use_saved,
            self.salvage_button: self.salvage_wanted,
            self.export_button: self.export_wanted,
            self.locate_button: self.locate_wanted,
            self.another_button: self.another_wanted,
            self.new_button: self.new_wanted,
            self.cancel_button: self.salvage_cancelled,
            self.quit_button: self.quit_wanted,
        }
        for button, what in does.items():
            button.setAutoDefault(False)
            button.clicked.connect(what)
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self.table.activated.connect(self.restore)
        self.nearby.itemActivated.connect(self.open_nearby)

    # Qt's own

    def sizeHint(self) -> QSize:
        return _SIZE.expandedTo(self.minimumSizeHint()).boundedTo(self.screen().availableGeometry().size() * 0.9)
