"""One look for all charts: the roles of a theme as colours, and a shape for whatever a colour stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.font_manager import fontManager
from matplotlib.path import Path

from logbook.domain.vocabulary import Severity, Zone

SHIPPED_FONT: Final = "DejaVu Sans"  # comes with matplotlib

# No two zones have the same shape; some share a colour.
_ZONES: Final[dict[Zone, tuple[str, int]]] = {
    Zone.HAIRLINE: ("^", 1),
    Zone.TEMPLE_LEFT: ("<", 2),
    Zone.TEMPLE_RIGHT: (">", 2),
    Zone.FRONTAL: ("s", 3),
    Zone.MID_SCALP: ("D", 4),
    Zone.CROWN: ("o", 5),
    Zone.PARIETAL_LEFT: ("p", 6),
    Zone.PARIETAL_RIGHT: ("h", 6),
    Zone.OCCIPITAL: ("v", 7),
    Zone.WHOLE_SCALP: ("P", 8),
    Zone.EYEBROW: ("X", 1),
    Zone.BEARD_EDGE: ("d", 3),
    Zone.EYE_AREA: ("*", 4),
}
_NO_ZONE: Final = ("8", 8)
# Drawn around a mark, open, so that the mark stays to be seen: the outlines of the icons of the severities.
_SEVERITIES: Final[dict[Severity, Any]] = {
    Severity.INFO: Path.unit_circle(),
    Severity.CAUTION: Path([(0, 1.3), (1.3, 0), (0, -1.3), (-1.3, 0), (0, 1.3)], closed=True),
    Severity.WARNING: Path([(0, 1.25), (1.2, -0.8), (-1.2, -0.8), (0, 1.25)], closed=True),
    Severity.STOP: Path.unit_regular_polygon(8),
}
# Strokes of lines, from dots to a line without gaps: the graver, the more of it is there.
_STROKES: Final[dict[Severity, Any]] = {
    Severity.INFO: (0, (1, 3)),
    Severity.CAUTION: (0, (3, 2)),
    Severity.WARNING: (0, (9, 2, 2, 2)),
    Severity.STOP: "-",
}
SERIES_COUNT: Final = 8  # roles "series_1" and so on


@dataclass(frozen=True)
class Style:
    """How charts look."""

    roles: Mapping[str, str]  # colours by the names that the theme gives them
    families: tuple[str, ...] = ()  # fonts, the preferred one first; the shipped one follows
    size: float = 9.0  # of text, in points

    def rc(self) -> dict[Any, Any]:  # matplotlib would have every name spelled out
        """Return the settings inside which everything of a figure is made."""
        roles = self.roles
        return {
            # None of them twice: each is looked for again for every word that is drawn.
            "font.family": list(dict.fromkeys([*(n for n in self.families if n in _known_fonts()), SHIPPED_FONT])),
            "font.size": self.size,
            "text.color": roles["text"],
            "text.parse_math": False,  # a dollar sign is a dollar sign
            "axes.labelcolor": roles["muted"],
            "axes.facecolor": roles["surface"],
            "axes.edgecolor": roles["edge"],
            "axes.linewidth": 0.8,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.grid.axis": "y",
            "axes.axisbelow": True,
            "axes.titlesize": self.size,
            "axes.titlecolor": roles["muted"],
            "axes.titlelocation": "left",
            "axes.unicode_minus": True,
            "figure.facecolor": roles["surface"],
            "savefig.facecolor": roles["surface"],
            "grid.color": roles["line"],
            "grid.linewidth": 0.8,
            "xtick.color": roles["edge"],
            "ytick.color": roles["edge"],
            "xtick.labelcolor": roles["muted"],
            "ytick.labelcolor": roles["muted"],
            "xtick.labelsize": self.size,
            "ytick.labelsize": self.size,
            "legend.fontsize": self.size,
            "legend.frameon": False,
            "lines.solid_capstyle": "round",
            "pdf.fonttype": 42,  # text stays text
            "svg.fonttype": "none",
            "svg.hashsalt": "scalp-needling-logbook",  # the same chart gives the same file
        }

    def series(self, number: int) -> str:
        """Return the colour of series *number*, from 1; after the last role the first comes again."""
        return self.roles[f"series_{(number - 1) % SERIES_COUNT + 1}"]

    def zone(self, zone: Zone | None) -> dict[str, Any]:
        """Return the shape and colour of *zone*, as arguments of a line without a stroke."""
        marker, number = _ZONES[zone] if zone else _NO_ZONE
        return {
            "marker": marker,
            "color": self.series(number),
            "linestyle": "none",
            "markersize": self.size * 0.72,
            "markeredgecolor": self.roles["surface"],
            "markeredgewidth": 0.6,
        }

    def severity(self, severity: Severity) -> dict[str, Any]:
        """Return the open shape and the colour of *severity*, which is not clean, to be drawn around a mark."""
        return {
            "marker": _SEVERITIES[severity],
            "color": self.roles[severity.word],
            "linestyle": "none",
            "markersize": self.size * 1.35,
            "markerfacecolor": "none",
            "markeredgewidth": 2.3 if severity is Severity.STOP else 1.4,  # so small, eight corners are nearly a circle
        }

    def ground(self, severity: Severity) -> dict[str, Any]:
        """Return the look of an area that stands for *severity*."""
        return {"facecolor": self.roles[f"{severity.word}_ground"], "edgecolor": "none"}

    def limit(self, severity: Severity) -> dict[str, Any]:
        """Return the look of a line where *severity*, which is not clean, begins to hold."""
        return {"color": self.roles[severity.word], "linestyle": _STROKES[severity], "linewidth": 1.2}


def _known_fonts() -> frozenset[str]:
    return frozenset(font.name for font in fontManager.ttflist)
