"""The acceptance cases: published schedules and practices with the findings expected of each line."""

import json
from pathlib import Path

import pytest
from builders import SAM, TODAY, read_rows

from logbook.domain.history import History
from logbook.domain.person import Person
from logbook.guidance.judge import judge
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case, Verdict
from logbook.services.sessions_csv import read_sessions

CASES = Path(__file__).parent / "cases"
LOGS = sorted(CASES.glob("*.csv"))
PAIRS = json.loads((CASES / "intervals.json").read_text(encoding="utf-8"))
RULES = load_rules()


def as_expected(verdict: Verdict) -> dict[str, object]:
    found = {finding.rule.id: finding.severity.word for finding in verdict.findings}
    return {"severity": verdict.severity.word, "findings": found}


def test_the_cases_are_there() -> None:
    assert len(LOGS) == 29
    assert len(PAIRS) == 120


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_a_log_has_exactly_the_findings_expected(log: Path) -> None:
    rows = read_sessions(log, SAM, TODAY).rows
    history = History(session for _, session in rows)
    got = [
        {"row": line, "date": session.date.isoformat()} | as_expected(judge(RULES, Case(session, history, Person(SAM))))
        for line, session in rows
    ]
    assert got == json.loads(log.with_suffix(".expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["case"])
def test_the_second_of_a_pair_has_exactly_the_findings_expected(pair: dict, tmp_path: Path) -> None:
    sessions = read_rows(pair["rows"], tmp_path)
    verdict = judge(RULES, Case(sessions[-1], History(sessions), Person(SAM)))
    assert as_expected(verdict) == pair["last"]
