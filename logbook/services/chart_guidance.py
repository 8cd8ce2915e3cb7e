"""What charts draw of the guidance: its numbers, and what it found."""

from collections.abc import Iterable

from logbook.charts.guidance_lines import (
    Above,
    BaselineTerms,
    Ceiling,
    Findings,
    Found,
    GuidanceLines,
    RestAfter,
)
from logbook.domain.vocabulary import Setting, Severity
from logbook.guidance.predicates.depth import DepthBands
from logbook.guidance.predicates.interval import DatesInWindow, Rest, RestBand
from logbook.guidance.predicates.shedding import RaisedRun
from logbook.guidance.rule import Rules
from logbook.services.judged import Judgeable, JudgedHistory


def guidance_lines(rules: Rules) -> GuidanceLines:
    """Return the numbers of the published *rules* that charts draw."""
    depths: dict[Setting, tuple[Above, ...]] = {setting: () for setting in Setting}
    rests: dict[Setting, tuple[RestAfter, ...]] = {setting: () for setting in Setting}
    ceilings: tuple[Ceiling, ...] = ()
    baseline = BaselineTerms(0, 0)
    for rule in rules.rules:
        limits = rule.parameters
        for setting in Setting if rule.setting is None else (rule.setting,):
            if isinstance(limits, DepthBands):
                depths[setting] = tuple(Above(band.over, band.severity) for band in limits.bands)
            elif isinstance(limits, Rest):
                rests[setting] = tuple(map(_rest, limits.bands))
        if isinstance(limits, DatesInWindow):
            ceilings = tuple(Ceiling(b.over, b.up_to, b.most, limits.in_days, b.severity) for b in limits.bands)
        elif isinstance(limits, RaisedRun):
            baseline = BaselineTerms(limits.raised.baseline_days, limits.raised.baseline_counts)
    return GuidanceLines(depths, rests, ceilings, baseline)


def findings_of(judged: JudgedHistory, records: Iterable[Judgeable]) -> Findings:
    """Return what was found of *records*, as far as they are judged by now."""
    found = {}
    for record in records:
        if judged.is_judged(record) and (verdict := judged.verdict(record)).severity:
            named = sorted(verdict.findings, key=lambda one: (-one.severity, one.rule.id))
            said = tuple(dict.fromkeys(one.rule.title for one in named if one.severity))
            found[record.id] = Found(verdict.severity, said)
    return found


def _rest(band: RestBand) -> RestAfter:
    days = ((band.stop, Severity.STOP), (band.warning, Severity.WARNING), (band.caution, Severity.CAUTION))
    below = (*days, (band.info, Severity.INFO))
    return RestAfter(band.over, tuple((days, severity) for days, severity in below if days))
