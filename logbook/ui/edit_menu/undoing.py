"""Edit › Undo and Redo: a step so large that the window would stand still is written off its thread."""

import threading
from typing import Final

from PySide6.QtCore import QObject, Signal

from logbook.domain.edit import Edit
from logbook.domain.errors import LogbookError
from logbook.ui.dialogs.working_dialog import WorkingDialog
from logbook.ui.main_window import MainWindow
from logbook.ui.store import MANY, Store
from logbook.ui.tasks import Tasks

_PATIENCE: Final = 0.2  # seconds: what takes longer is waited for with words


class Undoing(QObject):
    """Takes steps back in the logbook of a window, and does them again.

    Signals:
        _over: the writing of a step has ended, one way or the other; it comes from another thread.
    """

    _over = Signal(object)

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        """Serve *window*; large steps are written by *tasks*."""
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._step: _Step | None = None  # that is being written
        self.dialog: WorkingDialog | None = None
        window.actions_by_name["undo"].triggered.connect(self.undo)
        window.actions_by_name["redo"].triggered.connect(self.redo)
        window.leaving.connect(self._forget)
        self._over.connect(self._ended)

    def undo(self) -> None:
        """Take the last step back."""
        self._go(is_back=True)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._go(is_back=False)

    def _go(self, *, is_back: bool) -> None:
        store = self._window.store
        if store is None or self._step or (edit := store.next_step(is_back=is_back)) is None:
            return
        if len(edit.replacements) > MANY:
            self._write_elsewhere(_Step(store, edit, is_back=is_back))
        elif store.undo() if is_back else store.redo():
            self._say_done(edit, is_back=is_back)

    def _write_elsewhere(self, step: "_Step") -> None:
        """Have *step* written; what takes a moment only is waited for, anything else keeps the window's hands off."""
        self._step = step
        step.store.judging.stop()  # it would take turns with the writing, which then takes ten times as long

        def work() -> None:
            try:
                step.write()
            finally:
                self._over.emit(step)

        self._tasks.run(work, _told_already, _told_already)
        if step.is_over.wait(_PATIENCE):
            self._ended(step)
        else:
            words = "Taking back" if step.is_back else "Doing again"
            self.dialog = WorkingDialog(self._window, words, f"{words}: {step.edit.text}…")
            self.dialog.open()
            self._window.say(self.dialog.text.text())

    def _ended(self, step: "_Step") -> None:
        if step is not self._step:
            return  # it was waited for, or its logbook was left
        self._forget()
        if step.store is not self._window.store:
            return
        if step.is_written:
            step.store.take_step(step.edit, is_back=step.is_back)  # and have what it leaves judged
            self._say_done(step.edit, is_back=step.is_back)
            return
        step.store.judging.begin(step.store.judged)
        if step.error:
            step.store.failed.emit(step.error)

    def _say_done(self, edit: Edit, *, is_back: bool) -> None:
        self._window.say(f"{'Taken back' if is_back else 'Done again'}: {edit.text}.")

    def _forget(self) -> None:
        """Wait for nothing any more: it is over, or the window goes; what is being written is still written."""
        self._step = None
        if self.dialog:
            self.dialog.end()
            self.dialog = None


class _Step:
    """A step on its way into the file."""

    def __init__(self, store: Store, edit: Edit, *, is_back: bool) -> None:
        self.store, self.edit, self.is_back = store, edit, is_back
        self._write = store.writing_step(edit)
        self.is_written = False
        self.error: LogbookError | None = None
        self.is_over = threading.Event()

    def write(self) -> None:
        """Write it, in whatever thread this is; a bug goes on to whoever called."""
        try:
            self._write()
            self.is_written = True
        except LogbookError as error:
            self.error = error
        finally:
            self.is_over.set()


def _told_already(_: object) -> None:
    """Leave it to the signal, which comes after a bug too."""
