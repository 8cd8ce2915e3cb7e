"""All that is known of one device or cartridge: its needles, its age and who says so, and its sessions."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from logbook.domain import labels
from logbook.domain.session import RecordId, Session
from logbook.services.devices import Age, Needles
from logbook.ui.theme import MARGIN, SMALL_ICON, SPACING, TIGHT, pixmap, restyle
from logbook.ui.widgets.answer_box import AnswerBox
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.fitted_table import FittedTable
from logbook.ui.widgets.rows_model import Index, RowsModel
from logbook.ui.widgets.verdict_panel import sources_words
from logbook.ui.widgets.words import words_label

_COLUMNS: Final[tuple[Column[[Session]], ...]] = (
    Column("date", "Date", lambda one: labels.short_day(one.date), "The local calendar date"),
    Column("zones", "Zones", labels.zones, "The zones needled"),
    Column(
        "depth",
        "Depth, mm",
        lambda one: labels.NOTHING if one.deepest is None else str(one.deepest),
        "The deepest zone",
        is_number=True,
    ),
    Column(
        "use",
        "Use",
        lambda one: labels.NOTHING if one.needle_use is None else f"{one.needle_use:,}",
        "Which use of the needles it was, as it was recorded",
        is_number=True,
    ),
)
_DATE, _ZONES, _DEPTH, _USE = range(len(_COLUMNS))
_WIDEST: Final = {_DATE: "28 Nov 2026", _USE: "10,000"}
_NARROWEST: Final = 350  # logical pixels, as is the next
_WIDE: Final = 600
_NO_LIMIT: Final = 16_777_215  # what Qt calls QWIDGETSIZE_MAX


class NeedlePanel(QFrame):
    """What the row that is chosen stands for.

    Signals:
        session_wanted: the person opened one of the sessions; carries its id.
    """

    session_wanted = Signal(str)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setProperty("role", "card")
        self._needles: Needles | None = None
        self._sessions: tuple[tuple[Session, ...], ...] = ((), ())  # with these needles, with their lot
        self.heading, self.facts = words_label("heading"), words_label("muted")
        self.state, self.age = words_label(), words_label()
        self.icon = QLabel()
        self.sources_button = QToolButton(checkable=True)
        self.sources_button.setProperty("role", "link")
        self.sources_button.setArrowType(Qt.ArrowType.RightArrow)
        self.sources_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sources = words_label(is_selectable=True)
        self.sources.hide()
        self.which: AnswerBox[int] = AnswerBox([("These needles", 0), ("This lot", 1)])
        self.model = UsesModel(self)
        self.table = FittedTable(self.model, _WIDEST, _ZONES, [_DEPTH])
        self.table.setAccessibleName("Sessions with these needles: Enter opens one")
        self.none = words_label("muted")
        self._lay_out()
        self.sources_button.toggled.connect(self._show_sources)
        self.which.edited.connect(self._show_sessions)
        self.table.activated.connect(self._opened)

    def show_needles(self, name: str, needles: Needles, lot: Sequence[Session], person_id: RecordId, day: date) -> None:
        """Show *needles* as they are on a *day*; *lot* are the sessions with any cartridge of their lot."""
        if self._needles is None or self._needles.record.id != needles.record.id:
            self.sources_button.setChecked(False)
            self.which.set_value(0)
        self._needles = needles
        self.heading.setText(name)
        self._show_age(needles)
        self.facts.setText("\n".join(facts_words(needles, person_id, day)))
        self._sessions = (needles.use.sessions, tuple(lot))
        has_lot = needles.cartridge is not None and bool(needles.cartridge.lot.strip())
        self.which.setVisible(has_lot)
        self._which_label.setText("Sessions &with" if has_lot else "Sessions")
        self._show_sessions()
        self._fit()

    def text(self) -> str:
        """Return what is shown, as it would be read aloud."""
        labels_shown = (self.heading, self.state, self.age, self.facts)
        return "\n".join(label.text() for label in labels_shown if label.text())

    def restyle(self) -> None:
        """Draw the icon again in the colours of now."""
        if self._needles:
            self._show_age(self._needles)

    def _show_age(self, needles: Needles) -> None:
        severity = needles.age.severity if needles.age and not needles.retired_on else None
        self.icon.setVisible(severity is not None)
        if severity is not None:
            self.icon.setPixmap(pixmap(severity.word, severity.word, SMALL_ICON))
        restyle(self.state, "tone", severity.word if severity is not None else "none")
        self.state.setText(state_words(needles))
        self.state.setVisible(bool(self.state.text()))
        self.age.setText(age_words(needles))
        self.age.setVisible(bool(self.age.text()))
        rule = needles.age.rule if needles.age and not needles.retired_on else None
        self.sources_button.setVisible(rule is not None)
        if rule:
            self.sources_button.setText(f"{labels.count(len(rule.sources), 'source')} · rule {rule.id}")
            self.sources_button.setAccessibleName(f"Sources of {rule.title}")
            self.sources.setText(sources_words(rule.sources))
        self.sources.setVisible(rule is not None and self.sources_button.isChecked())

    def _show_sources(self, is_open: bool) -> None:
        self.sources_button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.sources.setVisible(is_open)
        self._fit()

    def _show_sessions(self) -> None:
        sessions = self._sessions[self.which.value()]
        self.model.show_sessions(sessions)
        self.table.setVisible(bool(sessions))
        self.none.setVisible(not sessions)
        self.none.setText("No session names it yet. Choose it in the form of a session, and its uses are counted.")

    def _opened(self, index: QModelIndex) -> None:
        self.session_wanted.emit(self.model.session_at(index.row()).id)

    def _lay_out(self) -> None:
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        column.setSpacing(TIGHT)
        state = QHBoxLayout()
        state.setSpacing(TIGHT)
        state.addWidget(self.icon)
        state.addWidget(self.state, 1)
        column.addWidget(self.heading)
        column.addLayout(state)
        for widget in (self.age, self.sources_button, self.sources, self.facts):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("About these needles")
        self._scroll.setWidget(self._body)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACING)
        self._box.addWidget(self._scroll, 1)
        self._box.addWidget(self._sessions_part(), 1)
        self.setMinimumWidth(_NARROWEST)

    def _sessions_part(self) -> QWidget:
        self._which_label = QLabel("Sessions")
        self._which_label.setProperty("role", "section")
        self._which_label.setBuddy(self.which)
        self.which.setAccessibleName("Sessions with these needles, or with their lot")
        which = QHBoxLayout()
        which.addWidget(self._which_label)
        which.addWidget(self.which, 1)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addLayout(which)
        column.addWidget(FindRow(self.table))
        column.addWidget(self.table, 1)
        column.addWidget(self.none)
        column.addStretch(0)
        return part

    def _fit(self) -> None:
        """Put the sessions beside the words where there is room, else below them, close to what is said."""
        is_wide = self.width() > _WIDE
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)
        wanted = self._body.heightForWidth(self._scroll.viewport().width())
        self._scroll.setMaximumHeight(_NO_LIMIT if is_wide else max(wanted, 2 * MARGIN))

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class UsesModel(RowsModel):
    """Sessions with the same needles, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without any."""
        super().__init__(_COLUMNS, parent)
        self._shown: tuple[Session, ...] = ()

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Show *sessions*, which are given from the first to the last."""
        self.beginResetModel()
        self._shown = tuple(reversed(sessions))
        self.endResetModel()

    def session_at(self, row: int) -> Session:
        """Return the session of *row*."""
        return self._shown[row]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[index.column()].text(self._shown[index.row()])
        return super().data(index, role)


