"""Family H: needles that were used before."""

from dataclasses import dataclass, replace
from typing import Self

from logbook.domain import labels
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Severity
from logbook.guidance.predicates.registry import first_above, must_rise, predicate
from logbook.guidance.rule import CLEAN, Answer, Case, Line, Unit


@dataclass(frozen=True, slots=True)
class UseBand:
    """A severity that begins with a use."""

    from_use: int
    severity: Severity


@dataclass(frozen=True, slots=True)
class NeedleReuse:
    """How often the needles of some devices may be used, by the depth of the session."""

    devices: tuple[DeviceKind, ...]
    deep: tuple[UseBand, ...]  # deeper than *over*; any depth where that is left out; from the fewest uses on
    unjudged_devices: tuple[DeviceKind, ...] = ()
    over: Depth | None = None
    shallow: tuple[UseBand, ...] = ()
    unknown: tuple[UseBand, ...] = ()  # where the depth is not known

    def __post_init__(self) -> None:
        """Refuse bands out of order."""
        for bands in (self.deep, self.shallow, self.unknown):
            must_rise(*(band.from_use for band in bands))

    def lines(self) -> tuple[Line, ...]:
        """Return the last use of which nothing is said, by the depth of the session."""
        if self.over is None:
            return (Line("deep", "Last use", Unit.USES, self.deep[0].from_use - 1),)
        depth = labels.millimetres(self.over)
        return (
            Line("shallow", f"Last use, up to {depth} deep", Unit.USES, self.shallow[0].from_use - 1),
            Line("deep", f"Last use, deeper than {depth}", Unit.USES, self.deep[0].from_use - 1),
        )

    def moved(self, line: str, value: int) -> Self:
        """Return the bands of *line* with the first after use *value*."""
        bands = first_above(self.deep if line == "deep" else self.shallow, "from_use", value + 1)
        return replace(self, deep=bands) if line == "deep" else replace(self, shallow=bands)


def _reuse_messages(limits: NeedleReuse) -> dict[str, str]:
    messages = {"reused": "device use# limit#"}
    return {**messages, "unknown_depth": messages["reused"]} if limits.unknown else messages


@predicate(NeedleReuse, _reuse_messages)
def needle_reuse(case: Case, limits: NeedleReuse) -> Answer:
    """Judge which use of the roller, stamp or cartridge this is."""
    device, use = case.session.device, case.session.needle_use
    if device is None or device in limits.unjudged_devices:
        return Answer.unknown("device", *(["needle_use"] if use is None else []))
    if device not in limits.devices:
        return CLEAN
    if use is None:
        return Answer.unknown("needle_use")
    is_deep = limits.over is None or case.past.is_deeper_than(limits.over)
    is_unknown = not is_deep and not case.past.is_depth_known
    bands = limits.deep if is_deep else limits.unknown if is_unknown else limits.shallow
    severity = max((band.severity for band in bands if use >= band.from_use), default=Severity.CLEAN)
    if severity is not Severity.CLEAN:
        facts = {"device": device, "use": use, "limit": bands[0].from_use - 1}
        return Answer(severity, "unknown_depth" if is_unknown else "reused", facts)
    return Answer.unknown("depth_mm") if is_unknown else CLEAN
