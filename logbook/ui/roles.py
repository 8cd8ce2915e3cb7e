"""What a screen reader calls the widgets that Qt has no word for: without it, they are fillers to be passed over."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLES: Final = {
    "ChartCanvas": QAccessible.Role.Chart,
    "Drawing": QAccessible.Role.Graphic,
    "QScrollArea": QAccessible.Role.Grouping,
}


@lru_cache
def give_roles() -> None:
    """Have charts told as charts, and what bears a name and is nothing else as a group of that name."""
    QAccessible.installFactory(_told)


def _told(kind: str, thing: QObject) -> QAccessibleInterface | None:
    """Return how *thing* is told where *kind*, its class or one above, decides that; None: Qt or a class above does."""
    if not isinstance(thing, QWidget):
        return None
    role = _ROLES.get(kind)
    if kind == "QWidget" and thing.accessibleName() and not thing.isWindow():
        role = QAccessible.Role.Grouping
    return None if role is None else QAccessibleWidget(thing, role)
