"""The Planner page: when may I, and at what depth? A single day, or a routine, judged before it is lived."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHeaderView,
    QLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.errors import LogbookError, Problem
from logbook.domain.person import AgreedLimit, Person
from logbook.domain.plan import PlannedSession, Routine, compare, count_paces, current_routine, next_date, rest_days
from logbook.domain.session import Session
from logbook.services import planning
from logbook.services.calendar_file import write_calendar
from logbook.services.planning import Choice, Outlook
from logbook.ui.alerts import tell_error
from logbook.ui.pages.page import do_and_say, find_in_table
from logbook.ui.store import Store
from logbook.ui.theme import AROUND_PAGE, MARGIN, SPACING
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.month_model import DayMarks
from logbook.ui.widgets.plan_calendar import PlanCalendar
from logbook.ui.widgets.plan_choice import PlanChoice
from logbook.ui.widgets.plans_panel import PlansPanel
from logbook.ui.widgets.reading import give_reason
from logbook.ui.widgets.routine_panel import RoutineLife, RoutinePanel
from logbook.ui.widgets.title_row import TitleRow
from logbook.ui.widgets.verdict_panel import VerdictPanel
from logbook.ui.widgets.words import words_label

# How many letters wide the page must be for what is chosen, the day or routine, and the verdict side by side; in less
# the verdict stands under what is chosen; where that does not fit either, all stands in one column.
_THREE_COLUMNS: Final = 165
_STACKED_LINES: Final = 80  # of text, the height of that one column
_HANDLE: Final = MARGIN  # between two columns
_VERDICT_LINES: Final = 13  # of text; with fewer a finding could not be read
_BURST_MS: Final = 30  # edits that follow one another this closely are judged once
_KINDS: Final = (Session, PlannedSession, Routine, Person, AgreedLimit)
_CALENDARS: Final = "Calendar (*.ics)"
_FILE_NAME: Final = "planned-days.ics"  # nothing about health in it
_ASKS: Final = "Choose zones and a depth to see what the rules say of them."
_ON_THE_DAY: Final = "Skin, needles and products are judged on the day."


class PlannerPage(QWidget):
    """Judges what is not done yet; keeps plans and a routine.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be done here may have changed.
        log_wanted: a plan is to become a session; carries that session, to be gone on with in the form.
    """

    said = Signal(str)
    actions_changed = Signal()
    log_wanted = Signal(object)

    def __init__(self, store: Store) -> None:
        """Look ahead of the person of *store*."""
        super().__init__()
        self._store = store
        self._today = store.today()
        self._outlook = Outlook(store.judged, (), self._today)
        self._plans: list[PlannedSession] = []
        self._person_id: str | None = None  # whose choice is shown
        self._is_stale = True
        self._columns = 0
        # In the order in which Tab goes from one to the next.
        self.choice, self.tabs = PlanChoice(), QTabWidget(documentMode=True)
        self.calendar, self.keep_button = PlanCalendar(self._today), QPushButton("&Keep this plan")
        self.plans_panel, self.routine_panel, self.verdict_panel = PlansPanel(), RoutinePanel(), VerdictPanel()
        self.keep_button.setProperty("role", "main")
        self.day_words, self.dates, self.note = words_label(), words_label(), words_label("muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._burst = QTimer(self, singleShot=True, interval=_BURST_MS)
        if store.journal.is_read_only:
            give_reason(self.keep_button, self.plans_panel.log_button, self.plans_panel.delete_button)
            give_reason(self.routine_panel.set_button, self.routine_panel.end_button)
        self._lay_out()
        self._listen()

    # What the window asks for

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed here is not saved: never, as what is chosen here is a question, not a record."""
        return False

    def focus_first(self) -> None:
        """Go to what is chosen."""
        self.choice.focus_first()

    def focus_search(self) -> None:
        """Search a table."""
        find_in_table(self, self.said)

    def restyle(self) -> None:
        """Draw icons again in the colours of now."""
        for part in (self.calendar, self.plans_panel, self.routine_panel):
            part.restyle()
        self._ask()

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of."""
        return {}

    # What the buttons do

    def keep(self) -> None:
        """Keep what is chosen as a plan for the day that is chosen."""
        choice, problems = self._read()
        if problems or not self._may_keep(choice):
            return
        plan = choice.plan(self._store.person.id, self.calendar.day)
        if do_and_say(self._store, planning.keeping(plan), self.said):
            self.plans_panel.list.choose(plan)

    def delete(self) -> None:
        """Delete the plans that are chosen."""
        if self.plans_panel.chosen:
            do_and_say(self._store, planning.deleting(self.plans_panel.chosen), self.said)

    def log(self) -> None:
        """Have the plan that is chosen become a session."""
        for plan in self.plans_panel.chosen[:1]:
            self.log_wanted.emit(self._outlook.to_log(plan))

    def export(self) -> None:
        """Ask for a file and write the plans that are chosen to it."""
        plans = self.plans_panel.chosen
        if not plans:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Export to a calendar", _FILE_NAME, _CALENDARS)
        if not name:
            return
        path = Path(name)
        try:
            write_calendar(plans, path, datetime.now(), with_details=self.plans_panel.details_box.isChecked())
        except LogbookError as error:
            self.said.emit("Nothing was exported.")
            tell_error(self, error)
        else:
            self.said.emit(f"Exported {labels.count(len(plans), 'plan')} to {path.name}.")

    def set_routine(self) -> None:
        """Follow the routine that the fields say, from its start."""
        routine, problems = self._read_routine()
        if routine is not None and not problems:
            do_and_say(self._store, planning.setting_routine(routine, self._routine()), self.said)

    def end_routine(self) -> None:
        """Follow the routine no more."""
        if routine := self._routine():
            do_and_say(self._store, planning.ending_routine(routine, self._today), self.said)

    def show_plan(self, plan: PlannedSession) -> None:
        """Show *plan* on the calendar, and what it does as what is chosen."""
        self.choice.set_value(Choice.of(plan))
        self.calendar.set_day(plan.date, self._today)
        self.calendar.grid.setFocus()
        self._ask()

    # What is known

    def _take_in(self, edit: Edit) -> None:
        """Look ahead again after an edit or an undo, at once or when the page is next looked at."""
        if any(isinstance(one.record, _KINDS) for one in edit.replacements):
            self._is_stale = True
            if self.isVisible():
                self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if not self._is_stale and self._today == self._store.today():
            return
        self._is_stale = False
        store, day_before = self._store, self._today
        self._today = store.today()
        self._plans = store.of_person(PlannedSession)
        self._outlook = Outlook(store.judged, self._plans, self._today)
        if self._person_id != store.person.id:
            self._person_id = store.person.id
            self._begin()
        elif day_before != self._today:
            self.calendar.set_day(max(self.calendar.day, self._today), self._today)
        kept = self._outlook.kept(self._plans)
        self.plans_panel.show_plans(kept, self._today, is_writable=not store.journal.is_read_only)
        self.routine_panel.show_life(self._life())
        self._ask()

    def _begin(self) -> None:
        """Begin with the routine that is followed, else with the last session."""
        routine, last = self._routine(), self._store.judged.history.last
        begun = routine or last
        self.choice.set_value(Choice.of(begun) if begun else Choice())
        self.routine_panel.set_value(routine.every_days if routine else None, self._today)
        self.calendar.set_day(self._today, self._today)

    def _routine(self) -> Routine | None:
        return current_routine(self._store.of_person(Routine), self._today)

    def _life(self) -> RoutineLife | None:
        routine = self._routine()
        if routine is None:
            return None
        history = self._store.judged.history
        lived = compare(routine, history, self._today)
        rest = rest_days(routine, lived, self._today)
        return RoutineLife(routine, lived, count_paces(lived), rest, next_date(routine, history))

    def _read(self) -> tuple[Choice, list[Problem]]:
        """Return what is chosen, and everything that is wrong with it."""
        choice, problems = self.choice.read()
        lost = {problem.field.partition(":")[0] for problem in problems}
        implausible = choice.plan("", self._today).problems()
        return choice, [*problems, *(problem for problem in implausible if problem.field not in lost)]

    def _read_routine(self) -> tuple[Routine | None, list[Problem]]:
        """Return the routine that the fields say, and what is wrong with it; None where something is missing."""
        choice, problems = self._read()
        every, starts_on, unreadable = self.routine_panel.read()
        if problems or not choice.zones or every is None or starts_on is None:
            return None, unreadable
        routine = choice.routine(self._store.person.id, starts_on, every)
        return routine, [*unreadable, *routine.problems()]

    # What is said of it

    def _ask(self) -> None:
        """Show what the guidance says of what is chosen, for the day or as a routine."""
        choice, problems = self._read()
        self.choice.show_problems(problems)
        is_judged = bool(choice.zones) and not problems
        self.dates.setText(dates_words(self._outlook, choice, self._today) if is_judged else "")
        self.dates.setVisible(is_judged)
        self._mark(choice if is_judged else None)
        if self.tabs.currentIndex() == 0:
            self._ask_day(choice, is_judged=is_judged)
        else:
            self._ask_routine(choice, is_judged=is_judged)
        self.actions_changed.emit()

    def _ask_day(self, choice: Choice, *, is_judged: bool) -> None:
        day = self.calendar.day
        is_ahead = day >= self._today
        self.day_words.setText(self.calendar.text())
        self.keep_button.setEnabled(is_judged and self._may_keep(choice))
        self.verdict_panel.setVisible(is_judged and is_ahead)
        if is_judged and is_ahead:
            self.verdict_panel.show_verdict(self._outlook.verdict(choice, day), self._version, {})
            self.note.setText(f"{_ON_THE_DAY}{self._plans_count}")
        else:
            self.note.setText("That day is past: choose today or a later day." if is_judged else _ASKS)

    def _ask_routine(self, choice: Choice, *, is_judged: bool) -> None:
        routine, problems = self._read_routine()
        self.routine_panel.show_problems(problems)
        judged = self._outlook.routine(routine) if routine and not problems else None
        rows = self._outlook.depth_by_days(choice, self._today) if is_judged else ()
        asks = "Enter the days from one session to the next, and the start." if is_judged else _ASKS
        self.routine_panel.show_verdict(judged, rows, asks)
        before = self._routine()
        self.routine_panel.set_button.setText("Change my ro&utine to this" if before else "Set as my ro&utine")
        is_new = judged is not None and not (before and _is_same(judged.routine, before))
        is_writable = not self._store.journal.is_read_only
        self.routine_panel.set_button.setEnabled(is_writable and is_new)
        self.routine_panel.end_button.setEnabled(is_writable)
        self.verdict_panel.setVisible(judged is not None)
        if judged:
            self.verdict_panel.show_verdict(judged.verdict, self._version, {})
        dates = "The dates are those of the routine, lived for half a year. "
        self.note.setText(f"{dates}{_ON_THE_DAY}" if judged else asks)

    def _mark(self, choice: Choice | None) -> None:
        """Mark the days that are shown: what was done, what is planned, and what the rules on rest would say."""
        first, last = self.calendar.shown
        verdicts = self._outlook.days(choice, first, last) if choice else {}
        sessions, plans = defaultdict(list), defaultdict(list)
        for past in self._store.judged.history.within(first, last, but=""):
            sessions[past.session.date].append(Choice.of(past.session).words or labels.NO_ZONE)
        for plan in self._plans:
            plans[plan.date].append(Choice.of(plan).words or labels.NO_ZONE)
        self.calendar.show_marks(
            {
                day: DayMarks(verdicts.get(day), tuple(sessions[day]), tuple(plans[day]))
                for day in {*verdicts, *sessions, *plans}
            }
        )

    def _may_keep(self, choice: Choice) -> bool:
        """Tell whether *choice* can be kept for the day that is chosen, and is not kept already."""
        day = self.calendar.day
        is_kept = any(plan.date == day and Choice.of(plan) == choice for plan in self._plans)
        return not self._store.journal.is_read_only and bool(choice.zones) and day >= self._today and not is_kept

    @property
    def _version(self) -> str:
        return self._store.journal.rules.version

    @property
    def _plans_count(self) -> str:
        return " Kept plans count as if they were done." if self._outlook.has_plans else ""

    # The making

    def _lay_out(self) -> None:
        chosen = _column(self.choice, self.dates)
        self._beside = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._chosen = _Scrolling(chosen, "What is chosen")
        self._beside.addWidget(self._chosen)
        self._verdict = _column(self.note, self.verdict_panel, fills=self.verdict_panel)
        self._verdict.setMinimumHeight(self.fontMetrics().height() * _VERDICT_LINES)
        buttons = FlowLayout()
        buttons.addWidget(self.keep_button)
        day = _column(self.calendar, self.day_words, buttons, self.plans_panel)
        self.tabs.setAccessibleName("Planner")
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(_Scrolling(day, "On a day"), "&On a day")
        self.tabs.addTab(_Scrolling(self.routine_panel, "As a routine"), "As a &routine")
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=_HANDLE)
        self._splitter.addWidget(self._beside)
        self._splitter.addWidget(self.tabs)
        self._splitter.addWidget(self._verdict)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AROUND_PAGE)
        layout.setSpacing(SPACING)
        layout.addWidget(TitleRow("Planner"))
        layout.addWidget(_Scrolling(self._splitter, "Planner", (self._chosen, self.tabs, self._verdict)), 1)

    def _fit(self) -> None:
        """Put the parts into as many columns as there is room for."""
        room = self.width() - 2 * MARGIN
        chosen, tabs, verdict = (part.minimumSizeHint().width() for part in (self._chosen, self.tabs, self._verdict))
        letters = room // self.fontMetrics().averageCharWidth()
        if letters >= _THREE_COLUMNS and chosen + tabs + verdict + 2 * _HANDLE <= room:
            columns = 3
        else:
            columns = 2 if max(chosen, verdict) + tabs + _HANDLE <= room else 1
        if columns != self._columns:
            self._columns = columns
            self._arrange(columns, room, self.height())

    def _arrange(self, columns: int, width: int, height: int) -> None:
        (self._splitter if columns == 3 else self._beside).addWidget(self._verdict)
        self._splitter.setOrientation(Qt.Orientation.Vertical if columns == 1 else Qt.Orientation.Horizontal)
        self._splitter.setMinimumHeight(self.fontMetrics().height() * _STACKED_LINES if columns == 1 else 0)
        self._beside.setSizes([height * 11 // 20, height * 9 // 20])
        shares = (24, 40, 36) if columns == 3 else (40, 60) if columns == 2 else (55, 45)
        self._splitter.setSizes([width * share // 100 for share in shares])

    def _listen(self) -> None:
        self.choice.edited.connect(self._burst.start)
        self.routine_panel.edited.connect(self._burst.start)
        self._burst.timeout.connect(self._ask)
        self.calendar.day_chosen.connect(self._ask)
        self.tabs.currentChanged.connect(self._ask)
        self.keep_button.clicked.connect(self.keep)
        self.plans_panel.log_wanted.connect(self.log)
        self.plans_panel.export_wanted.connect(self.export)
        self.plans_panel.delete_wanted.connect(self.delete)
        self.plans_panel.show_wanted.connect(self.show_plan)
        self.routine_panel.set_wanted.connect(self.set_routine)
        self.routine_panel.end_wanted.connect(self.end_routine)
        self._store.changed.connect(self._take_in)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh_if_stale()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()  # something became wider or narrower
        return super().event(event)


def dates_words(outlook: Outlook, choice: Choice, today: date) -> str:
    """Return when each zone of *choice* may be needled to its depth, as far as rest is concerned."""
    planned = " and what is planned" if outlook.has_plans else ""
    lines = [f"After what was done{planned}, the rules on rest say:"]
    for zone, dates in outlook.next_dates(choice).items():
        clear = f"nothing {_when(outlook, dates.clear, today)}"
        earliest = f"nothing worse than a note {_when(outlook, dates.earliest, today)}, "
        lines.append(f"{labels.title(zone)}: {'' if dates.earliest == dates.clear else earliest}{clear}.")
    return "\n".join(lines)


def _when(outlook: Outlook, first: date, today: date) -> str:
    """Return from when something holds, and until which plan: what comes after that has to wait again."""
    plan = outlook.next_plan(first)
    if plan == first:
        return "today" if first == today else f"on {labels.day(first)}"
    start = "today" if first == today else labels.day(first)
    if plan:
        return f"from {start} to the plan of {labels.day(plan)}"
    return f"from {start} on" if first == today else f"from {start}"


def _is_same(routine: Routine, before: Routine) -> bool:
    return (Choice.of(routine), routine.every_days) == (Choice.of(before), before.every_days)


def _column(*parts: QWidget | QLayout, fills: QWidget | None = None) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, SPACING, 0, SPACING)
    layout.setSpacing(SPACING)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part, 1 if part is fills else 0)
        else:
            layout.addLayout(part)
    if fills is None:
        layout.addStretch(1)
    return column


class _Scrolling(QScrollArea):
    """An area that scrolls up and down, and is never narrower than what is in it, or the widest of its *parts*."""

    def __init__(self, body: QWidget, name: str, parts: Sequence[QWidget] = ()) -> None:
        super().__init__(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self._parts = parts or (body,)
        self.setWidget(body)
        body.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest + self.verticalScrollBar().sizeHint().width(), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
