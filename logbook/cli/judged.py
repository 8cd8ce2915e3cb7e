"""What published guidance says of each row of a file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from logbook.domain.history import History
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import SheddingHistory
from logbook.domain.vocabulary import Zone
from logbook.guidance.judge import NextDates, judge, next_dates_by_zone
from logbook.guidance.rule import Case, Rules, SheddingCase, Verdict


@dataclass(frozen=True, slots=True)
class JudgedSession:
    """A session of a file with all that is said of it."""

    row: int
    session: Session
    verdict: Verdict
    next: Mapping[Zone, NextDates]


@dataclass(frozen=True, slots=True)
class JudgedCount:
    """A shedding record of a file with all that is said of it."""

    row: int
    record: SheddingRecord
    verdict: Verdict


def judge_sessions(
    rules: Rules, rows: Iterable[tuple[int, Session]], whole: History, person: Person
) -> Iterator[JudgedSession]:
    """Judge the sessions of *person* in *rows*, each with its line, in their order; *whole* has all of them."""
    until = History()  # grown as it goes: to cut the whole anew for each session takes the square of the time
    for row, session in sorted(rows, key=lambda row: row[1].order):
        until.add(session)
        verdict = judge(rules, Case(session, whole, person))
        dates = next_dates_by_zone(rules, until, session.zones, session.setting, session.date)
        yield JudgedSession(row, session, verdict, dates)


def judge_counts(
    rules: Rules, rows: Iterable[tuple[int, SheddingRecord]], sessions: History, person: Person
) -> Iterator[JudgedCount]:
    """Judge the shedding records of *person* in *rows*, each with its line, by date, beside all the *sessions*."""
    ordered = sorted(rows, key=lambda row: (row[1].date, row[0]))
    records = SheddingHistory(record for _, record in ordered)
    for row, record in ordered:
        yield JudgedCount(row, record, judge(rules, SheddingCase(record, records, sessions, person=person)))
