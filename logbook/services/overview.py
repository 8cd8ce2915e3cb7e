"""Everything at a glance: next dates, what is open, the last session, and shedding against one's own baseline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from logbook.domain import labels
from logbook.domain.person import Acknowledgement
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import TREND_DAYS, TREND_LEAST
from logbook.domain.vocabulary import SheddingMethod
from logbook.guidance.rule import Verdict
from logbook.services.findings import OpenFindings, open_findings
from logbook.services.judged import JudgedHistory
from logbook.services.next_in_zones import NextInZones, next_in_zones
from logbook.services.shedding import OwnBaseline, own_baseline

SPAN: Final = 182  # days up to today of which shedding is drawn
_SOON: Final = 50  # records that are judged faster than anybody sees


@dataclass(frozen=True, slots=True)
class LastSession:
    """The latest session, with what the guidance says of it."""

    session: Session
    verdict: Verdict
    today: date

    @property
    def ago(self) -> str:
        """How long ago it was, as it stands alone."""
        return labels.capital(labels.ago(self.session.date, self.today))

    @property
    def where(self) -> str:
        """Its zones with their depths, as far as they are recorded."""
        return labels.capital(labels.series(map(labels.whole_place, self.session.zones))) or labels.NOTHING

    @property
    def findings(self) -> str:
        """What was found of it, in the titles of the rules, and what could not be judged; the gravest first."""
        titles = dict.fromkeys(one.rule.title for one in self.verdict.findings if one.severity)
        found = f"{labels.series(titles)}." if titles else "No published warning found by these rules."
        unjudged = labels.count(len(self.verdict.unjudged), "rule")
        return f"{found} {unjudged} not judged." if self.verdict.unjudged else found


@dataclass(frozen=True, slots=True)
class SheddingSoFar:
    """The counts by the method that was used most, of half a year up to today, and what they are held against."""

    method: SheddingMethod
    first: date  # the first day that is drawn
    today: date  # the last
    counts: tuple[SheddingRecord, ...]  # with those before the first day that its median rests on; each has a value
    newest: SheddingRecord  # the last count there is, drawn or not
    baseline: OwnBaseline | None

    @property
    def drawn(self) -> tuple[SheddingRecord, ...]:
        """The counts of the days that are drawn."""
        return tuple(one for one in self.counts if one.date >= self.first)

    @property
    def is_enough(self) -> bool:
        """Whether there may be a trend to draw."""
        return len({one.date for one in self.drawn}) >= TREND_LEAST

    @property
    def usual(self) -> float | None:
        """The own baseline; None where there is none, or it is not known."""
        return self.baseline.median if self.baseline else None

    def sentence(self, median: float | None = None) -> str:
        """Return what is drawn in words; *median* is that of the days that end with the last count."""
        name = labels.title(self.method)
        if not self.is_enough:
            days = labels.count(len({one.date for one in self.drawn}), "day")
            return (
                f"{name}: counted on {days} of the last {SPAN}, the last on {labels.day(self.newest.date)}; "
                f"a trend takes {TREND_LEAST}."
            )
        parts = [f"{name}: {labels.count(len(self.drawn), 'count')} in {SPAN} days"]
        parts.append(f"the last on {labels.day(self.newest.date)}")
        said = [f"{', '.join(parts)}."]
        if median is not None:
            said.append(f"The median of the {TREND_DAYS} days up to then is {median:,.10g}{self._times(median)}.")
        if self.baseline:
            verb = "–" if self.usual is None else "is"
            said.append(f"Your own baseline {verb} {labels.lower(self.baseline.words)}")
        return " ".join(said)

    def _times(self, median: float) -> str:
        return f", {median / self.usual:.1f} times your own baseline" if self.usual else ""


@dataclass(frozen=True, slots=True)
class Overview:
    """What is shown first."""

    today: date
    next: tuple[NextInZones, ...]
    open: OpenFindings | None  # None: not all of the history is judged yet
    last: LastSession | None
    shedding: SheddingSoFar | None
    records: int  # sessions and shedding records

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever logged."""
        return not self.records


def look_over(judged: JudgedHistory, acknowledged: Iterable[Acknowledgement], today: date) -> Overview:
    """Return what there is to say of *judged* on the day of *today*.

    What is not judged yet is judged where it is little; else what is open is not told, which takes longer.
    """
    last = judged.history.last
    unjudged = [record for record in judged if not judged.is_judged(record)]
    return Overview(
        today,
        next_in_zones(judged, today),
        open_findings(judged, acknowledged, today) if len(unjudged) <= _SOON else None,
        LastSession(last, judged.verdict(last), today) if last else None,
        _shedding(judged, today),
        len(judged.history) + len(judged.shedding),
    )


def _shedding(judged: JudgedHistory, today: date) -> SheddingSoFar | None:
    counts = judged.shedding.most_counted
    newest = counts.newest if counts else None
    if counts is None or newest is None:
        return None
    first = today - timedelta(days=SPAN - 1)
    since = first - timedelta(days=TREND_DAYS - 1)
    days = (newest.date - since).days + 1
    near = tuple(one for one in counts.days_ending(newest, days) if one.date <= today) if days > 0 else ()
    return SheddingSoFar(newest.method, first, today, near, newest, own_baseline(judged, newest))
