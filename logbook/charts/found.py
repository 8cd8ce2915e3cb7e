"""What was found of records: a shape around each mark, lines of the legend, and words."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from logbook.charts.chart import Key, Numbers, View
from logbook.charts.frame import days_of, draw_marks
from logbook.charts.guidance_lines import Found
from logbook.charts.style import Style
from logbook.charts.thinning import POINT_CELL, one_per_cell
from logbook.domain import labels
from logbook.domain.session import RecordId
from logbook.domain.vocabulary import Severity

Severities = NDArray[np.int64]  # of records; 0 where nothing was found

_KEYS: Final = {severity: f"found_{severity.word}" for severity in Severity if severity}


def severities_of(found: Iterable[Found | None]) -> Severities:
    """Return the severity of each."""
    return np.array([0 if one is None else int(one.severity) for one in found], dtype=np.int64)


def draw_found(axes: Axes, x: Numbers, y: Numbers, found: Severities, view: View, style: Style) -> None:
    """Draw a shape around each mark of which something was *found*, where they lie close one for all; all are (n,)."""
    drawn = np.flatnonzero(found)
    drawn = drawn[one_per_cell(x[drawn], y[drawn], found[drawn], days_of(axes, POINT_CELL))]
    x, y, found = x[drawn], y[drawn], found[drawn]
    for severity, name in _KEYS.items():
        if view.shows(name):
            draw_marks(axes, x, y, found == severity, {"gid": name, "zorder": 4, **style.severity(severity)})


def found_keys(found: Severities, style: Style) -> tuple[Key, ...]:
    """Return the legend of the shapes around marks, the mildest first."""
    there = set(found.tolist())
    return tuple(
        Key(name, f"{labels.title(severity)} found", style.severity(severity))
        for severity, name in _KEYS.items()
        if severity in there
    )


def found_line(found: Found | None) -> list[str]:
    """Return what is said of a mark that is pointed at: one line, or none."""
    return [f"{labels.title(found.severity)}: {labels.series(found.titles)}"] if found else []


def found_words(found: Iterable[tuple[RecordId, Found | None]]) -> list[str]:
    """Return how often what was found, each record once, in a sentence; or none where nothing was."""
    by_record = {record_id: one.severity for record_id, one in found if one}
    counts = sorted(Counter(by_record.values()).items(), reverse=True)
    listed = labels.series(f"{labels.word(severity)} for {number}" for severity, number in counts)
    return [f"Found: {listed}."] if counts else []
