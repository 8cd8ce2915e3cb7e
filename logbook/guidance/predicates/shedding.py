"""Family S: hairs lost, each method for itself.

A count is a record with a number that is not left out of trends (`is_count`). Where counting was given up, the number
is the least it can have been: enough to find that it is high, never to find that it is not.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from logbook.domain import labels
from logbook.domain.person import LifeEvent
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import is_count
from logbook.domain.vocabulary import Endpoint, EventKind, Severity, Sex, SheddingMethod
from logbook.guidance.predicates.person import years
from logbook.guidance.predicates.registry import must_rise, predicate
from logbook.guidance.rule import CLEAN, Answer, SheddingCase

_NOT_COUNTED: Final = Answer.unknown("value")


# Against published ranges


@dataclass(frozen=True, slots=True)
class CountBand:
    """A severity that begins above a number of hairs, or above a grade."""

    over: int  # exclusive
    severity: Severity

    def __post_init__(self) -> None:
        """Refuse what a published number cannot say: it is weak evidence, a person's own baseline is strong."""
        if self.severity is Severity.STOP:
            raise ValueError("no published number of hairs gives a stop")


@dataclass(frozen=True, slots=True)
class People:
    """For whom a range was published."""

    sex: Sex
    from_age: int  # completed years on the day of the count, as the next
    to_age: int  # included

    def lacking(self, case: SheddingCase) -> tuple[str, ...] | None:
        """Return the fields without which it is not known whether it is the person's range; None where it is not."""
        born = case.person.birth_date if case.person else None
        sex = case.person.sex if case.person else None
        if sex not in (None, self.sex):
            return None
        if born is not None and not self.from_age <= years(born, case.record.date) <= self.to_age:
            return None
        return tuple(name for name, known in (("birth_date", born), ("sex", sex)) if known is None)


@dataclass(frozen=True, slots=True)
class PublishedRange:
    """What the counts of one method are held against: the mean of some, of which the judged one is the last."""

    method: SheddingMethod  # its message has the same name
    bands: tuple[CountBand, ...]  # from the fewest on
    counts: int = 1  # how many there must be: the last so many, or
    in_days: int | None = None  # all of so many calendar days
    people: People | None = None  # None: anybody

    def __post_init__(self) -> None:
        """Refuse bands out of order."""
        must_rise(*(band.over for band in self.bands))

    @property
    def facts(self) -> str:
        """What its message may use."""
        several = ["counts#"] if self.counts > 1 else []
        days = ["in_days#"] if self.in_days else []
        ages = ["from_age", "to_age"] if self.people else []
        return " ".join(["amount", "limit#", *several, *days, *ages])


@dataclass(frozen=True, slots=True)
class PublishedRanges:
    """The ranges of all methods; a method without one is not judged by them."""

    ranges: tuple[PublishedRange, ...]


def _range_messages(limits: PublishedRanges) -> Mapping[str, str]:
    return {published.method.value: published.facts for published in limits.ranges}


@predicate(PublishedRanges, _range_messages, SheddingCase)
def beyond_published(case: SheddingCase, limits: PublishedRanges) -> Answer:
    """Judge a count, or the mean that it is the last of, by the ranges published for its method and the person."""
    answers = [_against(case, published) for published in limits.ranges if published.method is case.record.method]
    worst = max(answers, key=lambda answer: answer.severity, default=CLEAN)
    if worst.severity:
        return worst
    return Answer.unknown(*dict.fromkeys(field for answer in answers for field in answer.missing))


def _against(case: SheddingCase, published: PublishedRange) -> Answer:
    lacking = published.people.lacking(case) if published.people else ()
    if lacking is None:
        return CLEAN
    answer = _mean(case, published) if is_count(case.record) else _NOT_COUNTED
    return Answer.unknown(*lacking, *answer.missing) if lacking and answer is not CLEAN else answer


def _mean(case: SheddingCase, published: PublishedRange) -> Answer:
    beside = case.records.counts_beside(case.record)
    if published.in_days:
        counts = beside.days_ending(case.record, published.in_days)
    else:
        counts = beside.last(case.record, published.counts)
    if len(counts) < published.counts:
        return _NOT_COUNTED  # the other days were not
    total, is_least = sum(map(_hairs, counts)), any(count.is_more_than for count in counts)
    # Not the mean, which would be rounded.
    severity = max((b.severity for b in published.bands if total > b.over * len(counts)), default=Severity.CLEAN)
    if severity is Severity.CLEAN:
        return _NOT_COUNTED if is_least else CLEAN
    facts = _held_against(published, total / len(counts), len(counts), is_least=is_least)
    return Answer(severity, published.method.value, facts)


