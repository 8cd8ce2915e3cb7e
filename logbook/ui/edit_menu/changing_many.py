"""Edit › Change chosen: many sessions, or many shedding records, changed at once in one step that has a name."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from PySide6.QtCore import QObject

from logbook.domain import labels
from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit
from logbook.domain.errors import LogbookError
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.devices import inventory, needle_choices
from logbook.services.judged import Judgeable, JudgedHistory
from logbook.services.many import changing_sessions, changing_shedding
from logbook.services.many_outlook import Outlook, judged_then
from logbook.ui.main_window import MainWindow
from logbook.ui.store import MANY, Store
from logbook.ui.tasks import Tasks

if TYPE_CHECKING:
    from logbook.ui.dialogs.many_dialog import Asking
    from logbook.ui.dialogs.working_dialog import WorkingDialog

_R = TypeVar("_R", Session, SheddingRecord)


class _Table(Protocol):
    @property
    def chosen(self) -> Sequence[Judgeable]: ...


class ChangingMany(QObject):
    """Changes what is chosen on a page of records of a window."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        """Serve *window*; what is large is written by *tasks*."""
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._working: WorkingDialog | None = None
        window.actions_by_name["change_many"].triggered.connect(self.ask)

    def ask(self) -> None:
        """Ask what is to become of what is chosen, and do it."""
        store, page = self._window.store, self._window.pages and self._window.pages.current_records
        chosen = cast(_Table, page.table).chosen if page else ()  # type: ignore[attr-defined]
        if store is None or store.journal.is_read_only:
            return
        if not chosen:
            self._window.say("Choose rows in the table first.")
        elif typed := self._typed_in(chosen):
            self._window.say(f"Save or clear first what you typed in the {typed}.")
        elif isinstance(chosen[0], Session):
            self._change_sessions(store, [one for one in chosen if isinstance(one, Session)])
        else:
            self._change_shedding(store, [one for one in chosen if isinstance(one, SheddingRecord)])

    def _typed_in(self, chosen: Sequence[Judgeable]) -> str:
        """Return the words for one of *chosen* in which something is typed, which saving would put over the change."""
        typed = self._window.pages.typed if self._window.pages else None
        stored = [one.before for one in typed.sessions] if typed else []
        counts = [one.before for one in typed.shedding] if typed else []
        ids = {one.id for one in (*stored, *counts) if one}
        found = next((one for one in chosen if one.id in ids), None)
        if found is None:
            return ""
        return labels.a_session(found) if isinstance(found, Session) else labels.a_record(found)

    def _change_sessions(self, store: Store, sessions: Sequence[Session]) -> None:
        from logbook.ui.dialogs.many_fields import ask_sessions  # noqa: PLC0415 - nothing at the start waits for it

        found = inventory(store.of_person(Device), store.of_person(Cartridge), store.needle_uses())
        needles = needle_choices(found, store.person.id)
        if agreed := ask_sessions(self._window, self._asking(store, sessions), needles):
            with_verdict = store.journal.with_verdict
            self._do(store, changing_sessions(agreed.pairs, agreed.verdicts, agreed.asked, agreed.answer, with_verdict))

    def _change_shedding(self, store: Store, records: Sequence[SheddingRecord]) -> None:
        from logbook.ui.dialogs.many_fields import ask_shedding  # noqa: PLC0415 - nothing at the start waits for it

        if agreed := ask_shedding(self._window, self._asking(store, records)):
            self._do(store, changing_shedding(agreed.pairs))

    def _asking(self, store: Store, records: Sequence[_R]) -> "Asking[_R]":
        from logbook.ui.dialogs.many_dialog import Asking  # noqa: PLC0415 - nothing at the start waits for it

        acknowledged = store.of_person(Acknowledgement)
        return Asking(records, store.today(), partial(_look, store), lambda outlook: outlook.asked(acknowledged))

    # The doing

    def _do(self, store: Store, edit: Edit) -> None:
        if len(edit.replacements) > MANY:
            self._write_elsewhere(store, edit)
        elif store.do(edit):
            self._say_done(edit)

    def _write_elsewhere(self, store: Store, edit: Edit) -> None:
        """Write so much that the window would stand still meanwhile; until it is done, nothing else can be changed."""
        from logbook.ui.dialogs.working_dialog import WorkingDialog  # noqa: PLC0415 - hardly ever wanted

        self._working = WorkingDialog(self._window, "Changing", f"{labels.capital(edit.text)}…")
        self._working.open()
        self._tasks.run(
            store.writing(edit), lambda _: self._written(store, edit), lambda error: self._not_written(store, error)
        )

    def _written(self, store: Store, edit: Edit) -> None:
        self._end_working()
        if store is self._window.store:
            store.take_written(edit)
            self._say_done(edit)

    def _not_written(self, store: Store, error: LogbookError) -> None:
        self._end_working()
        if store is self._window.store:
            store.failed.emit(error)

    def _end_working(self) -> None:
        if self._working:
            self._working.end()
            self._working = None

    def _say_done(self, edit: Edit) -> None:
        self._window.say(f"{labels.capital(edit.text)}: done. Undo takes it back.")


def _look(store: Store, pairs: Sequence[tuple[_R, _R]]) -> Outlook:
    """Return what the guidance would say if the second of each of *pairs* stood in the place of the first."""
    like = partial(
        JudgedHistory,
        store.journal.rules,
        store.person,
        events=store.of_person(LifeEvent),
        limits=store.of_person(AgreedLimit),
    )
    return Outlook(store.judged, judged_then(store.judged, pairs, like), [after for _, after in pairs])
