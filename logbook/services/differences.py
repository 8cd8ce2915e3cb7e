"""What putting an older state of the logbook back would change."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from logbook.domain import labels
from logbook.domain.edit import Record
from logbook.domain.session import Session
from logbook.domain.trash import Trashed
from logbook.services.counted import counted_records
from logbook.services.logbook_json import KINDS

_KEYS: Final[dict[type[Record], str]] = {**{kind: key for key, kind in KINDS.items()}, Trashed: "trash"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What would go, come back and be changed back, as numbers of records under the JSON's keys."""

    lost: Mapping[str, int]  # are there now, and were not then
    back: Mapping[str, int]  # were there then, and are not now
    changed: Mapping[str, int]  # are there, and were different then
    newest_lost: date | None  # the day of the latest session that would go or be changed back

    @property
    def is_nothing(self) -> bool:
        """Whether it was then as it is now."""
        return not (self.lost or self.back or self.changed)

    @property
    def sentence(self) -> str:
        """Return all of it in words."""
        if self.is_nothing:
            return "It holds exactly what your logbook holds now."
        parts = (
            ("take away", self.lost),
            ("bring back", self.back),
            ("change back", self.changed),
        )
        told = labels.series(f"{verb} {counted_records(counts)}" for verb, counts in parts if counts)
        latest = ""
        if self.newest_lost:
            latest = f" The latest session that it takes away or changes is of {labels.day(self.newest_lost)}."
        return f"Restoring it would {told}.{latest}"


def difference(now: Iterable[Record], then: Iterable[Record]) -> Difference:
    """Return what changes where the records *now* give way to those that were there *then*."""
    present = {record.id: record for record in now}
    past = {record.id: record for record in then}
    lost = [record for id, record in present.items() if id not in past]
    back = [record for id, record in past.items() if id not in present]
    changed = [record for id, record in present.items() if id in past and past[id] != record]
    days = [record.date for record in (*lost, *changed) if isinstance(record, Session)]
    return Difference(_counts(lost), _counts(back), _counts(changed), max(days, default=None))


def _counts(records: Iterable[Record]) -> Mapping[str, int]:
    return Counter(_KEYS[type(record)] for record in records)
