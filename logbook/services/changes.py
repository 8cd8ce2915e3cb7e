"""What another guidance says now of sessions whose verdict was given by an earlier one: told, never rewritten."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from logbook.domain import labels
from logbook.domain.session import GivenVerdict, Session
from logbook.domain.vocabulary import Severity
from logbook.guidance.rule import Rules
from logbook.services.judged import JudgedHistory

UNREADABLE: Final = "What was found then cannot be read."
_SEVERITIES: Final = {severity.word: severity for severity in Severity}
_MOST_RULES: Final = 3  # that one sentence names


@dataclass(frozen=True, slots=True)
class Change:
    """One session on which the guidance of today says something else than was said when it was saved."""

    session: Session
    before: GivenVerdict
    now: Severity
    because: tuple[str, ...]  # what each rule says now
    rules: tuple[str, ...]  # those that made the verdict graver or milder; where it is neither, those that changed

    @property
    def is_readable(self) -> bool:
        """Whether what was found then could be compared."""
        return self.because != (UNREADABLE,)


def were_judged_before(rules: Rules, sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Return those of *sessions* whose verdict was given by another edition of the guidance than that of *rules*."""
    return tuple(one for one in sessions if one.given and one.given.guidance_version != rules.edition)


def changed_verdicts(judged: JudgedHistory, goes_on: Callable[[], bool] = lambda: True) -> list[Change]:
    """Return the changes, the latest session first; stop with those at hand once *goes_on* says no."""
    changes = []
    for session in reversed(were_judged_before(judged.rules, judged.history)):
        if not goes_on():
            break
        if change := _change(judged, session):
            changes.append(change)
    return changes


def _change(judged: JudgedHistory, session: Session) -> Change | None:
    assert session.given is not None  # noqa: S101 - asked by the only caller
    verdict = judged.judge_draft(session)  # not kept: ten thousand verdicts would be a weight on the whole program
    now = {one.rule.id: one.severity for one in verdict.findings if one.severity}
    before = _findings(session.given)
    if before is None:
        return Change(session, session.given, verdict.severity, (UNREADABLE,), ())
    different = sorted(rule for rule in before.keys() | now.keys() if before.get(rule) != now.get(rule))
    if not different and session.given.severity is verdict.severity:
        return None
    because = tuple(_because(judged.rules, rule, before.get(rule), now.get(rule)) for rule in different)
    gravest = max(session.given.severity, verdict.severity)
    decisive = [rule for rule in different if gravest in (before.get(rule), now.get(rule))]
    has_moved = session.given.severity is not verdict.severity
    return Change(
        session, session.given, verdict.severity, because, tuple(decisive if has_moved and decisive else different)
    )


def _because(rules: Rules, rule: str, before: Severity | None, now: Severity | None) -> str:
    if now is None:
        return f"{_name(rules, rule)}: no longer"
    was = f", {labels.word(before)} before" if before else ""
    return f"{_name(rules, rule)}: now {labels.word(now)}{was}"


def _name(rules: Rules, rule: str) -> str:
    return next((f"{one.id} {one.title}" for one in rules.rules if one.id == rule), rule)


def _findings(given: GivenVerdict) -> Mapping[str, Severity] | None:
    """Return the rules that spoke when *given* was given, with their severities; None where that cannot be read."""
    try:
        findings: Any = json.loads(given.findings)
        pairs = [(one["rule"], _SEVERITIES[one["severity"]]) for one in findings]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(findings, list) or not all(isinstance(rule, str) for rule, _ in pairs):
        return None
    return {rule: severity for rule, severity in pairs if severity}  # what an agreement made clean did not speak


# Words


def edition_words(edition: str, today: str) -> str:
    """Return *edition* by its version; with the mark of its content where the version alone is that of *today*."""
    version, _, mark = edition.partition("+")
    if version != today.partition("+")[0]:
        return version
    return f"{version} ({mark})" if mark else f"an earlier {version}"


def editions_sentence(sessions: Iterable[Session], today: str) -> str:
    """Return by which other editions of the guidance *sessions* were judged, the most of them first."""
    counts = Counter(edition_words(one.given.guidance_version, today) for one in sessions if one.given)
    parts = [f"{labels.count(count, 'session')} by {version}" for version, count in counts.most_common()]
    return f"Judged by another guidance when saved: {labels.series(parts)}." if parts else ""


def summary_sentences(rules: Rules, changes: Sequence[Change], most: int = 5) -> tuple[str, ...]:
    """Return what changed, in at most *most* sentences, that of the most sessions first."""
    groups = Counter(_group(one) for one in changes if one.is_readable)
    listed = groups.most_common(most if len(groups) <= most else most - 1)
    sentences = [_sentence(rules, *group, count) for group, count in listed]
    if rest := sum(groups.values()) - sum(count for _, count in listed):
        sentences.append(f"{labels.count(rest, 'session')} changed in other ways.")
    if unread := sum(not one.is_readable for one in changes):
        sentences.append(f"{labels.count(unread, 'session')}: what was found then cannot be read.")
    return tuple(sentences)


def _group(change: Change) -> tuple[Severity, Severity, tuple[str, ...]]:
    return change.before.severity, change.now, change.rules


def _sentence(rules: Rules, before: Severity, now: Severity, because: tuple[str, ...], count: int) -> str:
    names = [_name(rules, rule) for rule in because[:_MOST_RULES]]
    if len(because) > _MOST_RULES:
        names.append(f"{labels.count(len(because) - _MOST_RULES, 'other rule')}")
    sessions = labels.count(count, "session")
    if before is now:
        return f"{sessions} changed but stayed at {labels.word(now)}, because of {labels.series(names)}."
    why = f", because of {labels.series(names)}" if names else ""
    return f"{sessions} changed, from {labels.word(before)} to {labels.word(now)}{why}."
