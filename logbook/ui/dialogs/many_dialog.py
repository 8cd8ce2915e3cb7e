"""Asks what is to become of many records at once, and says what the guidance makes of it before anything is kept."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from logbook.domain import labels
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Reason
from logbook.guidance.rule import Finding, Verdict
from logbook.services.findings import Answer
from logbook.services.many import Change, Changed, change_all
from logbook.services.many_outlook import Outlook
from logbook.ui.dialogs.form_dialog import FormDialog
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.words import words_label

_R = TypeVar("_R", Session, SheddingRecord)
_BURST_MS: Final = 150  # what is typed in one go is looked at once
_SLICE_SECONDS: Final = 0.006
_SAYS: Final = "What you leave as it is stays as it was in each of them. Undo takes all of it back in one step."
_NOTHING: Final = "Choose what is to change; what the guidance says of it then stands here."
_REASONS: Final = [
    (labels.title(reason), reason)
    for reason in (Reason.NOT_GIVEN, *(reason for reason in Reason if reason is not Reason.NOT_GIVEN))
]


@dataclass(frozen=True, slots=True)
class Agreed(Generic[_R]):
    """What is to be kept."""

    pairs: tuple[tuple[_R, _R], ...]  # before and after
    verdicts: Mapping[RecordId, Verdict]  # of what is to be, as they were told
    asked: tuple[Finding, ...]  # that ask for a reason
    answer: Answer


@dataclass(frozen=True, slots=True)
class Asking(Generic[_R]):
    """What the dialog asks about, and who answers what it needs to know."""

    records: Sequence[_R]
    today: date
    look: Callable[[Sequence[tuple[_R, _R]]], Outlook]  # at what the guidance would say
    asked: Callable[[Outlook], Sequence[Finding]]  # that ask for a reason


class ManyDialog(FormDialog[Any], Generic[_R]):
    """Fields that all begin as *leave as it is*, above what they would come to."""

    def __init__(self, parent: QWidget | None, asking: Asking[_R], noun: str) -> None:
        """Ask about the records of *asking*, each of which is a *noun*."""
        count = labels.count(len(asking.records), noun)
        super().__init__(parent, f"Change {count}", _SAYS)
        self._asking: Asking[_R] = asking
        self._noun = noun
        self.changed: Changed[_R] = Changed()
        self._has_problems = False
        self._outlook: Outlook | None = None
        self._asked: tuple[Finding, ...] = ()
        self.agreed: Agreed[_R] | None = None
        self.told = words_label()
        self.told.setAccessibleName("What it comes to")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName("Judging what would be")
        self.reason, self.words = AnswerBox(_REASONS), QLineEdit(placeholderText="In your own words, if you like")
        self._burst = QTimer(self, singleShot=True, interval=_BURST_MS)
        self._slices = QTimer(self, interval=0)
        self._burst.timeout.connect(self.look)
        self._slices.timeout.connect(self._judge_some)

    @abstractmethod
    def change(self, problems: list[Any]) -> Change[_R]:
        """Return what the fields read as; what is wrong with it goes into *problems*."""

    def read(self) -> tuple[Any, list[Any]]:
        problems: list[Any] = []
        return self.change(problems), problems

    def finish_layout(self) -> None:
        """Put what it comes to below the fields, and begin."""
        row = self._grid.rowCount()
        self._grid.addWidget(self.told, row, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.progress, row + 1, 0, 1, 2)
        self.pair(("reason", "&Why in spite of the warnings", self.reason), ("words", "In your own w&ords", self.words))
        self._ask(())
        self.begin()
        self.look()

    def look(self) -> None:
        """Work out what the fields come to, and begin to judge it."""
        self._burst.stop()
        self._slices.stop()
        self._outlook = None
        self._ask(())
        change, problems = self.read()
        self._show(problems)
        self._has_problems = bool(problems)
        self.changed = Changed() if problems else change_all(change, self._asking.records, self._asking.today)
        if self.changed.pairs and not self.changed.refused:
            self._outlook = self._asking.look(self.changed.pairs)
            self.progress.setRange(0, max(1, self._outlook.left))
            self._slices.start()
        self._tell(is_nothing=change.is_nothing)

    def wait(self) -> None:
        """Judge what is left of it now."""
        if self._burst.isActive():
            self.look()
        while self._outlook and self._outlook.left:
            self._outlook.step()
        self._judge_some()

    # What it comes to

    def touched(self) -> None:
        """Look at what was changed in a field, in a moment; until then nothing can be kept."""
        self.keep_button.setEnabled(False)
        self._burst.start()

    def _judge_some(self) -> None:
        outlook, until = self._outlook, perf_counter() + _SLICE_SECONDS
        if outlook is None:
            return
        while outlook.left and perf_counter() < until:
            outlook.step()
        if not outlook.left:
            self._slices.stop()
            self._ask(self._asking.asked(outlook))
        self._tell(is_nothing=False)

    def _tell(self, *, is_nothing: bool) -> None:
        outlook, number = self._outlook, len(self.changed.pairs)
        is_judging = outlook is not None and outlook.left > 0
        self.progress.setVisible(is_judging)
        if outlook:
            self.progress.setValue(self.progress.maximum() - outlook.left)
        self.told.setText(self._words(is_nothing=is_nothing))
        can_keep = outlook is not None and not is_judging
        self.keep_button.setEnabled(can_keep)
        self.keep_button.setText(f"&Change {labels.count(number, self._noun)}" if number else "&Change")

    def _words(self, *, is_nothing: bool) -> str:
        if self.changed.refused:
            return f"✕ Nothing can be changed like this:\n{self.changed.refusal}"
        if self._has_problems:
            return "Something above cannot be taken as it is."
        if self._outlook is None:
            return _NOTHING if is_nothing else "Nothing would change: all of them say so already."
        return "Judging what would be…" if self._outlook.left else self._outlook.words

    def _ask(self, asked: Sequence[Finding]) -> None:
        """Ask for a reason, where *asked* holds a finding that one is wanted for."""
        self._asked = tuple(asked)
        for name in ("reason", "words"):
            self.fields[name].setVisible(bool(asked))
        if asked and self.isVisible():
            self._grid.activate()
            self.resize(self.size().expandedTo(self.sizeHint()))  # what asks is to be seen

    # Qt's own

    def accept(self) -> None:
        self.wait()
        if self._outlook is None:
            return
        reason, words = self.reason.value(), self.words.text().strip()
        reason = Reason.OWN_WORDS if words and reason is Reason.NOT_GIVEN else reason
        self.agreed = Agreed(self.changed.pairs, self._outlook.verdicts, self._asked, Answer(reason, words))
        super().accept()
