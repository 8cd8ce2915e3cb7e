"""The texts of the guide: filled in from where their words belong, or refused with all that is wrong."""

import shutil
from pathlib import Path

import pytest

from logbook.assets import find
from logbook.domain.errors import UnreadableFile
from logbook.domain.trash import REST_DAYS
from logbook.domain.vocabulary import SHEDDING_SCALES, SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.guidance.predicates.shedding import PublishedRanges
from logbook.guidance.ranges import load_ranges
from logbook.guidance.rule import Rules
from logbook.services.guide import load_guide, load_hints
from logbook.services.guide_words import GuideWords
from logbook.services.places import default_database

KEYS = {"save": "Ctrl+S"}
MENUS = {"backups": "File › Backups"}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


@pytest.fixture
def words(rules: Rules) -> GuideWords:
    return GuideWords(rules, None, KEYS, MENUS)


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    folder = tmp_path / "guide"
    folder.mkdir()
    return folder


def write(folder: Path, *lines: str, name: str = "01-first.md") -> None:
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


def shown(folder: Path, words: GuideWords, *lines: str) -> str:
    """Return what becomes of *lines* below a title."""
    write(folder, "# Title", "", *lines)
    (chapter,) = load_guide(words, folder)
    return chapter.text.removeprefix("# Title\n\n").rstrip("\n")


def refused(folder: Path, words: GuideWords) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load_guide(words, folder)
    return str(caught.value)


# What is read


def test_chapters_come_in_the_order_of_their_numbers_and_are_asked_for_by_name(guide, words):
    write(guide, "# The second", "", "b", name="02-second.md")
    write(guide, "# The first", "", "a", name="01-first.md")
    chapters = load_guide(words, guide)
    assert [(one.name, one.title) for one in chapters] == [("first", "The first"), ("second", "The second")]
    assert chapters[0].text == "# The first\n\na\n"


def test_words_stand_where_a_text_asks_for_them(guide, words):
    assert shown(guide, words, "**{key:save}** and {menu:backups}") == r"**Ctrl\+S** and File › Backups"
    assert shown(guide, words, "## {severity:stop}") == "## Stop"
    assert shown(guide, words, "## {method:pull_test}") == "## Pull test"
    assert shown(guide, words, "{number:rest_days} days") == f"{REST_DAYS} days"


def test_a_number_of_a_rule_is_found_by_the_way_to_it(guide, words):
    assert shown(guide, words, "{number:S02.raised.baseline_days}") == "28"
    assert shown(guide, words, "{number:S02.bands.1.severity}") == "caution"
    assert shown(guide, words, "{number:D01.bands.0.over}") == r"0\.3 mm"


def test_the_folders_are_those_of_the_logbook_that_is_open(guide, words, rules, tmp_path):
    assert shown(guide, words, "{folder:logbook}").replace("\\", "") == str(default_database())
    elsewhere = tmp_path / "a_b*c" / "mine.sqlite"
    words = GuideWords(rules, elsewhere, {}, {})
    assert shown(guide, words, "in {folder:backups} now").endswith(r"a\_b\*c\/backups now")
    assert shown(guide, words, "{folder:data}").replace("\\", "") == str(default_database().parent)


def test_every_published_range_is_told_with_who_says_so(guide, words, rules):
    ranges = load_ranges(rules.sources).ranges
    for method in {one.method for one in ranges}:
        text = shown(guide, words, f"{{published:{method.value}}}").replace("\\", "")
        own = [one for one in ranges if one.method is method]
        assert text.count("\n") + 1 == len(own)
        for one in own:
            assert f"{one.least} to {one.most}" in text
            assert one.says in text
            assert f"{one.source.author}" in text
            assert f"grade {one.source.grade}" in text


def test_every_line_of_the_rules_is_told_for_its_method(guide, words, rules):
    ranges = rules.of("S01").parameters
    assert isinstance(ranges, PublishedRanges)
    for one in ranges.ranges:
        text = shown(guide, words, f"{{lines:{one.method.value}}}").replace("\\", "")
        for band in one.bands:
            assert f" {band.over}" in text
            assert band.severity.word in text.lower()
    men = shown(guide, words, "{lines:comb_60s}").replace("\\", "").splitlines()
    assert men[0] == "- Men aged 20 to 40: warning where the last 3 counts average more than 78 hairs."
    daily = shown(guide, words, "{lines:day_total}").replace("\\", "")
    assert "caution where 3 counts or more of the last 7 days average more than 100 hairs; warning above 150." in (
        daily.lower()
    )
    assert shown(guide, words, "{lines:sinclair}").replace("\\", "") == "- Caution above grade 4."


