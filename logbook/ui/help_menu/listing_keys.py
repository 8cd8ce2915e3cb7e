"""Help › Keys: every key in a list, and what is chosen there is done."""

from PySide6.QtCore import QObject

from logbook.ui.main_window import MainWindow


class ListingKeys(QObject):
    """Shows the keys of a window."""

    def __init__(self, window: MainWindow) -> None:
        """Serve *window*."""
        super().__init__(window)
        self._window = window
        window.actions_by_name["keys"].triggered.connect(self.ask)

    def ask(self) -> None:
        """Show the keys, and do what is chosen."""
        from logbook.ui.dialogs.keys_dialog import ask_action  # noqa: PLC0415 - nothing at the start waits for it

        actions = self._window.actions_by_name
        if name := ask_action(self._window, actions):
            actions[name].trigger()
