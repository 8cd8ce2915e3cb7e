"""What a screen reader finds in a window: each part with its name, its role and the way to it by keyboard."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenuBar,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QScrollBar,
    QSizeGrip,
    QSplitterHandle,
    QTabBar,
    QTableView,
    QTabWidget,
    QTextEdit,
    QTreeView,
    QWidget,
)

Role = QAccessible.Role

# The first that fits counts.
ROLES: Final[dict[type[QWidget], tuple[QAccessible.Role, ...]]] = {
    QCheckBox: (Role.CheckBox,),
    QRadioButton: (Role.RadioButton,),
    QAbstractButton: (Role.Button, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox, Role.RadioButton),
    QComboBox: (Role.ComboBox,),
    QAbstractSpinBox: (Role.SpinBox,),
    QLineEdit: (Role.EditableText,),
    QPlainTextEdit: (Role.EditableText,),
    QTextEdit: (Role.EditableText, Role.Document, Role.StaticText),
    QTableView: (Role.Table,),
    QListView: (Role.List,),
    QTreeView: (Role.Tree,),
    QTabBar: (Role.PageTabList,),
    QMenuBar: (Role.MenuBar,),
    QProgressBar: (Role.ProgressBar,),
    QLabel: (Role.StaticText, Role.Graphic),
    QDialog: (Role.Dialog, Role.Window, Role.AlertMessage),
    QWidget: (Role.Chart, Role.Graphic, Role.Grouping),  # that one does something with
}
_CONTROLS: Final = [kind for kind in ROLES if kind not in (QLabel, QDialog, QProgressBar, QWidget)]
_PARTS: Final = (QHeaderView, QScrollBar, QSizeGrip, QSplitterHandle)  # of something that is looked at itself


@dataclass(frozen=True, slots=True)
class Part:
    """A widget that is seen, as a screen reader tells of it."""

    widget: QWidget
    role: QAccessible.Role
    name: str
    description: str
    value: str

    def __str__(self) -> str:
        """Say which one it is to whoever has to find it in the code."""
        chain = [type(self.widget).__name__]
        above = self.widget.parentWidget()
        while above is not None and not above.isWindow():
            if type(above).__module__.startswith("logbook"):
                chain.append(type(above).__name__)
            above = above.parentWidget()
        words = self.name or _text(self.widget)
        return f"{' in '.join(chain)} “{words[:60]}”"

    @property
    def is_control(self) -> bool:
        """Whether one does something with it, or goes to it with Tab."""
        return not isinstance(self.widget, QLabel | QDialog | QProgressBar) and (
            isinstance(self.widget, tuple(_CONTROLS)) or self.takes_tab
        )

    @property
    def takes_tab(self) -> bool:
        """Whether Tab may stop here."""
        return bool(self.widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)

    @property
    def has_key(self) -> bool:
        """Whether Tab, an underlined letter, a shortcut, or the arrows of its group lead to it."""
        widget = self.widget
        if self.takes_tab or not isinstance(widget, QAbstractButton):
            return self.takes_tab or isinstance(widget, QMenuBar | QTabWidget)
        group = widget.group()
        is_one_of_few = widget.autoExclusive() or (group is not None and group.exclusive())
        letter = QKeySequence.mnemonic(widget.text())
        return is_one_of_few or not widget.shortcut().isEmpty() or not letter.isEmpty()

    @property
    def panel(self) -> str:
        """The name of what it is in, as far as that is told."""
        above = self.widget.parentWidget()
        while above is not None and not above.isWindow() and not above.accessibleName():
            above = above.parentWidget()
        return above.accessibleName() if above is not None else ""


def parts(window: QWidget) -> list[Part]:
    """Return every part of *window* that is seen, in the order of the making."""
    return [_part(one) for one in (window, *window.findChildren(QWidget)) if one.isVisible() and not _is_inner(one)]


def rows_of(view: QAbstractItemView, most: int = 30) -> Iterator[list[tuple[str, bool]]]:
    """Go through the first rows of *view*: of each cell that is seen what is said, and whether it has a mark."""
    model = view.model()
    for row in range(min(model.rowCount(), most)):
        cells = []
        for column in range(model.columnCount() if isinstance(view, QTableView) else 1):
            if isinstance(view, QTableView) and view.isColumnHidden(column):
                continue
            index = model.index(row, column)
            said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or ""
            has_mark = index.data(Qt.ItemDataRole.DecorationRole) is not None
            cells.append((str(said), has_mark))
        yield cells


def titles_of(view: QTableView) -> list[str]:
    """Return what is said of each column that is seen."""
    model, across = view.model(), Qt.Orientation.Horizontal
    said = Qt.ItemDataRole.AccessibleTextRole
    columns = [one for one in range(model.columnCount()) if not view.isColumnHidden(one)]
    return [str(model.headerData(one, across, said) or model.headerData(one, across) or "") for one in columns]


def _part(widget: QWidget) -> Part:
    spoken = QAccessible.queryAccessibleInterface(widget)
    assert spoken is not None, widget
    return Part(
        widget,
        spoken.role(),
        _name(widget, spoken),
        spoken.text(QAccessible.Text.Description).strip(),
        _value(widget, spoken),
    )


def _name(widget: QWidget, spoken: QAccessibleInterface) -> str:
    if isinstance(widget, QComboBox):  # on Linux its name is what is chosen, and a label tells what it is
        return " ".join(
            label.text(QAccessible.Text.Name) for label, _ in spoken.relations(QAccessible.RelationFlag.Label)
        )
    return spoken.text(QAccessible.Text.Name).strip()


def _value(widget: QWidget, spoken: QAccessibleInterface) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    return spoken.text(QAccessible.Text.Value).strip()


def _text(widget: QObject) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


def _is_inner(widget: QWidget) -> bool:
    """Tell whether *widget* is a part that Qt made of another, which is looked at itself."""
    if widget.objectName().startswith("qt_") or isinstance(widget, _PARTS):
        return True
    above = widget.parentWidget()
    if isinstance(above, QAbstractSpinBox | QComboBox):
        return True
    if isinstance(above, QAbstractScrollArea) and widget is above.viewport():
        return True
    return type(widget).__name__ in ("QTableCornerButton", "QComboBoxPrivateContainer")
