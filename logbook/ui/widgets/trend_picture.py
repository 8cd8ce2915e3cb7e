"""A small picture of counts over half a year, their median and the own baseline. Pressing it asks for the chart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from logbook.domain import labels
from logbook.domain.vocabulary import SHEDDING_SCALES
from logbook.services.overview import SheddingSoFar
from logbook.ui.theme import HAIR, SPACING, TIGHT, current_theme

if TYPE_CHECKING:
    from logbook.charts.counts import Stretch

_LINES: Final = 9  # of text, the height
_LETTERS: Final = 24  # the least width
_DOT: Final = 2.0  # logical pixels, as is the next
_TRIANGLE: Final = 3.5
_ROOM: Final = 1.08  # above the highest, as a share of it


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days and numbers lie in a rectangle."""

    room: QRectF
    first: date
    last: date
    low: float
    high: float

    def at(self, day: date, value: float) -> QPointF:
        days = max(1, (self.last - self.first).days)
        across = (day - self.first).days / days
        up = (value - self.low) / ((self.high - self.low) or 1)
        return QPointF(self.room.left() + across * self.room.width(), self.room.bottom() - up * self.room.height())

    def level(self, value: float) -> float:
        """Return the height of *value* in the middle of a pixel, where a thin line is sharp."""
        return math.floor(self.at(self.first, value).y()) + 0.5


class TrendPicture(QAbstractButton):
    """Dots for counts, a line for their median that stops at gaps, dashes for the own baseline."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._so_far: SheddingSoFar | None = None
        self._stretches: Sequence[Stretch] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Trend of shedding: open the chart")
        self.setToolTip("Open the chart of shedding")

    def show_counts(self, so_far: SheddingSoFar, stretches: "Sequence[Stretch]", sentence: str) -> None:
        """Draw the counts *so_far*, whose median runs along *stretches*; *sentence* says what is seen."""
        self._so_far, self._stretches = so_far, stretches
        self.setAccessibleDescription(sentence)
        self.update()

    # Qt's own

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(2 * _LETTERS * metrics.averageCharWidth(), _LINES * metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_LETTERS * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._so_far:
            self._draw(painter, self._so_far)
        if self.hasFocus():
            painter.setPen(QPen(current_theme().colour("accent"), HAIR))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), TIGHT, TIGHT)
        painter.end()

    # The drawing

    def _draw(self, painter: QPainter, so_far: SheddingSoFar) -> None:
        scale = self._scale(so_far)
        self._draw_axes(painter, scale)
        self._draw_counts(painter, scale, so_far)
        self._draw_median(painter, scale)
        if so_far.usual is not None:
            self._draw_baseline(painter, scale, so_far.usual)

    def _scale(self, so_far: SheddingSoFar) -> _Scale:
        medians = [value for one in self._stretches for value in one.medians]
        values = [float(one.value or 0) for one in so_far.drawn] + medians
        values += [so_far.usual] if so_far.usual is not None else []
        low, top = SHEDDING_SCALES.get(so_far.method, (0, None))
        high = float(top) if top else max(values, default=1) * _ROOM or 1.0
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance(f"{high:,.0f}") + 2 * SPACING
        frame = QRectF(self.rect()).adjusted(
            left, metrics.height() / 2 + SPACING, -SPACING, -metrics.height() - SPACING
        )
        return _Scale(frame, so_far.first, so_far.today, low, high)

    def _draw_axes(self, painter: QPainter, scale: _Scale) -> None:
        theme, room, metrics = current_theme(), scale.room, self.fontMetrics()
        top = int(scale.high)
        for value in (scale.low, top):
            y = scale.level(value)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(theme.colour("muted"))
            words = QRectF(0, y - metrics.height() / 2, room.left() - SPACING, metrics.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,.0f}")
        below = QRectF(room.left(), room.bottom() + TIGHT, room.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, labels.short_day(scale.first))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, labels.short_day(scale.last))

    def _draw_counts(self, painter: QPainter, scale: _Scale, so_far: SheddingSoFar) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().colour("edge"))
        for one in so_far.drawn:
            at = scale.at(one.date, one.value or 0)
            if one.is_more_than:
                painter.drawPolygon(_triangle(at))
            else:
                painter.drawEllipse(at, _DOT, _DOT)

    def _draw_median(self, painter: QPainter, scale: _Scale) -> None:
        painter.setPen(QPen(current_theme().colour("series_1"), HAIR, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for one in self._stretches:
            days = (date.fromordinal(one.first.toordinal() + after) for after in range(len(one.medians)))
            points = [scale.at(day, value) for day, value in zip(days, one.medians, strict=True)]
            painter.drawPolyline(QPolygonF(points if len(points) > 1 else points * 2))

    def _draw_baseline(self, painter: QPainter, scale: _Scale, usual: float) -> None:
        y = scale.level(usual)
        painter.setPen(QPen(current_theme().colour("text"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(scale.room.left(), y), QPointF(scale.room.right(), y))


def _triangle(at: QPointF) -> QPolygonF:
    around = (QPointF(0, -_TRIANGLE), QPointF(_TRIANGLE, _TRIANGLE), QPointF(-_TRIANGLE, _TRIANGLE))
    return QPolygonF([at + corner for corner in around])
