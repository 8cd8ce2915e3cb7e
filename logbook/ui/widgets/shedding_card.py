"""Shedding against one's own baseline: a small picture, and what it shows in words."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from logbook.services.overview import SheddingSoFar
from logbook.ui.widgets.card import Card
from logbook.ui.widgets.trend_picture import TrendPicture
from logbook.ui.widgets.words import words_label

if TYPE_CHECKING:
    from logbook.services.shedding_trend import Trend

_NONE: Final = "No count yet. What you count is drawn here, beside your own baseline."
_LEGEND: Final = (
    "Dots are counts, triangles are counts given up at that number, the line is their median, the dashes are your own "
    "baseline."
)


class SheddingCard(Card):
    """The trend of the method that is used most, where there are counts enough; else one sentence.

    Signals:
        chart_wanted: the person wants to see the chart.
    """

    chart_wanted = Signal()

    def __init__(self) -> None:
        """Begin without counts."""
        super().__init__("Shedding")
        self.picture, self._words, self._legend = TrendPicture(), words_label(), words_label("small")
        self._legend.setText(_LEGEND)
        self.picture.clicked.connect(self._ask)
        for widget in (self.picture, self._legend, self._words):
            self.column.addWidget(widget)

    def show_shedding(self, so_far: SheddingSoFar | None, trend: "Trend | None") -> None:
        """Show the counts *so_far*, and their *trend* once it is worked out."""
        is_drawn = so_far is not None and so_far.is_enough
        sentence = so_far.sentence(trend.now if trend else None) if so_far else _NONE
        if so_far and is_drawn:
            self.picture.show_counts(so_far, trend.stretches if trend else (), sentence)
        self._words.setText(sentence)
        self.picture.setVisible(is_drawn)
        self._legend.setVisible(is_drawn)

    def text(self) -> str:
        """Return what is shown, as it would be read aloud."""
        return self._words.text()

    def _ask(self) -> None:
        self.chart_wanted.emit()
