"""A drop-down list whose name is heard everywhere."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel


class HeardCombo(QComboBox):
    """On Linux, Qt tells a screen reader what is chosen in the place of the name, which it takes from a label only.

    Where no label is there to be seen, this has one that is only heard.
    """

    # Qt's own

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        if self.isVisible():
            self._be_labelled()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._be_labelled()

    def _be_labelled(self) -> None:
        parent, name = self.parentWidget(), self.accessibleName()
        if parent is None or not name:
            return
        beside = parent.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
        label = next((one for one in beside if one.buddy() == self), None)
        if label is None:
            label = QLabel(name, parent)
            label.setBuddy(self)
            label.hide()
            self.destroyed.connect(label.deleteLater)
        elif label.isHidden():
            label.setText(name)
