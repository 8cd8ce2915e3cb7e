"""The guide that the program ships with: whole, true to the program, and in plain words."""

import ast
import re
from pathlib import Path

import pytest

import logbook
from logbook.assets import find
from logbook.domain.vocabulary import Severity, SheddingMethod
from logbook.services.findings import State
from logbook.services.guide import load_guide, load_hints
from logbook.ui.actions import ACTIONS
from logbook.ui.help_menu.guiding import CHAPTERS, guide_words
from logbook.ui.pages.logbook_pages import PAGES

FILES = sorted(find("guide").iterdir())
DIALOGS = Path(logbook.__file__).parent / "ui" / "dialogs"
# Digits that are no number of a rule: names of methods and how they are done, and examples of what may be typed.
FREE_NUMBERS = {"24", "60", "50", "1,5", "1.5", "15", "200", "03/04"}
PLACE = re.compile(r"\{([^{}]*)\}")


@pytest.fixture
def chapters(qapp, rules):
    return {one.name: one for one in load_guide(guide_words(rules))}


@pytest.fixture
def hints(qapp, rules):
    return load_hints(guide_words(rules))


def raw(file):
    """Return the text of a file without its comments and the numbers of lists."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(
        re.sub(r"^\d+\. ", "", line) for line in lines if not line.startswith("# ") or file.suffix == ".md"
    )


def headings(chapter):
    return [line.removeprefix("## ").replace("\\", "") for line in chapter.text.splitlines() if line.startswith("## ")]


def test_every_page_has_a_chapter_of_its_name_and_title(chapters):
    assert {name: chapters[name].title for name in PAGES} == PAGES


def test_every_page_says_what_it_answers_and_by_which_key_it_is_reached(chapters):
    keys = {spec.name: spec.key for spec in ACTIONS}
    for name in PAGES:
        assert "**What it answers.**" in chapters[name].text
    for name in list(PAGES)[1:]:  # the overview is there from the start
        assert str(keys[f"page_{name}"]).replace("+", r"\+") in chapters[name].text


def test_every_method_of_counting_is_explained_step_by_step(chapters, rules):
    assert [method for method in SheddingMethod if title_of(rules, method) not in headings(chapters["counting"])] == []
    sections = re.split(r"^## ", chapters["counting"].text.replace("\\", ""), flags=re.MULTILINE)
    for method in SheddingMethod:
        (own,) = [one for one in sections if one.startswith(title_of(rules, method))]
        if method is not SheddingMethod.ESTIMATE:
            assert "1. " in own
            assert "What is published:\n\n- " in own
            assert "When the rules speak:\n\n- " in own


def title_of(rules, method):
    return guide_words(rules).say(f"method:{method.value}")


def test_every_severity_and_every_state_is_explained(chapters):
    explained = [heading.lower() for heading in headings(chapters["severities"])]
    assert {severity.word for severity in Severity} | {state.value for state in State} | {"unjudged"} <= set(explained)
    assert "No published warning found by these rules" in chapters["severities"].text


def test_where_the_data_lies_is_told_whole(chapters, rules):
    text = chapters["data"].text.replace("\\", "")
    for name in ("logbook", "backups", "drafts", "settings", "data"):
        assert f"- {guide_words(rules).say(f'folder:{name}')}\n" in text
    for word in ("Who can read it", "Move it to another computer", "Delete everything"):
        assert word in headings(chapters["data"])


def test_backups_are_told_in_five_sentences_before_the_steps(chapters):
    first = chapters["backups"].text.split("\n\n")[1]
    assert len(re.findall(r"\.(?: |$)", first.replace("\\", ""))) == 5


def test_no_number_of_a_rule_is_typed():
    for file in FILES:
        typed = re.findall(r"\d[\d.,/]*\d|\d", PLACE.sub("", raw(file)).replace("F1", ""))
        assert set(typed) <= FREE_NUMBERS, file.name


def test_no_key_is_typed():
    for file in FILES:
        assert not re.findall(r"(?:Ctrl|Alt|Shift)\+|\bF\d", PLACE.sub("", raw(file))), file.name


def test_the_words_are_plain(chapters, hints):
    texts = {name: chapter.text for name, chapter in chapters.items()} | hints
    for name, text in texts.items():
        assert "!" not in text, name
        assert not re.findall(r"\b(?:safe|safely|safety|will|should not have|fault of yours)\b", text), name


def test_the_sentences_are_short():
    for file in FILES:
        text = PLACE.sub("it", raw(file)).replace("**", "").replace("`", "")
        for sentence in re.split(r"(?<=[.:?;])\s|\n", text):
            assert len(sentence.split()) <= 32, sentence


def test_every_dialog_has_a_chapter(chapters):
    made = {}
    for path in DIALOGS.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and any("Dialog" in ast.unparse(base) for base in node.bases):
                made[path.stem] = node.name
    made = {file: name for file, name in made.items() if name not in ("FormDialog", "GuideDialog")}
    assert set(made) <= set(CHAPTERS), "name the chapter of each dialog in ui/help_menu/guiding.py"
    assert set(CHAPTERS.values()) - {""} <= set(chapters)  # without one, it is that of the page


def test_every_page_has_one_hint_and_nothing_else_has(hints):
    assert list(hints) == list(PAGES)
    assert all(len(hint) <= 85 for hint in hints.values())  # one line in a window of 800
