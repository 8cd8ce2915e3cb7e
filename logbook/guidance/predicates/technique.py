"""Family T: how and where the needles go. `recorded` also serves every other rule that only looks for words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from logbook.domain.history import cover
from logbook.domain.session import Session
from logbook.domain.vocabulary import Condition, DeviceKind, Endpoint, NeedleState, Pressure, Severity, SkinSign, Zone
from logbook.guidance.predicates.registry import first_above, must_rise, predicate
from logbook.guidance.rule import CLEAN, Answer, BySetting, Case, Line, Unit


class Field(StrEnum):
    """The fields in which a rule may look for words, by their CSV names."""

    DEVICE = "device"
    ZONES = "zones"
    ENDPOINT = "endpoint"
    NEEDLE_STATE = "needle_state"
    NEEDLE_SHARED = "needle_shared"
    SKIN_SIGNS = "skin_signs"
    CONDITIONS = "conditions"


def _one(word: StrEnum | None) -> Iterable[str] | None:
    return None if word is None else (word,)


def _yes_no(answer: bool | None) -> Iterable[str] | None:
    return None if answer is None else ("yes" if answer else "no",)


_WORDS: Final[Mapping[Field, Callable[[Session], Iterable[str] | None]]] = {
    Field.DEVICE: lambda session: _one(session.device),
    Field.ZONES: lambda session: tuple(place.zone for place in session.zones if place.zone) or None,
    Field.ENDPOINT: lambda session: _one(session.endpoint),
    Field.NEEDLE_STATE: lambda session: _one(session.needle_state),
    Field.NEEDLE_SHARED: lambda session: _yes_no(session.needle_shared),
    Field.SKIN_SIGNS: lambda session: session.skin_signs,
    Field.CONDITIONS: lambda session: (
        None if session.conditions is None else tuple(dated.condition for dated in session.conditions)
    ),
}


_VOCABULARY: Final[Mapping[Field, frozenset[str]]] = {
    Field.DEVICE: frozenset(DeviceKind),
    Field.ZONES: frozenset(Zone),
    Field.ENDPOINT: frozenset(Endpoint),
    Field.NEEDLE_STATE: frozenset(NeedleState),
    Field.NEEDLE_SHARED: frozenset({"yes", "no"}),
    Field.SKIN_SIGNS: frozenset(SkinSign),
    Field.CONDITIONS: frozenset(Condition),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one field that mean the same severity and are said in the same sentence."""

    field: Field
    words: tuple[str, ...]
    severity: BySetting
    say: str  # the rule's message

    def __post_init__(self) -> None:
        """Refuse words the field does not have: a misspelt one would never be found."""
        if unknown := [word for word in self.words if word not in _VOCABULARY[self.field]]:
            raise ValueError(f"{self.field} has no {', '.join(f'“{word}”' for word in unknown)}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """Words that are judged by being there."""

    groups: tuple[Group, ...]


def say_by_group(groups: Iterable[Group]) -> Mapping[str, str]:
    """Return the messages of *groups*: each names its own."""
    return {group.say: "what" for group in groups}


@predicate(Recorded, lambda limits: say_by_group(limits.groups))
def recorded(case: Case, limits: Recorded) -> Answer:
    """Judge the words that are recorded; the most severe group speaks, and names its words."""
    return among(case, limits.groups)


def among(case: Case, groups: Iterable[Group]) -> Answer:
    """Judge the recorded words of *groups*; a field that is not recorded counts as missing only if nothing is found."""
    worst, say, missing = Severity.CLEAN, "", list[str]()
    what: tuple[str, ...] = ()
    for group in groups:
        words = _WORDS[group.field](case.session)
        if words is None:
            if group.field not in missing:
                missing.append(group.field)
            continue
        found = tuple([word for word in words if word in group.words])
        severity = group.severity.of(case) if found else Severity.CLEAN
        if severity > worst:
            worst, say, what = severity, group.say, found
        elif severity is worst and found and severity and group.say == say:
            what += tuple(word for word in found if word not in what)
    if worst is not Severity.CLEAN:
        return Answer(worst, say, {"what": tuple(sorted(what))})
    return Answer.unknown(*missing) if missing else CLEAN


@dataclass(frozen=True, slots=True)
class Place:
    """Places that are not for needles, and places where nothing thins."""

    groups: tuple[Group, ...]
    outside_thinning: Severity  # a zone the person has not marked, where some zone is marked


@predicate(Place, lambda limits: {**say_by_group(limits.groups), "outside_thinning": "what"})
def place(case: Case, limits: Place) -> Answer:
    """Judge the zones, and what is needled over."""
    answer = among(case, limits.groups)
    thinning = case.person.thinning_zones if case.person else None
    if answer.severity >= limits.outside_thinning or not thinning:
        return answer
    marked = cover(thinning)
    outside = tuple(p.zone for p in case.session.zones if p.zone and cover((p.zone,)) & ~marked)
    return Answer(limits.outside_thinning, "outside_thinning", {"what": outside}) if outside else answer


@dataclass(frozen=True, slots=True)
class PassesBand:
    """A severity that begins above a number of passes over one spot."""

    over: int
    severity: Severity


@dataclass(frozen=True, slots=True)
class PassesAndPressure:
    """How much work over one spot is much."""

    bands: tuple[PassesBand, ...]  # from the fewest on
    pressure: Pressure
    pressed: Severity

    def __post_init__(self) -> None:
        """Refuse bands out of order."""
        must_rise(*(band.over for band in self.bands))

    def lines(self) -> tuple[Line, ...]:
        """Return the most passes of which nothing is said."""
        return (Line("over", "Most passes over one spot", Unit.PASSES, self.bands[0].over),)

    def moved(self, line: str, value: int) -> Self:
        """Return the bands with the first above *value*."""
        return replace(self, bands=first_above(self.bands, line, value))


@predicate(PassesAndPressure, {"passes": "passes# limit#", "pressure": "pressure"})
def passes_and_pressure(case: Case, limits: PassesAndPressure) -> Answer:
    """Judge the most passes over one spot, and the pressure."""
    session = case.session
    passes = max((place.passes for place in session.zones if place.passes is not None), default=None)
    severity = max((band.severity for band in limits.bands if (passes or 0) > band.over), default=Severity.CLEAN)
    if session.pressure is limits.pressure and limits.pressed > severity:
        return Answer(limits.pressed, "pressure", {"pressure": session.pressure})
    if severity is not Severity.CLEAN:
        return Answer(severity, "passes", {"passes": passes, "limit": limits.bands[0].over})
    missing = [
        name
        for name, is_missing in (
            ("passes", not session.zones or any(place.passes is None for place in session.zones)),
            ("pressure", session.pressure is None),
        )
        if is_missing
    ]
    return Answer.unknown(*missing) if missing else CLEAN
