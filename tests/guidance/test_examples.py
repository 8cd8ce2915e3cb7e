"""Every rule's own examples, on both sides of each of its bounds."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import SAM, TODAY, read_rows

from logbook.domain.history import History
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.domain.vocabulary import Severity, Zone
from logbook.guidance.judge import judge
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case, Rule, Verdict

RULES = load_rules()
NOT_CELLS = {"expect", "earlier", "birth_date", "thinning_zones"}
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES.rules
    for number, example in enumerate(rule.examples, 1)
]


def sessions_of(example: Mapping[str, Any], folder: Path) -> list[Session]:
    """Return the earlier sessions of *example*, oldest first, and its own as the last."""
    on = date.fromisoformat(example.get("date", TODAY.isoformat()))
    own = {"setting": "home", "zones": "crown", **{k: v for k, v in example.items() if k not in NOT_CELLS}}
    rows = []
    for earlier in sorted(example.get("earlier", []), key=lambda one: -one["days_ago"]):
        cells = {key: value for key, value in earlier.items() if key != "days_ago"}
        rows.append({"zones": "crown", **cells, "date": (on - timedelta(days=earlier["days_ago"])).isoformat()})
    return read_rows([*rows, {**own, "date": on.isoformat()}], folder)


def verdict_of(example: Mapping[str, Any], folder: Path) -> Verdict:
    *earlier, session = sessions_of(example, folder)
    born = example.get("birth_date")
    thinning = example.get("thinning_zones")
    person = Person(
        SAM,
        birth_date=date.fromisoformat(born) if born else None,
        thinning_zones=frozenset(map(Zone, thinning.split("|"))) if thinning else None,
    )
    return judge(RULES, Case(session, History([*earlier, session]), person))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_answers_its_example_as_expected(rule: Rule, example: Mapping[str, Any], tmp_path: Path) -> None:
    verdict = verdict_of(example, tmp_path)
    found = {finding.rule.id: finding.severity.word for finding in verdict.findings}
    unjudged = {one.rule.id for one in verdict.unjudged}
    answer = found.get(rule.id, "unjudged" if rule.id in unjudged else "clean")
    assert answer == example["expect"]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_every_message_is_a_finished_sentence(rule: Rule, example: Mapping[str, Any], tmp_path: Path) -> None:
    for finding in verdict_of(example, tmp_path).findings:
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
