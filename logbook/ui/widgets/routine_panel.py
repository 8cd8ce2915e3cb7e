"""A routine: judged as a choice before it is lived, and compared with what was lived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.errors import Problem
from logbook.domain.plan import LONGEST_ROUTINE, Lived, Pace, Routine
from logbook.domain.units import Unreadable, parse_whole
from logbook.domain.vocabulary import Severity
from logbook.guidance.rule import Verdict
from logbook.services.planning import Choice, DepthRow, RoutineVerdict
from logbook.ui.theme import SPACING
from logbook.ui.widgets.date_line import DateLine, parse_date
from logbook.ui.widgets.depth_days_table import DepthDaysTable
from logbook.ui.widgets.field import Field
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.legend import Legend
from logbook.ui.widgets.lived_table import LivedTable
from logbook.ui.widgets.verdict_panel import CLEAN_WORDS
from logbook.ui.widgets.words import words_label

MOST_LIVED: Final = 30  # sessions in the table; the counts are of all

_CAPTION: Final = (
    "Downwards the depth, across the days from one session to the next: the worst finding on depth and rest in half a "
    "year of it, in the setting and the zones that are chosen, whatever was done so far."
)


@dataclass(frozen=True, slots=True)
class RoutineLife:
    """The routine that is followed, with what came of it."""

    routine: Routine
    lived: tuple[Lived, ...]
    paces: Mapping[Pace, int]
    rest_days: int
    next_on: date | None  # the day from which the next session keeps it; None: after its end


class RoutinePanel(QWidget):
    """Fields for a routine, what is said of it, the one that is followed, and what each choice would give.

    Signals:
        edited: the person changed a field.
        set_wanted: the person wants to follow what the fields say.
        end_wanted: the person wants to follow the routine no more.
    """

    edited = Signal()
    set_wanted = Signal()
    end_wanted = Signal()

    def __init__(self) -> None:
        """Begin without a routine."""
        super().__init__()
        self.every, self.starts_on = QLineEdit(placeholderText="such as 21"), DateLine()
        self._every_field = Field("Every, da&ys", self.every, "Days from one session to the next")
        self._starts_field = Field("Starts o&n", self.starts_on)
        self.set_button, self.end_button = QPushButton(), QPushButton("En&d my routine")
        self.set_button.setProperty("role", "main")
        self.says, self.mine, self.counts = words_label(), words_label(), words_label("muted")
        self._mine_heading, self._table_heading = _heading("Your routine"), _heading("What each choice would give")
        self._caption = words_label("muted")
        self._caption.setText(_CAPTION)
        self.lived_table, self.depth_table = LivedTable(), DepthDaysTable()
        self.legend = Legend({severity: labels.title(severity) for severity in Severity})
        self._lay_out()
        self.every.textEdited.connect(self.edited)
        self.starts_on.textEdited.connect(self.edited)
        self.set_button.clicked.connect(self.set_wanted)
        self.end_button.clicked.connect(self.end_wanted)
        self.show_life(None)
        self.show_verdict(None, (), None)

    def read(self) -> tuple[int | None, date | None, list[Problem]]:
        """Return the days from session to session and the day of the start, and what of them cannot be read."""
        problems: list[Problem] = []
        every = starts_on = None
        try:
            every = parse_whole(self.every.text(), "the days of a routine", 1, LONGEST_ROUTINE)
        except Unreadable as error:
            if self.every.text().strip():
                problems.append(Problem("every_days", str(error), self.every.text()))
        try:
            starts_on = parse_date(self.starts_on.text())
        except Unreadable as error:
            problems.append(Problem("starts_on", str(error), self.starts_on.text()))
        return every, starts_on, problems

    def set_value(self, every_days: int | None, starts_on: date) -> None:
        """Show a routine of *every_days* from *starts_on*; says nothing, since whoever shows it knows."""
        self.every.setText("" if every_days is None else str(every_days))
        self.starts_on.show_date(starts_on)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark what is wrong, and take away the other marks."""
        by_field = {problem.field: problem for problem in reversed(problems)}
        self._every_field.show_problem(by_field.get("every_days"))
        self._starts_field.show_problem(by_field.get("starts_on"))

    def show_verdict(self, judged: RoutineVerdict | None, rows: Sequence[DepthRow], asks: str | None) -> None:
        """Show what is said of a routine and of its neighbours, or what it *asks* for before anything can be said."""
        self.says.setText(routine_words(judged) if judged else asks or "")
        chosen = Choice.of(judged.routine).deepest if judged else None
        for widget in (self._table_heading, self._caption, self.depth_table, self.legend):
            widget.setVisible(bool(rows))
        self.depth_table.show_depths(rows, chosen)

    def show_life(self, life: RoutineLife | None) -> None:
        """Show the routine that is followed, or that there is none."""
        self.mine.setText(life_words(life) if life else "You follow no routine.")
        self.counts.setText(count_words(life) if life else "")
        self.counts.setVisible(bool(life and life.lived))
        self.lived_table.setVisible(bool(life and life.lived))
        self.end_button.setVisible(life is not None)
        if life:
            self.lived_table.show_lived(life.lived[-MOST_LIVED:], life.routine.every_days)

    def restyle(self) -> None:
        """Draw icons again in the colours of now."""
        self.legend.restyle()
        self.lived_table.restyle()
        self.depth_table.restyle()

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(SPACING)
        for column, field in enumerate((self._every_field, self._starts_field)):
            fields.addWidget(field, 0, column, Qt.AlignmentFlag.AlignTop)
            fields.setColumnStretch(column, 1)
        buttons = FlowLayout()
        buttons.addWidget(self.set_button)
        buttons.addWidget(self.end_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACING, SPACING, SPACING)
        layout.setSpacing(SPACING)
        layout.addLayout(fields)
        layout.addWidget(self.says)
        layout.addLayout(buttons)
        mine = (self._mine_heading, self.mine, self.counts, FindRow(self.lived_table), self.lived_table)
        for widget in (*mine, self._table_heading, self._caption, self.depth_table, self.legend):
            layout.addWidget(widget)
        layout.addStretch(1)


