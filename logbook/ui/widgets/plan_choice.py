"""What somebody thinks of doing: setting, zones with their depths, device."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from logbook.domain.errors import Problem
from logbook.domain.vocabulary import DeviceKind, Setting
from logbook.services.planning import Choice
from logbook.ui.theme import SPACING
from logbook.ui.widgets.answer_box import words_box
from logbook.ui.widgets.field import Field
from logbook.ui.widgets.zone_depths import ZoneDepths


class PlanChoice(QWidget):
    """The fields of a `Choice`.

    Signals:
        edited: the person changed something.
    """

    edited = Signal()

    def __init__(self) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        self.zones = ZoneDepths()
        self.setting = words_box(Setting)
        self.device = words_box(DeviceKind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self.zones)
        layout.addWidget(Field("Se&tting", self.setting))
        layout.addWidget(Field("Dev&ice", self.device))
        for editor in (self.zones, self.setting, self.device):
            editor.edited.connect(self.edited)

    def read(self) -> tuple[Choice, list[Problem]]:
        """Return what is chosen, and what of it cannot be read."""
        places, problems = self.zones.read()
        return Choice(self.setting.value(), places, self.device.value()), problems

    def set_value(self, choice: Choice) -> None:
        """Show *choice*; says nothing, since whoever shows it knows."""
        blockers = [QSignalBlocker(editor) for editor in (self.zones, self.setting, self.device)]
        self.zones.set_value(choice.zones)
        self.setting.set_value(choice.setting)
        self.device.set_value(choice.device)
        for blocker in blockers:
            blocker.unblock()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark what is wrong, and take away the other marks."""
        by_field = {problem.field: problem for problem in reversed(problems)}
        for problem in reversed(problems):
            by_field.setdefault(problem.field.partition(":")[0], problem)
        self.zones.show_problems(by_field)

    def focus_first(self) -> None:
        """Go to the zones."""
        self.zones.zones.setFocus()
