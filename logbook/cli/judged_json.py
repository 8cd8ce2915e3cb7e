"""What is said of a row as an object of JSON, for a program to read."""

from typing import Any

from logbook.cli.judged import JudgedCount, JudgedSession
from logbook.guidance.rule import Verdict, plain_facts


def session_object(judged: JudgedSession) -> dict[str, Any]:
    """Return a session with its findings, what could not be judged, and the dates from which its zones may be next."""
    verdict = judged.verdict
    assumed = {"assumed": ["setting"]} if verdict.is_setting_assumed else {}
    return {
        "row": judged.row,
        "date": judged.session.date.isoformat(),
        **_verdict_object(verdict),
        "earliest": {zone.value: dates.earliest.isoformat() for zone, dates in judged.next.items()},
        "clear": {zone.value: dates.clear.isoformat() for zone, dates in judged.next.items()},
        **assumed,
    }


def count_object(judged: JudgedCount) -> dict[str, Any]:
    """Return a shedding record, its value in hairs or a grade, with its findings and what could not be judged."""
    record = judged.record
    more_than = {"more_than": True} if record.is_more_than else {}
    return {
        "row": judged.row,
        "date": record.date.isoformat(),
        "method": record.method.value,
        "value": record.value,
        **more_than,
        **_verdict_object(judged.verdict),
    }


def _verdict_object(verdict: Verdict) -> dict[str, Any]:
    return {
        "severity": verdict.severity.word,
        "findings": [
            {
                "rule": finding.rule.id,
                "severity": finding.severity.word,
                "message": finding.message,
                "facts": plain_facts(finding.facts),
                "sources": [source.key for source in finding.rule.sources],
            }
            for finding in sorted(verdict.findings, key=lambda finding: finding.rule.id)
        ],
        "unjudged": [
            {"rule": one.rule.id, "missing": list(one.missing)}
            for one in sorted(verdict.unjudged, key=lambda one: one.rule.id)
        ],
    }
