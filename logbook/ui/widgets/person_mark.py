"""Who is shown: a disc in their colour with their initials, and the button that leads to another person."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QSizePolicy

from logbook.ui.theme import LARGE_ICON, current_theme, icon
from logbook.ui.widgets.elided import ElidedButton

_SIZE: Final = 20  # logical pixels: a first and a last name fit beside it


def person_icon(initials: str, colour: int, size: int = LARGE_ICON) -> QIcon:
    """Return a disc, *size* logical pixels wide, in the series *colour* of the theme, with *initials* on it.

    Who has no name has no disc, but a picture of a person.
    """
    if not initials:
        return icon("person", f"series_{colour}")
    theme = current_theme()
    scale = QApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"series_{colour}"))
    painter.drawEllipse(QRectF(0, 0, size, size))
    painter.setPen(theme.colour("surface"))
    font = QFont(QApplication.font())
    font.setBold(True)
    font.setPixelSize(round(size * 0.42))
    painter.setFont(font)
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, initials)
    painter.end()
    shown = QIcon(picture)
    shown.addPixmap(picture, QIcon.Mode.Selected)  # the same, not washed in the colour of the choice
    return shown


class PersonButton(ElidedButton):
    """Names who is shown; pressing it leads to the others."""

    def __init__(self) -> None:
        """Show nobody yet."""
        super().__init__()
        self.setProperty("role", "person")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(_SIZE, _SIZE))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_person(self, name: str, initials: str, colour: int) -> None:
        """Name who is shown."""
        self.setIcon(person_icon(initials, colour))
        self.show_words(name, f"Person: {name}. Shows another person, or adds one")
