"""How many findings are open of each severity, each a click away."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.ui.theme import icon
from logbook.ui.widgets.card import Card
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.words import words_label


class OpenWarningsCard(Card):
    """A button for each severity of which something is open, the gravest first.

    Signals:
        severity_wanted: the person wants to see what is open of a severity; carries it.
    """

    severity_wanted = Signal(object)

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__("Open warnings")
        self.buttons = {severity: QPushButton() for severity in reversed(Severity) if severity}
        self._words = words_label("muted")
        row = QWidget()
        flow = FlowLayout(row)
        for severity, button in self.buttons.items():
            flow.addWidget(button)
            button.clicked.connect(partial(self.severity_wanted.emit, severity))
        self.column.addWidget(row)
        self.column.addWidget(self._words)
        self._row = row
        self.show_counts(None)

    def show_counts(self, counts: Mapping[Severity, int] | None) -> None:
        """Show how many are open of each severity; None: it is not known yet."""
        for severity, button in self.buttons.items():
            number = counts.get(severity, 0) if counts else 0
            button.setText(f"{labels.title(severity)}  {number:,}")
            button.setAccessibleName(f"{labels.title(severity)}, {number:,} open: show them")
            button.setToolTip(f"Show what is open of severity “{severity.word}”")
            button.setVisible(bool(number))
        self.restyle()
        self._row.setVisible(bool(counts))
        self._words.setText("Judging your history…" if counts is None else "" if counts else "Nothing is open.")
        self._words.setVisible(not counts)

    def restyle(self) -> None:
        """Draw the icons in the colours of now."""
        for severity, button in self.buttons.items():
            if not button.isHidden():  # a picture that nobody sees is not painted
                button.setIcon(icon(severity.word, severity.word))

    def text(self) -> str:
        """Return what is shown, as it would be read aloud."""
        shown = [button.accessibleName() for button in self.buttons.values() if not button.isHidden()]
        return "\n".join(shown) or self._words.text()
