"""Each chart in each theme, against a picture that somebody looked at.

Where a chart is meant to look otherwise, make the pictures anew with ``python tests/charts/test_pictures.py`` where the
program is installed, and look at each of them.

Shapes and words are compared apart. Outside its words a chart comes out the same to the last pixel under matplotlib 3.9
(FreeType 2.6) and 3.11 (FreeType 2.14), which draw letters quite unlike each other: 7 to 14 of 255 over the whole
picture, more than most artists make. So what lies outside of words may differ by very little, and of each word only the
mean colour of its place is compared: by up to 6 the two versions differ, by more a word that is missing or has another
colour. What the words say is asked in the tests of the figures.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))  # as a script

from charts.paper import SIZE, Sheet, a_style, drawn, word_boxes
from charts.scene import VIEW, pictures

FOLDER = Path(__file__).with_name("pictures")
THEMES = ("light", "dark", "high_contrast")
CHARTS = ("depth", "intervals", "shedding", "around", "load")
OUTSIDE = 0.3  # of 255, root mean square: one small mark that is missing makes 0.5
INSIDE = 8.0  # of 255, of the mean colour of a word's place
MOST_BYTES = 500_000  # of all pictures


@cache
def sheet_of(chart: str, theme: str) -> Sheet:
    """Draw *chart* with the font that comes with matplotlib."""
    one = pictures()[chart]
    return drawn(one.draw, one.series, VIEW, style=a_style(theme, families=()))


def wanted(chart: str, theme: str) -> np.ndarray:
    with Image.open(FOLDER / f"{chart}-{theme}.png") as image:
        return np.asarray(image.convert("RGB")).astype(np.int16)


def differences(made: np.ndarray, picture: np.ndarray, sheet: Sheet) -> tuple[float, float]:
    """Return how much the two differ outside of the words of *sheet*, and at most in the place of a word."""
    apart = made - picture
    is_outside = np.ones(made.shape[:2], dtype=np.bool_)
    inside = 0.0
    for place in word_boxes(sheet):
        is_outside[place] = False
        inside = max(inside, float(np.abs(apart[place].mean(axis=(0, 1))).max()))
    return float(np.sqrt(np.mean(np.square(apart[is_outside].astype(np.float64))))), inside


def is_alike(made: np.ndarray, picture: np.ndarray, sheet: Sheet) -> bool:
    outside, inside = differences(made, picture, sheet)
    return outside <= OUTSIDE and inside <= INSIDE


def save(pixels: np.ndarray, path: Path) -> None:
    Image.fromarray(pixels.astype(np.uint8)).save(path, optimize=True)


def keys_of(sheet: Sheet) -> Iterator[list]:
    """Go through the artists of each key of each panel."""
    for axes in sheet.figure.axes:
        children = axes.get_children()
        for gid in sorted({child.get_gid() for child in children if child.get_gid()}):
            yield [child for child in children if child.get_gid() == gid]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_looks_as_it_did(chart: str, theme: str, tmp_path: Path) -> None:
    sheet = sheet_of(chart, theme)
    made, picture = sheet.pixels(), wanted(chart, theme)
    assert made.shape == picture.shape == (SIZE[1], SIZE[0], 3)
    if not is_alike(made, picture, sheet):
        apart = tmp_path / f"{chart}-{theme}-difference.png"
        save(made, tmp_path / f"{chart}-{theme}.png")
        save(np.clip(255 - 4 * np.abs(made - picture), 0, 255), apart)
        outside, inside = differences(made, picture, sheet)
        pytest.fail(
            f"{chart} in {theme} looks otherwise: {outside:.2f} outside of words ({OUTSIDE} allowed), {inside:.1f} in"
            f" them ({INSIDE}). Made: {apart.with_name(f'{chart}-{theme}.png')}, difference: {apart}"
        )


# What the comparison sees


@pytest.mark.parametrize("chart", CHARTS)
def test_whatever_is_missing_is_seen(chart: str) -> None:
    sheet, picture = sheet_of(chart, "light"), wanted(chart, "light")
    found = list(keys_of(sheet))
    assert len(found) > 3
    for artists in found:
        for artist in artists:
            artist.set_visible(False)
        is_seen = not is_alike(sheet.pixels(), picture, sheet)
        for artist in artists:
            artist.set_visible(True)
        assert is_seen, artists


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("role", ["muted", "edge", "surface"])
def test_another_colour_is_seen(chart: str, role: str) -> None:
    one, style = pictures()[chart], a_style()
    channels = [int(style.roles[role][at : at + 2], 16) for at in (1, 3, 5)]
    other = "#" + "".join(f"{channel - 80 if channel > 127 else channel + 80:02x}" for channel in channels)
    sheet = drawn(one.draw, one.series, VIEW, style=replace(style, roles={**style.roles, role: other}))
    assert not is_alike(sheet.pixels(), wanted(chart, "light"), sheet)


@pytest.mark.parametrize("chart", CHARTS)
def test_an_axis_that_moved_by_a_hundredth_is_seen(chart: str) -> None:
    one = pictures()[chart]
    sheet = drawn(one.draw, one.series, VIEW)
    low, high = sheet.figure.axes[0].get_ylim()
    sheet.figure.axes[0].set_ylim(low, high + 0.01 * (high - low))
    assert not is_alike(sheet.pixels(), wanted(chart, "light"), sheet)


def test_a_word_that_is_missing_or_in_another_colour_is_seen() -> None:
    one = pictures()["around"]
    for change in ({"alpha": 0}, {"color": a_style().roles["text"]}):
        sheet = drawn(one.draw, one.series, VIEW)
        sheet.axes.xaxis.label.set(**change)
        assert not is_alike(sheet.pixels(), wanted("around", "light"), sheet)


def test_the_pictures_are_those_of_all_charts_and_small() -> None:
    assert {path.stem for path in FOLDER.glob("*.png")} == {f"{chart}-{theme}" for chart in CHARTS for theme in THEMES}
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < MOST_BYTES


if __name__ == "__main__":
    for chart in CHARTS:
        for theme in THEMES:
            save(sheet_of(chart, theme).pixels(), FOLDER / f"{chart}-{theme}.png")
    sys.stdout.write(f"written to {FOLDER}; now look at each\n")
