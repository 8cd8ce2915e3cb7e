"""Which findings are asked for: severities with their counts, family, state, dates and words."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.units import Unreadable
from logbook.domain.vocabulary import Severity
from logbook.ui.pages.warning_rows import Show, Wanted
from logbook.ui.theme import SPACING, TIGHT, icon, restyle
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.date_line import DateLine, parse_date
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.search_line import SearchLine

FAMILIES: Final = {
    "depth": "Depth",
    "interval": "Rest and frequency",
    "technique": "Technique and place",
    "hygiene": "Needles and hygiene",
    "contraindications": "Who and when",
    "products": "Products",
    "aftercare": "Afterwards",
    "shedding": "Shedding",
}
_SHOWN: Final = [
    ("Open, and every stop", Show.OPEN),
    ("Acknowledged", Show.ACKNOWLEDGED),
    ("Past", Show.PAST),
    ("Agreed", Show.AGREED),
    ("Every state", Show.ALL),
]


class _Dates(StrEnum):
    ALL = "all"
    LAST_28 = "28"
    LAST_YEAR = "365"
    BETWEEN = "between"


_DATES: Final = [
    ("All dates", _Dates.ALL),
    ("Last 28 days", _Dates.LAST_28),
    ("Last 365 days", _Dates.LAST_YEAR),
    ("Between two dates", _Dates.BETWEEN),
]


class WarningFilters(QWidget):
    """Chips, boxes and a line to search with.

    Signals:
        changed: something else is asked for.
    """

    changed = Signal()

    def __init__(self, families: Iterable[str]) -> None:
        """Offer the *families* of the rules, and ask for what is open."""
        super().__init__()
        self.chips = {severity: _chip(severity) for severity in reversed(Severity)}
        self.show_box: AnswerBox[Show] = AnswerBox(_SHOWN)
        named = [(FAMILIES.get(family, labels.capital(family)), family) for family in families]
        self.family_box: AnswerBox[str] = AnswerBox([("Every family", ""), *named])
        self.dates_box: AnswerBox[_Dates] = AnswerBox(_DATES)
        self.search = SearchLine("Search the findings")
        self.first, self.last = DateLine(), DateLine()
        self._problem = QLabel(wordWrap=True)
        self._is_quiet = False
        self._name()
        self._lay_out()
        self._listen()

    def wanted(self, today: date) -> Wanted:
        """Return what is asked for on the day of *today*; a date that cannot be read asks for nothing."""
        first, last = self._dates(today)
        return Wanted(
            self.search.text(),
            self.family_box.value(),
            self.show_box.value(),
            first,
            last,
            frozenset(severity for severity, chip in self.chips.items() if chip.isChecked()),
        )

    def show_counts(self, counts: Mapping[Severity, int] | None) -> None:
        """Show how many there are of each severity; None: they are not known yet."""
        for severity, chip in self.chips.items():
            number = "…" if counts is None else f"{counts.get(severity, 0):,}"
            chip.setText(f"{labels.title(severity)} {number}")
            chip.setAccessibleName(f"Show {severity.word}: {'not judged yet' if counts is None else number}")

    def show_everything(self) -> None:
        """Leave nothing out."""
        self._show_only(Show.ALL, None)

    def show_open(self, severity: Severity) -> None:
        """Ask for what is open of *severity*, and for nothing else."""
        self._show_only(Show.OPEN, severity)

    def _show_only(self, show: Show, severity: Severity | None) -> None:
        self._is_quiet = True
        for one, chip in self.chips.items():
            chip.setChecked(one is severity)
        self.show_box.set_value(show)
        self.family_box.set_value("")
        self.dates_box.set_value(_Dates.ALL)
        self.search.clear()
        self._is_quiet = False
        self._tell()

    def restyle(self) -> None:
        """Draw the icons again in the colours of now."""
        for severity, chip in self.chips.items():
            chip.setIcon(icon(severity.word, severity.word))

    def _dates(self, today: date) -> tuple[date | None, date | None]:
        match self.dates_box.value():
            case _Dates.LAST_28:
                return today - timedelta(days=27), None
            case _Dates.LAST_YEAR:
                return today - timedelta(days=364), None
            case _Dates.BETWEEN:
                return _date_in(self.first), _date_in(self.last)
            case _:
                return None, None

    def _show_dates(self) -> None:
        """Offer the two dates where they are asked for, and say what of them cannot be read."""
        self._between.setVisible(self.dates_box.value() is _Dates.BETWEEN)
        problems = [_problem_in(line) for line in (self.first, self.last)]
        first, last = _date_in(self.first), _date_in(self.last)
        if first and last and last < first:
            problems[1] = "This lies before the first date."
        for line, problem in zip((self.first, self.last), problems, strict=True):
            restyle(line, "has_problem", bool(problem))
            line.setAccessibleDescription(problem)
        self._problem.setText(" ".join(f"✕ {problem}" for problem in problems if problem))
        self._problem.setVisible(any(problems))

    def _tell(self) -> None:
        self._show_dates()
        if not self._is_quiet:
            self.changed.emit()

    # The making

    def _name(self) -> None:
        self._problem.setProperty("role", "problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        for box, name in (
            (self.show_box, "State of the findings shown"),
            (self.family_box, "Family of rules shown"),
            (self.dates_box, "Dates shown"),
        ):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(max(len(box.itemText(i)) for i in range(box.count())) - 3)

    def _lay_out(self) -> None:
        flow = FlowLayout()
        for widget in (*self.chips.values(), self.show_box, self.family_box, self.dates_box):
            flow.addWidget(widget)
        self._between = QWidget()
        row = QHBoxLayout(self._between)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for words, line, name in (("From", self.first, "First date shown"), ("to", self.last, "Last date shown")):
            label = QLabel(words)
            label.setBuddy(line)
            line.setAccessibleName(name)
            line.setFixedWidth(line.fontMetrics().horizontalAdvance("2026-12-28") + 4 * SPACING)
            row.addWidget(label)
            row.addWidget(line)
        row.addWidget(self._problem, 1)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(flow)
        column.addWidget(self._between)
        self._show_dates()

    def _listen(self) -> None:
        for chip in self.chips.values():
            chip.toggled.connect(self._tell)
        for box in (self.show_box, self.family_box, self.dates_box):
            box.edited.connect(self._tell)
        for line in (self.search, self.first, self.last):
            line.textChanged.connect(self._tell)


def _date_in(line: DateLine) -> date | None:
    try:
        return parse_date(line.text()) if line.text().strip() else None
    except Unreadable:
        return None


def _problem_in(line: DateLine) -> str:
    try:
        if line.text().strip():
            parse_date(line.text())
    except Unreadable as error:
        return str(error)
    return ""


def _chip(severity: Severity) -> QPushButton:
    chip = QPushButton(labels.title(severity))
    chip.setCheckable(True)
    chip.setProperty("role", "chip")
    chip.setIcon(icon(severity.word, severity.word))
    what = "that an agreed limit made clean" if severity is Severity.CLEAN else f"of severity “{severity.word}”"
    chip.setToolTip(f"Show the findings {what}")
    return chip
