"""A list of words to choose from that is never wider than its place."""

from typing import Final

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from logbook.ui.theme import AROUND_WORDS
from logbook.ui.widgets.heard_combo import HeardCombo

_LEAST: Final = 12  # characters that stay in sight


class NarrowCombo(HeardCombo):
    """Gives way where its words are long; its list shows them whole."""

    def __init__(self) -> None:
        """Begin without words."""
        super().__init__(sizeAdjustPolicy=QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # Qt's own

    def showPopup(self) -> None:
        wide = max((self.fontMetrics().horizontalAdvance(self.itemText(row)) for row in range(self.count())), default=0)
        self.view().setMinimumWidth(min(wide + AROUND_WORDS, self.screen().availableGeometry().width()))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls: a choice is not changed in passing."""
        event.ignore()
