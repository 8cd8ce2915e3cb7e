"""Where sources disagree, painted: a bar for each source, the person's own point, the line of our rule."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from logbook.guidance.rule import Unit
from logbook.guidance.strip import Bar, Strip, amount, number
from logbook.ui.theme import SPACING, TIGHT, current_theme

OWN_ROLE: Final = "text"
LINE_ROLE: Final = "muted"
EVIDENCE_ROLE: Final = "accent"
TOLD_ROLE: Final = "edge"
_STEPS: Final = {Unit.DAYS: (1, 2, 7, 14, 21, 28, 56), Unit.DEPTH: (5, 10, 25, 50, 100, 200)}
_STACKED_BELOW: Final = 56  # characters: in less, a label beside its bar would leave no room for the bar
_WRAPS: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
_FLAG: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Row:
    """A heading or a bar, and where it is."""

    top: int
    bottom: int
    heading: str = ""
    bar: Bar | None = None


class Places:
    """Where everything of a strip is in a given width; all sizes come from the font."""

    def __init__(self, strip: Strip, metrics: QFontMetrics, width: int) -> None:
        """Lay *strip* out in *width* pixels."""
        self.strip = strip
        self.metrics = metrics
        self.width = width
        self.line = metrics.height()
        self.is_stacked = width < metrics.averageCharWidth() * _STACKED_BELOW  # a label above its bar
        self.numbers = max((metrics.horizontalAdvance(self.words(bar)) for bar in strip.bars), default=0)
        widest = max((metrics.horizontalAdvance(bar.label) for bar in strip.bars), default=0)
        self.label = width - self.numbers - SPACING if self.is_stacked else min(widest, width * 2 // 5)

    def words(self, bar: Bar) -> str:
        """Return the numbers of *bar* with the unit."""
        most = amount(bar.most, self.strip.unit)
        return most if bar.least == bar.most else f"{number(bar.least, self.strip.unit)}–{most}"

    @property
    def unit(self) -> str:
        """The unit as it follows the last number of the axis."""
        return " days" if self.strip.unit is Unit.DAYS else " mm"

    @cached_property
    def flags(self) -> int:
        """How high the words above everything are, and the mark of the own point below them."""
        said = ((self.strip.own, self.strip.own_words), (self.strip.line, self.strip.line_words))
        return sum(self.flag(words).height() + TIGHT for value, words in said if value is not None) + self.line

    def flag(self, words: str) -> QRect:
        """Return the room that *words* above everything take, beside their mark."""
        return self.metrics.boundingRect(QRect(0, 0, self.width - self.line, 10_000), _FLAG, words)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every heading and bar, from the top on."""
        rows, top = [], self.flags
        high = round(self.line * (2.1 if self.is_stacked else 1.4))
        for group in self.strip.groups:
            wrapped = self.metrics.boundingRect(QRect(0, 0, self.width, 10_000), _WRAPS, group.heading).height()
            rows.append(Row(top, top + SPACING + wrapped + TIGHT, heading=group.heading))
            for bar in group.bars:
                rows.append(Row(rows[-1].bottom, rows[-1].bottom + high, bar=bar))
            top = rows[-1].bottom
        return tuple(rows)

    @property
    def bottom(self) -> int:
        """Where the rows end and the numbers of the axis begin."""
        return self.rows[-1].bottom

    @property
    def height(self) -> int:
        """The whole height."""
        return self.bottom + self.line + TIGHT

    @cached_property
    def stretches(self) -> tuple[tuple[float, float], ...]:
        """Where an upright line runs, from the top on: past the bars, not through words."""
        joined: list[tuple[float, float]] = []
        for row in self.rows:
            if row.bar is None:
                continue
            top, bottom = float(row.top + self.line if self.is_stacked else row.top), float(row.bottom)
            if joined and joined[-1][1] == top:
                top = joined.pop()[0]
            joined.append((top, bottom))
        return tuple(joined)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The left and the right end of the axis."""
        margin = max(self.line, self._widest_number) / 2
        if self.is_stacked:
            return margin, self.width - self.metrics.horizontalAdvance(self.unit) - margin
        return self.label + SPACING + margin, self.width - self.numbers - SPACING - margin

    @property
    def _widest_number(self) -> int:
        return self.metrics.horizontalAdvance("0.00" if self.strip.unit is Unit.DEPTH else "000")

    @cached_property
    def ticks(self) -> Sequence[int]:
        """The round numbers of the axis, from 0 to beyond everything that is shown."""
        own, line = self.strip.own or 0, self.strip.line or 0
        most = max(own, line, *(bar.most for bar in self.strip.bars))
        room = max(1, int((self.ends[1] - self.ends[0]) / (self._widest_number + 2 * SPACING)))
        steps = _STEPS[self.strip.unit]
        step = next((step for step in steps if most <= step * room), -(-most // (room * steps[-1])) * steps[-1])
        return range(0, -(-most // step) * step + 1, step)

    def x(self, value: float) -> float:
        """Return how far from the left *value* lies."""
        left, right = self.ends
        return left + (right - left) * value / self.ticks[-1]

    def middle(self, row: Row) -> float:
        """Return how far from the top the bar of *row* lies."""
        return row.top + self.line * 1.5 if self.is_stacked else (row.top + row.bottom) / 2


class Drawing(QWidget):
    """A strip as a picture; what it shows is said in words by the widget around it."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._strip: Strip | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_strip(self, strip: Strip) -> None:
        """Draw *strip*."""
        self._strip = strip
        self.updateGeometry()
        self.update()

    def places(self, width: int | None = None) -> Places | None:
        """Return where everything is in *width*, by default in the present one; None without a strip."""
        return Places(self._strip, self.fontMetrics(), width or self.width()) if self._strip else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self.places(width)
        return places.height if places else 0

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().averageCharWidth() * 80
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 20, self.fontMetrics().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        places = self.places()
        if places and isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            row = next((row for row in places.rows if row.top <= event.y() < row.bottom), None)
            says = row.bar.detail if row and row.bar else ""
            QToolTip.showText(event.globalPos(), says and f"<p>{html.escape(says)}</p>", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if places := self.places():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _Painting(painter, places).paint()
            painter.end()


class _Painting:
    """One painting of a strip."""

    def __init__(self, painter: QPainter, places: Places) -> None:
        self._painter = painter
        self._places = places
        self._roles = current_theme().colour

    def paint(self) -> None:
        self._axis()
        for row in self._places.rows:
            self._words(row)
            if row.bar and row.bar.least < row.bar.most:
                self._bar(row, row.bar)
        self._points()
        for row in self._places.rows:
            if row.bar and row.bar.least == row.bar.most:
                self._dot(row, row.bar)

    def _points(self) -> None:
        """Paint the own point as a diamond and the line of the rule dashed, each with its words above."""
        strip, top = self._places.strip, 0
        if strip.own is not None:
            self._upright(strip.own, QPen(self._roles(OWN_ROLE), 1.5))
            self._diamond(QPointF(self._places.x(strip.own), self._places.flags - self._places.line / 2))
            self._diamond(self._flag(strip.own, top, strip.own_words))
            top += self._places.flag(strip.own_words).height() + TIGHT
        if strip.line is not None:
            self._upright(strip.line, self._dashed())
            mark, half = self._flag(strip.line, top, strip.line_words), QPointF(0, self._places.line / 2)
            self._painter.setPen(self._dashed())
            self._painter.drawLine(mark - half, mark + half)

    def _axis(self) -> None:
        places = self._places
        for tick in places.ticks:
            self._upright(tick, QPen(self._roles("line"), 1), is_long=False)
            words = number(tick, places.strip.unit)
            left = max(0.0, places.x(tick) - places.metrics.horizontalAdvance(words) / 2)
            words += places.unit if tick == places.ticks[-1] else ""
            self._painter.setPen(self._roles("muted"))
            self._painter.drawText(QPointF(left, places.bottom + places.metrics.ascent() + TIGHT / 2), words)

    def _upright(self, value: int, pen: QPen, *, is_long: bool = True) -> None:
        """Draw a line at *value* past all bars; a long one begins at the words above."""
        places, x = self._places, self._places.x(value)
        self._painter.setPen(pen)
        above = ((places.flags - places.line / 2, float(places.flags)),) if is_long else ()
        for top, bottom in (*above, *places.stretches):
            self._painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _words(self, row: Row) -> None:
        places, bar = self._places, row.bar
        if bar is None:
            self._painter.setPen(self._roles("muted"))
            box = QRect(0, row.top, places.width, row.bottom - row.top - TIGHT)
            self._painter.drawText(box, _WRAPS, row.heading)
            return
        high = places.line if places.is_stacked else row.bottom - row.top
        self._painter.setPen(self._roles("text"))
        label = places.metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, places.label)
        self._painter.drawText(QRect(0, row.top, places.label, high), _MIDDLE, label)
        words = places.words(bar)
        room = places.metrics.horizontalAdvance(words)
        self._painter.drawText(QRect(places.width - room, row.top, room, high), _MIDDLE, words)

    def _bar(self, row: Row, bar: Bar) -> None:
        """Paint evidence filled and the rest hollow."""
        places, half = self._places, self._places.line / 4
        left, right, y = places.x(bar.least), places.x(bar.most), places.middle(row)
        self._take_colour(bar, is_filled=bar.is_evidence)
        self._painter.drawRoundedRect(QRectF(left, y - half, right - left, 2 * half), half / 2, half / 2)

    def _dot(self, row: Row, bar: Bar) -> None:
        """Paint a single value as a dot in a ring."""
        middle, half = QPointF(self._places.x(bar.least), self._places.middle(row)), self._places.line / 4
        self._take_colour(bar, is_filled=False)
        self._painter.drawEllipse(middle, half, half)
        self._take_colour(bar, is_filled=bar.is_evidence)
        self._painter.drawEllipse(middle, half / 3, half / 3)

    def _take_colour(self, bar: Bar, *, is_filled: bool) -> None:
        colour = self._roles(EVIDENCE_ROLE if bar.is_evidence else TOLD_ROLE)
        self._painter.setPen(QPen(colour, 1.5))
        self._painter.setBrush(colour if is_filled else QColor(Qt.GlobalColor.transparent))

    def _flag(self, value: int, top: int, words: str) -> QPointF:
        """Write *words* as near above *value* as the width allows, and return where their mark belongs."""
        places, room = self._places, self._places.flag(words)
        width = room.width() + places.line
        left = round(min(max(0.0, places.x(value) - width / 2), places.width - width))
        self._painter.setPen(self._roles("text"))
        self._painter.drawText(room.translated(left + places.line, top), _FLAG, words)
        return QPointF(left + places.line / 2, top + places.line / 2)

    def _diamond(self, middle: QPointF) -> None:
        half = self._places.line / 3
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._roles(OWN_ROLE))
        corners = (QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0))
        self._painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))

    def _dashed(self) -> QPen:
        return QPen(self._roles(LINE_ROLE), 2, Qt.PenStyle.DashLine)
