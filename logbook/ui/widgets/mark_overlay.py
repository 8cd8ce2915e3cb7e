"""What is painted over a chart for the mark that is pointed at: a ring, a hair line, a call-out."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen

from logbook.ui.theme import SPACING, TIGHT, current_theme

_RING: Final = 0.62  # radius in heights of the text
_WIDEST: Final = 34  # of a call-out, in letters
_AWAY: Final = 14  # pixels from the mark
_CORNER: Final = 8  # pixels, the radius


def paint_ring(painter: QPainter, at: QPointF) -> None:
    """Paint a ring around the mark *at* a place, on a ground that sets it off from whatever it lies on."""
    theme, radius = current_theme(), painter.fontMetrics().height() * _RING
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for role, width in (("surface", 4.5), ("text", 2.0)):
        painter.setPen(QPen(theme.colour(role), width))
        painter.drawEllipse(at, radius, radius)


def paint_hair_line(painter: QPainter, at: QPointF, panel: QRectF) -> None:
    """Paint a line through the height of the *panel* at a mark."""
    painter.setPen(QPen(current_theme().colour("muted"), 1.0, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(at.x(), panel.top()), QPointF(at.x(), panel.bottom()))


def paint_call_out(painter: QPainter, at: QPointF, words: str, room: QRect) -> None:
    """Paint *words* beside the mark *at* a place, the first line heavier, where there is *room* for them."""
    theme, plain = current_theme(), painter.font()
    bold = QFont(plain)
    bold.setWeight(QFont.Weight.DemiBold)
    head, _, rest = words.partition("\n")
    most = min(_WIDEST * painter.fontMetrics().averageCharWidth(), room.width() - 4 * SPACING)
    first, second = (_size(font, text, most) for font, text in ((bold, head), (plain, rest)))
    width = max(first.width(), second.width()) + 2 * SPACING
    height = first.height() + (second.height() + TIGHT if rest else 0) + 2 * TIGHT + 2
    box = _place(at, width, height, room)
    painter.setPen(QPen(theme.colour("edge"), 1.0))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    painter.setPen(theme.colour("text"))
    inner = box.adjusted(SPACING, TIGHT + 1, -SPACING, -TIGHT - 1)
    for font, text, top in ((bold, head, 0), (plain, rest, first.height() + TIGHT)):
        painter.setFont(font)
        painter.drawText(inner.adjusted(0, top, 1, 1), _FLAGS, text)
    painter.setFont(plain)


def paint_frame(painter: QPainter, rect: QRect, *, has_focus: bool) -> None:
    """Paint the frame of a card, with round corners, which shows whether it has the keyboard."""
    theme, box = current_theme(), QRectF(rect)
    corners, round_box = QPainterPath(), QPainterPath()
    corners.addRect(box)
    round_box.addRoundedRect(box, _CORNER, _CORNER)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(corners.subtracted(round_box), theme.colour("window"))
    width = 2.0 if has_focus else 1.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("accent" if has_focus else "line"), width))
    painter.drawRoundedRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2), _CORNER, _CORNER)


_FLAGS: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def _size(font: QFont, text: str, most: int) -> QRect:
    return QFontMetrics(font).boundingRect(QRect(0, 0, most, 10_000), _FLAGS, text) if text else QRect()


def _place(at: QPointF, width: int, height: int, room: QRect) -> QRect:
    """Return where a box stands: right of the mark and above it, else where there is room, and never over the mark."""
    x, y = round(at.x()), round(at.y())
    left = x + _AWAY if x + _AWAY + width <= room.right() - TIGHT else x - _AWAY - width
    top = y - _AWAY - height
    if top < room.top() + TIGHT:
        top = y + _AWAY
    left = max(room.left() + TIGHT, min(left, room.right() - TIGHT - width))
    return QRect(left, max(room.top(), min(top, room.bottom() - TIGHT - height)), width, height)
