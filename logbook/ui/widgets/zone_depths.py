"""Zones with a depth and passes: one depth for all of them, or one for each."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget

from logbook.domain import labels
from logbook.domain.errors import Problem
from logbook.domain.session import ZonePass
from logbook.domain.units import Depth, Unreadable, depth_problem, parse_depth, parse_whole, plain_depth
from logbook.domain.vocabulary import Zone
from logbook.ui.theme import SPACING, TIGHT, restyle
from logbook.ui.widgets.choices_field import ChoicesField
from logbook.ui.widgets.field import Field

MOST_PASSES: Final = 1000


class ZoneDepths(QWidget):
    """The zones of a session, how deep and how often each was gone over.

    Signals:
        edited: the person changed something.
    """

    edited = Signal()

    def __init__(self) -> None:
        """Begin with nothing recorded."""
        super().__init__()
        self.zones = ChoicesField(list(Zone))
        self.depth_edit = QLineEdit(placeholderText="such as 0.25")
        self.passes_edit = QLineEdit(placeholderText="not recorded")
        self.zones_field = Field("&Zones", self.zones)
        self.depth_field = Field("Depth, &mm", self.depth_edit, "Depth in millimetres")
        self.passes_field = Field("&Passes", self.passes_edit, "Passes over one spot")
        self.each = QCheckBox("A depth of its o&wn for each zone")
        self._lines: dict[Zone, tuple[QLabel, QLineEdit, QLineEdit]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACING)
        self._grid.setVerticalSpacing(SPACING)
        self._grid.addWidget(self.zones_field, 0, 0, 1, 2)
        self._grid.addWidget(self.depth_field, 1, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.passes_field, 1, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.each, 2, 0, 1, 2)
        self._lines_grid = QGridLayout()
        self._lines_grid.setHorizontalSpacing(SPACING)
        self._lines_grid.setVerticalSpacing(TIGHT)
        self._grid.addLayout(self._lines_grid, 3, 0, 1, 2)
        self.zones.edited.connect(self._zones_changed)
        self.depth_edit.textEdited.connect(self.edited)
        self.passes_edit.textEdited.connect(self.edited)
        self.each.toggled.connect(self._each_toggled)
        self.depth_field.suggestion_taken.connect(self._take_depth)
        self._show_lines()

    def read(self) -> tuple[tuple[ZonePass, ...], list[Problem]]:
        """Return the zones with their depths and passes, and what of them cannot be read."""
        problems: list[Problem] = []
        chosen = [Zone(zone) for zone in self.zones.value() or ()]
        if self.each.isChecked() and len(chosen) > 1:
            places = tuple(
                ZonePass(
                    zone,
                    self._depth(self._lines[zone][1].text(), f"depth_mm:{zone}", problems),
                    self._passes(self._lines[zone][2].text(), f"passes:{zone}", problems),
                )
                for zone in chosen
            )
            return places, problems
        depth = self._depth(self.depth_edit.text(), "depth_mm", problems)
        passes = self._passes(self.passes_edit.text(), "passes", problems)
        if not chosen:
            return ((ZonePass(None, depth, passes),) if depth is not None or passes is not None else ()), problems
        return tuple(ZonePass(zone, depth, passes) for zone in chosen), problems

    def set_value(self, places: Sequence[ZonePass], unreadable: Sequence[Problem] = ()) -> None:
        """Show *places*, and the texts of what could not be read."""
        texts = {problem.field: problem.text or "" for problem in unreadable}
        zones = tuple(place.zone for place in places if place.zone)
        is_each = len({replace(place, zone=None) for place in places}) > 1 or any(":" in field for field in texts)
        self.zones.set_value(zones or None)
        self.each.blockSignals(True)
        self.each.setChecked(is_each)
        self.each.blockSignals(False)
        first = places[0] if places and not is_each else ZonePass(None)
        self.depth_edit.setText(texts.get("depth_mm", _depth_text(first.depth)))
        self.passes_edit.setText(texts.get("passes", _passes_text(first.passes)))
        for _, depth, passes in self._lines.values():
            depth.clear()
            passes.clear()
        self._show_lines()
        for place in places if is_each else ():
            if place.zone:
                _, depth, passes = self._lines[place.zone]
                depth.setText(texts.get(f"depth_mm:{place.zone}", _depth_text(place.depth)))
                passes.setText(texts.get(f"passes:{place.zone}", _passes_text(place.passes)))

    def show_problems(self, problems: dict[str, Problem]) -> None:
        """Mark what is wrong, by field."""
        self.zones_field.show_problem(problems.get("zones"))
        self.depth_field.show_problem(problems.get("depth_mm"))
        self.passes_field.show_problem(problems.get("passes"))
        for zone, (_, depth, passes) in self._lines.items():
            restyle(depth, "has_problem", f"depth_mm:{zone}" in problems)
            restyle(passes, "has_problem", f"passes:{zone}" in problems)

    def _depth(self, text: str, field: str, problems: list[Problem]) -> Depth | None:
        if not text.strip():
            return None
        try:
            depth = parse_depth(text)
        except Unreadable as error:
            problems.append(Problem(field, str(error), text))
            return None
        if ":" in field and (wrong := depth_problem(depth)):
            zone = labels.title(Zone(field.partition(":")[2]))
            problems.append(Problem(field, f"{zone}: {wrong}", text, wrong.suggestion))
            return None
        return depth

    def _passes(self, text: str, field: str, problems: list[Problem]) -> int | None:
        if not text.strip():
            return None
        try:
            return parse_whole(text, "passes over one spot", 1, MOST_PASSES)
        except Unreadable as error:
            problems.append(Problem(field, str(error), text))
            return None

    def _zones_changed(self) -> None:
        self._show_lines()
        self.edited.emit()

    def _each_toggled(self, is_each: bool) -> None:
        """Begin with the common depth in every line, so that only what differs is typed."""
        self._show_lines()
        if is_each:
            for _, depth, passes in self._lines.values():
                depth.setText(self.depth_edit.text())
                passes.setText(self.passes_edit.text())
        self.edited.emit()

    def _take_depth(self, text: str) -> None:
        for _, depth, _ in self._lines.values():
            if depth.property("has_problem") and not depth.isHidden():
                depth.setText(text)
                break
        else:
            self.depth_edit.setText(text)
        self.edited.emit()

    def _show_lines(self) -> None:
        """Show a line for each chosen zone where each has its own depth."""
        chosen = [Zone(zone) for zone in self.zones.value() or ()]
        is_each = self.each.isChecked() and len(chosen) > 1
        self.each.setVisible(len(chosen) > 1)
        self.depth_edit.setEnabled(not is_each)
        self.passes_edit.setEnabled(not is_each)
        for row, zone in enumerate(chosen):
            if zone not in self._lines:
                self._lines[zone] = self._line(zone)
            for column, widget in enumerate(self._lines[zone]):
                self._lines_grid.addWidget(widget, row, column)
        order = [self.each, *(editor for zone in chosen for editor in self._lines[zone][1:])]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        for zone, line in self._lines.items():
            for widget in line:
                widget.setVisible(is_each and zone in chosen)

    def _line(self, zone: Zone) -> tuple[QLabel, QLineEdit, QLineEdit]:
        label = QLabel(labels.title(zone))
        depth = QLineEdit(self.depth_edit.text(), placeholderText="mm")
        passes = QLineEdit(self.passes_edit.text(), placeholderText="passes")
        depth.setAccessibleName(f"{labels.title(zone)}: depth in millimetres")
        passes.setAccessibleName(f"{labels.title(zone)}: passes")
        label.setBuddy(depth)
        depth.textEdited.connect(self.edited)
        passes.textEdited.connect(self.edited)
        return label, depth, passes


def _depth_text(depth: Depth | None) -> str:
    return "" if depth is None else plain_depth(depth)


def _passes_text(passes: int | None) -> str:
    return "" if passes is None else str(passes)
