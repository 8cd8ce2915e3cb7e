"""The form in which a session is written: a draft in, a draft out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Final, TypeVar

from PySide6.QtCore import QDate, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.domain.draft import Draft
from logbook.domain.errors import Problem
from logbook.domain.needle_use import NeedleChoice
from logbook.domain.session import DatedCondition, Reaction, new_id
from logbook.domain.shedding import SheddingRecord, parse_count
from logbook.domain.units import Unreadable, parse_minutes, parse_whole, plain_hours
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    ReactionSign,
    Setting,
    SheddingMethod,
    SkinSign,
)
from logbook.ui.theme import MARGIN, NOTES_HIGHEST, NOTES_LOWEST, SPACING, TIGHT
from logbook.ui.widgets.answer_box import AnswerBox, words_box, yes_no_box
from logbook.ui.widgets.choices_field import ChoicesField
from logbook.ui.widgets.date_line import DateLine, parse_date
from logbook.ui.widgets.field import Field
from logbook.ui.widgets.idle_undo import IdleUndo
from logbook.ui.widgets.needle_box import NOTHING_NAMED, NeedleBox
from logbook.ui.widgets.topicals_field import TopicalsField
from logbook.ui.widgets.zone_depths import ZoneDepths

_BURST_MS: Final = 30  # edits that follow one another this closely are judged once
_DATED: Final = {Condition.ISOTRETINOIN: "isotretinoin_on", Condition.HAIR_TRANSPLANT: "hair_transplant_on"}
_T = TypeVar("_T")


class SessionForm(QWidget):
    """Every field of a session and its shedding line.

    Signals:
        draft_changed: the person changed a field; carries the draft as it reads now.
    """

    draft_changed = Signal(Draft)

    def __init__(self) -> None:
        """Lay the fields out; nothing is in them yet."""
        super().__init__()
        self._base: Draft | None = None
        self._shedding_id = ""
        self._shown_notes = ""
        self._is_use_proposed = False  # nobody typed which use of the needles it is
        self._burst = QTimer(self, singleShot=True, interval=_BURST_MS)
        self._burst.timeout.connect(self._tell)
        self._fields: dict[str, Field] = {}
        self._make_editors()
        self._lay_out()
        self._listen()

    # A draft in, a draft out

    def set_draft(self, draft: Draft) -> None:
        """Show *draft*; says nothing, since whoever shows it knows."""
        self._base = draft
        session, reaction = draft.session, draft.session.reaction
        texts = {problem.field: problem.text or "" for problem in draft.unreadable}
        blockers = [QSignalBlocker(widget) for widget in self._editors()]
        self.date.setDate(QDate(session.date.year, session.date.month, session.date.day))
        self.time.setText(texts.get("time", session.time.strftime("%H:%M") if session.time else ""))
        self.setting.set_value(session.setting)
        self.zones.set_value(session.zones, draft.unreadable)
        self.device.set_value(session.device)
        self.needles.show_needles(session.device, (session.device_id, session.cartridge_id))
        self.needle_use.setText(texts.get("needle_use", _text(session.needle_use)))
        self.needle_state.set_value(session.needle_state)
        self.needle_shared.set_value(session.needle_shared)
        self.pressure.set_value(session.pressure)
        self.endpoint.set_value(session.endpoint)
        self.skin.set_value(None if session.skin_signs is None else sorted(session.skin_signs))
        self._show_conditions(session.conditions, texts)
        self.advice.set_value(session.professional_advice)
        self.topicals.set_value(session.topicals, draft.unreadable)
        self.washed.set_value(session.washed_before)
        redness = "" if reaction.redness_minutes is None else plain_hours(reaction.redness_minutes)
        self.redness.setText(texts.get("redness_hours", redness))
        self.pain.setText(texts.get("pain", _text(reaction.pain)))
        self.signs.set_value(None if reaction.signs is None else sorted(reaction.signs))
        self._show_shedding(draft.shedding, texts)
        self._is_use_proposed = self.needle_use.text() in ("", _text(self.needles.next_use))
        self._show_which()
        self.notes.setPlainText(session.notes)
        self._shown_notes = self.notes.toPlainText()
        for blocker in blockers:
            blocker.unblock()
        self._burst.stop()
        self.show_problems(())

    def draft(self) -> Draft:
        """Return what the fields read as; `set_draft` takes it back unchanged.

        Raises:
            RuntimeError: no draft was shown yet.
        """
        if self._base is None:
            raise RuntimeError("the form has no draft yet")
        unreadable: list[Problem] = []
        notes = self.notes.toPlainText()
        when = self._read(self.time, "time", _parse_time, unreadable)
        before = self._base.session.time
        if when and before and (when.hour, when.minute) == (before.hour, before.minute):
            when = before  # with the seconds that are not shown
        zones, wrong_zones = self.zones.read()
        topicals, wrong_topicals = self.topicals.read()
        unreadable += [*wrong_zones, *wrong_topicals]
        conditions = self._read_conditions(unreadable)
        skin, signs = self.skin.value(), self.signs.value()
        on = self.date.date()
        device_id, cartridge_id = self.needles.value()
        session = replace(
            self._base.session,
            date=date(on.year(), on.month(), on.day()),
            time=when,
            setting=self.setting.value(),
            zones=zones,
            device=self.device.value(),
            device_id=device_id,
            cartridge_id=cartridge_id,
            needle_use=self._read(self.needle_use, "needle_use", _parse_use, unreadable),
            needle_state=self.needle_state.value(),
            needle_shared=self.needle_shared.value(),
            pressure=self.pressure.value(),
            endpoint=self.endpoint.value(),
            skin_signs=None if skin is None else frozenset(SkinSign(sign) for sign in skin),
            conditions=conditions,
            professional_advice=self.advice.value(),
            topicals=topicals,
            washed_before=self.washed.value(),
            reaction=Reaction(
                self._read(self.redness, "redness_hours", _parse_redness, unreadable),
                None if signs is None else frozenset(ReactionSign(sign) for sign in signs),
                self._read(self.pain, "pain", _parse_pain, unreadable),
            ),
            # Untouched notes stay as they are: the editor turns some of their spaces into others.
            notes=self._base.session.notes if notes == self._shown_notes else notes,
        )
        shedding = self._read_shedding(session.date, unreadable)
        return Draft(session, shedding, tuple(unreadable))

    def set_devices(self, choices: Sequence[NeedleChoice]) -> None:
        """Offer *choices* of needles from now on; what the form reads as stays the same."""
        self.needles.set_choices(choices)
        self._show_which()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the fields of *problems*, each with its words, and take away the other marks."""
        by_field = {problem.field: problem for problem in reversed(problems)}
        for problem in reversed(problems):
            by_field.setdefault(problem.field.partition(":")[0], problem)
        self.zones.show_problems(by_field)
        for name, field in self._fields.items():
            field.show_problem(by_field.get(name))

    def focus_problem(self, problem: Problem) -> None:
        """Bring the field of *problem* into view and put the cursor there."""
        name = problem.field.partition(":")[0]
        field = {
            "zones": self.zones.zones_field,
            "depth_mm": self.zones.depth_field,
            "passes": self.zones.passes_field,
        }.get(name) or self._fields.get(name)
        if field:
            self._scroll.ensureWidgetVisible(field)
            field.first.setFocus()

    def settle(self) -> None:
        """Tell what was typed a moment ago now, not after the burst."""
        if self._burst.isActive():
            self._burst.stop()
            self._tell()

    def focus_first(self) -> None:
        """Put the cursor where most is changed: the depth."""
        self.zones.depth_edit.setFocus()
        self.zones.depth_edit.selectAll()

    # The making

    def _make_editors(self) -> None:
        self.date = _DateField(calendarPopup=True, displayFormat="d MMM yyyy")
        self.date.setMinimumDate(QDate(1900, 1, 1))
        self.time = QLineEdit(placeholderText="HH:MM")
        self.setting = words_box(Setting)
        self.zones = ZoneDepths()
        self.device = words_box(DeviceKind)
        self.needles = NeedleBox()
        self.needle_use = QLineEdit(placeholderText="1 is new")
        self.needle_state = words_box(NeedleState)
        self.needle_shared = yes_no_box()
        self.pressure = words_box(Pressure)
        self.endpoint = words_box(Endpoint)
        self.skin = ChoicesField(list(SkinSign), "Looked: nothing to see")
        self.conditions = ChoicesField(list(Condition), "None of these")
        self.dated = {condition: DateLine() for condition in _DATED}
        self.advice = yes_no_box()
        self.topicals = TopicalsField()
        self.washed = yes_no_box()
        self.redness = QLineEdit(placeholderText="hours")
        self.pain = QLineEdit(placeholderText="0 to 10")
        self.signs = ChoicesField(list(ReactionSign), "None of these")
        self.method: AnswerBox[SheddingMethod] = _method_box()
        self.count = QLineEdit()
        self.shedding_note = QLineEdit(placeholderText="a few words")
        self.notes = QPlainTextEdit(tabChangesFocus=True)
        self.notes.setMinimumHeight(NOTES_LOWEST)
        self.notes.setMaximumHeight(NOTES_HIGHEST)

    def _lay_out(self) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, SPACING, 0)
        grid.setHorizontalSpacing(SPACING)
        grid.setVerticalSpacing(SPACING)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        add = _Rows(grid, self._fields)
        add.pair(("date", "&Date", self.date), ("time", "Time", self.time))
        add.wide(("setting", "Se&tting", self.setting))
        add.whole(self.zones)
        add.pair(("device", "Dev&ice", self.device), ("needle_use", "Use of these needles", self.needle_use))
        add.wide(("device_id", "Whi&ch one", self.needles))
        add.pair(("needle_state", "Needles", self.needle_state), ("endpoint", "Ended at", self.endpoint))
        add.wide(("skin_signs", "Skin toda&y", self.skin))
        add.wide(("topicals", "P&roducts on the scalp", self.topicals))
        add.pair(
            ("washed_before", "Washed off before", self.washed),
            ("pressure", "Pressure", self.pressure),
        )
        add.pair(
            ("professional_advice", "Professional advice", self.advice),
            ("needle_shared", "Needles used on others", self.needle_shared),
        )
        add.wide(("conditions", "True of you on that day", self.conditions))
        add.pair(
            (_DATED[Condition.ISOTRETINOIN], "Isotretinoin stopped on", self.dated[Condition.ISOTRETINOIN]),
            (_DATED[Condition.HAIR_TRANSPLANT], "Hair transplant on", self.dated[Condition.HAIR_TRANSPLANT]),
        )
        add.section("Shedding")
        add.pair(("shedding_method", "Counted &by", self.method), ("shedding_value", "Count", self.count))
        add.wide(("shedding_note", "Shedding note", self.shedding_note))
        add.section("Afterwards")
        add.pair(("redness_hours", "Redness lasted, h", self.redness), ("pain", "Pain", self.pain))
        add.wide(("reaction_signs", "Signs", self.signs))
        add.section("Notes")
        add.wide(("notes", "&Notes", self.notes))
        grid.setRowStretch(grid.rowCount(), 1)
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

    def _listen(self) -> None:
        self.device.edited.connect(self._kind_chosen)
        self.needles.edited.connect(self._propose_use)
        self.needle_use.textEdited.connect(self._use_typed)
        idle_undo = IdleUndo(self)
        for editor in (*self.findChildren(QLineEdit), self.notes):
            editor.installEventFilter(idle_undo)
        for editor in self._editors():
            match editor:
                case QLineEdit():
                    editor.textEdited.connect(self._edited)
                case QPlainTextEdit():
                    editor.textChanged.connect(self._edited)
                case QDateEdit():
                    editor.dateChanged.connect(self._edited)
                case _:
                    editor.edited.connect(self._edited)  # type: ignore[attr-defined]

    def _editors(self) -> list[QWidget]:
        return [
            *(self.date, self.time, self.setting, self.zones, self.device, self.needles, self.needle_use),
            *(self.needle_state, self.endpoint, self.skin, self.topicals, self.washed, self.pressure),
            *(self.advice, self.needle_shared, self.conditions, *self.dated.values()),
            *(self.method, self.count, self.shedding_note, self.redness, self.pain, self.signs, self.notes),
        ]

    # The reading

    def _read(self, editor: QLineEdit, field: str, parse: Callable[[str], _T], unreadable: list[Problem]) -> _T | None:
        text = editor.text()
        if not text.strip():
            return None
        try:
            return parse(text)
        except Unreadable as error:
            unreadable.append(Problem(field, str(error), text, error.suggestion))
            return None

    def _read_conditions(self, unreadable: list[Problem]) -> tuple[DatedCondition, ...] | None:
        chosen = self.conditions.value()
        if chosen is None:
            return None
        conditions = []
        for one in chosen:
            condition = Condition(one)
            on = None
            if condition in _DATED:
                on = self._read(self.dated[condition], _DATED[condition], parse_date, unreadable)
            conditions.append(DatedCondition(condition, on))
        return tuple(conditions)

    def _show_conditions(self, conditions: Sequence[DatedCondition] | None, texts: dict[str, str]) -> None:
        self.conditions.set_value(None if conditions is None else [dated.condition for dated in conditions])
        dates = {dated.condition: dated.on for dated in conditions or ()}
        for condition, editor in self.dated.items():
            editor.show_date(dates.get(condition))
            if text := texts.get(_DATED[condition]):
                editor.setText(text)
        self._show_dated()

    def _show_dated(self) -> None:
        for condition, name in _DATED.items():
            self._fields[name].setVisible(condition in (self.conditions.value() or ()))

    def _read_shedding(self, on: date, unreadable: list[Problem]) -> SheddingRecord | None:
        assert self._base is not None  # noqa: S101 - asked by draft()
        value = self._read(self.count, "shedding_value", _parse_count, unreadable)
        note = self.shedding_note.text().strip()
        kept = self._base.shedding
        if value is None and not note and (kept is None or not _holds_more(kept)):
            return None
        session = self._base.session
        before = self._base.shedding or SheddingRecord(
            self._shedding_id, session.person_id, on, self.method.value(), session_id=session.id
        )
        is_more_than = before.is_more_than  # of a count that is not there, nothing is shown or changed
        if value is not None or before.value is not None:
            is_more_than = self.count.text().strip().startswith(">")
        return replace(before, date=on, method=self.method.value(), value=value, is_more_than=is_more_than, notes=note)

    def _show_shedding(self, record: SheddingRecord | None, texts: dict[str, str]) -> None:
        self._shedding_id = record.id if record else new_id()
        self.method.set_value(record.method if record else self.method.value())
        more = ">" if record and record.is_more_than and record.value is not None else ""
        self.count.setText(texts.get("shedding_value", more + _text(record.value if record else None)))
        self.shedding_note.setText(record.notes if record else "")
        self._show_method()

    def _show_method(self) -> None:
        scale = {SheddingMethod.ESTIMATE: "0 minimal to 3 heavy", SheddingMethod.SINCLAIR: "1 to 6"}
        self.count.setPlaceholderText(scale.get(self.method.value(), "hairs; empty: not counted"))

    # Which needles, and which use of them

    def _kind_chosen(self) -> None:
        """Offer the needles of the kind that was chosen; those of the session as it was come back with its kind."""
        assert self._base is not None  # noqa: S101 - nothing is chosen before a draft is shown
        before, kind = self._base.session, self.device.value()
        named = (before.device_id, before.cartridge_id) if kind is before.device else NOTHING_NAMED
        self.needles.show_needles(kind, named)
        self._show_which()
        self._propose_use()

    def _propose_use(self) -> None:
        """Propose the next use of the needles that were chosen, unless somebody typed a number."""
        assert self._base is not None  # noqa: S101 - nothing is chosen before a draft is shown
        if not self._is_use_proposed:
            return
        before = self._base.session
        is_as_before = self.needles.value() == (before.device_id, before.cartridge_id)
        self.needle_use.setText(_text((before.needle_use if is_as_before else None) or self.needles.next_use))

    def _use_typed(self, text: str) -> None:
        self._is_use_proposed = not text.strip()

    def _show_which(self) -> None:
        self._fields["device_id"].setVisible(self.needles.has_choice)

    # The telling

    def _edited(self) -> None:
        self._show_dated()
        self._show_method()
        self._burst.start()

    def _tell(self) -> None:
        self.draft_changed.emit(self.draft())


