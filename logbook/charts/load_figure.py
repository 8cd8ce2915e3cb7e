"""Load as a figure: a row of steps for each band of depth, with its ceiling, and under them one for each zone."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from logbook.charts.blank_panels import say_if_hidden
from logbook.charts.chart import Drawing, Key, Marks, Told, View
from logbook.charts.frame import area_key, axis_of_days, fitting, panels, say_nothing
from logbook.charts.load import UNKNOWN, LoadBand, LoadDay, LoadSeries, LoadZone
from logbook.charts.load_rows import Row, ceiling_key, ceiling_words, draw_rows, middles_of, row_look
from logbook.charts.style import Style
from logbook.charts.thinning import Places
from logbook.domain import labels
from logbook.domain.history import cover

_BY_ZONE: Final = ("By zone; in each row its highest number, at the right its last", "By zone")
_SERIES: Final = (1, 4, 7, 3)  # colours, from the shallowest band on


def draw_load(figure: Figure, series: LoadSeries, view: View, style: Style) -> Drawing:
    """Draw *series* on an empty *figure*."""
    if not series.bands_in(view):
        return say_nothing(figure, style)
    bands = [band for band in series.bands_in(view) if view.shows(band.key)]
    zones = [zone for zone in series.zones_in(view) if view.shows(zone.key)]
    by_depth = [Row(band.key, band.short, band.steps, _colour(series, band, style), band.ceiling) for band in bands]
    by_zone = [Row(zone.key, zone.title, zone.steps, style.zone(zone.zone)["color"]) for zone in zones]
    high, low = 1.6 * len(bands), float(len(zones))
    shares = (max(high, 0.45 * low, 1.0), max(low, 0.4 * high, 1.0))
    names = [row.name for row in (*by_depth, *by_zone)]
    titles = (f"Dates in {series.in_days} days, by depth", fitting(figure, style, *_BY_ZONE))
    upper, lower = panels(figure, style, titles, shares, names)
    axis_of_days([upper, lower], view)
    is_thinned = draw_rows(upper, by_depth, view, style)
    is_thinned |= draw_rows(lower, by_zone, view, style)
    for axes in (upper, lower):
        say_if_hidden(axes, style)
    _, of_band, covers = series.columns
    in_bands = [of_band == series.bands.index(band) for band in bands]
    in_zones = [covers & bits == bits for bits in (cover((zone.zone,)) for zone in zones)]
    marks = (
        _marks(0, series, in_bands, view, partial(_tell_band, series, view)),
        _marks(1, series, in_zones, view, partial(_tell_zone, series, zones, view)),
    )
    return Drawing(marks, said="Of days too close to tell apart, the highest number is drawn." if is_thinned else "")


def load_keys(series: LoadSeries, view: View, style: Style) -> tuple[Key, ...]:
    """Return the legend: bands of depth, their ceilings, what is above these, zones."""
    bands, zones = series.bands_in(view), series.zones_in(view)
    limits = [(band, band.ceiling) for band in bands if band.ceiling]
    above = {ceiling.severity for band, ceiling in limits if band.steps.most(view) > ceiling.most}
    return (
        *(Key(band.key, band.title, row_look(_colour(series, band, style)), is_band=True) for band in bands),
        *(
            Key(ceiling_key(b.key), labels.capital(f"{ceiling_words(most)} {b.words}"), style.limit(most.severity))
            for b, most in limits
        ),
        *(area_key(severity, f"{labels.title(severity)} by number of dates", style) for severity in sorted(above)),
        *(Key(zone.key, zone.title, row_look(style.zone(zone.zone)["color"]), is_band=True) for zone in zones),
    )


def _colour(series: LoadSeries, band: LoadBand, style: Style) -> str:
    """Return the colour of *band*: by its place among all bands, so that it keeps it."""
    if band.key == UNKNOWN:
        return style.roles["muted"]
    return style.series(_SERIES[series.bands.index(band) % len(_SERIES)])


def _marks(
    panel: int,
    series: LoadSeries,
    in_rows: Sequence[NDArray[np.bool_]],
    view: View,
    tell: Callable[[LoadDay, int], Told],
) -> Marks:
    """Return a mark for each session of *view* in each row in which it counts; *in_rows* are (n,), of all sessions."""
    days, inside = series.columns[0], series.within(view)
    found = [np.flatnonzero(is_in[inside]) + np.intp(inside.start) for is_in in in_rows]
    rows = np.repeat(np.arange(len(found)), [len(one) for one in found])
    places: Places = np.concatenate([*found, np.empty(0, dtype=np.intp)])
    order = np.argsort(days[places], kind="stable")
    rows, places = rows[order], places[order]
    return Marks(
        panel,
        days[places],
        middles_of(len(found))[rows],
        lambda place: tell(series.sessions[places[place]], int(rows[place])),
    )


def _tell_band(series: LoadSeries, view: View, one: LoadDay, _row: int) -> Told:
    said = [view.words.day(one.day), f"In {series.in_days} days:"]
    for band in series.bands:
        if count := band.steps.on(one.day.toordinal()):
            limit = f", guidance: {ceiling_words(band.ceiling)}" if band.ceiling else ""
            said.append(f"{labels.count(count, 'date')} {band.words}{limit}")
    return Told("\n".join(said), one.record_id)


def _tell_zone(series: LoadSeries, zones: Sequence[LoadZone], view: View, one: LoadDay, row: int) -> Told:
    count = labels.count(zones[row].steps.on(one.day.toordinal()), "date")
    said = f"{view.words.day(one.day)}\n{zones[row].title}: {count} in {series.in_days} days"
    return Told(said, one.record_id)
