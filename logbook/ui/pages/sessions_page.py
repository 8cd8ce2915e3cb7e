"""The Sessions page: table, form and verdict side by side."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.domain.device import Cartridge, Device
from logbook.domain.draft import Draft
from logbook.domain.edit import Edit, Replacement
from logbook.domain.errors import InvalidRecord, Problem
from logbook.domain.needle_use import NeedleChoice, NeedleUses
from logbook.domain.person import Acknowledgement, Person
from logbook.domain.session import RecordId, Session
from logbook.domain.vocabulary import Reason, Severity
from logbook.guidance.rule import Verdict
from logbook.services.devices import inventory, needle_choices
from logbook.services.findings import Answer
from logbook.services.saving import asking, deleting, saving, with_offset
from logbook.ui.pages.session_model import SessionModel
from logbook.ui.pages.session_table import SessionTable
from logbook.ui.store import Store
from logbook.ui.theme import MARGIN, SPACING, icon
from logbook.ui.widgets.flow_layout import FlowLayout
from logbook.ui.widgets.reason_panel import ReasonPanel
from logbook.ui.widgets.session_form import SessionForm
from logbook.ui.widgets.verdict_panel import VerdictPanel

_AFTER_ROWS_MS: Final = 15  # the form waits until the rows are on the screen
NARROW: Final = 1180  # logical pixels: below, the verdict stands under the form


class SessionsPage(QWidget):
    """Logs, shows and changes sessions.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be saved, taken back or deleted may have changed.
    """

    said = Signal(str)
    actions_changed = Signal()

    def __init__(self, store: Store) -> None:
        """Show the sessions of *store*, and a new one to write."""
        super().__init__()
        self._store = store
        self._saved: Draft | None = None  # what the form showed when nothing was changed in it
        self._stored: Session | None = None  # the session it changes; None: a new one
        self._set_aside: dict[str, Draft] = {}  # changed drafts of other sessions, by id; "" is the new one
        self._verdict: Verdict | None = None
        self._uses = NeedleUses()
        self._needles: tuple[NeedleChoice, ...] = ()
        self.model = SessionModel(store, self)
        self.table = SessionTable(self.model)
        self.search = QLineEdit(placeholderText="Search  Ctrl+F", clearButtonEnabled=True)
        self.search.setAccessibleName("Search the sessions")
        self.search.setFixedWidth(180)
        self._form: SessionForm | None = None
        self._is_painted = False
        self._form_place = QVBoxLayout()
        self.verdict_panel, self.reason_panel = VerdictPanel(), ReasonPanel()
        self.new_button, self.repeat_button = QPushButton("New session"), QPushButton("Repeat last")
        self.save_button, self.revert_button = QPushButton("Save"), QPushButton("Clear")
        for button in (self.new_button, self.save_button):
            button.setProperty("role", "main")
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        self.chips = {severity: _chip(severity) for severity in reversed(Severity)}
        self._lay_out()
        self._listen()
        self._show_counts()

    # What the window asks for

    @property
    def form(self) -> SessionForm:
        """The form, with a new session in it: made after the first rows show, or when first asked for."""
        if self._form is None:
            self._form = SessionForm()
            self._form_place.addWidget(self._form)
            self._form.draft_changed.connect(self._draft_changed)
            self._uses = NeedleUses(self._store.all(Session))
            self._offer_needles(self._form)
            self.reason_panel.went_back.connect(self._form.focus_first)
            self._begin_new()
        return self._form

    @property
    def is_changed(self) -> bool:
        """Whether the form holds anything that is not saved."""
        return self._saved is not None and self.form.draft() != self._saved

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed, here or in a session left for another, is not saved."""
        return self.is_changed or any(not key or self._store.find(Session, key) for key in self._set_aside)

    def new_session(self) -> None:
        """Begin a session, prefilled from the last one, and go to the form."""
        self._begin_new()
        self.form.focus_first()

    def _make_form(self) -> None:
        """Put the form in its place once the rows show, and the cursor into it."""
        self.form.show()
        if not self.search.hasFocus():
            self.form.focus_first()

    def _begin_new(self) -> None:
        """Show a new session in the form; one that was begun already is gone on with."""
        self._leave()
        last = self._store.judged.history.last
        today = self._store.today()
        fresh = Draft.next_of(last, today) if last else Draft.blank(self._store.person.id, today)
        self._show_draft(
            self._with_person(fresh.with_needles(self._needles)), None, begun=self._set_aside.pop("", None)
        )

    def repeat_last(self) -> None:
        """Begin a session that does the last one again."""
        last = self._store.judged.history.last
        if last is None:
            return
        self._leave()
        if "" in self._set_aside:
            self._begin_new()
            self.said.emit("A new session is begun already: save it, or clear it, to repeat the last one.")
        else:
            again = Draft.repeating(last, self._store.today()).with_needles(self._needles)
            self._show_draft(self._with_person(again), None)
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
        self.reason_panel.hide()
        if self._saved is not None:
            self._show_draft(self._saved, self._stored)

    def delete_chosen(self) -> None:
        """Delete the sessions chosen in the table, each with the shedding record written with it."""
        sessions = self.table.chosen
        if not sessions or self._store.journal.is_read_only:
            return
        shedding = [record for session in sessions if (record := self._store.shedding_of(session))]
        acknowledged = [one for session in sessions for one in self._acknowledged(session)]
        edit = deleting(sessions, shedding, acknowledged)
        if self._store.do(edit):
            self.said.emit(f"{labels.capital(edit.text)}: done. Undo brings it back.")

    def focus_first(self) -> None:
        """Go to the form, where most is changed."""
        self.form.focus_first()

    def show_session(self, record_id: RecordId) -> None:
        """Show the session of that id in form and table, also where a search or a filter hid it."""
        session = self._store.find(Session, record_id)
        if session is None:
            self.said.emit("That session is no more; Undo may bring it back.")
            return
        if self.model.row_of(record_id) is None:
            self._show_all()
        if self._stored is None or self._stored.id != record_id:
            self._leave()
            self._show_stored(session)
        self.table.setFocus()

    def begin_with(self, session: Session) -> None:
        """Begin a session that says already what *session* says; one that was begun before is not lost."""
        self._leave()
        if "" in self._set_aside:
            self._begin_new()
            self.said.emit("A new session is begun already: save it, or clear it, to log the plan.")
        else:
            self._begin_new()
            self.form.set_draft(self._with_person(Draft(session)))
            self._judge(self.form.draft())
        self.form.focus_first()

    def focus_search(self) -> None:
        """Go to the search."""
        self.search.setFocus()
        self.search.selectAll()

    def restyle(self) -> None:
        """Draw icons again in the colours of now."""
        for severity, chip in self.chips.items():
            chip.setIcon(icon(severity.word, severity.word))
        self._judge(self.form.draft())

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of."""
        return {"sessions_splitter": self._splitter, "sessions_header": self.table.horizontalHeader()}

    # The form

    def _show_draft(self, saved: Draft, stored: Session | None, begun: Draft | None = None) -> None:
        """Show *saved*, or what was *begun* on top of it."""
        self.reason_panel.hide()
        self._saved, self._stored = saved, stored
        self.form.set_draft(saved)
        self._saved = self.form.draft()
        if begun is not None:
            self.form.set_draft(begun)
        if stored is None:
            self.table.clearSelection()
        self._judge(self.form.draft())

    def _leave(self) -> None:
        """Set aside what was typed, so that going elsewhere loses nothing."""
        if self.is_changed:
            self._set_aside[self._stored.id if self._stored else ""] = self.form.draft()

    def _with_person(self, draft: Draft) -> Draft:
        """Return a new *draft* with what is known of the person by now, which the last session need not have known."""
        person, session = self._store.person, draft.session
        if person.conditions is not None:
            session = replace(session, conditions=person.conditions)
        if session.professional_advice is None and person.advice_on is not None:
            session = replace(session, professional_advice=True)
        return replace(draft, session=session)

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
        self.save_button.setText("Save…" if asks else "Save")
        self.revert_button.setEnabled(self.is_changed)
        self.actions_changed.emit()

    def _draft_changed(self, draft: Draft) -> None:
        self.reason_panel.hide()
        if self._prefill_for_device(draft):
            return
        self._judge(draft)

    def _prefill_for_device(self, draft: Draft) -> bool:
        """Prefill a new session, in which only the device was chosen yet, from the last session of that device."""
        session, saved = draft.session, self._saved
        device = session.device
        if self._stored or saved is None or device is None or device is saved.session.device:
            return False
        if session.needle_use not in (None, saved.session.needle_use):
            return False  # it was typed
        # With another kind of device the form has let go of the needles, and proposes those that are chosen.
        let_go = {name: getattr(session, name) for name in ("device", "device_id", "cartridge_id", "needle_use")}
        if draft != replace(saved, session=replace(saved.session, **let_go)):
            return False
        last = self._store.judged.history.last_with(device)
        if last is None:
            return False
        prefilled = Draft.next_of(last, session.date).with_needles(self._needles).session
        self._show_draft(self._with_person(replace(draft, session=replace(prefilled, id=session.id))), None)
        return True

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.form.show_problems(problems)
        self.form.focus_problem(problems[0])
        self.said.emit(f"Not saved yet: {problems[0].message}")

    # Saving

    def _acknowledged(self, session: Session | None) -> list[Acknowledgement]:
        """Return what was acknowledged for *session*; nothing for a new one."""
        if session is None:
            return []
        return [one for one in self._store.all(Acknowledgement) if one.record_id == session.id]

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
        if self._store.do(saving(session, before, shedding, findings, Answer(reason, words))):
            self._set_aside.pop(session.id if before else "", None)
            self._saved = self.form.draft()
            self._show_stored(session)
            self.form.focus_first()
            hidden = "" if self.model.row_of(session.id) is not None else " The search or the filter hides its row."
            self.said.emit(f"Saved: {labels.a_session(session)}.{hidden}")

    def _show_stored(self, session: Session) -> None:
        """Show *session* as it is in the file, and choose it in the table."""
        self._show_draft(
            Draft(session, self._store.shedding_of(session)), session, begun=self._set_aside.pop(session.id, None)
        )
        self.table.choose(session.id)
        self.actions_changed.emit()

    def _take_in(self, edit: Edit) -> None:
        """Show what an edit, an undo or an import made of the session in the form."""
        self.reason_panel.hide()
        self._count_needles(edit)
        if self._stored is None and not self.is_changed:
            self._begin_new()  # what it is prefilled from may have changed
        elif self._stored is None or self._stored.id not in {one.record.id for one in edit.of(Session)}:
            self._judge(self.form.draft())
        else:
            self._follow(self._stored)
        self._show_counts()

    def _count_needles(self, edit: Edit) -> None:
        """Offer the needles with the uses that an edit or an undo left them."""
        if self._form is None:
            return  # made later, it counts what is there then
        for one in edit.of(Session):
            if isinstance(one.before, Session):
                self._uses.remove(one.before)
            if isinstance(one.after, Session):
                self._uses.add(one.after)
        if any(isinstance(one.record, Session | Device | Cartridge | Person) for one in edit.replacements):
            self._offer_needles(self._form)

    def _offer_needles(self, form: SessionForm) -> None:
        store = self._store
        found = inventory(store.all(Device), store.all(Cartridge), self._uses)
        self._needles = needle_choices(found, store.person.id)
        form.set_devices(self._needles)

    def _follow(self, stored: Session) -> None:
        """Show what became of the session in the form; what is typed on top of it stays."""
        typed = self.form.draft() if self.is_changed else None
        self._saved = None
        if now := self._store.find(Session, stored.id):
            if typed:
                self._set_aside[stored.id] = typed
            self._show_stored(now)
            return
        if typed and "" not in self._set_aside:
            self._set_aside[""] = typed.as_new()  # it goes on as a new session
        elif typed:
            self._set_aside[stored.id] = typed  # until the session is back
        self._begin_new()

    # The table

    def _selection_changed(self) -> None:
        """Show the one session that is chosen; several are for deleting, and leave the form as it is."""
        chosen = self.table.chosen
        if len(chosen) == 1 and (self._stored is None or chosen[0].id != self._stored.id):
            self._leave()
            self._show_stored(chosen[0])
        self.actions_changed.emit()

    def _show_all(self) -> None:
        """Take search and filter away."""
        self.search.clear()
        for chip in self.chips.values():
            chip.setChecked(False)

    def _filter(self) -> None:
        wanted = {severity for severity, chip in self.chips.items() if chip.isChecked()}
        self._lay_rows_anew(lambda: self.model.show_severities(wanted))

    def _search(self, text: str) -> None:
        self._lay_rows_anew(lambda: self.model.search(text))

    def _lay_rows_anew(self, change: Callable[[], None]) -> None:
        self.table.lay_anew(change)
        self._show_counts()
        self.actions_changed.emit()

    def _show_counts(self) -> None:
        counts = self.model.counts()
        for severity, chip in self.chips.items():
            chip.setText(f"{labels.title(severity)} {counts[severity]:,}")
        rows, total = self.model.rowCount(), self.model.total()
        self._empty.setText(
            "No session fits the search and the filter."
            if total
            else "No session yet. Fill in the form, or take in a file with File › Import. "
            "File › Try a sample logbook shows what it looks like after a year."
        )
        self._stack.setCurrentIndex(0 if rows else 1)

    # The making

    def _lay_out(self) -> None:
        title = QLabel("Sessions")
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self.repeat_button)
        top.addWidget(self.new_button)
        chips = FlowLayout()
        for chip in self.chips.values():
            chips.addWidget(chip)
        chips.addWidget(self.search)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        left = QWidget()
        left.setMinimumWidth(300)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(top)
        column.addLayout(chips)
        column.addLayout(self._stack, 1)
        self._beside = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._beside.addWidget(self._form_card())
        self._beside.addWidget(self.verdict_panel)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._beside)
        self._splitter.setSizes([770, 610])
        self._beside.setSizes([360, 300])
        self._splitter.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        layout.addWidget(self._splitter)

    def _form_card(self) -> QFrame:
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

    def _listen(self) -> None:
        self.reason_panel.answered.connect(self._keep)
        self.new_button.clicked.connect(self.new_session)
        self.repeat_button.clicked.connect(self.repeat_last)
        self.save_button.clicked.connect(self.save)
        self.revert_button.clicked.connect(self.revert)
        self.search.textChanged.connect(self._search)
        for chip in self.chips.values():
            chip.toggled.connect(self._filter)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._store.judging.settled.connect(self._show_counts)
        self._store.changed.connect(self._take_in)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW
        way = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if self._beside.orientation() is not way:
            self._beside.setOrientation(way)
            self._beside.setSizes([640, 240] if is_narrow else [360, 300])
            width = event.size().width()
            self._splitter.setSizes([width * 46 // 100, width * 54 // 100] if is_narrow else [770, 610])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(_AFTER_ROWS_MS, self, self._make_form)


def _chip(severity: Severity) -> QPushButton:
    chip = QPushButton(labels.title(severity))
    chip.setCheckable(True)
    chip.setProperty("role", "chip")
    chip.setIcon(icon(severity.word, severity.word))
    chip.setToolTip(f"Show the sessions with the verdict “{severity.word}”")
    chip.setAccessibleName(f"Show {severity.word}")
    return chip
