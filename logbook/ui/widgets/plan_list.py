"""The plans that were kept, with what the guidance says of each or what became of it."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView

from logbook.domain import labels
from logbook.domain.plan import PlannedSession
from logbook.services.planning import Choice, KeptPlan
from logbook.ui.widgets.short_table import Cell, ShortTable


class PlanList(ShortTable):
    """One row a plan, several of which may be chosen."""

    def __init__(self) -> None:
        """Begin without plans."""
        super().__init__(("Day", "Plan", "Verdict"), wide=1)
        self._kept: Sequence[KeptPlan] = ()
        self.setAccessibleName("Kept plans: Enter shows one on the calendar")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    @property
    def chosen(self) -> list[KeptPlan]:
        """What is chosen, from the top on."""
        return [self._kept[row] for row in sorted({index.row() for index in self.selectedIndexes()})]

    def show_plans(self, kept: Sequence[KeptPlan]) -> None:
        """Show *kept*; what was chosen stays so, and at first the first is."""
        before = {one.plan.id for one in self.chosen}
        self._kept = tuple(kept)
        self.blockSignals(True)
        self.clearSelection()
        self.show_rows([_cells(one) for one in kept])
        rows = [row for row, one in enumerate(kept) if one.plan.id in before] or [0]
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        for row in rows if kept else ():
            self.selectRow(row)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.blockSignals(False)
        self.itemSelectionChanged.emit()

    def choose(self, plan: PlannedSession) -> None:
        """Choose *plan* alone."""
        row = next((row for row, one in enumerate(self._kept) if one.plan.id == plan.id), None)
        if row is not None:
            # With the flags named: without them a Ctrl that is held, as for an undo, would take the row out instead.
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags)


def _cells(kept: KeptPlan) -> tuple[Cell, ...]:
    choice = Choice.of(kept.plan)
    what = labels.capital(choice.words) or labels.NOTHING
    device = f", with {labels.word(choice.device)}" if choice.device else ""
    notes = f" {kept.plan.notes}" if kept.plan.notes else ""
    return (
        Cell(labels.short_day(kept.plan.date)),
        Cell(what, says=f"{what}{device}.{notes}"),
        Cell(kept.words, kept.severity),
    )
