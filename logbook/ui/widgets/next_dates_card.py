"""When each zone may be needled again, under whatever stop is open."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.guidance.rule import Finding
from logbook.services.findings import ListedFinding, OpenFindings
from logbook.services.next_in_zones import LAST, NextInZones
from logbook.ui.theme import HAIR, MARGIN, SPACING, restyle
from logbook.ui.widgets.card import Card, SeverityLine
from logbook.ui.widgets.words import words_label

_NOTE: Final = (
    "As far as rest goes: skin, needles and products are judged on the day. The usual depth of a zone is the one that "
    f"most of its last {LAST} sessions have."
)
_JUDGING: Final = "Judging your history: a stop may be open that is not shown yet."
_NONE: Final = "No session yet. Once there is one, the next date of each of its zones stands here."


class NextDatesCard(Card):
    """A row for all zones of which the same is to be said.

    Signals:
        stops_wanted: the person wants to see the stops that are open.
    """

    stops_wanted = Signal()

    def __init__(self) -> None:
        """Begin without rows."""
        super().__init__("Next dates")
        self._rows: list[_ZoneRow] = []
        self.stops = _OpenStops()
        self.stops.button.clicked.connect(self.stops_wanted)
        self._judging, self._note = words_label("muted"), words_label("small")
        self._judging.setText(_JUDGING)
        self.column.addWidget(self._judging)
        self.column.addWidget(self.stops)
        self.column.addWidget(self._note)

    def show_next(self, zones: Sequence[NextInZones], found: OpenFindings | None) -> None:
        """Show what is said of *zones*, and above it the stops among what was *found*; None: it is not known yet."""
        self._judging.setVisible(found is None and bool(zones))
        self.stops.show_stops(found)
        while len(self._rows) < len(zones):
            row = _ZoneRow()
            self.column.insertWidget(self.column.count() - 1, row)
            self._rows.append(row)
        for row, one in zip(self._rows, zones, strict=False):
            row.show_zones(one)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(zones))
        self._note.setText(_NOTE if zones else _NONE)

    def restyle(self) -> None:
        """Draw icons in the colours of now."""
        self.stops.line.restyle()
        for row in self._rows:
            row.restyle()

    def text(self) -> str:
        """Return everything that is shown, as it would be read aloud."""
        parts = [self._judging.text()] if not self._judging.isHidden() else []
        parts += [self.stops.line.text()] if not self.stops.isHidden() else []
        return "\n".join([*parts, *(row.text() for row in self._rows if not row.isHidden()), self._note.text()])


class _OpenStops(QFrame):
    """The stops that are open, in one line, with the way to them."""

    def __init__(self) -> None:
        super().__init__()
        restyle(self, "severity", Severity.STOP.word)
        self.line, self.button = SeverityLine(), QToolButton(text="Sho&w the stops")
        self.button.setProperty("role", "link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_stops(self, found: OpenFindings | None) -> None:
        number = found.counts.get(Severity.STOP, 0) if found else 0
        if found and found.last_stop:
            verb = "is" if number == 1 else "are"
            self.line.say(Severity.STOP, f"{number:,} {verb} open, the last: {_stop_words(found.last_stop)}")
        self.setVisible(bool(number))


def _stop_words(stop: ListedFinding) -> str:
    return f"{stop.finding.rule.title}, {labels.day(stop.record.date)}."


class _ZoneRow(QWidget):
    """Zones, from when, why, and what such a session would be warned of."""

    def __init__(self) -> None:
        super().__init__()
        self._where, self._headline = words_label("heading"), words_label("severity")
        self._why, self._usual = words_label(), words_label("small")
        self._warned: list[SeverityLine] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, SPACING, 0, 0)
        self._layout.setSpacing(HAIR)
        for label in (self._where, self._headline, self._why, self._usual):
            self._layout.addWidget(label)

    def show_zones(self, one: NextInZones) -> None:
        for label, text in (
            (self._where, one.where),
            (self._headline, one.headline),
            (self._why, one.why),
            (self._usual, one.usual),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        restyle(self._headline, "tone", one.severity.word if one.severity is Severity.STOP else "none")
        self._show_warned(one.warned)
        self.setAccessibleName(self.text())

    def _show_warned(self, warned: Sequence[Finding]) -> None:
        while len(self._warned) < len(warned):
            line = SeverityLine()
            self._layout.insertWidget(2 + len(self._warned), line)
            self._warned.append(line)
        for line, finding in zip(self._warned, warned, strict=False):
            line.say(finding.severity, f"{finding.rule.title} ({finding.rule.id}): {finding.found}")
        for place, line in enumerate(self._warned):
            line.setVisible(place < len(warned))

    def restyle(self) -> None:
        for line in self._warned:
            line.restyle()

    def text(self) -> str:
        warned = [line.text() for line in self._warned if not line.isHidden()]
        said = (self._where.text(), self._headline.text(), *warned, self._why.text(), self._usual.text())
        return "\n".join(words for words in said if words)
