"""The trend of shedding as the Charts page draws it. It needs numpy, so it is imported when a trend is drawn."""

from dataclasses import dataclass

from logbook.charts.counts import Stretch, method_series
from logbook.charts.guidance_lines import BaselineTerms
from logbook.services.overview import SheddingSoFar

_NO_TERMS = BaselineTerms(0, 0)  # the own baseline is known already


@dataclass(frozen=True, slots=True)
class Trend:
    """The rolling median of counts."""

    stretches: tuple[Stretch, ...]  # never across a gap
    now: float | None  # of the days that end with the last count; None: too few days, or not known


def trend_of(so_far: SheddingSoFar) -> Trend:
    """Return the rolling median of the counts of *so_far*, from its first day on."""
    series = method_series(so_far.method, so_far.counts, None, _NO_TERMS, {})
    shown = (_from(one, so_far) for one in series.trend)
    return Trend(tuple(one for one in shown if one.medians), series.median_on(so_far.newest.date))


def _from(stretch: Stretch, so_far: SheddingSoFar) -> Stretch:
    """Return the part of *stretch* from the first day on that is drawn."""
    skipped = max(0, (so_far.first - stretch.first).days)
    return Stretch(max(stretch.first, so_far.first), stretch.medians[skipped:])
