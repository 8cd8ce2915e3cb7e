"""The icons: each that is named is there, is of one colour, and is seen in every theme."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QMainWindow

from logbook.assets import find
from logbook.domain.vocabulary import Severity
from logbook.ui.actions import ACTIONS, MENUS, SEPARATOR, make_actions
from logbook.ui.menu_icons import MenuIcons
from logbook.ui.pages.logbook_pages import PAGES
from logbook.ui.theme import SMALL_ICON, apply_theme, icon, load_theme, pixmap
from logbook.ui.widgets.rail import Rail

THEMES = ("light", "dark", "high_contrast")
FILES = sorted(find("icons/logbook.svg").parent.glob("*.svg"))
SHAPES = {*(severity.word for severity in Severity), "unjudged", "logbook"}  # filled, and of 16 units
SMALL = {"down", "up", "check"}
PLAIN = ("go_", "appearance_")  # actions that are clearer without a picture


def icons(test):
    return pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)(test)


def painted(name: str, theme: str, size: int = 24):
    image = pixmap(name, "text", size, load_theme(theme), scale=1.0).toImage()
    return {(x, y): image.pixelColor(x, y) for x in range(size) for y in range(size) if image.pixelColor(x, y).alpha()}


@pytest.mark.parametrize("spec", [spec for spec in ACTIONS if spec.name != SEPARATOR], ids=lambda spec: spec.name)
def test_every_action_has_a_picture_or_is_meant_to_have_none(spec):
    assert bool(spec.icon) is not spec.name.startswith(PLAIN)
    assert not spec.icon or find(f"icons/{spec.icon}.svg")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_picture_of_its_name(name):
    assert find(f"icons/{name}.svg")


@icons
def test_it_is_drawn_in_one_colour_that_the_theme_gives(path):
    drawing = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    parts = list(drawing.iter())
    colours = {part.get(name) for part in parts for name in ("fill", "stroke")} - {None, "none"}
    assert colours == {"currentColor"}
    assert {part.tag.rpartition("}")[2] for part in parts} <= {"svg", "path"}  # no gradient, style or text
    assert not any(part.get("style") or part.get("opacity") for part in parts)


@icons
def test_lines_are_equally_wide_and_round(path):
    drawing = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    if path.stem not in SHAPES:
        width = "2.5" if path.stem in SMALL else "1.75"
        wanted = {"viewBox": "0 0 24 24", "fill": "none", "stroke": "currentColor", "stroke-width": width}
        assert dict(drawing.items()) == wanted | {"stroke-linecap": "round", "stroke-linejoin": "round"}


@icons
def test_qt_can_read_it(path):
    assert QSvgRenderer(path.read_text(encoding="utf-8").replace("currentColor", "red").encode()).isValid()


@icons
@pytest.mark.parametrize("theme", THEMES)
def test_it_is_seen_in_every_theme(qapp, path, theme):
    seen = painted(path.stem, theme)
    assert len(seen) > 30
    wanted = load_theme(theme).colour("text").getRgb()[:3]
    whole = [colour.getRgb()[:3] for colour in seen.values() if colour.alpha() == 255]
    assert whole
    assert all(abs(one - other) <= 1 for colour in whole for one, other in zip(colour, wanted, strict=True))


@icons
def test_nothing_of_it_is_cut_off(qapp, path):
    """A line that reached beyond its edge would stand there in full."""
    if path.stem not in SHAPES:
        at_edge = [colour.alpha() for (x, y), colour in painted(path.stem, "light", 48).items() if {x, y} & {0, 47}]
        assert at_edge == []


def test_no_two_of_them_are_the_same(qapp):
    drawings = [path.read_text(encoding="utf-8") for path in FILES]
    assert len(set(drawings)) == len(drawings)


def test_the_shapes_of_the_severities_are_told_apart_without_colour(qapp):
    outlines = [frozenset(painted(severity.word, "light", 32)) for severity in Severity]
    for place, one in enumerate(outlines):
        for other in outlines[place + 1 :]:
            assert len(one ^ other) > 40 or {one, other} == {outlines[0], outlines[1]}  # a tick and an i, both round


def test_who_drew_them_and_what_may_be_done_with_them_is_said():
    text = Path(find("icons/README.md")).read_text(encoding="utf-8")
    assert re.search(r"drawn for this program.*MIT", text, re.DOTALL)


# Where they are shown


@pytest.mark.parametrize("theme", THEMES)
def test_the_picture_of_a_chosen_page_has_the_colour_of_the_accent(qapp, qtbot, theme):
    apply_theme(qapp, load_theme(theme))
    rail = Rail(PAGES)
    qtbot.addWidget(rail)
    for role, mode in (("muted", QIcon.Mode.Normal), ("accent", QIcon.Mode.Selected)):
        image = rail.item(0).icon().pixmap(SMALL_ICON, mode).toImage()
        seen = max((image.pixelColor(x, y) for x in range(SMALL_ICON) for y in range(SMALL_ICON)), key=QColor.alpha)
        wanted = load_theme(theme).colour(role).getRgb()[:3]
        assert seen.alpha() > 200
        assert all(abs(one - other) <= 2 for one, other in zip(seen.getRgb()[:3], wanted, strict=True))


def test_a_menu_paints_its_pictures_when_it_is_opened_and_again_in_other_colours(qapp, qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = make_actions(window)
    menu = window.menuBar().addMenu(MENUS[0])
    menu.addAction(actions["import_file"])
    MenuIcons(menu, actions)
    assert actions["import_file"].icon().isNull()
    seen = []
    for theme in ("light", "dark"):
        apply_theme(qapp, load_theme(theme))
        menu.aboutToShow.emit()
        seen.append(actions["import_file"].icon().pixmap(24).toImage())
    assert seen[0] != seen[1]
    assert actions["undo"].icon().isNull()  # of another menu


def test_a_chosen_row_does_not_grey_its_icon(qapp):
    stop = icon("stop", "stop")
    normal, chosen = (stop.pixmap(16, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected))
    assert normal == chosen
