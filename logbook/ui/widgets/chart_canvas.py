"""The one figure in the window: drawn as a whole, moved and magnified. Nothing else in the window knows matplotlib."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from logbook.charts.chart import Drawing, HasDays, Numbers, View
from logbook.charts.style import Style
from logbook.ui.widgets.chart_hands import ChartHands
from logbook.ui.widgets.day_window import DayWindow
from logbook.ui.widgets.mark_overlay import paint_frame
from logbook.ui.widgets.mark_pointer import MarkPointer

Draw = Callable[[Figure, Any, View, Style], Drawing]

_SETTLED_MS: Final = 150
_RESIZED_MS: Final = 60
_LEAST_LINES: Final = 17  # of text, how high it is at least
_MORE_LINES: Final = 9  # for each panel after the first
_LEAST_LETTERS: Final = 40
_MARGIN_DAYS: Final = 3.0  # beyond what there is, or
_MARGIN_SHARE: Final = 0.03  # of it, whichever is more


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is drawn."""

    draw: Draw
    series: HasDays
    view: View
    style: Style

    @property
    def all(self) -> DayWindow:
        """Everything there is."""
        return DayWindow.of(*self.series.days) if self.series.days else DayWindow.of(self.view.first, self.view.last)


class ChartCanvas(FigureCanvasQTAgg):
    """A chart of days, with the mark that is pointed at painted over it.

    Signals:
        view_changed: the person moved or magnified the days, and came to rest; carries the first and the last day.
        pointed: something else is pointed at; carries what is said of it, or None.
        record_wanted: the person wants to see the record behind a mark; carries its id.
        drawn: the chart was drawn anew.
    """

    view_changed = Signal(object, object)
    pointed = Signal(object)
    record_wanted = Signal(str)
    drawn = Signal()

    def __init__(self) -> None:
        """Begin with nothing to show."""
        # Text of a figure is as large as that of the window.
        super().__init__(Figure(dpi=QGuiApplication.primaryScreen().logicalDotsPerInchX()))  # type: ignore[no-untyped-call]
        self.drawing = Drawing(())
        self.pointer = MarkPointer()
        self._looked_at = self._drawn = DayWindow(0.5, 1.5)
        self._shown: _Shown | None = None
        self._made_for: tuple[QSize, float] | None = None
        self._picture: QImage | None = None
        self._sentence = ""
        self._is_held = False
        self._hands = ChartHands(self)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._resized = QTimer(self, singleShot=True, interval=_RESIZED_MS)
        self._settling.timeout.connect(self._settle)
        self._resized.timeout.connect(self._draw_again)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What is shown

    def show_chart(self, draw: Draw, series: HasDays, view: View, style: Style) -> Drawing:
        """Draw *series* by *draw* over the days of *view*, and return what can be pointed at."""
        is_same = self._shown is not None and self._shown.draw is draw
        self._shown = _Shown(draw, series, view, style)
        self._looked_at = DayWindow.of(view.first, view.last)
        self._settling.stop()
        self._compose(self._looked_at, is_same=is_same)
        return self.drawing

    def tell(self, name: str, sentence: str) -> None:
        """Call the chart by *name*, and say of it what *sentence* does, to whoever cannot see it."""
        self._sentence = sentence
        self.setAccessibleName(name)
        self._describe()

    def picture(self) -> QImage:
        """Return the chart as it is drawn, without what is painted over it."""
        if self._picture is None:
            self.draw()
            width, height = (int(side) for side in self.figure.bbox.size)
            pixels = self.buffer_rgba()  # type: ignore[no-untyped-call]
            drawn = QImage(pixels, width, height, QImage.Format.Format_RGBA8888)
            self._picture = drawn.convertToFormat(QImage.Format.Format_RGB32)  # a copy, and painted faster
            self._picture.setDevicePixelRatio(self.device_pixel_ratio)
        return self._picture

    def draw(self) -> None:
        if self._shown is not None:
            with mpl.rc_context(self._shown.style.rc()):
                super().draw()  # type: ignore[no-untyped-call]

    # What hands do

    @property
    def looked_at(self) -> DayWindow:
        """The days that are looked at."""
        return self._looked_at

    @property
    def can_move(self) -> bool:
        """Whether it has days that can be moved and magnified."""
        return self.drawing.is_calendar and bool(self.figure.axes)

    def day_at(self, x: float) -> float:
        """Return the day number at a logical pixel."""
        box = self.figure.axes[0].bbox
        share: float = (x * self.device_pixel_ratio - box.x0) / box.width
        return self._looked_at.low + share * self._looked_at.span

    def move_to(self, window: DayWindow) -> None:
        """Look at the days of *window*, as far as there are such; they are drawn anew once they rest."""
        window = window.within(self._bounds)
        if not self.can_move or window == self._looked_at:
            return
        self._looked_at = window
        if self._drawn.holds(window):
            self._show_days()
        else:
            # More than is looked at, so that the next steps only move what is there.
            wide, bounds = window.padded(window.span), self._bounds
            self._compose(DayWindow(max(wide.low, bounds.low), min(wide.high, bounds.high)), is_same=True)
        self._settling.start()

    def move_to_all(self) -> None:
        """Look at everything there is."""
        if self._shown:
            self.move_to(self._shown.all)

    def hold(self, *, is_held: bool) -> None:
        """Take hold of the days, or let them go: they do not rest while they are held."""
        self._is_held = is_held
        self.setCursor(Qt.CursorShape.ClosedHandCursor if is_held else Qt.CursorShape.ArrowCursor)
        if not is_held:
            self._settling.start()

    def show_pointed(self, *, is_said: bool = False) -> None:
        """Show what is pointed at; *is_said*: aloud, where somebody listens."""
        told = self.pointer.told
        self._describe()
        if is_said and told:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told.words))
        self.pointed.emit(told)
        self.update()

    def open_pointed(self) -> None:
        """Ask for the record behind what is pointed at."""
        told = self.pointer.told
        if told and told.record_id:
            self.record_wanted.emit(told.record_id)

    # The drawing

    @property
    def _bounds(self) -> DayWindow:
        """How far the days can be moved: a little beyond what there is, and what was asked for."""
        if self._shown is None:
            return self._looked_at
        there, view = self._shown.all, self._shown.view
        margin = max(_MARGIN_DAYS, _MARGIN_SHARE * there.span)
        return there.padded(margin).joined(DayWindow.of(view.first, view.last))

    @property
    def _is_at_size(self) -> bool:
        return self._made_for == (self.size(), self.device_pixel_ratio)

    def _compose(self, days: DayWindow, *, is_same: bool) -> None:
        """Draw the whole chart for *days*, and show those that are looked at."""
        shown = self._shown
        if shown is None:
            return
        self._resized.stop()
        self._drawn, self._made_for = days, (self.size(), self.device_pixel_ratio)
        # A little more than the pixels there are: the renderer cuts the fraction off.
        width, height = (side * self.device_pixel_ratio + 0.01 for side in (self.width(), self.height()))
        self.figure.set_size_inches(width / self.figure.dpi, height / self.figure.dpi, forward=False)
        first, last = days.days
        panels_before = len(self.figure.axes)
        with mpl.rc_context(shown.style.rc()):
            self.figure.clear()
            self.figure.set_facecolor(shown.style.roles["surface"])
            view = replace(shown.view, first=first, last=last)
            self.drawing = shown.draw(self.figure, shown.series, view, shown.style)
        if len(self.figure.axes) != panels_before:
            self.updateGeometry()
        self.pointer.take(self.drawing.marks, is_same=is_same)
        self._show_days()
        self.show_pointed()
        self.drawn.emit()

    def _show_days(self) -> None:
        if self.can_move:
            self.figure.axes[0].set_xlim(self._looked_at.low, self._looked_at.high)  # the panels share it
        self._put_marks()
        self._picture = None
        self.update()

    def _put_marks(self) -> None:
        """Have the pointer know where every mark is on the screen."""
        ratio, height = self.device_pixel_ratio, self.figure.bbox.height

        def place(panel: int, x: Numbers, y: Numbers) -> Numbers:
            points: Numbers = self.figure.axes[panel].transData.transform(np.column_stack((x, y)))
            return np.column_stack((points[:, 0], height - points[:, 1])) / ratio

        boxes = [[side / ratio for side in axes.bbox.bounds] for axes in self.figure.axes]
        panels = [QRectF(x, height / ratio - y - high, width, high) for x, y, width, high in boxes]
        self.pointer.put(place, panels)

    def _draw_again(self) -> None:
        self._compose(self._looked_at, is_same=True)

    def _settle(self) -> None:
        if not self._is_held:
            self.view_changed.emit(*self._looked_at.days)

    def _describe(self) -> None:
        told = self.pointer.told
        self.setAccessibleDescription(f"{self._sentence} {told.words}".strip() if told else self._sentence)

    # Qt's own

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        lines = _LEAST_LINES + _MORE_LINES * max(len(self.figure.axes) - 1, 0)
        return QSize(_LEAST_LETTERS * metrics.averageCharWidth(), lines * metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        QWidget.resizeEvent(self, event)
        if not self._is_at_size:
            self._resized.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None and not self._is_at_size:
            self._draw_again()  # what was drawn was never seen at its size
        painter = QPainter(self)
        if self._shown is None:
            painter.eraseRect(self.rect())
            return
        picture = self.picture()
        painter.drawImage(self.rect(), picture)  # stretched until the new size has come to rest
        if self._is_at_size:
            self.pointer.paint(painter, self.rect())
        paint_frame(painter, self.rect(), has_focus=self.hasFocus())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.open_pointed()

    def enterEvent(self, event: QEnterEvent) -> None:
        QWidget.enterEvent(self, event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hands.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.setAccepted(self._hands.wheel(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._hands.key(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        QWidget.keyReleaseEvent(self, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
