"""Asks who the person is whose sessions are logged."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from logbook.domain import labels
from logbook.domain.errors import Problem
from logbook.domain.person import Person
from logbook.domain.session import DatedCondition
from logbook.domain.vocabulary import DATED_CONDITIONS, Condition, Sex, Zone
from logbook.services.people import called, colour_of, initials
from logbook.ui.dialogs.form_dialog import FormDialog, Lines, typed
from logbook.ui.widgets.answer_box import AnswerBox, words_box
from logbook.ui.widgets.choices_field import ChoicesField
from logbook.ui.widgets.date_line import DateLine, parse_date
from logbook.ui.widgets.person_mark import person_icon

_EARLIEST: Final = date(1900, 1, 1)
_DATED: Final = {Condition.ISOTRETINOIN: "isotretinoin_on", Condition.HAIR_TRANSPLANT: "hair_transplant_on"}
_SAYS: Final = (
    "Everything here may be left out. It stays in your logbook file, and lets more rules be judged: some depend on "
    "your age, on where your hair thins or on what is true of you."
)


def ask_person(
    parent: QWidget | None, person: Person, people: Sequence[Person] = (), today: date | None = None
) -> Person | None:
    """Show *person*, who is or comes among *people*, and return it as it was changed; None where nothing is kept."""
    dialog = PersonDialog(parent, person, people, today or date.today())
    is_kept = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.record if is_kept else None


class PersonDialog(FormDialog[Person]):
    """Every field of a person. Nothing chosen is *not recorded*, which is not the same as *none*."""

    def __init__(self, parent: QWidget | None, person: Person, people: Sequence[Person], today: date) -> None:
        """Show *person*, to be told from the others of *people*."""
        super().__init__(parent, "Person", _SAYS)
        self._person = person
        self._others = tuple(one for one in people if one.id != person.id)
        self._had_colour = colour_of(person, people)
        self._today = today
        self.name, self.advice_from = QLineEdit(person.name), QLineEdit(person.advice_from)
        self.birth_date, self.advice_on = DateLine(), DateLine()
        self.sex = words_box(Sex)
        self.colour = AnswerBox([(word, number) for number, word in labels.COLOURS.items()])
        for place, number in enumerate(labels.COLOURS):
            self.colour.setItemIcon(place, person_icon(initials(person), number))
        self.thinning = ChoicesField(list(Zone), "Looked: nothing thins")
        self.conditions = ChoicesField(list(Condition), "None of these")
        self.dated = {condition: DateLine() for condition in _DATED}
        self.advice = Lines()
        self._lay_out()
        self._show_person()
        self.conditions.edited.connect(self._show_dated)
        self.begin()

    def read(self) -> tuple[Person, list[Problem]]:
        problems: list[Problem] = []
        zones = self.thinning.value()
        person = replace(
            self._person,
            name=typed(self.name, self._person.name),
            birth_date=self.parsed("birth_date", parse_date, problems),
            sex=self.sex.value(),
            colour=self._read_colour(),
            thinning_zones=None if zones is None else frozenset(Zone(zone) for zone in zones),
            conditions=self._read_conditions(problems),
            advice_from=typed(self.advice_from, self._person.advice_from),
            advice_on=self.parsed("advice_on", parse_date, problems),
            advice=typed(self.advice, self._person.advice),
        )
        return person, [*problems, *_implausible(person, self._today), *_mistakable(person, self._others)]

    def _lay_out(self) -> None:
        self.pair(("name", "&Name", self.name), ("colour", "Co&lour", self.colour))
        self.pair(("birth_date", "&Born on", self.birth_date), ("sex", "&Sex", self.sex))
        self.wide("thinning_zones", "Where your hair &thins", self.thinning)
        self.section("True of you for now")
        self.say("Copied into each new session as it is on that day. Sessions that are saved already keep theirs.")
        self.wide("conditions", "&Conditions", self.conditions)
        self.pair(
            (_DATED[Condition.ISOTRETINOIN], "&Isotretinoin stopped on", self.dated[Condition.ISOTRETINOIN]),
            (_DATED[Condition.HAIR_TRANSPLANT], "&Hair transplant on", self.dated[Condition.HAIR_TRANSPLANT]),
        )
        self.section("Professional advice")
        self.pair(("advice_from", "&From whom", self.advice_from), ("advice_on", "&On", self.advice_on))
        self.wide("advice", "&What was advised", self.advice)

    def _show_person(self) -> None:
        person = self._person
        self.colour.set_value(self._had_colour)
        self.birth_date.show_date(person.birth_date)
        self.sex.set_value(person.sex)
        self.thinning.set_value(None if person.thinning_zones is None else sorted(person.thinning_zones))
        conditions = person.conditions
        self.conditions.set_value(None if conditions is None else [dated.condition for dated in conditions])
        for dated in conditions or ():
            if dated.condition in self.dated:
                self.dated[dated.condition].show_date(dated.on)
        self.advice_on.show_date(person.advice_on)
        self.advice.setPlainText(person.advice)
        self._show_dated()

    def _read_colour(self) -> int | None:
        """Return the colour; one that nobody chose is not kept."""
        chosen = self.colour.value()
        return self._person.colour if chosen == self._had_colour else chosen

    def _show_dated(self) -> None:
        """Ask for the date of a condition where the condition is chosen."""
        for condition, name in _DATED.items():
            self.fields[name].setVisible(condition in (self.conditions.value() or ()))

    def _read_conditions(self, problems: list[Problem]) -> tuple[DatedCondition, ...] | None:
        chosen = self.conditions.value()
        if chosen is None:
            return None
        conditions = [Condition(one) for one in chosen]
        return tuple(
            DatedCondition(one, self.parsed(_DATED[one], parse_date, problems) if one in DATED_CONDITIONS else None)
            for one in conditions
        )


def _mistakable(person: Person, others: Sequence[Person]) -> Iterable[Problem]:
    """Go through what would let *person* be taken for one of *others*."""
    if others and not person.name.strip():
        yield Problem("name", "Give a name, so that this person is not taken for another in this logbook.")
    elif called(others, person.name):
        yield Problem(
            "name", f"Somebody in this logbook is called {person.name.strip()} already. Add what tells them apart."
        )


def _implausible(person: Person, today: date) -> Iterable[Problem]:
    """Go through what is implausible about *person*; a condition may end, or a transplant come, in the future."""
    days = {"birth_date": person.birth_date, "advice_on": person.advice_on}
    for field, day in days.items():
        if day and day > today:
            yield Problem(field, f"{day.isoformat()} lies in the future.")
    for dated in person.conditions or ():
        if dated.condition in _DATED:
            days[_DATED[dated.condition]] = dated.on
    for field, day in days.items():
        if day and day < _EARLIEST:
            yield Problem(field, f"{day.isoformat()} is too long ago; the earliest is {_EARLIEST.year}.")
