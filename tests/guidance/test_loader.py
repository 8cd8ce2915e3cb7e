"""Guidance files with one thing wrong, each refused by the name of its file and of its rule."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from logbook.assets import find
from logbook.domain.errors import LogbookError, RuleError
from logbook.domain.vocabulary import Setting, Severity
from logbook.guidance.loader import load_rules

SHIPPED = find("guidance")
CALENDAR = "interval.toml"
TECHNIQUE = "technique.toml"
WHO = "contraindications.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the guidance that may be broken."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "guidance"))


@pytest.fixture
def change(folder: Path) -> Callable[..., None]:
    """Replace the first occurrence of a text after a mark in a file of the copy."""

    def change_it(file: str, old: str, new: str, after: str = "") -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        head, mark, tail = text.partition(after) if after else ("", "", text)
        assert after in text
        assert old in tail, f"{old} is not in {file}"
        path.write_text(head + mark + tail.replace(old, new, 1), encoding="utf-8")

    return change_it


def problems_of(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(RuleError) as refused:
        load_rules(folder)
    assert isinstance(refused.value, LogbookError)
    for problem in refused.value.problems:
        assert str(problem) in str(refused.value)
    return [(problem.file, problem.rule, problem.message) for problem in refused.value.problems]


FAULTS = [
    pytest.param(
        (TECHNIQUE, 'predicate = "passes_and_pressure"', 'predicate = "passes_and_presure"'),
        "T02",
        "the predicate “passes_and_presure” is not known",
        id="unknown predicate",
    ),
    pytest.param((TECHNIQUE, 'predicate = "passes_and_pressure"\n', ""), "T02", "“predicate” is missing", id="none"),
    pytest.param((TECHNIQUE, 'pressed = "caution"\n', ""), "T02", "params.pressed is missing", id="missing parameter"),
    pytest.param(
        (TECHNIQUE, 'pressed = "caution"\n', 'pressed = "caution"\nforce = 3\n'),
        "T02",
        "params.force is not known",
        id="extra parameter",
    ),
    pytest.param(
        (TECHNIQUE, "{ over = 12,", '{ over = "12",'),
        "T02",
        "params.bands[0].over must be a whole number, not '12'",
        id="mistyped parameter, nested",
    ),
    pytest.param(
        (TECHNIQUE, "{ over = 12,", "{ over = 12.5,"),
        "T02",
        "params.bands[0].over must be a whole number, not 12.5",
        id="fraction",
    ),
    pytest.param(
        (TECHNIQUE, "{ over = 12,", "{ over = true,"),
        "T02",
        "params.bands[0].over must be a whole number, not True",
        id="truth value",
    ),
    pytest.param(
        (TECHNIQUE, "{ over = 20, severity", "{ above = 20, severity"),
        "T02",
        "params.bands[1].above is not known; params.bands[1].over is missing",
        id="extra and missing parameter, nested",
    ),
    pytest.param(
        (CALENDAR, "in_days = 28", "in_days = 28.0"),
        "I03",
        "params.in_days must be a whole number",
        id="mistyped parameter",
    ),
    pytest.param(
        (CALENDAR, ', in_days = 7, severity = "info" }', ', severity = "info" }'),
        "I01",
        "params.often.in_days is missing",
        id="missing parameter of an optional table",
    ),
    pytest.param(
        (CALENDAR, "often = { at_most = 30,", "often = { at_most = 30, dates = 4,"),
        "I01",
        "params.often.dates is not known",
        id="extra parameter of an optional table",
    ),
    pytest.param(
        (CALENDAR, "bands = [", "bands = 3\nbandes = [", 'id = "I03"'),
        "I03",
        "params.bands must be a list",
        id="no list",
    ),
    pytest.param(
        (TECHNIQUE, '{ over = 12, severity = "caution" }', "12"),
        "T02",
        "params.bands[0] must be a table",
        id="no table",
    ),
    pytest.param(
        (TECHNIQUE, 'pressed = "caution"', 'pressed = "severe"'),
        "T02",
        "params.pressed: the severity “severe” is not one of clean, info, caution, warning, stop",
        id="unknown severity",
    ),
    pytest.param(
        (TECHNIQUE, '{ home = "caution", supervised', '{ home = "cautious", supervised'),
        "T01",
        "params.groups[1].severity.home: the severity “cautious” is not one of",
        id="unknown severity of one setting",
    ),
    pytest.param(
        (TECHNIQUE, 'pressed = "caution"', "pressed = 2"), "T02", "params.pressed: the severity “2”", id="number"
    ),
    pytest.param(
        (TECHNIQUE, 'pressure = "hard"', 'pressure = "firm"'),
        "T02",
        "params.pressure: “firm” is not one of light, moderate, hard",
        id="unknown word",
    ),
    pytest.param(
        (WHO, 'undated = "ongoing"', 'undated = "maybe"'), "C04", "params.undated: “maybe” is not one of", id="undated"
    ),
    pytest.param(
        (TECHNIQUE, '"{passes:pass} over', '"{passages:pass} over'),
        "T02",
        "the message “passes”: “{passages}” is not known; it may use limit, passes",
        id="unknown placeholder",
    ),
    pytest.param(
        (TECHNIQUE, '"{passes:pass} over', '"{} over'),
        "T02",
        "the message “passes”: “{}” is not known",
        id="placeholder without a name",
    ),
    pytest.param(
        (TECHNIQUE, '"{passes:pass} over', '"{passes:pass over'),
        "T02",
        "the message “passes”: its braces do not match",
        id="braces",
    ),
    pytest.param(
        (TECHNIQUE, "[rule.messages.pressure]", "[rule.messages.force]"),
        "T02",
        "the message “pressure” is missing",
        id="missing message",
    ),
    pytest.param(
        (TECHNIQUE, "[rule.messages.pressure]", "[rule.messages.force]"),
        "T02",
        "the message “force” is not known",
        id="unknown message",
    ),
    pytest.param(
        (TECHNIQUE, "clean = ", "tidy = ", "[rule.messages.pressure]"),
        "T02",
        "messages.pressure.tidy is not known; messages.pressure.clean is missing",
        id="part of a message",
    ),
    pytest.param((TECHNIQUE, 'sources = ["T5", "OWNDOC", "WLC"]', "sources = []"), "T01", "it has no source", id="[]"),
    pytest.param(
        (TECHNIQUE, 'sources = ["T5", "OWNDOC", "WLC"]\n', ""), "T01", "it has no source", id="no source at all"
    ),
    pytest.param(
        (TECHNIQUE, '"OWNDOC"', '"OWNDOG"'), "T01", "the source “OWNDOG” is not in sources.toml", id="unknown source"
    ),
    pytest.param((TECHNIQUE, 'id = "T02"', 'id = "T01"'), "T01", "this id is there twice", id="same file, same id"),
    pytest.param((TECHNIQUE, 'id = "T02"', 'id = "C01"'), "C01", "this id is there twice", id="other file, same id"),
    pytest.param((TECHNIQUE, 'id = "T02"\n', ""), "a rule without an id", "“id” is missing", id="no id"),
    pytest.param((TECHNIQUE, 'title = "Bleeding"\n', ""), "T01", "“title” is missing", id="no title"),
    pytest.param(
        (TECHNIQUE, 'title = "Bleeding"\n', 'title = "Bleeding"\nnote = "x"\n'),
        "T01",
        "“note” is not known",
        id="unknown key of a rule",
    ),
    pytest.param(
        (CALENDAR, 'setting = "home"', 'setting = "clinic"'), "I01", "the setting “clinic” is not known", id="setting"
    ),
    pytest.param(
        (TECHNIQUE, 'expect = "clean"', 'expect = "fine"'), "T01", "example 1 must expect one of", id="nonsense"
    ),
    pytest.param((TECHNIQUE, 'expect = "clean"\n', ""), "T01", "example 1 must expect one of", id="expects nothing"),
    pytest.param(
        (TECHNIQUE, '"free_bleeding"]', '"free_bleading"]'),
        "T01",
        "params.groups[0]: endpoint has no “free_bleading”",
        id="misspelt word of a group",
    ),
    pytest.param(
        (TECHNIQUE, 'field = "endpoint"', 'field = "zones"'),
        "T01",
        "params.groups[0]: zones has no “free_bleeding”",
        id="word of another field",
    ),
    pytest.param(
        (TECHNIQUE, 'field = "endpoint"', 'field = "end"'), "T01", "params.groups[0].field: “end” is not", id="field"
    ),
    pytest.param((CALENDAR, "over = 150, stop", "over = 90, stop"), "I01", "the bands must rise", id="rest bands"),
    pytest.param((CALENDAR, "over = 150, stop", "over = 100, stop"), "I01", "the bands must rise", id="equal bands"),
    pytest.param(
        ("depth.toml", "{ over = 30,", "{ over = 60,"), "D01", "the bands must rise, and 0.60, 0.50", id="depth bands"
    ),
    pytest.param((WHO, "below = 90", "below = 190"), "C07", "the bands must rise", id="bands of days"),
    pytest.param((WHO, "below = 18,", "below = 28,"), "C06", "the bands must rise", id="bands of ages"),
    pytest.param(
        ("aftercare.toml", "{ over = 72,", "{ over = 172,"), "R01", "the bands must rise", id="bands of hours"
    ),
    pytest.param((TECHNIQUE, "{ over = 12,", "{ over = 120,"), "T02", "the bands must rise", id="bands of passes"),
    pytest.param(("hygiene.toml", "from_use = 11", "from_use = 17"), "H03", "the bands must rise", id="bands of uses"),
    pytest.param((TECHNIQUE, '"OWNDOC"', '["OWNDOC"]'), "T01", "its sources must be keys", id="source in a list"),
    pytest.param((TECHNIQUE, 'expect = "clean"', 'expect = ["clean"]'), "T01", "example 1 must", id="expects a list"),
    pytest.param((TECHNIQUE, 'pressed = "caution"', "pressed = []"), "T02", "params.pressed", id="severity in a list"),
    pytest.param((TECHNIQUE, "{passes:pass}", "{passes!q}"), "T02", "the message “passes”", id="conversion"),
]


@pytest.mark.parametrize(("fault", "rule", "message"), FAULTS)
def test_a_fault_is_named_by_file_and_rule(
    fault: tuple[str, ...], rule: str, message: str, folder: Path, change: Callable[..., None]
) -> None:
    change(*fault)
    problems = problems_of(folder)
    assert {(file, at) for file, at, _ in problems} == {(fault[0], rule)}
    assert any(message in said for *_, said in problems), problems


def test_the_copy_is_as_good_as_what_is_shipped(folder: Path) -> None:
    copied, shipped = load_rules(folder), load_rules()
    assert copied == shipped
    assert copied.version == (SHIPPED / "VERSION").read_text(encoding="utf-8").strip()
    assert [rule.id for rule in copied.rules] == sorted(rule.id for rule in copied.rules)
    with pytest.raises(KeyError):
        copied.of("X99")


def test_a_rule_without_an_example_is_refused(folder: Path) -> None:
    path = folder / TECHNIQUE
    head, _, _ = path.read_text(encoding="utf-8").partition("[[rule.examples]]")  # of the first rule
    path.write_text(head, encoding="utf-8")
    assert (TECHNIQUE, "T01", "it has no example") in problems_of(folder)


def test_broken_toml_is_named_with_its_line(folder: Path, change: Callable[..., None]) -> None:
    change(TECHNIQUE, '"Bleeding"', '"Bleeding')
    ((file, rule, message),) = problems_of(folder)
    assert (file, rule) == (TECHNIQUE, "—")
    assert "line 5" in message


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / TECHNIQUE).write_bytes(b"\xff\xfe\x00")
    ((file, _, message),) = problems_of(folder)
    assert file == TECHNIQUE
    assert "cannot be read" in message


@pytest.mark.parametrize("text", ["version = 3\n", "[other]\nx = 1\n", "[[rules]]\nid = 'X'\n"])
def test_an_unknown_key_at_the_top_is_refused(text: str, folder: Path) -> None:
    (folder / "extra.toml").write_text(text, encoding="utf-8")
    ((file, rule, message),) = problems_of(folder)
    assert (file, rule) == ("extra.toml", "—")
    assert "is not known; a file holds [[rule]] tables only" in message


@pytest.mark.parametrize("text", ["rule = 3\n", "rule = [1]\n", "[rule]\nid = 'X'\n"])
def test_rules_that_are_no_tables_are_refused(text: str, folder: Path) -> None:
    (folder / "extra.toml").write_text(text, encoding="utf-8")
    assert problems_of(folder) == [("extra.toml", "—", "“rule” must be written as [[rule]]")]


def test_messages_and_parameters_that_are_no_tables_are_refused(folder: Path) -> None:
    rule = (
        'id = "X1"\ntitle = "X"\nnegotiable = false\npredicate = "recorded"\n'
        'sources = ["T5"]\nexamples = [{ expect = "clean" }]\n'
    )
    (folder / "extra.toml").write_text(f"[[rule]]\n{rule}params = 3\nmessages = 4\n", encoding="utf-8")
    assert problems_of(folder) == [
        ("extra.toml", "X1", "params must be a table"),
        ("extra.toml", "X1", "“messages” must be a table"),
    ]


def test_a_missing_version_is_refused(folder: Path) -> None:
    (folder / "VERSION").unlink()
    assert problems_of(folder) == [("VERSION", "—", "the version of the guidance is missing")]


def test_missing_sources_are_refused(folder: Path) -> None:
    (folder / "sources.toml").unlink()
    assert ("sources.toml", "—") in {(file, rule) for file, rule, _ in problems_of(folder)}


def test_a_folder_without_a_rule_is_refused(tmp_path: Path) -> None:
    for name in ("VERSION", "sources.toml"):
        shutil.copy(SHIPPED / name, tmp_path)
    ((file, _, message),) = problems_of(tmp_path)
    assert file == str(tmp_path)
    assert message == "there is no rule in it"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('grade = "B"', 'grade = "E"', "the grade “E” is not one of A, B, C, D"),
        ('grade = "B"\n', "", "“grade” is missing"),
        ("year = 2015", 'year = "2015"', "“year” has the wrong type"),
        ('kind = "trial"', "kind = 3", "“kind” has the wrong type"),
        ('kind = "trial"', 'kind = "trial"\nurl = "x"', "“url” is not known"),
        ('author = "Chandrashekar"\n', "", "“author” is missing"),
        ("year = 2015", "year = true", "“year” has the wrong type"),
    ],
)
def test_a_fault_of_a_source_is_named_by_its_key(
    old: str, new: str, message: str, folder: Path, change: Callable[..., None]
) -> None:
    change("sources.toml", old, new, 'key = "AA14B"')
    assert ("sources.toml", "AA14B", message) in problems_of(folder)


def test_a_source_that_is_there_twice_or_without_a_key_is_refused(folder: Path, change: Callable[..., None]) -> None:
    change("sources.toml", 'key = "AAD"', 'key = "AA14B"')
    assert ("sources.toml", "AA14B", "this key is there twice") in problems_of(folder)
    change("sources.toml", 'key = "AA14B"\n', "")
    assert ("sources.toml", "a source without a key", "“key” is missing") in problems_of(folder)


def test_faults_of_two_files_come_out_together(folder: Path, change: Callable[..., None]) -> None:
    change(TECHNIQUE, 'pressed = "caution"', 'pressed = "severe"')
    change(TECHNIQUE, '"OWNDOC"', '"OWNDOG"')
    change("depth.toml", '{ over = 50, severity = "caution" }', '{ over = 20, severity = "caution" }')
    (folder / "VERSION").unlink()
    assert {(file, rule) for file, rule, _ in problems_of(folder)} == {
        (TECHNIQUE, "T01"),
        (TECHNIQUE, "T02"),
        ("depth.toml", "D01"),
        ("VERSION", "—"),
    }


@pytest.mark.parametrize(
    ("file", "rule", "bands"),
    [
        ("depth.toml", "D01", "bands"),
        (CALENDAR, "I02", "bands"),
        (WHO, "C07", "bands"),
        ("hygiene.toml", "H02", "deep"),
    ],
)
def test_a_rule_without_a_band_is_refused(file: str, rule: str, bands: str, folder: Path) -> None:
    path = folder / file
    head, mark, tail = path.read_text(encoding="utf-8").partition(f'id = "{rule}"')
    before, _, after = tail.partition(f"\n{bands} = [")
    _, _, rest = after.partition("]\n")
    path.write_text(f"{head}{mark}{before}\n{bands} = []\n{rest}", encoding="utf-8")
    assert {(file, at) for file, at, _ in problems_of(folder)} == {(file, rule)}


def test_two_faults_of_one_rule_come_out_together(folder: Path, change: Callable[..., None]) -> None:
    change(TECHNIQUE, 'pressed = "caution"\n', "")
    change(TECHNIQUE, "{ over = 12,", '{ over = "12",')
    change(TECHNIQUE, '"NBWORSE"', '"NBWORST"')
    assert [rule for _, rule, _ in problems_of(folder)] == ["T02", "T02"]
    said = " ".join(message for *_, message in problems_of(folder))
    for part in ("NBWORST", "params.pressed is missing", "params.bands[0].over must be"):
        assert part in said


def test_a_number_moves_without_touching_code(folder: Path, change: Callable[..., None]) -> None:
    change(TECHNIQUE, "{ over = 12,", "{ over = 8,")
    change(TECHNIQUE, 'pressed = "caution"', 'pressed = "stop"')
    limits = load_rules(folder).of("T02").parameters
    assert limits.bands[0].over == 8
    assert limits.pressed is Severity.STOP


def test_the_sources_of_a_rule_come_best_grade_first_and_settings_are_read() -> None:
    rules = load_rules()
    for rule in rules.rules:
        grades = [source.grade for source in rule.sources]
        assert grades == sorted(grades), rule.id
    assert rules.of("I01").setting is Setting.HOME
    assert rules.of("I02").setting is Setting.SUPERVISED
    assert rules.of("I03").setting is None


# Which line of the file


def lines_of(folder: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(RuleError) as refused:
        load_rules(folder)
    return [(problem.file, problem.line) for problem in refused.value.problems]


@pytest.mark.parametrize(("fault", "rule", "message"), FAULTS)
def test_a_fault_names_a_line_of_the_table_it_is_in(
    fault: tuple[str, ...], rule: str, message: str, folder: Path, change: Callable[..., None]
) -> None:
    change(*fault)
    text = (folder / fault[0]).read_text(encoding="utf-8").splitlines()
    for file, line in lines_of(folder):
        assert file == fault[0]
        if f'id = "{rule}"' not in text:
            assert line is None
            continue
        assert line is not None
        begins = [place for place, one in enumerate(text[:line], 1) if one == "[[rule]]"]
        assert text[begins[-1]] == f'id = "{rule}"'


@pytest.mark.parametrize(
    "fault",
    [
        (TECHNIQUE, 'predicate = "passes_and_pressure"', 'predicate = "passes_and_presure"'),
        (TECHNIQUE, 'pressed = "caution"', 'pressed = "severe"'),
        (TECHNIQUE, 'pressed = "caution"', 'force = 3\npressed = "caution"'),
        (TECHNIQUE, "bands = [{ over = 12,", 'bands = [{ over = "12",'),
        (TECHNIQUE, 'title = "Bleeding"', 'note = "x"\ntitle = "Bleeding"'),
        (CALENDAR, 'setting = "home"', 'setting = "clinic"'),
        (CALENDAR, "in_days = 28", "in_days = 28.0"),
        (CALENDAR, "[rule.messages.often]", "[rule.messages.frequent]"),
        (WHO, "negotiable = true", 'negotiable = "yes"'),
        ("sources.toml", "year = 2015", 'year = "2015"'),
    ],
    ids=lambda fault: fault[2],
)
def test_what_is_wrong_in_a_line_is_named_by_that_line(
    fault: tuple[str, str, str], folder: Path, change: Callable[..., None]
) -> None:
    file, old, new = fault
    before = (folder / file).read_text(encoding="utf-8").splitlines()
    change(file, old, new)
    after = (folder / file).read_text(encoding="utf-8").splitlines()
    changed = next(n for n, (one, other) in enumerate(zip(before, after, strict=False), 1) if one != other)
    assert (file, changed) in lines_of(folder)


def test_what_is_missing_is_named_by_the_line_where_its_rule_begins(folder: Path, change: Callable[..., None]) -> None:
    change(TECHNIQUE, 'title = "Passes and pressure"\n', "")
    text = (folder / TECHNIQUE).read_text(encoding="utf-8").splitlines()
    assert lines_of(folder) == [(TECHNIQUE, text.index('id = "T02"') + 1)]


def test_the_line_is_said_in_words(folder: Path, change: Callable[..., None]) -> None:
    change(TECHNIQUE, 'pressed = "caution"', 'pressed = "severe"')
    with pytest.raises(RuleError) as refused:
        load_rules(folder)
    (problem,) = refused.value.problems
    assert f"technique.toml, line {problem.line}: T02: params.pressed" in str(refused.value)


# What a clinician may move


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("negotiable = true\n", "", "“negotiable” is missing"),
        ("negotiable = true", 'negotiable = "yes"', "“negotiable” must be true or false"),
        ("negotiable = true", "negotiable = 1", "“negotiable” must be true or false"),
    ],
)
def test_each_rule_says_whether_it_may_be_moved(
    old: str, new: str, message: str, folder: Path, change: Callable[..., None]
) -> None:
    change(TECHNIQUE, old, new, 'id = "T02"')
    assert problems_of(folder) == [(TECHNIQUE, "T02", message)]


@pytest.mark.parametrize(
    ("file", "rule"),
    [("hygiene.toml", "H01"), (WHO, "C01"), ("aftercare.toml", "R02"), (TECHNIQUE, "T03"), (CALENDAR, "I04")],
)
def test_a_rule_without_a_line_cannot_be_called_negotiable(
    file: str, rule: str, folder: Path, change: Callable[..., None]
) -> None:
    change(file, "negotiable = false", "negotiable = true", f'id = "{rule}"')
    ((at_file, at, message),) = problems_of(folder)
    assert (at_file, at) == (file, rule)
    assert message == "“negotiable” is true, but none of its numbers is a line that can be moved"


def test_a_rule_that_is_not_negotiable_has_no_line_whatever_its_numbers(
    folder: Path, change: Callable[..., None]
) -> None:
    change("depth.toml", "negotiable = true", "negotiable = false", 'id = "D01"')
    assert load_rules().of("D01").lines
    assert load_rules(folder).of("D01").lines == ()


# The edition


def test_the_same_files_are_the_same_edition_and_any_change_makes_another(
    folder: Path, change: Callable[..., None]
) -> None:
    shipped = load_rules()
    assert load_rules(folder).edition == shipped.edition
    assert re.fullmatch(rf"{re.escape(shipped.version)}\+[0-9a-f]{{8}}", shipped.edition)
    change("depth.toml", "{ over = 30,", "{ over = 31,")
    moved = load_rules(folder)
    assert moved.version == shipped.version
    assert moved.edition != shipped.edition
    change("depth.toml", "{ over = 31,", "{ over = 30,")
    assert load_rules(folder).edition == shipped.edition
    change("sources.toml", 'grade = "B"', 'grade = "C"')
    assert load_rules(folder).edition not in (shipped.edition, moved.edition)


def test_another_version_is_another_edition(folder: Path) -> None:
    (folder / "VERSION").write_text("2099.1\n", encoding="utf-8")
    edition = load_rules(folder).edition
    assert edition.startswith("2099.1+")
    assert edition.partition("+")[2] == load_rules().edition.partition("+")[2]


def test_a_line_that_moves_to_another_file_is_another_edition(folder: Path) -> None:
    (folder / "depth.toml").rename(folder / "deep.toml")
    assert load_rules(folder).edition != load_rules().edition
