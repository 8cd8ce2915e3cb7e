"""What is said when something from the File menu could not be done."""

from logbook.domain.errors import LogbookError
from logbook.ui.alerts import tell_error
from logbook.ui.main_window import MainWindow


def told(window: MainWindow, error: LogbookError) -> None:
    """Tell in *window* that nothing was done, and why."""
    details = "\n".join(map(str, getattr(error, "problems", ())))
    window.say(f"Not done: {error}")
    tell_error(window, error, details)
