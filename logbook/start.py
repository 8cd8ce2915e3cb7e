"""The window, painted first and filled after: nothing is imported here that the first paint does not need."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from logbook import APPLICATION_NAME
from logbook.domain.errors import RuleError
from logbook.services.places import default_database, window_state_file
from logbook.ui.alerts import catch_bugs
from logbook.ui.main_window import MainWindow
from logbook.ui.roles import give_roles
from logbook.ui.theme import Appearance, apply_theme, theme_for
from logbook.ui.window_state import WindowState

if TYPE_CHECKING:
    from logbook.desk import Desk


class Program(QObject):
    """The application: its colours, its window, and the desk that comes after the first paint."""

    def __init__(self, app: QApplication, database: Path | None) -> None:
        """Show the frame; *database* is opened once it is painted, the person's own where it is None."""
        super().__init__()
        self._app = app
        self._database = database or default_database()
        self._state = WindowState(window_state_file())
        self.desk: Desk | None = None
        app.setApplicationName(APPLICATION_NAME)
        give_roles()
        self._wear(self._state.appearance)
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self.window = MainWindow(self._state)
        for appearance in Appearance:
            action = self.window.actions_by_name[f"appearance_{appearance.value}"]
            action.setChecked(appearance is self._state.appearance)
        self.window.appearance_chosen.connect(self._appearance_chosen)
        self.window.painted.connect(self._after_first_paint)
        self.window.show()

    def keep_typed(self) -> None:
        """Keep what is typed and not saved, now."""
        if self.desk:
            self.desk.draft_keeping.keep()

    def _after_first_paint(self) -> None:
        QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        from logbook.desk import Desk  # noqa: PLC0415 - SQLAlchemy and the pages would hold up the first paint

        try:
            self.desk = Desk(self.window, self._state)
        except RuleError as error:
            self.window.show_banner(
                f"{error}. Nothing can be judged, so no logbook is opened. Install the program again."
            )
            self.window.say("No logbook is open.")
            return
        self.desk.open(self._database)
        gc.freeze()  # what is there by now is there to stay
        gc.enable()

    def _appearance_chosen(self, appearance: Appearance) -> None:
        self._state.appearance = appearance
        self._wear(appearance)

    def _scheme_changed(self) -> None:
        self._wear(self._state.appearance)

    def _wear(self, appearance: Appearance) -> None:
        apply_theme(self._app, theme_for(appearance))
        if self.desk:
            self.desk.restyle()


def run(database: Path | None) -> int:
    """Open the window on *database* and return the exit status when it is closed."""
    catch_bugs()
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    program = Program(app, database)
    catch_bugs(program.keep_typed)
    status = app.exec()
    if program.desk:
        program.desk.close()
    return status
