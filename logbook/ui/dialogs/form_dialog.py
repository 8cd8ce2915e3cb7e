"""What the dialogs with fields share: they ask, show what is wrong at its field, and give a record or nothing."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from logbook.domain.errors import Problem
from logbook.domain.units import Unreadable
from logbook.ui.alerts import ask
from logbook.ui.theme import MARGIN, NOTES_HIGHEST, NOTES_LOWEST, SPACING
from logbook.ui.widgets.field import Field

_R = TypeVar("_R")
_T = TypeVar("_T")
_WIDTH: Final = 460  # logical pixels, as is the next
_SCROLL_BAR: Final = 16


class FormDialog(QDialog, Generic[_R]):
    """Fields in two columns above *Keep* and *Cancel*; leaving asks first where something was typed."""

    def __init__(self, parent: QWidget | None, title: str, says: str = "") -> None:
        """Begin without fields; *says* stands above them."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.fields: dict[str, Field] = {}
        self.record: _R | None = None  # what was kept
        self._before: object = None  # what the fields read as when nothing was typed
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._grid.setSpacing(SPACING)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        self.buttons = QDialogButtonBox()
        self.keep_button = self.buttons.addButton("&Keep", QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep_button.setProperty("role", "main")
        self.cancel_button = self.buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.keep_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, MARGIN)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.buttons)
        self.buttons.setContentsMargins(MARGIN, 0, MARGIN, 0)
        if says:
            self.say(says)

    @abstractmethod
    def read(self) -> tuple[_R, list[Problem]]:
        """Return what the fields read as, and everything that is wrong with it."""

    # The making

    def say(self, text: str) -> None:
        """Put *text* in the next row."""
        label = QLabel(text, wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "muted")
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 2)

    def section(self, text: str) -> None:
        """Put the title of what follows in the next row."""
        label = QLabel(text)
        label.setProperty("role", "section")
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 2)

    def pair(self, left: tuple[str, str, QWidget], right: tuple[str, str, QWidget]) -> None:
        """Put two fields, each a name, a label and an editor, beside one another."""
        row = self._grid.rowCount()
        for column, (name, label, editor) in enumerate((left, right)):
            self.fields[name] = Field(label, editor)
            self._grid.addWidget(self.fields[name], row, column, Qt.AlignmentFlag.AlignTop)

    def wide(self, name: str, label: str, editor: QWidget) -> None:
        """Put one field in a row of its own."""
        self.fields[name] = Field(label, editor)
        self._grid.addWidget(self.fields[name], self._grid.rowCount(), 0, 1, 2)

    def begin(self) -> None:
        """Take what the fields show now for what nobody typed."""
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self._before = self.read()
        # Never narrower than its fields: nothing scrolls sideways.
        self._scroll.setMinimumWidth(self._body.minimumSizeHint().width() + _SCROLL_BAR)
        for name, field in self.fields.items():
            field.suggestion_taken.connect(self._suggestion_taken)
            field.setObjectName(name)
        next(iter(self.fields.values())).editor.setFocus()

    # The reading

    def parsed(self, name: str, parse: Callable[[str], _T], problems: list[Problem]) -> _T | None:
        """Return what the line of field *name* reads as; None where it is empty, or wrong and in *problems*."""
        editor = self.fields[name].editor
        assert isinstance(editor, QLineEdit)  # noqa: S101 - nothing else is typed into
        if not editor.text().strip():
            return None
        try:
            return parse(editor.text())
        except Unreadable as error:
            problems.append(Problem(name, str(error), editor.text(), error.suggestion))
            return None

    # Qt's own

    def accept(self) -> None:
        self.record, problems = self.read()
        self._show(problems)
        if problems:
            self.record = None
            field = self.fields[problems[0].field]
            self._scroll.ensureWidgetVisible(field)
            field.editor.setFocus()
            return
        super().accept()

    def reject(self) -> None:
        is_changed = self.read() != self._before
        if not is_changed or ask(self, "Not kept yet", "Leave without keeping what you typed?", "Leave", loses=True):
            super().reject()

    def sizeHint(self) -> QSize:
        width = max(_WIDTH, self._body.minimumSizeHint().width() + _SCROLL_BAR)
        around = self.buttons.sizeHint().height() + 3 * MARGIN
        # Without a line that wraps, a grid has no height for a width.
        height = max(self._grid.totalHeightForWidth(width - _SCROLL_BAR), self._grid.totalSizeHint().height()) + around
        return QSize(width, height).boundedTo(self.screen().availableGeometry().size() * 0.9)

    def _show(self, problems: Sequence[Problem]) -> None:
        by_field = {problem.field: problem for problem in reversed(problems)}
        for name, field in self.fields.items():
            field.show_problem(by_field.get(name))

    def _suggestion_taken(self, text: str) -> None:
        editor = self.fields[self.sender().objectName()].editor
        if isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.setModified(True)
            self._show(())


class Lines(QPlainTextEdit):
    """A few lines of text; Tab goes on."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(tabChangesFocus=True)
        self.setMinimumHeight(NOTES_LOWEST)
        self.setMaximumHeight(NOTES_HIGHEST)


def typed(editor: QLineEdit | Lines, before: str) -> str:
    """Return the text of *editor*; where nobody typed, *before* as it was, since editors change some spaces."""
    if isinstance(editor, Lines):
        return editor.toPlainText() if editor.document().isModified() else before
    return editor.text().strip() if editor.isModified() else before
