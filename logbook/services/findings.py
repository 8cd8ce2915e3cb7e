"""Every finding of a person's history in one list, with what became of each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.domain.person import Acknowledgement
from logbook.domain.session import RecordId, Session, new_id
from logbook.domain.vocabulary import Reason, Severity
from logbook.guidance.rule import Finding
from logbook.services.judged import Judgeable, JudgedHistory


class State(StrEnum):
    """What became of a finding."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"  # for these very facts, with a reason
    PAST = "past"  # further back than any rule still looks; a stop does not pass by itself
    AGREED = "agreed"  # clean by a limit agreed with a clinician


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a person goes on in spite of a warning."""

    reason: Reason = Reason.NOT_GIVEN
    words: str = ""


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """One finding on one record, with its state."""

    record: Judgeable
    finding: Finding
    state: State
    acknowledgements: tuple[Acknowledgement, ...] = ()  # for these very facts, the last of them first
    lapsed: Acknowledgement | None = None  # the last for other facts, where there is none for these

    @property
    def key(self) -> tuple[RecordId, str]:
        """What stays the same when the list is made again: a rule finds one thing on one record."""
        return (self.record.id, self.finding.rule.id)

    @property
    def when(self) -> tuple[dt.date, dt.time]:
        """The place in time: what has no time counts as the start of its day."""
        time = self.record.time if isinstance(self.record, Session) else None
        return self.record.date, time or dt.time.min

    @property
    def acknowledgement(self) -> Acknowledgement | None:
        """What was acknowledged last for these very facts."""
        return self.acknowledgements[0] if self.acknowledgements else None

    @property
    def can_be_acknowledged(self) -> bool:
        """Whether there is anything to acknowledge that was not yet."""
        return self.state in (State.OPEN, State.PAST)

    @property
    def session_id(self) -> RecordId | None:
        """The session it is about; None for a shedding record written by itself."""
        return self.record.id if isinstance(self.record, Session) else self.record.session_id


def list_findings(
    judged: JudgedHistory, acknowledged: Iterable[Acknowledgement], today: dt.date
) -> list[ListedFinding]:
    """Return the findings on all records of *judged*, the oldest record first, the gravest of each first."""
    known, past = _by_finding(acknowledged), today - dt.timedelta(days=judged.rules.memory_days)
    listed = []
    for record in judged:
        for finding in judged.verdict(record).findings:
            about = known.get((record.id, finding.rule.id))
            listed.append(_listed(record, finding, about, past) if about else _unanswered(record, finding, past))
    listed.sort(key=lambda one: one.when)  # sessions and counts, each in order already
    return listed


@dataclass(frozen=True, slots=True)
class OpenFindings:
    """What is open in a whole history."""

    counts: Mapping[Severity, int]  # only of severities that there are
    last_stop: ListedFinding | None  # the latest of the stops


def open_findings(judged: JudgedHistory, acknowledged: Iterable[Acknowledgement], today: dt.date) -> OpenFindings:
    """Return what `list_findings` would list as open; the list itself, which takes far longer, is not made."""
    known, past = _by_finding(acknowledged), today - dt.timedelta(days=judged.rules.memory_days)
    counts: Counter[Severity] = Counter()
    last_stop: Finding | None = None
    for record in judged:
        findings = judged.verdict(record).findings  # the gravest first
        if not findings or (record.date < past and findings[0].severity is not Severity.STOP):
            continue
        for finding in findings:
            if _state(finding, past, is_acknowledged=False) is not State.OPEN:
                continue
            about = known.get((record.id, finding.rule.id))
            if about and all_acknowledging(finding, about):
                continue
            counts[finding.severity] += 1
            if finding.severity is Severity.STOP and (last_stop is None or record.date >= last_stop.subject.date):
                last_stop = finding
    return OpenFindings(counts, _unanswered(last_stop.subject, last_stop, past) if last_stop else None)


def _by_finding(acknowledged: Iterable[Acknowledgement]) -> dict[tuple[RecordId, str], list[Acknowledgement]]:
    known: dict[tuple[RecordId, str], list[Acknowledgement]] = {}
    for one in acknowledged:
        known.setdefault((one.record_id, one.rule), []).append(one)
    return known


def _unanswered(record: Judgeable, finding: Finding, past: dt.date) -> ListedFinding:
    return ListedFinding(record, finding, _state(finding, past, is_acknowledged=False))


def _listed(record: Judgeable, finding: Finding, about: Sequence[Acknowledgement], past: dt.date) -> ListedFinding:
    """Return *finding* with what was acknowledged *about* it, for these facts or for others."""
    these = all_acknowledging(finding, about)
    lapsed = None if these else max(about, key=lambda one: one.id)
    return ListedFinding(record, finding, _state(finding, past, is_acknowledged=bool(these)), these, lapsed)


def _state(finding: Finding, past: dt.date, *, is_acknowledged: bool) -> State:
    if finding.severity is Severity.CLEAN:
        return State.AGREED
    if is_acknowledged:
        return State.ACKNOWLEDGED
    is_past = finding.subject.date < past and finding.severity is not Severity.STOP
    return State.PAST if is_past else State.OPEN


def all_acknowledging(finding: Finding, acknowledged: Iterable[Acknowledgement]) -> tuple[Acknowledgement, ...]:
    """Return what of *acknowledged* is for the very facts of *finding*, the last first."""
    about = (finding.rule.id, finding.subject.id, finding.fingerprint)
    these = [one for one in acknowledged if (one.rule, one.record_id, one.facts) == about]
    return tuple(sorted(these, key=lambda one: one.id, reverse=True))


def acknowledging(finding: Finding, acknowledged: Iterable[Acknowledgement]) -> Acknowledgement | None:
    """Return the last of what was *acknowledged* for the very facts of *finding*, or None."""
    return next(iter(all_acknowledging(finding, acknowledged)), None)


def acknowledge(findings: Sequence[Finding], answer: Answer) -> Edit:
    """Return the edit that keeps why each of *findings*, of which there is one at least, is no news to the person."""
    at = dt.datetime.now().replace(microsecond=0)
    return Edit.adding(f"acknowledge {_what(findings)}", [acknowledgement(one, answer, at) for one in findings])


def reopen(listed: Sequence[ListedFinding]) -> Edit:
    """Return the edit that takes back what was acknowledged of *listed*, of which something was."""
    answered = [one for one in listed if one.acknowledgements]
    taken = [acknowledgement for one in answered for acknowledgement in one.acknowledgements]
    return Edit.removing(f"reopen {_what([one.finding for one in answered])}", taken)


def acknowledgement(finding: Finding, answer: Answer, at: dt.datetime) -> Acknowledgement:
    """Return the record of one finding and the *answer* to it, given *at* a local time."""
    return Acknowledgement(
        new_id(),
        finding.subject.person_id,
        finding.subject.id,
        finding.rule.id,
        finding.severity,
        finding.fingerprint,
        answer.reason,
        answer.words,
        at,
    )


def where_words(listed: ListedFinding) -> str:
    """Return where on the head it was found; of a shedding record, how the hairs were counted."""
    facts, record = listed.finding.facts, listed.record
    zones = facts["zones"] if "zones" in facts else (facts["zone"],) if "zone" in facts else ()
    if zones:
        return labels.capital(", ".join(labels.word(zone) if zone else labels.NO_ZONE for zone in zones))
    return labels.zones(record) if isinstance(record, Session) else labels.title(record.method)


def state_words(listed: ListedFinding) -> str:
    """Return the state of a finding in a few words, with the day and the reason where it is acknowledged."""
    answer = listed.acknowledgement
    if listed.state is not State.ACKNOWLEDGED or answer is None:
        return labels.word(listed.state)
    return f"{labels.word(listed.state)} {labels.short_day(answer.at.date())}: {reason_words(answer)}"


def reason_words(answer: Acknowledgement) -> str:
    """Return why a finding was acknowledged: the person's own words where they were to speak for themselves."""
    own = " ".join(answer.words.split())
    return f"“{own}”" if own and answer.reason is Reason.OWN_WORDS else labels.word(answer.reason)


def _what(findings: Sequence[Finding]) -> str:
    if len(findings) > 1:
        return labels.count(len(findings), "finding")
    subject = findings[0].subject
    what = labels.a_session(subject) if isinstance(subject, Session) else labels.a_record(subject)
    return f"“{findings[0].rule.title}” of the {what}"
