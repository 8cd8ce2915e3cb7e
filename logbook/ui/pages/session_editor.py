"""The session in the form of the Sessions page: begun, changed, set aside and saved, beside what the guidance says."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.draft import Draft
from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import InvalidRecord, Problem
from logbook.domain.person import Acknowledgement
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Reason
from logbook.guidance.rule import Verdict
from logbook.services.drafts import TypedSession
from logbook.services.findings import Answer
from logbook.services.people import for_whom
from logbook.services.saving import asking, saving, with_offset
from logbook.ui.pages.new_drafts import NewDrafts
from logbook.ui.store import Store
from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.reading import give_reason, only_show
from logbook.ui.widgets.reason_panel import ReasonPanel
from logbook.ui.widgets.save_button import SaveButton
from logbook.ui.widgets.session_form import SessionForm
from logbook.ui.widgets.tab_order import put_after
from logbook.ui.widgets.turning_splitter import TurningSplitter
from logbook.ui.widgets.verdict_panel import VerdictPanel

_BESIDE: Final = [360, 300]
_BELOW: Final = [640, 240]
_NEW: Final = ""  # the key of the new session among what is set aside


class SessionEditor(TurningSplitter):
    """A form, and beside it the verdict on what stands in it.

    Signals:
        said: something to show in the status bar.
        shown: another session is in the form; carries its id, or nothing for a new one.
        changed: whether anything is not saved may have changed.
        kept: a session was saved; carries it.
    """

    said = Signal(str)
    shown = Signal(str)
    changed = Signal()
    kept = Signal(object)

    def __init__(self, store: Store, before: QWidget) -> None:
        """Begin a session of *store*; Tab leads here from *before*."""
        super().__init__(_BESIDE, _BELOW)
        self._store, self._before = store, before
        self._saved: Draft | None = None  # what the form showed when nothing was changed in it
        self._stored: Session | None = None  # the session it changes; None: a new one
        self._set_aside: dict[RecordId, Draft] = {}  # changed drafts of other sessions
        self._verdict: Verdict | None = None
        self._new = NewDrafts(store)
        self._form: SessionForm | None = None
        self._form_place = QVBoxLayout()
        self.verdict_panel, self.reason_panel = VerdictPanel(), ReasonPanel()
        self.save_button, self.revert_button = SaveButton(), QPushButton("Clear")
        self.save_button.setEnabled(not store.journal.is_read_only)
        self.save_button.show_whom(for_whom(store.person, store.people()))
        if store.journal.is_read_only:
            give_reason(self.save_button)
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self.addWidget(self._card())
        self.addWidget(self.verdict_panel)
        self.share()
        self.reason_panel.answered.connect(self._keep)
        self.reason_panel.edited.connect(self.changed)
        self.save_button.clicked.connect(self.save)
        self.revert_button.clicked.connect(self.revert)
        store.changed.connect(self._take_in)

    @property
    def form(self) -> SessionForm:
        """The form, with a new session in it: made after the first rows show, or when first asked for."""
        if self._form is None:
            self._form = SessionForm()
            self._form_place.addWidget(self._form)
            put_after(self._before, self._form)
            self._form.draft_changed.connect(self._draft_changed)
            self._form.set_devices(self._new.needles)
            self.reason_panel.went_back.connect(self._form.focus_first)
            self.begin_new()
        return self._form

    @property
    def has_form(self) -> bool:
        """Whether the form is there by now."""
        return self._form is not None

    @property
    def is_changed(self) -> bool:
        """Whether the form holds anything that is not saved."""
        return self._saved is not None and self.form.draft() != self._saved

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed, here or in a session left for another, is not saved."""
        return self.is_changed or any(not key or self._store.find(Session, key) for key in self._set_aside)

    @property
    def typed(self) -> tuple[TypedSession, ...]:
        """What is typed here and not saved; what the form shows comes first."""
        shown = (TypedSession(self.form.draft(), self._stored),) if self.is_changed else ()
        aside = ((draft, self._store.find(Session, key)) for key, draft in self._set_aside.items())
        return (*shown, *(TypedSession(draft, before) for draft, before in aside))

    def go_on_with(self, typed: Sequence[TypedSession]) -> None:
        """Put what was *typed* when the program ended into the form again, the first of it last, to be seen."""
        self.form.settle()  # it may have to be made first, with a new session in it
        for one in reversed(typed):
            self._leave()
            if one.before:
                self._set_aside[one.before.id] = one.draft
                self._show_stored(one.before)
            else:
                self._set_aside[_NEW] = one.draft
                self.begin_new()

    # What is done

    def show_session(self, session: Session) -> None:
        """Show *session*, as it is in the file and with what was typed on top of it, unless it is shown already."""
        if self._stored is None or self._stored.id != session.id:
            self._leave()
            self._show_stored(session)

    def begin_new(self) -> None:
        """Show a new session in the form; one that was begun already is gone on with."""
        self._leave()
        self._show_draft(self._new.fresh(), None, begun=self._set_aside.pop(_NEW, None))

    def follow_day(self) -> None:
        """Move a new session that nothing was typed in to today; one that was begun keeps its day."""
        if self._form is None or self._saved is None:
            return  # it begins with the day on which it is made
        if self._stored is None and not self.is_changed:
            self._show_draft(self._new.moved_to_today(self._saved), None)
        else:
            self._judge(self._form.draft())  # a day that lay ahead may have come

    def repeat_last(self) -> None:
        """Begin a session that does the last one again."""
        again = self._new.repeating()
        if again is None:
            return
        self._leave()
        if _NEW in self._set_aside:
            self.begin_new()
            self.said.emit("A new session is begun already: save it, or clear it, to repeat the last one.")
        else:
            self._show_draft(again, None)
        self.form.focus_first()

    def begin_with(self, session: Session) -> None:
        """Begin a session that says already what *session* says; one that was begun before is not lost."""
        self._leave()
        if _NEW in self._set_aside:
            self.begin_new()
            self.said.emit("A new session is begun already: save it, or clear it, to log the plan.")
        else:
            self.begin_new()
            self.form.set_draft(self._new.planned(session))
            self._judge(self.form.draft())
        self.form.focus_first()

    def save(self) -> None:
        """Keep the session; a warning asks for a reason first, and only once."""
        if self._store.journal.is_read_only:
            self.said.emit("This logbook is open for reading only; nothing can be saved in it.")
            return
        self.form.settle()
        if not self.reason_panel.isHidden():
            self.reason_panel.answer()
            return
        if not self.is_changed and (self._stored is not None or not self.form.draft().session.zones):
            self.said.emit("Nothing was changed." if self._stored else "Nothing was entered yet.")
            return
        try:
            session, _ = self.form.draft().finish(self._store.today())
        except InvalidRecord as error:
            self._refuse(error.problems)
            return
        asked = asking(self._store.judged.judge_draft(session), self._acknowledged(self._stored))
        if asked:
            self.reason_panel.ask(asked)
        else:
            self._keep()

    def revert(self) -> None:
        """Take back what was typed since the last save."""
        self.reason_panel.forget()
        if self._saved is not None:
            self._show_draft(self._saved, self._stored)

    def restyle(self) -> None:
        """Draw icons again in the colours of now."""
        self._judge(self.form.draft())

    # The form

    def _show_draft(self, saved: Draft, stored: Session | None, begun: Draft | None = None) -> None:
        """Show *saved*, or what was *begun* on top of it."""
        form = self.form  # made first where it is not there: it begins with a new session of its own
        self.reason_panel.forget()  # a reason is of one session
        self._saved, self._stored = saved, stored
        form.set_draft(saved)
        self._saved = form.draft()
        if begun is not None:
            self.form.set_draft(begun)
        if self._store.journal.is_read_only:
            only_show(self.form)
        self.shown.emit(stored.id if stored else _NEW)
        self._judge(self.form.draft())

    def _leave(self) -> None:
        """Set aside what was typed, so that going elsewhere loses nothing."""
        if self.is_changed:
            self._set_aside[self._stored.id if self._stored else _NEW] = self.form.draft()

    def _judge(self, draft: Draft) -> None:
        """Show the verdict on *draft* and mark its fields."""
        problems = draft.problems(self._store.today())
        self.form.show_problems(problems)
        if self._stored is None and draft == self._saved and not draft.session.zones:
            # Nothing was entered yet, and nothing is known to begin from.
            self._verdict = None
            self.verdict_panel.show_nothing()
            self._show_heading()
            return
        self._verdict = self._store.judged.judge_draft(draft.session)
        dates = {} if problems else self._store.judged.next_dates(draft.session)
        self.verdict_panel.show_verdict(self._verdict, self._store.journal.rules.version, dates)
        self._show_heading()

    def _show_heading(self) -> None:
        name = f"Session of {labels.day(self._stored.date)}" if self._stored else "New session"
        self._heading.setText(f"{name} · not saved" if self.is_changed else name)
        asks = bool(self._verdict and asking(self._verdict, self._acknowledged(self._stored)))
        self.save_button.show_whom(for_whom(self._store.person, self._store.people()), asks=asks)
        self.revert_button.setEnabled(self.is_changed)
        self.changed.emit()

    def _draft_changed(self, draft: Draft) -> None:
        self.reason_panel.set_aside()
        if self._stored is None and self._saved and (prefilled := self._new.with_device(draft, self._saved)):
            self._show_draft(prefilled, None)
        else:
            self._judge(draft)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.form.show_problems(problems)
        self.form.focus_problem(problems[0])
        self.said.emit(f"Not saved yet: {problems[0].message}")

    # Saving

    def _acknowledged(self, session: Session | None) -> list[Acknowledgement]:
        """Return what was acknowledged for *session*; nothing for a new one."""
        if session is None:
            return []
        return [one for one in self._store.of_person(Acknowledgement) if one.record_id == session.id]

    def _keep(self, reason: Reason = Reason.NOT_GIVEN, words: str = "") -> None:
        """Write session, shedding line and acknowledgements in one edit."""
        try:
            session, line = self.form.draft().finish(self._store.today())
        except InvalidRecord as error:
            self._refuse(error.problems)
            return
        verdict = self._store.judged.judge_draft(session)
        before = self._store.find(Session, session.id)
        session = self._store.journal.with_verdict(with_offset(session, before), verdict)
        old_line = self._store.shedding_of(before) if before else None
        shedding = Replacement(old_line, line) if old_line != line else None
        findings = asking(verdict, self._acknowledged(before))
        known = self._store.of_person(Acknowledgement)
        edit = saving(session, before, shedding, findings, Answer(reason, words), known)
        if self._store.do(edit):
            self._set_aside.pop(session.id if before else _NEW, None)
            self._saved = self.form.draft()
            self.reason_panel.forget()
            self._show_stored(session)
            self.form.focus_first()
            self.kept.emit(session)

    def _show_stored(self, session: Session) -> None:
        self._show_draft(
            Draft(session, self._store.shedding_of(session)), session, begun=self._set_aside.pop(session.id, None)
        )
        self.changed.emit()

    def _take_in(self, edit: Edit) -> None:
        """Show what an edit, an undo or an import made of the session in the form."""
        self.reason_panel.set_aside()
        lines = edit.of(SheddingRecord)
        self._set_aside = {key: _with_line(draft, lines) for key, draft in self._set_aside.items()}
        if self._new.take_in(edit):
            self.form.set_devices(self._new.needles)
        if self._stored is None and not self.is_changed:
            self.begin_new()  # what it is prefilled from may have changed
        elif self._stored is None or not _is_about(self._stored, edit):
            self._judge(self.form.draft())
        else:
            self._follow(self._stored, lines)

    def _follow(self, stored: Session, lines: Sequence[Replacement]) -> None:
        """Show what became of the session in the form, and of its *lines*; what is typed on top of it stays."""
        typed = _with_line(self.form.draft(), lines) if self.is_changed else None
        self._saved = None
        if now := self._store.find(Session, stored.id):
            if typed:
                self._set_aside[stored.id] = typed
            self._show_stored(now)
            return
        if typed and _NEW not in self._set_aside:
            self._set_aside[_NEW] = typed.as_new()  # it goes on as a new session
        elif typed:
            self._set_aside[stored.id] = typed  # until the session is back
        self.begin_new()

    # The making

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        heading = QHBoxLayout()
        heading.setContentsMargins(MARGIN, 0, MARGIN, 0)
        heading.addWidget(self._heading)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(MARGIN, 0, MARGIN, 0)
        buttons.addStretch(1)
        buttons.addWidget(self.revert_button)
        buttons.addWidget(self.save_button)
        asking = QHBoxLayout()
        asking.setContentsMargins(MARGIN, 0, MARGIN, 0)
        asking.addWidget(self.reason_panel)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, MARGIN, 0, MARGIN)
        column.setSpacing(SPACING)
        column.addLayout(heading)
        column.addLayout(self._form_place, 1)
        column.addLayout(asking)
        column.addLayout(buttons)
        return card


def _is_about(session: Session, edit: Edit) -> bool:
    """Tell whether *edit* is about *session*, or about the shedding line written with it."""
    lines = [one.record for one in edit.of(SheddingRecord)]
    of_lines = {line.session_id for line in lines if isinstance(line, SheddingRecord)}
    return session.id in of_lines or session.id in {one.record.id for one in edit.of(Session)}


def _with_line(draft: Draft, lines: Sequence[Replacement]) -> Draft:
    """Return *draft* with its shedding line as one of *lines* made it, unless something else was typed there."""
    after = next(
        (one.after for one in lines if one.before is not None and one.before == draft.shedding), draft.shedding
    )
    return replace(draft, shedding=after if isinstance(after, SheddingRecord) else None)
