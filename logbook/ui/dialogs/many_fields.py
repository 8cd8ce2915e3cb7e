"""The fields in which many sessions, or many shedding records, are changed at once."""

from collections.abc import Iterable, Sequence
from enum import Enum, StrEnum, auto
from functools import partial
from typing import Any, Final, TypeVar

from PySide6.QtWidgets import QLineEdit, QWidget

from logbook.domain import labels
from logbook.domain.errors import Problem
from logbook.domain.needle_use import NeedleChoice
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import parse_depth, parse_whole
from logbook.domain.vocabulary import DeviceKind, HairLength, Pressure, Setting, SheddingMethod, Zone
from logbook.services.many import KEEP, Keep, NewZones, SessionChange, SheddingChange
from logbook.ui.dialogs.form_dialog import Lines
from logbook.ui.dialogs.many_dialog import Agreed, Asking, ManyDialog
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.choices_field import NOT_RECORDED, ChoicesField

_V = TypeVar("_V")
_W = TypeVar("_W", bound=StrEnum)
_LEAVE: Final = "Leave as it is"
_WHY: Final = "Say in a few words why they are left out."
_WHICH: Final = "Choose the zones."


class _Way(Enum):
    """What is done with zones."""

    REPLACE = auto()
    ADD = auto()


class _Out(Enum):
    """What is done with counts in trends."""

    LEAVE_OUT = auto()
    TAKE_IN = auto()


def ask_sessions(
    parent: QWidget | None, asking: Asking[Session], needles: Sequence[NeedleChoice]
) -> Agreed[Session] | None:
    """Ask what is to become of the sessions of *asking*; None: nothing is to change."""
    return _asked(SessionsDialog(parent, asking, needles))


def ask_shedding(parent: QWidget | None, asking: Asking[SheddingRecord]) -> Agreed[SheddingRecord] | None:
    """Ask what is to become of the shedding records of *asking*; None: nothing is to change."""
    return _asked(SheddingDialog(parent, asking))


def _asked(dialog: ManyDialog[Any]) -> Agreed[Any] | None:
    is_kept = dialog.exec() == ManyDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.agreed if is_kept else None


class SessionsDialog(ManyDialog[Session]):
    """What may be changed of many sessions: how one needled, not what was seen or felt on one day."""

    def __init__(self, parent: QWidget | None, asking: Asking[Session], needles: Sequence[NeedleChoice]) -> None:
        """Offer *needles* as which ones they were."""
        super().__init__(parent, asking, "session")
        self.setting, self.device = _words_box(Setting), _words_box(DeviceKind)
        self.pressure = _words_box(Pressure)
        self.needles: AnswerBox[NeedleChoice | Keep | None] = _box([(one.words, one) for one in _offered(needles)])
        self.advice: AnswerBox[bool | Keep | None] = _box([("Yes", True), ("No", False)])
        self.way: AnswerBox[_Way | Keep] = AnswerBox(
            [("Leave as they are", KEEP), ("Put in their place:", _Way.REPLACE), ("Add to them:", _Way.ADD)]
        )
        self.zones = ChoicesField(list(Zone))
        self.depth_edit, self.notes = QLineEdit(placeholderText=_LEAVE), Lines()
        self.notes.setPlaceholderText("Put below the notes of each")
        self.pair(("setting", "&Setting", self.setting), ("professional_advice", "Professional &advice", self.advice))
        self.pair(("device", "&Device", self.device), ("needles", "Wh&ich one", self.needles))
        self.pair(("way", "&Zones", self.way), ("zones", "W&hich zones", self.zones))
        self.pair(("depth_mm", "Depth of every zone, &mm", self.depth_edit), ("pressure", "&Pressure", self.pressure))
        self.wide("notes", "Add to the &notes", self.notes)
        for box in (self.setting, self.device, self.needles, self.advice, self.pressure, self.way, self.zones):
            box.edited.connect(self.touched)
        self.depth_edit.textEdited.connect(self.touched)
        self.notes.textChanged.connect(self.touched)
        self.needles.edited.connect(self._show_what_belongs)
        self.way.edited.connect(self._show_what_belongs)
        self._show_what_belongs()
        self.finish_layout()

    def change(self, problems: list[Problem]) -> SessionChange:
        zones = [Zone(zone) for zone in self.zones.value() or ()]
        way = self.way.value()
        if way is not KEEP and not zones:
            problems.append(Problem("zones", _WHICH))
        depth = self.parsed("depth_mm", parse_depth, problems)
        return SessionChange(
            setting=self.setting.value(),
            device=self.device.value() if self.device.isEnabled() else KEEP,
            needles=self.needles.value(),
            pressure=self.pressure.value(),
            zones=KEEP if isinstance(way, Keep) else NewZones(tuple(zones), is_added=way is _Way.ADD),
            depth=KEEP if depth is None else depth,
            professional_advice=self.advice.value(),
            note=self.notes.toPlainText(),
        )

    def _show_what_belongs(self) -> None:
        """With needles that are named goes their kind of device; zones are chosen where any are wanted."""
        self.device.setEnabled(not isinstance(self.needles.value(), NeedleChoice))
        self.device.setToolTip("" if self.device.isEnabled() else "It goes with the needles that are named.")
        self.zones.setEnabled(self.way.value() is not KEEP)


