"""The themes, and that nothing of the interface goes past them: words that can be read, distances that have names."""

import ast
import re
from itertools import pairwise, product
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, QIODevice
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

import logbook
from logbook.assets import find, read_toml
from logbook.domain import labels
from logbook.domain.vocabulary import Severity
from logbook.ui.theme import apply_theme, load_theme, style_sheet
from logbook.ui.theme_pictures import picture_file

THEMES = ("light", "dark", "high_contrast")
SEVERITIES = tuple(severity.word for severity in Severity)
SERIES = tuple(f"series_{number}" for number in range(1, 9))
GROUNDS = ("window", "surface", "raised", "selection", *(f"{word}_ground" for word in SEVERITIES))
WORDS = ("text", "muted", "disabled", "accent", *SEVERITIES)  # any of them may stand on any ground
LINES = ("edge", "accent", *SERIES)
UNDER_LINES = ("window", "surface", "raised")
INTERFACE = sorted((Path(logbook.__file__).parent / "ui").rglob("*.py"))
SHEET = find("styles/logbook.qss").read_text(encoding="utf-8")


def roles(theme: str) -> dict[str, str]:
    return read_toml(find(f"themes/{theme}.toml"))["roles"]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# Colours


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", WORDS)
def test_words_can_be_read_on_every_ground(theme, role):
    painted = roles(theme)
    low = {ground: contrast(painted[role], painted[ground]) for ground in GROUNDS}
    assert min(low.values()) >= 4.5, low


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_the_accent_can_be_read(theme):
    assert contrast(roles(theme)["on_accent"], roles(theme)["accent"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("role", "ground"), [*product(LINES, UNDER_LINES)])
def test_edges_of_fields_and_marks_of_charts_can_be_seen(theme, role, ground):
    assert contrast(roles(theme)[role], roles(theme)[ground]) >= 3


@pytest.mark.parametrize("ground", GROUNDS)
def test_in_high_contrast_even_a_line_that_only_parts_rows_can_be_seen(ground):
    assert contrast(roles("high_contrast")["line"], roles("high_contrast")[ground]) >= 3


def test_all_themes_name_the_same_roles():
    light, *others = (roles(name) for name in THEMES)
    assert all(list(light) == list(other) for other in others)


@pytest.mark.parametrize("theme", THEMES)
def test_every_role_is_a_plain_colour(theme):
    assert [role for role, colour in roles(theme).items() if not re.fullmatch("#[0-9a-f]{6}", colour)] == []


# The style sheet


@pytest.mark.parametrize("theme", THEMES)
def test_the_style_sheet_leaves_nothing_open(theme):
    assert "$" not in style_sheet(load_theme(theme), 9.0)


def test_the_style_sheet_names_colours_by_their_roles_only():
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", SHEET) == []


def test_qt_can_read_the_style_sheet(qapp, qtbot):
    apply_theme(qapp, load_theme("dark"))  # Qt warns where it cannot, and a warning fails
    assert qapp.palette().color(QPalette.ColorRole.Window) == load_theme("dark").colour("window")


def test_titles_grow_with_the_words_of_the_desktop():
    def title(points: float) -> float:
        found = re.search(r'role="title"\] \{ font-size: ([\d.]+)pt', style_sheet(load_theme("light"), points))
        assert found
        return float(found[1])

    assert title(18.0) == pytest.approx(2 * title(9.0), abs=0.1)
    assert title(9.0) > 12


@pytest.mark.parametrize("theme", THEMES)
def test_what_stands_in_an_empty_field_can_be_read(qapp, qtbot, theme):
    apply_theme(qapp, load_theme(theme))
    field = QLineEdit(placeholderText="██████")
    qtbot.addWidget(field)
    field.show()
    picture = field.grab().toImage()
    middle = picture.pixelColor(field.width() // 4, field.height() // 2)
    assert contrast(middle.name(), roles(theme)["surface"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ["", "main", "field", "chip", "toggle"])
@pytest.mark.parametrize("is_checked", [False, True])
def test_a_button_that_cannot_be_pressed_has_a_broken_border(qapp, qtbot, theme, role, is_checked):
    apply_theme(qapp, load_theme(theme))
    page = QDialog()
    qtbot.addWidget(page)
    button = QPushButton("Press", page, checkable=is_checked, checked=is_checked)
    button.setProperty("role", role)
    button.resize(160, 40)
    page.show()
    assert len(set(_border(page))) == 1
    button.setDisabled(True)
    colours = _border(page)
    assert len(set(colours)) > 1
    assert sum(one != other for one, other in pairwise(colours)) > 20
    assert max(contrast(colour, roles(theme)["window"]) for colour in colours) > 1.5


def _border(page: QDialog) -> list[str]:
    """Return the colours along the upper border of the button at the upper end of *page*, between its corners."""
    picture = page.grab().toImage()
    return [picture.pixelColor(x, 0).name() for x in range(30, 130)]


def test_in_high_contrast_what_cannot_be_chosen_is_darker_than_any_other_word():
    painted = roles("high_contrast")
    assert contrast(painted["muted"], painted["disabled"]) > 1.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_pictures_of_the_style_sheet_are_painted_in_the_colours_of_the_theme(theme):
    paths = re.findall(r"url\(([^)]+)\)", style_sheet(load_theme(theme), 9.0))
    assert len(set(paths)) == 4
    for path in paths:
        file = QFile(path)
        assert file.open(QIODevice.OpenModeFlag.ReadOnly), path
        drawn = file.readAll().toStdString()
        assert "currentColor" not in drawn
        assert any(colour in drawn for colour in roles(theme).values())


def test_two_colours_give_two_pictures_and_one_colour_gives_one():
    assert picture_file("down", "#112233") == picture_file("down", "#112233")
    assert picture_file("down", "#112233") != picture_file("down", "#112234")


# What goes past the theme


def test_there_is_an_interface_to_look_through():
    assert len(INTERFACE) > 100


@pytest.mark.parametrize("path", INTERFACE, ids=lambda path: path.stem)
def test_no_colour_is_written_out(path):
    source = path.read_text(encoding="utf-8")
    assert re.findall(r"[\"']#[0-9a-fA-F]{3,8}[\"']|GlobalColor\.(?!transparent)\w+|QColor\(\d[^)]*\)", source) == []


@pytest.mark.parametrize("path", INTERFACE, ids=lambda path: path.stem)
def test_distances_have_names(path):
    source = re.sub(r"\"[^\"\n]*\"", '""', path.read_text(encoding="utf-8"))
    spacings = re.findall(r"(?:Spacing|ContentsMargins|QMargins)\([^()\n]*\b(?!0\b)\d+[^()\n]*\)", source)
    sizes = re.findall(
        r"set(?:Fixed|Minimum|Maximum)(?:Width|Height|Size)\([^\n]*(?<![\w.])\d{2,}(?![\w.])[^\n]*", source
    )
    assert spacings + sizes == []


@pytest.mark.parametrize("path", INTERFACE, ids=lambda path: path.stem)
def test_the_words_of_the_severities_are_written_once(path):
    titles = {labels.title(severity) for severity in Severity}
    strings = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)]
    assert [node.value for node in strings if node.value in titles] == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_severity_has_one_colour_of_its_own(theme):
    marked = [roles(theme)[word] for word in ("clean", "caution", "warning", "stop")]
    assert len(set(marked)) == len(marked)
    assert all(QColor(colour).isValid() for colour in marked)
