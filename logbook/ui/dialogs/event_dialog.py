"""Asks about something in a life that may change shedding."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from logbook.domain import labels
from logbook.domain.errors import Problem
from logbook.domain.person import LifeEvent
from logbook.domain.vocabulary import EventKind
from logbook.ui.dialogs.form_dialog import FormDialog, Lines, typed
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.date_line import DAY_NEEDED, DateLine, parse_date

_SAYS = (
    "What happened is shown beside your counts. Where they rise some months after an illness, a birth or a new drug, "
    "the guidance lists it."
)


def ask_event(
    parent: QWidget | None, event: LifeEvent, today: date | None = None, *, is_new: bool = False
) -> LifeEvent | None:
    """Show *event* and return it as it was changed; None where nothing is to be kept."""
    dialog = EventDialog(parent, event, today or date.today(), is_new=is_new)
    is_kept = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.record if is_kept else None


class EventDialog(FormDialog[LifeEvent]):
    """Every field of a life event."""

    def __init__(self, parent: QWidget | None, event: LifeEvent, today: date, *, is_new: bool = False) -> None:
        """Show *event*."""
        super().__init__(parent, "Add event" if is_new else "Change event", _SAYS)
        self._event = event
        self._today = today
        self.kind: AnswerBox[EventKind] = AnswerBox([(labels.title(kind), kind) for kind in EventKind])
        self.kind.set_value(event.kind)
        self.day, self.until = DateLine(), DateLine()
        self.day.show_date(event.date)
        self.until.show_date(event.until)
        self.notes = Lines()
        self.notes.setPlainText(event.notes)
        self.notes.document().setModified(False)
        self.wide("kind", "What &happened", self.kind)
        self.pair(("date", "&From", self.day), ("until", "&Until, if longer than a day", self.until))
        self.wide("notes", "&Notes", self.notes)
        self.begin()

    def read(self) -> tuple[LifeEvent, list[Problem]]:
        problems: list[Problem] = []
        day = self.parsed("date", parse_date, problems)
        if day is None and not problems:
            problems.append(Problem("date", DAY_NEEDED))
        event = replace(
            self._event,
            kind=EventKind(self.kind.value()),
            date=day or self._today,
            until=self.parsed("until", parse_date, problems),
            notes=typed(self.notes, self._event.notes),
        )
        unread = {problem.field for problem in problems}
        found = [problem for problem in event.problems(self._today) if problem.field not in unread and day]
        return event, [*problems, *found]
