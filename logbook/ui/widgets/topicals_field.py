"""Products on the scalp, each with its hours before or after the session."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from logbook.domain.errors import Problem
from logbook.domain.session import Topical
from logbook.domain.units import Unreadable, parse_minutes, plain_hours
from logbook.domain.vocabulary import Product
from logbook.ui.theme import TIGHT
from logbook.ui.widgets.answer_box import AnswerBox, words_box
from logbook.ui.widgets.choices_field import NOT_RECORDED

_NONE, _SOME = "none", "some"
_WIDEST_HOURS: Final = 60  # logical pixels


class TopicalsField(QWidget):
    """Whether products were used, and a line for each.

    Signals:
        edited: the person changed something.
    """

    edited = Signal()

    def __init__(self) -> None:
        """Begin with *not recorded*."""
        super().__init__()
        self._rows: list[_Row] = []
        self._whether: AnswerBox[str | None] = AnswerBox([(NOT_RECORDED, None), ("None used", _NONE), ("Used:", _SOME)])
        self._whether.setAccessibleName("Products around the session")
        self._add_button = QToolButton(text="Add a product")
        self._add_button.setProperty("role", "link")
        self._add_button.clicked.connect(self._add_and_focus)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(TIGHT)
        self._layout.addWidget(self._whether)
        self._layout.addWidget(self._add_button)
        self._add_button.hide()
        self._whether.edited.connect(self._whether_changed)

    @property
    def first(self) -> QWidget:
        """Where one begins in it."""
        return self._whether

    def read(self) -> tuple[tuple[Topical, ...] | None, list[Problem]]:
        """Return the products, and what of them cannot be read."""
        if self._whether.value() != _SOME:
            return (() if self._whether.value() == _NONE else None), []
        topicals, problems = [], []
        for place, row in enumerate(self._rows):
            topical, problem = row.read(f"topicals:{place}")
            if topical:
                topicals.append(topical)
            if problem:
                problems.append(problem)
        return tuple(topicals) or None, problems

    def set_value(self, topicals: Sequence[Topical] | None, unreadable: Sequence[Problem] = ()) -> None:
        """Show *topicals*, and the hours that could not be read in their lines."""
        while self._rows:
            self._drop(self._rows[-1])
        for topical in topicals or ():
            self._add().show_topical(topical)
        problems = [problem for problem in unreadable if problem.field.startswith("topicals:")]
        for problem in problems:
            _, place, *without = problem.field.split(":")
            if without:
                self._add(int(place))
            self._rows[int(place)].show_hours(problem.text or "")
        is_some = bool(self._rows)
        self._whether.set_value(_SOME if is_some else None if topicals is None else _NONE)
        self._add_button.setVisible(is_some)

    def _whether_changed(self) -> None:
        is_some = self._whether.value() == _SOME
        if is_some and not self._rows:
            self._add()
        for row in self._rows:
            row.setVisible(is_some)
        self._add_button.setVisible(is_some)
        self.edited.emit()

    def _add(self, place: int | None = None) -> "_Row":
        row = _Row(self)
        row.edited.connect(self.edited)
        row.removed.connect(self._remove)
        self._rows.insert(len(self._rows) if place is None else place, row)
        self._layout.insertWidget(self._rows.index(row) + 1, row)
        stops = [self._whether, *(stop for one in self._rows for stop in one.stops), self._add_button]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)
        return row

    def _add_and_focus(self) -> None:
        self._add().stops[0].setFocus()

    def _remove(self, row: "_Row") -> None:
        self._drop(row)
        if not self._rows:
            self._whether.set_value(None)
        self._whether.setFocus()
        self.edited.emit()

    def _drop(self, row: "_Row") -> None:
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()


class _Row(QWidget):
    """One product: which, how many hours, on which side of the session."""

    edited = Signal()
    removed = Signal(QWidget)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._product = words_box(Product)
        self._product.setItemText(0, "Product")
        self._product.setMinimumContentsLength(5)
        self._product.setAccessibleName("Product")
        self._hours = QLineEdit(placeholderText="h")
        self._hours.setAccessibleName("Hours from the session")
        self._hours.setMaximumWidth(_WIDEST_HOURS)
        self._side: AnswerBox[int] = AnswerBox([("after", 1), ("before", -1)])
        self._side.setMinimumContentsLength(3)  # a line must fit into the narrowest form
        self._side.setAccessibleName("Before or after the session")
        remove = QToolButton(text="✕", toolTip="Remove this product")
        remove.setProperty("role", "link")
        remove.setAccessibleName("Remove this product")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(self._product, 3)
        layout.addWidget(self._hours, 1)
        layout.addWidget(self._side, 2)
        layout.addWidget(remove)
        self._product.edited.connect(self.edited)
        self._hours.textEdited.connect(self.edited)
        self._side.edited.connect(self.edited)
        remove.clicked.connect(self._ask_to_go)
        self.stops: tuple[QWidget, ...] = (self._product, self._hours, self._side, remove)

    def show_hours(self, text: str) -> None:
        self._hours.setText(text)

    def show_topical(self, topical: Topical) -> None:
        self._product.set_value(topical.product)
        minutes = topical.minutes
        self._hours.setText("" if minutes is None else plain_hours(abs(minutes)))
        self._side.set_value(-1 if minutes is not None and minutes < 0 else 1)

    def read(self, field: str) -> tuple[Topical | None, Problem | None]:
        text = self._hours.text().strip()
        product = self._product.value()
        if product is None:
            missing = Problem(f"{field}:product", "Choose the product for these hours.", text)
            return None, missing if text else None
        if not text:
            return Topical(Product(product)), None
        try:
            minutes = parse_minutes(text, "the hours from the session")
        except Unreadable as error:
            return Topical(Product(product)), Problem(field, str(error), text)
        if minutes < 0:
            return Topical(Product(product)), Problem(field, "Write the hours without a sign.", text)
        return Topical(Product(product), minutes * self._side.value()), None

    def _ask_to_go(self) -> None:
        self.removed.emit(self)
