"""The shedding records of the Shedding page: table and filter, or the one sentence and button of a new logbook."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.vocabulary import SheddingMethod
from logbook.ui.pages.shedding_model import SheddingModel
from logbook.ui.pages.shedding_table import SheddingTable
from logbook.ui.store import Store
from logbook.ui.theme import SPACING
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.empty_state import empty_state, focus_kept
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.words import words_label

_NONE_YET = (
    "No count yet. Log one in the way that is easiest for you, and keep to it: only counts by one method are compared."
)
_NONE_FITS = "No record by this method."


class SheddingList(QWidget):
    """Shows the records of one method or of all, and how many there are.

    Signals:
        laid_anew: other rows may be shown than before.
        first_wanted: the person begins the first record.
    """

    laid_anew = Signal()
    first_wanted = Signal()

    def __init__(self, store: Store) -> None:
        """Show the records of *store*."""
        super().__init__()
        self.model = SheddingModel(store, self)
        self.table = SheddingTable(self.model)
        methods: list[tuple[str, SheddingMethod | None]] = [(labels.title(one), one) for one in SheddingMethod]
        self.method_box: AnswerBox[SheddingMethod | None] = AnswerBox([("All methods", None), *methods])
        self.method_box.setAccessibleName("Show the records by")
        self.counts = words_label("muted")
        self.first_button = QPushButton("Lo&g shedding")
        self.first_button.setProperty("role", "main")
        self.empty = words_label("muted")
        self._lay_out()
        self.method_box.edited.connect(self._filter)
        self.first_button.clicked.connect(self.first_wanted)
        store.changed.connect(self._take_in)
        self.show_counts()

    def focus_rows(self) -> None:
        """Go to the rows, or to what takes their place: the button that begins, or the filter that hides them."""
        empty = self.method_box if self.model.total else self.first_button
        (self.table if self.model.rowCount() else empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_all(self) -> None:
        """Take the filter away."""
        self.method_box.set_value(None)

    def show_counts(self) -> None:
        """Show how many records there are, and in place of no rows why there are none."""
        rows, total, left_out = self.model.rowCount(), self.model.total, self.model.left_out
        shown = labels.count(rows, "record") + (f" of {total:,}" if rows < total else "")
        self.counts.setText(f"{shown} · {left_out:,} left out of trends" if left_out else shown)
        self.empty.setText(_NONE_FITS if total else _NONE_YET)
        with focus_kept(self, self.focus_rows):
            self.first_button.setVisible(not total)
            self._filters.setVisible(bool(total))
            self._stack.setCurrentIndex(0 if rows else 1)

    def _take_in(self, _: Edit) -> None:
        self.show_counts()

    def _filter(self) -> None:
        self.table.lay_anew(lambda: self.model.show_method(self.method_box.value()))
        self.show_counts()
        self.laid_anew.emit()

    def _lay_out(self) -> None:
        self._filters = QWidget()
        line = QHBoxLayout(self._filters)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACING)
        line.addWidget(self.method_box, 1)
        line.addWidget(self.counts, 1)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._filters)
        column.addWidget(FindRow(self.table))
        column.addLayout(self._stack, 1)  # before its pages: the first would show as a window of its own
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty_state("shedding", self.empty, self.first_button))
