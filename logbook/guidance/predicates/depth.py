"""Family D: how deep; and P, whether anybody was asked about such a depth."""

from dataclasses import dataclass, replace
from typing import Self

from logbook.domain.units import Depth
from logbook.domain.vocabulary import Severity
from logbook.guidance.predicates.registry import first_above, must_rise, predicate
from logbook.guidance.rule import CLEAN, Answer, Case, Line, Unit


@dataclass(frozen=True, slots=True)
class DepthBand:
    """A severity that begins above a depth."""

    over: Depth  # exclusive
    severity: Severity


@dataclass(frozen=True, slots=True)
class DepthBands:
    """Severities by the deepest zone of a session."""

    bands: tuple[DepthBand, ...]  # from the shallowest on
    unknown: Severity  # where some zone's depth is not recorded

    def __post_init__(self) -> None:
        """Refuse bands out of order."""
        must_rise(*(band.over for band in self.bands))

    def lines(self) -> tuple[Line, ...]:
        """Return the deepest depth of which nothing is said."""
        return (Line("over", "Deepest depth", Unit.DEPTH, self.bands[0].over),)

    def moved(self, line: str, value: int) -> Self:
        """Return the bands with the first above *value*."""
        return replace(self, bands=first_above(self.bands, line, Depth(value)))


@predicate(DepthBands, {"deeper": "depth zones limit", "unknown": "limit"})
def depth_over(case: Case, limits: DepthBands) -> Answer:
    """Judge the deepest zone of the session; a depth that is not recorded is a finding of its own."""
    past = case.past
    severity = Severity.CLEAN
    for band in limits.bands:
        if past.deepest > band.over:
            severity = band.severity
    limit = limits.bands[0].over
    if not past.is_depth_known and limits.unknown > severity:
        return Answer(limits.unknown, "unknown", {"limit": limit})
    if severity is Severity.CLEAN:
        return CLEAN
    deepest = [place for place in case.session.zones if place.depth == past.deepest]
    zones = tuple(place.zone for place in deepest)
    return Answer(severity, "deeper", {"depth": deepest[0].depth, "zones": zones, "limit": limit})


@dataclass(frozen=True, slots=True)
class AdviceBeyond:
    """The depth beyond which professional advice is asked for."""

    over: Depth  # exclusive
    severity: Severity

    def lines(self) -> tuple[Line, ...]:
        """Return the deepest depth without advice."""
        return (Line("over", "Deepest depth without advice", Unit.DEPTH, self.over),)

    def moved(self, line: str, value: int) -> Self:
        """Return the same beyond *value*."""
        return replace(self, over=Depth(value))


@predicate(AdviceBeyond, {"deep": "depth limit", "unknown": "limit"})
def advice_for_depth(case: Case, limits: AdviceBeyond) -> Answer:
    """Ask for professional advice beyond a depth, or where the depth is not recorded."""
    if case.session.professional_advice:
        return CLEAN
    if case.past.is_deeper_than(limits.over):
        return Answer(limits.severity, "deep", {"depth": case.session.deepest, "limit": limits.over})
    if not case.past.is_depth_known:
        return Answer(limits.severity, "unknown", {"limit": limits.over})
    return CLEAN
