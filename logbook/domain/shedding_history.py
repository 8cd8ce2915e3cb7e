"""One person's shedding records in the order of time, and the questions that are asked of them."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from statistics import median
from typing import Any, Final

from logbook.domain.session import RecordId
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SheddingMethod

TREND_DAYS: Final = 14  # of the window whose median is the trend
TREND_LEAST: Final = 3  # days with a count in it; with fewer there is no median


def is_count(record: SheddingRecord) -> bool:
    """Tell whether *record* holds a number: one that was not counted, or is left out of trends, holds none."""
    return record.value is not None and not record.excluded_because


class Counts:
    """What was counted by one method, in the order of time.

    Whatever is asked is asked for a record: of the counts before it, and of itself as the last.
    """

    def __init__(self, records: Iterable[SheddingRecord] = ()) -> None:
        """Keep those of *records* that are counts; they come in the order of time."""
        self._records = [record for record in records if is_count(record)]
        # What is searched, beside what is found; a day alone, as a tuple of one, sorts before all of that day.
        self._orders: list[tuple[Any, ...]] = [_order(record) for record in self._records]
        self._baselines: dict[tuple[date, int, int], float | None] = {}
        self._firsts: dict[float, Sequence[SheddingRecord | None]] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._records)

    def __iter__(self) -> Iterator[SheddingRecord]:
        """Go through the counts from the first to the last."""
        return iter(self._records)

    @property
    def order(self) -> tuple[Any, ...]:
        """The place in time of the first, of which there must be one."""
        return self._orders[0]

    @property
    def newest(self) -> SheddingRecord | None:
        """The last count; None without any."""
        return self._records[-1] if self._records else None

    def add(self, count: SheddingRecord) -> None:
        """Put *count* in its place."""
        place = bisect_left(self._orders, _order(count))
        self._records.insert(place, count)
        self._orders.insert(place, _order(count))
        self._forget()

    def remove(self, count: SheddingRecord) -> None:
        """Take *count* out; it must be there."""
        place = bisect_left(self._orders, _order(count))
        del self._records[place], self._orders[place]
        self._forget()

    def last(self, record: SheddingRecord, number: int) -> Sequence[SheddingRecord]:
        """Return the last *number* counts, or as many as there are, *record* being the last of them."""
        place = bisect_left(self._orders, _order(record))
        return [*self._records[max(0, place - number + 1) : place], record]

    def days_ending(self, record: SheddingRecord, days: int) -> Sequence[SheddingRecord]:
        """Return the counts of the *days* calendar days of which the day of *record*, the last of them, is the last."""
        place = bisect_left(self._orders, _order(record))
        start = bisect_left(self._orders, (_back(record.date, days - 1),), hi=place)
        return [*self._records[start:place], record]

    def baseline(self, before: date, days: int, least: int) -> float | None:
        """Return the median of the counts of the *days* days before a day, or None where they are fewer than *least*.

        None too where it is not known, because counting was given up at numbers that could move it.
        """
        key = (before, days, least)
        if key not in self._baselines:
            start = bisect_left(self._orders, (_back(before, days),))
            end = bisect_left(self._orders, (before,), lo=start)
            self._baselines[key] = _median(self._records[start:end]) if end - start >= max(least, 1) else None
        return self._baselines[key]

    def first_of_run(self, record: SheddingRecord, at_least: float) -> SheddingRecord:
        """Return the first of the consecutive counts of *at_least* each that end with *record*, which is such a one.

        However far apart they are, only a count that is not known to be as high ends a run.
        """
        if at_least not in self._firsts:
            self._firsts[at_least] = list(_firsts(self._records, at_least))
        place = bisect_left(self._orders, _order(record))
        return (self._firsts[at_least][place - 1] if place else None) or record

    def _forget(self) -> None:
        self._baselines.clear()
        self._firsts.clear()


class SheddingHistory:
    """One person's shedding records, sorted by date, then the order in which they were recorded."""

    def __init__(self, records: Iterable[SheddingRecord] = ()) -> None:
        """Sort *records*."""
        self._records = sorted(records, key=_order)
        self._orders = [_order(record) for record in self._records]
        self._by_id = {record.id: record for record in self._records}
        by_method: dict[SheddingMethod, list[SheddingRecord]] = {method: [] for method in SheddingMethod}
        for record in self._records:
            by_method[record.method].append(record)
        self._counts = {method: Counts(records) for method, records in by_method.items()}
        self._beside: tuple[tuple[RecordId, SheddingMethod], Counts] | None = None  # the last that were asked for

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self._records)

    def __iter__(self) -> Iterator[SheddingRecord]:
        """Go through the records from the first to the last."""
        return iter(self._records)

    @property
    def most_counted(self) -> Counts | None:
        """The counts by the method by which there are most, of equals the one that was used first; None without any."""
        counted = [counts for counts in self._counts.values() if counts]
        return min(counted, key=lambda counts: (-len(counts), counts.order), default=None)

    def add(self, record: SheddingRecord) -> None:
        """Put *record* in its place."""
        place = bisect_left(self._orders, _order(record))
        self._records.insert(place, record)
        self._orders.insert(place, _order(record))
        self._by_id[record.id] = record
        self._beside = None
        if is_count(record):
            self._counts[record.method].add(record)

    def remove(self, record: SheddingRecord) -> None:
        """Take *record* out.

        Raises:
            KeyError: it is not there.
        """
        known = self._by_id.get(record.id)
        if known is None or known.date != record.date:
            raise KeyError(record.id)
        place = bisect_left(self._orders, _order(known))
        del self._records[place], self._orders[place]
        del self._by_id[known.id]
        self._beside = None
        if is_count(known):
            self._counts[known.method].remove(known)

    def counts_beside(self, record: SheddingRecord) -> Counts:
        """Return the counts by the method of *record*; what it replaces, under the same id, is none of them."""
        counts = self._counts[record.method]
        known = self._by_id.get(record.id)
        if known is None or known is record or known == record:
            return counts
        key = (record.id, record.method)
        if self._beside is None or self._beside[0] != key:
            self._beside = (key, Counts(count for count in counts if count.id != record.id))
        return self._beside[1]


def _order(record: SheddingRecord) -> tuple[date, RecordId]:
    return (record.date, record.id)


def _back(day: date, days: int) -> date:
    """Return the day so many days before *day*, or the first of the calendar where there is none."""
    return date.fromordinal(max(day.toordinal() - days, date.min.toordinal()))


def _median(counts: Sequence[SheddingRecord]) -> float | None:
    """Return the median, or None where it depends on how high a count would have gone that was given up."""
    values = [count.value for count in counts if count.value is not None]
    highest = [math.inf if count.is_more_than else count.value for count in counts if count.value is not None]
    middle = median(values)
    return middle if median(highest) == middle else None


def _firsts(counts: Iterable[SheddingRecord], at_least: float) -> Iterator[SheddingRecord | None]:
    """Go through *counts* and give for each the first of its run, or None where it is in none."""
    first = None
    for count in counts:
        first = (first or count) if count.value is not None and count.value >= at_least else None
        yield first
