"""What each source names: tied to known sources, and refused by file and source where it is not understood."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from logbook.assets import find
from logbook.domain.errors import RuleError
from logbook.domain.units import DEEPEST, Depth
from logbook.domain.vocabulary import Setting
from logbook.guidance.loader import load_rules
from logbook.guidance.spans import Spans, load_spans

RULES = load_rules()
SPANS = load_spans(RULES.sources)
SHIPPED = find("guidance/spans")
EVERY = [*SPANS.rests, *SPANS.depths]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the spans that may be broken."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "spans"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    """Replace the first occurrence of a text in a file of the copy."""

    def change_it(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change_it


def problems_of(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(RuleError) as refused:
        load_spans(RULES.sources, folder)
    return [(problem.file, problem.rule, problem.message) for problem in refused.value.problems]


def rests(depth: int, setting: Setting) -> dict[str, tuple[int, int]]:
    return {span.source.key: (span.least, span.most) for span in SPANS.rest(depth, setting)}


def test_the_copy_is_as_good_as_what_is_shipped(folder: Path) -> None:
    assert load_spans(RULES.sources, folder) == SPANS


def test_every_span_is_of_a_known_source_and_says_so_in_a_sentence() -> None:
    for span in EVERY:
        assert RULES.sources[span.source.key] is span.source
        assert 0 < span.least <= span.most
        assert span.says[0].isupper() or span.says[0].isdigit(), span.says
        assert span.says.endswith(".")
        assert not any(word in span.says.lower() for word in ("safe", "will cause", "fda limit"))


def test_depths_are_depths_and_rests_are_less_than_half_a_year() -> None:
    assert all(span.most <= DEEPEST for span in SPANS.depths)
    assert all(span.most <= 182 for span in SPANS.rests)


def test_no_source_is_drawn_twice_in_one_place() -> None:
    for setting in Setting:
        for depth in (10, 30, 31, 50, 51, 100, 101, 150, 151, 200, 250, 300):
            keys = [span.source.key for span in SPANS.rest(depth, setting)]
            assert len(keys) == len(set(keys)), (depth, keys)
        keys = [span.source.key for span in SPANS.depth(setting)]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("rule", ["I01", "I02"])
@pytest.mark.parametrize("depth", [25, 50, 100, 150])
def test_every_band_of_the_rest_rules_has_two_sources_at_least(rule: str, depth: int) -> None:
    setting = RULES.of(rule).setting
    assert setting is not None
    assert len(SPANS.rest(depth, setting)) >= 2


def test_deeper_than_any_band_there_is_still_somebody_to_compare_with() -> None:
    assert len(SPANS.rest(200, Setting.SUPERVISED)) >= 2
    assert SPANS.rest(200, Setting.HOME) == ()  # nobody names a rest for it at home


@pytest.mark.parametrize("setting", list(Setting))
def test_every_depth_rule_has_two_sources_at_least(setting: Setting) -> None:
    assert len(SPANS.depth(setting)) >= 2


def test_at_one_and_a_half_millimetres_the_trials_disagree_as_they_were_published() -> None:
    named = rests(150, Setting.SUPERVISED)
    assert (named["DHU13"], named["JHA"], named["SHAH17"]) == ((7, 7), (21, 21), (30, 30))
    assert (named["FAG21"], named["DHU15"], named["T5"]) == ((14, 14), (7, 15), (7, 30))
    assert rests(100, Setting.SUPERVISED)["LI26"] == (7, 7)


def test_a_band_is_open_below_and_closed_at_the_top_as_in_the_rules() -> None:
    assert "TRESGUIDE" in rests(30, Setting.HOME)
    assert rests(30, Setting.HOME)["TRESGUIDE"] == (1, 1)
    assert rests(31, Setting.HOME)["TRESGUIDE"] == (7, 7)
    assert "DHU13" not in rests(100, Setting.SUPERVISED)
    assert "DHU13" in rests(101, Setting.SUPERVISED)
    assert "DHU13" not in rests(151, Setting.SUPERVISED)
    assert "POLI" in rests(300, Setting.SUPERVISED)  # “1.0 mm or deeper”


def test_the_best_grade_comes_first() -> None:
    for spans in (*[SPANS.rest(150, one) for one in Setting], *[SPANS.depth(one) for one in Setting]):
        grades = [span.source.grade for span in spans]
        assert grades == sorted(grades)
        assert all(one.setting is spans[0].setting for one in spans)


def test_a_schedule_of_unknown_depth_is_not_drawn_at_any() -> None:
    assert not {"HOME20", "LIANG", "CCID22", "BURNS", "STAR", "GUP22"} & {span.source.key for span in EVERY}


REST, DEPTH = "rest.toml", "depth.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        (REST, '"DHU13"', '"DHU14"', "DHU14", "the source “DHU14” is not in sources.toml"),
        (REST, 'source = "DHU13"\n', "", "a span without a source", "“source” is missing"),
        (REST, 'setting = "supervised"', 'setting = "clinic"', "DHU13", "the setting “clinic” is not known"),
        (REST, 'setting = "supervised"\n', "", "DHU13", "“setting” is missing"),
        (REST, 'setting = "supervised"', "setting = 3", "DHU13", "“setting” must be text, not 3"),
        (REST, "least_days = 7", "least_days = 8", "DHU13", "the least, 8, must be above 0 and at most the most, 7"),
        (REST, "least_days = 7", "least_days = 0", "DHU13", "the least, 0, must be above 0 and at most the most, 7"),
        (REST, "least_days = 7", "least_days = 7.5", "DHU13", "“least_days” must be a whole number, not 7.5"),
        (REST, "least_days = 7", 'least_days = "7"', "DHU13", "“least_days” must be a whole number, not '7'"),
        (REST, "least_days = 7", "least_days = true", "DHU13", "“least_days” must be a whole number, not True"),
        (REST, "least_days = 7\n", "", "DHU13", "“least_days” is missing"),
        (REST, "least_days = 7", "least = 7", "DHU13", "“least” is not known"),
        (REST, "over = 100\n", "", "DHU13", "“over” is missing"),
        (REST, "over = 100", "over = 150", "DHU13", "the depths from 150 to 150 are no range"),
        (REST, "over = 100", "over = -1", "DHU13", "the depths from -1 to 150 are no range"),
        (REST, 'says = "1.5 mm every week, 12 times."', 'says = " "', "DHU13", "it says nothing"),
        (DEPTH, "least = 150", "over = 0\nleast = 150", "DHU13", "“over” is not known"),
        (DEPTH, "least = 150", "least = 151", "DHU13", "the least, 151, must be above 0 and at most the most, 150"),
        (DEPTH, '"SKINPEN"', '"SKINPEM"', "SKINPEM", "the source “SKINPEM” is not in sources.toml"),
    ],
)
def test_a_fault_is_refused_by_the_names_of_its_file_and_source(
    file: str, old: str, new: str, at: str, message: str, folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change(file, old, new)
    assert (f"spans/{file}", at, message) in problems_of(folder)


@pytest.mark.parametrize("file", [REST, DEPTH])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[span]\n", "line 1"),
        ("span = 3\n", "“span” must be written as [[span]]"),
        ("span = [1]\n", "“span” must be written as [[span]]"),
        ("", "there is no span in it"),
        ("version = 3\n", "“version” is not known; a file holds [[span]] tables only"),
    ],
)
def test_a_file_of_anything_else_is_refused(file: str, text: str, message: str, folder: Path) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    ((at, source, said),) = problems_of(folder)
    assert (at, source) == (f"spans/{file}", "—")
    assert message in said


def test_a_file_that_is_not_there_or_no_text_is_refused(folder: Path) -> None:
    (folder / REST).unlink()
    (folder / DEPTH).write_bytes(b"\xff\xfe\x00")
    said = problems_of(folder)
    assert [file for file, *_ in said] == ["spans/rest.toml", "spans/depth.toml"]
    assert all("it cannot be read" in message for *_, message in said)


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ('source = "JHA"', 'source = "JHB"', 'source = "JHB"'),
        ("least_days = 21", "least_days = 21.5", "least_days = 21.5"),
        ("least_days = 21", "leastt_days = 21", "leastt_days = 21"),
        ('says = "1.5 mm every 3 weeks, 3 times."', "", "[[span]]"),
    ],
)
def test_a_fault_is_refused_with_its_line(
    old: str, new: str, names: str, folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change(REST, old, new)
    with pytest.raises(RuleError) as refused:
        load_spans(RULES.sources, folder)
    lines = (folder / REST).read_text(encoding="utf-8").splitlines()
    here = lines.index('says = "1.5 mm every month, 6 times."') + 1  # the last line of the table before
    said = [problem.line for problem in refused.value.problems]
    assert here < max(line or 0 for line in said) <= here + 10
    assert names in [lines[line - 1] for line in said if line]


def test_faults_of_both_files_come_out_together(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change(REST, '"DHU13"', '"DHU14"')
    change(REST, '"JHA"', '"JHB"')
    change(DEPTH, "least = 150", "leastt = 150")
    assert {(file, at) for file, at, _ in problems_of(folder)} == {
        ("spans/rest.toml", "DHU14"),
        ("spans/rest.toml", "JHB"),
        ("spans/depth.toml", "DHU13"),
    }


def test_a_number_moves_without_touching_code(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change(REST, "most_days = 7", "most_days = 9")
    moved: Spans = load_spans(RULES.sources, folder)
    (span,) = (one for one in moved.rest(Depth(150), Setting.SUPERVISED) if one.source.key == "DHU13")
    assert (span.least, span.most) == (7, 9)
