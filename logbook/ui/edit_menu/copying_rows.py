"""Edit › Copy rows: what is chosen in the table that has the keyboard, as text."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QTableView

from logbook.domain import labels
from logbook.ui.main_window import MainWindow
from logbook.ui.widgets.copying import copy_rows


class CopyingRows(QObject):
    """Copies rows of the tables of a window; a table in a dialog sees to the key itself."""

    def __init__(self, window: MainWindow) -> None:
        """Serve *window*."""
        super().__init__(window)
        self._window = window
        window.actions_by_name["copy_rows"].triggered.connect(self.copy)

    def copy(self) -> None:
        """Copy what is chosen, and say how much it was."""
        focus = QApplication.focusWidget()
        copied = copy_rows(focus) if isinstance(focus, QTableView) else 0
        self._window.say(
            f"Copied {labels.count(copied, 'row')} as text." if copied else "Choose rows in a table first."
        )