def test_the_grades_of_a_scale_are_told_one_by_one(guide, words):
    for method, (least, most) in SHEDDING_SCALES.items():
        text = shown(guide, words, f"{{grades:{method.value}}}")
        assert text.count("\n") == most - least


def test_a_line_that_was_moved_in_the_data_is_moved_in_the_guide(guide, tmp_path):
    moved = tmp_path / "guidance"
    shutil.copytree(find("guidance"), moved)
    file = moved / "shedding.toml"
    text = file.read_text(encoding="utf-8").replace("over = 78", "over = 77")
    file.write_text(text.replace("baseline_days = 28", "baseline_days = 35"), encoding="utf-8")
    words = GuideWords(load_rules(moved), None, {}, {})
    assert "more than 77 hairs" in shown(guide, words, "{lines:comb_60s}")
    assert shown(guide, words, "{number:S02.raised.baseline_days}") == "35"


# What is refused


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("press {key:sing}", "“{key:sing}” is not known"),
        ("{colour:red}", "“{colour:red}” is not known"),
        ("{number:S02.raised.nothing}", "“{number:S02.raised.nothing}” is not known"),
        ("{number:X99.raised}", "“{number:X99.raised}” is not known"),
        ("{method:guess}", "“{method:guess}” is not known"),
        ("{lines:estimate}", "“{lines:estimate}” is not known"),
        ("so {published:pull_test} many", "“{published:pull_test}” stands in a line of its own"),
        ("press {key:save", "a brace has no other"),
        ("### too deep", "a heading in a chapter begins with “## ”"),
        ("# a second title", "a heading in a chapter begins with “## ”"),
        ("<b>bold</b>", "nothing but text and links to chapters may stand here"),
        ("![a picture](first)", "nothing but text and links to chapters may stand here"),
        ("see https://example.org", "nothing but text and links to chapters may stand here"),
        ("see www.example.org", "nothing but text and links to chapters may stand here"),
        ("see [there](nowhere)", "there is no chapter “nowhere”"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(guide, words, line, why):
    write(guide, "# Title", "", "Fine.", line)
    assert refused(guide, words) == f"The guide cannot be shown. 01-first.md, line 4: {why}"


@pytest.mark.parametrize("text", ["", "no title\n\ntext", "# Title\n\n\n", "#Title\ntext"])
def test_a_chapter_has_a_title_and_a_text(guide, words, text):
    write(guide, text)
    assert "01-first.md: it begins with “# ” and its title, and a text follows" in refused(guide, words)


def test_a_file_that_is_no_chapter_is_refused(guide, words):
    write(guide, "# Title", "text", name="first.md")
    assert "first.md: a chapter is named as 01-sessions.md is" in refused(guide, words)


def test_a_file_that_is_no_text_is_refused(guide, words):
    (guide / "01-first.md").write_bytes(b"# Title\n\xff\xfe")
    assert "01-first.md: it cannot be read" in refused(guide, words)


def test_two_chapters_of_one_name_are_refused(guide, words):
    write(guide, "# One", "text", name="01-first.md")
    write(guide, "# Two", "text", name="02-first.md")
    assert refused(guide, words).endswith("two chapters are named “first”")


def test_a_guide_without_chapters_is_refused(guide, words):
    assert refused(guide, words).endswith("there is no chapter in it")


def test_everything_that_is_wrong_is_told_at_once(guide, words):
    write(guide, "# One", "{key:a} {key:b}", name="01-first.md")
    write(guide, "# Two", "[x](y)", name="02-second.md")
    told = refused(guide, words)
    assert told.count(" · ") == 2
    assert all(part in told for part in ("key:a", "key:b", "“y”"))


# Hints


def test_hints_are_told_as_they_are_read(guide, words):
    (guide / "hints.toml").write_text('sessions = "Press {key:save}."\n', encoding="utf-8")
    assert load_hints(words, guide) == {"sessions": "Press Ctrl+S."}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('sessions = "{key:sing}"', "hints.toml: sessions: “{key:sing}” is not known"),
        ("sessions = 3", "hints.toml: sessions: a hint is a text"),
        ('sessions = " "', "hints.toml: sessions: a hint is a text"),
        ("sessions = ", "hints.toml: it cannot be read"),
    ],
)
def test_a_hint_that_is_not_understood_is_refused(guide, words, content, why):
    (guide / "hints.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="The guide cannot be shown") as caught:
        load_hints(words, guide)
    assert why in str(caught.value)


def test_every_method_has_words_of_its_own(words):
    assert len({words.say(f"method:{method.value}") for method in SheddingMethod}) == len(SheddingMethod)
