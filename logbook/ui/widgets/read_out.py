"""The words of the mark that is pointed at, and the way to its record."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from logbook.domain.session import RecordId
from logbook.ui.theme import SPACING
from logbook.ui.widgets.words import words_label

_LINES = 2  # of text that there is always room for, so that nothing moves while one points
HINT = "Point at a mark, or go through the marks with the arrow keys; Enter opens the record."


class ReadOut(QWidget):
    """A line of words, and a link where there is a record behind them.

    Signals:
        record_wanted: the link was followed; carries the id of the record.
    """

    record_wanted = Signal(str)

    def __init__(self) -> None:
        """Begin with nothing pointed at."""
        super().__init__()
        self.words, self.link = words_label(is_selectable=True), QToolButton()
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.link.setProperty("role", "link")
        self._record_id: RecordId | None = None
        self._high = self._two_lines
        # Laid out apart from the page: other words would have the whole page laid out anew, at each move.
        self._line = QWidget(self)
        layout = QHBoxLayout(self._line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.link.clicked.connect(self._follow)
        self.show_words("", None, "")

    def show_hint(self, *, has_marks: bool) -> None:
        """Show how to point at a mark, where there are any."""
        self.show_words(HINT if has_marks else "", None, "")

    def show_words(self, words: str, record_id: RecordId | None, link: str) -> None:
        """Show *words*, and *link* as the way to the record of that id."""
        self._record_id = record_id
        self.words.setText(" · ".join(words.replace(":\n", ": ").split("\n")))
        self.link.setText(link)
        self.link.setVisible(record_id is not None and bool(link))
        if self.isVisible():
            self._grow(self._high)  # never less than before, so that nothing moves to and fro

    def _follow(self) -> None:
        if self._record_id:
            self.record_wanted.emit(self._record_id)

    def _grow(self, least: int) -> None:
        """Make room for the words, *least* pixels or more."""
        beside = 0 if self.link.isHidden() else self.link.sizeHint().width() + SPACING
        wanted = self.words.heightForWidth(max(self.width() - beside, 1))
        high = max(least, wanted, self.link.sizeHint().height())
        if high != self._high:
            self._high = high
            self.updateGeometry()

    @property
    def _two_lines(self) -> int:
        return _LINES * self.fontMetrics().lineSpacing() + 2

    # Qt's own

    def sizeHint(self) -> QSize:
        return QSize(self._line.minimumSizeHint().width(), self._high)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self._grow(self._two_lines)