def _held_against(published: PublishedRange, mean: float, counts: int, *, is_least: bool) -> Mapping[str, Any]:
    number = round(mean, 2)
    facts: dict[str, Any] = {"mean": number, "counts": counts} if published.counts > 1 else {"value": int(number)}
    facts |= {"amount": _amount(number, is_least), "limit": published.bands[0].over}
    if published.in_days:
        facts["in_days"] = published.in_days
    if published.people:
        facts |= {"from_age": published.people.from_age, "to_age": published.people.to_age}
    return facts


# Against the person's own baseline


@dataclass(frozen=True, slots=True)
class Raised:
    """From when on a count is raised: against the median of the person's own counts by the same method."""

    percent: int  # of the baseline
    baseline_days: int  # calendar days before the first session, in which the baseline lies
    baseline_counts: int  # how many counts it takes

    def __post_init__(self) -> None:
        """Refuse a baseline that is above itself."""
        must_rise(100, self.percent)


@dataclass(frozen=True, slots=True)
class _Own:
    """A person's own baseline, with what it is asked for."""

    baseline: float
    raised_from: float

    def facts(self, record: SheddingRecord) -> dict[str, Any]:
        """Return what every message about a raised count says."""
        return {
            "method": record.method,
            "value": record.value,
            "amount": _amount(_hairs(record), record.is_more_than),
            "baseline": self.baseline,
            "bound": self.raised_from,
        }


def _own(case: SheddingCase, limits: Raised) -> _Own | None:
    """Return the person's baseline as it was known on the day of the record, or None.

    There is none before the first session, from too few counts, and none to be a multiple of where it is zero.
    """
    first = case.sessions.first
    if first is None or first.date > case.record.date:
        return None
    counts = case.records.counts_beside(case.record)
    baseline = counts.baseline(first.date, limits.baseline_days, limits.baseline_counts)
    return _Own(baseline, baseline * limits.percent / 100) if baseline else None


@dataclass(frozen=True, slots=True)
class RaisedBand:
    """A severity that holds up to a number of days from the first day of a raised run."""

    severity: Severity
    say: str
    up_to: int | None = None  # days, included; None: without an end, for the last


@dataclass(frozen=True, slots=True)
class RaisedRun:
    """How long counts may stay raised."""

    raised: Raised
    bands: tuple[RaisedBand, ...]  # from the first days on

    def __post_init__(self) -> None:
        """Refuse bands out of order, and days that no band is for."""
        *ends, last = [band.up_to for band in self.bands]
        if last is not None or None in ends:
            raise ValueError("the last band, and no other, has no “up_to”")
        must_rise(*(end for end in ends if end is not None))


@predicate(
    RaisedRun,
    lambda limits: {band.say: "method amount baseline bound since days#" for band in limits.bands},
    SheddingCase,
)
def raised_run(case: SheddingCase, limits: RaisedRun) -> Answer:
    """Judge by the days since the first of the consecutive raised counts that end with this one."""
    own = _own(case, limits.raised)
    if own is None:
        return CLEAN
    if not is_count(case.record):
        return _NOT_COUNTED
    if _hairs(case.record) < own.raised_from:
        return _NOT_COUNTED if case.record.is_more_than else CLEAN
    since = case.records.counts_beside(case.record).first_of_run(case.record, own.raised_from).date
    days = (case.record.date - since).days
    band = next(band for band in limits.bands if band.up_to is None or days <= band.up_to)
    return Answer(band.severity, band.say, own.facts(case.record) | {"since": since, "days": days})


# What may lie behind it


@dataclass(frozen=True, slots=True)
class Misread:
    """Redness that is taken for hair loss: the note speaks of it, the counts do not."""

    within_days: int  # after a session with redness, the day of the session included
    below_percent: int  # of the baseline, exclusive: every count since that session
    words: tuple[str, ...]  # how a note speaks of losing hair: beginnings of words
    denials: tuple[str, ...]  # which take that back, up to two words before it


@dataclass(frozen=True, slots=True)
class Causes:
    """What a person may have recorded that shedding follows."""

    from_days: int  # before the raised run begins, for the next two and the first session
    to_days: int  # included
    lasting: tuple[EventKind, ...]  # some day of it lies in those days
    started: tuple[EventKind, ...]  # its first day does
    recent: tuple[EventKind, ...]
    recent_days: int  # before the raised run begins, for these


