"""The table of sessions: rows sorted, searched and filtered here, where the keys are at hand."""

import html
from collections.abc import Collection
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, Qt

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Severity, SheddingMethod
from logbook.ui.store import Store
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import SEVERITY_ROLE, Index, RowsModel

SESSION_ROLE: Final = Qt.ItemDataRole.UserRole

_MOST_SINGLE_CHANGES = 500  # beyond, the rows are laid anew


def _depth(_: Store, session: Session) -> str:
    if session.deepest is None:
        return labels.NOTHING
    return str(session.deepest) + (" ?" if session.has_unknown_depth else "")


def _interval(store: Store, session: Session) -> str:
    days = store.judged.history.interval_days(session)
    return labels.NOTHING if days is None else f"{days}"


def _interval_key(store: Store, session: Session) -> int:
    days = store.judged.history.interval_days(session)
    return -1 if days is None else days


def shedding_words(record: SheddingRecord | None) -> str:
    """Return a shedding record for a table cell."""
    if record is None or (record.value is None and not record.notes):
        return labels.NOTHING
    if record.value is None:
        return "not counted"
    if record.method is SheddingMethod.ESTIMATE:
        return f"{record.value} {labels.ESTIMATES[record.value]}"
    return f"{'>' if record.is_more_than else ''}{record.value} · {labels.SHORT_METHODS[record.method]}"


def _shedding_key(record: SheddingRecord | None) -> tuple[str, int]:
    """Sort by method, since two are not compared, and within it by the number; what was not counted comes first."""
    if record is None:
        return ("", -1)
    return (record.method, -1 if record.value is None else record.value)


COLUMNS: Final[tuple[Column[[Store, Session]], ...]] = (
    Column("date", "Date", lambda _, s: labels.short_day(s.date), "The local calendar date", key=lambda _, s: s.order),
    Column(
        "zones", "Zones", lambda _, s: labels.zones(s), "The zones needled", key=lambda _, s: labels.zones(s).lower()
    ),
    Column(
        "depth",
        "Depth, mm",
        _depth,
        "The deepest zone; ? where another is unknown",
        is_number=True,
        key=lambda _, s: s.deepest or -1,
    ),
    Column(
        "interval",
        "Interval, d",
        _interval,
        "Days since the last session that shares a zone",
        is_number=True,
        key=_interval_key,
    ),
    Column(
        "device",
        "Device",
        lambda _, s: labels.title(s.device) if s.device else labels.NOTHING,
        "What carried the needles",
        key=lambda _, s: s.device or "",
    ),
    Column(
        "verdict",
        "Verdict",
        lambda store, s: labels.title(store.judged.verdict(s).severity),
        "The highest severity of what the guidance found",
        key=lambda store, s: store.judged.verdict(s).severity,
    ),
    Column(
        "shedding",
        "Shedding",
        lambda store, s: shedding_words(store.shedding_of(s)),
        "What was counted or estimated with the session",
        key=lambda store, s: _shedding_key(store.shedding_of(s)),
    ),
    Column("notes", "Notes", lambda _, s: " ".join(s.notes.split()), "Your notes", key=lambda _, s: s.notes.lower()),
)
VERDICT: Final = next(place for place, column in enumerate(COLUMNS) if column.name == "verdict")
DATE: Final = 0


