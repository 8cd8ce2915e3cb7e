"""The legend of a chart, each line of it a switch."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from logbook.charts.chart import Key
from logbook.charts.key_pictures import key_pictures
from logbook.charts.style import Style
from logbook.ui.theme import TIGHT
from logbook.ui.widgets.flow_layout import FlowLayout

_WIDE = 1.7  # a picture, in heights of the text
_HIGH = 1.5  # the bold ring of a stop is whole


class LegendRow(QWidget):
    """A chip for each key, with what the chart draws for it and what that stands for.

    Signals:
        toggled: the person switched something on or off; carries the names that are off.
    """

    toggled = Signal(object)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.chips: dict[str, QPushButton] = {}
        self._keys: tuple[Key, ...] = ()
        self._style: Style | None = None
        self._hidden: frozenset[str] = frozenset()
        self._flow = FlowLayout(self)
        self._flow.setSpacing(TIGHT)

    def show_keys(self, keys: Sequence[Key], style: Style, hidden: Collection[str]) -> None:
        """Show *keys*, of which those that are *hidden* are off."""
        is_same = [(key.name, key.words) for key in keys] == [(key.name, key.words) for key in self._keys]
        before = self.chips
        if not is_same:
            self.chips = {key.name: _chip(key.words) for key in keys}
        if not is_same or style != self._style or tuple(keys) != self._keys:
            self._paint(keys, style)
        self._keys, self._style, self._hidden = tuple(keys), style, frozenset(hidden)
        for name, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(name not in hidden)
            chip.blockSignals(False)
            _strike(chip)
        if not is_same:
            self._replace(before.values())

    def _replace(self, before: Iterable[QPushButton]) -> None:
        """Put the chips, which have their sizes by now, in the place of those of *before*."""
        for chip in before:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for chip in self.chips.values():
            self._flow.addWidget(chip)
            chip.show()  # now: a layout does it in the next turn, and what lies below would be moved twice
            chip.toggled.connect(self._toggle)
        self.updateGeometry()

    def _paint(self, keys: Sequence[Key], style: Style) -> None:
        if not keys:
            return
        height, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        size = QSize(round(height * _WIDE), round(height * _HIGH))
        pixels = round(size.width() * ratio), round(size.height() * ratio)
        pictures = key_pictures(keys, style, pixels, self.logicalDpiX() * ratio)
        for key, picture in zip(keys, pictures, strict=True):
            image = QImage(picture.tobytes(), *pixels, QImage.Format.Format_RGBA8888)
            image.setDevicePixelRatio(ratio)
            self.chips[key.name].setIcon(QIcon(QPixmap.fromImage(image)))
            self.chips[key.name].setIconSize(size)

    def _toggle(self) -> None:
        there = {name for name, chip in self.chips.items() if not chip.isChecked()}
        for chip in self.chips.values():
            _strike(chip)
        # What was hidden of days that are not shown now stays hidden.
        self._hidden = frozenset(there | (self._hidden - set(self.chips)))
        self.toggled.emit(self._hidden)


def _chip(words: str) -> QPushButton:
    chip: QPushButton = QPushButton(words.replace("&", "&&"), checkable=True, checked=True)
    chip.setProperty("role", "switch")
    chip.setAccessibleName(f"Show {words}")
    chip.setToolTip(f"Show or hide: {words}")
    return chip


def _strike(chip: QPushButton) -> None:
    """Strike the words of what is off through, so that it is not told by its colour alone."""
    font = chip.font()
    if font.strikeOut() is chip.isChecked():
        font.setStrikeOut(not chip.isChecked())
        chip.setFont(font)
