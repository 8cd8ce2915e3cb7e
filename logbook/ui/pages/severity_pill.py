"""Severity in a table cell: icon, word and colour on a ground of its own."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.ui.theme import HAIR, MARGIN, SPACING, TIGHT, current_theme, pixmap
from logbook.ui.widgets.rows_model import SEVERITY_ROLE

_ICON: Final = 14
_PAD: Final = 7


class SeverityPill(QStyledItemDelegate):
    """Paints the severity of a row as a pill."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        severity = Severity(index.data(SEVERITY_ROLE))
        theme = current_theme()
        words = labels.title(severity)
        metrics = option.fontMetrics
        cell = option.rect
        height = metrics.height() + TIGHT + HAIR
        width = min(_PAD * 2 + _ICON + TIGHT + metrics.horizontalAdvance(words), cell.width() - SPACING - HAIR)
        pill = QRectF(cell.x() + SPACING, cell.center().y() - height / 2 + 0.5, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{severity.word}_ground"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        scale = painter.device().devicePixelRatio()
        picture = pixmap(severity.word, severity.word, _ICON, theme, scale=scale)
        painter.drawPixmap(int(pill.x()) + _PAD, int(pill.center().y() - _ICON / 2), picture)
        painter.setPen(theme.colour(severity.word))
        text = pill.adjusted(_PAD + _ICON + TIGHT, 0, TIGHT - _PAD, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = option.fontMetrics
        words = metrics.horizontalAdvance(index.data() or "")
        return QSize(SPACING + 2 * _PAD + _ICON + TIGHT + words + HAIR, metrics.height() + MARGIN + HAIR)
