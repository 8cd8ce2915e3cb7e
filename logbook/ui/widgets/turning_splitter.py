"""Two parts of a page beside each other, or one below the other where there is little room."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter

NARROW: Final = 1130  # logical pixels: a page that is narrower has its parts below each other


class TurningSplitter(QSplitter):
    """A splitter that turns with the width of its page; turned, it begins with sizes of its own."""

    def __init__(self, beside: Sequence[int], below: Sequence[int]) -> None:
        """Begin with the parts beside each other, of the sizes *beside*; below each other they are of those *below*."""
        super().__init__(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._sizes = {Qt.Orientation.Horizontal: beside, Qt.Orientation.Vertical: below}

    def share(self) -> None:
        """Give the parts their sizes, once they are there."""
        self.setSizes(self._sizes[self.orientation()])

    def turn(self, page_width: int) -> bool:
        """Turn as a page of that width wants it; return whether it stood otherwise."""
        way = Qt.Orientation.Vertical if page_width < NARROW else Qt.Orientation.Horizontal
        if self.orientation() is way:
            return False
        self.setOrientation(way)
        self.share()
        return True

    # Qt's own

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than it needs turned: it turns before it lacks room."""
        least = super().minimumSizeHint()
        if self.orientation() is Qt.Orientation.Vertical:
            return least
        parts = [part for place in range(self.count()) if (part := self.widget(place))]
        widths = [max(part.minimumWidth(), part.minimumSizeHint().width()) for part in parts]
        return QSize(max(widths, default=0), least.height())
