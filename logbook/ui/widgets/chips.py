"""Buttons of which one is chosen; the arrow keys go from one to the next."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton

_V = TypeVar("_V")


class Chips(QButtonGroup, Generic[_V]):
    """A checkable button for each value.

    Signals:
        chosen: the person chose another; carries its value.
    """

    chosen = Signal(object)

    def __init__(self, words: Mapping[_V, str], parent: QObject, name: str) -> None:
        """Offer the values of *words*; *name* is what a screen reader says before each."""
        super().__init__(parent)
        self.by_value: dict[_V, QPushButton] = {}
        for value, text in words.items():
            button = QPushButton(text, checkable=True)
            button.setProperty("role", "chip")
            button.setAccessibleName(f"{name}: {text.replace('&', '')}")
            self.by_value[value] = button
            self.addButton(button)
        self.buttonClicked.connect(self._clicked)
        self._lead_tab()

    @property
    def value(self) -> _V | None:
        """The value that is chosen; None where none of them is."""
        return next((value for value, button in self.by_value.items() if button.isChecked()), None)

    def choose(self, value: _V | None) -> None:
        """Show *value* as chosen, or none; says nothing, since whoever chooses it knows."""
        self.setExclusive(False)
        for one, button in self.by_value.items():
            button.setChecked(one == value)
        self.setExclusive(True)
        self._lead_tab()

    def _lead_tab(self) -> None:
        """Have Tab come to the one that is chosen, as it does among radio buttons; from there the arrow keys go on."""
        value = self.value
        leads = next(iter(self.by_value)) if value is None else value
        for one, button in self.by_value.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == leads else Qt.FocusPolicy.ClickFocus)

    def _clicked(self, button: QAbstractButton) -> None:
        self._lead_tab()
        self.chosen.emit(next(value for value, one in self.by_value.items() if one is button))
