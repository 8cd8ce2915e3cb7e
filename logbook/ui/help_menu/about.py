"""Help › About: what this is, what it is not, and where it keeps things."""

from typing import Final

from PySide6.QtCore import QObject

from logbook import APPLICATION_NAME, __version__
from logbook.guidance.rule import Rules
from logbook.services.places import default_database
from logbook.ui.alerts import tell
from logbook.ui.main_window import MainWindow

_TEXT: Final = """{name} {version}, guidance {guidance}

It keeps a record of scalp needling and says, with its sources, when a depth or a frequency is one that published \
guidance warns about.

It is a record, not a diagnosis. “No published warning found by these rules” does not mean that a session is without \
risk. Ask a dermatologist about hair loss, and about any reaction that worries you.

Everything stays on this machine: the program never uses the network. The logbook that is open is
{path}

Help › Guide tells more of each page. Help › Keys lists every key.

Free software under the MIT licence, without any warranty."""


class About(QObject):
    """Tells what the program in a window is."""

    def __init__(self, window: MainWindow, rules: Rules) -> None:
        """Serve *window*, which judges by *rules*."""
        super().__init__(window)
        self._window, self._rules = window, rules
        window.actions_by_name["about"].triggered.connect(self.show_about)

    def show_about(self) -> None:
        """Show it until the person has read it."""
        store = self._window.store
        path = store.journal.path if store else default_database()
        text = _TEXT.format(name=APPLICATION_NAME, version=__version__, guidance=self._rules.version, path=path)
        tell(self._window, "About this logbook", text)
