"""A table of whole rows, as all of them look."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView


class RowsTable(QTableView):
    """Rows to choose from: without a grid, each as high as a line, never scrolled sideways."""

    def __init__(self, model: QAbstractItemModel) -> None:
        """Show *model*."""
        super().__init__(
            showGrid=False,
            wordWrap=False,
            selectionBehavior=QAbstractItemView.SelectionBehavior.SelectRows,
            editTriggers=QAbstractItemView.EditTrigger.NoEditTriggers,
            tabKeyNavigation=False,
        )
        self.setModel(model)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 18)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
