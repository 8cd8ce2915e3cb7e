"""The look of charts: whatever has a colour has a shape of its own too."""

import re
from itertools import combinations

import numpy as np
import pytest
from figures import a_style
from matplotlib.colors import to_rgb
from matplotlib.markers import MarkerStyle

from logbook.assets import find
from logbook.charts.style import SERIES_COUNT, SHIPPED_FONT, Style
from logbook.domain.vocabulary import Severity, Zone

FOUND = [severity for severity in Severity if severity]


def outline(marker: object) -> bytes:
    style = MarkerStyle(marker)
    return np.round(style.get_path().transformed(style.get_transform()).vertices, 3).tobytes()


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
        return float(np.dot(parts, (0.2126, 0.7152, 0.0722)))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_no_two_zones_have_one_shape() -> None:
    style = a_style()
    shapes = [outline(style.zone(zone)["marker"]) for zone in (*Zone, None)]
    assert len(set(shapes)) == len(Zone) + 1


def test_every_severity_has_a_shape_and_an_open_one() -> None:
    style = a_style()
    looks = [style.severity(severity) for severity in FOUND]
    assert len({outline(look["marker"]) for look in looks}) == len(FOUND)
    assert {look["markerfacecolor"] for look in looks} == {"none"}


def test_every_severity_has_a_stroke_of_its_own() -> None:
    strokes = {str(a_style().limit(severity)["linestyle"]) for severity in FOUND}
    assert len(strokes) == len(FOUND)


@pytest.mark.parametrize("severity", [Severity.CAUTION, Severity.WARNING, Severity.STOP])
def test_a_severity_has_the_outline_of_its_icon(severity: Severity) -> None:
    drawing = find(f"icons/{severity.word}.svg").read_text(encoding="utf-8")
    path = re.search(r' d="([^z]+)z', drawing)
    assert path
    corners = len(re.findall("[A-Za-z]", path[1]))
    marker = a_style().severity(severity)["marker"]
    assert len(np.unique(marker.vertices[:corners].round(6), axis=0)) == corners
    assert len(np.unique(marker.vertices.round(6), axis=0)) == corners


def test_a_severity_is_drawn_around_a_mark_and_does_not_hide_it() -> None:
    style = a_style()
    assert all(style.severity(one)["markersize"] > style.zone(Zone.CROWN)["markersize"] for one in FOUND)


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_marks_and_words_stand_out_from_the_ground(theme: str) -> None:
    style = a_style(theme)
    for role in [f"series_{number}" for number in range(1, SERIES_COUNT + 1)]:
        assert contrast(style.roles[role], style.roles["surface"]) >= 3, role
    for severity in FOUND:
        for ground in ("surface", *(f"{one.word}_ground" for one in Severity)):
            assert contrast(style.roles[severity.word], style.roles[ground]) >= 3, (severity, ground)
    assert contrast(style.roles["muted"], style.roles["surface"]) >= 4.5


def test_series_begin_again_after_the_last_one() -> None:
    style = a_style()
    assert style.series(SERIES_COUNT + 1) == style.series(1)
    assert all(style.series(one) != style.series(other) for one, other in combinations(range(1, SERIES_COUNT + 1), 2))


def test_only_fonts_that_are_there_are_asked_for_and_the_shipped_one_always() -> None:
    style = Style(a_style().roles, families=("No Such Font",))
    assert style.rc()["font.family"] == [SHIPPED_FONT]


def test_sizes_follow_the_size_of_the_text() -> None:
    small, large = a_style(size=9), a_style(size=18)
    assert large.zone(Zone.CROWN)["markersize"] == 2 * small.zone(Zone.CROWN)["markersize"]
    assert large.rc()["xtick.labelsize"] == 18
