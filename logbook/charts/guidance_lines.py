"""What the rules say, as plain numbers that a chart can draw: the rules themselves are not known here."""

from collections.abc import Mapping
from dataclasses import dataclass

from logbook.domain.session import RecordId
from logbook.domain.vocabulary import Setting, Severity


@dataclass(frozen=True, slots=True)
class Above:
    """A severity that begins above a number."""

    over: int  # exclusive
    severity: Severity


@dataclass(frozen=True, slots=True)
class RestAfter:
    """The rest asked for after a session of some depth."""

    over: int  # depth of the earlier session in hundredths of a millimetre, exclusive
    below: tuple[tuple[int, Severity], ...]  # days below which a severity holds, the gravest and shortest first


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most dates with sessions of some depths in a window of days."""

    over: int  # hundredths of a millimetre, exclusive
    up_to: int | None  # included; None: any depth beyond
    most: int  # dates of which nothing is said
    in_days: int
    severity: Severity  # of more


@dataclass(frozen=True, slots=True)
class BaselineTerms:
    """What makes a person's own baseline."""

    in_days: int  # calendar days before the first session
    least: int  # counts


@dataclass(frozen=True, slots=True)
class GuidanceLines:
    """Everything of the rules that a chart draws."""

    depths: Mapping[Setting, tuple[Above, ...]]  # in hundredths of a millimetre, from the shallowest on
    rests: Mapping[Setting, tuple[RestAfter, ...]]  # from the shallowest on
    ceilings: tuple[Ceiling, ...]
    baseline: BaselineTerms


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one record."""

    severity: Severity  # the highest
    titles: tuple[str, ...]  # of the rules, the gravest first


Findings = Mapping[RecordId, Found]  # of records that are judged and about which something was found
