"""What the guidance of today says otherwise than that of before: in sentences, and session by session."""

from collections.abc import Callable
from functools import lru_cache, partial
from threading import Event
from typing import Final
from weakref import WeakMethod

from PySide6.QtCore import QCoreApplication, QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.errors import LogbookError
from logbook.domain.person import AgreedLimit, LifeEvent, Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.changes import (
    Change,
    changed_verdicts,
    edition_words,
    editions_sentence,
    summary_sentences,
    were_judged_before,
)
from logbook.services.judged import JudgedHistory
from logbook.ui.pages.change_model import BECAUSE, DATE, EDITION, NOW, THEN, ChangeModel
from logbook.ui.pages.severity_pill import SeverityPill
from logbook.ui.store import Store
from logbook.ui.tasks import Tasks
from logbook.ui.theme import MARGIN, SPACING
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.words import words_label

_JUDGED: Final = (Session, SheddingRecord, Person, LifeEvent, AgreedLimit)
_WIDEST: Final = {
    DATE: "28 Nov 2026",
    THEN: "◆◆ Warning",
    EDITION: "2026.11 (1a2b3c4d)",
    NOW: "◆◆ Warning",
    BECAUSE: "I01 Rest at home: now caution",
}
_KEPT: Final = (
    "Nothing was rewritten: each session keeps the verdict it was saved with. What you recorded, or agreed with a "
    "clinician, since then may be a reason too."
)


class ChangesPanel(QWidget):
    """The sessions of the store's person that were judged by another guidance, and are judged otherwise now.

    Signals:
        session_wanted: the person opened a session; carries its id.
        counted: all is judged; carries the number of sessions that are judged otherwise now.
    """

    session_wanted = Signal(str)
    counted = Signal(int)

    def __init__(self, store: Store) -> None:
        """Show the changes of *store*; they are worked out when the panel is first seen, or by `begin`."""
        super().__init__()
        self._store = store
        self._is_stale = True
        self._wanted = Event()  # set: nobody waits any more for what is under way
        self.model = ChangeModel(self)
        self.table = FittedTable(self.model, _WIDEST, BECAUSE, [EDITION])
        self.table.setAccessibleName("Changed verdicts: Enter opens the session")
        for column in (THEN, NOW):
            self.table.setItemDelegateForColumn(column, SeverityPill(self.table))
        self.headline, self.editions, self.summary = words_label("heading"), words_label("muted"), words_label()
        self.details, self.kept = words_label(), words_label("muted")
        self.kept.setText(_KEPT)
        self.progress = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.progress.setAccessibleName("Judging the sessions again")
        self._lay_out()
        self._show_changes([], is_done=False)
        self.table.activated.connect(self._opened)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        store.changed.connect(self._take_in)

    def begin(self) -> None:
        """Judge again, off the window's thread, what another guidance judged; without such a session, say so."""
        self._is_stale = False
        self._wanted.set()
        store, rules = self._store, self._store.journal.rules
        sessions = store.of_person(Session)
        before = were_judged_before(rules, sessions)
        self.headline.setText(f"Guidance {rules.version}")
        self.editions.setText(editions_sentence(before, rules.edition))
        self.editions.setVisible(bool(before))
        if not before:
            self._show_changes([])
            self.counted.emit(0)
            return
        self.progress.show()
        judged = partial(
            JudgedHistory,
            rules,
            store.person,
            sessions,
            store.of_person(SheddingRecord),
            events=store.of_person(LifeEvent),
            limits=store.of_person(AgreedLimit),
        )
        self._wanted = given_up = Event()
        self.destroyed.connect(given_up.set)
        background = _background()
        background.run(
            lambda: changed_verdicts(judged(), lambda: not (given_up.is_set() or background.is_over.is_set())),
            partial(_hand_over, WeakMethod(self._answered), given_up),
            _raise,
        )

    def focus_first(self) -> None:
        """Go to the changes."""
        self.table.setFocus()

    def restyle(self) -> None:
        """Draw the pills again in the colours of now."""
        self.table.viewport().update()

    # What is shown

    def _answered(self, changes: list[Change]) -> None:
        self._show_changes(changes)
        self.counted.emit(len(changes))

    def _show_changes(self, changes: list[Change], *, is_done: bool = True) -> None:
        rules = self._store.journal.rules
        self.progress.setVisible(not is_done)
        self.model.show_changes(changes, rules.edition)
        self.summary.setText("\n".join(summary_sentences(rules, changes)) or self._nothing(is_done=is_done))
        for widget in (self.table, self.details, self.kept):
            widget.setVisible(bool(changes))
        self._rest.setVisible(not changes)
        self.table.choose(0)
        self._show_chosen()

    def _nothing(self, *, is_done: bool) -> str:
        if not is_done:
            return "Judging again what an earlier guidance judged…"
        if self.editions.text():
            return "The guidance of today says the same of all of them."
        return "No session was judged by another guidance than that of today."

    def _show_chosen(self) -> None:
        row = self.table.chosen_row
        if row is None:
            self.details.clear()
            return
        change = self.model.change_at(row)
        by = edition_words(change.before.guidance_version, self._store.journal.rules.edition)
        then, now = labels.word(change.before.severity), labels.word(change.now)
        head = f"{labels.day(change.session.date)}: {then} by guidance {by}; {now} by that of today."
        because = [why.removesuffix(".") for why in change.because]
        self.details.setText(f"{head} {'; '.join(because)}." if because else head)

    def _opened(self, index: QModelIndex) -> None:
        self.session_wanted.emit(self.model.change_at(index.row()).session.id)

    def _take_in(self, edit: Edit) -> None:
        """Judge again after an edit or an undo, at once or when the panel is next looked at."""
        if any(isinstance(one.record, _JUDGED) for one in edit.replacements):
            self._is_stale = True
            if self.isVisible():
                self.begin()

    # The making

    def _lay_out(self) -> None:
        self._rest = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MARGIN, 0, MARGIN)
        layout.setSpacing(SPACING)
        for widget in (self.headline, self.editions, self.progress, self.summary):
            layout.addWidget(widget)
        layout.addWidget(FindRow(self.table))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.details)
        layout.addWidget(self.kept)
        layout.addWidget(self._rest, 1)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.begin()


class _Background(Tasks):
    """Work that outlives its panel, so that no answer meets a sender that is gone; it ends with the program."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.is_over = Event()
        app.aboutToQuit.connect(self.end)

    def end(self) -> None:
        """Give up what is under way, and wait until it has."""
        self.is_over.set()
        self.finish()


@lru_cache
def _background() -> _Background:
    app = QCoreApplication.instance()
    assert app is not None  # noqa: S101 - there is no panel without it
    return _Background(app)


def _hand_over(receive: WeakMethod[Callable[[list[Change]], None]], given_up: Event, changes: list[Change]) -> None:
    """Give *changes* to a panel that still waits for them.

    The work knows it weakly: a thread that let go of the last reference would destroy a widget off the window's own.
    """
    method = receive()
    if method is not None and not given_up.is_set():
        method(changes)


def _raise(error: LogbookError) -> None:
    raise error
