"""Rows of a table as plain text: what is seen of them, under the titles of the columns."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

_DISPLAY: Final = Qt.ItemDataRole.DisplayRole


def copy_rows(table: QTableView) -> int:
    """Put the rows chosen in *table* on the clipboard, and return how many; without any, it stays as it is."""
    rows = chosen_rows(table)
    if rows:
        QGuiApplication.clipboard().setText(rows_text(table, rows))
    return len(rows)


def rows_text(table: QTableView, rows: Iterable[int]) -> str:
    """Return *rows* of *table* a line each, with a tab between two cells, below a line with the titles."""
    shown = _shown_columns(table)
    model, upright = table.model(), table.verticalHeader()
    titles = [model.headerData(column, Qt.Orientation.Horizontal, _DISPLAY) for column in shown]
    lines = [(*([""] if upright.isVisibleTo(table) else []), *titles)]
    for row in rows:
        name = [model.headerData(row, Qt.Orientation.Vertical, _DISPLAY)] if upright.isVisibleTo(table) else []
        lines.append((*name, *(_words(model.index(row, column)) for column in shown)))
    return "\n".join("\t".join(" ".join(str(cell or "").split()) for cell in line) for line in lines)


def chosen_rows(table: QTableView) -> list[int]:
    """Return the rows of *table* of which something is chosen, from the top on; none that is out of sight."""
    selection = table.selectionModel().selection()  # in stretches: all of it may be chosen
    stretches = (selection.at(place) for place in range(selection.count()))
    rows = {row for part in stretches for row in range(part.top(), part.bottom() + 1)}
    return sorted(row for row in rows if not table.isRowHidden(row))


def _shown_columns(table: QTableView) -> list[int]:
    """Return the columns that are in sight, in the order in which they stand: one copies what one sees."""
    header = table.horizontalHeader()
    return [column for column in map(header.logicalIndex, range(header.count())) if not table.isColumnHidden(column)]


def _words(index: QModelIndex) -> object:
    """Return what a cell says; of one that shows but a sign, what is read aloud of it."""
    return index.data(_DISPLAY) or index.data(Qt.ItemDataRole.AccessibleTextRole)
