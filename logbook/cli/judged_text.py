"""What is said of a row in words, for a person to read."""

from typing import Final

from logbook.cli.judged import JudgedCount, JudgedSession
from logbook.domain.labels import day, series, title, whole_place, word
from logbook.domain.session import Session, ZonePass
from logbook.domain.vocabulary import Setting
from logbook.guidance.rule import Verdict

_NOTHING_FOUND: Final = "No published warning found by these rules."


def session_text(judged: JudgedSession) -> str:
    """Return a session, what is said of it, and from when its zones may be next, in lines."""
    session, verdict = judged.session, judged.verdict
    lines = [f"{verdict.severity.word}: {day(session.date)}, line {judged.row}: {_places(session)}, {_where(session)}"]
    lines += _verdict_lines(verdict)
    for zone, dates in judged.next.items():
        clear = "" if dates.clear == dates.earliest else f", without any remark from {day(dates.clear)}"
        lines.append(f"  {title(zone)}, as far as rest at this depth goes: next from {day(dates.earliest)}{clear}")
    return "\n".join(lines)


def count_text(judged: JudgedCount) -> str:
    """Return a shedding record and what is said of it, in lines."""
    record, severity = judged.record, judged.verdict.severity.word
    value = "not counted" if record.value is None else f"{'more than ' * record.is_more_than}{record.value}"
    counted = f"{severity}: {day(record.date)}, line {judged.row}: shedding by {word(record.method)}: {value}"
    return "\n".join([counted, *_verdict_lines(judged.verdict)])


def _places(session: Session) -> str:
    """Return where and how deep *session* went, in words."""
    return series(map(whole_place, session.zones or (ZonePass(None),)))


def _where(session: Session) -> str:
    return word(session.setting) if session.setting else f"setting not recorded, judged as {word(Setting.HOME)}"


def _verdict_lines(verdict: Verdict) -> list[str]:
    lines = []
    for finding in verdict.findings:
        lines.append(f"  {finding.rule.id} {finding.severity.word}: {finding.message}")
        lines.append(f"    Sources: {', '.join(source.key for source in finding.rule.sources)}")
    if not verdict.findings:
        lines.append(f"  {_NOTHING_FOUND}")
    wanting: dict[tuple[str, ...], list[str]] = {}
    for one in verdict.unjudged:
        wanting.setdefault(one.missing, []).append(one.rule.id)
    lines += [f"  Not judged for want of {series(missing)}: {', '.join(ids)}" for missing, ids in wanting.items()]
    return lines
