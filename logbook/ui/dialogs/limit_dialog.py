"""Asks about one limit agreed with a clinician, and for its last day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from logbook.domain import labels
from logbook.domain.errors import Problem
from logbook.domain.person import AgreedLimit
from logbook.domain.session import RecordId, new_id
from logbook.domain.units import Unreadable
from logbook.guidance.rule import Line, Rules
from logbook.services.limits import (
    effect_words,
    limit_problems,
    movable_rules,
    read_value,
    rule_words,
    unit_words,
    value_text,
    value_words,
)
from logbook.ui.dialogs.form_dialog import FormDialog, Lines, typed
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.date_line import DAY_NEEDED, DateLine, parse_date
from logbook.ui.widgets.field import Field
from logbook.ui.widgets.words import words_label

_NEW: Final = (
    "It counts for sessions from the day it was agreed to its last day. What is published stays in sight beside it."
)
_CHANGE: Final = (
    "Sessions from the day it was agreed are judged again by what you change here. Where something else was agreed "
    "later, end this limit and add another."
)
_NEEDED: Final = {"value": "A number is needed here.", "agreed_on": DAY_NEEDED}


def ask_limit(
    parent: QWidget | None, rules: Rules, person_id: RecordId, limit: AgreedLimit | None, today: date | None = None
) -> AgreedLimit | None:
    """Ask for a limit of the person, or show *limit* and return it as it was changed; None: nothing is to be kept."""
    dialog = LimitDialog(parent, rules, person_id, limit, today or date.today())
    is_kept = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.record if is_kept else None


def ask_last_day(parent: QWidget | None, name: str, limit: AgreedLimit, today: date | None = None) -> date | None:
    """Ask for the last day of *limit*, called *name*; None: it stays as it is."""
    dialog = LastDayDialog(parent, name, limit, today or date.today())
    is_kept = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.record if is_kept else None


class LimitDialog(FormDialog[AgreedLimit]):
    """Which line of which rule was moved, where to, with whom, and for how long."""

    def __init__(
        self, parent: QWidget | None, rules: Rules, person_id: RecordId, limit: AgreedLimit | None, today: date
    ) -> None:
        """Show *limit*, which must be on a line of *rules* that may be moved; without it, begin a new one."""
        super().__init__(parent, "Change agreed limit" if limit else "Add agreed limit", _CHANGE if limit else _NEW)
        self._lines = {rule.id: rule.lines for rule in movable_rules(rules)}
        first, (line, *_) = next(iter(self._lines.items()))
        self._rules, self._today = rules, today
        self._limit = limit or AgreedLimit(new_id(), person_id, first, line.name, line.published, "", today)
        self.rule = AnswerBox([(rule_words(rules.of(rule_id)), rule_id) for rule_id in self._lines])
        self.line = _LineBox(self._lines[self._limit.rule])
        self.value, self.agreed_with = QLineEdit(), QLineEdit(self._limit.agreed_with)
        self.agreed_on, self.until = DateLine(), DateLine()
        self.notes = Lines()
        self.published, self.effect = words_label("muted"), words_label("muted")
        self._lay_out()
        self._show_limit(is_new=limit is None)
        self.rule.edited.connect(self._offer_lines)
        self.line.edited.connect(self._show_line)
        self.value.textChanged.connect(self._show_effect)
        self.begin()

    def read(self) -> tuple[AgreedLimit, list[Problem]]:
        problems: list[Problem] = []
        line = self.line.value()
        value = self.parsed("value", partial(read_value, line), problems)
        on = self.parsed("agreed_on", parse_date, problems)
        limit = replace(
            self._limit,
            rule=self.rule.value(),
            parameter=line.name,
            value=line.published if value is None else value,
            agreed_with=typed(self.agreed_with, self._limit.agreed_with),
            agreed_on=on or self._today,
            until=self.parsed("until", parse_date, problems),
            notes=typed(self.notes, self._limit.notes),
        )
        unread = {problem.field for problem in problems}
        empty = [name for name, read in (("value", value), ("agreed_on", on)) if read is None and name not in unread]
        problems += [Problem(name, _NEEDED[name]) for name in empty]
        found = limit_problems(self._rules, limit, self._today)
        return limit, [*problems, *(problem for problem in found if problem.field not in unread)]

    def _lay_out(self) -> None:
        self.wide("rule", "&Rule", self.rule)
        self.wide("parameter", "&Line", self.line)
        row = self._grid.rowCount()
        self.fields["value"] = Field("Agreed &value", self.value)
        self._grid.addWidget(self.fields["value"], row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.published, row, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self.effect, row + 1, 0, 1, 2)
        self.wide("agreed_with", "Agreed &with", self.agreed_with)
        self.pair(("agreed_on", "Agreed &on", self.agreed_on), ("until", "Last &day, if it ends", self.until))
        self.wide("notes", "&Note", self.notes)

    def _show_limit(self, *, is_new: bool) -> None:
        self.rule.set_value(self._limit.rule)
        line = next(one for one in self._lines[self._limit.rule] if one.name == self._limit.parameter)
        self.line.set_value(line)
        self.value.setText("" if is_new else value_text(line, self._limit.value))
        self.agreed_on.show_date(self._limit.agreed_on)
        self.until.show_date(self._limit.until)
        self.notes.setPlainText(self._limit.notes)
        self._show_line()

    def _offer_lines(self) -> None:
        self.line.offer(self._lines[self.rule.value()])
        self._show_line()

    def _show_line(self) -> None:
        """Say what is published, and how the value is typed."""
        line = self.line.value()
        published = f"Published: {value_words(line, line.published)}"
        self.published.setText(f"{published}\n{unit_words(line)}")
        self.value.setAccessibleName(f"Agreed value. {published}. {unit_words(line)}")
        self._show_effect()

    def _show_effect(self) -> None:
        line = self.line.value()
        try:
            value = read_value(line, self.value.text())
        except Unreadable:
            self.effect.setText("With a value, this says whether it is looser or tighter.")
        else:
            self.effect.setText(effect_words(line, value))
        self.value.setAccessibleDescription(self.effect.text())


class _LineBox(AnswerBox[Line]):
    """The lines of one rule."""

    def __init__(self, lines: Iterable[Line]) -> None:
        super().__init__([(line.words, line) for line in lines])

    def offer(self, lines: Iterable[Line]) -> None:
        """Offer *lines* in the place of those of another rule."""
        with QSignalBlocker(self):
            self.clear()
            self._values = list(lines)
            self.addItems([line.words for line in self._values])


class LastDayDialog(FormDialog[date]):
    """The day after which a limit no longer counts."""

    def __init__(self, parent: QWidget | None, name: str, limit: AgreedLimit, today: date) -> None:
        """Propose *today*."""
        super().__init__(
            parent,
            f"End: {name}",
            "Sessions after this day are judged by what is published. Sessions up to it keep the limit.",
        )
        self._limit = limit
        self.keep_button.setText("&End it")
        self.day = DateLine()
        self.day.show_date(max(today, limit.agreed_on))
        self.wide("until", "&Last day", self.day)
        self.begin()

    def read(self) -> tuple[date, list[Problem]]:
        problems: list[Problem] = []
        day = self.parsed("until", parse_date, problems)
        if day is None and not problems:
            problems.append(Problem("until", DAY_NEEDED))
        elif day and day < self._limit.agreed_on:
            agreed = labels.day(self._limit.agreed_on)
            problems.append(Problem("until", f"This lies before the day it was agreed, {agreed}."))
        return day or self._limit.agreed_on, problems
