"""What mouse, wheel and keys do to a chart: point at a mark, move the days, magnify them."""

from typing import Final, Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from logbook.ui.widgets.day_window import DayWindow
from logbook.ui.widgets.mark_pointer import MarkPointer

_STEP: Final = 0.8  # of the span, for one step nearer
_WALK: Final = 0.25  # of the span, for one step with Ctrl, and for one notch of the wheel
_PAGE: Final = 0.9  # of the span
_NOTCH: Final = 120  # eighths of a degree
_MARK_KEYS: Final[frozenset[int]] = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)
_WALKS: Final[dict[tuple[int, bool], float]] = {
    (Qt.Key.Key_Left, True): -_WALK,
    (Qt.Key.Key_Right, True): _WALK,
    (Qt.Key.Key_PageUp, False): -_PAGE,
    (Qt.Key.Key_PageDown, False): _PAGE,
}
_ZOOMS: Final[dict[int, float]] = {Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0}


class Chart(Protocol):
    """What hands can do to a chart."""

    pointer: MarkPointer

    @property
    def looked_at(self) -> DayWindow:
        """The days that are looked at."""

    @property
    def can_move(self) -> bool:
        """Whether it has days that can be moved and magnified."""

    def day_at(self, x: float) -> float:
        """Return the day number at a logical pixel."""

    def move_to(self, window: DayWindow) -> None:
        """Look at other days."""

    def move_to_all(self) -> None:
        """Look at everything there is."""

    def hold(self, *, is_held: bool) -> None:
        """Take hold of the days, or let them go."""

    def show_pointed(self, *, is_said: bool = False) -> None:
        """Show what is pointed at; *is_said*: aloud, where somebody listens."""

    def open_pointed(self) -> None:
        """Ask for the record behind what is pointed at."""


class ChartHands:
    """Mouse, wheel and keys on one chart."""

    def __init__(self, chart: Chart) -> None:
        """Serve *chart*."""
        self._chart = chart
        self._pressed: QPointF | None = None
        self._grip: DayWindow | None = None  # the days as they were when they were taken hold of

    # The mouse

    def press(self, event: QMouseEvent) -> None:
        """Remember where the button went down: what follows is a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._grip = event.position(), None

    def move(self, event: QMouseEvent) -> None:
        """Drag the days, or point at what lies under the pointer."""
        at, chart = event.position(), self._chart
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            if chart.pointer.hover(at.x(), at.y()):
                chart.show_pointed()
            return
        way = at - self._pressed
        if self._grip is None and chart.can_move and way.manhattanLength() >= QApplication.startDragDistance():
            self._grip = chart.looked_at
            chart.pointer.leave()
            chart.hold(is_held=True)
        if self._grip is not None:
            days = chart.day_at(self._pressed.x()) - chart.day_at(at.x())
            chart.move_to(self._grip.moved(days))

    def release(self, event: QMouseEvent) -> None:
        """Let go of the days; after a click, choose the mark under the pointer, or none."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        is_click, self._pressed, self._grip = self._grip is None, None, None
        if is_click:
            self._chart.pointer.choose(self._chart.pointer.spots.nearest(event.position().x(), event.position().y()))
            self._chart.show_pointed()
        else:
            self._chart.hold(is_held=False)

    def leave(self) -> None:
        """Point at nothing any more; what was chosen stays."""
        if self._chart.pointer.leave():
            self._chart.show_pointed()

    def wheel(self, event: QWheelEvent) -> bool:
        """Magnify around the pointer, or move where the wheel goes sideways or with Shift; return whether it did."""
        chart, angle = self._chart, event.angleDelta()
        if not chart.can_move:
            return False
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if is_shifted or abs(angle.x()) > abs(angle.y()):
            notches = (angle.x() or angle.y()) / _NOTCH
            chart.move_to(chart.looked_at.moved(-notches * _WALK / 2 * chart.looked_at.span))
        else:
            factor = _STEP ** (angle.y() / _NOTCH)
            chart.move_to(chart.looked_at.zoomed(factor, chart.day_at(event.position().x())))
        return True

    # The keys

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; return whether it stands for anything."""
        chart, key = self._chart, event.key()  # a number: not every key of every keyboard has a name
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if chart.can_move and self._moves(key, is_ctrl=is_ctrl):
            return True
        if key in _MARK_KEYS and not is_ctrl:
            if chart.pointer.step(key):
                chart.show_pointed(is_said=True)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            chart.open_pointed()
            return True
        if key == Qt.Key.Key_Escape and chart.pointer.told is not None:
            chart.pointer.choose(None)
            chart.show_pointed()
            return True
        return False

    def _moves(self, key: int, *, is_ctrl: bool) -> bool:
        chart, window = self._chart, self._chart.looked_at
        if walk := _WALKS.get((key, is_ctrl)):
            chart.move_to(window.moved(walk * window.span))
        elif zoom := _ZOOMS.get(key):
            day = chart.pointer.day_of_chosen()
            chart.move_to(window.zoomed(_STEP**zoom, (window.low + window.high) / 2 if day is None else day))
        elif key == Qt.Key.Key_0:
            chart.move_to_all()
        else:
            return False
        return True
