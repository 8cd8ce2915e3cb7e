"""Which column of a stranger's table is read as what."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from logbook.services.importing.columns import Columns
from logbook.services.importing.source import Kind
from logbook.ui.dialogs.import_models import TITLES
from logbook.ui.theme import SPACING
from logbook.ui.widgets.narrow_combo import NarrowCombo
from logbook.ui.widgets.words import words_label

_NOT_READ: Final = "Not read"
_KINDS: Final = {Kind.SESSIONS: "Sessions", Kind.SHEDDING: "Counts of shedding"}


class ImportColumns(QWidget):
    """What the rows are, and a choice for each column of the file.

    Signals:
        columns_chosen: the person wants them read as the `Columns` it carries.
        kind_chosen: the person says that the rows are of the `Kind` it carries.
    """

    columns_chosen = Signal(object)
    kind_chosen = Signal(object)

    def __init__(self) -> None:
        """Begin without a column."""
        super().__init__()
        self.columns: Columns | None = None
        self.fields: list[QComboBox] = []
        self.kind_field = NarrowCombo()
        self.kind_field.addItems(list(_KINDS.values()))
        self.kind_field.setAccessibleName("What the rows of the file are")
        self.kind_field.activated.connect(self._kind_chosen)
        self._kind_label = QLabel("The rows &are")
        self._kind_label.setBuddy(self.kind_field)
        self._made: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, SPACING, 0, 0)
        self._grid.setSpacing(SPACING)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._kind_label, 0, 0)
        self._grid.addWidget(self.kind_field, 0, 1)

    def show_columns(self, columns: Columns) -> None:
        """Show how *columns* are read."""
        before, self.columns = self.columns, columns
        self.kind_field.setCurrentIndex(list(_KINDS).index(columns.kind))
        if before is None or (before.kind, before.header) != (columns.kind, columns.header):
            self._make_fields(columns)
        targets = (None, *columns.known)
        for field, target in zip(self.fields, columns.targets, strict=True):
            field.setCurrentIndex(targets.index(target))

    def _make_fields(self, columns: Columns) -> None:
        for widget in self._made:
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._made, self.fields = [], []
        titles = [_NOT_READ, *(TITLES[name] for name in columns.known)]
        for place, name in enumerate(columns.header):
            self._add_field(place, " ".join(name.split()) or f"unnamed column {place + 1}", titles)
        self._grid.setRowStretch(len(columns.header) + 1, 1)

    def _add_field(self, place: int, name: str, titles: Sequence[str]) -> None:
        label, field = words_label(), NarrowCombo()
        label.setText(f"“{name}” is read as")
        label.setBuddy(field)
        field.addItems(titles)
        field.setAccessibleName(label.text())
        field.activated.connect(partial(self._chosen, place))
        self._grid.addWidget(label, place + 1, 0)
        self._grid.addWidget(field, place + 1, 1)
        self._made += [label, field]
        self.fields.append(field)

    def _chosen(self, place: int, row: int) -> None:
        """Read the column at *place* as what was chosen, and no other as the same."""
        if self.columns is None:
            return
        target = (None, *self.columns.known)[row]
        targets = [None if own == target else own for own in self.columns.targets]
        targets[place] = target
        self.columns_chosen.emit(replace(self.columns, targets=tuple(targets)))

    def _kind_chosen(self, row: int) -> None:
        kind = list(_KINDS)[row]
        if self.columns and kind is not self.columns.kind:
            self.kind_chosen.emit(kind)
