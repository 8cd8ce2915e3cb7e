"""The table of shedding records: rows sorted and filtered here, each cell put into words when it is looked at."""

import html
from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, Qt

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.session import RecordId
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import is_count
from logbook.domain.vocabulary import Severity, SheddingMethod
from logbook.ui.store import Store
from logbook.ui.widgets.column import Column
from logbook.ui.widgets.rows_model import SEVERITY_ROLE, Index, RowsModel

_MOST_SINGLE_CHANGES: Final = 100  # beyond, the rows are laid anew
LEFT_OUT: Final = "✕ out"


def count_words(record: SheddingRecord) -> str:
    """Return what was counted for a table cell; what was not counted says so, and is never a zero."""
    if record.value is None:
        return "not counted"
    words = labels.grades(record.method).get(record.value, f"{record.value:,}")
    return f"{'>' if record.is_more_than else ''}{words}"


def _wash(_: Store, record: SheddingRecord) -> str:
    return labels.NOTHING if record.days_since_wash is None else str(record.days_since_wash)


def shown_severity(store: Store, record: SheddingRecord) -> Severity | None:
    """Return the severity of what is said of *record*; None where nothing is, because it holds no count."""
    verdict = store.judged.verdict(record)
    is_silent = verdict.severity is Severity.CLEAN and verdict.unjudged and not is_count(record)
    return None if is_silent else verdict.severity


def _verdict(store: Store, record: SheddingRecord) -> str:
    severity = shown_severity(store, record)
    return "Not judged" if severity is None else labels.title(severity)


def _severity(store: Store, record: SheddingRecord) -> int:
    """Return the severity for sorting; what is not judged yet comes first, and takes its place when all is."""
    return store.judged.verdict(record).severity if store.judged.is_judged(record) else -1


def _notes(_: Store, record: SheddingRecord) -> str:
    return " ".join(record.notes.split())


COLUMNS: Final[tuple[Column[[Store, SheddingRecord]], ...]] = (
    Column("date", "Date", lambda _, r: labels.short_day(r.date), "The local calendar date"),
    Column("method", "Method", lambda _, r: labels.title(r.method), "How it was counted; two methods are not compared"),
    Column(
        "count",
        "Count",
        lambda _, r: count_words(r),
        "Hairs, or the grade of a scale; > where counting was given up",
        is_number=True,
        key=lambda _, r: (r.method, -1 if r.value is None else r.value, r.is_more_than),
    ),
    Column(
        "wash",
        "Wash, d",
        _wash,
        "Days since the last wash",
        is_number=True,
        key=lambda _, r: -1 if r.days_since_wash is None else r.days_since_wash,
    ),
    Column(
        "verdict",
        "Verdict",
        _verdict,
        "The highest severity of what the guidance found",
        key=_severity,
    ),
    Column(
        "trend",
        "Trend",
        lambda _, r: LEFT_OUT if r.excluded_because else "",
        "Whether it is left out of trends and of your baseline",
    ),
    Column("notes", "Notes", _notes, "Your notes", key=lambda _, r: r.notes.casefold()),
)
PLACES: Final = {column.name: place for place, column in enumerate(COLUMNS)}
DATE: Final = PLACES["date"]


class SheddingModel(RowsModel):
    """The shedding records of the store's person, of one method or of all."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        """Show the records of *store*, the latest first."""
        super().__init__(COLUMNS, parent)
        self._store = store
        self._judged = store.judged  # of the person that is shown
        self._method: SheddingMethod | None = None
        self._names_methods = False
        self._column, self._order = DATE, Qt.SortOrder.DescendingOrder
        self._shown: list[SheddingRecord] = self._choose()
        store.changed.connect(self._take_in)
        store.judging.settled.connect(self._show_verdicts)

    @property
    def total(self) -> int:
        """The number of records, shown or not."""
        return len(self._store.judged.shedding)

    @property
    def left_out(self) -> int:
        """The number of those shown that are left out of trends."""
        return sum(bool(record.excluded_because) for record in self._shown)

    def name_methods(self, *, is_wanted: bool) -> None:
        """Name the method beside each count, as is wanted where no column does: a bare number says nothing."""
        if self._names_methods is not is_wanted:
            self._names_methods = is_wanted
            self._tell_changed()

    def record_at(self, row: int) -> SheddingRecord:
        """Return the record of *row*."""
        return self._shown[row]

    def row_of(self, record_id: RecordId) -> int | None:
        """Return the row that shows the record of that id, or None."""
        return next((row for row, record in enumerate(self._shown) if record.id == record_id), None)

    def show_method(self, method: SheddingMethod | None) -> None:
        """Show the records of *method*; None: of all."""
        self._method = method
        self._lay_anew()

    # Changes

    def _choose(self) -> list[SheddingRecord]:
        method, column = self._method, COLUMNS[self._column]
        records = [one for one in self._store.judged.shedding if method is None or one.method is method]
        key = column.key or column.text
        if self._column != DATE:
            records.sort(key=lambda record: key(self._store, record))
        if self._order is Qt.SortOrder.DescendingOrder:
            records.reverse()
        return records

    def _lay_anew(self) -> None:
        self.beginResetModel()
        self._judged, self._shown = self._store.judged, self._choose()
        self.endResetModel()

    def _take_in(self, edit: Edit) -> None:
        """Show what *edit* changed; a verdict may rest on any record and on any session."""
        changed = edit.of(SheddingRecord)
        if len(changed) > _MOST_SINGLE_CHANGES or self._judged is not self._store.judged:
            self._lay_anew()
        elif changed:
            self._move_rows(self._choose(), {one.record.id for one in changed})
        self._tell_changed()

    def _move_rows(self, wanted: list[SheddingRecord], changed: Iterable[RecordId]) -> None:
        """Take out what is gone and put in what is new, so that the selection stays; then put all in order."""
        ids = {record.id for record in wanted}
        there = {record.id for record in self._shown}
        for record_id in changed:
            row = self.row_of(record_id) if record_id in there and record_id not in ids else None
            if row is not None:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._shown[row]
                self.endRemoveRows()
        for row, record in enumerate(wanted):
            if record.id not in there:
                self.beginInsertRows(QModelIndex(), row, row)
                self._shown.insert(row, record)
                self.endInsertRows()
        self._reorder(wanted)

    def _reorder(self, wanted: list[SheddingRecord]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        chosen = {self._shown[index.row()].id for index in before}
        places = {record.id: row for row, record in enumerate(wanted) if record.id in chosen}
        after = [self.index(places[self._shown[index.row()].id], index.column()) for index in before]
        self._shown = wanted
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _tell_changed(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMNS) - 1))

    def _show_verdicts(self) -> None:
        if self._column == PLACES["verdict"]:
            self._reorder(self._choose())
        self._tell_changed()

    # What Qt asks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record, column = self._shown[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            text = column.text(self._store, record)
            is_named = self._names_methods and column.name == "count"
            return f"{text} · {labels.SHORT_METHODS[record.method]}" if is_named else text
        if role == SEVERITY_ROLE:
            return shown_severity(self._store, record)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(record, column.name)
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = column, order
        self._reorder(self._choose())


def _caption(record: SheddingRecord) -> str:
    return "" if record.value is None else labels.grade_caption(record.method, record.value)


def _tip(record: SheddingRecord, column: str) -> str | None:
    """Return what a narrow cell has no room for, so that it cannot be taken for markup."""
    text = {
        "count": f"{labels.title(record.method)}: {count_words(record)}. {_caption(record)}".strip(),
        "trend": record.excluded_because or "",
        "notes": record.notes,
    }.get(column, "")
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>' if text else None
