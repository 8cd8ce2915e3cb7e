"""The Charts page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from logbook.ui.store import Store


class ChartsPage(QWidget):
    """A page to be."""

    said = Signal(str)
    actions_changed = Signal()
    record_wanted = Signal(str)

    def __init__(self, store: Store, *_: object) -> None:
        """Show *store*."""
        super().__init__()

    @property
    def has_unsaved(self) -> bool:
        """Nothing yet."""
        return False

    def focus_first(self) -> None:
        """Go nowhere."""

    def restyle(self) -> None:
        """Nothing yet."""

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Nothing yet."""
        return {}
