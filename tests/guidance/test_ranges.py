"""What each source counts as usual shedding: for whom, tied to its source, refused by its line where it is wrong."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from builders import SAM

from logbook.assets import find
from logbook.domain.errors import RuleError
from logbook.domain.person import Person
from logbook.domain.vocabulary import SHEDDING_SCALES, Sex, SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.guidance.predicates.shedding import PublishedRanges
from logbook.guidance.ranges import RangesFor, load_ranges

RULES = load_rules()
RANGES = load_ranges(RULES.sources)
SHIPPED = find("guidance/spans")
ON = date(2026, 6, 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the ranges that may be broken."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "spans"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, str], None]:
    """Replace the first occurrence of a text in the copy."""

    def change_it(old: str, new: str) -> None:
        path = folder / "shedding.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change_it


def ranges_for(method: SheddingMethod, sex: Sex | None = None, born: date | None = None) -> RangesFor:
    return RANGES.reference_ranges(method, Person(SAM, birth_date=born, sex=sex), ON)


def own(found: RangesFor) -> dict[str, tuple[int, int]]:
    return {one.source.key: (one.least, one.most) for one in found.own}


def test_the_copy_is_as_good_as_what_is_shipped(folder: Path) -> None:
    assert load_ranges(RULES.sources, folder) == RANGES


def test_every_range_is_of_a_known_source_that_the_rule_rests_on_and_says_so_in_a_sentence() -> None:
    rule = RULES.of("S01")
    for one in RANGES.ranges:
        assert RULES.sources[one.source.key] is one.source
        assert one.source in rule.sources
        assert one.says.endswith(".")
        assert not any(word in one.says.lower() for word in ("safe", "diagnos", "healthy", "abnormal"))
    assert {one.source.key for one in RANGES.ranges} == {source.key for source in rule.sources}


def test_every_method_but_the_estimate_has_a_range_within_its_scale() -> None:
    assert {one.method for one in RANGES.ranges} == set(SheddingMethod) - {SheddingMethod.ESTIMATE}
    for one in RANGES.ranges:
        least, most = SHEDDING_SCALES.get(one.method, (0, 100_000))
        assert least <= one.least <= one.most <= most


def test_a_range_ends_where_the_rule_begins_to_speak_of_the_same_people() -> None:
    published = RULES.of("S01").parameters
    assert isinstance(published, PublishedRanges)
    lines = {(limit.method, limit.people and limit.people.from_age): limit.bands[0].over for limit in published.ranges}
    for key, method, from_age in (
        ("AAD", SheddingMethod.DAY_TOTAL, None),
        ("WASKO", SheddingMethod.COMB_60S, 20),
        ("WASKO", SheddingMethod.COMB_60S, 41),
        ("PULL", SheddingMethod.PULL_TEST, None),
        ("SINC3", SheddingMethod.SINCLAIR, None),
        ("RWT", SheddingMethod.REFINED_WASH, None),
        ("MWT", SheddingMethod.FIVE_DAY_WASH, None),
    ):
        (one,) = (r for r in RANGES.ranges if (r.source.key, r.method, r.from_age) == (key, method, from_age))
        assert one.most == lines[method, from_age], key


def test_anybodys_range_is_everybodys() -> None:
    assert own(ranges_for(SheddingMethod.PULL_TEST)) == {"PULL": (0, 2), "FPN": (0, 3)}
    assert own(ranges_for(SheddingMethod.REFINED_WASH, Sex.FEMALE, date(2027, 1, 1))) == {"RWT": (4, 52)}
    assert ranges_for(SheddingMethod.ESTIMATE) == RangesFor()


def test_a_range_of_women_is_theirs_alone() -> None:
    assert own(ranges_for(SheddingMethod.DAY_TOTAL, Sex.FEMALE)) == {"AAD": (50, 100), "SINC": (50, 150)}
    man = ranges_for(SheddingMethod.DAY_TOTAL, Sex.MALE)
    assert own(man) == {"AAD": (50, 100)}
    assert [one.source.key for one in man.of_others] == ["SINC"]
    unknown = ranges_for(SheddingMethod.DAY_TOTAL)
    assert [(one.source.key, lacking) for one, lacking in unknown.unsure] == [("SINC", ("sex",))]


@pytest.mark.parametrize(
    ("born", "most"),
    [
        (date(2006, 7, 1), []),  # 19
        (date(2006, 6, 30), [78]),  # 20 on that day
        (date(1985, 7, 1), [78]),  # 40
        (date(1985, 6, 30), [43]),  # 41
        (date(1965, 7, 1), [43]),  # 60
        (date(1965, 6, 30), []),  # 61
    ],
)
def test_an_age_is_that_of_the_day_of_the_count(born: date, most: list[int]) -> None:
    found = ranges_for(SheddingMethod.COMB_60S, Sex.MALE, born)
    assert [one.most for one in found.own] == most
    assert len(found.own) + len(found.of_others) == 2


def test_what_is_not_recorded_is_named() -> None:
    nothing = ranges_for(SheddingMethod.COMB_60S)
    assert [lacking for _, lacking in nothing.unsure] == [("birth_date", "sex")] * 2
    man = ranges_for(SheddingMethod.COMB_60S, Sex.MALE)
    assert [lacking for _, lacking in man.unsure] == [("birth_date",)] * 2
    young = ranges_for(SheddingMethod.COMB_60S, None, date(1996, 1, 1))
    assert [(one.most, lacking) for one, lacking in young.unsure] == [(78, ("sex",))]
    assert [one.most for one in young.of_others] == [43]
    assert len(ranges_for(SheddingMethod.COMB_60S, Sex.FEMALE).of_others) == 2
    assert RANGES.reference_ranges(SheddingMethod.SINCLAIR, None, ON).unsure[0][1] == ("sex",)


def test_the_best_grade_comes_first() -> None:
    for method in SheddingMethod:
        grades = [one.source.grade for one in RANGES.ranges if one.method is method]
        assert grades == sorted(grades)


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('"AAD"', '"AAB"', "AAB", "the source “AAB” is not in sources.toml"),
        ('source = "AAD"\n', "", "a range without a source", "“source” is missing"),
        ('"day_total"', '"week_total"', "AAD", "the method “week_total” is not known"),
        ("least = 50", "least = 101", "AAD", "the least, 101, and the most, 100, must rise within 0 and 100000"),
        ("least = 50", "least = -1", "AAD", "the least, -1, and the most, 100, must rise within 0 and 100000"),
        ("least = 50", "least = 50.5", "AAD", "“least” must be a whole number, not 50.5"),
        ("least = 50", "lest = 50", "AAD", "“lest” is not known"),
        ('"female"', '"women"', "SINC", "the sex “women” is not known"),
        ('"female"', "3", "SINC", "“sex” must be text, not 3"),
        ("to_age = 40\n", "", "WASKO", "“from_age” and “to_age” go together"),
        ("to_age = 40", "to_age = 19", "WASKO", "the ages from 20 to 19 are no range"),
        (
            "least = 1\nmost = 4",
            "least = 0\nmost = 4",
            "SINC3",
            "the least, 0, and the most, 4, must rise within 1 and 6",
        ),
        ("Its line for heavy shedding is 100 hairs, after five days without shampoo.", "", "MWT", "it says nothing"),
    ],
)
def test_a_fault_is_refused_with_its_source_and_line(
    old: str, new: str, at: str, message: str, folder: Path, change: Callable[[str, str], None]
) -> None:
    change(old, new)
    with pytest.raises(RuleError) as refused:
        load_ranges(RULES.sources, folder)
    (problem,) = [one for one in refused.value.problems if one.message == message]
    assert (problem.file, problem.rule) == ("spans/shedding.toml", at)
    lines = (folder / "shedding.toml").read_text(encoding="utf-8").splitlines()
    assert problem.line
    tables = [number for number, line in enumerate(lines, 1) if line == "[[range]]"]
    begins = max(number for number in tables if number <= problem.line)
    name = at if at in RULES.sources or at == "AAB" else None
    assert name is None or lines[begins] == f'source = "{name}"'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[range]\n", "line 1"),
        ("range = 3\n", "“range” must be written as [[range]]"),
        ("", "there is no range in it"),
        ("[[span]]\n", "“span” is not known; a file holds [[range]] tables only"),
    ],
)
def test_a_file_of_anything_else_is_refused(text: str, message: str, folder: Path) -> None:
    (folder / "shedding.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as refused:
        load_ranges(RULES.sources, folder)
    assert message in refused.value.problems[0].message
    (folder / "shedding.toml").unlink()
    with pytest.raises(RuleError, match="it cannot be read"):
        load_ranges(RULES.sources, folder)
