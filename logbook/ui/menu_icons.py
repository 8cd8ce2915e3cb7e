"""Icons of a menu, painted when it is first opened: the first window waits for none of them."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from logbook.ui.actions import ACTIONS
from logbook.ui.theme import SMALL_ICON, current_theme, icon


class MenuIcons(QObject):
    """Gives the actions of a menu their icons, in the colours of the moment it is opened."""

    def __init__(self, menu: QMenu, actions: Mapping[str, QAction]) -> None:
        """Look after those of *actions*, by their names, that stand in *menu*."""
        super().__init__(menu)
        there = [spec for spec in ACTIONS if spec.icon and spec.name in actions]
        self._pictures = [(actions[spec.name], spec.icon) for spec in there if spec.menu == menu.title()]
        self._theme = ""
        menu.aboutToShow.connect(self._paint)

    def _paint(self) -> None:
        theme = current_theme().name
        if theme == self._theme:
            return
        self._theme = theme
        for action, picture in self._pictures:
            action.setIcon(icon(picture, "muted", "text", (SMALL_ICON,)))
