"""Which days are looked at: a few usual ranges, and two dates to type."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from logbook.domain.session import EARLIEST_DATE
from logbook.domain.units import Unreadable
from logbook.ui.theme import SPACING, TIGHT, restyle
from logbook.ui.widgets.chips import Chips
from logbook.ui.widgets.date_line import DateLine, parse_date
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.words import words_label


class Preset(StrEnum):
    """A range of days that ends today, or one of the person's own."""

    WEEKS = "4_weeks"
    MONTHS = "3_months"
    YEAR = "year"
    ALL = "all"
    OWN = "own"


WORDS: Final = {Preset.WEEKS: "&4 weeks", Preset.MONTHS: "3 &months", Preset.YEAR: "A &year", Preset.ALL: "&All"}
_DAYS: Final = {Preset.WEEKS: 28, Preset.MONTHS: 91, Preset.YEAR: 365}


def preset_days(preset: Preset, today: date, first: date | None) -> tuple[date, date]:
    """Return the days of *preset*, of which *today* is the last; *first* is the first day with a record.

    All of a logbook that is younger than four weeks are four weeks: a single day would be nothing to look at.
    """
    least = today - timedelta(days=_DAYS.get(preset, _DAYS[Preset.WEEKS]) - 1)
    return (min(first or least, least) if preset is Preset.ALL else least), today


class RangeRow(QWidget):
    """Chips and two dates. It shows what it is told; the page decides.

    Signals:
        preset_wanted: the person chose a usual range.
        days_wanted: the person typed two dates that make a range.
    """

    preset_wanted = Signal(object)
    days_wanted = Signal(object, object)

    def __init__(self) -> None:
        """Begin without a range."""
        super().__init__()
        self.chips: Chips[Preset] = Chips(WORDS, self, "Days shown")
        self.first, self.last = DateLine(), DateLine()
        self.problem = words_label("problem")
        self._today = date.max
        self._shown: tuple[date, date] | None = None
        self._lay_out()
        self.chips.chosen.connect(self.preset_wanted)
        for line in (self.first, self.last):
            line.editingFinished.connect(self._typed)

    def show_range(self, preset: Preset, first: date, last: date, today: date) -> None:
        """Show the days from *first* to *last*, as a usual range or as dates alone; no date lies after *today*."""
        self._today = today
        self.chips.choose(preset)
        if (first, last) == self._shown and (self.first.hasFocus() or self.last.hasFocus()):
            return  # somebody is typing, and nothing else is asked for
        self._shown = first, last
        for line, day in ((self.first, first), (self.last, last)):
            line.show_date(day)
        self._show_problems(["", ""])

    def _typed(self) -> None:
        read = [_read(line, self._today) for line in (self.first, self.last)]
        days = [day for day, _ in read if day]
        problems = [problem for _, problem in read]
        if len(days) == len(read) and days[1] < days[0]:
            problems[1] = "This lies before the first date."
        self._show_problems(problems)
        if not any(problems) and (days[0], days[1]) != self._shown:
            self.days_wanted.emit(days[0], days[1])

    def _show_problems(self, problems: list[str]) -> None:
        for line, problem in zip((self.first, self.last), problems, strict=True):
            restyle(line, "has_problem", bool(problem))
            line.setAccessibleDescription(problem)
        self.problem.setText(" ".join(f"✕ {problem}" for problem in problems if problem))
        self.problem.setVisible(any(problems))

    def _lay_out(self) -> None:
        flow = FlowLayout()
        for chip in self.chips.by_value.values():
            flow.addWidget(chip)
        between = QWidget()
        row = QHBoxLayout(between)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for words, line, name in (("F&rom", self.first, "First day shown"), ("&to", self.last, "Last day shown")):
            label = QLabel(words)
            label.setBuddy(line)
            line.setAccessibleName(name)
            line.setFixedWidth(line.fontMetrics().horizontalAdvance("2026-12-28") + 4 * SPACING)
            row.addWidget(label)
            row.addWidget(line)
        flow.addWidget(between)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(flow)
        column.addWidget(self.problem)
        self.problem.hide()


def _read(line: DateLine, today: date) -> tuple[date | None, str]:
    """Return the day that is typed, or what is wrong with it."""
    if not line.text().strip():
        return None, "Both dates are needed."
    try:
        day = parse_date(line.text())
    except Unreadable as error:
        return None, str(error)
    if day > today:
        return None, f"{day.isoformat()} lies in the future."
    if day < EARLIEST_DATE:
        return None, f"{day.isoformat()} is too long ago; the earliest is {EARLIEST_DATE.year}."
    return day, ""
