"""One look: the roles of a theme as palette, style sheet and tinted icons."""

import string
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from logbook.assets import find, read_toml

MARGIN: Final = 12
SPACING: Final = 8
TIGHT: Final = 4


class Appearance(StrEnum):
    """What a person may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True)
class Theme:
    """Colours by role."""

    name: str
    roles: dict[str, str]

    def colour(self, role: str) -> QColor:
        """Return the colour of *role*.

        Raises:
            KeyError: there is no such role.
        """
        return QColor(self.roles[role])


@lru_cache
def load_theme(name: str) -> Theme:
    """Return the theme of that name."""
    content = read_toml(find(f"themes/{name}.toml"))
    return Theme(content["name"], content["roles"])


def theme_for(appearance: Appearance) -> Theme:
    """Return the theme for what was chosen, or for the system's scheme."""
    if appearance is Appearance.SYSTEM:
        is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return load_theme("dark" if is_dark else "light")
    return load_theme(appearance.value)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give every window of *app* the colours of *theme*."""
    app.setProperty("theme", theme.name)
    app.setPalette(_palette(theme))
    template = string.Template(find("styles/logbook.qss").read_text(encoding="utf-8"))
    pictures = {"down_arrow": _tinted_file("down", theme), "check_mark": _tinted_file("check", theme)}
    app.setStyleSheet(template.substitute(theme.roles, **pictures))


def current_theme() -> Theme:
    """Return the theme that is applied."""
    return load_theme(QApplication.instance().property("theme") or "light")  # type: ignore[union-attr]


def icon(name: str, role: str) -> QIcon:
    """Return an icon painted in the colour of *role*."""
    theme = current_theme()
    picture = QIcon()
    for size in (16, 24, 32, 48):
        picture.addPixmap(pixmap(name, role, size, theme))
    return picture


@lru_cache(maxsize=256)
def _painted(name: str, colour: str, size: int, scale: float) -> QPixmap:
    svg = find(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def pixmap(name: str, role: str, size: int, theme: Theme | None = None, *, scale: float | None = None) -> QPixmap:
    """Return the picture *name* in the colour of *role*, *size* logical pixels wide and high."""
    chosen = theme or current_theme()
    ratio = scale or QGuiApplication.primaryScreen().devicePixelRatio()
    return _painted(name, chosen.roles[role], size, ratio)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and have the style take it in."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "raised",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.ToolTipBase: "raised",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "edge",
    }
    for role, name in roles.items():
        palette.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("muted"))
    return palette


def _tinted_file(name: str, theme: Theme) -> str:
    """Return the file of a picture in a colour of the theme: a style sheet takes a picture by its path only."""
    return find(f"icons/{name}-{theme.name}.svg").as_posix()