def routine_words(judged: RoutineVerdict) -> str:
    """Return what is said of a routine, and of the same with longer rest."""
    routine = judged.routine
    lines = [f"{labels.capital(_which(routine))}: {_because(judged.verdict)}"]
    if judged.eased:
        lines.append(f"From {labels.count(judged.earliest_days, 'day')}: {_because(judged.eased)}")
    if judged.clear_days > max(judged.earliest_days, routine.every_days):
        days = labels.count(judged.clear_days, "day")
        lines.append(f"The rules on rest say nothing at all from {days}.")
    return "\n".join(lines)


def life_words(life: RoutineLife) -> str:
    """Return the routine that is followed, and when the next session keeps it."""
    routine = life.routine
    until = f" to {labels.day(routine.ends_on)}" if routine.ends_on else ""
    text = f"{labels.capital(_which(routine))}, from {labels.day(routine.starts_on)}{until}."
    if life.next_on:
        text += f" A session from {labels.day(life.next_on)} on keeps it; a later one does too."
    return text


def count_words(life: RoutineLife) -> str:
    """Return how many sessions kept the routine, and its days of rest."""
    counts = [f"{life.paces[pace]:,} {labels.word(pace)}" for pace in (Pace.KEPT, Pace.EARLY, Pace.LATE)]
    rest = labels.count(life.rest_days, "day")
    shown = f" The last {MOST_LIVED} are listed." if len(life.lived) > MOST_LIVED else ""
    sessions = labels.count(len(life.lived), "session")
    return f"{sessions}: {', '.join(counts)}. {rest} of rest, which follow it.{shown}"


def _which(routine: Routine) -> str:
    return f"{Choice.of(routine).words} {labels.every(routine.every_days)}"


def _because(verdict: Verdict) -> str:
    """Return the severity and, by severity, the rules that say so."""
    if verdict.severity is Severity.CLEAN:
        return f"{CLEAN_WORDS[:1].lower()}{CLEAN_WORDS[1:]}."
    titles: dict[Severity, list[str]] = {}
    for finding in verdict.findings:
        if finding.severity:
            titles.setdefault(finding.severity, []).append(f"“{finding.rule.title}”")
    (worst, why), *others = titles.items()
    more = "".join(f"; {labels.word(severity)} because of {labels.series(names)}" for severity, names in others)
    return f"{labels.word(worst)}, because of {labels.series(why)}{more}."


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label
