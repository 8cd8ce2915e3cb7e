"""The table of findings: rows sorted, searched and filtered in lists, their words made while nothing else is to do."""

import html
from collections.abc import Iterable
from time import perf_counter
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer

from logbook.services.findings import ListedFinding, State
from logbook.ui.pages.warning_rows import COLUMNS, DATE, PLACES, Chosen, Row, Wanted, choose, in_order, made_of
from logbook.ui.widgets.rows_model import SEVERITY_ROLE, Index, RowsModel

_Key = tuple[str, str]
_SLICE_SECONDS: Final = 0.006


class WarningModel(RowsModel):
    """The findings that are asked for, in the order that is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without any, the latest to come first."""
        super().__init__(COLUMNS, parent)
        self._rows: list[Row] = []  # all of them, the latest first
        self._ordered: list[Row] = []
        self._wanted = Wanted()
        self.chosen = Chosen()
        self._column, self._order = DATE, Qt.SortOrder.DescendingOrder
        self._unworded: list[Row] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._word_some)

    @property
    def total(self) -> int:
        """The number of findings, shown or not."""
        return len(self._rows)

    @property
    def is_worded(self) -> bool:
        """Whether the words of every row are at hand, so that a search need not make them."""
        return not self._timer.isActive()

    @property
    def has_answers(self) -> bool:
        """Whether some finding that is shown was acknowledged, so that its state says when and why."""
        return any(row.listed.state is State.ACKNOWLEDGED for row in self.chosen.rows)

    def listed_at(self, row: int) -> ListedFinding:
        """Return the finding of *row*."""
        return self.chosen.rows[row].listed

    def rows_of(self, keys: Iterable[_Key]) -> list[int]:
        """Return the rows that show the findings of those *keys*, from the top on."""
        wanted = set(keys)
        return [row for row, one in enumerate(self.chosen.rows) if one.key in wanted] if wanted else []

    def show_findings(self, listed: Iterable[ListedFinding]) -> None:
        """Show *listed*, which is given from the oldest on."""
        self.beginResetModel()
        self._rows = made_of(listed, self._rows)
        self._sort()
        self.chosen = choose(self._ordered, self._wanted)
        self.endResetModel()
        self._unworded = [row for row in reversed(self._rows) if not row.is_worded]
        self._timer.start()

    def want(self, wanted: Wanted) -> None:
        """Show what is *wanted*."""
        self.beginResetModel()
        self._wanted = wanted
        self.chosen = choose(self._ordered, wanted)
        self.endResetModel()

    def _sort(self) -> None:
        is_descending = self._order is Qt.SortOrder.DescendingOrder
        is_as_made = self._column == DATE and is_descending
        self._ordered = self._rows if is_as_made else in_order(self._rows, self._column, is_descending=is_descending)

    def _word_some(self) -> None:
        """Put some rows into words, the latest first, between two turns of the event loop."""
        until = perf_counter() + _SLICE_SECONDS
        while self._unworded and perf_counter() < until:
            _ = self._unworded.pop().searched
        if not self._unworded:
            self._timer.stop()

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.chosen.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.chosen.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == SEVERITY_ROLE:
            return row.listed.finding.severity
        if role == Qt.ItemDataRole.ToolTipRole and index.column() != PLACES["severity"]:
            return f"<p>{html.escape(row.cells[index.column()])}</p>"  # so that nothing is taken for markup
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = column, order
        self.layoutAboutToBeChanged.emit()
        before = [(index, self.chosen.rows[index.row()]) for index in self.persistentIndexList()]
        self._sort()
        self.chosen = choose(self._ordered, self._wanted)
        places = {id(row): place for place, row in enumerate(self.chosen.rows)} if before else {}
        after = [self.index(places[id(row)], index.column()) for index, row in before]
        self.changePersistentIndexList([index for index, _ in before], after)
        self.layoutChanged.emit()
