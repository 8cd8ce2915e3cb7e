"""What the guidance says of many records as they would be, worked out a little at a time, before any of it is kept."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from logbook.domain import labels
from logbook.domain.person import Acknowledgement
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Severity
from logbook.guidance.rule import Finding, Verdict
from logbook.services.judged import Judgeable, JudgedHistory
from logbook.services.saving import asking

_R = TypeVar("_R", Session, SheddingRecord)


def judged_then(
    now: JudgedHistory, pairs: Sequence[tuple[_R, _R]], like: Callable[..., JudgedHistory]
) -> JudgedHistory:
    """Return the history of *now* with the second of each of *pairs* in the place of the first.

    *like* makes a history of the same person, who is known by the same things, from sessions and shedding records.
    """
    then: dict[RecordId, Judgeable] = {after.id: after for _, after in pairs}
    sessions = [then.get(one.id, one) for one in now.history]
    return like(sessions, [then.get(one.id, one) for one in now.shedding])


@dataclass(slots=True)
class Outlook:
    """What the guidance says of changed records, worked out one at a time."""

    now: JudgedHistory
    then: JudgedHistory
    changed: Sequence[Judgeable]  # as they would be, the earliest first
    verdicts: dict[RecordId, Verdict] = field(default_factory=dict)  # of the changed ones
    graver_others: int = 0  # records that are left as they are, and are judged more gravely for it
    _waiting: list[Judgeable] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take what is changed first, and then what comes after it, on which the change may tell."""
        ids = {one.id for one in self.changed}
        first = min((one.date for one in self.changed), default=dt.date.max)
        others = [one for one in self.then if one.id not in ids and one.date >= first]
        self._waiting = [*reversed(others), *reversed(self.changed)]

    @property
    def left(self) -> int:
        """The number of records that are not judged yet."""
        return len(self._waiting)

    def step(self) -> None:
        """Judge one more, where any is left."""
        if not self._waiting:
            return
        record = self._waiting.pop()
        verdict = self.then.verdict(record)
        if len(self.verdicts) < len(self.changed):
            self.verdicts[record.id] = verdict
        elif verdict.severity > self.now.verdict(record).severity:
            self.graver_others += 1

    def asked(self, acknowledged: Iterable[Acknowledgement]) -> list[Finding]:
        """Return the findings on what is changed that ask for a reason and were not *acknowledged*."""
        known: dict[RecordId, list[Acknowledgement]] = {}
        for one in acknowledged:
            known.setdefault(one.record_id, []).append(one)
        sessions = (one for one in self.changed if isinstance(one, Session))
        return [found for one in sessions for found in asking(self.verdicts[one.id], known.get(one.id, ()))]

    @property
    def words(self) -> str:
        """What it comes to, in sentences, the gravest first."""
        counts = Counter(map(_outcome, self.verdicts.values()))
        told = labels.series(f"{counts[one]:,} {_gets(counts[one])} {one}" for one in _OUTCOMES if counts[one])
        others = f" {labels.count(self.graver_others, 'other record')} would be judged more gravely."
        noun = "session" if isinstance(next(iter(self.changed), None), Session) else "record"
        return f"Of {labels.count(len(self.changed), noun)}: {told}.{others if self.graver_others else ''}"


def _gets(number: int) -> str:
    return "gets" if number == 1 else "get"


def _outcome(verdict: Verdict) -> str:
    """Return what a record gets; what is unknown to a rule is never clean."""
    if verdict.severity is Severity.CLEAN and verdict.unjudged:
        return _PARTLY
    return _CLEAN if verdict.severity is Severity.CLEAN else _a(verdict.severity)


def _a(severity: Severity) -> str:
    return f"{'an' if severity is Severity.INFO else 'a'} {severity.word}"


_PARTLY: Final = "no warning from the rules that can judge them"
_CLEAN: Final = "no warning by these rules"
_OUTCOMES: Final = (*(_a(one) for one in sorted(Severity, reverse=True) if one), _PARTLY, _CLEAN)
