"""Shows what was found when the logbook was looked through, and says what is wanted; it changes nothing itself."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.services.checkup import Checkup, Line, Repair
from logbook.ui.theme import MARGIN, SPACING, pixmap
from logbook.ui.widgets.words import words_label

_SIZE: Final = QSize(720, 520)  # logical pixels
_ICON: Final = 16  # likewise
_WRONG, _TO_DO, _IN_ORDER = ("stop", "wrong"), ("info", "to do"), ("clean", "in order")  # signs, and what they say
_LOOKING: Final = "Looking through the logbook and its backups…"
_READ_ONLY: Final = "This logbook is open for reading only: nothing can be put right here."


class CheckDialog(QDialog):
    """How the logbook is, line by line, what is wrong first.

    Signals:
        check_wanted: the person wants it looked through again.
        repair_wanted: the person wants put right what can be.
    """

    check_wanted = Signal()
    repair_wanted = Signal()

    def __init__(self, parent: QWidget | None, *, is_read_only: bool = False) -> None:
        """Begin with nothing found yet."""
        super().__init__(parent)
        self.setWindowTitle("Check the logbook")
        self._is_read_only = is_read_only
        self.headline, self.outcome, self.offer = words_label("heading"), words_label(), words_label("muted")
        self.progress = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.progress.setAccessibleName(_LOOKING)
        self.lines: list[tuple[QLabel, QLabel, QLabel]] = []  # the sign, the topic, the words
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        self._grid.setHorizontalSpacing(SPACING)
        self._grid.setVerticalSpacing(SPACING)
        self._grid.setColumnStretch(2, 1)
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("What was found")
        self._scroll.setWidget(self._body)
        self.repair_button, self.again_button = QPushButton("&Put right"), QPushButton("Check a&gain")
        self.copy_button, self.close_button = QPushButton("C&opy"), QPushButton("&Close")
        self._lay_out()
        self._listen()
        self.show_work(_LOOKING)
        self.resize(_SIZE.boundedTo(self.screen().availableGeometry().size() * 0.9))

    def show_work(self, text: str = _LOOKING) -> None:
        """Show that something is under way, which *text* tells."""
        self.headline.setText(text)
        self.progress.show()
        for button in (self.repair_button, self.again_button, self.copy_button):
            button.setEnabled(False)

    def show_checkup(self, checkup: Checkup, done: Sequence[str] = ()) -> None:
        """Show what was found, under what was *done* about it before."""
        self.progress.hide()
        self.headline.setText(checkup.sentence)
        self.outcome.setText("\n".join(done))
        self.outcome.setVisible(bool(done))
        repairs = labels.series(checkup.repairs)
        self.offer.setText(f"What can be done without a risk: {repairs}." if repairs else "")
        self.repair_button.setText("Make a &backup" if checkup.repairs == (Repair.BACKUP,) else "&Put right")
        if repairs and self._is_read_only:
            self.offer.setText(_READ_ONLY)
        self.offer.setVisible(bool(repairs))
        self._show_lines(checkup.lines)
        self.repair_button.setEnabled(bool(repairs) and not self._is_read_only)
        self.again_button.setEnabled(True)
        self.copy_button.setEnabled(True)
        (self.repair_button if self.repair_button.isEnabled() else self.close_button).setFocus()

    def show_failure(self, sentence: str) -> None:
        """Show that nothing could be found out, and why."""
        self.progress.hide()
        self.headline.setText(sentence)
        self.again_button.setEnabled(True)
        self.close_button.setFocus()

    @property
    def text(self) -> str:
        """Everything that is shown, to be sent to somebody."""
        lines = [f"{topic.text()}: {words.text()}" for _, topic, words in self.lines]
        return "\n".join([self.headline.text(), *filter(None, [self.outcome.text()]), *lines])

    # What is shown

    def _show_lines(self, lines: Sequence[Line]) -> None:
        for row in self.lines:
            for label in row:
                self._grid.removeWidget(label)
                label.deleteLater()
        self.lines = [self._line(line) for line in sorted(lines, key=lambda line: not line.is_wrong)]
        top = Qt.AlignmentFlag.AlignTop
        for place, row in enumerate(self.lines):
            for column, label in enumerate(row):
                self._grid.addWidget(label, place, column, top if column < 2 else Qt.AlignmentFlag(0))
        self._grid.setRowStretch(len(self.lines), 1)

    def _line(self, line: Line) -> tuple[QLabel, QLabel, QLabel]:
        name, says = _WRONG if line.is_wrong else _TO_DO if line.repair else _IN_ORDER
        sign = QLabel(pixmap=pixmap(name, name, _ICON))
        sign.setAccessibleName(says)
        topic, words = QLabel(line.title), words_label(is_selectable=True)
        topic.setTextFormat(Qt.TextFormat.PlainText)
        words.setText(f"Wrong: {line.words}" if line.is_wrong else labels.capital(line.words))
        words.setAccessibleName(f"{topic.text()}: {words.text()}")
        return sign, topic, words

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)

    # The making

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        for button in (self.repair_button, self.again_button, self.copy_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        for widget in (self.headline, self.progress, self.outcome):
            layout.addWidget(widget)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.offer)
        layout.addLayout(buttons)
        self.outcome.hide()
        self.offer.hide()

    def _listen(self) -> None:
        self.repair_button.clicked.connect(self.repair_wanted)
        self.again_button.clicked.connect(self.check_wanted)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
