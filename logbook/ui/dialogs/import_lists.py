"""The tables of an import: the first rows, and lists whose chosen row is said whole below and can be copied."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from logbook.services.importing.look import Preview
from logbook.ui.dialogs.import_models import ListModel, PreviewModel
from logbook.ui.theme import SPACING
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.copying import rows_text
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.rows_table import RowsTable
from logbook.ui.widgets.words import words_label

_WIDEST: Final = 260  # logical pixels of a column
_ROWS: Final = 4  # that are in sight at least
_MOST_COPIED: Final = 10_000  # rows


class WideTable(RowsTable):
    """Rows under as many columns as a file has; what does not fit is scrolled to."""

    def __init__(self, model: PreviewModel | ListModel, name: str) -> None:
        """Show *model*; a screen reader says *name*."""
        super().__init__(model)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setStretchLastSection(True)
        header.setResizeContentsPrecision(100)
        header.setMaximumSectionSize(16_777_215)
        rows = _ROWS * self.verticalHeader().defaultSectionSize()
        self.setMinimumHeight(rows + header.sizeHint().height() + 2 * SPACING)

    def fit(self) -> None:
        """Make each column as wide as its words, within reason."""
        self.resizeColumnsToContents()
        for column in range(self.model().columnCount()):
            self.setColumnWidth(column, min(self.columnWidth(column), _WIDEST))


class FirstRows(QWidget):
    """The first rows of a file, as they will be read; what is wrong with the chosen one stands below."""

    def __init__(self) -> None:
        """Begin without a row."""
        super().__init__()
        self.model = PreviewModel(self)
        self.table = WideTable(self.model, "The first rows, as they will be read")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.words = words_label("muted", is_selectable=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACING, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(FindRow(self.table))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.words)
        self.table.selectionModel().currentChanged.connect(self._say)

    def show_preview(self, preview: Preview) -> None:
        """Show the rows of *preview*."""
        self.model.show_preview(preview)
        self.table.fit()
        left = preview.row_count - len(preview.rows)
        self._rest = f"The first {len(preview.rows)} of {preview.row_count:,} rows are shown." if left else ""
        self._say()

    def _say(self) -> None:
        index = self.table.currentIndex()
        said = self.model.data(index, Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
        self.words.setText(said or self._rest)
        self.words.setVisible(bool(said or self._rest))


class RowList(QWidget):
    """A list of rows of one sort; the chosen one stands whole below it."""

    def __init__(self, columns: Sequence[Column[...]], name: str, whole: int) -> None:
        """Show *columns*, of which *whole* is said below; a screen reader says *name*."""
        super().__init__()
        self._whole = whole
        self.model = ListModel(columns, self)
        self.table = WideTable(self.model, name)
        self.words = words_label(is_selectable=True)
        self.copy_button = QPushButton("C&opy all")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        below = QHBoxLayout()
        below.setSpacing(SPACING)
        below.addWidget(self.words, 1)
        below.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACING, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(FindRow(self.table))
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
        self.table.selectionModel().currentChanged.connect(self._say)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show *rows*."""
        self.model.show_rows(rows)
        self.table.fit()
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def copy(self) -> None:
        """Put the rows into the clipboard, below their titles, with a tab between two cells."""
        rows = range(min(self.model.rowCount(), _MOST_COPIED))
        QGuiApplication.clipboard().setText(rows_text(self.table, rows))

    def _say(self) -> None:
        index = self.table.currentIndex()
        self.words.setText(str(index.siblingAtColumn(self._whole).data()) if index.isValid() else "")
