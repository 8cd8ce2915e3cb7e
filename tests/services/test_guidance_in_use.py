"""Guidance that is refused never means silence: the last good one judges, and the fault is named."""

import shutil
from pathlib import Path

import pytest

from logbook.assets import find
from logbook.domain.errors import RuleError
from logbook.services.guidance_in_use import GuidanceInUse, keep_copy
from logbook.services.guidance_in_use import load_guidance as load


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find("guidance"), tmp_path / "shipped"))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "data" / "guidance"


def load_guidance(shipped: Path, kept: Path) -> GuidanceInUse:
    """Load as the window does at its start."""
    in_use = load(shipped, kept)
    keep_copy(in_use, kept)
    return in_use


def break_depth(folder: Path) -> int:
    """Misspell a parameter, and return the line it stands in."""
    path = folder / "depth.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("unknown = ", "unknwon = ", 1), encoding="utf-8")
    return text[: text.index("unknown = ")].count("\n") + 1


def test_good_guidance_is_used_and_kept(shipped: Path, kept: Path) -> None:
    in_use = load_guidance(shipped, kept)
    assert in_use.refused is None
    assert in_use.warning == ""
    assert load_guidance(kept, kept.with_name("another")).rules.edition == in_use.rules.edition


def test_refused_guidance_is_named_by_file_and_line_and_the_last_good_one_judges(shipped: Path, kept: Path) -> None:
    good = load_guidance(shipped, kept).rules
    line = break_depth(shipped)
    in_use = load_guidance(shipped, kept)
    assert in_use.rules.edition == good.edition
    assert [rule.id for rule in in_use.rules.rules] == [rule.id for rule in good.rules]
    assert f"depth.toml, line {line}" in in_use.warning
    assert f"last good guidance, {good.version}" in in_use.warning


def test_refused_spans_are_refused_guidance(shipped: Path, kept: Path) -> None:
    load_guidance(shipped, kept)
    with (shipped / "spans" / "rest.toml").open("a", encoding="utf-8") as file:
        file.write("[[span]]\nsource = 'NOBODY'\n")
    assert "rest.toml" in load_guidance(shipped, kept).warning


def test_without_a_good_copy_the_refusal_is_raised(shipped: Path, kept: Path) -> None:
    break_depth(shipped)
    with pytest.raises(RuleError, match=r"depth\.toml, line \d+"):
        load_guidance(shipped, kept)
    assert not kept.exists()


def test_a_refused_set_never_takes_the_place_of_a_good_one(shipped: Path, kept: Path) -> None:
    load_guidance(shipped, kept)
    before = {path.name: path.read_bytes() for path in kept.iterdir() if path.is_file()}
    break_depth(shipped)
    load_guidance(shipped, kept)
    assert {path.name: path.read_bytes() for path in kept.iterdir() if path.is_file()} == before


def test_new_guidance_takes_the_place_of_the_copy(shipped: Path, kept: Path) -> None:
    first = load_guidance(shipped, kept).rules
    (shipped / "VERSION").write_text("2027.1\n", encoding="utf-8")
    path = shipped / "interval.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("caution = 21", "caution = 22", 1), encoding="utf-8")
    second = load_guidance(shipped, kept).rules
    assert second.edition != first.edition
    break_depth(shipped)
    assert load_guidance(shipped, kept).rules.edition == second.edition
    assert [path.name for path in kept.parent.iterdir()] == ["guidance"]


def test_the_edition_changes_with_any_number(shipped: Path, kept: Path) -> None:
    first = load_guidance(shipped, kept).rules
    path = shipped / "depth.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("over = 200", "over = 201", 1), encoding="utf-8")
    second = load_guidance(shipped, kept).rules
    assert first.version == second.version
    assert first.edition != second.edition


def test_a_copy_that_cannot_be_written_stops_nothing(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert load_guidance(shipped, tmp_path / "file" / "guidance").refused is None
