"""What each choice of depth and days would give, as a small table."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from logbook.domain import labels
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Severity
from logbook.guidance.rule import Verdict
from logbook.services.planning import INTERVALS, DepthRow
from logbook.ui.widgets.short_table import Cell, ShortTable

_BESIDE_WORDS: Final = 40  # pixels: the icon and the room around it


class DepthDaysTable(ShortTable):
    """Depths downwards, days across; in less room than the words take, shapes alone."""

    def __init__(self) -> None:
        """Begin without rows."""
        super().__init__([labels.count(days, "day") for days in INTERVALS], wide=0, most_rows=9)
        self._rows: Sequence[DepthRow] = ()
        self._chosen: Depth | None = None
        self._has_words = True
        self.setAccessibleName("What each depth would give, every so many days")
        self.setSelectionBehavior(ShortTable.SelectionBehavior.SelectItems)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().show()

    def show_depths(self, rows: Sequence[DepthRow], chosen: Depth | None) -> None:
        """Show *rows*, and mark the depth that is *chosen*."""
        self._rows, self._chosen = rows, chosen
        self._fill()

    def _fill(self) -> None:
        self.show_rows([[self._cell(row, place) for place in range(len(INTERVALS))] for row in self._rows])
        self.setVerticalHeaderLabels([self._title(row.depth) for row in self._rows])

    def _title(self, depth: Depth) -> str:
        words = labels.millimetres(depth)
        return f"▸ {words}" if depth == self._chosen else words

    def _cell(self, row: DepthRow, place: int) -> Cell:
        severity = row.verdicts[place].severity
        says = depth_days_words(row.depth, INTERVALS[place], row.verdicts[place])
        return Cell(labels.title(severity) if self._has_words else "", severity, says)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width() // len(INTERVALS)
        self.setHorizontalHeaderLabels([labels.count(days, "day") for days in INTERVALS])
        if max(map(self.horizontalHeader().sectionSizeHint, range(len(INTERVALS)))) > room:
            self.setHorizontalHeaderLabels([str(days) for days in INTERVALS])
        widest = max(self.fontMetrics().horizontalAdvance(labels.title(severity)) for severity in Severity)
        has_words = widest + _BESIDE_WORDS <= room
        if has_words != self._has_words:
            self._has_words = has_words
            self._fill()


def depth_days_words(depth: Depth, days: int, verdict: Verdict) -> str:
    """Return a cell as it would be read aloud, with the rules that say so."""
    which = f"{labels.millimetres(depth)} {labels.every(days)}"
    rules = labels.series(finding.rule.title for finding in verdict.findings if finding.severity)
    return f"{which}: {labels.word(verdict.severity)}{f' ({rules})' if rules else ''}."
