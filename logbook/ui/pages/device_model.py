"""The rows of the Devices page: each device, and under it its cartridges."""

import html
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from logbook.domain import labels
from logbook.domain.session import RecordId
from logbook.domain.vocabulary import Severity
from logbook.services.devices import Needles
from logbook.ui.theme import current_theme
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import SEVERITY_ROLE, Index, RowsModel

NEEDLES_ROLE: Final = Qt.ItemDataRole.UserRole

_INDENT: Final = "\u2003"  # an em space: a screen reader says nothing of it


def needles_name(needles: Needles) -> str:
    """Return *needles* by their full name."""
    if needles.cartridge:
        return f"{labels.capital(labels.a_cartridge(needles.cartridge, needles.device))}, {_of(needles)}"
    return _name(needles, date.min).removesuffix(_state(needles))


def age_severity(needles: Needles) -> Severity | None:
    """Return the severity of the next use of *needles*; None where there is none to tell."""
    return needles.age.severity if needles.age and needles.retired_on is None else None


def _name(needles: Needles, _: date) -> str:
    if needles.cartridge:
        return f"{_INDENT}{labels.capital(labels.needle_head(needles.device.kind))}{_state(needles)}"
    name, kind = labels.device(needles.device), labels.title(needles.device.kind)
    return f"{name}{'' if name == kind else f' · {kind.lower()}'}{_state(needles)}"


def _state(needles: Needles) -> str:
    return " · retired" if needles.retired_on else ""


def _of(needles: Needles) -> str:
    return f"of {labels.device(needles.device)}"


def _length(needles: Needles, _: date) -> str:
    return labels.NOTHING if needles.record.needle_length is None else str(needles.record.needle_length)


def _count(needles: Needles, _: date) -> str:
    return labels.NOTHING if needles.record.needle_count is None else f"{needles.record.needle_count:,}"


def _lot(needles: Needles, _: date) -> str:
    return " ".join(needles.cartridge.lot.split()) if needles.cartridge and needles.cartridge.lot else labels.NOTHING


def _opened(needles: Needles, _: date) -> str:
    opened = needles.cartridge.opened_on if needles.cartridge else None
    return labels.short_day(opened) if opened else labels.NOTHING


def _expires(needles: Needles, today: date) -> str:
    if needles.cartridge is None or needles.cartridge.expires_on is None:
        return labels.NOTHING
    over = ", expired" if needles.cartridge.has_expired(today) else ""
    return f"{labels.short_day(needles.cartridge.expires_on)}{over}"


def _uses(needles: Needles, _: date) -> str:
    return f"{needles.use.count:,}"


def _most(needles: Needles, _: date) -> str:
    if needles.age is None or needles.age.maximum is None:
        return labels.NOTHING
    if needles.age.agreed:
        return f"{needles.age.agreed.maximum} agreed"
    return f"{needles.age.maximum} · {needles.age.rule.id}"


def _age(needles: Needles, _: date) -> str:
    if needles.retired_on:
        return "Retired"
    severity = age_severity(needles)
    return labels.title(severity) if severity is not None else "Not judged" if needles.age else labels.NOTHING


COLUMNS: Final[tuple[Column[[Needles, date]], ...]] = (
    Column("name", "Device", _name, "What carries the needles; under it, what can be changed on it"),
    Column("length", "Length, mm", _length, "The length of the needles", is_number=True),
    Column("needles", "Needles", _count, "The number of needles", is_number=True),
    Column("lot", "Lot", _lot, "The lot printed on it"),
    Column("opened", "Opened on", _opened, "The day it was opened"),
    Column("expires", "Expires on", _expires, "The last day printed on it; no rule of the guidance speaks of it"),
    Column("uses", "Uses", _uses, "The sessions that name it", is_number=True),
    Column("most", "Use at most", _most, "The last use of which the rule says nothing, published or agreed"),
    Column("age", "Next use", _age, "What the rule says of the next use, by agreed limits where there are any"),
)
AGE: Final = next(place for place, column in enumerate(COLUMNS) if column.name == "age")


class DeviceModel(RowsModel):
    """Devices and cartridges in the order in which they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without any."""
        super().__init__(COLUMNS, parent)
        self._shown: tuple[Needles, ...] = ()
        self._today = date.min

    def show_needles(self, needles: Sequence[Needles], today: date) -> None:
        """Show *needles* as they are *today*."""
        self.beginResetModel()
        self._shown, self._today = tuple(needles), today
        self.endResetModel()

    def needles_at(self, row: int) -> Needles:
        """Return what *row* shows."""
        return self._shown[row]

    def row_of(self, record_id: RecordId) -> int | None:
        """Return the row that shows the device or cartridge of that id, or None."""
        return next((row for row, needles in enumerate(self._shown) if needles.record.id == record_id), None)

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        needles, column = self._shown[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(needles, self._today)
        if role == NEEDLES_ROLE:
            return needles
        if role == SEVERITY_ROLE:
            return age_severity(needles)
        if role == Qt.ItemDataRole.AccessibleTextRole and column.name == "name":
            return needles_name(needles) + _state(needles)
        if role == Qt.ItemDataRole.ForegroundRole and needles.retired_on:
            return current_theme().colour("muted")
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(needles, column)
        return super().data(index, role)


def _tip(needles: Needles, column: Column[[Needles, date]]) -> str | None:
    """Return what is cut off in a narrow cell, or who says the recommended maximum, as plain text."""
    if column.name == "most" and needles.age:
        rule = needles.age.rule
        published = f" Published: {needles.age.maximum}." if needles.age.agreed else ""
        sources = labels.series(source.title for source in rule.sources)
        text = f"{rule.title} ({rule.id}).{published} Sources: {sources}."
    elif column.name in {"name", "lot"}:
        text = needles_name(needles) if column.name == "name" else _lot(needles, date.min)
    else:
        return None
    return f"<p>{html.escape(text)}</p>"