@dataclass(frozen=True, slots=True)
class LiesBehind:
    """What is told beside a count that frightens, and where counts begin to be raised."""

    raised: Raised
    severity: Severity
    misread: Misread
    silences: tuple[str, ...]  # rules of which nothing is said of a count beside *misread*
    causes: Causes


@predicate(
    LiesBehind,
    {
        "misread": "earlier most baseline clear",
        "begins": "method amount baseline bound events from_days to_days#",
        "begins_unexplained": "method amount baseline bound from_days to_days#",
    },
    SheddingCase,
)
def lies_behind(case: SheddingCase, limits: LiesBehind) -> Answer:
    """Tell redness from hair loss, and list what was recorded before counts began to be raised."""
    own = _own(case, limits.raised)
    if own is None:
        return CLEAN
    if not is_count(case.record):
        return _NOT_COUNTED
    if _hairs(case.record) >= own.raised_from:
        return _begins(case, limits, own)
    return _NOT_COUNTED if case.record.is_more_than else _misread(case, limits, own)


def _misread(case: SheddingCase, limits: LiesBehind, own: _Own) -> Answer:
    record, misread = case.record, limits.misread
    if not _speaks_of_loss(record.notes, misread):
        return CLEAN
    last_days = case.sessions.within(record.date - timedelta(days=misread.within_days), record.date, but="")
    red = [past.session for past in last_days if _left_redness(past.session)]
    if not red:
        return CLEAN
    # One high count since then, and what the other rules say of it must not be silenced.
    since = case.records.counts_beside(record).days_ending(record, (record.date - red[0].date).days + 1)
    if any(count.is_more_than or _hairs(count) * 100 >= own.baseline * misread.below_percent for count in since):
        return CLEAN
    facts = {
        "earlier": red[-1].date,
        "most": max(map(_hairs, since)),
        "baseline": own.baseline,
        "clear": red[-1].date + timedelta(days=misread.within_days + 1),
    }
    return Answer(limits.severity, "misread", facts, silences=limits.silences)


def _left_redness(session: Session) -> bool:
    """Tell whether redness is recorded, at the end of *session* or afterwards; where nothing is, it is not taken so."""
    return bool(session.reaction.redness_minutes) or session.endpoint is Endpoint.ERYTHEMA


def _speaks_of_loss(note: str, misread: Misread) -> bool:
    text = " ".join(re.findall(r"[\w']+", note.casefold().replace("’", "'")))
    begins = "|".join(map(re.escape, misread.words))
    return any(
        not set(text[: found.start()].split()[-2:]) & set(misread.denials)
        for found in re.finditer(rf"(?<!\S)(?:{begins})", text)
    )


def _begins(case: SheddingCase, limits: LiesBehind, own: _Own) -> Answer:
    record, causes = case.record, limits.causes
    if case.records.counts_beside(record).first_of_run(record, own.raised_from) is not record:
        return CLEAN
    facts = own.facts(record) | {"from_days": causes.from_days, "to_days": causes.to_days}
    if events := tuple(_recorded(case, causes)):
        return Answer(limits.severity, "begins", facts | {"events": events})
    return Answer(limits.severity, "begins_unexplained", facts)


def _recorded(case: SheddingCase, causes: Causes) -> Iterable[str]:
    """Return what was recorded of *causes*, in words, the earliest first."""
    on = case.record.date
    first, last = on - timedelta(days=causes.to_days), on - timedelta(days=causes.from_days)
    recent = on - timedelta(days=causes.recent_days)
    dated = [
        (event.date, _event_in_words(event))
        for event in case.events
        if (event.kind in causes.lasting and event.date <= last and (event.until or event.date) >= first)
        or (event.kind in causes.started and first <= event.date <= last)
        or (event.kind in causes.recent and recent <= event.date <= on)
    ]
    session = case.sessions.first
    if session is not None and first <= session.date <= last:
        dated.append((session.date, _on("the first session", session.date)))
    return [words for _, words in sorted(dated)]


def _event_in_words(event: LifeEvent) -> str:
    words = labels.word(event.kind)
    if event.until is None or event.until == event.date:
        return _on(words, event.date)
    return f"{words} from {labels.day(event.date)} to {labels.day(event.until)}"


def _on(what: str, day: date) -> str:
    return f"{what} on {labels.day(day)}"


def _hairs(count: SheddingRecord) -> int:
    assert count.value is not None  # noqa: S101 - asked of counts only
    return count.value


def _amount(number: float, is_least: bool) -> str:
    return f"{'at least ' * is_least}{number:,.10g}"
