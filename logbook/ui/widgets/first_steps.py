"""What one begins with: the two buttons that log, the way to the sample, and the way back from it."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.empty_state import EmptyPicture
from logbook.ui.widgets.reading import give_reason
from logbook.ui.widgets.words import words_label

_EMPTY: Final = "Nothing is logged yet: what you log is summed up here, and nothing of it leaves this computer."
_MADE_UP: Final = "Seen enough? Removing the sample leaves nothing of it on this computer."
_BIG: Final = 2.2  # heights of text


class LoggingButtons(QWidget):
    """The two things that are done most, large.

    Signals:
        action_wanted: the person wants to log; carries the name of the action.
    """

    action_wanted = Signal(str)

    def __init__(self, *, is_writable: bool) -> None:
        """Offer both where the logbook *is_writable*; else say why not."""
        super().__init__()
        self.shedding, self.session = QPushButton("Lo&g shedding"), QPushButton("&Log session")
        self.session.setProperty("role", "main")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for button, action in ((self.shedding, "page_shedding"), (self.session, "new_session")):
            button.setMinimumHeight(round(_BIG * self.fontMetrics().height()))
            button.setEnabled(is_writable)
            button.clicked.connect(partial(self.action_wanted.emit, action))
            row.addWidget(button)
        if not is_writable:
            give_reason(self.shedding, self.session)


class FirstSteps(QWidget):
    """What stands in the middle while nothing is logged.

    Signals:
        action_wanted: the person wants to log, or to look at the sample; carries the name of the action.
    """

    action_wanted = Signal(str)

    def __init__(self, *, is_writable: bool, is_sample: bool) -> None:
        """Offer to log where the logbook *is_writable*, and the sample where it is another."""
        super().__init__()
        sentence = words_label()
        sentence.setText(_EMPTY)
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.logging = LoggingButtons(is_writable=is_writable)
        self.sample_button = QPushButton("&Try with sample data")
        self.logging.action_wanted.connect(self.action_wanted)
        self.sample_button.clicked.connect(partial(self.action_wanted.emit, "open_sample"))
        column = QVBoxLayout(self)
        column.setSpacing(MARGIN)
        column.addStretch(1)
        column.addWidget(EmptyPicture("overview"))
        column.addWidget(sentence)
        column.addWidget(self.logging, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sample_button, 0, Qt.AlignmentFlag.AlignHCenter)
        if is_sample:
            self.sample_button.hide()
        column.addStretch(1)


class SampleStrip(QFrame):
    """Says that all of this is made up, with the way to have it gone.

    Signals:
        action_wanted: the person wants it gone; carries the name of the action.
    """

    action_wanted = Signal(str)

    def __init__(self) -> None:
        """Say so."""
        super().__init__()
        self.setProperty("role", "hint")
        words, self.button = words_label(), QToolButton(text="&Close and remove the sample")
        words.setText(_MADE_UP)
        self.button.setProperty("role", "link")
        self.button.clicked.connect(partial(self.action_wanted.emit, "remove_sample"))
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        row.setSpacing(SPACING)
        row.addWidget(words, 1)
        row.addWidget(self.button)
