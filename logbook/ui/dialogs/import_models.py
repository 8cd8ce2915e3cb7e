"""The rows that an import shows: the first of the file as they will be read, and lists of what is to be said of it."""

import html
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from logbook.domain.errors import RowProblem
from logbook.services.importing.look import Preview, PreviewCell, PreviewRow, Understood
from logbook.ui.theme import current_theme, icon
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import Index, RowsModel

TITLES: Final = {
    "date": "Date",
    "time": "Time",
    "setting": "Setting",
    "device": "Device",
    "depth_mm": "Depth",
    "zones": "Zones",
    "passes": "Passes",
    "pressure": "Pressure",
    "endpoint": "Endpoint",
    "needle_state": "Needles",
    "needle_use": "Use of the needles",
    "needle_shared": "Needles shared",
    "professional_advice": "Professional advice",
    "skin_signs": "Skin before",
    "conditions": "Conditions",
    "topicals": "Products",
    "washed_before": "Washed off before",
    "redness_hours": "Redness, hours",
    "reaction_signs": "Signs after",
    "notes": "Notes",
    "method": "Method",
    "value": "Count or score",
    "days_since_wash": "Days since a wash",
}
PROBLEMS: Final = (
    Column[[RowProblem]]("line", "Line", lambda one: f"{one.line:,}", "The line of the file", is_number=True),
    Column[[RowProblem]]("column", "Column", lambda one: one.column, "The column as the file names it"),
    Column[[RowProblem]]("reason", "Reason", lambda one: one.message, "Why the row is refused"),
)
UNDERSTOOD: Final = (
    Column[[Understood]]("column", "Column", lambda one: one.column, "The column as the file names it"),
    Column[[Understood]]("written", "Written", lambda one: " ".join(one.written.split()), "What stands in the file"),
    Column[[Understood]]("read", "Read as", lambda one: one.read, "What is taken in"),
)
_LINE: Final = 0


class ListModel(RowsModel):
    """Rows of one sort, each said by its columns."""

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show *rows*."""
        self.beginResetModel()
        self._shown = rows
        self.endResetModel()

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._columns[index.column()].text(self._shown[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(text)}</p>"
        return super().data(index, role)


class PreviewModel(RowsModel):
    """The first rows of a table, as they will be read."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a column."""
        super().__init__((), parent)
        self._shown: tuple[PreviewRow, ...] = ()
        self._sign = "stop"

    def show_preview(self, preview: Preview) -> None:
        """Show the rows of *preview*, which may have other columns than the one before."""
        self.beginResetModel()
        self._shown = preview.rows
        # What waits for an answer is not refused yet.
        self._sign = "caution" if preview.open_questions else "stop"
        line = Column("line", "Line", str, "The line of the file", is_number=True)
        read = (Column(name, TITLES[name], str, f"The published column {name}") for name in preview.shown)
        self._columns = [line, *read]
        self.endResetModel()

    def cell_at(self, index: Index) -> PreviewCell | None:
        """Return the cell at *index*; None where the line stands."""
        return None if index.column() == _LINE else self._shown[index.row()].cells[index.column() - 1]

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell_at(index)
        if cell is None:
            return self._of_line(self._shown[index.row()], index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join((cell.written if cell.problem else cell.read).split())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = says(cell)
            return f"<p>{html.escape(words)}</p>" if words and role == Qt.ItemDataRole.ToolTipRole else words
        if cell.problem:
            return _marked(self._sign, role) or super().data(index, role)
        return super().data(index, role)

    def _of_line(self, row: PreviewRow, index: Index, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.line:,}"
        if role == Qt.ItemDataRole.ToolTipRole and row.problems:
            return f"<p>{html.escape(' '.join(row.problems))}</p>"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Line {row.line}. {' '.join(row.problems)}".strip()
        if row.problems or any(cell.problem for cell in row.cells):
            return _marked(self._sign, role) or super().data(index, role)
        return super().data(index, role)


def says(cell: PreviewCell) -> str:
    """Return what is said of *cell*, with what stands in the file where that is something else."""
    written = " ".join(cell.written.split())
    if cell.problem:
        return f"“{written}”: {cell.problem}" if written else cell.problem
    return f"{cell.read} (written: “{written}”)" if cell.is_read_otherwise else cell.read or "not recorded"


def _marked(sign: str, role: int) -> Any:
    """Return how a cell looks that is not read: a *sign* beside it, as a colour alone would not do."""
    if role == Qt.ItemDataRole.DecorationRole:
        return icon(sign, sign)
    return current_theme().colour(sign) if role == Qt.ItemDataRole.ForegroundRole else None