def state_words(needles: Needles) -> str:
    """Return in a few words how worn *needles* are."""
    if needles.retired_on:
        return f"Retired on {labels.day(needles.retired_on)}"
    if needles.age is None:
        return ""
    severity = needles.age.severity
    return f"{'Not judged' if severity is None else labels.title(severity)} · next use: {needles.age.next_use:,}"


def age_words(needles: Needles) -> str:
    """Return what the guidance says of the next use of *needles*, or why it says nothing."""
    if needles.retired_on:
        return ""
    if needles.age:
        return _said(needles.age)
    if needles.is_counted:
        return "No rule of the guidance speaks of the needles of this kind of device."
    head = labels.needle_head(needles.device.kind)
    return f"Each {head} is counted and judged for itself: add it here, and choose it in each session."


def _said(age: Age) -> str:
    if age.severity is None:
        return "This cannot be judged without the length of the needles, or the depth of a session with them."
    if age.finding:
        return f"Of the next use the guidance says: {age.finding.message}"
    if age.maximum is None:
        return "The published rule says nothing of the next use."
    where = ""
    if age.rule.parameters.over is not None and age.depth is not None:
        whose = "that length" if age.is_length else "the depth of their last session"
        where = f"At {labels.millimetres(age.depth)}, {whose}, "
    return labels.capital(f"{where}the published rule says nothing up to use {age.maximum:,}{_agreed_words(age)}.")


def _agreed_words(age: Age) -> str:
    if age.agreed is None:
        return ""
    with_whom = labels.series(labels.agreed_with(limit) for limit in age.agreed.limits)
    return f"; {with_whom}: up to use {age.agreed.maximum:,}"


def facts_words(needles: Needles, person_id: RecordId, day: date) -> list[str]:
    """Return what is recorded of *needles*, line by line; whose sessions are not of *person_id* are counted apart."""
    record, cartridge = needles.record, needles.cartridge
    length = [labels.millimetres(record.needle_length)] if record.needle_length is not None else []
    count = [labels.count(record.needle_count, "needle")] if record.needle_count is not None else []
    lines = [labels.capital(", ".join([*length, *count]))]
    if cartridge:
        lot = [f"lot {cartridge.lot.strip()}"] if cartridge.lot.strip() else []
        opened = [f"opened on {labels.day(cartridge.opened_on)}"] if cartridge.opened_on else []
        lines.append(labels.capital(", ".join([*lot, *opened])))
        if cartridge.expires_on and cartridge.has_expired(day):
            lines.append(f"Expired on {labels.day(cartridge.expires_on)}. No rule of the guidance speaks of this date.")
        elif cartridge.expires_on:
            lines.append(f"Expires on {labels.day(cartridge.expires_on)}")
    elif needles.device.depth_meaning:
        lines.append(f"A depth on it is the {labels.word(needles.device.depth_meaning)}")
    lines += [_use_words(needles), _others_words(needles.use.sessions, person_id), record.notes.strip()]
    return [line for line in lines if line]


def _use_words(needles: Needles) -> str:
    use = needles.use
    if use.last is None:
        return ""
    words = f"{labels.capital(labels.count(use.count, 'use'))} counted, the last on {labels.day(use.last.date)}"
    written = use.last_use_number or 0
    if needles.is_counted and written > use.count:
        return f"{words}; use {written:,} was written down, so some are not in this logbook"
    return words


def _others_words(sessions: Sequence[Session], person_id: RecordId) -> str:
    others = sum(session.person_id != person_id for session in sessions)
    return f"{labels.count(others, 'use')} of these on another person" if others else ""
