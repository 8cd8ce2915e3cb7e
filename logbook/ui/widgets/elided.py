"""One line of words that gives way where there is no room, and says all of them to whoever asks."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOptionToolButton, QStylePainter, QToolButton

_LEAST: Final = 12  # characters that stay in sight


class ElidedLabel(QLabel):
    """A line that ends in … where it does not fit; the tip then says it whole."""

    def __init__(self, text: str = "") -> None:
        """Show *text*, never taken for markup."""
        super().__init__(text, textFormat=Qt.TextFormat.PlainText)

    # Qt's own

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * _LEAST
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setToolTip("" if shown == self.text() else _tip(self.text()))
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class ElidedButton(QToolButton):
    """A line that can be pressed, cut like an `ElidedLabel`."""

    def __init__(self) -> None:
        """Begin without words."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "link")

    def show_words(self, text: str, name: str = "") -> None:
        """Show *text*; *name* is what a screen reader says, where that is more."""
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setToolTip(_tip(name or text))
        self.updateGeometry()

    # Qt's own

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * _LEAST
        return QSize(min(least, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        if (lacking := self.sizeHint().width() - self.width()) > 0:
            room = self.fontMetrics().horizontalAdvance(self.text()) - lacking
            option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.end()


def _tip(text: str) -> str:
    import html  # noqa: PLC0415 - nothing is told before the first paint

    return f"<p>{html.escape(text)}</p>"
