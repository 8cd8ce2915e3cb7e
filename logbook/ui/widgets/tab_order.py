"""Where Tab goes on to in a part of a page that was made later than the parts below it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_after(before: QWidget, part: QWidget) -> None:
    """Have Tab go from *before* through *part*, in the order in which its widgets were made, and on."""
    # Not along Qt's own chain: PySide takes what lies on it for its own, and deletes it with the last reference.
    for one in part.findChildren(QWidget):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.window() is part.window():
            QWidget.setTabOrder(before, one)
            before = one
