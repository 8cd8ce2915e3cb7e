"""What saving and deleting a session change: one edit each, whole or not at all."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from logbook.domain import labels
from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.person import Acknowledgement
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.guidance.rule import Finding, Verdict
from logbook.services.findings import Answer, acknowledgement, acknowledging
from logbook.services.trash import laying_aside


def asking(verdict: Verdict, acknowledged: Iterable[Acknowledgement]) -> tuple[Finding, ...]:
    """Return the findings of *verdict* that ask for a reason and were not *acknowledged* for these very facts."""
    known = tuple(acknowledged)
    return tuple(one for one in verdict.asks_for_a_reason if not acknowledging(one, known))


def saving(
    session: Session,
    before: Session | None,
    shedding: Replacement | None,
    findings: Sequence[Finding],
    answer: Answer,
    acknowledged: Iterable[Acknowledgement] = (),
) -> Edit:
    """Return the edit that keeps *session*, its *shedding* line and why the *findings* did not stop it.

    *before* is the session as it was, None for a new one; so is *shedding* where its line did not change. With a line
    that is taken away goes what was *acknowledged* of it.
    """
    changes = [Replacement(before, session), *([shedding] if shedding else [])]
    if shedding and shedding.after is None:
        changes += [Replacement(one, None) for one in acknowledged_of((shedding.record,), acknowledged)]
    at = dt.datetime.now().replace(microsecond=0)
    changes += [Replacement(None, acknowledgement(finding, answer, at)) for finding in findings]
    edit = Edit(f"{'change' if before else 'add'} {labels.a_session(session)}", tuple(changes))
    gone = shedding.before if shedding and shedding.after is None else None
    return laying_aside(edit, labels.a_record(gone)) if isinstance(gone, SheddingRecord) else edit


def deleting(
    sessions: Sequence[Session], shedding: Iterable[SheddingRecord], acknowledged: Iterable[Acknowledgement]
) -> Edit:
    """Return the edit that lays *sessions* into the trash, with the *shedding* written with them.

    Of all that was *acknowledged*, what is about any of them goes with them: no file may speak of what is not in it.
    """
    gone: list[Record] = [*shedding, *sessions]
    records = [*acknowledged_of(gone, acknowledged), *gone]
    one = labels.a_session(sessions[0])
    what = one if len(sessions) == 1 else labels.count(len(sessions), "session")
    return laying_aside(Edit.removing(f"delete {what}", records))


def acknowledged_of(records: Iterable[Record], acknowledged: Iterable[Acknowledgement]) -> list[Acknowledgement]:
    """Return what of all that was *acknowledged* is about any of *records*."""
    ids = {record.id for record in records}
    return [one for one in acknowledged if one.record_id in ids]


def with_offset(session: Session, before: Session | None) -> Session:
    """Return *session* with this machine's UTC offset at its time, where it is new or was moved in time.

    One that stays where it was keeps its offset, since it may have been recorded elsewhere.
    """
    if session.time is None:
        return replace(session, utc_offset_minutes=None)
    if before and (before.date, before.time) == (session.date, session.time):
        return session
    offset = dt.datetime.combine(session.date, session.time).astimezone().utcoffset()
    return replace(session, utc_offset_minutes=int(offset.total_seconds() // 60)) if offset is not None else session
