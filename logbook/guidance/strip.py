"""Where sources disagree about one finding: a bar for each source, the person's own point, the line of our rule."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from logbook.domain import labels
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting
from logbook.guidance.predicates.depth import DepthBands
from logbook.guidance.predicates.interval import Rest
from logbook.guidance.rule import Finding, Rule, Source, Unit
from logbook.guidance.spans import Span, Spans

_NO_NAMES: Final = ("publisher not identified", "PubMed Central")


@dataclass(frozen=True, slots=True)
class Bar:
    """What one source names, from its least to its most."""

    label: str
    least: int  # in the unit of the strip
    most: int
    is_evidence: bool
    setting: Setting
    grade: str
    detail: str


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars that belong together under a heading."""

    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Everything a strip shows."""

    title: str
    unit: Unit  # days, or hundredths of a millimetre
    groups: tuple[BarGroup, ...]
    own: int | None  # the person's own point
    own_words: str
    line: int | None  # from here on, or up to here, our rule says nothing
    line_words: str

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All bars, from the top on."""
        return tuple(bar for group in self.groups for bar in group.bars)

    @property
    def text(self) -> str:
        """Everything that is shown, in sentences."""
        parts = [self.title, self.own_words, self.line_words]
        for group in self.groups:
            bars = "; ".join(f"{bar.label}, {span_words(bar.least, bar.most, self.unit)}" for bar in group.bars)
            parts.append(f"{group.heading}: {bars}" if bars else group.heading)
        return " ".join(f"{part}." for part in parts if part)


def amount(value: int, unit: Unit) -> str:
    """Return *value* with its unit."""
    return labels.count(value, "day") if unit is Unit.DAYS else labels.millimetres(Depth(value))


def number(value: int, unit: Unit) -> str:
    """Return *value* as its unit counts it, without the unit."""
    return str(value) if unit is Unit.DAYS else labels.millimetres(Depth(value)).removesuffix(" mm")


def span_words(least: int, most: int, unit: Unit) -> str:
    """Return what lies between *least* and *most*, with the unit."""
    return amount(most, unit) if least == most else f"{number(least, unit)} to {amount(most, unit)}"


def strip_of(finding: Finding, spans: Spans) -> Strip | None:
    """Return where sources disagree about *finding*, or None where there is nothing to draw."""
    facts, parameters = finding.facts, finding.rule.parameters
    if isinstance(parameters, Rest) and finding.variant == "rest":
        return rest_strip(spans, finding.rule, facts["earlier_depth"], facts["days"])
    if isinstance(parameters, DepthBands) and finding.variant == "deeper":
        return depth_strip(spans, finding.rule, facts["depth"])
    return None


def rest_strip(spans: Spans, rule: Rule, earlier: Depth, days: int | None = None) -> Strip | None:
    """Return what sources name as rest after a session as deep as *earlier*, for the setting of *rule*.

    *days* is the person's own interval, where there is one; None where no source names any.
    """
    setting = rule.setting or Setting.HOME
    depth = labels.millimetres(earlier)
    groups = _groups([spans.rest(earlier, one) for one in _own_first(setting)], setting, "a rest after this depth")
    clear = rule.parameters.band(earlier).clear
    words = f"clear from {labels.count(clear, 'day')}" if clear else "asks for no rest after this depth"
    title = f"Days between sessions after {depth}, as sources name them"
    return _strip(title, Unit.DAYS, groups, days, clear or None, f"Published rule: {words}")


def depth_strip(spans: Spans, rule: Rule, depth: Depth | None = None) -> Strip | None:
    """Return what sources name as depth for the setting of *rule*; *depth* is the person's own, where there is one."""
    setting = rule.setting or Setting.HOME
    groups = _groups([spans.depth(one) for one in _own_first(setting)], setting, "a depth")
    limit = rule.parameters.bands[0].over
    words = f"Published rule: nothing said up to {labels.millimetres(limit)}"
    return _strip("Depth of needling, as sources name it", Unit.DEPTH, groups, depth, limit, words)


def _strip(
    title: str, unit: Unit, groups: tuple[BarGroup, ...], own: int | None, line: int | None, line_words: str
) -> Strip | None:
    if not any(group.bars for group in groups):
        return None
    own_words = "" if own is None else f"This session: {amount(own, unit)}"
    return Strip(title, unit, groups, own, own_words, line, line_words)


def _own_first(setting: Setting) -> tuple[Setting, ...]:
    return (setting, *(other for other in Setting if other is not setting))


def _groups(by_setting: Iterable[Sequence[Span]], own: Setting, what: str) -> tuple[BarGroup, ...]:
    """Return evidence first and what people are told after it, each with the own setting first."""
    evidence, told = [], []
    for setting, spans in zip(_own_first(own), by_setting, strict=True):
        where = labels.word(setting)
        names = Counter(_name(span.source) for span in spans)
        bars = [_bar(span, names) for span in spans]
        good, hearsay = (tuple(bar for bar in bars if bar.is_evidence is wanted) for wanted in (True, False))
        if good:
            evidence.append(BarGroup(f"Evidence, {where}", good))
        elif setting is own:
            evidence.append(BarGroup(f"Evidence, {where}: none names {what}", ()))
        if hearsay:
            told.append(BarGroup(f"What people are told online, {where}; not evidence", hearsay))
    return (*evidence, *told)


def _bar(span: Span, names: Counter[str]) -> Bar:
    name, source = _name(span.source), span.source
    label = name if names[name] == 1 else source.title
    return Bar(label, span.least, span.most, source.is_evidence, span.setting, source.grade, span.says)


def _name(source: Source) -> str:
    """Return a short name: author and year, or the title where nobody is named."""
    name = source.title if source.author in _NO_NAMES else source.author
    return f"{name} {source.year}" if source.year else name
