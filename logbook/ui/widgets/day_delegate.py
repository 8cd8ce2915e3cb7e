"""A day of the calendar, painted: its number, how grave it is by colour and shape, a dot or a diamond."""

import datetime as dt

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from logbook.domain.vocabulary import Severity
from logbook.ui.theme import TIGHT, current_theme, pixmap
from logbook.ui.widgets.month_model import DayMarks, MonthModel


class DayDelegate(QStyledItemDelegate):
    """Paints the cells of a `MonthModel`."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        assert isinstance(model, MonthModel)  # noqa: S101 - it paints nothing else
        day = model.day_at(index)
        marks = model.marks_of(day)
        cell = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, marks, cell)
        inner = cell.adjusted(TIGHT + 1, TIGHT - 1, -TIGHT, -TIGHT)
        self._number(painter, option, model, day, inner)
        line = option.fontMetrics.height()
        if marks.severity:
            size = round(line * 0.85)
            picture = pixmap(marks.severity.word, marks.severity.word, size, scale=painter.device().devicePixelRatio())
            painter.drawPixmap(inner.right() - size + 1, inner.top() + (line - size) // 2, picture)
        self._below(painter, marks, QRectF(inner.left(), inner.bottom() - line / 2, inner.width(), line / 2))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, marks: DayMarks, cell: QRect) -> None:
        roles = current_theme().colour
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = is_chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        ground = roles(f"{marks.severity.word}_ground") if marks.severity else roles("surface")
        painter.fillRect(option.rect, roles("surface"))  # over what the view paints under a cell that is chosen
        painter.setPen(QPen(roles("accent"), 3 if has_focus else 2) if is_chosen else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        inset = 1.5 if is_chosen else 0.0
        painter.drawRoundedRect(QRectF(cell).adjusted(inset, inset, -inset, -inset), 5, 5)

    def _number(
        self, painter: QPainter, option: QStyleOptionViewItem, model: MonthModel, day: dt.date, inner: QRect
    ) -> None:
        """Write the number; that of today is bold and underlined."""
        font = QFont(option.font)
        font.setBold(day == model.today)
        font.setUnderline(day == model.today)
        painter.setFont(font)
        painter.setPen(current_theme().colour("text" if day.month == model.month.month else "muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(day.day))

    def _below(self, painter: QPainter, marks: DayMarks, room: QRectF) -> None:
        """Paint a dot for what was done and a diamond for what is planned, side by side."""
        side = room.height()
        if marks.sessions:
            paint_session(painter, QRectF(room.left(), room.top(), side, side))
        if marks.plans:
            paint_plan(painter, QRectF(room.left() + (side + TIGHT if marks.sessions else 0), room.top(), side, side))


def paint_session(painter: QPainter, room: QRectF) -> None:
    """Paint the mark of a session: a dot."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(current_theme().colour("text"))
    painter.drawEllipse(room.center(), room.width() * 0.36, room.width() * 0.36)


def paint_plan(painter: QPainter, room: QRectF) -> None:
    """Paint the mark of a kept plan: a hollow diamond."""
    half = room.width() * 0.44
    corners = (QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0))
    painter.setPen(QPen(current_theme().colour("accent"), max(1.5, half / 3)))
    painter.setBrush(QColor(Qt.GlobalColor.transparent))
    painter.drawPolygon(QPolygonF([room.center() + corner for corner in corners]))


def mark_picture(mark: Severity | str, size: int, scale: float) -> QPixmap:
    """Return the mark of a severity, or of a ``session`` or a ``plan``, *size* logical pixels wide and high."""
    if isinstance(mark, Severity):
        return pixmap(mark.word, mark.word, size, scale=scale)
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    (paint_session if mark == "session" else paint_plan)(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
