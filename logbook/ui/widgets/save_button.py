"""The button that keeps what stands in a form."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

_LONGEST: Final = 20  # average characters of a name: more would make the form wider than a small window


class SaveButton(QPushButton):
    """Says for whom it keeps what is typed; of a long name the beginning, and all of it to whoever asks."""

    def __init__(self) -> None:
        """Say for nobody yet."""
        super().__init__("Save")
        self.setProperty("role", "main")

    def show_whom(self, whom: str, *, asks: bool = False) -> None:
        """Show *whom* it saves for, as “ for Sam” or nothing; it *asks* for something more before it does."""
        more = "…" if asks else ""
        metrics = self.fontMetrics()
        shown = metrics.elidedText(whom, Qt.TextElideMode.ElideRight, metrics.averageCharWidth() * _LONGEST)
        self.setText(f"Save{shown.replace('&', '&&')}{'' if shown.endswith('…') else more}")
        self.setAccessibleName(f"Save{whom}{more}")
        if self.isEnabled():
            self.setToolTip(f"Save{whom}" if shown != whom else "")