class SheddingDialog(ManyDialog[SheddingRecord]):
    """What may be changed of many shedding records: how was counted, and whether it counts in trends."""

    def __init__(self, parent: QWidget | None, asking: Asking[SheddingRecord]) -> None:
        """Offer every method."""
        super().__init__(parent, asking, "shedding record")
        methods = [(labels.title(one), one) for one in SheddingMethod]
        self.method: AnswerBox[SheddingMethod | Keep] = AnswerBox([(_LEAVE, KEEP), *methods])
        self.wash, self.notes = QLineEdit(placeholderText=_LEAVE), Lines()
        self.hair_length = _words_box(HairLength)
        self.trends: AnswerBox[_Out | Keep] = AnswerBox(
            [(_LEAVE, KEEP), ("Leave out of trends", _Out.LEAVE_OUT), ("Take into trends again", _Out.TAKE_IN)]
        )
        self.why = QLineEdit()
        self.notes.setPlaceholderText("Put below the notes of each")
        self.pair(("method", "&Method", self.method), ("days_since_wash", "Days since &wash", self.wash))
        self.wide("hair_length", "&Hair length", self.hair_length)
        self.pair(("trends", "&Trends", self.trends), ("excluded_because", "Left out b&ecause", self.why))
        self.wide("notes", "Add to the &notes", self.notes)
        for box in (self.method, self.hair_length, self.trends):
            box.edited.connect(self.touched)
        for line in (self.wash, self.why):
            line.textEdited.connect(self.touched)
        self.notes.textChanged.connect(self.touched)
        self.trends.edited.connect(self._show_what_belongs)
        self._show_what_belongs()
        self.finish_layout()

    def change(self, problems: list[Problem]) -> SheddingChange:
        out, why = self.trends.value(), self.why.text().strip()
        if out is _Out.LEAVE_OUT and not why:
            problems.append(Problem("excluded_because", _WHY))
        because: str | Keep | None = KEEP if out is KEEP else why if out is _Out.LEAVE_OUT else None
        read = partial(parse_whole, what="days since the last wash", least=0, most=366)
        wash = self.parsed("days_since_wash", read, problems)
        return SheddingChange(
            method=self.method.value(),
            days_since_wash=KEEP if wash is None else wash,
            hair_length=self.hair_length.value(),
            excluded_because=because,
            note=self.notes.toPlainText(),
        )

    def _show_what_belongs(self) -> None:
        self.why.setEnabled(self.trends.value() is _Out.LEAVE_OUT)


def _box(answers: Iterable[tuple[str, _V]]) -> AnswerBox[_V | Keep | None]:
    """Return a box that begins as *leave as it is*, with *not recorded* before *answers*."""
    listed: list[tuple[str, _V | Keep | None]] = [(_LEAVE, KEEP), (NOT_RECORDED, None), *answers]
    return AnswerBox(listed)


def _words_box(choices: Iterable[_W]) -> AnswerBox[_W | Keep | None]:
    return _box([(labels.title(choice), choice) for choice in choices])


def _offered(needles: Iterable[NeedleChoice]) -> list[NeedleChoice]:
    return [one for one in needles if one.is_offered]
