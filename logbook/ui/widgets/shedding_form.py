"""The form in which a shedding record is written: a draft in, a draft out."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.domain.errors import Problem
from logbook.domain.shedding import WORST_GRADE, SheddingDraft, SheddingRecord, parse_count
from logbook.domain.units import Unreadable, parse_whole
from logbook.domain.vocabulary import SHEDDING_SCALES, HairLength, SheddingMethod
from logbook.ui.theme import MARGIN, NOTES_HIGHEST, NOTES_LOWEST, SPACING, TIGHT
from logbook.ui.widgets.answer_box import AnswerBox, words_box
from logbook.ui.widgets.choices_field import NOT_RECORDED
from logbook.ui.widgets.day_field import DayField
from logbook.ui.widgets.field import Field
from logbook.ui.widgets.idle_undo import IdleUndo
from logbook.ui.widgets.quick_count import method_box
from logbook.ui.widgets.words import words_label

_BURST_MS: Final = 30  # edits that follow one another this closely are judged once
_SEVERITIES: Final = ("none", "mild", "moderate", "severe")
_MORE_THAN_WHAT: Final = "More than how many? Write the number at which you gave up counting."
_WHY: Final = "Say in a few words why it is left out."


class SheddingForm(QWidget):
    """Every field of a shedding record.

    Signals:
        draft_changed: the person changed a field; carries the draft as it reads now.
    """

    draft_changed = Signal(SheddingDraft)

    def __init__(self) -> None:
        """Lay the fields out; nothing is in them yet."""
        super().__init__()
        self._base: SheddingRecord | None = None
        self._burst = QTimer(self, singleShot=True, interval=_BURST_MS)
        self._burst.timeout.connect(self._tell)
        self._fields: dict[str, Field] = {}
        self._make_editors()
        self._lay_out()
        self._listen()

    # A draft in, a draft out

    def set_draft(self, draft: SheddingDraft) -> None:
        """Show *draft*; says nothing, since whoever shows it knows."""
        record, texts = draft.record, {problem.field: problem.text or "" for problem in draft.unreadable}
        self._base = record
        blockers = [QSignalBlocker(editor) for editor in self._editors()]
        self.day.set_value(record.date)
        self.method.set_value(record.method)
        self.count.setText(texts.get("value", "" if record.value is None else str(record.value)))
        for method, box in self.grades.items():
            box.set_value(record.value if method is record.method else None)
        self.more_box.setChecked(record.is_more_than and (record.value is not None or "value" in texts))
        self.wash.setText(texts.get("days_since_wash", _text(record.days_since_wash)))
        self.hair_length.set_value(record.hair_length)
        for name, box in self.scalp.items():
            box.set_value(getattr(record, name))
        self.exclude_box.setChecked(bool(record.excluded_because) or "excluded_because" in texts)
        self.reason.setText(record.excluded_because or "")
        self.notes.setPlainText(record.notes)
        self.notes.document().setModified(False)
        for blocker in blockers:
            blocker.unblock()
        self._burst.stop()
        self._show_what_belongs()
        self.show_problems(())

    def draft(self) -> SheddingDraft:
        """Return what the fields read as; `set_draft` takes it back unchanged.

        Raises:
            RuntimeError: no draft was shown yet.
        """
        if self._base is None:
            raise RuntimeError("the form has no draft yet")
        problems: list[Problem] = []
        value, is_more_than = self._read_value(problems)
        record = replace(
            self._base,
            date=self.day.value(),
            method=self.method.value(),
            value=value,
            is_more_than=is_more_than,
            days_since_wash=self._read_wash(problems),
            hair_length=self.hair_length.value(),
            excluded_because=self._read_reason(problems),
            itch=self.scalp["itch"].value(),
            flaking=self.scalp["flaking"].value(),
            redness=self.scalp["redness"].value(),
            # Untouched notes stay as they are: the editor turns some of their spaces into others.
            notes=self.notes.toPlainText() if self.notes.document().isModified() else self._base.notes,
        )
        return SheddingDraft(record, tuple(problems))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark the fields of *problems*, each with its words, and take away the other marks."""
        by_field = {problem.field: problem for problem in reversed(problems)}
        for name, field in self._fields.items():
            field.show_problem(by_field.get("value" if name in self._grade_fields else name))

    def focus_problem(self, problem: Problem) -> None:
        """Bring the field of *problem* into view and put the cursor there."""
        field = self._value_field if problem.field == "value" else self._fields[problem.field]
        self._scroll.ensureWidgetVisible(field)
        field.editor.setFocus()

    def settle(self) -> None:
        """Tell what was typed a moment ago now, not after the burst."""
        if self._burst.isActive():
            self._burst.stop()
            self._tell()

    def focus_first(self) -> None:
        """Put the cursor where most is changed: the count."""
        self._value_field.editor.setFocus()
        if self._value_field.editor is self.count:
            self.count.selectAll()

    # The making

    def _make_editors(self) -> None:
        self.day, self.method = DayField(), method_box()
        self.count = QLineEdit(placeholderText="hairs; empty: not counted")
        self.grades = {method: _grade_box(method) for method in SHEDDING_SCALES}
        self._grade_fields = {f"grade_{method}": method for method in SHEDDING_SCALES}
        self.caption = words_label("muted")
        self.more_box = QCheckBox("More than &this: I gave up counting")
        self.wash = QLineEdit(placeholderText="0: that day")
        self.hair_length = words_box(HairLength)
        self.scalp = {name: _scalp_box() for name in ("itch", "flaking", "redness")}
        self.exclude_box = QCheckBox("&Leave it out of trends and baseline")
        self.reason = QLineEdit(placeholderText="such as: counted in a salon")
        self.notes = QPlainTextEdit(tabChangesFocus=True)
        self.notes.setMinimumHeight(NOTES_LOWEST)
        self.notes.setMaximumHeight(NOTES_HIGHEST)

    def _lay_out(self) -> None:
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, SPACING, 0)
        self._grid.setSpacing(SPACING)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._pair(("date", "Date", self.day), ("method", "Counted &by", self.method))
        self._wide("value", "Co&unt", self.count)
        for name, method in self._grade_fields.items():
            self._wide(name, "Grade", self.grades[method])
        self._whole(self.caption)
        self._whole(self.more_box)
        self._pair(
            ("days_since_wash", "Days since &wash", self.wash),
            ("hair_length", "Hair length", self.hair_length),
        )
        self._pair(("itch", "&Itch", self.scalp["itch"]), ("flaking", "Fla&king", self.scalp["flaking"]))
        self._wide("redness", "&Redness", self.scalp["redness"])
        self._whole(self.exclude_box)
        self._wide("excluded_because", "Wh&y", self.reason)
        self._wide("notes", "&Notes", self.notes)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        # Never narrower than its fields: nothing scrolls sideways.
        scroll_bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(body.minimumSizeHint().width() + scroll_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 0, TIGHT, 0)
        layout.addWidget(self._scroll)

    def _pair(self, left: tuple[str, str, QWidget], right: tuple[str, str, QWidget]) -> None:
        row = self._grid.rowCount()
        for column, (name, label, editor) in enumerate((left, right)):
            self._fields[name] = Field(label, editor)
            self._grid.addWidget(self._fields[name], row, column, Qt.AlignmentFlag.AlignTop)

    def _wide(self, name: str, label: str, editor: QWidget) -> None:
        self._fields[name] = Field(label, editor)
        self._whole(self._fields[name])

    def _whole(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def _listen(self) -> None:
        self.day.dateChanged.connect(self._edited)
        for line in (self.count, self.wash, self.reason):
            line.textEdited.connect(self._edited)
        boxes: list[AnswerBox[Any]] = [self.method, self.hair_length, *self.grades.values(), *self.scalp.values()]
        for box in boxes:
            box.edited.connect(self._edited)
        idle_undo = IdleUndo(self)
        for editor in (self.count, self.wash, self.reason, self.notes):
            editor.installEventFilter(idle_undo)
        for check in (self.more_box, self.exclude_box):
            check.toggled.connect(self._edited)
        self.notes.textChanged.connect(self._edited)
        for name, field in self._fields.items():
            field.setObjectName(name)
            field.suggestion_taken.connect(self._suggestion_taken)

    def _editors(self) -> list[QWidget]:
        lines = (self.day, self.method, self.count, self.more_box, self.wash, self.hair_length)
        return [*lines, *self.grades.values(), *self.scalp.values(), self.exclude_box, self.reason, self.notes]

    # The reading

    @property
    def _value_field(self) -> Field:
        method = self.method.value()
        return self._fields[f"grade_{method}" if method in self.grades else "value"]

    def _read_value(self, problems: list[Problem]) -> tuple[int | None, bool]:
        is_more_than, text = self.more_box.isChecked(), self.count.text()
        if box := self.grades.get(self.method.value()):
            return box.value(), is_more_than and box.value() is not None
        if not text.strip():
            if is_more_than:
                problems.append(Problem("value", _MORE_THAN_WHAT, ""))
            return None, is_more_than
        try:
            value, is_typed = parse_count(text)
        except Unreadable as error:
            problems.append(Problem("value", str(error), text, error.suggestion))
            return None, is_more_than
        return value, is_more_than or is_typed

    def _read_wash(self, problems: list[Problem]) -> int | None:
        if not self.wash.text().strip():
            return None
        try:
            return parse_whole(self.wash.text(), "the days since the last wash", 0, 366)
        except Unreadable as error:
            problems.append(Problem("days_since_wash", str(error), self.wash.text()))
            return None

    def _read_reason(self, problems: list[Problem]) -> str | None:
        if not self.exclude_box.isChecked():
            return None
        reason = self.reason.text().strip()
        if not reason:
            problems.append(Problem("excluded_because", _WHY, ""))
        return reason or None

    # The telling

    def _edited(self) -> None:
        self._show_what_belongs()
        self._burst.start()

    def _show_what_belongs(self) -> None:
        """Show the fields of the method, what the grade means, and the reason where one is asked for."""
        method = self.method.value()
        self._fields["value"].setVisible(method not in self.grades)
        for name, its in self._grade_fields.items():
            self._fields[name].setVisible(its is method)
        grade = self.grades[method].value() if method in self.grades else None
        self.caption.setText("" if grade is None else labels.grade_caption(method, grade))
        self.caption.setVisible(bool(self.caption.text()))
        self.more_box.setVisible(method not in self.grades or self.more_box.isChecked())
        self._fields["excluded_because"].setVisible(self.exclude_box.isChecked())

    def _suggestion_taken(self, text: str) -> None:
        if self.sender().objectName() == "value":
            self.count.setText(text)
            self._edited()

    def _tell(self) -> None:
        self.draft_changed.emit(self.draft())


def _grade_box(method: SheddingMethod) -> AnswerBox[int | None]:
    grades: list[tuple[str, int | None]] = [(words, grade) for grade, words in labels.grades(method).items()]
    return AnswerBox([("Not estimated", None), *grades])


def _scalp_box() -> AnswerBox[int | None]:
    grades: list[tuple[str, int | None]] = [(f"{n} {_SEVERITIES[n]}", n) for n in range(WORST_GRADE + 1)]
    return AnswerBox([(NOT_RECORDED, None), *grades])


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
