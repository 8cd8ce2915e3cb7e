"""Shedding records and life events: what changing them changes, and what a count is held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from logbook.domain import labels
from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import Acknowledgement, LifeEvent
from logbook.domain.shedding import SheddingRecord
from logbook.guidance.predicates.shedding import Raised, RaisedRun
from logbook.guidance.rule import Rules
from logbook.services.judged import JudgedHistory
from logbook.services.saving import acknowledged_of
from logbook.services.trash import laying_aside

# What changing them changes


def adding(record: SheddingRecord) -> Edit:
    """Return the edit that adds *record*."""
    return Edit.adding(f"add {labels.a_record(record)}", (record,))


def changing(before: SheddingRecord, after: SheddingRecord) -> Edit:
    """Return the edit that keeps *after* in the place of *before*."""
    return Edit(f"change {labels.a_record(after)}", (Replacement(before, after),))


def deleting(records: Sequence[SheddingRecord], acknowledged: Iterable[Acknowledgement]) -> Edit:
    """Return the edit that lays *records*, one at least, into the trash, with what was *acknowledged* of them."""
    many = labels.count(len(records), "shedding record")
    what = labels.a_record(records[0]) if len(records) == 1 else many
    # The earliest first: with it go all verdicts that rest on it, and there is none to look for after that.
    gone = sorted(records, key=lambda record: (record.date, record.id))
    return laying_aside(Edit.removing(f"delete {what}", [*acknowledged_of(gone, acknowledged), *gone]))


def adding_event(event: LifeEvent) -> Edit:
    """Return the edit that adds *event*."""
    return Edit.adding(f"add {labels.an_event(event)}", (event,))


def changing_event(before: LifeEvent, after: LifeEvent) -> Edit:
    """Return the edit that keeps *after* in the place of *before*."""
    return Edit(f"change {labels.an_event(after)}", (Replacement(before, after),))


def deleting_events(events: Sequence[LifeEvent]) -> Edit:
    """Return the edit that lays *events*, one at least, into the trash."""
    what = labels.an_event(events[0]) if len(events) == 1 else labels.count(len(events), "life event")
    return laying_aside(Edit.removing(f"delete {what}", events))


# What a count is held against


@dataclass(frozen=True, slots=True)
class OwnBaseline:
    """The person's own usual by one method, as the rules know it: the median of the counts before the first session."""

    limits: Raised
    first: date | None  # of the first session; None: there was none up to the day of the record
    counts: int  # in the days before it
    median: float | None  # hairs, or a grade; None: not known

    @property
    def words(self) -> str:
        """What it is and from when on a count is raised, or why there is none."""
        days, least = labels.count(self.limits.baseline_days, "day"), self.limits.baseline_counts
        if self.first is None:
            return f"None yet: it is the median of the {days} before your first session, from {least} counts on."
        where = f"of the {days} before your first session, on {labels.day(self.first)}"
        if self.counts < least:
            return f"None: {labels.count(self.counts, 'count')} by this method {where}; it takes {least}."
        if self.median is None:
            return "Not known: counting was given up at numbers that could move it."
        raised = self.median * self.limits.percent / 100
        above = f" A count is raised from {raised:,.10g} on." if raised else ""
        return f"{self.median:,.10g}: the median {where}, from {labels.count(self.counts, 'count')}.{above}"


def own_baseline(judged: JudgedHistory, record: SheddingRecord) -> OwnBaseline | None:
    """Return the baseline that *record* is held against; None where no rule of the guidance asks for one."""
    limits = _raised(judged.rules)
    if limits is None:
        return None
    first = judged.history.first
    if first is None or first.date > record.date:
        return OwnBaseline(limits, None, 0, None)
    counts = judged.shedding.counts_beside(record)
    since = first.date - timedelta(days=limits.baseline_days)
    number = sum(since <= count.date < first.date for count in counts)
    median = counts.baseline(first.date, limits.baseline_days, limits.baseline_counts)
    return OwnBaseline(limits, first.date, number, median)


def _raised(rules: Rules) -> Raised | None:
    found = (rule.parameters for rule in rules.of_shedding)
    return next((limits.raised for limits in found if isinstance(limits, RaisedRun)), None)