class _DateField(QDateEdit):
    """A date that the wheel does not change: it scrolls the form."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Rows:
    """Lays fields out in two columns, and remembers them by name."""

    def __init__(self, grid: QGridLayout, fields: dict[str, Field]) -> None:
        self._grid = grid
        self._fields = fields
        self._row = 0

    def pair(self, left: tuple[str, str, QWidget], right: tuple[str, str, QWidget]) -> None:
        for column, (name, label, editor) in enumerate((left, right)):
            self._fields[name] = Field(label, editor)
            self._grid.addWidget(self._fields[name], self._row, column, Qt.AlignmentFlag.AlignTop)
        self._row += 1

    def wide(self, field: tuple[str, str, QWidget]) -> None:
        name, label, editor = field
        self._fields[name] = Field(label, editor, begins=editor.first if isinstance(editor, TopicalsField) else None)
        self.whole(self._fields[name])

    def whole(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._row, 0, 1, 2)
        self._row += 1

    def section(self, text: str) -> None:
        label = QLabel(text)
        label.setProperty("role", "section")
        self.whole(label)


def _method_box() -> AnswerBox[SheddingMethod]:
    box = AnswerBox([(labels.title(method), method) for method in SheddingMethod])
    box.set_value(SheddingMethod.ESTIMATE)
    return box


def _holds_more(record: SheddingRecord) -> bool:
    """Tell whether *record* holds anything that this form does not show."""
    others = (record.days_since_wash, record.hair_length, record.itch, record.flaking, record.redness)
    return any(other is not None for other in (*others, record.excluded_because))


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _parse_time(text: str) -> time:
    if match := re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", text.strip()):
        return time(int(match[1]), int(match[2]))
    raise Unreadable(f"“{text.strip()}” is not a time such as 19:30.")


def _parse_use(text: str) -> int:
    return parse_whole(text, "the use of the needles", 1, 10_000)


def _parse_redness(text: str) -> int:
    return parse_minutes(text, "the hours of redness")


def _parse_pain(text: str) -> int:
    return parse_whole(text, "pain", 0, 10)


def _parse_count(text: str) -> int:
    return parse_count(text)[0]
