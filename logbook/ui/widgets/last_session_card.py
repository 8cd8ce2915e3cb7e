"""The last session: how long ago, where, how deep, and what was said of it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QToolButton

from logbook.domain import labels
from logbook.services.overview import LastSession
from logbook.ui.widgets.card import Card, SeverityLine
from logbook.ui.widgets.words import words_label

_NONE: Final = "No session yet."


class LastSessionCard(Card):
    """The days since it, large; then the session itself.

    Signals:
        session_wanted: the person wants to see the session; carries its id.
    """

    session_wanted = Signal(str)

    def __init__(self) -> None:
        """Begin without one."""
        super().__init__("Last session")
        self._id = ""
        self._ago, self._where = QLabel(), words_label()
        self._ago.setProperty("role", "number")
        self._verdict = SeverityLine()
        self.open_button = QToolButton(text="&Open this session")
        self.open_button.setProperty("role", "link")
        self.open_button.clicked.connect(self._open)
        for widget in (self._ago, self._where, self._verdict, self.open_button):
            self.column.addWidget(widget)

    def show_last(self, last: LastSession | None) -> None:
        """Show the *last* session, or that there is none."""
        self._id = last.session.id if last else ""
        self._ago.setText(last.ago if last else "")
        self._where.setText(f"{labels.day(last.session.date)}: {labels.lower(last.where)}" if last else _NONE)
        if last:
            self._verdict.say(last.verdict.severity, last.findings)
        for widget in (self._ago, self._verdict, self.open_button):
            widget.setVisible(last is not None)

    def restyle(self) -> None:
        """Draw the icon in the colours of now."""
        self._verdict.restyle()

    def text(self) -> str:
        """Return what is shown, as it would be read aloud."""
        said = [label.text() for label in (self._ago, self._where) if label.text()]
        return "\n".join([*said, *([self._verdict.text()] if self._id else [])])

    def _open(self) -> None:
        self.session_wanted.emit(self._id)
