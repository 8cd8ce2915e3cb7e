"""Shows the backups of the logbook and where they are, and says what is wanted of them; it does nothing itself."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from logbook.services.backup_state import State, moment
from logbook.services.backups import Backup, Occasion
from logbook.services.counted import PARTS, counted_rows
from logbook.ui.dialogs.backup_model import MADE, OCCASION, OCCASIONS, SIZE, WIDEST, BackupModel, proven_over
from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.find_row import FindKey, FindRow
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.words import words_label

_SIZE: Final = QSize(820, 560)  # logical pixels
_READ_ONLY: Final = "This logbook is open for reading only, so nothing can be restored into it."
_UNREAD: Final = "It will be read to its end before anything is restored."
_NO_SECOND: Final = "No second folder. A copy on another disk outlives this one."


class BackupsDialog(QDialog):
    """A list of backups, what each of them holds, and the folders they are in.

    Signals:
        back_up_wanted: the person wants one made now.
        restore_wanted: the person wants one in the place of the logbook.
        folder_chosen: the person wants a second copy of everything in a folder; None: nowhere else any more.
    """

    back_up_wanted = Signal()
    restore_wanted = Signal(Backup)
    folder_chosen = Signal(object)

    def __init__(self, parent: QWidget | None, folder: Path, *, is_read_only: bool = False) -> None:
        """Begin without a backup; they are in *folder*, beside the logbook."""
        super().__init__(parent)
        self.setWindowTitle("Backups")
        self._folder, self._is_read_only = folder, is_read_only
        self.model = BackupModel(self)
        self.table = FittedTable(self.model, WIDEST, MADE, [SIZE, OCCASION])
        self.table.setAccessibleName("Backups, the newest first: Enter restores one")
        self.standing, self.details = words_label(), words_label("muted", is_selectable=True)
        self.standing.setAccessibleName("How it stands with your backups")
        self.details.setAccessibleName("What is in the backup, and where it is")
        self.own_folder = words_label("muted", is_selectable=True)
        self.second_folder = words_label("muted", is_selectable=True)
        self.add_folder_button = QPushButton("Add a second &folder…")
        self.remove_folder_button = QPushButton("Re&move the second folder")
        self.back_up_button = QPushButton("&Back up now")
        self.restore_button = QPushButton("&Restore…")
        self.restore_button.setProperty("role", "main")
        self.take_back_button = QPushButton("&Take back the last restore…")
        self.close_button = QPushButton("&Close")
        self._lay_out()
        self._listen()
        FindKey(self)
        self._show_chosen()

    @property
    def chosen(self) -> Backup | None:
        """The backup that is chosen."""
        row = self.table.chosen_row
        return None if row is None else self.model.shown[row]

    @property
    def unproven(self) -> Backup | None:
        """The newest backup that was not looked through yet."""
        return next((one for one in self.model.shown if one.is_sound and not one.is_verified), None)

    @property
    def before_restore(self) -> Backup | None:
        """The newest sound copy that was made before a restore."""
        return next((one for one in self.model.shown if one.is_sound and one.occasion is Occasion.RESTORE), None)

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show *backups* with what is proven of them already, and stay at the one that was chosen."""
        chosen = self.chosen
        self.model.show_backups(proven_over(backups, self.model.shown))
        self.table.choose((self.model.row_of(chosen.path) if chosen else None) or 0)
        self._show_chosen()

    def show_proof(self, backup: Backup) -> None:
        """Show what was found of *backup*."""
        self.model.show_proof(backup)
        self._show_chosen()

    def show_state(self, state: State, sentence: str) -> None:
        """Show how it stands, in a *sentence*, and where a second copy goes."""
        drill = state.drill
        tried = ""
        if drill and not drill.fault:
            tried = f" A restore was tried out {moment(drill.at)}: everything was there."
        self.standing.setText(f"{sentence}{tried}")
        other = state.other_folder
        self.own_folder.setText(f"Beside the logbook: {self._folder}")
        self.second_folder.setText(f"Second folder: {other}" if other else _NO_SECOND)
        self.remove_folder_button.setEnabled(other is not None and not self._is_read_only)
        self.add_folder_button.setEnabled(not self._is_read_only)

    # What the buttons do

    def restore(self) -> None:
        """Ask for what is chosen in the place of the logbook."""
        if (chosen := self.chosen) and self.restore_button.isEnabled():
            self.restore_wanted.emit(chosen)

    def take_back(self) -> None:
        """Ask for what was there before the last restore."""
        if before := self.before_restore:
            self.restore_wanted.emit(before)

    def add_folder(self) -> None:
        """Ask for a folder in which a second copy goes."""
        if name := QFileDialog.getExistingDirectory(self, "A second folder for backups"):
            self.folder_chosen.emit(Path(name))

    def remove_folder(self) -> None:
        """Want no second copy any more; those that are there stay."""
        self.folder_chosen.emit(None)

    # What is shown

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.details.setText(self._words_of(chosen) if chosen else "There is no backup yet.")
        is_open = not self._is_read_only
        self.restore_button.setEnabled(is_open and chosen is not None and chosen.is_sound)
        self.take_back_button.setEnabled(is_open and self.before_restore is not None)
        for button in (self.restore_button, self.take_back_button):
            button.setToolTip(_READ_ONLY if self._is_read_only else "")

    def _words_of(self, backup: Backup) -> str:
        records = {table: rows for table, rows in backup.counts.items() if table not in PARTS}
        words = backup.fault or f"It holds {counted_rows(records)}."
        if backup.is_sound and not backup.is_verified:
            words += f" {_UNREAD}"
        words = f"{OCCASIONS[backup.occasion]}: {words[0].lower()}{words[1:]}" if backup.is_sound else words
        return "\n".join((words, str(backup.path), *([_READ_ONLY] if self._is_read_only else [])))

    # The making

    def _lay_out(self) -> None:
        folders = QGridLayout()
        folders.setSpacing(SPACING)
        folders.addWidget(self.own_folder, 0, 0)
        folders.addWidget(self.second_folder, 1, 0)
        folders.addWidget(self.add_folder_button, 0, 1)
        folders.addWidget(self.remove_folder_button, 1, 1)
        folders.setColumnStretch(0, 1)
        does = QWidget()
        buttons = FlowLayout(does)
        for button in (self.restore_button, self.take_back_button, self.back_up_button):
            buttons.addWidget(button)
        foot = QHBoxLayout()
        foot.setSpacing(SPACING)
        foot.addWidget(does, 1)
        foot.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self.standing)
        layout.addWidget(FindRow(self.table))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.details)
        layout.addLayout(folders)
        layout.addLayout(foot)
        order = (self.table, self.add_folder_button, self.remove_folder_button, self.restore_button)
        last = (self.take_back_button, self.back_up_button, self.close_button)
        for one, next_one in pairwise((*order, *last)):
            self.setTabOrder(one, next_one)

    def _listen(self) -> None:
        does = {
            self.restore_button: self.restore,
            self.take_back_button: self.take_back,
            self.back_up_button: self.back_up_wanted,
            self.close_button: self.accept,
            self.add_folder_button: self.add_folder,
            self.remove_folder_button: self.remove_folder,
        }
        for button, what in does.items():
            button.setAutoDefault(False)
            button.clicked.connect(what)
        self.table.activated.connect(self.restore)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)

    # Qt's own

    def sizeHint(self) -> QSize:
        return _SIZE.expandedTo(self.minimumSizeHint()).boundedTo(self.screen().availableGeometry().size() * 0.9)