class SessionModel(RowsModel):
    """The sessions of the store's person, in the order and the choice that is asked for."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        """Show the sessions of *store*, the latest first."""
        super().__init__(COLUMNS, parent)
        self._store = store
        self._shown: list[Session] = []
        self._search = ""
        self._severities: Collection[Severity] = ()
        self._column, self._order = DATE, Qt.SortOrder.DescendingOrder
        store.changed.connect(self._take_in)
        store.judging.settled.connect(self._show_verdicts)
        self._shown = self._choose()

    def session_at(self, row: int) -> Session:
        """Return the session of *row*."""
        return self._shown[row]

    def row_of(self, record_id: RecordId) -> int | None:
        """Return the row that shows the session of that id, or None."""
        return next((row for row, session in enumerate(self._shown) if session.id == record_id), None)

    def counts(self) -> dict[Severity, int]:
        """Return the number of sessions by severity, of those that are judged already."""
        counts = dict.fromkeys(Severity, 0)
        for session in self._store.judged.history:
            if self._store.judged.is_judged(session):
                counts[self._store.judged.verdict(session).severity] += 1
        return counts

    def total(self) -> int:
        """Return the number of sessions, shown or not."""
        return len(self._store.judged.history)

    def search(self, text: str) -> None:
        """Show the sessions in whose words every word of *text* is found."""
        self._search = text.casefold()
        self._lay_anew()

    def show_severities(self, severities: Collection[Severity]) -> None:
        """Show the sessions with one of *severities*; with none given, all."""
        self._severities = severities
        self._lay_anew()

    # Changes

    def _choose(self) -> list[Session]:
        sessions = [session for session in self._store.judged.history if self._matches(session)]
        column = COLUMNS[self._column]
        key = column.key or column.text
        if self._column != DATE:
            sessions.sort(key=lambda session: key(self._store, session))
        if self._order is Qt.SortOrder.DescendingOrder:
            sessions.reverse()
        return sessions

    def _matches(self, session: Session) -> bool:
        if self._severities and self._store.judged.verdict(session).severity not in self._severities:
            return False
        if not self._search:
            return True
        words = " ".join(column.text(self._store, session) for column in COLUMNS).casefold()
        shedding = self._store.shedding_of(session)
        words += f" {session.notes.casefold()} {shedding.notes.casefold() if shedding else ''}"
        return all(word in words for word in self._search.split())

    def _lay_anew(self) -> None:
        self.beginResetModel()
        self._shown = self._choose()
        self.endResetModel()

    def _take_in(self, edit: Edit) -> None:
        if len(edit.replacements) > _MOST_SINGLE_CHANGES:
            self._lay_anew()
        else:
            self._move_rows({session.id for session in self._shown})

    def _move_rows(self, shown_before: set[RecordId]) -> None:
        """Remove what is gone, insert what is new, and have the rest read again, so that the selection stays."""
        wanted = self._choose()
        ids = {session.id for session in wanted}
        for row in range(len(self._shown) - 1, -1, -1):
            if self._shown[row].id not in ids:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._shown[row]
                self.endRemoveRows()
        for row, session in enumerate(wanted):
            if session.id not in shown_before:
                self.beginInsertRows(QModelIndex(), row, row)
                self._shown.insert(row, session)
                self.endInsertRows()
        if [session.id for session in self._shown] != [session.id for session in wanted]:
            self.layoutAboutToBeChanged.emit()
            self._reorder(wanted)
            self.layoutChanged.emit()
        self._shown = wanted
        if wanted:
            self.dataChanged.emit(self.index(0, 0), self.index(len(wanted) - 1, len(COLUMNS) - 1))

    def _reorder(self, wanted: list[Session]) -> None:
        places = {session.id: row for row, session in enumerate(wanted)}
        before = self.persistentIndexList()
        after = [self.index(places[self._shown[i.row()].id], i.column()) for i in before]
        self._shown = wanted
        self.changePersistentIndexList(before, after)

    def _show_verdicts(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, VERDICT), self.index(len(self._shown) - 1, VERDICT))

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        session = self._shown[index.row()]
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(self._store, session)
        if role == SESSION_ROLE:
            return session
        if role == SEVERITY_ROLE:
            return self._store.judged.verdict(session).severity
        if role == Qt.ItemDataRole.ToolTipRole and column.name in {"notes", "zones"}:
            return _plain_tip(session.notes if column.name == "notes" else _depth_by_zone(session))
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = column, order
        self.layoutAboutToBeChanged.emit()
        self._reorder(self._choose())
        self.layoutChanged.emit()


def _depth_by_zone(session: Session) -> str:
    return ", ".join(map(labels.whole_place, session.zones))


def _plain_tip(text: str) -> str:
    """Return *text* so that a tool tip cannot take it for markup."""
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>' if text else ""
