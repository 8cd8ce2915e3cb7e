"""Every rule's own examples, on both sides of each of its bounds."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import SAM, TODAY, read_rows

from logbook.domain.history import History
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import SheddingHistory
from logbook.domain.vocabulary import EventKind, Severity, Sex, Zone
from logbook.guidance.judge import judge
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case, Rule, SheddingCase, Verdict
from logbook.services.shedding_csv import read_shedding

RULES = load_rules()
NOT_CELLS = {"expect", "earlier", "birth_date", "thinning_zones"}
NOT_SHEDDING_CELLS = {"expect", "earlier", "birth_date", "sex", "sessions", "baseline", "events"}
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES.rules
    for number, example in enumerate(rule.examples, 1)
]


def day_of(example: Mapping[str, Any]) -> date:
    return date.fromisoformat(example.get("date", TODAY.isoformat()))


def dated(rows: Iterable[Mapping[str, Any]], on: date) -> list[dict[str, str]]:
    """Return *rows* of so many days before *on*, oldest first, with their dates in place of those days."""
    return [
        {key: value for key, value in row.items() if key != "days_ago"}
        | {"date": (on - timedelta(days=row["days_ago"])).isoformat()}
        for row in sorted(rows, key=lambda row: -row["days_ago"])
    ]


def sessions_of(example: Mapping[str, Any], folder: Path) -> list[Session]:
    """Return the earlier sessions of *example*, oldest first, and its own as the last."""
    on = day_of(example)
    own = {"setting": "home", "zones": "crown", **{k: v for k, v in example.items() if k not in NOT_CELLS}}
    rows = [{"zones": "crown", **row} for row in dated(example.get("earlier", []), on)]
    return read_rows([*rows, {**own, "date": on.isoformat()}], folder)


def counts_of(example: Mapping[str, Any], folder: Path) -> list[SheddingRecord]:
    """Return the earlier shedding records of *example*, and its own as the last."""
    on = day_of(example)
    own = {k: v for k, v in example.items() if k not in NOT_SHEDDING_CELLS}
    counts = example.get("baseline", [])
    first = max((session["days_ago"] for session in example.get("sessions", [])), default=0)
    baseline = [{"days_ago": first + len(counts) - n, "value": str(count)} for n, count in enumerate(counts)]
    rows = [{"method": own["method"], **row} for row in dated([*baseline, *example.get("earlier", [])], on)]
    path = folder / "counts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["date", "method", "value", "notes"], restval="")
        writer.writeheader()
        writer.writerows([*rows, {**own, "date": on.isoformat()}])
    read = read_shedding(path, SAM, TODAY)
    assert not read.problems, read.problems
    return [record for _, record in read.rows]


def shedding_case(example: Mapping[str, Any], folder: Path) -> SheddingCase:
    on = day_of(example)
    *earlier, record = counts_of(example, folder)
    rows = dated(example.get("sessions", []), on)
    sessions = History(read_rows(rows, folder) if rows else [])
    events = [
        LifeEvent(new_id(), SAM, EventKind(event["kind"]), on - timedelta(days=event["days_ago"]))
        for event in example.get("events", [])
    ]
    return SheddingCase(record, SheddingHistory([*earlier, record]), sessions, events, person_of(example))


def person_of(example: Mapping[str, Any]) -> Person:
    born, sex, thinning = (example.get(key) for key in ("birth_date", "sex", "thinning_zones"))
    return Person(
        SAM,
        birth_date=date.fromisoformat(born) if born else None,
        sex=Sex(sex) if sex else None,
        thinning_zones=frozenset(map(Zone, thinning.split("|"))) if thinning else None,
    )


def verdict_of(rule: Rule, example: Mapping[str, Any], folder: Path) -> Verdict:
    if rule.predicate.judges is SheddingCase:
        return judge(RULES, shedding_case(example, folder))
    *earlier, session = sessions_of(example, folder)
    return judge(RULES, Case(session, History([*earlier, session]), person_of(example)))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_answers_its_example_as_expected(rule: Rule, example: Mapping[str, Any], tmp_path: Path) -> None:
    verdict = verdict_of(rule, example, tmp_path)
    found = {finding.rule.id: finding.severity.word for finding in verdict.findings}
    unjudged = {one.rule.id for one in verdict.unjudged}
    answer = found.get(rule.id, "unjudged" if rule.id in unjudged else "clean")
    assert answer == example["expect"]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_every_message_is_a_finished_sentence(rule: Rule, example: Mapping[str, Any], tmp_path: Path) -> None:
    for finding in verdict_of(rule, example, tmp_path).findings:
        for part in (finding.found, finding.why, finding.clean):
            assert part[0].isupper() or part[0].isdigit()
            assert part.endswith(".")
            assert not {"{", "}", "_"} & set(part)
        words = finding.message.lower().replace(",", " ").split()
        assert not {"will", "safe", "safely"} & set(words)
        assert finding.severity > Severity.CLEAN


def test_every_rule_has_examples_on_both_sides() -> None:
    for rule in RULES.rules:
        expected = {example["expect"] for example in rule.examples}
        assert "clean" in expected, rule.id
        assert expected - {"clean", "unjudged"}, rule.id
        assert any("may" in message.why for message in rule.messages.values()), rule.id
