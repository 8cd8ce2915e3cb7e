"""The tables of rows that a page shows, and which of them the keyboard goes to."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

_ROWS = QAbstractItemView.SelectionBehavior.SelectRows  # of a calendar days are chosen, not rows


def go_to_rows(page: QWidget) -> bool:
    """Go to the rows that *page* shows, of several tables to the first; return whether it shows any rows."""
    tables = [one for one in page.findChildren(QTableView) if one.selectionBehavior() is _ROWS]
    shown = [one for one in tables if one.isVisible() and one.model().rowCount()]
    for table in sorted(shown, key=partial(place_on, page))[:1]:
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return bool(shown)


def place_on(around: QWidget, table: QTableView) -> tuple[int, int]:
    """Return where *table* stands *around*: what stands at the left comes first, and of that the upper."""
    at = table.mapTo(around, QPoint(0, 0))
    return at.x(), at.y()
