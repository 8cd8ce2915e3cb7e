"""The record in the form of the Shedding page: begun, changed, set aside and saved, beside what the guidance says."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.errors import Problem
from logbook.domain.session import RecordId, Session, new_id
from logbook.domain.shedding import SheddingDraft, SheddingRecord
from logbook.domain.vocabulary import SheddingMethod
from logbook.guidance.ranges import ReferenceRanges, load_ranges
from logbook.services import shedding
from logbook.services.drafts import TypedShedding
from logbook.services.people import for_whom
from logbook.ui.store import Store
from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.reading import give_reason, only_show
from logbook.ui.widgets.reference_panel import ReferencePanel
from logbook.ui.widgets.save_button import SaveButton
from logbook.ui.widgets.shedding_form import SheddingForm
from logbook.ui.widgets.turning_splitter import TurningSplitter
from logbook.ui.widgets.verdict_panel import VerdictPanel
from logbook.ui.widgets.words import words_label

_BESIDE: Final = [330, 280]
_BELOW: Final = [440, 300]
_NEW: Final = ""  # the key of the new record among what is set aside
_READ_ONLY: Final = "This logbook is open for reading only; nothing can be saved in it."


class SheddingEditor(TurningSplitter):
    """A form, and beside it verdict, published ranges and own baseline.

    Signals:
        said: something to show in the status bar.
        shown: another record is in the form; carries its id, or nothing for a new one.
        changed: whether anything is not saved may have changed.
        session_wanted: the person opened the session of the record; carries its id.
    """

    said = Signal(str)
    shown = Signal(str)
    changed = Signal()
    session_wanted = Signal(str)

    def __init__(self, store: Store) -> None:
        """Begin a record of *store*."""
        super().__init__(_BESIDE, _BELOW)
        self._store = store
        self._saved: SheddingDraft | None = None  # what the form showed when nothing was changed in it
        self._stored: SheddingRecord | None = None  # the record it changes; None: a new one
        self._set_aside: dict[RecordId, SheddingDraft] = {}
        self.form = SheddingForm()
        self.reference = ReferencePanel()
        self.verdict_panel = VerdictPanel("record", self.reference)
        self.save_button, self.revert_button = SaveButton(), QPushButton("Clear")
        self.session_button = QToolButton()
        self.session_button.setProperty("role", "link")
        if store.journal.is_read_only:
            give_reason(self.save_button)
        self._heading = words_label("heading")
        self.addWidget(self._card())
        self.addWidget(self.verdict_panel)
        self.form.draft_changed.connect(self._judge)
        self.save_button.clicked.connect(self.save)
        self.revert_button.clicked.connect(self.revert)
        self.session_button.clicked.connect(self._open_session)
        store.changed.connect(self._take_in)
        self.begin_new()

    @property
    def is_changed(self) -> bool:
        """Whether the form holds anything that is not saved."""
        return self._saved is not None and self.form.draft() != self._saved

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed, here or in a record left for another, is not saved."""
        kept = any(key == _NEW or self._store.find(SheddingRecord, key) for key in self._set_aside)
        return self.is_changed or kept

    @property
    def typed(self) -> tuple[TypedShedding, ...]:
        """What is typed here and not saved; what the form shows comes first."""
        shown = (TypedShedding(self.form.draft(), self._stored),) if self.is_changed else ()
        aside = ((draft, self._store.find(SheddingRecord, key)) for key, draft in self._set_aside.items())
        return (*shown, *(TypedShedding(draft, before) for draft, before in aside))

    def go_on_with(self, typed: Sequence[TypedShedding]) -> None:
        """Put what was *typed* when the program ended into the form again, the first of it last, to be seen."""
        for one in reversed(typed):
            self._leave()
            self._show(SheddingDraft(one.before) if one.before else self._fresh(), one.before, one.draft)

    @property
    def stored(self) -> SheddingRecord | None:
        """The record in the form as it is in the file; None for a new one."""
        return self._stored

    # What is in the form

    def begin_new(self) -> None:
        """Show a new record, by the method of the last one; one that was begun already is gone on with."""
        self._leave()
        self._show(self._fresh(), None, self._set_aside.pop(_NEW, None))

    def follow_day(self) -> None:
        """Move a new record that nothing was typed in to today; one that was begun keeps its day."""
        if self._stored is None and not self.is_changed:
            self.begin_new()
        else:
            self._judge(self.form.draft())  # a day that lay ahead may have come

    def show_record(self, record: SheddingRecord) -> None:
        """Show *record*, with what was typed in it and not saved; what was typed in another is set aside."""
        if self._stored is None or self._stored.id != record.id:
            self._leave()
            self._show(SheddingDraft(record), record, self._set_aside.pop(record.id, None))

    def _fresh(self) -> SheddingDraft:
        return SheddingDraft(SheddingRecord(new_id(), self._store.person.id, self._store.today(), self.last_method()))

    def last_method(self) -> SheddingMethod:
        """Return the method of the record that was made last."""
        made = self._store.of_person(SheddingRecord)
        return made[-1].method if made else SheddingMethod.ESTIMATE

    def save(self) -> None:
        """Keep the record, or say what stands against it."""
        if self._store.journal.is_read_only:
            self.said.emit(_READ_ONLY)
            return
        self.form.settle()
        if not self.is_changed:
            self.said.emit("Nothing was changed." if self._stored else "Nothing was entered yet.")
            return
        draft = self.form.draft()
        if problems := draft.problems(self._store.today()):
            self._refuse(problems)
        else:
            self._keep(draft.record)

    def revert(self) -> None:
        """Take back what was typed since the last save."""
        if self._saved is not None:
            self._show(self._saved, self._stored)

    def restyle(self) -> None:
        """Draw icons again in the colours of now."""
        self._judge(self.form.draft())

    def _show(self, saved: SheddingDraft, stored: SheddingRecord | None, begun: SheddingDraft | None = None) -> None:
        """Show *saved*, or what was *begun* on top of it."""
        self._stored = stored
        self.form.set_draft(saved)
        self._saved = self.form.draft()
        if begun is not None:
            self.form.set_draft(begun)
        session = self._store.find(Session, stored.session_id) if stored and stored.session_id else None
        self.form.day.setEnabled(session is None)  # it is the day of the session
        if self._store.journal.is_read_only:
            only_show(self.form)
        self.session_button.setVisible(session is not None)
        if session:
            self.session_button.setText(f"Written with the session of {labels.day(session.date)}")
        self._judge(self.form.draft())
        self.shown.emit(stored.id if stored else _NEW)

    def _leave(self) -> None:
        """Set aside what was typed, so that going elsewhere loses nothing."""
        if self.is_changed:
            self._set_aside[self._stored.id if self._stored else _NEW] = self.form.draft()

    def _judge(self, draft: SheddingDraft) -> None:
        """Mark the fields of *draft*, and show what is said of it and what it stands beside."""
        store, record = self._store, draft.record
        self.form.show_problems(draft.problems(store.today()))
        if self._stored is None and draft == self._saved:
            self.verdict_panel.show_nothing()
        else:
            self.verdict_panel.show_verdict(store.judged.judge_draft(record), store.journal.rules.version, {})
        ranges = self._ranges.reference_ranges(record.method, store.person, record.date)
        self.reference.show_reference(record, ranges, shedding.own_baseline(store.judged, record))
        name = labels.capital(labels.a_record(self._stored)) if self._stored else "New record"
        self._heading.setText(f"{name} · not saved" if self.is_changed else name)
        self.revert_button.setEnabled(self.is_changed)
        self.save_button.setEnabled(not store.journal.is_read_only)
        self.save_button.show_whom(for_whom(store.person, store.people()))
        self.changed.emit()

    @cached_property
    def _ranges(self) -> ReferenceRanges:
        rules = self._store.journal.rules
        return load_ranges(rules.sources, rules.folder / "spans")

    # Saving

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.form.show_problems(problems)
        self.form.focus_problem(problems[0])
        self.said.emit(f"Not saved yet: {problems[0].message}")

    def _keep(self, record: SheddingRecord) -> None:
        before = self._store.find(SheddingRecord, record.id)
        if self._store.do(shedding.changing(before, record) if before else shedding.adding(record)):
            self._set_aside.pop(record.id if before else _NEW, None)
            self._saved = self.form.draft()
            self._show(SheddingDraft(record), record)
            self.form.focus_first()
            self.said.emit(f"Saved: {labels.a_record(record)}.")

    def _take_in(self, edit: Edit) -> None:
        """Show what an edit, an undo or an import made of the record in the form."""
        if self._stored is None and not self.is_changed:
            self.begin_new()  # what it begins with may have changed
        elif self._stored is None or self._stored.id not in {one.record.id for one in edit.of(SheddingRecord)}:
            self._judge(self.form.draft())
        else:
            self._follow(self._stored)

    def _follow(self, stored: SheddingRecord) -> None:
        """Show what became of the record in the form; what is typed on top of it stays."""
        typed = self.form.draft() if self.is_changed else None
        self._saved = None
        if now := self._store.find(SheddingRecord, stored.id):
            self._show(SheddingDraft(now), now, typed)
            return
        if typed:
            self._set_aside[stored.id] = typed  # until the record is back
        self.begin_new()

    def _open_session(self) -> None:
        if self._stored and self._stored.session_id:
            self.session_wanted.emit(self._stored.session_id)

    # The making

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN, 0, MARGIN, 0)
        head.addWidget(self._heading)
        head.addWidget(self.session_button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(MARGIN, 0, MARGIN, 0)
        buttons.addStretch(1)
        buttons.addWidget(self.revert_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, MARGIN, 0, MARGIN)
        column.setSpacing(SPACING)
        column.addLayout(head)
        column.addWidget(self.form, 1)
        column.addLayout(buttons)
        return card
