"""What the marks of a picture stand for, each beside its words."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from logbook.domain.vocabulary import Severity
from logbook.ui.theme import SPACING, TIGHT
from logbook.ui.widgets.day_delegate import mark_picture
from logbook.ui.widgets.flow_layout import FlowLayout


class Legend(QWidget):
    """Marks with their words, in as many lines as it takes."""

    def __init__(self, marks: Mapping[Severity | str, str]) -> None:
        """Show *marks*: a severity, ``session`` or ``plan``, each with its words."""
        super().__init__()
        self._pictures: dict[Severity | str, QLabel] = {}
        flow = FlowLayout(self)
        for mark, words in marks.items():
            picture, label = QLabel(), QLabel(words)
            label.setProperty("role", "muted")
            pair = QWidget()
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, SPACING, 0)
            line.setSpacing(TIGHT)
            line.addWidget(picture)
            line.addWidget(label)
            flow.addWidget(pair)
            self._pictures[mark] = picture
        self.restyle()

    def restyle(self) -> None:
        """Draw the marks again in the colours of now."""
        size = round(self.fontMetrics().height() * 0.85)
        for mark, picture in self._pictures.items():
            picture.setPixmap(mark_picture(mark, size, self.devicePixelRatioF()))
