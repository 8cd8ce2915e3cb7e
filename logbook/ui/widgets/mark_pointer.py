"""Which mark of a chart is pointed at, with the pointer or the keys, and what is said of it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from logbook.charts.chart import Marks, Numbers, Told
from logbook.ui.widgets.mark_overlay import paint_call_out, paint_hair_line, paint_ring
from logbook.ui.widgets.mark_spots import Spots

OVER_THE_EDGE: Final = 6.0  # logical pixels by which the middle of a mark may lie outside its panel


class MarkPointer:
    """Knows a spot under the pointer and a spot that was chosen; each may be None."""

    def __init__(self) -> None:
        """Begin with nothing to point at."""
        self.spots = Spots()
        self.hovered: int | None = None
        self.chosen: int | None = None
        self._panels: list[QRectF] = []

    @property
    def told(self) -> Told | None:
        """What is said of the spot under the pointer, else of the one that was chosen."""
        spot = self.hovered if self.hovered is not None else self.chosen
        return None if spot is None else self.spots.tell(spot)

    def take(self, marks: tuple[Marks, ...], *, is_same: bool) -> None:
        """Point at *marks*; what was chosen stays so where *is_same* chart is drawn anew, and it is still there."""
        before, spot = self.spots, self.chosen
        self.spots, self.hovered, self.chosen = Spots(marks), None, None
        if is_same and spot is not None:
            where = int(before.panels[spot]), float(before.x[spot]), float(before.y[spot])
            self.chosen = self.spots.again(*where, before.tell(spot))

    def put(self, place: Callable[[int, Numbers, Numbers], Numbers], panels: list[QRectF]) -> None:
        """Take the places on the screen, in logical pixels: *place* maps the x and y of a panel to them."""
        spots = self.spots
        self._panels = panels
        places, is_seen = spots.places.copy(), spots.is_seen.copy()
        for panel, box in enumerate(panels):
            here = spots.panels == panel
            places[here] = place(panel, spots.x[here], spots.y[here])
            far = OVER_THE_EDGE
            x, y = places[here, 0], places[here, 1]
            is_seen[here] = (x >= box.left() - far) & (x <= box.right() + far)
            is_seen[here] &= (y >= box.top() - far) & (y <= box.bottom() + far)
        spots.put(places, is_seen)

    def hover(self, x: float, y: float) -> bool:
        """Point at what lies nearest to a place; return whether that is another spot than before."""
        return self._hover(self.spots.nearest(x, y))

    def leave(self) -> bool:
        """Point at nothing with the pointer; return whether it did."""
        return self._hover(None)

    def choose(self, spot: int | None) -> None:
        """Choose *spot*; the pointer is not asked any more until it moves."""
        self.chosen, self.hovered = spot, None

    def step(self, key: int) -> bool:
        """Choose another spot by an arrow key, Home or End; return whether there is any."""
        spots, spot = self.spots, self.chosen
        if key == Qt.Key.Key_Home or (spot is None and key in (Qt.Key.Key_Right, Qt.Key.Key_Down)):
            spot = spots.end(spot, is_last=False)
        elif key == Qt.Key.Key_End or spot is None:
            spot = spots.end(spot, is_last=True)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            spot = spots.along(spot, 1 if key == Qt.Key.Key_Right else -1)
        else:
            spot = spots.across(spot, 1 if key == Qt.Key.Key_Down else -1)
        self.choose(spot)
        return spot is not None

    def day_of_chosen(self) -> float | None:
        """Return the day number of the spot that was chosen, where it is seen."""
        spot = self.chosen
        return float(self.spots.x[spot]) if spot is not None and self.spots.is_seen[spot] else None

    def paint(self, painter: QPainter, room: QRect) -> None:
        """Paint a ring around both spots, and the words of the one that is pointed at."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self.hovered if self.hovered is not None else self.chosen
        for spot in dict.fromkeys((self.chosen, self.hovered)):
            if spot is not None and self.spots.is_seen[spot]:
                at = QPointF(*self.spots.places[spot])
                if spot == shown:
                    paint_hair_line(painter, at, self._panels[int(self.spots.panels[spot])])
                paint_ring(painter, at)
        if shown is not None and self.spots.is_seen[shown]:
            paint_call_out(painter, QPointF(*self.spots.places[shown]), self.spots.tell(shown).words, room)

    def _hover(self, spot: int | None) -> bool:
        is_new, self.hovered = spot != self.hovered, spot
        return is_new
