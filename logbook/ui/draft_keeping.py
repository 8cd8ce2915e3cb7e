"""What is typed and not saved, kept while it is typed and offered when the program starts after it was ended."""

import datetime as dt
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox

from logbook.domain.edit import Edit
from logbook.domain.errors import LogbookError
from logbook.domain.person import Person
from logbook.domain.session import RecordId
from logbook.domain.trash import Trashed
from logbook.services.drafts import Drafts, Offer, Typed, offer
from logbook.ui.alerts import PlainBox
from logbook.ui.main_window import MainWindow
from logbook.ui.pages.logbook_pages import LogbookPages
from logbook.ui.store import Store

_AT_MOST_LOST: Final = 1500  # milliseconds of typing, as is the next
_AFTER_OPENING: Final = 120  # the first rows come first


class DraftKeeping(QObject):
    """Keeps what is typed into the forms of a window; nothing is kept of a logbook that is read only."""

    def __init__(self, window: MainWindow) -> None:
        """Serve *window*."""
        super().__init__(window)
        self._window = window
        self._drafts: Drafts | None = None  # of the logbook that lies open, once what was kept before is dealt with
        self._store: Store | None = None
        self._pages: LogbookPages | None = None
        self._path: Path | None = None  # of the logbook that lies open, or lay open last
        self._kept = self._waiting = Typed()
        self._unwanted: Typed | None = None
        self._has_failed = False
        self._clock = QTimer(self, interval=_AT_MOST_LOST, singleShot=True)
        self._clock.timeout.connect(self.keep)
        self._first_look = QTimer(self, interval=_AFTER_OPENING, singleShot=True)
        self._first_look.timeout.connect(self._look)
        window.leaving.connect(self._leaving)

    def begin(self, store: Store, pages: LogbookPages) -> None:
        """Keep what is typed into *pages* of *store* from now on; what was kept before is offered first.

        Of a logbook that was open in this window a moment ago it is put back without a question.
        """
        was_open = store.journal.path == self._path
        self._store, self._pages, self._path = store, pages, store.journal.path
        pages.actions_changed.connect(self._soon)
        store.changed.connect(self._forget_gone)
        if store.journal.is_read_only:
            return
        if was_open:
            self._look(asks=False)
        else:
            self._first_look.start()

    def discard(self) -> None:
        """Let go of what is typed now, once its logbook is left; what is typed after this is kept again."""
        self._unwanted = self._pages.typed if self._pages else Typed()

    def leave(self) -> None:
        """Keep what is typed now, unless it is not wanted, and turn away from the logbook."""
        if self._first_look.isActive():
            self._keep_unlooked()
        elif self._drafts and self._pages and self._pages.typed == self._unwanted:
            self._put(self._drafts, self._waiting)
        else:
            self.keep()
        self._clock.stop()
        self._first_look.stop()
        if self._store:
            self._store.changed.disconnect(self._forget_gone)
        self._drafts = self._store = self._pages = None
        self._kept = self._waiting = Typed()
        self._unwanted, self._has_failed = None, False

    def keep(self) -> None:
        """Keep what is typed now, if it is not what is kept already."""
        self._clock.stop()
        if self._drafts and self._pages and (typed := self._pages.typed + self._waiting) != self._kept:
            self._put(self._drafts, typed)

    def _keep_unlooked(self) -> None:
        """Keep what was typed before anybody looked at what was kept earlier, and that too."""
        if self._store and self._pages and (typed := self._pages.typed) and typed != self._unwanted:
            drafts = Drafts(self._store.journal.path)
            with suppress(LogbookError):  # what cannot be read stays where it is
                self._put(drafts, typed + drafts.read())

    def _put(self, drafts: Drafts, typed: Typed) -> None:
        try:
            drafts.keep(typed, dt.datetime.now())
        except LogbookError as error:
            if not self._has_failed:  # once is enough: it is not what the person is about
                self._window.say(f"What you type is kept in the form only, until you save it: {error}")
            self._has_failed = True
        else:
            self._kept, self._has_failed = typed, False

    def _soon(self) -> None:
        if self._drafts and not self._clock.isActive():
            self._clock.start()

    def _leaving(self) -> None:
        self.discard()  # the window asked
        self.leave()

    def _forget_gone(self, edit: Edit) -> None:
        """Keep nothing any more of people who were let go for good with this *edit*."""
        let_go = [one.before.content for one in edit.of(Trashed) if isinstance(one.before, Trashed) and not one.after]
        store = self._store
        if let_go and store:
            self._waiting, _ = self._waiting.divided(
                lambda whose: store.find(Person, whose) is None and any(whose in content for content in let_go)
            )
            self.keep()

    # What was kept before

    def _look(self, *, asks: bool = True) -> None:
        """Offer what was kept; until that is answered, nothing is kept in its place."""
        if self._store is None or self._pages is None:
            return
        store, pages = self._store, self._pages
        drafts, there = Drafts(store.journal.path), Typed()
        # Who was here a moment ago comes back by Undo, who was deleted earlier from the trash.
        may_return = partial(_rests, store) if asks else _always
        try:
            there = drafts.read()
            found = offer(there, store.find, store.person.id, may_return)
        except LogbookError as error:
            self._window.say(str(error))
            found = Offer(Typed(), "")
        is_wanted = not found or not asks or self._ask(found)
        if pages is not self._pages:
            return  # another logbook was opened meanwhile
        self._drafts, self._waiting, self._kept = drafts, found.waiting, there
        if found and is_wanted:
            pages.go_on_with(found.typed)
            self._window.say("What you typed is in the form again. It is not saved yet.")
        elif found:
            self._put(drafts, found.waiting)
        self._soon()

    def _ask(self, found: Offer) -> bool:
        """Return whether to go on with what was *found*; Enter and Escape mean yes, since only that loses nothing."""
        title = "Not saved when the program ended"
        box = PlainBox(QMessageBox.Icon.Question, title, found.text, parent=self._window)
        box.setInformativeText("Do you want to go on with it?")
        goes_on = box.addButton("&Continue", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("&Discard", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(goes_on)
        box.setEscapeButton(goes_on)
        box.exec()
        return box.clickedButton() is not discard


def _rests(store: Store, person_id: RecordId) -> bool:
    """Tell whether *person_id* is among what was deleted from the logbook of *store* and is not gone for good."""
    return any(person_id in one.content for one in store.of_person(Trashed))


def _always(_: RecordId) -> bool:
    return True
