"""Which roller, stamp or pen it was, and which of its cartridges."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker

from logbook.domain.needle_use import NeedleChoice
from logbook.domain.session import RecordId
from logbook.domain.vocabulary import DeviceKind
from logbook.ui.theme import AROUND_WORDS
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.choices_field import NOT_RECORDED

Named = tuple[RecordId | None, RecordId | None]  # a device and a cartridge, as a session names them

NOTHING_NAMED: Named = (None, None)
NOT_LISTED = "One that is not listed here"


class NeedleBox(AnswerBox[Named]):
    """The needles that may be named for one kind of device, after *not recorded*."""

    def __init__(self) -> None:
        """Begin with nothing to choose from."""
        super().__init__([(NOT_RECORDED, NOTHING_NAMED)])
        self._choices: tuple[NeedleChoice, ...] = ()
        self._kind: DeviceKind | None = None

    @property
    def has_choice(self) -> bool:
        """Whether there is anything but *not recorded*."""
        return self.count() > 1

    @property
    def next_use(self) -> int | None:
        """Which use of what is chosen comes next; None where nobody can tell."""
        chosen = self._find(self.value())
        return chosen.next_use if chosen else None

    def set_choices(self, choices: Sequence[NeedleChoice]) -> None:
        """Offer *choices* from now on; what is chosen stays."""
        self._choices = tuple(choices)
        self.show_needles(self._kind, self.value())

    def show_needles(self, kind: DeviceKind | None, named: Named) -> None:
        """Show what is *named* among the needles of *kind*, also where it is retired, unknown or of another kind."""
        self._kind = kind
        shown = [one for one in self._choices if one.kind is kind and one.is_offered]
        answers = [(NOT_RECORDED, NOTHING_NAMED), *((one.words, _names(one)) for one in shown)]
        if named not in [value for _, value in answers]:
            known = self._find(named)
            answers.append((known.words if known else NOT_LISTED, named))
        self._show_answers(answers, named)

    def _show_answers(self, answers: Sequence[tuple[str, Named]], named: Named) -> None:
        blocker = QSignalBlocker(self)
        self._values = [value for _, value in answers]
        self.clear()
        self.addItems([words for words, _ in answers])
        self.view().setMinimumWidth(
            max(self.fontMetrics().horizontalAdvance(words) for words, _ in answers) + AROUND_WORDS
        )
        self.set_value(named)
        blocker.unblock()
        self.setToolTip(self.currentText() if self.has_choice else "")

    def _find(self, named: Named) -> NeedleChoice | None:
        return next((one for one in self._choices if _names(one) == named), None)


def _names(choice: NeedleChoice) -> Named:
    return choice.device_id, choice.cartridge_id
