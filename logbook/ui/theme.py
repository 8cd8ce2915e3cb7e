"""One look: the roles of a theme as palette, style sheet and tinted icons, and the measures that all pages share."""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QMargins, Qt
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from logbook.assets import find, read_toml
from logbook.ui.theme_pictures import picture_file

# Distances in logical pixels; a layout takes them by these names, and so does the style sheet.
HAIR: Final = 2  # between two lines of one thing
TIGHT: Final = 4  # between a label and its field
SPACING: Final = 8  # between fields, and between buttons
MARGIN: Final = 12  # between panes, and from the edge of one to what is in it
LARGE: Final = 20  # between things that have nothing to do with each other
NOTES_LOWEST: Final = 64  # of a field for notes, as is the next
NOTES_HIGHEST: Final = 96
SEARCH_WIDTH: Final = 180
ROW_AIR: Final = 18  # above and below the words of a table's row, together
AROUND_WORDS: Final = 40  # of a line in an open list: the list's edges, a mark, a scroll bar
AROUND_PAGE: Final = QMargins(SPACING, MARGIN, MARGIN, SPACING)
SMALL_ICON: Final = 16  # beside words
LARGE_ICON: Final = 24  # beside a headline
_MEASURES: Final = {"hair": HAIR, "tight": TIGHT, "spacing": SPACING, "margin": MARGIN, "large": LARGE}
# Sizes of type, as shares of the size that the person's desktop gives to all words.
_TYPES: Final = {"type_title": 1.7, "type_severity": 1.35, "type_number": 1.7, "type_small": 0.92}
_SIZES: Final = (16, 24, 32)  # of the pictures an icon is made of


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
    sheet = style_sheet(theme, QFontInfo(app.font()).pointSizeF())
    if sheet != app.styleSheet():  # every widget there is would be polished again
        app.setStyleSheet(sheet)


def style_sheet(theme: Theme, points: float) -> str:
    """Return the style sheet in the colours of *theme*, for words that are *points* high.

    Raises:
        KeyError: the template asks for a role or a measure that there is not.
    """
    template = string.Template(find("styles/logbook.qss").read_text(encoding="utf-8"))
    types = {name: f"{points * share:.1f}pt" for name, share in _TYPES.items()}
    measures = {name: f"{pixels}px" for name, pixels in _MEASURES.items()}
    return template.substitute(theme.roles, **types, **measures, **_pictures(theme))


def current_theme() -> Theme:
    """Return the theme that is applied."""
    return load_theme(QApplication.instance().property("theme") or "light")  # type: ignore[union-attr]


def icon(name: str, role: str, chosen_role: str | None = None, sizes: Sequence[int] = _SIZES) -> QIcon:
    """Return an icon painted in the colour of *role*; where it is chosen in a list, in that of *chosen_role*.

    Where it is shown in a few *sizes* only, in logical pixels, it is painted the sooner.
    """
    theme, picture = current_theme(), QIcon()
    roles = {QIcon.Mode.Normal: role, QIcon.Mode.Selected: chosen_role or role, QIcon.Mode.Disabled: "disabled"}
    for mode, painted in roles.items():
        for size in sizes:
            picture.addPixmap(pixmap(name, painted, size, theme), mode)
    return picture


@lru_cache
def _drawing(name: str) -> str:
    return find(f"icons/{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _painted(name: str, colour: str, size: int, scale: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - no picture is wanted before the first paint

    svg = _drawing(name).replace("currentColor", colour)
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
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("disabled"))
    return palette


def _pictures(theme: Theme) -> dict[str, str]:
    """Return the files of the pictures in the style sheet."""
    tinted = {
        "down_arrow": ("down", "muted"),
        "up_arrow": ("up", "muted"),
        "check_mark": ("check", "on_accent"),
        "tick": ("check", "text"),
    }
    return {place: picture_file(name, theme.roles[role]) for place, (name, role) in tinted.items()}
