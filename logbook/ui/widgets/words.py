"""Words on a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def words_label(role: str | None = None, *, is_selectable: bool = False) -> QLabel:
    """Return a label of a *role* of the style sheet, whose words wrap and are never taken for markup."""
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    if is_selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return label
